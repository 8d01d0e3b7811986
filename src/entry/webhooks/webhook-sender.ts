import { DurableObject } from "cloudflare:workers";
import { composeStorage, type StoragePorts } from "../../compose.ts";
import type { Config } from "../../config.ts";
import type { Env } from "../../env.ts";
import { DocumentId, TenantId } from "../../model/ids.ts";
import { EventId, WebhookEvent, WebhookId } from "../../model/webhook.ts";
import { type Attempt, bodyOf, deliver } from "../../notify/deliver.ts";
import { wants } from "../../notify/hand-over.ts";
import { delayBeforeMs, MOST_ATTEMPTS } from "../../notify/schedule.ts";
import type { Notice, WebhookEndpoint } from "../../ports.ts";
import type { SenderAddress, SenderObject } from "../../sender-object.ts";

/** Messages that one alarm sends: six connections may be open at once. */
const AT_ONCE = 6;
/** How soon an alarm that failed rings again. */
const ALARM_RETRY_MS = 30_000;
/** How long an event that was sent is remembered, so that it is not taken in twice. */
const REMEMBERED_MS = 4 * 24 * 3_600_000;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS address (id INTEGER PRIMARY KEY CHECK (id = 1), tenant TEXT NOT NULL, webhook TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS queue (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL UNIQUE, type TEXT NOT NULL, document TEXT,
    payload TEXT NOT NULL, at_ms INTEGER NOT NULL, attempt INTEGER NOT NULL, due_ms INTEGER, offered_ms INTEGER NOT NULL);
  CREATE INDEX IF NOT EXISTS queue_due ON queue (due_ms, seq)`;

/** A row of the queue; `due_ms` is null once it has been sent or given up. */
type Row = {
  seq: number;
  event: string;
  type: string;
  document: string | null;
  payload: string;
  at_ms: number;
  attempt: number;
  due_ms: number | null;
};

/**
 * One endpoint's queue: events in the order in which they were handed over, each with its number, sent by alarm until
 * the endpoint takes it or its attempts are used up. A message that fails holds up none behind it.
 */
export class WebhookSender extends DurableObject<Env> implements SenderObject {
  readonly #ports: StoragePorts;
  readonly #config: Config;
  /** What is being sent: an alarm that rings meanwhile leaves it alone. */
  readonly #underWay = new Set<number>();

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    const { ports, config } = composeStorage(env);
    this.#ports = ports;
    this.#config = config;
  }

  async offer(address: SenderAddress, notices: readonly Notice[], again: boolean): Promise<void> {
    const nowMs = this.#ports.clock();
    this.ctx.storage.transactionSync(() => {
      this.#sql.exec(SCHEMA);
      this.#sql.exec("INSERT OR REPLACE INTO address VALUES (1, ?, ?)", address.tenant, address.webhook);
      for (const { id, type, document, payload, atMs } of notices) {
        if (again) this.#sql.exec("DELETE FROM queue WHERE event = ?", id);
        this.#sql.exec(
          `INSERT OR IGNORE INTO queue (event, type, document, payload, at_ms, attempt, due_ms, offered_ms)
            VALUES (?, ?, ?, ?, ?, 1, ?, ?)`,
          id,
          type,
          document,
          payload,
          atMs,
          nowMs,
          nowMs,
        );
      }
    });
    await this.#wake();
  }

  async erase(): Promise<void> {
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }

  /** Never throws: an alarm that failed too often would not ring again. */
  override async alarm(): Promise<void> {
    try {
      await this.#send();
      await this.#wake();
    } catch (error) {
      this.#ports.log.error("webhooks_failed", { error: error instanceof Error ? error.name : "unknown" });
      await this.ctx.storage.setAlarm(this.#ports.clock() + ALARM_RETRY_MS);
    }
  }

  get #sql(): SqlStorage {
    return this.ctx.storage.sql;
  }

  async #wake(): Promise<void> {
    const next = this.#sql
      .exec<{ due: number | null }>("SELECT min(due_ms) AS due FROM queue WHERE due_ms IS NOT NULL")
      .one().due;
    if (next !== null) await this.ctx.storage.setAlarm(Math.max(next, this.#ports.clock()));
  }

  async #send(): Promise<void> {
    const nowMs = this.#ports.clock();
    this.#sql.exec("DELETE FROM queue WHERE due_ms IS NULL AND offered_ms < ?", nowMs - REMEMBERED_MS);
    const address = this.#sql
      .exec<{ tenant: string; webhook: string }>("SELECT tenant, webhook FROM address")
      .one();
    const [tenant, id] = [TenantId.parse(address.tenant), WebhookId.parse(address.webhook)];
    const endpoint = await this.#ports.webhooks.find(tenant, id, nowMs);
    if (!endpoint) return this.erase();
    if (endpoint.state === "disabled") {
      this.#sql.exec("UPDATE queue SET due_ms = NULL");
      return;
    }
    const due = this.#sql
      .exec<Row>("SELECT * FROM queue WHERE due_ms <= ? ORDER BY due_ms, seq LIMIT ?", nowMs, AT_ONCE)
      .toArray()
      .filter(({ seq }) => !this.#underWay.has(seq));
    await Promise.all(
      due.map(async (row) => {
        this.#underWay.add(row.seq);
        try {
          await this.#sendOne(tenant, endpoint, row);
        } finally {
          this.#underWay.delete(row.seq);
        }
      }),
    );
  }

  async #sendOne(tenant: TenantId, endpoint: WebhookEndpoint, row: Row): Promise<void> {
    const notice: Notice = {
      id: EventId.parse(row.event),
      type: WebhookEvent.parse(row.type),
      document: row.document === null ? null : DocumentId.parse(row.document),
      payload: row.payload,
      atMs: row.at_ms,
    };
    const ports = {
      clock: this.#ports.clock,
      fetch: (request: Request) => fetch(request),
      allowPrivate: this.#config.WEBHOOK_PRIVATE_TARGETS,
    };
    const body = bodyOf(tenant, notice, row.seq);
    const attempt = await deliver(ports, endpoint, { id: row.event, body });
    const nowMs = this.#ports.clock();
    const delayMs =
      attempt.ok || attempt.gone ? null : delayBeforeMs(row.attempt + 1, Math.random(), attempt.retryAfterMs);
    const nextMs = delayMs === null ? null : nowMs + delayMs;
    await this.#ports.webhooks.record(tenant, endpoint.id, {
      event_id: notice.id,
      type: notice.type,
      document_id: notice.document,
      attempt: row.attempt,
      status: attempt.status,
      error: attempt.error,
      duration_ms: attempt.durationMs,
      at: new Date(nowMs).toISOString(),
      next_at: nextMs === null ? null : new Date(nextMs).toISOString(),
    });
    this.#sql.exec("UPDATE queue SET attempt = attempt + 1, due_ms = ? WHERE seq = ?", nextMs, row.seq);
    if (!attempt.ok && nextMs === null) await this.#disable(tenant, endpoint, attempt);
  }

  /** An endpoint that is gone, or took an event in none of its attempts, is told nothing more; the others are told of it. */
  async #disable(tenant: TenantId, endpoint: WebhookEndpoint, { gone, error }: Attempt): Promise<void> {
    const reason = gone
      ? "It answered 410 (gone)."
      : `It took an event in none of ${MOST_ATTEMPTS} attempts. The last one: ${error ?? ""}`;
    await this.#ports.webhooks.update(tenant, endpoint.id, { state: "disabled", disabled_reason: reason });
    this.#sql.exec("UPDATE queue SET due_ms = NULL");
    this.#ports.log.warn("webhook_disabled", { tenant, webhook: endpoint.id, gone });
    const atMs = this.#ports.clock();
    const notice: Notice = {
      id: EventId.parse(`evt_disabled_${endpoint.id.slice("we_".length)}_${atMs}`),
      type: "webhook.disabled",
      document: null,
      payload: JSON.stringify({ webhook_id: endpoint.id, reason }),
      atMs,
    };
    for (const other of await this.#ports.webhooks.list(tenant)) {
      if (other.id !== endpoint.id && wants(other, notice)) {
        await this.#ports.webhookQueues.of(tenant, other.id).offer([notice]);
      }
    }
  }
}
