import type { TitleKind } from "../../model/titles.ts";
import type { DateKey, LabelKey } from "../labels/label-key.ts";
import { type Choice, hitsOf, mergeChoices } from "./choices.ts";
import type { PrintedDate } from "./dates.ts";
import { dueInSentences } from "./due-dates.ts";
import type { LabelHit } from "./labels.ts";
import { placesOf } from "./places.ts";
import type { Reading } from "./reading.ts";
import { type Piece, readConfidence, type Segment } from "./view.ts";

export interface DateQuery {
  readonly keys: readonly DateKey[];
  /** Further, weaker labels (a bare `Date`). */
  readonly vague?: readonly DateKey[];
  /** A date in the line of a title of this kind counts (`Invoice 7 of 3 May 2024`). */
  readonly titles?: readonly TitleKind[];
  /** Worth of a date without any label: 0 for fields that are never given so. */
  readonly unlabelled: number;
}

const ALL_KEYS: readonly DateKey[] = [
  "invoice_date",
  "due_date",
  "order_date",
  "delivery_date",
  "other_date",
  "service_period",
];

/** Dates for a field, best first. A date that another field's label claims is hardly one. */
export function findDateField(reading: Reading, query: DateQuery): Choice<string>[] {
  const choices: Choice<string>[] = [];
  for (const hit of hitsOf(reading, query.keys)) choices.push(...datesAt(reading, hit, 1));
  if (query.vague)
    for (const hit of hitsOf(reading, query.vague))
      choices.push(...datesAt(reading, hit, vagueWeight(reading, hit, query)));
  if (query.keys.includes("due_date")) choices.push(...dueInSentences(reading));
  if (query.titles) choices.push(...inTitleLines(reading, query.titles));
  if (query.unlabelled > 0) choices.push(...unlabelled(reading, query));
  return mergeChoices(choices, (value) => value);
}

function vagueWeight(reading: Reading, hit: LabelHit, query: DateQuery): number {
  if (query.keys.some((key) => hit.keys.has(key))) return 0;
  const before = hit.piece.segment.text.slice(0, hit.piece.start).trimEnd();
  return (/\p{L}$/u.test(before) ? 0.45 : 0.82) * headFactor(reading, hit);
}

const SIGNED =
  /\b(?:approved|authori[sz]ed|signature|signed|prepared|checked|received|unterschrift|genehmigt|freigegeben|signé|approuvé|firma(?:do)?|aprobado|approvato|aprovado|handtekening|akkoord|podpis|underskrift)\b(?! (?:on|am|le|el)\b)/iu;

/** A bare `Date` far down is a signature's, a payment's or a line's. */
function headFactor(reading: Reading, hit: LabelHit): number {
  const { page, bbox, row } = hit.piece.segment;
  const beside = (reading.view.rows[row]?.segments ?? []).map((segment) => segment.text).join(" ");
  if (SIGNED.test(beside)) return 0.5;
  if (reading.view.parsed.format === "text") return 1;
  if (page !== reading.view.rows[0]?.page) return 0.5;
  return bbox[1] < 0.6 || page.source === "ocr" ? 1 : 0.8;
}

function datesAt(reading: Reading, hit: LabelHit, weight: number): Choice<string>[] {
  if (weight === 0) return [];
  const found: Choice<string>[] = [];
  for (const place of placesOf(reading, hit)) {
    const date = datesIn(reading, place.piece)[0];
    if (!date) continue;
    const far = date.piece.start - place.piece.start > 30 ? 0.6 : 1;
    const reach = place.relation === "above" ? 0.3 : place.weight;
    found.push(choiceOf(reading, date, hit.quality * weight * reach * far));
  }
  return found.sort((a, b) => b.score - a.score).slice(0, 1);
}

export function datesIn(reading: Reading, piece: Piece): PrintedDate[] {
  return (reading.dates.get(piece.segment) ?? []).filter(
    (date) => date.piece.start >= piece.start - 1 && date.piece.end <= piece.end + 1,
  );
}

/** What a date is worth of which day and month may be exchanged: where nothing tells their order, a person looks. */
const ORDER_INFERRED = 0.97;
const ORDER_UNKNOWN = 0.8;

function choiceOf(reading: Reading, date: PrintedDate, score: number): Choice<string> {
  const certain = orderSure(reading, date);
  return {
    value: date.iso,
    pieces: [date.piece],
    score: score * certain * (0.7 + 0.3 * readConfidence(date.piece)),
  };
}

function inTitleLines(reading: Reading, kinds: readonly TitleKind[]): Choice<string>[] {
  const found: Choice<string>[] = [];
  for (const [segment, hits] of reading.labels) {
    const title = hits.find((hit) => kinds.some((kind) => hit.titles.has(kind)));
    if (!title) continue;
    const date = (reading.dates.get(segment) ?? []).find((one) => one.piece.start > title.piece.end);
    if (date && date.piece.start - title.piece.end < 45)
      found.push(choiceOf(reading, date, 0.62 + 0.2 * title.quality));
  }
  return found;
}

const TIME = /\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]m)?/i;

function unlabelled(reading: Reading, query: DateQuery): Choice<string>[] {
  const claimed = claimedBy(reading, [...query.keys, ...(query.vague ?? [])]);
  const found: Choice<string>[] = [];
  let rank = 0;
  for (const [segment, dates] of reading.dates) {
    for (const date of dates) {
      const other = claimed.has(date) || insideItems(reading, segment);
      const timed = TIME.test(segment.text.slice(date.piece.end, date.piece.end + 14));
      const worth =
        query.unlabelled * (other ? 0.42 : 1) * (timed ? 1.15 : 1) * Math.max(0.6, 1 - rank * 0.06);
      found.push(choiceOf(reading, date, Math.min(0.9, worth)));
      rank += 1;
    }
  }
  return found;
}

/** Dates that a label of another field stands next to. */
function claimedBy(reading: Reading, own: readonly LabelKey[]): Set<PrintedDate> {
  const claimed = new Set<PrintedDate>();
  const others = ALL_KEYS.filter((key) => !own.includes(key));
  for (const hit of hitsOf(reading, others)) {
    if (own.some((key) => hit.keys.has(key)) || hit.quality < 0.6) continue;
    for (const place of placesOf(reading, hit)) {
      const date = datesIn(reading, place.piece)[0];
      if (date && place.weight >= 0.75) claimed.add(date);
    }
  }
  return claimed;
}

function insideItems(reading: Reading, segment: Segment): boolean {
  for (const header of reading.headerRows) {
    if (segment.row > header && segment.row - header < 4 && segment.page === reading.view.rows[header]?.page)
      return true;
  }
  return false;
}

/** How sure a date is, by whether day and month could be exchanged and what the document tells of their order. */
export function orderSure(reading: Reading, { certain }: PrintedDate): number {
  return certain ? 1 : reading.dayFirst === null ? ORDER_UNKNOWN : ORDER_INFERRED;
}
