import { toScaledInteger } from "../../model/money.ts";
import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import { moneyString, UNITS } from "../engine/money.ts";
import type { Reading } from "../engine/reading.ts";
import { type Piece, wholePiece } from "../engine/view.ts";
import { amountsIn } from "./values.ts";

const DIGITS = 4;
const PROVEN = 0.9;

/** A sum of other amounts: what it is of, and in which sign. */
export interface Sum {
  readonly pointer: string;
  readonly parts: readonly (readonly [pointer: string, sign: 1 | -1])[];
}

/** A value's amount in ten-thousandths; null where there is none. */
export function amountOf(values: readonly DraftValue[], pointer: string): number | null {
  const value = values.find((draft) => draft.pointer === pointer)?.value;
  return typeof value === "string" ? toScaledInteger(value, DIGITS) : null;
}

/** Gives the sums that no label announced, where the amount that closes the arithmetic is printed. */
export function fillSums(
  reading: Reading,
  values: readonly DraftValue[],
  sums: readonly Sum[],
): DraftValue[] {
  const filled = [...values];
  for (const { pointer, parts } of sums) {
    if (amountOf(filled, pointer) !== null) continue;
    const amounts = parts.map(([part, sign]) => {
      const amount = amountOf(filled, part);
      return amount === null ? null : amount * sign;
    });
    const total = amounts.reduce((sum, amount) => (sum === null || amount === null ? null : sum + amount), 0);
    const made = total === null ? null : printedAmount(reading, filled, pointer, total);
    if (made) filled.push(made);
  }
  return filled;
}

/** An amount as a value, where it is printed and is no other value's. */
export function printedAmount(
  reading: Reading,
  values: readonly DraftValue[],
  pointer: string,
  amount: number,
): DraftValue | null {
  const taken = new Set(
    values.flatMap(({ cited }) => cited.flatMap(({ page, words }) => words.map((word) => `${page}:${word}`))),
  );
  const wanted = (amount / 10 ** DIGITS) * UNITS;
  let found: { piece: Piece; decimals: number; units: number } | null = null;
  for (const segment of reading.view.segments) {
    for (const { piece, decimals, units } of amountsIn(reading, wholePiece(segment))) {
      if (decimals !== 2 || Math.abs(units - wanted) > UNITS / 1000) continue;
      if (cite(piece).words.some((word) => taken.has(`${segment.page.number}:${word}`))) continue;
      found = { piece, decimals, units };
    }
  }
  if (!found) return null;
  const { piece, units, decimals } = found;
  return { pointer, value: moneyString(units, decimals), cited: [cite(piece)], confidence: PROVEN };
}
