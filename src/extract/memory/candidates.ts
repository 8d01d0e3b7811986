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
import { type Placed, shapeOf, similarShapes } from "./spot.ts";

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
      return [...reading.dates.values()].flat().map(({ piece, iso }) => candidateOf(piece, iso, 1));
    case "money":
      return [...reading.money.values()]
        .flat()
        .filter(({ units }) => !Number.isNaN(units))
        .map(({ piece, units, decimals }) =>
          candidateOf(piece, moneyString(units, decimals), decimals >= 2 ? 1 : 0.6),
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
  const digits = /9/.test(spot.shape);
  for (const [from, start] of segment.starts.entries()) {
    const lengths = new Set([spot.words, segment.starts.length - from]);
    for (const length of lengths) {
      const next = segment.starts[from + length];
      if (from + length > segment.starts.length) continue;
      const end = next === undefined ? segment.text.length : next - 1;
      const piece = trimPiece({ segment, start, end }, EDGE);
      const text = textOf(piece);
      if (text === "" || /\d/.test(text) !== digits) continue;
      // Names are as long as they are; a number stands alone.
      const cut = next === undefined ? 1 : digits ? 0.97 : 0.7;
      const begins = from === 0 || piece.start > start || isBehindLabel(segment, start) ? 1 : 0.9;
      const shape = digits ? similarShapes(spot.shape, shapeOf(text)) : 0.9;
      found.push(candidateOf(piece, formed(text, lesson.form), shape * cut * begins));
    }
  }
  return found;
}

function isBehindLabel(segment: Segment, start: number): boolean {
  return /[:：#.=]\s*$/.test(segment.text.slice(0, start));
}

function formed(text: string, form: Lesson["form"]): string {
  if (form === "unspaced") return text.replaceAll(/\s/g, "");
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
    const [x0, y0] = first.bbox;
    const x1 = Math.max(...taken.map((line) => line.bbox[2]));
    const y1 = taken.at(-1)?.bbox[3] ?? first.bbox[3];
    return {
      value: taken.map((line) => line.text.replace(/,$/, "")).join(joint),
      cited: taken.map((line) => cite(wholePiece(line))),
      placed: { page: first.page.number, bbox: [x0, y0, x1, y1], text },
      looks: size === spot.lines ? 0.95 : 0.9,
      read: readConfidence(wholePiece(first)),
    };
  });
}
