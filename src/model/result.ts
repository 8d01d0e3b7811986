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
import { MessageHeaders } from "./message.ts";
import { Inventory, Member, Warning } from "./parsed.ts";

/** A document found inside another one, as it stands now. `file` is its path in there. */
export const ChildDocument = z.object({
  id: DocumentId,
  file: z.string(),
  status: DocumentStatus,
  type: DocumentType.nullable(),
  error: DocumentFailure.nullable(),
});
export type ChildDocument = z.infer<typeof ChildDocument>;

/** An ended document with its values: what the API's `/result` answers. `data` is empty and `error` set where it failed. */
export const DocumentResult = z.object({
  id: DocumentId,
  status: DocumentStatus,
  type: DocumentType.nullable(),
  run: Run,
  /** Names this result: the run, and the correction where there is one. What `If-Match` takes. */
  version: z.string(),
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
  /** What the document contains, and what became of it when it was unpacked. */
  members: z.array(Member),
  /** The documents that it contains, as they stand now. */
  children: z.array(ChildDocument),
  /** The document that this one was found in. */
  parent_id: DocumentId.nullable(),
  /** Parts found in the file, and how many of them were read. */
  inventory: z.array(Inventory),
  /** The headers, where the document is an e-mail. */
  message: MessageHeaders.nullable(),
  error: DocumentFailure.nullable(),
  links: z.record(z.string(), z.string()),
});
export type DocumentResult = z.infer<typeof DocumentResult>;

/** What of a document its result says beside its values. */
export type ResultSubject = Pick<
  DocumentView,
  "id" | "status" | "type" | "run" | "version" | "filename" | "error"
> & {
  readonly parent_id?: DocumentId | null;
};

/** The result of an ended document; `stored` is null where it ended without values. */
export function composeResult(
  subject: ResultSubject,
  stored: StoredResult | null,
  children: readonly ChildDocument[] = [],
): DocumentResult {
  return {
    id: subject.id,
    status: subject.status,
    type: stored?.type ?? subject.type,
    run: subject.run,
    version: subject.version,
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
    members: stored?.members ?? [],
    children: [...children],
    parent_id: subject.parent_id ?? null,
    inventory: stored?.inventory ?? [],
    message: stored?.message ?? null,
    error: subject.error,
    links: documentLinks(subject.id),
  };
}
