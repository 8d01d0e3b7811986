import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { AppError } from "../../errors.ts";
import type { ExtractorView } from "../../model/custom-extractor.ts";
import type { Client } from "../client/client.ts";
import { connect, CONNECTION_OPTIONS } from "../client/connection.ts";
import { EXIT, usageError } from "../command.ts";
import type { Arguments, Command } from "../command.ts";
import { oneLine, print, table } from "../terminal.ts";

export const extractorsCommand: Command = {
  name: "extractors",
  summary: "Lists what documents can be read as; adds, shows and deletes extractors of your own.",
  usage: "[add SCHEMA.json [--name NAME] [--title TEXT] | show NAME[@VERSION] | delete NAME] [--json]",
  options: [
    { name: "name", value: "NAME", about: "what the extractor is called (the file's name unless told)" },
    { name: "title", value: "TEXT", about: "what people call it" },
    { name: "json", about: "print JSON" },
    ...CONNECTION_OPTIONS,
  ],
  run: async (input) => {
    const [verb = "list", operand, ...more] = input.positionals;
    if (more.length > 0 || (verb === "list") !== (operand === undefined)) throw usageError(USE);
    const work = VERBS[verb];
    if (!work) throw usageError(USE);
    const connection = await connect(input);
    try {
      await work(connection.client, input, operand ?? "");
      return EXIT.ok;
    } finally {
      await connection.close();
    }
  },
};

const USE = "use: extractors | extractors add SCHEMA.json | extractors show NAME | extractors delete NAME";

type Verb = (client: Client, input: Arguments, operand: string) => Promise<void>;

const VERBS: Readonly<Record<string, Verb>> = {
  list: async (client, input) => {
    const found = await client.extractors();
    if (input.flag("json")) await print(JSON.stringify(found));
    else await print(table(["name", "version", "kind", "title"], found.map(rowOf)));
  },
  show: async (client, _input, reference) =>
    print(JSON.stringify(await client.extractor(reference), null, 2)),
  add: async (client, input, file) => {
    const { extractor, added } = await client.addExtractor({
      name: input.text("name") ?? nameOf(file),
      title: input.text("title"),
      schema: await readSchema(file),
    });
    const what = `${extractor.name}@${extractor.version}`;
    if (input.flag("json")) await print(JSON.stringify(extractor));
    else await print(added ? `${what} is kept` : `${what} was there already`);
  },
  delete: async (client, input, name) => {
    await client.deleteExtractor(name);
    await print(input.flag("json") ? JSON.stringify({ deleted: name }) : `${name} is no longer offered`);
  },
};

function rowOf({ name, version, kind, title }: ExtractorView): string[] {
  return [name, String(version), kind === "custom" ? "your own" : "built in", oneLine(title, 40)];
}

function nameOf(file: string): string {
  return basename(file)
    .replace(/(?:\.schema)?\.json$/iu, "")
    .toLowerCase();
}

async function readSchema(file: string): Promise<Record<string, unknown>> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new AppError("not_found", `there is no file ${file}`);
  });
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new AppError("invalid_request", `${file} is not JSON: ${String(error)}`, { cause: error });
  }
}
