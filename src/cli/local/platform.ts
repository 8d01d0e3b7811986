import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import type { MiniflareOptions, V4ModuleDefinition, V4WorkerOptions } from "miniflare";
import type { Build } from "./build.ts";
import { startCron } from "./cron.ts";
import { migrate } from "./migrate.ts";
import type { Database } from "./migrate.ts";
import { resumePending } from "./resume.ts";

/** A line of the Worker's console. */
export interface PlatformLine {
  readonly level: string;
  readonly message: string;
}

/** How to start a platform. `port` 0 takes any free one. */
export interface PlatformOptions {
  readonly build: Build;
  readonly stateFolder: string;
  readonly port: number;
  /** Vars and secrets over those of wrangler.toml. */
  readonly vars: Readonly<Record<string, string>>;
  readonly onLine: (line: PlatformLine) => void;
  /** Opens the runtime's inspector, for measuring its heap. */
  readonly inspect?: boolean;
  /** Called when the runtime has crashed and serves again, with the documents that go on. */
  readonly onRestart?: (url: string, resumed: number) => void;
}

/** The line reader's name in the runtime. */
export const READER_NAME = "docket-reader";

/** The whole platform in one process tree: the Workers in workerd, with its bindings on disk. */
export interface Platform {
  readonly url: string;
  readonly database: Database;
  readonly migrated: readonly string[];
  /** Documents that an earlier start had taken and not ended; they go on now. */
  readonly resumed: number;
  /** The Worker's inspector, when it was asked for. */
  readonly inspectorUrl: URL | null;
  readonly runCron: (cron: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts workerd with the built Worker and applies pending migrations. @throws when the port is taken */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const worker = {
    ...options.build.options,
    name: "docket",
    modules: await readModules(options.build.folder),
    modulesRoot: options.build.folder,
    bindings: { ...options.build.options.bindings, ...options.vars },
    serviceBindings: { ...options.build.options.serviceBindings, READER: READER_NAME },
  } as V4WorkerOptions;
  const reader: V4WorkerOptions = {
    name: READER_NAME,
    modules: await readModules(options.build.reader),
    modulesRoot: options.build.reader,
    compatibilityDate: String(options.build.options.compatibilityDate),
    compatibilityFlags: ["nodejs_compat"],
  };
  const resume = async (): Promise<number> =>
    resumePending(await miniflare.getD1Database("DB"), (binding) => miniflare.getQueueProducer(binding));
  const miniflare: Miniflare = withoutSignalHandlers(
    convertV4MiniflareOptions({
      host: "127.0.0.1",
      port: options.port,
      workers: [worker, reader],
      resourcePersistencePath: options.stateFolder,
      log: new QuietLog(LogLevel.ERROR, options.onLine),
      handleStructuredLogs: options.onLine,
      unsafeHandleRuntimeRestart: async () => {
        const resumed = await resume();
        options.onRestart?.((await miniflare.ready).origin, resumed);
      },
      telemetry: { enabled: false },
      logRequests: false,
      cf: false,
      ...(options.inspect === true ? { inspectorPort: 0 } : {}),
    }),
  );
  let stopCron = (): void => undefined;
  try {
    const url = (await miniflare.ready).origin;
    const database: Database = await miniflare.getD1Database("DB");
    const migrated = await migrate(database);
    const resumed = await resume();
    const runCron = async (cron: string): Promise<void> => {
      const scheduled = await miniflare.getWorker();
      await scheduled.scheduled({ cron });
    };
    stopCron = startCron(options.build.options.cronTriggers, (cron) => {
      runCron(cron).catch((error: unknown) =>
        options.onLine({ level: "error", message: `cron ${cron}: ${String(error)}` }),
      );
    });
    return {
      url,
      database,
      migrated,
      resumed,
      inspectorUrl: options.inspect === true ? await miniflare.getInspectorURL() : null,
      runCron,
      stop: async () => {
        stopCron();
        await miniflare.dispose();
      },
    };
  } catch (error) {
    stopCron();
    await miniflare.dispose().catch(() => undefined);
    throw error;
  }
}

/** Miniflare ends the process on a signal before state is closed: its owner stops it in order instead. */
function withoutSignalHandlers(options: MiniflareOptions): Miniflare {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const before = signals.map((signal) => new Set(process.listeners(signal)));
  const miniflare = new Miniflare(options);
  signals.forEach((signal, index) => {
    for (const listener of process.listeners(signal)) {
      if (before[index]?.has(listener) === false) process.removeListener(signal, listener);
    }
  });
  return miniflare;
}

/** Hands what the runtime itself has to say to the platform's owner, who decides where lines go. */
class QuietLog extends Log {
  readonly #onLine: (line: PlatformLine) => void;

  constructor(level: LogLevel, onLine: (line: PlatformLine) => void) {
    super(level);
    this.#onLine = onLine;
  }

  override logWithLevel(level: LogLevel, message: string): void {
    if (level <= LogLevel.WARN) {
      this.#onLine({ level: level === LogLevel.ERROR ? "error" : "warn", message });
    }
  }
}

const MODULE_TYPES = {
  js: "ESModule",
  wasm: "CompiledWasm",
  txt: "Text",
  html: "Text",
  sql: "Text",
} as const;
const NOT_MODULES = new Set(["README.md", "options.json", "index.js.map", "reader.js.map"]);

async function readModules(folder: string): Promise<V4ModuleDefinition[]> {
  const files = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile());
  const names = files.map(({ name }) => name).filter((name) => !NOT_MODULES.has(name));
  const main = names.find((name) => name.endsWith(".js")) ?? "index.js";
  const ordered = [main, ...names.filter((name) => name !== main).sort()];
  return Promise.all(
    ordered.map(async (name): Promise<V4ModuleDefinition> => {
      const extension = /\.([a-z]+)(\?.*)?$/u.exec(name)?.[1] ?? "";
      const type = extension in MODULE_TYPES ? MODULE_TYPES[extension as keyof typeof MODULE_TYPES] : "Data";
      return { type, path: join(folder, name), contents: await readFile(join(folder, name)) };
    }),
  );
}
