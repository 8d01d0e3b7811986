import type { Raster } from "../../../ports.ts";
import { type JpegColors } from "../jpeg/colors.ts";
import { openJpeg } from "../jpeg/decode.ts";
import { createShrinker, type Shrinker } from "../shrink.ts";
import { COMPRESSION, PHOTOMETRIC, type TiffLayout } from "./layout.ts";
import { oldJpegOf } from "./old-jpeg.ts";
import { type LineWriter, lineWriter, undoPredictor } from "./pixels.ts";
import { unpack } from "./unpack.ts";

interface Options {
  readonly maxSide: number;
  readonly color: boolean;
}

/** A picture of a TIFF and whether parts of it were damaged or missing; these stay white. */
export type TiffPicture = Raster & { readonly truncated: boolean };

const MAX_KEPT_BYTES = 48 * 1024 * 1024;

/** Bytes that stand in memory at once while a page is decoded, beside the file and the result. */
export function workingBytes(layout: TiffLayout, color: boolean): number {
  const { width, height, segmentWidth, segmentHeight, samples, bits, tiled, chroma } = layout;
  const rowBytes =
    Math.max((segmentWidth * samples * bits) / 8, segmentWidth * 3) * 3 * Math.max(1, chroma[1]);
  return rowBytes + (tiled ? width * Math.min(height, segmentHeight) * (color ? 3 : 1) : 0);
}

/** Decodes a page strip by strip, or a row of tiles at a time. @throws AppError file_damaged when nothing of it can be read */
export async function decodePage(
  bytes: Uint8Array,
  layout: TiffLayout,
  options: Options,
): Promise<TiffPicture> {
  const channels = options.color ? 3 : 1;
  const shrinker = createShrinker(layout.width, layout.height, channels, options.maxSide);
  const page = new Page(bytes, layout, channels);
  if (layout.compression === COMPRESSION.oldJpeg) pushJpeg(page, shrinker);
  else if (layout.tiled) await pushTiles(page, shrinker);
  else await pushStrips(page, shrinker);
  return { ...shrinker.finish(), truncated: page.damaged };
}

async function pushStrips(page: Page, shrinker: Shrinker): Promise<void> {
  const { height, segmentHeight } = page.layout;
  const white = new Uint8Array(page.layout.width * page.channels).fill(255);
  for (let top = 0, strip = 0; top < height; top += segmentHeight, strip += 1) {
    const rows = Math.min(segmentHeight, height - top);
    let got = 0;
    for await (const line of page.lines(strip, rows)) {
      shrinker.push(line);
      got += 1;
      if (got >= rows) break;
    }
    if (got < rows) page.damaged = true;
    for (; got < rows; got += 1) shrinker.push(white);
  }
}

async function pushTiles(page: Page, shrinker: Shrinker): Promise<void> {
  const { width, height, segmentWidth, segmentHeight } = page.layout;
  const { channels } = page;
  const across = Math.ceil(width / segmentWidth);
  const stride = width * channels;
  const band = new Uint8Array(stride * Math.min(height, segmentHeight));
  for (let top = 0, tile = 0; top < height; top += segmentHeight) {
    const rows = Math.min(segmentHeight, height - top);
    band.fill(255);
    for (let column = 0; column < across; column += 1, tile += 1) {
      const left = column * segmentWidth;
      const size = Math.min(segmentWidth, width - left) * channels;
      let got = 0;
      for await (const line of page.lines(tile, rows)) {
        band.set(line.subarray(0, size), got * stride + left * channels);
        got += 1;
        if (got >= rows) break;
      }
      if (got < rows) page.damaged = true;
    }
    for (let row = 0; row < rows; row += 1) shrinker.push(band.subarray(row * stride, (row + 1) * stride));
  }
}

/** A JPEG of TIFF's first kind is one stream for the whole page. */
function pushJpeg(page: Page, shrinker: Shrinker): void {
  const { layout, channels } = page;
  const line = new Uint8Array(layout.width * channels);
  const jpeg = openJpeg(oldJpegOf(page.bytes, layout), { side: 8, channels, maxKeptBytes: MAX_KEPT_BYTES });
  let rows = 0;
  for (const found of jpeg.lines()) {
    line.set(found.subarray(0, line.length));
    shrinker.push(line);
    rows += 1;
    if (rows >= layout.height) break;
  }
  if (jpeg.damaged() || rows < layout.height) page.damaged = true;
}

/** A page under decoding. */
class Page {
  damaged = false;
  readonly bytes: Uint8Array;
  readonly layout: TiffLayout;
  readonly channels: 1 | 3;
  readonly #writer: LineWriter;

  constructor(bytes: Uint8Array, layout: TiffLayout, channels: 1 | 3) {
    this.bytes = bytes;
    this.layout = layout;
    this.channels = channels;
    this.#writer = lineWriter(layout, channels);
  }

