import type { Column } from "./line-items-columns.ts";
import type { Ending } from "./line-items-endings.ts";
import type { ColumnField } from "./line-items-lexicon.ts";
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

/** A row under a header: its words by column, and whether it opens an item. */
export interface BodyRow {
  readonly row: ItemRow;
  readonly parts: readonly CellPart[];
  readonly anchor: boolean;
  readonly ending: Ending;
  readonly hasText: boolean;
}

export function isTextField(field: ColumnField | null | undefined): boolean {
  return field === "description" || field === "name";
}

/** Gathers rows into items: each row with amounts opens one, rows of words join the item they belong to. */
export function gatherItems(body: readonly BodyRow[], columns: readonly Column[]): RawItem[] {
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
  attachWithin(body, first, owners);
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

/** Rows above the first anchor that stand between the same borders. */
function attachWithin(body: readonly BodyRow[], first: number, owners: Map<number, number>): void {
  const ruled = body[first]?.row.ruled ?? -1;
  if (ruled < 0) return;
  for (let index = first - 1; index >= 0 && body[index]?.row.ruled === ruled; index--) {
    if (body[index]?.hasText) owners.set(index, first);
  }
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
  const ending = anchor?.ending ?? { sum: false, pure: false, carry: false, discount: false, charge: false };
  return { cells, columns: byColumn, rows: members.map((member) => member.row), ending, wrapAt };
}
