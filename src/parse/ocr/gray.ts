import type { GrayImage } from "../../ports.ts";

/** The grey values below which `low` and `high` (0..1) of the pixels lie. */
export function percentiles(image: GrayImage, low: number, high: number): [number, number] {
  const histogram = new Uint32Array(256);
  for (let at = 0; at < image.data.length; at += 1) {
    const value = image.data[at] ?? 0;
    histogram[value] = (histogram[value] ?? 0) + 1;
  }
  const find = (share: number): number => {
    const wanted = share * image.data.length;
    let seen = 0;
    for (let value = 0; value < histogram.length; value += 1) {
      seen += histogram[value] ?? 0;
      if (seen > wanted) return value;
    }
    return 255;
  };
  return [find(low), find(high)];
}

/** Stretches the grey values from the 1st to the 99th percentile over 0..255: rescues faint print. */
export function stretchContrast(image: GrayImage): GrayImage {
  const [low, high] = percentiles(image, 0.002, 0.99);
  if (high <= low) return image;
  const table = new Uint8ClampedArray(256);
  for (let value = 0; value < 256; value += 1) table[value] = ((value - low) * 255) / (high - low);
  return { ...image, data: image.data.map((value) => table[value] ?? value) };
}

/** Turns an image clockwise by `degrees`. */
export function turn(image: GrayImage, degrees: 0 | 90 | 180 | 270): GrayImage {
  if (degrees === 0) return image;
  const { width, height, data } = image;
  if (degrees === 180) return { width, height, data: data.slice().reverse() };
  const turned = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    let at = degrees === 90 ? height - 1 - y : (width - 1) * height + y;
    const step = degrees === 90 ? height : -height;
    const end = (y + 1) * width;
    for (let from = y * width; from < end; from += 1, at += step) turned[at] = data[from] ?? 255;
  }
  return { width: height, height: width, data: turned };
}

/** Turns dark to light and light to dark. */
export function invert(image: GrayImage): GrayImage {
  return { ...image, data: image.data.map((value) => 255 - value) };
}

/** Whether most of an image is dark and what stands out of it is light: print on black, or paper on a dark table. */
export function isMostlyDark(image: GrayImage): boolean {
  const [ink, middle] = percentiles(image, 0.02, 0.5);
  const [, light] = percentiles(image, 0.02, 0.98);
  return middle < DARK && light - middle > 1.5 * (middle - ink);
}
const DARK = 110;
