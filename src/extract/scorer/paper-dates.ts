import { usualHeight } from "../engine/usual-height.ts";
import { type DateQuery, findDateField, orderSure } from "../engine/date-fields.ts";
import type { PrintedDate } from "../engine/dates.ts";
import { dueFromTerms } from "../engine/due-dates.ts";
import type { Reading } from "../engine/reading.ts";
import { boxOf, type Piece, readConfidence, textOf } from "../engine/view.ts";
import type { LabelKey } from "../labels/label-key.ts";
import type { Concept } from "../labels/stems.ts";
import { reachOfLabels } from "./labels-near.ts";
import { misreadDates } from "./misread-dates.ts";
import type { Candidate, Evidence, ScoredField } from "./scored-field.ts";
import { type SpreadDate, spreadDates } from "./spread-dates.ts";
import { guessedOf, surroundingFeatures, surroundingsOf, surroundingValues } from "./surroundings.ts";

/** The two days of a business paper: when it was issued, and when it is to be paid (absent for orders). */
export interface PaperDates {
  readonly issued: string;
  readonly due?: string;
}

const LABELS: readonly LabelKey[] = [
  "invoice_date",
  "due_date",
  "date",
  "order_date",
  "delivery_date",
  "other_date",
  "service_period",
  "payment_terms",
  "invoice_number",
];
const GUESSES: readonly LabelKey[] = ["invoice_date", "due_date", "delivery_date"];
const CONCEPTS: readonly Concept[] = [
  "date",
  "issued",
  "due",
  "pay",
  "invoice",
  "order",
  "deliver",
  "number",
  "terms",
  "customer",
  "your",
  "tax",
];
/** Days that are usually given to pay. */
const USUAL_TERMS = new Set([7, 8, 10, 14, 15, 20, 21, 28, 30, 31, 42, 45, 60, 90]);
const FEATURES = [
  ...LABELS.flatMap((key) => [`${key}.strength`, `${key}.side`]),
  ...GUESSES.map((key) => `guess.${key}`),
  "rule_score",
  "rule_rank",
  "guess_score",
  "guess_rank",
  "rule_same",
  "rule_confidence",
  "rule_given",
  "issued_same",
  "issued_confidence",
  "due_same",
  "derived",
  "swapped",
  "certain",
  "rank",
  "dates",
  "distinct",
  "repeats",
  "order",
  "latest",
  "days_before_next",
  "days_after_previous",
  "days_after_issued",
  "usual_terms",
  "terms_follow",
  "years_behind_latest",
  "page",
  "x0",
  "x1",
  "y0",
  "row_share",
  "size",
  "alone",
  "letters_before",
  "letters_after",
  "timed",
  "behind_city",
  "behind_number",
  "in_range",
  "amounts_in_row",
  "segments_in_row",
  "rows_below_header",
  "rows_below_title",
  "in_title",
  "rows_to_number",
  "beside_number",
  "year_short",
  "read_confidence",
  ...surroundingFeatures(CONCEPTS),
];
const MOST = 80;
/** Below, a day is wrong as often as right. */
const LEAST = 0.35;
const DAY_MS = 86_400_000;
const EPOCH = "1970-01-01";

/** One of a business paper's days, among all dates that are printed and what its terms of payment come to. */
export function paperDateField(
  name: string,
  pointer: string,
  query: DateQuery,
  dates: PaperDates,
): ScoredField {
  return {
    name,
    features: FEATURES,
    least: LEAST,
    candidates: (evidence) => candidatesOf({ evidence, pointer, query, dates }),
  };
}

interface Task {
  readonly evidence: Evidence;
  readonly pointer: string;
  readonly query: DateQuery;
  readonly dates: PaperDates;
}

interface PaperDate extends SpreadDate {
  /** What follows from terms of payment. */
  readonly derived: boolean;
  /** Day and month exchanged. */
  readonly swapped: boolean;
}

function candidatesOf(task: Task): Candidate[] {
  const { reading } = task.evidence;
  const dates = datesOf(task);
  const values = [
    announcedValues(reading),
    ruleValues(task),
    timeValues(task, dates),
    placeValues(task.evidence),
  ];
  return dates.map((date, rank) => ({
    value: date.iso,
    key: date.iso,
    pieces: date.pieces ?? [date.piece],
    repaired: false,
    derived: date.derived,
    doubt: orderSure(reading, date),
    features: [
      ...values.flatMap((of) => of(date, rank)),
      ...surroundingValues(surroundingsOf(reading, date.piece), date.piece, CONCEPTS),
    ],
  }));
}

