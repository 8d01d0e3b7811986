import type { BBox } from "../../model/geometry.ts";
import type { CompiledRows } from "./compile-rows.ts";
import type { DeclaredRows } from "./declaration.ts";
import type { RawCell } from "./head-cells.ts";

/** A column of a printed table: its head's box and which declared column it is, -1 for another one. */
export interface HeadCell {
  readonly box: BBox;
  readonly text: string;
  readonly column: number;
  readonly score: number;
}

const LEAST_COLUMN = 0.6;
/** How sure a title is to be one. */
export const TITLE_FROM = 0.82;

/** Which declared column each cell of a head is: best pairs first, each used once; types of what stands below count. */
export function matchCells(
  compiled: CompiledRows,
  declared: DeclaredRows,
  rows: number,
  run: readonly RawCell[],
): HeadCell[] {
  const pairs: { cell: number; column: number; score: number }[] = [];
  for (const [cell, { text, numeric }] of run.entries()) {
    for (const { entry, score } of compiled.columns.match(text)) {
      const place = compiled.place(entry);
      if (place.rows === rows) pairs.push({ cell, column: place.column, score });
    }
    const title = compiled.titles.match(text).find(({ entry }) => entry === rows);
    if (title && title.score >= TITLE_FROM) {
      const column = declared.columns.findIndex(({ kind }) =>
        numeric ? kind === "money" : kind === "text" || kind === "name",
      );
      if (column >= 0) pairs.push({ cell, column, score: title.score * 0.9 });
    }
  }
  const fits = pairs
    .filter(({ score }) => score >= LEAST_COLUMN)
    .map(({ cell, column, score }) => ({
      cell,
      column,
      score,
      rank: score * typeShare(declared, column, run[cell]),
    }))
    .sort((a, b) => b.rank - a.rank);
  const columns = new Map<number, { column: number; score: number }>();
  const used = new Set<number>();
  for (const { cell, column, score, rank } of fits) {
    if (columns.has(cell) || used.has(column) || rank < 0.5) continue;
    columns.set(cell, { column, score });
    used.add(column);
  }
  return run.map(({ box, text }, cell) => ({ box, text, column: -1, score: 0, ...columns.get(cell) }));
}

/** What a column without a known name is worth that its kind gives away. */
const BY_KIND = 0.45;

/** Gives the columns that no name told to the declared ones that are left, by what stands in them. */
export function completeCells(
  declared: DeclaredRows,
  named: readonly HeadCell[],
  run: readonly RawCell[],
  titles: readonly boolean[],
): HeadCell[] {
  const used = new Set(named.map(({ column }) => column));
  const free = (kinds: readonly string[]): number[] =>
    declared.columns.flatMap(({ kind }, column) =>
      kinds.includes(kind) && !used.has(column) ? [column] : [],
    );
  const open = named.flatMap(({ column }, cell) =>
    column < 0 && run[cell]?.kind.cents === true && titles[cell] !== true ? [cell] : [],
  );
  const amounts = moneyFor(
    declared,
    open.flatMap((cell) => run[cell] ?? []),
    free(["money"]),
  );
  return named.map((cell, at) => {
    const raw = run[at];
    if (cell.column >= 0 || !raw || titles[at] === true) return cell;
    const column = raw.kind.cents
      ? amounts[open.indexOf(at)]
      : raw.kind.dated || raw.kind.coded
        ? free([raw.kind.dated ? "date" : "identifier"])[0]
        : free(["text"]).find((one) => declared.columns[one]?.pointer === "/description");
    if (column === undefined) return cell;
    used.add(column);
    return { ...cell, column, score: BY_KIND };
  });
}

/** How often the column of a list's amounts is filled, at least. */
const FILLED = 0.9;

/** Gives a list's amount the column that every row fills, where its own is left out in some, or is none. */
export function fullestAmount(
  declared: DeclaredRows,
  cells: readonly HeadCell[],
  run: readonly RawCell[],
): readonly HeadCell[] {
  const amount = declared.columns.findIndex(({ pointer }) => pointer === "/amount");
  if (amount < 0 || declared.columns.some(({ pointer }) => pointer === "/balance")) return cells;
  const own = cells.findIndex(({ column }) => column === amount);
  if (own >= 0 && (run[own]?.filled ?? 0) >= FILLED) return cells;
  const full = cells.findLastIndex(({ column }, at) => {
    const cell = run[at];
    const sums = declared.columns[column]?.pointer === "/year_to_date";
    return at !== own && cell?.kind.cents === true && cell.filled >= FILLED && !sums;
  });
  if (full < 0) return cells;
  return cells.map(({ box, text, column, score }, at) => {
    const other = at === full ? amount : at === own ? (cells[full]?.column ?? -1) : column;
    return { box, text, column: other, score };
  });
}

/**
 * Which amounts the unnamed columns hold, from left to right, nothing where it is open: columns that are filled in
 * every row are an amount with what it sums up to, those that are filled in turn are money out and in.
 */
function moneyFor(declared: DeclaredRows, open: readonly RawCell[], free: readonly number[]): number[] {
  const at = (pointer: string): number =>
    free.find((column) => declared.columns[column]?.pointer === pointer) ?? -1;
  const [amount, debit, credit, balance, total] = [
    at("/amount"),
    at("/debit"),
    at("/credit"),
    at("/balance"),
    at("/year_to_date"),
  ];
  const full = open.every(({ filled }) => filled >= 0.8);
  const ledger = declared.columns.some(({ pointer }) => pointer === "/debit");
  const turned = debit >= 0 && credit >= 0;
  const running = Math.max(balance, total);
  const choice = ((): readonly number[] => {
    if (open.length === 3 && turned) return [debit, credit, balance];
    if (open.length === 2 && turned && (!full || running < 0)) return [debit, credit];
    if (open.length === 2) return full ? [amount, running] : [];
    if (open.length !== 1) return [];
    if (ledger && debit < 0 && credit < 0 && balance >= 0) return [balance];
    if (debit >= 0 !== credit >= 0) return [Math.max(debit, credit)];
    if (amount >= 0) return [amount];
    return [balance >= 0 ? balance : at("/rate")];
  })();
  return choice.every((column) => column >= 0) && choice.length === open.length ? [...choice] : [];
}

function typeShare(declared: DeclaredRows, column: number, cell: RawCell | undefined): number {
  const kind = declared.columns[column]?.kind;
  if (!cell || kind === undefined) return 0;
  if (kind === "money" || kind === "number") return cell.numeric ? 1.05 : 0.8;
  if (kind === "date") return cell.numeric ? 0.5 : 1;
  return (kind === "text" || kind === "name") && cell.numeric ? 0.6 : 1;
}
