import type { BBox } from "../../model/geometry.ts";
import type { ReadWord } from "../../ports.ts";

/** Quarter turns clockwise, as seen on the upright page. */
export type QuarterTurns = 0 | 1 | 2 | 3;

/**
 * A character in its run's own space: `start` and `end` along the writing direction, `top` and `bottom`
 * across it (growing downwards), all in points. `baseline` is where it stands, `turns` how far its run is turned.
 */
export interface Character {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly top: number;
  readonly bottom: number;
  readonly baseline: number;
  /** The font's size on the page: what gaps and shifts are measured by. */
  readonly size: number;
  readonly turns: QuarterTurns;
  /** How it is painted: shared by all characters of a text object. */
  readonly paint?: Paint;
}

/** What a text object says of whether it can be seen. */
export interface Paint {
  readonly object: number;
  /** Drawn without ink (text rendering mode 3), as OCR layers are. */
  readonly inkless: boolean;
  /** Drawn in white, or in ink that lets everything through. */
  readonly white: boolean;
}

/** What ends a word between two characters although nothing is printed. */
export const BREAK = Symbol("break");
export type Glyphs = readonly (Character | typeof BREAK)[];

/** A word in its run's space. */
export interface RunWord {
  text: string;
  start: number;
  end: number;
  top: number;
  bottom: number;
  baseline: number;
  size: number;
  turns: QuarterTurns;
  /** How its first character is painted. */
  paint?: Paint;
}

/**
 * A gap wider than the smallest one of the word by this share of the font's size ends the word. Poppler takes 0.1,
 * at which badly kerned fonts fall apart; spaces are 0.2 and more.
 */
const GAP_OF_SIZE = 0.12;
/** A step back by more than this share of the height starts another word: kerning never goes so far. */
const BACK_OF_SIZE = 0.4;
/** A baseline that moves by more than this share of the height is another line, or a raised index. */
const SHIFT_OF_SIZE = 0.15;
/** A gap that letter-spaced words may have between their letters. */
const MAX_LETTER_GAP = 0.35;

/** Groups characters, in the order in which they are drawn, into words. */
export function groupWords(glyphs: Glyphs): RunWord[] {
  const words: RunWord[] = [];
  let run: Character[] = [];
  for (const glyph of spreadLigatures(glyphs)) {
    const last = run.at(-1);
    if (last && glyph !== BREAK && isOverprint(last, glyph)) continue;
    if (glyph === BREAK || (last && !follows(last, glyph))) {
      splitRun(run, words);
      run = [];
    }
    if (glyph !== BREAK) run.push(glyph);
  }
  splitRun(run, words);
  return words;
}

/** A glyph for several letters is narrower than they are side by side, but seldom by more than this. */
const LIGATURE_WIDTH = [0.45, 1.15] as const;

/**
 * A glyph that stands for several letters (`ffi`) comes as letters that all begin at its place, each as wide as it
 * is alone: sets them side by side up to the next letter.
 */
function spreadLigatures(glyphs: Glyphs): Glyphs {
  const spread: (Character | typeof BREAK)[] = [];
  for (let first = 0; first < glyphs.length;) {
    const end = endOfLigature(glyphs, first);
    const letters = glyphs.slice(first, end).filter((glyph) => glyph !== BREAK);
    const [head] = letters;
    if (letters.length < 2 || !head) {
      spread.push(...glyphs.slice(first, end));
      first = end;
      continue;
    }
    const sum = letters.reduce((width, letter) => width + letter.end - letter.start, 0);
    const next = glyphs[end];
    const advance = next && next !== BREAK && next.baseline === head.baseline ? next.start - head.start : 0;
    const fits = advance >= LIGATURE_WIDTH[0] * sum && advance <= LIGATURE_WIDTH[1] * sum;
    const scale = fits ? advance / sum : 1;
    let { start } = head;
    for (const letter of letters) {
      const width = (letter.end - letter.start) * scale;
      spread.push({ ...letter, start, end: start + width });
      start += width;
    }
    first = end;
  }
  return spread;
}

/** The index behind the last letter that is drawn by the same glyph as the one at `first`. */
function endOfLigature(glyphs: Glyphs, first: number): number {
  const head = glyphs[first];
  let end = first + 1;
  if (!head || head === BREAK || !isLetter(head)) return end;
  for (; end < glyphs.length; end++) {
    const next = glyphs[end];
    if (!next || next === BREAK || next.start !== head.start || next.baseline !== head.baseline) return end;
    if (next.paint?.object !== head.paint?.object || next.turns !== head.turns || !isLetter(next)) return end;
  }
  return end;
}

const isLetter = ({ text, start, end }: Character) =>
  end > start && /^\p{L}+$/u.test(text) && !RIGHT_TO_LEFT.test(text);

