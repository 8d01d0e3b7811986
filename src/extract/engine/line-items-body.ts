import { type Column, columnOf } from "./line-items-columns.ts";
import { type Ending, readEnding } from "./line-items-endings.ts";
import type { ColumnField } from "./line-items-lexicon.ts";
import { isNumberText, multiplies, type ReadNumber, readNumber } from "./line-items-numbers.ts";
import type { ItemRow, ItemWord } from "./line-items-rows.ts";

/** Words of one printed row that stand in one column. */
export interface CellPart {
  readonly words: readonly ItemWord[];
  readonly text: string;
}

/** An item before its values are read: the parts of each column, from the top. */
export interface RawItem {
  readonly cells: ReadonlyMap<ColumnField, readonly CellPart[]>;
  /** Parts by the column's number, for columns without a known name. */
  readonly columns: readonly (readonly CellPart[])[];
  readonly rows: readonly ItemRow[];
  readonly ending: Ending;
  /** Where lines of the description end at the latest, in points: a fuller line goes on in the next. */
  readonly wrapAt: number;
}

export interface BodyItems {
  readonly items: readonly RawItem[];
  /** True when a sum or something else ended the table before the rows did. */
  readonly ended: boolean;
}

const TEXT_FIELDS: ReadonlySet<ColumnField | null> = new Set([
  "description",
  "name",
  "product_code",
  "other",
  null,
]);
const AMOUNT_FIELDS: readonly (ColumnField | null)[] = ["amount", "gross_amount"];
const PRICE_FIELDS: readonly (ColumnField | null)[] = ["unit_price", "gross_price"];
/** A pause of this many heights ends a table that has items. */
const MAX_PAUSE = 9;

interface BodyRow {
  readonly row: ItemRow;
  readonly parts: readonly CellPart[];
  readonly anchor: boolean;
  readonly ending: Ending;
  readonly hasText: boolean;
}

/** Reads the rows under a header into items; words without amounts join the item that they stand nearest to. */
export function readBody(
  rows: readonly ItemRow[],
  columns: readonly Column[],
  decimal: "." | "," | null,
): BodyItems {
  const body: BodyRow[] = [];
  let ended = false;
  let anchors = 0;
  for (const [index, row] of rows.entries()) {
    const above = rows[index - 1];
    const height = Math.max(1, row.y1 - row.y0);
    if (above && anchors > 0 && row.y0 - above.y1 > MAX_PAUSE * height) {
      ended = true;
      break;
    }
    const read = readRow(row, columns, decimal);
    if (!read) continue;
    if (endsTable(read, columns, decimal)) {
      if (!read.ending.carry) ended = true;
      continue;
    }
    if (ended) {
      if (!read.anchor || !isWhole(read, columns, decimal)) continue;
      ended = false;
    }
    if (read.ending.carry && !isPriced(read, columns, decimal)) continue;
    if (read.anchor) anchors++;
    body.push(read);
  }
  return { items: gatherItems(body, columns), ended };
}

function readRow(row: ItemRow, columns: readonly Column[], decimal: "." | "," | null): BodyRow | null {
  const words = row.words.filter((word) => columnOf(columns, word) >= 0);
  if (words.length === 0) return null;
  const ending = readEnding(
    row.words
      .filter((word) => !/\d/u.test(word.text))
      .map((word) => word.text)
      .join(" "),
  );
  const parts = columns.map((_, number) =>
    partOf(words.filter((word) => columnOf(columns, word) === number)),
  );
  const anchor = isAnchor(row, parts, columns, decimal);
  const settled = anchor ? parts : runsByStart(row, columns);
  const hasText = settled.some((part, i) => isTextField(columns[i]?.field) && /\p{L}/u.test(part.text));
  return { row, parts: settled, anchor, ending, hasText };
}

function isTextField(field: ColumnField | null | undefined): boolean {
  return field === "description" || field === "name";
}

function partOf(words: readonly ItemWord[]): CellPart {
  return { words, text: words.map((word) => word.text).join(" ") };
}

/** A row without amounts: each printed run belongs wholly to the column in which it starts. */
function runsByStart(row: ItemRow, columns: readonly Column[]): CellPart[] {
  const words: ItemWord[][] = columns.map(() => []);
  for (const run of row.segments) {
    const first = run[0];
    const start = first
      ? columns.findIndex((column) => first.x0 + 1 >= column.from && first.x0 + 1 < column.to)
      : -1;
    words[start]?.push(...run);
  }
  return words.map((group) => partOf(group));
}

function numberIn(part: CellPart | undefined, decimal: "." | "," | null): ReadNumber | null {
  return part && part.text !== "" && isNumberText(part.text) ? readNumber(part.text, decimal) : null;
}

function has(
  parts: readonly CellPart[],
  columns: readonly Column[],
  fields: readonly (ColumnField | null)[],
  decimal: "." | "," | null,
): boolean {
  return columns.some((column, i) => fields.includes(column.field) && numberIn(parts[i], decimal) !== null);
}

