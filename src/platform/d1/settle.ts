import { sql, type SQL } from "drizzle-orm";
import type { ErrorCode } from "../../errors.ts";
import type { Settlement } from "../../ports.ts";

function outboxId({ document, run }: Settlement): string {
  return `evt_${document.slice("doc_".length)}_${run}`;
}

function outboxPayload(settlement: Settlement): string {
  const { document, run, status, summary, failure, atMs } = settlement;
  return JSON.stringify({
    document,
    run,
    status,
    type: summary?.type ?? null,
    error: failure?.code ?? null,
    at: new Date(atMs).toISOString(),
  });
}

/** Holds while the run is this one, has not ended, and no higher fence has been seen. */
function stillOurs({ tenant, document, run, fence }: Settlement): SQL {
  return sql`tenant_id = ${tenant} AND id = ${document} AND run = ${run} AND fence <= ${fence}
    AND status IN ('queued', 'processing')`;
}

function updateDocument(settlement: Settlement): SQL {
  const { fence, status, summary, failure, atMs } = settlement;
  return sql`UPDATE documents SET status = ${status}, fence = ${fence},
      type = ${summary?.type ?? null}, page_count = coalesce(${summary?.pageCount ?? null}, page_count),
      vendor_name = ${summary?.vendorName ?? null}, vendor_key = ${summary?.vendorKey ?? null},
      invoice_number = ${summary?.invoiceNumber ?? null},
      sales_order_header_id = ${summary?.salesOrderHeaderId ?? null},
      document_date = ${summary?.documentDate ?? null}, due_date = ${summary?.dueDate ?? null},
      currency = ${summary?.currency ?? null}, total_minor = ${summary?.totalMinor ?? null},
      sketch = ${settlement.sketch?.hashes ?? null},
      review = ${summary ? JSON.stringify(summary.review) : null},
      error_code = ${failure?.code ?? null}, error_message = ${failure?.message ?? null},
      updated_ms = ${atMs}, completed_ms = ${atMs}
    WHERE ${stillOurs(settlement)}`;
}

/** Failures that are the platform's or a hostile file's, not a document's own: somebody has to look. */
const GIVEN_UP: ReadonlySet<ErrorCode> = new Set(["attempts_exhausted", "deadline_exceeded"]);

function deadLetterStatements(settlement: Settlement): SQL[] {
  const { tenant, document, run, failure, atMs } = settlement;
  if (!failure || !GIVEN_UP.has(failure.code)) return [];
  const id = `dead_${document.slice("doc_".length)}_${run}`;
  return [
    sql`INSERT OR IGNORE INTO dead_letters (tenant_id, id, document_id, run, reason, detail, created_ms)
        SELECT ${tenant}, ${id}, ${document}, ${run}, ${failure.code}, ${failure.message}, ${atMs}
        FROM documents WHERE ${stillOurs(settlement)}`,
  ];
}

/** What the content is found by, in place of what an earlier run left. */
function sketchStatements(settlement: Settlement): SQL[] {
  const { tenant, document, sketch } = settlement;
  const ours = sql`EXISTS (SELECT 1 FROM documents WHERE ${stillOurs(settlement)})`;
  const clear = sql`DELETE FROM document_sketches
    WHERE document_sketches.tenant_id = ${tenant} AND document_id = ${document} AND ${ours}`;
  if (!sketch) return [clear];
  return [
    clear,
    sql`INSERT OR IGNORE INTO document_sketches (tenant_id, band, document_id)
      SELECT ${tenant}, value, ${document} FROM json_each(${JSON.stringify(sketch.bands)}) WHERE ${ours}`,
  ];
}

/**
 * The statements of one settled run, to be sent as one batch in this order: the guard of each reads
 * the document's row as it was before, so the row itself comes last. Its change count tells whether the run was ours.
 */
export function settleStatements(settlement: Settlement): SQL[] {
  const { tenant, document, run, status, failure, resultKey, engine, atMs, memory } = settlement;
  return [
    sql`INSERT INTO runs (tenant_id, document_id, run, status, result_key, engine, extractor,
          error_code, error_message, memory_version, created_ms, started_ms, ended_ms)
        SELECT tenant_id, id, run, ${status}, ${resultKey}, ${engine}, ${settlement.extractor ?? null},
          ${failure?.code ?? null}, ${failure?.message ?? null}, ${memory ?? 0}, ${atMs}, NULL, ${atMs}
        FROM documents WHERE ${stillOurs(settlement)}
        ON CONFLICT (tenant_id, document_id, run) DO UPDATE SET status = excluded.status,
          result_key = excluded.result_key, engine = excluded.engine, extractor = excluded.extractor,
          error_code = excluded.error_code, error_message = excluded.error_message,
          memory_version = excluded.memory_version, ended_ms = excluded.ended_ms`,
    sql`INSERT OR IGNORE INTO outbox (tenant_id, id, document_id, run, kind, payload, created_ms)
        SELECT ${tenant}, ${outboxId(settlement)}, ${document}, ${run}, ${`document.${status}`},
          ${outboxPayload(settlement)}, ${atMs}
        FROM documents WHERE ${stillOurs(settlement)}`,
    ...deadLetterStatements(settlement),
    ...sketchStatements(settlement),
    updateDocument(settlement),
  ];
}
