import type { Reading } from "../engine/reading.ts";
import type { Piece, Segment } from "../engine/view.ts";
import { datesOf, numberString } from "./values.ts";

/** A number that may be read off a meter. */
export interface Figure {
  readonly value: string;
  readonly amount: number;
  readonly piece: Piece;
}

/** Two readings and the consumption between them. */
export interface Closing {
  readonly previous: Figure;
  readonly current: Figure;
  readonly consumption: Figure;
}

const FIGURE =
  /(?<![\p{L}\d.,/\p{Sc}-]|\d )(?:[1-9]\d{0,2}(?:[.,'’ \u00a0]\d{3})+|[1-9]\d*)(?:[.,]\d(?:\d{2})?)?(?![\d\p{L}/%-]|[.,]\d| \d|\s?[%\p{Sc}])/gu;
const MAX_ROWS = 6;
/** So many figures about one are looked at. */
const WINDOW = 16;
const LEAST_READING = 10;
const LEAST_CURRENT = 100;

interface Ranked extends Closing {
  readonly cost: number;
}

/** Every three figures near each other of which one is the sum of the others, the nearest first, each figure once. */
export function findClosings(reading: Reading): Closing[] {
  const figures = reading.view.segments.flatMap((segment) => figuresIn(reading, segment));
  const found: Ranked[] = [];
  for (const [at, first] of figures.entries()) {
    const near = figures
      .slice(Math.max(0, at - WINDOW), at + WINDOW + 1)
      .filter((other) => other !== first && isNear(first, other));
    for (const second of near) {
      const used = second.amount - first.amount;
      if (first.amount < LEAST_READING || second.amount < LEAST_CURRENT || used <= 0) continue;
      if (used < 10 && isYear(first) && isYear(second)) continue;
      for (const third of near) {
        if (third === second || Math.abs(third.amount - used) > 1e-6 || !isNear(second, third)) continue;
        found.push({
          previous: first,
          current: second,
          consumption: third,
          cost: costOf(first, second, third),
        });
      }
    }
  }
  return chosen(found);
}

function chosen(found: readonly Ranked[]): Closing[] {
  const taken = new Set<Figure>();
  const kept: Ranked[] = [];
  for (const closing of found.toSorted((a, b) => a.cost - b.cost)) {
    const { previous, current, consumption, cost } = closing;
    const three = [previous, current, consumption];
    if (three.some((figure) => taken.has(figure)) || (kept.length > 0 && cost > (kept[0]?.cost ?? 0) + 0.5))
      continue;
    for (const figure of three) taken.add(figure);
    kept.push(closing);
  }
  return kept.toSorted((a, b) => a.previous.piece.segment.row - b.previous.piece.segment.row);
}

/** Figures rather stand in one row, the previous one before the current one, and what was used behind them. */
function costOf(previous: Figure, current: Figure, consumption: Figure): number {
  const rows = [previous, current, consumption].map(({ piece }) => piece.segment.row);
  const spread = Math.max(...rows) - Math.min(...rows);
  const disorder = (isBefore(previous, current) ? 0 : 1) + (isBefore(current, consumption) ? 0 : 1);
  const small = consumption.amount > previous.amount ? 0.25 : 0;
  return spread + 1.5 * disorder + small;
}

function isBefore(a: Figure, b: Figure): boolean {
  const [first, second] = [a.piece, b.piece];
  if (first.segment.row !== second.segment.row) return first.segment.row < second.segment.row;
  if (first.segment === second.segment) return first.start < second.start;
  return first.segment.order < second.segment.order;
}

function isNear({ piece: a }: Figure, { piece: b }: Figure): boolean {
  return a.segment.page === b.segment.page && Math.abs(a.segment.row - b.segment.row) <= MAX_ROWS;
}

function isYear({ amount }: Figure): boolean {
  return amount > 1950 && amount < 2100 && Number.isInteger(amount);
}

function figuresIn(reading: Reading, segment: Segment): Figure[] {
  if (!/\d/.test(segment.text)) return [];
  const dates = datesOf(reading, segment);
  return [...segment.text.matchAll(FIGURE)].flatMap((match) => {
    const piece = { segment, start: match.index, end: match.index + match[0].length };
    if (dates.some(({ piece: date }) => date.start < piece.end && date.end > piece.start)) return [];
    const value = numberString(match[0], reading.decimal);
    return value === null ? [] : [{ value, amount: Number(value), piece }];
  });
}
