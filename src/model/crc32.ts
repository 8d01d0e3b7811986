const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 (ISO-HDLC, as in zip and PNG) of a text's UTF-8 bytes, as an unsigned integer. */
export function crc32(text: string): number {
  return crc32Of(new TextEncoder().encode(text));
}

/** CRC-32 of bytes, as an unsigned integer; `before` is that of what stands before them. */
export function crc32Of(bytes: Uint8Array, before = 0): number {
  let crc = before ^ 0xffffffff;
  // By index: an iterator takes four times as long, and archives are long.
  for (let at = 0; at < bytes.length; at += 1) {
    crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
