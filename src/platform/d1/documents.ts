import { gt, sql, type SQL } from "drizzle-orm";
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";
import { z } from "zod";
import { DocumentStatus } from "../../model/document.ts";
import { DocumentType } from "../../model/extraction.ts";
import { DocumentId, TenantId } from "../../model/ids.ts";
import type { ChildDocument } from "../../model/result.ts";
import type { DocumentRecord, Documents, ListQuery, Settlement } from "../../ports.ts";
import { runBatch } from "./batch.ts";
import { writeCursor } from "./cursor.ts";
import { listStatement } from "./list.ts";
import { DocumentRow, ROW_COLUMNS, toRecord, toView } from "./rows.ts";
import { unteach } from "./memory.ts";
import {
  corrections,
  deadLetters,
  documents,
  documentSketches,
  documentTags,
  outbox,
  runs,
  tenants,
  webhookDeliveries,
} from "./schema.ts";
import { settleStatements } from "./settle.ts";

type Database = DrizzleD1Database & { $client: D1Database };

const ListRow = DocumentRow.extend({ sort_value: z.string() });

function bucketOf(id: DocumentId): number {
  return Number.parseInt(id.slice(4, 6), 16);
}

function selectOne(tenant: TenantId, id: DocumentId): SQL {
  return sql`SELECT ${ROW_COLUMNS} FROM documents AS d WHERE d.tenant_id = ${tenant} AND d.id = ${id}`;
}

async function readRow(db: Database, tenant: TenantId, id: DocumentId): Promise<DocumentRow | null> {
  const row = await db.get(selectOne(tenant, id));
  return row === undefined ? null : DocumentRow.parse(row);
}

function insertStatements(db: Database, record: DocumentRecord) {
  const { tenant, id, options, createdMs } = record;
  return [
    db
      .insert(documents)
      .values({
        tenant_id: tenant,
        id,
        bucket: bucketOf(id),
        parent_id: record.origin?.parent ?? null,
        root_id: record.origin?.root ?? null,
        depth: record.origin?.depth ?? 0,
        member_path: record.origin?.path ?? null,
        parent_run: record.origin?.parentRun ?? 0,
        status: record.status,
        run: record.run,
        fence: record.fence,
        filename: record.filename,
        format: record.format,
        media_type: record.mediaType,
        size_bytes: record.sizeBytes,
        sha256: record.sha256,
        requested_type: options.type ?? null,
        requested_extractor: options.extractor ?? null,
        priority: options.priority,
        metadata: JSON.stringify(options.metadata),
        max_cost_micros: options.max_cost_micros ?? null,
        page_only: options.page_only === true ? 1 : 0,
        keep_whole: options.split === "never" ? 1 : 0,
        type: record.type,
        page_count: record.pageCount,
        created_ms: createdMs,
        updated_ms: createdMs,
        deadline_ms: record.deadlineMs,
      })
      .onConflictDoNothing(),
    sql`INSERT OR IGNORE INTO document_tags (tenant_id, document_id, tag, created_ms)
        SELECT ${tenant}, ${id}, value, ${createdMs} FROM json_each(${JSON.stringify(options.tags)})`,
    db
      .insert(runs)
      .values({
        tenant_id: tenant,
        document_id: id,
        run: record.run,
        status: record.status,
        created_ms: createdMs,
      })
      .onConflictDoNothing(),
  ] as const;
}

async function list(db: Database, tenant: TenantId, query: ListQuery) {
  const rows = z.array(ListRow).parse(await db.all(listStatement(tenant, query)));
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const next =
    rows.length > query.limit && last
      ? writeCursor(tenant, query, { sortValue: last.sort_value, id: last.id })
      : null;
  return { documents: page.map(toView), next };
}

async function markProcessing(
  db: Database,
  key: { tenant: TenantId; id: DocumentId; run: number },
  fence: number,
  atMs: number,
): Promise<boolean> {
  const { tenant, id, run } = key;
  const [marked] = await runBatch(db.$client, [
    sql`UPDATE documents SET status = 'processing', fence = ${fence}, updated_ms = ${atMs}
        WHERE tenant_id = ${tenant} AND id = ${id} AND run = ${run} AND fence <= ${fence}
          AND status IN ('queued', 'processing')`,
    sql`UPDATE runs SET status = 'processing', started_ms = coalesce(started_ms, ${atMs})
        WHERE tenant_id = ${tenant} AND document_id = ${id} AND run = ${run}
          AND EXISTS (SELECT 1 FROM documents AS d WHERE d.tenant_id = ${tenant} AND d.id = ${id}
            AND d.run = ${run} AND d.fence = ${fence} AND d.status = 'processing')`,
  ]);
  return marked?.changes === 1;
}

