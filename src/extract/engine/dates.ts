import { matchesOf } from "../../model/matches.ts";
import { foldText } from "../../model/fold.ts";
import { MONTHS } from "../labels/months.ts";
import { repairDigits } from "../../model/misread.ts";
import type { Piece, Segment, View } from "./view.ts";

/** A printed date. */
export interface PrintedDate {
  readonly piece: Piece;
  /** ISO 8601. */
  readonly iso: string;
  /** False when day and month could be exchanged and only the document's habit decided. */
  readonly certain: boolean;
}

const MONTH_OF: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, index) => names.map((name): [string, number] => [name, index + 1])),
);
const BEFORE = String.raw`(?<![\p{L}\d/]|\d[.,-])`;
const AFTER = String.raw`(?![\d/]|[.,-]\d)`;
const SEPARATOR = String.raw`\s?[./-]\s?`;
const YEAR_FIRST = new RegExp(String.raw`${BEFORE}(\d{4})([./-])(\d{1,2})\2(\d{1,2})(?=T|${AFTER})`, "gu");
const NUMERIC = new RegExp(
  String.raw`${BEFORE}(\d{1,2})(${SEPARATOR})(\d{1,2})${SEPARATOR}(\d{4}|\d{2})(?!\d|[./-]\d)`,
  "gu",
);
/**
 * A date whose separators OCR lost, doubled or took for a 7: `2503/2018`, `18/09./2017`, `03/0372017`; without any
 * (`27032018`) only alone or beside a time.
 */
const DAMAGED = [
  /(?<![\p{L}\d./-])(\d{2})(\d{2})[./-](20[0-4]\d)(?![\d./-])/gu,
  /(?<![\p{L}\d./-])(\d{2})[./-](\d{2})(20[0-4]\d)(?![\d./-])/gu,
  /(?<![\p{L}\d./-])(\d{1,2})[./-]{1,2}(\d{1,2})[./-]{1,2}(20[0-4]\d)(?![\d./-])/gu,
  /(?<![\p{L}\d./-])(\d{2})[/-](\d{2})7(20[0-4]\d)(?![\d./-])/gu,
  /(?<![\p{L}\d./-])(\d{2})7(\d{2})[/-](20[0-4]\d)(?![\d./-])/gu,
  /^(\d{2})(\d{2})(20[0-4]\d)$/gu,
  /(?<![\p{L}\d./-])(\d{2})(\d{2})(20[0-4]\d)(?=\s+\d{1,2}:\d{2})/gu,
];
const DAY_MONTH = new RegExp(
  String.raw`${BEFORE}(\d{1,2})(?:st|nd|rd|th|er|º|\.|:e)?[\s./,-]{0,3}(?:of |de |di |d['’])?([\p{L}]{3,12})\.?[\s./,-]{0,3}(?:of |de |del |di )?['’]?(\d{4}|\d{2})(?![\d/]|[.,:]\d)`,
  "giu",
);
const MONTH_DAY = new RegExp(
  String.raw`(?<![\p{L}])([\p{L}]{3,12})\.?[\s./-]{0,2}(\d{1,2})(?:st|nd|rd|th)?[\s.,/-]{1,3}(\d{4}|['’]\d{2})(?!\d)`,
  "giu",
);
/** Chinese, Japanese, Korean: each number with its own sign behind it. */
const CHINESE = /(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]/gu;
/** Years that are counted from the beginning of a reign or a republic, by the name before them. */
const ERA = /(令和|平成|民國|民国|中華民國)\s?(\d{1,3}|元)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日/gu;
const ERA_BEGINS: Readonly<Record<string, number>> = {
  令和: 2018,
  平成: 1988,
  民國: 1911,
  民国: 1911,
  中華民國: 1911,
};
/** Hungarian and Korean: `2025. 03. 04.`, `2025. március 4.` */
const YEAR_FIRST_SPACED = /(?<![\p{L}\d/.,-])(\d{4})\. ?(\d{1,2})\. ?(\d{1,2})\.?(?![\d/]|[.,-]\d)/gu;
const YEAR_MONTH_DAY = /(?<![\p{L}\d/.,-])(\d{4})\. ?([\p{L}]{3,12})\.? (\d{1,2})\.?(?![\d/]|[.,:-]\d)/gu;

/**
 * Every date of a segment from a year on. `dayFirst` decides 03/04; null reads it as the 3rd of April. Where births
 * count, years of two digits that have not come yet are of the last century.
 */
