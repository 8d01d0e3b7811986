import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import { toHex } from "../model/hex.ts";
import type { TenantId } from "../model/ids.ts";
import {
  EventId,
  type Webhook,
  type WebhookDelivery,
  type WebhookEvent,
  WebhookId,
} from "../model/webhook.ts";
import type { Notice, Ports } from "../ports.ts";
import { makeSecret } from "./sign.ts";
import { checkTarget } from "./target.ts";

type EndpointPorts = Pick<Ports, "clock" | "webhooks" | "webhookQueues"> & {
  readonly config: Pick<Config, "WEBHOOK_PRIVATE_TARGETS" | "WEBHOOK_ROTATION_MS">;
};

export interface WebhookDraft {
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly description: string;
}

/** Attempts that are shown. */
const SHOWN_DELIVERIES = 200;

function targetOf({ config }: EndpointPorts, url: string, ownHost: string): string {
  const rules = { allowPrivate: config.WEBHOOK_PRIVATE_TARGETS, ownHosts: [ownHost] };
  return checkTarget(url, rules).href;
}

/** Adds an endpoint; its secret is shown here and nowhere else. @throws AppError invalid_request, conflict for too many */
export async function addWebhook(
  ports: EndpointPorts,
  tenant: TenantId,
  draft: WebhookDraft,
  ownHost: string,
): Promise<Webhook & { secret: string }> {
  const secret = makeSecret();
  const endpoint: Webhook = {
    id: WebhookId.parse(`we_${toHex(crypto.getRandomValues(new Uint8Array(16)))}`),
    url: targetOf(ports, draft.url, ownHost),
    events: [...new Set(draft.events)],
    description: draft.description,
    state: "enabled",
    disabled_reason: null,
    created_at: new Date(ports.clock()).toISOString(),
  };
  if (!(await ports.webhooks.insert(tenant, { ...endpoint, secret, previousSecret: null }))) {
    throw new AppError("conflict", "There are too many endpoints. Delete one that is not used any more.");
  }
  return { ...endpoint, secret };
}

/** Changes an endpoint; `enabled` sends again from now on. @throws AppError not_found, invalid_request */
export async function changeWebhook(
  ports: EndpointPorts,
  tenant: TenantId,
  id: WebhookId,
  change: Partial<WebhookDraft> & { state?: Webhook["state"] | undefined },
  ownHost: string,
): Promise<Webhook> {
  const { url, events, description, state } = change;
  const changed = await ports.webhooks.update(tenant, id, {
    ...(url === undefined ? {} : { url: targetOf(ports, url, ownHost) }),
    ...(events === undefined ? {} : { events: [...new Set(events)] }),
    ...(description === undefined ? {} : { description }),
    ...(state === undefined
      ? {}
      : { state, disabled_reason: state === "disabled" ? "Disabled by hand." : null }),
  });
  if (!changed) throw notFound(id);
  return changed;
}

/** A new secret; the old one signs beside it for a while, so that receivers can change over. @throws AppError not_found */
export async function rotateWebhook(
  ports: EndpointPorts,
  tenant: TenantId,
  id: WebhookId,
): Promise<{ secret: string; previous_until: string }> {
  const secret = makeSecret();
  const untilMs = ports.clock() + ports.config.WEBHOOK_ROTATION_MS;
  if (!(await ports.webhooks.rotate(tenant, id, secret, untilMs))) throw notFound(id);
  return { secret, previous_until: new Date(untilMs).toISOString() };
}

/** @throws AppError not_found */
export async function deleteWebhook(ports: EndpointPorts, tenant: TenantId, id: WebhookId): Promise<void> {
  if (!(await ports.webhooks.delete(tenant, id))) throw notFound(id);
  await ports.webhookQueues.of(tenant, id).erase();
}

/** Attempts, newest first. @throws AppError not_found */
export async function listDeliveries(
  ports: EndpointPorts,
  tenant: TenantId,
  id: WebhookId,
): Promise<WebhookDelivery[]> {
  if (!(await ports.webhooks.find(tenant, id, ports.clock()))) throw notFound(id);
  return ports.webhooks.deliveries(tenant, id, SHOWN_DELIVERIES);
}

/** Sends an event to an endpoint anew, whatever became of it. @throws AppError not_found, conflict for a disabled endpoint */
export async function replayEvent(
  ports: EndpointPorts,
  tenant: TenantId,
  id: WebhookId,
  event: EventId,
): Promise<void> {
  await requireEnabled(ports, tenant, id);
  const notice = await ports.webhooks.notice(tenant, event);
  if (!notice) throw new AppError("not_found", `There is no event ${event}.`);
  await ports.webhookQueues.of(tenant, id).offer([notice], { again: true });
}

/** Sends a test event to an endpoint. @throws AppError not_found, conflict for a disabled endpoint */
export async function testWebhook(
  ports: EndpointPorts,
  tenant: TenantId,
  id: WebhookId,
): Promise<{ event_id: EventId }> {
  await requireEnabled(ports, tenant, id);
  const notice: Notice = {
    id: EventId.parse(`evt_test_${toHex(crypto.getRandomValues(new Uint8Array(12)))}`),
    type: "webhook.test",
    document: null,
    payload: JSON.stringify({ webhook_id: id }),
    atMs: ports.clock(),
  };
  await ports.webhookQueues.of(tenant, id).offer([notice]);
  return { event_id: notice.id };
}

async function requireEnabled(ports: EndpointPorts, tenant: TenantId, id: WebhookId): Promise<void> {
  const endpoint = await ports.webhooks.find(tenant, id, ports.clock());
  if (!endpoint) throw notFound(id);
  if (endpoint.state === "disabled") {
    throw new AppError(
      "conflict",
      `The endpoint is disabled: ${endpoint.disabled_reason ?? ""} Enable it first.`,
    );
  }
}

function notFound(id: WebhookId): AppError {
  return new AppError("not_found", `There is no endpoint ${id}.`);
}
