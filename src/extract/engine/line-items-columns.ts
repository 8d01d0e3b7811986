import type { Header, HeaderCell } from "./line-items-header.ts";
import type { ColumnField } from "./line-items-lexicon.ts";
import { medianOf } from "../../model/median.ts";
import type { ItemRow, ItemWord } from "./line-items-rows.ts";

/** A column of an item table: all words between `from` and `to` are its own. */
export interface Column {
  readonly field: ColumnField | null;
  readonly from: number;
  readonly to: number;
}

/** How far left of its first name and right of its last one, in points, a table's words may stand. */
const REACH_LEFT = 36;
const REACH_RIGHT = 60;
const MARGIN = 12;
/** What cutting through a word costs, and cutting between two words of one printed run. */
const THROUGH_WORD = 1;
const THROUGH_RUN = 0.3;
const THROUGH_SPACE = 0.04;
/** What it costs to cut a column's name off from its own column. */
const THROUGH_NAME = 0.12;

/**
 * The columns of a header. Where the words beneath stand in as many columns as the header has names, each
 * takes its own; else the borders are set where the fewest words of the rows beneath are cut.
 */
export function columnsOf(header: Header, body: readonly ItemRow[]): Column[] {
  const { cells } = header;
  const [first, last] = [cells[0], cells.at(-1)];
  if (!first || !last) return [];
  const clusters = clustersOf(body);
  const counted = clusters.length === cells.length && cells.length > 2;
  const borders = [Math.min(first.x0 - REACH_LEFT, medianOf(body.map((row) => row.x0)) - MARGIN)];
  for (let i = 1; i < cells.length; i++) {
    const [a, b] = [cells[i - 1], cells[i]];
    const [left, right] = [clusters[i - 1], clusters[i]];
    if (!a || !b) continue;
    const between = left && right ? (left.x1 + right.x0) / 2 : 0;
    borders.push(counted ? between : bestCut(a, b, body, borders.at(-1) ?? -Infinity));
  }
  borders.push(Math.max(last.x1 + REACH_RIGHT, medianOf(body.map((row) => row.x1)) + MARGIN));
  return cells.map((cell, i) => ({ field: cell.field, from: borders[i] ?? 0, to: borders[i + 1] ?? 0 }));
}

/** The x-intervals in which the runs of most rows stand, one for each printed column. */
function clustersOf(body: readonly ItemRow[]): { x0: number; x1: number }[] {
  const runs = body.flatMap((row) =>
    row.segments.map((run) => ({ x0: run[0]?.x0 ?? 0, x1: run.at(-1)?.x1 ?? 0 })),
  );
  const clusters: { x0: number; x1: number }[] = [];
  for (const run of runs.toSorted((a, b) => a.x0 - b.x0)) {
    const last = clusters.at(-1);
    if (last && run.x0 < last.x1 + 1) last.x1 = Math.max(last.x1, run.x1);
    else clusters.push({ ...run });
  }
  return clusters;
}

function bestCut(a: HeaderCell, b: HeaderCell, body: readonly ItemRow[], floor: number): number {
  const from = Math.max(floor, Math.min(a.x0 + (a.x1 - a.x0) / 2, b.x0));
  const to = Math.max(from, b.x0 + (b.x1 - b.x0) / 2);
  const gap = [Math.min(a.x1, b.x0), Math.max(a.x1, b.x0)] as const;
  const runs = body
    .flatMap((row) => row.segments)
    .filter((run) => (run.at(-1)?.x1 ?? 0) > from && (run[0]?.x0 ?? 0) < to);
  const places = new Set([(gap[0] + gap[1]) / 2, gap[0], gap[1]]);
  for (const run of runs) {
    for (const word of run) {
      places.add(word.x0 - 0.5);
      places.add(word.x1 + 0.5);
    }
  }
  const sorted = [...places]
    .filter((place) => place >= from && place <= to)
    .toSorted((x, y) => x - y)
    .slice(0, 400);
  let best = (gap[0] + gap[1]) / 2;
  let bestCost = Infinity;
  for (const [i, place] of sorted.entries()) {
    const next = sorted[i + 1];
    for (const cut of next === undefined ? [place] : [place, (place + next) / 2]) {
      const outside = Math.max(0, gap[0] - cut, cut - gap[1]);
      const room = next === undefined ? 0 : Math.min(20, next - place);
      const inName = (cut > a.x0 && cut < a.x1) || (cut > b.x0 && cut < b.x1);
      const shape = outside * 0.002 - (cut === place ? 0 : room * 0.004) + (inName ? THROUGH_NAME : 0);
      const cost = cutCost(cut, runs) / Math.max(1, body.length) + shape;
      if (cost < bestCost) {
        best = cut;
        bestCost = cost;
      }
    }
  }
  return best;
}

function cutCost(cut: number, runs: readonly (readonly ItemWord[])[]): number {
  let cost = 0;
  for (const run of runs) {
    if ((run[0]?.x0 ?? 0) >= cut || (run.at(-1)?.x1 ?? 0) <= cut) continue;
    if (run.some((word) => word.x0 < cut && word.x1 > cut)) cost += THROUGH_WORD;
    else cost += isWideIn(run, cut) ? THROUGH_SPACE : THROUGH_RUN;
  }
  return cost;
}

/** Whether a run's space at a place is wider than its spaces are. */
function isWideIn(run: readonly ItemWord[], cut: number): boolean {
  const spaces = run.slice(1).map((word, i) => word.x0 - (run[i]?.x1 ?? word.x0));
  const behind = run.findIndex((word) => word.x0 >= cut);
  const own = spaces[behind - 1] ?? 0;
  const others = spaces.filter((_, i) => i !== behind - 1);
  const height = (run[0]?.y1 ?? 0) - (run[0]?.y0 ?? 0);
  return own > (others.length > 0 ? 1.5 * medianOf(others) : 0.5 * height);
}

/** The number of the column that holds most of a word, or -1. */
export function columnOf(columns: readonly Column[], word: ItemWord): number {
  const middle = (word.x0 + word.x1) / 2;
  return columns.findIndex((column) => middle >= column.from && middle < column.to);
}
