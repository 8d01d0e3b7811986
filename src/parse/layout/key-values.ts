import type { PlacedTable } from "./page-tables.ts";
import { isNumberLike, type PlacedWord, type Row, type Segment, textOf } from "./placed.ts";

const MAX_KEY_VALUES = 600;
const MAX_KEY_WORDS = 6;
const MAX_KEY_LENGTH = 48;
const ENDS_KEY = /[:：]$/u;
const FUSED = /^(\p{L}[\p{L}.#°/-]{1,24})[:：](?!\/\/)(\S+)$/u;

export interface PlacedKeyValue {
  readonly key: string;
  readonly value: string;
  readonly keyWords: readonly PlacedWord[];
  readonly valueWords: readonly PlacedWord[];
}

/** Labels with their values by punctuation (`Label: value`), by rows (`Total   12.00`) and by ruled boxes. */
export function findKeyValues(
  rows: readonly Row[],
  tables: readonly PlacedTable[],
  isInTable: (segment: Segment) => boolean,
): PlacedKeyValue[] {
  const found: PlacedKeyValue[] = [];
  for (const [index, row] of rows.entries()) {
    for (const position of row.segments.keys()) {
      if (found.length >= MAX_KEY_VALUES) return found;
      const pair = pairAt(rows, index, position, isInTable);
      if (pair) found.push(pair);
    }
  }
  for (const table of tables) if (table.ruled) found.push(...boxPairs(table));
  return found.slice(0, MAX_KEY_VALUES);
}

function pairAt(
  rows: readonly Row[],
  index: number,
  position: number,
  isInTable: (segment: Segment) => boolean,
): PlacedKeyValue | null {
  const row = rows[index];
  const segment = row?.segments[position];
  if (!row || !segment) return null;
  const inside = splitInside(segment.words);
  if (inside) return inside;
  const next = row.segments[position + 1];
  const ends = ENDS_KEY.test(segment.words.at(-1)?.read.text ?? "");
  if (ends && isKey(segment.words)) {
    const value = next && next.cell === segment.cell ? next : segmentBelow(segment, rows[index + 1]);
    return value && !ENDS_KEY.test(textOf(value.words)) ? pairOf(segment.words, value.words) : null;
  }
  if (!next || next.cell !== segment.cell || !isKey(segment.words)) return null;
  const opens = /^[:：]\S*$/u.test(next.words[0]?.read.text ?? "");
  if (opens) return pairOf(segment.words, next.words);
  const alone = row.segments.length === position + 2 && isNumberLike(textOf(next.words));
  return alone && !isInTable(segment) && !isNumberLike(textOf(segment.words))
    ? pairOf(segment.words, next.words)
    : null;
}

/** `Label: value` in one segment, also written `Label : value` or without a space. */
function splitInside(words: readonly PlacedWord[]): PlacedKeyValue | null {
  const end = words.findIndex((word) => ENDS_KEY.test(word.read.text));
  if (end >= 0 && end < words.length - 1 && isKey(words.slice(0, end + 1))) {
    return pairOf(words.slice(0, end + 1), words.slice(end + 1));
  }
  const first = words[0];
  const fused = first && FUSED.exec(first.read.text);
  if (!first || !fused) return null;
  const [, key = "", head = ""] = fused;
  const value = [head, ...words.slice(1).map((word) => word.read.text)].join(" ");
  return { key, value, keyWords: [first], valueWords: words };
}

function isKey(words: readonly PlacedWord[]): boolean {
  const text = textOf(words);
  return words.length <= MAX_KEY_WORDS && text.length <= MAX_KEY_LENGTH && /\p{L}{2}/u.test(text);
}

function pairOf(key: readonly PlacedWord[], value: readonly PlacedWord[]): PlacedKeyValue | null {
  const name = textOf(key).replace(/[\s:：.]+$/u, "");
  const content = textOf(value).replace(/^[:：]\s*/u, "");
  const valueWords = value.filter((word) => !/^[:：]$/u.test(word.read.text));
  return name === "" || content === "" ? null : { key: name, value: content, keyWords: key, valueWords };
}

function segmentBelow(segment: Segment, row: Row | undefined): Segment | undefined {
  const height = segment.y1 - segment.y0;
  return row?.segments.find(
    (below) =>
      below.cell === segment.cell &&
      Math.abs(below.x0 - segment.x0) < height &&
      below.y0 - segment.y1 < 1.2 * height,
  );
}

/** A box's label is printed smaller than its value, or the value has digits; else they are one text. */
function isSmaller(label: Segment, value: Segment | undefined): boolean {
  if (!value) return false;
  return label.y1 - label.y0 < 0.93 * (value.y1 - value.y0) || /\d/u.test(textOf(value.words));
}

/** Boxes of a form: a small label above its value in one cell, or a row of labels above a row of values. */
function boxPairs(table: PlacedTable): PlacedKeyValue[] {
  const pairs: PlacedKeyValue[] = [];
  const add = (key: readonly PlacedWord[], value: readonly PlacedWord[]): void => {
    const pair = pairOf(key, value);
    if (pair) pairs.push(pair);
  };
  const at = new Map(table.cells.map((cell) => [`${cell.row}:${cell.column}`, cell]));
  const isLabel = (words: readonly PlacedWord[] | undefined): boolean =>
    words !== undefined && words.length > 0 && isKey(words) && !/\d/u.test(textOf(words));
  for (const cell of table.cells) {
    if (table.headerRows > 0 && table.rows > 2) break;
    const [label, ...rest] = cell.segments;
    if (!label) continue;
    if (rest.length > 0 && rest.length <= 4) {
      const value = rest.flatMap((segment) => segment.words);
      const beneath = rest.every((segment) => segment.row > label.row);
      if (beneath && isLabel(label.words) && isSmaller(label, rest[0]) && !splitInside(label.words)) {
        add(label.words, value);
      }
      continue;
    }
    const right = at.get(`${cell.row}:${cell.column + 1}`);
    const below = at.get(`${cell.row + 1}:${cell.column}`);
    if (!isLabel(cell.words)) continue;
    if (table.columns === 2 && cell.column === 0 && right && right.words.length > 0)
      add(cell.words, right.words);
    else if (table.rows === 2 && cell.row === 0 && table.columns > 2 && below && below.words.length > 0) {
      add(cell.words, below.words);
    }
  }
  return pairs;
}
