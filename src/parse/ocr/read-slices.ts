import type { BBox } from "../../model/geometry.ts";
import type { GrayImage, Ocr, OcrResult, ReadWord } from "../../ports.ts";
import { cut } from "./orientation.ts";
import { turn } from "./gray.ts";

/** A picture so many times as long as wide is read in slices: scaled down as a whole its print would be lost. */
export const SLICE_RATIO = 2.6;
/** A slice's length, in widths of the picture. */
const SLICE_SHAPE = 1.5;
/** The cut goes where the least print is, within this share of a slice before and behind its place. */
const LEEWAY = 0.12;
/** Slices reach over each cut by so much of the picture's width, so that no word is cut in both. */
const OVERLAP = 0.08;
/** Words that a slice must have for its direction to be the whole picture's. */
const TELLING_WORDS = 8;

/** A part of the picture along its longer side: what is looked at, and between which places words are kept. */
interface Slice {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Reads a long picture (a till roll, a screenshot of a whole page) slice by slice. The direction is that of the
 * slice with the most print. Lines are numbered on from slice to slice.
 */
export async function readInSlices(ocr: Ocr, image: GrayImage): Promise<OcrResult> {
  const tall = image.height >= image.width;
  const profile = printAlong(image, tall);
  const slices = slicesOf(profile, Math.min(image.width, image.height));
  const busiest = slices.toSorted((a, b) => printIn(profile, b) - printIn(profile, a))[0];
  if (!busiest) return ocr.read(image);
  const trial = await ocr.read(cutSlice(image, busiest, tall));
  if (trial.rotation !== 0 && trial.words.length >= TELLING_WORDS) {
    const upright = turn(image, trial.rotation);
    const read = await readAll(ocr, upright, new Map());
    return { ...read, rotation: trial.rotation };
  }
  return readAll(ocr, image, new Map([[busiest.from, trial]]));
}

async function readAll(
  ocr: Ocr,
  image: GrayImage,
  known: ReadonlyMap<number, OcrResult>,
): Promise<OcrResult> {
  const tall = image.height >= image.width;
  const long = Math.max(image.width, image.height);
  const slices = slicesOf(printAlong(image, tall), Math.min(image.width, image.height));
  const words: ReadWord[] = [];
  const languages = new Map<string, number>();
  let lines = 0;
  for (const slice of slices) {
    const read = known.get(slice.from) ?? (await ocr.read(cutSlice(image, slice, tall)));
    const kept = keepWords(read, slice, { tall, long });
    words.push(...kept.map((word) => ({ ...word, line: word.line + lines })));
    lines += 1 + read.words.reduce((most, { line }) => Math.max(most, line), 0);
    if (read.language) languages.set(read.language, (languages.get(read.language) ?? 0) + kept.length);
  }
  const language = [...languages].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null;
  const confidence = words.reduce((sum, word) => sum + word.confidence, 0) / Math.max(1, words.length);
  return { words, rotation: 0, language, confidence };
}

/** A slice's words that belong to it, with their boxes on the whole picture. */
function keepWords(
  read: OcrResult,
  slice: Slice,
  { tall, long }: { tall: boolean; long: number },
): ReadWord[] {
  const start = slice.first / long;
  const share = (slice.last - slice.first) / long;
  return read.words.flatMap((word) => {
    const [x0, y0, x1, y1] = turnBack(word.bbox, read.rotation);
    const bbox: BBox = tall
      ? [x0, start + y0 * share, x1, start + y1 * share]
      : [start + x0 * share, y0, start + x1 * share, y1];
    const middle = (tall ? (bbox[1] + bbox[3]) / 2 : (bbox[0] + bbox[2]) / 2) * long;
    return middle >= slice.from && middle < slice.to ? [{ ...word, bbox }] : [];
  });
}

/** A box on the page as it lay before it was turned. */
function turnBack([x0, y0, x1, y1]: BBox, rotation: OcrResult["rotation"]): BBox {
  if (rotation === 90) return [y0, 1 - x1, y1, 1 - x0];
  if (rotation === 180) return [1 - x1, 1 - y1, 1 - x0, 1 - y0];
  if (rotation === 270) return [1 - y1, x0, 1 - y0, x1];
  return [x0, y0, x1, y1];
}

function cutSlice(image: GrayImage, { first, last }: Slice, tall: boolean): GrayImage {
  return tall
    ? cut(image, { x: 0, y: first, width: image.width, height: last - first })
    : cut(image, { x: first, y: 0, width: last - first, height: image.height });
}

/** How much print each row (of a tall picture) or column (of a wide one) crosses: its steps of brightness. */
function printAlong({ width, height, data }: GrayImage, tall: boolean): Float64Array {
  const profile = new Float64Array(tall ? height : width);
  for (let y = 0; y < height; y += 1) {
    for (let x = 1, at = y * width + 1; x < width; x += 1, at += 1) {
      const step = Math.abs((data[at] ?? 255) - (data[at - 1] ?? 255));
      if (step >= 24) profile[tall ? y : x] = (profile[tall ? y : x] ?? 0) + step;
    }
  }
  return profile;
}

function printIn(profile: Float64Array, { from, to }: Slice): number {
  return profile.subarray(from, to).reduce((sum, value) => sum + value, 0);
}

function slicesOf(profile: Float64Array, short: number): Slice[] {
  const long = profile.length;
  const count = Math.max(1, Math.round(long / (short * SLICE_SHAPE)));
  const length = long / count;
  const reach = Math.round(short * OVERLAP);
  const cuts = Array.from({ length: count - 1 }, (_, index) =>
    quietest(profile, Math.round(length * (index + 1)), Math.round(length * LEEWAY)),
  );
  const edges = [0, ...cuts, long];
  return edges.slice(0, -1).map((from, index) => {
    const to = edges[index + 1] ?? long;
    return { from, to, first: Math.max(0, from - reach), last: Math.min(long, to + reach) };
  });
}

/** The middle of the quietest stretch around a place. */
function quietest(profile: Float64Array, place: number, leeway: number): number {
  let [least, where, length] = [Number.POSITIVE_INFINITY, place, 0];
  for (let at = Math.max(0, place - leeway); at <= Math.min(profile.length - 1, place + leeway); at += 1) {
    const value = profile[at] ?? 0;
    if (value < least) [least, where, length] = [value, at, 1];
    else if (value === least && at === where + length) length += 1;
  }
  return where + (length >> 1);
}