export function findDates(segment: Segment, dayFirst: boolean | null, earliest = 1970): PrintedDate[] {
  const text = segment.page.source === "ocr" ? repairDigits(segment.text) : segment.text;
  const found: PrintedDate[] = [];
  const add = (match: RegExpExecArray, year: string, month: number, day: number, certain: boolean): void => {
    const iso = isoDate(yearOf(year, earliest), month, day, earliest);
    if (iso === null) return;
    const start = match.index;
    const end = start + match[0].length;
    if (found.some((date) => date.piece.start < end && date.piece.end > start)) return;
    found.push({ piece: { segment, start, end }, iso, certain });
  };
  for (const match of matchesOf(text, YEAR_FIRST))
    add(match, match[1] ?? "", Number(match[3]), Number(match[4]), true);
  for (const match of matchesOf(text, CHINESE))
    add(match, match[1] ?? "", Number(match[2]), Number(match[3]), true);
  for (const match of matchesOf(text, ERA)) {
    const year = (ERA_BEGINS[match[1] ?? ""] ?? 0) + (match[2] === "元" ? 1 : Number(match[2]));
    add(match, String(year), Number(match[3]), Number(match[4]), true);
  }
  for (const match of matchesOf(text, YEAR_FIRST_SPACED))
    add(match, match[1] ?? "", Number(match[2]), Number(match[3]), true);
  for (const match of matchesOf(text, YEAR_MONTH_DAY)) {
    const month = monthOf(match[2] ?? "");
    if (month) add(match, match[1] ?? "", month, Number(match[3]), true);
  }
  for (const match of matchesOf(text, NUMERIC)) {
    if (!plausibleNumeric(match)) continue;
    const first = Number(match[1]);
    const second = Number(match[3]);
    const swap = second > 12 || (first <= 12 && dayFirst === false);
    add(
      match,
      match[4] ?? "",
      swap ? first : second,
      swap ? second : first,
      first > 12 || second > 12 || first === second,
    );
  }
  for (const match of matchesOf(text, DAY_MONTH)) {
    const month = monthOf(match[2] ?? "");
    if (month) add(match, match[3] ?? "", month, Number(match[1]), true);
  }
  for (const match of matchesOf(text, MONTH_DAY)) {
    const month = monthOf(match[1] ?? "");
    if (month) add(match, (match[3] ?? "").replace(/['’]/, ""), month, Number(match[2]), true);
  }
  if (segment.page.source === "ocr" && found.length === 0) {
    for (const match of DAMAGED.flatMap((pattern) => matchesOf(text, pattern))) {
      const [first, second] = [Number(match[1]), Number(match[2])];
      const swap = second > 12 || (first <= 12 && dayFirst === false);
      add(match, match[3] ?? "", swap ? first : second, swap ? second : first, false);
    }
  }
  return found.sort((a, b) => a.piece.start - b.piece.start);
}

/** Keeps amounts, telephone and version numbers out: both separators are alike, a two-digit year has none with spaces. */
function plausibleNumeric(match: RegExpExecArray): boolean {
  const marks = [...match[0].matchAll(/[./-]/g)].map((found) => found[0]);
  if (marks.length !== 2 || marks[0] !== marks[1]) return false;
  const short = (match[4] ?? "").length === 2;
  return !(short && /\s/.test(match[0]));
}

function monthOf(name: string): number | undefined {
  const folded = foldText(name);
  // Four letters tell an abbreviation; those of a Turkish March begin names too.
  const short = folded.length > 4 ? folded.slice(0, 4) : "";
  return MONTH_OF.get(folded) ?? (short === "mart" ? undefined : MONTH_OF.get(short));
}

function yearOf(printed: string, earliest: number): number {
  const year = Number(printed);
  if (printed.length > 2) return year;
  return year < (earliest < 1970 ? 45 : 70) ? 2000 + year : 1900 + year;
}

function isoDate(year: number, month: number, day: number, earliest: number): string | null {
  if (year < earliest || year > 2099 || month < 1 || month > 12 || day < 1) return null;
  const days = [31, year % 4 === 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  if (day > days) return null;
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/**
 * Whether the document writes the day before the month: by its own unambiguous dates first,
 * then by what shows the United States or another country; null when nothing tells.
 */
export function inferDayFirst(view: View): boolean | null {
  let day = 0;
  let month = 0;
  for (const segment of view.segments) {
    for (const match of matchesOf(segment.text, NUMERIC)) {
      if (!plausibleNumeric(match)) continue;
      const [first, second] = [Number(match[1]), Number(match[3])];
      if (first > 31 || second > 31) continue;
      if (first > 12 && second <= 12) day += 1;
      // Nobody writes the month first between dots: that is a time of day.
      if (second > 12 && first <= 12 && !(match[2] ?? "").includes(".")) month += 1;
    }
  }
  if (day !== month) return day > month;
  return looksAmerican(view.text) ? false : ELSEWHERE.test(view.text) ? true : null;
}

/** Money and taxes of places that write the day first. */
const ELSEWHERE = /\bRM\s?\d|SDN\.? BHD|\bGST\b|\bABN\b|\bVAT\b|€|£|₹|\bIVA\b|\bTVA\b|MwSt/i;

/** State and ZIP code, dollars without another country's mark, US telephone numbers. */
function looksAmerican(text: string): boolean {
  const zip = /\b[A-Z]{2},?\s+\d{5}(?:-\d{4})?\b/.test(text);
  const dollars = /(?:^|[^A-Z])\$\s?\d/m.test(text) || /\bUSD\b/.test(text);
  const phone = /\(\d{3}\)\s?\d{3}-\d{4}|\b\d{3}-\d{3}-\d{4}\b/.test(text);
  const score = Number(zip) * 2 + Number(dollars) + Number(phone) - Number(ELSEWHERE.test(text)) * 2;
  return score >= 2;
}
