import { luma } from "../png-pixels.ts";
import type { HeifFile } from "./libheif.ts";

/** libheif's names of a picture's planes (heif_channel). */
const PLANE = { y: 0, cb: 1, cr: 2, alpha: 6 } as const;
const RGB_MATRIX = 0;

/** A plane in libheif's memory; `step` is how many of the picture's pixels share one of its samples. */
interface Plane {
  readonly view: DataView;
  readonly stride: number;
  readonly bytes: 1 | 2;
  readonly shift: number;
  readonly stepX: number;
  readonly stepY: number;
}

/**
 * Makes a writer of a decoded picture's rows (planes of YCbCr or grey, 8 bits or more) as grey or RGB, on white
 * where it is transparent. It is good until the memory grows; rows beyond the picture are not written.
 */
export function rowWriter(
  file: HeifFile,
  image: number,
  size: { readonly width: number; readonly height: number },
  channels: 1 | 3,
): (row: number, out: Uint8Array, at: number) => void {
  const [y, cb, cr, alpha] = [PLANE.y, PLANE.cb, PLANE.cr, PLANE.alpha].map((plane) =>
    planeOf(file, image, plane),
  );
  if (!y) return () => undefined;
  const { full, matrix } = profileOf(file, image);
  const [black, scale, colorScale] = full ? [0, 1, 1] : [16, 255 / 219, 255 / 224];
  const width = Math.min(size.width, file.lib._heif_image_get_width(image, PLANE.y));
  const height = Math.min(size.height, file.lib._heif_image_get_height(image, PLANE.y));
  const gray = !cb || !cr || (channels === 1 && matrix !== RGB_MATRIX);
  const rgb = new Uint8ClampedArray(3);
  return (row, out, at) => {
    if (row >= height) return;
    for (let x = 0, to = at; x < width; x += 1, to += channels) {
      const light = (sample(y, x, row) - black) * scale;
      if (gray) rgb.fill(light);
      else
        mix(
          light,
          (sample(cb, x, row) - 128) * colorScale,
          (sample(cr, x, row) - 128) * colorScale,
          matrix,
          rgb,
        );
      const opaque = alpha ? sample(alpha, x, row) : 255;
      if (opaque < 255)
        for (let part = 0; part < 3; part += 1) rgb[part] = 255 + (((rgb[part] ?? 0) - 255) * opaque) / 255;
      const [red = 0, green = 0, blue = 0] = rgb;
      if (channels === 1) out[to] = luma(red, green, blue);
      else {
        out[to] = red;
        out[to + 1] = green;
        out[to + 2] = blue;
      }
    }
  };
}

const BT709 = 1;

function mix(light: number, cb: number, cr: number, matrix: number, rgb: Uint8ClampedArray): void {
  if (matrix === RGB_MATRIX) {
    [rgb[0], rgb[1], rgb[2]] = [cr + 128, light, cb + 128];
  } else if (matrix === BT709) {
    rgb[0] = light + 1.5748 * cr;
    rgb[1] = light - 0.1873 * cb - 0.4681 * cr;
    rgb[2] = light + 1.8556 * cb;
  } else {
    rgb[0] = light + 1.402 * cr;
    rgb[1] = light - 0.344136 * cb - 0.714136 * cr;
    rgb[2] = light + 1.772 * cb;
  }
}

function planeOf({ lib, memory, scratch, u32 }: HeifFile, image: number, channel: number): Plane | null {
  const address = lib._heif_image_get_plane_readonly(image, channel, scratch + 16);
  if (address === 0) return null;
  const bits = lib._heif_image_get_bits_per_pixel_range(image, channel);
  const full = lib._heif_image_get_width(image, PLANE.y);
  const rows = lib._heif_image_get_height(image, PLANE.y);
  const width = lib._heif_image_get_width(image, channel);
  const height = lib._heif_image_get_height(image, channel);
  return {
    view: new DataView(memory.buffer, address),
    stride: u32(scratch + 16),
    bytes: bits > 8 ? 2 : 1,
    shift: Math.max(0, bits - 8),
    stepX: width * 2 <= full + 1 && width < full ? 2 : 1,
    stepY: height * 2 <= rows + 1 && height < rows ? 2 : 1,
  };
}

function sample({ view, stride, bytes, shift, stepX, stepY }: Plane, x: number, y: number): number {
  const at = (stepY === 2 ? y >> 1 : y) * stride + (stepX === 2 ? x >> 1 : x) * bytes;
  return bytes === 1 ? view.getUint8(at) : view.getUint16(at, true) >> shift;
}

/** What the picture says of its numbers: whether they use the whole range, and how colours were mixed. */
function profileOf(
  { lib, memory, scratch, u32 }: HeifFile,
  image: number,
): { full: boolean; matrix: number } {
  const out = scratch + 16;
  lib._heif_image_get_nclx_color_profile(scratch, image, out);
  if (u32(scratch) !== 0 || u32(out) === 0) return { full: true, matrix: 6 };
  const profile = u32(out);
  // heif_color_profile_nclx: version, primaries, transfer, matrix (an enum each), then the range.
  const found = {
    matrix: u32(profile + 12),
    full: new DataView(memory.buffer).getUint8(profile + 16) !== 0,
  };
  lib._heif_nclx_color_profile_free(profile);
  return found;
}
