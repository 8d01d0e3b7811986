import type { TenantId } from "../model/ids.ts";
import type { Notice, Ports } from "../ports.ts";
import type { Webhook } from "../model/webhook.ts";

/** Notices that are handed over at once: endpoints take them in one call each. */
const BATCH = 100;

type HandOverPorts = Pick<Ports, "clock" | "webhooks" | "webhookQueues">;

/** Whether an endpoint wants to be told: enabled, made before it happened, and subscribed. */
export function wants(endpoint: Webhook, { type, atMs }: Pick<Notice, "type" | "atMs">): boolean {
  return (
    endpoint.state === "enabled" &&
    Date.parse(endpoint.created_at) <= atMs &&
    (endpoint.events.length === 0 || endpoint.events.includes(type))
  );
}

/**
 * Hands what waits in a tenant's outbox to the queues of its endpoints, then marks it. Dying in between hands it over
 * again, which a queue takes no notice of. How many notices were handed over.
 */
export async function handOver(ports: HandOverPorts, tenant: TenantId): Promise<number> {
  let handed = 0;
  for (;;) {
    const notices = await ports.webhooks.waiting(tenant, BATCH);
    if (notices.length === 0) return handed;
    const endpoints = await ports.webhooks.list(tenant);
    await Promise.all(
      endpoints.map(async (endpoint) => {
        const wanted = notices.filter((notice) => wants(endpoint, notice));
        if (wanted.length > 0) await ports.webhookQueues.of(tenant, endpoint.id).offer(wanted);
      }),
    );
    await ports.webhooks.handedOver(
      tenant,
      notices.map(({ id }) => id),
      ports.clock(),
    );
    handed += notices.length;
    if (notices.length < BATCH) return handed;
  }
}
