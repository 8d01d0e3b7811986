import type { Raster } from "../../ports.ts";
import { swapsSides, toOrientation } from "./exif.ts";
import { decodeByLeptonica } from "./leptonica.ts";
import { damaged, type PictureHeader, readerOf } from "./picture.ts";
import { luma } from "./png-pixels.ts";
import { createShrinker } from "./shrink.ts";

/** What a TIFF's first directory says. */
export interface TiffHeader extends PictureHeader {
  readonly compression: number;
}

/** Tags of TIFF 6.0, section 8. */
const TAG = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  stripOffsets: 273,
  orientation: 274,
  samples: 277,
  stripBytes: 279,
} as const;
const SHORT = 3;
const LONG = 4;
const MAX_PAGES = 10_000;

/** Compressions that leptonica's build knows, which also sets the picture upright: none, CCITT, LZW, PackBits. */
const BY_LEPTONICA = new Set([1, 2, 3, 4, 5, 32773]);

/** Reads the first directory of a TIFF and counts the others. @throws AppError file_damaged */
export function readTiffHeader(bytes: Uint8Array): TiffHeader {
  const read = readerOf(bytes, "TIFF");
  const little = read.u16(0) === 0x4949;
  if (read.u16(2, little) !== 42) throw damaged("The TIFF's header is not valid (BigTIFF is not read).");
  const first = read.u32(4, little);
  const tags = readTags(bytes, first, little);
  const one = (tag: number, otherwise: number): number => tags.get(tag)?.[0] ?? otherwise;
  const [width, height] = [one(TAG.width, 0), one(TAG.height, 0)];
  if (width === 0 || height === 0) throw damaged("The TIFF has no picture in it.");
  for (const [index, offset] of (tags.get(TAG.stripOffsets) ?? []).entries()) {
    if (offset + (tags.get(TAG.stripBytes)?.[index] ?? 0) > bytes.length)
      throw damaged("The TIFF is cut off: not all of its rows are there.");
  }
  const bits = one(TAG.bits, 1) * one(TAG.samples, 1);
  const compression = one(TAG.compression, 1);
  const turned = toOrientation(one(TAG.orientation, 1));
  const header = {
    bitsPerPixel: bits > 8 ? 32 : bits,
    frames: countDirectories(bytes, first, little),
    compression,
  };
  if (!BY_LEPTONICA.has(compression))
    return { ...header, width, height, orientation: turned, bitsPerPixel: 32 };
  const [upWidth, upHeight] = swapsSides(turned) ? [height, width] : [width, height];
  return { ...header, width: upWidth, height: upHeight, orientation: 1 };
}

/** The numbers of each entry of a directory; at most as many as the file can hold. */
function readTags(bytes: Uint8Array, directory: number, little: boolean): Map<number, number[]> {
  const read = readerOf(bytes, "TIFF");
  const tags = new Map<number, number[]>();
  const count = read.u16(directory, little);
  for (let entry = 0; entry < count; entry += 1) {
    const at = directory + 2 + entry * 12;
    const [tag, type, values] = [read.u16(at, little), read.u16(at + 2, little), read.u32(at + 4, little)];
    if (type !== SHORT && type !== LONG) continue;
    const size = type === SHORT ? 2 : 4;
    if (values * size > bytes.length) throw damaged("The TIFF's directory is not valid.");
    const from = values * size <= 4 ? at + 8 : read.u32(at + 8, little);
    const numbers = Array.from({ length: values }, (_, index) =>
      type === SHORT ? read.u16(from + index * 2, little) : read.u32(from + index * 4, little),
    );
    tags.set(tag, numbers);
  }
  return tags;
}

/** Decodes the first page. @throws AppError file_damaged */
export async function decodeTiff(
  bytes: Uint8Array,
  header: TiffHeader,
  options: { maxSide: number; color: boolean },
  wasm: () => Promise<WebAssembly.Module>,
): Promise<Raster> {
  if (BY_LEPTONICA.has(header.compression))
    return decodeByLeptonica(await wasm(), bytes, { ...options, what: "TIFF" });
  const { default: utif } = await import("utif2");
  let rgba: Uint8Array;
  try {
    const file = bytes.slice().buffer;
    const [page] = utif.decode(file);
    if (!page) throw new Error("no page");
    utif.decodeImage(file, page);
    rgba = utif.toRGBA8(page);
  } catch (error) {
    throw damaged("The TIFF cannot be decoded: it is cut off or damaged.", error);
  }
  if (rgba.length < header.width * header.height * 4) throw damaged("The TIFF is cut off or damaged.");
  return shrinkRgba(rgba, header, options);
}

function shrinkRgba(
  rgba: Uint8Array,
  { width, height }: PictureHeader,
  { maxSide, color }: { maxSide: number; color: boolean },
): Raster {
  const channels = color ? 3 : 1;
  const shrinker = createShrinker(width, height, channels, maxSide);
  const line = new Uint8Array(width * channels);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 4) {
      const [red, green, blue] = [rgba[at] ?? 255, rgba[at + 1] ?? 255, rgba[at + 2] ?? 255];
      if (color) line.set([red, green, blue], x * 3);
      else line[x] = luma(red, green, blue);
    }
    shrinker.push(line);
  }
  return shrinker.finish();
}

function countDirectories(bytes: Uint8Array, first: number, little: boolean): number {
  const read = readerOf(bytes, "TIFF");
  const seen = new Set<number>();
  let at = first;
  while (at !== 0 && at + 2 <= bytes.length && !seen.has(at) && seen.size < MAX_PAGES) {
    seen.add(at);
    const link = at + 2 + read.u16(at, little) * 12;
    if (link + 4 > bytes.length) break;
    at = read.u32(link, little);
  }
  return seen.size;
}
