import { startCore } from "../tesseract/core.ts";
import { luma } from "./png-pixels.ts";
import { damaged, type DecodedPicture, type Wanted } from "./picture.ts";
import { createShrinker } from "./shrink.ts";

/** Offsets in leptonica's Pix (environ.h, pix_internal.h): 32-bit fields on wasm. */
const PIX = { width: 0, height: 4, depth: 8, samples: 12, wordsPerRow: 16, colormap: 44, data: 48 } as const;

/**
 * Decodes a picture with leptonica, in an instance of its own that is thrown away afterwards:
 * whatever a hostile file does to it, nobody else meets it. @throws AppError file_damaged
 */
export async function decodeByLeptonica(
  wasm: WebAssembly.Module,
  file: Uint8Array,
  options: Wanted & { what: string },
): Promise<DecodedPicture> {
  const broken = `The ${options.what} cannot be decoded: it is cut off or damaged.`;
  const { core, memory } = await startCore(wasm);
  let pix: number;
  try {
    const address = core._malloc(file.length);
    new Uint8Array(memory.buffer).set(file, address);
    pix = core._pixReadMem(address, file.length);
  } catch (error) {
    throw damaged(broken, error);
  }
  if (pix === 0) throw damaged(broken);
  return readPix(memory, pix, options);
}

function readPix(memory: WebAssembly.Memory, pix: number, { maxSide, color }: Wanted): DecodedPicture {
  const view = new DataView(memory.buffer);
  const field = (offset: number): number => view.getUint32(pix + offset, true);
  const [width, height, depth] = [field(PIX.width), field(PIX.height), field(PIX.depth)];
  const stride = field(PIX.wordsPerRow) * 4;
  const data = field(PIX.data);
  const channels = color ? 3 : 1;
  const colorAt =
    depth === 32 ? trueColor(view, field(PIX.samples) === 4) : tableColor(view, depth, field(PIX.colormap));
  const shrinker = createShrinker(width, height, channels, maxSide);
  const line = new Uint8Array(width * channels);
  for (let y = 0; y < height; y += 1) {
    const row = data + y * stride;
    for (let x = 0; x < width; x += 1) {
      const rgb = colorAt(row, x);
      const [red, green, blue] = [(rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255];
      if (channels === 1) line[x] = luma(red, green, blue);
      else {
        line[x * 3] = red;
        line[x * 3 + 1] = green;
        line[x * 3 + 2] = blue;
      }
    }
    shrinker.push(line);
  }
  return { ...shrinker.finish(), truncated: false };
}

/** Gives a pixel's colour as 0xRRGGBB by the row's address and the column. */
type ColorAt = (row: number, x: number) => number;

function trueColor(view: DataView, hasAlpha: boolean): ColorAt {
  return (row, x) => {
    const pixel = view.getUint32(row + x * 4, true);
    const alpha = hasAlpha ? pixel & 255 : 255;
    if (alpha === 255) return pixel >>> 8;
    const over = (shift: number): number => 255 + ((((pixel >>> shift) & 255) - 255) * alpha) / 255;
    return (over(24) << 16) | (over(16) << 8) | over(8);
  };
}

/** Pixels of 1 to 16 bits, packed into 32-bit words from the top; in a bitmap without colours 1 is black. */
function tableColor(view: DataView, depth: number, colormap: number): ColorAt {
  const colors = colormap === 0 ? grayTable(depth) : mappedColors(view, colormap);
  const perWord = 32 / depth;
  const mask = 2 ** depth - 1;
  return (row, x) => {
    const word = view.getUint32(row + Math.floor(x / perWord) * 4, true);
    const value = (word >>> (32 - depth * ((x % perWord) + 1))) & mask;
    return colors[depth === 16 ? value >> 8 : value] ?? 0;
  };
}

function grayTable(depth: number): number[] {
  const size = 1 << Math.min(8, depth);
  return Array.from({ length: size }, (_, value) => {
    const gray = Math.round((value * 255) / (size - 1));
    return (depth === 1 ? 255 - gray : gray) * 0x010101;
  });
}

/** PIXCMAP: the address of its entries (blue, green, red, alpha), their depth, room and number. */
function mappedColors(view: DataView, colormap: number): number[] {
  const entries = view.getUint32(colormap, true);
  const count = Math.min(256, view.getUint32(colormap + 12, true));
  return Array.from({ length: count }, (_, index) => view.getUint32(entries + index * 4, true) & 0xffffff);
}
