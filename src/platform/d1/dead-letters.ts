import { sql, type SQL } from "drizzle-orm";
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";
import { z } from "zod";
import { DeadLetter, type DeadLetterId } from "../../model/dead-letter.ts";
import type { TenantId } from "../../model/ids.ts";
import type { DeadLetters } from "../../ports.ts";

type Database = DrizzleD1Database & { $client: D1Database };

/** Messages that do not tell whose they are. */
const NOBODY = "";

const isoTime = (ms: number) => new Date(ms).toISOString();

const LetterRow = z
  .object({
    id: z.string(),
    document_id: z.string().nullable(),
    run: z.number().nullable(),
    reason: z.string(),
    detail: z.string(),
    created_ms: z.number(),
    replayed_ms: z.number().nullable(),
  })
  .transform(({ created_ms, replayed_ms, ...letter }) => ({
    ...letter,
    created_at: isoTime(created_ms),
    replayed_at: replayed_ms === null ? null : isoTime(replayed_ms),
  }))
  .pipe(DeadLetter);

const COLUMNS = sql.raw("id, document_id, run, reason, detail, created_ms, replayed_ms");

async function list(
  db: Database,
  tenant: TenantId,
  { limit, after }: { limit: number; after: DeadLetterId | null },
): Promise<DeadLetter[]> {
  const behind: SQL =
    after === null
      ? sql``
      : sql`AND (created_ms, id) > (SELECT created_ms, id FROM dead_letters WHERE tenant_id = ${tenant} AND id = ${after})`;
  const rows = await db.all(
    sql`SELECT ${COLUMNS} FROM dead_letters
      WHERE tenant_id = ${tenant} AND replayed_ms IS NULL ${behind}
      ORDER BY created_ms, id LIMIT ${limit}`,
  );
  return z.array(LetterRow).parse(rows);
}

/** The port over D1. */
export function createDeadLetters(database: D1Database): DeadLetters {
  const db = drizzle(database);
  return {
    list: (tenant, page) => list(db, tenant, page),
    find: async (tenant, id) => {
      const row = await db.get(
        sql`SELECT ${COLUMNS} FROM dead_letters WHERE tenant_id = ${tenant} AND id = ${id}`,
      );
      return row === undefined ? null : LetterRow.parse(row);
    },
    park: async (tenant, { id, detail, atMs }) => {
      await db.run(
        sql`INSERT OR IGNORE INTO dead_letters (tenant_id, id, reason, detail, created_ms)
          VALUES (${tenant ?? NOBODY}, ${id}, 'message_malformed', ${detail}, ${atMs})`,
      );
    },
  };
}
