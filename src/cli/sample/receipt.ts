import { printMinor } from "./amounts.ts";
import { measureText, writePdf } from "./pdf-writer.ts";
import type { PdfText } from "./pdf-writer.ts";
import { encodePng, photograph, renderPdf } from "./raster.ts";

const GOODS: readonly (readonly [name: string, quantity: number, minor: number])[] = [
  ["Sourdough loaf", 1, 460],
  ["Flat white", 2, 340],
  ["Cinnamon bun", 3, 295],
  ["Oat milk 1 l", 1, 215],
  ["Butter, salted 250 g", 1, 389],
];
const TAX_PERCENT = 10;

/** A till receipt of a made-up bakery as a photograph in PNG. `number` tells one from another. */
export async function photographReceipt(number: string): Promise<Uint8Array> {
  const width = 230;
  const goods = GOODS.map(([name, quantity, minor]): Entry => ({
    left: `${quantity} x ${name}`,
    right: printMinor(quantity * minor),
  }));
  const subtotal = GOODS.reduce((sum, [, quantity, minor]) => sum + quantity * minor, 0);
  const tax = Math.round((subtotal * TAX_PERCENT) / 100);
  const entries: Entry[] = [
    { middle: "Harbour Street Bakery", size: 15, bold: true },
    { middle: "27 Harbour Street, Whitby YO21 1DN" },
    { middle: "Tel 01947 555 0142" },
    {},
    { left: `Receipt no. ${number}`, right: "" },
    { left: "Date 14/03/2026", right: "Time 08:47" },
    {},
    ...goods,
    {},
    { left: "Subtotal", right: printMinor(subtotal) },
    { left: `VAT ${TAX_PERCENT}%`, right: printMinor(tax) },
    { left: "TOTAL GBP", right: printMinor(subtotal + tax), size: 14, bold: true },
    {},
    { left: "Paid by VISA card **** 4417", right: "" },
    {},
    { middle: "Thank you, and mind the gulls" },
  ];
  const texts = entries.flatMap((entry, index) => draw(entry, width, 34 + index * 17));
  const height = 34 + entries.length * 17 + 16;
  const page = await renderPdf(writePdf({ pages: [{ width, height, texts }] }), 3.2);
  return encodePng(photograph(page, { tilt: 1.4, margin: 46, shade: 46, grain: 7, seed: 41 }));
}

interface Entry {
  readonly left?: string;
  readonly middle?: string;
  readonly right?: string;
  readonly size?: number;
  readonly bold?: boolean;
}

function draw(entry: Entry, width: number, y: number): PdfText[] {
  const { size = 10, bold = false } = entry;
  const edge = 16;
  const texts: PdfText[] = [];
  if (entry.left !== undefined) texts.push({ text: entry.left, x: edge, y, size, bold });
  if (entry.right !== undefined && entry.right !== "") {
    texts.push({ text: entry.right, x: width - edge, y, size, bold, align: "right" });
  }
  if (entry.middle !== undefined) {
    const x = (width - measureText(entry.middle, size)) / 2;
    texts.push({ text: entry.middle, x, y, size, bold });
  }
  return texts;
}
