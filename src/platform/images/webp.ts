import { type Orientation, readOrientation } from "./exif.ts";
import { damaged, type PictureHeader, readerOf } from "./picture.ts";

/** A WebP's header and a still picture to decode: the file itself, or its first frame (RFC 9649). */
export interface WebpHeader extends PictureHeader {
  readonly still: Uint8Array;
  /** Pictures of an animation beyond the first. */
  readonly frames: number;
}

interface Chunk {
  readonly tag: string;
  readonly body: Uint8Array;
}

/** Reads a WebP's chunks. @throws AppError file_damaged */
export function readWebpHeader(bytes: Uint8Array): WebpHeader {
  const chunks = readChunks(bytes, 12);
  const animated = chunks.filter((chunk) => chunk.tag === "ANMF");
  let orientation: Orientation = 1;
  for (const chunk of chunks)
    if (chunk.tag === "EXIF") orientation = readOrientation(skipExifName(chunk.body));
  const [first] = animated;
  if (!first) {
    return { ...sizeOf(chunks), bitsPerPixel: 32, orientation, frames: 0, still: bytes };
  }
  const inner = readChunks(first.body, 16);
  const size = sizeOf(inner);
  return {
    ...size,
    bitsPerPixel: 32,
    orientation,
    frames: animated.length - 1,
    still: wrapFrame(inner, size),
  };
}

function readChunks(bytes: Uint8Array, from: number): Chunk[] {
  const read = readerOf(bytes, "WebP");
  const chunks: Chunk[] = [];
  for (let at = from; at + 8 <= bytes.length;) {
    const size = read.u32(at + 4, true);
    if (at + 8 + size > bytes.length) throw damaged("The WebP ends too early: it is cut off or damaged.");
    chunks.push({ tag: read.tag(at), body: bytes.subarray(at + 8, at + 8 + size) });
    at += 8 + size + (size & 1);
  }
  return chunks;
}

/** The picture's size from its VP8 or VP8L bitstream, which is what will be decoded. */
function sizeOf(chunks: readonly Chunk[]): { width: number; height: number } {
  for (const { tag, body } of chunks) {
    const read = readerOf(body, "WebP");
    if (tag === "VP8 ") return { width: read.u16(6, true) & 0x3fff, height: read.u16(8, true) & 0x3fff };
    if (tag === "VP8L") {
      const bits = read.u32(1, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
  }
  throw damaged("The WebP has no picture in it.");
}

/** Some writers put JPEG's `Exif` and two zeros in front. */
function skipExifName(body: Uint8Array): Uint8Array {
  return body[0] === 0x45 && body[1] === 0x78 ? body.subarray(6) : body;
}

/** Makes a still WebP of a frame's chunks. */
function wrapFrame(chunks: readonly Chunk[], size: { width: number; height: number }): Uint8Array {
  const kept = chunks.filter(({ tag }) => ["ALPH", "VP8 ", "VP8L"].includes(tag));
  const canvas = new Uint8Array(10);
  const view = new DataView(canvas.buffer);
  view.setUint8(0, 0x10);
  view.setUint32(4, size.width - 1, true);
  view.setUint16(7, (size.height - 1) & 0xffff, true);
  view.setUint8(9, (size.height - 1) >> 16);
  const parts = kept.some(({ tag }) => tag === "ALPH") ? [{ tag: "VP8X", body: canvas }, ...kept] : kept;
  const length = parts.reduce((sum, { body }) => sum + 8 + body.length + (body.length & 1), 4);
  const file = new Uint8Array(8 + length);
  const out = new DataView(file.buffer);
  const put = (at: number, tag: string): void => file.set(new TextEncoder().encode(tag), at);
  put(0, "RIFF");
  out.setUint32(4, length, true);
  put(8, "WEBP");
  let at = 12;
  for (const { tag, body } of parts) {
    put(at, tag);
    out.setUint32(at + 4, body.length, true);
    file.set(body, at + 8);
    at += 8 + body.length + (body.length & 1);
  }
  return file;
}
