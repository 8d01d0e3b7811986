/** A block of a TAR; every header is one, and every member ends at the end of one. */
export const BLOCK = 512;

/** What a header block says, its name still in bytes. */
export interface TarHeader {
  readonly name: Uint8Array;
  readonly size: number;
  /** The type's letter: `0` for a file, also where an old archive has none. */
  readonly type: string;
}

/**
 * Reads a header block: V7, ustar (POSIX.1-1988) and GNU. Null for what is none: its checksum is wrong, or a number
 * in it is no number.
 */
export function readTarHeader(block: Uint8Array): TarHeader | null {
  if (block.length < BLOCK || !isSummed(block)) return null;
  const size = numberAt(block, 124, 12);
  if (size === null || size < 0 || !Number.isSafeInteger(size)) return null;
  const magic = ascii(block, 257, 6);
  const name = textAt(block, 0, 100);
  const prefix = magic === "ustar\0" ? textAt(block, 345, prefixBytes(block)) : new Uint8Array();
  const type = ascii(block, 156, 1);
  return {
    name: prefix.length === 0 ? name : joined(prefix, name),
    size,
    type: type === "\0" ? "0" : type,
  };
}

/** star keeps times at the end of the prefix, and its own mark at the end of the block. */
function prefixBytes(block: Uint8Array): number {
  return ascii(block, 508, 4) === "tar\0" ? 131 : 155;
}

/** True for a block of zeros: two of them end an archive. */
export function isZero(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

/** The checksum is the sum of the block's bytes with blanks in its own place; some old programs added signed bytes. */
function isSummed(block: Uint8Array): boolean {
  const declared = numberAt(block, 148, 8);
  if (declared === null || declared === 0) return false;
  let unsigned = 0;
  let signed = 0;
  for (const [at, value] of block.entries()) {
    const byte = at >= 148 && at < 156 ? 0x20 : value;
    unsigned += byte;
    signed += byte < 0x80 ? byte : byte - 0x100;
  }
  return declared === unsigned || declared === signed;
}

/** A number in octal digits, or in base 256 where the first bit is set (GNU, for sizes from 8 GB). */
function numberAt(block: Uint8Array, at: number, length: number): number | null {
  const field = block.subarray(at, at + length);
  const first = field[0] ?? 0;
  if (first >= 0x80) {
    if (first !== 0x80) return null;
    return field.subarray(1).reduce((value, byte) => value * 256 + byte, 0);
  }
  const digits = ascii(block, at, length).replace(/\0.*$/s, "").trim();
  if (digits === "") return 0;
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : null;
}

/** A field up to its first NUL. */
function textAt(block: Uint8Array, at: number, length: number): Uint8Array {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return end < 0 ? field : field.subarray(0, end);
}

function ascii(block: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...block.subarray(at, at + length));
}

function joined(prefix: Uint8Array, name: Uint8Array): Uint8Array {
  const whole = new Uint8Array(prefix.length + 1 + name.length);
  whole.set(prefix);
  whole[prefix.length] = 0x2f;
  whole.set(name, prefix.length + 1);
  return whole;
}

/**
 * The records of a pax header (POSIX.1-2001: `length key=value\n`), values in bytes. What does not hold together ends
 * the reading: what came before it counts.
 */
export function readPax(bytes: Uint8Array): Map<string, Uint8Array> {
  const records = new Map<string, Uint8Array>();
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const length = space < 0 || space - at > 10 ? Number.NaN : Number(ascii(bytes, at, space - at));
    if (!Number.isInteger(length) || at + length > bytes.length || at + length <= space) break;
    const equals = bytes.indexOf(0x3d, space);
    if (equals < 0 || equals >= at + length) break;
    records.set(ascii(bytes, space + 1, equals - space - 1), bytes.subarray(equals + 1, at + length - 1));
    at += length;
  }
  return records;
}
