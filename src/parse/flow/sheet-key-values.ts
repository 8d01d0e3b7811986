import { unionBoxes } from "../../model/geometry.ts";
import type { KeyValue, Word } from "../../model/parsed.ts";
import { findKeyValues, type PlacedKeyValue } from "../layout/key-values.ts";
import type { PlacedTable } from "../layout/page-tables.ts";
import { extentOf, type PlacedWord, type Row, type Segment, textOf } from "../layout/placed.ts";
import { CELL, type Sheet, type SheetTable } from "./sheet-writer.ts";

const MAX_KEY_WORDS = 6;
const MAX_KEY_LENGTH = 48;
const ENDS_KEY = /\s*[:：]$/u;

/** The format's own pairs, and those that labels and rows show on the page as on any other. */
export function keyValuesOf(sheet: Sheet, segments: readonly Segment[], words: readonly Word[]): KeyValue[] {
  const numbers = new Map(segments.flatMap((segment) => segment.words).map((word, index) => [word, index]));
  const indices = (group: readonly PlacedWord[]): number[] =>
    group.map((word) => numbers.get(word)).filter((index) => index !== undefined);
  const own = sheet.pairs.map(({ key, value, path, words: [first, behind], keyWords }): KeyValue => {
    const all = Array.from({ length: behind - first }, (_, index) => first + index);
    const bbox = unionBoxes(all.map((index) => words[index]?.bbox ?? [0, 0, 0, 0])) ?? [0, 0, 0, 0];
    const [keys, values] = [all.slice(0, keyWords), all.slice(keyWords)];
    return {
      key,
      value,
      key_words: keys,
      value_words: values,
      bbox,
      ...(path === undefined ? {} : { path }),
    };
  });
  const taken = new Set(own.flatMap((pair) => [...pair.key_words, ...pair.value_words]));
  const tables = sheet.tables.map((table) => placedTable(table, segments));
  const inTable = new Set(tables.flatMap((table) => table.segments));
  const seen = new Set<string>();
  const found = [
    ...findKeyValues(rowsOf(segments), tables, (segment) => inTable.has(segment)),
    ...tables.flatMap((table) => labelledCells(table)),
  ].flatMap((pair): KeyValue[] => {
    const [keys, values] = [indices(pair.keyWords), indices(pair.valueWords)];
    const id = keys.join(" ");
    if (keys.length === 0 || seen.has(id) || keys.some((index) => taken.has(index))) return [];
    seen.add(id);
    const bbox = unionBoxes([...keys, ...values].map((index) => words[index]?.bbox ?? [0, 0, 0, 0]));
    return [
      { key: pair.key, value: pair.value, key_words: keys, value_words: values, bbox: bbox ?? [0, 0, 0, 0] },
    ];
  });
  return [...own, ...found];
}

/** A cell that ends in a colon names what stands in the next one; in a table of two columns the first names the second. */
function labelledCells(table: PlacedTable): PlacedKeyValue[] {
  const facts = table.columns === 2 && table.headerRows === 0;
  return table.cells.flatMap((cell, index) => {
    const next = table.cells[index + 1];
    if (!next || next.row !== cell.row || next.column !== cell.column + cell.columnSpan) return [];
    const [key, value] = [textOf(cell.words), textOf(next.words)];
    const names = ENDS_KEY.test(key) || (facts && cell.words.length <= MAX_KEY_WORDS);
    if (!names || !/^\p{L}.*\p{L}/u.test(key) || key.length > MAX_KEY_LENGTH) return [];
    if (value === "" || ENDS_KEY.test(value)) return [];
    return [{ key: key.replace(ENDS_KEY, ""), value, keyWords: cell.words, valueWords: next.words }];
  });
}

function placedTable(table: SheetTable, segments: readonly Segment[]): PlacedTable {
  const [x0, y0, x1, y1] = inPoints(table.borders);
  const cells = table.cells.map((cell) => {
    const own = segments.slice(cell.lines[0], cell.lines[1]);
    const [left, top, right, bottom] = inPoints(cell.borders);
    return {
      row: cell.row,
      column: cell.column,
      rowSpan: cell.rowSpan,
      columnSpan: cell.columnSpan,
      segments: own,
      words: own.flatMap((segment) => segment.words),
      extent: { x0: left, y0: top, x1: right, y1: bottom },
    };
  });
  return {
    x0,
    y0,
    x1,
    y1,
    ruled: true,
    rows: table.rows,
    columns: table.columns,
    headerRows: table.headerRows,
    cells,
    segments: cells.flatMap((cell) => cell.segments),
  };
}

/** What stands on one height, from the left. */
function rowsOf(segments: readonly Segment[]): Row[] {
  const rows = new Map<number, Segment[]>();
  for (const segment of segments) {
    const row = rows.get(segment.row);
    if (row) row.push(segment);
    else rows.set(segment.row, [segment]);
  }
  return [...rows.entries()]
    .toSorted(([a], [b]) => a - b)
    .map(([, own]) => {
      const { y0, y1 } = extentOf(own);
      return { segments: own.toSorted((a, b) => a.x0 - b.x0), y0, y1 };
    });
}

function inPoints([x0, y0, x1, y1]: SheetTable["borders"]): [number, number, number, number] {
  return [x0 * CELL.width, y0 * CELL.height, x1 * CELL.width, y1 * CELL.height];
}
