import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const PROJECT = resolve(import.meta.dirname, "../..");
/** The project's own Node: the one that runs the tests may be older. */
const NODE = join(PROJECT, "node_modules/node/bin/node");
const MAIN = join(PROJECT, "src/cli/docket.ts");

/** What a finished command has left. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder for one test file's platform and documents; removed at its end. */
export async function makeFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "docket-test-"));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Runs `docket` to its end with its home in `home`. */
export async function docket(home: string, ...args: string[]): Promise<Finished> {
  return finish(NODE, [MAIN, ...args], home);
}

/** Runs a program on the project's Node, with the home in `home`. */
export async function run(home: string, ...args: string[]): Promise<Finished> {
  return finish(NODE, args, home);
}

/** Runs the installed launcher on the Node that runs the tests, from another folder. */
export async function launcher(home: string, ...args: string[]): Promise<Finished> {
  return finish(process.execPath, [join(PROJECT, "src/cli/bin.js"), ...args], home);
}

async function finish(program: string, args: string[], home: string): Promise<Finished> {
  const child = spawn(program, args, {
    cwd: tmpdir(),
    env: environment(home),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (chunks.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (chunks.stderr += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...chunks };
}

function environment(home: string): NodeJS.ProcessEnv {
  const { DOCKET_URL: _url, DOCKET_API_KEY: _key, PORT: _port, FORCE_COLOR: _color, ...rest } = process.env;
  return { ...rest, DOCKET_DIR: home, NO_COLOR: "1" };
}

/** A server under test. */
export interface Served {
  readonly url: string;
  readonly key: string;
  readonly pid: number;
  readonly output: () => string;
  /** Sends a signal and waits for the end; gives the exit code. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
}

/** Starts `docket serve` and waits until it says that it serves. */
export async function serve(home: string, ...args: string[]): Promise<Served> {
  const child = spawn(NODE, [MAIN, "serve", ...args], { cwd: tmpdir(), env: environment(home) });
  let output = "";
  const closed = once(child, "close");
  const ready = new Promise<void>((resolve, reject) => {
    const take = (text: string): void => {
      output += text;
      if (output.includes("Ctrl-C stops the server")) resolve();
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    child.once("close", () => reject(new Error(`serve ended:\n${output}`)));
  });
  await ready;
  return {
    url: /Docket serves at (\S+)/u.exec(output)?.[1] ?? "",
    key: /key\s+(dk_\w+)/u.exec(output)?.[1] ?? "",
    pid: child.pid ?? 0,
    output: () => output,
    end: async (signal) => {
      child.kill(signal);
      const [code] = (await closed) as [number | null];
      return code;
    },
  };
}

/** A TCP port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
