import { fileTypeFromBuffer } from "file-type";
import type { ErrorCode } from "../errors.ts";
import { FORMAT_NAMES, type Format } from "../model/format.ts";

/** What a file is by its content; its name only decides between kinds of text. */
export type Sniffed =
  | { readonly format: Format; readonly mediaType: string }
  | { readonly format: null; readonly mediaType: string; readonly code: ErrorCode; readonly message: string };

/** How pictures begin; a BMP is known by the size of its second header. */
const SIGNATURES: readonly (readonly [Format, (start: string) => boolean])[] = [
  ["png", (start) => start.startsWith("\u0089PNG\r\n\u001a\n")],
  ["jpeg", (start) => start.startsWith("\u00ff\u00d8\u00ff")],
  ["webp", (start) => start.startsWith("RIFF") && start.slice(8, 12) === "WEBP"],
  ["gif", (start) => start.startsWith("GIF87a") || start.startsWith("GIF89a")],
  ["tiff", (start) => ["II*\0", "MM\0*", "II+\0", "MM\0+"].includes(start.slice(0, 4))],
  ["bmp", (start) => start.startsWith("BM") && [12, 40, 56, 64, 108, 124].includes(start.charCodeAt(14))],
];

/** Endings that promise one of the formats above. */
const PROMISING = new Set(["pdf", "png", "apng", "jpg", "jpeg", "webp", "gif", "tif", "tiff", "bmp"]);

/** Text formats with a structure that a plain reading would lose. */
const STRUCTURED_TEXT = new Set([
  "xml",
  "html",
  "htm",
  "xhtml",
  "json",
  "jsonl",
  "csv",
  "tsv",
  "rtf",
  "eml",
  "mbox",
  "svg",
  "yaml",
  "yml",
  "ics",
  "vcf",
]);

const READABLE = "PDF, PNG, JPEG, WebP, BMP, GIF, TIFF and plain text";

/**
 * Says what a file is from its first bytes (4 KB are enough). Never throws: what cannot be read
 * comes back with the code and the words to tell its sender.
 */
export async function sniff(head: Uint8Array, filename: string): Promise<Sniffed> {
  const extension = extensionOf(filename);
  const start = latin1(head.subarray(0, 1_024));
  if (start.includes("%PDF-")) return { format: "pdf", mediaType: FORMAT_NAMES.pdf.mediaType };
  if (looksLikeText(head)) return sniffText(head, extension);
  const format = SIGNATURES.find(([, matches]) => matches(start))?.[0];
  if (format) return { format, mediaType: FORMAT_NAMES[format].mediaType };
  const detected = await fileTypeFromBuffer(head).catch(() => undefined);
  if (detected) {
    return unsupported(detected.mime, `This is a ${detected.ext.toUpperCase()} file (${detected.mime})`);
  }
  return PROMISING.has(extension)
    ? damaged(`The name ends in .${extension}, but the content is not a file of that kind`)
    : unsupported("application/octet-stream", "The content is of no kind that is known");
}

function sniffText(head: Uint8Array, extension: string): Sniffed {
  const start = new TextDecoder().decode(head.subarray(0, 512)).trimStart();
  const structure = structureOf(start);
  if (structure) return unsupported(structure.mediaType, `This is ${structure.name}`);
  if (STRUCTURED_TEXT.has(extension))
    return unsupported("text/plain", `.${extension} files are not read yet`);
  if (PROMISING.has(extension)) {
    return damaged(`The name ends in .${extension}, but the content is plain text`);
  }
  return { format: "text", mediaType: FORMAT_NAMES.text.mediaType };
}

function structureOf(start: string): { name: string; mediaType: string } | null {
  if (/^<\?xml|^<[a-z][\w.-]*:[a-z][\w.-]*[\s>]/i.test(start))
    return { name: "XML", mediaType: "application/xml" };
  if (/^<!doctype html|^<html[\s>]/i.test(start)) return { name: "HTML", mediaType: "text/html" };
  if (start.startsWith("%!PS")) return { name: "PostScript", mediaType: "application/postscript" };
  if (start.startsWith("{\\rtf")) return { name: "RTF", mediaType: "application/rtf" };
  if (/^(?:(?:return-path|received|delivered-to|mime-version|message-id|x-[a-z-]+): .*\r?\n)/i.test(start)) {
    return { name: "an e-mail", mediaType: "message/rfc822" };
  }
  return null;
}

function unsupported(mediaType: string, what: string): Sniffed {
  return {
    format: null,
    mediaType,
    code: "unsupported_format",
    message: `${what}, which is not read. Send one of: ${READABLE}.`,
  };
}

function damaged(what: string): Sniffed {
  return {
    format: null,
    mediaType: "application/octet-stream",
    code: "file_damaged",
    message: `${what}. Send the original file.`,
  };
}

function extensionOf(filename: string): string {
  const dot = filename.lastIndexOf(".");
  return dot <= 0 ? "" : filename.slice(dot + 1).toLowerCase();
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** Text has a byte order mark, or no control bytes but white space; a UTF-16 without a mark has every other byte 0. */
function looksLikeText(head: Uint8Array): boolean {
  if (head[0] === 0xff && head[1] === 0xfe) return true;
  if (head[0] === 0xfe && head[1] === 0xff) return true;
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) return false;
    if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) controls += 1;
  }
  return controls <= head.length / 200;
}
