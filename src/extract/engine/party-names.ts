import { foldText } from "../../model/fold.ts";
import { BUSINESS_WORDS, COUNTRIES, LEGAL_FORMS, STREET_WORDS } from "../labels/names.ts";

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
const alternatives = (words: readonly string[]): string =>
  [...new Set(words.map(foldText))]
    .sort((a, b) => b.length - a.length)
    .map((word) => escape(word))
    .join("|");

const LEGAL = new RegExp(`(?:^|[\\s,(&.-])(?:${alternatives(LEGAL_FORMS)})(?=$|[\\s,;.)(/&-])`, "u");
const FORMS_ALONE = new RegExp(
  `^[\\s,]*(?:${alternatives(LEGAL_FORMS)})(?:[\\s,&.]+(?:${alternatives(LEGAL_FORMS)}|co))*[\\s.,)]*$`,
  "u",
);
const BUSINESS = new RegExp(`(?:^|[\\s,(&.-])(?:${alternatives(BUSINESS_WORDS)})(?=$|[\\s,;.)(&-])`, "u");
const STREET = new RegExp(`(?:^|[\\s,(])(?:${alternatives(STREET_WORDS)})(?=$|[\\s,.;)\\d-])`, "u");
const STREET_TAIL =
  /\p{L}{2,}(?:strasse|str\.|str|weg|platz|allee|gasse|ring|ufer|damm|straat|laan|plein|kade|gracht|dreef|dijk|singel|gatan|vagen|vej|gade|veien|vei|gata|katu|tie)\s*\.?\s*\d/u;
const POSTAL = [
  /(?:^|[\s,(-])(?:[A-Z]{1,3}[- ])?\d{5}(?:-\d{4})?,?\s+\p{Lu}[\p{L}'.-]+/u,
  /\b[A-Z]{2},?\s+\d{5}(?:-\d{4})?\b/,
  /\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b/,
  /(?:^|[\s,-])(?:NL-?)?\d{4}\s?[A-Z]{2}\s+\p{Lu}/u,
  /\b\d{2}-\d{3}\s+\p{Lu}/u,
  /\b\d{5}-\d{3}\b|\b\d{4}-\d{3}\s+\p{Lu}/u,
  /(?:^|\s)(?:[A-Z]{1,2}-)?\d{4}\s+\p{Lu}\p{Ll}{2,}/u,
  /(?:^|\s)\d{3}\s\d{2}\s+\p{Lu}/u,
  /\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b/,
  /\p{L}{3,},?\s+\d{3}-\d{4}\b|〒/u,
  /\p{L}{3,}\s*[-,–]?\s*\d{6}\b/u,
  /\b(?:NSW|VIC|QLD|ACT|TAS|NT|WA|SA)\s+\d{4}\b/,
];

const POSTAL_HINT = /[\d〒]/;
const LAST_MARK = /[.,]$/;
const SMALL_FORMS = /(?<![\p{L}.])(?:as|sa|ag|co|se|ab|oy|bv|nv|sl|da|is|ks|inc)(?![\p{L}.])/gu;

export function hasLegalForm(text: string): boolean {
  return LEGAL.test(foldText(text));
}

/** The same, where words of small letters that are a legal form by chance (`as above`) are none. */
export function hasCasedForm(text: string): boolean {
  return hasLegalForm(text.replace(SMALL_FORMS, " "));
}

/** Whether a text is a legal form and nothing else. */
export function isLegalForm(text: string): boolean {
  return FORMS_ALONE.test(foldText(text));
}

export function hasBusinessWord(text: string): boolean {
  return BUSINESS.test(foldText(text));
}

/** Whether a line holds a postal code with its town. */
export function hasPostalCode(text: string): boolean {
  return POSTAL_HINT.test(text) && POSTAL.some((pattern) => pattern.test(text));
}

/** Whether a line belongs to a postal address: a street with a number, a postal code, a country alone. */
export function looksLikeAddress(text: string): boolean {
  if (hasPostalCode(text)) return true;
  const folded = foldText(text).trim();
  if (COUNTRIES[folded.replace(LAST_MARK, "")] !== undefined) return true;
  if (STREET_TAIL.test(folded)) return true;
  return STREET.test(folded) && /\d/.test(text);
}

/** Whether a line may go on an address without proof of its own: a street or district word alone. */
export function hasStreetWord(text: string): boolean {
  return STREET.test(foldText(text));
}

const NO_LETTER = /[^\p{L}]/gu;
const NO_DIGIT = /\D/g;
const NO_NAME = /[@€$£%<>{}=]|https?:|www\./i;
const OPEN_END = /:\s*$/;
const DATE_OR_AMOUNT = /\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d[.,]\d{2}\b/;
const STREET_LINE = /^\p{L}[\p{L}.'-]*(?:\s\p{L}[\p{L}.'-]*){0,3}\s\d{1,4}\s?[a-z]?$/u;
const NUMBERED_STREET = /^\d{1,5}[a-z]?,?\s+\p{Lu}/u;
const FULL_STOP = /[.!?]$/;
const SMALL_START = /^\p{Ll}/u;
const SIGNS = /[:;*_]/;

/** How much a text looks like the name of a company or person: 0 for what cannot be one, 1 with a legal form. */
export function nameLikeness(text: string): number {
  const trimmed = text.trim();
  const letters = trimmed.replace(NO_LETTER, "").length;
  const digits = trimmed.replace(NO_DIGIT, "").length;
  if (letters < 2 || trimmed.length > 75 || digits > letters * 0.6) return 0;
  if (NO_NAME.test(trimmed) || OPEN_END.test(trimmed)) return 0;
  if (DATE_OR_AMOUNT.test(trimmed)) return 0;
  const words = trimmed.split(/\s+/).length;
  const legal = hasLegalForm(trimmed);
  if (looksLikeAddress(trimmed) && !legal) return 0.05;
  if (!legal && STREET_LINE.test(trimmed)) return 0.12;
  if (!legal && !hasBusinessWord(trimmed) && NUMBERED_STREET.test(trimmed)) return 0.18;
  let score = legal ? 0.95 : hasBusinessWord(trimmed) ? 0.65 : 0.45;
  if (words > 8) score -= 0.3;
  if (!legal && FULL_STOP.test(trimmed)) score -= 0.2;
  if (letters < 4) score -= 0.15;
  if (SMALL_START.test(trimmed) && !legal) score -= 0.15;
  if (digits > 3) score -= 0.2;
  if (SIGNS.test(trimmed)) score -= 0.2;
  return Math.max(0, score);
}

const COUNTRY = new RegExp(
  `(?:^|[\\s,;-])(${alternatives(Object.keys(COUNTRIES).filter((name) => name.length > 3))})\\.?\\s*$`,
  "m",
);

/** ISO 3166-1 of a country that is named in a text's last words, or null. */
export function countryIn(text: string): string | null {
  const name = COUNTRY.exec(foldText(text))?.[1];
  return name === undefined ? null : (COUNTRIES[name] ?? null);
}
