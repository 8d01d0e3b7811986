import { sql } from "drizzle-orm";
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";
import { z } from "zod";
import { DocumentId, type TenantId } from "../../model/ids.ts";
import type { IdempotencyKey } from "../../model/idempotency.ts";
import { answerKey } from "../../model/storage-keys.ts";
import type { Blobs, IdempotencyClaim, IdempotencyKeys } from "../../ports.ts";
import { runBatch } from "./batch.ts";

type Database = DrizzleD1Database & { $client: D1Database };

/** A longer answer lies in R2: rows of D1 are to stay small, and hold 2 MB at most. */
const MOST_CHARACTERS_IN_ROW = 32_768;

const KeyRow = z.object({
  state: z.enum(["running", "answered", "forgotten"]),
  token: z.string(),
  attempts: z.number(),
  document_id: DocumentId,
  fingerprint: z.string().nullable(),
  status: z.number().nullable(),
  headers: z.string().nullable(),
  body: z.string().nullable(),
});

async function claim(
  db: Database,
  blobs: Pick<Blobs, "getText">,
  { tenant, key }: { tenant: TenantId; key: IdempotencyKey },
  { token, document, atMs, leaseMs, keepMs }: Parameters<IdempotencyKeys["claim"]>[2],
): Promise<IdempotencyClaim> {
  const [, , found] = await runBatch(db.$client, [
    sql`DELETE FROM idempotency_keys
      WHERE tenant_id = ${tenant} AND key = ${key} AND created_ms <= ${atMs - keepMs}`,
    sql`INSERT INTO idempotency_keys (tenant_id, key, state, token, lease_until_ms, attempts, document_id, created_ms)
      VALUES (${tenant}, ${key}, 'running', ${token}, ${atMs + leaseMs}, 1, ${document}, ${atMs})
      ON CONFLICT (tenant_id, key) DO UPDATE
        SET token = excluded.token, lease_until_ms = excluded.lease_until_ms, attempts = attempts + 1
        WHERE state = 'running' AND lease_until_ms <= ${atMs}`,
    sql`SELECT state, token, attempts, document_id, fingerprint, status, headers, body FROM idempotency_keys
      WHERE tenant_id = ${tenant} AND key = ${key}`,
  ]);
  const row = KeyRow.parse(found?.rows[0]);
  if (row.state === "running") {
    return row.token === token
      ? { verdict: "granted", token, document: row.document_id, resumed: row.attempts > 1 }
      : { verdict: "running" };
  }
  const fingerprint = row.fingerprint ?? "";
  const body = row.body ?? (await blobs.getText(answerKey(tenant, row.document_id, row.token)));
  if (row.state === "forgotten" || row.status === null || body === null)
    return { verdict: "forgotten", fingerprint };
  const headers = z.record(z.string(), z.string()).parse(JSON.parse(row.headers ?? "{}"));
  return { verdict: "answered", fingerprint, answer: { status: row.status, headers, body } };
}

async function settle(
  db: Database,
  blobs: Pick<Blobs, "put">,
  { tenant, key }: { tenant: TenantId; key: IdempotencyKey },
  { token, fingerprint, document, answer }: Parameters<IdempotencyKeys["settle"]>[2],
): Promise<void> {
  const long = answer.body.length > MOST_CHARACTERS_IN_ROW;
  if (long) await blobs.put(answerKey(tenant, document, token), answer.body, "application/json");
  await runBatch(db.$client, [
    sql`UPDATE idempotency_keys SET state = 'answered', fingerprint = ${fingerprint}, document_id = ${document},
        status = ${answer.status}, headers = ${JSON.stringify(answer.headers)}, body = ${long ? null : answer.body}
      WHERE tenant_id = ${tenant} AND key = ${key} AND state = 'running' AND token = ${token}`,
  ]);
}

/** The port over D1, long answers beside the document that they tell of, so that they go with it. */
export function createIdempotencyKeys(
  database: D1Database,
  blobs: Pick<Blobs, "getText" | "put">,
): IdempotencyKeys {
  const db = drizzle(database);
  return {
    claim: (tenant, key, input) => claim(db, blobs, { tenant, key }, input),
    settle: (tenant, key, input) => settle(db, blobs, { tenant, key }, input),
    release: async (tenant, key, token) => {
      const ours = sql`tenant_id = ${tenant} AND key = ${key} AND state = 'running' AND token = ${token}`;
      // What an attempt that died began may stand: its document stays the key's.
      await runBatch(db.$client, [
        sql`DELETE FROM idempotency_keys WHERE ${ours} AND attempts = 1`,
        sql`UPDATE idempotency_keys SET lease_until_ms = 0 WHERE ${ours}`,
      ]);
    },
    expire: async (tenant, beforeMs, limit) => {
      const [expired] = await runBatch(db.$client, [
        sql`DELETE FROM idempotency_keys WHERE tenant_id = ${tenant} AND key IN (
          SELECT key FROM idempotency_keys WHERE tenant_id = ${tenant} AND created_ms < ${beforeMs} LIMIT ${limit})`,
      ]);
      return expired?.changes ?? 0;
    },
  };
}
