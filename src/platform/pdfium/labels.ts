import type { PdfiumInstance } from "./instance.ts";
import { readWide } from "./wide.ts";

/** Labels of the pages (PDF 32000-1, 12.4.2); null for each page where the file has none. */
export function readPageLabels(
  pdfium: PdfiumInstance,
  document: number,
  pageCount: number,
  mostPages: number,
): (string | null)[] {
  const labels: (string | null)[] = [];
  for (let page = 0; page < Math.min(pageCount, mostPages); page++) {
    const label = readWide(pdfium, (buffer, length) =>
      pdfium.exports.FPDF_GetPageLabel(document, page, buffer, length),
    );
    labels.push(label || null);
  }
  return labels;
}
