const DASH = 0x2d;
const EQUALS = 0x3d;
const NO_CODE = 255;
const SPACE = 254;

/** Six bits by a base64 character's code. */
const SIX_BITS = new Uint8Array(256).fill(NO_CODE);
for (const [bits, character] of Array.from(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
).entries()) {
  SIX_BITS[character.charCodeAt(0)] = bits;
}
for (const space of "\t\n\v\f\r ") SIX_BITS[space.charCodeAt(0)] = SPACE;

/**
 * Decodes base64, in PEM's lines (RFC 7468) or without, byte by byte into one array: nothing else takes room.
 * Null where something else stands in it.
 */
export function decodeArmor(bytes: Uint8Array): Uint8Array | null {
  const decoded = new Uint8Array(Math.ceil((bytes.length * 3) / 4));
  let length = 0;
  let held = 0;
  let bits = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const six = SIX_BITS[byte] ?? NO_CODE;
    if (six === SPACE || byte === EQUALS) continue;
    if (byte === DASH) {
      at = lineEnd(bytes, at);
      if (at < 0) return null;
      continue;
    }
    if (six === NO_CODE) return null;
    held = ((held << 6) | six) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    decoded[length] = (held >> bits) & 0xff;
    length += 1;
  }
  return bits === 6 ? null : decoded.subarray(0, length);
}

/** The last dash of a line that begins and ends with dashes; -1 where it has no end. */
function lineEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (bytes[at] === DASH) at += 1;
  at = bytes.indexOf(DASH, at);
  while (at >= 0 && bytes[at + 1] === DASH) at += 1;
  return at;
}
