import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { AppError } from "../../errors.ts";
import { BUILDS, PROJECT, WRANGLER_ENV } from "./folders.ts";

/** The Worker's bindings and triggers in miniflare's terms; only what is changed here is spelled out. */
export const WorkerSettings = z.looseObject({
  bindings: z.record(z.string(), z.unknown()).default({}),
  cronTriggers: z.array(z.string()).default([]),
  serviceBindings: z.record(z.string(), z.unknown()).default({}),
});
export type WorkerSettings = z.infer<typeof WorkerSettings>;

/** The bundled Workers on disk, with the first one's bindings as wrangler.toml has them. */
export interface Build {
  readonly folder: string;
  /** The line reader's bundle. */
  readonly reader: string;
  readonly options: WorkerSettings;
  /** False when an earlier build of the same sources was found. */
  readonly fresh: boolean;
}

/** What the line reader is built from. */
const READER_CONFIG = "wrangler.reader.toml";
const KEPT_BUILDS = 3;
const NOT_BUNDLED = new Set(["cli", "web"]);

/** Bundles the Workers with wrangler, or finds the bundle of the same sources. @throws AppError internal */
export async function buildWorker(): Promise<Build> {
  const folder = join(BUILDS, await sourceHash());
  const found = await readOptions(folder);
  if (found !== null) return { folder, reader: readerIn(folder), options: found, fresh: false };
  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  try {
    const [options] = await Promise.all([
      workerOptions(),
      bundle("wrangler.toml", draft),
      bundle(READER_CONFIG, readerIn(draft)),
    ]);
    await writeFile(join(draft, "options.json"), JSON.stringify(options));
    await rename(draft, folder).catch(async (error: unknown) => {
      if ((await readOptions(folder)) === null) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  await dropOldBuilds();
  const options = await readOptions(folder);
  if (options === null) throw new AppError("internal", `the build in ${folder} cannot be read; delete it`);
  return { folder, reader: readerIn(folder), options, fresh: true };
}

async function readOptions(folder: string): Promise<WorkerSettings | null> {
  try {
    return WorkerSettings.parse(JSON.parse(await readFile(join(folder, "options.json"), "utf8")));
  } catch {
    return null;
  }
}

function readerIn(folder: string): string {
  return join(folder, "reader");
}

async function bundle(config: string, outdir: string): Promise<void> {
  const wrangler = join(PROJECT, "node_modules/wrangler/bin/wrangler.js");
  const args = [
    wrangler,
    "deploy",
    "--config",
    config,
    "--env=",
    "--dry-run",
    "--upload-source-maps=false",
    "--outdir",
    outdir,
  ];
  try {
    await promisify(execFile)(process.execPath, args, {
      cwd: PROJECT,
      env: { ...process.env, ...WRANGLER_ENV },
      maxBuffer: 16 * 1024 * 1024,
    });
  } catch (error) {
    const output = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    throw new AppError("internal", `the Worker does not build:\n${stripVTControlCharacters(output).trim()}`, {
      cause: error,
    });
  }
}

/** What wrangler.toml and .dev.vars say, in miniflare's terms. wrangler is slow to load: only when building. */
async function workerOptions(): Promise<object> {
  const { unstable_getMiniflareWorkerOptions } = await import("wrangler");
  return unstable_getMiniflareWorkerOptions(join(PROJECT, "wrangler.toml")).workerOptions;
}

async function sourceHash(): Promise<string> {
  const source = join(PROJECT, "src");
  const inside = await readdir(source, { recursive: true, withFileTypes: true });
  const files = inside
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !NOT_BUNDLED.has(relative(source, file).split(/[/\\]/u)[0] ?? ""));
  const settings = ["wrangler.toml", READER_CONFIG, ".dev.vars", "package-lock.json", "tsconfig.json"];
  const hash = createHash("sha256").update(process.version);
  for (const file of [...files.sort(), ...settings.map((name) => join(PROJECT, name))]) {
    const content = await readFile(file).catch(() => null);
    if (content !== null) hash.update(`${relative(PROJECT, file)}\n${content.length}\n`).update(content);
  }
  return hash.digest("hex").slice(0, 24);
}

async function dropOldBuilds(): Promise<void> {
  const builds = await Promise.all(
    (await readdir(BUILDS)).map(async (name) => {
      const path = join(BUILDS, name);
      return {
        path,
        modifiedMs: await stat(path).then(
          ({ mtimeMs }) => mtimeMs,
          () => 0,
        ),
      };
    }),
  );
  const old = builds.sort((a, b) => b.modifiedMs - a.modifiedMs).slice(KEPT_BUILDS);
  await Promise.all(old.map(({ path }) => rm(path, { recursive: true, force: true })));
}
