import { byteStream } from "../../model/byte-source.ts";
import CFB from "cfb";
import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import type { OpenedMember } from "../parser.ts";
import { attributeOf, childOf, childrenOf, textOf } from "../xml/parse-xml.ts";
import type { Package } from "./open-package.ts";

/** A link from a part to another one or to the outside (ECMA-376-2, 9.3). */
export interface Relationship {
  readonly id: string;
  /** The last step of its type's URI: `image`, `header`, `hyperlink`; the same in strict and transitional files. */
  readonly type: string;
  /** The part's name, or the address outside. */
  readonly target: string;
  readonly external: boolean;
}

/** What a package holds beside its document. */
export interface PackageExtras {
  readonly members: readonly OpenedMember[];
  readonly warnings: readonly Warning[];
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  doc: "application/msword",
  xls: "application/vnd.ms-excel",
  ppt: "application/vnd.ms-powerpoint",
  pdf: "application/pdf",
  htm: "text/html",
  html: "text/html",
  rtf: "application/rtf",
  txt: "text/plain",
};

/** The relationships of a part, or of the package itself (`""`), in the file's order. @throws AppError as parseXml */
export function relationshipsOf(pack: Package, part: string): Relationship[] {
  const slash = part.lastIndexOf("/");
  const folder = part.slice(0, slash + 1);
  const root = pack.xml(`${folder}_rels/${part.slice(slash + 1)}.rels`);
  return childrenOf(root, "Relationship").map((element) => {
    const target = attributeOf(element, "Target") ?? "";
    const external = attributeOf(element, "TargetMode")?.toLowerCase() === "external";
    return {
      id: attributeOf(element, "Id") ?? "",
      type: (attributeOf(element, "Type") ?? "").split("/").at(-1) ?? "",
      target: external ? target : resolve(folder, target),
      external,
    };
  });
}

function resolve(folder: string, target: string): string {
  const steps = (target.startsWith("/") ? target : `${folder}${target}`).split("/");
  const path: string[] = [];
  for (const step of steps) {
    if (step === "..") path.pop();
    else if (step !== "" && step !== ".") path.push(step);
  }
  return path.join("/");
}

/** Title, author and the like (ECMA-376-2, 11). Properties that cannot be read are left out. */
export function propertiesOf(pack: Package): Record<string, string> {
  const found: Record<string, string> = {};
  const names: Readonly<Record<string, string>> = {
    title: "title",
    subject: "subject",
    creator: "author",
    keywords: "keywords",
    description: "description",
    lastModifiedBy: "last_modified_by",
    created: "created",
    modified: "modified",
    Application: "application",
    Company: "company",
  };
  for (const part of ["docProps/core.xml", "docProps/app.xml"]) {
    for (const element of childrenOf(pack.xml(part))) {
      const name = names[element.local];
      const value = textOf(element).trim();
      if (name !== undefined && value !== "") found[name] = value.slice(0, 1_000);
    }
  }
  return found;
}

/**
 * Macros, signatures, files inside the package and links out of it. A file inside becomes a document of its own;
 * nothing outside is fetched. `parts` are those whose relationships count: the document and what it consists of.
 */
export function packageExtras(pack: Package, parts: readonly string[]): PackageExtras {
  const links = parts.flatMap((part) => relationshipsOf(pack, part));
  const warnings: Warning[] = [];
  const warn = (code: Warning["code"], message: string): void => void warnings.push({ code, message });
  if (pack.names.some((name) => /(?:^|\/)vbaProject\.bin$/i.test(name))) {
    warn("macros_present", "The file holds macros. They were neither run nor read.");
  }
  if (pack.names.some((name) => name.startsWith("_xmlsignatures/"))) {
    warn("signature_not_checked", "The file is signed; the signature was not checked.");
  }
  const outside = links.filter(({ external, type }) => external && type !== "hyperlink");
  if (outside.length > 0) {
    warn(
      "external_reference",
      `The file takes ${outside.length} parts from elsewhere. They were not fetched.`,
    );
  }
  const names = new Set<string>();
  for (const { type, target, external } of links) {
    if (!external && ["package", "oleObject", "aFChunk"].includes(type) && pack.has(target))
      names.add(target);
  }
  for (const name of pack.names) {
    if (/^(?:word|xl|ppt)\/embeddings\/[^/]+$/.test(name)) names.add(name);
  }
  return { members: [...names].map((name) => memberOf(pack, name)), warnings };
}

