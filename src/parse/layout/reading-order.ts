import { isNumberLike, type Segment, textOf } from "./placed.ts";

/** Deep enough for nested columns; a page that asks for more is read by rows from there. */
const MAX_DEPTH = 12;
const MIN_GUTTER = 1.2;
/** How often a run may be cut into paragraphs. */
const MAX_PARTS = 6;
/** Candidates tried for the gutter of one run of bands, widest first. */
const MAX_GUTTERS = 4;

/** Something with a place in the reading order: a segment, or a whole table that is read as one. */
export interface Item {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly segments: readonly Segment[];
  readonly table: boolean;
}

interface Band {
  readonly items: Item[];
  y0: number;
  y1: number;
}

type Interval = readonly [number, number];

/**
 * Orders items for reading: bands from the top; a run of bands that share a gutter is read column by
 * column, unless the two sides belong together row by row (a label and its value, a name and its price).
 */
export function readingOrder(items: readonly Item[], em: number, depth = 0): Item[] {
  if (items.length < 2) return [...items];
  const bands = bandsOf(items);
  if (depth >= MAX_DEPTH) return bands.flatMap((band) => byX(band.items));
  const ordered: Item[] = [];
  for (let from = 0; from < bands.length;) {
    const until = runEnd(bands, from, em);
    orderRun(bands.slice(from, until), em, depth, MAX_PARTS, ordered);
    from = until;
  }
  return ordered;
}

/** Reads a run column by column, or, where its sides belong together, its paragraphs one by one, or row by row. */
function orderRun(run: readonly Band[], em: number, depth: number, parts: number, into: Item[]): void {
  const gutter = pickGutter(run, sharedGutters(run, em));
  if (gutter !== null) {
    const all = run.flatMap((band) => band.items);
    for (const side of [
      all.filter((i) => i.x0 + i.x1 < 2 * gutter),
      all.filter((i) => i.x0 + i.x1 >= 2 * gutter),
    ]) {
      for (const item of readingOrder(side, em, depth + 1)) into.push(item);
    }
    return;
  }
  const cut = parts > 0 && run.length >= 4 ? widestPause(run, 0.6 * em) : null;
  if (cut === null) {
    for (const band of run) into.push(...byX(band.items));
    return;
  }
  orderRun(run.slice(0, cut), em, depth, parts - 1, into);
  orderRun(run.slice(cut), em, depth, parts - 1, into);
}

/** Where the widest space between two bands of a run is, if it is wider than `least`. */
function widestPause(run: readonly Band[], least: number): number | null {
  let cut: number | null = null;
  let widest = least;
  for (let i = 1; i < run.length; i++) {
    const pause = (run[i]?.y0 ?? 0) - (run[i - 1]?.y1 ?? 0);
    if (pause > widest) {
      widest = pause;
      cut = i;
    }
  }
  return cut;
}

function byX(items: readonly Item[]): Item[] {
  return items.toSorted((a, b) => rowOf(a) - rowOf(b) || a.x0 - b.x0);
}

function rowOf(item: Item): number {
  return item.segments[0]?.row ?? 0;
}

/** Items that overlap in height stand in one band; a quarter of the height is no overlap. */
function bandsOf(items: readonly Item[]): Band[] {
  const bands: Band[] = [];
  for (const item of items.toSorted((a, b) => a.y0 + a.y1 - b.y0 - b.y1)) {
    const last = bands.at(-1);
    const slack = item.table ? 0 : 0.3 * (item.y1 - item.y0);
    if (last && item.y0 + slack < last.y1) {
      last.items.push(item);
      last.y1 = Math.max(last.y1, item.y1 - slack);
    } else {
      bands.push({ items: [item], y0: item.y0 + slack, y1: item.y1 - slack });
    }
  }
  return bands;
}

/** The end of the longest run of bands from `from` on that leaves at least one gutter free. */
function runEnd(bands: readonly Band[], from: number, em: number): number {
  let gutters: Interval[] | null = null;
  for (let until = from; until < bands.length; until++) {
    const band = bands[until];
    if (!band) return until;
    gutters = narrow(gutters, band, em);
    const before = bands[until - 1];
    const apart = until > from && before !== undefined && band.y0 - before.y1 > 6 * em;
    if (gutters.length === 0 || apart) return Math.max(from + 1, until);
  }
  return bands.length;
}

function sharedGutters(run: readonly Band[], em: number): Interval[] {
  let gutters: Interval[] | null = null;
  for (const band of run) gutters = narrow(gutters, band, em);
  return gutters ?? [];
}

function narrow(gutters: readonly Interval[] | null, band: Band, em: number): Interval[] {
  const free = freeIntervals(band.items);
  const next = gutters === null ? free : intersect(gutters, free);
  return next.filter(([x0, x1]) => x1 - x0 >= MIN_GUTTER * em);
}

/** The x-intervals that no item of a band covers, the margins included. */
function freeIntervals(items: readonly Item[]): Interval[] {
  const free: Interval[] = [];
  let right = -Infinity;
  for (const item of items.toSorted((a, b) => a.x0 - b.x0)) {
    if (item.x0 > right) free.push([right, item.x0]);
    right = Math.max(right, item.x1);
  }
  free.push([right, Infinity]);
  return free;
}

function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const common: Interval[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (!left || !right) break;
    const from = Math.max(left[0], right[0]);
    const to = Math.min(left[1], right[1]);
    if (to > from) common.push([from, to]);
    if (left[1] < right[1]) i++;
    else j++;
  }
  return common;
}

/** The middle of the widest gutter that parts two columns of their own, or null. */
function pickGutter(run: readonly Band[], gutters: readonly Interval[]): number | null {
  const inner = gutters
    .filter(([x0, x1]) => Number.isFinite(x0) && Number.isFinite(x1))
    .toSorted((a, b) => b[1] - b[0] - (a[1] - a[0]))
    .slice(0, MAX_GUTTERS);
  for (const [x0, x1] of inner) {
    const middle = (x0 + x1) / 2;
    if (partsColumns(run, middle)) return middle;
  }
  return null;
}

function partsColumns(run: readonly Band[], gutter: number): boolean {
  let both = 0;
  let coupled = 0;
  let [left, right] = [0, 0];
  for (const band of run) {
    const before = band.items.filter((item) => item.x1 <= gutter);
    const behind = band.items.filter((item) => item.x0 >= gutter);
    if (before.length > 0) left++;
    if (behind.length > 0) right++;
    if (before.length === 0 || behind.length === 0) continue;
    both++;
    if (isCoupled(nearest(before, -1), nearest(behind, 1))) coupled++;
  }
  return left >= 2 && right >= 2 && coupled < 0.5 * Math.max(1, both);
}

function nearest(items: readonly Item[], side: 1 | -1): Item | undefined {
  return items.toSorted((a, b) => (side === 1 ? a.x0 - b.x0 : b.x1 - a.x1))[0];
}

/** Whether two neighbours on one row are read together: a label and its value, a text and its number. */
function isCoupled(left: Item | undefined, right: Item | undefined): boolean {
  const [a, b] = [left?.segments[0], right?.segments[0]];
  if (!a || !b || left?.table || right?.table) return false;
  const label = textOf(a.words);
  return /[:：]$/u.test(label) || isNumberLike(label) || isNumberLike(textOf(b.words));
}
