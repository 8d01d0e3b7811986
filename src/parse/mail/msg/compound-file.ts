import { AppError } from "../../../errors.ts";

/** A stream in a compound file. */
export interface CompoundStream {
  readonly name: string;
  readonly size: number;
  /** Its bytes, read anew at each call. @throws AppError file_damaged */
  readonly read: () => Uint8Array;
}

/** A storage (a folder) in a compound file. */
export interface CompoundStorage {
  readonly name: string;
  readonly streams: readonly CompoundStream[];
  readonly storages: readonly CompoundStorage[];
}

const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** Sector numbers from here on mark ends and free sectors. */
const LAST_SECTOR = 0xfffffffa;
const NO_ENTRY = 0xffffffff;
const ENTRY_BYTES = 128;
const HEADER_FATS = 109;
const MAX_ENTRIES = 100_000;
const MAX_STORAGES_DEEP = 64;

/**
 * Opens a compound file ([MS-CFB]) that stands in memory. Chains are followed for as many steps as the file has
 * sectors, so that one that runs in a circle ends in an error and not never.
 * @throws AppError file_damaged
 */
export function openCompoundFile(bytes: Uint8Array): CompoundStorage {
  return new CompoundFile(bytes).root();
}

interface Entry {
  readonly name: string;
  readonly kind: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly start: number;
  readonly size: number;
}

class CompoundFile {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #sectorBytes: number;
  readonly #sectors: number;
  readonly #fat: Uint32Array;
  readonly #miniFat: Uint32Array;
  readonly #miniCutoff: number;
  readonly #entries: readonly Entry[];
  #miniStream: Uint8Array | null = null;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < 1_536 || SIGNATURE.some((byte, at) => bytes[at] !== byte))
      throw damaged("has no header");
    const shift = this.#view.getUint16(30, true);
    if (shift !== 9 && shift !== 12) throw damaged("has sectors of a size that none has");
    this.#sectorBytes = 1 << shift;
    this.#sectors = Math.ceil(bytes.length / this.#sectorBytes) - 1;
    this.#miniCutoff = this.#view.getUint32(56, true);
    this.#fat = this.#readFat();
    this.#miniFat = numbersOf(this.#readChain(this.#view.getUint32(60, true), null));
    this.#entries = this.#readEntries(this.#view.getUint32(48, true));
  }

  root(): CompoundStorage {
    if (this.#entries[0]?.kind !== 5) throw damaged("has no root");
    return this.#storage(0, new Set(), 0);
  }

  #storage(index: number, seen: Set<number>, depth: number): CompoundStorage {
    const entry = this.#entries[index];
    if (!entry || depth > MAX_STORAGES_DEEP) throw damaged("has storages that lead in a circle");
    const streams: CompoundStream[] = [];
    const storages: CompoundStorage[] = [];
    const waiting = [entry.child];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const child = this.#entries[at];
      if (at === NO_ENTRY || !child || seen.has(at)) continue;
      seen.add(at);
      waiting.push(child.left, child.right);
      if (child.kind === 1) storages.push(this.#storage(at, seen, depth + 1));
      else if (child.kind === 2) {
        streams.push({ name: child.name, size: child.size, read: () => this.#readStream(child) });
      }
    }
    const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
    return { name: entry.name, streams: streams.sort(byName), storages: storages.sort(byName) };
  }

  #readStream({ size, start }: Entry): Uint8Array {
    if (size === 0) return new Uint8Array(0);
    if (size > this.#bytes.length) throw damaged("has a stream that is longer than the file");
    const mini = size < this.#miniCutoff;
    const content = mini ? this.#readMini(start, size) : this.#readChain(start, size);
    if (content.length < size) throw damaged("breaks off inside a stream");
    return content.subarray(0, size);
  }

  #readMini(start: number, size: number): Uint8Array {
    const root = this.#entries[0];
    this.#miniStream ??= root ? this.#readChain(root.start, null) : new Uint8Array(0);
    const content = new Uint8Array(Math.ceil(size / 64) * 64);
    let at = 0;
    for (let sector = start; sector < LAST_SECTOR && at < size; sector = this.#miniFat[sector] ?? NO_ENTRY) {
      const piece = this.#miniStream.subarray(sector * 64, sector * 64 + 64);
      if (piece.length === 0) throw damaged("has a stream that leads out of the file");
      content.set(piece, at);
      at += 64;
    }
    return content.subarray(0, at);
  }

  /** The sectors of a chain behind one another; all of them where no size is known. */
  #readChain(start: number, size: number | null): Uint8Array {
    const sectors: number[] = [];
    const most = size === null ? this.#sectors : Math.ceil(size / this.#sectorBytes);
    for (
      let sector = start;
      sector < LAST_SECTOR && sectors.length < most;
      sector = this.#fat[sector] ?? NO_ENTRY
    ) {
      if (sector >= this.#sectors) throw damaged("has a chain that leads out of the file");
      sectors.push(sector);
      if (
        size === null &&
        sectors.length === this.#sectors &&
        (this.#fat[sector] ?? NO_ENTRY) < LAST_SECTOR
      ) {
        throw damaged("has a chain that leads in a circle");
      }
    }
    const content = new Uint8Array(sectors.length * this.#sectorBytes);
    for (const [index, sector] of sectors.entries()) {
      content.set(this.#sector(sector), index * this.#sectorBytes);
    }
    return content;
  }

  #sector(number: number): Uint8Array {
    const at = (number + 1) * this.#sectorBytes;
    return this.#bytes.subarray(at, at + this.#sectorBytes);
  }

  #readFat(): Uint32Array {
    const numbers: number[] = [];
    for (let at = 0; at < HEADER_FATS; at += 1) numbers.push(this.#view.getUint32(76 + at * 4, true));
    const perSector = this.#sectorBytes / 4;
    const mostSteps = this.#sectors / (perSector * (perSector - 1)) + 1;
    let next = this.#view.getUint32(68, true);
    for (let steps = 0; next < LAST_SECTOR; steps += 1) {
      if (next >= this.#sectors || steps > mostSteps)
        throw damaged("has an index that leads out of the file");
      const more = numbersOf(this.#sector(next));
      numbers.push(...more.subarray(0, -1));
      next = more.at(-1) ?? NO_ENTRY;
    }
    const used = numbers.filter((number) => number < LAST_SECTOR).slice(0, this.#sectors);
    const fat = new Uint32Array(used.length * perSector).fill(NO_ENTRY);
    for (const [index, number] of used.entries()) {
      if (number < this.#sectors) fat.set(numbersOf(this.#sector(number)), index * perSector);
    }
    return fat;
  }

  #readEntries(start: number): Entry[] {
    const bytes = this.#readChain(start, null);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const entries: Entry[] = [];
    for (let at = 0; at + ENTRY_BYTES <= bytes.length && entries.length < MAX_ENTRIES; at += ENTRY_BYTES) {
      const nameBytes = Math.max(0, Math.min(64, view.getUint16(at + 64, true)) - 2);
      entries.push({
        name: new TextDecoder("utf-16le").decode(bytes.subarray(at, at + nameBytes)),
        kind: view.getUint8(at + 66),
        left: view.getUint32(at + 68, true),
        right: view.getUint32(at + 72, true),
        child: view.getUint32(at + 76, true),
        start: view.getUint32(at + 116, true),
        size: view.getUint32(at + 120, true),
      });
    }
    return entries;
  }
}

function numbersOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.length >> 2 }, (_, index) => view.getUint32(index * 4, true));
}

function damaged(how: string): AppError {
  return new AppError(
    "file_damaged",
    `The message's compound file ${how}. Export or send the message again.`,
  );
}
