import { unpackZlib } from "./unpack-zlib.ts";
import { readOrientation } from "./exif.ts";
import { damaged, type DecodedPicture, type PictureHeader, readerOf, type Wanted } from "./picture.ts";
import { pixelWriter } from "./png-pixels.ts";
import { createShrinker } from "./shrink.ts";

/** A PNG's header and where its compressed data stand (W3C PNG, third edition). */
export interface PngHeader extends PictureHeader {
  readonly bitDepth: number;
  readonly colorType: 0 | 2 | 3 | 4 | 6;
  readonly interlaced: boolean;
  readonly palette: Uint8Array;
  readonly transparency: Uint8Array;
  readonly data: readonly Uint8Array[];
  /** Pictures of an animation (APNG) beside the one that every viewer shows. */
  readonly frames: number;
}

/** Samples a pixel by colour type. */
const SAMPLES = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

/** Allowed bit depths by colour type. */
const DEPTHS: Record<number, readonly number[]> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

const NOTHING: Uint8Array = new Uint8Array(0);

/** Reads all chunks but decodes nothing. @throws AppError file_damaged */
export function readPngHeader(bytes: Uint8Array): PngHeader {
  const read = readerOf(bytes, "PNG");
  if (read.tag(12) !== "IHDR") throw damaged("The PNG does not begin with its header.");
  const [width, height, bitDepth, colorType] = [read.u32(16), read.u32(20), read.u8(24), read.u8(25)];
  if (!DEPTHS[colorType]?.includes(bitDepth) || width === 0 || height === 0)
    throw damaged("The PNG's header is not valid.");
  const color = colorType as PngHeader["colorType"];
  const found = { palette: NOTHING, transparency: NOTHING, exif: NOTHING, data: new Array<Uint8Array>() };
  let [controls, leads] = [0, false];
  for (let at = 33; at + 8 <= bytes.length;) {
    const length = read.u32(at);
    const kind = read.tag(at + 4);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (kind === "IEND") break;
    if (kind === "PLTE") found.palette = body;
    else if (kind === "tRNS") found.transparency = body;
    else if (kind === "eXIf") found.exif = body;
    else if (kind === "IDAT") found.data.push(body);
    else if (kind === "fcTL") {
      controls += 1;
      leads ||= found.data.length === 0;
    }
    at += 12 + length;
  }
  return {
    width,
    height,
    bitsPerPixel: bitDepth * SAMPLES[color],
    orientation: readOrientation(found.exif),
    bitDepth,
    colorType: color,
    interlaced: read.u8(28) === 1,
    frames: Math.max(0, controls - (leads ? 1 : 0)),
    ...found,
  };
}

/** Adam7's passes: first column and row, and the steps between them. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** What the canvas of an interlaced picture may take; a larger one is put together from its first passes alone. */
const MAX_CANVAS_BYTES = 32 * 1024 * 1024;
/** How many passes give every pixel, every second and every fourth one. */
const PASSES = { 1: 7, 2: 5, 4: 3 } as const;

/** Of an interlaced picture, every how many pixels are taken, so that its canvas stays bearable. */
export function interlaceStep({ width, height, interlaced }: PngHeader, channels: 1 | 3): 1 | 2 | 4 {
  const bytes = interlaced ? width * height * channels : 0;
  if (bytes <= MAX_CANVAS_BYTES) return 1;
  return bytes <= MAX_CANVAS_BYTES * 4 ? 2 : 4;
}

/** Decodes a PNG row by row, on white where it is transparent. @throws AppError file_damaged when no row is there */
export function decodePng(header: PngHeader, wanted: Wanted): DecodedPicture {
  return (header.interlaced ? decodeInterlaced : decodeRows)(header, new RowReader(header), wanted);
}

function decodeRows(header: PngHeader, rows: RowReader, wanted: Wanted): DecodedPicture {
  const { width, height } = header;
  const channels = wanted.color ? 3 : 1;
  const shrinker = createShrinker(width, height, channels, wanted.maxSide);
  const write = pixelWriter(header, channels);
  const line = new Uint8Array(width * channels);
  rows.startPass(width);
  let got = 0;
  for (; got < height; got += 1) {
    const row = rows.take() ?? rows.fill();
    if (!row) break;
    write(row, width, line);
    shrinker.push(line);
  }
  if (got === 0) throw rows.damage();
  return { ...shrinker.finish(), truncated: got < height };
}

