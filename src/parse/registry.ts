import type { FormatEntry, FormatRegistry } from "./parser.ts";

const image: FormatEntry = {
  load: async () => (await import("./formats/image.ts")).image,
  libraries: ["tesseract.js-core"],
  limits: ["maxBytes", "maxPixels", "ocrMaxSide"],
};
const tiff: FormatEntry = { ...image, limits: [...image.limits, "maxPages"] };
const heic: FormatEntry = { ...image, libraries: ["libheif-js", "tesseract.js-core"] };

/** Office files may be encrypted and then hide what they are: all of them go through one door. */
const office: FormatEntry["load"] = async () => (await import("./formats/office.ts")).office;

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
  tiff,
  heic,
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
  json: {
    load: async () => (await import("./formats/json.ts")).json,
    libraries: [],
    limits: ["maxPartBytes", "maxDepth", "maxNodes", "maxPages"],
  },
  xml: {
    load: async () => (await import("./formats/xml.ts")).xml,
    libraries: ["htmlparser2", "@e965/xlsx"],
    limits: ["maxPartBytes", "maxDepth", "maxNodes", "maxPages"],
  },
  docx: { load: office, libraries: ["fflate", "htmlparser2"], limits: PACKAGE_LIMITS },
  doc: { load: office, libraries: [], limits: ["maxBytes", "maxPages"] },
  odt: { load: office, libraries: ["fflate", "htmlparser2"], limits: PACKAGE_LIMITS },
  rtf: {
    load: async () => (await import("./formats/rtf.ts")).rtf,
    libraries: [],
    limits: ["maxPartBytes", "maxPages"],
  },
  epub: {
    load: async () => (await import("./formats/epub.ts")).epub,
    libraries: ["fflate", "htmlparser2"],
    limits: PACKAGE_LIMITS,
  },
  xlsx: {
    load: office,
    libraries: ["@e965/xlsx", "fflate", "htmlparser2"],
    limits: PACKAGE_LIMITS,
  },
  xls: {
    load: office,
    libraries: ["@e965/xlsx"],
    limits: ["maxBytes", "maxNodes", "maxPages"],
  },
  ods: {
    load: office,
    libraries: ["fflate", "htmlparser2"],
    limits: PACKAGE_LIMITS,
  },
  pptx: {
    load: office,
    libraries: ["fflate", "htmlparser2"],
    limits: PACKAGE_LIMITS,
  },
  ppt: { load: office, libraries: [], limits: ["maxBytes", "maxNodes", "maxPages"] },
  odp: { load: office, libraries: ["fflate", "htmlparser2"], limits: PACKAGE_LIMITS },
  zip: {
    load: async () => (await import("./formats/zip.ts")).zip,
    libraries: ["@zip.js/zip.js", "fflate"],
    limits: ["maxMembers", "maxUnpackedBytes", "maxRatio"],
  },
  gzip: {
    load: async () => (await import("./formats/gzip.ts")).gzip,
    libraries: ["fflate"],
    limits: ["maxUnpackedBytes", "maxRatio"],
  },
  tar: {
    load: async () => (await import("./formats/tar.ts")).tar,
    libraries: [],
    limits: ["maxMembers"],
  },
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
  p7m: {
    load: async () => (await import("./formats/p7m.ts")).p7m,
    libraries: ["htmlparser2"],
    limits: ["maxBytes", "maxDepth", "maxNodes", "maxPages"],
  },
} as const satisfies FormatRegistry;
