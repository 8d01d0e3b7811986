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
 * Forgets a document: rows first, so that nobody finds it any more and no worker can settle it,
 * then its room, its cached results and its objects. False when there was none.
 */
export async function erase(
  ports: Pick<Ports, "blobs" | "cache" | "documents" | "engine" | "log" | "rooms"> & { extractors: string },
  { tenant, id }: { tenant: TenantId; id: DocumentId },
): Promise<boolean> {
  const record = await ports.documents.find(tenant, id);
  if (!record) return false;
  await ports.documents.delete(tenant, id);
  await Promise.all([
    ports.rooms.of(tenant, id).erase(),
    ports.cache.delete([documentMetaKey(tenant, id), ...cachedUnder(ports, record)]),
    eraseObjects(ports, tenant, id),
  ]);
  ports.log.info("document_erased", { tenant, document: id });
  return true;
}

function cachedUnder(
  ports: Pick<Ports, "engine"> & { extractors: string },
  record: DocumentRecord,
): string[] {
  const { tenant, sha256, format } = record;
  if (!format) return [];
  return ["auto" as const, ...DocumentType.options].map((type) =>
    resultCacheKey({ tenant, sha256, type, extractors: ports.extractors, engine: ports.engine.id, format }),
  );
}
