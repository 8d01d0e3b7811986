import { DocumentId, type TenantId } from "../model/ids.ts";
import { documentPrefix } from "../model/storage-keys.ts";
import type { Ports } from "../ports.ts";
import { eraseObjects } from "./erase.ts";

/** An upload that has no row after so long has died: the slowest body of 100 MB takes less. */
const MIN_AGE_MS = 30 * 60_000;
/** How far back a sweep looks: twice what lies between two sweeps, and then some for missed ones. */
const MAX_AGE_MS = 6 * 3_600_000;
const TENANTS = 100;
const OBJECTS = 1_000;

/**
 * Removes objects that no row knows: of uploads that died before their room was begun. Ids sort by
 * time, so that only the recent ones are listed. Gives the number of documents removed.
 */
export async function sweep(
  ports: Pick<Ports, "blobs" | "clock" | "documents" | "log" | "rooms">,
): Promise<number> {
  let removed = 0;
  let after: TenantId | null = null;
  for (;;) {
    const tenants: TenantId[] = await ports.documents.tenants(after, TENANTS);
    for (const tenant of tenants) removed += await sweepTenant(ports, tenant);
    const last = tenants.at(-1);
    if (tenants.length < TENANTS || !last) break;
    after = last;
  }
  if (removed > 0) ports.log.warn("orphans_removed", { documents: removed });
  return removed;
}

async function sweepTenant(
  ports: Pick<Ports, "blobs" | "clock" | "documents" | "log" | "rooms">,
  tenant: TenantId,
): Promise<number> {
  const nowMs = ports.clock();
  const prefix = `t/${tenant}/d/`;
  const from = Math.max(0, nowMs - MAX_AGE_MS)
    .toString(16)
    .padStart(12, "0");
  let startAfter = `${prefix}doc_00_${from}`;
  let removed = 0;
  for (;;) {
    const objects = await ports.blobs.list(prefix, { startAfter, limit: OBJECTS });
    for (const object of objects) {
      if (nowMs - object.uploadedMs < MIN_AGE_MS) continue;
      const id = DocumentId.safeParse(object.key.slice(prefix.length).split("/")[0]);
      if (!id.success || object.key !== `${documentPrefix(tenant, id.data)}original`) continue;
      if (await ports.documents.find(tenant, id.data)) continue;
      await ports.rooms.of(tenant, id.data).erase();
      await eraseObjects(ports, tenant, id.data);
      removed += 1;
    }
    const last = objects.at(-1);
    if (objects.length < OBJECTS || !last) return removed;
    startAfter = last.key;
  }
}
