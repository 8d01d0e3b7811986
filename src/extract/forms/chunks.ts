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
  return view.rows
    .filter((row) => row.page === page)
    .map((row) => row.segments.flatMap((segment) => makeChunk(page, segment.words) ?? []));
}

/** A chunk of these words; null where there are none. */
export function makeChunk(page: ParsedPage, words: readonly number[]): Chunk | null {
  const boxes = words.flatMap((index) => page.words[index]?.bbox ?? []);
  const places = words.flatMap((index) => (page.words[index] ? [page.words[index].bbox] : []));
  const box = unionBoxes(places);
  if (!box || boxes.length === 0) return null;
  const text = words.map((index) => page.words[index]?.text ?? "").join(" ");
  const heights = places.map((place) => place[3] - place[1]).toSorted((a, b) => a - b);
  return { words, text, box, height: heights[heights.length >> 1] ?? 0 };
}

/** Parts chunks where a word stands at the left edge of a column that other rows show. */
export function partAtColumns(page: ParsedPage, rows: readonly (readonly Chunk[])[]): Chunk[][] {
  const edges = rows.flat().map(({ box }) => box[0]);
  const isColumn = (x: number) => edges.filter((edge) => Math.abs(edge - x) < ALIGNED / 2).length > 1;
  return rows.map((row) =>
    row.flatMap((chunk) => {
      const parts: number[][] = [];
      for (const index of chunk.words) {
        const left = page.words[index]?.bbox[0] ?? 0;
        if (parts.length === 0 || (left > chunk.box[0] + 0.05 && isColumn(left))) parts.push([index]);
        else parts.at(-1)?.push(index);
      }
      return parts.flatMap((words) => makeChunk(page, words) ?? []);
    }),
  );
}
