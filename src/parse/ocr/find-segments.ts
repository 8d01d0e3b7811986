import type { RecognizedWord } from "../../ports.ts";
import type { PixelBox } from "./components.ts";
import { fitLine } from "./fit-line.ts";

/** A stretch of one line of print without wide gaps: its box, and the words that were read in it, from the left. */
export interface Segment extends PixelBox {
  /** By how much its print falls, a pixel to the right, about the middle of the box. */
  readonly slope: number;
  readonly words: readonly RecognizedWord[];
}

/** Words of a line that stand further apart than so many heights of print are parts of their own. */
const WIDE_GAP = 2.2;
/** Ink that no word covers joins what stands so near, in heights of print. */
const NEAR = 1.1;
/** Between stretches of a line that nobody read, print can stand that is too faint to be ink. */
const FAINT = 6;
/** Heights of ink that can be a letter, in heights of print. */
const LETTER = { least: 0.4, most: 2 } as const;
/** A stretch of ink that nobody read is looked at from so many heights of print in width. */
const MIN_WIDTH = 1.6;
/** Smaller ink says nothing of where a line stands. */
const TALL = 0.45;
const SURE = 0.5;
const MIN_HEIGHT = 7;

/** Divides a page into stretches of print: what was read, widened by the ink beside it, and ink that nobody read. */
export function findSegments(words: readonly RecognizedWord[], ink: readonly PixelBox[]): Segment[] {
  const print = printHeight(words, ink);
  const drafts = partsOfLines(words, print);
  const loose: PixelBox[] = [];
  const letters = ink.filter((box) => {
    const height = box.y1 - box.y0;
    return height >= LETTER.least * print && height <= LETTER.most * print && box.x1 - box.x0 <= 15 * print;
  });
  for (const letter of letters) {
    if (words.some((word) => covers(word, letter))) continue;
    loose.push(letter);
  }
  const free = chain(loose, print, NEAR).filter(
    (box) => box.x1 - box.x0 >= MIN_WIDTH * print && box.y1 - box.y0 >= MIN_HEIGHT,
  );
  return widen(drafts, chain(free, print, FAINT), print).map((segment) => fitted(segment, letters, print));
}

/** The usual height of print: of the words that were surely read, else of the ink. */
function printHeight(words: readonly RecognizedWord[], ink: readonly PixelBox[]): number {
  const sure = words.filter(({ text, confidence }) => text.length >= 3 && confidence >= SURE);
  const boxes: readonly PixelBox[] =
    sure.length > 0 ? sure : ink.filter(({ y0, y1 }) => y1 - y0 >= MIN_HEIGHT);
  const heights = boxes.map(({ y0, y1 }) => y1 - y0).sort((a, b) => a - b);
  return Math.max(MIN_HEIGHT, heights[heights.length >> 1] ?? MIN_HEIGHT);
}

function partsOfLines(words: readonly RecognizedWord[], print: number): Segment[] {
  const parts: Segment[] = [];
  for (const line of Map.groupBy(words, (word) => word.line).values()) {
    let part: RecognizedWord[] = [];
    for (const word of line.toSorted((a, b) => a.x0 - b.x0)) {
      const last = part.at(-1);
      if (last && word.x0 - last.x1 > WIDE_GAP * Math.max(print, heightOf(last))) {
        parts.push(around(part));
        part = [];
      }
      part.push(word);
    }
    if (part.length > 0) parts.push(around(part));
  }
  return parts;
}

/** The segment with the height and slope that its letters have: boxes of words can be much too tall. */
function fitted(segment: Segment, letters: readonly PixelBox[], print: number): Segment {
  const inside = letters.filter((letter) => covers(segment, letter) && heightOf(letter) >= TALL * print);
  const fit = fitLine(segment, inside);
  return fit && fit.y1 - fit.y0 >= MIN_HEIGHT ? { ...segment, ...fit } : segment;
}

function heightOf({ y0, y1 }: PixelBox): number {
  return y1 - y0;
}

function around(words: readonly RecognizedWord[]): Segment {
  return { ...words.reduce(join, words[0] ?? { x0: 0, y0: 0, x1: 0, y1: 0 }), words, slope: 0 };
}

function join(a: PixelBox, b: PixelBox): PixelBox {
  return {
    x0: Math.min(a.x0, b.x0),
    y0: Math.min(a.y0, b.y0),
    x1: Math.max(a.x1, b.x1),
    y1: Math.max(a.y1, b.y1),
  };
}

function covers(word: PixelBox, { x0, y0, x1, y1 }: PixelBox): boolean {
  const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
  return x >= word.x0 && x <= word.x1 && y >= word.y0 && y <= word.y1;
}

/** Joins boxes that stand beside each other on one line. */
function chain(boxes: readonly PixelBox[], print: number, reach: number): PixelBox[] {
  const chains: PixelBox[] = [];
  for (const box of boxes.toSorted((a, b) => a.x0 - b.x0)) {
    const at = chains.findLastIndex((other) => areBeside(other, box, print, reach));
    const other = chains[at];
    if (other) chains[at] = join(other, box);
    else chains.push(box);
  }
  return chains;
}

function areBeside(a: PixelBox, b: PixelBox, print: number, reach: number): boolean {
  const gap = Math.max(a.x0, b.x0) - Math.min(a.x1, b.x1);
  const shared = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  return (
    gap <= reach * print &&
    shared >= 0.5 * Math.min(heightOf(a), heightOf(b)) &&
    heightOf(join(a, b)) <= 1.6 * Math.max(print, Math.min(heightOf(a), heightOf(b)))
  );
}

/** Gives the ink that nobody read to the part of a line beside it, or leaves it a segment of its own. */
function widen(parts: readonly Segment[], free: readonly PixelBox[], print: number): Segment[] {
  const segments = [...parts];
  for (const box of free) {
    const at = segments.findIndex((part) => part.words.length > 0 && areBeside(part, box, print, NEAR));
    const part = segments[at];
    if (part) segments[at] = { ...part, ...join(part, box) };
    else segments.push({ ...box, words: [], slope: 0 });
  }
  return segments;
}
