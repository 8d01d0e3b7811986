import type { Attachment, FormField, ParsedPage, Warning } from "../model/parsed.ts";
import type { DocumentSource, ImageDecoder, Ocr, PdfReader } from "../ports.ts";

/** What keeps one document from spending another's time or memory. Each comes from config.ts, where its reason stands. */
export interface ParseLimits {
  /** Most pages of a document that are read at all. */
  readonly maxPages: number;
  /** Most bytes of an original that are taken into memory. */
  readonly maxBytes: number;
  /** Most pixels that an image may claim. */
  readonly maxPixels: number;
  /** Longest side, in pixels, of what is given to OCR. */
  readonly ocrMaxSide: number;
  /** Most bytes of a plain text that are read. */
  readonly maxTextBytes: number;
}

/** The ports that parsers work with. */
export interface ParsePorts {
  readonly pdf: PdfReader;
  readonly images: ImageDecoder;
  readonly ocr: Ocr;
}

export interface ParseOptions {
  readonly limits: ParseLimits;
  readonly password?: string;
}

/** A document that has been opened: its pages are read one by one, in any order, so that a step can stop between two. */
export interface OpenedDocument {
  /** Pages that the file says it has. */
  readonly pageCount: number;
  readonly formFields: readonly FormField[];
  readonly attachments: readonly Attachment[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly warnings: readonly Warning[];
  /**
   * Reads one page, counted from 1. A page that cannot be read gives an empty page
   * with a warning; only what stops the work throws.
   */
  readPage(number: number): Promise<{ page: ParsedPage; warnings: Warning[] }>;
  /** Frees what the document holds. Safe to call twice. */
  close(): void;
}

/**
 * Reads one format.
 * @throws AppError file_damaged, password_required, too_many_pages, image_too_large, text_too_long ...
 */
export interface Parser {
  open(source: DocumentSource, ports: ParsePorts, options: ParseOptions): Promise<OpenedDocument>;
}
