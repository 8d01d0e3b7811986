import { EXIT, usageError } from "../command.ts";
import type { Command } from "../command.ts";
import { buildWorker } from "../local/build.ts";
import { measureStartup, weighModules } from "../local/weigh.ts";
import type { BuildWeight, BundleWeight, ModuleWeight } from "../local/weigh.ts";
import { note, paint, print, table } from "../terminal.ts";

/**
 * What a build has to stay below. Cloudflare gives a script a second to start, on a machine slower than most:
 * 400 ms here leave room. Its size is read from disk and sent over the network at each cold start.
 */
const BUDGET = { startupMs: 400, gzipBytes: 16 * 1024 * 1024 } as const;

const MB = 1_000_000;

export const build: Command = {
  name: "build",
  summary: "Bundles the Worker and weighs it: sizes and start-up. Exit code 1 above the budget.",
  usage: "[--json]",
  options: [{ name: "json", about: "print the figures as one JSON object" }],
  run: async (input) => {
    if (input.positionals.length > 0) throw usageError("build takes no FILE");
    note(paint("dim", "bundling ...", process.stderr));
    const { folder, reader } = await buildWorker();
    const [modules, readerModules] = await Promise.all([weighModules(folder), weighModules(reader)]);
    note(paint("dim", "measuring the start ...", process.stderr));
    const weight: BuildWeight = {
      ...weigh(modules),
      reader: weigh(readerModules),
      startupMs: await measureStartup(),
    };
    await print(input.flag("json") ? JSON.stringify({ ...weight, budget: BUDGET }) : describeWeight(weight));
    const heaviest = Math.max(weight.gzipBytes, weight.reader.gzipBytes);
    const over = weight.startupMs > BUDGET.startupMs || heaviest > BUDGET.gzipBytes;
    return over ? EXIT.failed : EXIT.ok;
  },
};

function weigh(modules: readonly ModuleWeight[]): BundleWeight {
  return {
    modules,
    bytes: modules.reduce((sum, { bytes }) => sum + bytes, 0),
    gzipBytes: modules.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0),
  };
}

function describeWeight({ reader, startupMs, ...worker }: BuildWeight): string {
  const size = (value: number): string => `${(value / MB).toFixed(2)} MB`;
  const rowsOf = ({ modules, bytes, gzipBytes }: BundleWeight): string[][] => [
    ...modules.map((module) => [module.name, size(module.bytes), size(module.gzipBytes)]),
    ["all", size(bytes), size(gzipBytes)],
  ];
  const verdict = (value: number, budget: number): string =>
    value <= budget ? paint("green", "within") : paint("red", "above");
  const sizeLine = ({ gzipBytes }: BundleWeight): string =>
    `size ${size(gzipBytes)} gzip, ${verdict(gzipBytes, BUDGET.gzipBytes)} the budget of ${size(BUDGET.gzipBytes)}`;
  return [
    table(["module", "bytes", "gzip"], rowsOf(worker)),
    sizeLine(worker),
    "",
    table(["line reader's module", "bytes", "gzip"], rowsOf(reader)),
    sizeLine(reader),
    "",
    `start-up ${startupMs.toFixed(0)} ms, ${verdict(startupMs, BUDGET.startupMs)} the budget of ${BUDGET.startupMs} ms`,
  ].join("\n");
}
