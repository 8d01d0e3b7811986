import type { ReadWord } from "../../ports.ts";

/**
 * A word in the layout's own space: points, straightened by the page's skew, and mirrored on pages that
 * read from right to left, so that a smaller x is always read earlier.
 */
export interface PlacedWord {
  readonly read: ReadWord;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  /** The cell of a ruled table that holds the word, or -1. */
  cell: number;
}

/** Words of one visual row that no wide gap or table border parts: a printed line within one column. */
export interface Segment {
  readonly words: readonly PlacedWord[];
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  /** The visual row it belongs to, counted from the top. */
  readonly row: number;
  readonly cell: number;
}

/** What stands on one height of the page, in reading order, over all columns. */
export interface Row {
  readonly segments: readonly Segment[];
  readonly y0: number;
  readonly y1: number;
}

export interface Extent {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** The smallest extent around one or more others. */
export function extentOf(parts: readonly Extent[]): Extent {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const part of parts) {
    if (part.x0 < x0) x0 = part.x0;
    if (part.y0 < y0) y0 = part.y0;
    if (part.x1 > x1) x1 = part.x1;
    if (part.y1 > y1) y1 = part.y1;
  }
  return { x0, y0, x1, y1 };
}

export function textOf(words: readonly PlacedWord[]): string {
  return words.map((word) => word.read.text).join(" ");
}

const NUMBER_LIKE =
  /^[^\p{L}\d]*(?:\p{L}{0,3}[^\p{L}\d]*)?\d[\d\s.,'’:/%()€$£¥-]*[^\p{L}\d]*\p{L}{0,3}[.*]?$/u;

/** Whether a text reads as an amount, a count, a rate or a date: digits with a unit or currency at most. */
export function isNumberLike(text: string): boolean {
  return text.length <= 32 && NUMBER_LIKE.test(text);
}
