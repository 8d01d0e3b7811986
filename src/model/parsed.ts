import { z } from "zod";
import { Format } from "./format.ts";
import { BBox, Span } from "./geometry.ts";
import { DocumentId } from "./ids.ts";
import { MessageHeaders } from "./message.ts";
import { StructuredDocument } from "./structured.ts";

/** A word as it stands on the page. `span` lies in its page's text. */
export const Word = z.object({
  text: z.string(),
  bbox: BBox,
  /** How sure the reader is, 0..1; 1 for a text layer. */
  confidence: z.number().min(0).max(1),
  span: Span,
});
export type Word = z.infer<typeof Word>;

/** A printed line within one column: `words` are [first, behind the last] in the page's words. */
export const Line = z.object({
  bbox: BBox,
  words: z.tuple([z.number().int(), z.number().int()]),
  span: Span,
});
export type Line = z.infer<typeof Line>;

/**
 * Lines that stand together (a paragraph, an address, a column's part): [first, behind the last] in the page's lines.
 * `role` and `level` are there where the format itself says so: a heading's level counts from 1, a list's depth too.
 */
export const Block = z.object({
  bbox: BBox,
  lines: z.tuple([z.number().int(), z.number().int()]),
  role: z.enum(["heading", "paragraph", "list_item", "code", "caption", "note"]).optional(),
  level: z.number().int().min(1).optional(),
});
export type Block = z.infer<typeof Block>;

/** What a sheet's cell holds, beside the text that it shows: dates ISO 8601, numbers as decimal strings. */
export const CellValue = z.object({
  type: z.enum(["number", "date", "datetime", "time", "boolean", "text", "error"]),
  value: z.string(),
});
export type CellValue = z.infer<typeof CellValue>;

/** A cell; `row` and `column` count from 0. `words` are indices in the page's words. */
export const Cell = z.object({
  row: z.number().int().min(0),
  column: z.number().int().min(0),
  row_span: z.number().int().min(1).default(1),
  column_span: z.number().int().min(1).default(1),
  text: z.string(),
  bbox: BBox,
  words: z.array(z.number().int()),
  /** Its place in its sheet (`B3`), and what it holds there. */
  address: z.string().optional(),
  value: CellValue.optional(),
});
export type Cell = z.infer<typeof Cell>;

/** A table of one page. `header_rows` counts the rows at the top that name the columns. */
export const Table = z.object({
  bbox: BBox,
  rows: z.number().int(),
  columns: z.number().int(),
  header_rows: z.number().int().min(0),
  ruled: z.boolean(),
  cells: z.array(Cell),
  /** The sheet it stands in, where the format has sheets. */
  sheet: z.string().optional(),
});
export type Table = z.infer<typeof Table>;

/** A label and its value found by geometry or punctuation alone; words are indices in the page's words. */
export const KeyValue = z.object({
  key: z.string(),
  value: z.string(),
  key_words: z.array(z.number().int()),
  value_words: z.array(z.number().int()),
  bbox: BBox,
  /** Where it stands in a structured file: an XPath, or a JSON Pointer. */
  path: z.string().optional(),
});
export type KeyValue = z.infer<typeof KeyValue>;

/**
 * Where a page's words come from: a text layer (a PDF's, or the text that a text document or slide holds), OCR,
 * a plain text, a sheet's cells, XML or JSON; `none` for a page without any (blank, or it could not be read).
 */
export const PageSource = z.enum(["text_layer", "ocr", "plain_text", "cell", "xml", "none"]);
export type PageSource = z.infer<typeof PageSource>;

/** One page, upright. Its lines are in reading order, its words in the order of its lines, and `text` joins them. */
export const ParsedPage = z.object({
  number: z.number().int().min(1),
  /** What the file calls the page: the number printed in its label, a sheet's name, a slide's title. */
  label: z.string().nullable().default(null),
  /** Size of the upright page in points (1/72 inch); for images, pixels at 72 a point. */
  width: z.number().positive(),
  height: z.number().positive(),
  /** Clockwise degrees by which the stored page had to be turned to stand upright. */
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  source: PageSource,
  /** ISO 639-1 of the model that read it, or null. */
  language: z.string().nullable(),
  text: z.string(),
  words: z.array(Word),
  lines: z.array(Line),
  blocks: z.array(Block),
  tables: z.array(Table),
  key_values: z.array(KeyValue),
});
export type ParsedPage = z.infer<typeof ParsedPage>;

/** A field of a fillable form. */
export const FormField = z.object({
  name: z.string(),
  label: z.string().nullable(),
  kind: z.enum(["text", "checkbox", "radio", "choice", "signature", "button"]),
  value: z.string().nullable(),
  page: z.number().int().min(1).nullable(),
  bbox: BBox.nullable(),
});
export type FormField = z.infer<typeof FormField>;

