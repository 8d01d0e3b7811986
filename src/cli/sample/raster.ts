import { PDFiumLibrary } from "@hyzyla/pdfium";
import { encode } from "fast-png";

/** A grey picture, one byte a pixel, rows from the top. */
export interface GrayPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Draws the first page of a PDF at `scale` pixels a point. */
export async function renderPdf(pdf: Uint8Array, scale: number): Promise<GrayPicture> {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(pdf);
    try {
      const page = await document.getPage(0).render({ scale, render: "bitmap", colorSpace: "Gray" });
      // The bitmap stands in wasm memory, which goes with the document.
      return { width: page.width, height: page.height, data: Uint8Array.from(page.data) };
    } finally {
      document.destroy();
    }
  } finally {
    library.destroy();
  }
}

export function encodePng({ width, height, data }: GrayPicture): Uint8Array {
  return encode({ width, height, data, channels: 1, depth: 8 });
}

/** How a page looks when it is photographed instead of drawn. */
export interface PhotoLook {
  /** Degrees, clockwise. */
  readonly tilt: number;
  /** Pixels of table around the paper. */
  readonly margin: number;
  /** Grey levels that the light falls off from the top left to the bottom right. */
  readonly shade: number;
  /** Largest grey level of the grain. */
  readonly grain: number;
  readonly seed: number;
}

const PAPER = 242;
const TABLE = 104;

/** Lays a page on a table and takes its picture: tilted, lit from one side, a little soft and grainy. */
export function photograph(page: GrayPicture, look: PhotoLook): GrayPicture {
  const width = page.width + look.margin * 2;
  const height = page.height + look.margin * 2;
  const data = new Uint8Array(width * height);
  const random = generator(look.seed);
  const turn = (look.tilt * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [dx, dy] = [x - width / 2, y - height / 2];
      const px = dx * cosine + dy * sine + page.width / 2;
      const py = -dx * sine + dy * cosine + page.height / 2;
      const ink = sample(page, px, py);
      const base = ink === null ? TABLE + 9 * Math.sin(x / 31 + y / 290) : 38 + ((PAPER - 38) * ink) / 255;
      const light = look.shade * (x / width / 2 + y / height / 2);
      const grain = (random() + random() - 1) * look.grain;
      data[y * width + x] = Math.max(0, Math.min(255, base - light + grain));
    }
  }
  return { width, height, data };
}

/** The page's grey between its pixels (bilinear); null beside the page. */
function sample({ width, height, data }: GrayPicture, x: number, y: number): number | null {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) return null;
  const [fx, fy] = [x - left, y - top];
  const at = top * width + left;
  const upper = (data[at] ?? 0) * (1 - fx) + (data[at + 1] ?? 0) * fx;
  const lower = (data[at + width] ?? 0) * (1 - fx) + (data[at + width + 1] ?? 0) * fx;
  return upper * (1 - fy) + lower * fy;
}

/** Even numbers from 0 to 1, the same for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
