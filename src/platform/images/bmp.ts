import { luma } from "./png-pixels.ts";
import { damaged, type DecodedPicture, type PictureHeader, readerOf, type Wanted } from "./picture.ts";
import { createShrinker } from "./shrink.ts";

/** A BMP's header (Microsoft's BITMAPCOREHEADER, BITMAPINFOHEADER and their successors). */
export interface BmpHeader extends PictureHeader {
  readonly topDown: boolean;
  readonly depth: number;
  /** Where the pixels begin, and the colour table with the bytes of an entry. */
  readonly pixels: number;
  readonly table: { at: number; entry: number };
  readonly masks: readonly [number, number, number];
}

const CORE_HEADER = 12;
const COMPRESSION = { none: 0, bitFields: 3, alphaBitFields: 6 } as const;

/** Reads a BMP's header. @throws AppError file_damaged */
export function readBmpHeader(bytes: Uint8Array): BmpHeader {
  const read = readerOf(bytes, "BMP");
  const size = read.u32(14, true);
  const core = size === CORE_HEADER;
  const width = core ? read.u16(18, true) : read.i32(18, true);
  const stored = core ? read.u16(20, true) : read.i32(22, true);
  const depth = read.u16(core ? 24 : 28, true);
  const compression = core ? COMPRESSION.none : read.u32(30, true);
  const fields = compression === COMPRESSION.bitFields || compression === COMPRESSION.alphaBitFields;
  if (width <= 0 || stored === 0 || ![1, 4, 8, 16, 24, 32].includes(depth))
    throw damaged("The BMP's header is not valid.");
  if (compression !== COMPRESSION.none && !fields) throw damaged("The BMP is compressed, which is not read.");
  return {
    width,
    height: Math.abs(stored),
    bitsPerPixel: depth,
    orientation: 1,
    topDown: stored < 0,
    depth,
    pixels: read.u32(10, true),
    table: { at: 14 + size, entry: core ? 3 : 4 },
    masks: masksOf(depth, fields ? [read.u32(54, true), read.u32(58, true), read.u32(62, true)] : null),
  };
}

function masksOf(depth: number, given: [number, number, number] | null): [number, number, number] {
  if (given) return given;
  return depth === 16 ? [0x7c00, 0x03e0, 0x001f] : [0xff0000, 0x00ff00, 0x0000ff];
}

/** Decodes a BMP row by row; rows that are cut off stay white. @throws AppError file_damaged when none is there */
export function decodeBmp(bytes: Uint8Array, header: BmpHeader, options: Wanted): DecodedPicture {
  const { width, height } = header;
  const channels = options.color ? 3 : 1;
  const stride = Math.ceil((width * header.depth) / 32) * 4;
  const there = Math.floor((bytes.length - header.pixels) / stride);
  if (there <= 0) throw damaged("The BMP is cut off: none of its rows are there.");
  const shrinker = createShrinker(width, height, channels, options.maxSide);
  const colorAt = header.depth <= 8 ? tableColor(bytes, header) : directColor(bytes, header);
  const line = new Uint8Array(width * channels);
  const white = new Uint8Array(line.length).fill(255);
  for (let y = 0; y < height; y += 1) {
    const place = header.topDown ? y : height - 1 - y;
    if (place >= there) {
      shrinker.push(white);
      continue;
    }
    const row = header.pixels + place * stride;
    for (let x = 0; x < width; x += 1) {
      const color = colorAt(row, x);
      const [red, green, blue] = [color >> 16, (color >> 8) & 255, color & 255];
      if (channels === 1) line[x] = luma(red, green, blue);
      else {
        line[x * 3] = red;
        line[x * 3 + 1] = green;
        line[x * 3 + 2] = blue;
      }
    }
    shrinker.push(line);
  }
  return { ...shrinker.finish(), truncated: there < height };
}

/** Gives a pixel's colour as 0xRRGGBB by the row's offset and the column. */
type ColorAt = (row: number, x: number) => number;

function tableColor(bytes: Uint8Array, { depth, table }: BmpHeader): ColorAt {
  const colors = Array.from({ length: 1 << depth }, (_, index) => {
    const at = table.at + index * table.entry;
    return ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at] ?? 0);
  });
  const perByte = 8 / depth;
  const mask = (1 << depth) - 1;
  return (row, x) => {
    const shift = (perByte - 1 - (x % perByte)) * depth;
    return colors[((bytes[row + Math.floor(x / perByte)] ?? 0) >> shift) & mask] ?? 0;
  };
}

function directColor(bytes: Uint8Array, { depth, masks }: BmpHeader): ColorAt {
  const step = depth / 8;
  if (depth === 24) {
    return (row, x) => {
      const at = row + x * step;
      return ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at] ?? 0);
    };
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const channels = masks.map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    return { mask, shift, max: Math.max(1, mask >>> shift) };
  });
  return (row, x) => {
    const value = depth === 16 ? view.getUint16(row + x * 2, true) : view.getUint32(row + x * 4, true);
    let color = 0;
    for (const { mask, shift, max } of channels)
      color = (color << 8) | Math.round((((value & mask) >>> shift) * 255) / max);
    return color;
  };
}
