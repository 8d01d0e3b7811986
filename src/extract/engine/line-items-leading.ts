import type { CellPart, RawItem } from "./line-items-gather.ts";
import type { ColumnField } from "./line-items-lexicon.ts";
import { multiplies, readNumber } from "./line-items-numbers.ts";
import type { DecimalMark } from "./money.ts";

/**
 * The item with the quantity as a cell of its own that a narrow gap joined to what stands right of it: before its unit
 * (`10.4 m`), or before a description where price and amount prove it (`25 Office chair`).
 */
export function withLeadingQuantity(raw: RawItem, decimal: DecimalMark | null): RawItem {
  if ((raw.cells.get("quantity") ?? []).some((part) => /\d/u.test(part.text))) return raw;
  for (const field of ["unit", "description"] as const) {
    const [part, ...others] = raw.cells.get(field) ?? [];
    const split = part && splitLead(part);
    if (!split || (field === "description" && !isProven(raw, split.lead.text, decimal))) continue;
    const cells = new Map<ColumnField, readonly CellPart[]>(raw.cells);
    cells.set("quantity", [split.lead]).set(field, [split.rest, ...others]);
    return { ...raw, cells };
  }
  return raw;
}

function splitLead(part: CellPart): { lead: CellPart; rest: CellPart } | null {
  const [first, ...words] = part.words;
  if (!first || words.length === 0 || !/^\d[\d.,]*$/u.test(first.text)) return null;
  const text = part.text.slice(first.text.length).trim();
  if (!part.text.startsWith(first.text) || !/^\p{L}/u.test(text)) return null;
  return { lead: { text: first.text, words: [first] }, rest: { text, words } };
}

/** Whether a quantity times the price is the amount, less the discount where one is printed. */
function isProven(raw: RawItem, quantity: string, decimal: DecimalMark | null): boolean {
  const valueOf = (field: ColumnField): number => {
    const text = raw.cells.get(field)?.[0]?.text;
    return Number((text === undefined ? null : readNumber(text, decimal, "none"))?.readings[0] ?? Number.NaN);
  };
  const count = Number(readNumber(quantity, decimal, "none")?.readings[0] ?? Number.NaN);
  const [price, amount, discount] = [valueOf("unit_price"), valueOf("amount"), Math.abs(valueOf("discount"))];
  if ([count, price, amount].some((value) => Number.isNaN(value))) return false;
  if (multiplies(count, price, amount)) return true;
  return discount > 0 && discount <= 100 && multiplies(count, price * (1 - discount / 100), amount);
}
