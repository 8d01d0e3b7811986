import { z } from "zod";
import { BBox, Span } from "./geometry.ts";
import { MessageHeaders } from "./message.ts";
import { Inventory, Member, ParsedPage, Warning } from "./parsed.ts";

/** The document types by name. The list in src/extract/document-types.ts fills it, so that no name stands twice. */
export interface DocumentTypes {}

/** The name of a document type. */
export type DocumentType = keyof DocumentTypes;

/**
 * A document type as it is kept and answered: a name, so that what was written by a newer deployment can be read by an
 * older one. What a request asks for is one of `BuiltInType` (src/extract/registry.ts).
 */
// The names are known where the definitions are: to the compiler by DocumentTypes, at run time to BuiltInType alone.
export const DocumentType = z.string().regex(/^[a-z][a-z0-9_]*$/) as unknown as z.ZodType<
  DocumentType,
  DocumentType
>;

/**
 * The place a value stands at: a page's box with the span in the document's text; a path in XML or JSON; a sheet's
 * cell; a form's field. A path, cell or field has page and box beside it where the value is printed.
 */
export const Citation = z
  .object({
    page: z.number().int().min(1).optional(),
    bbox: BBox.optional(),
    span: Span.optional(),
    /** An XPath, or a JSON Pointer in a JSON file. */
    xpath: z.string().optional(),
    /** The file inside the document that the path leads into; alone, the file itself, as its container lists it. */
    attachment: z.string().optional(),
    sheet: z.string().optional(),
    cell: z.string().optional(),
    /** A form field's full name. */
    field: z.string().optional(),
    /** A header of an e-mail. */
    header: z.string().optional(),
  })
  .refine(
    ({ page, xpath, cell, field, header, attachment }) =>
      page !== undefined || (xpath ?? cell ?? field ?? header ?? attachment) !== undefined,
    "A citation has a place.",
  );
export type Citation = z.infer<typeof Citation>;

/** Who or what says so. */
export const EvidenceSource = z.enum([
  "text_layer",
  "ocr",
  "plain_text",
  "xml",
  "form_field",
  "cell",
  "header",
  "model",
  "derived",
  "memory",
  "correction",
]);
export type EvidenceSource = z.infer<typeof EvidenceSource>;

/** Why a value is believed: as printed, where, from what, how sure. */
export const Evidence = z.object({
  content: z.string(),
  confidence: z.number().min(0).max(1),
  citations: z.array(Citation),
  source: EvidenceSource,
  engine: z.string(),
  grounded: z.boolean(),
  /** True where `content` was misread and the value is what it stands for: proven by sums, by form, or by others. */
  repaired: z.boolean().optional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** Evidence by JSON Pointer (RFC 6901) into `data`. */
export const EvidenceMap = z.record(z.string(), Evidence);
export type EvidenceMap = z.infer<typeof EvidenceMap>;

/** One validation and its verdict; `paths` are JSON Pointers into `data`. */
export const Check = z.object({
  code: z.string(),
  paths: z.array(z.string()),
  verdict: z.enum(["pass", "fail", "not_applicable"]),
  detail: z.string(),
});
export type Check = z.infer<typeof Check>;

/** Whether a person has to look, and why. Stands apart from the status. */
export const Review = z.object({
  required: z.boolean(),
  auto_approved: z.boolean(),
  reasons: z.array(z.string()),
});
export type Review = z.infer<typeof Review>;

/** What the classifier found: the type, its score 0..1, the runners-up and the words that decided. */
export const Classification = z.object({
  type: DocumentType,
  score: z.number().min(0).max(1),
  scores: z.partialRecord(DocumentType, z.number()),
  reasons: z.array(z.string()),
});
export type Classification = z.infer<typeof Classification>;

/** What the work took. Durations are milliseconds of wall clock. */
export const Usage = z.object({
  engine: z.string(),
  model: z.string().nullable(),
  input_tokens: z.number().int(),
  output_tokens: z.number().int(),
  cost_micros: z.number().int(),
  duration_ms: z.number(),
  stages_ms: z.record(z.string(), z.number()),
  pages: z.number().int(),
  ocr_pages: z.number().int(),
});
export type Usage = z.infer<typeof Usage>;

/** Plain typed JSON that validates against its extractor's schema. */
export const ExtractedData = z.record(z.string(), z.unknown());
export type ExtractedData = z.infer<typeof ExtractedData>;

/** What an engine gives back. */
export const Extraction = z.object({
  data: ExtractedData,
  evidence: EvidenceMap,
  warnings: z.array(Warning),
  /** What the engine itself compared: a document's pages with the XML inside it. */
  checks: z.array(Check).optional(),
  /** How likely it is that every value is right and none is missing, where the engine can tell: 0..1. */
  estimate: z.number().min(0).max(1).optional(),
});
export type Extraction = z.infer<typeof Extraction>;

/** A page as a reader of the result has to know it: its size in points, and what was done to read it. */
export const PageInfo = ParsedPage.pick({
  number: true,
  label: true,
  width: true,
  height: true,
  rotation: true,
  source: true,
  language: true,
});
export type PageInfo = z.infer<typeof PageInfo>;

/** A finished run, as kept in R2 and answered by the API. */
export const StoredResult = z.object({
  /** `partial` when something of the document was not read; the warnings name it. */
  status: z.enum(["completed", "partial"]),
  type: DocumentType,
  classification: Classification,
  extractor: z.string(),
  engine: z.string(),
  data: ExtractedData,
  evidence: EvidenceMap,
  checks: z.array(Check),
  review: Review,
  warnings: z.array(Warning),
  pages: z.array(PageInfo),
  /** What the document contains, and what became of it. */
  members: z.array(Member),
  inventory: z.array(Inventory),
  /** The headers, where the document is an e-mail. */
  message: MessageHeaders.nullable(),
  usage: Usage,
});
export type StoredResult = z.infer<typeof StoredResult>;
