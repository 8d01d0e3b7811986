import { orient } from "../orient.ts";
import { type Orientation, swapsSides } from "../exif.ts";
import type { DecodedPicture, PictureHeader, Wanted } from "../picture.ts";
import { createShrinker } from "../shrink.ts";
import { rowWriter } from "./pixels.ts";
import { type HeifFile, openHeif } from "./libheif.ts";

/** A HEIC's main picture as it is shown, how it is stored, and what is done to it before it is shown (ISO/IEC 23008-12, 6.5). */
export interface HeicHeader extends PictureHeader {
  readonly file: HeifFile;
  /** Its sides before it is turned. */
  readonly stored: { width: number; height: number };
  /** Tiles that it is put together from; one for a picture that is coded as a whole. */
  readonly tiles: { columns: number; rows: number; width: number; height: number };
  /** Pixels that are cut off at each side. */
  readonly crop: { left: number; top: number; right: number; bottom: number };
  /** Turns and mirrorings, one after another. */
  readonly turns: readonly Orientation[];
  /** Bytes of wasm memory that decoding takes at once. */
  readonly workingBytes: number;
  /** Pictures beside the main one. */
  readonly frames: number;
}

/** Measured: libheif and libde265 hold a picture's planes three times over, in one byte a sample or two. Of the other tiles of a row, once. */
const BYTES_PER_PIXEL = 5;
const UNTOUCHED = 99;

/** Opens a HEIC and reads what its boxes say. @throws AppError file_damaged */
export async function readHeicHeader(bytes: Uint8Array, wasm: WebAssembly.Module): Promise<HeicHeader> {
  const file = await openHeif(wasm, bytes);
  const { lib, handle, scratch, attempt, u32, context } = file;
  const tiling = scratch + 32;
  attempt((error) => lib._heif_image_handle_get_image_tiling(error, handle, 0, tiling));
  const [columns = 1, rows = 1, tileWidth = 0, tileHeight = 0, width = 0, height = 0] = [
    1, 2, 3, 4, 5, 6,
  ].map((place) => u32(tiling + place * 4));
  const bits = lib._heif_image_handle_get_luma_bits_per_pixel(handle);
  const alpha = lib._heif_image_handle_has_alpha_channel(handle) === 1;
  const { crop, turns } = readTransformations(file, width, height);
  const each = BYTES_PER_PIXEL * (bits > 8 ? 2 : 1) * (alpha ? 1.8 : 1);
  const stored = { width: width - crop.left - crop.right, height: height - crop.top - crop.bottom };
  const lies = turns.filter(swapsSides).length % 2 === 1;
  return {
    file,
    stored,
    width: lies ? stored.height : stored.width,
    height: lies ? stored.width : stored.height,
    bitsPerPixel: 24,
    orientation: 1,
    tiles: { columns, rows, width: tileWidth, height: tileHeight },
    crop,
    turns,
    workingBytes: bytes.length + tileWidth * tileHeight * (each + (columns - 1) * 3),
    frames: Math.max(0, lib._heif_context_get_number_of_top_level_images(context) - 1),
  };
}

const TYPE = { crop: 0x636c6170, turn: 0x69726f74, mirror: 0x696d6972 } as const;
const MAX_TRANSFORMATIONS = 8;
/** Orientations that undo a turn to the left, and those that mirror top with bottom and left with right. */
const TURNED: Readonly<Record<number, Orientation>> = { 90: 8, 180: 3, 270: 6 };
const MIRRORED = { topBottom: 4, leftRight: 2 } as const;

function readTransformations(
  { lib, context, item, scratch, u32 }: HeifFile,
  width: number,
  height: number,
): Pick<HeicHeader, "crop" | "turns"> {
  const list = scratch + 64;
  const count = lib._heif_item_get_transformation_properties(context, item, list, MAX_TRANSFORMATIONS);
  const properties = Array.from({ length: Math.min(count, MAX_TRANSFORMATIONS) }, (_, at) =>
    u32(list + at * 4),
  );
  let crop = { left: 0, top: 0, right: 0, bottom: 0 };
  const turns: Orientation[] = [];
  for (const property of properties) {
    const type = lib._heif_item_get_property_type(context, item, property);
    if (type === TYPE.turn) {
      const turn = TURNED[lib._heif_item_get_property_transform_rotation_ccw(context, item, property)];
      if (turn) turns.push(turn);
    } else if (type === TYPE.mirror) {
      const leftRight = lib._heif_item_get_property_transform_mirror(context, item, property) === 1;
      turns.push(leftRight ? MIRRORED.leftRight : MIRRORED.topBottom);
    } else if (type === TYPE.crop && turns.length === 0) {
      const at = scratch + 96;
      lib._heif_item_get_property_transform_crop_borders(
        context,
        item,
        property,
        width,
        height,
        at,
        at + 4,
        at + 8,
        at + 12,
      );
      const [left = 0, top = 0, right = 0, bottom = 0] = [0, 4, 8, 12].map((offset) => u32(at + offset));
      if (left + right < width && top + bottom < height) crop = { left, top, right, bottom };
    }
  }
  return { crop, turns };
}

/** Decodes the main picture, a row of tiles at a time, and sets it upright. @throws AppError file_damaged */
export function decodeHeic(header: HeicHeader, wanted: Wanted): DecodedPicture {
  const { file, tiles, crop } = header;
  const { width, height } = header.stored;
  const channels = wanted.color ? 3 : 1;
  const shrinker = createShrinker(width, height, channels, wanted.maxSide);
  const line = new Uint8Array(tiles.columns * tiles.width * channels);
  const bottom = crop.top + height;
  for (let row = 0; row < tiles.rows && row * tiles.height < bottom; row += 1) {
    const images = Array.from({ length: tiles.columns }, (_, column) => decodeTile(header, column, row));
    // Only now: memory that grows under a decoder takes views of it away.
    const writers = images.map((image) => rowWriter(file, image, tiles, channels));
    for (let y = 0; y < tiles.height; y += 1) {
      const place = row * tiles.height + y;
      if (place < crop.top || place >= bottom) continue;
      line.fill(255);
      for (const [column, write] of writers.entries()) write(y, line, column * tiles.width * channels);
      shrinker.push(line.subarray(crop.left * channels, (crop.left + width) * channels));
    }
    for (const image of images) file.lib._heif_image_release(image);
  }
  let picture = shrinker.finish();
  for (const turn of header.turns) picture = orient(picture, turn);
  return { ...picture, truncated: false };
}

/** Decodes a tile, or the whole of a picture without tiles; the address of libheif's picture, to be released. */
function decodeTile({ file, tiles }: HeicHeader, column: number, row: number): number {
  const { lib, handle, scratch, attempt, u32 } = file;
  const out = scratch + 16;
  const options = lib._heif_decoding_options_alloc();
  // heif_decoding_options: a version, then ignore_transformations.
  new DataView(file.memory.buffer).setUint8(options + 1, 1);
  if (tiles.columns * tiles.rows === 1)
    attempt((error) => lib._heif_decode_image(error, handle, out, UNTOUCHED, UNTOUCHED, options));
  else
    attempt((error) =>
      lib._heif_image_handle_decode_image_tile(
        error,
        handle,
        out,
        UNTOUCHED,
        UNTOUCHED,
        options,
        column,
        row,
      ),
    );
  lib._heif_decoding_options_free(options);
  return u32(out);
}
