import type { BBox } from "../../model/geometry.ts";
import { unionBoxes } from "../../model/geometry.ts";
import type { ParsedPage } from "../../model/parsed.ts";
import type { LineItemHints, LineItems } from "./line-item.ts";
import { type BodyItems, readBody } from "./line-items-body.ts";
import type { RawItem } from "./line-items-gather.ts";
import { columnsOf } from "./line-items-columns.ts";
import { withDetails } from "./line-items-details.ts";
import { readEnding } from "./line-items-endings.ts";
import { findHeaders, type Header, headerOfTable } from "./line-items-header.ts";
import { nameColumns } from "./line-items-naming.ts";
import { isMoneyWord } from "./line-items-numbers.ts";
import { readPlainItems } from "./line-items-plain.ts";
import { provenSums } from "./line-items-proof.ts";
import { type ItemRow, itemRows } from "./line-items-rows.ts";
import { raisedBySum, type ReadItem, readItem } from "./line-items-values.ts";

/** Pages beyond these are not looked at for items. */
const MAX_PAGES = 120;
const MAX_ITEMS = 2_000;
/** Rows that the borders between columns are chosen by. */
const MAX_SAMPLE = 60;
/** Tables of a page that are tried without known names. */
const MAX_UNNAMED = 6;

/** The items of one header, or of one page without any. */
interface Found {
  readonly signature: string;
  readonly items: readonly ReadItem[];
  readonly score: number;
}

/**
 * Finds the line items of a document: the tables whose header names columns of items, read over page breaks;
 * without a header, rows that end in amounts. What the document's own sums prove wins. Pure.
 */
export function findLineItems(pages: readonly ParsedPage[], hints: LineItemHints): LineItems {
  const read = pages.slice(0, MAX_PAGES).map((page) => itemRows(page));
  const tables = readTables(read, hints);
  if (tables.length === 0) tables.push(...readUnnamed(pages, read, hints));
  const best = pickTables(tables, read);
  const plain = best.length === 0 || hints.receipt ? readPlainItems(read, hints) : [];
  const chosen = withoutFoot(chooseItems(best, plain, read)).slice(0, MAX_ITEMS);
  const items = provenSums(chosen, read) ? chosen.map((item) => raisedBySum(item)) : chosen;
  return { items: items.map((item) => item.draft), regions: regionsOf(pages, items) };
}

/** A table that may go on at the top of the next page. */
interface OpenTable {
  readonly header: Header;
  /** Rows of amounts so far: the columns of the next page are set by them too. */
  readonly sample: readonly ItemRow[];
}

function readTables(pages: readonly (readonly ItemRow[])[], hints: LineItemHints): Found[] {
  const found: Found[] = [];
  let open: OpenTable | null = null;
  for (const rows of pages) {
    const headers = findHeaders(rows);
    if (open) open = goOn(open, rows.slice(0, headers[0]?.first ?? rows.length), hints, found);
    for (const [number, header] of headers.entries()) {
      const beneath = rows.slice(header.last + 1, headers[number + 1]?.first ?? rows.length);
      const sample = sampleRows(beneath);
      const columns = nameColumns(columnsOf(header, sample, textRows(beneath)), beneath, hints.decimal);
      const body = readBody(beneath, columns, hints.decimal);
      const items = finish(body, hints);
      if (items.length > 0) found.push(foundOf(signatureOf(header), items));
      const last = number === headers.length - 1;
      open = last && !body.ended ? { header, sample: items.length > 0 ? sample : [] } : null;
    }
  }
  return found;
}

/** Reads on under the header of an earlier page; rows there must prove themselves where items came before. */
function goOn(
  open: OpenTable,
  rows: readonly ItemRow[],
  hints: LineItemHints,
  found: Found[],
): OpenTable | null {
  const { header } = open;
  const sample = [...open.sample, ...sampleRows(rows)].slice(0, MAX_SAMPLE);
  const columns = nameColumns(
    columnsOf(header, sample, textRows(rows)),
    [...open.sample, ...rows],
    hints.decimal,
  );
  const body = readBody(rows, columns, hints.decimal);
  const items = finish(body, hints).filter((item) => item.proven || isFull(item));
  if (items.length > 0) found.push(foundOf(signatureOf(header), items));
  return items.length === 0 || body.ended ? null : { header, sample };
}

/** Whether an item has all that a row of a table with quantities and prices has. */
function isFull({ draft: { cells } }: ReadItem): boolean {
  return Boolean(cells.description && cells.quantity && cells.unit_price && cells.amount);
}

/** Tables whose header says nothing known: their items count when quantity times price proves them. */
function readUnnamed(
  pages: readonly ParsedPage[],
  read: readonly (readonly ItemRow[])[],
  hints: LineItemHints,
): Found[] {
  const found: Found[] = [];
  for (const [number, rows] of read.entries()) {
    const page = pages[number];
    for (const table of page ? page.tables.slice(0, MAX_UNNAMED) : []) {
      const header = page ? headerOfTable(page, table, rows) : null;
      if (!header) continue;
      const beneath = rows.slice(header.last + 1);
      const columns = nameColumns(columnsOf(header, sampleRows(beneath)), beneath, hints.decimal);
      const items = finish(readBody(beneath, columns, hints.decimal), hints);
      const proven = items.filter((item) => item.proven);
      if (proven.length >= 2 && proven.length * 2 >= items.length)
        found.push(foundOf(signatureOf(header), items));
    }
  }
  return found;
}

