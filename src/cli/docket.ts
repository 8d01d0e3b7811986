import "./local/grow-buffers.ts";
import { AppError } from "../errors.ts";
import { Arguments, EXIT, helpOf, isUsageError } from "./command.ts";
import type { Command } from "./command.ts";
import { note, paint, print } from "./terminal.ts";

/** The commands, each loaded when it is called. */
const COMMANDS = {
  serve: async () => (await import("./commands/serve.ts")).serve,
  extract: async () => (await import("./commands/extract.ts")).extract,
  layout: async () => (await import("./commands/layout.ts")).layout,
  eval: async () => (await import("./commands/eval.ts")).evaluate,
  correct: async () => (await import("./commands/correct.ts")).correct,
  train: async () => (await import("./commands/train.ts")).train,
  "train-kinds": async () => (await import("./commands/train-kinds.ts")).trainKinds,
  "train-confidence": async () => (await import("./commands/train-confidence.ts")).trainConfidence,
  watch: async () => (await import("./commands/watch.ts")).watch,
  extractors: async () => (await import("./commands/extractors.ts")).extractorsCommand,
  cancel: async () => (await import("./commands/cancel.ts")).cancelCommand,
  "dead-letters": async () => (await import("./commands/dead-letters.ts")).deadLettersCommand,
  list: async () => (await import("./commands/list.ts")).list,
  sample: async () => (await import("./commands/sample.ts")).sample,
  admin: async () => (await import("./commands/admin.ts")).admin,
  formats: async () => (await import("./commands/formats.ts")).formats,
  build: async () => (await import("./commands/build.ts")).build,
  bench: async () => (await import("./commands/bench.ts")).bench,
  generate: async () => (await import("./commands/generate.ts")).generateDocuments,
} as const satisfies Record<string, () => Promise<Command>>;

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    await print(await overview());
    return name === undefined ? EXIT.usage : EXIT.ok;
  }
  if (name === "--version") {
    const { default: manifest } = await import("../../package.json", { with: { type: "json" } });
    await print(manifest.version);
    return EXIT.ok;
  }
  if (!Object.hasOwn(COMMANDS, name)) {
    note(`docket: there is no command ${name}. Commands: ${Object.keys(COMMANDS).join(", ")}`);
    return EXIT.usage;
  }
  const command = await COMMANDS[name as keyof typeof COMMANDS]();
  return runCommand(command, rest);
}

async function runCommand(command: Command, argv: readonly string[]): Promise<number> {
  try {
    const input = new Arguments(command, argv);
    if (input.flag("help")) {
      await print(helpOf(command).trimEnd());
      return EXIT.ok;
    }
    return await command.run(input);
  } catch (error) {
    const problem = paint("red", `docket ${command.name}:`, process.stderr);
    if (isUsageError(error)) {
      note(`${problem} ${error.message}\nusage: docket ${command.name} ${command.usage}`);
      return EXIT.usage;
    }
    if (error instanceof AppError) note(`${problem} ${error.message}`);
    else note(`${problem} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return EXIT.failed;
  }
}

async function overview(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  const width = Math.max(...commands.map(({ name }) => name.length));
  const rows = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    "Docket turns documents into validated JSON, with the place on the page of every value.",
    "",
    "usage: docket COMMAND [options]    (docket COMMAND --help tells more)",
    "",
    ...rows,
  ].join("\n");
}

// A reader that went away (`| head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? EXIT.ok : EXIT.failed);
});

process.exitCode = await main(process.argv.slice(2));
