import { bmpOf } from "../pictures/bmp.ts";
import type { Picture } from "../pictures/list-pictures.ts";
import { isHex, type RtfPicture } from "./tokens.ts";

const ENDINGS: Readonly<Record<string, string>> = {
  pngblip: "png",
  jpegblip: "jpg",
  emfblip: "emf",
  wmetafile: "wmf",
  dibitmap: "bmp",
  macpict: "pict",
};
/** Bytes of the file that are decoded at a time. */
const STEP = 65_536;

/** The pictures of an RTF file, each once: writers repeat a header's picture for each section. */
export function rtfPictures(bytes: Uint8Array, found: readonly RtfPicture[]): Picture[] {
  const seen = new Map<string, RtfPicture>();
  const kept = found.filter((picture) => {
    if (picture.sizeBytes === 0) return false;
    const key = `${picture.to - picture.from} ${digestOf(bytes, picture)}`;
    const other = seen.get(key);
    if (!other) seen.set(key, picture);
    return !other || !isSame(bytes, picture, other);
  });
  return kept.map((picture, index) => {
    const made: Picture = {
      name: `picture-${index + 1}.${ENDINGS[picture.kind] ?? "bin"}`,
      size: () => picture.sizeBytes,
      pieces: () => decode(bytes, picture),
    };
    return picture.kind === "dibitmap" ? bmpOf(made) : made;
  });
}

/** FNV-1a: tells pictures of one length apart without comparing each with all. */
function digestOf(bytes: Uint8Array, { from, to }: RtfPicture): number {
  let digest = 0x811c9dc5;
  for (let at = from; at < to; at += 1) digest = Math.imul(digest ^ (bytes[at] ?? 0), 0x01000193);
  return digest >>> 0;
}

function isSame(bytes: Uint8Array, one: RtfPicture, other: RtfPicture): boolean {
  for (let at = 0; at < one.to - one.from; at += 1) {
    if (bytes[one.from + at] !== bytes[other.from + at]) return false;
  }
  return true;
}

function* decode(bytes: Uint8Array, { from, to, isBinary }: RtfPicture): Generator<Uint8Array, void> {
  let high = -1;
  for (let start = from; start < to; start += STEP) {
    const source = bytes.subarray(start, Math.min(to, start + STEP));
    if (isBinary) {
      yield source.slice();
      continue;
    }
    const piece = new Uint8Array((source.length >> 1) + 1);
    let length = 0;
    for (const byte of source) {
      if (!isHex(byte)) continue;
      const value = byte <= 0x39 ? byte - 0x30 : (byte & 0x1f) + 9;
      if (high < 0) high = value;
      else {
        piece[length++] = high * 16 + value;
        high = -1;
      }
    }
    if (length > 0) yield piece.subarray(0, length);
  }
}
