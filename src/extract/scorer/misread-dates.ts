import type { PrintedDate } from "../engine/dates.ts";
import { findDates } from "../engine/dates.ts";
import type { Reading } from "../engine/reading.ts";
import type { Segment } from "../engine/view.ts";

/** Digits that OCR takes for each other where print is thin: the one read, and what it may have been. */
const MEANT: readonly (readonly [string, string])[] = [
  ["8", "0"],
  ["6", "0"],
  ["9", "0"],
  ["8", "3"],
  ["7", "1"],
  ["4", "1"],
  ["2", "1"],
];
const NUMERIC = /(?<![\p{L}\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d./-])/gu;
const [FIRST_YEAR, LAST_YEAR] = [2000, 2040];

/** Whether a printed date of digits is no date as it stands. */
export function isMisreadDate(printed: string): boolean {
  const match = new RegExp(NUMERIC.source, "u").exec(printed);
  if (!match) return false;
  const [first, second, year] = [Number(match[1]), Number(match[3]), Number(match[4])];
  const days = Math.max(first, second);
  return Math.min(first, second) > 12 || days > 31 || (year > 99 && (year < FIRST_YEAR || year > LAST_YEAR));
}

/** Dates of a page read by OCR that are none as they stand, with one digit taken for another throughout. */
export function misreadDates(reading: Reading): PrintedDate[] {
  const found: PrintedDate[] = [];
  for (const segment of reading.view.segments) {
    if (segment.page.source !== "ocr") continue;
    for (const match of segment.text.matchAll(NUMERIC)) {
      if (!isMisreadDate(match[0])) continue;
      found.push(...meantBy(segment, match.index, match[0], reading.dayFirst));
    }
  }
  return found;
}

function meantBy(segment: Segment, start: number, printed: string, dayFirst: boolean | null): PrintedDate[] {
  const isos = new Set<string>();
  for (const [read, meant] of MEANT) {
    const text = printed.replaceAll(read, meant);
    if (text === printed || isMisreadDate(text)) continue;
    const [date] = findDates({ ...segment, text }, dayFirst);
    if (date) isos.add(date.iso);
  }
  const piece = { segment, start, end: start + printed.length };
  return [...isos].map((iso) => ({ piece, iso, certain: false }));
}
