import { RangeReader, type Ranged, tooManyMembers } from "./range-reader.ts";

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const DESCRIPTOR = 0x08074b50;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
/** What is looked through at once for the next header: little at first, since it mostly stands right there. */
const FIRST_WINDOW = 4 * 1024;
const LAST_WINDOW = 1024 * 1024;
/** How many times its size a file is looked through in all. */
const MOST_PASSES = 4;
const DESCRIPTOR_BYTES = 16;
const UNKNOWN = 0xffffffff;

/** An archive whose directory has been made anew from the headers before its members. */
export interface Recovered {
  /** The file with a directory behind it. */
  readonly source: Ranged;
  readonly found: number;
  /** Names of members whose end could not be found. */
  readonly lost: readonly string[];
}

interface Local {
  readonly offset: number;
  readonly header: Uint8Array;
  readonly name: Uint8Array;
  readonly extra: Uint8Array;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
}

/**
 * Makes a directory (APPNOTE 4.3.12) for an archive that has none, or none that can be read, from the headers that
 * stand before its members: as far as the file goes.
 * @throws AppError too_many_members
 */
export async function recoverZip(source: Ranged, most: number): Promise<Recovered> {
  const found: Local[] = [];
  const lost: string[] = [];
  const reader = new RangeReader(source);
  const budget = { bytes: source.size * MOST_PASSES + LAST_WINDOW };
  let at = await findLocal(reader, 0, budget);
  while (at !== null) {
    const local = await readLocal(reader, at);
    if (local === null) break;
    if (found.length + lost.length >= most) throw tooManyMembers(most);
    const data = at + LOCAL_BYTES + local.name.length + local.extra.length;
    const whole = hasSizes(local) ? local : await measure(reader, local, data, budget);
    if (whole === null) lost.push(new TextDecoder().decode(local.name));
    else if (whole.name.length > 0) found.push(whole);
    at = await findLocal(reader, data + (whole?.packedSize ?? 0), budget);
  }
  return { source: behind(source, directoryOf(found, source.size)), found: found.length, lost };
}

async function readLocal(reader: RangeReader, offset: number): Promise<Local | null> {
  const header = await reader.readUint8Array(offset, LOCAL_BYTES);
  if (header.length < LOCAL_BYTES) return null;
  const view = viewOf(header);
  const nameBytes = view.getUint16(26, true);
  const names = await reader.readUint8Array(offset + LOCAL_BYTES, nameBytes + view.getUint16(28, true));
  if (names.length < nameBytes) return null;
  return {
    offset,
    header,
    name: names.subarray(0, nameBytes),
    extra: names.subarray(nameBytes),
    crc: view.getUint32(14, true),
    packedSize: view.getUint32(18, true),
    size: view.getUint32(22, true),
  };
}

function hasSizes(local: Local): boolean {
  const deferred = ((local.header[6] ?? 0) & 8) !== 0;
  return local.packedSize !== UNKNOWN && !(deferred && local.packedSize === 0);
}

/** Finds the descriptor behind a member whose header does not tell its sizes: the one that says where it stands itself. */
async function measure(
  reader: RangeReader,
  local: Local,
  data: number,
  budget: Budget,
): Promise<Local | null> {
  for await (const { offset, bytes } of find(reader, data, DESCRIPTOR, budget)) {
    if (bytes.length < DESCRIPTOR_BYTES) return null;
    const view = viewOf(bytes);
    if (view.getUint32(8, true) === offset - data) {
      const sizes = { crc: view.getUint32(4, true), size: view.getUint32(12, true) };
      return { ...local, ...sizes, packedSize: offset - data };
    }
  }
  return null;
}

async function findLocal(reader: RangeReader, from: number, budget: Budget): Promise<number | null> {
  for await (const { offset } of find(reader, from, LOCAL, budget)) return offset;
  return null;
}

interface Budget {
  bytes: number;
}

/** The places of a signature at or behind `from`, with the bytes that begin there, until the budget is spent. */
async function* find(reader: RangeReader, from: number, signature: number, budget: Budget) {
  const wanted = [0, 8, 16, 24].map((shift) => (signature >>> shift) & 0xff);
  let window = FIRST_WINDOW;
  for (let start = from; start < reader.size && budget.bytes > 0;) {
    const part = await reader.readUint8Array(start, window);
    const last = part.length === 0 || start + part.length >= reader.size;
    window = Math.min(window * 4, LAST_WINDOW);
    const end = last ? part.length : part.length - DESCRIPTOR_BYTES + 1;
    for (let at = part.indexOf(0x50); at >= 0 && at < end; at = part.indexOf(0x50, at + 1)) {
      if (wanted.every((byte, index) => part[at + index] === byte)) {
        yield { offset: start + at, bytes: part.subarray(at, at + DESCRIPTOR_BYTES) };
      }
    }
    if (last || end <= 0) return;
    budget.bytes -= end;
    start += end;
  }
}

function directoryOf(locals: readonly Local[], offset: number): Uint8Array {
  const length = locals.reduce((sum, { name, extra }) => sum + CENTRAL_BYTES + name.length + extra.length, 0);
  const whole = new Uint8Array(length + 22);
  const view = viewOf(whole);
  let at = 0;
  for (const { header, name, extra, crc, packedSize, size, offset: start } of locals) {
    view.setUint32(at, CENTRAL, true);
    whole.set(header.subarray(4, 14), at + 6);
    view.setUint32(at + 16, crc, true);
    view.setUint32(at + 20, packedSize, true);
    view.setUint32(at + 24, size, true);
    view.setUint16(at + 28, name.length, true);
    view.setUint16(at + 30, extra.length, true);
    view.setUint32(at + 42, start, true);
    whole.set(name, at + CENTRAL_BYTES);
    whole.set(extra, at + CENTRAL_BYTES + name.length);
    at += CENTRAL_BYTES + name.length + extra.length;
  }
  view.setUint32(at, 0x06054b50, true);
  view.setUint16(at + 8, locals.length, true);
  view.setUint16(at + 10, locals.length, true);
  view.setUint32(at + 12, at, true);
  view.setUint32(at + 16, offset, true);
  return whole;
}

/** A source with more bytes behind it. */
function behind(source: Ranged, more: Uint8Array): Ranged {
  return {
    size: source.size + more.length,
    range: async (offset, length) => {
      if (offset >= source.size) {
        const at = offset - source.size;
        return more.subarray(at, at + length);
      }
      return source.range(offset, Math.min(length, source.size - offset));
    },
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
