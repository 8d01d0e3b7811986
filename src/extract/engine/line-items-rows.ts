import { medianOf } from "../../model/median.ts";
import type { ParsedPage } from "../../model/parsed.ts";

/** A word with its place in points, straightened by the page's skew. */
export interface ItemWord {
  readonly page: number;
  /** Index in the page's words. */
  readonly index: number;
  readonly text: string;
  readonly confidence: number;
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

/** One visual row of a page: its lines from left to right. */
export interface ItemRow {
  readonly page: number;
  readonly segments: readonly (readonly ItemWord[])[];
  readonly words: readonly ItemWord[];
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  /** The row of a ruled table that holds it, by a number of its own over the page; -1 for none. */
  readonly ruled: number;
  readonly ocr: boolean;
}

/** A page with more words is no invoice; its items are not looked for. */
const MAX_WORDS = 12_000;
const MAX_ROWS_BACK = 12;
const MAX_CLASHES = 40;
/** Bars drawn with characters part the columns of a table as borders do, also where they touch a word. */
const BARS_BEFORE = /^[|¦│┃║]+/u;
const BARS_BEHIND = /[|¦│┃║]+$/u;
const BARS = /^[|¦│┃║]+|[|¦│┃║]+$/gu;

/** A page's visual rows from the top. Lines that stand level join, also on a photo that is a little askew. */
export function itemRows(page: ParsedPage): ItemRow[] {
  if (page.words.length > MAX_WORDS) return [];
  const slope = pageSlope(page);
  const place = (index: number): ItemWord | null => {
    const word = page.words[index];
    if (!word) return null;
    const [x0, y0, x1, y1] = word.bbox;
    const shift = (slope * (x0 + x1) * page.width) / 2;
    return {
      page: page.number,
      index,
      text: word.text,
      confidence: word.confidence,
      x0: x0 * page.width,
      x1: x1 * page.width,
      y0: y0 * page.height - shift,
      y1: y1 * page.height - shift,
    };
  };
  const segments: ItemWord[][] = [];
  for (const line of page.lines) {
    let run: ItemWord[] = [];
    const runs = [run];
    for (let index = line.words[0]; index < line.words[1]; index++) {
      const word = place(index);
      if (!word) continue;
      const text = word.text.replace(BARS, "");
      if (text === "" || BARS_BEFORE.test(word.text)) runs.push((run = []));
      if (text === "") continue;
      run.push(text === word.text ? word : { ...word, text });
      if (BARS_BEHIND.test(word.text)) runs.push((run = []));
    }
    for (const words of runs) {
      if (words.length > 0) segments.push(words.toSorted((a, b) => a.x0 - b.x0));
    }
  }
  const ruled = ruledRows(page);
  return joinLevel(segments).map((group) => rowOf(group, ruled, page.source === "ocr"));
}

function rowOf(group: readonly ItemWord[][], ruled: ReadonlyMap<number, number>, ocr: boolean): ItemRow {
  const segments = group.toSorted((a, b) => left(a) - left(b));
  const words = segments.flat();
  return {
    page: words[0]?.page ?? 1,
    segments,
    words,
    x0: Math.min(...words.map((word) => word.x0)),
    x1: Math.max(...words.map((word) => word.x1)),
    y0: medianOf(words.map((word) => word.y0)),
    y1: medianOf(words.map((word) => word.y1)),
    ruled: ruled.get(words[0]?.index ?? -1) ?? -1,
    ocr,
  };
}

function joinLevel(segments: readonly ItemWord[][]): ItemWord[][][] {
  const open: { group: ItemWord[][]; last: ItemWord }[] = [];
  const byHeight = segments.toSorted((a, b) => middle(a[0]) - middle(b[0]) || left(a) - left(b));
  for (const segment of byHeight) {
    const [first, end] = [segment[0], segment.at(-1)];
    if (!first || !end) continue;
    let best: (typeof open)[number] | null = null;
    let bestOff = 0.42;
    for (let at = Math.max(0, open.length - MAX_ROWS_BACK); at < open.length; at += 1) {
      const row = open[at];
      if (!row) continue;
      const height = Math.max(0.1, Math.min(first.y1 - first.y0, row.last.y1 - row.last.y0));
      const off =
        Math.min(Math.abs(middle(first) - middle(row.last)), Math.abs(first.y1 - row.last.y1)) / height;
      if (off < bestOff && !clashes(row.group, segment, 0.5 * height)) {
        best = row;
        bestOff = off;
      }
    }
    if (best) {
      best.group.push(segment);
      if (end.x1 > best.last.x1) best.last = end;
    } else {
      open.push({ group: [segment], last: end });
    }
  }
  return open
    .map(({ group }) => ({ group, y: medianOf(group.flat().map((word) => middle(word))) }))
    .toSorted((a, b) => a.y - b.y)
    .map(({ group }) => group);
}

/** Whether one of a row's last segments stands where another one does. */
function clashes(group: readonly ItemWord[][], segment: readonly ItemWord[], most: number): boolean {
  for (let at = Math.max(0, group.length - MAX_CLASHES); at < group.length; at += 1)
    if (overlap(group[at] ?? [], segment) > most) return true;
  return false;
}

function overlap(a: readonly ItemWord[], b: readonly ItemWord[]): number {
  return Math.min(a.at(-1)?.x1 ?? 0, b.at(-1)?.x1 ?? 0) - Math.max(left(a), left(b));
}

function left(words: readonly ItemWord[]): number {
  return words[0]?.x0 ?? 0;
}

function middle(word: ItemWord | undefined): number {
  return word ? (word.y0 + word.y1) / 2 : 0;
}

/** Rise over run of the page's long lines; 0 where they are level. */
function pageSlope(page: ParsedPage): number {
  const slopes: number[] = [];
  for (const line of page.lines) {
    const [first, last] = [page.words[line.words[0]], page.words[line.words[1] - 1]];
    if (!first || !last || line.words[1] - line.words[0] < 3) continue;
    const run = (last.bbox[0] + last.bbox[2] - first.bbox[0] - first.bbox[2]) * page.width;
    const rise = (last.bbox[1] + last.bbox[3] - first.bbox[1] - first.bbox[3]) * page.height;
    if (run > 0.2 * page.width) slopes.push(rise / run);
  }
  const slope = slopes.length < 3 ? 0 : medianOf(slopes);
  return Math.abs(slope) < 0.003 ? 0 : slope;
}

/** Words by the row of the ruled table that holds them; tables of one row tell nothing. */
function ruledRows(page: ParsedPage): Map<number, number> {
  const rows = new Map<number, number>();
  for (const [number, table] of page.tables.entries()) {
    if (!table.ruled || table.rows < 3) continue;
    for (const cell of table.cells) {
      if (cell.row_span > 1) continue;
      for (const word of cell.words) rows.set(word, number * 1000 + cell.row);
    }
  }
  return rows;
}
