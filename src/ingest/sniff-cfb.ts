import type { Format } from "../model/format.ts";
import { endingOf, isEndingOf, readable, type Sniffed, type StoredFile, unsupported } from "./sniffed.ts";

/** MS-CFB 2.2. */
const SIGNATURE = "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1";
const ENTRY_BYTES = 128;
/** Entries of the directory that are looked at: what tells a document's kind is among the first ones. */
const MOST_SECTORS = 64;
/** Sectors lie side by side, mostly: what is read at once. */
const WINDOW = 16 * 1024;
const END_OF_CHAIN = 0xfffffffa;

export function isCfb(start: string): boolean {
  return start.startsWith(SIGNATURE);
}

/** Streams and storages of the root that only one kind of file has. */
const BY_NAME: readonly (readonly [RegExp, Format])[] = [
  [/^WordDocument$/i, "doc"],
  [/^(?:Workbook|Book)$/i, "xls"],
  [/^PowerPoint Document$/i, "ppt"],
  [/^__(?:properties_version1\.0|nameid_version1\.0|recip_version1\.0_.*)$/i, "msg"],
];

/** An encrypted package is named by the new or the old ending. */
const ENCRYPTED = [
  ["docx", "doc"],
  ["xlsx", "xls"],
  ["pptx", "ppt"],
] as const;

/** Others that are known by name. */
const UNREAD: readonly (readonly [RegExp, string, string])[] = [
  [/^VisioDocument$/i, "application/vnd.visio", "a Visio drawing"],
  [/^Quill$/i, "application/vnd.ms-publisher", "a Publisher document"],
  [/^(?:BodyText|HwpSummaryInformation)$/i, "application/x-hwp", "a Hangul document"],
  [/^PP40$/i, "application/vnd.ms-powerpoint", "a PowerPoint 4 presentation"],
];

/** Installers write their names in a code of two letters a character. */
const INSTALLER = /^[\u3800-\u4840]+$/;

/** Tells what a compound file is by the names in its root, or what an encrypted package is named. */
export async function sniffCfb(
  head: Uint8Array,
  filename: string,
  file: StoredFile | undefined,
): Promise<Sniffed> {
  const ending = endingOf(filename);
  const names = await rootNames(head, file);
  const named = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (named(/^EncryptedPackage$/i)) {
    const promised = ENCRYPTED.find((formats) => formats.some((format) => isEndingOf(format, ending)));
    return readable(promised?.[0] ?? "docx");
  }
  const known = BY_NAME.find(([pattern]) => named(pattern));
  if (known) return readable(known[1]);
  const unread = UNREAD.find(([pattern]) => named(pattern));
  if (unread) return unsupported(unread[1], `This is ${unread[2]}`, "Send it as PDF.");
  if (named(INSTALLER)) return unsupported("application/x-msi", "This is a Windows installer");
  const promised = (["doc", "xls", "ppt", "msg"] as const).find((format) => isEndingOf(format, ending));
  return promised
    ? readable(promised)
    : unsupported("application/x-cfb", "This is a compound file of a kind that is not known");
}

interface Entry {
  readonly name: string;
  readonly left: number;
  readonly right: number;
  readonly child: number;
}

/** Names in the root storage; those of the whole directory where its tree cannot be followed. */
async function rootNames(head: Uint8Array, file: StoredFile | undefined): Promise<string[]> {
  const entries = await readEntries(head, file);
  const names: string[] = [];
  const seen = new Set<number>();
  const open = [entries[0]?.child ?? END_OF_CHAIN];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const entry = entries[id];
    if (!entry || seen.has(id)) continue;
    seen.add(id);
    names.push(entry.name);
    open.push(entry.left, entry.right);
  }
  return names.length > 0 ? names : entries.map(({ name }) => name);
}

async function readEntries(head: Uint8Array, file: StoredFile | undefined): Promise<Entry[]> {
  if (head.length < 512) return [];
  const header = viewOf(head);
  const shift = header.getUint16(30, true) === 12 ? 12 : 9;
  const read = windowed(head, file);
  const entries: Entry[] = [];
  let sector = header.getUint32(48, true);
  for (let count = 0; count < MOST_SECTORS && sector < END_OF_CHAIN; count += 1) {
    const bytes = await read((sector + 1) * 2 ** shift, 2 ** shift);
    for (let at = 0; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) {
      entries.push(entryOf(bytes.subarray(at, at + ENTRY_BYTES)));
    }
    if (bytes.length < 2 ** shift) break;
    sector = await nextSector(header, sector, shift, read);
  }
  return entries;
}

type Read = (offset: number, length: number) => Promise<Uint8Array>;

/** Follows the file allocation table, as far as the header itself says where it lies (MS-CFB 2.3, 2.5). */
async function nextSector(header: DataView, sector: number, shift: number, read: Read): Promise<number> {
  const each = 2 ** shift / 4;
  const index = Math.floor(sector / each);
  if (index >= 109) return END_OF_CHAIN;
  const table = header.getUint32(76 + index * 4, true);
  if (table >= END_OF_CHAIN) return END_OF_CHAIN;
  const bytes = await read((table + 1) * 2 ** shift + (sector % each) * 4, 4);
  return bytes.length < 4 ? END_OF_CHAIN : viewOf(bytes).getUint32(0, true);
}

/** Reads out of the head where it reaches, else out of the file, a window at a time. */
function windowed(head: Uint8Array, file: StoredFile | undefined): Read {
  const windows: { start: number; bytes: Uint8Array }[] = [{ start: 0, bytes: head }];
  return async (offset, length) => {
    const within = windows.find(
      ({ start, bytes }) => offset >= start && offset + length <= start + bytes.length,
    );
    if (within) return within.bytes.subarray(offset - within.start, offset - within.start + length);
    if (!file || offset >= file.size) return new Uint8Array();
    const bytes = await file.range(offset, Math.max(length, WINDOW));
    windows.push({ start: offset, bytes });
    return bytes.subarray(0, length);
  };
}

function entryOf(bytes: Uint8Array): Entry {
  const view = viewOf(bytes);
  const length = Math.max(0, Math.min(64, view.getUint16(64, true)) - 2);
  return {
    name: new TextDecoder("utf-16le").decode(bytes.subarray(0, length)),
    left: view.getUint32(68, true),
    right: view.getUint32(72, true),
    child: view.getUint32(76, true),
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
