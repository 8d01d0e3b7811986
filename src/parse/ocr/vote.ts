import type { LineReading, RecognizedWord } from "../../ports.ts";
import type { LineCrop } from "./crop-line.ts";
import type { Segment } from "./find-segments.ts";
import { plausibility } from "./plausibility.ts";
import { preferSecond, weigh } from "./prefer.ts";
import { respell } from "./respell.ts";
import { splitReading, type SplitWord } from "./split-reading.ts";
import { isKnownWord } from "./vocabulary.ts";

/** What the line reader saw where nobody had seen anything has to be so sure. */
const ALONE = 0.85;
/** Words that it does not see among others that it sees have to be so sure. */
const UNSEEN = 0.6;
/**
 * The line reader's confidence on the first reader's scale, from pages whose text is known: where they differ,
 * its 0.97 is right as often as the other's 0.95, its 0.85 as often as 0.55, and below 0.7 it is noise.
 */
const SCALE = { zero: 0.7, unit: 0.28 } as const;
/** A word of the language is so much likelier than one that is none. */
const FAMILIAR = 1.15;
/** A known word that the line reader held less likely than that beside what it read was not printed. */
const LEAST_ODDS = 0.03;
/** What a word that was read otherwise keeps of its confidence. */
const RESPELLED = 0.95;

/** Words that the page holds for sure, as `lettersOf` folds them. */
type Known = ReadonlySet<string> | undefined;
/** How sure a word is of which the readings differ in signs that look alike. */
const ALIKE = 0.85;
/** A second reading so much shorter than the first has lost letters. */
const LOST = 0.7;

/**
 * Lets the words that were found on a stretch of print and its second reading vote, place by place. The confidence
 * says how often such a word is right: 0.9 and more where both readers agree, less than 0.8 where one is believed.
 */
export function voteOnLine(
  segment: Segment,
  reading: LineReading,
  crop: LineCrop,
  known?: ReadonlySet<string>,
): RecognizedWord[] {
  const second = splitReading(segment, reading, crop).map((word) => withSpelling(withRepairs(word), known));
  if (segment.words.length === 0) return isPrint(second) ? second.map((word) => trust(word, 0.9)) : [];
  return spotsOf(segment.words, second).flatMap((spot) => elect(spot, known));
}

/** Whether what only the line reader saw is print: sure of itself, and of the shape of words. */
function isPrint(words: readonly RecognizedWord[]): boolean {
  const length = words.reduce((sum, { text }) => sum + text.length, 0);
  return length >= 2 && worth(words) >= ALONE;
}

function elect({ first, second }: Spot, known: Known): RecognizedWord[] {
  if (second.length === 0)
    return first.filter(({ confidence }) => confidence >= UNSEEN).map((word) => trust(word, 0.8));
  if (first.length === 0)
    return second.filter((word) => worth([word]) >= ALONE).map((word) => trust(word, 0.8));
  const [one, other] = [textOf(first), textOf(second)];
  if (bare(one) === bare(other)) return agreed(first, second);
  if (isOutside(one) && bare(one).length === bare(other).length) return first.map((word) => trust(word, 0.9));
  if (fold(one) === fold(other)) {
    const chosen = preferSecond(first, second, known) < 0.5 ? first : placed(second, first);
    return chosen.map((word) => withConfidence(word, ALIKE));
  }
  return differing({ first, second }, known);
}

/** Both read the same letters: the words of whoever parts them more plausibly, and surer than either alone. */
function agreed(first: readonly RecognizedWord[], second: readonly RecognizedWord[]): RecognizedWord[] {
  const chosen = first.length === second.length || shape(first) >= shape(second) ? first : second;
  const [one, other] = [confidenceOf(first), confidenceOf(second)];
  const sure = Math.min(0.99, 0.86 + 0.1 * one + 0.03 * other);
  return chosen.map((word) => withConfidence(word, sure));
}

function differing({ first, second }: Spot, known: Known): RecognizedWord[] {
  const lost = bare(textOf(second)).length < LOST * bare(textOf(first)).length && confidenceOf(first) > 0.4;
  const other = scaled(second);
  if (lost || preferSecond(first, second, known) < 0.5) return first.map((word) => trust(word, 0.8));
  const sure = Math.min(0.8, Math.max(0.2, 0.8 * other));
  return placed(second, first).map((word) => withConfidence(word, sure));
}

/** A word with the letters that make a known one of it, where the reader held them possible. */
function withSpelling(word: SplitWord, known: Known): SplitWord {
  const other = respell(word.token, (text) => isKnownWord(text, known));
  if (!other || other.odds < LEAST_ODDS) return word;
  return { ...word, text: other.text, confidence: word.confidence * RESPELLED };
}

