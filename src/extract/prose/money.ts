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
const MONEY = new RegExp(
  String.raw`(?<pre>${SIGNS})\s?(?<first>${NUMBER})(?![\d%])|(?<![\d.,])(?<second>${NUMBER})(?:,-|,--|\.-)?\s?(?<post>${SIGNS})`,
  "giu",
);

/** An amount without a currency: cents, or thousands in groups. */
const BARE = /(?<![\d.,\p{L}/-])(?:\d{1,3}(?:[.,'’\u00a0\u202f]\d{3})+(?:[.,]\d{2})?|\d+[.,]\d{2})(?![\d%]|[.,/-]\d|\s?%)/gu;

/** Every amount that stands with a currency, and those without one where `bare` asks for them. */
export function findProseMoney(text: string, bare = false): ProseMoney[] {
  const found: ProseMoney[] = [];
  for (const match of text.matchAll(MONEY)) {
    const { pre, post, first, second } = match.groups ?? {};
    const sign = pre ?? post ?? "";
    const number = first ?? second ?? "";
    const at = match.index + (pre === undefined ? 0 : match[0].lastIndexOf(number));
    const value = parseMoney(number, null);
    if (value === null) continue;
    const signAt = match.index + (pre === undefined ? match[0].length - sign.length : 0);
    found.push({
      start: at,
      end: at + number.length,
      value,
      currency: currencyOf(sign),
      sign: { start: signAt, end: signAt + sign.length },
    });
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

function currencyOf(sign: string): string | null {
  const upper = sign.toUpperCase();
  const code = CURRENCY_CODES.find((known) => known === upper);
  if (code !== undefined) return code;
  const named = NAMES[sign.toLowerCase()];
  if (named !== undefined) return named;
  const codes = CURRENCY_SIGNS[sign] ?? [];
  return codes.length === 1 ? (codes[0] ?? null) : null;
}
