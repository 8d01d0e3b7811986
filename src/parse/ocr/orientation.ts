import type { GrayImage } from "../../ports.ts";
import { stretchLocally } from "./background.ts";
import { eraseRulings } from "./rulings.ts";
import { scaleGray } from "./scale.ts";

/** How the lines of print run on an image as it lies. */
export type Axis = "upright" | "sideways" | "unclear";

const LOOK_SIDE = 1_200;
const INK = 140;
/** One direction must cross so many more strokes than the other. */
const CLEAR_RATIO = 1.1;

/**
 * Tells whether lines of print run across or down. Latin letters are mostly
 * upright strokes: a walk along a line of print crosses more of them than a walk across it (1.4 times
 * as many on receipts). Upright and upside down look alike.
 */
export function findAxis(image: GrayImage): Axis {
  const factor = Math.min(1, LOOK_SIDE / Math.max(image.width, image.height));
  const small = eraseRulings(stretchLocally(scaleGray(image, factor)));
  const { width, height } = small;
  const across = countCrossings(small.data, { lines: height, length: width, lineStep: width, step: 1 });
  const down = countCrossings(small.data, { lines: width, length: height, lineStep: 1, step: width });
  if (across > down * CLEAR_RATIO) return "upright";
  return down > across * CLEAR_RATIO ? "sideways" : "unclear";
}

/** How often parallel walks over the image step from paper to ink. */
function countCrossings(
  data: Uint8Array,
  walk: { lines: number; length: number; lineStep: number; step: number },
): number {
  let crossings = 0;
  for (let line = 0; line < walk.lines; line += 1) {
    let onInk = false;
    let at = line * walk.lineStep;
    for (let position = 0; position < walk.length; position += 1, at += walk.step) {
      const ink = (data[at] ?? 255) < INK;
      if (ink && !onInk) crossings += 1;
      onInk = ink;
    }
  }
  return crossings;
}

/** A part of the image. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The window of at most `width` x `height` pixels that shows the most print, by its steps of brightness. */
export function busiestWindow(image: GrayImage, width: number, height: number): Crop {
  const wide = Math.min(width, image.width);
  const high = Math.min(height, image.height);
  const rows = new Float64Array(image.height);
  const columns = new Float64Array(image.width);
  for (let y = 0; y < image.height; y += 1) {
    for (let x = 1, at = y * image.width + 1; x < image.width; x += 1, at += 1) {
      const step = Math.abs((image.data[at] ?? 255) - (image.data[at - 1] ?? 255));
      if (step < 40) continue;
      rows[y] = (rows[y] ?? 0) + step;
      columns[x] = (columns[x] ?? 0) + step;
    }
  }
  return { x: heaviestRun(columns, wide), y: heaviestRun(rows, high), width: wide, height: high };
}

/** Where the run of `length` values with the largest sum begins. */
function heaviestRun(values: Float64Array, length: number): number {
  let sum = 0;
  for (let at = 0; at < length; at += 1) sum += values[at] ?? 0;
  let [best, where] = [sum, 0];
  for (let at = length; at < values.length; at += 1) {
    sum += (values[at] ?? 0) - (values[at - length] ?? 0);
    if (sum > best) [best, where] = [sum, at - length + 1];
  }
  return where;
}

/** Cuts a window out of an image. */
export function cut(image: GrayImage, { x, y, width, height }: Crop): GrayImage {
  const data = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const from = (y + row) * image.width + x;
    data.set(image.data.subarray(from, from + width), row * width);
  }
  return { width, height, data };
}
