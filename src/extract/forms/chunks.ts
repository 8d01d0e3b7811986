import { medianOf } from "../../model/median.ts";
import { type BBox, unionBoxes } from "../../model/geometry.ts";
import type { ParsedPage } from "../../model/parsed.ts";
import type { View } from "../engine/view.ts";

/** Words of one row that stand together; `height` is their size in fractions of the page. */
export interface Chunk {
  readonly words: readonly number[];
  readonly text: string;
  readonly box: BBox;
  readonly height: number;
}

/** How far two left edges lie apart at most to be one column's. */
export const ALIGNED = 0.006;

/** A page's rows, each as its chunks from the left. */
export function chunkRows(view: View, page: ParsedPage): Chunk[][] {
  const cells = new Map<number, number>();
  for (const { ruled, cells: own } of page.tables) {
    if (!ruled) continue;
    for (const { words } of own) {
      const cell = cells.size;
      for (const word of words) cells.set(word, cell);
    }
  }
  return view.rows
    .filter((row) => row.page === page)
    .map((row) => row.segments.flatMap((segment) => partAtLeaders(page, segment.words, cells)));
}

/** Dots or a line that lead from a label to its value part both, as a cell's border does. */
const LEADER = /^[.…_·]{2,}$/u;
const LED = /[.…_·]{3,}/gu;

function partAtLeaders(
  page: ParsedPage,
  words: readonly number[],
  cells: ReadonlyMap<number, number>,
): Chunk[] {
  const parts: number[][] = [[]];
  let cell: number | undefined;
  for (const index of words) {
    const text = page.words[index]?.text ?? "";
    if (LEADER.test(text) || (parts.at(-1)?.length !== 0 && cells.get(index) !== cell)) parts.push([]);
    cell = cells.get(index);
    if (LEADER.test(text)) continue;
    parts.at(-1)?.push(index);
    if (/[.…_·]{3,}$/u.test(text)) parts.push([]);
  }
  return parts.flatMap((part) => makeChunk(page, part) ?? []);
}

/** A chunk of these words; null where there are none. */
export function makeChunk(page: ParsedPage, words: readonly number[]): Chunk | null {
  const places = words.flatMap((index) => (page.words[index] ? [page.words[index].bbox] : []));
  const box = unionBoxes(places);
  if (!box || words.length === 0) return null;
  const text = words
    .map((index) => page.words[index]?.text ?? "")
    .join(" ")
    .replace(LED, "");
  return { words, text, box, height: medianOf(places.map((place) => place[3] - place[1])) };
}

/** A gap this many times as wide as the page's usual space may part two columns. */
const WIDER = 1.25;
/** A gap this many times as wide parts two columns by itself. */
const GAP = 1.9;

/** Parts chunks where a word stands, behind more than a space, at the left edge of a column that other rows show. */
export function partAtColumns(page: ParsedPage, rows: readonly (readonly Chunk[])[]): Chunk[][] {
  const edges = rows.flat().map(({ box }) => box[0]);
  const isColumn = (x: number) => edges.filter((edge) => Math.abs(edge - x) < ALIGNED / 2).length > 1;
  const usual = usualSpace(page, rows);
  return rows.map((row) =>
    row.flatMap((chunk) => {
      const parts: number[][] = [];
      let right = 0;
      for (const index of chunk.words) {
        const [left, , end] = page.words[index]?.bbox ?? [0, 0, 0, 0];
        const gap = (left - right) / (usual * chunk.height);
        if (parts.length === 0 || gap > GAP || (gap > WIDER && isColumn(left))) parts.push([index]);
        else parts.at(-1)?.push(index);
        right = end;
      }
      return parts.flatMap((words) => makeChunk(page, words) ?? []);
    }),
  );
}

/** The space between two words of one chunk, in heights of its words. */
function usualSpace(page: ParsedPage, rows: readonly (readonly Chunk[])[]): number {
  const gaps = rows.flat().flatMap(({ words, height }) =>
    words.slice(1).flatMap((index, at) => {
      const [before, own] = [page.words[words[at] ?? -1]?.bbox, page.words[index]?.bbox];
      return before && own && height > 0 ? [(own[0] - before[2]) / height] : [];
    }),
  );
  return medianOf(gaps);
}
