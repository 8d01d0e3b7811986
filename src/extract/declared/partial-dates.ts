import { foldText } from "../../model/fold.ts";
import { MONTHS } from "../labels/months.ts";
import type { Reading } from "../engine/reading.ts";
import { type Piece, textOf } from "../engine/view.ts";
import { datesOf, type TypedValue } from "./values.ts";

/** The years that a day and month without one may be of, and the last day they may be. */
export interface Years {
  readonly latest: string | null;
}

const MONTH_OF: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, index) => names.map((name): [string, number] => [name, index + 1])),
);
const NUMERIC = /^\s*(\d{1,2})([./-])(\d{1,2})\.?(?![\d./-])/;
const DAY_MONTH = /^\s*(\d{1,2})[.\s/-]{1,2}(\p{L}{3,10})\.?(?![\p{L}])/u;
const MONTH_DAY = /^\s*(\p{L}{3,10})\.?[\s/-](\d{1,2})(?![\d.,/-])/u;

/** The span of a document: its latest full date, as far as two further ones stand in the year before it. */
export function yearsOf(reading: Reading, end: string | null): Years {
  if (end !== null) return { latest: end };
  const counts = new Map<string, number>();
  let latest: string | null = null;
  for (const segment of reading.view.segments) {
    for (const { iso } of datesOf(reading, segment)) {
      const year = iso.slice(0, 4);
      counts.set(year, (counts.get(year) ?? 0) + 1);
      if (latest === null || iso > latest) latest = iso;
    }
  }
  const usual = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
  return { latest: usual !== undefined && latest?.slice(0, 4) !== usual ? `${usual}-12-31` : latest };
}

/** A day and month at the head of a piece, in the last year that has them before the document's end. */
export function readPartialDate(
  piece: Piece,
  dayFirst: boolean | null,
  { latest }: Years,
): TypedValue | null {
  if (latest === null) return null;
  const text = textOf(piece);
  const parts = partsOf(text, dayFirst);
  if (!parts) return null;
  const { day, month, length } = parts;
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const tail = `${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  const year = Number(latest.slice(0, 4));
  const value =
    `${year}-${tail}` <= latest || `${year}-${tail}`.slice(0, 7) === latest.slice(0, 7)
      ? `${year}-${tail}`
      : `${year - 1}-${tail}`;
  const start = piece.start + text.length - text.trimStart().length;
  return { value, pieces: [{ ...piece, start, end: piece.start + length }], fit: 0.9 };
}

function partsOf(
  text: string,
  dayFirst: boolean | null,
): { day: number; month: number; length: number } | null {
  const numeric = NUMERIC.exec(text);
  if (numeric) {
    const [first, second] = [Number(numeric[1]), Number(numeric[3])];
    const swap = second > 12 || (dayFirst === false && first <= 12 && numeric[2] !== ".");
    return { day: swap ? second : first, month: swap ? first : second, length: numeric[0].length };
  }
  const named = DAY_MONTH.exec(text);
  const month = named ? monthOf(named[2] ?? "") : undefined;
  if (named && month) return { day: Number(named[1]), month, length: named[0].length };
  const turned = MONTH_DAY.exec(text);
  const other = turned ? monthOf(turned[1] ?? "") : undefined;
  return turned && other ? { day: Number(turned[2]), month: other, length: turned[0].length } : null;
}

function monthOf(name: string): number | undefined {
  const folded = foldText(name);
  return MONTH_OF.get(folded) ?? MONTH_OF.get(folded.slice(0, 3));
}
