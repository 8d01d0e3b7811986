import { foldText } from "../../model/fold.ts";
import { PAGE_NUMBER } from "../../model/page-number.ts";
import type { ParsedDocument, Warning } from "../../model/parsed.ts";
import { CURRENCY_SIGNS } from "../labels/currencies.ts";
import type { LabelKey } from "../labels/label-key.ts";
import { doubtTotals } from "./doubt-totals.ts";
import type { DraftValue } from "./draft.ts";
import type { Reading } from "./reading.ts";

/** What speaks against a business paper although its values were found: for a person to look at. Pure. */
export function findDoubts(
  reading: Reading,
  parsed: ParsedDocument,
  values: readonly DraftValue[],
): Warning[] {
  const currencies = doubtCurrencies(reading);
  // What is told in another currency is no second total.
  const totals = currencies.length > 0 ? [] : doubtTotals(reading, values);
  return [...currencies, ...totals, ...doubtPages(reading, parsed)];
}

const SUMS: readonly LabelKey[] = ["subtotal", "total", "amount_due"];
/** Labels that are less sure name no sum. */
const SURE = 0.8;

/** Sums in two currencies: one of them is converted, and no arithmetic says which is owed. */
function doubtCurrencies(reading: Reading): Warning[] {
  const printed = new Set<string>();
  for (const [segment, hits] of reading.labels) {
    const named = hits.filter((hit) => hit.quality >= SURE && SUMS.some((key) => hit.keys.has(key)));
    if (named.length === 0 || reading.headerRows.has(segment.row)) continue;
    const behind = reading.view.rows[segment.row]?.segments.slice(segment.order) ?? [];
    for (const { currency } of behind.flatMap((part) => reading.money.get(part) ?? []))
      if (currency !== null) printed.add(currency);
  }
  const marks = [...printed];
  const pair = marks
    .flatMap((mark, index) => marks.slice(index + 1).map((other) => [mark, other] as const))
    .find(([mark, other]) => !currenciesOf(mark).some((code) => currenciesOf(other).includes(code)));
  if (!pair) return [];
  const message = `Sums are printed in ${pair[0]} and in ${pair[1]}: look which of them is owed.`;
  return [{ code: "currencies_differ", message }];
}

const SIGNS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(CURRENCY_SIGNS).map(([sign, codes]) => [sign.toUpperCase(), codes]),
);

function currenciesOf(mark: string): readonly string[] {
  return SIGNS.get(mark.toUpperCase()) ?? [mark];
}

/** A page is numbered at its edge; elsewhere `page 1 of 3` has to stand alone. */
const EDGE = 0.2;

/** Pages that are numbered to more than there are: what stands on the others nobody knows. */
function doubtPages(reading: Reading, { page_count }: ParsedDocument): Warning[] {
  let last = 0;
  for (const { bbox, text } of reading.view.segments) {
    if (text.length > 60) continue;
    const [printed = "", page, of] = PAGE_NUMBER.exec(foldText(text)) ?? [];
    const alone = printed.length >= text.trim().length - 2;
    if (!alone && bbox[1] > EDGE && bbox[3] < 1 - EDGE) continue;
    if (of !== undefined && Number(page) <= Number(of)) last = Math.max(last, Number(of));
  }
  if (last <= page_count) return [];
  const message = `Its pages are numbered to ${last}, but the file has ${page_count}: the others were not sent.`;
  return [{ code: "pages_not_sent", message }];
}
