import type { Arguments, Command } from "../command.ts";
import { EXIT, usageError } from "../command.ts";
import { defaultHome } from "../local/folders.ts";
import { fileLog, showLine } from "../local/log.ts";
import { onEnd } from "../local/signals.ts";
import { startServer } from "../local/start.ts";
import type { LocalServer } from "../local/start.ts";
import { note, paint, print } from "../terminal.ts";
import { join } from "node:path";

const DEFAULT_PORT = 8787;

export const serve: Command = {
  name: "serve",
  summary: "Serves the whole platform on this machine, with its data kept in .docket.",
  usage: "[--port N] [--verbose]",
  options: [
    { name: "port", value: "N", about: `port on 127.0.0.1 (also PORT; ${DEFAULT_PORT} unless told)` },
    { name: "var", value: "NAME=VALUE", multiple: true, about: "set a variable of the Worker" },
    { name: "verbose", about: "show every line that the Worker logs" },
  ],
  run: async (input) => {
    const home = defaultHome();
    const keep = fileLog(join(home.folder, "server.log"));
    const startedMs = Date.now();
    let serving = false;
    note(paint("dim", "Starting Docket ...", process.stderr));
    const server = await startServer({
      home,
      port: portOf(input),
      vars: variablesOf(input),
      onLine: (line) => {
        keep(line);
        // What is asked before the database stands is answered 503, and is no error to show.
        if (serving || input.flag("verbose")) showLine(line, input.flag("verbose"));
      },
    });
    serving = true;
    const stopped = untilEnd(server);
    await greet(server, (Date.now() - startedMs) / 1000);
    return stopped;
  },
};

function portOf(input: Arguments): number {
  const range = { min: 0, max: 65_535 };
  const fromOption = input.integer("port", range);
  if (fromOption !== undefined) return fromOption;
  const text = process.env["PORT"];
  if (text === undefined || text === "") return DEFAULT_PORT;
  const port = Number(text);
  if (!Number.isInteger(port) || port < range.min || port > range.max) {
    throw usageError(`PORT is ${text}; it takes a port number such as ${DEFAULT_PORT}`);
  }
  return port;
}

/** Reads `--var NAME=VALUE`. @throws AppError when there is no `=` */
export function variablesOf(input: Arguments): Record<string, string> {
  return Object.fromEntries(
    input.list("var").map((pair) => {
      const at = pair.indexOf("=");
      if (at < 1) throw usageError(`--var takes NAME=VALUE, not ${pair}`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

async function greet(server: LocalServer, seconds: number): Promise<void> {
  const { url, tenant, platform, firstStart } = server;
  const made = firstStart ? "made now" : "kept from before";
  await print(
    [
      "",
      `${paint("bold", "Docket serves at")} ${paint("cyan", url)} ${paint("dim", `(ready in ${seconds.toFixed(1)} s)`)}`,
      "",
      `  page     ${url}/`,
      `  API      ${url}/docs`,
      `  tenant   ${tenant.tenant} (${made})`,
      `  key      ${tenant.key}`,
      ...(platform.migrated.length > 0 ? [`  database ${platform.migrated.length} migrations applied`] : []),
      ...(platform.resumed > 0 ? [`  work     ${platform.resumed} documents go on from before`] : []),
      "",
      "Send a document and wait for its data (the first line writes three to try):",
      "",
      "  npm run -s docket -- sample",
      `  curl -s ${url}/v1/documents -H 'Authorization: Bearer ${tenant.key}' \\`,
      "    -H 'Prefer: wait=30' -F file=@samples/invoice.pdf",
      "",
      "Ctrl-C stops the server.",
      "",
    ].join("\n"),
  );
}

/** Waits until the process is asked to end, then stops the platform. */
function untilEnd(server: LocalServer): Promise<number> {
  return new Promise((resolve) => {
    onEnd(() => {
      note("Stopping ...");
      server.stop().then(
        () => resolve(EXIT.ok),
        (error: unknown) => {
          note(String(error));
          resolve(EXIT.failed);
        },
      );
    });
  });
}
