/** Bytes that stand in memory in segments, read as if they stood behind one another; nothing is copied together. */
export class SegmentedBytes {
  readonly length: number;
  readonly #segments: readonly Uint8Array[];
  readonly #starts: readonly number[];
  /** The segment that was read last: the next byte is mostly in it. */
  #current = 0;

  constructor(segments: readonly Uint8Array[]) {
    let length = 0;
    this.#starts = segments.map((segment) => {
      length += segment.length;
      return length - segment.length;
    });
    this.#segments = segments;
    this.length = length;
  }

  /** A byte; 0 behind the end. */
  at(offset: number): number {
    this.#seek(offset);
    return this.#segments[this.#current]?.[offset - (this.#starts[this.#current] ?? 0)] ?? 0;
  }

  u16(offset: number): number {
    return this.at(offset) | (this.at(offset + 1) << 8);
  }

  u32(offset: number): number {
    return this.u16(offset) + this.u16(offset + 2) * 0x10000;
  }

  hex(from: number, to: number): string {
    let text = "";
    for (let offset = from; offset < to; offset += 1) text += this.at(offset).toString(16).padStart(2, "0");
    return text;
  }

  /** Copies of what lies between two offsets, a segment at a time. */
  *pieces(from: number, to: number): Generator<Uint8Array, void> {
    this.#seek(from);
    for (let index = this.#current; index < this.#segments.length; index += 1) {
      const start = this.#starts[index] ?? 0;
      if (start >= to) return;
      const piece = this.#segments[index]?.slice(Math.max(0, from - start), to - start);
      if (piece && piece.length > 0) yield piece;
    }
  }

  /** Steps to the segment of an offset: jumps are rare, and lead forwards. */
  #seek(offset: number): void {
    while (this.#current > 0 && offset < (this.#starts[this.#current] ?? 0)) this.#current -= 1;
    while (offset >= (this.#starts[this.#current + 1] ?? Number.POSITIVE_INFINITY)) this.#current += 1;
  }
}
