import type { DocumentType } from "../model/extraction.ts";
import type { ParsedDocument, ParsedPage, Word } from "../model/parsed.ts";
import type { Evidence } from "./evidence.ts";

/** An amount as it is printed, with two decimals. */
const AMOUNT =
  /^[^\d]{0,4}([-–−(]?)[^\d]{0,3}(\d{1,3}(?:[.,'’ ]?\d{3})*|\d+)[.,](\d{2})(?!\d)([-–−)]?)[^\d]{0,4}$/;
/** A currency's sign or code that makes a whole number an amount, beside it or grown together with it. */
const CURRENCY =
  /^(?:[$€£¥₹₩₪₺₴₫฿]|rs|inr|rm|usd|eur|gbp|chf|jpy|cny|krw|idr|rp|zar|kr|sek|nok|dkk|ft|huf)\.?$/i;
const WHOLE =
  /^([$€£¥₹₩₪₺₴₫฿]|rs\.?|rm|rp\.?)?(\d{1,3}(?:[., ]\d{3})+|\d{1,9})(元|円|원|₫|₴|₺|€)?[.,-]{0,2}$/i;
const DATE = /^\D{0,2}(?:\d{1,2}[./-]\d{1,2}(?:[./-](?:\d{2}|\d{4}))?|\d{4}-\d{2}-\d{2})\D{0,2}$/;
/** Words that stand at one height are one row, however wide the gaps. */
const SAME_ROW = 0.006;
const MAX_AMOUNTS = 60;

interface Row {
  readonly y: number;
  readonly cents: number[];
  dated: boolean;
  integers: number;
  words: number;
}

/** A whole number of two digits and more, with the unit that may have grown together with it; years are none. */
const READING = /^(\d{1,3}(?:[.,' ]\d{3})+|\d{2,8})(?:kwh|m3|m³)?[.,;:]?$/i;
const YEAR = /^(?:19|20)\d{2}$/;
/** A meter's reading has four digits and more, and what was used stands within so many numbers of it. */
const LEAST_READING = 1_000;
const NEAR = 6;

/** What sums tell in any language: running balances, a total of net and tax, a list of quantities without prices. */
export function weighArithmetic(parsed: ParsedDocument): Evidence[] {
  const rows = parsed.pages.slice(0, 2).flatMap(rowsOf);
  const found: Evidence[] = [];
  const add = (type: DocumentType, key: string, weight: number, reason: string): void => {
    found.push({ type, key, weight, reason });
  };
  const running = countRunning(rows);
  if (running >= 3) add("bank_statement", "running", 3, "has a running balance");
  const dated = rows.filter((row) => row.dated && row.cents.length > 0).length;
  if (dated >= 5) add("bank_statement", "dated_rows", 1, "lists amounts by date");
  if (parsed.pages.slice(0, 2).some(showsReadings))
    add("utility_bill", "readings", 1.8, "shows a meter's readings and what lies between them");
  const priced = rows.filter((row) => row.cents.length >= 2 && !row.dated).length;
  if (running < 3 && closes(rows)) {
    for (const type of ["invoice", "credit_note", "utility_bill", "receipt"] as const)
      add(type, "sums_close", 0.7, "its sums make a total");
    for (const type of ["purchase_order", "pay_stub"] as const)
      add(type, "sums_close", 0.4, "its sums make a total");
  }
  if (priced >= 2)
    for (const type of ["invoice", "purchase_order", "credit_note"] as const)
      add(type, "priced_rows", 0.4, "lists prices and amounts");
  const counted = rows.filter((row) => row.cents.length === 0 && row.integers >= 1 && row.words >= 2).length;
  const amounts = rows.reduce((sum, row) => sum + row.cents.length, 0);
  if (amounts === 0 && counted >= 4)
    add("delivery_note", "counted_rows", 0.8, "lists quantities without prices");
  return found;
}

function rowsOf(page: ParsedPage): Row[] {
  const rows: Row[] = [];
  const ordered = [...page.words].sort((a, b) => a.bbox[3] - b.bbox[3]);
  const marked = wordsAfterCurrency(page);
  for (const word of ordered) {
    const y = word.bbox[3];
    let row = rows[rows.length - 1];
    if (!row || y - row.y > SAME_ROW) {
      row = { y, cents: [], dated: false, integers: 0, words: 0 };
      rows.push(row);
    }
    const cents = centsOf(word.text) ?? wholeOf(word.text, marked.has(word));
    if (cents !== null) row.cents.push(cents);
    else if (DATE.test(word.text)) row.dated = true;
    else if (/^\d{1,4}$/.test(word.text)) row.integers += 1;
    row.words += 1;
  }
  return rows;
}

function centsOf(text: string): number | null {
  const found = AMOUNT.exec(text);
  if (!found) return null;
  const whole = Number((found[2] ?? "").replace(/\D/g, ""));
  const cents = whole * 100 + Number(found[3]);
  return found[1] || found[4] ? -cents : cents;
}

/** The words that stand right behind a currency's sign or code. */
function wordsAfterCurrency(page: ParsedPage): ReadonlySet<Word> {
  return new Set(page.words.filter((_, at) => CURRENCY.test(page.words[at - 1]?.text ?? "")));
}

/** An amount without decimals: only a currency tells it from a number of something. */
function wholeOf(text: string, marked: boolean): number | null {
  const found = WHOLE.exec(text);
  if (!found || (!marked && found[1] === undefined && found[3] === undefined)) return null;
  return Number((found[2] ?? "").replace(/\D/g, "")) * 100;
}

/** Whether one number is what another one, a meter's, has grown by since a third. */
function showsReadings({ words }: ParsedPage): boolean {
  const numbers = words.flatMap(({ text }) => {
    const digits = READING.exec(text)?.[1]?.replace(/\D/g, "");
    return digits === undefined || YEAR.test(digits) ? [] : [Number(digits)];
  });
  return numbers.some((before, at) => {
    if (before < LEAST_READING) return false;
    const near = numbers.slice(Math.max(0, at - NEAR + 1), at + NEAR);
    return near.some((now) => now - before >= 2 && now !== before * 2 && near.includes(now - before));
  });
}

/** Rows whose balance is the one before it, more or less their amount. */
function countRunning(rows: readonly Row[]): number {
  let count = 0;
  let before: readonly number[] = [];
  for (const { cents } of rows) {
    if (cents.length === 0) continue;
    const sizes = cents.map(Math.abs);
    const holds = sizes.some((balance, at) =>
      sizes.some(
        (moved, other) =>
          other !== at && moved > 0 && before.some((last) => Math.abs(last - balance) === moved),
      ),
    );
    if (holds) count += 1;
    before = sizes;
  }
  return count;
}

/** Whether the greatest amount, or one of the three greatest, is the sum of two others. */
function closes(rows: readonly Row[]): boolean {
  const amounts = [...new Set(rows.flatMap(({ cents }) => cents.map(Math.abs)))]
    .filter((cents) => cents > 0)
    .sort((a, b) => b - a)
    .slice(0, MAX_AMOUNTS);
  const known = new Set(amounts);
  return amounts
    .slice(0, 3)
    .some((total) => amounts.some((part) => part < total && part * 2 !== total && known.has(total - part)));
}
