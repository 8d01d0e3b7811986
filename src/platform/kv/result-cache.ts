import { z } from "zod";
import { StoredResult } from "../../model/extraction.ts";
import { documentMetaKey } from "../../model/storage-keys.ts";
import type { Log, ResultCache } from "../../ports.ts";

/** A result is worth keeping for as long as the same file tends to come again. */
const RESULT_TTL_SECONDS = 30 * 24 * 3_600;
const META_TTL_SECONDS = 24 * 3_600;

/** A value may have 25 MiB: larger layouts are left out, and with them nothing but the layout of a later copy. */
const MAX_LAYOUT_BYTES = 8 * 1024 * 1024;

const Cached = z.object({
  result: StoredResult,
  text: z.string(),
  layout: z.string().nullable(),
});

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
        if (!parsed.success) return null;
        const { layout, ...rest } = parsed.data;
        return { ...rest, layout: layout === null ? null : fromBase64(layout) };
      } catch (error) {
        log.warn("cache_failed", {
          operation: "get",
          error: error instanceof Error ? error.name : "unknown",
        });
        return null;
      }
    },
    put: (key, { result, text, layout }) =>
      quietly("put", () => {
        const small = layout !== null && layout.length <= MAX_LAYOUT_BYTES;
        const value = JSON.stringify({ result, text, layout: small ? toBase64(layout) : null });
        return kv.put(key, value, { expirationTtl: RESULT_TTL_SECONDS });
      }),
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

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  // As many at once as may be a call's arguments.
  for (let at = 0; at < bytes.length; at += 0x2000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x2000));
  }
  return btoa(binary);
}

function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
