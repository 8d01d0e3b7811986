import { oncePerReading } from "../engine/once.ts";
import { findDates, type PrintedDate } from "../engine/dates.ts";
import type { Reading } from "../engine/reading.ts";
import type { Piece, Segment } from "../engine/view.ts";
import { columnFrom, joinSegments, readTextLines, type TextLine } from "./text-lines.ts";

/** A date that is printed in several pieces; `piece` is where it begins. */
export interface SpreadDate extends PrintedDate {
  readonly pieces?: readonly Piece[];
}

/** Dates whose parts stand too wide for one segment, or in two lines. */
export const spreadDates = oncePerReading(listSpreadDates);

function listSpreadDates(reading: Reading): readonly SpreadDate[] {
  const lines = readTextLines(reading);
  const known = new Set([...reading.dates.values()].flat().map((date) => date.iso));
  return lines
    .filter(({ whole }) => /\d/.test(whole.text))
    .flatMap((line) => {
      const below = columnFrom(lines, line, 2)[1];
      return [line.whole, ...(below ? [joinSegments([line.whole, below.whole], line.whole)] : [])]
        .filter((segment) => !reading.dates.has(segment))
        .flatMap((segment) => findDates(segment, reading.dayFirst))
        .filter((date) => !known.has(date.iso))
        .map((date) => divide(date, line, below));
    });
}

/** The date's pieces in the segments that it is printed in. */
function divide(date: PrintedDate, line: TextLine, below: TextLine | undefined): SpreadDate {
  const segments = [...line.segments, ...(below?.segments ?? [])];
  const pieces: Piece[] = [];
  let at = 0;
  for (const segment of segments) {
    const piece = cut(segment, date.piece.start - at, date.piece.end - at);
    if (piece) pieces.push(piece);
    at += segment.text.length + 1;
  }
  return { ...date, piece: pieces[0] ?? date.piece, pieces };
}

function cut(segment: Segment, start: number, end: number): Piece | null {
  const piece = { segment, start: Math.max(0, start), end: Math.min(segment.text.length, end) };
  return piece.end > piece.start ? piece : null;
}
