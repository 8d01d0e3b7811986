import { AppError } from "../../errors.ts";
import type { PdfPageText, Raster } from "../../ports.ts";
import { turnRaster } from "../png/turn.ts";
import type { PdfiumInstance } from "./instance.ts";
import { readObjects } from "./objects.ts";
import { type PageFrame, readGlyphs } from "./text.ts";
import { sortBySight, standsOut } from "./visibility.ts";
import {
  dropOverprints,
  groupWords,
  joinSpacedLetters,
  placeWords,
  type QuarterTurns,
  type RunWord,
} from "./words.ts";

/** pdfium's own bound on a page's side, and a size for pages whose box is empty or absurd: A4 in points. */
const MAX_SIDE_POINTS = 200_000;
const FALLBACK_SIZE = { width: 595, height: 842 };

/** Where a loaded page is seen: its crop box within its media box, turned by /Rotate. */
export function frameOf(pdfium: PdfiumInstance, page: number): PageFrame {
  const { exports, scratch } = pdfium;
  const known = exports.FPDF_GetPageBoundingBox(page, scratch) !== 0;
  const view = pdfium.view();
  const edge = (index: number) => view.getFloat32(scratch + index * 4, true);
  const [left, top, right, bottom] = known
    ? [edge(0), edge(1), edge(2), edge(3)]
    : [0, FALLBACK_SIZE.height, FALLBACK_SIZE.width, 0];
  const turns = (exports.FPDFPage_GetRotation(page) & 3) as QuarterTurns;
  const width = right - left;
  const height = top - bottom;
  if (!(width > 0 && height > 0 && width <= MAX_SIDE_POINTS && height <= MAX_SIDE_POINTS)) {
    const { width: right, height: top } = FALLBACK_SIZE;
    return { left: 0, bottom: 0, right, top, turns: 0, size: FALLBACK_SIZE };
  }
  const size = turns % 2 === 0 ? { width, height } : { width: height, height: width };
  return { left, bottom, right, top, turns, size };
}

/** How a page is looked at: whether tiling patterns may be drawn, and which layers are off. */
export interface Looking {
  readonly patterned: boolean;
  readonly hiddenLayers: ReadonlySet<string>;
}

/**
 * Reads words, rulings and image coverage of a loaded page. A page whose text runs sideways is turned upright.
 * Words that nobody sees are left out and counted.
 */
export function readPageText(pdfium: PdfiumInstance, page: number, looking: Looking): PdfPageText {
  const { exports } = pdfium;
  const frame = frameOf(pdfium, page);
  const textPage = exports.FPDFText_LoadPage(page);
  let words: RunWord[] = [];
  let undecoded = 0;
  try {
    if (textPage !== 0) {
      const layer = readGlyphs(pdfium, textPage, frame);
      words = dropOverprints(joinSpacedLetters(groupWords(layer.glyphs)));
      undecoded = layer.undecoded;
    }
  } finally {
    if (textPage !== 0) exports.FPDFText_ClosePage(textPage);
  }
  const extraTurns = sideways(words);
  const upright = extraTurns === 0 ? frame : turn(frame, extraTurns);
  for (const word of words) word.turns = ((word.turns - extraTurns + 4) % 4) as QuarterTurns;
  const objects = readObjects(pdfium, page, upright, looking.hiddenLayers);
  const rotation = (((4 - extraTurns) % 4) * 90) as PdfPageText["rotation"];
  const seen = sortBySight(words, objects, upright.size);
  const lost =
    seen.doubtful.length > 0 ? unseen(pdfium, page, seen.doubtful, upright, rotation, looking) : [];
  const hidden = new Set([...seen.hidden, ...lost]);
  const placed = placeWords(
    words.filter((word) => !hidden.has(word)),
    upright.size,
  );
  return {
    width: upright.size.width,
    height: upright.size.height,
    rotation,
    words: placed,
    rulings: objects.rulings,
    imageCoverage: objects.imageCoverage,
    undecoded,
    outlines: objects.outlines,
    drawings: objects.drawings,
    hiddenWords: hidden.size,
  };
}

