import type { ErrorCode } from "../errors.ts";
import type { Format } from "../model/format.ts";
import type { MessageHeaders } from "../model/message.ts";
import type { FormField, Inventory, Member, MemberOutcome, ParsedPage, Warning } from "../model/parsed.ts";
import type { StructuredDocument } from "../model/structured.ts";
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
  /** Most bytes that one part of a packed file (an office file's XML, a sheet) may unpack to. */
  readonly maxPartBytes: number;
  /** Most bytes that all members of a container may unpack to. */
  readonly maxUnpackedBytes: number;
  /** Most times its packed size that a part may unpack to, beyond the first megabyte. */
  readonly maxRatio: number;
  /** Most members that a container may hold. */
  readonly maxMembers: number;
  /** Deepest nesting of elements in XML, of values in JSON. */
  readonly maxDepth: number;
  /** Most words that are understood at once: what has more is cut before it takes room. */
  readonly maxWords: number;
  /** Most elements of an XML, values of a JSON, cells of a workbook. */
  readonly maxNodes: number;
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

/** Why something inside a container is not a document of its own. */
export interface MemberFate {
  readonly outcome: Exclude<MemberOutcome, "document">;
  readonly code: ErrorCode | "inline_picture" | "signature" | "directory" | "system_file" | "structured";
  readonly message: string;
}

/** Something inside a container: a file in an archive, an attachment of a message or a PDF. */
export interface OpenedMember {
  /** Its path inside the container, made safe to show: no control or direction marks, no `..`. */
  readonly path: string;
  readonly mediaType: string | null;
  /** Bytes it says it has; null when unknown. */
  readonly sizeBytes: number | null;
  /** The headers of an e-mail's part that say the two, where it has them. */
  readonly toldBy?: Member["told_by"];
  /** Null for what becomes a document of its own. */
  readonly fate: MemberFate | null;
  /**
   * Streams its content, holding little of it. The stream errors with an AppError (archive_too_large,
   * file_damaged, password_required ...) where the content is not what the container promised.
   */
  readonly open: () => Promise<ReadableStream<Uint8Array>>;
}

/** A document that has been opened: its pages are read one by one, in any order, so that a step can stop between two. */
export interface OpenedDocument {
  /** Pages that the file says it has. */
  readonly pageCount: number;
  readonly formFields?: readonly FormField[];
  readonly structured?: readonly StructuredDocument[];
  readonly message?: MessageHeaders;
  /** What the document contains, in its own order. A retry finds the same members in the same order. */
  readonly members?: readonly OpenedMember[];
  /** True for what is nothing but its members: an archive, a mailbox. It may have no pages. */
  readonly container?: boolean;
  /** Parts found and read beside pages and members, which are counted by who reads them. */
  readonly inventory?: readonly Inventory[];
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

/** A format's entry in the registry: the parser, and what is worth knowing of it. */
export interface FormatEntry {
  readonly load: () => Promise<Parser>;
  /** The libraries that do the decoding; empty where it is all ours. */
  readonly libraries: readonly string[];
  /** The limits that it is held to. */
  readonly limits: readonly (keyof ParseLimits)[];
}

/** All formats' entries. */
export type FormatRegistry = Readonly<Record<Format, FormatEntry>>;

/**
 * Reads one format.
 * @throws AppError file_damaged, password_required, too_many_pages, image_too_large, text_too_long,
 *   archive_too_large, too_many_members, unsafe_content ...
 */
export interface Parser {
  open(source: DocumentSource, ports: ParsePorts, options: ParseOptions): Promise<OpenedDocument>;
}
