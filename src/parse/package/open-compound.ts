import { AppError } from "../../errors.ts";

/**
 * The streams of a compound file ([MS-CFB]: what DOC, XLS, PPT and encrypted OOXML are kept in), by their path
 * (`ObjectPool/_1/Workbook`). Names are compared without regard to case.
 */
export interface Compound {
  readonly names: readonly string[];
  readonly has: (path: string) => boolean;
  readonly size: (path: string) => number;
  /**
   * A stream's bytes: a view of the file where they lie in one piece, else copied together; null where there is none.
   * @throws AppError file_damaged; payload_too_large where more would be copied than may stand beside the file
   */
  readonly bytes: (path: string) => Uint8Array | null;
  /** The same as views of the file, in order, as few as there can be: what is written to them changes the file. */
  readonly pieces: (path: string) => Uint8Array[] | null;
}

const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const HEADER_BYTES = 512;
const ENTRY_BYTES = 128;
const MINI_SECTOR_BYTES = 64;
const MINI_CUTOFF = 4_096;
/** Sector numbers above it are marks: free, end of chain, FAT. */
const LAST_SECTOR = 0xfffffffa;
const DIFAT_IN_HEADER = 109;
/** Storages inside storages, and entries of a directory: office files have four and a few hundred, messages with many attachments more. */
const MAX_DEPTH = 32;
const MAX_ENTRIES = 100_000;
/** A stream that is scattered stands in memory beside its file: together they stay well below 128 MB. */
const MAX_JOINED = 32 * 1024 * 1024;

interface Entry {
  readonly start: number;
  readonly size: number;
}

interface DirectoryEntry extends Entry {
  readonly name: string;
  readonly type: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
}

/** Whether bytes begin as a compound file does. */
export function isCompound(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, index) => bytes[index] === byte);
}

/**
 * Opens a compound file that stands in memory. Only its tables are read; streams are put together when they are
 * asked for, and a chain that runs in a circle ends as damage. `maxJoined`: most bytes of a scattered stream that are
 * copied together.
 * @throws AppError file_damaged
 */
export function openCompound(bytes: Uint8Array, maxJoined = MAX_JOINED): Compound {
  if (bytes.length < HEADER_BYTES || !isCompound(bytes))
    throw damaged("it does not begin as such a file does");
  const file = new Sectors(bytes);
  const directory = readEntries(file);
  const root = directory[0];
  if (!root || root.type !== 5) throw damaged("its directory has no root");
  const entries = walk(directory);
  const find = (path: string): Entry | null => entries.get(path.toLowerCase())?.entry ?? null;
  const pieces = (path: string): Uint8Array[] | null => {
    const entry = find(path);
    if (!entry) return null;
    return entry.size < file.miniCutoff ? file.miniPieces(root, entry) : file.pieces(entry);
  };
  return {
    names: [...entries.values()].map(({ path }) => path),
    has: (path) => entries.has(path.toLowerCase()),
    size: (path) => find(path)?.size ?? 0,
    bytes: (path) => {
      const found = pieces(path);
      const size = found && found.length > 1 ? sizeOf(found) : 0;
      if (size > maxJoined) throw scattered(size, maxJoined);
      return found && joinPieces(found);
    },
    pieces,
  };
}

/** The sectors of a file, and the table that chains them. */
class Sectors {
  readonly miniCutoff: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #sectorBytes: number;
  readonly #fat: number[];
  readonly #firstMiniFat: number;
  #miniFat: DataView | null = null;
  #miniSectors: readonly number[] | null = null;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const shift = this.#view.getUint16(30, true);
    if (shift !== 9 && shift !== 12) throw damaged("its sectors have a size that there is not");
    this.#sectorBytes = 1 << shift;
    this.miniCutoff = Math.min(this.#view.getUint32(56, true), MINI_CUTOFF);
    this.#firstMiniFat = this.#view.getUint32(60, true);
    this.#fat = this.#readFat();
  }

  get directoryStart(): number {
    return this.#view.getUint32(48, true);
  }

