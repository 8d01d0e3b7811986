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

/**
 * Forgets a document: the row first, so that nobody finds it any more and no worker can settle it, then
 * its room, its cached results and its objects. Where there is no row, what an earlier call could not
 * finish is removed. False when there was nothing.
 */
export async function erase(
  ports: Pick<Ports, "blobs" | "cache" | "documents" | "engine" | "log" | "rooms"> & { extractors: string },
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
