import { join } from "node:path";
import { printBench } from "../bench/report.ts";
import { runBench } from "../bench/scenarios.ts";
import { EXIT, usageError } from "../command.ts";
import type { Command } from "../command.ts";
import { defaultHome } from "../local/folders.ts";
import { fileLog } from "../local/log.ts";
import { startPrivate } from "../local/start.ts";
import { note, paint, print } from "../terminal.ts";

export const bench: Command = {
  name: "bench",
  summary:
    "Measures a private platform: latencies, throughput, memory, binding calls. Budgets are shown, not asserted.",
  usage: "[--quick] [--json]",
  options: [
    { name: "quick", about: "few samples: half a minute" },
    { name: "json", about: "print the figures as one JSON object" },
  ],
  run: async (input) => {
    if (input.positionals.length > 0) throw usageError("bench takes no FILE");
    const home = defaultHome();
    const onLine = fileLog(join(home.folder, "private.log"));
    const server = await startPrivate({ home, vars: {}, onLine, inspect: true });
    try {
      const report = await runBench(server, input.flag("quick"), (step) =>
        note(paint("dim", `measuring ${step} ...`, process.stderr)),
      );
      await print(input.flag("json") ? JSON.stringify(report) : printBench(report));
    } finally {
      await server.stop();
    }
    return EXIT.ok;
  },
};
