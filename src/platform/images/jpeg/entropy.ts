/** A Huffman table (ITU-T T.81, annex C), with the short codes laid out to be looked up at once. */
export interface HuffmanTable {
  /** By the next `LOOK_BITS` bits: the code's length in the upper byte, its value in the lower; 0 for a longer one. */
  readonly look: Uint16Array;
  /** Behind the last code of each length, shifted to 16 bits. */
  readonly limits: Int32Array;
  /** By length: what to add to a code to have its value's place. */
  readonly offsets: Int32Array;
  readonly values: Uint8Array;
}

const LOOK_BITS = 9;

/** Makes a table of the numbers of codes by length (16 of them) and their values. */
export function huffmanTable(counts: Uint8Array, values: Uint8Array): HuffmanTable {
  const look = new Uint16Array(1 << LOOK_BITS);
  const limits = new Int32Array(18).fill(-1);
  const offsets = new Int32Array(17);
  let [code, place] = [0, 0];
  for (let length = 1; length <= 16; length += 1) {
    offsets[length] = place - code;
    for (let left = counts[length - 1] ?? 0; left > 0; left -= 1, code += 1, place += 1) {
      if (length > LOOK_BITS) continue;
      const first = code << (LOOK_BITS - length);
      look.fill((length << 8) | (values[place] ?? 0), first, first + (1 << (LOOK_BITS - length)));
    }
    limits[length] = code << (16 - length);
    code <<= 1;
  }
  return { look, limits, offsets, values };
}

/** The bits of a scan: stuffed zeros are taken out, and beyond a marker or the end come zeros. */
export class EntropyReader {
  readonly #bytes: Uint8Array;
  #at: number;
  #held = 0;
  #count = 0;
  #padded = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** Whether bits were taken that are not there. */
  get overrun(): boolean {
    return this.#count < this.#padded;
  }

  /** Lets go of the bits at hand and gives the place of the next marker, the file's end for none. */
  seekMarker(): number {
    [this.#held, this.#count, this.#padded] = [0, 0, 0];
    const bytes = this.#bytes;
    for (let at = this.#at; at + 1 < bytes.length; at += 1) {
      if (bytes[at] !== 0xff || bytes[at + 1] === 0 || bytes[at + 1] === 0xff) continue;
      this.#at = at;
      return at;
    }
    this.#at = bytes.length;
    return bytes.length;
  }

  /** Goes on behind the marker that stands here. */
  passMarker(): void {
    this.#at += 2;
  }

  #fill(): void {
    const bytes = this.#bytes;
    while (this.#count <= 24) {
      const byte = bytes[this.#at];
      if (byte === undefined || (byte === 0xff && bytes[this.#at + 1] !== 0)) {
        this.#held <<= 8;
        this.#padded += 8;
      } else {
        this.#held = (this.#held << 8) | byte;
        this.#at += byte === 0xff ? 2 : 1;
      }
      this.#count += 8;
    }
  }

  /** The next code's value; -1 when no code begins so. */
  decode(table: HuffmanTable): number {
    if (this.#count < 16) this.#fill();
    const entry = table.look[(this.#held >>> (this.#count - LOOK_BITS)) & ((1 << LOOK_BITS) - 1)] ?? 0;
    if (entry !== 0) {
      this.#count -= entry >> 8;
      return entry & 255;
    }
    const bits = (this.#held >>> (this.#count - 16)) & 0xffff;
    for (let length = LOOK_BITS + 1; length <= 16; length += 1) {
      if (bits >= (table.limits[length] ?? -1)) continue;
      this.#count -= length;
      return table.values[(bits >> (16 - length)) + (table.offsets[length] ?? 0)] ?? -1;
    }
    return -1;
  }

  /** The next `size` bits (at most 16) as they are. */
  take(size: number): number {
    if (size === 0) return 0;
    if (this.#count < size) this.#fill();
    this.#count -= size;
    return (this.#held >>> this.#count) & ((1 << size) - 1);
  }

  /** The next `size` bits as a signed number (T.81, F.2.2.1). */
  takeSigned(size: number): number {
    const value = this.take(size);
    return size > 0 && value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
  }
}
