import type { LineReading, ReadCharacter, RecognizedWord } from "../../ports.ts";
import type { LineCrop } from "./crop-line.ts";
import type { Segment } from "./find-segments.ts";
import type { ReadToken } from "./respell.ts";

/** A word of the line reader, with the signs that it was read from. */
export interface SplitWord extends RecognizedWord {
  readonly token: ReadToken;
}

/** On a crop whose paper is white: faint print is ink too. */
const INK = 200;
/**
 * Columns without ink between two characters, at 48 pixels of height: between letters of a word they are 9 at most in
 * 95 of 100, between words 10 at least. Where the first reading saw one word, or two, they count less and more.
 */
const BLANK = { alone: 11, inWord: 15, atGap: 5 } as const;
/** A blank between words is so many times as wide as those between most characters: print can be set wide. */
const SPACED = 2.5;
/** A gap of the first reading is looked for so far beside its place, in heights of print. */
const LEEWAY = 0.35;
/** Rows at the crop's edges that may hold the lines above and below. */
const EDGE = 4;
/** A multiplication sign is what the reader takes a small x for. */
const TIMES = /×/gu;

/**
 * Parts what the line reader read into words, with boxes on the page: at its own spaces, where the first reading has
 * a gap, and where the ink has one.
 */
export function splitReading(segment: Segment, reading: LineReading, crop: LineCrop): SplitWord[] {
  const place = (at: number): number => crop.x + at * crop.width * crop.scale;
  const characters = reading.characters;
  const blanks = blanksBetween(characters, crop);
  const atGaps = splitsAtGaps(segment, characters, blanks, place);
  const spaced = SPACED * (blanks.toSorted((a, b) => a - b)[blanks.length >> 1] ?? 0);
  const tokens: ReadCharacter[][] = [[]];
  for (const [index, character] of characters.entries()) {
    const least = Math.max(spaced, leastBlank(segment, characters, index, place));
    const parted = atGaps.has(index) || (blanks[index] ?? 0) >= least;
    if (parted || character.text === " ") tokens.push([]);
    if (character.text !== " ") tokens.at(-1)?.push(character);
  }
  return tokens
    .filter((token) => token.length > 0)
    .map((token) => toWord(token, reading.missed ?? [], segment, place));
}

/** The blank in front of a character from which on it begins a word. */
function leastBlank(
  { words }: Segment,
  characters: readonly ReadCharacter[],
  index: number,
  place: (at: number) => number,
): number {
  const [left, right] = [place(characters[index - 1]?.at ?? 0), place(characters[index]?.at ?? 0)];
  return words.some(({ x0, x1 }) => left >= x0 && right <= x1) ? BLANK.inWord : BLANK.alone;
}

/** For each character, the widest run of columns without ink between it and the one before, unsqueezed. */
function blanksBetween(
  characters: readonly ReadCharacter[],
  { width, height, data, squeeze }: LineCrop,
): number[] {
  const inked = new Uint8Array(width);
  for (let y = EDGE; y < height - EDGE; y += 1)
    for (let x = 0; x < width; x += 1) if ((data[y * width + x] ?? 255) < INK) inked[x] = 1;
  return characters.map((character, index) => {
    const before = characters[index - 1];
    if (!before) return 0;
    let [widest, run] = [0, 0];
    for (let x = Math.floor(before.at * width); x < Math.min(width, character.at * width); x += 1) {
      run = inked[x] === 1 ? 0 : run + 1;
      widest = Math.max(widest, run);
    }
    return widest / squeeze;
  });
}

/** The characters that begin a word because the first reading has a gap there: the widest blank near by. */
function splitsAtGaps(
  { words, y0, y1 }: Segment,
  characters: readonly ReadCharacter[],
  blanks: readonly number[],
  place: (at: number) => number,
): Set<number> {
  const splits = new Set<number>();
  const leeway = (y1 - y0) * LEEWAY;
  for (const [index, word] of words.entries()) {
    const before = words[index - 1];
    if (!before) continue;
    const [from, to] = [before.x1 - leeway, word.x0 + leeway];
    let best = { at: -1, blank: BLANK.atGap - 1 };
    for (const [at, blank] of blanks.entries()) {
      const [left, right] = [place(characters[at - 1]?.at ?? 0), place(characters[at]?.at ?? 0)];
      if (at > 0 && left < to && right > from && blank > best.blank) best = { at, blank };
    }
    if (best.at > 0) splits.add(best.at);
  }
  return splits;
}

function toWord(
  characters: readonly ReadCharacter[],
  missed: readonly ReadCharacter[],
  { y0, y1 }: Segment,
  place: (at: number) => number,
): SplitWord {
  const [left, right] = [place(characters[0]?.at ?? 0), place(characters.at(-1)?.at ?? 0)];
  const half = characters.length > 1 ? (right - left) / (characters.length - 1) / 2 : (y1 - y0) / 4;
  const text = characters.map((character) => character.text).join("");
  const confidence = characters.reduce((sum, character) => sum + character.confidence, 0) / characters.length;
  const box = { x0: left - half, y0, x1: right + half, y1 };
  return { ...box, text: text.replace(TIMES, "x"), confidence, line: 0, token: { characters, missed } };
}
