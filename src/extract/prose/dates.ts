import { foldText } from "../../model/fold.ts";
import { MONTHS } from "../labels/months.ts";
import { foldInPlace } from "./fold-in-place.ts";
import { numberFromWords } from "./number-words.ts";
import type { Stretch } from "./prose.ts";

/** A date in running text: in numbers, with its month's name, or all in words. */
export interface ProseDate extends Stretch {
  /** ISO 8601. */
  readonly iso: string;
  /** False when day and month could be exchanged. */
  readonly certain: boolean;
}

const MONTH_OF: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, index) => names.map((name): [string, number] => [name, index + 1])),
);
const MONTH_NAMES = [...new Set(MONTHS.flat())].toSorted((a, b) => b.length - a.length);
/** A folded month's name; the text that patterns run over is folded letter by letter. */
const MONTH = `(?:${MONTH_NAMES.join("|")})(?![a-z])\\.?`;
const OF = String.raw`(?:\s*(?:,|\.|-|\/|of|de|del|d'|di|des|the|month|mes|monats|mois|in the year|del ano|del mes)\s*)*\s*`;
const DAY_WORD = String.raw`[a-z]+(?:[- ](?:y )?[a-z]+){0,2}`;

interface Form {
  readonly pattern: RegExp;
  readonly order: readonly ("year" | "month" | "day")[];
}

const FORMS: readonly Form[] = [
  {
    pattern: /(?<![\d/.-])(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?![\d/]|[.-]\d)/g,
    order: ["year", "month", "day"],
  },
  {
    pattern: new RegExp(
      String.raw`(?<![\d/.,-])(\d{1,2})(?:\s?(?:st|nd|rd|th|er|\.)(?![a-z])|[oa](?![a-z]))?(?:\s+days?|\s+dias?)?${OF}(${MONTH})${OF}'?(\d{4}|\d{2}(?=[\s,.;)]|$))(?!\d)`,
      "g",
    ),
    order: ["day", "month", "year"],
  },
  {
    pattern: new RegExp(
      String.raw`(?<![a-z])(${MONTH})\s*(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(\d{4})(?!\d)`,
      "g",
    ),
    order: ["month", "day", "year"],
  },
];
const NUMERIC = /(?<![\d/.-])(\d{1,2})(\s?[./-]\s?)(\d{1,2})\2(\d{4}|\d{2})(?![\d/]|[.-]\d)/g;
const IN_WORDS = new RegExp(
  String.raw`(?<![a-z])(${DAY_WORD}|\d{1,2})(?:st|nd|rd|th)?\s+(?:day|dias?|jours?|tag|giorno)\s+(?:of|de|del mes de|du mois de|des monats|di)\s+(${MONTH})${OF}(${DAY_WORD}(?:[- ][a-z]+){0,4}|\d{4})`,
  "g",
);

/**
 * Every date of a text, from left to right. `dayFirst` decides 03/04, null reads it as the 3rd of April.
 * Days of birth count too: years from 1900 on.
 */
export function findProseDates(text: string, dayFirst: boolean | null): ProseDate[] {
  const folded = foldInPlace(text);
  const found: ProseDate[] = [];
  const add = (match: RegExpExecArray, iso: string | null, certain: boolean): void => {
    const [start, end] = [match.index, match.index + match[0].trimEnd().length];
    if (iso === null || found.some((date) => date.start < end && date.end > start)) return;
    found.push({ start, end, iso, certain });
  };
  if (/\d/.test(folded)) {
    for (const { pattern, order } of FORMS)
      for (const match of folded.matchAll(pattern)) add(match, isoOf(partsOf(match, order)), true);
    for (const match of folded.matchAll(NUMERIC)) addNumeric(match, dayFirst, add);
  }
  for (const match of folded.matchAll(IN_WORDS)) {
    const day = numberFromWords(match[1] ?? "");
    const year = numberFromWords(match[3] ?? "");
    const month = monthOf(match[2] ?? "");
    if (day !== null && year !== null && month !== null) add(match, isoOf({ year, month, day }), true);
  }
  return found.toSorted((a, b) => a.start - b.start);
}

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function partsOf(match: RegExpExecArray, order: Form["order"]): Parts {
  const groups = match.slice(1).filter((group) => /[a-z\d]/.test(group));
  const parts = { year: 0, month: 0, day: 0 };
  for (const [index, part] of order.entries()) {
    const printed = groups[index] ?? "";
    if (part === "month") parts.month = monthOf(printed) ?? 0;
    else if (part === "year") parts.year = yearOf(printed);
    else parts.day = Number(printed);
  }
  return parts;
}

function addNumeric(
  match: RegExpExecArray,
  dayFirst: boolean | null,
  add: (match: RegExpExecArray, iso: string | null, certain: boolean) => void,
): void {
  const [first, second] = [Number(match[1]), Number(match[3])];
  const printed = match[4] ?? "";
  if (printed.length === 2 && /\s/.test(match[0])) return;
  const swap = second > 12 || (first <= 12 && dayFirst === false);
  const [day, month] = swap ? [second, first] : [first, second];
  add(match, isoOf({ year: yearOf(printed), month, day }), first > 12 || second > 12 || first === second);
}

function monthOf(name: string): number | null {
  const folded = foldText(name).replace(/\.$/, "");
  return MONTH_OF.get(folded) ?? (/^\d{1,2}$/.test(folded) ? Number(folded) : null);
}

function yearOf(printed: string): number {
  const year = Number(printed);
  if (printed.length > 2) return year;
  return year < 40 ? 2000 + year : 1900 + year;
}

function isoOf({ year, month, day }: Parts): string | null {
  if (year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1) return null;
  const days = [31, year % 4 === 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  if (day > days) return null;
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}