/** A second reading's confidence on the first one's scale. */
function scaled(words: readonly RecognizedWord[]): number {
  return (confidenceOf(words) - SCALE.zero) / SCALE.unit;
}

function trust(word: RecognizedWord, share: number): RecognizedWord {
  return withConfidence(word, word.confidence * share);
}

function withConfidence(word: RecognizedWord, confidence: number): RecognizedWord {
  return { ...word, confidence };
}

/** The second reading's words in the boxes of the first, where there are as many, else on their height. */
function placed(words: readonly RecognizedWord[], boxes: readonly RecognizedWord[]): RecognizedWord[] {
  return words.map((word, index) => {
    const box = boxes.length === words.length ? boxes[index] : undefined;
    return box ? { ...box, text: word.text, confidence: word.confidence } : word;
  });
}

function textOf(words: readonly RecognizedWord[]): string {
  return words.map(({ text }) => text).join(" ");
}

function bare(text: string): string {
  return text.replaceAll(" ", "");
}

/** Whether a text has letters or signs that the line reader does not know. */
function isOutside(text: string): boolean {
  return /[€£¢äöüßÄÖÜçñøåæœëïêâîôûžšřčłśćżąę]/u.test(text);
}

const CONFUSED: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "l",
  i: "l",
  "|": "l",
  "!": "l",
  "5": "s",
  $: "s",
  "8": "b",
  "6": "g",
  "2": "z",
};

/** A text in which signs that look alike are one. */
function fold(text: string): string {
  return Array.from(bare(text).toLowerCase(), (letter) => CONFUSED[letter] ?? letter).join("");
}

const DIGITS_FOR_LETTERS: Readonly<Record<string, string>> = { "0": "O", "1": "I" };

/** Puts figures for the letters that end a number (475OO), letters for the figures that stand among nothing but letters: INV0ICE, Tab1e. */
function withRepairs(word: SplitWord): SplitWord {
  const numbered = word.text.replace(/(?<![\p{L}\d])\d{2,}O{1,3}(?![\p{L}\d])/gu, (number) =>
    number.replaceAll("O", "0"),
  );
  const text = numbered.replace(/\p{L}[\p{L}01]*[01][\p{L}01]*/gu, (part: string, at: number) => {
    const letters = part.replace(/[01]/gu, "");
    const figures = part.length - letters.length;
    const inNumber =
      /[\d/-]$/u.test(numbered.slice(0, at)) || /^[\d/-]/u.test(numbered.slice(at + part.length));
    if (inNumber || letters.length < 2 || figures > 2 || figures * 2 > letters.length + 1) return part;
    if (/[01]{2}/u.test(part) && letters.length < 3) return part;
    const lower = /\p{Ll}/u.test(part);
    return part.replace(/[01]/gu, (digit) => {
      if (lower) return digit === "0" ? "o" : "l";
      return DIGITS_FOR_LETTERS[digit] ?? digit;
    });
  });
  return text === word.text ? word : { ...word, text };
}

function confidenceOf(words: readonly RecognizedWord[]): number {
  return weigh(words, ({ confidence }) => confidence);
}

/** How much words look like print, by characters. */
function shape(words: readonly RecognizedWord[]): number {
  return weigh(words, ({ text }) => plausibility(text) * (isKnownWord(text) ? FAMILIAR : 1));
}

function worth(words: readonly RecognizedWord[]): number {
  return weigh(words, ({ confidence, text }) => confidence * Math.min(1, plausibility(text)));
}

/** What the two readings have at one place of a line. */
interface Spot {
  readonly first: RecognizedWord[];
  readonly second: SplitWord[];
}

/** Groups the words that overlap, from the left. */
function spotsOf(first: readonly RecognizedWord[], second: readonly SplitWord[]): Spot[] {
  const entries = [
    ...first.map((word) => ({ word, split: null })),
    ...second.map((word) => ({ word, split: word })),
  ].sort((a, b) => a.word.x0 - b.word.x0);
  const spots: Spot[] = [];
  for (const { word, split } of entries) {
    const last = spots.at(-1);
    const others = (split ? last?.first : last?.second) ?? [];
    const goesOn = others.some((other) => overlap(other, word));
    const spot = last && goesOn ? last : { first: [], second: [] };
    if (spot !== last) spots.push(spot);
    if (split) spot.second.push(split);
    else spot.first.push(word);
  }
  return spots;
}

/** Whether two words of a line share half of the narrower one's width. */
function overlap(a: RecognizedWord, b: RecognizedWord): boolean {
  const shared = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  return shared > 0 && shared >= 0.5 * Math.min(a.x1 - a.x0, b.x1 - b.x0);
}
