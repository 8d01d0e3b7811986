import { fieldsOf, headerOf, type HeaderFields } from "./header-fields.ts";
import type { MailIndex, MailPart } from "./mail-part.ts";
import { structuredValue, type StructuredValue } from "./parameters.ts";
import { breakLength, latin1, type LinePiece, readLines } from "./read-lines.ts";
import { countBase64, type TransferEncoding, transferEncodingOf } from "./transfer-encoding.ts";

/** What an index keeps at most. */
export interface IndexLimits {
  readonly maxParts: number;
  readonly maxDepth: number;
}

/** Header bytes of one part, and of all parts together: Received lines of long ways take a few KB. */
const MAX_HEADER = 256 * 1024;
const MAX_HEADERS = 8 * 1024 * 1024;
/** Longest boundary is 70 characters (RFC 2046, 5.1.1); some senders take more. */
const MAX_BOUNDARY = 250;
const DASH = 0x2d;

/**
 * Finds a message's parts while its bytes go by once, whatever its size: headers are kept, bodies are counted.
 * A boundary ends every part inside its own, so that a part that was not closed costs nothing behind it.
 */
export async function indexMessage(
  stream: ReadableStream<Uint8Array>,
  limits: IndexLimits,
): Promise<MailIndex> {
  const indexer = new Indexer(limits);
  await readLines(stream, (piece) => indexer.take(piece));
  return indexer.finish();
}

interface OpenPart {
  header: HeaderFields;
  type: StructuredValue;
  disposition: StructuredValue;
  encoding: TransferEncoding;
  readonly parts: MailPart[];
  readonly parent: OpenPart | null;
  /** Of a multipart: empty while the first delimiter has still to show what it is. */
  boundary: string | null;
  start: number;
  characters: number;
}

const PLAIN = structuredValue("text/plain");
const NO_VALUE = structuredValue("");

class Indexer {
  readonly #limits: IndexLimits;
  readonly #root: OpenPart;
  /** The part that lines belong to; null between two parts. */
  #current: OpenPart | null;
  #lines: Uint8Array[] | null = [];
  #lineOffsets: number[] = [];
  #headerBytes = 0;
  #allHeaderBytes = 0;
  #headerCut = false;
  /** Multiparts that are open, from the outermost; the same by their boundaries. */
  readonly #open: OpenPart[] = [];
  #offset = 0;
  #lastBreak = 0;
  #begun = 1;
  #leftOut = 0;
  #result: MailPart | null = null;

  constructor(limits: IndexLimits) {
    this.#limits = limits;
    this.#root = openPart(null, 0);
    this.#current = this.#root;
  }