type Values = (date: PaperDate, rank: number) => number[];

function datesOf({ evidence, pointer, dates }: Task): PaperDate[] {
  const { reading, drafts } = evidence;
  const printed: SpreadDate[] = [
    ...[...reading.dates.values()].flat(),
    ...spreadDates(reading),
    ...misreadDates(reading),
  ].slice(0, MOST);
  const found = printed.flatMap((date): PaperDate[] => {
    const plain = { ...date, derived: false, swapped: false };
    const other = date.certain ? null : swap(date.iso);
    return other === null ? [plain] : [plain, { ...date, iso: other, derived: false, swapped: true }];
  });
  const issued = drafts.get(dates.issued)?.value;
  const due = pointer === dates.due && issued !== undefined ? dueFromTerms(reading, String(issued)) : null;
  const [piece] = due?.pieces ?? [];
  const from = printed.find(({ iso }) => iso === issued)?.piece;
  if (due && piece)
    found.push({
      piece,
      pieces: [piece, ...(from ? [from] : [])],
      iso: due.value,
      certain: true,
      derived: true,
      swapped: false,
    });
  return found;
}

/** The same digits with day and month exchanged, where that is a day too. */
function swap(iso: string): string | null {
  const [year = "", month = "", day = ""] = iso.split("-");
  return Number(day) <= 12 && day !== month ? `${year}-${day}-${month}` : null;
}

function announcedValues(reading: Reading): Values {
  const exact = reachOfLabels(reading, LABELS);
  const guessed = reachOfLabels(guessedOf(reading), GUESSES);
  return ({ piece }) => [
    ...LABELS.flatMap((key) => {
      const found = exact(piece, key);
      return [found?.strength ?? 0, found?.side ?? Number.NaN];
    }),
    ...GUESSES.map((key) => guessed(piece, key)?.strength ?? 0),
  ];
}

function ruleValues({ evidence, pointer, query, dates }: Task): Values {
  const { reading, drafts } = evidence;
  const lists = [findDateField(reading, query), findDateField(guessedOf(reading), query)];
  const rule = drafts.get(pointer);
  const issued = drafts.get(dates.issued);
  const due = dates.due === undefined ? undefined : drafts.get(dates.due);
  return ({ iso }) => {
    const places = lists.flatMap((list) => {
      const at = list.findIndex(({ value }) => value === iso);
      return [list[at]?.score ?? 0, at < 0 ? Number.NaN : at];
    });
    return [
      ...places,
      Number(rule?.value === iso),
      rule?.value === iso ? rule.confidence : 0,
      rule?.confidence ?? 0,
      Number(issued?.value === iso),
      issued?.confidence ?? 0,
      Number(due?.value === iso),
    ];
  };
}

function timeValues({ evidence, dates: { issued } }: Task, dates: readonly PaperDate[]): Values {
  const { reading, drafts } = evidence;
  const isos = dates.filter(({ swapped, derived }) => !swapped && !derived).map(({ iso }) => iso);
  const distinct = [...new Set(isos)].toSorted();
  const days = distinct.map((iso) => dayOf(iso));
  const ruled = drafts.get(issued)?.value;
  const issuedDay = ruled === undefined ? Number.NaN : dayOf(String(ruled));
  const latest = days[days.length - 1] ?? 0;
  const terms = termDays(reading);
  return ({ iso, derived, swapped, certain }, rank) => {
    const day = dayOf(iso);
    const after = days.filter((other) => other > day);
    const before = days.filter((other) => other < day);
    return [
      Number(derived),
      Number(swapped),
      Number(certain),
      rank,
      dates.length,
      distinct.length,
      isos.filter((other) => other === iso).length,
      before.length,
      Number(day >= latest),
      after.length === 0 ? Number.NaN : Math.min(...after) - day,
      before.length === 0 ? Number.NaN : day - Math.max(...before),
      day - issuedDay,
      Number(days.some((other) => USUAL_TERMS.has(other - day))) -
        Number(days.some((other) => USUAL_TERMS.has(day - other))),
      terms === null ? Number.NaN : Number(days.includes(day + terms)) - Number(days.includes(day - terms)),
      (latest - day) / 365,
    ];
  };
}

