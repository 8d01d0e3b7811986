import { damaged, type PictureHeader, readerOf } from "./picture.ts";

/** A GIF's header and its first frame alone as a file of its own (GIF89a, clauses 18-27). */
export interface GifHeader extends PictureHeader {
  readonly firstFrame: Uint8Array;
}

const TRAILER = 0x3b;
const IMAGE = 0x2c;
const EXTENSION = 0x21;

/** Walks a GIF's blocks. @throws AppError file_damaged */
export function readGifHeader(bytes: Uint8Array): GifHeader {
  const read = readerOf(bytes, "GIF");
  let at = 13 + tableBytes(read.u8(10));
  let [width, height, frames, firstEnd] = [0, 0, 0, 0];
  while (at < bytes.length && read.u8(at) !== TRAILER) {
    const block = read.u8(at);
    if (block === EXTENSION) at = skipSubBlocks(bytes, at + 2);
    else if (block === IMAGE) {
      if (frames === 0) [width, height] = [read.u16(at + 5, true), read.u16(at + 7, true)];
      at = skipSubBlocks(bytes, at + 10 + tableBytes(read.u8(at + 9)) + 1);
      frames += 1;
      if (frames === 1) firstEnd = at;
    } else break;
  }
  if (frames === 0 || firstEnd > bytes.length || width === 0 || height === 0)
    throw damaged("The GIF has no whole picture in it: it is cut off or damaged.");
  const firstFrame = new Uint8Array(firstEnd + 1);
  firstFrame.set(bytes.subarray(0, firstEnd));
  firstFrame[firstEnd] = TRAILER;
  return { width, height, bitsPerPixel: 8, orientation: 1, frames, firstFrame };
}

/** Size of a colour table by its packed field. */
function tableBytes(packed: number): number {
  return packed & 0x80 ? 3 << ((packed & 7) + 1) : 0;
}

/** The place behind a chain of sub-blocks; beyond the file's end when the chain is cut off. */
function skipSubBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const size = bytes[at] ?? 0;
    at += size + 1;
    if (size === 0) return at;
  }
  return bytes.length + 1;
}
