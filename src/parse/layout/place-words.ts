import type { ReadWord, Ruling } from "../../ports.ts";
import { medianOf } from "../../model/median.ts";
import type { PlacedWord } from "./placed.ts";

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;
/** Beyond this a photo is rather turned than skewed: about six degrees. */
const MAX_SLOPE = 0.105;

/** A page's space: how its fractions become points of the layout. */
export interface PageSpace {
  readonly width: number;
  readonly height: number;
  readonly slope: number;
  readonly mirrored: boolean;
}

/** A ruling in the layout's space; `at` is its place across, `from` and `to` along its direction. */
export interface PlacedRuling {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** Places words in points, straightened and, on a page that reads from right to left, mirrored. */
export function placeWords(
  words: readonly ReadWord[],
  width: number,
  height: number,
): { space: PageSpace; placed: PlacedWord[] } {
  const space = {
    width,
    height,
    slope: skewOf(words, width, height),
    mirrored: readsRightToLeft(words),
  };
  return { space, placed: words.map((word) => place(word, space)) };
}

/** Horizontal and vertical rulings in the layout's space. */
export function placeRulings(
  rulings: readonly Ruling[],
  space: PageSpace,
): { horizontal: PlacedRuling[]; vertical: PlacedRuling[] } {
  const horizontal: PlacedRuling[] = [];
  const vertical: PlacedRuling[] = [];
  for (const { bbox, direction } of rulings) {
    const [left, top, right, bottom] = bbox;
    const x0 = (space.mirrored ? 1 - right : left) * space.width;
    const x1 = (space.mirrored ? 1 - left : right) * space.width;
    const y0 = top * space.height;
    const y1 = bottom * space.height;
    if (direction === "horizontal") horizontal.push({ at: (y0 + y1) / 2, from: x0, to: x1 });
    else vertical.push({ at: (x0 + x1) / 2, from: y0, to: y1 });
  }
  return { horizontal, vertical };
}

function place(read: ReadWord, { width, height, slope, mirrored }: PageSpace): PlacedWord {
  const [left, top, right, bottom] = read.bbox;
  const shift = slope * ((left + right) / 2 - 0.5) * width;
  return {
    read,
    x0: (mirrored ? 1 - right : left) * width,
    x1: (mirrored ? 1 - left : right) * width,
    y0: top * height - shift,
    y1: bottom * height - shift,
    cell: -1,
  };
}

/** The page's skew as rise over run: the middle slope between neighbours on the reader's lines. */
function skewOf(words: readonly ReadWord[], width: number, height: number): number {
  const slopes: number[] = [];
  let line: ReadWord[] = [];
  const close = (): void => {
    const first = line[0];
    const last = line.at(-1);
    if (!first || !last || line.length < 3) return;
    const run = (last.bbox[0] + last.bbox[2] - first.bbox[0] - first.bbox[2]) * width;
    const rise = (last.bbox[1] + last.bbox[3] - first.bbox[1] - first.bbox[3]) * height;
    if (run > 0.15 * width) slopes.push(rise / run);
  };
  for (const word of words) {
    if (word.line !== line[0]?.line) {
      close();
      line = [];
    }
    line.push(word);
  }
  close();
  const slope = slopes.length < 3 ? 0 : medianOf(slopes, 0);
  return Math.abs(slope) < 0.002 || Math.abs(slope) > MAX_SLOPE ? 0 : slope;
}

function readsRightToLeft(words: readonly ReadWord[]): boolean {
  let against = 0;
  let along = 0;
  for (const { text } of words) {
    if (RIGHT_TO_LEFT.test(text)) against++;
    else if (/\p{L}/u.test(text)) along++;
  }
  return against > along;
}
