import { z } from "zod";
import { ExtractorReference } from "./custom-extractor.ts";
import { DocumentType, Review } from "./extraction.ts";
import { Format } from "./format.ts";
import { DocumentId } from "./ids.ts";
import { Priority } from "./job.ts";

export const DocumentStatus = z.enum([
  "queued",
  "processing",
  "completed",
  "partial",
  "failed",
  "quarantined",
  "cancelled",
]);
export type DocumentStatus = z.infer<typeof DocumentStatus>;

export const TERMINAL_STATUSES = ["completed", "partial", "failed", "quarantined", "cancelled"] as const;
export type TerminalStatus = (typeof TERMINAL_STATUSES)[number];

export function isTerminal(status: DocumentStatus): status is TerminalStatus {
  return (TERMINAL_STATUSES as readonly string[]).includes(status);
}

/** What a caller may say about a document when it is sent. */
export const DocumentOptions = z.object({
  type: DocumentType.optional(),
  /** A user's own extractor, which says what is read. */
  extractor: ExtractorReference.optional(),
  priority: Priority.default("standard"),
  tags: z.array(z.string().min(1).max(64)).max(32).default([]),
  metadata: z.record(z.string().max(64), z.string().max(512)).default({}),
  /** Leaves structured data that the file carries aside, to measure or compare the reading of its pages. */
  page_only: z.boolean().optional(),
  /** Whether a file of several documents becomes one for each, `auto` unless told; `never` keeps it as it is. */
  split: z.enum(["auto", "never"]).optional(),
  /** Ceiling of what models may cost for this document, in micro-units of USD. */
  max_cost_micros: z.number().int().min(0).optional(),
});
export type DocumentOptions = z.infer<typeof DocumentOptions>;

/** What is said with a file: its options, and what opens it. The password is for reading alone: it is kept nowhere. */
export type SendOptions = DocumentOptions & { readonly password?: string };

/** Why a document failed, in the closed codes of errors.ts. */
export const DocumentFailure = z.object({ code: z.string(), message: z.string() });
export type DocumentFailure = z.infer<typeof DocumentFailure>;

/** A document as the API and the command line show it, without its values. */
export const DocumentView = z.object({
  id: DocumentId,
  status: DocumentStatus,
  type: DocumentType.nullable(),
  run: z.number().int(),
  /** Names the current result: the run, and the correction where there is one. What `If-Match` takes. */
  version: z.string(),
  filename: z.string(),
  format: Format.nullable(),
  media_type: z.string().nullable(),
  size_bytes: z.number().int(),
  sha256: z.string(),
  page_count: z.number().int().nullable(),
  priority: Priority,
  tags: z.array(z.string()),
  metadata: z.record(z.string(), z.string()),
  vendor: z.string().nullable(),
  invoice_number: z.string().nullable(),
  sales_order_header_id: z.string().nullable(),
  document_date: z.string().nullable(),
  due_date: z.string().nullable(),
  total: z.string().nullable(),
  currency: z.string().nullable(),
  review: Review.nullable(),
  error: DocumentFailure.nullable(),
  /** The document that this one was found in, and its path there. */
  parent_id: DocumentId.nullable(),
  path: z.string().nullable(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  completed_at: z.iso.datetime().nullable(),
  links: z.record(z.string(), z.string()),
});
export type DocumentView = z.infer<typeof DocumentView>;
