import { damaged } from "../picture.ts";
import type { TiffLayout } from "./layout.ts";

/**
 * The JPEG of a TIFF of the first kind (TIFF 6.0, section 22): as it stands in the file, or put together from the
 * tables that the directory points to and the strips. @throws AppError file_damaged
 */
export function oldJpegOf(bytes: Uint8Array, layout: TiffLayout): Uint8Array {
  const { oldJpeg, offsets, sizes } = layout;
  if (isJpeg(bytes, oldJpeg.at)) return bytes.subarray(oldJpeg.at);
  const [first = 0] = offsets;
  if (isJpeg(bytes, first)) return bytes.subarray(first);
  if (oldJpeg.quantizers.length === 0 || offsets.length === 0)
    throw damaged("The TIFF holds an old kind of JPEG without its tables.");
  const strips = offsets.map((at, index) => bytes.subarray(at, at + (sizes[index] ?? 0)));
  const parts = [Uint8Array.from(headOf(bytes, layout)), ...strips, Uint8Array.of(0xff, 0xd9)];
  const jpeg = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    jpeg.set(part, at);
    at += part.length;
  }
  return jpeg;
}

function isJpeg(bytes: Uint8Array, at: number): boolean {
  return at > 0 && bytes[at] === 0xff && bytes[at + 1] === 0xd8;
}

/** Markers up to the first scan: quantizers, Huffman tables, frame, scan. */
function headOf(bytes: Uint8Array, { width, height, samples, chroma, oldJpeg }: TiffLayout): number[] {
  const head = [0xff, 0xd8];
  const segment = (marker: number, body: readonly number[]): void => {
    head.push(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255, ...body);
  };
  for (const [id, at] of oldJpeg.quantizers.slice(0, 4).entries())
    segment(0xdb, [id, ...bytes.subarray(at, at + 64)]);
  for (const [kind, places] of [oldJpeg.dc, oldJpeg.ac].entries()) {
    for (const [id, at] of places.slice(0, 4).entries()) {
      const counts = bytes.subarray(at, at + 16);
      const total = Math.min(
        256,
        counts.reduce((sum, count) => sum + count, 0),
      );
      segment(0xc4, [(kind << 4) | id, ...counts, ...bytes.subarray(at + 16, at + 16 + total)]);
    }
  }
  const colors = Array.from({ length: samples }, (_, index) => index);
  const table = (index: number, places: readonly number[]): number => Math.min(index, places.length - 1, 3);
  segment(0xc0, [
    8,
    height >> 8,
    height & 255,
    width >> 8,
    width & 255,
    samples,
    ...colors.flatMap((index) => [
      index + 1,
      index === 0 && samples === 3 ? (chroma[0] << 4) | chroma[1] : 0x11,
      table(index, oldJpeg.quantizers),
    ]),
  ]);
  segment(0xda, [
    samples,
    ...colors.flatMap((index) => [index + 1, (table(index, oldJpeg.dc) << 4) | table(index, oldJpeg.ac)]),
    0,
    63,
    0,
  ]);
  return head;
}
