import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Home } from "./folders.ts";
import { awaitExit, isAlive, listProcesses, startOf } from "./processes.ts";

/** A running platform, as it announces itself to others on this machine. */
export const Running = z.object({
  /** `server` serves the home's own state; `private` is one command's, with state of its own. */
  kind: z.enum(["server", "private"]),
  pid: z.number().int(),
  /** When the process was started: tells it from a later one of the same number. */
  started: z.string().nullable(),
  /** The runtime's process: it outlives its parent when that is killed. */
  runtime: z.array(z.number().int()),
  url: z.string(),
  /** A folder to remove once the platform has ended. */
  temporary: z.string().nullable(),
});
export type Running = z.infer<typeof Running>;

/** Writes this process's file; a second call replaces it. */
export async function announce(home: Home, running: Omit<Running, "pid" | "started">): Promise<void> {
  const { pid } = process;
  const text = JSON.stringify({ ...running, pid, started: await startOf(pid) });
  await writeFile(fileOf(home, pid), text, { mode: 0o600 });
}

/** Removes this process's file. */
export async function withdraw(home: Home, pid: number): Promise<void> {
  await rm(fileOf(home, pid), { force: true });
}

/** The server of this home, when one runs. */
export async function findServer(home: Home): Promise<Running | null> {
  for (const running of await readAll(home)) {
    if (running.kind === "server" && (await lives(running))) return running;
  }
  return null;
}

/**
 * Ends what killed platforms have left: a runtime that still holds its port, and temporary state.
 * Gives the processes that were ended.
 */
export async function clearOrphans(home: Home): Promise<number[]> {
  const ended: number[] = [];
  const dead: Running[] = [];
  const living = new Set<number>();
  for (const running of await readAll(home)) {
    if (await lives(running)) living.add(running.pid);
    else dead.push(running);
  }
  if (dead.length === 0) return ended;
  const processes = await listProcesses();
  for (const running of dead) {
    for (const pid of running.runtime) {
      // A number may have been given to another program since.
      const info = processes.find((entry) => entry.pid === pid);
      if (info === undefined || !isRuntime(info.command) || living.has(info.parent)) continue;
      process.kill(pid, "SIGKILL");
      await awaitExit(pid, 5_000);
      ended.push(pid);
    }
    if (running.temporary !== null) await rm(running.temporary, { recursive: true, force: true });
    await withdraw(home, running.pid);
  }
  return ended;
}

/** Whether a command line is one of the Workers runtime. */
export function isRuntime(command: string): boolean {
  return /workerd(\.exe)?["']? serve /u.test(command);
}

/** The runtimes that a process has started. */
export async function runtimesOf(parent: number): Promise<number[]> {
  const processes = await listProcesses();
  return processes
    .filter((info) => info.parent === parent && isRuntime(info.command))
    .map((info) => info.pid);
}

async function lives({ pid, started }: Running): Promise<boolean> {
  if (!(await isAlive(pid))) return false;
  const found = await startOf(pid);
  return started === null || found === null || found === started;
}

function fileOf(home: Home, pid: number): string {
  return join(home.running, `${pid}.json`);
}

async function readAll(home: Home): Promise<Running[]> {
  const names = await readdir(home.running).catch(() => []);
  const found = await Promise.all(
    names.map(async (name) => {
      try {
        return Running.parse(JSON.parse(await readFile(join(home.running, name), "utf8")));
      } catch {
        return null;
      }
    }),
  );
  return found.filter((running) => running !== null);
}
