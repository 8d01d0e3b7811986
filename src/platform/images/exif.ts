/** How a stored picture has to be turned or mirrored to stand upright: the tag's values 1..8 (Exif 2.32, 4.6.4). */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATION_TAG = 0x0112;
const SHORT = 3;

/** Reads the orientation from an Exif block: a TIFF structure of one directory. 1 when there is none. */
export function readOrientation(exif: Uint8Array): Orientation {
  if (exif.length < 14) return 1;
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
  const little = view.getUint16(0) === 0x4949;
  if (!little && view.getUint16(0) !== 0x4d4d) return 1;
  const directory = view.getUint32(4, little);
  if (directory + 2 > exif.length) return 1;
  const count = view.getUint16(directory, little);
  for (let entry = 0; entry < count; entry += 1) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > exif.length) break;
    if (view.getUint16(at, little) !== ORIENTATION_TAG || view.getUint16(at + 2, little) !== SHORT) continue;
    return toOrientation(view.getUint16(at + 8, little));
  }
  return 1;
}

/** The orientation that a number stands for; 1 for anything out of range. */
export function toOrientation(value: number): Orientation {
  return value >= 1 && value <= 8 ? (Math.floor(value) as Orientation) : 1;
}

/** Whether width and height change places when the picture is set upright. */
export function swapsSides(orientation: Orientation): boolean {
  return orientation >= 5;
}
