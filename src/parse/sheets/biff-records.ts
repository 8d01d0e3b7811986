/** A record of an Excel workbook before 2007 ([MS-XLS] 2.1.4), with the records that continue it. */
export interface BiffRecord {
  readonly type: number;
  /** Where it begins in the stream: sheets are named by that. */
  readonly at: number;
  readonly body: BiffBody;
}

const CONTINUE = 0x3c;
/** Pieces of one record: a text of 32,767 characters has eight, a workbook's texts a thousand for each 8 MB. */
const MAX_PIECES = 20_000;

/** The records of a stream in order; one that reaches over the end is not given. */
export function* biffRecords(stream: Uint8Array): Generator<BiffRecord, void> {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const pieceAt = (at: number): Uint8Array | null => {
    const end = at + 4 + view.getUint16(at + 2, true);
    return end > stream.length ? null : stream.subarray(at + 4, end);
  };
  for (let at = 0; at + 4 <= stream.length;) {
    const start = at;
    const type = view.getUint16(at, true);
    const first = pieceAt(at);
    if (!first) return;
    const pieces = [first];
    at += 4 + first.length;
    while (at + 4 <= stream.length && view.getUint16(at, true) === CONTINUE) {
      const piece = pieceAt(at);
      if (!piece) return;
      if (pieces.length < MAX_PIECES) pieces.push(piece);
      at += 4 + piece.length;
    }
    yield { type, at: start, body: new BiffBody(pieces) };
  }
}

/** A record's body, read from its start or at a place. What would be read behind its end is 0, or empty. */
export class BiffBody {
  readonly #pieces: readonly Uint8Array[];
  readonly #first: DataView;
  #piece = 0;
  #at = 0;

  constructor(pieces: readonly Uint8Array[]) {
    this.#pieces = pieces;
    const [first = new Uint8Array()] = pieces;
    this.#first = new DataView(first.buffer, first.byteOffset, first.byteLength);
  }

  /** Bytes of the record itself, without what continues it. */
  get size(): number {
    return this.#first.byteLength;
  }

  get continued(): boolean {
    return this.#pieces.length > 1;
  }

  get atEnd(): boolean {
    return this.#piece >= this.#pieces.length;
  }

  uint8(at: number): number {
    return at + 1 > this.size ? 0 : this.#first.getUint8(at);
  }

  uint16(at: number): number {
    return at + 2 > this.size ? 0 : this.#first.getUint16(at, true);
  }

  uint32(at: number): number {
    return at + 4 > this.size ? 0 : this.#first.getUint32(at, true);
  }

  double(at: number): number {
    return at + 8 > this.size ? 0 : this.#first.getFloat64(at, true);
  }

  /** Goes to a place in the record itself, from which is read on. */
  seek(at: number): void {
    this.#piece = 0;
    this.#at = at;
    this.#settle();
  }

  /** Goes to what continues the record. */
  seekContinued(): void {
    this.#piece = 1;
    this.#at = 0;
  }

  nextUint8(): number {
    const value = this.#pieces[this.#piece]?.[this.#at] ?? 0;
    this.skip(1);
    return value;
  }

  nextUint16(): number {
    return this.nextUint8() + this.nextUint8() * 0x100;
  }

  nextUint32(): number {
    return this.nextUint16() + this.nextUint16() * 0x10000;
  }

  skip(bytes: number): void {
    let left = bytes;
    while (left > 0 && !this.atEnd) {
      const step = Math.min(left, (this.#pieces[this.#piece]?.length ?? 0) - this.#at);
      this.#at += step;
      left -= step;
      this.#settle();
      if (step <= 0) return;
    }
  }

  /** Bytes as far as there are any. */
  nextBytes(length: number): Uint8Array {
    const piece = this.#pieces[this.#piece]?.subarray(this.#at, this.#at + length) ?? new Uint8Array();
    this.skip(piece.length);
    return piece;
  }

  /**
   * Characters of a text, one byte each or two. Where the text goes on in another record, that begins with a byte
   * that says anew which ([MS-XLS] 2.5.293).
   */
  nextCharacters(count: number, wide: boolean): string {
    let text = "";
    let left = count;
    let twoBytes = wide;
    while (left > 0 && !this.atEnd) {
      const piece = this.#piece;
      const width = twoBytes ? 2 : 1;
      const room = Math.floor(((this.#pieces[piece]?.length ?? 0) - this.#at) / width);
      const bytes = this.nextBytes(Math.min(left, room) * width);
      text += twoBytes ? new TextDecoder("utf-16le").decode(bytes) : narrow(bytes);
      left -= bytes.length / width;
      if (left <= 0) break;
      if (this.#piece === piece) {
        // Half a character is left in front of the next record.
        this.skip((this.#pieces[piece]?.length ?? 0) - this.#at);
        if (this.#piece === piece) break;
      }
      twoBytes = (this.nextUint8() & 1) === 1;
    }
    return text;
  }

  #settle(): void {
    while (!this.atEnd && this.#at >= (this.#pieces[this.#piece]?.length ?? 0)) {
      this.#at -= this.#pieces[this.#piece]?.length ?? 0;
      this.#piece += 1;
    }
  }
}

/** One byte a character: the lower half of UTF-16. */
function narrow(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4_096) {
    text += String.fromCharCode(...bytes.subarray(at, at + 4_096));
  }
  return text;
}
