import type { TenantId } from "../model/ids.ts";
import type { Corrections, Documents, Ports } from "../ports.ts";
import { handOver } from "./hand-over.ts";

/** What is known of a tenant without endpoints holds for so long: settling a document should not ask each time. */
const NOBODY_MS = 10_000;
const MOST_REMEMBERED = 2_000;

type NotifierPorts = Pick<Ports, "clock" | "log" | "webhooks" | "webhookQueues">;

/** Hands over what the outbox has got, once what it tells of is written. The sweeper hands over what this misses. */
export function createNotifier(
  ports: NotifierPorts,
  keepAlive: (work: Promise<unknown>) => void,
): {
  readonly afterSettling: (documents: Documents) => Documents;
  readonly afterCorrection: (corrections: Corrections) => Corrections;
} {
  const nobody = new Map<TenantId, number>();
  const run = async (tenant: TenantId): Promise<void> => {
    try {
      if ((nobody.get(tenant) ?? 0) > ports.clock()) return;
      const endpoints = await ports.webhooks.list(tenant);
      if (endpoints.length > 0) {
        await handOver(ports, tenant);
        return;
      }
      if (nobody.size >= MOST_REMEMBERED) nobody.clear();
      nobody.set(tenant, ports.clock() + NOBODY_MS);
    } catch (error) {
      ports.log.warn("hand_over_failed", { tenant, error: error instanceof Error ? error.name : "unknown" });
    }
  };
  const notify = (tenant: TenantId): void => keepAlive(run(tenant));
  return {
    afterSettling: (documents) => ({
      ...documents,
      settle: async (settlement) => {
        const settled = await documents.settle(settlement);
        if (settled) notify(settlement.tenant);
        return settled;
      },
      insertSettled: async (record, settlement) => {
        await documents.insertSettled(record, settlement);
        notify(settlement.tenant);
      },
    }),
    afterCorrection: (corrections) => ({
      ...corrections,
      write: async (amendment) => {
        const written = await corrections.write(amendment);
        if (written) notify(amendment.tenant);
        return written;
      },
    }),
  };
}
