import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { AppError } from "../../errors.ts";
import { makeApiKey, Scope } from "../../model/api-key.ts";
import { TenantId } from "../../model/ids.ts";
import { seedTenantSql } from "../../platform/d1/seed-sql.ts";
import { EXIT, usageError } from "../command.ts";
import type { Arguments, Command } from "../command.ts";
import { buildWorker } from "../local/build.ts";
import { defaultHome, makeHome, PROJECT } from "../local/folders.ts";
import { startPlatform } from "../local/platform.ts";
import { findServer } from "../local/running.ts";
import { note, print } from "../terminal.ts";

const MAX_NAME = 120;

export const admin: Command = {
  name: "admin",
  summary: "Makes a tenant with its first API key, which is shown once.",
  usage: "create-tenant NAME [--local | --remote [--env production]]",
  options: [
    { name: "local", about: "in this machine's platform, which must not be running (the default)" },
    { name: "remote", about: "in the deployed database, through wrangler: log in first" },
    {
      name: "env",
      value: "ENV",
      about: "wrangler.toml's environment with --remote (production unless told)",
    },
    { name: "json", about: "print {tenant, name, key} as JSON" },
  ],
  run: async (input) => {
    const [verb, name, ...more] = input.positionals;
    if (verb !== "create-tenant" || name === undefined || more.length > 0) {
      throw usageError("the one task is: create-tenant NAME");
    }
    if (name.trim() === "" || name.length > MAX_NAME)
      throw usageError(`NAME has 1 to ${MAX_NAME} characters`);
    if (input.flag("local") && input.flag("remote")) throw usageError("--local or --remote, not both");
    const tenant = TenantId.parse(`ten_${base32(randomBytes(16))}`);
    const key = makeApiKey("live", randomBytes(24));
    const statements = await seedTenantSql({
      tenant,
      tenantName: name,
      key,
      keyName: "first",
      scopes: Scope.options,
      nowMs: Date.now(),
    });
    if (input.flag("remote")) await executeRemote(statements, input.text("env") ?? "production");
    else await executeLocal(statements);
    await show(input, { tenant, name, key });
    return EXIT.ok;
  },
};

async function show(input: Arguments, made: { tenant: string; name: string; key: string }): Promise<void> {
  if (input.flag("json")) return print(JSON.stringify(made));
  await print(`tenant  ${made.tenant}  ${made.name}\nkey     ${made.key}`);
  note("The key is stored as a digest alone and is not shown again: keep it now.");
}

/** Runs SQL in the deployed database. The file keeps the digest out of the process list. */
async function executeRemote(statements: readonly string[], environment: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "docket-sql-"));
  try {
    const file = join(folder, "tenant.sql");
    await writeFile(file, `${statements.join("\n")}\n`, { mode: 0o600 });
    const wrangler = join(PROJECT, "node_modules/wrangler/bin/wrangler.js");
    const args = ["d1", "execute", "docket", "--remote", "--env", environment, "--yes", "--file", file];
    await promisify(execFile)(process.execPath, [wrangler, ...args], { cwd: PROJECT });
  } catch (error) {
    const output = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new AppError("upstream_unavailable", `wrangler could not make the tenant:\n${output}`, {
      cause: error,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function executeLocal(statements: readonly string[]): Promise<void> {
  const home = defaultHome();
  await makeHome(home);
  const server = await findServer(home);
  if (server !== null) {
    throw new AppError(
      "conflict",
      `The server at ${server.url} holds the database: stop it first (kill ${server.pid})`,
    );
  }
  const platform = await startPlatform({
    build: await buildWorker(),
    stateFolder: home.state,
    port: 0,
    vars: { ENVIRONMENT: "development" },
    onLine: () => undefined,
  });
  try {
    await platform.database.batch(statements.map((statement) => platform.database.prepare(statement)));
  } finally {
    await platform.stop();
  }
}

/** Lower-case base32 without look-alikes, 26 characters for 16 bytes. */
function base32(bytes: Uint8Array): string {
  const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  let value = bytes.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
  let text = "";
  for (let index = 0; index < 26; index += 1) {
    text = (alphabet[Number(value & 31n)] ?? "") + text;
    value >>= 5n;
  }
  return text;
}
