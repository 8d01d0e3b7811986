import { AppError } from "../../errors.ts";
import type { PageSource, ParsedPage, Warning } from "../../model/parsed.ts";
import type { DocumentSource, GrayImage, OcrResult, PdfHandle, PdfPageText, ReadWord } from "../../ports.ts";
import { composePage } from "../layout/compose-page.ts";
import { openAttachments } from "../pdf/attachments.ts";
import { withCheckBoxes } from "../pdf/check-boxes.ts";
import { readFormData } from "../pdf/form-data.ts";
import { isBlank, isCipher, judgeTextLayer, mergeReadings } from "../page-quality.ts";
import type { OpenedDocument, ParseLimits, ParseOptions, ParsePorts, Parser } from "../parser.ts";

type PageReading = { page: ParsedPage; warnings: Warning[] };

/** Stands for a page whose size nobody knows: A4 in points. */
const UNKNOWN_PAGE = { width: 595, height: 842 };

/** OCR's reading replaces a garbled text layer when it is at least so sure of itself. */
const TRUSTED_CONFIDENCE = 0.5;
/** Below this mean word confidence a person should look at the page itself. */
const POOR_CONFIDENCE = 0.55;

/** Reads PDFs: the text layer where it is worth it, OCR page by page where it is not. */
export const pdf: Parser = {
  async open(source: DocumentSource, ports: ParsePorts, options: ParseOptions): Promise<OpenedDocument> {
    const { limits, password } = options;
    if (source.size > limits.maxBytes) {
      throw new AppError(
        "payload_too_large",
        `The PDF has ${source.size} bytes, more than the ${limits.maxBytes} that are read. Split it and send its parts.`,
      );
    }
    const handle = await ports.pdf.open(source, password === undefined ? {} : { password });
    try {
      checkPages(handle.pageCount, limits);
    } catch (error) {
      handle.close();
      throw error;
    }
    try {
      return await describe(handle, ports, limits);
    } catch (error) {
      handle.close();
      throw error;
    }
  },
};

async function describe(handle: PdfHandle, ports: ParsePorts, limits: ParseLimits): Promise<OpenedDocument> {
  const inside = await openAttachments(handle, limits);
  const data = readFormData(handle.formData, limits);
  return {
    pageCount: handle.pageCount,
    formFields: data.fields.length > 0 ? data.fields : handle.formFields,
    structured: inside.structured,
    members: inside.members,
    inventory: inside.inventory,
    metadata: handle.metadata,
    warnings: [...warnOfRepair(handle), ...handle.remarks, ...data.warnings, ...inside.warnings],
    readPage: (number) => readPage(number, handle, ports, limits),
    close: handle.close,
  };
}

function checkPages(pageCount: number, limits: ParseLimits): void {
  if (pageCount < 1) {
    throw new AppError(
      "file_damaged",
      "The PDF has no pages. Save or export it again and send the new file.",
    );
  }
  if (pageCount > limits.maxPages) {
    throw new AppError(
      "too_many_pages",
      `The PDF has ${pageCount} pages, more than the ${limits.maxPages} that are read. Split it and send its parts.`,
    );
  }
}

function warnOfRepair({ repaired }: PdfHandle): Warning[] {
  const message = "The PDF was damaged and had to be repaired; parts of it may be missing.";
  return repaired ? [{ code: "file_damaged", message }] : [];
}

function warnOfHidden(number: number, hidden: number | undefined): Warning[] {
  if (!hidden) return [];
  const message = `Page ${number} holds ${hidden} words that nobody sees on it; they were left out.`;
  return [{ code: "hidden_content", message, page: number }];
}

/** Reads one page and gives it the name that the file calls it by. */
async function readPage(
  number: number,
  handle: PdfHandle,
  ports: ParsePorts,
  limits: ParseLimits,
): Promise<PageReading> {
  if (!Number.isInteger(number) || number < 1 || number > handle.pageCount) {
    throw new AppError("page_not_found", `The PDF has no page ${number}: it has ${handle.pageCount}.`);
  }
  const layer = await unlessDamaged(() => handle.readText(number));
  const { page, warnings } = await readLayer(number, layer, handle, ports, limits);
  return {
    page: { ...page, label: handle.pageLabels[number - 1] ?? null },
    warnings: [...warnings, ...warnOfHidden(number, layer?.hiddenWords)],
  };
}

