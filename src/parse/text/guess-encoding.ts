import { decodeBytes } from "./decode-bytes.ts";
import { DOUBLE_BYTE, ENCODINGS, type Language } from "./languages.ts";

/** What an encoding is taken for, and whether another one gives a text that is nearly as likely. */
export interface Guess {
  readonly encoding: string;
  readonly sure: boolean;
}

const MAX_SAMPLE = 12_000;
/** Of two readings that lie closer neither is sure. */
const MARGIN = 0.12;
/** With fewer letters outside of ASCII chance decides. */
const FEW = 4;
const FAIR = 0.35;

/** Points of a character: of an own letter 1 at most, of what no text has -3. */
const POINTS = { other: 0.45, foreign: -0.7, mark: 0.35, symbol: -0.3, never: -3 };
/** What old machines wrote is less likely than its likeness alone says. */
const RARE: Readonly<Record<string, number>> = {
  macintosh: 0.1,
  ibm850: 0.25,
  "x-mac-cyrillic": 0.02,
  ibm866: 0.02,
};
const MARKS =
  /[\u00A0“”„‘’‚–—…«»‹›€§°·•©®™£№¿¡ºª²³½¼¾±×´、。，．・：；？！「」『』（）《》【】〈〉〜～ー　％＆＋－／￥０-９Ａ-Ｚａ-ｚ─-╿█░▒▓■]/u;
/** Marks that no word begins behind. */
const AFTER_WORDS = /[€”…°™®£²³½¼¾ºª]/u;
const NEVER = /[\u0080-\u009F\uFFFD\p{Co}\p{Cn}\p{Cs}]/u;
const LETTER = /[\p{L}\p{M}]/u;
const ASCII_LETTER = /[A-Za-z]/;

/**
 * The most likely encoding of a text that has no byte order mark and is no UTF: every encoding's reading is judged by
 * how much it looks like a language that is written in it.
 */
export function guessEncoding(bytes: Uint8Array): Guess {
  const sample = sampleOf(bytes);
  const readings = ENCODINGS.map(([encoding, languages]) => {
    const text = decodeBytes(sample, encoding) ?? "";
    const { score, letters } = scoreOf(text, languages, DOUBLE_BYTE.has(encoding));
    return { encoding, text, score: score - (RARE[encoding] ?? 0), letters };
  }).toSorted((a, b) => b.score - a.score);
  const [best] = readings;
  if (!best) return { encoding: "windows-1252", sure: false };
  const rival = readings.find((reading) => reading.text !== best.text);
  const clear = !rival || best.score - rival.score > MARGIN;
  return {
    encoding: best.encoding,
    sure: clear && best.score > FAIR && (best.letters >= FEW || !rival || rival.score < 0),
  };
}

/** The lines that hold other bytes than ASCII, as far as there is room: no pair of bytes is parted at a line's end. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const sample = new Uint8Array(MAX_SAMPLE);
  let length = 0;
  for (let from = 0; from < bytes.length && length < MAX_SAMPLE;) {
    const end = bytes.indexOf(0x0a, from);
    const line = bytes.subarray(from, end < 0 ? bytes.length : end + 1);
    from += line.length;
    if (!line.some((byte) => byte >= 0x80)) continue;
    const part = line.subarray(0, MAX_SAMPLE - length);
    sample.set(part, length);
    length += part.length;
  }
  return sample.subarray(0, length);
}

/** How much a reading looks like the best fitting of its languages, by its characters beyond ASCII. */
function scoreOf(
  text: string,
  languages: readonly Language[],
  pairs: boolean,
): { score: number; letters: number } {
  const characters = Array.from(text);
  let best = { score: -Infinity, letters: 0 };
  for (const language of languages) {
    const score = scoreAs(characters, language, pairs);
    if (score.score > best.score) best = score;
  }
  return best;
}

function scoreAs(
  characters: readonly string[],
  language: Language,
  pairs: boolean,
): { score: number; letters: number } {
  const [usual, other] = [new Set(language.usual), new Set(language.other)];
  const isLatin = /[a-z\u00C0-\u024F]/u.test(language.usual);
  let points = 0;
  let letters = 0;
  let count = 0;
  let run = 0;
  let before = " ";
  for (const [index, character] of characters.entries()) {
    if (character < "\u0080") {
      run = 0;
      before = character;
      continue;
    }
    count += 1;
    const next = characters[index + 1] ?? " ";
    if (LETTER.test(character)) {
      letters += 1;
      run += 1;
      if (usual.has(character)) points += 1;
      else if (other.has(character) || (pairs && character >= "\u3400")) points += pairs ? 0.1 : POINTS.other;
      else points += NEVER.test(character) ? POINTS.never : POINTS.foreign;
      points += contextPoints(before, character, next, isLatin, run);
    } else if (NEVER.test(character)) points += POINTS.never;
    else {
      run = 0;
      const inWord =
        LETTER.test(before) && LETTER.test(next) && !/[’·\u00A0\u00AD、，。・ー]/u.test(character);
      const isMark = MARKS.test(character) && !(AFTER_WORDS.test(character) && LETTER.test(next));
      points += inWord && !pairs ? -1 : isMark ? POINTS.mark : POINTS.symbol;
    }
    before = character;
  }
  return { score: points / (count + 1), letters };
}

/** What no writing does: small letters before capitals, two scripts in one word, marks over nothing, accents in a row. */
function contextPoints(
  before: string,
  character: string,
  next: string,
  isLatin: boolean,
  run: number,
): number {
  let points = 0;
  const isUpper = character !== character.toLowerCase();
  if (isUpper && LETTER.test(before) && before !== before.toUpperCase()) points -= 1.5;
  if (!isLatin && (ASCII_LETTER.test(before) || ASCII_LETTER.test(next))) points -= 0.6;
  if (isLatin && run >= 3) points -= 0.5;
  if (character === before && character < "\u2E80") points -= character === next ? 1.5 : 0.4;
  if (/\p{M}/u.test(character) && !LETTER.test(before)) points -= 1;
  return points;
}
