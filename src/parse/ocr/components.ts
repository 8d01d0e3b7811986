import type { GrayImage } from "../../ports.ts";

/** A box in pixels; the far sides lie outside. */
export interface PixelBox {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** What is darker is ink, on a page whose neighbourhoods were stretched. */
const INK = 140;
/** A page with more runs of ink than that is noise: nothing is looked for in it. */
const MAX_RUNS = 400_000;

/** The boxes of all patches of ink that hang together, in the order of their tops. */
export function findComponents({ width, height, data }: GrayImage): PixelBox[] {
  const [starts, ends, rows, owners]: [number[], number[], number[], number[]] = [[], [], [], []];
  const root = (run: number): number => {
    let at = run;
    while (owners[at] !== at) {
      owners[at] = owners[owners[at] ?? at] ?? at;
      at = owners[at] ?? at;
    }
    return at;
  };
  let above = 0;
  for (let y = 0; y < height; y += 1) {
    const begin = starts.length;
    let before = above;
    for (let x = 0; x < width; x += 1) {
      if ((data[y * width + x] ?? 255) >= INK) continue;
      const start = x;
      while (x < width && (data[y * width + x] ?? 255) < INK) x += 1;
      const run = starts.push(start) - 1;
      ends.push(x);
      rows.push(y);
      owners.push(run);
      while (before < begin && (ends[before] ?? 0) < start) before += 1;
      for (let other = before; other < begin && (starts[other] ?? 0) <= x; other += 1)
        owners[root(run)] = root(other);
    }
    if (starts.length > MAX_RUNS) return [];
    above = begin;
  }
  return boxesOf(starts, ends, rows, root);
}

function boxesOf(
  starts: readonly number[],
  ends: readonly number[],
  rows: readonly number[],
  root: (run: number) => number,
): PixelBox[] {
  const boxes = new Map<number, { x0: number; y0: number; x1: number; y1: number }>();
  for (const [run, start] of starts.entries()) {
    const [end, row] = [ends[run] ?? start, rows[run] ?? 0];
    const key = root(run);
    const box = boxes.get(key);
    if (!box) {
      boxes.set(key, { x0: start, y0: row, x1: end, y1: row + 1 });
      continue;
    }
    box.x0 = Math.min(box.x0, start);
    box.x1 = Math.max(box.x1, end);
    box.y1 = row + 1;
  }
  return [...boxes.values()];
}
