import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "../../errors.ts";
import { note } from "../terminal.ts";
import { buildWorker } from "./build.ts";
import { loadDevelopment, seedDevelopment } from "./development.ts";
import type { DevelopmentTenant } from "./development.ts";
import { homeAt, makeHome } from "./folders.ts";
import type { Home } from "./folders.ts";
import { startPlatform } from "./platform.ts";
import type { Platform, PlatformLine } from "./platform.ts";
import { findListener } from "./processes.ts";
import { announce, clearOrphans, findServer, runtimesOf, withdraw } from "./running.ts";
import { onEnd } from "./signals.ts";

const PORT_WAIT_MS = 2_000;

/** A started platform with the tenant to use it as. */
export interface LocalServer {
  readonly url: string;
  readonly tenant: DevelopmentTenant;
  readonly platform: Platform;
  readonly firstStart: boolean;
  readonly stop: () => Promise<void>;
}

interface StartInput {
  readonly home: Home;
  readonly port: number;
  readonly vars: Readonly<Record<string, string>>;
  readonly onLine: (line: PlatformLine) => void;
  readonly inspect?: boolean;
}

/** Starts the home's server. @throws AppError conflict when it runs already or the port is taken */
export async function startServer(input: StartInput): Promise<LocalServer> {
  await makeHome(input.home);
  for (const pid of await clearOrphans(input.home)) {
    note(`Ended the runtime (process ${pid}) that a killed server had left.`);
  }
  const other = await findServer(input.home);
  if (other !== null) {
    throw new AppError(
      "conflict",
      `Docket already runs at ${other.url} (process ${other.pid}) with the data in ${input.home.folder}. ` +
        `Use it, or stop it first: kill ${other.pid}`,
    );
  }
  await requireFreePort(input.port);
  return launch(input, "server", null);
}

/** Starts a platform of one's own with state in a temporary folder, on any free port. */
export async function startPrivate(input: Omit<StartInput, "port">): Promise<LocalServer> {
  await makeHome(input.home);
  await clearOrphans(input.home);
  const temporary = await mkdtemp(join(tmpdir(), "docket-"));
  try {
    const server = await launch({ ...input, port: 0 }, "private", temporary);
    // A command that is ended takes its platform with it.
    onEnd((exitCode) => void server.stop().finally(() => process.exit(exitCode)));
    return server;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

async function launch(
  input: StartInput,
  kind: "server" | "private",
  temporary: string | null,
): Promise<LocalServer> {
  const { home, port, vars, onLine, inspect = false } = input;
  const own = temporary === null ? home : homeAt(temporary);
  await makeHome(own);
  const build = await buildWorker();
  const { tenant, fresh } = await loadDevelopment(own);
  const track = async (url: string): Promise<void> =>
    announce(home, { kind, url, temporary, runtime: await runtimesOf(process.pid) });
  await track(`http://127.0.0.1:${port}`);
  const platform = await startPlatform({
    build,
    stateFolder: own.state,
    port,
    vars: {
      ENVIRONMENT: "development",
      DEV_API_KEY: tenant.key,
      BUILD_ID: basename(build.folder),
      WEBHOOK_PRIVATE_TARGETS: "true",
      ...vars,
    },
    onLine,
    inspect,
    onRestart: (url, resumed) => {
      note(`The runtime crashed and serves again; ${resumed} documents go on.`);
      void track(url).catch(() => undefined);
    },
  }).catch(async (error: unknown) => {
    await withdraw(home, process.pid);
    throw await explainStart(error, port);
  });
  await track(platform.url);
  await seedDevelopment(platform.database, tenant);
  const stop = async (): Promise<void> => {
    await platform.stop();
    await withdraw(home, process.pid);
    if (temporary !== null) await rm(temporary, { recursive: true, force: true });
  };
  return { url: platform.url, tenant, platform, firstStart: fresh, stop };
}

async function requireFreePort(port: number): Promise<void> {
  if (port === 0) return;
  const endMs = Date.now() + PORT_WAIT_MS;
  while (!(await canListen(port))) {
    // Sockets of a server that has just ended can hold the port for a moment without a listener.
    if (Date.now() > endMs || (await findListener(port)) !== null) throw await portTaken(port);
    await delay(100);
  }
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

async function portTaken(port: number): Promise<AppError> {
  const holder = await findListener(port);
  const who = holder === null ? "another program" : `process ${holder.pid} (${holder.command.slice(0, 80)})`;
  return new AppError(
    "conflict",
    `Port ${port} is taken by ${who}. Stop it, or choose another port: PORT=${port + 1} npm start`,
  );
}

async function explainStart(error: unknown, port: number): Promise<unknown> {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ERR_ADDRESS_IN_USE") return portTaken(port);
  return new AppError("internal", `The local platform did not start: ${String(error)}`, { cause: error });
}
