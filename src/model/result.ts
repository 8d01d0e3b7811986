import { z } from "zod";
import { DocumentFailure, DocumentStatus } from "./document.ts";
import {
  Check,
  Classification,
  DocumentType,
  EvidenceMap,
  ExtractedData,
  PageInfo,
  Review,
  Usage,
} from "./extraction.ts";
import { DocumentId, Run } from "./ids.ts";
import { Warning } from "./parsed.ts";

/** A document found inside another one. */
export const ChildDocument = z.object({ id: DocumentId, file: z.string(), status: DocumentStatus });
export type ChildDocument = z.infer<typeof ChildDocument>;

/** An ended document with its values: what the API's `/result` answers. `data` is empty and `error` set where it failed. */
export const DocumentResult = z.object({
  id: DocumentId,
  status: DocumentStatus,
  type: DocumentType.nullable(),
  run: Run,
  /** The name under which the file was sent. */
  file: z.string(),
  review: Review.nullable(),
  data: ExtractedData,
  evidence: EvidenceMap,
  checks: z.array(Check),
  warnings: z.array(Warning),
  pages: z.array(PageInfo),
  usage: Usage.nullable(),
  classification: Classification.nullable(),
  /** Name and version, as in `invoice@1`. */
  extractor: z.string().nullable(),
  /** Name and version, as in `embedded/1`. */
  engine: z.string().nullable(),
  children: z.array(ChildDocument),
  error: DocumentFailure.nullable(),
  links: z.record(z.string(), z.string()),
});
export type DocumentResult = z.infer<typeof DocumentResult>;