async function readLayer(
  number: number,
  layer: PdfPageText | null,
  handle: PdfHandle,
  ports: ParsePorts,
  limits: ParseLimits,
): Promise<PageReading> {
  if (layer && isBlank(layer)) {
    return {
      page: compose(number, layer, [], "none"),
      warnings: [{ code: "page_blank", message: `Page ${number} is blank.`, page: number }],
    };
  }
  const quality = layer ? judgeTextLayer(layer) : "none";
  if (layer && quality === "good") {
    return { page: compose(number, layer, layer.words, "text_layer"), warnings: [] };
  }
  const picture = await unlessDamaged(() =>
    handle.render(number, { maxSide: limits.ocrMaxSide, color: false }),
  );
  if (!picture) return withoutPicture(number, layer, quality);
  const read = await ports.ocr.read(picture);
  if (!layer || quality === "none") return fromOcr(number, layer ?? UNKNOWN_PAGE, picture, read, []);
  return quality === "garbled"
    ? fromGarbled(number, layer, picture, read)
    : fromSparse(number, layer, picture, read);
}

/** Runs a reading; null where the page, not the machine, is what fails. */
async function unlessDamaged<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && (error.code === "file_damaged" || error.code === "image_too_large")) {
      return null;
    }
    throw error;
  }
}

/** A page that cannot be drawn: what its text layer says is all there is. */
function withoutPicture(number: number, layer: PdfPageText | null, quality: string): PageReading {
  const size = layer ?? UNKNOWN_PAGE;
  const words = quality === "sparse" ? (layer?.words ?? []) : [];
  const page = compose(number, size, words, words.length > 0 ? "text_layer" : "none");
  const message = `Page ${number} is damaged and could not be read. Check the original, or send it again.`;
  return { page, warnings: [{ code: "page_unreadable", message, page: number }] };
}

/** A garbled layer gives way to OCR, unless that found nothing to trust: then both are doubtful and the layer stays. */
function fromGarbled(number: number, layer: PdfPageText, picture: GrayImage, read: OcrResult): PageReading {
  const replaced = read.words.length > 0 && read.confidence >= TRUSTED_CONFIDENCE && !isCipher(read.words);
  const message = replaced
    ? `The text layer of page ${number} is garbled; the page was read by OCR.`
    : `The text layer of page ${number} is garbled, and OCR could not read the page either.`;
  const warning: Warning = { code: "text_layer_garbled", message, page: number };
  if (replaced) return fromOcr(number, layer, picture, read, [warning]);
  const unreadable = `Page ${number} could not be read: what is given of it is its garbled text. Check the original, or send a scan of it.`;
  return {
    page: compose(number, layer, layer.words, "text_layer"),
    warnings: [warning, { code: "page_unreadable", message: unreadable, page: number }],
  };
}

/** A few words over a picture: where OCR sees much more, both readings are joined. */
function fromSparse(number: number, layer: PdfPageText, picture: GrayImage, read: OcrResult): PageReading {
  const richer = read.words.length > layer.words.length * 1.3 + 3 && read.confidence >= TRUSTED_CONFIDENCE;
  if (!richer) return { page: compose(number, layer, layer.words, "text_layer"), warnings: [] };
  const upright = read.rotation === 0 && layer.rotation === 0;
  if (!upright) return fromOcr(number, layer, picture, read, []);
  const page = compose(number, layer, mergeReadings(layer.words, read.words), "ocr", read.language);
  return { page, warnings: warnOfReading(number, read) };
}

function fromOcr(
  number: number,
  size: { width: number; height: number; rulings?: PdfPageText["rulings"]; rotation?: number },
  picture: GrayImage,
  read: OcrResult,
  warnings: Warning[],
): PageReading {
  const wide = picture.width > picture.height;
  const long = Math.max(size.width, size.height);
  const short = Math.min(size.width, size.height);
  const sideways = (read.rotation === 90 || read.rotation === 270) !== wide;
  const frame = {
    width: sideways ? long : short,
    height: sideways ? short : long,
    rotation: read.rotation,
    rulings: read.rotation === 0 && size.rotation === 0 ? (size.rulings ?? []) : [],
  };
  const source = read.words.length > 0 ? "ocr" : "none";
  const words = read.rotation === 0 ? withCheckBoxes(read.words, picture) : read.words;
  return {
    page: compose(number, frame, words, source, read.language),
    warnings: [...warnings, ...warnOfReading(number, read)],
  };
}

function warnOfReading(number: number, read: OcrResult): Warning[] {
  if (read.words.length === 0) {
    return [{ code: "page_blank", message: `No text was found on page ${number}.`, page: number }];
  }
  if (read.confidence >= POOR_CONFIDENCE) return [];
  const percent = Math.round(read.confidence * 100);
  return [
    {
      code: "low_quality",
      message: `Page ${number} could hardly be read (mean confidence ${percent} %). Send a sharper scan.`,
      page: number,
    },
  ];
}

function compose(
  number: number,
  frame: {
    width: number;
    height: number;
    rotation?: ParsedPage["rotation"];
    rulings?: PdfPageText["rulings"];
  },
  words: readonly ReadWord[],
  source: PageSource,
  language: string | null = null,
): ParsedPage {
  return composePage({
    number,
    width: frame.width,
    height: frame.height,
    rotation: frame.rotation ?? 0,
    source,
    language,
    words,
    rulings: frame.rulings ?? [],
  });
}
