import type { Reading } from "../engine/reading.ts";
import { termsOf } from "./terms.ts";
import type { CompiledRows } from "./compile-rows.ts";
import type { DeclaredField, DeclaredRows } from "./declaration.ts";
import type { RawCell } from "./head-cells.ts";
import type { HeadCell } from "./match-columns.ts";
import { datesOf } from "./values.ts";

/** What the texts of a column are. */
type Content = "counter" | "number" | "code" | "short" | "text";

const LOOK_BELOW = 14;
const LEAST_ROWS = 2;
const LEAST_LABEL = 0.6;
/** What a column's contents count beside its name. */
const CONTENT = 0.8;
const LEAST_RANK = 0.6;
const SHORT = 16;
/** A number with words close behind it: two columns without room between them. */
const PARTED = /^(\d[\d.,]*)\s+(\p{L}.*)$/u;
/** A run with digits among letters or marks, or of capitals and marks alone. */
const CODE = /^(?:(?=\S*\d)(?=\S*(?:[\p{L}./_-]|\d{5}))[\p{L}\d./_-]{4,24}|\p{Lu}+(?:[./_-]\p{Lu}+)+)$/u;

/** Whether a list has no amounts: what its columns are then is told by their contents too, there are no sums to prove it. */
export function isGoods({ columns }: DeclaredRows): boolean {
  const asks = (pointer: string): boolean => columns.some((column) => column.pointer === pointer);
  return asks("/description") && asks("/quantity") && !columns.some(({ kind }) => kind === "money");
}

/** The columns of a list of goods by their names and by what stands in them; null where that does not tell. */
export function matchGoods(
  reading: Reading,
  compiled: CompiledRows,
  declared: DeclaredRows,
  rows: number,
  run: readonly RawCell[],
  from: number,
): HeadCell[] | null {
  const contents = run.map((cell) => contentsOf(textsBelow(reading, cell, run, from)));
  if (contents.filter((content) => content !== null).length < 2) return null;
  const pairs = run.flatMap(({ text }, cell) =>
    declared.columns.map((field, column) => {
      const label = labelScore(compiled, text, rows, column);
      const content = contents[cell];
      const fit = content ? contentFit(field, content) : 0;
      const named = label >= LEAST_LABEL && (content === null || content === undefined || fit > 0);
      const alone = mayStandAlone(declared, column);
      const rank = named ? label + CONTENT * fit : alone ? CONTENT * fit : 0;
      return { cell, column, rank, score: named ? Math.max(label, 0.7) : 0.6 };
    }),
  );
  const cells = new Map<number, { column: number; score: number }>();
  const used = new Set<number>();
  for (const { cell, column, rank, score } of pairs.toSorted((a, b) => b.rank - a.rank)) {
    if (rank < LEAST_RANK || cells.has(cell) || used.has(column)) continue;
    cells.set(cell, { column, score });
    used.add(column);
  }
  const has = (pointer: string): boolean =>
    used.has(declared.columns.findIndex((column) => column.pointer === pointer));
  if (!has("/description") || !has("/quantity")) return null;
  return run.map(({ box, text }, cell) => ({ box, text, column: -1, score: 0, ...cells.get(cell) }));
}

function labelScore(compiled: CompiledRows, text: string, rows: number, column: number): number {
  for (const { entry, score } of compiled.columns.match(text)) {
    const place = compiled.place(entry);
    if (place.rows === rows && place.column === column) return score;
  }
  return 0;
}

/** The first column of each kind of content needs no name. */
function mayStandAlone(declared: DeclaredRows, column: number): boolean {
  const own = classOf(declared.columns[column]);
  return declared.columns.findIndex((field) => classOf(field) === own) === column;
}

function classOf(field: DeclaredField | undefined): Content | null {
  if (!field) return null;
  if (field.kind === "number") return field.pattern === undefined ? "number" : "counter";
  if (field.kind === "identifier") return "code";
  if (field.kind !== "text") return null;
  return (field.maxLength ?? Infinity) <= SHORT ? "short" : "text";
}

function contentFit(field: DeclaredField, content: Content): number {
  const own = classOf(field);
  if (own === null) return 0;
  if (own === content) return 1;
  if (own === "number" && content === "counter") return 0.6;
  if (own === "code" && (content === "number" || content === "counter" || content === "short")) return 0.4;
  if (own === "text" && (content === "short" || content === "code")) return 0.5;
  return 0;
}

/** The texts under a head's cell, row by row, to the list's end. */
function textsBelow(reading: Reading, { box }: RawCell, run: readonly RawCell[], from: number): string[] {
  const texts: string[] = [];
  let bottom: number | null = null;
  for (const row of reading.view.rows.slice(from, from + LOOK_BELOW)) {
    const height = row.bbox[3] - row.bbox[1];
    if (bottom !== null && row.bbox[1] - bottom > height * 2.2) break;
    const [alone, second] = row.segments;
    if (!second && texts.length > 0 && !(alone && PARTED.test(alone.text))) continue;
    bottom = row.bbox[3];
    const segment = row.segments.find(({ bbox }) => bbox[0] < box[2] + 0.01 && bbox[2] > box[0] - 0.01);
    if (!segment) continue;
    if (/[:：]\s|[:：]$/u.test(segment.text) || datesOf(reading, segment).length > 0) break;
    const over = run.filter((cell) => cell.box[0] < segment.bbox[2] && cell.box[2] > segment.bbox[0]);
    texts.push(over.length === 2 ? partOf(segment.text, over[0]?.box === box) : segment.text);
  }
  return texts;
}

/** Of a text that stands under two heads the number, or what stands behind it. */
function partOf(text: string, first: boolean): string {
  const [, number, rest] = PARTED.exec(text) ?? [];
  if (number === undefined || rest === undefined) return text;
  return first ? number : rest;
}

function contentsOf(texts: readonly string[]): Content | null {
  if (texts.length < LEAST_ROWS) return null;
  const share = (fits: (text: string, at: number) => boolean): number =>
    texts.filter(fits).length / texts.length;
  const first = Number(texts[0]);
  if (
    share(
      (text, at) => Number(text.replace(/[.)]$/, "")) === first * (at + 1) || Number(text) === first + at,
    ) > 0.8
  )
    return "counter";
  if (share((text) => CODE.test(text) && !isQuantity(text)) >= 0.7) return "code";
  if (share(isQuantity) >= 0.7) return "number";
  if (
    share((text) => /^[^\d]{1,9}$/u.test(text) && /\p{L}/u.test(text)) >= 0.8 &&
    new Set(texts).size <= texts.length
  )
    return share((text) => text.length <= 6 || termsOf(text).includes("unit")) >= 0.7 ? "short" : "text";
  return share((text) => /\p{L}{3}/u.test(text)) >= 0.6 ? "text" : null;
}

/** A count or a measure, with its unit or without. */
function isQuantity(text: string): boolean {
  return /^(?:[x×]\s?)?\d{1,5}(?:[.,]\d{1,2}|[.,]\d{3}[.,]\d{1,3})?(?:\s?[x×]|\s\p{L}{1,6}[.²³23]?)?$/u.test(
    text,
  );
}
