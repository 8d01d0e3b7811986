import { parseMoney } from "../engine/money.ts";
import { CURRENCY_CODES, CURRENCY_SIGNS } from "../labels/currencies.ts";
import type { Stretch } from "./prose.ts";

/** An amount with its currency in running text. */
export interface ProseMoney extends Stretch {
  /** A decimal string. */
  readonly value: string;
  /** ISO 4217; null for a sign of several currencies. */
  readonly currency: string | null;
  readonly sign: Stretch | null;
}

const NAMES: Readonly<Record<string, string>> = {
  euro: "EUR",
  euros: "EUR",
  "us dollars": "USD",
  "u.s. dollars": "USD",
  "united states dollars": "USD",
  dollars: "USD",
  "pounds sterling": "GBP",
  pounds: "GBP",
  "swiss francs": "CHF",
  "schweizer franken": "CHF",
  "francs suisses": "CHF",
};

function escaped(text: string): string {
  return text.replace(/[.$*+?^()[\]{}|\\]/g, String.raw`\$&`);
}

const SIGNS = [...Object.keys(CURRENCY_SIGNS), ...CURRENCY_CODES, ...Object.keys(NAMES)]
  .toSorted((a, b) => b.length - a.length)
  .map((sign) => (/^\p{L}/u.test(sign) ? String.raw`(?<!\p{L})${escaped(sign)}` : escaped(sign)))
  .map((sign) => (/\p{L}$/u.test(sign) ? String.raw`${sign}(?!\p{L})` : sign))
  .join("|");
const NUMBER = String.raw`\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?`;
const AMOUNT = new RegExp(String.raw`(?<![\d.,])(?:${NUMBER})(?![\d%])`, "gu");
const SIGN_BEFORE = new RegExp(String.raw`(?:${SIGNS})\s?$`, "iu");
const SIGN_BEHIND = new RegExp(String.raw`^(?:,-|,--|\.-)?\s?(?<sign>${SIGNS})`, "iu");
/** Characters of the longest sign with a space. */
const REACH = 24;

/** An amount without a currency: cents, or thousands in groups. */
const BARE =
  /(?<![\d.,\p{L}/-])(?:\d{1,3}(?:[.,'’\u00a0\u202f]\d{3})+(?:[.,]\d{2})?|\d+[.,]\d{2})(?![\d%]|[.,/-]\d|\s?%)/gu;

/** Every amount that stands with a currency, and those without one where `bare` asks for them. */
export function findProseMoney(text: string, bare = false): ProseMoney[] {
  const found: ProseMoney[] = [];
  for (const match of text.matchAll(AMOUNT)) {
    const [start, end] = [match.index, match.index + match[0].length];
    const sign = signAt(text, start, end);
    const value = sign && parseMoney(match[0], null);
    if (!sign || value === null) continue;
    found.push({ start, end, value, currency: currencyOf(text.slice(sign.start, sign.end)), sign });
  }
  if (!bare) return found;
  for (const match of text.matchAll(BARE)) {
    const [start, end] = [match.index, match.index + match[0].length];
    const value = parseMoney(match[0], null);
    if (value !== null && !found.some((money) => money.start < end && money.end > start))
      found.push({ start, end, value, currency: null, sign: null });
  }
  return found.toSorted((a, b) => a.start - b.start);
}

/** The currency's sign before or behind an amount. */
function signAt(text: string, start: number, end: number): Stretch | null {
  const from = Math.max(0, start - REACH);
  const before = SIGN_BEFORE.exec(text.slice(from, start));
  if (before) return { start: from + before.index, end: from + before.index + before[0].trimEnd().length };
  const behind = SIGN_BEHIND.exec(text.slice(end, end + REACH));
  const sign = behind?.groups?.["sign"];
  if (!behind || sign === undefined) return null;
  return { start: end + behind[0].length - sign.length, end: end + behind[0].length };
}

function currencyOf(sign: string): string | null {
  const upper = sign.toUpperCase();
  const code = CURRENCY_CODES.find((known) => known === upper);
  if (code !== undefined) return code;
  const named = NAMES[sign.toLowerCase()];
  if (named !== undefined) return named;
  const codes = CURRENCY_SIGNS[sign] ?? [];
  return codes.length === 1 ? (codes[0] ?? null) : null;
}
