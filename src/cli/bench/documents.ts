import { drawInvoice } from "../sample/invoice.ts";
import { writePdf } from "../sample/pdf-writer.ts";
import { encodePng, photograph, renderPdf } from "../sample/raster.ts";

/** A PDF of two pages with a text layer; each number makes a different file. */
export function textPdf(number: number): Uint8Array {
  return writePdf(drawInvoice({ number: `BENCH-${number}`, rows: 34 }));
}

/** A short plain-text invoice: what an upload costs without the reading of it. */
export function smallText(number: number): Uint8Array {
  const text = `Foxglove Lane Press Ltd\nINVOICE\nInvoice number: BENCH-${number}\nInvoice date: 2026-03-12\nTotal GBP 120.00\n`;
  return new TextEncoder().encode(text);
}

/** A scanned A4 page at 150 dpi: the drawn page as a slightly crooked, grainy picture. */
export async function scannedPage(number: number): Promise<Uint8Array> {
  const pdf = writePdf(drawInvoice({ number: `SCAN-${number}`, rows: 16 }));
  const page = await renderPdf(pdf, 150 / 72);
  return encodePng(photograph(page, { tilt: 0.4, margin: 0, shade: 12, grain: 3, seed: number }));
}
