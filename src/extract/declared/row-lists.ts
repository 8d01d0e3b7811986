import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import type { Reading } from "../engine/reading.ts";
import { type Piece, type Segment, textOf, trimPiece, wholePiece } from "../engine/view.ts";
import type { CompiledRows } from "./compile-rows.ts";

const TITLE_FROM = 0.85;
const MAX_ITEMS = 60;
const BULLET = /^\s*(?:[•·●▪◦*–—-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+/u;

/** Lists of texts under a title or behind it: bullets, numbers, lines, or one line with commas. */
export function readLists(
  reading: Reading,
  compiled: CompiledRows,
  known: ReadonlySet<number>,
): { values: DraftValue[]; found: number[] } {
  const values: DraftValue[] = [];
  const found: number[] = [];
  for (const [position, declared] of compiled.rows.entries()) {
    const [column] = declared.columns;
    if (known.has(position) || declared.columns.length !== 1 || !column) continue;
    const items = listOf(reading, compiled, position);
    if (items.length === 0) continue;
    found.push(position);
    for (const [index, pieces] of items.entries()) {
      values.push({
        pointer: `${declared.pointer}/${index}${column.pointer}`,
        value: pieces.map((piece) => textOf(piece)).join(" "),
        cited: pieces.map((piece) => cite(piece)),
        confidence: 0.8,
      });
    }
  }
  return { values, found };
}

function listOf(reading: Reading, compiled: CompiledRows, position: number): Piece[][] {
  for (const segment of reading.view.segments) {
    const colon = segment.text.search(/[:：]/u);
    const end = colon < 0 ? segment.text.length : colon;
    if (end > 60) continue;
    const title = compiled.titles
      .match(segment.text.slice(0, end).trim())
      .find(({ entry, score }) => entry === position && score >= TITLE_FROM);
    if (!title) continue;
    const behind = trimPiece({ segment, start: end + 1, end: segment.text.length }, /[\s.]/);
    if (colon >= 0 && behind.end > behind.start) return splitLine(behind);
    const items = linesBelow(reading, segment);
    if (items.length > 0) return items;
  }
  return [];
}

/** The parts of one line between semicolons or, without any, commas. */
function splitLine(line: Piece): Piece[][] {
  const text = textOf(line);
  const marks = text.includes(";") ? /;/g : /,(?!\d)/g;
  const pieces: Piece[] = [];
  let start = line.start;
  for (const match of text.matchAll(marks)) {
    pieces.push({ ...line, start, end: line.start + match.index });
    start = line.start + match.index + 1;
  }
  pieces.push({ ...line, start, end: line.end });
  return pieces
    .map((piece) => [trimPiece(piece)])
    .filter(([piece]) => piece !== undefined && piece.end > piece.start);
}

function linesBelow(reading: Reading, title: Segment): Piece[][] {
  const items: Piece[][] = [];
  let bottom = title.bbox[3];
  let bulleted: boolean | null = null;
  for (let index = title.row + 1; items.length < MAX_ITEMS; index += 1) {
    const row = reading.view.rows[index];
    if (!row || row.page !== title.page) break;
    const segment = row.segments.find(
      ({ bbox }) => bbox[0] > title.bbox[0] - 0.02 && bbox[0] < title.bbox[0] + 0.08,
    );
    if (!segment) {
      if (row.bbox[1] - bottom > title.height * 2) break;
      continue;
    }
    if (segment.bbox[1] - bottom > title.height * (items.length === 0 ? 2.2 : 1.4)) break;
    const bullet = BULLET.exec(segment.text);
    if (bulleted === null) bulleted = bullet !== null;
    const piece = trimPiece({ ...wholePiece(segment), start: bullet?.[0].length ?? 0 });
    const last = items.at(-1);
    if (bulleted && !bullet) {
      if (!last || segment.bbox[0] < title.bbox[0] + 0.005) break;
      last.push(piece);
    } else if (/[:：]\s*$/u.test(segment.text)) break;
    else items.push([piece]);
    bottom = segment.bbox[3];
  }
  return items;
}
