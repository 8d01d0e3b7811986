import { Format } from "../model/format.ts";
import { isCfb, sniffCfb } from "./sniff-cfb.ts";
import { sniffText, textOf } from "./sniff-text.ts";
import { hasZipBehind, isZip, sniffZip } from "./sniff-zip.ts";
import {
  damaged,
  endingOf,
  endingsOf,
  isEndingOf,
  latin1,
  readable,
  type Sniffed,
  type StoredFile,
  unsupported,
} from "./sniffed.ts";

export type { Sniffed, StoredFile } from "./sniffed.ts";

/** What a format begins with; a BMP is known by the size of its second header, old sheets by their first record. */
const SIGNATURES: readonly (readonly [Format, (start: string) => boolean])[] = [
  ["png", (start) => start.startsWith("\u0089PNG\r\n\u001a\n")],
  ["jpeg", (start) => start.startsWith("\u00ff\u00d8\u00ff")],
  ["webp", (start) => start.startsWith("RIFF") && start.slice(8, 12) === "WEBP"],
  ["gif", (start) => start.startsWith("GIF87a") || start.startsWith("GIF89a")],
  ["tiff", (start) => ["II*\0", "MM\0*", "II+\0", "MM\0+"].includes(start.slice(0, 4))],
  ["bmp", (start) => start.startsWith("BM") && [12, 40, 52, 56, 64, 108, 124].includes(start.charCodeAt(14))],
  ["heic", isHeic],
  ["gzip", (start) => start.startsWith("\u001f\u008b\u0008")],
  ["xls", (start) => ["\t\0\u0004\0", "\t\u0002\u0006\0", "\t\u0004\u0006\0"].includes(start.slice(0, 4))],
  ["p7m", isSigned],
];

const REPACK = "Send its files, or pack them as ZIP.";

/** What is known and not read: where its mark stands, the mark, and what to send in its place. */
const UNREAD: readonly (readonly [number, string, string, string, string])[] = [
  [0, "7z\u00bc\u00af'\u001c", "application/x-7z-compressed", "a 7-Zip archive", REPACK],
  [0, "Rar!\u001a\u0007", "application/vnd.rar", "a RAR archive", REPACK],
  [0, "BZh", "application/x-bzip2", "a file packed with bzip2", REPACK],
  [0, "\u00fd7zXZ\0", "application/x-xz", "a file packed with XZ", REPACK],
  [0, "(\u00b5/\u00fd", "application/zstd", "a file packed with Zstandard", REPACK],
  [0, '\u0004"M\u0018', "application/x-lz4", "a file packed with LZ4", REPACK],
  [0, "LZIP", "application/x-lzip", "a file packed with lzip", REPACK],
  [0, "\u001f\u009d", "application/x-compress", "a file packed with compress", REPACK],
  [0, "\u001f\u00a0", "application/x-compress", "a file packed with compress", REPACK],
  [0, "MSCF\0", "application/vnd.ms-cab-compressed", "a cabinet archive", REPACK],
  [2, "-lh", "application/x-lzh-compressed", "an LHA archive", REPACK],
  [4, "ftypavi", "image/avif", "an AVIF picture", "Send it as JPEG or PNG."],
  [4, "ftypmif1", "image/avif", "an AVIF picture", "Send it as JPEG or PNG."],
  [0, "\0\0\0\fJXL ", "image/jxl", "a JPEG XL picture", "Send it as JPEG or PNG."],
  [0, "\u00ff\n", "image/jxl", "a JPEG XL picture", "Send it as JPEG or PNG."],
  [0, "\0\0\0\fjP  ", "image/jp2", "a JPEG 2000 picture", "Send it as JPEG."],
  [0, "\u00ffO\u00ffQ", "image/jp2", "a JPEG 2000 picture", "Send it as JPEG."],
  [0, "8BPS", "image/vnd.adobe.photoshop", "a Photoshop file", "Send it as PDF or PNG."],
  [0, "AT&TFORM", "image/vnd.djvu", "a DjVu document", "Send it as PDF."],
  [0, "\u00c5\u00d0\u00d3\u00c6", "application/postscript", "PostScript", "Send it as PDF."],
  [0, "\u00ffWPC", "application/vnd.wordperfect", "a WordPerfect document", "Send it as DOCX."],
  [0, "\u00db\u00a5-\0", "application/msword", "a Word 2 document", "Send it as DOCX."],
];

/**
 * Says what a file is from its first bytes (4 KB), by signature first and by name second. Only an archive or a
 * compound file that these do not tell costs a look at `file`. What is not read comes back with the code and the
 * words to tell its sender; nothing is thrown but what `file` throws.
 */
