import { decode, encode } from "fast-png";
import type { BBox } from "../../../model/geometry.ts";
import type { ParsedPage } from "../../../model/parsed.ts";

/** A page in grey, one byte a pixel, rows from the top. */
export interface GreyPage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

const MAX_WIDTH = 640;
const MAX_HEIGHT = 640;
/** So few shades keep a photo's part below some 30 KB, and it is still easy to read. */
const SHADES = 15;

/** A PNG as a grey page. */
export function decodeGrey(png: Uint8Array): GreyPage {
  const { width, height, data, channels, depth } = decode(png);
  const grey = new Uint8Array(width * height);
  const scale = depth === 16 ? 257 : 1;
  const colours = channels >= 3 ? 3 : 1;
  for (let at = 0; at < grey.length; at += 1) {
    let sum = 0;
    for (let colour = 0; colour < colours; colour += 1) sum += (data[at * channels + colour] ?? 0) / scale;
    grey[at] = sum / colours;
  }
  return { width, height, data: grey };
}

/** A region of a page as a small PNG in a data URL. */
export function cropPage(page: GreyPage, region: BBox): string {
  const left = Math.floor(region[0] * page.width);
  const top = Math.floor(region[1] * page.height);
  const width = Math.max(1, Math.min(page.width, Math.ceil(region[2] * page.width)) - left);
  const height = Math.max(1, Math.min(page.height, Math.ceil(region[3] * page.height)) - top);
  const step = Math.max(1, width / MAX_WIDTH, height / MAX_HEIGHT);
  const [columns, rows] = [Math.max(1, Math.floor(width / step)), Math.max(1, Math.floor(height / step))];
  const data = new Uint8Array(columns * rows);
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const mean = meanOf(page, left + x * step, top + y * step, step);
      data[y * columns + x] = Math.round(Math.round((mean / 255) * SHADES) * (255 / SHADES));
    }
  }
  const png = encode({ width: columns, height: rows, data, channels: 1, depth: 8 }, { zlib: { level: 9 } });
  return `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
}

function meanOf(page: GreyPage, left: number, top: number, step: number): number {
  const [x0, y0] = [Math.floor(left), Math.floor(top)];
  const x1 = Math.min(page.width, Math.max(x0 + 1, Math.floor(left + step)));
  const y1 = Math.min(page.height, Math.max(y0 + 1, Math.floor(top + step)));
  let sum = 0;
  for (let y = y0; y < y1; y += 1) {
    for (let x = x0; x < x1; x += 1) sum += page.data[y * page.width + x] ?? 255;
  }
  return sum / Math.max(1, (x1 - x0) * (y1 - y0));
}

/** A word where it stands: left, top, width and height in fractions of the region that is shown. */
export type DrawnWord = readonly [text: string, left: number, top: number, width: number, height: number];

/** What was read in a region, to be shown where there is no picture of the page. */
export function wordsIn(page: ParsedPage, region: BBox): DrawnWord[] {
  const [width, height] = [region[2] - region[0], region[3] - region[1]];
  const round = (value: number): number => Math.round(value * 10_000) / 10_000;
  return page.words.flatMap(({ text, bbox }): DrawnWord[] => {
    const inside = bbox[2] > region[0] && bbox[0] < region[2] && bbox[3] > region[1] && bbox[1] < region[3];
    if (!inside) return [];
    return [
      [
        text,
        round((bbox[0] - region[0]) / width),
        round((bbox[1] - region[1]) / height),
        round((bbox[2] - bbox[0]) / width),
        round((bbox[3] - bbox[1]) / height),
      ],
    ];
  });
}
