import { AppError } from "../../../errors.ts";
import { damaged } from "../picture.ts";
import { type Coefficients, keptPlaces, ProgressiveReader, readBlock } from "./blocks.ts";
import { colorsOf, type JpegColors } from "./colors.ts";
import { EntropyReader, type HuffmanTable } from "./entropy.ts";
import { type Component, type Frame, JpegMarkers, type Scan } from "./frame.ts";
import type { BlockSide } from "./idct.ts";
import { Planes } from "./planes.ts";

/** How a JPEG is to be decoded. */
export interface JpegDecoding {
  /** Pixels a side for each block of eight: 4 halves the picture, 2 quarters it. */
  readonly side: BlockSide;
  readonly channels: 1 | 3;
  /** Most bytes that may be kept of a picture that comes in several scans. */
  readonly maxKeptBytes: number;
  /** What the colours are where the file around it says so (TIFF); else the JPEG's own marks count. */
  readonly colors?: JpegColors;
  /** A JPEG with tables alone, which the picture relies on (TIFF's JPEGTables). */
  readonly tables?: Uint8Array;
}

/** A JPEG that gives its lines one by one, from the top. */
export interface JpegPicture {
  readonly width: number;
  readonly height: number;
  /** The array that is given is used again. Ends early where the rest is missing. */
  readonly lines: () => Generator<Uint8Array>;
  /** Whether something was damaged or missing, once the lines have been taken. */
  readonly damaged: () => boolean;
}

/** No program writes so many scans; each goes over all blocks. */
const MAX_SCANS = 64;
const SKIP: HuffmanTable | undefined = undefined;

/**
 * Opens a baseline, extended or progressive JPEG of 8 bits (ITU-T T.81). A baseline one is decoded as its lines are
 * asked for, and no more than a row of blocks of it is in memory; of a progressive one, the frequencies that the
 * wanted size needs. Damage costs the blocks up to the next restart mark, or the rest.
 * @throws AppError file_damaged, image_too_large above `maxKeptBytes`
 */
export function openJpeg(bytes: Uint8Array, decoding: JpegDecoding): JpegPicture {
  const markers = new JpegMarkers();
  if (decoding.tables) markers.nextScan(decoding.tables, 0);
  const scan = markers.nextScan(bytes, 0);
  const { frame } = markers;
  if (!scan || !frame) throw damaged("The JPEG has no picture in it.");
  const colors = fitting(frame, decoding.colors) ?? colorsOf(markers);
  const job = new Job(bytes, markers, frame, decoding, colors);
  const streamed = !frame.progressive && scan.parts.length === frame.components.length;
  return {
    width: Math.ceil((frame.width * decoding.side) / 8),
    height: Math.ceil((frame.height * decoding.side) / 8),
    lines: () => (streamed ? job.stream(scan) : job.gather(scan)),
    damaged: () => job.damaged,
  };
}

function fitting({ components }: Frame, colors: JpegColors | undefined): JpegColors | undefined {
  const wanted = colors && { gray: 1, ycc: 3, rgb: 3, cmyk: 4, inverted_cmyk: 4, inverted_ycck: 4 }[colors];
  return wanted === components.length ? colors : undefined;
}

/** A walk over the units of a scan: its MCUs, or the blocks of one colour. */
interface Units {
  readonly columns: number;
  readonly rows: number;
  /** Reads one; false when its bits are no codes. */
  readonly read: (column: number, row: number) => boolean;
  readonly restart: () => void;
}

class Job {
  damaged = false;
  readonly #bytes: Uint8Array;
  readonly #markers: JpegMarkers;
  readonly #frame: Frame;
  readonly #decoding: JpegDecoding;
  readonly #colors: JpegColors;
  readonly #places: Int8Array;

  constructor(
    bytes: Uint8Array,
    markers: JpegMarkers,
    frame: Frame,
    decoding: JpegDecoding,
    colors: JpegColors,
  ) {
    this.#bytes = bytes;
    this.#markers = markers;
    this.#frame = frame;
    this.#decoding = decoding;
    this.#colors = colors;
    this.#places = keptPlaces(decoding.side);
  }

  #planes(): Planes {
    const { side, channels } = this.#decoding;
    const steps = this.#shown().map(({ quantizer }) => this.#steps(quantizer));
    return new Planes(this.#frame, side, this.#colors, channels, steps);
  }

