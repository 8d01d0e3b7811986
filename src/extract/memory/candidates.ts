import type { Anchor, Lesson, Spot } from "../../model/lesson.ts";
import type { DeclaredField } from "../declared/declaration.ts";
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
import { choiceFieldOf, choiceOf } from "./choices.ts";
import { anchorText, isNumber, lineUnder, orderIn, type Placed, shapeOf, similarShapes } from "./spot.ts";

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
    case "choice": {
      const field = choiceFieldOf(lesson.type, lesson.pointer);
      if (!field) return [];
      return nearAnchors(reading, index, spot).flatMap((segment) => choicesOf(segment, field));
    }
    case "words":
    case "fixed":
      return nearAnchors(reading, index, spot).flatMap((segment) => windowsOf(segment, lesson, spot));
  }
}

function candidateOf(piece: Piece, value: string, looks: number): Candidate {
  const cited = cite(piece);
  return {
    value,
    cited: [cited],
    placed: {
      page: piece.segment.page.number,
      bbox: boxOf(piece),
      text: textOf(piece),
      word: cited.words[0] ?? 0,
    },
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
  for (const segment of index.led(spot.lead)) near.add(segment);
  if (spot.says !== "") for (const { segment } of index.find(spot.says)) near.add(segment);
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

/** Runs of a segment's words that are a wording of one of a field's values. */
function choicesOf(segment: Segment, field: DeclaredField): Candidate[] {
  return segment.starts.flatMap((start, from) =>
    [1, 2, 3].flatMap((words) => {
      if (from + words > segment.starts.length) return [];
      const next = segment.starts[from + words];
      const end = next === undefined ? segment.text.length : next - 1;
      const piece = trimPiece({ segment, start, end }, EDGE);
      const choice = piece.end > piece.start ? choiceOf(field, piece) : null;
      return choice === null ? [] : [candidateOf(piece, choice, 1)];
    }),
  );
}

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
      const filled = /[<>*_|]{2}/.test(text) && !/[<>*_|]{2}/.test(spot.shape) ? 0.5 : 1;
      const own = ` ${anchorText(text)} `;
      const holds = labels.some((label) => own.includes(` ${label.text} `)) ? 0.5 : 1;
      const value = formed(text, lesson.form, spot.shape);
      found.push(candidateOf(piece, value, shape * cut * begins * holds * filled));
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
  if (form === "unspaced" || (isNumber(shape) && !/\s/.test(shape) && shapeOf(unspaced) === shape))
    return unspaced;
  if (form !== "bare") return text;
  return /\d/.test(shape) ? text.replace(/[^\p{L}\d]/gu, "") : text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
}

/**
 * Lines that stand under one another from a segment on: up to the line that followed the taught ones where it is there
 * again, all up to a gap where a gap followed them, or as many as taught.
 */
function blockFrom(reading: Reading, first: Segment, { joint, form }: Lesson, spot: Spot): Candidate[] {
  const lines = [first];
  let stopped = false;
  for (let last: Segment | null = first; last && lines.length <= spot.lines + 2;) {
    const next = lineUnder(reading, last, first.bbox[0]);
    stopped = next !== null && spot.under.length >= 3 && sameBeginning(anchorText(next.text), spot.under);
    if (next === null || stopped) break;
    lines.push(next);
    last = next;
  }
  const ended = stopped || spot.under === "";
  const sizes = new Set([lines.length, spot.lines].filter((size) => size <= lines.length && size > 0));
  return Array.from(sizes, (size) => {
    const taken = lines.slice(0, size);
    const text = taken.map((line) => line.text).join("\n");
    const wanted = ended ? lines.length : Math.min(spot.lines, lines.length);
    return {
      value: formed(taken.map((line) => line.text.replace(/,$/, "")).join(joint), form, spot.shape),
      cited: taken.map((line) => cite(wholePiece(line))),
      placed: { page: first.page.number, bbox: first.bbox, text, word: first.words[0] ?? 0 },
      looks: size === wanted ? 0.95 : 0.85,
      read: readConfidence(wholePiece(first)),
    };
  });
}

/** Whether two lines are of one label, whatever follows it. */
function sameBeginning(one: string, other: string): boolean {
  const [a = ""] = one.split(" ");
  const [b = ""] = other.split(" ");
  return a !== "" && a === b;
}
