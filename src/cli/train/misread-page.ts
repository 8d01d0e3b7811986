import type { ReadWord } from "../../ports.ts";
import type { Random } from "./random.ts";

/** What readers of pictures take for each other. */
const ALIKE: Readonly<Record<string, readonly string[]>> = {
  "0": ["O", "8", "6"],
  "1": ["l", "I", "7"],
  "2": ["Z", "7"],
  "3": ["8", "9"],
  "4": ["A", "1"],
  "5": ["S", "6"],
  "6": ["8", "5", "G"],
  "7": ["1", "2"],
  "8": ["B", "3", "0"],
  "9": ["8", "0"],
  O: ["0", "Q", "D"],
  I: ["1", "l", "T"],
  l: ["1", "I"],
  S: ["5", "8"],
  B: ["8", "R"],
  D: ["O", "0"],
  G: ["6", "C"],
  E: ["F", "B"],
  A: ["4", "R"],
  M: ["N", "W"],
  N: ["M", "H"],
  H: ["N", "R"],
  T: ["I", "Y"],
  U: ["V", "O"],
  V: ["Y", "U"],
  e: ["c", "o"],
  a: ["o", "e"],
  n: ["m", "r"],
  i: ["l", "1"],
  t: ["f", "l"],
  ".": [",", "", ""],
  ",": [".", "", ""],
  ":": [".", "", ";"],
  "/": ["7", "1", ""],
  "-": ["", "~", "."],
};

/** How badly a page is misread: shares of letters, words and lines. */
export interface Misreading {
  readonly letters: number;
  readonly split: number;
  readonly merged: number;
  readonly dropped: number;
  readonly lines: number;
  readonly specks: number;
}

export const MISREADINGS: readonly Misreading[] = [
  { letters: 0.012, split: 0.01, merged: 0.01, dropped: 0.006, lines: 0.01, specks: 0.01 },
  { letters: 0.03, split: 0.02, merged: 0.02, dropped: 0.02, lines: 0.02, specks: 0.05 },
];

/** The words as a reader of a worn page would give them: some wrong, split, run together or lost. */
export function misread(words: readonly ReadWord[], how: Misreading, random: Random): ReadWord[] {
  const lost = new Set([...new Set(words.map((word) => word.line))].filter(() => random.chance(how.lines)));
  // Print is not bad everywhere: some lines are much worse than others.
  const worn = new Map<number, number>();
  const found: ReadWord[] = [];
  for (const word of words) {
    if (lost.has(word.line) || random.chance(how.dropped)) continue;
    const factor = worn.get(word.line) ?? (random.chance(0.2) ? 2.5 : 0.6);
    worn.set(word.line, factor);
    const read = misreadWord(word, how.letters * factor, random);
    if (read.text === "") continue;
    const previous = found[found.length - 1];
    if (previous && previous.line === read.line && random.chance(how.merged)) {
      found[found.length - 1] = joinWords(previous, read);
    } else if (read.text.length > 3 && random.chance(how.split)) found.push(...splitWord(read, random));
    else found.push(read);
    if (random.chance(how.specks * 0.2)) found.push(speckBeside(read, random));
  }
  return found;
}

function misreadWord(word: ReadWord, share: number, random: Random): ReadWord {
  let text = "";
  let wrong = 0;
  for (const letter of word.text) {
    if (!random.chance(share)) {
      text += letter;
      continue;
    }
    wrong += 1;
    const alike = ALIKE[letter] ?? [letter, ""];
    text += alike[random.below(alike.length)] ?? letter;
  }
  const sure = wrong === 0 ? 0.86 + 0.11 * random.next() : 0.25 + 0.6 * random.next();
  const confidence = random.chance(0.04) ? 0.3 + 0.5 * random.next() : sure;
  return { ...word, text, confidence };
}

function joinWords(a: ReadWord, b: ReadWord): ReadWord {
  const [x0, y0] = [Math.min(a.bbox[0], b.bbox[0]), Math.min(a.bbox[1], b.bbox[1])];
  const [x1, y1] = [Math.max(a.bbox[2], b.bbox[2]), Math.max(a.bbox[3], b.bbox[3])];
  return {
    ...a,
    text: a.text + b.text,
    bbox: [x0, y0, x1, y1],
    confidence: Math.min(a.confidence, b.confidence),
  };
}

function splitWord(word: ReadWord, random: Random): ReadWord[] {
  const at = 1 + random.below(word.text.length - 2);
  const [x0, y0, x1, y1] = word.bbox;
  const unit = (x1 - x0) / word.text.length;
  return [
    { ...word, text: word.text.slice(0, at), bbox: [x0, y0, x0 + unit * (at - 0.2), y1] },
    { ...word, text: word.text.slice(at), bbox: [x0 + unit * (at + 0.2), y0, x1, y1] },
  ];
}

function speckBeside({ bbox: [, y0, x1, y1], line }: ReadWord, random: Random): ReadWord {
  const text = [".", "|", "~", "'", "_", "i", "—"][random.below(7)] ?? ".";
  return { text, bbox: [x1 + 0.006, y0, x1 + 0.014, y1], confidence: 0.2 + 0.4 * random.next(), line };
}
