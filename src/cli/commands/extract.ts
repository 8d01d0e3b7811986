import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { BuiltInType } from "../../extract/registry.ts";
import type { DocumentType } from "../../model/extraction.ts";
import type { Client } from "../client/client.ts";
import { connect, CONNECTION_OPTIONS } from "../client/connection.ts";
import type { Connection } from "../client/connection.ts";
import { failedLine, readDocuments } from "../client/read-document.ts";
import type { DocumentLine } from "../client/read-document.ts";
import { EXIT, isUsageError, usageError } from "../command.ts";
import type { Arguments, Command } from "../command.ts";
import { describe } from "../document-table.ts";
import { print, Progress } from "../terminal.ts";

/** Uploads and waiting overlap; the reading itself is the platform's to order. */
export const DEFAULT_CONCURRENCY = 4;

export const extract: Command = {
  name: "extract",
  summary: "Reads documents and prints their data. Exit code 1 when any of them failed.",
  usage: "FILE... [--json] [--type T] [--url URL --key KEY] [--out DIR]",
  options: [
    { name: "json", about: "print one JSON line for each FILE, in order" },
    { name: "text", about: "add each document's text to its JSON" },
    { name: "type", value: "TYPE", about: `take the documents for: ${BuiltInType.options.join(", ")}` },
    { name: "extractor", value: "NAME", about: "read them by an extractor of your own (docket extractors)" },
    {
      name: "password",
      value: "TEXT",
      about: "opens protected files (or DOCKET_PASSWORD in the environment)",
    },
    { name: "no-split", about: "keep a file of several documents whole" },
    { name: "members", about: "with --json: also the lines of the documents found inside, as `documents`" },
    { name: "tag", value: "TAG", multiple: true, about: "tag the documents" },
    { name: "out", value: "DIR", about: "also write DIR/<file name>.json for each FILE" },
    { name: "concurrency", value: "N", about: `documents at a time (${DEFAULT_CONCURRENCY} unless told)` },
    ...CONNECTION_OPTIONS,
  ],
  run: async (input) => {
    const files = input.positionals;
    if (files.length === 0) throw usageError("name at least one FILE");
    const options = {
      type: typeOf(input),
      extractor: input.text("extractor"),
      tags: input.list("tag"),
      text: input.flag("text"),
      keepWhole: input.flag("no-split"),
      password: input.text("password") ?? process.env["DOCKET_PASSWORD"],
      // People see what is inside; a program asks for it.
      members: input.flag("members") || !input.flag("json"),
      concurrency: input.integer("concurrency", { min: 1, max: 64 }) ?? DEFAULT_CONCURRENCY,
    };
    const out = input.text("out");
    if (out !== undefined) await mkdir(out, { recursive: true });
    const write = out === undefined ? async () => undefined : writerInto(out);
    const connection = await connectOrReport(input, files);
    if (connection === null) return EXIT.failed;
    try {
      return await extractAll(connection.client, files, options, input.flag("json"), write);
    } finally {
      await connection.close();
    }
  },
};

/** Without a platform no file can be read: with `--json` each still gets its line. */
async function connectOrReport(input: Arguments, files: readonly string[]): Promise<Connection | null> {
  try {
    return await connect(input);
  } catch (error) {
    if (isUsageError(error) || !input.flag("json")) throw error;
    for (const file of files) await print(JSON.stringify(failedLine(file, null, error)));
    return null;
  }
}

async function extractAll(
  client: Client,
  files: readonly string[],
  options: Parameters<typeof readDocuments>[2],
  json: boolean,
  write: (line: DocumentLine) => Promise<void>,
): Promise<number> {
  const progress = new Progress("read", files.length);
  let failed = 0;
  const onLine = async (line: DocumentLine): Promise<void> => {
    if (line.status !== "completed" && line.status !== "partial") failed += 1;
    await write(line);
    progress.clear();
    await print(json ? JSON.stringify(line) : `${describe(line)}\n`);
  };
  await readDocuments(client, files, options, onLine, (file) => progress.step(file));
  progress.clear();
  return failed > 0 ? EXIT.failed : EXIT.ok;
}

/** @throws AppError for a type that there is no extractor for */
export function typeOf(input: Arguments): DocumentType | undefined {
  const text = input.text("type");
  if (text === undefined) return undefined;
  const type = BuiltInType.safeParse(text);
  if (!type.success) throw usageError(`--type takes one of ${BuiltInType.options.join(", ")}, not ${text}`);
  return type.data;
}

/** Writes lines into a folder, one file each; equal names are told apart by a number. */
function writerInto(folder: string): (line: DocumentLine) => Promise<void> {
  const used = new Map<string, number>();
  return async (line) => {
    const name = basename(line.file);
    const count = (used.get(name) ?? 0) + 1;
    used.set(name, count);
    const file = count === 1 ? `${name}.json` : `${name}.${count}.json`;
    await writeFile(join(folder, file), `${JSON.stringify(line, null, 2)}\n`);
  };
}
