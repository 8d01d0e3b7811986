import { join } from "node:path";
import { usageError } from "../command.ts";
import type { Arguments, OptionSpec } from "../command.ts";
import { loadDevelopment } from "../local/development.ts";
import { defaultHome } from "../local/folders.ts";
import { fileLog } from "../local/log.ts";
import { findServer } from "../local/running.ts";
import { note, paint } from "../terminal.ts";
import { Client } from "./client.ts";

/** A platform to talk to; `close` ends it when it was started for this command alone. */
export interface Connection {
  readonly client: Client;
  readonly kind: "remote" | "server" | "private";
  readonly close: () => Promise<void>;
}

export const CONNECTION_OPTIONS: readonly OptionSpec[] = [
  { name: "url", value: "URL", about: "a running platform (also DOCKET_URL); a local one unless told" },
  { name: "key", value: "KEY", about: "its API key (also DOCKET_API_KEY)" },
];

/** The platform that the options name, else this machine's running server, else a private one. */
export async function connect(input: Arguments): Promise<Connection> {
  return (await connectExisting(input)) ?? startOwn();
}

/** The platform that the options name or this machine's running server; null when there is neither. */
export async function connectExisting(input: Arguments): Promise<Connection | null> {
  const url = input.text("url") ?? process.env["DOCKET_URL"];
  const key = input.text("key") ?? process.env["DOCKET_API_KEY"];
  const home = defaultHome();
  const server = await findServer(home);
  if (url !== undefined) {
    if (!URL.canParse(url))
      throw usageError(`--url takes an address such as http://127.0.0.1:8787, not ${url}`);
    const own = server !== null && new URL(url).port === new URL(server.url).port && isLoopback(url);
    const known = key ?? (own ? (await loadDevelopment(home)).tenant.key : undefined);
    if (known === undefined) throw usageError("--url needs --key, or DOCKET_API_KEY in the environment");
    return { client: new Client({ url, key: known }), kind: "remote", close: async () => undefined };
  }
  if (server === null) return null;
  const { tenant } = await loadDevelopment(home);
  const client = new Client({ url: server.url, key: key ?? tenant.key });
  if (!(await client.healthy(3_000))) return null;
  return { client, kind: "server", close: async () => undefined };
}

function isLoopback(url: string): boolean {
  return ["127.0.0.1", "localhost", "[::1]"].includes(new URL(url).hostname);
}

async function startOwn(): Promise<Connection> {
  const { startPrivate } = await import("../local/start.ts");
  const home = defaultHome();
  const timer = setTimeout(
    () => note(paint("dim", "Starting a private platform ...", process.stderr)),
    1_000,
  );
  try {
    const server = await startPrivate({ home, vars: {}, onLine: fileLog(join(home.folder, "private.log")) });
    const client = new Client({ url: server.url, key: server.tenant.key });
    return { client, kind: "private", close: server.stop };
  } finally {
    clearTimeout(timer);
  }
}
