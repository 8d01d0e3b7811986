import type { GrayImage } from "../../ports.ts";
import { stretchLocally } from "./background.ts";
import { scaleGray } from "./scale.ts";

const LOOK_SIDE = 1_000;
const INK = 140;
/** Beyond it a page was laid so on purpose, or is no page. */
const MAX_DEGREES = 7;
/** Below it the recogniser loses nothing (measured on receipts turned by 1 to 5 degrees). */
const MIN_DEGREES = 1.5;
/** The lines must stand out so many times more at the angle found than as the page lies. */
const CLEAR_RATIO = 1.12;
/** Fewer edges of print than this say nothing of an angle. */
const MIN_EDGES = 400;
const COARSE_STEP = 0.5;
const FINE_STEP = 0.1;

/**
 * By how many degrees the lines of print fall to the right (negative: rise), 0 where that is little or unclear.
 * At the right angle the upper edges of letters fall on few rows: the sum of the rows' squares is largest.
 */
export function findSkew(image: GrayImage): number {
  const factor = Math.min(1, LOOK_SIDE / Math.max(image.width, image.height));
  const edges = upperEdges(stretchLocally(scaleGray(image, factor)));
  if (edges.xs.length < MIN_EDGES) return 0;
  const coarse = bestAngle(edges, 0, MAX_DEGREES, COARSE_STEP);
  const fine = bestAngle(edges, coarse.degrees, COARSE_STEP, FINE_STEP);
  const clear = fine.score > scoreAt(edges, 0) * CLEAR_RATIO;
  const sure = clear && Math.abs(fine.degrees) >= MIN_DEGREES && Math.abs(fine.degrees) < MAX_DEGREES;
  return sure ? fine.degrees : 0;
}

/** Places where print begins below paper. */
interface Edges {
  readonly xs: Uint16Array;
  readonly ys: Uint16Array;
  readonly width: number;
  readonly height: number;
}

function upperEdges({ width, height, data }: GrayImage): Edges {
  const [xs, ys]: [number[], number[]] = [[], []];
  for (let y = 1; y < height; y += 1) {
    for (let x = 0, at = y * width; x < width; x += 1, at += 1) {
      if ((data[at] ?? 255) >= INK || (data[at - width] ?? 255) < INK) continue;
      xs.push(x);
      ys.push(y);
    }
  }
  return { xs: Uint16Array.from(xs), ys: Uint16Array.from(ys), width, height };
}

function bestAngle(
  edges: Edges,
  around: number,
  reach: number,
  step: number,
): { degrees: number; score: number } {
  let best = { degrees: around, score: 0 };
  for (let degrees = around - reach; degrees <= around + reach + 1e-9; degrees += step) {
    const score = scoreAt(edges, degrees);
    if (score > best.score) best = { degrees, score };
  }
  return best;
}

function scoreAt({ xs, ys, width, height }: Edges, degrees: number): number {
  const slope = Math.tan((degrees * Math.PI) / 180);
  const lift = Math.ceil(Math.abs(slope) * width);
  const rows = new Uint32Array(height + 2 * lift + 1);
  for (let index = 0; index < xs.length; index += 1) {
    const row = Math.round((ys[index] ?? 0) - (xs[index] ?? 0) * slope) + lift;
    rows[row] = (rows[row] ?? 0) + 1;
  }
  return rows.reduce((sum, count) => sum + count * count, 0);
}

/** A picture turned straight, and where its points lie on the picture as it was. */
export interface Straightened {
  readonly image: GrayImage;
  readonly back: (x: number, y: number) => [number, number];
}

/** Turns a picture by `degrees` to the left, about its middle, on a canvas that holds all of it; by 0 not at all. */
export function straighten(image: GrayImage, degrees: number): Straightened {
  if (degrees === 0) return { image, back: (x, y) => [x, y] };
  const { width, height, data } = image;
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const wide = Math.ceil(width * cos + height * Math.abs(sin));
  const high = Math.ceil(height * cos + width * Math.abs(sin));
  const back = (x: number, y: number): [number, number] => {
    const [dx, dy] = [x - wide / 2, y - high / 2];
    return [dx * cos - dy * sin + width / 2, dx * sin + dy * cos + height / 2];
  };
  const turned = new Uint8Array(wide * high);
  for (let y = 0, to = 0; y < high; y += 1) {
    let [fromX, fromY] = back(0.5, y + 0.5);
    for (let x = 0; x < wide; x += 1, to += 1, fromX += cos, fromY += sin) {
      const px = Math.min(width - 1.001, Math.max(0, fromX - 0.5));
      const py = Math.min(height - 1.001, Math.max(0, fromY - 0.5));
      const [left, top] = [Math.floor(px), Math.floor(py)];
      const [fx, fy] = [px - left, py - top];
      const at = top * width + left;
      const upper = (data[at] ?? 255) * (1 - fx) + (data[at + 1] ?? 255) * fx;
      const lower = (data[at + width] ?? 255) * (1 - fx) + (data[at + width + 1] ?? 255) * fx;
      turned[to] = upper * (1 - fy) + lower * fy + 0.5;
    }
  }
  return { image: { width: wide, height: high, data: turned }, back };
}
