import { foldText } from "../../model/fold.ts";
import type { PrintedDate } from "../engine/dates.ts";
import type { Segment } from "../engine/view.ts";
import { MONTHS } from "../labels/months.ts";

const SPACED = /(?<![\p{L}\d.,/-]|\d )(\d{2}) (\d{2}) ((?:19|20)\d{2})(?![\d.,/-]| \d)/gu;
/** `18 NOV /NOV 21`: a month in two languages. */
const TWICE = /(?<![\p{L}\d])(\d{1,2})\s(\p{L}{3,10})\.?\s?\/\s?(\p{L}{3,10})\.?\s((?:19|20)?\d{2})(?!\d)/gu;
/** Years of two digits from here on are of the last century. */
const PIVOT = 50;

const MONTH_OF: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, index) => names.map((name): [string, number] => [name, index + 1])),
);

/** Dates as identity documents print them: day, month and year set apart by spaces, months in two languages. */
export function findSpacedDates(segment: Segment): PrintedDate[] {
  const spaced = [...segment.text.matchAll(SPACED)].map((match) => ({
    match,
    parts: [Number(match[3]), Number(match[2]), Number(match[1])] as const,
  }));
  const twice = [...segment.text.matchAll(TWICE)].map((match) => ({
    match,
    parts: [
      fullYear(match[4] ?? ""),
      monthOf(match[2] ?? "") ?? monthOf(match[3] ?? "") ?? 0,
      Number(match[1]),
    ] as const,
  }));
  return [...spaced, ...twice].flatMap(({ match, parts: [year, month, day] }) => {
    if (month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate())
      return [];
    const iso = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
    const piece = { segment, start: match.index, end: match.index + match[0].length };
    return [{ piece, iso, certain: true }];
  });
}

function fullYear(printed: string): number {
  const year = Number(printed);
  if (printed.length === 4) return year;
  return year >= PIVOT ? 1900 + year : 2000 + year;
}

function monthOf(name: string): number | undefined {
  const folded = foldText(name);
  return MONTH_OF.get(folded) ?? MONTH_OF.get(folded.slice(0, 3));
}
