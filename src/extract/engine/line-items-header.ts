import type { ParsedPage, Table } from "../../model/parsed.ts";
import {
  type ColumnField,
  columnFieldOf,
  columnNameAt,
  foldTokens,
  isCurrency,
  isHeaderFiller,
} from "./line-items-lexicon.ts";
import { isMoneyWord } from "./line-items-numbers.ts";
import type { ItemRow, ItemWord } from "./line-items-rows.ts";

/** A column as its header names it; `field` is null when no name is known. */
export interface HeaderCell {
  readonly field: ColumnField | null;
  readonly tokens: readonly string[];
  readonly x0: number;
  readonly x1: number;
}

/** The header of an item table: its cells from left to right, and its rows [first, last] in the page's rows. */
export interface Header {
  readonly cells: readonly HeaderCell[];
  readonly first: number;
  readonly last: number;
}

interface Piece {
  words: ItemWord[];
  tokens: string[];
  known: boolean;
}

const MAX_HEADER_WORDS = 45;
const MAX_COLUMNS = 16;
const PRICED: ReadonlySet<ColumnField | null> = new Set([
  "amount",
  "gross_amount",
  "unit_price",
  "gross_price",
  "quantity",
]);

/** Finds rows that name the columns of an item table, with the rows above and below that belong to them. */
export function findHeaders(rows: readonly ItemRow[]): Header[] {
  const headers: Header[] = [];
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index];
    const pieces = row && seedPieces(row);
    if (!pieces) continue;
    const header = withCurrency(growHeader(rows, index, pieces, headers.at(-1)?.last ?? -1));
    if (!isItemHeader(header)) continue;
    headers.push(header);
    index = header.last;
  }
  return headers;
}

/** The header of a page's table by its columns' places; the fields of names that are not known are null. */
export function headerOfTable(page: ParsedPage, table: Table, rows: readonly ItemRow[]): Header | null {
  if (table.columns < 4 || table.columns > MAX_COLUMNS || table.rows < 2) return null;
  const body = table.cells.filter((cell) => cell.row >= table.header_rows);
  const top = Math.min(...body.map((cell) => cell.bbox[1])) * page.height;
  const last = rows.findLastIndex((row) => (row.y0 + row.y1) / 2 < top);
  const cells: HeaderCell[] = [];
  for (let column = 0; column < table.columns; column++) {
    const own = table.cells.filter((cell) => cell.column === column && cell.words.length > 0);
    const names = own.filter((cell) => cell.row < table.header_rows);
    const boxes = own.flatMap((cell) => cell.words.map((index) => page.words[index]?.bbox ?? cell.bbox));
    if (boxes.length === 0) continue;
    const tokens = names.flatMap((cell) => foldTokens(cell.text));
    const x0 = Math.min(...boxes.map((box) => box[0])) * page.width;
    const x1 = Math.max(...boxes.map((box) => box[2])) * page.width;
    cells.push({ field: columnFieldOf(tokens), tokens, x0, x1 });
  }
  return { cells, first: Math.max(0, last - table.header_rows + 1), last };
}

/** Where no column is named an amount, the last one that names a currency alone (`Date  Text  CHF`) is it. */
function withCurrency(header: Header): Header {
  const last = header.cells.at(-1);
  const priced = header.cells.some((cell) => cell.field === "amount" || cell.field === "gross_amount");
  if (!last || last.field !== null || priced || !isCurrency(last.tokens)) return header;
  return { ...header, cells: [...header.cells.slice(0, -1), { ...last, field: "amount" }] };
}

function isItemHeader(header: Header): boolean {
  const fields = header.cells.map((cell) => cell.field);
  const known = new Set(fields.filter((field) => field !== null && field !== "other"));
  const worth = fields.filter((field) => PRICED.has(field)).length;
  const named = known.has("description") || known.has("name") || known.has("product_code");
  return known.size >= 2 && worth >= 1 && (named ? known.size >= 2 : known.size >= 3);
}

/** The cells of a row in which most words belong to column names, two or more of them different; else null. */
function seedPieces(row: ItemRow): Piece[] | null {
  if (row.words.length > MAX_HEADER_WORDS || row.words.some((word) => isMoneyWord(word.text))) return null;
  const pieces = row.segments.flatMap((segment) => splitNames(segment));
  const fields = new Set(pieces.filter((piece) => piece.known).map((piece) => columnFieldOf(piece.tokens)));
  if (fields.size < 2) return null;
  let [known, all] = [0, 0];
  for (const piece of pieces) {
    for (let at = 0; at < piece.tokens.length; all++) {
      const name = columnNameAt(piece.tokens, at);
      const filler = isHeaderFiller(piece.tokens[at] ?? "");
      known += name || (filler && piece.known) ? 1 : 0;
      at += name?.tokens.length ?? 1;
    }
  }
  return known >= 0.6 * all ? pieces : null;
}

/** A segment of more words and signs names no columns. */
const MAX_SEGMENT_TOKENS = 120;

