import type { PageCache } from "../../ports.ts";

/** The Cache API keeps answers by address; this one is never asked over the network. */
const ORIGIN = "https://pages.docket.invalid/";
const MAX_AGE_SECONDS = 24 * 3_600;

/** Drawn pages in the data centre's own cache, by their key in R2. */
export function createPageCache(): PageCache {
  return {
    get: async (key) => {
      try {
        const kept = await caches.default.match(ORIGIN + key);
        return kept ? new Uint8Array(await kept.arrayBuffer()) : null;
      } catch {
        return null;
      }
    },
    put: async (key, png) => {
      const headers = { "content-type": "image/png", "cache-control": `max-age=${MAX_AGE_SECONDS}` };
      await caches.default.put(ORIGIN + key, new Response(png, { headers })).catch(() => undefined);
    },
  };
}
