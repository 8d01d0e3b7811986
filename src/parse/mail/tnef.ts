import { decodeText } from "./charset.ts";

/** A file inside a `winmail.dat` ([MS-OXTNEF]), as a place in its bytes. */
export interface TnefFile {
  readonly name: string | null;
  readonly mediaType: string | null;
  readonly contentId: string | null;
  /** True for a message inside, which is packed once more. */
  readonly embedded: boolean;
  readonly start: number;
  readonly length: number;
}

const SIGNATURE = 0x223e9f78;
/** Attributes by the lower half of their ids ([MS-OXTNEF], 2.1.3.2). */
const ATTRIBUTE = {
  codePage: 0x9007,
  begin: 0x9002,
  title: 0x8010,
  data: 0x800f,
  properties: 0x9005,
} as const;
const PROPERTY = {
  data: 0x3701,
  fileName: 0x3704,
  longFileName: 0x3707,
  mediaType: 0x370e,
  contentId: 0x3712,
} as const;
const TYPE = {
  int16: 2,
  int32: 3,
  float: 4,
  error: 10,
  bool: 11,
  object: 13,
  string8: 30,
  unicode: 31,
  binary: 258,
} as const;
const NAMED = 0x8000;
const MULTIPLE = 0x1000;
/** Bytes behind the last attribute that some programs leave there. */
const PADDING = 4;
const MAX_FILES = 1_000;

interface Draft {
  name: string | null;
  longName: string | null;
  mediaType: string | null;
  contentId: string | null;
  embedded: boolean;
  start: number;
  length: number;
}

/** Finds the files in a `winmail.dat`; null where the bytes are none, or break off. */
export function tnefFiles(bytes: Uint8Array): TnefFile[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 6 || view.getUint32(0, true) !== SIGNATURE) return null;
  const drafts: Draft[] = [];
  let charset = "windows-1252";
  let at = 6;
  try {
    while (at + 11 <= bytes.length) {
      const id = view.getUint32(at + 1, true) & 0xffff;
      const length = view.getUint32(at + 5, true);
      const start = at + 9;
      if (start + length > bytes.length) return null;
      if (id === ATTRIBUTE.codePage) charset = `windows-${view.getUint32(start, true)}`;
      if (id === ATTRIBUTE.begin && drafts.length < MAX_FILES) drafts.push(emptyDraft());
      const draft = drafts.at(-1);
      const own = bytes.subarray(start, start + length);
      if (draft && id === ATTRIBUTE.title) draft.name = textOf(own, charset);
      else if (draft && id === ATTRIBUTE.data) Object.assign(draft, { start, length });
      else if (draft && id === ATTRIBUTE.properties) readProperties(own, start, charset, draft);
      at = start + length + 2;
    }
    if (at < bytes.length - PADDING) return null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  return drafts
    .filter(({ length }) => length > 0)
    .map((draft) => Object.assign(draft, { name: draft.longName ?? draft.name }));
}

function emptyDraft(): Draft {
  return {
    name: null,
    longName: null,
    mediaType: null,
    contentId: null,
    embedded: false,
    start: 0,
    length: 0,
  };
}

/** Walks an attachment's MAPI properties ([MS-OXTNEF], 2.1.3.4). @throws RangeError where they lead out of the bytes */
function readProperties(bytes: Uint8Array, offset: number, charset: string, draft: Draft): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(0, true);
  let at = 4;
  for (let index = 0; index < count && at + 4 <= bytes.length; index += 1) {
    const type = view.getUint16(at, true);
    const id = view.getUint16(at + 2, true);
    at += 4;
    if (id >= NAMED)
      at += view.getUint32(at + 16, true) === 0 ? 24 : 24 + padded(view.getUint32(at + 20, true));
    const base = type & ~MULTIPLE;
    const variable =
      base === TYPE.object || base === TYPE.string8 || base === TYPE.unicode || base === TYPE.binary;
    let values = 1;
    if (variable || (type & MULTIPLE) !== 0) {
      values = view.getUint32(at, true);
      at += 4;
    }
    for (let value = 0; value < values; value += 1) {
      const size = variable ? view.getUint32(at, true) : fixedSize(base);
      if (variable) at += 4;
      if (at + size > bytes.length) throw new RangeError("A property leads out of its attribute.");
      if (value === 0) take(draft, id, base, bytes.subarray(at, at + size), charset, offset + at);
      at += padded(size);
    }
  }
}

function take(
  draft: Draft,
  id: number,
  type: number,
  value: Uint8Array,
  charset: string,
  offset: number,
): void {
  const text = (): string => textOf(value, type === TYPE.unicode ? "utf-16le" : charset);
  if (id === PROPERTY.longFileName) draft.longName = text();
  else if (id === PROPERTY.fileName) draft.name ??= text();
  else if (id === PROPERTY.mediaType) draft.mediaType = text().toLowerCase();
  else if (id === PROPERTY.contentId) draft.contentId = text();
  else if (id === PROPERTY.data && type !== TYPE.string8 && draft.length === 0) {
    draft.embedded = type === TYPE.object;
    draft.start = offset;
    draft.length = value.length;
  }
}

function fixedSize(type: number): number {
  const four: readonly number[] = [TYPE.int16, TYPE.int32, TYPE.float, TYPE.error, TYPE.bool];
  return four.includes(type) ? 4 : 8;
}

function padded(size: number): number {
  return (size + 3) & ~3;
}

function textOf(bytes: Uint8Array, charset: string): string {
  return decodeText(bytes, charset).text.replace(/\0[\s\S]*$/, "");
}
