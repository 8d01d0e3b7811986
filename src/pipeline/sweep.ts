import type { Config } from "../config.ts";
import { DocumentId, type TenantId } from "../model/ids.ts";
import { documentPrefix } from "../model/storage-keys.ts";
import type { Ports } from "../ports.ts";
import { eraseObjects } from "./erase.ts";

/** An upload that has no row after so long has died: the slowest body of 100 MB takes less. */
const MIN_AGE_MS = 30 * 60_000;
/** How far back a sweep looks: many times what lies between two, for those that were missed. */
const MAX_AGE_MS = 6 * 3_600_000;
/** A room ends its document at the deadline; so long after it, there is no room. */
const GRACE_MS = 10 * 60_000;
const TENANTS = 100;
const OBJECTS = 1_000;
const OVERDUE = 100;

/** Keys of requests that one sweep of a tenant forgets. */
const EXPIRED_KEYS = 1_000;
/** Members of deleted documents that one sweep of a tenant forgets. */
const ORPHANS = 200;

type SweepPorts = Pick<Ports, "blobs" | "clock" | "documents" | "idempotency" | "log" | "rooms"> & {
  readonly config: Pick<Config, "IDEMPOTENCY_KEEP_MS">;
  /** Hands what waits in a tenant's outbox to its endpoints. */
  readonly handOver: (tenant: TenantId) => Promise<number>;
  /** Forgets a document and what came out of it. */
  readonly erase: (key: { tenant: TenantId; id: DocumentId }) => Promise<boolean>;
};

/** What a sweep did: uploads without a row removed, documents without a room ended, members without a parent erased. */
export interface Swept {
  removed: number;
  ended: number;
  erased: number;
}

/**
 * Settles what no room looks after: objects of uploads that died before their room was begun, and rows
 * whose run never got a room. Ids sort by time, so that only recent objects are listed. A tenant that
 * cannot be swept does not keep the others from it.
 */
export async function sweep(ports: SweepPorts): Promise<Swept> {
  const swept: Swept = { removed: 0, ended: 0, erased: 0 };
  let after: TenantId | null = null;
  for (;;) {
    const tenants: TenantId[] = await ports.documents.tenants(after, TENANTS);
    for (const tenant of tenants) {
      try {
        swept.ended += await endOverdue(ports, tenant);
        swept.removed += await removeOrphans(ports, tenant);
        swept.erased += await eraseOrphans(ports, tenant);
        await ports.handOver(tenant);
        const expiredMs = ports.clock() - ports.config.IDEMPOTENCY_KEEP_MS;
        await ports.idempotency.expire(tenant, expiredMs, EXPIRED_KEYS);
      } catch (error) {
        ports.log.error("sweep_failed", { tenant, error: error instanceof Error ? error.name : "unknown" });
      }
    }
    const last = tenants.at(-1);
    if (tenants.length < TENANTS || !last) break;
    after = last;
  }
  if (swept.removed + swept.ended + swept.erased > 0) ports.log.warn("swept", { ...swept });
  return swept;
}

/** What a deletion could not finish: members whose parent is gone. */
async function eraseOrphans(ports: SweepPorts, tenant: TenantId): Promise<number> {
  const ids = await ports.documents.orphans(tenant, ORPHANS);
  for (const id of ids) await ports.erase({ tenant, id });
  return ids.length;
}

async function endOverdue(ports: SweepPorts, tenant: TenantId): Promise<number> {
  const nowMs = ports.clock();
  let ended = 0;
  for (const record of await ports.documents.overdue(tenant, nowMs - GRACE_MS, OVERDUE)) {
    const settled = await ports.documents.settle({
      tenant,
      document: record.id,
      run: record.run,
      fence: record.fence + 1,
      status: "failed",
      summary: null,
      failure: {
        code: "deadline_exceeded",
        message: "The document was not finished within its deadline. Send it for reprocessing.",
      },
      resultKey: null,
      engine: null,
      atMs: nowMs,
    });
    if (settled) ended += 1;
  }
  return ended;
}

async function removeOrphans(ports: SweepPorts, tenant: TenantId): Promise<number> {
  const nowMs = ports.clock();
  const prefix = `t/${tenant}/d/`;
  const from = Math.max(0, nowMs - MAX_AGE_MS)
    .toString(16)
    .padStart(12, "0");
  let startAfter = `${prefix}doc_00_${from}`;
  let removed = 0;
  for (;;) {
    const objects = await ports.blobs.list(prefix, { startAfter, limit: OBJECTS });
    const ids = new Set<DocumentId>();
    for (const object of objects) {
      if (nowMs - object.uploadedMs < MIN_AGE_MS) continue;
      const id = DocumentId.safeParse(object.key.slice(prefix.length).split("/")[0]);
      if (id.success && object.key.startsWith(documentPrefix(tenant, id.data))) ids.add(id.data);
    }
    const known = ids.size > 0 ? await ports.documents.known(tenant, [...ids]) : ids;
    for (const id of ids) {
      if (known.has(id)) continue;
      await ports.rooms.of(tenant, id).erase();
      await eraseObjects(ports, tenant, id);
      removed += 1;
    }
    const last = objects.at(-1);
    if (objects.length < OBJECTS || !last) return removed;
    startAfter = last.key;
  }
}
