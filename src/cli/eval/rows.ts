import type { EvidenceMap } from "../../model/extraction.ts";
import { assign } from "./assignment.ts";
import type { FieldScore } from "./field-score.ts";
import type { FieldRule, Mapping } from "./mapping.ts";
import { agrees } from "./normalise.ts";
import { scalarText } from "../leaves.ts";
import { findValues } from "./pointers.ts";

/** Values in the rows of one list of one document: right, given and in the truth, after the best matching of rows. */
export interface RowCounts {
  readonly right: number;
  readonly given: number;
  readonly truth: number;
}

/** A list's counts, and each value of its rows. */
export interface RowScore {
  readonly counts: RowCounts;
  readonly cells: readonly FieldScore[];
}

/** A value of a row of the truth, and where in a row of ours it stands. */
export interface TruthCell {
  readonly name: string;
  readonly rule: FieldRule;
  readonly value: string;
}

/** The list of a result that is scored: its place in the data, its rows and the data's evidence. */
export interface GivenRows {
  readonly pointer: string;
  readonly rows: readonly unknown[];
  readonly evidence: EvidenceMap;
}

/** The truth's lines in the names of a mapping; a name that it does not know is left out. */
export function lineCells(lines: readonly unknown[], mapping: Mapping): TruthCell[][] {
  return lines.map((line) => cellsOf(line, mapping)).filter((cells) => cells.length > 0);
}

function cellsOf(line: unknown, mapping: Mapping): TruthCell[] {
  if (line === null || typeof line !== "object") return [];
  const cells = new Map<string, TruthCell>();
  for (const [name, value] of Object.entries(line)) {
    const rule = Object.hasOwn(mapping.lines, name) ? mapping.lines[name] : undefined;
    const place = rule?.pointers[0];
    if (rule === undefined || place === undefined || cells.has(place)) continue;
    const text = scalarText(value);
    if (text !== null) cells.set(place, { name: place.slice(1), rule, value: text });
  }
  return [...cells.values()];
}

/**
 * Line item recognition as DocILE measures it (LIR), for any list: rows are paired so that the most values agree;
 * only the columns that the truth speaks of are counted. Null when the truth has no rows.
 */
export function scoreRows(truth: readonly (readonly TruthCell[])[], given: GivenRows): RowScore | null {
  if (truth.length === 0) return null;
  const weights = truth.map((cells) =>
    given.rows.map((row) => cells.filter((cell) => found(row, cell, true) !== undefined).length),
  );
  const columns = new Map(truth.flat().map((cell) => [cell.name, cell]));
  const partners = assign(weights);
  const used = new Set<number>(partners.filter((index) => index >= 0));
  // What agrees in nothing is still the likeliest reading of a row that has no other.
  const free = given.rows.map((_, index) => index).filter((index) => !used.has(index));
  const cells: FieldScore[] = [];
  truth.forEach((expected, index) => {
    const chosen = partners[index] ?? -1;
    const partner = chosen >= 0 ? chosen : free.shift();
    cells.push(...scoreRow(expected, columns, given, partner));
  });
  for (const index of free) cells.push(...scoreRow([], columns, given, index));
  return { counts: countCells(cells), cells };
}

function countCells(cells: readonly FieldScore[]): RowCounts {
  return {
    right: cells.filter(({ right }) => right).length,
    given: cells.filter((cell) => cell.given !== null).length,
    truth: cells.filter((cell) => cell.truth !== null).length,
  };
}

/** Every column's value in one row; a column that the truth's row lacks counts when it is given. */
function scoreRow(
  expected: readonly TruthCell[],
  columns: ReadonlyMap<string, TruthCell>,
  given: GivenRows,
  index: number | undefined,
): FieldScore[] {
  const row = index === undefined ? null : given.rows[index];
  const known = new Map(expected.map((cell) => [cell.name, cell]));
  return [...columns.values()].flatMap((column): FieldScore[] => {
    const cell = known.get(column.name);
    const agreeing = cell && found(row, cell, true);
    const shown = agreeing ?? found(row, cell ?? column, false);
    if (!cell && !shown) return [];
    const pointer = shown === undefined ? null : `${given.pointer}/${index}${shown.pointer}`;
    const evidence = pointer === null ? undefined : given.evidence[pointer];
    return [
      {
        name: `${given.pointer.slice(1).replaceAll("/", ".")}[].${column.name}`,
        compare: column.rule.compare,
        truth: cell?.value ?? null,
        given: shown?.value ?? null,
        exact: cell !== undefined && (shown?.value === cell.value || evidence?.content === cell.value),
        right: agreeing !== undefined,
        ungrounded: evidence?.grounded === false,
        pointer,
        confidence: evidence?.confidence ?? null,
        readable: null,
      },
    ];
  });
}

function found(
  row: unknown,
  { rule, value }: TruthCell,
  agreeing: boolean,
): { pointer: string; value: string } | undefined {
  const all = rule.pointers.flatMap((pointer) => findValues(row, pointer));
  return agreeing ? all.find((entry) => agrees(rule.compare, value, entry.value)) : all[0];
}
