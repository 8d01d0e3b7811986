import { medianOf } from "../../model/median.ts";
import { extentOf, type PlacedWord, type Row, type Segment } from "./placed.ts";

/** Rows looked at for each word; keeps pages with thousands of words on one spot linear. */
const MAX_CANDIDATES = 24;
/** A gap of this many heights parts two columns wherever it stands. */
const WIDE_GAP = 1.6;
/** A gap of this many heights parts them where the rows above or below have a gap there too. */
const SUPPORTED_GAP = 0.85;

interface OpenRow {
  readonly words: PlacedWord[];
  last: PlacedWord;
}

/**
 * Groups words into visual rows: from left to right, each word joins the row whose last word it
 * stands level with, by baseline or by middle; so rows may bend, and a large word takes one small
 * neighbour line, not two.
 */
export function findRows(words: readonly PlacedWord[]): Row[] {
  const em = medianOf(
    words.map((word) => word.y1 - word.y0),
    10,
  );
  const rows = splitSegments(groupLevel(words, em));
  return rows.map((segments, row) => {
    const placed = segments.map((segment) => ({ ...segment, row }));
    const { y0, y1 } = extentOf(placed);
    return { segments: placed, y0, y1 };
  });
}

function groupLevel(words: readonly PlacedWord[], em: number): PlacedWord[][] {
  const step = Math.max(em, 1);
  const buckets = new Map<number, OpenRow[]>();
  const rows: OpenRow[] = [];
  for (const word of words.toSorted((a, b) => a.x0 - b.x0 || a.y0 - b.y0)) {
    const home = Math.floor((word.y0 + word.y1) / 2 / step);
    const row = closestRow(word, buckets, home);
    if (row) {
      const from = Math.floor((row.last.y0 + row.last.y1) / 2 / step);
      row.words.push(word);
      row.last = word;
      if (from !== home) moveRow(row, buckets, from, home);
    } else {
      const opened = { words: [word], last: word };
      rows.push(opened);
      addRow(opened, buckets, home);
    }
  }
  return rows
    .map((row) => ({ words: row.words, y: meanMiddle(row.words) }))
    .toSorted((a, b) => a.y - b.y)
    .map((row) => row.words);
}

function addRow(row: OpenRow, buckets: Map<number, OpenRow[]>, bucket: number): void {
  const rows = buckets.get(bucket);
  if (rows) rows.push(row);
  else buckets.set(bucket, [row]);
}

function moveRow(row: OpenRow, buckets: Map<number, OpenRow[]>, from: number, to: number): void {
  const rows = buckets.get(from);
  const position = rows ? rows.lastIndexOf(row) : -1;
  if (rows && position >= 0) rows.splice(position, 1);
  addRow(row, buckets, to);
}

function closestRow(word: PlacedWord, buckets: Map<number, OpenRow[]>, home: number): OpenRow | null {
  let best: OpenRow | null = null;
  let bestScore = Infinity;
  for (const bucket of [home, home - 1, home + 1]) {
    const rows = buckets.get(bucket);
    if (!rows) continue;
    for (let i = rows.length - 1; i >= Math.max(0, rows.length - MAX_CANDIDATES); i--) {
      const row = rows[i];
      if (!row) continue;
      const score = levelScore(row.last, word);
      if (score < bestScore) {
        best = row;
        bestScore = score;
      }
    }
  }
  return best;
}

/** How far a word is off the level of the word before it, in heights; Infinity when it is another row's. */
function levelScore(last: PlacedWord, word: PlacedWord): number {
  const height = Math.max(0.1, Math.min(last.y1 - last.y0, word.y1 - word.y0));
  const overlap = Math.min(last.x1, word.x1) - word.x0;
  if (overlap > 0.5 * Math.min(last.x1 - last.x0, word.x1 - word.x0)) return Infinity;
  const middle = Math.abs(word.y0 + word.y1 - last.y0 - last.y1) / 2;
  const off = Math.min(middle, Math.abs(word.y1 - last.y1)) / height;
  const gap = (word.x0 - last.x1) / height;
  return off > (gap > 3 ? 0.34 : 0.45) ? Infinity : off + Math.max(0, gap) * 0.002;
}

function meanMiddle(words: readonly PlacedWord[]): number {
  let sum = 0;
  for (const word of words) sum += word.y0 + word.y1;
  return sum / Math.max(1, words.length) / 2;
}

/** Parts each row at borders and wide gaps, and at narrower gaps that its neighbour rows share. */
function splitSegments(rows: readonly PlacedWord[][]): Segment[][] {
  const gaps = rows.map((words) => gapsOf(words));
  return rows.map((words, index) => {
    const segments: Segment[] = [];
    let first = 0;
    const height = medianOf(
      words.map((word) => word.y1 - word.y0),
      10,
    );
    for (let i = 1; i <= words.length; i++) {
      const [before, word] = [words[i - 1], words[i]];
      if (before && word && before.cell === word.cell) {
        const gap = (word.x0 - before.x1) / Math.max(0.1, height);
        if (gap < SUPPORTED_GAP) continue;
        if (gap < WIDE_GAP && !isShared(before.x1, word.x0, gaps[index - 1], gaps[index + 1])) continue;
      }
      segments.push(segmentOf(words.slice(first, i), index));
      first = i;
    }
    return segments;
  });
}

function gapsOf(words: readonly PlacedWord[]): [number, number][] {
  const gaps: [number, number][] = [];
  for (let i = 1; i < words.length; i++) {
    const [before, word] = [words[i - 1], words[i]];
    if (!before || !word) continue;
    if (word.x0 - before.x1 > SUPPORTED_GAP * (word.y1 - word.y0)) gaps.push([before.x1, word.x0]);
  }
  return gaps;
}

/** Whether each neighbour row that reaches across the gap has one there too, and one at least does. */
function isShared(
  x0: number,
  x1: number,
  ...neighbours: (readonly [number, number][] | undefined)[]
): boolean {
  const common = 0.6 * (x1 - x0);
  return neighbours.some((gaps) =>
    gaps?.some(([from, to]) => Math.min(to, x1) - Math.max(from, x0) >= common),
  );
}

export function segmentOf(words: readonly PlacedWord[], row: number): Segment {
  return { words, ...extentOf(words), row, cell: words[0]?.cell ?? -1 };
}
