import { unpackZlib } from "../unpack-zlib.ts";
import { unpackLzw } from "../lzw.ts";
import { decodeFax } from "./ccitt.ts";
import { COMPRESSION, type TiffLayout } from "./layout.ts";

/** Pieces of what was packed, each good until the next is asked for; they end early where the data are damaged. */
type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

const CHUNK_BYTES = 32 * 1024;
const TWO_DIMENSIONAL = 1;

/** Unpacks a segment that is no JPEG. */
export function unpack(packed: Uint8Array, layout: TiffLayout, rows: number, onDamage: () => void): Pieces {
  const bytes = layout.lowBitFirst ? packed.map((byte) => MIRRORED[byte] ?? 0) : packed;
  const fax = { columns: layout.segmentWidth, rows, twoDimensional: false };
  switch (layout.compression) {
    case COMPRESSION.faxRows:
      return decodeFax(bytes, { ...fax, scheme: "rows" }, onDamage);
    case COMPRESSION.group3: {
      const twoDimensional = (layout.faxOptions & TWO_DIMENSIONAL) !== 0;
      return decodeFax(bytes, { ...fax, scheme: "group3", twoDimensional }, onDamage);
    }
    case COMPRESSION.group4:
      return decodeFax(bytes, { ...fax, scheme: "group4" }, onDamage);
    case COMPRESSION.lzw: {
      const old = bytes[0] === 0 && ((bytes[1] ?? 0) & 1) === 1;
      return unpackLzw([bytes], { literalBits: 8, lowFirst: old, early: !old });
    }
    case COMPRESSION.packBits:
      return unpackBits(bytes);
    case COMPRESSION.deflate:
    case COMPRESSION.oldDeflate:
      return inflate(bytes);
    default:
      return [bytes];
  }
}

/** Each byte with its bits the other way round. */
const MIRRORED = Uint8Array.from({ length: 256 }, (_, byte) => {
  let mirrored = 0;
  for (let bit = 0; bit < 8; bit += 1) if (byte & (1 << bit)) mirrored |= 0x80 >> bit;
  return mirrored;
});

/** Apple's run lengths (TIFF 6.0, section 9). */
function* unpackBits(bytes: Uint8Array): Generator<Uint8Array> {
  const out = new Uint8Array(CHUNK_BYTES);
  let filled = 0;
  for (let at = 0; at < bytes.length;) {
    const head = bytes[at] ?? 0;
    at += 1;
    if (head === 128) continue;
    const size = head < 128 ? head + 1 : 257 - head;
    if (filled + size > CHUNK_BYTES) {
      yield out.subarray(0, filled);
      filled = 0;
    }
    if (head < 128) {
      const literal = bytes.subarray(at, at + size);
      out.set(literal, filled);
      at += size;
      filled += literal.length;
    } else {
      if (at >= bytes.length) break;
      out.fill(bytes[at] ?? 0, filled, filled + size);
      at += 1;
      filled += size;
    }
  }
  yield out.subarray(0, filled);
}

/** What is damaged ends early. */
function* inflate(bytes: Uint8Array): Generator<Uint8Array> {
  try {
    yield* unpackZlib([bytes]);
  } catch {
    return;
  }
}