/** Longest side at which a page is drawn to see whether words stand out. */
const SIGHT_SIDE = 1_400;

/** Which of some words do not stand out when the page is drawn; none where it cannot be drawn. */
function unseen(
  pdfium: PdfiumInstance,
  page: number,
  words: readonly RunWord[],
  frame: PageFrame,
  rotation: PdfPageText["rotation"],
  { patterned }: Looking,
): RunWord[] {
  try {
    const drawn = renderPage(pdfium, page, { maxSide: SIGHT_SIDE, color: false, patterned });
    const upright = turnRaster(drawn, rotation);
    return words.filter((word) => !standsOut(word, upright, frame.size));
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}

/** How far most of the page's characters are turned; 0 unless nearly all agree. */
function sideways(words: readonly RunWord[]): QuarterTurns {
  const characters = [0, 0, 0, 0];
  for (const word of words) characters[word.turns] = (characters[word.turns] ?? 0) + word.text.length;
  const total = characters.reduce((sum, count) => sum + count, 0);
  const most = characters.indexOf(Math.max(...characters));
  return total >= 20 && (characters[most] ?? 0) > 0.8 * total ? (most as QuarterTurns) : 0;
}

/** The frame of a page that is seen after turning it back by `turns`. */
function turn(frame: PageFrame, turns: QuarterTurns): PageFrame {
  const { width, height } = frame.size;
  return {
    ...frame,
    turns: ((frame.turns - turns + 4) % 4) as QuarterTurns,
    size: turns % 2 === 0 ? { width, height } : { width: height, height: width },
  };
}

/** A page is never enlarged beyond 300 dpi for a small page's sake. */
const MAX_SCALE = 300 / 72;

/** Acrobat's largest page, 200 inches: on larger ones even a wide pattern has millions of cells. */
const MAX_PATTERNED_POINTS = 14_400;

const BITMAP = { gray: 1, bgr: 2 } as const;
const RENDER = { annotations: 0x01, gray: 0x08, reverseBytes: 0x10 } as const;
const WHITE = 0xffffffff;

/**
 * Renders a loaded page, turned as /Rotate says, its longest side at most `maxSide` pixels.
 * The pixels are copied out; the bitmap is freed. @throws AppError image_too_large
 */
export function renderPage(
  pdfium: PdfiumInstance,
  page: number,
  options: { maxSide: number; color: boolean; patterned: boolean },
): Raster {
  const { exports } = pdfium;
  const { size } = frameOf(pdfium, page);
  if (options.patterned && Math.max(size.width, size.height) > MAX_PATTERNED_POINTS) {
    throw tooLarge(Math.round(size.width), Math.round(size.height));
  }
  const scale = Math.min(MAX_SCALE, options.maxSide / Math.max(size.width, size.height));
  const width = Math.max(1, Math.round(size.width * scale));
  const height = Math.max(1, Math.round(size.height * scale));
  const channels = options.color ? 3 : 1;
  const stride = width * channels;
  const pixels = exports.malloc(stride * height);
  if (pixels === 0) throw tooLarge(width, height);
  let bitmap = 0;
  try {
    bitmap = exports.FPDFBitmap_CreateEx(
      width,
      height,
      options.color ? BITMAP.bgr : BITMAP.gray,
      pixels,
      stride,
    );
    if (bitmap === 0) throw tooLarge(width, height);
    exports.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
    const flags = RENDER.annotations | (options.color ? RENDER.reverseBytes : RENDER.gray);
    exports.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags);
    const data = pdfium.bytes().slice(pixels, pixels + stride * height);
    return { width, height, channels, data };
  } finally {
    if (bitmap !== 0) exports.FPDFBitmap_Destroy(bitmap);
    exports.free(pixels);
  }
}

const tooLarge = (width: number, height: number) =>
  new AppError("image_too_large", `A page of ${width} x ${height} is too large to be drawn.`);
