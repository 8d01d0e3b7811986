import type { Picture } from "./list-pictures.ts";

/** Bytes of a BMP file's own header, which stands in front of what is called a DIB. */
const FILE_HEADER = 14;
const BIT_FIELDS = 3;

/** A picture that is kept as a bare DIB, as the BMP file that it would be. */
export function bmpOf(dib: Picture): Picture {
  return {
    ...dib,
    size: () => dib.size() + FILE_HEADER,
    pieces: () => withHeader(dib.pieces(), dib.size()),
  };
}

function* withHeader(pieces: Iterable<Uint8Array>, size: number): Generator<Uint8Array, void> {
  let isFirst = true;
  for (const piece of pieces) {
    if (isFirst) yield fileHeader(piece, size);
    isFirst = false;
    yield piece;
  }
}

/** Says where the pixels begin: behind the header, its masks and its colours. */
function fileHeader(dib: Uint8Array, size: number): Uint8Array {
  const view = new DataView(dib.buffer, dib.byteOffset, dib.byteLength);
  const u32 = (at: number): number => (at + 4 <= dib.length ? view.getUint32(at, true) : 0);
  const headerSize = u32(0);
  const bits = dib.length >= 16 ? view.getUint16(14, true) : 0;
  const masks = headerSize === 40 && u32(16) === BIT_FIELDS ? 12 : 0;
  const colours = Math.min(256, u32(32)) || (bits <= 8 ? 1 << bits : 0);
  const header = new Uint8Array(FILE_HEADER);
  const out = new DataView(header.buffer);
  header.set([0x42, 0x4d]);
  out.setUint32(2, FILE_HEADER + size, true);
  out.setUint32(10, FILE_HEADER + headerSize + masks + 4 * colours, true);
  return header;
}
