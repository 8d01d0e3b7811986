import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import type { Reading } from "../engine/reading.ts";
import type { Piece, Segment } from "../engine/view.ts";
import { amountsIn, datesOf } from "./values.ts";
import { wholePiece } from "../engine/view.ts";

/** The fields of a period: its first and last day, and a day that is not before its end (paid, issued). */
export interface PeriodFields {
  readonly start: string;
  readonly end: string;
  readonly later?: string;
  /** The longest that a period may be, in days. */
  readonly maxDays: number;
  /** Whether only two dates that are printed as a range are a period. */
  readonly ranges?: boolean;
}

interface Day {
  readonly iso: string;
  readonly piece: Piece;
}

const BETWEEN = /^\s*(?:[-–—]|to|through|thru|until|till|bis|au|al|a|tot|t\/m|til|till|do|até)\s*$/iu;
const IN_RANGE = 0.86;
const IN_ORDER = 0.62;
const MIN_DAYS = 4;
const DAY_MS = 86_400_000;

/**
 * Completes a period that no known label announces: two dates with a dash or a word between them are one, and of two
 * or three dates that stand alone the earlier ones begin and end it. Days in a wrong order are put right.
 */
export function fillPeriod(
  reading: Reading,
  values: readonly DraftValue[],
  fields: PeriodFields,
): DraftValue[] {
  const of = (pointer: string | undefined): string | null => {
    const value = values.find((draft) => draft.pointer === pointer)?.value;
    return typeof value === "string" ? value : null;
  };
  const [start, end, later] = [of(fields.start), of(fields.end), of(fields.later)];
  if (start !== null && end !== null && start <= end && (later === null || later >= start))
    return [...values];
  const others = values.filter(({ pointer }) => !isOne(pointer, fields));
  const taken = new Set(others.flatMap((draft) => wordsOf(draft)));
  const range = rangeOf(reading, taken, fields);
  if (range && agrees(range, start, end)) {
    const [first, last] = range;
    const rest = values.filter(
      (draft) =>
        draft.pointer !== fields.start &&
        draft.pointer !== fields.end &&
        !(draft.pointer === fields.later && stands(draft, first.piece.segment)),
    );
    return [...rest, drafted(fields.start, first, IN_RANGE), drafted(fields.end, last, IN_RANGE)];
  }
  return fields.ranges === true ? [...values] : inOrder(reading, values, others, taken, fields);
}

function isOne(pointer: string, { start, end, later }: PeriodFields): boolean {
  return pointer === start || pointer === end || pointer === later;
}

function wordsOf({ cited }: DraftValue): string[] {
  return cited.flatMap(({ page, words }) => words.map((word) => `${page}:${word}`));
}

function stands(draft: DraftValue, { page, words }: Segment): boolean {
  return draft.cited.some(
    (part) => part.page === page.number && part.words.some((word) => words.includes(word)),
  );
}

function agrees([first, last]: readonly [Day, Day], start: string | null, end: string | null): boolean {
  const days = new Set([first.iso, last.iso]);
  return (start === null || days.has(start)) && (end === null || days.has(end));
}

function drafted(pointer: string, { iso, piece }: Day, confidence: number): DraftValue {
  return { pointer, value: iso, cited: [cite(piece)], confidence };
}

/** The first two dates of the first page that a dash or a word joins. */
function rangeOf(reading: Reading, taken: ReadonlySet<string>, fields: PeriodFields): [Day, Day] | null {
  for (const segment of freeSegments(reading, taken)) {
    const [first, last, more] = datesOf(reading, segment);
    if (!first || !last || more || !BETWEEN.test(segment.text.slice(first.piece.end, last.piece.start)))
      continue;
    const days = daysBetween(first.iso, last.iso);
    if (days >= 0 && days <= fields.maxDays) return [first, last];
  }
  return null;
}

/** Segments of the first page that hold no value yet and stand beside no amount. */
function freeSegments(reading: Reading, taken: ReadonlySet<string>): Segment[] {
  const page = reading.view.rows[0]?.page;
  return reading.view.rows
    .filter((row) => row.page === page)
    .flatMap(({ segments }) =>
      segments.some((segment) =>
        amountsIn(reading, wholePiece(segment)).some(
          ({ decimals }) => decimals === 2 && datesOf(reading, segment).length === 0,
        ),
      )
        ? []
        : segments,
    )
    .filter(
      (segment) =>
        /\d/.test(segment.text) && !segment.words.some((word) => taken.has(`${segment.page.number}:${word}`)),
    );
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** Two or three lone dates in the order of time. */
function inOrder(
  reading: Reading,
  values: readonly DraftValue[],
  others: readonly DraftValue[],
  taken: ReadonlySet<string>,
  fields: PeriodFields,
): DraftValue[] {
  const lone = freeSegments(reading, taken).flatMap((segment) => {
    const [date, more] = datesOf(reading, segment);
    return date && !more ? [date] : [];
  });
  const days = lone
    .filter(({ iso }, at) => lone.findIndex((other) => other.iso === iso) === at)
    .toSorted((a, b) => (a.iso < b.iso ? -1 : 1));
  const [first, last, third, more] = days;
  if (!first || !last || more || (third && fields.later === undefined)) return [...values];
  const known = values.filter(({ pointer }) => isOne(pointer, fields));
  if (!third && known.some(({ pointer }) => pointer === fields.later)) return [...values];
  const span = daysBetween(first.iso, last.iso);
  if (span < MIN_DAYS || span > fields.maxDays) return [...values];
  if (third && daysBetween(last.iso, third.iso) > MAX_LATER) return [...values];
  return [
    ...others,
    ...known.filter(({ pointer }) => pointer === fields.later && !third),
    keep(known, drafted(fields.start, first, IN_ORDER)),
    keep(known, drafted(fields.end, last, IN_ORDER)),
    ...(third && fields.later !== undefined ? [keep(known, drafted(fields.later, third, IN_ORDER))] : []),
  ];
}

const MAX_LATER = 60;

/** A value as its label gave it, where that says the same. */
function keep(known: readonly DraftValue[], made: DraftValue): DraftValue {
  return known.find(({ pointer, value }) => pointer === made.pointer && value === made.value) ?? made;
}
