import { z } from "@hono/zod-openapi";
import { ErrorCode } from "../errors.ts";
import { BuiltInType } from "../extract/registry.ts";
import { ExtractorReference, ExtractorView } from "../model/custom-extractor.ts";
import { DocumentStatus, DocumentView } from "../model/document.ts";
import { DeadLetter, DeadLetterId } from "../model/dead-letter.ts";
import { DocumentEvent } from "../model/event.ts";
import { Check, Evidence, Review, Usage } from "../model/extraction.ts";
import { DocumentId } from "../model/ids.ts";
import { ParsedDocument } from "../model/parsed.ts";
import { Group, StructuredDocument } from "../model/structured.ts";
import { DocumentResult } from "../model/result.ts";

/** The model's schemas under the names that they carry in the API's description. */
export const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: ErrorCode,
    detail: z.string(),
    instance: z.string(),
    request_id: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details" });

export const DocumentSchema = DocumentView.meta({ id: "Document" });
export const ResultSchema = DocumentResult.extend({
  review: Review.meta({ id: "Review" }).nullable(),
  evidence: z.record(z.string(), Evidence.meta({ id: "Evidence" })),
  checks: z.array(Check.meta({ id: "Check" })),
  usage: Usage.meta({ id: "Usage" }).nullable(),
}).meta({ id: "Result" });
export const ExtractorSchema = ExtractorView.meta({ id: "Extractor" });
export const ExtractorList = z.object({ extractors: z.array(ExtractorSchema) }).meta({ id: "ExtractorList" });

/** It holds groups of its own kind, which the description tells by its name. */
const TermGroup: z.ZodType<Group> = Group.extend({
  get groups() {
    return z.array(TermGroup);
  },
}).meta({ id: "TermGroup" });
export const LayoutSchema = ParsedDocument.extend({
  structured: z.array(StructuredDocument.extend({ root: TermGroup })),
}).meta({ id: "Layout" });
export const EventSchema = DocumentEvent.meta({ id: "Event" });

export const Accepted = z
  .object({
    id: DocumentId,
    status: z.literal("queued"),
    links: z.object({
      self: z.string(),
      result: z.string(),
      text: z.string(),
      layout: z.string(),
      file: z.string(),
      events: z.string(),
      live: z.string(),
    }),
  })
  .meta({ id: "Accepted" });

export const DocumentList = z
  .object({
    documents: z.array(DocumentSchema),
    next: z.string().nullable().meta({ description: "The next page's cursor, null at the end" }),
  })
  .meta({ id: "DocumentList" });

export const Ticket = z
  .object({ ticket: z.string(), expires_in: z.literal(60).meta({ description: "Seconds" }) })
  .meta({ id: "Ticket" });

export const Health = z.object({ status: z.literal("ok"), version: z.string() }).meta({ id: "Health" });

export const Readiness = z
  .object({
    status: z.enum(["ready", "not_ready"]),
    bindings: z.record(z.string(), z.object({ verdict: z.enum(["ok", "failed"]), ms: z.number() })),
  })
  .meta({ id: "Readiness" });

const Amount = z.string().regex(/^-?\d{1,15}(\.\d{1,4})?$/, "has to be a decimal number such as 1234.50");
const IsoTime = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** Filters, order and page of a list. An unknown parameter is refused, so that a typing error does not widen the list. */
export const ListParameters = z.strictObject({
  parent_id: DocumentId.optional().meta({ description: "Documents found in this one" }),
  status: DocumentStatus.optional(),
  type: BuiltInType.optional(),
  vendor: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: "Compared without case, accents, punctuation and legal form" }),
  invoice_number: z.string().min(1).max(200).optional(),
  sales_order_header_id: z.string().min(1).max(200).optional(),
  total_min: Amount.optional(),
  total_max: Amount.optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "has to be an ISO 4217 code such as EUR")
    .optional(),
  date_from: z.iso.date().optional().meta({ description: "The document's own date" }),
  date_to: z.iso.date().optional(),
  created_from: IsoTime.optional(),
  created_to: IsoTime.optional().meta({ description: "A date holds its whole day" }),
  tag: z.string().min(1).max(64).optional(),
  sort: z.enum(["created_at", "document_date", "total"]).default("created_at"),
  order: z.enum(["asc", "desc"]).default("desc"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(512).optional(),
});

export const DeadLetterList = z
  .object({ dead_letters: z.array(DeadLetter.meta({ id: "DeadLetter" })) })
  .meta({ id: "DeadLetterList" });
export const Replay = z.object({ id: DeadLetterId, document_id: DocumentId }).meta({ id: "Replay" });
export const Replayed = z
  .object({
    replayed: z.array(Replay),
    refused: z.array(z.object({ id: DeadLetterId, code: z.string(), message: z.string() })),
  })
  .meta({ id: "Replayed" });

/** Taken by every POST. */
export const IdempotencyHeader = z.object({
  "idempotency-key": z.string().optional().meta({
    description:
      "Names the request for 24 h at least: sent again, it has no second effect and gets the first answer (header Idempotent-Replayed)",
  }),
});

/** A document's address. */
export const DocumentPath = z.object({
  id: DocumentId.meta({ example: "doc_00_019aaf1e5c007b1a8c2d3e4f50617283" }),
});

const uploadOptions = {
  type: BuiltInType.optional().meta({ description: "Skips classification" }),
  extractor: ExtractorReference.optional().meta({
    description: "An extractor of your own: its name, or name@version",
  }),
  priority: z.enum(["urgent", "standard", "bulk"]).optional(),
  tags: z
    .string()
    .optional()
    .meta({ description: "Separated by commas, a JSON array, or repeated; at most 32" }),
  metadata: z.string().optional().meta({ description: "A JSON object of strings, given back as it is" }),
  password: z.string().optional().meta({
    description: "Opens a protected file; kept nowhere. With a raw body: the header X-Document-Password",
  }),
  page_only: z
    .enum(["true", "false"])
    .optional()
    .meta({ description: "Reads the pages alone and leaves structured data that the file carries aside" }),
  split: z.enum(["auto", "never"]).optional().meta({
    description: "Whether a PDF or TIFF of several documents becomes one for each; `auto` unless told",
  }),
  max_cost: z.string().optional().meta({ description: "Ceiling of what models may cost, in USD" }),
};

/** The upload's form, for the description alone: it is streamed, never held. */
export const UploadForm = z
  .object({
    file: z.any().meta({ type: "string", format: "binary", description: "Exactly one file" }),
    ...uploadOptions,
  })
  .meta({ id: "Upload" });

/** What a raw body's query may say, for the description alone. */
export const UploadQuery = z.object({
  filename: z.string().optional().meta({ description: "The name of a raw body" }),
  ...uploadOptions,
});
