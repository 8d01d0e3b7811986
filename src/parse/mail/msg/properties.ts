import { decodeText } from "../charset.ts";
import type { CompoundStorage } from "./compound-file.ts";

/** Properties of a message, a receiver or an attachment ([MS-OXMSG], 2.4), by their ids. */
export interface Properties {
  readonly text: (id: number) => string | null;
  readonly number: (id: number) => number | null;
  readonly flag: (id: number) => boolean;
  /** A time as ISO 8601 in UTC. */
  readonly time: (id: number) => string | null;
  readonly bytes: (id: number) => Uint8Array | null;
  /** Bytes of a property without reading it; null where there is none. */
  readonly size: (id: number) => number | null;
  /** The encoding of text that is not Unicode; what a message holds takes it over. */
  readonly charset: string | null;
  /** A property that is a storage: a message inside, an object. */
  readonly storage: (id: number) => CompoundStorage | null;
}

const TYPE = {
  int32: 0x0003,
  bool: 0x000b,
  object: 0x000d,
  string8: 0x001e,
  unicode: 0x001f,
  time: 0x0040,
  binary: 0x0102,
};
const PROPERTY_STREAM = "__properties_version1.0";
const MESSAGE_CODEPAGE = 0x3ffd;
const INTERNET_CODEPAGE = 0x3fde;
const MESSAGE_LOCALE = 0x3ff1;
/** Code pages by primary languages ([MS-LCID]), where they are not the Western one. */
const LANGUAGE_PAGES: Readonly<Record<number, number>> = {
  0x01: 1256,
  0x04: 936,
  0x05: 1250,
  0x08: 1253,
  0x0d: 1255,
  0x0e: 1250,
  0x11: 932,
  0x12: 949,
  0x15: 1250,
  0x19: 1251,
  0x1e: 874,
  0x1f: 1254,
  0x22: 1251,
};

/** Reads a storage's properties. `headBytes` stand before the first: 32 for a file, 24 for a message inside, else 8. */
export function readProperties(
  storage: CompoundStorage,
  headBytes: number,
  charset?: string | null,
): Properties {
  const fixed = readFixed(storage, headBytes);
  const streams = new Map(storage.streams.map((stream) => [stream.name.toLowerCase(), stream]));
  const stream = (id: number, type: number) => streams.get(`__substg1.0_${hex(id)}${hex(type)}`);
  const number = (id: number): number | null => fixed.get(id)?.getInt32(0, true) ?? null;
  const own =
    codePageOf(number(MESSAGE_CODEPAGE)) ??
    charset ??
    codePageOf(number(INTERNET_CODEPAGE)) ??
    codePageOf(LANGUAGE_PAGES[(number(MESSAGE_LOCALE) ?? 0) & 0x3ff] ?? null);
  return {
    text: (id) => {
      const wide = stream(id, TYPE.unicode);
      if (wide) return clean(new TextDecoder("utf-16le").decode(wide.read()));
      const narrow = stream(id, TYPE.string8);
      return narrow ? clean(decodeText(narrow.read(), own).text) : null;
    },
    charset: own,
    number,
    flag: (id) => (fixed.get(id)?.getUint16(0, true) ?? 0) !== 0,
    time: (id) => {
      const value = fixed.get(id);
      return value ? isoOf(value.getBigUint64(0, true)) : null;
    },
    bytes: (id) => (stream(id, TYPE.binary) ?? stream(id, TYPE.string8))?.read() ?? null,
    size: (id) => stream(id, TYPE.binary)?.size ?? null,
    storage: (id) =>
      storage.storages.find(
        ({ name }) => name.toLowerCase() === `__substg1.0_${hex(id)}${hex(TYPE.object)}`,
      ) ?? null,
  };
}

function readFixed(storage: CompoundStorage, headBytes: number): Map<number, DataView> {
  const fixed = new Map<number, DataView>();
  const bytes = storage.streams.find(({ name }) => name === PROPERTY_STREAM)?.read() ?? new Uint8Array(0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = headBytes; at + 16 <= bytes.length; at += 16) {
    const tag = view.getUint32(at, true);
    fixed.set(tag >>> 16, new DataView(bytes.buffer, bytes.byteOffset + at + 8, 8));
  }
  return fixed;
}

function hex(value: number): string {
  return value.toString(16).padStart(4, "0");
}

/** Text ends at its first NUL. */
function clean(text: string): string {
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}

/** 100 ns since 1601; nothing before 1970 or behind 9999 is a mail's time. */
function isoOf(ticks: bigint): string | null {
  const ms = Number(ticks / 10_000n) - 11_644_473_600_000;
  return ms > 0 && ms < 253_402_300_800_000 ? `${new Date(ms).toISOString().slice(0, 19)}+00:00` : null;
}

const CODE_PAGES: Readonly<Record<number, string>> = {
  932: "shift_jis",
  936: "gb18030",
  949: "euc-kr",
  950: "big5",
  874: "windows-874",
  866: "ibm866",
  1200: "utf-16le",
  10000: "macintosh",
  20866: "koi8-r",
  21866: "koi8-u",
  50220: "iso-2022-jp",
  50221: "iso-2022-jp",
  50222: "iso-2022-jp",
  51932: "euc-jp",
  51949: "euc-kr",
  52936: "gb18030",
  54936: "gb18030",
  65001: "utf-8",
};

/** The encoding of a Windows code page; null for one that is not known. */
export function codePageOf(page: number | null): string | null {
  if (page === null) return null;
  if (page >= 1250 && page <= 1258) return `windows-${page}`;
  if (page >= 28592 && page <= 28606) return `iso-8859-${page - 28590}`;
  return page === 28591 || page === 20127 ? "windows-1252" : (CODE_PAGES[page] ?? null);
}

/** Ids of named properties ([MS-OXPROPS], 2.2.3), by the set's first eight digits and the number in it: `00062002/820d`. */
export function namedIds(root: CompoundStorage): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  const names = root.storages.find(({ name }) => name === "__nameid_version1.0");
  const read = (name: string): Uint8Array =>
    names?.streams.find((stream) => stream.name.toLowerCase() === name)?.read() ?? new Uint8Array(0);
  const sets = read("__substg1.0_00020102");
  const entries = read("__substg1.0_00030102");
  const setView = new DataView(sets.buffer, sets.byteOffset, sets.byteLength);
  const view = new DataView(entries.buffer, entries.byteOffset, entries.byteLength);
  for (let at = 0; at + 8 <= entries.length; at += 8) {
    const kind = view.getUint16(at + 4, true);
    const set = ((kind >> 1) - 3) * 16;
    if ((kind & 1) !== 0 || set < 0 || set + 4 > sets.length) continue;
    const first = setView.getUint32(set, true).toString(16).padStart(8, "0");
    ids.set(`${first}/${hex(view.getUint32(at, true) & 0xffff)}`, 0x8000 + view.getUint16(at + 6, true));
  }
  return ids;
}
