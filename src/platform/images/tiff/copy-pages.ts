import { AppError } from "../../../errors.ts";
import { damaged } from "../picture.ts";
import { indexTiff } from "./directories.ts";

/** Bytes of one value by the entry's type (TIFF 6.0, section 2). */
const TYPE_BYTES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
};
const LONG = 4;
const HEADER_BYTES = 8;
const ENTRY_BYTES = 12;
const TAG = { stripOffsets: 273, stripBytes: 279, tileOffsets: 324, tileBytes: 325 } as const;
/** What points to further places of the file: smaller copies, camera data; no picture needs them. */
const LEFT_OUT: ReadonlySet<number> = new Set([330, 34665, 34853, 40965]);
/** The old way to keep a JPEG points to its tables one by one. */
const OLD_JPEG: ReadonlySet<number> = new Set([513, 519, 520, 521]);

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly data: Uint8Array;
}

/**
 * A TIFF of some pages of another, counted from 1: their entries and their strips or tiles, byte for byte.
 * @throws AppError file_damaged, page_not_found, unsupported_format
 */
export function copyTiffPages(bytes: Uint8Array, pages: readonly number[]): Uint8Array {
  const { little, pages: directories } = indexTiff(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = new TiffWriter(little);
  for (const page of pages) {
    const at = directories[page - 1];
    if (at === undefined) throw new AppError("page_not_found", `The TIFF has no page ${page}.`);
    copyPage(out, bytes, view, at, little);
  }
  return out.finish();
}

function copyPage(out: TiffWriter, bytes: Uint8Array, view: DataView, at: number, little: boolean): void {
  const entries = readEntries(bytes, view, at, little);
  if (entries.some(({ tag }) => OLD_JPEG.has(tag)))
    throw new AppError(
      "unsupported_format",
      "The TIFF's pages are JPEGs of the older kind, which are not copied.",
    );
  const numbers = (tag: number): number[] => {
    const entry = entries.find((one) => one.tag === tag);
    return entry ? numbersOf(entry, little) : [];
  };
  const tiled = entries.some(({ tag }) => tag === TAG.tileOffsets);
  const [offsetTag, sizeTag] = tiled ? [TAG.tileOffsets, TAG.tileBytes] : [TAG.stripOffsets, TAG.stripBytes];
  const offsets = numbers(offsetTag);
  const sizes = numbers(sizeTag);
  const only = offsets.length === 1 && sizes.length === 0;
  if (offsets.length !== sizes.length && !only) throw damaged("The TIFF's directory is not valid.");
  const moved = offsets.map((from, index) =>
    out.append(bytes.subarray(from, from + (sizes[index] ?? bytes.length))),
  );
  const data = new Uint8Array(moved.length * 4);
  const target = new DataView(data.buffer);
  for (const [index, place] of moved.entries()) target.setUint32(index * 4, place, little);
  const kept = entries.filter(({ tag }) => tag !== offsetTag && !LEFT_OUT.has(tag));
  out.directory([...kept, { tag: offsetTag, type: LONG, count: moved.length, data }]);
}

function readEntries(bytes: Uint8Array, view: DataView, at: number, little: boolean): Entry[] {
  const count = view.getUint16(at, little);
  const entries: Entry[] = [];
  for (let index = 0; index < count; index += 1) {
    const place = at + 2 + index * ENTRY_BYTES;
    if (place + ENTRY_BYTES > bytes.length) break;
    const type = view.getUint16(place + 2, little);
    const values = view.getUint32(place + 4, little);
    const size = (TYPE_BYTES[type] ?? 0) * values;
    const from = size <= 4 ? place + 8 : view.getUint32(place + 8, little);
    if (size === 0 || from + size > bytes.length) continue;
    entries.push({
      tag: view.getUint16(place, little),
      type,
      count: values,
      data: bytes.slice(from, from + size),
    });
  }
  return entries;
}

function numbersOf({ type, count, data }: Entry, little: boolean): number[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const size = TYPE_BYTES[type];
  if (size !== 2 && size !== 4) throw damaged("The TIFF's directory is not valid.");
  return Array.from({ length: count }, (_, index) =>
    size === 2 ? view.getUint16(index * 2, little) : view.getUint32(index * 4, little),
  );
}

/** Writes a TIFF from front to back: pictures first, then the directory that leads to them. */
class TiffWriter {
  readonly #little: boolean;
  readonly #blocks: Uint8Array[] = [];
  #size = HEADER_BYTES;
  /** Where the place of the next directory has to be written: in the header, then at the end of each directory. */
  #link: { readonly view: DataView; readonly at: number };

  constructor(little: boolean) {
    this.#little = little;
    const header = new Uint8Array(HEADER_BYTES);
    const view = new DataView(header.buffer);
    view.setUint16(0, little ? 0x4949 : 0x4d4d);
    view.setUint16(2, 42, little);
    this.#blocks.push(header);
    this.#link = { view, at: 4 };
  }

  /** Puts bytes behind what is there, on an even place, and gives the place. */
  append(block: Uint8Array): number {
    const place = this.#size;
    this.#blocks.push(block);
    this.#size += block.length;
    if (block.length % 2 === 1) {
      this.#blocks.push(new Uint8Array(1));
      this.#size += 1;
    }
    return place;
  }

  directory(entries: readonly Entry[]): void {
    const sorted = [...entries].sort((a, b) => a.tag - b.tag);
    const places = sorted.map(({ data }) => (data.length > 4 ? this.append(data) : null));
    const block = new Uint8Array(2 + sorted.length * ENTRY_BYTES + 4);
    const view = new DataView(block.buffer);
    view.setUint16(0, sorted.length, this.#little);
    for (const [index, { tag, type, count, data }] of sorted.entries()) {
      const at = 2 + index * ENTRY_BYTES;
      view.setUint16(at, tag, this.#little);
      view.setUint16(at + 2, type, this.#little);
      view.setUint32(at + 4, count, this.#little);
      const place = places[index] ?? null;
      if (place === null) block.set(data, at + 8);
      else view.setUint32(at + 8, place, this.#little);
    }
    this.#link.view.setUint32(this.#link.at, this.append(block), this.#little);
    this.#link = { view, at: block.length - 4 };
  }

  finish(): Uint8Array {
    const file = new Uint8Array(this.#size);
    let at = 0;
    for (const block of this.#blocks) {
      file.set(block, at);
      at += block.length;
    }
    return file;
  }
}
