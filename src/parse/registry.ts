import type { Format } from "../model/format.ts";
import type { Parser } from "./parser.ts";

const image = async (): Promise<Parser> => (await import("./formats/image.ts")).image;

/** A parser for each format, loaded when it is first used. A format without one does not compile. */
export const parsers = {
  pdf: async () => (await import("./formats/pdf.ts")).pdf,
  png: image,
  jpeg: image,
  webp: image,
  bmp: image,
  gif: image,
  tiff: image,
  text: async () => (await import("./formats/text.ts")).text,
} satisfies Record<Format, () => Promise<Parser>>;