export async function sniff(head: Uint8Array, filename: string, file?: StoredFile): Promise<Sniffed> {
  const ending = endingOf(filename);
  const start = latin1(head.subarray(0, 1_024));
  if (isZip(start)) return sniffZip(head, filename, file);
  if (isCfb(start)) return sniffCfb(head, filename, file);
  if (isTar(head)) return readable("tar");
  const format = SIGNATURES.find(([, matches]) => matches(start))?.[0];
  // A signature may be words: with a byte 0 they are none.
  if (format && head.includes(0)) return readable(format);
  const text = textOf(head);
  if (isPdf(latin1(head), ending, text !== null)) return readable("pdf");
  if (text !== null) return sniffText(text, filename, head.length >= 4_096);
  if (format) return readable(format);
  const unread = UNREAD.find(([at, mark]) => start.startsWith(mark, at));
  if (unread) return unsupported(unread[2], `This is ${unread[3]}`, unread[4]);
  return sniffRest(head, ending, file);
}

async function sniffRest(head: Uint8Array, ending: string, file: StoredFile | undefined): Promise<Sniffed> {
  if (isEndingOf("eml", ending) && /^[!-9;-~]+:[ \t]/.test(latin1(head.subarray(0, 80))))
    return readable("eml");
  if (file && isEndingOf("zip", ending) && (await hasZipBehind(file))) return readable("zip");
  const { fileTypeFromBuffer } = await import("file-type");
  const detected = await fileTypeFromBuffer(head).catch(() => undefined);
  if (detected) {
    return unsupported(detected.mime, `This is a ${detected.ext.toUpperCase()} file (${detected.mime})`);
  }
  return PROMISING.has(ending)
    ? damaged(`The name ends in .${ending}, but the content is not a file of that kind`)
    : unsupported("application/octet-stream", "The content is of no kind that is known");
}

/** Endings that promise one of the formats that are read. */
const PROMISING = new Set(Format.options.flatMap((format): readonly string[] => endingsOf(format)));

/**
 * A PDF's header may stand anywhere in its first kilobyte (ISO 32000-1, annex H.3.4.1). In a text it only counts at
 * a line's start, or where an object follows: letters speak of PDFs, too.
 */
function isPdf(head: string, ending: string, isText: boolean): boolean {
  const at = head.indexOf("%PDF-");
  const hasObject = /\d\s+\d+\s+obj\b/.test(head);
  if (at >= 0 && at < 1_024 && (!isText || /(?:^|[\r\n])\s*$/.test(head.slice(0, at)))) return true;
  return at < 0 ? isEndingOf("pdf", ending) && hasObject : isEndingOf("pdf", ending) || hasObject;
}

/** HEIF by its brands (ISO/IEC 23008-12, 10.2): the major one, or a compatible one that names the codec. */
function isHeic(start: string): boolean {
  if (start.slice(4, 8) !== "ftyp") return false;
  const length = (start.charCodeAt(2) << 8) + start.charCodeAt(3);
  const brands = start.slice(8, Math.max(12, Math.min(length, 256)));
  if (/^(?:heic|heix|hevc|hevx|heim|heis|hevm|hevs)/.test(brands)) return true;
  return /^(?:mif1|msf1|mif2)/.test(brands) && !/avi[fs]/.test(brands);
}

/** The types `signedData` and `envelopedData` of CMS (RFC 5652), but for their last byte. */
const CMS = "\u0006\u0009\u002a\u0086\u0048\u0086\u00f7\r\u0001\u0007";

/** A CMS message in DER or BER: a sequence whose first part is its type, behind a length of one to five bytes. */
function isSigned(start: string): boolean {
  const at = start.indexOf(CMS);
  return (
    start.startsWith("0") &&
    at >= 2 &&
    at <= 6 &&
    ["\u0002", "\u0003"].includes(start.charAt(at + CMS.length))
  );
}

/** A TAR by its mark, or, where it is older than that, by the checksum of its first header. */
function isTar(head: Uint8Array): boolean {
  if (head.length < 512) return false;
  const mark = latin1(head.subarray(257, 262));
  const declared = Number.parseInt(
    latin1(head.subarray(148, 156))
      .replace(/\0[\s\S]*$/, "")
      .trim(),
    8,
  );
  let sum = 0;
  for (let at = 0; at < 512; at += 1) sum += at >= 148 && at < 156 ? 0x20 : (head[at] ?? 0);
  return declared === sum && declared > 0x100 && (mark === "ustar" || head[0] !== 0);
}
