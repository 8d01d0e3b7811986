import type { CompoundStorage, CompoundStream } from "./compound-file.ts";

/** Sectors of version 4: so large that the header alone can say where the table of a file of 400 MB lies. */
const SECTOR = 4_096;
const PER_SECTOR = SECTOR / 4;
const MINI = 64;
/** Shorter streams share sectors. */
const CUTOFF = 4_096;
const ENTRY = 128;
const MAX_FATS = 109;
const FREE = 0xffffffff;
const END = 0xfffffffe;
const FAT_SECTOR = 0xfffffffd;

interface Entry {
  readonly name: string;
  readonly kind: 1 | 2 | 5;
  readonly stream: CompoundStream | null;
  left: number;
  right: number;
  child: number;
  start: number;
  size: number;
}

/**
 * Writes a storage as a compound file ([MS-CFB], version 4), stream by stream: only its tables and its short streams
 * are held.
 */
export function writeCompoundFile(root: CompoundStorage): ReadableStream<Uint8Array> {
  const pieces = piecesOf(root);
  return new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const { done, value } = pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

function* piecesOf(root: CompoundStorage): Generator<Uint8Array, void> {
  const entries = entriesOf(root);
  const own = entries.filter(({ stream, size }) => stream !== null && size > 0);
  const short = own.filter(({ size }) => size < CUTOFF);
  const long = own.filter(({ size }) => size >= CUTOFF);
  const miniLengths = short.map(({ size }) => Math.ceil(size / MINI));
  const miniFat = chains(miniLengths);
  let mini = 0;
  for (const [index, entry] of short.entries()) {
    entry.start = mini;
    mini += miniLengths[index] ?? 0;
  }
  const miniBytes = miniFat.length * MINI;

  const parts = [entries.length * ENTRY, miniFat.length * 4, miniBytes, ...long.map(({ size }) => size)];
  const lengths = parts.map((bytes) => Math.ceil(bytes / SECTOR));
  const used = lengths.reduce((sum, length) => sum + length, 0);
  const fats = Math.ceil(used / (PER_SECTOR - 1));
  if (fats > MAX_FATS) throw new RangeError("A compound file of this size needs a second table.");
  const starts: number[] = [];
  let next = fats;
  for (const length of lengths) {
    starts.push(length === 0 ? END : next);
    next += length;
  }
  const [directoryAt = END, miniFatAt = END, miniAt = END, ...longAt] = starts;
  for (const [index, entry] of long.entries()) entry.start = longAt[index] ?? END;
  const [rootEntry] = entries;
  if (rootEntry) Object.assign(rootEntry, { start: miniAt, size: miniBytes });

  yield header(fats, directoryAt, lengths[0] ?? 0, miniFatAt, lengths[1] ?? 0);
  yield table(
    [...Array.from({ length: fats }, () => FAT_SECTOR), ...chains(lengths, fats)],
    fats * PER_SECTOR,
  );
  yield directory(entries);
  yield table(miniFat, (lengths[1] ?? 0) * PER_SECTOR);
  yield padded(
    short.map(({ stream }) => stream?.read() ?? new Uint8Array(0)),
    MINI,
  );
  for (const { stream } of long) if (stream) yield padded([stream.read()], SECTOR);
}

/** Entries with the root first; a storage's children are a search tree of their own. */
function entriesOf(root: CompoundStorage): Entry[] {
  const entries: Entry[] = [];
  const add = (name: string, kind: Entry["kind"], stream: CompoundStream | null): Entry => {
    const none = { left: FREE, right: FREE, child: FREE, start: stream ? END : 0, size: stream?.size ?? 0 };
    const entry: Entry = { name, kind, stream, ...none };
    entries.push(entry);
    return entry;
  };
  const fill = (storage: CompoundStorage, entry: Entry): void => {
    const from = entries.length;
    for (const stream of storage.streams) add(stream.name, 2, stream);
    const storages = storage.storages.map((inner) => ({ inner, made: add(inner.name, 1, null) }));
    const order = Array.from({ length: entries.length - from }, (_, index) => from + index).sort((a, b) =>
      compare(entries[a]?.name ?? "", entries[b]?.name ?? ""),
    );
    entry.child = tree(entries, order);
    for (const { inner, made } of storages) fill(inner, made);
  };
  fill(root, add("Root Entry", 5, null));
  return entries;
}

/** Shorter names come first, then capital letters decide ([MS-CFB], 2.6.4). */
function compare(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a.toUpperCase() < b.toUpperCase() ? -1 : 1;
}

function tree(entries: readonly Entry[], order: readonly number[]): number {
  const middle = order.length >> 1;
  const top = order[middle];
  const entry = top === undefined ? undefined : entries[top];
  if (top === undefined || !entry) return FREE;
  entry.left = tree(entries, order.slice(0, middle));
  entry.right = tree(entries, order.slice(middle + 1));
  return top;
}

/** Chains of sectors that lie behind one another, each ended. */
function chains(lengths: readonly number[], from = 0): number[] {
  const numbers: number[] = [];
  for (const length of lengths) {
    for (let step = 1; step <= length; step += 1) {
      numbers.push(step === length ? END : from + numbers.length + 1);
    }
  }
  return numbers;
}

function header(
  fats: number,
  directoryAt: number,
  directories: number,
  miniFatAt: number,
  miniFats: number,
): Uint8Array {
  const bytes = new Uint8Array(SECTOR);
  const view = new DataView(bytes.buffer);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  for (const [at, value] of [
    [24, 0x3e],
    [26, 4],
    [28, 0xfffe],
    [30, 12],
    [32, 6],
  ] as const) {
    view.setUint16(at, value, true);
  }
  for (const [at, value] of [
    [40, directories],
    [44, fats],
    [48, directoryAt],
    [56, CUTOFF],
    [60, miniFatAt],
    [64, miniFats],
    [68, END],
  ] as const) {
    view.setUint32(at, value, true);
  }
  for (let at = 0; at < MAX_FATS; at += 1) view.setUint32(76 + at * 4, at < fats ? at : FREE, true);
  return bytes;
}

function table(numbers: readonly number[], length: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(length * 4));
  for (let at = 0; at < length; at += 1) view.setUint32(at * 4, numbers[at] ?? FREE, true);
  return new Uint8Array(view.buffer);
}

