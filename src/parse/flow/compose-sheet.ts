import type { BBox } from "../../model/geometry.ts";
import { unionBoxes } from "../../model/geometry.ts";
import type { Block, Cell, Line, PageSource, ParsedPage, Table, Word } from "../../model/parsed.ts";
import { extentOf, type PlacedWord, type Segment } from "../layout/placed.ts";
import { keyValuesOf } from "./sheet-key-values.ts";
import {
  CELL,
  PAGE_ROWS,
  RIGHT_TO_LEFT,
  type Sheet,
  type SheetLine,
  type SheetTable,
} from "./sheet-writer.ts";
import type { SetWord } from "./wrap-text.ts";

/** Print is lower than its row, as it is everywhere. */
const LEADING = 0.08;

/** Makes a laid out page a parsed one: boxes, spans, tables as the format gives them, and key-values. Pure. */
export function composeSheet(sheet: Sheet, number: number, source: PageSource): ParsedPage {
  const words: Word[] = [];
  const lines: Line[] = [];
  const segments: Segment[] = [];
  const texts: string[] = [];
  let at = 0;
  for (const line of sheet.lines) {
    const first = words.length;
    const start = at;
    const seen = visualOrder(line);
    const placed: PlacedWord[] = [];
    for (const [index, word] of line.words.entries()) {
      const bbox = boxOf(line, seen[index] ?? word, sheet.columns);
      const span: [number, number] = [at, word.text.length];
      words.push({ text: word.text, bbox, confidence: 1, span });
      at += word.text.length + 1;
      placed.push(placeWord(line, word, bbox));
    }
    texts.push(line.words.map((word) => word.text).join(" "));
    const bbox = unionBoxes(words.slice(first).map((word) => word.bbox)) ?? [0, 0, 0, 0];
    lines.push({ bbox, words: [first, words.length], span: [start, at - 1 - start] });
    segments.push({ words: placed, ...extentOf(placed), row: line.top, cell: line.cell });
  }
  return {
    number,
    label: sheet.label,
    width: sheet.columns * CELL.width,
    height: PAGE_ROWS * CELL.height,
    rotation: 0,
    source: words.length > 0 ? source : "none",
    language: null,
    text: texts.join("\n"),
    words,
    lines,
    blocks: sheet.blocks.map((block) => blockOf(block, lines)),
    tables: sheet.tables.map((table) => tableOf(table, sheet.columns, lines)),
    key_values: keyValuesOf(sheet, segments, words),
  };
}

function blockOf(
  { lines: [first, behind], ...role }: Sheet["blocks"][number],
  lines: readonly Line[],
): Block {
  const bbox = unionBoxes(lines.slice(first, behind).map((line) => line.bbox)) ?? [0, 0, 0, 0];
  return { bbox, lines: [first, behind], ...role };
}

function tableOf(table: SheetTable, columns: number, lines: readonly Line[]): Table {
  return {
    bbox: bordersOf(table.borders, columns),
    rows: table.rows,
    columns: table.columns,
    header_rows: table.headerRows,
    ruled: true,
    ...(table.sheet === undefined ? {} : { sheet: table.sheet }),
    cells: table.cells.map(({ cell, row, column, rowSpan, columnSpan, lines: own, borders }): Cell => {
      const first = lines[own[0]]?.words[0] ?? 0;
      const behind = own[1] > own[0] ? (lines[own[1] - 1]?.words[1] ?? first) : first;
      return {
        row,
        column,
        row_span: rowSpan,
        column_span: columnSpan,
        text: cell.text,
        bbox: bordersOf(borders, columns),
        words: Array.from({ length: behind - first }, (_, index) => first + index),
        ...(cell.address === undefined ? {} : { address: cell.address }),
        ...(cell.value === undefined ? {} : { value: cell.value }),
      };
    }),
  };
}

/** A word's place in reading space, where what is read earlier stands further left. */
function placeWord(line: SheetLine, word: SetWord, bbox: BBox): PlacedWord {
  const x0 = (line.left + word.x * line.scale) * CELL.width;
  return {
    read: { text: word.text, bbox, confidence: 1, line: line.top },
    x0,
    x1: x0 + word.width * line.scale * CELL.width,
    y0: (line.top + LEADING) * CELL.height,
    y1: (line.top + line.rows - LEADING) * CELL.height,
    cell: line.cell,
  };
}

/**
 * Where the words of a line are seen: text that runs from right to left begins at the right border, and what runs
 * the other way inside it keeps its own direction (the words' part of UAX 9).
 */
function visualOrder(line: SheetLine): readonly SetWord[] {
  const { words, rightToLeft } = line;
  const against = (word: SetWord): boolean => RIGHT_TO_LEFT.test(word.text) !== rightToLeft;
  if (!rightToLeft && !words.some(against)) return words;
  const room = line.room / line.scale;
  const seen = rightToLeft ? words.map((word) => mirrored(word, 0, room)) : [...words];
  for (let from = 0; from < words.length;) {
    let to = from;
    for (let word = words[to]; word && against(word); word = words[to]) to += 1;
    const run = seen.slice(from, to);
    const left = Math.min(...run.map((word) => word.x));
    const right = Math.max(...run.map((word) => word.x + word.width));
    for (const [index, word] of run.entries()) seen[from + index] = mirrored(word, left, right);
    from = Math.max(to, from + 1);
  }
  return seen;
}

function mirrored(word: SetWord, left: number, right: number): SetWord {
  return { ...word, x: left + right - word.x - word.width };
}

function boxOf(line: SheetLine, word: SetWord, columns: number): BBox {
  const x0 = line.left + word.x * line.scale;
  return [
    clamp(x0 / columns),
    (line.top + LEADING) / PAGE_ROWS,
    clamp((x0 + word.width * line.scale) / columns),
    (line.top + line.rows - LEADING) / PAGE_ROWS,
  ];
}

function bordersOf([x0, y0, x1, y1]: SheetTable["borders"], columns: number): BBox {
  return [clamp(x0 / columns), y0 / PAGE_ROWS, clamp(x1 / columns), y1 / PAGE_ROWS];
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
