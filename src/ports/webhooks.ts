import type { DocumentId, TenantId } from "../model/ids.ts";
import type { EventId, Webhook, WebhookDelivery, WebhookEvent, WebhookId } from "../model/webhook.ts";

/** An endpoint with what signs its messages. */
export interface WebhookEndpoint extends Webhook {
  readonly secret: string;
  /** The secret before a rotation, while it signs too. */
  readonly previousSecret: string | null;
}

/** Something that happened, as the outbox has it. */
export interface Notice {
  readonly id: EventId;
  readonly type: WebhookEvent;
  readonly document: DocumentId | null;
  /** JSON object. */
  readonly payload: string;
  readonly atMs: number;
}

/** Endpoints, what waits for them, and what became of it, by SQL (D1). */
export interface Webhooks {
  readonly insert: (tenant: TenantId, endpoint: WebhookEndpoint) => Promise<boolean>;
  readonly list: (tenant: TenantId) => Promise<Webhook[]>;
  readonly find: (tenant: TenantId, id: WebhookId, nowMs: number) => Promise<WebhookEndpoint | null>;
  readonly update: (
    tenant: TenantId,
    id: WebhookId,
    change: Partial<Pick<Webhook, "url" | "events" | "description" | "state" | "disabled_reason">>,
  ) => Promise<Webhook | null>;
  /** The old secret signs beside the new one until `untilMs`. */
  readonly rotate: (tenant: TenantId, id: WebhookId, secret: string, untilMs: number) => Promise<boolean>;
  readonly delete: (tenant: TenantId, id: WebhookId) => Promise<boolean>;
  /** What no endpoint has been handed yet, oldest first. */
  readonly waiting: (tenant: TenantId, limit: number) => Promise<Notice[]>;
  readonly handedOver: (tenant: TenantId, ids: readonly EventId[], atMs: number) => Promise<void>;
  /** An event of the outbox, delivered or not; null when its document is gone. */
  readonly notice: (tenant: TenantId, id: EventId) => Promise<Notice | null>;
  readonly record: (tenant: TenantId, id: WebhookId, delivery: WebhookDelivery) => Promise<void>;
  /** Attempts, newest first. */
  readonly deliveries: (tenant: TenantId, id: WebhookId, limit: number) => Promise<WebhookDelivery[]>;
}

/** An endpoint's own queue: a Durable Object each, so that one that hangs holds up nobody else. */
export interface WebhookQueue {
  /** Takes events over, in this order; each once, however often it is offered. `again` sends one anew. */
  readonly offer: (notices: readonly Notice[], options?: { again: boolean }) => Promise<void>;
  readonly erase: () => Promise<void>;
}

export interface WebhookQueues {
  readonly of: (tenant: TenantId, id: WebhookId) => WebhookQueue;
}
