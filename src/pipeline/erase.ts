import { BuiltInType } from "../extract/registry.ts";
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

type ErasePorts = Pick<Ports, "blobs" | "cache" | "documents" | "engine" | "log" | "memory" | "rooms"> & {
  readonly extractors: string;
};

/** Documents that are forgotten at once: each takes a handful of calls, of which six may be open. */
const ERASED_AT_ONCE = 4;
/** Documents that one call forgets: each takes about ten subrequests, of which a call has 10,000. The sweeper goes on. */
const ERASED_PER_CALL = 500;

/**
 * Forgets a document and all that came out of it: its row first, so that nobody finds it any more and no worker
 * can settle it, then its room, its cached results and its objects, then its members likewise. Of a very large
 * family the rest is left to the sweeper. Where there is no row, what an earlier call could not finish is removed.
 * False when there was nothing.
 */
export async function erase(
  ports: ErasePorts,
  { tenant, id }: { tenant: TenantId; id: DocumentId },
): Promise<boolean> {
  const erased = await eraseOne(ports, { tenant, id });
  let left = ERASED_PER_CALL;
  let parents: DocumentId[] = [id];
  while (parents.length > 0 && left > 0) {
    const children: DocumentId[] = [];
    for (const parent of parents) {
      for (const child of await ports.documents.children(tenant, parent)) children.push(child.id);
      if (children.length >= left) break;
    }
    const some = children.slice(0, left);
    for (let at = 0; at < some.length; at += ERASED_AT_ONCE) {
      const group = some.slice(at, at + ERASED_AT_ONCE);
      await Promise.all(group.map((child) => eraseOne(ports, { tenant, id: child })));
    }
    left -= some.length;
    parents = some;
  }
  return erased;
}

async function eraseOne(
  ports: ErasePorts,
  { tenant, id }: { tenant: TenantId; id: DocumentId },
): Promise<boolean> {
  const record = await ports.documents.find(tenant, id);
  if (record) {
    const memories = await ports.memory.versionsOf(tenant, id);
    await ports.cache.delete(cacheKeysOf(ports, record, memories));
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
  { tenant, sha256, format, options, origin, run }: DocumentRecord,
  memories: readonly number[],
): string[] {
  if (!format) return [];
  // A member that was read once was asked for as one type; KV allows 1,000 operations a call.
  const single = origin !== null && run === 1;
  const types = single ? [options.type ?? ("auto" as const)] : ["auto" as const, ...BuiltInType.options];
  const content = { tenant, sha256, extractors, engine: engine.id, format };
  const own = options.extractor === undefined ? [undefined] : [undefined, options.extractor];
  return [...new Set(memories)].flatMap((memory) =>
    own.flatMap((extractor) => types.map((type) => resultCacheKey({ ...content, type, extractor, memory }))),
  );
}
