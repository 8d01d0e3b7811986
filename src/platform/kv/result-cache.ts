import { z } from "zod";
import { StoredResult } from "../../model/extraction.ts";
import { documentMetaKey } from "../../model/storage-keys.ts";
import type { Log, ResultCache } from "../../ports.ts";

/** A result is worth keeping for as long as the same file tends to come again. */
const RESULT_TTL_SECONDS = 30 * 24 * 3_600;
const META_TTL_SECONDS = 24 * 3_600;

const Cached = z.object({ result: StoredResult, text: z.string() });

/** Results in Workers KV: a cache and nothing else, so that a failure is a miss. */
export function createResultCache(kv: KVNamespace, log: Log): ResultCache {
  const quietly = async (operation: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.warn("cache_failed", { operation, error: error instanceof Error ? error.name : "unknown" });
    }
  };
  return {
    get: async (key) => {
      try {
        const parsed = Cached.safeParse(await kv.get(key, "json"));
        return parsed.success ? parsed.data : null;
      } catch (error) {
        log.warn("cache_failed", {
          operation: "get",
          error: error instanceof Error ? error.name : "unknown",
        });
        return null;
      }
    },
    put: (key, cached) =>
      quietly("put", () => kv.put(key, JSON.stringify(cached), { expirationTtl: RESULT_TTL_SECONDS })),
    putMeta: (tenant, id, meta) =>
      quietly("put_meta", () =>
        kv.put(documentMetaKey(tenant, id), JSON.stringify(meta), { expirationTtl: META_TTL_SECONDS }),
      ),
    delete: (keys) =>
      quietly("delete", async () => {
        await Promise.all(keys.map((key) => kv.delete(key)));
      }),
  };
}
