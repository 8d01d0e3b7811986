/** How two values of a field are compared. */
export type Comparison = "date" | "instant" | "money" | "currency" | "name" | "identifier" | "mark" | "prose";

/**
 * Whether a value given means the same as the truth, after parsing or folding.
 * A truth that can be read in several ways (01/02/2018, 1.536) is met by any of its readings.
 */
export function agrees(comparison: Comparison, truth: string, given: string): boolean {
  switch (comparison) {
    case "date":
      return overlaps(readDates(truth), readDates(given)) || same(foldText, truth, given);
    case "money":
      return overlaps(readAmounts(truth), readAmounts(given));
    case "currency":
      return foldCurrency(truth) === foldCurrency(given);
    case "instant":
      return Date.parse(truth) === Date.parse(given);
    case "prose":
      return sharedWords(truth, given) >= PROSE_AGREES;
    case "name":
    case "mark":
    case "identifier":
      return same(foldText, truth, given);
  }
}

const PROSE_AGREES = 0.8;

/** How much of their words two texts share: twice the shared ones of all of both, each as often as it stands there. */
function sharedWords(a: string, b: string): number {
  const [left, right] = [foldedWords(a), foldedWords(b)];
  const had = new Map<string, number>();
  for (const word of right) had.set(word, (had.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of left) {
    const count = had.get(word) ?? 0;
    if (count > 0) shared += 1;
    had.set(word, count - 1);
  }
  return left.length + right.length === 0 ? 0 : (2 * shared) / (left.length + right.length);
}

function foldedWords(text: string): string[] {
  return text
    .split(/[^\p{Letter}\p{Number}\p{Mark}]+/u)
    .map(foldText)
    .filter(Boolean);
}

function same(fold: (text: string) => string, a: string, b: string): boolean {
  const folded = fold(a);
  return folded !== "" && folded === fold(b);
}

function overlaps(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((entry) => b.has(entry));
}

/** Letters and digits alone, in one case, without accents: what is left when notation is taken away. */
export function foldText(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll("ß", "ss")
    .replaceAll(/[^\p{Letter}\p{Number}]/gu, "")
    .toLowerCase();
}

const CURRENCY_SIGNS: Readonly<Record<string, string>> = {
  "€": "EUR",
  "£": "GBP",
  $: "USD",
  US$: "USD",
  RM: "MYR",
  "₹": "INR",
  RS: "INR",
  ZŁ: "PLN",
  SFR: "CHF",
  KČ: "CZK",
};

function foldCurrency(text: string): string {
  const sign = text.trim().toUpperCase().replace(/\.$/u, "");
  return CURRENCY_SIGNS[sign] ?? sign;
}

// The first letters that tell the months apart, in the languages that the lexicons know.
const MONTHS: readonly RegExp[] = [
  /^(jan|janv|gen|ene|sty|led|tammi)/u,
  /^(feb|fev|fevr|lut|uno|helmi)/u,
  /^(mar|maer|mrz|mrt|maart|bre|maalis)/u,
  /^(apr|avr|abr|avril|kwi|dub|huhti)/u,
  /^(may|mai|mag|mei|maj|kve|touko)/u,
  /^(jun|juin|giu|cze|kesa)/u,
  /^(jul|juil|lug|lip|heina)/u,
  /^(aug|aou|ago|sie|srp|elo)/u,
  /^(sep|set|wrz|zar|syys)/u,
  /^(oct|okt|ott|out|paz|rij|loka)/u,
  /^(nov|lis|marras)/u,
  /^(dec|dez|dic|des|gru|pro|joulu)/u,
];

/** Every calendar day that a text can mean, as ISO dates. Empty when it holds none. */
export function readDates(text: string): Set<string> {
  const plain = text
    .normalize("NFKD")
    .replaceAll(/\p{Mark}/gu, "")
    .toLowerCase();
  const found = new Set<string>();
  const add = (year: number, month: number, day: number): void => {
    const iso = isoDate(year, month, day);
    if (iso !== null) found.add(iso);
  };
  for (const [, year, month, day] of plain.matchAll(/(?<!\d)(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?!\d)/gu)) {
    add(Number(year), Number(month), Number(day));
  }
  for (const [, a, b, year] of plain.matchAll(
    /(?<!\d)(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ']\s?(\d{4}|\d{2})(?!\d)/gu,
  )) {
    add(fullYear(year), Number(b), Number(a));
    add(fullYear(year), Number(a), Number(b));
  }
  for (const [, year, month, day] of plain.matchAll(
    /(?<!\d)((?:19|20)\d{2})年?(\d{2})月?(\d{2})日?(?!\d)/gu,
  )) {
    add(Number(year), Number(month), Number(day));
  }
  for (const [, day, name, year] of plain.matchAll(
    /(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.|er|º)?[-/., ]*(?:de |of )?([a-z]{3,})[-/., ']*(?:de |del )?(\d{4}|\d{2})(?!\d)/gu,
  )) {
    add(fullYear(year), monthOf(name), Number(day));
  }
  for (const [, name, day, year] of plain.matchAll(
    /([a-z]{3,})[-/., ]*(\d{1,2})(?:st|nd|rd|th)?[-/., ']+(\d{4}|\d{2})(?!\d)/gu,
  )) {
    add(fullYear(year), monthOf(name), Number(day));
  }
  return found;
}

function fullYear(text: string | undefined): number {
  const year = Number(text);
  return year >= 100 ? year : year < 70 ? 2000 + year : 1900 + year;
}

function monthOf(name: string | undefined): number {
  return MONTHS.findIndex((pattern) => pattern.test(name ?? "")) + 1;
}

function isoDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real && year >= 1900 && year < 2200 ? date.toISOString().slice(0, 10) : null;
}

/** Every decimal number that an amount's notation can mean, without trailing zeros. Empty when it is none. */
export function readAmounts(text: string): Set<string> {
  const plain = text.normalize("NFKC").replaceAll(/[−–]/gu, "-").trim();
  const body = /\d(?:[\d\s.,'’]*\d)?/u.exec(plain)?.[0];
  if (body === undefined) return new Set();
  const before = plain.slice(0, plain.indexOf(body));
  const after = plain.slice(plain.indexOf(body) + body.length);
  const negative = before.includes("-") || before.includes("(") || /^\s*-/u.test(after);
  const digits = body.replaceAll(/[\s'’]/gu, "");
  // ".99" is printed for amounts below one.
  const fraction = /[.,]$/u.test(before) && !/[.,]/u.test(digits) ? `0.${digits}` : null;
  const readings = fraction === null ? readSeparators(digits) : [fraction];
  return new Set(readings.map((reading) => canonical(reading, negative)));
}

function readSeparators(digits: string): string[] {
  const marks = digits.replaceAll(/\d/gu, "");
  if (marks === "") return [digits];
  const last = Math.max(digits.lastIndexOf("."), digits.lastIndexOf(","));
  const asDecimal = `${digits.slice(0, last).replaceAll(/[.,]/gu, "")}.${digits.slice(last + 1)}`;
  const asGroups = digits.replaceAll(/[.,]/gu, "");
  const kinds = new Set(marks);
  if (kinds.size === 2) return [asDecimal];
  const grouped = /^\d{1,3}([.,]\d{2,3})*[.,]\d{3}$/u.test(digits);
  if (marks.length > 1) return grouped ? [asGroups] : [asDecimal];
  return grouped && !digits.startsWith("0") ? [asGroups, asDecimal] : [asDecimal];
}

function canonical(decimal: string, negative: boolean): string {
  const [whole = "0", fraction = ""] = decimal.split(".");
  const integer = whole.replace(/^0+(?=\d)/u, "");
  const rest = fraction.replace(/0+$/u, "");
  const value = rest === "" ? integer : `${integer}.${rest}`;
  return negative && value !== "0" ? `-${value}` : value;
}
