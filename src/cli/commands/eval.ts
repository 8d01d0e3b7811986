import { access, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { z } from "zod";
import { connect, CONNECTION_OPTIONS } from "../client/connection.ts";
import type { Connection } from "../client/connection.ts";
import { EXIT, usageError } from "../command.ts";
import type { Arguments, Command } from "../command.ts";
import { DEFAULT_MAPPING, MappingFile, mergeMapping } from "../eval/mapping.ts";
import type { Mapping } from "../eval/mapping.ts";
import { measureMemory, memoryMistakes, printMemory } from "../eval/memory.ts";
import { readLayouts, readResultLines, readThroughPlatform, readTruthWords } from "../eval/readings.ts";
import type { Reading } from "../eval/readings.ts";
import type { Grouping } from "../eval/groups.ts";
import { printReport } from "../eval/print-report.ts";
import { report } from "../eval/report.ts";
import type { Report } from "../eval/report.ts";
import { ruleFor, scoreDocument } from "../eval/score.ts";
import type { DocumentScore } from "../eval/score.ts";
import { drawThrough } from "../eval/html/draw-page.ts";
import { composeReport } from "../eval/html/write-report.ts";
import type { DrawPage, Scored } from "../eval/html/write-report.ts";
import { mistakes } from "../eval/mistakes.ts";
import { readTruth } from "../eval/truth.ts";
import type { TruthRow } from "../eval/truth.ts";
import { oneLine, print, Progress, table } from "../terminal.ts";
import { DEFAULT_CONCURRENCY } from "./extract.ts";

async function showMemory(input: Arguments, rows: readonly TruthRow[], root: string): Promise<number> {
  const folder = input.text("layouts");
  if (folder === undefined) throw usageError("--memory works on kept layouts: name them by --layouts DIR");
  const found = await measureMemory(rows, { root, folder, everything: input.flag("everything") });
  if (input.flag("json")) await print(JSON.stringify(found));
  else {
    if (input.flag("errors")) await print(`${memoryMistakes(found)}\n`);
    await print(printMemory(found));
  }
  return EXIT.ok;
}

export const evaluate: Command = {
  name: "eval",
  summary: "Reads documents whose data is known, and measures what comes out, per kind and field.",
  usage:
    "TRUTH.jsonl [--root DIR] [--json] [--ignore-embedded] [--map FILE] [--words | --layouts DIR | --from RESULTS.jsonl]",
  options: [
    {
      name: "root",
      value: "DIR",
      about: "where the truth's files stand (the truth's own folder unless told)",
    },
    { name: "json", about: "print the report as one JSON object" },
    {
      name: "html",
      value: "FILE",
      about: "also write a page that shows every mistake beside its part of the page",
    },
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
    {
      name: "layouts",
      value: "DIR",
      about: "work on what `docket layout --root ROOT --out DIR` kept: nothing is parsed again",
    },
    { name: "words", about: "work on the truth's own words: what extraction makes of a perfect reading" },
    {
      name: "memory",
      about: "what one correction is worth for the next document of its issuer and layout; with --layouts",
    },
    {
      name: "everything",
      about: "with --memory: correct also what was right, and see what memory knows alone",
    },
    { name: "group", value: "BY", about: "also figures in which each issuer (or layout) weighs the same" },
    { name: "only", value: "TEXT", about: "documents whose path or type holds TEXT" },
    { name: "unseen", about: "only the rows that the truth marks as never to be trained on" },
    { name: "limit", value: "N", about: "the first N documents" },
    { name: "concurrency", value: "N", about: `documents at a time (${DEFAULT_CONCURRENCY} unless told)` },
    ...CONNECTION_OPTIONS,
  ],
  run: async (input) => {
    const platform = lazyConnection(input);
    try {
      return await evaluateAll(input, platform.open);
    } finally {
      await platform.close();
    }
  },
};

async function evaluateAll(input: Arguments, open: Open): Promise<number> {
  const [truthFile, ...more] = input.positionals;
  if (truthFile === undefined || more.length > 0) throw usageError("name one TRUTH.jsonl");
  const mapping = await mappingOf(input);
  const group = groupingOf(input);
  const root = input.text("root") ?? dirname(truthFile);
  const rows = selectRows(readTruth(await readInput(truthFile), truthFile), input);
  if (input.flag("memory")) return showMemory(input, rows, root);
  const { readings, missing } = await readAll(input, rows, root, open);
  const documents = readings.map((reading) => ({
    reading,
    score: scoreDocument(reading.row, reading.line, mapping, reading.medium),
  }));
  const scores = documents.map(({ score }) => score);
  const summary = report(scores, {
    ignore_embedded: input.flag("ignore-embedded"),
    missing,
    unmapped: unmappedNames(
      readings.map(({ row }) => row),
      mapping,
    ),
    group,
  });
  if (input.flag("json")) {
    await print(JSON.stringify(input.flag("errors") ? { ...summary, errors: mistakes(scores) } : summary));
  } else {
    if (input.flag("errors")) await print(`${mistakeTable(scores)}\n`);
    await print(printReport(summary));
  }
  const html = input.text("html");
  if (html !== undefined)
    await writeHtml(html, basename(truthFile), summary, documents, await drawing(input, root, open));
  return EXIT.ok;
}

type Open = () => Promise<Connection>;

/** A connection that is made when it is first needed: kept layouts and a truth's words need none. */
function lazyConnection(input: Arguments): { open: Open; close: () => Promise<void> } {
  let opened: Promise<Connection> | null = null;
  return {
    open: () => (opened ??= connect(input)),
    close: async () => (await opened)?.close(),
  };
}

/** Pages are drawn by the platform, unless only a truth's words are looked at, which have no page. */
async function drawing(input: Arguments, root: string, open: Open): Promise<DrawPage> {
  return input.flag("words") ? async () => null : drawThrough((await open()).client, root);
}

async function writeHtml(
  file: string,
  title: string,
  summary: Report,
  documents: readonly Scored[],
  draw: DrawPage,
): Promise<void> {
  const progress = new Progress("drawn", documents.length);
  const html = await composeReport(title, summary, documents, draw, (name) => progress.step(name));
  progress.clear();
  await writeFile(file, html);
}

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

/** @throws AppError for what documents are not put together by */
function groupingOf(input: Arguments): Grouping | undefined {
  const by = input.text("group");
  if (by === undefined || by === "issuer" || by === "layout") return by;
  throw usageError(`--group takes issuer or layout, not ${by}`);
}

function selectRows(rows: readonly TruthRow[], input: Arguments): TruthRow[] {
  const only = input.text("only");
  const limit = input.integer("limit", { min: 1, max: 1_000_000 }) ?? rows.length;
  return rows
    .filter((row) => (input.flag("words") ? hasWords(row) : row.has_file !== false))
    .filter((row) => !input.flag("unseen") || row.unseen === true)
    .filter((row) => only === undefined || row.file.includes(only) || row.type === only)
    .slice(0, limit);
}

/** Whether there is something to score in what its words come to. */
function hasWords({ words, text, fields, data }: TruthRow): boolean {
  return Boolean(words ?? text) && (Object.keys(fields).length > 0 || Boolean(data));
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

/** What there is to score, from where the options say, and the rows for which there is nothing. */
async function readAll(
  input: Arguments,
  rows: readonly TruthRow[],
  root: string,
  open: Open,
): Promise<{ readings: Reading[]; missing: string[] }> {
  const without = (readings: Reading[]): { readings: Reading[]; missing: string[] } => {
    const had = new Set(readings.map(({ row }) => row));
    return { readings, missing: rows.filter((row) => !had.has(row)).map(({ file }) => file) };
  };
  const pageOnly = input.flag("ignore-embedded");
  const folder = input.text("layouts");
  const results = input.text("from");
  if (input.flag("words")) return without(await readTruthWords(rows, root));
  if (results !== undefined)
    return without(await readResultLines(await readInput(results), rows, { root, folder }));
  if (folder !== undefined) return without(await readLayouts(rows, { root, folder, pageOnly }));
  const { present, missing } = await locate(rows, root);
  const concurrency = input.integer("concurrency", { min: 1, max: 64 }) ?? DEFAULT_CONCURRENCY;
  const { client } = await open();
  const readings = await readThroughPlatform(client, present, { root, concurrency, pageOnly });
  return { readings, missing };
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

function mistakeTable(scores: readonly DocumentScore[]): string {
  const rows = mistakes(scores).map(({ file, field, truth, given, confidence }) => [
    file.length <= 48 ? file : `…${file.slice(-47)}`,
    field,
    oneLine(truth ?? "(none)", 40),
    oneLine(given ?? "(missing)", 40),
    confidence === null ? "" : confidence.toFixed(2),
  ]);
  return table(["file", "field", "truth", "given", "conf."], rows);
}
