import type { FlowBlock, FlowSection } from "./flow.ts";
import { measureTable, type MeasuredTable, placeTable } from "./place-table.ts";
import { RowMemo } from "./row-memo.ts";
import {
  MARGIN_COLUMNS,
  PAGE_COLUMNS,
  type Place,
  readsRightToLeft,
  type Sheet,
  SheetWriter,
  TEXT_COLUMNS,
} from "./sheet-writer.ts";
import { extentOf, type SetRow, wrapText } from "./wrap-text.ts";

/** Print of headings by their level, in sizes of the text; deeper ones are as large as the text. */
const HEADING_SCALES = [1.7, 1.4];
const MAX_CODE_COLUMNS = 160;
const LIST_INDENT = 3;
const PAIR_INDENT = 2;
const MAX_LEVELS = 8;
/** Longer paragraphs stand apart from their neighbours; short ones (an address, a list of facts) may follow closely. */
const SHORT_COLUMNS = 60;

/** Lays a section out on pages of its own. Pages that come out without words at its end are left out. */
export function placeSection(section: FlowSection, memo = new RowMemo()): Sheet[] {
  const measured = new Map<FlowBlock, MeasuredTable>();
  let columns = PAGE_COLUMNS;
  for (const block of section.blocks) {
    if (block.kind === "code") columns = Math.max(columns, codeColumns(block.text) + 2 * MARGIN_COLUMNS);
    if (block.kind !== "table") continue;
    const table = measureTable(block);
    measured.set(block, table);
    columns = Math.max(columns, table.width + 2 * MARGIN_COLUMNS);
  }
  const writer = new SheetWriter(section.label, columns, memo);
  let before: FlowBlock | null = null;
  for (const block of section.blocks) {
    if (block.kind === "page_break") {
      if (!writer.isAtTop) writer.breakPage();
      before = null;
      continue;
    }
    if ("text" in block && block.text.trim() === "") {
      writer.skip(1);
      continue;
    }
    if (before && standApart(before, block)) writer.skip(1);
    const table = measured.get(block);
    if (table) placeTable(writer, table);
    else placeText(writer, block);
    before = block;
  }
  const { sheets } = writer;
  const last = sheets.at(-1);
  if (sheets.length > 1 && last?.parts.length === 0) sheets.pop();
  return sheets;
}

/** Columns of preformatted text: its lines are not broken unless they are far too long. */
function codeColumns(text: string): number {
  return Math.min(MAX_CODE_COLUMNS, extentOf(text).natural);
}

function standApart(before: FlowBlock, block: FlowBlock): boolean {
  if ("apart" in block && block.apart !== undefined) return block.apart;
  if (before.kind !== block.kind || block.kind === "table") return true;
  if (block.kind === "list_item" || block.kind === "key_value") return false;
  return !isShort(before) || !isShort(block);
}

function isShort(block: FlowBlock): boolean {
  return "text" in block && block.text.length <= SHORT_COLUMNS && !block.text.includes("\n");
}

function placeText(writer: SheetWriter, block: FlowBlock): void {
  switch (block.kind) {
    case "heading":
      return placeHeading(writer, block.level, block.text);
    case "list_item":
      return placeListItem(writer, block);
    case "key_value":
      return placePair(writer, block);
    case "code": {
      const room = Math.max(TEXT_COLUMNS, codeColumns(block.text));
      return writer.write(() => wrapText(block.text, room), { ...placeOf(0, ""), room }, { role: "code" });
    }
    case "paragraph":
    case "caption":
    case "note":
      return writer.write(() => wrapText(block.text, TEXT_COLUMNS), placeOf(0, block.text), {
        role: block.kind,
      });
    case "table":
    case "page_break":
  }
}

