import type { Anchor, Lesson, Spot } from "../../model/lesson.ts";
import type { Cited } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import { moneyString } from "../engine/money.ts";
import type { Reading } from "../engine/reading.ts";
import {
  boxOf,
  type Piece,
  readConfidence,
  type Segment,
  textOf,
  trimPiece,
  wholePiece,
} from "../engine/view.ts";
import type { AnchorIndex } from "./score-spot.ts";
import { anchorText, isNumber, orderIn, type Placed, shapeOf, similarShapes } from "./spot.ts";

/** A value that may be the one a lesson looks for. */
export interface Candidate {
  readonly value: string;
  readonly cited: readonly Cited[];
  readonly placed: Placed;
  /** How well it looks like the one that taught, 0..1. */
  readonly looks: number;
  /** How sure the reader is of its words, 0..1. */
  readonly read: number;
}

/** Everything of a document that a lesson's value may be by what it looks like and where it may stand. */
export function candidatesFor(reading: Reading, index: AnchorIndex, lesson: Lesson, spot: Spot): Candidate[] {
  switch (lesson.kind) {
    case "date":
      return [...reading.dates.values()]
        .flat()
        .map(({ piece, iso }) => ranked(reading, spot, candidateOf(piece, iso, 1)));
    case "money":
      return [...reading.money.values()]
        .flat()
        .filter(({ units }) => !Number.isNaN(units))
        .map(({ piece, units, decimals }) =>
          ranked(
            reading,
            spot,
            candidateOf(
              piece,
              moneyString(lesson.form === "negated" ? Math.abs(units) : units, decimals),
              decimals >= 2 ? 1 : 0.6,
            ),
          ),
        );
    case "block":
      return nearAnchors(reading, index, spot).flatMap((segment) =>
        blockFrom(reading, segment, lesson, spot),
      );
    case "words":
    case "fixed":
      return nearAnchors(reading, index, spot).flatMap((segment) => windowsOf(segment, lesson, spot));
  }
}

function candidateOf(piece: Piece, value: string, looks: number): Candidate {
  return {
    value,
    cited: [cite(piece)],
    placed: { page: piece.segment.page.number, bbox: boxOf(piece), text: textOf(piece) },
    looks,
    read: readConfidence(piece),
  };
}

/** The second date of a period is not the first. */
function ranked(reading: Reading, spot: Spot, candidate: Candidate): Candidate {
  return orderIn(reading, candidate.placed) === spot.order
    ? candidate
    : { ...candidate, looks: 0.7 * candidate.looks };
}

function middle({ bbox }: { readonly bbox: Segment["bbox"] }): number {
  return (bbox[1] + bbox[3]) / 2;
}

/** Heights between a value and where its neighbour says that it stands. */
const SLACK: Readonly<Record<Anchor["relation"], number>> = {
  before: 0.012,
  left: 0.012,
  right: 0.012,
  above: 0.03,
  below: 0.03,
};

/** Segments on the height that a neighbour points to; near the lesson's own place where it has none. */
function nearAnchors(reading: Reading, index: AnchorIndex, spot: Spot): Segment[] {
  const near = new Set<Segment>();
  const take = (page: number, height: number, slack: number): void => {
    for (const segment of reading.view.segments) {
      if (segment.page.number === page && Math.abs(middle(segment) - height) <= slack) near.add(segment);
    }
  };
  for (const anchor of spot.anchors) {
    for (const { segment, bbox } of index.find(anchor.text)) {
      take(segment.page.number, middle({ bbox }) + anchor.dy, SLACK[anchor.relation]);
    }
  }
  if (spot.anchors.length === 0) {
    const { pages } = reading.view.parsed;
    const page = pages[spot.page < 0 ? pages.length - 1 : spot.page];
    if (page) take(page.number, middle(spot), 0.04);
  }
  return [...near];
}

