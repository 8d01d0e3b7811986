import { byteStream } from "../../model/byte-source.ts";
import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import { isCompound, openCompound } from "../package/open-compound.ts";
import type { Package } from "../package/open-package.ts";
import type { OpenedMember, ParseLimits } from "../parser.ts";
import { listPictures } from "../pictures/list-pictures.ts";
import { attributeOf, childrenOf } from "../xml/parse-xml.ts";
import { picturesOf } from "./pictures.ts";

/** What an office file carries or reaches for beside its text. */
export interface Attachments {
  readonly members: readonly OpenedMember[];
  readonly warnings: readonly Warning[];
  /** Pictures among the members that become documents, and are read so. */
  readonly pictureDocuments: number;
}

/** Embedded files and pictures as members, and a word on macros, on controls and on what lies outside. */
export function attachmentsOf(parts: Package, limits: Pick<ParseLimits, "maxMembers">): Attachments {
  const files = parts.names
    .filter((name) => /\/embeddings\/[^/]+$/.test(name))
    .map((name) => memberOf(parts, name));
  const warnings: Warning[] = [];
  if (parts.names.some((name) => /vbaProject\.bin$|\/macrosheets\/[^/]+$/i.test(name))) {
    warnings.push({ code: "macros_present", message: "The file carries macros. They were not run." });
  }
  const outside = externalTargets(parts);
  if (outside.size > 0) {
    const kinds = [...outside].map(([kind, count]) => `${kind} (${count})`).join(", ");
    warnings.push({
      code: "external_reference",
      message: `The file refers to content outside itself, which was not fetched: ${kinds}.`,
    });
  }
  const pictures = listPictures(picturesOf(parts), limits.maxMembers - files.length);
  return {
    members: [...files, ...pictures.members],
    warnings: [...warnings, ...pictures.warnings],
    pictureDocuments: pictures.documents,
  };
}

/** How many external relationships of each type there are. Links that a reader has to click are none. */
function externalTargets(parts: Package): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of parts.names) {
    if (!name.endsWith(".rels") || !(parts.text(name) ?? "").includes("External")) continue;
    for (const element of childrenOf(parts.xml(name), "Relationship")) {
      const type = (attributeOf(element, "Type") ?? "").split("/").at(-1) ?? "";
      if (attributeOf(element, "TargetMode") !== "External" || type === "hyperlink") continue;
      counts.set(type, (counts.get(type) ?? 0) + 1);
    }
  }
  return counts;
}

function memberOf(parts: Package, name: string): OpenedMember {
  const path = safeName(name);
  const plain: OpenedMember = {
    path,
    mediaType: null,
    sizeBytes: parts.size(name),
    fate: null,
    open: async () => parts.stream(name) ?? byteStream(new Uint8Array()),
  };
  return /\.bin$/i.test(name) ? (unwrap(parts, name, path) ?? plain) : plain;
}

/** The streams in which OLE keeps the file that an object was made from. */
const NATIVE = "\u0001Ole10Native";
const WRAPPED = ["Package", "CONTENTS"];
const DOCUMENTS = ["Workbook", "Book", "WordDocument", "PowerPoint Document", "EncryptedPackage"];

/** An OLE object is a wrapping: the member is what is inside it. Null where it is a document as it stands. */
function unwrap(parts: Package, name: string, path: string): OpenedMember | null {
  try {
    const bytes = parts.bytes(name);
    if (!bytes || !isCompound(bytes)) return null;
    const file = openCompound(bytes);
    const native = file.bytes(NATIVE);
    const inner = native ? readNative(native) : null;
    if (inner)
      return memberOfBytes(`${path}/${safeName(inner.name)}`, inner.size, () => nativeOf(parts, name));
    const wrapped = WRAPPED.find((stream) => file.has(stream));
    if (wrapped !== undefined) {
      return memberOfBytes(path, file.size(wrapped), () => streamOf(parts, name, wrapped));
    }
    return DOCUMENTS.some((stream) => file.has(stream)) ? null : refused(path, bytes.length);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return refused(path, parts.size(name), error);
  }
}

function nativeOf(parts: Package, name: string): Uint8Array {
  return (
    readNative(openCompound(parts.bytes(name) ?? new Uint8Array()).bytes(NATIVE) ?? new Uint8Array())
      ?.content ?? new Uint8Array()
  );
}

function streamOf(parts: Package, name: string, stream: string): Uint8Array {
  return openCompound(parts.bytes(name) ?? new Uint8Array()).bytes(stream) ?? new Uint8Array();
}

function memberOfBytes(path: string, sizeBytes: number, read: () => Uint8Array): OpenedMember {
  return { path, mediaType: null, sizeBytes, fate: null, open: async () => byteStream(read()) };
}

function refused(path: string, sizeBytes: number, error?: AppError): OpenedMember {
  const fate = {
    outcome: "refused",
    code: error?.code ?? "unsupported_format",
    message: error?.message ?? "An embedded object of a kind that is not read.",
  } as const;
  return { path, mediaType: null, sizeBytes, fate, open: async () => byteStream(new Uint8Array()) };
}

/** [MS-OLEDS] 2.3.6 and what writers put into it: label, path, temporary path, then the file. */
function readNative(bytes: Uint8Array): { name: string; size: number; content: Uint8Array } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 6;
  const text = (): string => {
    const end = bytes.indexOf(0, at);
    const start = at;
    at = end < 0 ? bytes.length : end + 1;
    return new TextDecoder("windows-1252").decode(bytes.subarray(start, at - 1));
  };
  const label = text();
  text();
  if (at + 8 > bytes.length) return null;
  at += 4;
  at += 4 + view.getUint32(at, true);
  if (at + 4 > bytes.length) return null;
  const size = view.getUint32(at, true);
  at += 4;
  if (at + size > bytes.length) return null;
  return { name: label.split(/[\\/]/).at(-1) ?? label, size, content: bytes.subarray(at, at + size) };
}

/** No control or direction marks, no steps upwards. */
export function safeName(name: string): string {
  return name
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "")
    .split(/[\\/]/)
    .filter((step) => step !== "" && step !== "." && step !== "..")
    .join("/");
}
