import { matchesOf } from "../../model/matches.ts";
import { oncePerReading } from "./once.ts";
import { CURRENCY_CODES, CURRENCY_SIGNS } from "../labels/currencies.ts";
import { hitsOf } from "./choices.ts";
import { countryIn } from "./party-names.ts";
import { placesOf } from "./places.ts";
import type { Reading } from "./reading.ts";
import { type Piece, textOf } from "./view.ts";

export interface FoundCurrency {
  readonly code: string;
  readonly pieces: readonly Piece[];
  readonly score: number;
  /** Whether the code itself is printed. */
  readonly printed: boolean;
}

const CODES: ReadonlySet<string> = new Set(CURRENCY_CODES);
const CURRENCY_OF: Readonly<Record<string, string>> = {
  DE: "EUR",
  FR: "EUR",
  IT: "EUR",
  ES: "EUR",
  PT: "EUR",
  NL: "EUR",
  BE: "EUR",
  LU: "EUR",
  AT: "EUR",
  IE: "EUR",
  FI: "EUR",
  GR: "EUR",
  SK: "EUR",
  CH: "CHF",
  GB: "GBP",
  US: "USD",
  CA: "CAD",
  AU: "AUD",
  NZ: "NZD",
  SG: "SGD",
  HK: "HKD",
  MY: "MYR",
  IN: "INR",
  ID: "IDR",
  PH: "PHP",
  TH: "THB",
  VN: "VND",
  JP: "JPY",
  CN: "CNY",
  TW: "TWD",
  KR: "KRW",
  SE: "SEK",
  NO: "NOK",
  DK: "DKK",
  PL: "PLN",
  CZ: "CZK",
  HU: "HUF",
  RO: "RON",
  TR: "TRY",
  BR: "BRL",
  MX: "MXN",
  AR: "ARS",
  CL: "CLP",
  CO: "COP",
  PE: "PEN",
  ZA: "ZAR",
  NG: "NGN",
  KE: "KES",
  PK: "PKR",
  LK: "LKR",
  BD: "BDT",
  AE: "AED",
  SA: "SAR",
  EG: "EGP",
  IL: "ILS",
};

/** The country a document was issued in, as far as its words show: ISO 3166-1 with the words that say so. */
export const findCountry = oncePerReading(voteForCountry);

function voteForCountry(reading: Reading): { code: string; piece: Piece; score: number } | null {
  const votes = new Map<string, { score: number; piece: Piece }>();
  const vote = (code: string, weight: number, piece: Piece): void => {
    const known = votes.get(code);
    votes.set(code, { score: (known?.score ?? 0) + weight, piece: known?.piece ?? piece });
  };
  const rows = reading.view.rows.length;
  for (const segment of reading.view.segments) {
    const early = segment.row < rows * 0.35 ? 1 : 0.6;
    for (const mark of COUNTRY_MARKS) {
      const match = mark.pattern.exec(segment.text);
      if (match)
        vote(mark.code, mark.weight * early, {
          segment,
          start: match.index,
          end: match.index + match[0].length,
        });
    }
    for (const match of matchesOf(segment.text, PREFIXED_ID)) {
      const code = match[1] ?? match[2] ?? "";
      const start = match.index + match[0].length - (match[1] === undefined ? 2 : 4);
      if (CURRENCY_OF[code] !== undefined) vote(code, 1, { segment, start, end: start + 2 });
    }
    const named = countryIn(segment.text);
    if (named) vote(named, 1.2 * early, { segment, start: 0, end: segment.text.length });
  }
  let best: { code: string; piece: Piece; score: number } | null = null;
  for (const [code, { score, piece }] of votes) {
    if (best === null || score > best.score) best = { code, piece, score };
  }
  return best && best.score >= 0.9 ? best : null;
}

