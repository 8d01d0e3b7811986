import type { FormatEntry, FormatRegistry } from "./parser.ts";
import { pending } from "./formats/pending.ts";

const image: FormatEntry = {
  load: async () => (await import("./formats/image.ts")).image,
  libraries: ["tesseract.js-core", "utif2"],
  limits: ["maxBytes", "maxPixels", "ocrMaxSide"],
};

const PACKAGE_LIMITS: FormatEntry["limits"] = [
  "maxBytes",
  "maxPartBytes",
  "maxUnpackedBytes",
  "maxRatio",
  "maxDepth",
  "maxNodes",
  "maxPages",
];

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
  xlsx: {
    load: async () => (await import("./formats/xlsx.ts")).xlsx,
    libraries: ["@e965/xlsx", "fflate", "htmlparser2"],
    limits: PACKAGE_LIMITS,
  },
  xls: {
    load: async () => (await import("./formats/xls.ts")).xls,
    libraries: ["@e965/xlsx"],
    limits: ["maxBytes", "maxNodes", "maxPages"],
  },
  ods: {
    load: async () => (await import("./formats/ods.ts")).ods,
    libraries: ["fflate", "htmlparser2"],
    limits: PACKAGE_LIMITS,
  },
  pptx: {
    load: async () => (await import("./formats/pptx.ts")).pptx,
    libraries: ["fflate", "htmlparser2"],
    limits: PACKAGE_LIMITS,
  },
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
