import { execFile } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";
import { promisify } from "node:util";

/** A process of this machine. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** All processes that can be seen: from /proc where there is one, else from ps. */
export async function listProcesses(): Promise<ProcessInfo[]> {
  const fromProc = await readProc();
  if (fromProc.length > 0) return fromProc;
  try {
    const { stdout } = await promisify(execFile)("ps", ["-axo", "pid=,ppid=,command="], {
      maxBuffer: 16 * 1024 * 1024,
    });
    return stdout.split("\n").flatMap((line) => {
      const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/u.exec(line);
      return match ? [{ pid: Number(match[1]), parent: Number(match[2]), command: match[3] ?? "" }] : [];
    });
  } catch {
    return [];
  }
}

async function readProc(): Promise<ProcessInfo[]> {
  const names = await readdir("/proc").catch(() => []);
  const found = await Promise.all(
    names
      .filter((name) => /^\d+$/u.test(name))
      .map(async (name) => {
        try {
          const stat = await readFile(`/proc/${name}/stat`, "utf8");
          const command = await readFile(`/proc/${name}/cmdline`, "utf8");
          const afterName = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
          if (afterName[0] === "Z") return null;
          return {
            pid: Number(name),
            parent: Number(afterName[1]),
            command: command.replaceAll("\0", " ").trim(),
          };
        } catch {
          return null;
        }
      }),
  );
  return found.filter((info) => info !== null);
}

/** Whether a process lives; a dead one that nobody waited for does not. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  return stat === null || stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3) !== "Z";
}

/**
 * When a process was started, as this system tells it; null when it cannot be told.
 * With its number it names a process for good: numbers are given out again.
 */
export async function startOf(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (stat !== null) return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  try {
    const { stdout } = await promisify(execFile)("ps", ["-o", "lstart=", "-p", String(pid)]);
    return stdout.trim() === "" ? null : stdout.trim();
  } catch {
    return null;
  }
}

/** Waits until a process has ended; false when `timeoutMs` passed first. */
export async function awaitExit(pid: number, timeoutMs: number): Promise<boolean> {
  const endMs = Date.now() + timeoutMs;
  while (await isAlive(pid)) {
    if (Date.now() > endMs) return false;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return true;
}

/** The process that listens on a TCP port, when this user may see it. */
export async function findListener(port: number): Promise<ProcessInfo | null> {
  const pid = (await listenerFromProc(port)) ?? (await listenerFromLsof(port));
  if (pid === null) return null;
  return (
    (await listProcesses()).find((info) => info.pid === pid) ?? { pid, parent: 0, command: "unknown program" }
  );
}

async function listenerFromProc(port: number): Promise<number | null> {
  const hexPort = port.toString(16).toUpperCase().padStart(4, "0");
  const inodes = new Set<string>();
  for (const file of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    const text = await readFile(file, "utf8").catch(() => "");
    for (const line of text.split("\n").slice(1)) {
      const columns = line.trim().split(/\s+/u);
      const listening = columns[3] === "0A";
      if (listening && columns[1]?.endsWith(`:${hexPort}`) === true && columns[9] !== undefined) {
        inodes.add(`socket:[${columns[9]}]`);
      }
    }
  }
  if (inodes.size === 0) return null;
  for (const { pid } of await readProc()) {
    const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const descriptor of descriptors) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => "");
      if (inodes.has(target)) return pid;
    }
  }
  return null;
}

async function listenerFromLsof(port: number): Promise<number | null> {
  try {
    const args = ["-nP", "-t", `-iTCP:${port}`, "-sTCP:LISTEN"];
    const { stdout } = await promisify(execFile)("lsof", args);
    const pid = Number(stdout.split("\n")[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}
