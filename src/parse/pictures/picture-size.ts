/** A picture's size in pixels, as its header says; null where the bytes are no picture whose header is known. */
export function pictureSize(head: Uint8Array): { width: number; height: number } | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  try {
    if (startsWith(head, [0x89, 0x50, 0x4e, 0x47]))
      return { width: view.getUint32(16), height: view.getUint32(20) };
    if (startsWith(head, [0x47, 0x49, 0x46, 0x38])) {
      return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    }
    if (startsWith(head, [0x42, 0x4d])) {
      return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
    }
    if (startsWith(head, [0xff, 0xd8])) return jpegSize(view);
    if (startsWith(head, [0x52, 0x49, 0x46, 0x46])) return webpSize(view);
    if (isTiff(head)) return tiffSize(view);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}

/** Whether bytes begin as a picture of pixels does, of which the size may be unknown; vector drawings are none. */
export function isRaster(head: Uint8Array): boolean {
  const form = String.fromCharCode(...head.subarray(8, 12));
  const brand = String.fromCharCode(...head.subarray(4, 12));
  return (
    startsWith(head, [0x89, 0x50, 0x4e, 0x47]) ||
    startsWith(head, [0x47, 0x49, 0x46, 0x38]) ||
    startsWith(head, [0x42, 0x4d]) ||
    startsWith(head, [0xff, 0xd8]) ||
    (startsWith(head, [0x52, 0x49, 0x46, 0x46]) && form === "WEBP") ||
    isTiff(head) ||
    /^ftyp(?:hei[cxmsf]|hev[cx]|mif1|msf1|avif)$/.test(brand)
  );
}

function isTiff(head: Uint8Array): boolean {
  return startsWith(head, [0x49, 0x49, 0x2a, 0]) || startsWith(head, [0x4d, 0x4d, 0, 0x2a]);
}

/** Width and height (tags 256 and 257, as SHORT or LONG) of a TIFF's first directory, where that is in reach. */
function tiffSize(view: DataView): { width: number; height: number } | null {
  const little = view.getUint8(0) === 0x49;
  const at = view.getUint32(4, little);
  const values = new Map<number, number>();
  for (let entry = 0, count = view.getUint16(at, little); entry < count && values.size < 2; entry += 1) {
    const place = at + 2 + 12 * entry;
    const tag = view.getUint16(place, little);
    if (tag !== 256 && tag !== 257) continue;
    const isShort = view.getUint16(place + 2, little) === 3;
    values.set(tag, isShort ? view.getUint16(place + 8, little) : view.getUint32(place + 8, little));
  }
  const [width, height] = [values.get(256), values.get(257)];
  return width === undefined || height === undefined ? null : { width, height };
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** Walks a JPEG's segments to its frame header (SOF0 to SOF15 without DHT, JPG and DAC). */
function jpegSize(view: DataView): { width: number; height: number } | null {
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    } else at += 2 + view.getUint16(at + 2);
  }
  return null;
}

function webpSize(view: DataView): { width: number; height: number } | null {
  const kind = view.getUint32(12);
  if (kind === 0x56503858) return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
  if (kind === 0x56503820) {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  if (kind !== 0x5650384c) return null;
  const bits = view.getUint32(21, true);
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) };
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}
