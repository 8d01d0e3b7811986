import { sql } from "drizzle-orm";
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";
import { z } from "zod";
import { CustomExtractor, ExtractorName } from "../../model/custom-extractor.ts";
import type { TenantId } from "../../model/ids.ts";
import type { CustomExtractors } from "../../ports.ts";
import { runBatch } from "./batch.ts";

type Database = DrizzleD1Database & { $client: D1Database };

const ExtractorRow = z
  .object({
    name: ExtractorName,
    version: z.number(),
    title: z.string(),
    schema: z.string().transform((text): unknown => JSON.parse(text)),
  })
  .pipe(CustomExtractor);

async function find(
  db: Database,
  tenant: TenantId,
  name: ExtractorName,
  version: number | null,
): Promise<CustomExtractor | null> {
  const row = await db.get(
    version === null
      ? sql`SELECT name, version, title, schema FROM extractors
          WHERE tenant_id = ${tenant} AND name = ${name} AND deleted_ms IS NULL ORDER BY version DESC LIMIT 1`
      : sql`SELECT name, version, title, schema FROM extractors
          WHERE tenant_id = ${tenant} AND name = ${name} AND version = ${version}`,
  );
  return row === undefined ? null : ExtractorRow.parse(row);
}

async function add(
  db: Database,
  tenant: TenantId,
  { name, title, schema }: Parameters<CustomExtractors["add"]>[1],
  { atMs, maxVersions, maxNames }: Parameters<CustomExtractors["add"]>[2],
): ReturnType<CustomExtractors["add"]> {
  const text = JSON.stringify(schema);
  const newest = await find(db, tenant, name, null);
  if (newest && newest.title === title && JSON.stringify(newest.schema) === text)
    return { verdict: "unchanged", extractor: newest };
  // One statement: two who add at once get two versions, and neither passes the limits.
  const [added, found] = await runBatch(db.$client, [
    sql`INSERT INTO extractors (tenant_id, name, version, title, schema, created_ms)
        SELECT ${tenant}, ${name}, coalesce(max(version), 0) + 1, ${title}, ${text}, ${atMs} FROM extractors
        WHERE tenant_id = ${tenant} AND name = ${name}
        HAVING coalesce(max(version), 0) < ${maxVersions} AND (count(*) > 0 OR
          (SELECT count(DISTINCT name) FROM extractors WHERE tenant_id = ${tenant}) < ${maxNames})`,
    sql`SELECT name, version, title, schema FROM extractors
        WHERE tenant_id = ${tenant} AND name = ${name} ORDER BY version DESC LIMIT 1`,
  ]);
  if (added?.changes !== 1) return { verdict: "too_many" };
  return { verdict: "added", extractor: ExtractorRow.parse(found?.rows[0]) };
}

async function list(db: Database, tenant: TenantId): Promise<CustomExtractor[]> {
  const rows = await db.all(
    sql`SELECT name, max(version) AS version, title, schema FROM extractors
      WHERE tenant_id = ${tenant} AND deleted_ms IS NULL GROUP BY name ORDER BY name`,
  );
  return z.array(ExtractorRow).parse(rows);
}

async function remove(db: Database, tenant: TenantId, name: ExtractorName, atMs: number): Promise<boolean> {
  const [removed] = await runBatch(db.$client, [
    sql`UPDATE extractors SET deleted_ms = ${atMs}
      WHERE tenant_id = ${tenant} AND name = ${name} AND deleted_ms IS NULL`,
  ]);
  return (removed?.changes ?? 0) > 0;
}

/** The port over D1. */
export function createCustomExtractors(database: D1Database): CustomExtractors {
  const db = drizzle(database);
  return {
    find: (tenant, name, version) => find(db, tenant, name, version),
    add: (tenant, extractor, options) => add(db, tenant, extractor, options),
    list: (tenant) => list(db, tenant),
    delete: (tenant, name, atMs) => remove(db, tenant, name, atMs),
  };
}