/** The country code at the head of an IBAN or of a VAT number of the European Union. */
const PREFIXED_ID =
  /\bIBAN\b[\s.:#-]*([A-Z]{2})\d{2}|(?:\bVAT|\bUST|\bTVA|\bIVA|\bBTW|\bMwSt|\bUID|\bN\.?I\.?F|\bNIP)[\p{L}\d\s.:°-]{0,24}?[\s:]([A-Z]{2})(?=\s?[A-Z\d]{1,2}\d{6})/giu;
const COUNTRY_MARKS = (
  [
    [/SDN\.?\s*BHD/i, "MY", 1.5],
    [/\bRM\s?\d|\(RM\)/, "MY", 1.2],
    [/\b(?:KUALA LUMPUR|SELANGOR|JOHOR|PENANG|MALAYSIA)\b/i, "MY", 1.2],
    [/\bGSTIN\b|\bPAN No\b|₹|\bPvt\.?\s+Ltd/i, "IN", 1.4],
    [/\bABN\b|\b(?:NSW|VIC|QLD)\s+\d{4}\b/, "AU", 1.4],
    [
      /\b(?:AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC),?\s+\d{5}(?:-\d{4})?\b/,
      "US",
      1.2,
    ],
    [/\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b/, "CA", 1.2],
    [/\b(?:HST|QST|PST)\b/, "CA", 0.8],
    [/\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b/, "GB", 1],
    [/\bCNPJ\b|R\$/, "BR", 1.6],
    [/\bCVR\b/, "DK", 1.4],
    [/\bOrg\.?\s?nr\.?:?\s*\d{6}-\d{4}|\bbankgiro\b|\bmoms(?:reg)/i, "SE", 1.2],
    [/\bMVA\b|\bOrg\.?\s?nr\.?:?\s*(?:NO\s?)?\d{3}\s?\d{3}\s?\d{3}\b/i, "NO", 1.2],
    [/\bNIP\b:?\s*\d/, "PL", 1.4],
    [/\bSIRET\b|\bSIREN\b/, "FR", 1.3],
    [/\bP\.?\s?IVA\b|Partita IVA/i, "IT", 1.3],
    [/\bRFC\b:?\s*[A-Z]{3,4}\d{6}/, "MX", 1.4],
    [/\bUST-?ID|\bUmsatzsteuer|\bSteuernummer\b|\bHRB\b/i, "DE", 0.9],
    [/发票|纳税人|统一社会信用代码|人民币/, "CN", 1.2],
    [/統一發票|統一編號|新臺幣|新台幣/, "TW", 1.2],
    [/株式会社|請求書|消費税|領収[書証]/, "JP", 1.2],
    [/세금계산서|사업자등록번호|주식회사|부가세/, "KR", 1.2],
    [/\bSingapore\s+\d{6}\b/i, "SG", 1.5],
  ] as const satisfies readonly (readonly [RegExp, string, number])[]
).map(([pattern, code, weight]) => ({ pattern, code, weight }));

/** The document's currency: a label, then codes and signs at its amounts, then its country. */
export function findCurrency(reading: Reading, totals: readonly Piece[]): FoundCurrency | null {
  const labelled = labelledCurrency(reading);
  if (labelled) return labelled;
  const country = findCountry(reading);
  const marks = currencyMarks(reading, totals);
  const best = [...marks.entries()].sort((a, b) => b[1].weight - a[1].weight)[0];
  if (best) {
    const [mark, { piece, weight }] = best;
    const resolved = resolve(mark, country?.code ?? null);
    if (resolved) {
      const certain = CODES.has(mark) || resolved.certain;
      return {
        code: resolved.code,
        pieces: [piece],
        score: Math.min(0.97, (certain ? 0.85 : 0.68) + 0.03 * weight),
        printed: CODES.has(mark),
      };
    }
  }
  const loose = looseCode(reading);
  if (loose) return loose;
  const byCountry = country ? CURRENCY_OF[country.code] : undefined;
  return country && byCountry
    ? {
        code: byCountry,
        pieces: [country.piece],
        score: Math.min(0.75, 0.45 + 0.08 * country.score),
        printed: false,
      }
    : null;
}

function labelledCurrency(reading: Reading): FoundCurrency | null {
  for (const hit of hitsOf(reading, ["currency"])) {
    for (const place of placesOf(reading, hit)) {
      if (place.relation === "above") continue;
      const text = textOf(place.piece);
      const match = /^[\s(]*([A-Z]{3})\b/.exec(text);
      const code = match?.[1];
      if (match && code && CODES.has(code)) {
        const start = place.piece.start + match[0].length - 3;
        return {
          code,
          pieces: [{ segment: place.piece.segment, start, end: start + 3 }],
          score: 0.97,
          printed: true,
        };
      }
    }
  }
  return null;
}

function resolve(mark: string, country: string | null): { code: string; certain: boolean } | null {
  if (CODES.has(mark)) return { code: mark, certain: true };
  const entry = Object.entries(CURRENCY_SIGNS).find(([sign]) => sign.toUpperCase() === mark);
  const options = entry?.[1] ?? [];
  const first = options[0];
  if (first === undefined) return null;
  if (options.length === 1) return { code: first, certain: true };
  const local = country === null ? undefined : CURRENCY_OF[country];
  if (local !== undefined && options.includes(local)) return { code: local, certain: true };
  return { code: first, certain: false };
}

/** Signs and codes printed at amounts, and those printed alone (`Amount (RM)`, `in EUR`). */
function currencyMarks(
  reading: Reading,
  totals: readonly Piece[],
): Map<string, { weight: number; piece: Piece }> {
  const marks = new Map<string, { weight: number; piece: Piece }>();
  const add = (mark: string, weight: number, piece: Piece): void => {
    const known = marks.get(mark);
    marks.set(mark, {
      weight: (known?.weight ?? 0) + weight,
      piece: known && known.weight >= weight ? known.piece : piece,
    });
  };
  for (const amounts of reading.money.values()) {
    for (const money of amounts) {
      if (money.currency === null) continue;
      const atTotal = totals.some(
        (piece) =>
          piece.segment.row === money.piece.segment.row && piece.segment.page === money.piece.segment.page,
      );
      const sign = signPiece(money.piece, money.currency);
      if (sign) add(money.currency, atTotal ? 3 : 1, sign);
    }
  }
  for (const segment of reading.view.segments) {
    for (const match of segment.text.matchAll(
      /\(\s*(RM|€|£|\$|₹|EUR|USD|GBP|MYR|INR|CHF|Rs\.?)\s*\)|(?<![\p{L}\d])(RM)(?![\p{L}\d])/gu,
    )) {
      const mark = match[1] ?? match[2] ?? "";
      const start = match.index + match[0].indexOf(mark);
      add(mark.toUpperCase(), 1, { segment, start, end: start + mark.length });
    }
  }
  return marks;
}

function signPiece(piece: Piece, currency: string): Piece | null {
  const at = textOf(piece).toUpperCase().indexOf(currency);
  return at < 0
    ? null
    : { segment: piece.segment, start: piece.start + at, end: piece.start + at + currency.length };
}

/** An ISO code or a sign that stands anywhere in the text. */
function looseCode(reading: Reading): FoundCurrency | null {
  for (const segment of reading.view.segments) {
    const match =
      /(?<![\p{L}\d])(EUR|USD|GBP|CHF|CAD|AUD|INR|MYR|SEK|NOK|DKK|PLN|CZK|BRL|MXN|SGD|JPY|ZAR|DEM)(?![\p{L}\d])|[€£₹]/u.exec(
        segment.text,
      );
    if (!match) continue;
    const code = match[1] ?? CURRENCY_SIGNS[match[0]]?.[0];
    const piece = { segment, start: match.index, end: match.index + match[0].length };
    if (code) return { code, pieces: [piece], score: 0.7, printed: match[1] !== undefined };
  }
  return null;
}
