import { foldText } from "../../model/fold.ts";
import { CURRENCY_CODES, CURRENCY_SIGNS } from "../labels/currencies.ts";
import { findIbans } from "../engine/bank.ts";
import { findEmails, findPhones, findWebsites } from "../engine/contacts.ts";
import { findDates, type PrintedDate } from "../engine/dates.ts";
import { findIdentifier } from "../engine/identifiers.ts";
import { type Money, moneyString, parseNumber, UNITS } from "../engine/money.ts";
import { namePart } from "../engine/name-part.ts";
import { isSentence } from "../engine/name-guards.ts";
import { hasLegalForm, looksLikeAddress, nameLikeness } from "../engine/party-names.ts";
import type { Reading } from "../engine/reading.ts";
import { findLabelledNumber, findTaxIds } from "../engine/tax-ids.ts";
import { type Piece, type Segment, textOf, trimPiece } from "../engine/view.ts";
import type { DeclaredField } from "./declaration.ts";
import { choiceIn } from "./choices.ts";

/** A value read at a place: what it is, what it was read from, how much it looks like what was asked (0..1). */
export interface TypedValue {
  readonly value: string | boolean;
  readonly pieces: readonly Piece[];
  readonly fit: number;
}

/** Of the dates at one place (a period) the one to take. */
export type Which = "first" | "last";

const MAX_TEXT = 160;
const EARLIEST = 1900;
const EDGE = /[\s:：;,|•·*…_=]/;

/** Reads what a field asks for at the head of a piece; null when nothing there is of its kind. */
export function typedValue(
  reading: Reading,
  field: DeclaredField,
  piece: Piece,
  which: Which = "first",
): TypedValue | null {
  const found = readKind(reading, field, piece, which);
  if (!found || typeof found.value === "boolean") return found;
  if (field.maxLength !== undefined && found.value.length > field.maxLength) return null;
  if (field.pattern !== undefined && !patternOf(field.pattern).test(found.value))
    return byPattern(field, piece);
  return found;
}

function readKind(reading: Reading, field: DeclaredField, piece: Piece, which: Which): TypedValue | null {
  switch (field.kind) {
    case "date":
      return dateIn(reading, piece, which);
    case "money":
      return moneyIn(reading, piece);
    case "number":
    case "percent":
      return numberIn(reading, piece, field.kind === "percent");
    case "identifier":
      return identifierIn(piece);
    case "tax_id":
      return taxIdIn(piece);
    case "iban":
      return ibanIn(piece);
    case "phone":
      return firstOf(findPhones(piece), piece);
    case "email":
      return firstOf(findEmails(piece.segment), piece, true);
    case "website":
      return firstOf(findWebsites(piece.segment), piece, true);
    case "time":
      return timeIn(piece);
    case "currency":
      return currencyIn(piece);
    case "boolean":
    case "choice":
      return choiceIn(field, piece);
    case "name":
      return nameIn(piece);
    case "address":
      return addressIn(piece);
    case "country":
      return countryNameIn(piece);
    case "text":
    case "paragraph":
      return textIn(piece);
  }
}

const PATTERNS = new Map<string, RegExp>();

function patternOf(source: string): RegExp {
  const known = PATTERNS.get(source);
  if (known) return known;
  const made = new RegExp(`^(?:${source})$`, "u");
  if (PATTERNS.size > 500) PATTERNS.clear();
  PATTERNS.set(source, made);
  return made;
}

/** The first run of words that looks as the field's pattern says. */
function byPattern(field: DeclaredField, piece: Piece): TypedValue | null {
  if (field.pattern === undefined) return null;
  const pattern = patternOf(field.pattern);
  const words = [...textOf(piece).slice(0, MAX_TEXT).matchAll(/\S+/g)];
  for (const [at, word] of words.entries()) {
    for (const last of words.slice(at, at + 6).toReversed()) {
      const start = piece.start + word.index;
      const cut = trimPiece({ ...piece, start, end: piece.start + last.index + last[0].length }, EDGE);
      if (pattern.test(textOf(cut))) return { value: textOf(cut), pieces: [cut], fit: 1 };
    }
  }
  return null;
}

const DATES = new WeakMap<Reading, Map<Segment, readonly PrintedDate[]>>();

/** A segment's dates, of births too. */
export function datesOf(reading: Reading, segment: Segment): readonly PrintedDate[] {
  let known = DATES.get(reading);
  if (!known) DATES.set(reading, (known = new Map()));
  const before = known.get(segment);
  if (before) return before;
  const dates = /\d/.test(segment.text) ? findDates(segment, reading.dayFirst, EARLIEST) : [];
  known.set(segment, dates);
  return dates;
}

