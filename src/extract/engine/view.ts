import { type BBox, unionBoxes } from "../../model/geometry.ts";
import type { ParsedDocument, ParsedPage, Word } from "../../model/parsed.ts";

/** A run of words of one visual row with no wide gap between them. `starts` are the words' offsets in `text`. */
export interface Segment {
  readonly page: ParsedPage;
  /** Position of the row in the view. */
  readonly row: number;
  /** Position among the row's segments. */
  readonly order: number;
  readonly words: readonly number[];
  readonly starts: readonly number[];
  readonly text: string;
  readonly bbox: BBox;
  /** Typical word height, in fractions of the page. */
  readonly height: number;
}

/** What stands on one height of a page, from left to right. */
export interface Row {
  readonly index: number;
  readonly page: ParsedPage;
  readonly segments: readonly Segment[];
  readonly bbox: BBox;
}

/** A document as the engine looks at it: visual rows of segments, whatever the reader's own lines are. */
export interface View {
  readonly parsed: ParsedDocument;
  readonly rows: readonly Row[];
  readonly segments: readonly Segment[];
  readonly text: string;
}

/** A piece of a segment's text, in UTF-16 code units. */
export interface Piece {
  readonly segment: Segment;
  readonly start: number;
  readonly end: number;
}

/** Widest gap inside a segment, in word heights: a space is a quarter to a third, a column gap one and more. */
const COLUMN_GAP = 0.95;
/** Longer words and lines are noise or an attack: patterns are not run over them. */
const MAX_WORD = 160;
const MAX_SEGMENT = 800;
/** Widest gap in characters: a space of a typewriter's font is one. */
const SPACE_WIDTH = 1.45;
/** Share of the smaller height by which two words of one row have to overlap. */
const ROW_OVERLAP = 0.5;

export function makeView(parsed: ParsedDocument): View {
  const rows: Row[] = [];
  for (const page of parsed.pages) {
    for (const group of rowsOf(page)) {
      const index = rows.length;
      const segments = segmentsOf(page, group, index);
      const bbox = unionBoxes(segments.map((segment) => segment.bbox));
      if (bbox) rows.push({ index, page, segments, bbox });
    }
  }
  const segments = rows.flatMap((row) => row.segments);
  return { parsed, rows, segments, text: segments.map((segment) => segment.text).join("\n") };
}

/** The page's slant: how far a line falls per page width, as its reader's lines show. */
function slantOf(page: ParsedPage): number {
  const slopes: number[] = [];
  for (const line of page.lines) {
    const first = page.words[line.words[0]];
    const last = page.words[line.words[1] - 1];
    if (!first || !last || line.words[1] - line.words[0] < 2) continue;
    const run = last.bbox[0] - first.bbox[0];
    if (run < 0.15) continue;
    slopes.push((last.bbox[1] + last.bbox[3] - first.bbox[1] - first.bbox[3]) / 2 / run);
  }
  slopes.sort((a, b) => a - b);
  const middle = slopes[slopes.length >> 1] ?? 0;
  return Math.abs(middle) < 0.12 ? middle : 0;
}

interface Placed {
  readonly index: number;
  readonly word: Word;
  readonly top: number;
  readonly bottom: number;
}

/** Rows by the height at which their last word stands, so that a word is only compared with its neighbours. */
function makeBands(placed: readonly Placed[]): {
  near: (word: Placed) => Iterable<Placed[]>;
  put: (row: Placed[], last: Placed) => void;
} {
  const tallest = placed.reduce(
    (height, word) => Math.max(height, Math.min(0.05, word.bottom - word.top)),
    0.002,
  );
  const bands = new Map<number, Set<Placed[]>>();
  const places = new Map<Placed[], number>();
  const bandOf = (word: Placed): number => Math.floor((word.top + word.bottom) / 2 / tallest);
  return {
    near: (word) => {
      const band = bandOf(word);
      const found: Placed[][] = [];
      for (let index = band - 1; index <= band + 1; index += 1)
        for (const row of bands.get(index) ?? []) found.push(row);
      return found;
    },
    put: (row, last) => {
      const band = bandOf(last);
      const before = places.get(row);
      if (before === band) return;
      if (before !== undefined) bands.get(before)?.delete(row);
      const set = bands.get(band);
      if (set) set.add(row);
      else bands.set(band, new Set([row]));
      places.set(row, band);
    },
  };
}

