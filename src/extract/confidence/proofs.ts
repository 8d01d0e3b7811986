import type { DraftValue } from "../engine/draft.ts";

/** Pointers whose amounts a sum or a product explains. */
export type Proofs = ReadonlySet<string>;

const CENT = 0.015;

/** Which amounts arithmetic explains: rows that make a sum, a sum with its tax, a quantity times its price. Pure. */
export function proofsOf(drafts: readonly DraftValue[]): Proofs {
  const numbers = new Map<string, number>();
  for (const { pointer, value } of drafts) {
    const number = typeof value === "string" && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : null;
    if (number !== null && !numbers.has(pointer)) numbers.set(pointer, number);
  }
  const proven = new Set<string>();
  proveRows(numbers, proven);
  proveTotals(numbers, proven);
  return proven;
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= CENT;
}

function proveRows(numbers: ReadonlyMap<string, number>, proven: Set<string>): void {
  for (const [pointer, amount] of numbers) {
    if (!/\/\d+\/amount$/.test(pointer)) continue;
    const row = pointer.slice(0, -"amount".length);
    const [quantity, price] = [numbers.get(`${row}quantity`), numbers.get(`${row}unit_price`)];
    if (quantity === undefined || price === undefined || !near(quantity * price, amount)) continue;
    for (const key of ["quantity", "unit_price", "amount"]) proven.add(row + key);
  }
}

function proveTotals(numbers: ReadonlyMap<string, number>, proven: Set<string>): void {
  const subtotal = numbers.get("/subtotal");
  const total = numbers.get("/total");
  const tax = numbers.get("/tax_total");
  if (subtotal !== undefined && tax !== undefined && total !== undefined && near(subtotal + tax, total))
    for (const pointer of ["/subtotal", "/tax_total", "/total"]) proven.add(pointer);
  const rows = [...numbers].filter(([pointer]) => /^\/line_items\/\d+\/amount$/.test(pointer));
  if (rows.length === 0) return;
  const sum = rows.reduce((whole, [, amount]) => whole + amount, 0);
  for (const [pointer, target] of [
    ["/subtotal", subtotal],
    ["/total", total],
  ] as const) {
    if (target === undefined || !near(sum, target)) continue;
    for (const [row] of rows) proven.add(row);
    proven.add(pointer);
  }
}
