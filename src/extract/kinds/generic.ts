import { z } from "zod";
import type { ParsedPage, Table, Warning } from "../../model/parsed.ts";
import type { Extractor } from "../define.ts";
import type { Cited, DraftValue } from "../engine/draft.ts";
import { ENTITY_KINDS, findEntities, MAX_ENTITIES } from "../engine/entities.ts";
import type { Reading } from "../engine/reading.ts";
import { textOf, wordsOf } from "../engine/view.ts";

const GenericKeyValue = z.object({ key: z.string(), value: z.string() });

const GenericTable = z.object({
  columns: z
    .array(z.string().nullable())
    .meta({ description: "Names from the table's header row, if it has one" }),
  rows: z
    .array(z.array(z.string().nullable()))
    .meta({ description: "Cells by row and column; null where one is empty" }),
});

const GenericEntity = z.object({
  kind: z.enum(ENTITY_KINDS),
  value: z.string().meta({ description: "ISO 8601 for dates, a decimal string for money" }),
  currency: z.string().optional(),
});

/** What any document gives: its title, labels with values, tables, and what tells its kind by its form. */
export const GenericData = z.object({
  title: z.string().optional(),
  key_values: z.array(GenericKeyValue),
  tables: z.array(GenericTable),
  entities: z.array(GenericEntity),
});
export type GenericData = z.infer<typeof GenericData>;

export const generic = {
  kind: "generic",
  version: 2,
  title: "Any document",
  schema: GenericData,
  required: [],
  draft: draftGeneric,
} as const satisfies Extractor;

/** Data that is complete, and the drafts that its evidence is made from: one for every value. */
export interface GenericDraft {
  readonly data: GenericData;
  readonly values: readonly DraftValue[];
  readonly warnings: readonly Warning[];
}

const MAX_KEY_VALUES = 300;
const MAX_TABLES = 40;
const MAX_CELLS = 4_000;
const MAX_TITLE_WORDS = 14;

/** Reads a document of no known type. Pure; only what is printed is given. */
export function draftGeneric(reading: Reading): GenericDraft {
  const { pages } = reading.view.parsed;
  const values: DraftValue[] = [];
  const title = draftTitle(pages[0], values);
  const data = {
    ...(title === null ? {} : { title }),
    key_values: draftKeyValues(pages, values),
    tables: draftTables(pages, values),
    entities: draftEntities(reading, values),
  };
  return { data, values, warnings: warnOfCuts(pages, data) };
}

/** Says what a document has more of than is given. */
function warnOfCuts(pages: readonly ParsedPage[], data: GenericData): Warning[] {
  const tables = pages.flatMap((page) => page.tables.filter((table) => isTable(table)));
  const rows = tables.reduce((sum, table) => sum + table.rows - namesOf(table), 0);
  const cuts = [
    cutOf(
      "labels with values",
      data.key_values.length,
      count(pages, ({ key_values }) => key_values.length),
    ),
    cutOf("tables", data.tables.length, tables.length),
    cutOf(
      "rows of tables",
      data.tables.reduce((sum, table) => sum + table.rows.length, 0),
      rows,
    ),
    data.entities.length < MAX_ENTITIES ? null : `the first ${MAX_ENTITIES} dates, amounts and contacts`,
  ].filter((cut) => cut !== null);
  if (cuts.length === 0) return [];
  const message = `Only ${cuts.join(", ")} are given: the document's layout has all.`;
  return [{ code: "values_left_out", message }];
}

function cutOf(what: string, given: number, found: number): string | null {
  return given < found ? `${given} of ${found} ${what}` : null;
}

function count(pages: readonly ParsedPage[], of: (page: ParsedPage) => number): number {
  return pages.reduce((sum, page) => sum + of(page), 0);
}

/** The largest print in the upper third of the first page, when it is larger than the rest. */
function draftTitle(page: ParsedPage | undefined, values: DraftValue[]): string | null {
  if (!page) return null;
  const heights = page.words.map((word) => word.bbox[3] - word.bbox[1]).toSorted((a, b) => a - b);
  const usual = heights[heights.length >> 1] ?? 0;
  let best: { text: string; words: number[]; height: number } | null = null;
  for (const line of page.lines) {
    const words = range(line.words[0], line.words[1]);
    const text = page.text.slice(line.span[0], line.span[0] + line.span[1]);
    const own = words
      .map((index) => page.words[index]?.bbox)
      .map((box) => (box ? box[3] - box[1] : 0))
      .toSorted((a, b) => a - b);
    const height = own[own.length >> 1] ?? 0;
    if (line.bbox[1] > 0.34 || words.length > MAX_TITLE_WORDS || !/\p{L}{3}/u.test(text)) continue;
    if (height > 1.25 * usual && height > 1.05 * (best?.height ?? 0)) best = { text, words, height };
  }
  if (!best) return null;
  values.push({ pointer: "/title", value: best.text, cited: citeLines(page, best.words), confidence: 0.6 });
  return best.text;
}

