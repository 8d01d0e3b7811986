import { apiKeyDigest, parseApiKey, type Scope } from "../../model/api-key.ts";
import type { TenantId } from "../../model/ids.ts";

function quote(text: string): string {
  return `'${text.replaceAll("\0", "").replaceAll("'", "''")}'`;
}

/**
 * SQL statements that make a tenant and its key, for `wrangler d1 execute` and the local platform's
 * first start. Safe to run twice. The key itself is not in them.
 * @throws RangeError when the key is not one of `makeApiKey`
 */
export async function seedTenantSql(input: {
  tenant: TenantId;
  tenantName: string;
  key: string;
  keyName: string;
  scopes: readonly Scope[];
  nowMs: number;
  expiresMs?: number;
}): Promise<string[]> {
  const { tenant, tenantName, key, keyName, scopes, nowMs, expiresMs } = input;
  const parsed = parseApiKey(key);
  if (!parsed) throw new RangeError("the key is malformed");
  const sha256 = await apiKeyDigest(key);
  const values = [
    quote(parsed.prefix),
    quote(sha256),
    quote(`key_${sha256.slice(0, 16)}`),
    quote(tenant),
    quote(keyName),
    quote(parsed.kind),
    quote(JSON.stringify(scopes)),
    String(nowMs),
    expiresMs === undefined ? "NULL" : String(expiresMs),
  ];
  return [
    `INSERT OR IGNORE INTO tenants (tenant_id, name, created_ms) VALUES (${quote(tenant)}, ${quote(tenantName)}, ${nowMs});`,
    `INSERT OR IGNORE INTO api_keys (prefix, sha256, id, tenant_id, name, environment, scopes, created_ms, expires_ms) VALUES (${values.join(", ")});`,
  ];
}
