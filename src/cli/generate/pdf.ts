import fontkit from "@pdf-lib/fontkit";
import { PDFDocument, rgb } from "pdf-lib";
import type { PDFFont } from "pdf-lib";
import { loadFace } from "./fonts.ts";
import type { Family, Weight } from "./fonts.ts";
import type { Sheet } from "./sheet.ts";

const EPOCH = new Date("2025-01-01T00:00:00Z");

/** Writes drawn pages as a PDF with the letters that they use embedded; the same pages give the same bytes. */
export async function writeSheets(sheets: readonly Sheet[], title: string): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.registerFontkit(fontkit);
  document.setTitle(title);
  document.setCreationDate(EPOCH);
  document.setModificationDate(EPOCH);
  const fonts = new Map<string, PDFFont>();
  const fontOf = async (family: Family, weight: Weight): Promise<PDFFont> => {
    const key = `${family}/${weight}`;
    const known = fonts.get(key);
    if (known) return known;
    const face = await loadFace(family, weight);
    const font = await document.embedFont(face.bytes, {
      subset: true,
      features: { liga: false, kern: false, dlig: false, clig: false },
    });
    fonts.set(key, font);
    return font;
  };
  for (const sheet of sheets) {
    const page = document.addPage([sheet.width, sheet.height]);
    for (const { x, y, width, height, fill, line } of sheet.strokes) {
      const at = { x, y: sheet.height - y - height, width, height };
      if (fill !== undefined) page.drawRectangle({ ...at, color: rgb(fill, fill, fill) });
      else if (width > 0 && height > 0)
        page.drawRectangle({ ...at, borderWidth: line ?? 0.6, borderColor: rgb(0, 0, 0) });
      else {
        const start = { x, y: sheet.height - y };
        const end = { x: x + width, y: sheet.height - y - height };
        page.drawLine({ start, end, thickness: line ?? 0.6 });
      }
    }
    for (const { text, x, y, size, weight, grey, family = sheet.family } of sheet.inks) {
      const font = await fontOf(family, weight);
      page.drawText(text, { x, y: sheet.height - y, size, font, color: rgb(grey, grey, grey) });
    }
  }
  return document.save({ useObjectStreams: false });
}
