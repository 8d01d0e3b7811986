import { DocumentType } from "../model/extraction.ts";
import type { DocumentId, TenantId } from "../model/ids.ts";
import { documentMetaKey, documentPrefix, resultCacheKey } from "../model/storage-keys.ts";
import type { Blobs, DocumentRecord, Ports } from "../ports.ts";

const LIST_LIMIT = 1_000;

/** Deletes every object of a document, however many pages it left. */
export async function eraseObjects(
  { blobs }: { blobs: Blobs },
  tenant: TenantId,
  document: DocumentId,
): Promise<number> {
  const prefix = documentPrefix(tenant, document);
  let erased = 0;
  for (;;) {
    const found = await blobs.list(prefix, { limit: LIST_LIMIT });
    if (found.length === 0) return erased;
    await blobs.delete(found.map((object) => object.key));
    erased += found.length;
  }
}

type ErasePorts = Pick<Ports, "blobs" | "cache" | "documents" | "engine" | "log" | "rooms"> & {
  readonly extractors: string;
};

/** Documents that are forgotten at once: each takes a handful of calls, of which six may be open. */
const ERASED_AT_ONCE = 4;

/**
 * Forgets a document and all that came out of it: what it contains first, then its row, so that nobody finds it
 * any more and no worker can settle it, then its room, its cached results and its objects. Where there is no
 * row, what an earlier call could not finish is removed. False when there was nothing.
 */
export async function erase(
  ports: ErasePorts,
  { tenant, id }: { tenant: TenantId; id: DocumentId },
): Promise<boolean> {
  for (;;) {
    const children = await ports.documents.children(tenant, id);
    if (children.length === 0) break;
    for (let at = 0; at < children.length; at += ERASED_AT_ONCE) {
      const some = children.slice(at, at + ERASED_AT_ONCE);
      await Promise.all(some.map((child) => erase(ports, { tenant, id: child.id })));
    }
  }
  return eraseOne(ports, { tenant, id });
}

async function eraseOne(
  ports: ErasePorts,
  { tenant, id }: { tenant: TenantId; id: DocumentId },
): Promise<boolean> {
  const record = await ports.documents.find(tenant, id);
  if (record) {
    await ports.cache.delete(cacheKeysOf(ports, record));
    await ports.documents.delete(tenant, id);
  }
  const [erased] = await Promise.all([
    eraseObjects(ports, tenant, id),
    ports.rooms.of(tenant, id).erase(),
    ports.cache.delete([documentMetaKey(tenant, id)]),
  ]);
  if (record || erased > 0) ports.log.info("document_erased", { tenant, document: id });
  return record !== null || erased > 0;
}

/** Every key under which a result of this content may be cached. */
export function cacheKeysOf(
  { engine, extractors }: Pick<Ports, "engine"> & { extractors: string },
  { tenant, sha256, format }: DocumentRecord,
): string[] {
  if (!format) return [];
  return ["auto" as const, ...DocumentType.options].map((type) =>
    resultCacheKey({ tenant, sha256, type, extractors, engine: engine.id, format }),
  );
}
