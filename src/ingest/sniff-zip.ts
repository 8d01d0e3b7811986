import type { Format } from "../model/format.ts";
import {
  endingOf,
  isEndingOf,
  latin1,
  readable,
  type Sniffed,
  type StoredFile,
  unsupported,
} from "./sniffed.ts";

const LOCAL = "PK\u0003\u0004";
const END = "PK\u0005\u0006";
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
/** The end record with the longest comment. */
const TAIL_BYTES = 22 + 0xffff;
/** A directory is looked at so far: office files have some hundred entries. */
const MOST_DIRECTORY = 1024 * 1024;

/** What OpenDocument and EPUB say of themselves in their first entry, stored (ODF 1.3 part 2, 3.3; OCF 3.3, 3.3). */
const BY_MEDIA_TYPE: readonly (readonly [string, Format])[] = [
  ["application/epub+zip", "epub"],
  ["application/vnd.oasis.opendocument.text", "odt"],
  ["application/vnd.oasis.opendocument.spreadsheet", "ods"],
  ["application/vnd.oasis.opendocument.presentation", "odp"],
  ["application/vnd.sun.xml.writer", "odt"],
  ["application/vnd.sun.xml.calc", "ods"],
  ["application/vnd.sun.xml.impress", "odp"],
];

/** Folders of an Open Packaging package's main parts. */
const OOXML: readonly (readonly [string, Format])[] = [
  ["word/", "docx"],
  ["xl/", "xlsx"],
  ["ppt/", "pptx"],
];

/** Names that show that the file is more than an archive, so that its directory is worth a look. */
const TELLING =
  /^(?:\[content_types\]\.xml|_rels\/|docprops\/|customxml\/|word\/|xl\/|ppt\/|visio\/|mimetype|meta-inf\/|content\.xml|index\/|documents\/)/i;

/** True for what begins as a ZIP does: an entry, the end of an empty archive, the mark of a split one. */
export function isZip(start: string): boolean {
  return [LOCAL, END, "PK\u0007\u0008", `PK00${LOCAL}`].some((mark) => start.startsWith(mark));
}

/** Tells office files, e-books and plain archives apart, by the first entries or, where they do not tell, by the directory. */
export async function sniffZip(
  head: Uint8Array,
  filename: string,
  file: StoredFile | undefined,
): Promise<Sniffed> {
  const ending = endingOf(filename);
  const names = localNames(head);
  const known = mediaTypeOf(head, names) ?? packageOf(names);
  if (known) return known;
  const plain = isEndingOf("zip", ending) && !names.some((name) => TELLING.test(name));
  const all = file && !plain ? await directoryNames(file) : [];
  return packageOf(all) ?? otherOf(all.length > 0 ? all : names, ending) ?? readable("zip");
}

/** True where an archive's end record stands at the end of a file that begins with something else. */
export async function hasZipBehind(file: StoredFile): Promise<boolean> {
  const tail = await file.range(Math.max(0, file.size - TAIL_BYTES), TAIL_BYTES);
  return latin1(tail).includes(END);
}

/**
 * Names of the entries whose headers lie in the file's first bytes. Content is stepped over by its size, since it may
 * itself be an archive; where its size stands behind it, the next header is looked for.
 */
function localNames(head: Uint8Array): string[] {
  const text = latin1(head);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const names: string[] = [];
  for (let at = text.indexOf(LOCAL); at >= 0 && at + LOCAL_BYTES <= head.length;) {
    const start = at + LOCAL_BYTES;
    const length = view.getUint16(at + 26, true);
    if (start + length > head.length) break;
    names.push(plainName(text.slice(start, start + length)));
    const size = view.getUint32(at + 18, true);
    const deferred = (view.getUint16(at + 6, true) & 8) !== 0 && (size === 0 || size === 0xffffffff);
    const behind = start + length + view.getUint16(at + 28, true) + (deferred ? 0 : size);
    if (!deferred && !text.startsWith(LOCAL, behind)) break;
    at = text.indexOf(LOCAL, behind);
  }
  return names;
}

