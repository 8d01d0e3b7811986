import type { GrayImage } from "../../ports.ts";

/**
 * Scales an image by `factor`, its width by `across`: averages areas on the way down, interpolates linearly on the
 * way up.
 */
export function scaleGray(image: GrayImage, factor: number, across: number = factor): GrayImage {
  if (factor === 1 && across === 1) return image;
  const width = Math.max(1, Math.round(image.width * across));
  const height = Math.max(1, Math.round(image.height * factor));
  const columns = weigh(image.width, width);
  const rows = weigh(image.height, height);
  const narrow = new Float32Array(width * image.height);
  for (let y = 0; y < image.height; y += 1) {
    const from = y * image.width;
    for (let x = 0; x < width; x += 1) narrow[y * width + x] = gather(image.data, columns, x, from);
  }
  const data = new Uint8Array(width * height);
  const sums = new Float64Array(width);
  for (let y = 0; y < height; y += 1) {
    gatherRow(sums, narrow, rows, y);
    for (let x = 0; x < width; x += 1) data[y * width + x] = Math.min(255, (sums[x] ?? 0) + 0.5);
  }
  return { width, height, data };
}

/** For each target position: the first source position and the weights of it and those that follow. */
interface Weights {
  readonly first: Int32Array;
  readonly taps: number;
  readonly weights: Float32Array;
}

/** A triangle filter as wide as one target pixel (or one source pixel, whichever is wider). */
function weigh(source: number, target: number): Weights {
  const ratio = source / target;
  const radius = Math.max(1, ratio);
  const taps = Math.ceil(radius * 2) + 1;
  const first = new Int32Array(target);
  const weights = new Float32Array(target * taps);
  for (let at = 0; at < target; at += 1) {
    const center = (at + 0.5) * ratio - 0.5;
    const start = Math.max(0, Math.ceil(center - radius));
    let sum = 0;
    for (let tap = 0; tap < taps && start + tap < source; tap += 1) {
      const weight = Math.max(0, 1 - Math.abs(start + tap - center) / radius);
      weights[at * taps + tap] = weight;
      sum += weight;
    }
    first[at] = start;
    for (let tap = 0; tap < taps; tap += 1)
      weights[at * taps + tap] = (weights[at * taps + tap] ?? 0) / (sum || 1);
  }
  return { first, taps, weights };
}

function gather(values: Uint8Array, { first, taps, weights }: Weights, at: number, origin: number): number {
  const start = origin + (first[at] ?? 0);
  let sum = 0;
  for (let tap = 0; tap < taps; tap += 1) {
    const weight = weights[at * taps + tap] ?? 0;
    if (weight !== 0) sum += weight * (values[start + tap] ?? 0);
  }
  return sum;
}

/** A target row of `sums.length` values: the weighed source rows, added one after the other. */
function gatherRow(
  sums: Float64Array,
  values: Float32Array,
  { first, taps, weights }: Weights,
  at: number,
): void {
  sums.fill(0);
  for (let tap = 0; tap < taps; tap += 1) {
    const weight = weights[at * taps + tap] ?? 0;
    if (weight === 0) continue;
    const from = ((first[at] ?? 0) + tap) * sums.length;
    for (let x = 0; x < sums.length; x += 1) sums[x] = (sums[x] ?? 0) + weight * (values[from + x] ?? 0);
  }
}
