import type { Raster } from "../../ports.ts";

/** Takes a picture row by row and averages it down, so that the whole of it never stands in memory. */
export interface Shrinker {
  /** The next row from the top: `width * channels` bytes. */
  readonly push: (row: Uint8Array) => void;
  /** The picture; rows that never came stay white. */
  readonly finish: () => Raster;
}

/** A shrinker to at most `maxSide` pixels a side; a smaller picture goes through as it is. */
export function createShrinker(width: number, height: number, channels: 1 | 3, maxSide: number): Shrinker {
  const scale = Math.min(1, maxSide / Math.max(width, height));
  const target = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  const data = new Uint8Array(target.width * target.height * channels).fill(255);
  const finish = (): Raster => ({ ...target, channels, data });
  let row = 0;
  if (scale === 1) {
    const push = (values: Uint8Array): void => {
      if (row < height) data.set(values.subarray(0, width * channels), row * width * channels);
      row += 1;
    };
    return { push, finish };
  }
  const squeeze = rowSqueezer(width, target.width, channels);
  const sum = new Float32Array(target.width * channels);
  const ratio = height / target.height;
  let filled = 0;
  let out = 0;
  const push = (values: Uint8Array): void => {
    const narrow = squeeze(values);
    let left = 1;
    while (left > 1e-6 && out < target.height) {
      const part = Math.min(left, ratio - filled);
      for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] ?? 0) + (narrow[at] ?? 0) * part;
      filled += part;
      left -= part;
      if (filled < ratio - 1e-6) continue;
      const origin = out * sum.length;
      for (let at = 0; at < sum.length; at += 1) data[origin + at] = (sum[at] ?? 0) / ratio + 0.5;
      sum.fill(0);
      filled = 0;
      out += 1;
    }
  };
  return { push, finish };
}

/** Averages a row of `width` pixels down to `target`; the array given back is used again. */
function rowSqueezer(width: number, target: number, channels: number): (row: Uint8Array) => Float32Array {
  const ratio = width / target;
  const narrow = new Float32Array(target * channels);
  return (row) => {
    for (let x = 0; x < target; x += 1) {
      const start = x * ratio;
      const end = Math.min(width, start + ratio);
      const first = Math.floor(start);
      const last = Math.min(width - 1, Math.ceil(end) - 1);
      for (let channel = 0; channel < channels; channel += 1) {
        let sum = 0;
        for (let at = first; at <= last; at += 1) sum += row[at * channels + channel] ?? 0;
        sum -= (start - first) * (row[first * channels + channel] ?? 0);
        sum -= (last + 1 - end) * (row[last * channels + channel] ?? 0);
        narrow[x * channels + channel] = sum / (end - start);
      }
    }
    return narrow;
  };
}
