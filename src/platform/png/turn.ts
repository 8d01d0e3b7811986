import type { Raster } from "../../ports.ts";

/** Turns a picture clockwise by 0, 90, 180 or 270 degrees. Other angles are taken for 0. */
export function turnRaster(raster: Raster, degrees: number): Raster {
  const turns = (((degrees / 90) % 4) + 4) % 4;
  if (turns !== 1 && turns !== 2 && turns !== 3) return raster;
  const { width, height, channels, data } = raster;
  const size = turns === 2 ? { width, height } : { width: height, height: width };
  const turned = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const target = placeOf(x, y, turns, raster) * channels;
      const source = (y * width + x) * channels;
      for (let channel = 0; channel < channels; channel++) {
        turned[target + channel] = data[source + channel] ?? 0;
      }
    }
  }
  return { ...size, channels, data: turned };
}

/** The pixel's number in the turned picture. */
function placeOf(x: number, y: number, turns: 1 | 2 | 3, { width, height }: Raster): number {
  if (turns === 1) return x * height + (height - 1 - y);
  if (turns === 2) return (height - 1 - y) * width + (width - 1 - x);
  return (width - 1 - x) * height + y;
}