  /** What a chain holds as views, the last one cut to the size; sectors that follow one another make one view. */
  pieces({ start, size }: Entry): Uint8Array[] {
    const found: Uint8Array[] = [];
    let left = size;
    let [from, to] = [0, 0];
    for (const sector of this.chain(start)) {
      if (left <= 0) break;
      const at = this.#offset(sector);
      const behind = Math.min(this.#bytes.length, at + Math.min(this.#sectorBytes, left));
      if (at !== to) {
        if (to > from) found.push(this.#bytes.subarray(from, to));
        from = at;
      }
      to = behind;
      left -= behind - at;
    }
    if (to > from) found.push(this.#bytes.subarray(from, to));
    if (left > 0 && Number.isFinite(size)) throw damaged("a stream of it is cut off");
    return found;
  }

  miniPieces(root: Entry, { start, size }: Entry): Uint8Array[] {
    this.#miniSectors ??= this.#sectorsOf(root);
    this.#miniFat ??= viewOf(joinPieces(this.pieces({ start: this.#firstMiniFat, size: Infinity })));
    const perSector = this.#sectorBytes / MINI_SECTOR_BYTES;
    const table = this.#miniFat;
    const found: Uint8Array[] = [];
    let sector = start;
    let left = size;
    while (left > 0) {
      const within = (sector % perSector) * MINI_SECTOR_BYTES;
      const holder = this.#miniSectors[Math.floor(sector / perSector)];
      const at = holder === undefined ? this.#bytes.length : this.#offset(holder) + within;
      const piece = this.#bytes.subarray(at, at + Math.min(MINI_SECTOR_BYTES, left));
      if (piece.length === 0) throw damaged("a stream of it is cut off");
      found.push(piece);
      left -= piece.length;
      sector = sector * 4 + 4 <= table.byteLength ? table.getUint32(sector * 4, true) : LAST_SECTOR + 1;
    }
    return found;
  }

  #sectorsOf({ start, size }: Entry): number[] {
    const sectors: number[] = [];
    for (const sector of this.chain(start)) {
      if (sectors.length * this.#sectorBytes >= size) break;
      sectors.push(sector);
    }
    return sectors;
  }

  *chain(start: number): Generator<number, void> {
    let sector = start;
    for (let steps = 0; sector <= LAST_SECTOR; steps += 1) {
      if (steps > this.#fat.length || this.#offset(sector) >= this.#bytes.length) {
        throw damaged("a stream of it leads nowhere");
      }
      yield sector;
      const next = this.#fat[sector];
      if (next === undefined) throw damaged("a stream of it leads nowhere");
      sector = next;
    }
  }

  #offset(sector: number): number {
    return (sector + 1) * this.#sectorBytes;
  }

  /** The FAT's own sectors are listed in the header, and on in sectors of their own (DIFAT). */
  #readFat(): number[] {
    const perSector = this.#sectorBytes / 4;
    const listed: number[] = [];
    for (let index = 0; index < DIFAT_IN_HEADER; index += 1) {
      listed.push(this.#view.getUint32(76 + index * 4, true));
    }
    const most = Math.ceil(this.#bytes.length / this.#sectorBytes);
    let next = this.#view.getUint32(68, true);
    for (let steps = 0; next <= LAST_SECTOR && steps * perSector <= most; steps += 1) {
      const at = this.#offset(next);
      if (at + this.#sectorBytes > this.#bytes.length) break;
      for (let index = 0; index < perSector - 1; index += 1) {
        listed.push(this.#view.getUint32(at + index * 4, true));
      }
      next = this.#view.getUint32(at + (perSector - 1) * 4, true);
    }
    const fat: number[] = [];
    for (const sector of listed) {
      const at = this.#offset(sector);
      if (sector > LAST_SECTOR || fat.length > most) break;
      for (let index = 0; index < perSector && at + index * 4 + 4 <= this.#bytes.length; index += 1) {
        fat.push(this.#view.getUint32(at + index * 4, true));
      }
    }
    return fat;
  }
}

function readEntries(file: Sectors): DirectoryEntry[] {
  const bytes = joinPieces(file.pieces({ start: file.directoryStart, size: Infinity }));
  const view = viewOf(bytes);
  const entries: DirectoryEntry[] = [];
  for (let at = 0; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) {
    if (entries.length >= MAX_ENTRIES) throw damaged(`it lists more than ${MAX_ENTRIES} streams`);
    const nameBytes = Math.min(64, Math.max(2, view.getUint16(at + 64, true))) - 2;
    entries.push({
      name: new TextDecoder("utf-16le").decode(bytes.subarray(at, at + nameBytes)),
      type: view.getUint8(at + 66),
      left: view.getUint32(at + 68, true),
      right: view.getUint32(at + 72, true),
      child: view.getUint32(at + 76, true),
      start: view.getUint32(at + 116, true),
      size: view.getUint32(at + 120, true),
    });
  }
  return entries;
}

/** Streams by their path in lower case. The tree's branches are followed once each, however they are tied. */
function walk(directory: readonly DirectoryEntry[]): Map<string, { path: string; entry: Entry }> {
  const found = new Map<string, { path: string; entry: Entry }>();
  const seen = new Set<number>([0]);
  const waiting = [{ id: directory[0]?.child ?? -1, prefix: "", depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { id, prefix, depth } = next;
    const entry = directory[id];
    if (!entry || seen.has(id) || depth > MAX_DEPTH) continue;
    seen.add(id);
    const path = prefix + entry.name;
    waiting.push({ id: entry.right, prefix, depth }, { id: entry.left, prefix, depth });
    if (entry.type === 1) waiting.push({ id: entry.child, prefix: `${path}/`, depth: depth + 1 });
    const key = path.toLowerCase();
    if (entry.type === 2 && !found.has(key)) found.set(key, { path, entry });
  }
  return found;
}

function sizeOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

function joinPieces(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const joined = new Uint8Array(sizeOf(pieces));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function scattered(size: number, most: number): AppError {
  return new AppError(
    "payload_too_large",
    `A part of the file has ${size} bytes and lies scattered in it, and no more than ${most} are put together. Save the file again, or split it, and send that.`,
  );
}

function damaged(what: string): AppError {
  return new AppError("file_damaged", `The file is damaged: ${what}. Send the original.`);
}
