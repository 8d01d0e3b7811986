import { AppError } from "../../errors.ts";
import type { Inventory, Warning } from "../../model/parsed.ts";
import { safePath } from "../../model/safe-path.ts";
import type { StructuredDocument } from "../../model/structured.ts";
import type { PdfAttachment, PdfHandle } from "../../ports.ts";
import { byRichness } from "../einvoice/by-richness.ts";
import type { OpenedMember, ParseLimits } from "../parser.ts";

/**
 * Reads a file in a known XML syntax into its semantic model; null where it is none.
 * @throws AppError for one that is damaged or too large
 */
export type ReadStructured = (
  bytes: Uint8Array,
  name: string,
  limits: ParseLimits,
) => Promise<readonly StructuredDocument[] | null>;

/** What the files inside a PDF are to it. */
export interface OpenedAttachments {
  readonly structured: readonly StructuredDocument[];
  readonly members: readonly OpenedMember[];
  readonly inventory: readonly Inventory[];
  readonly warnings: readonly Warning[];
}

const MAX_NAMES = 10;

/** Opens the files inside a PDF: an e-invoice's XML is taken as evidence, all others become documents of their own. */
export async function openAttachments(
  handle: PdfHandle,
  limits: ParseLimits,
  readStructured: ReadStructured = readEInvoice,
): Promise<OpenedAttachments> {
  const structured: StructuredDocument[] = [];
  const members: OpenedMember[] = [];
  const warnings: Warning[] = [];
  const taken = new Set<string>();
  for (const [index, attachment] of handle.attachments.slice(0, limits.maxMembers).entries()) {
    const path = distinct(safePath(attachment.name), taken);
    const read = () => handle.readAttachment(index, limits.maxPartBytes);
    const found = mayBeXml(attachment) ? await tryStructured(read, path, limits, readStructured) : null;
    if (found?.documents) structured.push(...found.documents);
    if (found?.warning) warnings.push(found.warning);
    members.push({
      path,
      mediaType: attachment.mediaType,
      sizeBytes: attachment.sizeBytes,
      fate: found?.documents ? { outcome: "evidence", code: "structured", message: AS_EVIDENCE } : null,
      open: async () => streamOf(await read()),
    });
  }
  const found = handle.attachments.length;
  const inventory: Inventory[] = found === 0 ? [] : [{ kind: "attachment", found, read: members.length }];
  return {
    structured: byRichness(structured),
    members,
    inventory,
    warnings: [...warnings, ...warnOfMore(handle, limits)],
  };
}

const AS_EVIDENCE = "Its values are part of the document that carries it.";

function mayBeXml({ name, mediaType }: PdfAttachment): boolean {
  return /\.xml$/i.test(name.trim()) || /xml\b/i.test(mediaType ?? "");
}

/** Reads an XML file as a structured document; one that is none, or not well-formed, stays a member like others. */
async function tryStructured(
  read: () => Promise<Uint8Array>,
  path: string,
  limits: ParseLimits,
  readStructured: ReadStructured,
): Promise<{ documents?: readonly StructuredDocument[]; warning?: Warning } | null> {
  try {
    const documents = await readStructured(await read(), path, limits);
    return documents && documents.length > 0 ? { documents } : null;
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "internal") throw error;
    const message = `The file ${path} inside the PDF was not read as an e-invoice: ${error.message}`;
    return { warning: { code: "structure_invalid", message } };
  }
}

/** Makes names differ, as those of a folder do: `a.txt`, `a (2).txt`. */
function distinct(path: string, taken: Set<string>): string {
  let name = path;
  for (let count = 2; taken.has(name); count++) {
    name = path.replace(/(\.[^./]*)?$/, (ending) => ` (${count})${ending}`);
  }
  taken.add(name);
  return name;
}

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
}

function warnOfMore({ attachments }: PdfHandle, limits: ParseLimits): Warning[] {
  const left = attachments.slice(limits.maxMembers);
  if (left.length === 0) return [];
  const names = left.slice(0, MAX_NAMES).map(({ name }) => safePath(name));
  const more = left.length > names.length ? ` and ${left.length - names.length} more` : "";
  return [
    {
      code: "attachments_not_read",
      message: `Of ${attachments.length} files inside the PDF the first ${limits.maxMembers} were read, not ${names.join(", ")}${more}.`,
    },
  ];
}

/** The reader of e-invoices is loaded for the first file that may be one. */
const readEInvoice: ReadStructured = async (bytes, name, limits) => {
  const { readStructured } = await import("../einvoice/read-structured.ts");
  return readStructured(bytes, name, limits);
};
