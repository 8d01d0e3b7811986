import type { FormatEntry, FormatRegistry } from "./parser.ts";
import { pending } from "./formats/pending.ts";

const image: FormatEntry = {
  load: async () => (await import("./formats/image.ts")).image,
  libraries: ["tesseract.js-core", "utif2"],
  limits: ["maxBytes", "maxPixels", "ocrMaxSide"],
};

/** A parser for each format, loaded when it is first used. A format without one does not compile. */
export const formats = {
  pdf: {
    load: async () => (await import("./formats/pdf.ts")).pdf,
    libraries: ["@hyzyla/pdfium", "unpdf"],
    limits: ["maxBytes", "maxPages", "ocrMaxSide"],
  },
  png: image,
  jpeg: image,
  webp: image,
  bmp: image,
  gif: image,
  tiff: image,
  heic: pending,
  text: {
    load: async () => (await import("./formats/text.ts")).text,
    libraries: [],
    limits: ["maxTextBytes", "maxPages"],
  },
  markdown: {
    load: async () => (await import("./formats/markdown.ts")).markdown,
    libraries: ["markdown-it", "htmlparser2"],
    limits: ["maxTextBytes", "maxPages", "maxNodes"],
  },
  html: {
    load: async () => (await import("./formats/html.ts")).html,
    libraries: ["htmlparser2"],
    limits: ["maxPartBytes", "maxPages", "maxNodes"],
  },
  csv: {
    load: async () => (await import("./formats/csv.ts")).csv,
    libraries: ["papaparse"],
    limits: ["maxPartBytes", "maxPages", "maxNodes"],
  },
  json: pending,
  xml: pending,
  docx: pending,
  doc: pending,
  odt: pending,
  rtf: pending,
  epub: pending,
  xlsx: pending,
  xls: pending,
  ods: pending,
  pptx: pending,
  ppt: pending,
  odp: pending,
  zip: pending,
  gzip: pending,
  tar: pending,
  eml: {
    load: async () => (await import("./formats/eml.ts")).eml,
    libraries: ["postal-mime", "htmlparser2"],
    limits: ["maxTextBytes", "maxPartBytes", "maxMembers", "maxDepth", "maxPages", "maxNodes"],
  },
  msg: {
    load: async () => (await import("./formats/msg.ts")).msg,
    libraries: ["postal-mime", "htmlparser2"],
    limits: ["maxBytes", "maxTextBytes", "maxMembers", "maxPages", "maxNodes"],
  },
  mbox: {
    load: async () => (await import("./formats/mbox.ts")).mbox,
    libraries: [],
    limits: ["maxMembers"],
  },
  p7m: pending,
} as const satisfies FormatRegistry;
