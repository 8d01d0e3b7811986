import { matchesOf } from "../../model/matches.ts";
import { CURRENCY_CODES, CURRENCY_SIGNS } from "../labels/currencies.ts";
import type { Piece, Segment, View } from "./view.ts";

/** Amounts are counted in ten-thousandths, so that they add up without fractions. */
export const UNITS = 10_000;

/** An amount as printed. */
export interface Money {
  readonly piece: Piece;
  /** The number alone, without sign characters of currencies or tax codes. */
  readonly units: number;
  readonly decimals: number;
  /** The printed currency: an ISO code or a sign; null when there is none. */
  readonly currency: string | null;
  /** Other readings of badly read digits, to be believed only when sums prove them. */
  readonly repairs: readonly number[];
}

export type DecimalMark = "." | ",";

const SIGN = Object.keys(CURRENCY_SIGNS)
  .sort((a, b) => b.length - a.length)
  .map((sign) => sign.replace(/[.$]/g, "\\$&"))
  .join("|");
const CODE = CURRENCY_CODES.join("|");
const CURRENCY = `(?:${SIGN}|${CODE})`;
const GROUPED = String.raw`\d{1,3}(?:[.'’\u00a0\u202f]\d{3})+|\d{1,3}(?:,\d{2,3})*,\d{3}`;
const NUMBER = String.raw`(?:(?:${GROUPED})(?:[.,]\d{1,4})?|\d+(?:[.,]\d{1,6})?|[.,]\d{2})`;
const MONEY = new RegExp(
  String.raw`(?<!(?![\p{Script=Han}\p{Script=Kana}\p{Script=Hangul}])[\p{L}\d.,/#_@-]|\d:)(?<open>[(]?\s?[-–−+]?\s?)(?:(?<pre>${CURRENCY})\.?\s?)?(?<sign>[-–−]?\s?)(?<number>${NUMBER})(?<post>\s?[-–−](?![\d\p{L}])|,-|\.-{1,2})?(?<close>\s?[)])?(?:\s?(?<after>${CURRENCY})(?![\p{L}]))?(?<tail>[A-Z*#]{1,3}(?![\p{L}\d]))?(?![\p{L}\d]|[.,]\d|[/:]\d|\s?%)`,
  "gu",
);
const SPACED = /(?<![\p{L}\d.,/#_@]|[\p{L}\d]-|\d:)\d{1,3}(?: \d{3})+(?:,\d{2}|\.\d{2})?(?![\d.,%/])/gu;

/** Amounts and bare numbers of a segment, from left to right. */
export function findMoney(segment: Segment, decimal: DecimalMark | null, spaced: boolean): Money[] {
  const text = segment.text;
  const joined = spaced ? text.replace(SPACED, (match) => match.replace(/ /g, "\u00a0")) : text;
  const found: Money[] = [];
  for (const match of matchesOf(joined, MONEY)) {
    const money = readMatch(segment, match, decimal);
    if (money) found.push(money);
  }
  return segment.page.source === "ocr" ? [...found, ...findMisread(segment, found)] : found;
}

function readMatch(segment: Segment, match: RegExpExecArray, decimal: DecimalMark | null): Money | null {
  const groups = match.groups ?? {};
  const number = groups["number"] ?? "";
  const parsed = parseNumber(number, decimal);
  if (!parsed) return null;
  const tail = groups["tail"];
  if (tail && parsed.decimals < 2) return null;
  const bracketed = (groups["open"] ?? "").includes("(") && (groups["close"] ?? "").includes(")");
  const minus = /[-–−]/;
  const negative =
    minus.test(groups["open"] ?? "") ||
    minus.test(groups["sign"] ?? "") ||
    bracketed ||
    /^\s?[-–−]$/.test(groups["post"] ?? "");
  const start = match.index + match[0].length - match[0].trimStart().length;
  let end = match.index + match[0].length - (tail?.length ?? 0);
  let from = start;
  if (!bracketed && segment.text.charAt(from) === "(") from = skipSpaces(segment.text, from + 1);
  if (!bracketed && groups["close"] && !groups["after"]) end -= groups["close"].length;
  const units = Math.round((negative ? -1 : 1) * parsed.units);
  const currency = currencyOf(groups["pre"] ?? groups["after"]);
  const repairs = segment.page.source === "ocr" ? repairsOf(number, negative) : [];
  return { piece: { segment, start: from, end }, units, decimals: parsed.decimals, currency, repairs };
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charAt(at) === " ") at += 1;
  return at;
}

function currencyOf(printed: string | undefined): string | null {
  return printed === undefined ? null : printed.toUpperCase();
}

/** OCR reads `1.65` as `15:33`, `1 .65`, `1. 65`: such readings are amounts too, but only with a proof. */
function findMisread(segment: Segment, known: readonly Money[]): Money[] {
  const found: Money[] = [];
  for (const match of segment.text.matchAll(
    /(?<![\d.,:/-])(\d{1,5})(\s?[.,]\s|\s[.,]|:|;|\s?-\s?|·|\s)(\d{2})(?![\d.,:/-]|\s?[ap]m)/giu,
  )) {
    const start = match.index;
    const end = start + match[0].length;
    if (known.some((money) => money.piece.start <= start && money.piece.end >= end)) continue;
    const units = Number(`${match[1]}.${match[3]}`) * UNITS;
    const spaces = /[.,]/.test(match[2] ?? "");
    const piece = { segment, start, end };
    const rounded = Math.round(units);
    found.push({
      piece,
      units: spaces ? rounded : Number.NaN,
      decimals: spaces ? 2 : 0,
      currency: null,
      repairs: spaces ? [] : [rounded],
    });
  }
  return found.filter((money) => !Number.isNaN(money.units) || money.repairs.length > 0);
}

/** `1565` may have been 15.65, or 1.65 whose point was read as a digit. */
function repairsOf(number: string, negative: boolean): number[] {
  if (!/^\d{3,7}$/.test(number)) return [];
  const sign = negative ? -1 : 1;
  const inserted = Number(`${number.slice(0, -2)}.${number.slice(-2)}`);
  const replaced = number.length > 3 ? [Number(`${number.slice(0, -3)}.${number.slice(-2)}`)] : [];
  return [inserted, ...replaced].map((value) => Math.round(value * UNITS) * sign);
}

/** Reads a bare number under a decimal mark; null for what is none. */
export function parseNumber(
  printed: string,
  decimal: DecimalMark | null,
): { units: number; decimals: number } | null {
  const text = printed.replace(/[\s'’\u00a0\u202f]/g, "");
  if (!/^(?:\d+(?:[.,]\d+)*|[.,]\d+)$/.test(text)) return null;
  const mark = decimalMarkIn(text, decimal);
  const at = mark === null ? -1 : text.lastIndexOf(mark);
  const whole = (at < 0 ? text : text.slice(0, at)).replace(/[.,]/g, "");
  const fraction = at < 0 ? "" : text.slice(at + 1);
  if (whole.length > 11 || fraction.length > 6) return null;
  const units = Math.round(Number(`${whole || "0"}.${fraction || "0"}`) * UNITS);
  return { units, decimals: fraction.length };
}

/** Which character of a number is its decimal mark. */
function decimalMarkIn(text: string, decimal: DecimalMark | null): DecimalMark | null {
  const comma = text.lastIndexOf(",");
  const point = text.lastIndexOf(".");
  if (comma >= 0 && point >= 0) return comma > point ? "," : ".";
  const mark = comma >= 0 ? "," : point >= 0 ? "." : null;
  if (mark === null) return null;
  const at = Math.max(comma, point);
  const repeated = text.indexOf(mark) !== at;
  if (repeated) return null;
  const digits = text.length - at - 1;
  if (digits !== 3) return mark;
  if (text.slice(0, at) === "0") return mark;
  return decimal === mark ? mark : null;
}

/** The document's decimal mark: what most of its amounts with cents say. */
export function inferDecimalMark(view: View): DecimalMark | null {
  let commas = 0;
  let points = 0;
  for (const match of view.text.matchAll(/(?<![\d.,])\d[\d.,'’ \u00a0\u202f]*([.,])\d{2}(?![\d.,])/g)) {
    if (match[1] === ",") commas += 1;
    else if (!/\d{2}\.\d{2}$/.test(match[0]) || !/^\d{2}\.\d{2}$/.test(match[0])) points += 1;
    else points += 0.6;
  }
  if (commas === 0 && points === 0) return null;
  return commas > points ? "," : ".";
}

/**
 * Whether thousands are set apart by spaces: only where some amount shows it, before a comma or in
 * forints, which have no decimals.
 */
export function inferSpacedThousands(view: View): boolean {
  return /(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d{2}(?!\d)| ?(?:Ft|HUF)(?!\p{L}))/u.test(view.text);
}

/** A decimal string: two places at least when the amount was printed with any, as many as printed above that. */
export function moneyString(units: number, decimals = 2): string {
  const places = Math.max(2, Math.min(4, decimals));
  const fixed = (Math.abs(units) / UNITS).toFixed(places);
  const trimmed = places > 2 ? fixed.replace(/(\.\d{2}\d*?)0+$/, "$1") : fixed;
  return units < 0 ? `-${trimmed}` : trimmed;
}

/** A printed number as a decimal string, or null: `1.234,5` under `,` gives `1234.5`. */
export function parseMoney(printed: string, decimal: DecimalMark | null): string | null {
  const negative = /^\s*[-–−(]|[-–−]\s*$/.test(printed);
  const number = /\d[\d.,'’\u00a0\u202f]*\d|\d/.exec(printed.replace(/(?<=\d) (?=\d{3}(?!\d))/g, ""));
  const parsed = number ? parseNumber(number[0], decimal) : null;
  return parsed ? moneyString(negative ? -parsed.units : parsed.units, parsed.decimals) : null;
}