  /** The lines of a segment, as wide as it is; the array given is used again. Ends early where it is damaged. */
  async *lines(segment: number, rows: number): AsyncGenerator<Uint8Array> {
    if (this.layout.compression === COMPRESSION.jpeg) {
      yield* this.#jpegLines(segment);
      return;
    }
    const line = new Uint8Array(this.layout.segmentWidth * this.channels);
    for await (const row of this.#rows(segment, rows)) {
      for (let index = 0; index < this.#writer.lines; index += 1) {
        this.#writer.write(row, index, line);
        yield line;
      }
    }
  }

  /** A segment's stored rows with all samples side by side. */
  #rows(segment: number, rows: number): AsyncGenerator<Uint8Array> {
    const { planar, samples } = this.layout;
    if (!planar) return this.#plane(segment, rows, this.#writer.rowBytes, samples);
    return this.#joinPlanes(segment, rows);
  }

  /** Takes a row of each colour's own segment and lays their samples side by side. */
  async *#joinPlanes(segment: number, rows: number): AsyncGenerator<Uint8Array> {
    const { samples, bits, segmentWidth, offsets } = this.layout;
    const each = Math.floor(offsets.length / samples);
    const planeBytes = Math.ceil((segmentWidth * bits) / 8);
    const planes = Array.from({ length: samples }, (_, plane) =>
      this.#plane(segment + plane * each, rows, planeBytes, 1),
    );
    const joined = new Uint8Array(this.#writer.rowBytes);
    for (let row = 0; row < rows; row += 1) {
      for (const [index, plane] of planes.entries()) {
        const next = await plane.next();
        if (next.done) return;
        interleave(next.value, joined, index, this.layout);
      }
      yield joined;
    }
  }

  async *#plane(
    segment: number,
    rows: number,
    rowBytes: number,
    samples: number,
  ): AsyncGenerator<Uint8Array> {
    const packed = this.#packed(segment);
    const row = new Uint8Array(rowBytes);
    const stored = Math.ceil(rows / this.#writer.lines);
    let [filled, given] = [0, 0];
    const onDamage = (): void => void (this.damaged = true);
    for await (const piece of unpack(packed, this.layout, rows, onDamage)) {
      for (let at = 0; at < piece.length && given < stored;) {
        const part = piece.subarray(at, at + rowBytes - filled);
        row.set(part, filled);
        filled += part.length;
        at += part.length;
        if (filled < rowBytes) continue;
        filled = 0;
        if (this.layout.predictor === 2) undoPredictor(row, this.layout, samples);
        given += 1;
        yield row;
      }
      if (given >= stored) return;
    }
  }

  /** A segment's bytes as they lie in the file, as far as they are there. */
  #packed(segment: number): Uint8Array {
    const { offsets, sizes } = this.layout;
    const at = offsets[segment] ?? 0;
    const size = sizes[segment] ?? (offsets.length === 1 ? this.bytes.length - at : 0);
    if (at === 0 || at + size > this.bytes.length) this.damaged = true;
    return at === 0 ? new Uint8Array(0) : this.bytes.subarray(at, at + size);
  }

  *#jpegLines(segment: number): Generator<Uint8Array> {
    const { jpegTables, photometric } = this.layout;
    const packed = this.#packed(segment);
    if (packed.length === 0) return;
    const colors = JPEG_COLORS[photometric];
    const jpeg = openJpeg(packed, {
      side: 8,
      channels: this.channels,
      maxKeptBytes: MAX_KEPT_BYTES,
      ...(colors ? { colors } : {}),
      ...(jpegTables.length > 0 ? { tables: Uint8Array.from(jpegTables) } : {}),
    });
    const line = new Uint8Array(this.layout.segmentWidth * this.channels).fill(255);
    for (const found of jpeg.lines()) {
      line.set(found.subarray(0, line.length));
      yield line;
    }
    if (jpeg.damaged()) this.damaged = true;
  }
}

/** What TIFF's colour models are inside a JPEG. */
const JPEG_COLORS: Readonly<Record<number, JpegColors>> = {
  [PHOTOMETRIC.rgb]: "rgb",
  [PHOTOMETRIC.ycbcr]: "ycc",
  [PHOTOMETRIC.cmyk]: "cmyk",
};

/** Puts a plane's row into its places of the joined row; samples of less than a byte are set bit by bit. */
function interleave(row: Uint8Array, joined: Uint8Array, index: number, layout: TiffLayout): void {
  const { bits, samples, segmentWidth } = layout;
  if (bits >= 8) {
    const size = bits / 8;
    for (let x = 0; x < segmentWidth; x += 1)
      for (let byte = 0; byte < size; byte += 1)
        joined[(x * samples + index) * size + byte] = row[x * size + byte] ?? 0;
    return;
  }
  const mask = (1 << bits) - 1;
  for (let x = 0; x < segmentWidth; x += 1) {
    const value = ((row[(x * bits) >> 3] ?? 0) >> (8 - bits - ((x * bits) & 7))) & mask;
    const at = (x * samples + index) * bits;
    const shift = 8 - bits - (at & 7);
    joined[at >> 3] = ((joined[at >> 3] ?? 0) & ~(mask << shift)) | (value << shift);
  }
}
