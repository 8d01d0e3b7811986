import { luma } from "./png-pixels.ts";
import { damaged, type DecodedPicture, type PictureHeader, readerOf, type Wanted } from "./picture.ts";
import { unpackLzw } from "./lzw.ts";
import { createShrinker } from "./shrink.ts";

/** A GIF's first picture (GIF89a, clauses 18-27), and how many follow it. */
export interface GifHeader extends PictureHeader {
  readonly interlaced: boolean;
  /** Red, green and blue of each colour. */
  readonly palette: Uint8Array;
  /** The colour that is none; -1 without one. */
  readonly transparent: number;
  readonly literalBits: number;
  /** Where the first picture's data begin. */
  readonly data: number;
  readonly frames: number;
}

const TRAILER = 0x3b;
const IMAGE = 0x2c;
const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;

/** Walks a GIF's blocks. @throws AppError file_damaged */
export function readGifHeader(bytes: Uint8Array): GifHeader {
  const read = readerOf(bytes, "GIF");
  const screen = tableAt(bytes, 13, read.u8(10));
  let at = 13 + screen.length;
  let first: GifHeader | null = null;
  let [transparent, pictures] = [-1, 0];
  while (at + 1 < bytes.length && bytes[at] !== TRAILER) {
    if (bytes[at] === EXTENSION) {
      if (bytes[at + 1] === GRAPHIC_CONTROL) transparent = read.u8(at + 3) & 1 ? read.u8(at + 6) : -1;
      at = skipSubBlocks(bytes, at + 2);
    } else if (bytes[at] === IMAGE) {
      const packed = read.u8(at + 9);
      const own = tableAt(bytes, at + 10, packed);
      const data = at + 11 + own.length;
      first ??= {
        width: read.u16(at + 5, true),
        height: read.u16(at + 7, true),
        bitsPerPixel: 8,
        orientation: 1,
        interlaced: (packed & 0x40) !== 0,
        palette: own.length > 0 ? own : screen,
        transparent,
        literalBits: read.u8(data - 1),
        data,
        frames: 0,
      };
      at = skipSubBlocks(bytes, data);
      pictures += 1;
    } else break;
  }
  if (!first || first.width === 0 || first.height === 0 || first.literalBits < 1 || first.literalBits > 8)
    throw damaged("The GIF has no picture in it: it is cut off or damaged.");
  return { ...first, frames: pictures - 1 };
}

/** A colour table, where the packed field says that there is one. */
function tableAt(bytes: Uint8Array, at: number, packed: number): Uint8Array {
  return packed & 0x80 ? bytes.subarray(at, at + (3 << ((packed & 7) + 1))) : new Uint8Array(0);
}

/** The place behind a chain of sub-blocks; the file's end when the chain is cut off. */
function skipSubBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const size = bytes[at] ?? 0;
    at += size + 1;
    if (size === 0) return at;
  }
  return bytes.length;
}

/** The sub-blocks of a picture's data. */
function* subBlocks(bytes: Uint8Array, from: number): Generator<Uint8Array> {
  for (let at = from; at < bytes.length;) {
    const size = bytes[at] ?? 0;
    if (size === 0) return;
    yield bytes.subarray(at + 1, at + 1 + size);
    at += size + 1;
  }
}

/** Rows of an interlaced picture in the order of the file: first row and step of each pass (appendix E). */
const PASSES = [
  [0, 8],
  [4, 8],
  [2, 4],
  [1, 2],
] as const;

/** Decodes the first picture, on white where it is transparent. @throws AppError file_damaged when no row is there */
export function decodeGif(bytes: Uint8Array, header: GifHeader, wanted: Wanted): DecodedPicture {
  const { width, height, interlaced } = header;
  const channels = wanted.color ? 3 : 1;
  const shrinker = createShrinker(width, height, channels, wanted.maxSide);
  const paint = painter(header, channels);
  const line = new Uint8Array(width * channels);
  const canvas = interlaced ? new Uint8Array(width * height).fill(NO_PIXEL(header)) : null;
  const order = interlaced ? interlacedOrder(height) : null;
  let got = 0;
  for (const row of pixelRows(bytes, header)) {
    if (canvas && order) canvas.set(row, (order[got] ?? 0) * width);
    else {
      paint(row, line);
      shrinker.push(line);
    }
    got += 1;
  }
  if (got === 0) throw damaged("The GIF's data are cut off or damaged.");
  if (canvas) {
    for (let y = 0; y < height; y += 1) {
      paint(canvas.subarray(y * width, (y + 1) * width), line);
      shrinker.push(line);
    }
  }
  return { ...shrinker.finish(), truncated: got < height };
}

/** What fills rows that never come: the transparent colour where there is one. */
const NO_PIXEL = ({ transparent }: GifHeader): number => Math.max(0, transparent);

function interlacedOrder(height: number): number[] {
  const order: number[] = [];
  for (const [first, step] of PASSES) for (let y = first; y < height; y += step) order.push(y);
  return order;
}

/** The picture's rows of colour numbers, as far as the data go; the array given is used again. */
function* pixelRows(
  bytes: Uint8Array,
  { width, height, literalBits, data }: GifHeader,
): Generator<Uint8Array> {
  const row = new Uint8Array(width);
  let [filled, given] = [0, 0];
  const dialect = { literalBits, lowFirst: true, early: false };
  for (const piece of unpackLzw(subBlocks(bytes, data), dialect)) {
    for (let at = 0; at < piece.length;) {
      const part = piece.subarray(at, at + width - filled);
      row.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < width) continue;
      filled = 0;
      given += 1;
      yield row;
      if (given === height) return;
    }
  }
}

function painter(
  { palette, transparent }: GifHeader,
  channels: 1 | 3,
): (row: Uint8Array, out: Uint8Array) => void {
  const colors = new Uint8Array(256 * 3);
  colors.set(palette.subarray(0, 768));
  if (transparent >= 0) colors.fill(255, transparent * 3, transparent * 3 + 3);
  const grays = Uint8Array.from({ length: 256 }, (_, index) =>
    luma(colors[index * 3] ?? 0, colors[index * 3 + 1] ?? 0, colors[index * 3 + 2] ?? 0),
  );
  return (row, out) => {
    for (let x = 0; x < row.length; x += 1) {
      const color = row[x] ?? 0;
      if (channels === 1) out[x] = grays[color] ?? 255;
      else
        for (let channel = 0; channel < 3; channel += 1)
          out[x * 3 + channel] = colors[color * 3 + channel] ?? 255;
    }
  };
}