function decodeInterlaced(header: PngHeader, rows: RowReader, wanted: Wanted): DecodedPicture {
  const channels = wanted.color ? 3 : 1;
  const step = interlaceStep(header, channels);
  const [width, height] = [Math.ceil(header.width / step), Math.ceil(header.height / step)];
  const write = pixelWriter(header, channels);
  const canvas = new Uint8Array(width * height * channels).fill(255);
  const line = new Uint8Array(header.width * channels);
  let [got, whole] = [0, true];
  for (const [left, top, stepX, stepY] of ADAM7.slice(0, PASSES[step])) {
    const columns = Math.ceil((header.width - left) / stepX);
    if (columns <= 0 || !whole) continue;
    rows.startPass(columns);
    for (let y = top; y < header.height && whole; y += stepY) {
      const row = rows.take() ?? rows.fill();
      whole = row !== null;
      if (!row) break;
      write(row, columns, line);
      const target = canvas.subarray((y / step) * width * channels);
      scatter(line, columns, target, { left: left / step, stepX: stepX / step, channels });
      got += 1;
    }
  }
  if (got === 0) throw rows.damage();
  const shrinker = createShrinker(width, height, channels, wanted.maxSide);
  for (let y = 0; y < height; y += 1)
    shrinker.push(canvas.subarray(y * width * channels, (y + 1) * width * channels));
  return { ...shrinker.finish(), truncated: !whole };
}

function scatter(
  line: Uint8Array,
  columns: number,
  target: Uint8Array,
  { left, stepX, channels }: { left: number; stepX: number; channels: number },
): void {
  for (let column = 0; column < columns; column += 1) {
    for (let channel = 0; channel < channels; channel += 1)
      target[(left + column * stepX) * channels + channel] = line[column * channels + channel] ?? 255;
  }
}

/** Inflates the data and undoes the filters, a row at a time. */
class RowReader {
  readonly #unpacked: Generator<Uint8Array>;
  readonly #bitsPerPixel: number;
  readonly #pixelBytes: number;
  #chunk = NOTHING;
  #at = 0;
  #raw = NOTHING;
  #filled = 0;
  #row = NOTHING;
  #previous = NOTHING;
  #cause: unknown;

  constructor(header: PngHeader) {
    this.#unpacked = unpackZlib(header.data);
    this.#bitsPerPixel = header.bitsPerPixel;
    this.#pixelBytes = Math.max(1, header.bitsPerPixel >> 3);
  }

  startPass(columns: number): void {
    const size = Math.ceil((columns * this.#bitsPerPixel) / 8);
    this.#raw = new Uint8Array(size + 1);
    this.#row = new Uint8Array(size);
    this.#previous = new Uint8Array(size);
    this.#filled = 0;
  }

  /** The next row if what has been inflated so far holds it, else null. */
  take(): Uint8Array | null {
    const part = this.#chunk.subarray(this.#at, this.#at + this.#raw.length - this.#filled);
    this.#raw.set(part, this.#filled);
    this.#filled += part.length;
    this.#at += part.length;
    if (this.#filled < this.#raw.length) return null;
    this.#filled = 0;
    [this.#row, this.#previous] = [this.#previous, this.#row];
    if (!unfilter(this.#raw, this.#row, this.#previous, this.#pixelBytes)) {
      this.#cause = new RangeError("a row has an unknown filter");
      return null;
    }
    return this.#row;
  }

  /** The next row, inflating as much as it takes; null where the data end or are damaged. */
  fill(): Uint8Array | null {
    try {
      while (!this.#cause) {
        const next = this.#unpacked.next();
        if (next.done) return null;
        this.#chunk = next.value;
        this.#at = 0;
        const row = this.take();
        if (row) return row;
      }
    } catch (error) {
      this.#cause = error;
    }
    return null;
  }

  /** The error for a picture of which no row could be read. */
  damage(): Error {
    return damaged("The PNG's data are cut off or damaged.", this.#cause);
  }
}

/** Undoes a row's filter (PNG, 9.2); false for one that there is not. `raw` begins with the filter's type. */
function unfilter(raw: Uint8Array, row: Uint8Array, above: Uint8Array, step: number): boolean {
  const type = raw[0] ?? 0;
  if (type > 4) return false;
  for (let at = 0; at < row.length; at += 1) {
    const value = raw[at + 1] ?? 0;
    const left = at >= step ? (row[at - step] ?? 0) : 0;
    const up = above[at] ?? 0;
    if (type === 0) row[at] = value;
    else if (type === 1) row[at] = value + left;
    else if (type === 2) row[at] = value + up;
    else if (type === 3) row[at] = value + ((left + up) >> 1);
    else row[at] = value + paeth(left, up, at >= step ? (above[at - step] ?? 0) : 0);
  }
  return true;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