function mediaTypeOf(head: Uint8Array, [first]: readonly string[]): Sniffed | null {
  if (first !== "mimetype") return null;
  const extra = (head[28] ?? 0) + (head[29] ?? 0) * 256;
  const start = LOCAL_BYTES + first.length + extra;
  const declared = latin1(head.subarray(start, start + 100));
  const known = BY_MEDIA_TYPE.find(([mediaType]) => declared.startsWith(mediaType));
  if (known) return readable(known[1]);
  const [drawing] = /^application\/vnd\.oasis\.opendocument\.[a-z-]+/.exec(declared) ?? [];
  return drawing
    ? unsupported(drawing, "This is an OpenDocument drawing, chart or formula", "Send it as PDF.")
    : null;
}

/** An Open Packaging package by its parts; null when they do not show that it is one. */
function packageOf(names: readonly string[]): Sniffed | null {
  const isPackage = names.some((name) => /^(?:\[content_types\]\.xml|_rels\/\.rels)$/i.test(name));
  if (!isPackage) return null;
  const lower = names.map((name) => name.toLowerCase());
  const known = OOXML.find(([folder]) => lower.some((name) => name.startsWith(folder)));
  if (known) return readable(known[1]);
  if (lower.some((name) => name.startsWith("visio/"))) {
    return unsupported("application/vnd.ms-visio.drawing", "This is a Visio drawing", "Send it as PDF.");
  }
  if (lower.some((name) => name.endsWith(".fdseq"))) {
    return unsupported("application/vnd.ms-xpsdocument", "This is an XPS document", "Send it as PDF.");
  }
  return null;
}

/** What is known by single parts, or only by its name's ending. */
function otherOf(names: readonly string[], ending: string): Sniffed | null {
  const has = (name: string) => names.some((other) => other.toLowerCase() === name);
  if (names.some((name) => /^Index\/.*\.iwa$|^Index\.zip$/.test(name))) {
    return unsupported("application/x-iwork", "This is an Apple iWork document", "Send it as PDF.");
  }
  if (has("meta-inf/container.xml") && (isEndingOf("epub", ending) || has("mimetype")))
    return readable("epub");
  const office = (["odt", "ods", "odp"] as const).find((format) => isEndingOf(format, ending));
  if (has("content.xml") && (has("meta-inf/manifest.xml") || office)) return readable(office ?? "odt");
  const main = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
  } as const;
  for (const [part, format] of Object.entries(main)) if (has(part)) return readable(format);
  const promised = (["docx", "xlsx", "pptx"] as const).find((format) => isEndingOf(format, ending));
  const isOffice = names.some((name) =>
    /^(?:\[content_types\]\.xml$|docprops\/|word\/|xl\/|ppt\/)/i.test(name),
  );
  return promised && isOffice ? readable(promised) : null;
}

/** Names in the archive's directory, as far as it is looked at; none where it cannot be found. */
async function directoryNames(file: StoredFile): Promise<string[]> {
  const start = Math.max(0, file.size - TAIL_BYTES);
  const tail = await file.range(start, TAIL_BYTES);
  const end = latin1(tail).lastIndexOf(END);
  if (end < 0 || end + 20 > tail.length) return [];
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  const length = view.getUint32(end + 12, true);
  // Before the end record, whatever stands before the archive; else where the record says.
  for (const at of [start + end - length, view.getUint32(end + 16, true)]) {
    if (at < 0 || at >= file.size) continue;
    const directory = at >= start ? tail.subarray(at - start, end) : await file.range(at, MOST_DIRECTORY);
    const names = centralNames(directory);
    if (names.length > 0) return names;
  }
  return [];
}

function centralNames(directory: Uint8Array): string[] {
  const view = new DataView(directory.buffer, directory.byteOffset, directory.byteLength);
  const names: string[] = [];
  for (let at = 0; at + CENTRAL_BYTES <= directory.length && view.getUint32(at, true) === 0x02014b50;) {
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const start = at + CENTRAL_BYTES;
    names.push(plainName(latin1(directory.subarray(start, start + (name ?? 0)))));
    at = start + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return names;
}

/** Some writers begin names with a slash, or part them by backslashes. */
function plainName(name: string): string {
  return name.replaceAll("\\", "/").replace(/^\/+/, "");
}