function directory(entries: readonly Entry[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((entries.length * ENTRY) / SECTOR) * SECTOR);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length; at += ENTRY) {
    const entry = entries[at / ENTRY];
    for (const field of [68, 72, 76]) view.setUint32(at + field, FREE, true);
    if (!entry) continue;
    const name = entry.name.slice(0, 31);
    for (let unit = 0; unit < name.length; unit += 1)
      view.setUint16(at + unit * 2, name.charCodeAt(unit), true);
    view.setUint16(at + 64, (name.length + 1) * 2, true);
    view.setUint8(at + 66, entry.kind);
    view.setUint8(at + 67, 1);
    view.setUint32(at + 68, entry.left, true);
    view.setUint32(at + 72, entry.right, true);
    view.setUint32(at + 76, entry.child, true);
    view.setUint32(at + 116, entry.start, true);
    view.setUint32(at + 120, entry.size, true);
  }
  return bytes;
}

/** Contents behind one another, each filled up to a multiple of `unit`, all of them to whole sectors. */
function padded(contents: readonly Uint8Array[], unit: number): Uint8Array {
  const full = (length: number, by: number): number => Math.ceil(length / by) * by;
  const total = contents.reduce((sum, content) => sum + full(content.length, unit), 0);
  const bytes = new Uint8Array(full(total, SECTOR));
  let at = 0;
  for (const content of contents) {
    bytes.set(content, at);
    at += full(content.length, unit);
  }
  return bytes;
}