function draftKeyValues(pages: readonly ParsedPage[], values: DraftValue[]): GenericData["key_values"] {
  const found: GenericData["key_values"] = [];
  for (const page of pages) {
    for (const pair of page.key_values) {
      if (found.length >= MAX_KEY_VALUES) return found;
      const at = `/key_values/${found.length}`;
      const sure = 0.8 * confidenceOf(page, [...pair.key_words, ...pair.value_words]);
      values.push(
        {
          pointer: `${at}/key`,
          value: pair.key,
          cited: citeText(page, pair.key_words, pair.key),
          confidence: sure,
        },
        {
          pointer: `${at}/value`,
          value: pair.value,
          cited: citeText(page, pair.value_words, pair.value),
          confidence: sure,
          ...(pair.path === undefined ? {} : { place: { xpath: pair.path } }),
        },
      );
      found.push({ key: pair.key, value: pair.value });
    }
  }
  return found;
}

function isTable({ columns, rows }: Table): boolean {
  return columns >= 2 && rows >= 2;
}

/** Rows that name the columns. */
function namesOf(table: Table): 0 | 1 {
  return table.header_rows > 0 ? 1 : 0;
}

function draftTables(pages: readonly ParsedPage[], values: DraftValue[]): GenericData["tables"] {
  const found: GenericData["tables"] = [];
  let left = MAX_CELLS;
  for (const page of pages) {
    for (const table of page.tables) {
      if (!isTable(table)) continue;
      const rows = Math.min(table.rows, Math.floor(left / table.columns));
      if (found.length >= MAX_TABLES || rows < 2) return found;
      left -= rows * table.columns;
      found.push(draftTable(page, { ...table, rows }, `/tables/${found.length}`, values));
    }
  }
  return found;
}

function draftTable(
  page: ParsedPage,
  table: Table,
  at: string,
  values: DraftValue[],
): GenericData["tables"][number] {
  const names = namesOf(table);
  const columns = Array.from({ length: table.columns }, (): string | null => null);
  const rows = Array.from({ length: table.rows - names }, () =>
    Array.from({ length: table.columns }, (): string | null => null),
  );
  for (const cell of table.cells) {
    if (cell.text.trim() === "" || cell.column >= table.columns || cell.row >= table.rows) continue;
    const row = rows[cell.row - names];
    if (row) row[cell.column] = cell.text;
    else columns[cell.column] = cell.text;
    values.push({
      pointer: row ? `${at}/rows/${cell.row - names}/${cell.column}` : `${at}/columns/${cell.column}`,
      value: cell.text,
      cited: citeLines(page, cell.words),
      confidence: (table.ruled ? 0.9 : 0.75) * confidenceOf(page, cell.words),
    });
  }
  return { columns, rows };
}

function draftEntities(reading: Reading, values: DraftValue[]): GenericData["entities"] {
  return findEntities(reading).map(({ kind, value, currency, piece, confidence }, index) => {
    const cited = [{ page: piece.segment.page.number, words: wordsOf(piece), content: textOf(piece) }];
    const at = `/entities/${index}`;
    values.push({ pointer: `${at}/kind`, value: kind, cited, confidence, derived: true });
    values.push({ pointer: `${at}/value`, value, cited, confidence });
    if (currency === null) return { kind, value };
    values.push({ pointer: `${at}/currency`, value: currency, cited, confidence, derived: true });
    return { kind, value, currency };
  });
}

/** Cites words by their printed lines. */
function citeLines(page: ParsedPage, words: readonly number[]): Cited[] {
  const cited: { page: number; words: number[]; content: string }[] = [];
  let line = -1;
  for (const index of words.toSorted((a, b) => a - b)) {
    const text = page.words[index]?.text ?? "";
    const own = lineOf(page, index);
    const last = cited.at(-1);
    if (last && own === line) {
      last.words.push(index);
      last.content += ` ${text}`;
    } else {
      cited.push({ page: page.number, words: [index], content: text });
      line = own;
    }
  }
  return cited;
}

/** Cites a text that may be a part of its words (`Label:` without the colon). */
function citeText(page: ParsedPage, words: readonly number[], text: string): Cited[] {
  const lines = citeLines(page, words);
  const [only] = lines;
  return lines.length === 1 && only?.content.includes(text) ? [{ ...only, content: text }] : lines;
}

/** The line that holds a word: lines are in the order of their words. */
function lineOf(page: ParsedPage, index: number): number {
  let [low, high] = [0, page.lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((page.lines[middle]?.words[1] ?? Infinity) <= index) low = middle + 1;
    else high = middle;
  }
  return low;
}

function confidenceOf(page: ParsedPage, words: readonly number[]): number {
  let sum = 0;
  for (const index of words) sum += page.words[index]?.confidence ?? 0;
  return words.length === 0 ? 0 : sum / words.length;
}

function range(from: number, behind: number): number[] {
  return Array.from({ length: Math.max(0, behind - from) }, (_, i) => from + i);
}
