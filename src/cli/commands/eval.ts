import { access, readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { connect, CONNECTION_OPTIONS } from "../client/connection.ts";
import { readDocuments } from "../client/read-document.ts";
import type { DocumentLine } from "../client/read-document.ts";
import { EXIT, usageError } from "../command.ts";
import type { Arguments, Command } from "../command.ts";
import { DEFAULT_MAPPING, MappingFile, mergeMapping } from "../eval/mapping.ts";
import type { Mapping } from "../eval/mapping.ts";
import { printReport } from "../eval/print-report.ts";
import { report } from "../eval/report.ts";
import { ruleFor, scoreDocument } from "../eval/score.ts";
import type { DocumentScore } from "../eval/score.ts";
import { readTruth } from "../eval/truth.ts";
import type { TruthRow } from "../eval/truth.ts";
import { oneLine, print, Progress, table } from "../terminal.ts";
import { DEFAULT_CONCURRENCY } from "./extract.ts";

export const evaluate: Command = {
  name: "eval",
  summary: "Reads documents whose data is known, and measures what comes out, per kind and field.",
  usage: "TRUTH.jsonl [--root DIR] [--json] [--ignore-embedded] [--map FILE] [--from RESULTS.jsonl]",
  options: [
    {
      name: "root",
      value: "DIR",
      about: "where the truth's files stand (the truth's own folder unless told)",
    },
    { name: "json", about: "print the report as one JSON object" },
    { name: "errors", about: "also list every field that came out wrong or missing" },
    { name: "ignore-embedded", about: "leave attached XML aside: measure reading the page" },
    {
      name: "map",
      value: "FILE",
      about: "JSON that maps the truth's names to ours: fields, line_items, types",
    },
    {
      name: "from",
      value: "RESULTS.jsonl",
      about: "score what `extract --json` printed, without reading again",
    },
    { name: "only", value: "TEXT", about: "documents whose path or type holds TEXT" },
    { name: "limit", value: "N", about: "the first N documents" },
    { name: "concurrency", value: "N", about: `documents at a time (${DEFAULT_CONCURRENCY} unless told)` },
    ...CONNECTION_OPTIONS,
  ],
  run: async (input) => {
    const [truthFile, ...more] = input.positionals;
    if (truthFile === undefined || more.length > 0) throw usageError("name one TRUTH.jsonl");
    const mapping = await mappingOf(input);
    const root = input.text("root") ?? dirname(truthFile);
    const rows = selectRows(readTruth(await readInput(truthFile), truthFile), input);
    const { present, missing } = await locate(rows, root);
    const lines = await linesOf(input, present, root);
    const scores = present.flatMap((row) => {
      const line = lines.get(resolve(root, row.file));
      return line === undefined ? [] : [scoreDocument(row, line, mapping)];
    });
    const summary = report(scores, {
      ignore_embedded: input.flag("ignore-embedded"),
      missing,
      unmapped: unmappedNames(present, mapping),
    });
    if (input.flag("json")) {
      await print(JSON.stringify(input.flag("errors") ? { ...summary, errors: mistakes(scores) } : summary));
    } else {
      if (input.flag("errors")) await print(`${mistakeTable(scores)}\n`);
      await print(printReport(summary));
    }
    return EXIT.ok;
  },
};

async function readInput(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw usageError(`${file} cannot be read`);
  }
}

async function mappingOf(input: Arguments): Promise<Mapping> {
  const file = input.text("map");
  if (file === undefined) return DEFAULT_MAPPING;
  const text = await readInput(file);
  try {
    return mergeMapping(MappingFile.parse(JSON.parse(text)));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw usageError(`${file} is no mapping: ${why}`);
  }
}

function selectRows(rows: readonly TruthRow[], input: Arguments): TruthRow[] {
  const only = input.text("only");
  const limit = input.integer("limit", { min: 1, max: 1_000_000 }) ?? rows.length;
  return rows
    .filter((row) => row.has_file !== false)
    .filter((row) => only === undefined || row.file.includes(only) || row.type === only)
    .slice(0, limit);
}

async function locate(
  rows: readonly TruthRow[],
  root: string,
): Promise<{ present: TruthRow[]; missing: string[] }> {
  const found = await Promise.all(
    rows.map((row) =>
      access(resolve(root, row.file)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return {
    present: rows.filter((_, index) => found[index] === true),
    missing: rows.filter((_, index) => found[index] !== true).map(({ file }) => file),
  };
}

/** What the platform makes of the files, by their whole path: read now, or taken from a file of results. */
async function linesOf(
  input: Arguments,
  rows: readonly TruthRow[],
  root: string,
): Promise<Map<string, DocumentLine>> {
  const lines = new Map<string, DocumentLine>();
  const results = input.text("from");
  if (results !== undefined) {
    for (const text of (await readInput(results)).split("\n")) {
      if (text.trim() === "") continue;
      const line = JSON.parse(text) as DocumentLine;
      lines.set(resolve(line.file), line);
      lines.set(resolve(root, line.file), line);
    }
    return lines;
  }
  const files = [...new Set(rows.map((row) => resolve(root, row.file)))];
  const progress = new Progress("read", files.length);
  const concurrency = input.integer("concurrency", { min: 1, max: 64 }) ?? DEFAULT_CONCURRENCY;
  const connection = await connect(input);
  try {
    await readDocuments(
      connection.client,
      files,
      { text: rows.some(({ text }) => text), concurrency, pageOnly: input.flag("ignore-embedded") },
      async (line) => void lines.set(line.file, line),
      (file) => progress.step(file),
    );
  } finally {
    progress.clear();
    await connection.close();
  }
  return lines;
}

function unmappedNames(rows: readonly TruthRow[], mapping: Mapping): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) {
    for (const name of Object.keys(row.fields)) {
      if (ruleFor(name, row, mapping) === undefined) counts[name] = (counts[name] ?? 0) + 1;
    }
  }
  return counts;
}

interface Mistake {
  readonly file: string;
  readonly field: string;
  readonly truth: string | null;
  readonly given: string | null;
}

function mistakes(scores: readonly DocumentScore[]): Mistake[] {
  return scores.flatMap(({ file, fields }) =>
    fields
      .filter(({ truth, given, right }) => (truth === null ? given !== null : !right))
      .map(({ name, truth, given }) => ({ file, field: name, truth, given })),
  );
}

function mistakeTable(scores: readonly DocumentScore[]): string {
  const rows = mistakes(scores).map(({ file, field, truth, given }) => [
    file.length <= 48 ? file : `…${file.slice(-47)}`,
    field,
    oneLine(truth ?? "(none)", 40),
    oneLine(given ?? "(missing)", 40),
  ]);
  return table(["file", "field", "truth", "given"], rows);
}