/** Whether a row opens an item: it has the table's amount, or enough of its other numbers. */
function isAnchor(
  row: ItemRow,
  parts: readonly CellPart[],
  columns: readonly Column[],
  decimal: "." | "," | null,
): boolean {
  if (isProse(row, parts, columns)) return false;
  const fields = columns.map((column) => column.field);
  if (has(parts, columns, AMOUNT_FIELDS, decimal)) return true;
  const others = [has(parts, columns, ["quantity"], decimal), has(parts, columns, PRICE_FIELDS, decimal)];
  const count = others.filter(Boolean).length;
  if (fields.some((field) => AMOUNT_FIELDS.includes(field))) {
    const numbered = columns.findIndex((column) => column.field === "line_number");
    return count === 2 && (numbered < 0 || (parts[numbered]?.text ?? "") !== "");
  }
  return fields.some((field) => PRICE_FIELDS.includes(field)) ? others[1] === true : count >= 1;
}

/** Whether a text runs on through the columns of numbers: a note that happens to hold a number there. */
function isProse(row: ItemRow, parts: readonly CellPart[], columns: readonly Column[]): boolean {
  for (const run of row.segments) {
    const first = run[0];
    if (!first || run.length < 4) continue;
    const start = columns.findIndex((column) => first.x0 + 1 >= column.from && first.x0 + 1 < column.to);
    const end = run.at(-1);
    const stop = end ? columnOf(columns, end) : start;
    if (start < 0 || stop <= start || !TEXT_FIELDS.has(columns[start]?.field ?? null)) continue;
    const crossing = run.findIndex((word) => columnOf(columns, word) > start);
    const [before, behind] = [run[crossing - 1], run[crossing]];
    const numbers = parts
      .slice(start + 1)
      .filter((part) => part.text !== "" && isNumberText(part.text)).length;
    if (before && behind && behind.x0 - before.x1 < 0.45 * (behind.y1 - behind.y0) && numbers < 2)
      return true;
  }
  return false;
}

function isPriced(read: BodyRow, columns: readonly Column[], decimal: "." | "," | null): boolean {
  return (
    has(read.parts, columns, ["quantity"], decimal) &&
    has(read.parts, columns, [...PRICE_FIELDS, ...AMOUNT_FIELDS], decimal)
  );
}

/** Whether a row proves itself an item: quantity times price is its amount. */
function isWhole(read: BodyRow, columns: readonly Column[], decimal: "." | "," | null): boolean {
  const value = (fields: readonly (ColumnField | null)[]): number => {
    const number = columns.findIndex(
      (column, i) => fields.includes(column.field) && (read.parts[i]?.text ?? "") !== "",
    );
    return Number(numberIn(read.parts[number], decimal)?.readings[0] ?? Number.NaN);
  };
  const [quantity, price, amount] = [value(["quantity"]), value(PRICE_FIELDS), value(AMOUNT_FIELDS)];
  return quantity * price !== 0 && multiplies(quantity, price, amount);
}

function endsTable(read: BodyRow, columns: readonly Column[], decimal: "." | "," | null): boolean {
  if (!read.ending.sum && !startsSum(read.row)) return false;
  const fields = columns.map((column) => column.field);
  if (fields.includes("quantity") && has(read.parts, columns, ["quantity"], decimal)) {
    if (
      has(read.parts, columns, [...PRICE_FIELDS, ...AMOUNT_FIELDS], decimal) &&
      read.hasText &&
      read.anchor
    ) {
      return read.parts.filter((part) => part.text !== "").length < 3 || isSumOnly(read);
    }
  }
  return read.row.words.length <= 24;
}

function isSumOnly(read: BodyRow): boolean {
  const [first] = read.row.words;
  return (
    first !== undefined &&
    readEnding(first.text).sum &&
    read.parts.filter((part) => part.text !== "").length <= 3
  );
}

/** A sum may stand at the right of a row whose left says something else. */
function startsSum(row: ItemRow): boolean {
  return row.segments.slice(1).some((run) => {
    const text = run.map((word) => word.text).join(" ");
    return /\p{L}{3}/u.test(text) && readEnding(text.replace(/\d\S*/gu, "")).sum;
  });
}

function gatherItems(body: readonly BodyRow[], columns: readonly Column[]): RawItem[] {
  const owners = new Map<number, number>();
  const anchors: number[] = [];
  for (const [index, row] of body.entries()) {
    if (!row.anchor) continue;
    const before = anchors.at(-1);
    if (before === index - 1 && completes(body[before], row, columns)) {
      owners.set(index, before);
    } else {
      anchors.push(index);
      owners.set(index, index);
    }
  }
  const [first] = anchors;
  if (first === undefined) return [];
  const above = body.slice(0, first).filter((row) => row.hasText);
  const opens = !body[first]?.hasText || (above.length === 1 && isClose(above[0], body[first], 0.15));
  if (opens) attachAbove(body, first, owners);
  for (const [position, anchor] of anchors.entries()) {
    shareBetween(body, anchor, anchors[position + 1] ?? null, opens, owners);
  }
  const wrapAt = wrapOf(body, owners, columns);
  const groups = new Map<number, BodyRow[]>(anchors.map((anchor) => [anchor, []]));
  for (const [index, row] of body.entries()) groups.get(owners.get(index) ?? -1)?.push(row);
  return anchors.map((anchor) => itemOf(groups.get(anchor) ?? [], body[anchor], columns, wrapAt));
}