/** Parts a segment before each further column name: narrow tables have no wide gaps between their names. */
function splitNames(segment: readonly ItemWord[]): Piece[] {
  const tokens: { token: string; word: ItemWord }[] = segment.flatMap((word) =>
    foldTokens(word.text).map((token) => ({ token, word })),
  );
  const folded = tokens.map(({ token }) => token);
  if (folded.length > MAX_SEGMENT_TOKENS) return [{ words: [...segment], tokens: [], known: false }];
  const pieces: Piece[] = [];
  let current: Piece = { words: [], tokens: [], known: false };
  const owner = new Map<ItemWord, Piece>();
  for (let at = 0; at < tokens.length;) {
    const name = columnNameAt(folded, at);
    const length = name?.tokens.length ?? 1;
    const first = tokens[at]?.word;
    const field = name?.field ?? null;
    const starts =
      name !== null && (current.known ? columnFieldOf(current.tokens) !== field : current.words.length > 0);
    const filler =
      length === 1 && isHeaderFiller(folded[at] ?? "") && current.known && first && near(current, first);
    if (starts && !filler && first && !owner.has(first)) {
      pieces.push(current);
      current = { words: [], tokens: [], known: false };
    }
    for (let i = at; i < at + length; i++) {
      const entry = tokens[i];
      if (!entry) continue;
      current.tokens.push(entry.token);
      if (!owner.has(entry.word)) {
        owner.set(entry.word, current);
        current.words.push(entry.word);
      }
    }
    current.known ||= name !== null;
    at += length;
  }
  pieces.push(current);
  return pieces.filter((piece) => piece.words.length > 0);
}

function near(piece: Piece, word: ItemWord): boolean {
  const last = piece.words.at(-1);
  return last !== undefined && word.x0 - last.x1 < 0.5 * (word.y1 - word.y0);
}

interface Growing {
  x0: number;
  x1: number;
  readonly lines: { y: number; tokens: readonly string[]; hyphen: boolean }[];
}

function growHeader(rows: readonly ItemRow[], seed: number, pieces: readonly Piece[], floor: number): Header {
  const cells: Growing[] = pieces.map((piece) => growing(piece.words, piece.tokens));
  let [first, last] = [seed, seed];
  for (const step of [-1, 1] as const) {
    for (let index = seed + step; index > floor && Math.abs(index - seed) <= 3; index += step) {
      const row = rows[index];
      const neighbour = rows[index - step];
      if (!row || !neighbour || !belongs(row, neighbour, cells)) break;
      for (const segment of row.segments) addToCells(cells, segment);
      if (step === 1) last = index;
      else first = index;
    }
  }
  const ordered = cells.toSorted((a, b) => a.x0 - b.x0);
  return {
    first,
    last,
    cells: ordered.map((cell) => {
      const tokens = joinLines(cell);
      return { field: columnFieldOf(tokens), tokens, x0: cell.x0, x1: cell.x1 };
    }),
  };
}

function growing(words: readonly ItemWord[], tokens: readonly string[]): Growing {
  const last = words.at(-1)?.text ?? "";
  return {
    x0: Math.min(...words.map((word) => word.x0)),
    x1: Math.max(...words.map((word) => word.x1)),
    lines: [{ y: words[0]?.y0 ?? 0, tokens, hyphen: last.endsWith("-") }],
  };
}

/** Whether a row continues a header: it stands close, holds no amounts, and its words narrow or are names. */
function belongs(row: ItemRow, neighbour: ItemRow, cells: readonly Growing[]): boolean {
  const height = Math.max(row.y1 - row.y0, neighbour.y1 - neighbour.y0);
  const gap = row.y0 > neighbour.y0 ? row.y0 - neighbour.y1 : neighbour.y0 - row.y1;
  if (gap > 0.75 * height || row.words.length > 20 || row.words.some((word) => isMoneyWord(word.text)))
    return false;
  const tokens = row.words.flatMap((word) => foldTokens(word.text));
  if (tokens.some((token) => /^\d+$/u.test(token))) return false;
  const texts = row.words.map((word) => word.text);
  const known = tokens.filter(
    (token, at) => isHeaderFiller(token) || columnNameAt(tokens, at) !== null,
  ).length;
  const broken = texts.some((text) => /\p{L}-$/u.test(text)) || endsBroken(cells);
  if (known < 0.5 * tokens.length && !broken) return false;
  return row.segments.every((segment) => {
    const x0 = segment[0]?.x0 ?? 0;
    const x1 = segment.at(-1)?.x1 ?? 0;
    return (
      cells.filter((cell) => Math.min(cell.x1, x1) > Math.max(cell.x0, x0)).length <= 1 ||
      known === tokens.length
    );
  });
}

function endsBroken(cells: readonly Growing[]): boolean {
  return cells.some((cell) => cell.lines.some((line) => line.hyphen));
}

function addToCells(cells: Growing[], segment: readonly ItemWord[]): void {
  for (const piece of splitNames(segment)) {
    const part = growing(piece.words, piece.tokens);
    let best: Growing | null = null;
    let most = 0;
    for (const cell of cells) {
      const shared = Math.min(cell.x1, part.x1) - Math.max(cell.x0, part.x0);
      if (shared > most) {
        best = cell;
        most = shared;
      }
    }
    if (!best) {
      cells.push(part);
      continue;
    }
    best.x0 = Math.min(best.x0, part.x0);
    best.x1 = Math.max(best.x1, part.x1);
    best.lines.push(...part.lines);
  }
}

/** A cell's words from the top; a word broken over two lines is one again. */
function joinLines(cell: Growing): string[] {
  const tokens: string[] = [];
  let hyphen = false;
  for (const line of cell.lines.toSorted((a, b) => a.y - b.y)) {
    const [head, ...rest] = line.tokens;
    const before = tokens.at(-1);
    if (hyphen && head !== undefined && before !== undefined) tokens.splice(-1, 1, before + head, ...rest);
    else tokens.push(...line.tokens);
    hyphen = line.hyphen;
  }
  return tokens;
}