/** Whether a letter is drawn again a hair beside itself, as for bold type. */
function isOverprint(last: Character, next: Character): boolean {
  const shift = Math.abs(next.start - last.start) + Math.abs(next.baseline - last.baseline);
  return next.text === last.text && next.turns === last.turns && shift > 0 && shift < 0.1 * last.size;
}

/** Whether `next` goes on where `last` ended, on the same line and in the same size; gaps are judged later. */
function follows(last: Character, next: Character): boolean {
  if (last.turns !== next.turns) return false;
  if (last.paint?.white !== next.paint?.white || last.paint?.inkless !== next.paint?.inkless) return false;
  const size = Math.max(last.size, next.size);
  if (Math.abs(next.baseline - last.baseline) > SHIFT_OF_SIZE * size) return false;
  if (isLeftward(last, next)) return last.start - next.end > -BACK_OF_SIZE * size;
  const sameGlyph = next.start === last.start && next.end === last.end;
  const advances = next.start > last.start + 0.3 * (last.end - last.start);
  return sameGlyph || advances || next.start - last.end > -BACK_OF_SIZE * size;
}

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** Whether two letters are written from right to left: pdfium gives those in the order they are read. */
function isLeftward(last: Character, next: Character): boolean {
  return next.start < last.start && RIGHT_TO_LEFT.test(last.text) && RIGHT_TO_LEFT.test(next.text);
}

function splitRun(run: readonly Character[], words: RunWord[]): void {
  let word: RunWord | null = null;
  let previous: Character | null = null;
  let smallestGap = Number.POSITIVE_INFINITY;
  for (const character of run) {
    const leftward = previous !== null && isLeftward(previous, character);
    const gap: number = leftward
      ? (previous?.start ?? 0) - character.end
      : character.start - Math.max(previous?.end ?? 0, previous?.start ?? 0);
    const letterGap = Math.min(
      Math.max(smallestGap === Number.POSITIVE_INFINITY ? 0 : smallestGap, 0),
      MAX_LETTER_GAP * character.size,
    );
    if (!word || gap > letterGap + GAP_OF_SIZE * character.size) {
      word = { ...character };
      words.push(word);
      smallestGap = Number.POSITIVE_INFINITY;
    } else {
      word.text += character.text;
      word.start = Math.min(word.start, character.start);
      word.end = Math.max(word.end, character.end);
      word.top = Math.min(word.top, character.top);
      word.bottom = Math.max(word.bottom, character.bottom);
      word.size = Math.max(word.size, character.size);
      smallestGap = Math.min(smallestGap, gap);
    }
    previous = character;
  }
}

/** So many single letters in an even row are a word set wide, as headings are. */
const MIN_SPACED_LETTERS = 4;
/** Letters set wider than this share of their height are apart on purpose. */
const MAX_SPACING = 0.9;
/** How far a gap may be from the row's first one, as a share of the height. */
const SPACING_SLACK = 0.12;

/** Joins headings set wide (`I N V O I C E`), which otherwise are a word a letter. Rows of digits stay apart. */
export function joinSpacedLetters(words: readonly RunWord[]): RunWord[] {
  const joined: RunWord[] = [];
  for (let first = 0; first < words.length;) {
    const end = endOfSpacedRow(words, first);
    const row = words.slice(first, end);
    const letters = row.filter((word) => /\p{L}/u.test(word.text)).length;
    if (row.length >= MIN_SPACED_LETTERS && letters > 0.6 * row.length) joined.push(joinRow(row));
    else joined.push(...row);
    first = end;
  }
  return joined;
}

/** The index behind the last single character that goes on evenly from `first`. */
function endOfSpacedRow(words: readonly RunWord[], first: number): number {
  let spacing: number | null = null;
  let last = words[first];
  let end = first + 1;
  if (!last || !isSingle(last)) return end;
  for (; end < words.length; end++) {
    const next = words[end];
    if (!next || !isSingle(next) || next.turns !== last.turns) return end;
    const { size } = last;
    const gap = next.start - last.end;
    if (Math.abs(next.baseline - last.baseline) > SHIFT_OF_SIZE * size || gap < 0) return end;
    if (gap > MAX_SPACING * size || Math.abs(gap - (spacing ?? gap)) > SPACING_SLACK * size) return end;
    spacing ??= gap;
    last = next;
  }
  return end;
}

const isSingle = (word: RunWord) => Array.from(word.text).length === 1;

function joinRow(row: readonly RunWord[]): RunWord {
  const [first, ...rest] = row;
  if (!first) throw new RangeError("a row has words");
  const word = { ...first };
  for (const next of rest) {
    word.text += next.text;
    word.end = Math.max(word.end, next.end);
    word.top = Math.min(word.top, next.top);
    word.bottom = Math.max(word.bottom, next.bottom);
  }
  return word;
}

