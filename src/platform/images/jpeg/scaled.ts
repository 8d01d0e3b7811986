import { damaged, type DecodedPicture, type Wanted } from "../picture.ts";
import { createShrinker } from "../shrink.ts";
import { openJpeg } from "./decode.ts";
import type { JpegHeader } from "./header.ts";
import type { BlockSide } from "./idct.ts";

/** What the frequencies of a progressive picture may take; the file itself stands in memory beside them. */
const MAX_KEPT_BYTES = 56 * 1024 * 1024;

/** Decodes a JPEG no larger than it has to be, line by line. @throws AppError file_damaged, image_too_large */
export function decodeJpeg(bytes: Uint8Array, header: JpegHeader, wanted: Wanted): DecodedPicture {
  const channels = wanted.color ? 3 : 1;
  const jpeg = openJpeg(bytes, { side: sideFor(header, wanted), channels, maxKeptBytes: MAX_KEPT_BYTES });
  const shrinker = createShrinker(jpeg.width, jpeg.height, channels, wanted.maxSide);
  let lines = 0;
  for (const line of jpeg.lines()) {
    shrinker.push(line);
    lines += 1;
  }
  if (lines === 0) throw damaged("The JPEG's data are cut off or damaged.");
  const truncated = jpeg.damaged() || lines < jpeg.height || !header.complete;
  return { ...shrinker.finish(), truncated };
}

/** The smallest decoding that still has `maxSide` pixels on the longest side, and of which the frequencies fit. */
function sideFor(
  { width, height, components, progressive }: JpegHeader,
  { maxSide, color }: Wanted,
): BlockSide {
  const longest = Math.max(width, height);
  const blocks = ((width * height) / 64) * (color || components === 4 ? components : 1);
  const fits = (side: BlockSide): boolean =>
    !progressive || blocks * (side * side * 2 + 8) <= MAX_KEPT_BYTES * 0.95;
  const sides: readonly BlockSide[] = [1, 2, 4, 8];
  const enough = sides.find((side) => Math.ceil((longest * side) / 8) >= maxSide) ?? 8;
  return sides.toReversed().find((side) => side <= enough && fits(side)) ?? 1;
}
