import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { ExtractorReference } from "../../model/custom-extractor.ts";
import { type DocumentOptions, DocumentStatus, type DocumentView } from "../../model/document.ts";
import { DocumentType, Review } from "../../model/extraction.ts";
import { Format } from "../../model/format.ts";
import { DocumentId, TenantId } from "../../model/ids.ts";
import { Priority } from "../../model/job.ts";
import { documentLinks } from "../../model/links.ts";
import { fromMinor } from "../../model/money.ts";
import { resultVersion } from "../../model/storage-keys.ts";
import type { DocumentRecord, Origin } from "../../ports.ts";

const Json = z.string().transform((text): unknown => JSON.parse(text));

/** A row of `documents`, with its tags as a JSON array. */
export const DocumentRow = z.object({
  tenant_id: TenantId,
  id: DocumentId,
  parent_id: DocumentId.nullable(),
  root_id: DocumentId.nullable(),
  depth: z.number(),
  member_path: z.string().nullable(),
  parent_run: z.number(),
  status: DocumentStatus,
  run: z.number(),
  fence: z.number(),
  filename: z.string(),
  format: Format.nullable(),
  media_type: z.string().nullable(),
  size_bytes: z.number(),
  sha256: z.string(),
  requested_type: DocumentType.nullable(),
  requested_extractor: ExtractorReference.nullable(),
  priority: Priority,
  metadata: Json.pipe(z.record(z.string(), z.string())),
  max_cost_micros: z.number().nullable(),
  page_only: z.number(),
  keep_whole: z.number(),
  type: DocumentType.nullable(),
  page_count: z.number().nullable(),
  vendor_name: z.string().nullable(),
  invoice_number: z.string().nullable(),
  sales_order_header_id: z.string().nullable(),
  document_date: z.string().nullable(),
  due_date: z.string().nullable(),
  currency: z.string().nullable(),
  total_minor: z.number().nullable(),
  revision: z.number(),
  revision_token: z.string().nullable(),
  review: Json.pipe(Review).nullable(),
  error_code: z.string().nullable(),
  error_message: z.string().nullable(),
  created_ms: z.number(),
  updated_ms: z.number(),
  completed_ms: z.number().nullable(),
  deadline_ms: z.number(),
  tags: Json.pipe(z.array(z.string())),
});
export type DocumentRow = z.infer<typeof DocumentRow>;

/** The columns of a `DocumentRow`, read from `documents AS d`. */
export const ROW_COLUMNS: SQL = sql.raw(
  Object.keys(DocumentRow.shape)
    .map((name) =>
      name === "tags"
        ? "(SELECT json_group_array(t.tag) FROM document_tags AS t WHERE t.tenant_id = d.tenant_id AND t.document_id = d.id) AS tags"
        : `d.${name}`,
    )
    .join(", "),
);

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** A row as the pipeline knows it. */
export function toRecord(row: DocumentRow): DocumentRecord {
  const options: DocumentOptions = {
    priority: row.priority,
    tags: row.tags,
    metadata: row.metadata,
    ...(row.requested_type === null ? {} : { type: row.requested_type }),
    ...(row.requested_extractor === null ? {} : { extractor: row.requested_extractor }),
    ...(row.page_only === 1 ? { page_only: true } : {}),
    ...(row.keep_whole === 1 ? { split: "never" as const } : {}),
    ...(row.max_cost_micros === null ? {} : { max_cost_micros: row.max_cost_micros }),
  };
  return {
    tenant: row.tenant_id,
    id: row.id,
    status: row.status,
    run: row.run,
    fence: row.fence,
    filename: row.filename,
    format: row.format,
    mediaType: row.media_type,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    options,
    type: row.type,
    pageCount: row.page_count,
    createdMs: row.created_ms,
    deadlineMs: row.deadline_ms,
    revision: row.revision,
    revisionToken: row.revision_token,
    origin: originOf(row),
  };
}

function originOf(row: DocumentRow): Origin | null {
  const { parent_id: parent, root_id: root, depth, member_path: path, parent_run: parentRun } = row;
  return parent === null || root === null ? null : { parent, root, depth, path: path ?? "", parentRun };
}

/** A row as the API shows it. */
export function toView(row: DocumentRow): DocumentView {
  return {
    id: row.id,
    status: row.status,
    type: row.type,
    run: row.run,
    version: resultVersion(row.run, row.revision, row.revision_token),
    filename: row.filename,
    format: row.format,
    media_type: row.media_type,
    size_bytes: row.size_bytes,
    sha256: row.sha256,
    page_count: row.page_count,
    priority: row.priority,
    tags: row.tags,
    metadata: row.metadata,
    vendor: row.vendor_name,
    invoice_number: row.invoice_number,
    sales_order_header_id: row.sales_order_header_id,
    document_date: row.document_date,
    due_date: row.due_date,
    total: row.total_minor === null ? null : fromMinor(row.total_minor, row.currency),
    currency: row.currency,
    review: row.review,
    error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? "" },
    parent_id: row.parent_id,
    path: row.member_path,
    created_at: iso(row.created_ms),
    updated_at: iso(row.updated_ms),
    completed_at: row.completed_ms === null ? null : iso(row.completed_ms),
    links: documentLinks(row.id),
  };
}
