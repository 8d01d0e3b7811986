import type { BBox } from "../../model/geometry.ts";
import type {
  GrayImage,
  LineReader,
  Ocr,
  OcrLanguage,
  OcrResult,
  RecognizedWord,
  Recognizer,
} from "../../ports.ts";
import { flattenBackground, stretchLocally } from "./background.ts";
import { invert, isMostlyDark, stretchContrast, turn } from "./gray.ts";
import { judgeLanguage } from "./language.ts";
import { mergeReadings } from "./merge-readings.ts";
import { busiestWindow, cut, findAxis } from "./orientation.ts";
import { judge, type Quality } from "./quality.ts";
import { eraseRulings } from "./rulings.ts";
import { scaleGray } from "./scale.ts";
import { readAgain, widthFor } from "./second-reading.ts";
import { findSkew, straighten, type Straightened } from "./skew.ts";

type Rotation = OcrResult["rotation"];

/** Enlarging helps small print; beyond these pixels it only costs time and memory. */
const ENLARGE = 1.5;
const MAX_READ_PIXELS = 4_500_000;

/** Print that lies the right way nearly always reads so well, the wrong way never. */
const RIGHT_WAY = { share: 0.45, good: 12 } as const;

/** What another direction must win before a page is turned that reads poorly as it lies. */
const CLEARLY_BETTER = 0.15;

/** Less than it is read of print that lies the wrong way, or of none. */
const HOPELESS = 0.25;

/** A reading that is at least so good is not followed by another. */
const SURE = { share: 0.8, confidence: 0.88 } as const;
/** A longer page takes long to read: it is read again only when it went badly, or never. */
const LONG = { characters: 1_200, share: 0.65, confidence: 0.85 } as const;
const TOO_LONG = 2_600;
/** Two readings together that are at least so good, or that long, are not followed by a third. */
const SURE_TOGETHER = { share: 0.8, confidence: 0.8, characters: 700 } as const;

const ALL_WAYS: readonly Rotation[] = [0, 90, 180, 270];

/** The part of a page that is read to try a direction. */
const TRIAL = { width: 560, height: 280 } as const;

const ISO_639_1: Record<OcrLanguage, string> = { eng: "en", deu: "de", fra: "fr" };

/** What was read, with the boxes in pixels of the upright image. */
interface Reading {
  readonly words: readonly RecognizedWord[];
  readonly quality: Quality;
}

/**
 * Makes the page reader over a recogniser: evens out the light, wipes rulings, finds direction and
 * language. The lines that were found are read a second time by the line reader; without one, doubtful pages are
 * read again in another way.
 */
export function createPageReader(recognizer: Recognizer, lines: LineReader | null = null): Ocr {
  return {
    read: async (given: GrayImage): Promise<OcrResult> => {
      const image = await toDarkOnLight(recognizer, given);
      const { rotation, upright, straight, reading } = await readUpright(recognizer, image);
      const language = judgeLanguage(reading.words);
      const spoken =
        language === "eng" ? reading : await readIn(recognizer, straight.image, reading, language);
      const best =
        (lines ? await readLines(lines, straight.image, spoken, language === "eng" ? 1 : 2) : null) ??
        (await readDoubtful(recognizer, straight.image, spoken, language));
      return {
        words: best.words.map((word) => ({
          text: word.text,
          bbox: boxOn(upright, word, straight),
          confidence: word.confidence,
          line: word.line,
        })),
        rotation,
        language: best.words.length === 0 ? null : ISO_639_1[language],
        confidence: best.quality.confidence,
      };
    },
  };
}

/** An image of light print on dark ground turned into its opposite; one of paper on a dark table stays. */
async function toDarkOnLight(recognizer: Recognizer, image: GrayImage): Promise<GrayImage> {
  if (!isMostlyDark(image)) return image;
  const opposite = invert(image);
  const [asItIs, inverted] = [
    await tryDirections(recognizer, eraseRulings(stretchLocally(image)), ALL_WAYS),
    await tryDirections(recognizer, eraseRulings(stretchLocally(opposite)), ALL_WAYS),
  ];
  return inverted.quality.share > asItIs.quality.share + CLEARLY_BETTER ? opposite : image;
}

