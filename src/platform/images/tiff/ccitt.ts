import { BIAS, CODE_BITS, codeTables, MODE, type CodeTable } from "./ccitt-codes.ts";

/** How a strip of a fax is coded: ITU-T T.4 (group 3) and T.6 (group 4), TIFF 6.0 sections 10 and 11. */
export interface FaxCoding {
  /** `rows` is TIFF's compression 2: each row by itself, from a byte on, without line ends. */
  readonly scheme: "rows" | "group3" | "group4";
  /** In group 3: whether a bit behind each line end says how the row is coded. */
  readonly twoDimensional: boolean;
  readonly columns: number;
  readonly rows: number;
}

const LINE_END_ZEROS = 11;

/**
 * Decodes a strip row by row, eight pixels a byte, 1 for black. In group 3 a damaged row repeats the one above it
 * and `onDamage` is told; elsewhere the first damage ends it, with fewer rows than were asked for.
 */
export function* decodeFax(
  bytes: Uint8Array,
  coding: FaxCoding,
  onDamage: () => void,
): Generator<Uint8Array> {
  const { columns, rows, scheme } = coding;
  const bits = new Bits(bytes);
  let above: readonly number[] = [];
  let marked = false;
  for (let row = 0; row < rows; row += 1) {
    let flat = scheme !== "group4";
    if (scheme === "rows") bits.align();
    if (scheme === "group3") {
      let { count, tag } = takeLineEnds(bits, coding.twoDimensional);
      if (count === 0 && marked) {
        // The row before ended too early: what is left of it is no row.
        onDamage();
        bits.seekLineEnd();
        ({ count, tag } = takeLineEnds(bits, coding.twoDimensional));
      }
      if (count > 1 && row > 0) return;
      marked ||= count > 0;
      flat = !coding.twoDimensional || count === 0 || tag === 1;
    }
    if (bits.ended) return;
    const found = flat ? readFlat(bits, columns) : readByAbove(bits, columns, above);
    if (found) above = found;
    else {
      if (scheme !== "group3") return;
      onDamage();
      bits.seekLineEnd();
      if (bits.ended) return;
    }
    yield paint(above, columns);
  }
}

/** Takes the line ends that stand here, each with its tag bit: several are the end of the fax. */
function takeLineEnds(bits: Bits, tagged: boolean): { count: number; tag: number } {
  let [count, tag] = [0, 1];
  while (count < 6 && bits.takeLineEnd()) {
    count += 1;
    if (tagged) tag = bits.take(1);
  }
  return { count, tag };
}

/** A row as the columns at which the colour changes, from white on; null where its bits are no codes. */
function readFlat(bits: Bits, columns: number): number[] | null {
  const changes: number[] = [];
  let at = 0;
  while (at < columns) {
    const run = readRun(bits, changes.length % 2 === 1);
    if (run < 0 || at + run > columns) return null;
    at += run;
    changes.push(at);
  }
  return changes;
}

/** A row coded by how it differs from the one above (T.4, 4.2): a0, b1 and b2 are the recommendation's names. */
function readByAbove(bits: Bits, columns: number, above: readonly number[]): number[] | null {
  const { modes } = codeTables();
  const changes: number[] = [];
  let a0 = -1;
  let index = 0;
  while (a0 < columns) {
    const black = changes.length % 2;
    while (index > 0 && (above[index - 1] ?? columns) > a0) index -= 1;
    while (index < above.length && (above[index] ?? columns) <= a0) index += 1;
    if (index % 2 !== black) index += 1;
    const b1 = above[index] ?? columns;
    const mode = bits.code(modes);
    if (mode === null || mode === MODE.extension) return null;
    if (mode === MODE.pass) a0 = above[index + 1] ?? columns;
    else if (mode === MODE.horizontal) {
      const first = readRun(bits, black === 1);
      const second = first < 0 ? -1 : readRun(bits, black === 0);
      const start = Math.max(0, a0);
      if (second < 0 || start + first + second > columns) return null;
      changes.push(start + first, start + first + second);
      a0 = start + first + second;
    } else {
      const a1 = b1 + mode;
      if (a1 < Math.max(0, a0) || a1 > columns) return null;
      changes.push(a1);
      a0 = a1;
    }
  }
  return changes;
}

/** A run's length: codes of multiples of 64, then one below 64; -1 for no code. */
function readRun(bits: Bits, black: boolean): number {
  const { white, black: dark } = codeTables();
  let run = 0;
  for (;;) {
    const part = bits.code(black ? dark : white);
    if (part === null) return -1;
    run += part;
    if (part < 64) return run;
  }
}

function paint(changes: readonly number[], columns: number): Uint8Array {
  const row = new Uint8Array((columns + 7) >> 3);
  for (let index = 0; index < changes.length; index += 2) {
    const end = changes[index + 1] ?? columns;
    let x = changes[index] ?? columns;
    while (x < end) {
      if ((x & 7) === 0 && end - x >= 8) {
        row[x >> 3] = 255;
        x += 8;
      } else {
        row[x >> 3] = (row[x >> 3] ?? 0) | (0x80 >> (x & 7));
        x += 1;
      }
    }
  }
  return row;
}

/** The bits of a strip from the top of each byte; beyond the end come zeros. */
class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get ended(): boolean {
    return this.#at >= this.#bytes.length * 8;
  }

  #peek(count: number): number {
    const byte = this.#at >> 3;
    const bytes = this.#bytes;
    const word = ((bytes[byte] ?? 0) << 16) | ((bytes[byte + 1] ?? 0) << 8) | (bytes[byte + 2] ?? 0);
    return (word >> (24 - count - (this.#at & 7))) & ((1 << count) - 1);
  }

  take(count: number): number {
    const value = this.#peek(count);
    this.#at += count;
    return value;
  }

  align(): void {
    this.#at = (this.#at + 7) & ~7;
  }

  /** The value of the code that stands here; null, and nothing taken, where none does. */
  code(table: CodeTable): number | null {
    const entry = table[this.#peek(CODE_BITS)] ?? 0;
    if (entry === 0) return null;
    this.#at += entry & 15;
    return (entry >> 4) - BIAS;
  }

  /** Takes a line end with the zeros that fill up before it; nothing where none stands. */
  takeLineEnd(): boolean {
    if (this.#peek(LINE_END_ZEROS) !== 0) return false;
    const end = this.#bytes.length * 8;
    let at = this.#at + LINE_END_ZEROS;
    while (at < end && ((this.#bytes[at >> 3] ?? 0) & (0x80 >> (at & 7))) === 0) at += 1;
    this.#at = Math.min(end, at + 1);
    return at < end;
  }

  /** Goes on to where the next line end begins, or to the end. */
  seekLineEnd(): void {
    const end = this.#bytes.length * 8;
    while (this.#at < end && this.#peek(LINE_END_ZEROS) !== 0) this.#at += 1;
  }
}
