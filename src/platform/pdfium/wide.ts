import type { PdfiumInstance } from "./instance.ts";

/** Longer values are cut: nothing that is named or filled in is as long. */
const MAX_VALUE_BYTES = 64 * 1024;

/** Calls one of pdfium's functions that answer in UTF-16LE: first for the length in bytes with its end mark, then for the text. */
export function readWide(
  pdfium: PdfiumInstance,
  ask: (buffer: number, lengthBytes: number) => number,
): string {
  const needed = ask(0, 0);
  if (needed <= 2) return "";
  const buffer = pdfium.exports.malloc(needed);
  if (buffer === 0) return "";
  try {
    ask(buffer, needed);
    const bytes = pdfium.bytes().slice(buffer, buffer + Math.min(needed - 2, MAX_VALUE_BYTES));
    return new TextDecoder("utf-16le").decode(bytes).replaceAll("\0", "").trim();
  } finally {
    pdfium.exports.free(buffer);
  }
}
