import type { Raster } from "../../ports.ts";
import { type Orientation, swapsSides } from "./exif.ts";

/** Where the stored pixel (x, y) of a picture of w x h goes, by orientation. */
const PLACE: Record<Orientation, (x: number, y: number, w: number, h: number) => [number, number]> = {
  1: (x, y) => [x, y],
  2: (x, y, w) => [w - 1 - x, y],
  3: (x, y, w, h) => [w - 1 - x, h - 1 - y],
  4: (x, y, _w, h) => [x, h - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y, _w, h) => [h - 1 - y, x],
  7: (x, y, w, h) => [h - 1 - y, w - 1 - x],
  8: (x, y, w) => [y, w - 1 - x],
};

/** Sets a picture upright by its orientation tag. */
export function orient(raster: Raster, orientation: Orientation): Raster {
  if (orientation === 1) return raster;
  const { width, height, channels, data } = raster;
  const turned = swapsSides(orientation) ? { width: height, height: width } : { width, height };
  const place = PLACE[orientation];
  const offset = (x: number, y: number): number => {
    const [toX, toY] = place(x, y, width, height);
    return (toY * turned.width + toX) * channels;
  };
  const step = width > 1 ? offset(1, 0) - offset(0, 0) : 0;
  const upright = new Uint8Array(data.length);
  for (let y = 0, from = 0; y < height; y += 1) {
    let to = offset(0, y);
    for (let x = 0; x < width; x += 1, to += step) {
      for (let channel = 0; channel < channels; channel += 1, from += 1)
        upright[to + channel] = data[from] ?? 255;
    }
  }
  return { ...turned, channels, data: upright };
}
