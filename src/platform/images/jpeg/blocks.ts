import type { EntropyReader, HuffmanTable } from "./entropy.ts";
import type { BlockSide } from "./idct.ts";

/** Where the coefficients of a scan's order lie in a block of 8 x 8, by row (T.81, figure A.6). */
const ZIGZAG = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46,
  53, 60, 61, 54, 47, 55, 62, 63,
];

/** By the place in a scan's order: where a coefficient lies among those that `side` needs; -1 for those it does not. */
export function keptPlaces(side: BlockSide): Int8Array {
  return Int8Array.from(ZIGZAG, (place) => {
    const [row, column] = [place >> 3, place & 7];
    return row < side && column < side ? row * side + column : -1;
  });
}

/** The coefficients of all blocks of a colour, as far as they are needed, and which of all were not zero so far. */
export interface Coefficients {
  readonly values: Int16Array;
  readonly nonzero: Uint32Array;
}

/** Reads a block of a sequential scan into `values` (in `places`' order); false when the bits are no codes. */
export function readBlock(
  reader: EntropyReader,
  tables: { dc: HuffmanTable; ac: HuffmanTable },
  predictor: Int32Array,
  component: number,
  places: Int8Array,
  values: Int16Array,
  at: number,
): boolean {
  const size = reader.decode(tables.dc);
  if (size < 0 || size > 15) return false;
  predictor[component] = (predictor[component] ?? 0) + reader.takeSigned(size);
  values[at] = predictor[component] ?? 0;
  for (let k = 1; k < 64; k += 1) {
    const code = reader.decode(tables.ac);
    if (code < 0) return false;
    const bits = code & 15;
    if (bits === 0) {
      if (code < 0xf0) return true;
      k += 15;
      continue;
    }
    k += code >> 4;
    if (k > 63) return false;
    const place = places[k] ?? -1;
    const value = reader.takeSigned(bits);
    if (place >= 0) values[at + place] = value;
  }
  return true;
}

/** Reads the blocks of one progressive scan (T.81, annex G), one after another. */
export class ProgressiveReader {
  #endRun = 0;
  readonly #reader: EntropyReader;
  readonly #places: Int8Array;
  readonly #band: { from: number; to: number; high: number; low: number };
  readonly #kept: number;

  constructor(reader: EntropyReader, places: Int8Array, kept: number, band: ProgressiveReader["band"]) {
    this.#reader = reader;
    this.#places = places;
    this.#kept = kept;
    this.#band = band;
  }

  get band(): { from: number; to: number; high: number; low: number } {
    return this.#band;
  }

  restart(): void {
    this.#endRun = 0;
  }

  /** The constant part; `stored` is null for a colour that nobody needs. */
  readDc(
    table: HuffmanTable | undefined,
    predictor: Int32Array,
    component: number,
    stored: Coefficients | null,
    block: number,
  ): boolean {
    const { high, low } = this.#band;
    const at = block * this.#kept;
    if (high > 0) {
      if (this.#reader.take(1) === 1 && stored) stored.values[at] = (stored.values[at] ?? 0) | (1 << low);
      return true;
    }
    const size = table ? this.#reader.decode(table) : -1;
    if (size < 0 || size > 15) return false;
    predictor[component] = (predictor[component] ?? 0) + this.#reader.takeSigned(size);
    if (stored) stored.values[at] = (predictor[component] ?? 0) << low;
    return true;
  }

  /** A band of frequencies, for the first time or one bit finer. */
  readAc(table: HuffmanTable, stored: Coefficients, block: number): boolean {
    return this.#band.high === 0 ? this.#first(table, stored, block) : this.#refine(table, stored, block);
  }

  #first(table: HuffmanTable, stored: Coefficients, block: number): boolean {
    const { from, to, low } = this.#band;
    if (this.#endRun > 0) {
      this.#endRun -= 1;
      return true;
    }
    for (let k = from; k <= to; k += 1) {
      const code = this.#reader.decode(table);
      if (code < 0) return false;
      const [run, bits] = [code >> 4, code & 15];
      if (bits === 0 && run < 15) {
        this.#endRun = (1 << run) + this.#reader.take(run) - 1;
        return true;
      }
      k += run;
      if (bits > 0) {
        if (k > to) return false;
        this.#set(stored, block, k, this.#reader.takeSigned(bits) << low);
      }
    }
    return true;
  }

  #refine(table: HuffmanTable, stored: Coefficients, block: number): boolean {
    const { from, to, low } = this.#band;
    let k = from;
    while (this.#endRun === 0 && k <= to) {
      const code = this.#reader.decode(table);
      if (code < 0) return false;
      let run = code >> 4;
      let value = 0;
      if ((code & 15) !== 0) value = this.#reader.take(1) === 1 ? 1 << low : -1 << low;
      else if (run < 15) {
        this.#endRun = (1 << run) + this.#reader.take(run);
        break;
      }
      for (; k <= to; k += 1) {
        if (this.#has(stored, block, k)) this.#correct(stored, block, k);
        else if (run === 0) break;
        else run -= 1;
      }
      if (value !== 0 && k <= to) this.#set(stored, block, k, value);
      k += 1;
    }
    if (this.#endRun > 0) {
      for (; k <= to; k += 1) if (this.#has(stored, block, k)) this.#correct(stored, block, k);
      this.#endRun -= 1;
    }
    return true;
  }

  #has({ nonzero }: Coefficients, block: number, k: number): boolean {
    return (((nonzero[block * 2 + (k >> 5)] ?? 0) >>> (k & 31)) & 1) === 1;
  }

  #set({ values, nonzero }: Coefficients, block: number, k: number, value: number): void {
    const word = block * 2 + (k >> 5);
    nonzero[word] = (nonzero[word] ?? 0) | (1 << (k & 31));
    const place = this.#places[k] ?? -1;
    if (place >= 0) values[block * this.#kept + place] = value;
  }

  /** One more bit of a coefficient that is not zero; the bit is there whether or not we need it. */
  #correct({ values }: Coefficients, block: number, k: number): void {
    if (this.#reader.take(1) === 0) return;
    const place = this.#places[k] ?? -1;
    if (place < 0) return;
    const at = block * this.#kept + place;
    const value = values[at] ?? 0;
    const step = 1 << this.#band.low;
    if ((Math.abs(value) & step) === 0) values[at] = value + (value < 0 ? -step : step);
  }
}
