import type { RecognizedWord } from "../../ports.ts";
import { plausibility } from "./plausibility.ts";

/** A word that only a later reading saw has to be so sure to be taken in. */
const ALONE_CONFIDENCE = 0.6;

/** The first reading's text is given up only for one that is better by so much. */
const MARGIN = 0.02;

/** What each reading saw on one place of the page; by reading, from the left. */
type Spot = RecognizedWord[][];

/**
 * Joins readings of the same image, place by place: where they differ, the text that most of them
 * agree on or are surest of wins; what only a later one saw is taken in when it is sure.
 * Boxes must be in the same pixels. Lines stay the first reading's, numbered from the top.
 */
export function mergeReadings(readings: readonly (readonly RecognizedWord[])[]): RecognizedWord[] {
  const merged: RecognizedWord[] = [];
  const added: RecognizedWord[] = [];
  for (const spot of findSpots(readings)) {
    const [home] = spot[0] ?? [];
    const best = spot.some(spansLines) ? (spot[0] ?? []) : elect(spot);
    if (home) merged.push(...best.map((word) => ({ ...word, line: home.line })));
    else if (worth(best) >= ALONE_CONFIDENCE) added.push(...best);
  }
  let nextLine = merged.reduce((most, word) => Math.max(most, word.line), -1) + 1;
  const free = added.filter((word) => !merged.some((other) => touches(word, other)));
  for (const word of free) merged.push({ ...word, line: lineAt(merged, word) ?? nextLine++ });
  return inReadingOrder(merged);
}

/** On a skewed page a spot can chain words of several lines; such a spot is left as the first reading has it. */
function spansLines(words: readonly RecognizedWord[]): boolean {
  return words.some((word) => word.line !== words[0]?.line);
}

function onLine(word: RecognizedWord, line: number): RecognizedWord {
  return { ...word, line };
}

/** The words with the most votes: each reading votes for its text with its worth. */
function elect(spot: Spot): RecognizedWord[] {
  const votes = new Map<string, { words: RecognizedWord[]; sum: number; top: number }>();
  for (const words of spot) {
    if (words.length === 0) continue;
    const text = words.map((word) => word.text).join(" ");
    const mine = worth(words);
    const known = votes.get(text);
    if (!known) votes.set(text, { words, sum: mine, top: mine });
    else {
      known.sum += mine;
      if (mine > known.top) Object.assign(known, { words, top: mine });
    }
  }
  let best: { words: RecognizedWord[]; sum: number } = { words: [], sum: -MARGIN };
  for (const vote of votes.values()) if (vote.sum > best.sum + MARGIN) best = vote;
  return best.words;
}

/** Mean confidence by characters, weighed by how much the words look like print. */
function worth(words: readonly RecognizedWord[]): number {
  let [sum, length] = [0, 0];
  for (const word of words) {
    sum += word.confidence * plausibility(word.text) * word.text.length;
    length += word.text.length;
  }
  return length === 0 ? 0 : sum / length;
}

/** Groups words that overlap each other across the readings. */
function findSpots(readings: readonly (readonly RecognizedWord[])[]): Spot[] {
  const entries = readings.flatMap((words, reading) => words.map((word) => ({ word, reading })));
  const owner = entries.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (owner[at] !== at) at = owner[at] ?? at;
    return at;
  };
  const order = entries.map((_, index) => index).sort((a, b) => top(entries[a]) - top(entries[b]));
  const tallest = entries.reduce((most, { word }) => Math.max(most, word.y1 - word.y0), 0);
  for (const [position, a] of order.entries()) {
    for (let next = position + 1; next < order.length; next += 1) {
      const b = order[next] ?? a;
      const [one, other] = [entries[a], entries[b]];
      if (!one || !other || other.word.y0 > one.word.y0 + tallest || other.word.y0 > one.word.y1) break;
      if (one.reading !== other.reading && overlaps(one.word, other.word)) owner[root(b)] = root(a);
    }
  }
  const spots = new Map<number, Spot>();
  for (const [index, { word, reading }] of entries.entries()) {
    const key = root(index);
    const spot = spots.get(key) ?? readings.map(() => []);
    spot[reading]?.push(word);
    spots.set(key, spot);
  }
  for (const spot of spots.values()) for (const words of spot) words.sort((a, b) => a.x0 - b.x0);
  return [...spots.values()];
}

function top(entry: { word: RecognizedWord } | undefined): number {
  return entry?.word.y0 ?? 0;
}

/** Whether two boxes share half of the narrower one's width and half of the taller one's height. */
function overlaps(a: RecognizedWord, b: RecognizedWord): boolean {
  const height = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  if (height < 0.5 * Math.max(a.y1 - a.y0, b.y1 - b.y0)) return false;
  const width = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  return width >= 0.5 * Math.min(a.x1 - a.x0, b.x1 - b.x0);
}

/** Whether two boxes share a sixth of the smaller one's area. */
function touches(a: RecognizedWord, b: RecognizedWord): boolean {
  const width = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  const height = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  if (width <= 0 || height <= 0) return false;
  return width * height * 6 > Math.min(area(a), area(b));
}

function area(word: RecognizedWord): number {
  return (word.x1 - word.x0) * (word.y1 - word.y0);
}

/** The line whose words stand most beside this one. */
function lineAt(words: readonly RecognizedWord[], word: RecognizedWord): number | null {
  let best: { line: number; share: number } | null = null;
  for (const other of words) {
    const shared = Math.min(word.y1, other.y1) - Math.max(word.y0, other.y0);
    const share = shared / Math.max(word.y1 - word.y0, other.y1 - other.y0);
    if (share > (best?.share ?? 0.5)) best = { line: other.line, share };
  }
  return best?.line ?? null;
}

/** Orders lines from the top and their words from the left, and numbers the lines anew. */
function inReadingOrder(words: readonly RecognizedWord[]): RecognizedWord[] {
  const lines = new Map<number, RecognizedWord[]>();
  for (const word of words) {
    const line = lines.get(word.line);
    if (line) line.push(word);
    else lines.set(word.line, [word]);
  }
  const middle = (line: readonly RecognizedWord[]): number =>
    line.reduce((sum, word) => sum + word.y0 + word.y1, 0) / line.length;
  return [...lines.values()]
    .sort((a, b) => middle(a) - middle(b))
    .flatMap((line, index) => line.sort((a, b) => a.x0 - b.x0).map((word) => onLine(word, index)));
}
