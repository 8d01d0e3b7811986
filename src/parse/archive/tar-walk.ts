import type { Warning } from "../../model/parsed.ts";
import { BLOCK, isZero, readPax, readTarHeader, type TarHeader } from "./tar-header.ts";
import { type RangeReader, tooManyMembers } from "./range-reader.ts";

/** Names and records beside a member's own header: a megabyte holds any that are meant. */
const MOST_EXTENSION = 1024 * 1024;

/** A member by its headers. */
export interface TarEntry {
  readonly name: Uint8Array;
  /** Where its content begins. */
  readonly offset: number;
  readonly size: number;
  readonly kind: "file" | "directory" | "link" | "device" | "sparse" | "continued";
}

/** What headers in front of a member say of it. */
interface Announced {
  name?: Uint8Array;
  size?: number;
  sparse?: boolean;
}

/**
 * Walks through a TAR from header to header; content is passed over. Where a header is damaged, the next one that
 * holds together is looked for, and a warning says so.
 * @throws AppError too_many_members
 */
export async function walkTar(
  reader: RangeReader,
  most: number,
): Promise<{ entries: TarEntry[]; warnings: Warning[] }> {
  const entries: TarEntry[] = [];
  let announced: Announced = {};
  let damaged = false;
  let at = 0;
  while (at + BLOCK <= reader.size) {
    const block = await reader.readUint8Array(at, BLOCK);
    if (isZero(block)) {
      if (at + 2 * BLOCK > reader.size || isZero(await reader.readUint8Array(at + BLOCK, BLOCK))) break;
      at += BLOCK;
      continue;
    }
    const header = readTarHeader(block);
    if (header === null) {
      damaged = true;
      announced = {};
      at += BLOCK;
      continue;
    }
    if ("xgXLKN".includes(header.type)) {
      announced = await extend(reader, at + BLOCK, header, announced);
      at = behind(at, header.size);
      continue;
    }
    const entry = entryOf(header, at + BLOCK, announced);
    announced = {};
    if (entry.kind !== "directory" && header.type !== "V") {
      if (entries.length >= most) throw tooManyMembers(most);
      entries.push(entry);
    }
    at = behind(at, hasContent(header) ? entry.size : 0) + (await sparseBytes(reader, at, block, header));
  }
  const cut = at > reader.size || (at < reader.size && at + BLOCK > reader.size && entries.length > 0);
  return { entries, warnings: cut || damaged ? [damage(cut, entries.length)] : [] };
}

function damage(cut: boolean, found: number): Warning {
  const what = cut ? "is cut off: it ends in the middle of a member" : "is damaged: not all of it is a TAR";
  return {
    code: "file_damaged",
    message: `The archive ${what}. ${found} members were found. Send the original.`,
  };
}

function behind(header: number, size: number): number {
  return header + BLOCK + Math.ceil(size / BLOCK) * BLOCK;
}

/** Links, devices and folders have none, whatever size they give (POSIX.1-2008, pax: typeflag). */
function hasContent({ type }: TarHeader): boolean {
  return !"123456".includes(type);
}

/** GNU's map of a file with holes goes on in blocks of its own, which its size does not count. */
async function sparseBytes(
  reader: RangeReader,
  at: number,
  block: Uint8Array,
  { type }: TarHeader,
): Promise<number> {
  let length = 0;
  for (let more = type === "S" && block[482] === 1; more;) {
    length += BLOCK;
    more = (await reader.readUint8Array(at + length, BLOCK))[504] === 1;
  }
  return length;
}

/** Takes in a header that only says something of the next member: a pax header, a GNU long name. */
async function extend(
  reader: RangeReader,
  offset: number,
  { type, size }: TarHeader,
  announced: Announced,
): Promise<Announced> {
  if (type === "g" || type === "K" || size > MOST_EXTENSION) return announced;
  const bytes = await reader.readUint8Array(offset, size);
  if (type === "L" || type === "N") {
    const end = bytes.indexOf(0);
    return { ...announced, name: end < 0 ? bytes : bytes.subarray(0, end) };
  }
  const records = readPax(bytes);
  const name = records.get("GNU.sparse.name") ?? records.get("path");
  const length = Number(new TextDecoder().decode(records.get("size") ?? new Uint8Array()) || Number.NaN);
  return {
    ...announced,
    ...(name && name.length > 0 ? { name } : {}),
    ...(Number.isSafeInteger(length) && length >= 0 ? { size: length } : {}),
    sparse: Array.from(records.keys()).some((key) => key.startsWith("GNU.sparse.")),
  };
}

const KINDS: Readonly<Record<string, TarEntry["kind"]>> = {
  "1": "link",
  "2": "link",
  "3": "device",
  "4": "device",
  "5": "directory",
  "6": "device",
  D: "directory",
  M: "continued",
  S: "sparse",
};

function entryOf(header: TarHeader, offset: number, announced: Announced): TarEntry {
  const name = announced.name ?? header.name;
  const folder = header.type === "0" && name.at(-1) === 0x2f;
  const kind = announced.sparse ? "sparse" : folder ? "directory" : (KINDS[header.type] ?? "file");
  return { name, offset, kind, size: hasContent(header) ? (announced.size ?? header.size) : 0 };
}