/** What became of something inside a container: a file in an archive, an attachment of a message or a PDF. */
export const MemberOutcome = z.enum([
  /** It is a document of its own. */
  "document",
  /** Its content was taken as evidence of the document that carries it (an e-invoice's XML in a PDF). */
  "evidence",
  /** It says nothing by itself (a logo in a mail, a signature): kept in the original, not read. */
  "set_aside",
  /** It was not read; `reason` says why. */
  "refused",
]);
export type MemberOutcome = z.infer<typeof MemberOutcome>;

/** Something inside a container and what became of it. */
export const Member = z.object({
  /** Its path inside the container, made safe to show. */
  path: z.string(),
  media_type: z.string().nullable(),
  size_bytes: z.number().int().nullable(),
  /** The headers of an e-mail's part that give its name and its media type, where the part has them. */
  told_by: z.object({ path: z.string().optional(), media_type: z.string().optional() }).optional(),
  outcome: MemberOutcome,
  /** The document that it became. */
  document_id: DocumentId.nullable(),
  /** The pages that it is, from 1 and both included, where a file of several documents was split. */
  pages: z.tuple([z.number().int().min(1), z.number().int().min(1)]).optional(),
  /** Why it was refused or set aside: a code and the words for a reader. */
  reason: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type Member = z.infer<typeof Member>;

/** How many parts of a kind a file holds, and how many of them were read. */
export const Inventory = z.object({
  kind: z.enum(["page", "frame", "sheet", "slide", "chapter", "member", "attachment", "message"]),
  found: z.number().int().min(0),
  read: z.number().int().min(0),
});
export type Inventory = z.infer<typeof Inventory>;

/** Something a reader of the result has to know: what was left out, and why. */
export const Warning = z.object({
  code: z.enum([
    "page_unreadable",
    "page_blank",
    "pages_over_limit",
    "pages_missing",
    "text_layer_garbled",
    "attachments_not_read",
    "file_damaged",
    "frames_not_read",
    "low_quality",
    "text_truncated",
    "member_refused",
    "member_set_aside",
    "content_not_read",
    "hidden_content",
    "macros_present",
    "scripts_present",
    "external_reference",
    "encoding_guessed",
    "form_not_read",
    "structure_invalid",
    "signature_not_checked",
    "not_split",
    "values_left_out",
    "currencies_differ",
    "totals_differ",
    "words_differ",
    "pages_not_sent",
    "language_unknown",
  ]),
  message: z.string(),
  page: z.number().int().min(1).optional(),
});
export type Warning = z.infer<typeof Warning>;

const LOSSES: ReadonlySet<Warning["code"]> = new Set([
  "page_unreadable",
  "pages_over_limit",
  "pages_missing",
  "attachments_not_read",
  "file_damaged",
  "frames_not_read",
  "text_truncated",
  "member_refused",
  "content_not_read",
  "form_not_read",
]);

/** Whether a warning means that something of the document was not read: then its result is partial. */
export function isLoss({ code }: Warning): boolean {
  return LOSSES.has(code);
}

/** The one canonical form of a document: whatever comes after parsing knows nothing else. */
export const ParsedDocument = z.object({
  format: Format,
  page_count: z.number().int().min(0),
  pages: z.array(ParsedPage),
  form_fields: z.array(FormField),
  /** What a known XML syntax says, in the file itself or attached to it. */
  structured: z.array(StructuredDocument),
  /** The headers, where the document is an e-mail. */
  message: MessageHeaders.nullable(),
  /** What the document contains, and what became of it. */
  members: z.array(Member),
  /** True for what is nothing but its members: an archive, a mailbox. */
  container: z.boolean(),
  inventory: z.array(Inventory),
  metadata: z.record(z.string(), z.string()),
  warnings: z.array(Warning),
});
export type ParsedDocument = z.infer<typeof ParsedDocument>;

/** What stands between two pages in the document's text. */
export const PAGE_BREAK = "\n\f\n";

/** The document's text: its pages' texts behind one another. */
export function documentText(pages: readonly Pick<ParsedPage, "text">[]): string {
  return pages.map((page) => page.text).join(PAGE_BREAK);
}

/** The offset of each page's text in the document's text, by the page's position in `pages`. */
export function pageOffsets(pages: readonly Pick<ParsedPage, "text">[]): number[] {
  const offsets: number[] = [];
  let at = 0;
  for (const page of pages) {
    offsets.push(at);
    at += page.text.length + PAGE_BREAK.length;
  }
  return offsets;
}
