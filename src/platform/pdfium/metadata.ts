import { type PdfiumInstance, SCRATCH_BYTES } from "./instance.ts";
import { readWide } from "./wide.ts";

/** Keys of the document information dictionary (PDF 32000-1, 14.3.3), by the names that the canonical form uses. */
const KEYS = {
  Title: "title",
  Author: "author",
  Subject: "subject",
  Keywords: "keywords",
  Creator: "creator",
  Producer: "producer",
  CreationDate: "created",
  ModDate: "modified",
} as const;

/** Reads the document's information entries that are not empty. */
export function readMetadata(pdfium: PdfiumInstance, document: number): Record<string, string> {
  const metadata: Record<string, string> = {};
  for (const [key, name] of Object.entries(KEYS)) {
    const value = withCString(pdfium, key, (tag) =>
      readWide(pdfium, (buffer, length) => pdfium.exports.FPDF_GetMetaText(document, tag, buffer, length)),
    );
    if (value !== "") metadata[name] = value;
  }
  return metadata;
}

/** Lends `text`, ASCII and short, as a C string at the scratch block's end. */
function withCString<T>(pdfium: PdfiumInstance, text: string, work: (pointer: number) => T): T {
  const encoded = new TextEncoder().encode(`${text}\0`);
  const pointer = pdfium.scratch + SCRATCH_BYTES - encoded.length;
  pdfium.bytes().set(encoded, pointer);
  return work(pointer);
}
