#!/usr/bin/env node
/*
 * Starts the command line on the project's own Node, whatever Node this machine has.
 * Plain JavaScript on purpose: it must run where type stripping does not exist.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const own = fileURLToPath(new URL("../../node_modules/node/bin/node", import.meta.url));
const main = fileURLToPath(new URL("docket.ts", import.meta.url));
const child = spawn(existsSync(own) ? own : process.execPath, [main, ...process.argv.slice(2)], {
  stdio: "inherit",
});

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  // A terminal sends its signals to the whole group: the child gets SIGINT from there.
  process.on(signal, () => {
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on("error", (error) => {
  process.stderr.write(`docket: cannot start ${own}: ${error.message}. Run npm ci first.\n`);
  process.exitCode = 1;
});
child.on("exit", (code, signal) => {
  process.exitCode = code ?? 128 + (constants.signals[signal ?? "SIGTERM"] ?? 15);
});
