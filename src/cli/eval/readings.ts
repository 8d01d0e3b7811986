import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { documentText, ParsedDocument } from "../../model/parsed.ts";
import type { Client } from "../client/client.ts";
import { readDocuments, type DocumentLine } from "../client/read-document.ts";
import { usageError } from "../command.ts";
import { Progress } from "../terminal.ts";
import { layoutName } from "./layouts.ts";
import { fromTextLines, fromWordsFile } from "./perfect-reading.ts";
import type { TruthRow } from "./truth.ts";
import { understand } from "./understand.ts";

/** What came out of one document of a truth file. `layout` is null where it is not known. */
export interface Reading {
  readonly row: TruthRow;
  readonly line: DocumentLine;
  readonly layout: ParsedDocument | null;
  /** What it was read from, where that is not the file. */
  readonly medium?: string;
}

/** What a truth's own words come to: the figures of extraction alone, with nothing misread. */
export async function readTruthWords(rows: readonly TruthRow[], root: string): Promise<Reading[]> {
  const readings = await inOrder(rows, async (row) => {
    if (row.words !== undefined && row.words !== null)
      return fromWordsFile(await readFile(resolve(root, row.words), "utf8"));
    return row.text ? fromTextLines(row.text) : null;
  });
  return readings.map((reading) =>
    Object.assign({}, reading, { medium: reading.row.words ? "words" : "text" }),
  );
}

/** What layouts that were kept (`docket layout --out`) come to, without parsing again. */
export async function readLayouts(
  rows: readonly TruthRow[],
  { root, folder, pageOnly }: { root: string; folder: string; pageOnly: boolean },
): Promise<Reading[]> {
  const readings = await inOrder(rows, async (row) => {
    const layout = await keptLayout(folder, row, root);
    return layout && pageOnly ? { ...layout, structured: [] } : layout;
  });
  if (readings.length === 0) throw usageError(`${folder} holds no layout of these documents`);
  return readings;
}

/** Null where there is none. @throws AppError for one that is no layout */
export async function keptLayout(
  folder: string,
  row: TruthRow,
  root: string,
): Promise<ParsedDocument | null> {
  const file = join(folder, layoutName(resolve(root, row.file), root));
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return null;
  const layout = ParsedDocument.safeParse(JSON.parse(text));
  if (!layout.success) throw usageError(`${file} is no layout`);
  return layout.data;
}

async function inOrder(
  rows: readonly TruthRow[],
  layoutOf: (row: TruthRow) => Promise<ParsedDocument | null>,
): Promise<Reading[]> {
  const readings: Reading[] = [];
  const progress = new Progress("understood", rows.length);
  for (const row of rows) {
    const layout = await layoutOf(row);
    if (layout) readings.push({ row, line: await understand(row.file, layout), layout });
    progress.step(row.file);
  }
  progress.clear();
  return readings;
}

/** What a platform makes of the files themselves. */
export async function readThroughPlatform(
  client: Client,
  rows: readonly TruthRow[],
  options: { readonly root: string; readonly concurrency: number; readonly pageOnly: boolean },
): Promise<Reading[]> {
  const files = [...new Set(rows.map((row) => resolve(options.root, row.file)))];
  const found = new Map<string, Omit<Reading, "row">>();
  const progress = new Progress("read", files.length);
  await readDocuments(
    client,
    files,
    { text: false, concurrency: options.concurrency, pageOnly: options.pageOnly },
    async (line) => {
      const layout = line.id === null || line.data === null ? null : await layoutOf(client, line.id);
      const text = layout ? documentText(layout.pages) : null;
      found.set(line.file, { line: { ...line, text }, layout });
    },
    (file) => progress.step(file),
  );
  progress.clear();
  return rows.flatMap((row) => {
    const reading = found.get(resolve(options.root, row.file));
    return reading ? [{ row, ...reading }] : [];
  });
}

/** A platform of another version may have no layout to give. */
async function layoutOf(client: Client, id: string): Promise<ParsedDocument | null> {
  const json = await client.layout(id).catch(() => null);
  return json === null ? null : (ParsedDocument.safeParse(JSON.parse(json)).data ?? null);
}

/** What `extract --json` printed, document by document. */
export async function readResultLines(
  text: string,
  rows: readonly TruthRow[],
  { root, folder }: { readonly root: string; readonly folder: string | undefined },
): Promise<Reading[]> {
  const lines = new Map<string, DocumentLine>();
  for (const entry of text.split("\n")) {
    if (entry.trim() === "") continue;
    const line = JSON.parse(entry) as DocumentLine;
    lines.set(resolve(line.file), line);
    lines.set(resolve(root, line.file), line);
  }
  const readings: Reading[] = [];
  for (const row of rows) {
    const line = lines.get(resolve(root, row.file));
    if (!line) continue;
    readings.push({ row, line, layout: folder === undefined ? null : await keptLayout(folder, row, root) });
  }
  return readings;
}
