import { foldText } from "../../model/fold.ts";
import type { Warning } from "../../model/parsed.ts";
import { numberFromWords } from "../prose/number-words.ts";
import type { DraftValue } from "./draft.ts";
import type { LabelHit } from "./labels.ts";
import { moneyString, UNITS } from "./money.ts";
import type { Reading } from "./reading.ts";
import type { Segment } from "./view.ts";

/** Totals that contradict each other, or the words that repeat them: arithmetic chooses one, a person has to look. */
export function doubtTotals(reading: Reading, values: readonly DraftValue[]): Warning[] {
  return [...doubtSecondTotal(reading, values), ...doubtWords(reading, values)];
}

/** Labels that are less sure name no total. */
const SURE = 0.8;
const HALF_CENT = UNITS / 200;

function doubtSecondTotal(reading: Reading, values: readonly DraftValue[]): Warning[] {
  const printed = [...reading.labels].flatMap(([segment, hits]) =>
    reading.headerRows.has(segment.row) ? [] : hits.flatMap((hit) => totalAt(reading, segment, hit) ?? []),
  );
  const explained = explainedBy(values);
  const total = unitsAt(values, "/total") ?? printed.at(-1);
  const other = printed.find((units) => units !== total && !explained.some((one) => same(one, units)));
  if (total === undefined || other === undefined) return [];
  const message = `Totals of ${moneyString(total)} and of ${moneyString(other)} are printed, and nothing tells why.`;
  return [{ code: "totals_differ", message }];
}

/** The one amount behind a label that says total and nothing else; null for anything less clear. */
function totalAt(reading: Reading, segment: Segment, hit: LabelHit): number | null {
  if (hit.quality < SURE || !hit.keys.has("total") || hit.keys.has("subtotal") || hit.keys.has("tax"))
    return null;
  if (segment.text.slice(0, hit.piece.start).trim() !== "") return null;
  const behind = reading.view.rows[segment.row]?.segments.slice(segment.order) ?? [];
  const amounts = behind.flatMap((part) => reading.money.get(part) ?? []);
  const [amount, ...more] = amounts;
  if (!amount || more.length > 0) return null;
  const from = amount.piece.segment === segment ? hit.piece.end : 0;
  const between = amount.piece.segment.text.slice(from, amount.piece.start);
  const rest = segment === amount.piece.segment ? "" : segment.text.slice(hit.piece.end);
  return /^[^\p{L}\d]*$/u.test(between + rest) ? amount.units : null;
}

/** What a total may be besides: a value of its own, or the total with or without one of them. */
function explainedBy(values: readonly DraftValue[]): number[] {
  const amounts = values.flatMap(({ pointer, value }) =>
    typeof value === "string" && /^-?\d+\.\d+$/.test(value) && pointer !== "/total"
      ? [Number(value) * UNITS]
      : [],
  );
  const total = unitsAt(values, "/total");
  if (total === null) return amounts;
  return [total, ...amounts, ...amounts.flatMap((amount) => [total - amount, total + amount])];
}

function unitsAt(values: readonly DraftValue[], pointer: string): number | null {
  const found = values.find((value) => value.pointer === pointer)?.value;
  return typeof found === "string" && /^-?\d+(?:\.\d+)?$/.test(found)
    ? Math.round(Number(found) * UNITS)
    : null;
}

function same(a: number, b: number): boolean {
  return Math.abs(Math.abs(a) - Math.abs(b)) <= HALF_CENT;
}

/** What says that the words beside it are an amount. */
const IN_WORDS =
  /\b(?:in words|say|only|dollars?|euros?|pounds?|francs?|franken|ringgit|rupees?|pesos|in worten|en lettres|en letras)\b/;
const LEAST_WORDS = 2;

function doubtWords(reading: Reading, values: readonly DraftValue[]): Warning[] {
  const owed = ["/total", "/amount_due"].flatMap((pointer) => unitsAt(values, pointer) ?? []);
  if (owed.length === 0) return [];
  for (const { text } of reading.view.segments) {
    const folded = foldText(text);
    const said = IN_WORDS.test(folded) ? amountInWords(folded) : null;
    if (said === null || owed.some((units) => Math.floor(Math.abs(units) / UNITS) === said)) continue;
    const message = `Words say ${said}, but figures ${moneyString(owed[0] ?? 0)}.`;
    return [{ code: "words_differ", message }];
  }
  return [];
}

/** The first number of two words or more. */
function amountInWords(folded: string): number | null {
  const words = folded.match(/\p{L}+/gu) ?? [];
  for (let from = 0; from < words.length; from += 1) {
    if (numberFromWords(words[from] ?? "") === null) continue;
    let to = from + 1;
    while (to < words.length && numberFromWords(words.slice(from, to + 1).join(" ")) !== null) to += 1;
    if (to - from >= LEAST_WORDS) return numberFromWords(words.slice(from, to).join(" "));
  }
  return null;
}
