import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { type CorrectionEntry, FieldChange } from "../../model/correction.ts";
import type { Amendment, Corrections } from "../../ports.ts";
import { runBatch } from "./batch.ts";
import { bound, raise, teach, unteach } from "./memory.ts";

/** Holds while the document has ended and stands at the revision that the amendment was made on. */
function unchanged({ tenant, document, run, revision }: Amendment): SQL {
  return sql`EXISTS (SELECT 1 FROM documents AS d WHERE d.tenant_id = ${tenant} AND d.id = ${document}
    AND d.run = ${run} AND d.revision = ${revision - 1} AND d.status IN ('completed', 'partial'))`;
}

function lessonStatements(amendment: Amendment): SQL[] {
  const { tenant, document, lessons, unlearned, atMs } = amendment;
  const guard = unchanged(amendment);
  const gone = sql`document_id = ${document} AND ${guard}
    AND pointer IN (SELECT value FROM json_each(${JSON.stringify(unlearned)}))`;
  if (lessons.length === 0) return unteach(tenant, gone, atMs);
  const [, ...forgetting] = unteach(tenant, gone, atMs);
  const vendors = [...new Set(lessons.map(({ vendor }) => vendor))];
  return [
    raise(tenant, guard, atMs),
    ...forgetting,
    ...lessons.flatMap((lesson) => teach(tenant, lesson, guard)),
    ...vendors.flatMap((vendor) => bound(tenant, vendor)),
  ];
}

/** One batch in this order: the guard of each reads the row as it was before, so the row itself comes last. */
function statementsOf(amendment: Amendment): SQL[] {
  const { tenant, document, run, revision, summary, atMs } = amendment;
  const payload = JSON.stringify({
    document,
    run,
    revision,
    pointers: amendment.changes.map(({ pointer }) => pointer),
    at: new Date(atMs).toISOString(),
  });
  return [
    sql`INSERT INTO corrections (tenant_id, document_id, run, revision, digest, key_id, reason, changes, created_ms)
      SELECT ${tenant}, ${document}, ${run}, ${revision}, ${amendment.digest}, ${amendment.keyId},
        ${amendment.reason}, ${JSON.stringify(amendment.changes)}, ${atMs} WHERE ${unchanged(amendment)}`,
    sql`INSERT OR IGNORE INTO outbox (tenant_id, id, document_id, run, kind, payload, created_ms)
      SELECT ${tenant}, ${`evt_${document.slice("doc_".length)}_${run}_${revision}`}, ${document}, ${run},
        'document.corrected', ${payload}, ${atMs} WHERE ${unchanged(amendment)}`,
    ...lessonStatements(amendment),
    sql`UPDATE documents SET revision = ${revision}, revision_token = ${amendment.token},
        vendor_name = ${summary.vendorName}, vendor_key = ${summary.vendorKey},
        invoice_number = ${summary.invoiceNumber}, sales_order_header_id = ${summary.salesOrderHeaderId},
        document_date = ${summary.documentDate}, due_date = ${summary.dueDate},
        currency = ${summary.currency}, total_minor = ${summary.totalMinor},
        review = ${JSON.stringify(summary.review)}, updated_ms = ${atMs}
      WHERE tenant_id = ${tenant} AND id = ${document} AND run = ${run} AND revision = ${revision - 1}
        AND status IN ('completed', 'partial')`,
  ];
}

const Row = z.object({
  run: z.number(),
  revision: z.number(),
  digest: z.string(),
  key_id: z.string(),
  reason: z.string().nullable(),
  changes: z.string().transform((text, context) => {
    const parsed = z.array(FieldChange).safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: "custom", message: "changes are not a list" });
    return z.NEVER;
  }),
  created_ms: z.number(),
});

/** The port over D1. Each call is one round trip. */
export function createCorrections(database: D1Database): Corrections {
  return {
    write: async (amendment) => {
      const results = await runBatch(database, statementsOf(amendment));
      return results.at(-1)?.changes === 1;
    },
    list: async (tenant, document) => {
      const [found] = await runBatch(database, [
        sql`SELECT run, revision, digest, key_id, reason, changes, created_ms FROM corrections
          WHERE tenant_id = ${tenant} AND document_id = ${document} ORDER BY run, revision LIMIT 1000`,
      ]);
      return z
        .array(Row)
        .parse(found?.rows ?? [])
        .map(({ run, revision, digest, key_id: by, reason, changes, created_ms: ms }): CorrectionEntry => ({
          run,
          revision,
          at: new Date(ms).toISOString(),
          by,
          reason,
          digest,
          changes,
        }));
    },
  };
}
