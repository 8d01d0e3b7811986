/** The three dialects of LZW that pictures have: how bits are packed, and when codes grow by a bit. */
export interface LzwDialect {
  /** Bits of a pixel or byte, which the first codes stand for: 8, or what a GIF says. */
  readonly literalBits: number;
  /** Whether a code begins in the lowest bits of a byte (GIF, and TIFFs from before 1988). */
  readonly lowFirst: boolean;
  /** Whether codes grow one entry before they have to (TIFF 6.0, section 13). */
  readonly early: boolean;
}

const MAX_CODES = 4096;
const CHUNK_BYTES = 32 * 1024;

/**
 * Unpacks LZW piece by piece, so that what asks for the pieces decides how far it goes. Ends where the end code
 * stands, the data stop or a code is not valid. A piece is used again: take what is needed before asking on.
 */
export function* unpackLzw(bytes: Iterable<Uint8Array>, dialect: LzwDialect): Generator<Uint8Array> {
  const { literalBits, lowFirst, early } = dialect;
  const clear = 1 << literalBits;
  const prefix = new Uint16Array(MAX_CODES);
  const suffix = new Uint8Array(MAX_CODES);
  const length = new Uint16Array(MAX_CODES);
  for (let code = 0; code < clear; code += 1) [suffix[code], length[code]] = [code, 1];
  const out = new Uint8Array(CHUNK_BYTES);
  let [filled, next, width, previous, first] = [0, clear + 2, literalBits + 1, -1, 0];
  let [held, count] = [0, 0];
  for (const part of bytes) {
    for (const byte of part) {
      held = lowFirst ? held | (byte << count) : ((held << 8) | byte) & 0xffffff;
      count += 8;
      while (count >= width) {
        const code = lowFirst ? held & ((1 << width) - 1) : (held >>> (count - width)) & ((1 << width) - 1);
        if (lowFirst) held >>>= width;
        count -= width;
        if (code === clear) {
          [next, width, previous] = [clear + 2, literalBits + 1, -1];
          continue;
        }
        const known = code < clear || (code > clear + 1 && code < next);
        if (code === clear + 1 || (!known && (previous < 0 || code !== next || next >= MAX_CODES))) {
          yield out.subarray(0, filled);
          return;
        }
        const size = known ? (length[code] ?? 0) : (length[previous] ?? 0) + 1;
        if (filled + size > CHUNK_BYTES) {
          yield out.subarray(0, filled);
          filled = 0;
        }
        let at = filled + size - 1;
        let walk = known ? code : previous;
        if (!known) at -= 1;
        for (; at >= filled; at -= 1) {
          out[at] = suffix[walk] ?? 0;
          walk = prefix[walk] ?? 0;
        }
        first = out[filled] ?? 0;
        if (!known) out[filled + size - 1] = first;
        filled += size;
        if (previous >= 0 && next < MAX_CODES) {
          prefix[next] = previous;
          suffix[next] = first;
          length[next] = (length[previous] ?? 0) + 1;
          next += 1;
        }
        if (next + (early ? 1 : 0) >= 1 << width && width < 12) width += 1;
        previous = code;
      }
    }
  }
  yield out.subarray(0, filled);
}