  /** The components that are needed: of YCbCr in grey, only the light. */
  #shown(): readonly Component[] {
    const lightOnly = this.#decoding.channels === 1 && this.#colors === "ycc";
    return this.#frame.components.slice(0, lightOnly ? 1 : 4);
  }

  #steps(quantizer: number): Float32Array {
    const { side } = this.#decoding;
    const stored = this.#markers.quantizers[quantizer];
    if (!stored) throw damaged("The JPEG is damaged: a quantizer is missing.");
    const steps = new Float32Array(side * side);
    for (const [order, place] of this.#places.entries()) if (place >= 0) steps[place] = stored[order] ?? 0;
    return steps;
  }

  /** Reads a scan that holds all of the picture, showing each row of MCUs as it comes. */
  *stream(scan: Scan): Generator<Uint8Array> {
    const { mcusWide, mcusHigh, components } = this.#frame;
    const planes = this.#planes();
    const reader = new EntropyReader(this.#bytes, scan.at);
    const predictor = new Int32Array(components.length);
    const values = new Int16Array(64);
    const blocks = this.#blocksOf(scan);
    const read = (column: number): boolean => {
      for (const { index, component, dc, ac, x, y } of blocks) {
        if (!dc || !ac) return false;
        values.fill(0);
        if (!readBlock(reader, { dc, ac }, predictor, index, this.#places, values, 0)) return false;
        planes.paint(index, column * component.across + x, y, values, 0);
      }
      return true;
    };
    planes.clear();
    const units = { columns: mcusWide, rows: mcusHigh, read, restart: () => void predictor.fill(0) };
    for (const row of this.#walk(reader, units)) {
      yield* planes.lines(row);
      planes.clear();
    }
  }

  /** The blocks of an MCU in the order of a scan, each with its place in it. */
  #blocksOf({ parts }: Scan) {
    return parts.flatMap(({ component: index, dc, ac }) => {
      const component = this.#frame.components[index];
      if (!component) return [];
      return Array.from({ length: component.across * component.down }, (_, place) => ({
        index,
        component,
        dc: this.#markers.dc[dc],
        ac: this.#markers.ac[ac],
        x: place % component.across,
        y: Math.floor(place / component.across),
      }));
    });
  }

  /** Goes over the units row by row; after damage, on from the next restart mark. Ends where the data do. */
  *#walk(reader: EntropyReader, { columns, rows, read, restart }: Units): Generator<number> {
    const interval = this.#markers.restartInterval;
    let [unit, skipTo] = [0, 0];
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1, unit += 1) {
        if (interval > 0 && unit > 0 && unit % interval === 0) {
          const marker = this.#bytes[reader.seekMarker() + 1] ?? 0;
          if (marker < 0xd0 || marker > 0xd7) {
            this.damaged = true;
            if (column > 0) yield row;
            return;
          }
          reader.passMarker();
          restart();
        }
        if (unit < skipTo || (read(column, row) && !reader.overrun)) continue;
        this.damaged = true;
        if (interval === 0) {
          if (column > 0) yield row;
          return;
        }
        skipTo = (Math.floor(unit / interval) + 1) * interval;
      }
      yield row;
    }
  }

  /** Collects what all scans say of the picture, then shows it. */
  *gather(first: Scan): Generator<Uint8Array> {
    const { side, maxKeptBytes } = this.#decoding;
    const kept = side * side;
    const shown = this.#shown();
    const blocks = shown.reduce((sum, { storedWide, storedHigh }) => sum + storedWide * storedHigh, 0);
    if (blocks * (kept * 2 + 8) > maxKeptBytes) throw tooLarge(this.#frame);
    const stored = shown.map(({ storedWide, storedHigh }) => ({
      values: new Int16Array(storedWide * storedHigh * kept),
      nonzero: new Uint32Array(storedWide * storedHigh * 2),
    }));
    let scan: Scan | null = first;
    for (let count = 0; scan && count < MAX_SCANS; count += 1) {
      const needed = scan.parts.some(({ component }) => component < shown.length);
      const end = needed ? this.#readScan(scan, stored) : scan.at;
      scan = this.#markers.nextScan(this.#bytes, end);
    }
    if (scan) this.damaged = true;
    const planes = this.#planes();
    for (let row = 0; row < this.#frame.mcusHigh; row += 1) {
      for (const [index, component] of shown.entries())
        this.#show(planes, index, component, stored[index], row);
      yield* planes.lines(row);
    }
  }

  #show(planes: Planes, index: number, component: Component, stored: Coefficients | undefined, row: number) {
    if (!stored) return;
    const kept = this.#decoding.side ** 2;
    for (let y = 0; y < component.down; y += 1) {
      const from = (row * component.down + y) * component.storedWide;
      for (let x = 0; x < component.storedWide; x += 1)
        planes.paint(index, x, y, stored.values, (from + x) * kept);
    }
  }

  /** Reads one of several scans into what is kept; gives where the next marker stands. */
  #readScan(scan: Scan, stored: readonly Coefficients[]): number {
    const { components, mcusWide, mcusHigh, progressive } = this.#frame;
    const kept = this.#decoding.side ** 2;
    const reader = new EntropyReader(this.#bytes, scan.at);
    const predictor = new Int32Array(components.length);
    const spectrum = new ProgressiveReader(reader, this.#places, kept, scan);
    const dummy = new Int16Array(64);
    const blocks = this.#blocksOf(scan);
    const readOne = ({ index, dc, ac }: (typeof blocks)[number], block: number): boolean => {
      const target = stored[index];
      if (progressive && scan.from === 0)
        return spectrum.readDc(dc ?? SKIP, predictor, index, target ?? null, block);
      if (!ac) return false;
      if (progressive) return target ? spectrum.readAc(ac, target, block) : false;
      const into = target?.values ?? dummy.fill(0);
      return dc
        ? readBlock(reader, { dc, ac }, predictor, index, this.#places, into, target ? block * kept : 0)
        : false;
    };
    const alone = scan.parts.length === 1 ? blocks[0] : undefined;
    const read = (column: number, row: number): boolean => {
      if (alone) return readOne(alone, row * alone.component.storedWide + column);
      for (const block of blocks) {
        const { across, down, storedWide } = block.component;
        if (!readOne(block, (row * down + block.y) * storedWide + column * across + block.x)) return false;
      }
      return true;
    };
    const restart = (): void => {
      predictor.fill(0);
      spectrum.restart();
    };
    const columns = alone ? alone.component.blocksWide : mcusWide;
    const rows = alone ? alone.component.blocksHigh : mcusHigh;
    const walk = this.#walk(reader, { columns, rows, read, restart });
    while (!walk.next().done);
    return reader.seekMarker();
  }
}

function tooLarge({ width, height }: Frame): AppError {
  return new AppError(
    "image_too_large",
    `The progressive JPEG of ${width} x ${height} pixels takes more memory than there is. Save it as a baseline JPEG, or scale it down, and send it again.`,
    { detail: { width, height } },
  );
}
