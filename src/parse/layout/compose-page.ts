import { type BBox, unionBoxes } from "../../model/geometry.ts";
import type { Block, Cell, KeyValue, Line, PageSource, ParsedPage, Table, Word } from "../../model/parsed.ts";
import type { ReadWord, Ruling } from "../../ports.ts";
import { readLayout } from "./read-layout.ts";
import { boxOf } from "./page-tables.ts";
import type { PlacedWord } from "./placed.ts";
import { visibleText } from "./visible-text.ts";

/** Beyond this a page is not a document's; its reader's lines are kept as they come. */
const MAX_LAYOUT_WORDS = 20_000;

/** What a reader knows of a page before its layout is understood. */
export interface RawPage {
  readonly number: number;
  readonly label?: string | null;
  readonly width: number;
  readonly height: number;
  readonly rotation: 0 | 90 | 180 | 270;
  readonly source: PageSource;
  readonly language: string | null;
  readonly words: readonly ReadWord[];
  readonly rulings: readonly Ruling[];
}

type Structure = Pick<ParsedPage, "blocks" | "tables" | "key_values">;

/**
 * Turns a reader's words into a page with lines in reading order, blocks, tables, key-values and text. Pure.
 *
 * A line is what stands on one visual row without a wide gap or a border: a table's row or
 * `item ...... 12.00` is several lines, which follow one another in the order of their columns.
 * Words without text or with a box that is none are left out; a word drawn twice on one spot is kept once.
 */
export function composePage(raw: RawPage): ParsedPage {
  const words = raw.words
    .map((word) => withVisibleText(word))
    .filter((word) => word.text.trim() !== "" && word.bbox.every(Number.isFinite));
  if (words.length > MAX_LAYOUT_WORDS) return finish(raw, writeLines(readersLines(words)), null);
  const layout = readLayout(words, raw);
  const written = writeLines(layout.lines.map((line) => line.words.map((word) => word.read)));
  const numbers = new Map<PlacedWord, number>();
  for (const line of layout.lines) for (const word of line.words) numbers.set(word, numbers.size);
  const indices = (group: readonly PlacedWord[]): number[] =>
    group
      .map((word) => numbers.get(word))
      .filter((number) => number !== undefined)
      .toSorted((a, b) => a - b);
  const tables: Table[] = layout.tables.map((table) => ({
    bbox: boxOf(table, layout.space),
    rows: table.rows,
    columns: table.columns,
    header_rows: table.headerRows,
    ruled: table.ruled,
    cells: table.cells.map((cell): Cell => {
      const members = indices(cell.words);
      return {
        row: cell.row,
        column: cell.column,
        row_span: cell.rowSpan,
        column_span: cell.columnSpan,
        text: members.map((index) => written.words[index]?.text ?? "").join(" "),
        bbox: (table.ruled ? null : boxAround(cell.words)) ?? boxOf(cell.extent, layout.space),
        words: members,
      };
    }),
  }));
  const keyValues = layout.keyValues.map((pair): KeyValue => ({
    key: pair.key,
    value: pair.value,
    key_words: indices(pair.keyWords),
    value_words: indices(pair.valueWords),
    bbox: boxAround([...pair.keyWords, ...pair.valueWords]) ?? [0, 0, 0, 0],
  }));
  const blocks = layout.blocks.map(([first, behind]): Block => {
    const box = unionBoxes(written.lines.slice(first, behind).map((line) => line.bbox));
    return { bbox: box ?? [0, 0, 0, 0], lines: [first, behind] };
  });
  return finish(raw, written, { blocks, tables, key_values: keyValues });
}

function withVisibleText(word: ReadWord): ReadWord {
  const text = visibleText(word.text);
  return text === word.text ? word : { ...word, text };
}

function boxAround(words: readonly PlacedWord[]): BBox | null {
  return unionBoxes(words.map((word) => word.read.bbox));
}

function readersLines(words: readonly ReadWord[]): ReadWord[][] {
  const lines = new Map<number, ReadWord[]>();
  for (const word of words) {
    const line = lines.get(word.line);
    if (line) line.push(word);
    else lines.set(word.line, [word]);
  }
  return [...lines.values()];
}

function writeLines(groups: readonly (readonly ReadWord[])[]): Pick<ParsedPage, "words" | "lines" | "text"> {
  const words: Word[] = [];
  const lines: Line[] = [];
  const texts: string[] = [];
  let at = 0;
  for (const group of groups) {
    const first = words.length;
    const start = at;
    for (const { text, bbox, confidence } of group) {
      words.push({ text, bbox, confidence, span: [at, text.length] });
      at += text.length + 1;
    }
    const bbox = unionBoxes(group.map((word) => word.bbox));
    if (!bbox) continue;
    texts.push(group.map((word) => word.text).join(" "));
    lines.push({ bbox, words: [first, words.length], span: [start, at - 1 - start] });
  }
  return { words, lines, text: texts.join("\n") };
}

function finish(
  raw: RawPage,
  written: Pick<ParsedPage, "words" | "lines" | "text">,
  structure: Structure | null,
): ParsedPage {
  const { number, width, height, rotation, source, language } = raw;
  const { blocks, tables, key_values } = structure ?? { blocks: [], tables: [], key_values: [] };
  const label = raw.label ?? null;
  return { number, label, width, height, rotation, source, language, ...written, blocks, tables, key_values };
}
