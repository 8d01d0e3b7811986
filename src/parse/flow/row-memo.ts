import type { SetRow } from "./wrap-text.ts";

/** Blocks that take fewer rows stand on a page or two: setting them again costs less than keeping them. */
const WORTH_KEEPING = 60;
/** All words that a document may have, set in one block, take fewer rows. */
const MAX_ROWS = 40_000;

/**
 * The printed rows of the long blocks that were set last, so that a block over many pages is set once for all of
 * them. Those not asked for the longest go first; the one asked for last always stays.
 */
export class RowMemo {
  readonly #kept = new Map<object, readonly SetRow[]>();
  #rows = 0;

  /** The rows that `make` makes; `key` stands for the block and its place. */
  rowsOf(key: object, make: () => readonly SetRow[]): readonly SetRow[] {
    const known = this.#kept.get(key);
    if (known) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known;
    }
    const rows = make();
    if (rows.length < WORTH_KEEPING) return rows;
    this.#kept.set(key, rows);
    this.#rows += rows.length;
    for (const [oldest, { length }] of this.#kept) {
      if (this.#rows <= MAX_ROWS || oldest === key) break;
      this.#kept.delete(oldest);
      this.#rows -= length;
    }
    return rows;
  }

  clear(): void {
    this.#kept.clear();
    this.#rows = 0;
  }
}
