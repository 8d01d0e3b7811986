import { AppError } from "../../errors.ts";
import type { PdfAttachment } from "../../ports.ts";
import { guard } from "./guard.ts";
import type { PdfiumInstance } from "./instance.ts";
import type { EmbeddedFile } from "./structure/files.ts";
import type { StreamPlace } from "./structure/index-objects.ts";
import { inflateStream, tooLarge } from "./structure/inflate.ts";
import type { Structure } from "./structure/read-structure.ts";
import { readWide } from "./wide.ts";

/** More files than this are counted and not named. */
const MAX_ATTACHMENTS = 20_000;

/** Where a file inside the document is read from: its bytes in the file where they are known, else pdfium's list. */
export interface AttachmentPlace {
  readonly stream: StreamPlace | null;
  readonly index: number | null;
  readonly sizeBytes: number | null;
}

/** Files inside a document, and the place of each. */
export interface Attachments {
  readonly described: readonly PdfAttachment[];
  readonly places: readonly AttachmentPlace[];
}

/**
 * Lists the files that the document carries: pdfium's list, with what the structure says of each, then those that
 * pdfium does not list (associated files, file attachment annotations). Nothing is unpacked.
 */
export function listAttachments(pdfium: PdfiumInstance, document: number, { files }: Structure): Attachments {
  const { exports } = pdfium;
  const count = Math.min(exports.FPDFDoc_GetAttachmentCount(document), MAX_ATTACHMENTS);
  const described: PdfAttachment[] = [];
  const places: AttachmentPlace[] = [];
  const left = [...files.named];
  for (let index = 0; index < count; index++) {
    const attachment = exports.FPDFDoc_GetAttachment(document, index);
    if (attachment === 0) continue;
    const name = readWide(pdfium, (buffer, length) =>
      exports.FPDFAttachment_GetName(attachment, buffer, length),
    );
    const mediaType = readWide(pdfium, (buffer, length) =>
      exports.FPDFAttachment_GetSubtype(attachment, buffer, length),
    );
    const at = left.findIndex((file) => file.name === name);
    const known = at < 0 ? undefined : left.splice(at, 1)[0];
    described.push(describe(name || `attachment ${index + 1}`, mediaType, known));
    places.push({ stream: known?.place ?? null, index, sizeBytes: known?.sizeBytes ?? null });
  }
  for (const file of files.unnamed) {
    described.push(describe(file.name || `attachment ${described.length + 1}`, "", file));
    places.push({ stream: file.place, index: null, sizeBytes: file.sizeBytes });
  }
  return { described, places };
}

function describe(name: string, mediaType: string, known: EmbeddedFile | undefined): PdfAttachment {
  return {
    name,
    mediaType: mediaType || known?.mediaType || null,
    relationship: known?.relationship ?? null,
    sizeBytes: known?.sizeBytes ?? null,
  };
}

const unreadable = () =>
  new AppError("file_damaged", "A file inside the PDF is damaged and cannot be read. Send it by itself.");

/** A document that is open: pdfium's handle of it, and its bytes as they stand when they are asked for. */
export interface AttachmentSource {
  readonly pdfium: PdfiumInstance;
  readonly document: number;
  readonly file: () => Uint8Array<ArrayBuffer>;
}

/**
 * Gives a file's content. Where its bytes are known they are unpacked here, piece by piece, and stop at the bound;
 * else pdfium unpacks them in its own memory, which has a bound too.
 * @throws AppError archive_too_large, file_damaged
 */
export async function readAttachmentBytes(
  { pdfium, document, file }: AttachmentSource,
  place: AttachmentPlace,
  maxBytes: number,
): Promise<Uint8Array> {
  const { stream, index } = place;
  if (stream && stream.packing !== "other") {
    const { start, length } = stream;
    if (stream.packing === "flate") {
      return inflateStream((at, count) => file().slice(start + at, start + at + count), length, maxBytes);
    }
    if (length > maxBytes) throw tooLarge(maxBytes);
    return file().slice(start, start + length);
  }
  if (index === null) throw unreadable();
  if ((place.sizeBytes ?? 0) > maxBytes) throw tooLarge(maxBytes);
  return guard(pdfium, () => unpackByPdfium(pdfium, document, index, maxBytes));
}

function unpackByPdfium(
  pdfium: PdfiumInstance,
  document: number,
  index: number,
  maxBytes: number,
): Uint8Array {
  const { exports, scratch } = pdfium;
  const attachment = exports.FPDFDoc_GetAttachment(document, index);
  if (attachment === 0) throw unreadable();
  if (exports.FPDFAttachment_GetFile(attachment, 0, 0, scratch) === 0) throw unreadable();
  const size = pdfium.view().getUint32(scratch, true);
  if (size > maxBytes) throw tooLarge(maxBytes);
  const buffer = exports.malloc(Math.max(1, size));
  if (buffer === 0) throw tooLarge(maxBytes);
  try {
    if (exports.FPDFAttachment_GetFile(attachment, buffer, size, scratch) === 0) throw unreadable();
    return pdfium.bytes().slice(buffer, buffer + Math.min(size, pdfium.view().getUint32(scratch, true)));
  } finally {
    exports.free(buffer);
  }
}
