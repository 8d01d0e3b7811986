/** A record of Excel's binary form ([MS-XLSB] 2.1.4): its number and its body. */
export interface BinaryRecord {
  readonly type: number;
  readonly body: BinaryBody;
}

/** A record's number and length have seven bits a byte; one that reaches over the end is not given. */
export function* recordsOf(bytes: Uint8Array): Generator<BinaryRecord, void> {
  for (let at = 0; at < bytes.length;) {
    const type = readNumber(bytes, at, 2);
    const length = readNumber(bytes, type.next, 4);
    at = length.next + length.value;
    if (at > bytes.length) return;
    yield { type: type.value, body: new BinaryBody(bytes.subarray(length.next, at)) };
  }
}

function readNumber(bytes: Uint8Array, at: number, maxBytes: number): { value: number; next: number } {
  let value = 0;
  for (let index = 0; index < maxBytes; index += 1) {
    const byte = bytes[at + index] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if ((byte & 0x80) === 0) return { value, next: at + index + 1 };
  }
  return { value, next: at + maxBytes };
}

/** A record's body. What would be read behind its end is 0, or empty. */
export class BinaryBody {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  uint8(at: number): number {
    return this.#bytes[at] ?? 0;
  }

  uint16(at: number): number {
    return at + 2 > this.#bytes.length ? 0 : this.#view.getUint16(at, true);
  }

  uint32(at: number): number {
    return at + 4 > this.#bytes.length ? 0 : this.#view.getUint32(at, true);
  }

  double(at: number): number {
    return at + 8 > this.#bytes.length ? 0 : this.#view.getFloat64(at, true);
  }

  /** A text behind its length in characters; `next` is behind it. */
  text(at: number): { text: string; next: number } {
    const next = at + 4 + this.uint32(at) * 2;
    if (next > this.#bytes.length) return { text: "", next: this.#bytes.length };
    return { text: new TextDecoder("utf-16le").decode(this.#bytes.subarray(at + 4, next)), next };
  }
}