/** Rows that hold amounts, up to the first sum: by them the columns' borders are chosen. */
function sampleRows(rows: readonly ItemRow[]): ItemRow[] {
  const sample: ItemRow[] = [];
  for (const row of rows) {
    const letters = row.words.filter((word) => !/\d/u.test(word.text)).map((word) => word.text);
    const ending = readEnding(letters.join(" "));
    if (sample.length > 0 && ending.sum) break;
    if (sample.length > 0 && (ending.discount || ending.charge)) continue;
    const numbers = row.words.filter((word) => /\d/u.test(word.text)).length;
    if (row.words.some((word) => isMoneyWord(word.text)) || (numbers >= 2 && row.segments.length >= 3))
      sample.push(row);
    if (sample.length >= MAX_SAMPLE) break;
  }
  const full = sample.filter((row) => row.segments.length >= 3);
  return full.length > 0 ? full : sample;
}

/** Rows of words alone, up to the first sum. */
function textRows(rows: readonly ItemRow[]): ItemRow[] {
  const texts: ItemRow[] = [];
  for (const row of rows) {
    if (texts.length >= MAX_SAMPLE || readEnding(row.words.map((word) => word.text).join(" ")).sum) break;
    if (!row.words.some((word) => isMoneyWord(word.text))) texts.push(row);
  }
  return texts;
}

function signatureOf(header: Header): string {
  return header.cells.map((cell) => cell.tokens.join(" ")).join("|");
}

function finish(body: BodyItems, hints: LineItemHints): ReadItem[] {
  const words = body.items.flatMap((raw) => [
    ...(raw.cells.get("amount") ?? []),
    ...(raw.cells.get("unit_price") ?? []),
  ]);
  const cents = words.filter((part) => /[.,]\d{2}(?!\d)/u.test(part.text)).length * 2 >= words.length;
  const items = withDetails(body.items.filter((raw) => isItem(raw)));
  return items.map((raw) => readItem(raw, hints, cents));
}

/** A row of numbers alone, or a sum that stands among the items, is none. */
function isItem(raw: RawItem): boolean {
  const texts = [...raw.cells.entries()].filter(([field]) =>
    ["description", "name", "product_code"].includes(field),
  );
  return texts.some(([, parts]) => parts.some((part) => /[\p{L}\d]/u.test(part.text)));
}

function foundOf(signature: string, items: readonly ReadItem[]): Found {
  let score = 0;
  for (const item of items) {
    const { cells } = item.draft;
    score += item.proven ? 4 : 0;
    score += cells.amount ? 1 : -1;
    score += (cells.quantity ? 1 : 0) + (cells.unit_price ? 1 : 0) + (cells.description ? 1 : 0);
  }
  return { signature, items, score: score / items.length };
}

/** The best table and all that are like it: of its header, or with proof of their own. */
function pickTables(found: readonly Found[], pages: readonly (readonly ItemRow[])[]): Found[] {
  let best: Found | null = null;
  let bestScore = 1.5;
  for (const table of found) {
    const sums = provenSums(table.items, pages) ? 3 : 0;
    const score = table.score + sums + Math.min(2, table.items.length * 0.1);
    if (score > bestScore) {
      best = table;
      bestScore = score;
    }
  }
  return best ? found.filter((table) => table.signature === best.signature || table.score >= 6.5) : [];
}

/** Leaves out the discounts and charges beneath the items unless the sums need them; takes what is proven. */
function chooseItems(
  tables: readonly Found[],
  plain: readonly ReadItem[],
  pages: readonly (readonly ItemRow[])[],
): readonly ReadItem[] {
  const all = tables.flatMap((table) => table.items);
  const isExtra = (item: ReadItem): boolean =>
    (item.raw.ending.discount || item.raw.ending.charge || item.raw.ending.sum) &&
    !(item.draft.cells.quantity && (item.draft.cells.unit_price || item.proven));
  const strict = all.filter((item) => !isExtra(item));
  const kept =
    strict.length < all.length && !provenSums(strict, pages) && provenSums(all, pages) ? all : strict;
  if (plain.length === 0) return kept;
  if (kept.length === 0) return plain;
  if (!provenSums(plain, pages)) return kept;
  const provenRows = (items: readonly ReadItem[]): number => items.filter((item) => item.proven).length;
  return !provenSums(kept, pages) || provenRows(plain) > provenRows(kept) ? plain : kept;
}

/**
 * The items up to the first row that holds nothing but their sum and its name, in whatever language: with it begins
 * the document's foot.
 */
function withoutFoot(items: readonly ReadItem[]): readonly ReadItem[] {
  let sum = 0;
  let full = 0;
  for (const [index, item] of items.entries()) {
    const { quantity, unit_price: price, product_code: code } = item.draft.cells;
    const bare = !quantity && !price && !code;
    if (bare && full > 0 && full === index && item.amount !== null && Math.abs(item.amount - sum) < 0.006)
      return items.slice(0, index);
    sum += item.amount ?? 0;
    full += bare || item.amount === null ? 0 : 1;
  }
  return items;
}

function regionsOf(pages: readonly ParsedPage[], items: readonly ReadItem[]): { page: number; bbox: BBox }[] {
  const regions: { page: number; bbox: BBox }[] = [];
  for (const page of pages) {
    const boxes: BBox[] = [];
    for (const row of items.flatMap((item) => item.raw.rows)) {
      if (row.page !== page.number) continue;
      for (const word of row.words) {
        const box = page.words[word.index]?.bbox;
        if (box) boxes.push(box);
      }
    }
    const bbox = unionBoxes(boxes);
    if (bbox) regions.push({ page: page.number, bbox });
  }
  return regions;
}