/** A word's box in fractions of the upright page, from where it was read on the straightened one. */
function boxOn(
  { width, height }: GrayImage,
  { x0, y0, x1, y1 }: RecognizedWord,
  straight: Straightened,
): BBox {
  // On a slope, the corners would make a box that is too tall: the middles of the sides tell its size.
  const [left, right] = [straight.back(x0, (y0 + y1) / 2), straight.back(x1, (y0 + y1) / 2)];
  const [top, bottom] = [straight.back((x0 + x1) / 2, y0), straight.back((x0 + x1) / 2, y1)];
  const share = (value: number, of: number): number => Math.min(1, Math.max(0, value / of));
  return [share(left[0], width), share(top[1], height), share(right[0], width), share(bottom[1], height)];
}

/** Reads the whole page the right way up and straight, trying the other directions when it does not read. */
async function readUpright(
  recognizer: Recognizer,
  image: GrayImage,
): Promise<{ rotation: Rotation; upright: GrayImage; straight: Straightened; reading: Reading }> {
  const readTurned = async (rotation: Rotation) => {
    const upright = turn(image, rotation);
    const straight = straighten(upright, findSkew(upright));
    return { rotation, upright, straight, reading: await readWhole(recognizer, straight.image) };
  };
  const axis = findAxis(image);
  if (axis === "sideways") return readTurned(await findSideways(recognizer, image));
  // Most pages lie upright: one that does not show it is read before other directions are tried.
  const asItLies = await readTurned(0);
  const { quality, words } = asItLies.reading;
  if (isRightWay(quality) || words.length === 0) return asItLies;
  const mayBeSideways = axis === "unclear" && quality.share < HOPELESS;
  const others: Rotation[] = mayBeSideways ? [180, 90, 270] : [180];
  const tried = await tryDirections(recognizer, eraseRulings(stretchLocally(image)), others);
  return tried.quality.share < quality.share + CLEARLY_BETTER ? asItLies : readTurned(tried.rotation);
}

/** The direction of a page whose lines run down; upright after all where neither way reads. */
async function findSideways(recognizer: Recognizer, image: GrayImage): Promise<Rotation> {
  const clean = eraseRulings(stretchLocally(image));
  const tried = await tryDirections(recognizer, clean, [90, 270]);
  if (tried.quality.share >= HOPELESS) return tried.rotation;
  const others = await tryDirections(recognizer, clean, [0, 180]);
  return others.quality.share > tried.quality.share + CLEARLY_BETTER ? others.rotation : tried.rotation;
}

function isRightWay({ share, good }: Quality): boolean {
  return share >= RIGHT_WAY.share && good >= RIGHT_WAY.good;
}

/** Whether a second reading promises more than it costs. */
function isDoubtful({ quality, words }: Reading): boolean {
  const length = lengthOf(words);
  if (length === 0 || length > TOO_LONG) return false;
  if (length > LONG.characters) {
    return quality.share < LONG.share && quality.confidence < LONG.confidence;
  }
  return quality.share < SURE.share || quality.confidence < SURE.confidence;
}

/** Whether a third one does. */
function isStillDoubtful({ quality, words }: Reading): boolean {
  if (lengthOf(words) > SURE_TOGETHER.characters) return false;
  return quality.share < SURE_TOGETHER.share || quality.confidence < SURE_TOGETHER.confidence;
}

function lengthOf(words: readonly RecognizedWord[]): number {
  return words.reduce((sum, word) => sum + word.text.length, 0);
}