const EDGE = /[\s:：;=|…_#,]/;

/** Runs of a segment's words: as many as taught, or all to the end. */
function windowsOf(segment: Segment, lesson: Lesson, spot: Spot): Candidate[] {
  const found: Candidate[] = [];
  const digits = isNumber(spot.shape);
  const labels = spot.anchors.filter(({ relation }) => relation === "before" || relation === "left");
  for (const [from, start] of segment.starts.entries()) {
    for (const end of endsOf(segment, from, spot)) {
      const piece = trimPiece({ segment, start, end }, EDGE);
      const text = textOf(piece);
      if (text === "" || (digits && !/\d/.test(text))) continue;
      // Names are as long as they are; a number stands alone.
      const whole = spot.behind === "" ? end === segment.text.length : isEnd(segment, end, spot.behind);
      const cut = whole ? 1 : digits ? 0.97 : 0.7;
      const begins = from === 0 || piece.start > start || isBehindLabel(segment, start) ? 1 : 0.9;
      const strange = /\d/.test(text) && !spot.shape.includes("9");
      const shape = digits ? similarShapes(spot.shape, shapeOf(text)) : strange ? 0.68 : 0.9;
      const own = ` ${anchorText(text)} `;
      const holds = labels.some((label) => own.includes(` ${label.text} `)) ? 0.5 : 1;
      const value = formed(text, lesson.form, spot.shape);
      found.push(candidateOf(piece, value, shape * cut * begins * holds));
    }
  }
  return found;
}

/** Where a run that begins at a word may end: after as many words as taught, at the mark that ended it, or with the line. */
function endsOf(segment: Segment, from: number, spot: Spot): Set<number> {
  const ends = new Set([segment.text.length]);
  const next = segment.starts[from + spot.words];
  if (next !== undefined) ends.add(next - 1);
  const start = segment.starts[from] ?? 0;
  const mark = spot.behind === "" ? -1 : segment.text.indexOf(spot.behind, start + 1);
  if (mark > start) ends.add(mark);
  return ends;
}

function isEnd(segment: Segment, end: number, mark: string): boolean {
  return segment.text.slice(end).trimStart().startsWith(mark) || segment.text.charAt(end - 1) === mark;
}

function isBehindLabel(segment: Segment, start: number): boolean {
  return /[:：#.=]\s*$/.test(segment.text.slice(0, start));
}

function formed(text: string, form: Lesson["form"], shape: string): string {
  const unspaced = text.replaceAll(/\s/g, "");
  if (form === "unspaced" || (!/\s/.test(shape) && shapeOf(unspaced) === shape)) return unspaced;
  return form === "bare" ? text.replace(/[^\p{L}\d]/gu, "") : text;
}

/** Lines that stand under one another from a segment on: about as many as taught. */
function blockFrom(reading: Reading, first: Segment, { joint }: Lesson, spot: Spot): Candidate[] {
  const lines = [first];
  let last = first;
  for (const row of reading.view.rows.slice(first.row + 1, first.row + 24)) {
    if (row.page !== first.page || lines.length > spot.lines) break;
    const next = row.segments.find((segment) => Math.abs(segment.bbox[0] - first.bbox[0]) < 0.012);
    const gap = row.bbox[1] - last.bbox[3];
    if (!next && gap < 2 * first.height) continue;
    if (!next || next.bbox[1] - last.bbox[3] > 1.2 * first.height) break;
    lines.push(next);
    last = next;
  }
  const sizes = new Set([spot.lines, lines.length].filter((size) => size <= lines.length && size > 0));
  return Array.from(sizes, (size) => {
    const taken = lines.slice(0, size);
    const text = taken.map((line) => line.text).join("\n");
    return {
      value: taken.map((line) => line.text.replace(/,$/, "")).join(joint),
      cited: taken.map((line) => cite(wholePiece(line))),
      placed: { page: first.page.number, bbox: first.bbox, text },
      looks: size === spot.lines ? 0.95 : 0.9,
      read: readConfidence(wholePiece(first)),
    };
  });
}
