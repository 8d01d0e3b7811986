import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";

/** The project's folder: where wrangler.toml and node_modules stand. */
export const PROJECT = resolve(import.meta.dirname, "../../..");

/** How wrangler is run: quietly, and without asking anybody. */
export const WRANGLER_ENV = {
  WRANGLER_LOG_PATH: join(PROJECT, ".docket", "logs"),
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  NO_COLOR: "1",
  FORCE_COLOR: "0",
} as const;

/** Built Workers, by the hash of their sources. Holds nothing of the user's. */
export const BUILDS = join(PROJECT, ".docket", "build");

/** Where the local platform keeps what it knows. `DOCKET_DIR` moves it. */
export interface Home {
  readonly folder: string;
  /** Databases, objects and queues of the platform. */
  readonly state: string;
  /** One file for each running platform. */
  readonly running: string;
  /** The development tenant and its key; readable by its owner alone. */
  readonly development: string;
}

export function homeAt(folder: string): Home {
  return {
    folder,
    state: join(folder, "state"),
    running: join(folder, "running"),
    development: join(folder, "development.json"),
  };
}

/** The home of this project's platform. */
export function defaultHome(): Home {
  return homeAt(resolve(process.env["DOCKET_DIR"] ?? join(PROJECT, ".docket")));
}

/** Makes the home's folders, closed to other users. */
export async function makeHome(home: Home): Promise<void> {
  for (const folder of [home.folder, home.state, home.running]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
}