function memberOf(pack: Package, part: string): OpenedMember {
  const name = part.split("/").at(-1) ?? part;
  const ending = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  if (ending === "bin") return oleMember(pack, part, name);
  return {
    path: name,
    mediaType: MEDIA_TYPES[ending] ?? null,
    sizeBytes: pack.size(part),
    fate: null,
    open: async () => streamOf(pack.bytes(part)),
  };
}

/** An OLE object that only wraps a file (MS-OLEDS, 2.3.6) is that file; others are refused. */
function oleMember(pack: Package, part: string, name: string): OpenedMember {
  const wrapped = wrappedFile(pack, part);
  if (wrapped) {
    const ending = wrapped.name.slice(wrapped.name.lastIndexOf(".") + 1).toLowerCase();
    return {
      path: wrapped.name,
      mediaType: MEDIA_TYPES[ending] ?? null,
      sizeBytes: wrapped.bytes.length,
      fate: null,
      open: async () => streamOf(wrappedFile(pack, part)?.bytes ?? null),
    };
  }
  return {
    path: name,
    mediaType: "application/vnd.openxmlformats-officedocument.oleObject",
    sizeBytes: pack.size(part),
    fate: {
      outcome: "refused",
      code: "unsupported_format",
      message: "It is an embedded object of another program. Save it as a file of its own and send that.",
    },
    open: async () => streamOf(pack.bytes(part)),
  };
}

function wrappedFile(pack: Package, part: string): { name: string; bytes: Uint8Array } | null {
  const bytes = pack.bytes(part);
  if (!bytes) return null;
  let content: Uint8Array | null;
  try {
    const entry = CFB.find(CFB.read(bytes, { type: "array" }), "\u0001Ole10Native");
    content = entry ? Uint8Array.from(entry.content) : null;
  } catch {
    return null;
  }
  return content && unwrap(content);
}

/** Size, type, name, path, more, and the file's own bytes, each text ending in a zero byte. */
function unwrap(content: Uint8Array): { name: string; bytes: Uint8Array } | null {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  let at = 6;
  const text = (): string => {
    const end = content.indexOf(0, at);
    const value = new TextDecoder("windows-1252").decode(content.subarray(at, end < 0 ? at : end));
    at = end < 0 ? content.length : end + 1;
    return value;
  };
  const name = text().split(/[/\\]/).at(-1) ?? "";
  text();
  at += 4;
  if (at + 4 > content.length) return null;
  at += 4 + view.getUint32(at, true);
  if (at + 4 > content.length || !/^[^\p{C}]{1,200}\.\w{1,5}$/u.test(name)) return null;
  const size = view.getUint32(at, true);
  return at + 4 + size > content.length ? null : { name, bytes: content.subarray(at + 4, at + 4 + size) };
}

function streamOf(bytes: Uint8Array | null): ReadableStream<Uint8Array> {
  if (!bytes) throw new AppError("file_damaged", "The embedded file is missing. Send the original.");
  return byteStream(bytes);
}

/** The part that is the document itself: the package's own relationship says which. */
export function mainPart(pack: Package, otherwise: string): string {
  const target = relationshipsOf(pack, "").find(({ type }) => type === "officeDocument")?.target;
  return target !== undefined && pack.has(target) ? target : otherwise;
}

/** The first element along a path in a part; null where the part is not there. */
export function partElement(pack: Package, part: string, ...path: readonly string[]) {
  return childOf(pack.xml(part), ...path);
}
