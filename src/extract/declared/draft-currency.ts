import { findCurrency } from "../engine/currency.ts";
import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import type { Reading } from "../engine/reading.ts";

const LEAST = 0.65;

/** The currency of the document's amounts, where no label announces it. */
export function draftCurrency(reading: Reading, known: readonly DraftValue[]): DraftValue[] {
  if (known.some(({ pointer }) => pointer === "/currency")) return [];
  const found = findCurrency(reading, []);
  if (!found || found.score < LEAST) return [];
  return [
    {
      pointer: "/currency",
      value: found.code,
      cited: found.pieces.map((piece) => cite(piece)),
      confidence: found.score,
      derived: !found.printed,
    },
  ];
}