/** Reads a small part of the page in each direction and names the one that read best. */
async function tryDirections(
  recognizer: Recognizer,
  image: GrayImage,
  rotations: readonly Rotation[],
): Promise<{ rotation: Rotation; quality: Quality }> {
  let best: { rotation: Rotation; quality: Quality } | null = null;
  for (const rotation of rotations) {
    const turned = turn(image, rotation);
    const part = cut(turned, busiestWindow(turned, TRIAL.width, TRIAL.height));
    const { quality } = await readScaled(recognizer, scaleGray(part, ENLARGE), ENLARGE, {
      language: "eng",
      layout: "block",
      lightOnDark: false,
    });
    if (!best || quality.share > best.quality.share) best = { rotation, quality };
    if (isRightWay(best.quality)) break;
  }
  return best ?? { rotation: 0, quality: judge([]) };
}

function readWhole(
  recognizer: Recognizer,
  image: GrayImage,
  language: OcrLanguage = "eng",
): Promise<Reading> {
  const factor = enlargement(image, ENLARGE, MAX_READ_PIXELS);
  const clean = eraseRulings(stretchLocally(scaleGray(image, factor)));
  return readScaled(recognizer, clean, factor, { language, layout: "block", lightOnDark: true });
}

function enlargement({ width, height }: GrayImage, wanted: number, maxPixels: number): number {
  return Math.max(1, Math.min(wanted, Math.sqrt(maxPixels / (width * height))));
}

/** Reads an image that was enlarged by `factor`; boxes are in pixels before that. */
async function readScaled(
  recognizer: Recognizer,
  image: GrayImage,
  factor: number,
  options: Parameters<Recognizer["recognize"]>[1],
): Promise<Reading> {
  const found = await recognizer.recognize(image, options);
  const words = found.map((word) => shrinkBox(word, factor));
  return { words, quality: judge(words) };
}

function shrinkBox(word: RecognizedWord, factor: number): RecognizedWord {
  const { text, confidence, line } = word;
  const [x0, y0, x1, y1] = [word.x0 / factor, word.y0 / factor, word.x1 / factor, word.y1 / factor];
  return { text, x0, y0, x1, y1, confidence, line };
}

/** Reads the page in the language that it seems to speak; keeps the first reading where that went better. */
async function readIn(
  recognizer: Recognizer,
  image: GrayImage,
  first: Reading,
  language: OcrLanguage,
): Promise<Reading> {
  const second = await readWhole(recognizer, image, language);
  return second.quality.share >= first.quality.share * 0.9 ? second : first;
}

/**
 * Reads a doubtful page again and joins the readings: as scattered print with the greys as they are,
 * which finds what a block of lines lost, then in even light if it stays doubtful.
 */
async function readDoubtful(
  recognizer: Recognizer,
  image: GrayImage,
  first: Reading,
  language: OcrLanguage,
): Promise<Reading> {
  if (!isDoubtful(first)) return first;
  const factor = enlargement(image, ENLARGE, MAX_READ_PIXELS);
  const large = scaleGray(image, factor);
  const options = { language, lightOnDark: false };
  const plain = stretchContrast(large);
  const sparse = await readScaled(recognizer, plain, factor, { ...options, layout: "sparse" });
  const both = joined([first, sparse]);
  if (!isStillDoubtful(both)) return both;
  const even = eraseRulings(stretchContrast(flattenBackground(large)));
  return joined([first, await readScaled(recognizer, even, factor, { ...options, layout: "block" }), sparse]);
}

/** Reads lines of a page that was read `times` by another reader; null when that does not answer. */
async function readLines(
  lines: LineReader,
  image: GrayImage,
  first: Reading,
  times: number,
): Promise<Reading | null> {
  const clean = eraseRulings(stretchLocally(image));
  const voted = await readAgain(lines, image, clean, first.words, widthFor(first.words.length * times));
  return voted ? joined([{ words: voted, quality: first.quality }]) : null;
}

function joined(readings: readonly Reading[]): Reading {
  const words = mergeReadings(readings.map((reading) => reading.words));
  return { words, quality: judge(words) };
}