function dayOf(iso: string): number {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY_MS);
}

/** Days that the terms of payment give, or null. */
function termDays(reading: Reading): number | null {
  const due = dueFromTerms(reading, EPOCH);
  return due ? dayOf(due.value) : null;
}

const CITY = /^[\s,]*\p{Lu}[\p{L}.'’-]+(?:[ -]\p{L}+){0,3},?\s*(?:den|le|li|dnia|dne|am|op|a)?\s*$/u;
const BEHIND_NUMBER =
  /\d[\p{L}\d/-]*\s*,?\s*(?:vom|von|of|dated|from|du|del|de|van|d\.d\.|z dnia|av(?: den)?|af|ze dne|\/|-|–)\s*$/iu;

function placeValues({ reading, drafts }: Evidence): Values {
  const { view } = reading;
  const usual = usualHeight(reading);
  const header = Math.min(...reading.headerRows, Number.POSITIVE_INFINITY);
  const title = titleOf(reading);
  const number = numberOf(
    reading,
    String((drafts.get("/invoice_number") ?? drafts.get("/purchase_order_number"))?.value ?? ""),
  );
  return (date) => {
    const { piece } = date;
    const { segment } = piece;
    const box = boxOf(piece);
    const row = view.rows[segment.row]?.segments ?? [];
    const [before, after] = [segment.text.slice(0, piece.start), segment.text.slice(piece.end)];
    return [
      view.parsed.pages.indexOf(segment.page),
      box[0],
      box[2],
      box[1],
      segment.row / Math.max(1, view.rows.length),
      segment.height / Math.max(1e-6, usual),
      Number(piece.end - piece.start > segment.text.length * 0.8),
      (before.match(/\p{L}/gu) ?? []).length,
      (after.match(/\p{L}/gu) ?? []).length,
      Number(/^[\s,\])|-]*(?:at |um )?\d{1,2}[:.]\d{2}/.test(after)),
      Number(CITY.test(before)),
      Number(BEHIND_NUMBER.test(before)),
      inRange(reading, date),
      row.reduce(
        (sum, one) => sum + (reading.money.get(one) ?? []).filter((money) => money.decimals === 2).length,
        0,
      ),
      row.length,
      Number.isFinite(header) ? segment.row - header : Number.NaN,
      title ? segment.row - title.segment.row : Number.NaN,
      Number(title?.segment === segment),
      number ? segment.row - number.segment.row : Number.NaN,
      number ? Math.abs(box[0] - boxOf(number)[0]) : Number.NaN,
      Number(!/\d{4}/.test(textOf(piece))),
      readConfidence(piece),
    ];
  };
}

/** 1 for the first and 2 for the second date of a range such as `01.02.2024 - 29.02.2024`, 0 for others. */
function inRange(reading: Reading, { piece }: PrintedDate): number {
  const others = reading.dates.get(piece.segment) ?? [];
  const between = (from: Piece, to: Piece): boolean =>
    to.start >= from.end &&
    /^\s*(?:[-–—]|to|bis|au|al|a|tot|do|till|til|–)\s*$/iu.test(piece.segment.text.slice(from.end, to.start));
  if (others.some((other) => between(piece, other.piece))) return 1;
  return others.some((other) => between(other.piece, piece)) ? 2 : 0;
}

/** The largest title of the first page. */
function titleOf(reading: Reading): Piece | null {
  const first = reading.view.rows[0]?.page;
  let best: Piece | null = null;
  for (const [segment, hits] of reading.labels) {
    if (segment.page !== first) continue;
    const hit = hits.find((one) => one.titles.size > 0 && one.quality >= 0.6);
    if (hit && (!best || segment.height > best.segment.height * 1.05)) best = hit.piece;
  }
  return best;
}

function numberOf(reading: Reading, value: string): Piece | null {
  if (value === "") return null;
  for (const segment of reading.view.segments) {
    const start = segment.text.indexOf(value);
    if (start >= 0) return { segment, start, end: start + value.length };
  }
  return null;
}
