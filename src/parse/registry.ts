import type { FormatEntry, FormatRegistry } from "./parser.ts";
import { pending } from "./formats/pending.ts";

const image: FormatEntry = {
  load: async () => (await import("./formats/image.ts")).image,
  libraries: ["tesseract.js-core"],
  limits: ["maxBytes", "maxPixels", "ocrMaxSide"],
};
const tiff: FormatEntry = { ...image, limits: [...image.limits, "maxPages"] };
const heic: FormatEntry = { ...image, libraries: ["libheif-js", "tesseract.js-core"] };

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
  tiff,
  heic,
  text: {
    load: async () => (await import("./formats/text.ts")).text,
    libraries: [],
    limits: ["maxTextBytes", "maxPages"],
  },
  markdown: pending,
  html: pending,
  csv: pending,
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
  eml: pending,
  msg: pending,
  mbox: pending,
  p7m: pending,
} as const satisfies FormatRegistry;
