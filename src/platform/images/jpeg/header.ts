import { readOrientation } from "../exif.ts";
import { damaged, type PictureHeader, readerOf } from "../picture.ts";

/** A JPEG's header (ITU-T T.81, annex B). */
export interface JpegHeader extends PictureHeader {
  readonly components: number;
  /** Whether it comes in several scans, each over the whole picture. */
  readonly progressive: boolean;
  /** Whether the end-of-image marker is there. */
  readonly complete: boolean;
}

const MARKER = { sof2: 0xc2, sos: 0xda, eoi: 0xd9, app1: 0xe1, dht: 0xc4, jpg: 0xc8, dac: 0xcc } as const;

/** Reads a JPEG's header and looks for its end. @throws AppError file_damaged */
export function readJpegHeader(bytes: Uint8Array): JpegHeader {
  const read = readerOf(bytes, "JPEG");
  let frame: Pick<JpegHeader, "width" | "height" | "components" | "progressive"> | null = null;
  let orientation: PictureHeader["orientation"] = 1;
  let at = 2;
  for (;;) {
    while (read.u8(at) !== 0xff) at += 1;
    while (read.u8(at) === 0xff) at += 1;
    const marker = read.u8(at);
    at += 1;
    if (marker === MARKER.sos || marker === MARKER.eoi) break;
    if (standsAlone(marker)) continue;
    const length = read.u16(at);
    if (isFrame(marker)) {
      if (read.u8(at + 2) !== 8) throw damaged("The JPEG has more than 8 bits a colour, which is not read.");
      const [height, width, components] = [read.u16(at + 3), read.u16(at + 5), read.u8(at + 7)];
      frame = { height, width, components, progressive: marker === MARKER.sof2 };
    } else if (marker === MARKER.app1 && read.tag(at + 2) === "Exif") {
      orientation = readOrientation(bytes.subarray(at + 8, at + length));
    }
    at += length;
  }
  if (!frame || frame.width === 0 || frame.height === 0) throw damaged("The JPEG has no picture in it.");
  if (![1, 3, 4].includes(frame.components)) throw damaged("The JPEG has an unknown number of colours.");
  const complete = endsProperly(bytes, at);
  return { ...frame, bitsPerPixel: frame.components * 8, orientation, complete };
}

function standsAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

function isFrame(marker: number): boolean {
  if (marker === MARKER.dht || marker === MARKER.jpg || marker === MARKER.dac) return false;
  return marker >= 0xc0 && marker <= 0xcf;
}

/** Whether the end marker follows the scan; what cameras append behind it does not matter. */
function endsProperly(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === MARKER.eoi) return true;
  }
  return false;
}
