import { AppError } from "../../errors.ts";
import type { Raster } from "../../ports.ts";
import type { Orientation } from "./exif.ts";

/** What a picture's header says of it, before a pixel is decoded. Sizes are as stored, before turning. */
export interface PictureHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of a pixel once decoded; what it will take in memory. */
  readonly bitsPerPixel: number;
  readonly orientation: Orientation;
}

/** A decoded picture; `truncated` says that rows were damaged or missing, which stay white. */
export type DecodedPicture = Raster & { readonly truncated: boolean };

/** How large and in which colours a picture is wanted. */
export interface Wanted {
  readonly maxSide: number;
  readonly color: boolean;
}

/** The error for a picture that cannot be decoded. */
export function damaged(what: string, cause?: unknown): AppError {
  return new AppError(
    "file_damaged",
    `${what} Open it in a picture viewer; if it shows there, save it again as PNG or JPEG and send that.`,
    cause === undefined ? {} : { cause },
  );
}

/** Reads big- and little-endian numbers; beyond the end it says that the file is cut off. */
export function readerOf(bytes: Uint8Array, what: string) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const check = (at: number, size: number): void => {
    if (at < 0 || at + size > bytes.length)
      throw damaged(`The ${what} ends too early: it is cut off or damaged.`);
  };
  return {
    u8: (at: number): number => (check(at, 1), view.getUint8(at)),
    u16: (at: number, little = false): number => (check(at, 2), view.getUint16(at, little)),
    i32: (at: number, little = false): number => (check(at, 4), view.getInt32(at, little)),
    u32: (at: number, little = false): number => (check(at, 4), view.getUint32(at, little)),
    tag: (at: number): string => (check(at, 4), String.fromCharCode(...bytes.subarray(at, at + 4))),
  };
}