function dateIn(reading: Reading, piece: Piece, which: Which): TypedValue | null {
  const dates = datesOf(reading, piece.segment).filter((date) => inside(date.piece, piece));
  const date = which === "first" ? dates[0] : dates.at(-1);
  if (!date) return null;
  const lead = date.piece.start - piece.start;
  const fit = which === "last" ? (dates.length > 1 ? 1 : 0.5) : lead > 24 ? 0.7 : 1;
  return { value: date.iso, pieces: [date.piece], fit: fit * (date.certain ? 1 : 0.97) };
}

function inside(inner: Piece, outer: Piece): boolean {
  return inner.start >= outer.start - 1 && inner.end <= outer.end + 1;
}

/** The amounts of a piece, without those that only a repair would make. */
export function amountsIn(reading: Reading, piece: Piece): Money[] {
  return (reading.money.get(piece.segment) ?? []).filter(
    (money) => !Number.isNaN(money.units) && inside(money.piece, piece),
  );
}

function moneyIn(reading: Reading, piece: Piece): TypedValue | null {
  const amounts = amountsIn(reading, piece);
  const money = amounts.find((amount) => amount.decimals >= 2 || amount.currency !== null) ?? amounts[0];
  if (!money) return null;
  const { units, decimals, currency } = money;
  const exact = decimals === 2 || currency !== null;
  const rest = textOf(piece).length - (money.piece.end - money.piece.start);
  const fit = (exact ? 1 : decimals > 2 ? 0.7 : 0.6) * (rest > 30 ? 0.8 : 1);
  const behind = piece.segment.text.slice(money.piece.end, money.piece.end + 4);
  const direction = /^\s?(?:DR?|S)(?![\p{L}])/u.test(behind) ? -1 : 1;
  return { value: moneyString(units * direction, decimals), pieces: [money.piece], fit };
}

