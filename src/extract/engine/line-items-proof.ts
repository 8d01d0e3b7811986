import { isMoneyWord, readNumber } from "./line-items-numbers.ts";
import type { ItemRow } from "./line-items-rows.ts";
import type { ReadItem } from "./line-items-values.ts";

const CENT = 0.011;

/** Whether the items' amounts add up to an amount that is printed outside of them. */
export function provenSums(items: readonly ReadItem[], pages: readonly (readonly ItemRow[])[]): boolean {
  if (items.length === 0 || items.some((item) => item.amount === null)) return false;
  let sum = 0;
  for (const item of items) sum += item.amount ?? 0;
  if (Math.abs(sum) < CENT) return false;
  const own = new Set(items.flatMap((item) => item.raw.rows));
  for (const row of pages.flat()) {
    if (own.has(row)) continue;
    for (const amount of moneyOf(row)) if (Math.abs(amount - sum) < CENT) return true;
  }
  return false;
}

function moneyOf(row: ItemRow): number[] {
  const amounts: number[] = [];
  for (const word of row.words) {
    const whole = /^\p{Sc}?\d{1,9}$/u.test(word.text);
    if (!isMoneyWord(word.text) && !whole) continue;
    for (const reading of readNumber(word.text, null)?.readings ?? []) amounts.push(Number(reading));
  }
  return amounts;
}
