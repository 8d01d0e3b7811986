import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Client } from "../client/client.ts";
import { connect, CONNECTION_OPTIONS } from "../client/connection.ts";
import { readDocuments } from "../client/read-document.ts";
import { EXIT, usageError } from "../command.ts";
import type { Command } from "../command.ts";
import { layoutName } from "../eval/layouts.ts";
import { note, print, Progress } from "../terminal.ts";
import { DEFAULT_CONCURRENCY } from "./extract.ts";

export const layout: Command = {
  name: "layout",
  summary: "Parses documents and prints what their values are looked for in: pages, words, lines, tables.",
  usage: "FILE... [--out DIR] [--root DIR] [--url URL --key KEY]",
  options: [
    { name: "out", value: "DIR", about: "write DIR/<file>.json for each FILE instead of printing it" },
    {
      name: "root",
      value: "DIR",
      about: "keep the files' paths below DIR in the names (as `eval --layouts` looks for them)",
    },
    {
      name: "password",
      value: "TEXT",
      about: "opens protected files (or DOCKET_PASSWORD in the environment)",
    },
    { name: "concurrency", value: "N", about: `documents at a time (${DEFAULT_CONCURRENCY} unless told)` },
    ...CONNECTION_OPTIONS,
  ],
  run: async (input) => {
    const files = input.positionals;
    if (files.length === 0) throw usageError("name at least one FILE");
    const out = input.text("out");
    const root = input.text("root");
    const names = files.map((file) => layoutName(file, root));
    if (out !== undefined && new Set(names).size < names.length)
      throw usageError("files of one name need --root, which keeps their paths");
    const concurrency = input.integer("concurrency", { min: 1, max: 64 }) ?? DEFAULT_CONCURRENCY;
    const password = input.text("password") ?? process.env["DOCKET_PASSWORD"];
    const connection = await connect(input);
    const progress = new Progress("parsed", files.length);
    let failed = 0;
    try {
      await readDocuments(
        connection.client,
        files,
        { text: false, password, concurrency },
        async (line, index) => {
          if (line.id === null || line.error !== null) {
            failed += 1;
            progress.clear();
            return note(`${line.file}: ${line.error?.message ?? line.status}`);
          }
          const target = out === undefined ? null : join(out, names[index] ?? "");
          await give(connection.client, line.id, target);
        },
        (file) => progress.step(file),
      );
    } finally {
      progress.clear();
      await connection.close();
    }
    return failed > 0 ? EXIT.failed : EXIT.ok;
  },
};

async function give(client: Client, id: string, target: string | null): Promise<void> {
  const json = await client.layout(id);
  if (target === null) return print(json);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, json);
}