/** Drops words drawn again over themselves, as printers do for bold type and shadows. */
export function dropOverprints(words: readonly RunWord[]): RunWord[] {
  const seen = new Map<string, RunWord[]>();
  return words.filter((word) => {
    const twins = seen.get(word.text);
    if (!twins) {
      seen.set(word.text, [word]);
      return true;
    }
    const slack = 0.25 * word.size;
    const drawn = twins.some(
      (twin) =>
        twin.turns === word.turns &&
        Math.abs(twin.start - word.start) < slack &&
        Math.abs(twin.end - word.end) < slack &&
        Math.abs(twin.baseline - word.baseline) < slack,
    );
    if (!drawn) twins.push(word);
    return !drawn;
  });
}

/** How far apart, by the larger word's height, two baselines of one line may be. */
const LINE_SHIFT = 0.3;

/** Numbers the lines of words: those of one direction whose baselines agree, from the top, each from its start. */
export function numberLines(words: readonly RunWord[]): { word: RunWord; line: number }[] {
  const lines: RunWord[][] = [];
  for (const turns of [0, 1, 2, 3] as const) {
    const own = words.filter((word) => word.turns === turns).sort((a, b) => a.baseline - b.baseline);
    let line: RunWord[] = [];
    for (const word of own) {
      const last = line.at(-1);
      if (last && word.baseline - last.baseline > LINE_SHIFT * Math.min(last.size, word.size)) {
        lines.push(line);
        line = [];
      }
      line.push(word);
    }
    if (line.length > 0) lines.push(line);
  }
  return raiseIndices(lines).flatMap((line, number) =>
    line.sort((a, b) => a.start - b.start).map((word) => ({ word, line: number })),
  );
}

/** Puts raised and lowered small words (cents, footnote marks) into the line they are set against. */
function raiseIndices(lines: RunWord[][]): RunWord[][] {
  const kept: RunWord[][] = lines.map((line) => [...line]);
  for (const [number, line] of kept.entries()) {
    for (const near of [kept[number - 1], kept[number + 1]]) {
      if (!near || line.length === 0 || line.length > 8) continue;
      if (!line.every((word) => near.some((base) => isIndexOf(word, base)))) continue;
      near.push(...line);
      line.length = 0;
    }
  }
  return kept.filter((line) => line.length > 0);
}

function isIndexOf(word: RunWord, base: RunWord): boolean {
  if (word.turns !== base.turns || word.size > 0.8 * base.size) return false;
  const middle = (word.top + word.bottom) / 2;
  if (middle < base.top - 0.1 * base.size || middle > base.bottom + 0.1 * base.size) return false;
  const gap = Math.max(word.start - base.end, base.start - word.end);
  return gap < 0.5 * base.size;
}

/** The size of the upright page in points. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** Takes a point of the page turned counter-clockwise by `turns` back to the page. */
export function toPage(along: number, across: number, turns: QuarterTurns, page: PageSize): [number, number] {
  switch (turns) {
    case 0:
      return [along, across];
    case 1:
      return [page.width - across, along];
    case 2:
      return [page.width - along, page.height - across];
    case 3:
      return [across, page.height - along];
  }
}

/** Takes a point of the page into the space of runs turned clockwise by `turns`, in which they are written from left to right. */
export function toRun(x: number, y: number, turns: QuarterTurns, page: PageSize): [number, number] {
  switch (turns) {
    case 0:
      return [x, y];
    case 1:
      return [y, page.width - x];
    case 2:
      return [page.width - x, page.height - y];
    case 3:
      return [page.height - y, x];
  }
}

/** Words and lines as a reader gives them: boxes in fractions of the page, what lies outside it dropped. */
export function placeWords(words: readonly RunWord[], page: PageSize): ReadWord[] {
  const placed: ReadWord[] = [];
  for (const { word, line } of numberLines(words)) {
    const [xa, ya] = toPage(word.start, word.top, word.turns, page);
    const [xb, yb] = toPage(word.end, word.bottom, word.turns, page);
    const box: BBox = [
      Math.min(xa, xb) / page.width,
      Math.min(ya, yb) / page.height,
      Math.max(xa, xb) / page.width,
      Math.max(ya, yb) / page.height,
    ];
    const visible = box.map((edge) => Math.min(1, Math.max(0, edge))) as unknown as BBox;
    const centre = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2] as const;
    if (centre.some((part) => !(part >= 0 && part <= 1))) continue;
    placed.push({ text: word.text, bbox: visible, confidence: 1, line });
  }
  return placed;
}
