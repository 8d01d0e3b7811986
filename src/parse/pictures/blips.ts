import { bmpOf } from "./bmp.ts";
import type { Picture } from "./list-pictures.ts";
import { SegmentedBytes } from "./segmented-bytes.ts";

/** What a blip's record type means, and its instances: an odd one says that two digests stand in front ([MS-ODRAW] 2.2.23). */
const KINDS: ReadonlyMap<number, { ending: string; instances: readonly number[] }> = new Map([
  [0xf01a, { ending: "emf", instances: [0x3d4] }],
  [0xf01b, { ending: "wmf", instances: [0x216] }],
  [0xf01c, { ending: "pict", instances: [0x542] }],
  [0xf01d, { ending: "jpg", instances: [0x46a, 0x6e2] }],
  [0xf01e, { ending: "png", instances: [0x6e0] }],
  [0xf01f, { ending: "bmp", instances: [0x7a8] }],
  [0xf029, { ending: "tif", instances: [0x6e4] }],
  [0xf02a, { ending: "jpg", instances: [0x46a, 0x6e2] }],
]);
const HEADER = 8;
const DIGEST = 16;
/** Pictures that are kept: more than may be members. */
const MAX_BLIPS = 10_000;

interface Blip {
  readonly ending: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The pictures of the binary office formats: blips ([MS-ODRAW] 2.2.23) in streams that hold them, each once. They
 * are found by their headers, of which four bytes are fixed, so that it does not matter what stands between them.
 */
export function blipPictures(streams: readonly (readonly Uint8Array[])[]): Picture[] {
  const digests = new Set<string>();
  const pictures: Picture[] = [];
  for (const stream of streams) {
    const bytes = new SegmentedBytes(stream);
    for (const { ending, from, to } of blipsIn(bytes, digests)) {
      if (pictures.length >= MAX_BLIPS) return pictures;
      const name = `picture-${pictures.length + 1}.${ending}`;
      const raw = (): Iterable<Uint8Array> => bytes.pieces(from, to);
      pictures.push(
        ending === "bmp"
          ? bmpOf({ name, size: () => to - from, pieces: raw })
          : { name, size: () => to - from, pieces: raw },
      );
    }
  }
  return pictures;
}

function* blipsIn(bytes: SegmentedBytes, digests: Set<string>): Generator<Blip, void> {
  for (let at = 0; at + HEADER + DIGEST < bytes.length; at += 1) {
    if (bytes.at(at + 3) !== 0xf0) continue;
    const kind = KINDS.get(0xf000 | bytes.at(at + 2));
    if (!kind) continue;
    const instance = bytes.u16(at) >> 4;
    if ((bytes.at(at) & 0xf) !== 0 || !kind.instances.includes(instance & ~1)) continue;
    const start = at + HEADER;
    const end = start + bytes.u32(at + 4);
    const from = start + DIGEST * (1 + (instance & 1)) + 1;
    if (end > bytes.length || from >= end) continue;
    const digest = `${end - from} ${bytes.hex(start, start + DIGEST)}`;
    if (!digests.has(digest)) yield { ending: kind.ending, from, to: end };
    digests.add(digest);
    at = end - 1;
  }
}