function placeHeading(writer: SheetWriter, level: number, text: string): void {
  const scale = HEADING_SCALES[level - 1] ?? 1;
  const make = (): SetRow[] => wrapText(text, Math.floor(TEXT_COLUMNS / scale));
  const place = { ...placeOf(0, text), scale, rows: Math.ceil(scale) };
  const rows = writer.memo.rowsOf(make, make).length;
  // A heading at the foot of a page would be parted from what it heads.
  if (writer.left < rows * place.rows + 2 && rows < 10 && !writer.isAtTop) writer.breakPage();
  writer.write(make, place, { role: "heading", level: Math.max(1, Math.floor(level)) });
}

function placeListItem(writer: SheetWriter, block: Extract<FlowBlock, { kind: "list_item" }>): void {
  const level = Math.max(1, Math.floor(block.level));
  const indent = LIST_INDENT * Math.min(level - 1, MAX_LEVELS);
  const make = (): readonly SetRow[] => {
    const marker = wrapText(block.marker, TEXT_COLUMNS - indent)[0]?.[0] ?? [];
    const hang = marker.length === 0 ? 0 : Math.max(LIST_INDENT - 1, endOf(marker) + 1);
    const rows = hanging(block.text, indent, hang);
    return marker.length === 0 ? rows : [joinRuns(marker, rows[0] ?? []), ...rows.slice(1)];
  };
  writer.write(make, placeOf(indent, block.text), { role: "list_item", level });
}

function placePair(writer: SheetWriter, block: Extract<FlowBlock, { kind: "key_value" }>): void {
  const indent = PAIR_INDENT * Math.min(block.depth ?? 0, MAX_LEVELS * 2);
  const key = block.key.trim();
  const value = block.value.trim();
  const make = (): SetRow[] => pairRows(key, block.value, indent).rows;
  const rows = writer.memo.rowsOf(make, make).length;
  if (rows > writer.left && (rows <= 10 || writer.left < 1)) writer.breakPage();
  writer.write(make, placeOf(indent, value || key), { role: "paragraph" }, (content, first) => {
    const { keyWords } = pairRows(key, block.value, indent);
    if (key === "" || value === "" || content.words - first <= keyWords) return;
    content.pairs.push({
      key: key.replace(/\s*[:：]$/u, ""),
      value,
      path: block.path,
      words: [first, content.words],
      keyWords,
    });
  });
}

/** A value stands behind its label, or beneath it where that is long. */
function pairRows(key: string, value: string, indent: number): { rows: SetRow[]; keyWords: number } {
  const label = key === "" || /[:：]$/u.test(key) ? key : `${key}:`;
  const keyRows = label === "" ? [] : wrapText(label, TEXT_COLUMNS - indent);
  const tail = keyRows.at(-1)?.flat() ?? [];
  const beside = endOf(tail) + 1;
  const isInline = keyRows.length === 1 && beside <= TEXT_COLUMNS / 2;
  const values = hanging(value, indent, isInline ? beside : LIST_INDENT);
  const rows = isInline ? [joinRuns(tail, values[0] ?? []), ...values.slice(1)] : [...keyRows, ...values];
  return { rows, keyWords: keyRows.flat(2).length };
}

/** A text's rows, moved to the right by `hang` columns. */
function hanging(text: string, indent: number, hang: number): SetRow[] {
  return wrapText(text, Math.max(20, TEXT_COLUMNS - indent - hang)).map((row) =>
    row.map((run) => run.map((word) => ({ ...word, x: word.x + hang }))),
  );
}

/** A label's or marker's words in front of the first row of what they belong to. */
function joinRuns(head: SetRow[number], row: SetRow): SetRow {
  const [first = [], ...rest] = row;
  const close = (first[0]?.x ?? 0) - endOf(head) < 3;
  return close ? [[...head, ...first], ...rest] : [head, ...row];
}

function endOf(words: SetRow[number]): number {
  const last = words.at(-1);
  return last ? last.x + last.width : 0;
}

function placeOf(indent: number, text: string): Place {
  return {
    left: MARGIN_COLUMNS + indent,
    room: TEXT_COLUMNS - indent,
    scale: 1,
    rows: 1,
    rightToLeft: readsRightToLeft(text),
  };
}
