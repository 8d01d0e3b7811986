import { AppError } from "../../errors.ts";
import type { ParsedPage, Warning } from "../../model/parsed.ts";
import type { OcrResult } from "../../ports.ts";
import { composePage } from "../layout/compose-page.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";
import type { DocumentSource } from "../../ports.ts";

/** Below this mean word confidence a person should look at the picture itself. */
const POOR_CONFIDENCE = 0.55;

/** Reads a picture of one page by OCR. A picture of several frames gives its first, with a warning. */
export const image: Parser = {
  async open(source, ports, options): Promise<OpenedDocument> {
    if (source.size > options.limits.maxBytes) {
      throw new AppError(
        "payload_too_large",
        `The image has ${source.size} bytes, more than the ${options.limits.maxBytes} that are read. Send a smaller one.`,
      );
    }
    return {
      pageCount: 1,
      metadata: {},
      warnings: [],
      readPage: (number) => readImage(number, source, ports, options),
      close: () => undefined,
    };
  },
};

async function readImage(
  number: number,
  source: DocumentSource,
  ports: ParsePorts,
  { limits }: ParseOptions,
): Promise<{ page: ParsedPage; warnings: Warning[] }> {
  if (number !== 1)
    throw new AppError("page_not_found", `The image has one page; page ${number} is not there.`);
  const picture = await ports.images.decode(source, {
    maxSide: limits.ocrMaxSide,
    maxPixels: limits.maxPixels,
    color: false,
  });
  const read = await ports.ocr.read(picture);
  const sideways = read.rotation === 90 || read.rotation === 270;
  const page = composePage({
    number,
    width: sideways ? picture.sourceHeight : picture.sourceWidth,
    height: sideways ? picture.sourceWidth : picture.sourceHeight,
    rotation: read.rotation,
    source: read.words.length > 0 ? "ocr" : "none",
    language: read.language,
    words: read.words,
    rulings: [],
  });
  const warnings = [
    ...warnOfFrames(picture.frames),
    ...warnOfDamage(picture.truncated ?? false),
    ...warnOfReading(read),
  ];
  return { page, warnings };
}

function warnOfFrames(frames: number): Warning[] {
  if (frames <= 1) return [];
  return [
    { code: "frames_not_read", message: `The image has ${frames} frames; only the first was read.`, page: 1 },
  ];
}

function warnOfDamage(truncated: boolean): Warning[] {
  if (!truncated) return [];
  return [
    {
      code: "file_damaged",
      message: "The image is cut off; only what is there was read. Send it again.",
      page: 1,
    },
  ];
}

function warnOfReading(read: OcrResult): Warning[] {
  if (read.words.length === 0)
    return [{ code: "page_blank", message: "No text was found on the image.", page: 1 }];
  if (read.confidence >= POOR_CONFIDENCE) return [];
  const percent = Math.round(read.confidence * 100);
  return [
    {
      code: "low_quality",
      message: `The text could hardly be read (mean confidence ${percent} %). Send a sharper or larger picture.`,
      page: 1,
    },
  ];
}
