import type { PdfAttachment } from "../../ports.ts";
import type { PdfiumInstance } from "./instance.ts";
import { readWide } from "./wide.ts";

const MAX_ATTACHMENTS = 200;

/**
 * Names the files that the document carries. Their sizes stay unknown: pdfium would have to unpack
 * them, and a file inside a file may be made to fill the memory.
 */
export function readAttachments(pdfium: PdfiumInstance, document: number): PdfAttachment[] {
  const { exports } = pdfium;
  const count = Math.min(exports.FPDFDoc_GetAttachmentCount(document), MAX_ATTACHMENTS);
  const attachments: PdfAttachment[] = [];
  for (let index = 0; index < count; index++) {
    const attachment = exports.FPDFDoc_GetAttachment(document, index);
    if (attachment === 0) continue;
    const name = readWide(pdfium, (buffer, length) =>
      exports.FPDFAttachment_GetName(attachment, buffer, length),
    );
    const mediaType = readWide(pdfium, (buffer, length) =>
      exports.FPDFAttachment_GetSubtype(attachment, buffer, length),
    );
    attachments.push({
      name: name || `attachment ${index + 1}`,
      mediaType: mediaType || null,
      relationship: null,
    });
  }
  return attachments;
}