function rowsOf(page: ParsedPage): number[][] {
  const slant = slantOf(page);
  const placed: Placed[] = [];
  for (const [index, word] of page.words.entries()) {
    if (word.text.trim() === "" || word.text.length > MAX_WORD) continue;
    const shift = slant * word.bbox[0];
    placed.push({ index, word, top: word.bbox[1] - shift, bottom: word.bbox[3] - shift });
  }
  placed.sort((a, b) => a.word.bbox[0] - b.word.bbox[0]);
  const rows: Placed[][] = [];
  const bands = makeBands(placed);
  for (const next of placed) {
    let best: Placed[] | null = null;
    let bestShare = ROW_OVERLAP;
    for (const row of bands.near(next)) {
      const last = row[row.length - 1];
      if (!last) continue;
      const overlap = Math.min(last.bottom, next.bottom) - Math.max(last.top, next.top);
      const share = overlap / Math.max(1e-9, Math.min(last.bottom - last.top, next.bottom - next.top));
      if (
        share > bestShare &&
        next.word.bbox[0] > last.word.bbox[0] + (last.word.bbox[2] - last.word.bbox[0]) * 0.3
      ) {
        best = row;
        bestShare = share;
      }
    }
    const row = best ?? [];
    if (!best) rows.push(row);
    row.push(next);
    bands.put(row, next);
  }
  const middle = (row: Placed[]): number =>
    row.reduce((sum, placed) => sum + placed.top + placed.bottom, 0) / row.length;
  return rows.sort((a, b) => middle(a) - middle(b)).map((row) => row.map((placed) => placed.index));
}

function segmentsOf(page: ParsedPage, group: readonly number[], row: number): Segment[] {
  const runs: number[][] = [];
  let previous: Word | null = null;
  let length = 0;
  for (const index of group) {
    const word = page.words[index];
    if (!word) continue;
    const run = runs[runs.length - 1];
    length += word.text.length + 1;
    if (run && previous && length < MAX_SEGMENT && !isGap(page, previous, word)) run.push(index);
    else {
      runs.push([index]);
      length = word.text.length;
    }
    previous = word;
  }
  return runs.map((words, order) => segmentOf(page, words, row, order));
}

function isGap(page: ParsedPage, left: Word, right: Word): boolean {
  const gap = (right.bbox[0] - left.bbox[2]) * page.width;
  const height = Math.min(left.bbox[3] - left.bbox[1], right.bbox[3] - right.bbox[1]) * page.height;
  const widest = Math.max(characterWidth(page, left), characterWidth(page, right));
  return gap > Math.max(COLUMN_GAP * height, SPACE_WIDTH * widest);
}

function characterWidth(page: ParsedPage, word: Word): number {
  return ((word.bbox[2] - word.bbox[0]) * page.width) / Math.max(3, word.text.length);
}

function segmentOf(page: ParsedPage, words: readonly number[], row: number, order: number): Segment {
  const starts: number[] = [];
  const boxes: BBox[] = [];
  let text = "";
  for (const index of words) {
    const word = page.words[index];
    if (!word) continue;
    if (text !== "") text += " ";
    starts.push(text.length);
    text += word.text;
    boxes.push(word.bbox);
  }
  const heights = boxes.map((box) => box[3] - box[1]).sort((a, b) => a - b);
  return {
    page,
    row,
    order,
    words,
    starts,
    text,
    bbox: unionBoxes(boxes) ?? [0, 0, 0, 0],
    height: heights[heights.length >> 1] ?? 0,
  };
}

/** The words (page indices) that a piece touches. */
export function wordsOf(piece: Piece): number[] {
  const found: number[] = [];
  const { segment } = piece;
  for (const [position, start] of segment.starts.entries()) {
    const end = (segment.starts[position + 1] ?? segment.text.length + 1) - 1;
    const word = segment.words[position];
    if (word !== undefined && start < piece.end && end > piece.start) found.push(word);
  }
  return found;
}

export function textOf(piece: Piece): string {
  return piece.segment.text.slice(piece.start, piece.end);
}

/** Where a piece stands: its words' boxes, cut in proportion where it begins or ends inside a word. */
export function boxOf(piece: Piece): BBox {
  const { segment } = piece;
  const boxes: BBox[] = [];
  for (let position = 0; position < segment.starts.length; position += 1) {
    const start = segment.starts[position] ?? 0;
    const word = segment.page.words[segment.words[position] ?? -1];
    if (!word) continue;
    const end = start + word.text.length;
    if (start >= piece.end || end <= piece.start) continue;
    const [x0, y0, x1, y1] = word.bbox;
    const unit = (x1 - x0) / Math.max(1, word.text.length);
    const from = Math.max(0, piece.start - start);
    const to = Math.min(word.text.length, piece.end - start);
    boxes.push([x0 + unit * from, y0, x0 + unit * to, y1]);
  }
  return unionBoxes(boxes) ?? segment.bbox;
}

/** How sure the reader is of a piece's words, 0..1. */
export function readConfidence(piece: Piece): number {
  const indices = wordsOf(piece);
  if (indices.length === 0) return 0;
  const sum = indices.reduce((total, index) => total + (piece.segment.page.words[index]?.confidence ?? 0), 0);
  return sum / indices.length;
}

/** The piece without the spaces and the given characters at its ends. */
export function trimPiece(piece: Piece, strip: RegExp = /\s/): Piece {
  let { start, end } = piece;
  const { text } = piece.segment;
  while (start < end && strip.test(text.charAt(start))) start += 1;
  while (end > start && strip.test(text.charAt(end - 1))) end -= 1;
  return { segment: piece.segment, start, end };
}

export function wholePiece(segment: Segment): Piece {
  return { segment, start: 0, end: segment.text.length };
}
