import type { HeaderFields } from "./header-fields.ts";
import type { StructuredValue } from "./parameters.ts";
import type { TransferEncoding } from "./transfer-encoding.ts";

/** A part of a message (RFC 2046) as an index into the file: nothing of its body is held. */
export interface MailPart {
  readonly header: HeaderFields;
  readonly type: StructuredValue;
  readonly disposition: StructuredValue;
  readonly encoding: TransferEncoding;
  /** The parts inside, where it is a multipart; empty for a leaf. */
  readonly parts: readonly MailPart[];
  /** Where its body stands in the file: [start, end). */
  readonly start: number;
  readonly end: number;
  /** False where the file breaks off before the boundary that should end it. */
  readonly closed: boolean;
  /** True for a multipart that stands deeper than is read: its parts are not told apart. */
  readonly unopened: boolean;
  /** Bytes that its content decodes to; null where only decoding tells. */
  readonly size: number | null;
}

/** A message as an index into its file. */
export interface MailIndex {
  readonly root: MailPart;
  /** Parts beyond the limit, counted by their boundaries alone: what stands inside one of them is not counted. */
  readonly partsLeftOut: number;
  /** True when header lines were left out because there are too many. */
  readonly headerCut: boolean;
}

/** The name that a part gives itself; null without one. */
export function nameOf(part: Pick<MailPart, "type" | "disposition">): string | null {
  return part.disposition.params.get("filename") ?? part.type.params.get("name") ?? null;
}
