import type { GrayImage } from "../../ports.ts";
import type { PixelBox } from "./components.ts";
import { percentiles } from "./gray.ts";
import { cut, type Crop } from "./orientation.ts";
import { scaleGray } from "./scale.ts";

/** The height that the line reader wants. */
const HEIGHT = 48;
/** Air above and below the print, and beside it, as a share of its height. */
const AIR = { above: 0.3, beside: 0.3 } as const;
const MIN_SIDE = 5;
const MAX_WIDTH = 2_400;

/** A line cut out of its page: where its pixels stand there. */
export interface LineCrop extends GrayImage {
  /** Its left side on the page. */
  readonly x: number;
  /** Pixels of the page for each of its own, across. */
  readonly scale: number;
  /** Its width, as a share of what its height asks for. */
  readonly squeeze: number;
}

/**
 * Cuts a line out and brings it to the reader's height, its grey values stretched; null for what is no line.
 * A line that is squeezed takes less time to read.
 */
export function cropLine(
  image: GrayImage,
  box: PixelBox & { readonly slope: number },
  squeeze = 1,
): LineCrop | null {
  const height = box.y1 - box.y0;
  const [dx, dy] = [height * AIR.beside, height * AIR.above];
  const x = Math.max(0, Math.floor(box.x0 - dx));
  const y = Math.max(0, Math.floor(box.y0 - dy));
  const right = Math.min(image.width, Math.ceil(box.x1 + dx));
  const bottom = Math.min(image.height, Math.ceil(box.y1 + dy));
  if (right - x < MIN_SIDE || bottom - y < MIN_SIDE) return null;
  const part = cutAlong(image, { x, y, width: right - x, height: bottom - y }, box.slope);
  const scale = part.height / HEIGHT / squeeze;
  if (part.width / scale > MAX_WIDTH) return null;
  const line = stretch(scaleGray(part, HEIGHT / part.height, 1 / scale));
  return line.height === HEIGHT ? { ...line, x, scale, squeeze } : null;
}

/** Cuts a window out of an image, its columns shifted so that what falls by `slope` lies level. */
function cutAlong(image: GrayImage, window: Crop, slope: number): GrayImage {
  const { x, y, width, height } = window;
  if (Math.abs(slope) * width < 1) return cut(image, window);
  const data = new Uint8Array(width * height);
  for (let column = 0; column < width; column += 1) {
    const shift = Math.round(slope * (column - width / 2));
    for (let row = 0; row < height; row += 1) {
      const from = Math.min(image.height - 1, Math.max(0, y + row + shift));
      data[row * width + column] = image.data[from * image.width + x + column] ?? 255;
    }
  }
  return { width, height, data };
}

function stretch(image: GrayImage): GrayImage {
  const [low, high] = percentiles(image, 0.01, 0.9);
  if (high - low < 24) return image;
  const table = Uint8ClampedArray.from({ length: 256 }, (_, value) => ((value - low) * 250) / (high - low));
  return { ...image, data: image.data.map((value) => table[value] ?? value) };
}