async function settle(db: Database, settlement: Settlement): Promise<boolean> {
  const results = await runBatch(db.$client, settleStatements(settlement));
  return results.at(-1)?.changes === 1;
}

async function insertSettled(db: Database, record: DocumentRecord, settlement: Settlement): Promise<void> {
  await runBatch(db.$client, [
    ...insertStatements(db, { ...record, status: "queued" }),
    ...settleStatements(settlement),
  ]);
}

async function known(
  db: Database,
  tenant: TenantId,
  ids: readonly DocumentId[],
): Promise<ReadonlySet<DocumentId>> {
  const rows = await db.all<{ id: DocumentId }>(
    sql`SELECT d.id AS id FROM json_each(${JSON.stringify(ids)}) AS wanted
      JOIN documents AS d ON d.tenant_id = ${tenant} AND d.id = wanted.value`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** A family may hold thousands; a container's own members are bounded by MAX_MEMBERS. */
const MAX_CHILDREN = 2_000;

const ChildRow = z.object({
  id: DocumentId,
  file: z.string(),
  status: DocumentStatus,
  type: DocumentType.nullable(),
  error_code: z.string().nullable(),
  error_message: z.string().nullable(),
});

async function children(db: Database, tenant: TenantId, id: DocumentId): Promise<ChildDocument[]> {
  const rows = await db.all(
    sql`SELECT d.id, coalesce(d.member_path, d.filename) AS file, d.status, d.type, d.error_code, d.error_message
      FROM documents AS d INDEXED BY documents_parent
      WHERE d.tenant_id = ${tenant} AND d.parent_id = ${id} ORDER BY d.rowid LIMIT ${MAX_CHILDREN}`,
  );
  return z
    .array(ChildRow)
    .parse(rows)
    .map(({ id, file, status, type, error_code: code, error_message: message }) => ({
      id,
      file,
      status,
      type,
      error: code === null ? null : { code, message: message ?? "" },
    }));
}

async function family(
  db: Database,
  tenant: TenantId,
  root: DocumentId,
): Promise<{ documents: number; bytes: number }> {
  const row = await db.get<{ documents: number; bytes: number | null }>(
    sql`SELECT COUNT(*) AS documents, SUM(d.size_bytes) AS bytes FROM documents AS d INDEXED BY documents_root
      WHERE d.tenant_id = ${tenant} AND d.root_id = ${root}`,
  );
  return { documents: row?.documents ?? 0, bytes: row?.bytes ?? 0 };
}

async function orphans(db: Database, tenant: TenantId, limit: number): Promise<DocumentId[]> {
  const rows = await db.all<{ id: DocumentId }>(
    sql`SELECT d.id AS id FROM documents AS d INDEXED BY documents_parent
      WHERE d.tenant_id = ${tenant} AND d.parent_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM documents AS p WHERE p.tenant_id = ${tenant} AND p.id = d.parent_id)
      LIMIT ${limit}`,
  );
  return rows.map(({ id }) => id);
}

async function overdue(
  db: Database,
  tenant: TenantId,
  deadlineMs: number,
  limit: number,
): Promise<DocumentRecord[]> {
  const rows = await db.all(
    sql`SELECT ${ROW_COLUMNS} FROM documents AS d
      WHERE d.tenant_id = ${tenant} AND d.status IN ('queued', 'processing') AND d.deadline_ms < ${deadlineMs}
      LIMIT ${limit}`,
  );
  return z.array(DocumentRow).parse(rows).map(toRecord);
}

async function listTenants(db: Database, after: TenantId | null, limit: number): Promise<TenantId[]> {
  const rows = await db
    .select({ tenant: tenants.tenant_id })
    .from(tenants)
    .where(gt(tenants.tenant_id, after ?? ""))
    .orderBy(tenants.tenant_id)
    .limit(limit);
  return rows.map(({ tenant }) => TenantId.parse(tenant));
}

async function beginRun(
  db: Database,
  key: { tenant: TenantId; id: DocumentId },
  { type, extractor, deadlineMs, atMs, parentRun }: Parameters<Documents["beginRun"]>[2],
): Promise<DocumentRecord | null> {
  const { tenant, id } = key;
  const [begun, , found] = await runBatch(db.$client, [
    sql`UPDATE documents SET run = run + 1, status = 'queued', requested_type = coalesce(${type}, requested_type),
          requested_extractor = coalesce(${extractor ?? null}, requested_extractor),
          revision = 0, revision_token = NULL, error_code = NULL, error_message = NULL, completed_ms = NULL,
          updated_ms = ${atMs}, deadline_ms = ${deadlineMs},
          parent_run = max(parent_run, ${parentRun ?? 0})
        WHERE tenant_id = ${tenant} AND id = ${id} AND status NOT IN ('queued', 'processing')`,
    sql`INSERT OR IGNORE INTO runs (tenant_id, document_id, run, status, created_ms)
        SELECT tenant_id, id, run, 'queued', ${atMs} FROM documents
        WHERE tenant_id = ${tenant} AND id = ${id} AND status = 'queued'`,
    selectOne(tenant, id),
    sql`UPDATE dead_letters SET replayed_ms = ${atMs} WHERE tenant_id = ${tenant} AND document_id = ${id}
        AND replayed_ms IS NULL AND run < (SELECT run FROM documents WHERE tenant_id = ${tenant} AND id = ${id})`,
  ]);
  const row = found?.rows[0];
  return begun?.changes === 1 && row !== undefined ? toRecord(DocumentRow.parse(row)) : null;
}

async function remove(db: Database, tenant: TenantId, id: DocumentId, nowMs: number): Promise<boolean> {
  const of = (
    table:
      | typeof documentTags
      | typeof runs
      | typeof outbox
      | typeof corrections
      | typeof documentSketches
      | typeof deadLetters
      | typeof webhookDeliveries,
  ) => db.delete(table).where(sql`${table.tenant_id} = ${tenant} AND ${table.document_id} = ${id}`);
  const [removed] = await runBatch(db.$client, [
    db.delete(documents).where(sql`${documents.tenant_id} = ${tenant} AND ${documents.id} = ${id}`),
    of(documentTags),
    of(runs),
    of(outbox),
    of(corrections),
    of(documentSketches),
    of(deadLetters),
    of(webhookDeliveries),
    sql`UPDATE idempotency_keys SET state = 'forgotten', headers = NULL, body = NULL
      WHERE tenant_id = ${tenant} AND document_id = ${id} AND state = 'answered'`,
    ...unteach(tenant, sql`document_id = ${id}`, nowMs),
  ]);
  return removed?.changes === 1;
}

/** The port over D1. Each call is one round trip to the database. */
export function createDocuments(database: D1Database): Documents {
  const db = drizzle(database);
  return {
    insert: async (record) => {
      await runBatch(db.$client, insertStatements(db, record));
    },
    find: async (tenant, id) => {
      const row = await readRow(db, tenant, id);
      return row && toRecord(row);
    },
    view: async (tenant, id) => {
      const row = await readRow(db, tenant, id);
      return row && toView(row);
    },
    list: (tenant, query) => list(db, tenant, query),
    markProcessing: (tenant, id, run, fence, atMs) => markProcessing(db, { tenant, id, run }, fence, atMs),
    settle: (settlement) => settle(db, settlement),
    insertSettled: (record, settlement) => insertSettled(db, record, settlement),
    beginRun: (tenant, id, input) => beginRun(db, { tenant, id }, input),
    orphans: (tenant, limit) => orphans(db, tenant, limit),
    children: (tenant, id) => children(db, tenant, id),
    family: (tenant, root) => family(db, tenant, root),
    delete: (tenant, id) => remove(db, tenant, id, Date.now()),
    known: (tenant, ids) => known(db, tenant, ids),
    overdue: (tenant, deadlineMs, limit) => overdue(db, tenant, deadlineMs, limit),
    tenants: (after, limit) => listTenants(db, after, limit),
  };
}
