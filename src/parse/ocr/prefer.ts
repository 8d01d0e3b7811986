import type { RecognizedWord } from "../../ports.ts";
import { plausibility } from "./plausibility.ts";
import { oddsOf } from "./respell.ts";
import type { SplitWord } from "./split-reading.ts";
import { isKnownWord } from "./vocabulary.ts";

/**
 * What speaks for the second reading of a place where the two differ: a logistic regression, fitted once on the places
 * of receipts with known text at which one of the two readings was right.
 */
const WEIGHTS = {
  bias: -2.83,
  firstSure: -1.59,
  secondSure: 3.65,
  firstKnown: -4.43,
  secondKnown: 2.7,
  /** By how much the first looks more like print. */
  plausible: -0.81,
  /** How possible the line reader itself holds the first reading, as a logarithm. */
  odds: -0.98,
  /** By how many letters the second is longer, in threes. */
  longer: 0.75,
} as const;
const LEAST_ODDS = 0.005;
const MOST_LONGER = 2;

/** How likely the second of two readings of a place is the right one, 0..1. */
export function preferSecond(
  first: readonly RecognizedWord[],
  second: readonly SplitWord[],
  known: ReadonlySet<string> | undefined,
): number {
  const [one, other] = [lettersIn(first), lettersIn(second)];
  const share = (words: readonly RecognizedWord[]): number =>
    weigh(words, ({ text }) => Number(isKnownWord(text, known)));
  const longer = Math.max(-MOST_LONGER, Math.min(MOST_LONGER, (other.length - one.length) / 3));
  const sum =
    WEIGHTS.bias +
    WEIGHTS.firstSure * weigh(first, ({ confidence }) => confidence) +
    WEIGHTS.secondSure * weigh(second, ({ confidence }) => confidence) +
    WEIGHTS.firstKnown * share(first) +
    WEIGHTS.secondKnown * share(second) +
    WEIGHTS.plausible * (likePrint(first) - likePrint(second)) +
    WEIGHTS.odds * Math.log(oddsOf(joined(second), one) + LEAST_ODDS) +
    WEIGHTS.longer * longer;
  return 1 / (1 + Math.exp(-sum));
}

/** Means over words, by their characters. */
export function weigh(words: readonly RecognizedWord[], of: (word: RecognizedWord) => number): number {
  let [sum, length] = [0, 0];
  for (const word of words) {
    sum += of(word) * word.text.length;
    length += word.text.length;
  }
  return length === 0 ? 0 : sum / length;
}

function likePrint(words: readonly RecognizedWord[]): number {
  return weigh(words, ({ text }) => plausibility(text));
}

function lettersIn(words: readonly RecognizedWord[]): string {
  return words.map(({ text }) => text.replace(/[^\p{L}\d]+/gu, "")).join("");
}

function joined(words: readonly SplitWord[]): SplitWord["token"] {
  return {
    characters: words.flatMap(({ token }) => token.characters),
    missed: words[0]?.token.missed ?? [],
  };
}
