import { damaged, readerOf } from "../picture.ts";

/** Numbers of a directory's entries by tag. */
export type Tags = ReadonlyMap<number, readonly number[]>;

/** A TIFF's directories, each a picture, in the order of the file (TIFF 6.0, section 2). */
export interface TiffIndex {
  readonly little: boolean;
  /** Where the directories begin that are pages. */
  readonly pages: readonly number[];
  /** Pictures that are smaller copies or masks of a page. */
  readonly copies: number;
  /** True when the chain of directories runs in a circle, leaves the file or does not end. */
  readonly broken: boolean;
}

const TYPE_BYTES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4 };
const RATIONAL = 5;
const ENTRY_BYTES = 12;
const TAG = { newSubfile: 254, subfile: 255, subDirectories: 330 } as const;
/** Bits of NewSubfileType: a smaller copy of another picture, and a mask for one. */
const COPY_OR_MASK = 0b101;
const OLD_COPY = 2;
/** No scan has so many pages; a chain that goes on is made to be walked. */
const MAX_DIRECTORIES = 20_000;
/** Numbers of one entry: the most are the places of strips or tiles. */
const MAX_VALUES = 500_000;

/** Walks the chain of directories. @throws AppError file_damaged */
export function indexTiff(bytes: Uint8Array): TiffIndex {
  const read = readerOf(bytes, "TIFF");
  const little = read.u16(0) === 0x4949;
  const version = read.u16(2, little);
  if (version === 43) throw damaged("The file is a BigTIFF, which is not read.");
  if (version !== 42) throw damaged("The TIFF's header is not valid.");
  const pages: number[] = [];
  const copies: number[] = [];
  const seen = new Set<number>();
  let [at, hidden, broken] = [read.u32(4, little), 0, false];
  while (at !== 0) {
    broken = seen.has(at) || at + 2 > bytes.length || seen.size >= MAX_DIRECTORIES;
    if (broken) break;
    seen.add(at);
    const count = read.u16(at, little);
    const link = at + 2 + count * ENTRY_BYTES;
    const { copy, inside } = kindOf(bytes, at, Math.min(count, 64), little);
    (copy ? copies : pages).push(at);
    hidden += inside;
    broken = link + 4 > bytes.length;
    if (broken) break;
    at = read.u32(link, little);
  }
  if (pages.length === 0) pages.push(...copies.splice(0));
  if (pages.length === 0) throw damaged("The TIFF has no picture in it.");
  return { little, pages, copies: copies.length + hidden, broken };
}

/** Whether a directory is a smaller copy or a mask, and how many directories it has inside. */
function kindOf(
  bytes: Uint8Array,
  directory: number,
  count: number,
  little: boolean,
): { copy: boolean; inside: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [copy, inside] = [false, 0];
  for (let at = directory + 2; at < directory + 2 + count * ENTRY_BYTES; at += ENTRY_BYTES) {
    if (at + ENTRY_BYTES > bytes.length) break;
    const tag = view.getUint16(at, little);
    if (tag > TAG.subDirectories) break;
    const short = view.getUint16(at + 2, little) === 3;
    const value = short ? view.getUint16(at + 8, little) : view.getUint32(at + 8, little);
    if (tag === TAG.newSubfile) copy = (value & COPY_OR_MASK) !== 0;
    else if (tag === TAG.subfile) copy = value === OLD_COPY;
    else if (tag === TAG.subDirectories) inside = Math.min(16, view.getUint32(at + 4, little));
  }
  return { copy, inside };
}

/** The numbers of the wanted entries of a directory. @throws AppError file_damaged */
export function readTags(
  bytes: Uint8Array,
  directory: number,
  little: boolean,
  wanted: ReadonlySet<number>,
): Tags {
  const read = readerOf(bytes, "TIFF");
  const tags = new Map<number, number[]>();
  const count = read.u16(directory, little);
  for (let entry = 0; entry < count; entry += 1) {
    const at = directory + 2 + entry * ENTRY_BYTES;
    if (at + ENTRY_BYTES > bytes.length) break;
    const [tag, type, values] = [read.u16(at, little), read.u16(at + 2, little), read.u32(at + 4, little)];
    const size = TYPE_BYTES[type];
    if (size === undefined || type === RATIONAL || !wanted.has(tag)) continue;
    if (values > MAX_VALUES) throw damaged("The TIFF's directory is not valid.");
    const from = values * size <= 4 ? at + 8 : read.u32(at + 8, little);
    if (from + values * size > bytes.length) continue;
    const numbers = Array.from({ length: values }, (_, index) => {
      if (size === 1) return read.u8(from + index);
      return size === 2 ? read.u16(from + index * 2, little) : read.u32(from + index * 4, little);
    });
    tags.set(tag, numbers);
  }
  return tags;
}
