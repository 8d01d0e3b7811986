import { z } from "zod";
import { apiKeyDigest, parseApiKey, Scope } from "../../model/api-key.ts";
import { TenantId } from "../../model/ids.ts";
import type { Clock, Keys, Principal } from "../../ports.ts";

/** A revoked key works for no longer than this: there is no other way to take it from an isolate's memory. */
const WARM_MS = 10_000;
/** An unknown key is not asked for again in this time. */
const UNKNOWN_MS = 5_000;
const MOST_WARM = 2_000;

const KeyRow = z.object({
  id: z.string(),
  tenant_id: TenantId,
  sha256: z.string(),
  scopes: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.array(Scope)),
  expires_ms: z.number().nullable(),
  revoked_ms: z.number().nullable(),
});

interface Warm {
  readonly principal: Principal | null;
  readonly untilMs: number;
}

/** Compares two digests of the same length in constant time. */
function digestsEqual(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let at = 0; at < a.length; at += 1) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
}

async function lookUp(database: D1Database, prefix: string, digest: string, nowMs: number): Promise<Warm> {
  const { results } = await database
    .prepare("SELECT id, tenant_id, sha256, scopes, expires_ms, revoked_ms FROM api_keys WHERE prefix = ?")
    .bind(prefix)
    .all();
  const row = z
    .array(KeyRow)
    .parse(results)
    .find(({ sha256 }) => digestsEqual(sha256, digest));
  const expiresMs = row?.expires_ms ?? Number.POSITIVE_INFINITY;
  if (!row || row.revoked_ms !== null || expiresMs <= nowMs) {
    return { principal: null, untilMs: nowMs + UNKNOWN_MS };
  }
  return {
    principal: { tenant: row.tenant_id, keyId: row.id, scopes: row.scopes },
    untilMs: Math.min(nowMs + WARM_MS, expiresMs),
  };
}

/**
 * The port over D1, warm in the isolate's memory for at most 10 s. What cannot be a key (shape, checksum)
 * and a development key where those are closed never reach the database.
 */
export function createKeys(database: D1Database, options: { clock: Clock; allowDevelopment: boolean }): Keys {
  const warm = new Map<string, Warm>();
  return {
    authenticate: async (presented) => {
      const parsed = parseApiKey(presented);
      if (!parsed || (parsed.kind === "dev" && !options.allowDevelopment)) return null;
      const digest = await apiKeyDigest(presented);
      const known = warm.get(digest);
      if (known && known.untilMs > options.clock()) return known.principal;
      const found = await lookUp(database, parsed.prefix, digest, options.clock());
      if (warm.size >= MOST_WARM) warm.clear();
      warm.set(digest, found);
      return found.principal;
    },
  };
}
