import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import type { Reading } from "../engine/reading.ts";
import { type Piece, readConfidence, type Row } from "../engine/view.ts";
import type { Compiled } from "./compile.ts";
import { compileRows, type CompiledRows } from "./compile-rows.ts";
import type { DeclaredRows } from "./declaration.ts";
import { yearsOf } from "./partial-dates.ts";
import { type Entry, readBody } from "./row-bodies.ts";
import type { Head } from "./row-heads.ts";
import { readLists } from "./row-lists.ts";
import { termsOf } from "./terms.ts";

/** What was read of the lists: their values, and which of the declared rows were found. */
export interface ReadRows {
  readonly values: readonly DraftValue[];
  readonly found: ReadonlySet<number>;
  /** What stands in the entries: no place of a single value. */
  readonly pieces: readonly Piece[];
  /** The heads that entries were read under; others name no columns. */
  readonly heads: readonly Head[];
}

const LABEL_FROM = 0.7;
const MAX_ENTRIES = 2_000;

/** The declared lists and tables. `end` is the last day that the document speaks of, where it is known. */
export function readRows(
  reading: Reading,
  compiled: Compiled,
  heads: readonly Head[],
  end: string | null,
): ReadRows {
  const { declaration } = compiled;
  if (declaration.rows.length === 0) return { values: [], found: new Set(), pieces: [], heads: [] };
  const rows = compileRows(declaration);
  const { entries, used } = readTables(reading, compiled, rows, heads, end);
  const values: DraftValue[] = [];
  for (const [position, list] of entries) {
    const declared = declaration.rows[position];
    if (declared) values.push(...draftEntries(declared, list));
  }
  const lists = readLists(reading, rows, new Set(entries.keys()));
  return {
    values: [...values, ...lists.values],
    found: new Set([...entries.keys(), ...lists.found]),
    pieces: [...entries.values()]
      .flat()
      .flatMap((entry) => [...entry.values()].flatMap(({ pieces }) => pieces)),
    heads: used,
  };
}

function readTables(
  reading: Reading,
  compiled: Compiled,
  rows: CompiledRows,
  heads: readonly Head[],
  end: string | null,
): { entries: Map<number, Entry[]>; used: Head[] } {
  const headRows = new Set(heads.map(({ row }) => row));
  const years = yearsOf(reading, end);
  const found = new Map<number, Entry[]>();
  const used: Head[] = [];
  for (const head of heads) {
    const declared = rows.rows[head.rows];
    if (!declared) continue;
    const isSummary = (text: string): boolean => summarises(compiled, text);
    const isTitle = (row: Row): boolean => titles(rows, row);
    const isLabelled = (row: Row): boolean => labelled(reading, compiled, declared, row);
    const entries = readBody(reading, head, {
      declared,
      years,
      heads: headRows,
      isSummary,
      isLabelled,
      isTitle,
    });
    const list = found.get(head.rows) ?? [];
    list.push(...entries.filter((entry) => keeps(entry, declared, head)));
    if (entries.length > 0) used.push(head);
    if (list.length > 0) found.set(head.rows, list.slice(0, MAX_ENTRIES));
  }
  return { entries: found, used };
}

/** In a table of two kinds (earnings beside deductions) an entry is of the kind whose column it fills. */
function keeps(entry: Entry, declared: DeclaredRows, head: Head): boolean {
  const main = declared.columns.findIndex(
    ({ kind }, column) => kind === "money" && head.cells.some((cell) => cell.column === column),
  );
  const money = declared.columns.filter(({ kind }) => kind === "money").length;
  return main < 0 || money > 2 || entry.has(main) || [...entry.keys()].some((column) => column > main);
}

/** Whether a row is nothing but the heading of a list. */
function titles(rows: CompiledRows, row: Row): boolean {
  const [segment, second] = row.segments;
  if (!segment || second || segment.text.length > 60 || /\d/.test(segment.text)) return false;
  return (rows.titles.match(segment.text.replace(/[:：]\s*$/u, ""))[0]?.score ?? 0) >= 0.9;
}

const SUMS: ReadonlySet<string> = new Set(["balance", "total", "opening", "gross", "net"]);

/** Whether a text is the label of a declared amount that sums up: a balance, a total. */
function summarises(compiled: Compiled, text: string): boolean {
  const [label = "", behind] = text.split(/[:：]/u);
  if (behind === undefined && !termsOf(label).some((term) => SUMS.has(term))) return false;
  return compiled.labels
    .match(label.trim())
    .some(({ entry, score }) => score >= 0.85 && compiled.declaration.fields[entry]?.kind === "money");
}

/** A row that a single value's label opens; lists with amounts tell their foot by its sums. */
function labelled(reading: Reading, compiled: Compiled, { columns }: DeclaredRows, row: Row): boolean {
  if (columns.some(({ kind }) => kind === "money")) return false;
  const [first] = row.segments;
  const label = first && reading.labels.get(first)?.find(({ piece, colon }) => colon && piece.start === 0);
  if (!first || !label) return false;
  const text = first.text.slice(label.piece.start, label.piece.end);
  return compiled.labels.match(text).some(({ score }) => score >= LABEL_FROM);
}

function draftEntries(declared: DeclaredRows, entries: readonly Entry[]): DraftValue[] {
  return entries.flatMap((entry, index) =>
    [...entry].flatMap(([column, found]) => {
      const field = declared.columns[column];
      const [piece] = found.pieces;
      if (!field || !piece) return [];
      return {
        pointer: `${declared.pointer}/${index}${field.pointer}`,
        value: found.value,
        cited: found.pieces.map((part) => cite(part)),
        confidence: 0.9 * found.fit * (0.4 + 0.6 * readConfidence(piece)),
      };
    }),
  );
}
