import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import type { Reading } from "../engine/reading.ts";
import { type Announcement, findAnnouncements } from "./announcements.ts";
import { assign } from "./assign.ts";
import { collectCandidates } from "./candidates.ts";
import { compile } from "./compile.ts";
import type { Declaration } from "./declaration.ts";
import { readRows } from "./read-rows.ts";
import type { Segment } from "../engine/view.ts";

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
  const assigned = assign(collectCandidates(own, compiled, announced));
  const values = assigned.map(({ field, value, pieces, confidence }) => ({
    pointer: declaration.fields[field]?.pointer ?? "",
    value,
    cited: pieces.map((piece) => cite(piece)),
    confidence,
  }));
  const rows = readRows(own, compiled, endOf(values));
  return [...values, ...rows.values];
}

/** The end of the period that a document speaks of. */
function endOf(values: readonly DraftValue[]): string | null {
  const end = values.find(({ pointer }) => /period_end|statement_date|end_date/.test(pointer))?.value;
  return typeof end === "string" ? end : null;
}

/** The reading with the declaration's labels in place of those of business papers. */
function withLabels(reading: Reading, announced: ReadonlyMap<Segment, readonly Announcement[]>): Reading {
  const labels = new Map([...announced].map(([segment, here]) => [segment, here.map(({ hit }) => hit)]));
  return { ...reading, labels };
}
