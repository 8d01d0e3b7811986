import type { Format } from "../model/format.ts";
import type { BBox } from "../model/geometry.ts";
import type { FormField, Warning } from "../model/parsed.ts";

/** The bytes of an original, read once: streamed or whole. */
export interface DocumentSource {
  readonly size: number;
  readonly filename: string;
  readonly format: Format;
  readonly stream: () => Promise<ReadableStream<Uint8Array>>;
  /** Some bytes from an offset; fewer where the file ends. */
  readonly range: (offset: number, length: number) => Promise<Uint8Array>;
  readonly bytes: () => Promise<Uint8Array>;
}

/** An 8-bit grey image, one byte a pixel, rows from the top. */
export interface GrayImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** An 8-bit image with `channels` bytes a pixel (1 grey, 3 RGB, 4 RGBA), rows from the top. */
export interface Raster extends GrayImage {
  readonly channels: 1 | 3 | 4;
}

/** A word as a reader found it, on the upright page; `line` numbers the reader's lines. */
export interface ReadWord {
  readonly text: string;
  readonly bbox: BBox;
  readonly confidence: number;
  readonly line: number;
}

/** A straight ruling of the page (a table's border), in fractions of the page. */
export interface Ruling {
  readonly bbox: BBox;
  readonly direction: "horizontal" | "vertical";
}

/**
 * A PDF page's text layer in upright space. Width and height are points; `rotation` is how far the page had to be
 * turned clockwise beyond what the file itself says, because its text runs sideways.
 */
export interface PdfPageText {
  readonly width: number;
  readonly height: number;
  readonly rotation: 0 | 90 | 180 | 270;
  readonly words: readonly ReadWord[];
  readonly rulings: readonly Ruling[];
  /** Share of the page's area that images cover, 0..1. */
  readonly imageCoverage: number;
  /** Characters that are drawn but of which the file does not say what they mean. */
  readonly undecoded: number;
  /** Shapes with curves: hundreds of them are letters drawn as outlines. */
  readonly outlines: number;
  /** Images, shapes and shadings that are drawn: without any, a page without words is blank. */
  readonly drawings: number;
  /** Words that stand in the file and that nobody sees: left out of `words`. */
  readonly hiddenWords?: number;
}

/** A file inside a PDF. */
export interface PdfAttachment {
  readonly name: string;
  readonly mediaType: string | null;
  /** How it belongs to the document (ISO 32000-2, AFRelationship), where the file says so. */
  readonly relationship: string | null;
  /** Bytes that it says it has. */
  readonly sizeBytes: number | null;
}

export interface PdfHandle {
  readonly pageCount: number;
  /** True when the file's own index was broken and had to be made anew: parts may be missing. */
  readonly repaired: boolean;
  readonly metadata: Readonly<Record<string, string>>;
  readonly formFields: readonly FormField[];
  readonly attachments: readonly PdfAttachment[];
  /** The content of an attachment by its index. @throws AppError file_damaged, archive_too_large above `maxBytes` */
  readonly readAttachment: (index: number, maxBytes: number) => Promise<Uint8Array>;
  /**
   * A PDF of these pages alone, counted from 1.
   * @throws AppError unsafe_content for a protected file, file_damaged, payload_too_large above `maxBytes`
   */
  readonly copyPages: (pages: readonly number[], maxBytes: number) => Promise<Uint8Array>;
  /** What the file calls its pages, in order; null where it says nothing. */
  readonly pageLabels: readonly (string | null)[];
  /** What has to be said of the whole file: scripts, forms in XFA, a portfolio. */
  readonly remarks: readonly Warning[];
  /** The XML of an XFA form's data (empty without any), where the form is nothing but XFA. */
  readonly formData?: Uint8Array | undefined;
  /** The text layer of a page, counted from 1. */
  readonly readText: (page: number) => Promise<PdfPageText>;
  /** Renders a page upright so that its longest side is at most `maxSide` pixels. */
  readonly render: (page: number, options: { maxSide: number; color: boolean }) => Promise<Raster>;
  readonly close: () => void;
}

/** Opens PDFs. @throws AppError file_damaged, password_required, password_incorrect */
export interface PdfReader {
  readonly open: (source: DocumentSource, options: { password?: string }) => Promise<PdfHandle>;
}

/** What a file of pictures holds, by its headers alone. */
export interface PictureSet {
  /** Pictures that are pages of the document. */
  readonly pages: number;
  /** Further pictures that are none: an animation's later frames, those beside a HEIC's main one. */
  readonly frames: number;
  /** Smaller copies of the pages, and masks for them. */
  readonly copies: number;
  /** True when the file's list of pictures is damaged, so that there may be more. */
  readonly broken: boolean;
}

/** Decodes pictures upright by what the file says, scaled so that the longest side is at most `maxSide`. */
export interface ImageDecoder {
  /** @throws AppError file_damaged, empty_file */
  readonly inspect: (source: DocumentSource) => Promise<PictureSet>;
  /**
   * Decodes a page. Rows that are damaged or missing stay white, and `truncated` says so.
   * @throws AppError file_damaged, image_too_large, page_not_found, unsupported_format
   */
  readonly decode: (
    source: DocumentSource,
    options: {
      maxSide: number;
      maxPixels: number;
      color: boolean;
      /** Which of several pages (a TIFF's), from 0; the first unless told. */
      frame?: number;
    },
  ) => Promise<Raster & { sourceWidth: number; sourceHeight: number; truncated?: boolean }>;
}

/** What an OCR reader found. Boxes are on the page turned upright by `rotation` degrees clockwise. */
export interface OcrResult {
  readonly words: readonly ReadWord[];
  readonly rotation: 0 | 90 | 180 | 270;
  readonly language: string | null;
  /** Mean word confidence, 0..1. */
  readonly confidence: number;
}

/** Languages (ISO 639-2/T) that a recogniser has a model for. */
export type OcrLanguage = "eng" | "deu" | "fra";

/** A word of one recognition pass; the box is in pixels of the image that was given. */
export interface RecognizedWord {
  readonly text: string;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly confidence: number;
  readonly line: number;
}

/** One pass of a text recogniser over an image as it stands: no turning, one language, one layout. */
export interface Recognizer {
  readonly recognize: (
    image: GrayImage,
    options: {
      language: OcrLanguage;
      layout: "block" | "sparse";
      /** Whether light print on dark ground is looked for too, which takes longer. */
      lightOnDark: boolean;
    },
  ) => Promise<RecognizedWord[]>;
}

/** What a place of a line can be too; no text where it can be nothing. */
export interface ReadAlternative {
  readonly text: string;
  readonly confidence: number;
}

/** A character of a line that was read; `at` is its middle, in fractions of the line's width. */
export interface ReadCharacter {
  readonly text: string;
  readonly at: number;
  readonly confidence: number;
  /** The likeliest first. */
  readonly others?: readonly ReadAlternative[];
}

/** What stands on a line; no text where nothing was read. The confidence is the characters' mean, 0..1. */
export interface LineReading {
  readonly text: string;
  readonly confidence: number;
  readonly characters: readonly ReadCharacter[];
  /** What may stand between them, but is likelier nothing. */
  readonly missed?: readonly ReadCharacter[];
}

/** Reads pictures of single lines of print, 48 pixels high, dark on light; a reading for each, in their order. */
export interface LineReader {
  readonly read: (lines: readonly GrayImage[]) => Promise<LineReading[]>;
}

/** Reads the text of an image; finds its orientation and language itself. */
export interface Ocr {
  readonly read: (image: GrayImage) => Promise<OcrResult>;
}
