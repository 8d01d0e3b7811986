import { z } from "zod";
import { DocumentFailure, DocumentStatus, type DocumentView } from "./document.ts";
import {
  Check,
  Classification,
  DocumentType,
  EvidenceMap,
  ExtractedData,
  PageInfo,
  Review,
  type StoredResult,
  Usage,
} from "./extraction.ts";
import { DocumentId, Run } from "./ids.ts";
import { documentLinks } from "./links.ts";
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

/** What of a document its result says beside its values. */
export type ResultSubject = Pick<DocumentView, "id" | "status" | "type" | "run" | "filename" | "error">;

/** The result of an ended document; `stored` is null where it ended without values. */
export function composeResult(subject: ResultSubject, stored: StoredResult | null): DocumentResult {
  return {
    id: subject.id,
    status: subject.status,
    type: stored?.type ?? subject.type,
    run: subject.run,
    file: subject.filename,
    review: stored?.review ?? null,
    data: stored?.data ?? {},
    evidence: stored?.evidence ?? {},
    checks: stored?.checks ?? [],
    warnings: stored?.warnings ?? [],
    pages: stored?.pages ?? [],
    usage: stored?.usage ?? null,
    classification: stored?.classification ?? null,
    extractor: stored?.extractor ?? null,
    engine: stored?.engine ?? null,
    children: [],
    error: subject.error,
    links: documentLinks(subject.id),
  };
}
