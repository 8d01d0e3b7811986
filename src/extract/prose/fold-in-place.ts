import { foldText } from "../../model/fold.ts";

/**
 * Lower case without diacritics, letter by letter, so that offsets stay those of the text: patterns need no
 * accents, and what they find is cut from the text itself. `Straße` becomes `strase`.
 */
export function foldInPlace(text: string): string {
  return text.replace(/[\u{80}-\u{10ffff}]/gu, foldLetter).toLowerCase();
}

const QUOTES: Readonly<Record<string, string>> = {
  "’": "'",
  "‘": "'",
  "`": "'",
  "´": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "‟": '"',
  "«": '"',
  "»": '"',
  "–": "-",
  "—": "-",
  "‑": "-",
  "‐": "-",
  "\u00a0": " ",
  "\u202f": " ",
};

function foldLetter(letter: string): string {
  const quote = QUOTES[letter];
  if (quote !== undefined) return quote;
  const plain = foldText(letter);
  if (plain.length === letter.length) return plain;
  return plain.slice(0, letter.length).padEnd(letter.length);
}
