import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { z } from "zod";
import { makeApiKey, Scope } from "../../model/api-key.ts";
import { TenantId } from "../../model/ids.ts";
import { seedTenantSql } from "../../platform/d1/seed-sql.ts";
import type { Home } from "./folders.ts";
import type { Database } from "./migrate.ts";

/** The tenant that a local platform is used as, with its key in clear: it opens nothing but this machine. */
const DevelopmentTenant = z.object({ tenant: TenantId, key: z.string().min(20) });
export type DevelopmentTenant = z.infer<typeof DevelopmentTenant>;

const TENANT = TenantId.parse("ten_development");

/** The development tenant of a home; made at the first start, then kept. */
export async function loadDevelopment(home: Home): Promise<{ tenant: DevelopmentTenant; fresh: boolean }> {
  try {
    const tenant = DevelopmentTenant.parse(JSON.parse(await readFile(home.development, "utf8")));
    return { tenant, fresh: false };
  } catch {
    const tenant = { tenant: TENANT, key: makeApiKey("dev", randomBytes(24)) };
    await writeFile(home.development, `${JSON.stringify(tenant)}\n`, { mode: 0o600 });
    return { tenant, fresh: true };
  }
}

/** Writes the tenant and its key where they are missing. */
export async function seedDevelopment(database: Database, { tenant, key }: DevelopmentTenant): Promise<void> {
  const statements = await seedTenantSql({
    tenant,
    tenantName: "Development",
    key,
    keyName: "development",
    scopes: Scope.options,
    nowMs: Date.now(),
  });
  await database.batch(statements.map((statement) => database.prepare(statement)));
}
