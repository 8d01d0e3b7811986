import { z } from "zod";
import { DocumentId } from "./ids.ts";

/** An endpoint that is told of what happens. */
export const WebhookId = z.string().regex(/^we_[0-9a-f]{32}$/);
export type WebhookId = z.infer<typeof WebhookId>;

/** What an endpoint can be told of. */
export const WebhookEvent = z.enum([
  "document.completed",
  "document.partial",
  "document.failed",
  "document.quarantined",
  "document.cancelled",
  "document.corrected",
  "webhook.disabled",
  "webhook.test",
]);
export type WebhookEvent = z.infer<typeof WebhookEvent>;

/** Names an event; the same in every attempt to deliver it. */
export const EventId = z.string().regex(/^evt_[0-9A-Za-z_-]{1,120}$/);
export type EventId = z.infer<typeof EventId>;

/** An endpoint as it is shown: without its secret. */
export const Webhook = z.object({
  id: WebhookId,
  url: z.string(),
  /** Empty for all. */
  events: z.array(WebhookEvent),
  description: z.string(),
  state: z.enum(["enabled", "disabled"]),
  disabled_reason: z.string().nullable(),
  created_at: z.iso.datetime(),
});
export type Webhook = z.infer<typeof Webhook>;

/** One attempt to deliver an event. */
export const WebhookDelivery = z.object({
  event_id: EventId,
  type: z.string(),
  document_id: DocumentId.nullable(),
  attempt: z.int(),
  /** What the endpoint answered; null where it did not. */
  status: z.int().nullable(),
  /** Why it failed; null for a success. */
  error: z.string().nullable(),
  duration_ms: z.int(),
  at: z.iso.datetime(),
  /** When the next attempt is due; null where there is none. */
  next_at: z.iso.datetime().nullable(),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;