/** Whether a row holds the numbers that the row before lacks: cells of one item that stand at different heights. */
function completes(before: BodyRow | undefined, row: BodyRow, columns: readonly Column[]): boolean {
  if (!before || !isClose(before, row, 0.6)) return false;
  return (
    columns.every((column, i) => {
      const both = (before.parts[i]?.text ?? "") !== "" && (row.parts[i]?.text ?? "") !== "";
      return !both || column.field === "description" || column.field === "product_code";
    }) && !(before.hasText && row.hasText)
  );
}

function isClose(a: BodyRow | undefined, b: BodyRow | undefined, heights: number): boolean {
  if (!a || !b) return false;
  const height = Math.min(a.row.y1 - a.row.y0, b.row.y1 - b.row.y0);
  return b.row.y0 - a.row.y1 < heights * height;
}

function attachAbove(body: readonly BodyRow[], first: number, owners: Map<number, number>): void {
  for (let index = first - 1; index >= 0 && first - index <= 4; index--) {
    if (!body[index]?.hasText || !isClose(body[index], body[index + 1], 1)) break;
    owners.set(index, first);
  }
}

/** Behind the last item: the first row whose words stand elsewhere than in its description, or `until`. */
function firstForeign(body: readonly BodyRow[], anchor: number, until: number): number {
  for (let index = anchor + 1; index < until; index++) {
    const row = body[index];
    if (row && !row.hasText && row.parts.some((part) => /\p{L}{4}/u.test(part.text))) return index;
  }
  return until;
}

/** Shares the rows between two anchors: a border decides, else the widest pause does. */
function shareBetween(
  body: readonly BodyRow[],
  anchor: number,
  next: number | null,
  opens: boolean,
  owners: Map<number, number>,
): void {
  const until = next ?? body.length;
  let split = until;
  const gaps: number[] = [];
  for (let index = anchor + 1; index <= until; index++) {
    const [before, row] = [body[index - 1], body[index]];
    gaps.push(before && row ? row.row.y0 - before.row.y1 : Infinity);
  }
  const height = Math.max(1, (body[anchor]?.row.y1 ?? 0) - (body[anchor]?.row.y0 ?? 0));
  const inner = next === null ? gaps.slice(0, -1) : gaps;
  const widest = Math.max(...inner, -Infinity);
  const least = Math.min(...inner, Infinity);
  const bare = next !== null && !body[next]?.hasText;
  const pause = widest - least > 0.25 * height || (next === null && widest > 1.1 * height);
  if (inner.length > 0 && (pause || bare)) split = anchor + 1 + inner.indexOf(widest);
  if (next === null) split = Math.min(split, firstForeign(body, anchor, until));
  const ruled = body[anchor]?.row.ruled ?? -1;
  for (let index = anchor + 1; index < until; index++) {
    if (owners.has(index)) continue;
    const own = body[index]?.row.ruled ?? -1;
    const nextRuled = next === null ? -1 : (body[next]?.row.ruled ?? -1);
    if (ruled >= 0 && own >= 0 && ruled !== nextRuled && (own === ruled || own === nextRuled)) {
      owners.set(index, own === ruled ? anchor : (next ?? anchor));
    } else if (index < split) {
      owners.set(index, anchor);
    } else if (next !== null && (bare || opens)) {
      owners.set(index, next);
    }
  }
}

/** The right edge of the description column: of its lines when there are many, else near the next column. */
function wrapOf(
  body: readonly BodyRow[],
  owners: ReadonlyMap<number, number>,
  columns: readonly Column[],
): number {
  const number = columns.findIndex((column) => isTextField(column.field));
  const column = columns[number];
  if (!column) return Infinity;
  const ends: number[] = [];
  for (const [index, row] of body.entries()) {
    const end = row.parts[number]?.words.at(-1)?.x1;
    if (owners.has(index) && end !== undefined && end <= column.to) ends.push(end);
  }
  const seen = Math.max(...ends.slice(0, 500), 0);
  return ends.length >= 6 ? seen : Math.max(seen, column.to - 0.1 * (column.to - column.from));
}

function itemOf(
  members: readonly BodyRow[],
  anchor: BodyRow | undefined,
  columns: readonly Column[],
  wrapAt: number,
): RawItem {
  const cells = new Map<ColumnField, CellPart[]>();
  const byColumn: CellPart[][] = columns.map(() => []);
  for (const member of members) {
    for (const [number, part] of member.parts.entries()) {
      if (part.text === "") continue;
      const field = columns[number]?.field ?? null;
      byColumn[number]?.push(part);
      if (field === null) continue;
      const parts = cells.get(field);
      if (!parts) cells.set(field, [part]);
      else if (member === anchor && !isTextField(field)) parts.unshift(part);
      else parts.push(part);
    }
  }
  const ending = anchor?.ending ?? { sum: false, carry: false, discount: false, charge: false };
  return { cells, columns: byColumn, rows: members.map((member) => member.row), ending, wrapAt };
}
