import { sql, type SQL } from "drizzle-orm";
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";
import { z } from "zod";
import { DocumentId, type TenantId } from "../../model/ids.ts";
import { EventId, Webhook, WebhookDelivery, WebhookEvent, type WebhookId } from "../../model/webhook.ts";
import type { Notice, WebhookEndpoint, Webhooks } from "../../ports.ts";
import { runBatch } from "./batch.ts";

type Database = DrizzleD1Database & { $client: D1Database };

/** More endpoints of one tenant are a mistake; each event is handed to every one. */
const MOST_ENDPOINTS = 50;

const isoTime = (ms: number) => new Date(ms).toISOString();

const EndpointRow = z.object({
  id: z.string(),
  url: z.string(),
  events: z.string().transform((text): unknown => JSON.parse(text)),
  description: z.string(),
  state: z.string(),
  disabled_reason: z.string().nullable(),
  created_ms: z.number(),
});

const COLUMNS = sql.raw("id, url, events, description, state, disabled_reason, created_ms");

function toWebhook(row: unknown): Webhook {
  const { created_ms, ...rest } = EndpointRow.parse(row);
  return Webhook.parse({ ...rest, created_at: isoTime(created_ms) });
}

async function find(
  db: Database,
  tenant: TenantId,
  id: WebhookId,
  nowMs: number,
): Promise<WebhookEndpoint | null> {
  const row = await db.get(
    sql`SELECT ${COLUMNS}, secret, iif(previous_until_ms > ${nowMs}, previous_secret, NULL) AS previous
      FROM webhooks WHERE tenant_id = ${tenant} AND id = ${id}`,
  );
  if (row === undefined) return null;
  const { secret, previous } = z.object({ secret: z.string(), previous: z.string().nullable() }).parse(row);
  return { ...toWebhook(row), secret, previousSecret: previous };
}

async function update(
  db: Database,
  tenant: TenantId,
  id: WebhookId,
  change: Parameters<Webhooks["update"]>[2],
): Promise<Webhook | null> {
  const { url, events, description, state, disabled_reason: reason } = change;
  const [, found] = await runBatch(db.$client, [
    sql`UPDATE webhooks SET url = coalesce(${url ?? null}, url),
        events = coalesce(${events === undefined ? null : JSON.stringify(events)}, events),
        description = coalesce(${description ?? null}, description), state = coalesce(${state ?? null}, state),
        disabled_reason = ${state === undefined ? sql`disabled_reason` : (reason ?? null)}
      WHERE tenant_id = ${tenant} AND id = ${id}`,
    sql`SELECT ${COLUMNS} FROM webhooks WHERE tenant_id = ${tenant} AND id = ${id}`,
  ]);
  const row = found?.rows[0];
  return row === undefined ? null : toWebhook(row);
}

const NoticeRow = z
  .object({
    id: EventId,
    kind: WebhookEvent,
    document_id: DocumentId,
    payload: z.string(),
    created_ms: z.number(),
  })
  .transform(({ id, kind, document_id, payload, created_ms }): Notice => ({
    id,
    type: kind,
    document: document_id,
    payload,
    atMs: created_ms,
  }));

const NOTICE_COLUMNS = sql.raw("id, kind, document_id, payload, created_ms");

const DeliveryRow = z
  .object({
    event_id: z.string(),
    kind: z.string(),
    document_id: z.string().nullable(),
    attempt: z.number(),
    status: z.number().nullable(),
    error: z.string().nullable(),
    duration_ms: z.number(),
    at_ms: z.number(),
    next_ms: z.number().nullable(),
  })
  .transform(({ kind, at_ms, next_ms, ...rest }) =>
    WebhookDelivery.parse({
      ...rest,
      type: kind,
      at: isoTime(at_ms),
      next_at: next_ms === null ? null : isoTime(next_ms),
    }),
  );

async function changed(db: Database, statement: SQL): Promise<boolean> {
  const [result] = await runBatch(db.$client, [statement]);
  return (result?.changes ?? 0) > 0;
}

/** The port over D1. Each call is one round trip. */
export function createWebhooks(database: D1Database): Webhooks {
  const db = drizzle(database);
  return {
    insert: (tenant, { id, url, events, description, secret, state, created_at }) =>
      changed(
        db,
        sql`INSERT INTO webhooks (tenant_id, id, url, events, description, secret, state, created_ms)
          SELECT ${tenant}, ${id}, ${url}, ${JSON.stringify(events)}, ${description}, ${secret}, ${state},
            ${Date.parse(created_at)}
          WHERE (SELECT count(*) FROM webhooks WHERE tenant_id = ${tenant}) < ${MOST_ENDPOINTS}`,
      ),
    list: async (tenant) => {
      const rows = await db.all(
        sql`SELECT ${COLUMNS} FROM webhooks WHERE tenant_id = ${tenant} ORDER BY created_ms, id`,
      );
      return rows.map(toWebhook);
    },
    find: (tenant, id, nowMs) => find(db, tenant, id, nowMs),
    update: (tenant, id, change) => update(db, tenant, id, change),
    rotate: (tenant, id, secret, untilMs) =>
      changed(
        db,
        sql`UPDATE webhooks SET previous_secret = secret, secret = ${secret}, previous_until_ms = ${untilMs}
          WHERE tenant_id = ${tenant} AND id = ${id}`,
      ),
    delete: async (tenant, id) => {
      const [removed] = await runBatch(db.$client, [
        sql`DELETE FROM webhooks WHERE tenant_id = ${tenant} AND id = ${id}`,
        sql`DELETE FROM webhook_deliveries WHERE tenant_id = ${tenant} AND webhook_id = ${id}`,
      ]);
      return removed?.changes === 1;
    },
    waiting: async (tenant, limit) => {
      const rows = await db.all(
        sql`SELECT ${NOTICE_COLUMNS} FROM outbox WHERE tenant_id = ${tenant} AND delivered_ms IS NULL
          ORDER BY created_ms, id LIMIT ${limit}`,
      );
      return z.array(NoticeRow).parse(rows);
    },
    handedOver: async (tenant, ids, atMs) => {
      await changed(
        db,
        sql`UPDATE outbox SET delivered_ms = ${atMs} WHERE tenant_id = ${tenant}
          AND id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
      );
    },
    notice: async (tenant, id) => {
      const row = await db.get(
        sql`SELECT ${NOTICE_COLUMNS} FROM outbox WHERE tenant_id = ${tenant} AND id = ${id}`,
      );
      return row === undefined ? null : NoticeRow.parse(row);
    },
    record: async (tenant, id, delivery) => {
      await changed(
        db,
        sql`INSERT OR IGNORE INTO webhook_deliveries
            (tenant_id, webhook_id, event_id, attempt, at_ms, kind, document_id, status, error, duration_ms, next_ms)
          VALUES (${tenant}, ${id}, ${delivery.event_id}, ${delivery.attempt}, ${Date.parse(delivery.at)},
            ${delivery.type}, ${delivery.document_id}, ${delivery.status}, ${delivery.error}, ${delivery.duration_ms},
            ${delivery.next_at === null ? null : Date.parse(delivery.next_at)})`,
      );
    },
    deliveries: async (tenant, id, limit) => {
      const rows = await db.all(
        sql`SELECT event_id, kind, document_id, attempt, status, error, duration_ms, at_ms, next_ms
          FROM webhook_deliveries WHERE tenant_id = ${tenant} AND webhook_id = ${id}
          ORDER BY at_ms DESC LIMIT ${limit}`,
      );
      return z.array(DeliveryRow).parse(rows);
    },
  };
}
