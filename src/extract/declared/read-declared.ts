import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import { overlaps, type Reading } from "../engine/reading.ts";
import { type Announcement, findAnnouncements } from "./announcements.ts";
import { assign, type Assigned } from "./assign.ts";
import { type Candidate, collectCandidates } from "./candidates.ts";
import { compile } from "./compile.ts";
import { compileRows } from "./compile-rows.ts";
import type { Declaration } from "./declaration.ts";
import { readRows } from "./read-rows.ts";
import { findHeads, type Head } from "./row-heads.ts";
import type { Piece, Segment } from "../engine/view.ts";

const DRAFTS = new WeakMap<Reading, WeakMap<Declaration, readonly DraftValue[]>>();

/** Finds the declared values by their labels, the layout around them and what they look like. Pure. */
export function readDeclared(reading: Reading, declaration: Declaration): readonly DraftValue[] {
  let known = DRAFTS.get(reading);
  if (!known) DRAFTS.set(reading, (known = new WeakMap()));
  const before = known.get(declaration);
  if (before) return before;
  const drafts = readAll(reading, declaration);
  known.set(declaration, drafts);
  return drafts;
}

function readAll(reading: Reading, declaration: Declaration): DraftValue[] {
  if (reading.view.segments.length === 0) return [];
  const compiled = compile(declaration);
  const announced = findAnnouncements(reading, compiled.labels);
  const own = withLabels(reading, announced);
  const rowsOf = compileRows(declaration);
  const heads = declaration.rows.length === 0 ? [] : findHeads(own, rowsOf);
  const candidates = collectCandidates(own, compiled, withoutHeads(announced, heads));
  const first = assign(candidates);
  const rows = readRows(own, compiled, heads, endOf(declaration, first));
  const free = candidates.filter((candidate) => !standsIn(candidate, rows.pieces));
  const assigned = free.length === candidates.length ? first : assign(free);
  const values = assigned.map(({ field, value, pieces, confidence }) => ({
    pointer: declaration.fields[field]?.pointer ?? "",
    value,
    cited: pieces.map((piece) => cite(piece)),
    confidence,
  }));
  return [...values, ...rows.values];
}

/** The labels without those that name a table's columns. */
function withoutHeads(
  announced: ReadonlyMap<Segment, readonly Announcement[]>,
  heads: readonly Head[],
): ReadonlyMap<Segment, readonly Announcement[]> {
  if (heads.length === 0) return announced;
  const kept = new Map<Segment, readonly Announcement[]>();
  for (const [segment, here] of announced) {
    const head = heads.some(
      ({ top, row, cells }) =>
        segment.row >= top &&
        segment.row <= row &&
        cells.some(({ box }) => box[0] < segment.bbox[2] && box[2] > segment.bbox[0]),
    );
    if (!head) kept.set(segment, here);
  }
  return kept;
}

/** Whether a candidate's label or value is part of a list's entry. */
function standsIn({ announcement, pieces }: Candidate, entries: readonly Piece[]): boolean {
  return [announcement.hit.piece, ...pieces].some((piece) => entries.some((entry) => overlaps(entry, piece)));
}

/** The last day of the period that a document speaks of. */
function endOf({ fields }: Declaration, assigned: readonly Assigned[]): string | null {
  for (const wanted of [/period_end|end_date/, /statement|document|issue|date/]) {
    const found = assigned.find(({ field }) => {
      const declared = fields[field];
      return (
        declared?.kind === "date" && wanted.test(declared.pointer) && !/due|birth/.test(declared.pointer)
      );
    });
    if (typeof found?.value === "string") return found.value;
  }
  return null;
}

/** The reading with the declaration's labels in place of those of business papers. */
function withLabels(reading: Reading, announced: ReadonlyMap<Segment, readonly Announcement[]>): Reading {
  const labels = new Map([...announced].map(([segment, here]) => [segment, here.map(({ hit }) => hit)]));
  return { ...reading, labels };
}
