import { printMinor } from "./amounts.ts";
import type { PdfDraft, PdfLine, PdfPageDraft, PdfText } from "./pdf-writer.ts";

/** What tells one sample invoice from another. */
export interface InvoiceDraft {
  readonly number: string;
  /** Rows of the table; more than 22 run on to a second page, more than 56 to a third, and so on. */
  readonly rows: number;
}

interface Item {
  readonly name: string;
  readonly unit: string;
  readonly minor: number;
}

const GOODS: readonly Item[] = [
  { name: "Letterpress cards, cotton 600 g", unit: "box", minor: 4_850 },
  { name: "Poster A2, matte, four colours", unit: "pc", minor: 1_275 },
  { name: "Saddle-stitched booklet, 24 pages", unit: "pc", minor: 385 },
  { name: "Envelopes C5, recycled, printed flap", unit: "box", minor: 2_990 },
  { name: "Proof on production stock", unit: "pc", minor: 1_500 },
  { name: "Delivery by cargo bike", unit: "trip", minor: 900 },
];
const ROWS_ON_FIRST_PAGE = 22;
/** With room for the totals below them. */
const ROWS_OVERLEAF = 34;
const TAX_PERCENT = 20;

/** An invoice of a made-up print shop: header, parties, a ruled table, totals with tax, payment details. */
export function drawInvoice(draft: InvoiceDraft): PdfDraft {
  const items = Array.from({ length: draft.rows }, (_, index) => {
    const good = GOODS[index % GOODS.length] ?? { name: "Sundries", unit: "pc", minor: 100 };
    const quantity = 1 + ((index * 7) % 12);
    return { ...good, line: index + 1, quantity, amount: quantity * good.minor };
  });
  const subtotal = items.reduce((sum, item) => sum + item.amount, 0);
  const tax = Math.round((subtotal * TAX_PERCENT) / 100);
  const runs = [items.slice(0, ROWS_ON_FIRST_PAGE)];
  for (let at = ROWS_ON_FIRST_PAGE; at < items.length; at += ROWS_OVERLEAF) {
    runs.push(items.slice(at, at + ROWS_OVERLEAF));
  }
  const pages = runs.map((rows, index): PdfPageDraft => {
    const [isFirst, isLast] = [index === 0, index === runs.length - 1];
    const table = drawTable(rows, isFirst ? 300 : 80);
    const head = isFirst ? drawHead(draft.number) : drawOverleaf(draft.number, index + 1, runs.length);
    const foot = isLast
      ? drawTotals(table.bottom + 14, subtotal, tax, draft.number)
      : drawContinued(index + 1, runs.length);
    return merge(head, table.page, foot);
  });
  return { pages, title: `Invoice ${draft.number}` };
}

function drawOverleaf(number: string, page: number, pages: number): PdfPageDraft {
  return { texts: [{ text: `Invoice ${number}, page ${page} of ${pages}`, x: 48, y: 50, size: 9 }] };
}

function drawContinued(page: number, pages: number): PdfPageDraft {
  const text = `Page ${page} of ${pages}, continued overleaf`;
  return { texts: [{ text, x: 547, y: 800, size: 8, align: "right" }] };
}

function drawHead(number: string): PdfPageDraft {
  const left = (text: string, y: number, extra: Partial<PdfText> = {}): PdfText => ({
    text,
    x: 48,
    y,
    ...extra,
  });
  const facts = [
    ["Invoice number", number],
    ["Invoice date", "12 March 2026"],
    ["Due date", "11 April 2026"],
    ["Your order", "PO-20418"],
  ];
  return {
    rects: [{ x: 0, y: 0, width: 596, height: 10, fill: 0.25 }],
    texts: [
      left("Foxglove Lane Press Ltd", 62, { size: 17, bold: true }),
      left("14 Foxglove Lane, Bristol BS1 9QT, United Kingdom", 78, { size: 9 }),
      left("VAT number GB 417 2093 15 · studio@foxglovelane.example", 91, { size: 9 }),
      { text: "INVOICE", x: 547, y: 64, size: 22, bold: true, align: "right" },
      left("Bill to", 140, { size: 9, bold: true }),
      left("Harbour Street Bakery", 155, { size: 11 }),
      left("27 Harbour Street", 169),
      left("Whitby YO21 1DN", 183),
      left("United Kingdom", 197),
      ...facts.flatMap(([label = "", value = ""], index): PdfText[] => [
        { text: label, x: 360, y: 155 + index * 16, size: 9 },
        { text: value, x: 547, y: 155 + index * 16, bold: index === 0, align: "right" },
      ]),
    ],
  };
}

type Row = Item & { readonly line: number; readonly quantity: number; readonly amount: number };

function drawTable(rows: readonly Row[], top: number): { page: PdfPageDraft; bottom: number } {
  const step = 18;
  const head = ["#", "Description", "Qty", "Unit", "Unit price", "Amount"];
  const places = [48, 72, 370, 384, 470, 547] as const;
  const cell = (column: number, text: string, y: number, bold = false): PdfText => ({
    text,
    x: places[column] ?? 48,
    y,
    size: 9,
    bold,
    align: column === 2 || column > 3 ? "right" : "left",
  });
  const texts = head.map((title, column) => cell(column, title, top, true));
  rows.forEach((row, index) => {
    const y = top + step * (index + 1);
    const cells = [
      String(row.line),
      row.name,
      String(row.quantity),
      row.unit,
      printMinor(row.minor),
      printMinor(row.amount),
    ];
    texts.push(...cells.map((text, column) => cell(column, text, y)));
  });
  const bottom = top + step * rows.length + 8;
  const rule = (y: number, width: number): PdfLine => ({ from: [48, y], to: [547, y], width });
  return { page: { texts, lines: [rule(top - 14, 1), rule(top + 5, 0.5), rule(bottom, 0.5)] }, bottom };
}

function drawTotals(top: number, subtotal: number, tax: number, number: string): PdfPageDraft {
  const total = printMinor(subtotal + tax);
  const rows = [
    ["Subtotal", printMinor(subtotal)],
    [`VAT ${TAX_PERCENT} %`, printMinor(tax)],
    ["Total GBP", `£${total}`],
  ];
  const texts = rows.flatMap(([label = "", value = ""], index): PdfText[] => {
    const bold = index === rows.length - 1;
    const y = top + 16 * (index + 1);
    return [
      { text: label, x: 400, y, bold },
      { text: value, x: 547, y, bold, align: "right" },
    ];
  });
  const foot = top + 90;
  texts.push(
    { text: "Payment within 30 days by bank transfer.", x: 48, y: foot, size: 9 },
    { text: `IBAN GB29 NWBK 6016 1331 9268 19 · Reference ${number}`, x: 48, y: foot + 13, size: 9 },
  );
  return { texts, lines: [{ from: [400, top + 36], to: [547, top + 36], width: 0.8 }] };
}

function merge(...parts: readonly PdfPageDraft[]): PdfPageDraft {
  return {
    texts: parts.flatMap(({ texts }) => texts ?? []),
    lines: parts.flatMap(({ lines }) => lines ?? []),
    rects: parts.flatMap(({ rects }) => rects ?? []),
  };
}
