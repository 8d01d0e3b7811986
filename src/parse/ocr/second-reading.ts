import type { GrayImage, LineReader, LineReading, RecognizedWord } from "../../ports.ts";
import { findComponents } from "./components.ts";
import { cropLine, type LineCrop } from "./crop-line.ts";
import { findSegments, type Segment } from "./find-segments.ts";
import { lettersOf } from "./vocabulary.ts";
import { voteOnLine } from "./vote.ts";

/**
 * Width of all lines of a page that are read a second time, in pixels at the reader's height: what is left of four
 * seconds by estimate, as clocks stand still between I/O. A thousand pixels take a fifth of a second, and so do two dozen
 * words each time that the whole page was read before. Figures and what was read unsurely come first: the least width
 * holds the amounts of a dense page.
 */
const WIDTH = { most: 14_000, least: 4_000, from: 18_000, aWord: 45 } as const;
/**
 * Names and addresses stand in a page's upper part, where every letter counts. Further down lines are read at so much
 * of their width, which costs 4 words in 1,000 and saves a fifth of the time.
 */
const HEAD = 0.42;
const SQUEEZE = 0.8;

/**
 * Reads lines of a page again with the line reader, those first that hold figures or were read unsurely, and lets
 * the two readings vote. `clean` is the page with firm ink for finding print, `image` the page as it is for reading it;
 * both have the same pixels as the words. Null when the reader does not answer.
 */
export async function readAgain(
  reader: LineReader,
  image: GrayImage,
  clean: GrayImage,
  words: readonly RecognizedWord[],
  maxWidth: number,
): Promise<RecognizedWord[] | null> {
  const segments = findSegments(words, findComponents(clean));
  const chosen: Chosen[] = [];
  let width = 0;
  const weighed = segments.map((segment) => ({ segment, weight: weightOf(segment, image) }));
  for (const { segment, weight } of weighed.toSorted((a, b) => b.weight - a.weight)) {
    if (weight < WORTH) break;
    const crop = cropLine(image, segment, segment.y1 < HEAD * image.height ? 1 : SQUEEZE);
    if (!crop || width + crop.width > maxWidth) continue;
    width += crop.width;
    chosen.push({ segment, crop });
  }
  const readings = await reader.read(chosen.map(({ crop }) => crop));
  if (readings.length < chosen.length) return null;
  const vote = (known?: ReadonlySet<string>): RecognizedWord[] => voteOnLines(chosen, readings, words, known);
  const voted = vote(knownFrom(vote()));
  const settled = new Set(chosen.flatMap(({ segment }, index) => (readings[index] ? segment.words : [])));
  return [...words.filter((word) => !settled.has(word)), ...voted];
}

/** The width of lines that there is time for when so many words have been read, each as often as it was. */
export function widthFor(words: number): number {
  return Math.max(WIDTH.least, Math.min(WIDTH.most, WIDTH.from - WIDTH.aWord * words));
}

interface Chosen {
  readonly segment: Segment;
  readonly crop: LineCrop;
}

/** Lets the readings of each segment vote. Words of a segment stay on their line, new ones begin lines. */
function voteOnLines(
  chosen: readonly Chosen[],
  readings: readonly LineReading[],
  words: readonly RecognizedWord[],
  known?: ReadonlySet<string>,
): RecognizedWord[] {
  const voted: RecognizedWord[] = [];
  let line = words.reduce((most, word) => Math.max(most, word.line), -1);
  for (const [index, { segment, crop }] of chosen.entries()) {
    const reading = readings[index];
    if (!reading) continue;
    const home = segment.words[0]?.line ?? (line += 1);
    for (const word of voteOnLine(segment, reading, crop, known)) voted.push({ ...word, line: home });
  }
  return voted;
}

/** Words of more letters than these name something: print that is nearly one of them elsewhere is likely the same. */
const NAMING = 4;
const SURELY = 0.9;

/** The words that both readers read alike. */
function knownFrom(voted: readonly RecognizedWord[]): ReadonlySet<string> {
  const sure = voted.filter(({ text, confidence }) => confidence >= SURELY && !/\d/u.test(text));
  return new Set(
    sure
      .flatMap(({ text }) => text.split(/[^\p{L}]+/u))
      .map((part) => lettersOf(part))
      .filter(({ length }) => length > NAMING),
  );
}

/** Lines of a page's top name who it is from: their letters count as much as figures do. */
const TOP = { share: 0.25, weight: 1.5 } as const;

/**
 * Sure text without figures is left as it was read: a sixteenth of the width of all lines, of which one word in 1,000
 * would have come out better.
 */
const WORTH = 0.7;

/** How much a second reading of a segment promises: figures and what was read unsurely first, long sure text last. */
function weightOf({ words, y1 }: Segment, page: GrayImage): number {
  if (words.length === 0) return 2;
  const unsure = words.reduce((sum, { confidence }) => sum + 1 - confidence, 0) / words.length;
  const figures = words.some(({ text }) => /\d/u.test(text)) ? 2 : 0;
  const names = words.some(({ text }) => /^\p{Lu}/u.test(text)) ? 0.5 : 0;
  const top = names > 0 && y1 < TOP.share * page.height ? TOP.weight : 0;
  return Math.max(figures, top) + names + 3 * unsure;
}