const NUMBER = /(?<![\p{L}\d.,/-])[-–−+]?\s?\d[\d.,'’\u00a0\u202f ]*\d|(?<![\p{L}\d.,/-])[-–−]?\d/u;

function numberIn(reading: Reading, piece: Piece, percent: boolean): TypedValue | null {
  const text = textOf(piece);
  const match = NUMBER.exec(text);
  if (!match) return null;
  const printed = match[0].replace(/ (?!\d{3}(?!\d)).*$/, "").trim();
  const number = numberString(printed, reading.decimal);
  if (number === null) return null;
  const start = piece.start + match.index + (match[0].length - match[0].trimStart().length);
  const cut = { ...piece, start, end: start + printed.length };
  const sign =
    /^\s?%/.test(text.slice(match.index + printed.length)) || /%\s?$/.test(text.slice(0, match.index));
  const fit = percent ? (sign ? 1 : 0.5) : sign ? 0.5 : match.index > 12 ? 0.6 : 0.95;
  return { value: number, pieces: [cut], fit };
}

/** A printed number as a decimal string with the places that are printed. */
export function numberString(printed: string, decimal: Reading["decimal"]): string | null {
  const bare = printed.replace(/^[-–−+(]\s?/, "").replace(/ /g, "");
  const parsed = parseNumber(bare, decimal);
  if (!parsed) return null;
  const fixed = (parsed.units / UNITS).toFixed(Math.min(4, parsed.decimals));
  return /^[-–−(]/.test(printed) && parsed.units !== 0 ? `-${fixed}` : fixed;
}

const RUN = /^[A-Z\d*xX•·.-]{1,40}(?: [A-Z\d*xX•·.-]{1,40}){0,8}(?=\s|$)/;
const HIDDEN = /[*•·]{2,}|[xX]{2,}/;
const GROUPS = /^(?=(?:\D*\d){3})[A-Z\d]{1,8}(?:[\s./-]{1,2}[A-Z\d]{1,8})*(?![\p{L}\d])/u;

function identifierIn(piece: Piece): TypedValue | null {
  const trimmed = trimPiece(piece, EDGE);
  const text = textOf(trimmed);
  const run = RUN.exec(text)?.[0] ?? "";
  if (HIDDEN.test(run) && /\d{2,}$/.test(run)) return cutTo(trimmed, run.length, 0.95);
  const groups = GROUPS.exec(text);
  const dated = /^(?:\d{1,2}[./-]\d{1,2}[./-]\d{2}(?:\d{2})?|\d{4}[./-]\d{1,2}[./-]\d{1,2})$/;
  if (groups && groups[0].length <= 34 && groups[0].length === text.length && !dated.test(text))
    return cutTo(trimmed, groups[0].length, /\d[.,]\d{2}$/.test(text) ? 0.3 : 1);
  const found = findIdentifier(trimmed);
  if (!found) return null;
  const whole = found.end - found.start > text.length * 0.6;
  return {
    value: textOf(found),
    pieces: [found],
    fit: whole ? 1 : found.start - piece.start < 4 ? 0.9 : 0.7,
  };
}

function cutTo(piece: Piece, length: number, fit: number): TypedValue {
  const cut = trimPiece({ ...piece, end: piece.start + length }, EDGE);
  return { value: textOf(cut), pieces: [cut], fit };
}

function taxIdIn(piece: Piece): TypedValue | null {
  const formed = findTaxIds(piece.segment).find((found) => inside(found, piece));
  if (formed) return { value: textOf(formed), pieces: [formed], fit: 1 };
  const numbered = findLabelledNumber(piece);
  if (numbered) return { value: textOf(numbered), pieces: [numbered], fit: 0.9 };
  const other = identifierIn(piece);
  return other && { ...other, fit: other.fit * 0.8 };
}

function ibanIn(piece: Piece): TypedValue | null {
  const found = findIbans(piece.segment).find((iban) => inside(iban.piece, piece));
  return found ? { value: found.iban, pieces: [found.piece], fit: found.valid ? 1 : 0.7 } : null;
}

function firstOf(pieces: readonly Piece[], within: Piece, squeeze = false): TypedValue | null {
  const found = pieces.find((piece) => inside(piece, within));
  if (!found) return null;
  const value = squeeze ? textOf(found).replace(/\s/g, "") : textOf(found);
  return { value, pieces: [found], fit: found.start - within.start < 12 ? 1 : 0.7 };
}

function timeIn(piece: Piece): TypedValue | null {
  const match = /(?<!\d)([01]?\d|2[0-3])[:.h]([0-5]\d)(?::[0-5]\d)?(?:\s?[ap]\.?m\.?)?/i.exec(textOf(piece));
  if (!match) return null;
  const start = piece.start + match.index;
  return { value: match[0], pieces: [{ ...piece, start, end: start + match[0].length }], fit: 0.9 };
}

const CODES: ReadonlySet<string> = new Set(CURRENCY_CODES);

function currencyIn(piece: Piece): TypedValue | null {
  for (const match of textOf(piece).matchAll(/[A-Z]{3}(?![\p{L}])|[\p{Sc}]|\p{L}+/gu)) {
    const signs = CURRENCY_SIGNS[match[0]];
    const code = CODES.has(match[0]) ? match[0] : signs?.length === 1 ? signs[0] : undefined;
    if (code === undefined) continue;
    const start = piece.start + match.index;
    return { value: code, pieces: [{ ...piece, start, end: start + match[0].length }], fit: 1 };
  }
  return null;
}

function nameIn(piece: Piece): TypedValue | null {
  const cut = namePart(trimPiece(piece, EDGE));
  const text = textOf(cut);
  const likeness = nameLikeness(text);
  if (likeness < 0.12 || isSentence(text) || /\d{3}/.test(text)) return null;
  const fit = hasLegalForm(text) ? 1 : likeness < 0.3 ? 0.55 : /\d/.test(text) ? 0.7 : 0.95;
  return { value: text.replace(/\s+/g, " "), pieces: [cut], fit };
}

function addressIn(piece: Piece): TypedValue | null {
  const cut = trimPiece(piece, EDGE);
  const text = textOf(cut);
  if (!/\p{L}{2}/u.test(text) || text.length > 200) return null;
  return { value: text, pieces: [cut], fit: looksLikeAddress(text) ? 1 : /\d/.test(text) ? 0.8 : 0.35 };
}

function countryNameIn(piece: Piece): TypedValue | null {
  const cut = trimPiece(piece, EDGE);
  const text = textOf(cut);
  if (text.length > 40 || /\d/.test(text) || !/\p{L}{2}/u.test(text)) return null;
  return { value: text, pieces: [cut], fit: 0.9 };
}

function textIn(piece: Piece): TypedValue | null {
  const cut = trimPiece(piece, /[\s:：;|•·*…_=]/);
  const text = textOf(cut);
  if (text.length > MAX_TEXT * 4 || !/[\p{L}\d]/u.test(text)) return null;
  const numeric = /^[\d\s.,%€$£/-]+$/.test(foldText(text));
  return { value: text, pieces: [cut], fit: numeric ? 0.6 : text.length > MAX_TEXT ? 0.7 : 0.9 };
}