  take(piece: LinePiece): void {
    const { bytes, offset, first } = piece;
    this.#offset = offset + bytes.length;
    if (first && bytes[0] === DASH && bytes[1] === DASH && this.#takeDelimiter(bytes, offset)) return;
    if (this.#lines) this.#takeHeaderLine(bytes, offset, first);
    else if (this.#current) this.#countBody(this.#current, bytes);
    this.#lastBreak = breakLength(bytes);
  }

  finish(): MailIndex {
    if (this.#lines) this.#endHeader(this.#offset);
    while (this.#open.length > 0) this.#closeInnermost(this.#offset, false);
    if (this.#current && !this.#result) this.#closeLeaf(this.#offset, true);
    const root = this.#result ?? sealed(this.#root, this.#offset, true);
    return { root, partsLeftOut: this.#leftOut, headerCut: this.#headerCut };
  }

  #takeHeaderLine(bytes: Uint8Array, offset: number, first: boolean): void {
    const lines = this.#lines ?? [];
    const blank = first && bytes.length === breakLength(bytes);
    if (lines.length === 0) {
      const atStart = this.#current === this.#root;
      if (atStart && (blank || /^>?From /.test(latin1(bytes.subarray(0, 6))))) return;
      if (atStart && offset === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
        this.#takeHeaderLine(bytes.subarray(3), 3, true);
        return;
      }
    }
    if (blank) {
      this.#endHeader(offset + bytes.length);
      return;
    }
    const room = Math.min(MAX_HEADER - this.#headerBytes, MAX_HEADERS - this.#allHeaderBytes);
    if (bytes.length > room) this.#headerCut = true;
    if (room <= 0) return;
    const kept = bytes.slice(0, room);
    this.#headerBytes += kept.length;
    this.#allHeaderBytes += kept.length;
    lines.push(kept);
    this.#lineOffsets.push(offset);
  }

  #endHeader(bodyStart: number): void {
    const part = this.#current;
    const lines = this.#lines ?? [];
    this.#lines = null;
    if (!part) return;
    const whole = this.#headerBytes < MAX_HEADER && this.#allHeaderBytes < MAX_HEADERS;
    const { header, used } = fieldsOf(lines);
    part.start = whole && used < lines.length ? (this.#lineOffsets[used] ?? bodyStart) : bodyStart;
    part.header = header;
    part.type = typeOf(header, part.parent);
    part.disposition = structuredValue(header.first("content-disposition"));
    part.encoding = transferEncodingOf(header.first("content-transfer-encoding"));
    for (const line of whole ? lines.slice(used) : []) this.#countBody(part, line);
    if (!part.type.value.startsWith("multipart/") || this.#open.length >= this.#limits.maxDepth) return;
    part.boundary = part.type.params.get("boundary") ?? "";
    this.#open.push(part);
    this.#current = null;
  }

  #countBody(part: OpenPart, bytes: Uint8Array): void {
    if (part.encoding === "base64") part.characters += countBase64(bytes);
  }

  /** Whether the line is a boundary of an open multipart; the innermost one that fits. */
  #takeDelimiter(bytes: Uint8Array, offset: number): boolean {
    if (this.#open.length === 0 || bytes.length > MAX_BOUNDARY + 8) return false;
    const text = latin1(bytes.subarray(2)).replace(/[ \t\r\n]+$/, "");
    const innermost = this.#open.at(-1);
    if (innermost?.boundary === "" && this.#current === null && this.#lines === null && text !== "") {
      innermost.boundary = text;
    }
    const at = this.#open.findLastIndex(({ boundary }) => text === boundary || text === `${boundary}--`);
    const owner = this.#open[at];
    if (!owner || owner.boundary === "") return false;
    const end = Math.max(0, offset - this.#lastBreak);
    if (this.#lines) this.#endHeader(offset);
    while (this.#open.length > at + 1) this.#closeInnermost(end, true);
    if (this.#current) this.#closeLeaf(end, true);
    if (text === owner.boundary) this.#begin(owner);
    else this.#closeInnermost(end, true);
    this.#lastBreak = breakLength(bytes);
    return true;
  }

  /** Of parts beyond the limit nothing is read: they are counted by the lines that begin them. */
  #begin(owner: OpenPart): void {
    if (this.#begun >= this.#limits.maxParts) {
      this.#leftOut += 1;
      return;
    }
    this.#begun += 1;
    this.#current = openPart(owner, this.#offset);
    this.#lines = [];
    this.#lineOffsets = [];
    this.#headerBytes = 0;
  }

  #closeLeaf(end: number, closed: boolean): void {
    const part = this.#current;
    this.#current = null;
    if (part) this.#keep(part, end, closed);
  }

  #closeInnermost(end: number, closed: boolean): void {
    if (this.#current) this.#closeLeaf(end, closed);
    const part = this.#open.pop();
    if (part) this.#keep(part, end, closed);
  }

  #keep(part: OpenPart, end: number, closed: boolean): void {
    const made = sealed(part, end, closed);
    if (part === this.#root) this.#result = made;
    else part.parent?.parts.push(made);
  }
}

function openPart(parent: OpenPart | null, start: number): OpenPart {
  return {
    header: headerOf([]),
    type: PLAIN,
    disposition: NO_VALUE,
    encoding: "identity",
    parts: [],
    parent,
    boundary: null,
    start,
    characters: 0,
  };
}

/** Without a type a part is plain text, in a digest a message (RFC 2046, 5.1.5); a type that is none is plain text. */
function typeOf(header: HeaderFields, parent: OpenPart | null): StructuredValue {
  const type = structuredValue(header.first("content-type"));
  if (/^[^\s/]+\/[^\s/]+$/.test(type.value)) return type;
  const usual = parent?.type.value === "multipart/digest" ? "message/rfc822" : "text/plain";
  const bare = /^(text|multipart)$/.exec(type.value)?.[1];
  return { ...type, value: bare === undefined ? usual : bare === "text" ? "text/plain" : "multipart/mixed" };
}

function sealed(part: OpenPart, end: number, closed: boolean): MailPart {
  const { header, type, disposition, encoding, parts, start } = part;
  const length = Math.max(0, end - start);
  const sizes = { identity: length, base64: Math.floor((part.characters * 3) / 4) };
  const size = encoding === "identity" || encoding === "base64" ? sizes[encoding] : null;
  const unopened = part.boundary === null && type.value.startsWith("multipart/");
  return { header, type, disposition, encoding, parts, start, end: start + length, closed, unopened, size };
}
