import { z } from "zod";

/** The formats that a parser is registered for. A new one starts here; the registry then does not compile without it. */
export const Format = z.enum([
  "pdf",
  "png",
  "jpeg",
  "webp",
  "bmp",
  "gif",
  "tiff",
  "heic",
  "text",
  "markdown",
  "html",
  "csv",
  "json",
  "xml",
  "docx",
  "doc",
  "odt",
  "rtf",
  "epub",
  "xlsx",
  "xls",
  "ods",
  "pptx",
  "ppt",
  "odp",
  "zip",
  "gzip",
  "tar",
  "eml",
  "msg",
  "mbox",
  "p7m",
]);
export type Format = z.infer<typeof Format>;

/** What a format is called, sent as, and usually named. The first ending is the usual one. */
export interface FormatName {
  readonly title: string;
  readonly mediaType: string;
  readonly endings: readonly string[];
}

const OOXML = "application/vnd.openxmlformats-officedocument";
const ODF = "application/vnd.oasis.opendocument";

export const FORMAT_NAMES = {
  pdf: { title: "PDF", mediaType: "application/pdf", endings: ["pdf"] },
  png: { title: "PNG", mediaType: "image/png", endings: ["png", "apng"] },
  jpeg: { title: "JPEG", mediaType: "image/jpeg", endings: ["jpg", "jpeg", "jpe", "jfif"] },
  webp: { title: "WebP", mediaType: "image/webp", endings: ["webp"] },
  bmp: { title: "BMP", mediaType: "image/bmp", endings: ["bmp", "dib"] },
  gif: { title: "GIF", mediaType: "image/gif", endings: ["gif"] },
  tiff: { title: "TIFF", mediaType: "image/tiff", endings: ["tif", "tiff"] },
  heic: { title: "HEIC", mediaType: "image/heic", endings: ["heic", "heif"] },
  text: { title: "Plain text", mediaType: "text/plain", endings: ["txt", "text", "log"] },
  markdown: { title: "Markdown", mediaType: "text/markdown", endings: ["md", "markdown"] },
  html: { title: "HTML", mediaType: "text/html", endings: ["html", "htm", "xhtml"] },
  csv: { title: "CSV and TSV", mediaType: "text/csv", endings: ["csv", "tsv", "tab"] },
  json: { title: "JSON", mediaType: "application/json", endings: ["json", "jsonl", "ndjson"] },
  xml: { title: "XML and e-invoices", mediaType: "application/xml", endings: ["xml"] },
  docx: {
    title: "Word",
    mediaType: `${OOXML}.wordprocessingml.document`,
    endings: ["docx", "docm", "dotx", "dotm"],
  },
  doc: { title: "Word 97-2003", mediaType: "application/msword", endings: ["doc", "dot"] },
  odt: { title: "OpenDocument text", mediaType: `${ODF}.text`, endings: ["odt", "ott"] },
  rtf: { title: "RTF", mediaType: "application/rtf", endings: ["rtf"] },
  epub: { title: "EPUB", mediaType: "application/epub+zip", endings: ["epub"] },
  xlsx: {
    title: "Excel",
    mediaType: `${OOXML}.spreadsheetml.sheet`,
    endings: ["xlsx", "xlsm", "xltx", "xltm", "xlsb"],
  },
  xls: { title: "Excel 97-2003", mediaType: "application/vnd.ms-excel", endings: ["xls", "xlt"] },
  ods: { title: "OpenDocument spreadsheet", mediaType: `${ODF}.spreadsheet`, endings: ["ods", "ots"] },
  pptx: {
    title: "PowerPoint",
    mediaType: `${OOXML}.presentationml.presentation`,
    endings: ["pptx", "pptm", "ppsx", "potx"],
  },
  ppt: { title: "PowerPoint 97-2003", mediaType: "application/vnd.ms-powerpoint", endings: ["ppt", "pps"] },
  odp: { title: "OpenDocument slides", mediaType: `${ODF}.presentation`, endings: ["odp", "otp"] },
  zip: { title: "ZIP", mediaType: "application/zip", endings: ["zip"] },
  gzip: { title: "GZIP", mediaType: "application/gzip", endings: ["gz", "tgz"] },
  tar: { title: "TAR", mediaType: "application/x-tar", endings: ["tar"] },
  eml: { title: "E-mail", mediaType: "message/rfc822", endings: ["eml", "mht", "mhtml"] },
  msg: { title: "Outlook message", mediaType: "application/vnd.ms-outlook", endings: ["msg"] },
  mbox: { title: "Mailbox", mediaType: "application/mbox", endings: ["mbox", "mbx"] },
  p7m: { title: "Signed file", mediaType: "application/pkcs7-mime", endings: ["p7m"] },
} as const satisfies Record<Format, FormatName>;
