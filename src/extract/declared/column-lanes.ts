import type { BBox } from "../../model/geometry.ts";
import type { ParsedPage } from "../../model/parsed.ts";
import { boxOf, type Piece } from "../engine/view.ts";

/** The place of a word in the tables that the layout found. */
interface Place {
  readonly table: number;
  readonly row: number;
  readonly column: number;
}

/** A name overlaps its column by less than this share where it stands beside it. */
const BESIDE = 0.3;

const PLACES = new WeakMap<ParsedPage, ReadonlyMap<number, Place>>();

/**
 * The box of a column's name, drawn out to where its column's entries stand: a name set to the left over numbers set to
 * the right stands beside them. The name's own box where it stands over them, or in no table.
 */
export function laneOf(piece: Piece): BBox {
  const own = boxOf(piece);
  const { page, words } = piece.segment;
  const word = words.find((index) => (page.words[index]?.bbox[0] ?? 2) >= own[0] - 0.001);
  const place = word === undefined ? undefined : placesOf(page).get(word);
  const table = place ? page.tables[place.table] : undefined;
  if (!place || !table) return own;
  let [left, right] = [Infinity, -Infinity];
  for (const cell of table.cells) {
    if (cell.column !== place.column || cell.row <= place.row || cell.column_span > 1) continue;
    for (const index of cell.words) {
      const box = page.words[index]?.bbox;
      if (!box) continue;
      left = Math.min(left, box[0]);
      right = Math.max(right, box[2]);
    }
  }
  const overlap = Math.min(right, own[2]) - Math.max(left, own[0]);
  const narrower = Math.min(right - left, own[2] - own[0]);
  if (left > right || overlap > BESIDE * narrower) return own;
  return [Math.min(left, own[0]), own[1], Math.max(right, own[2]), own[3]];
}

function placesOf(page: ParsedPage): ReadonlyMap<number, Place> {
  const known = PLACES.get(page);
  if (known) return known;
  const places = new Map<number, Place>();
  for (const [table, { cells }] of page.tables.entries()) {
    for (const { row, column, words } of cells) {
      for (const word of words) places.set(word, { table, row, column });
    }
  }
  PLACES.set(page, places);
  return places;
}
