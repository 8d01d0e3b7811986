import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { DocumentType } from "../../model/extraction.ts";
import { DocumentId, type TenantId } from "../../model/ids.ts";
import { Lesson, type VendorMemory } from "../../model/lesson.ts";
import type { Memory } from "../../ports.ts";
import { runBatch, type Statement } from "./batch.ts";

/** Most lessons of a vendor; the oldest go. */
const LESSONS_PER_VENDOR = 64;
/** Most lessons that are looked at for one document. */
const RECALLED = 64;
/** Most lessons that a list shows. */
const LISTED = 2_000;

/** Raises the version where a lesson of `condition` is about to go. */
function touch(tenant: TenantId, condition: SQL, nowMs: number): SQL {
  return sql`INSERT INTO memories (tenant_id, version, updated_ms)
    SELECT ${tenant}, 1, ${nowMs} WHERE EXISTS (
      SELECT 1 FROM lessons WHERE tenant_id = ${tenant} AND ${condition})
    ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1, updated_ms = excluded.updated_ms`;
}

/** Takes lessons away, with what leads to them, and raises the memory's version where there were any. */
export function unteach(tenant: TenantId, condition: SQL, nowMs: number): SQL[] {
  return [
    touch(tenant, condition, nowMs),
    sql`DELETE FROM lesson_keys WHERE tenant_id = ${tenant} AND lesson_id IN (
      SELECT id FROM lessons WHERE tenant_id = ${tenant} AND ${condition})`,
    sql`DELETE FROM lessons WHERE tenant_id = ${tenant} AND ${condition}`,
  ];
}

/** Writes a lesson while `guard` holds. */
export function teach(tenant: TenantId, lesson: Lesson, guard: SQL): SQL[] {
  const { id, vendor, vendor_name: name, document_id: document, type, pointer, keys } = lesson;
  return [
    sql`INSERT OR REPLACE INTO lessons
        (tenant_id, id, vendor, vendor_name, document_id, type, pointer, body, created_ms)
      SELECT ${tenant}, ${id}, ${vendor}, ${name}, ${document}, ${type}, ${pointer},
        ${JSON.stringify(lesson)}, ${lesson.created_ms} WHERE ${guard}`,
    sql`INSERT OR IGNORE INTO lesson_keys (tenant_id, key, lesson_id)
      SELECT ${tenant}, value, ${id} FROM json_each(${JSON.stringify(keys)}) WHERE ${guard}`,
  ];
}

/** Raises the version while `guard` holds. */
export function raise(tenant: TenantId, guard: SQL, nowMs: number): SQL {
  return sql`INSERT INTO memories (tenant_id, version, updated_ms)
    SELECT ${tenant}, 1, ${nowMs} WHERE ${guard}
    ON CONFLICT (tenant_id) DO UPDATE SET version = version + 1, updated_ms = excluded.updated_ms`;
}

/** Keeps a vendor's lessons within their number. */
export function bound(tenant: TenantId, vendor: string): SQL[] {
  const surplus = sql`id IN (SELECT id FROM lessons INDEXED BY lessons_vendor
    WHERE tenant_id = ${tenant} AND vendor = ${vendor}
    ORDER BY created_ms DESC, id DESC LIMIT -1 OFFSET ${LESSONS_PER_VENDOR})`;
  return [
    sql`DELETE FROM lesson_keys WHERE tenant_id = ${tenant} AND lesson_id IN (
      SELECT id FROM lessons WHERE tenant_id = ${tenant} AND ${surplus})`,
    sql`DELETE FROM lessons WHERE tenant_id = ${tenant} AND ${surplus}`,
  ];
}

/** The lessons that keys lead to. */
export function recallStatement(tenant: TenantId, keys: readonly string[]): SQL {
  return sql`SELECT l.body AS body FROM (
      SELECT k.lesson_id AS id, COUNT(*) AS hits FROM json_each(${JSON.stringify(keys)}) AS wanted
      CROSS JOIN lesson_keys AS k ON k.tenant_id = ${tenant} AND k.key = wanted.value
      GROUP BY k.lesson_id ORDER BY hits DESC LIMIT ${RECALLED}) AS found
    CROSS JOIN lessons AS l ON l.tenant_id = ${tenant} AND l.id = found.id`;
}

/** The tenant's lessons by vendor. */
export function listStatement(tenant: TenantId): SQL {
  return sql`SELECT vendor, vendor_name, document_id, type, pointer, created_ms,
      json_array_length(body, '$.right') > 0 OR json_extract(body, '$.value') IS NOT NULL AS prefers
    FROM lessons INDEXED BY lessons_vendor WHERE tenant_id = ${tenant}
    ORDER BY vendor, created_ms, id LIMIT ${LISTED}`;
}

function versionStatement(tenant: TenantId): SQL {
  return sql`SELECT version FROM memories WHERE tenant_id = ${tenant}`;
}

const VersionRow = z.object({ version: z.number() });
const BodyRow = z.object({ body: z.string() });
const ListedRow = z.object({
  vendor: z.string(),
  vendor_name: z.string().nullable(),
  document_id: DocumentId,
  type: DocumentType,
  pointer: z.string(),
  created_ms: z.number(),
  prefers: z.number(),
});

function versionOf(rows: readonly unknown[] | undefined): number {
  const [row] = rows ?? [];
  return row === undefined ? 0 : VersionRow.parse(row).version;
}

function byVendor(rows: readonly z.infer<typeof ListedRow>[]): VendorMemory[] {
  const vendors = new Map<string, VendorMemory>();
  for (const row of rows) {
    const known = vendors.get(row.vendor) ?? { vendor: row.vendor, name: row.vendor_name, lessons: [] };
    known.lessons.push({
      type: row.type,
      pointer: row.pointer,
      document_id: row.document_id,
      learned_at: new Date(row.created_ms).toISOString(),
      effect: row.prefers === 1 ? "prefers" : "avoids",
    });
    vendors.set(row.vendor, known);
  }
  return [...vendors.values()];
}

/** The port over D1. Each call is one round trip. */
export function createMemory(database: D1Database): Memory {
  const rowsOf = async (statement: Statement): Promise<unknown[]> =>
    (await runBatch(database, [statement]))[0]?.rows ?? [];
  return {
    version: async (tenant) => versionOf(await rowsOf(versionStatement(tenant))),
    recall: async (tenant, keys) => {
      const [version, found] = await runBatch(database, [
        versionStatement(tenant),
        recallStatement(tenant, keys),
      ]);
      const bodies = z.array(BodyRow).parse(found?.rows ?? []);
      // A lesson of an older form is none.
      const lessons = bodies.flatMap(({ body }) => Lesson.safeParse(JSON.parse(body)).data ?? []);
      return { version: versionOf(version?.rows), lessons };
    },
    list: async (tenant) => byVendor(z.array(ListedRow).parse(await rowsOf(listStatement(tenant)))),
    forget: async (tenant, vendor, atMs) => {
      const condition = vendor === null ? sql`TRUE` : sql`vendor = ${vendor}`;
      const results = await runBatch(database, unteach(tenant, condition, atMs));
      return results.at(-1)?.changes ?? 0;
    },
    versionsOf: async (tenant, document) => {
      const rows = await rowsOf(sql`SELECT DISTINCT memory_version AS version FROM runs
        WHERE tenant_id = ${tenant} AND document_id = ${document} LIMIT 40`);
      return z
        .array(VersionRow)
        .parse(rows)
        .map(({ version }) => version);
    },
  };
}
