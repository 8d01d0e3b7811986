import type { GrayImage, Ocr, OcrLanguage, OcrResult, RecognizedWord, Recognizer } from "../../ports.ts";
import { flattenBackground } from "./background.ts";
import { stretchContrast, turn } from "./gray.ts";
import { judgeLanguage } from "./language.ts";
import { mergeReadings } from "./merge-readings.ts";
import { busiestWindow, cut, findAxis } from "./orientation.ts";
import { judge, type Quality } from "./quality.ts";
import { eraseRulings } from "./rulings.ts";
import { scaleGray } from "./scale.ts";

type Rotation = OcrResult["rotation"];

/** Enlarging helps small print; beyond these pixels it only costs time and memory. */
const ENLARGE = 1.5;
const MAX_READ_PIXELS = 4_500_000;
const MAX_SECOND_PIXELS = 6_000_000;

/** Print that lies the right way nearly always reads so well, the wrong way never. */
const RIGHT_WAY = { share: 0.45, good: 12 } as const;

/** What another direction must win before a page is turned that reads poorly as it lies. */
const CLEARLY_BETTER = 0.15;

/** A reading that is at least so good needs no second one. */
const SURE = { share: 0.88, confidence: 0.88 } as const;

/** A page of more characters is read once: it has taken most of its time already. */
const MAX_CHARACTERS_TWICE = 2_600;

/** The part of a page that is read to try a direction. */
const TRIAL = { width: 700, height: 350 } as const;

const ISO_639_1: Record<OcrLanguage, string> = { eng: "en", deu: "de", fra: "fr" };

/** What was read, with the boxes in pixels of the upright image. */
interface Reading {
  readonly words: readonly RecognizedWord[];
  readonly quality: Quality;
}

/** Makes the page reader over a recogniser: evens out the light, finds direction and language, reads doubtful pages twice. */
export function createPageReader(recognizer: Recognizer): Ocr {
  return {
    read: async (image: GrayImage): Promise<OcrResult> => {
      const clean = eraseRulings(stretchContrast(flattenBackground(image)));
      const { rotation, reading } = await readUpright(recognizer, clean);
      const upright = turn(clean, rotation);
      const language = judgeLanguage(reading.words);
      const spoken = language === "eng" ? reading : await readIn(recognizer, upright, reading, language);
      const best = isSure(spoken) ? spoken : await readAgain(recognizer, upright, spoken, language);
      return {
        words: best.words.map(({ text, x0, y0, x1, y1, confidence, line }) => ({
          text,
          bbox: [x0 / upright.width, y0 / upright.height, x1 / upright.width, y1 / upright.height],
          confidence,
          line,
        })),
        rotation,
        language: best.words.length === 0 ? null : ISO_639_1[language],
        confidence: best.quality.confidence,
      };
    },
  };
}

/** Reads the whole page the right way up, trying the other directions when it does not read. */
async function readUpright(
  recognizer: Recognizer,
  image: GrayImage,
): Promise<{ rotation: Rotation; reading: Reading }> {
  const axis = findAxis(image);
  if (axis !== "upright") {
    const order: Rotation[] = axis === "sideways" ? [90, 270, 0, 180] : [0, 90, 270, 180];
    const { rotation } = await tryDirections(recognizer, image, order);
    return { rotation, reading: await readWhole(recognizer, turn(image, rotation)) };
  }
  const asItLies = await readWhole(recognizer, image);
  if (isRightWay(asItLies.quality) || asItLies.words.length === 0) return { rotation: 0, reading: asItLies };
  const tried = await tryDirections(recognizer, image, [180, 90, 270]);
  if (tried.quality.share < asItLies.quality.share + CLEARLY_BETTER)
    return { rotation: 0, reading: asItLies };
  return { rotation: tried.rotation, reading: await readWhole(recognizer, turn(image, tried.rotation)) };
}

function isRightWay({ share, good }: Quality): boolean {
  return share >= RIGHT_WAY.share && good >= RIGHT_WAY.good;
}

function isSure({ quality, words }: Reading): boolean {
  if (words.length === 0) return true;
  if (quality.share >= SURE.share && quality.confidence >= SURE.confidence) return true;
  return words.reduce((sum, word) => sum + word.text.length, 0) > MAX_CHARACTERS_TWICE;
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
    const { quality } = await readScaled(recognizer, part, ENLARGE, { language: "eng", layout: "block" });
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
  return readScaled(recognizer, image, enlargement(image, ENLARGE, MAX_READ_PIXELS), {
    language,
    layout: "block",
  });
}

function enlargement({ width, height }: GrayImage, wanted: number, maxPixels: number): number {
  return Math.max(1, Math.min(wanted, Math.sqrt(maxPixels / (width * height))));
}

async function readScaled(
  recognizer: Recognizer,
  image: GrayImage,
  factor: number,
  options: Parameters<Recognizer["recognize"]>[1],
): Promise<Reading> {
  const found = await recognizer.recognize(scaleGray(image, factor), options);
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

/** Reads a doubtful page once more, larger, and joins both readings. */
async function readAgain(
  recognizer: Recognizer,
  image: GrayImage,
  first: Reading,
  language: OcrLanguage,
): Promise<Reading> {
  const factor = enlargement(image, 2, MAX_SECOND_PIXELS);
  const second = await readScaled(recognizer, image, factor, { language, layout: "block" });
  const words = mergeReadings([first.words, second.words]);
  return { words, quality: judge(words) };
}
