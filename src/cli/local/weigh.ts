import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import { AppError } from "../../errors.ts";
import { PROJECT, WRANGLER_ENV } from "./folders.ts";

/** One module of the bundle; sizes in bytes. */
export interface ModuleWeight {
  readonly name: string;
  readonly bytes: number;
  readonly gzipBytes: number;
}

/** What one Worker's bundle weighs. */
export interface BundleWeight {
  readonly modules: readonly ModuleWeight[];
  readonly bytes: number;
  readonly gzipBytes: number;
}

/** What a build weighs, and what starting it takes. */
export interface BuildWeight extends BundleWeight {
  readonly reader: BundleWeight;
  /** Milliseconds of CPU that the script runs before it can serve. */
  readonly startupMs: number;
}

const NOT_SENT = /^(?:README\.md|options\.json|.*\.map)$/u;

/** Sizes of the modules in a bundle's folder, largest first. */
export async function weighModules(folder: string): Promise<ModuleWeight[]> {
  const files = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile());
  const names = files.map(({ name }) => name).filter((name) => !NOT_SENT.test(name));
  const modules = await Promise.all(
    names.map(async (name): Promise<ModuleWeight> => {
      const content = await readFile(join(folder, name));
      return {
        name: name.replace(/^[0-9a-f]{40}-/u, ""),
        bytes: content.length,
        gzipBytes: gzipSync(content).length,
      };
    }),
  );
  return modules.sort((a, b) => b.gzipBytes - a.gzipBytes);
}

/** The part of V8's CPU profile that is read. Times are microseconds. */
const Profile = z.object({
  nodes: z.array(z.object({ id: z.number(), callFrame: z.object({ functionName: z.string() }) })),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

/** CPU time until the Worker can serve, in milliseconds, as wrangler's own profile of a start has it. @throws AppError */
export async function measureStartup(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "docket-startup-"));
  const outfile = join(folder, "startup.cpuprofile");
  try {
    const wrangler = join(PROJECT, "node_modules/wrangler/bin/wrangler.js");
    await promisify(execFile)(process.execPath, [wrangler, "check", "startup", "--outfile", outfile], {
      cwd: PROJECT,
      env: { ...process.env, ...WRANGLER_ENV },
      maxBuffer: 16 * 1024 * 1024,
    });
    const profile = Profile.parse(JSON.parse(await readFile(outfile, "utf8")));
    const idle = new Set(
      profile.nodes.filter(({ callFrame }) => callFrame.functionName === "(idle)").map(({ id }) => id),
    );
    const active = profile.timeDeltas.filter((_, index) => !idle.has(profile.samples[index] ?? -1));
    return active.reduce((sum, micros) => sum + micros, 0) / 1_000;
  } catch (cause) {
    throw new AppError("internal", "the Worker's start could not be measured", { cause });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
