import { AppError } from "../../errors.ts";
import type { Inventory, ParsedPage, Warning } from "../../model/parsed.ts";
import type { DocumentSource, OcrResult, PictureSet } from "../../ports.ts";
import { composePage } from "../layout/compose-page.ts";
import { readInSlices, SLICE_RATIO } from "../ocr/read-slices.ts";
import type { OpenedDocument, ParseLimits, ParseOptions, ParsePorts, Parser } from "../parser.ts";

/** Below this mean word confidence a person should look at the picture itself. */
const POOR_CONFIDENCE = 0.55;
/** A file up to this size is kept between its pages; a larger one is fetched again for each. */
const KEPT_BYTES = 16 * 1024 * 1024;
/** Stands for a page whose size nobody knows: A4 at 72 pixels an inch. */
const UNKNOWN_PAGE = { width: 595, height: 842 };
/** What is read in slices has at most so many pixels across, and so many in all. */
const SLICES = { across: 1_400, pixels: 20_000_000 } as const;

type PageReading = { page: ParsedPage; warnings: Warning[] };

/**
 * Reads pictures by OCR. A TIFF's pictures are pages of one document, each decoded when its turn comes; of an
 * animation and of a HEIC with several, the first or main one is the document and a warning names the others.
 */
export const image: Parser = {
  async open(source, ports, options): Promise<OpenedDocument> {
    const { limits } = options;
    if (source.size > limits.maxBytes) {
      throw new AppError(
        "payload_too_large",
        `The image has ${source.size} bytes, more than the ${limits.maxBytes} that are read. Send a smaller one.`,
      );
    }
    const held = keepBytes(source);
    const pictures = await ports.images.inspect(held);
    if (pictures.pages > limits.maxPages) {
      throw new AppError(
        "too_many_pages",
        `The file has ${pictures.pages} pages, more than the ${limits.maxPages} that are read. Split it and send its parts.`,
      );
    }
    return {
      pageCount: pictures.pages,
      inventory: inventoryOf(pictures),
      metadata: {},
      warnings: warnOfPictures(pictures),
      readPage: (number) => readPage(number, pictures.pages, held, ports, options),
      close: () => undefined,
    };
  },
};

/** The source, with the bytes of a small file asked for once. */
function keepBytes(source: DocumentSource): DocumentSource {
  if (source.size > KEPT_BYTES) return source;
  let kept: Promise<Uint8Array> | null = null;
  return { ...source, bytes: () => (kept ??= source.bytes()) };
}

function inventoryOf({ frames }: PictureSet): Inventory[] {
  return frames === 0 ? [] : [{ kind: "frame", found: frames + 1, read: 1 }];
}

function warnOfPictures({ frames, copies, broken }: PictureSet): Warning[] {
  const warnings: Warning[] = [];
  if (frames > 0) {
    const message = `The image has ${frames + 1} frames; only the first was read. If the others are pages, send them as a PDF or TIFF.`;
    warnings.push({ code: "frames_not_read", message });
  }
  if (copies > 0) {
    const message = `Smaller copies or masks of the pages (${copies}) were set aside: they show nothing else.`;
    warnings.push({ code: "member_set_aside", message });
  }
  if (broken) {
    const message = "The file's list of pages is damaged: there may be more than were found. Send it again.";
    warnings.push({ code: "file_damaged", message });
  }
  return warnings;
}

async function readPage(
  number: number,
  pageCount: number,
  source: DocumentSource,
  ports: ParsePorts,
  { limits }: ParseOptions,
): Promise<PageReading> {
  if (!Number.isInteger(number) || number < 1 || number > pageCount)
    throw new AppError("page_not_found", `There is no page ${number}: the image has ${pageCount}.`);
  try {
    return await readPicture(number, pageCount, source, ports, limits);
  } catch (error) {
    if (pageCount === 1 || !isOfThePage(error)) throw error;
    return unreadable(number, error.message);
  }
}

/** One bad page never spoils the others. */
function isOfThePage(error: unknown): error is AppError {
  return error instanceof AppError && (error.code === "file_damaged" || error.code === "image_too_large");
}

function unreadable(number: number, reason: string): PageReading {
  const page = composePage({
    number,
    ...UNKNOWN_PAGE,
    rotation: 0,
    source: "none",
    language: null,
    words: [],
    rulings: [],
  });
  const message = `Page ${number} could not be read. ${reason}`;
  return { page, warnings: [{ code: "page_unreadable", message, page: number }] };
}

async function readPicture(
  number: number,
  pageCount: number,
  source: DocumentSource,
  ports: ParsePorts,
  limits: ParseLimits,
): Promise<PageReading> {
  const { picture, read } = await recognize(number - 1, source, ports, limits);
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
  const what = pageCount === 1 ? "The image" : `Page ${number}`;
  const warnings = [
    ...warnOfDamage(what, number, picture.truncated ?? false),
    ...warnOfReading(what, number, read),
  ];
  return { page, warnings };
}

/** Decodes a page and reads it: as a whole, or in slices where that would make its print too small. */
async function recognize(frame: number, source: DocumentSource, ports: ParsePorts, limits: ParseLimits) {
  const wanted = { maxSide: limits.ocrMaxSide, maxPixels: limits.maxPixels, color: false, frame };
  const picture = await ports.images.decode(source, wanted);
  const { sourceWidth, sourceHeight } = picture;
  const [short, long] = [Math.min(sourceWidth, sourceHeight), Math.max(sourceWidth, sourceHeight)];
  if (long <= limits.ocrMaxSide || long < short * SLICE_RATIO)
    return { picture, read: await ports.ocr.read(picture) };
  const scale = Math.min(1, SLICES.across / short, Math.sqrt(SLICES.pixels / (short * long)));
  const large = await ports.images.decode(source, { ...wanted, maxSide: Math.round(long * scale) });
  return { picture: large, read: await readInSlices(ports.ocr, large) };
}

function warnOfDamage(what: string, page: number, truncated: boolean): Warning[] {
  if (!truncated) return [];
  const message = `${what} is cut off or damaged; only what is there was read. Send it again.`;
  return [{ code: "file_damaged", message, page }];
}

function warnOfReading(what: string, page: number, read: OcrResult): Warning[] {
  if (read.words.length === 0)
    return [{ code: "page_blank", message: `No text was found on ${lower(what)}.`, page }];
  if (read.confidence >= POOR_CONFIDENCE) return [];
  const percent = Math.round(read.confidence * 100);
  const message = `The text of ${lower(what)} could hardly be read (mean confidence ${percent} %). Send a sharper or larger picture.`;
  return [{ code: "low_quality", message, page }];
}

function lower(what: string): string {
  return what.charAt(0).toLowerCase() + what.slice(1);
}
