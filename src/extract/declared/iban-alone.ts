import { findIbans } from "../engine/bank.ts";
import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import type { Reading } from "../engine/reading.ts";

const SURE = 0.7;

/** The document's only valid IBAN, where no label announces one. */
export function ibanAlone(reading: Reading, known: readonly DraftValue[], pointer: string): DraftValue[] {
  if (known.some((value) => value.pointer === pointer)) return [];
  const found = reading.view.segments.flatMap((segment) => findIbans(segment)).filter(({ valid }) => valid);
  const [first] = found;
  if (!first || found.some(({ iban }) => iban !== first.iban)) return [];
  return [{ pointer, value: first.iban, cited: [cite(first.piece)], confidence: SURE }];
}
