import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import { addressBelow } from "../engine/party-details.ts";
import { overlaps, type Reading } from "../engine/reading.ts";
import { type Announcement, findAnnouncements } from "./announcements.ts";
import { assign, type Assigned } from "./assign.ts";
import { type Candidate, collectCandidates } from "./candidates.ts";
import { compile } from "./compile.ts";
import { compileRows } from "./compile-rows.ts";
import type { Declaration, DeclaredRows } from "./declaration.ts";
import { readRows } from "./read-rows.ts";
import { findHeads, type Head } from "./row-heads.ts";
import type { Piece, Segment } from "../engine/view.ts";

const SINGLE = 0.6;
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
  const open =
    rows.heads.length === heads.length
      ? candidates
      : collectCandidates(own, compiled, withoutHeads(announced, rows.heads));
  const free = open.filter((candidate) => !standsIn(candidate, rows.pieces));
  const assigned = free.length === candidates.length && open === candidates ? first : assign(free);
  const values = assigned.map(({ field, value, pieces, confidence }) => ({
    pointer: declaration.fields[field]?.pointer ?? "",
    value,
    cited: pieces.map((piece) => cite(piece)),
    confidence,
  }));
  const single = readSingleEntries(own, declaration, rows.found, [
    ...rows.pieces,
    ...assigned.flatMap(({ pieces }) => pieces),
  ]);
  return [...values, ...addressesUnder(reading, declaration, assigned), ...rows.values, ...single];
}

/** Addresses that stand without a label under a party's name. */
function addressesUnder(
  reading: Reading,
  { fields }: Declaration,
  assigned: readonly Assigned[],
): DraftValue[] {
  const known = new Set(assigned.map(({ field }) => fields[field]?.pointer));
  return fields.flatMap(({ pointer, kind }) => {
    if (kind !== "address" || known.has(pointer)) return [];
    const parent = pointer.replace(/\/[^/]*$/, "");
    const name = assigned.find(({ field }) => fields[field]?.pointer === `${parent}/name`);
    const piece = parent === "" ? undefined : name?.pieces.at(-1);
    const found = piece && addressBelow(reading, piece);
    if (!name || !found) return [];
    const cited = found.pieces.map((part) => cite(part));
    return [{ pointer, value: found.value, cited, confidence: Math.min(0.9, name.confidence) * found.score }];
  });
}

/** A list's only entry where it is no table: its columns' labels with a value each. */
function readSingleEntries(
  reading: Reading,
  declaration: Declaration,
  found: ReadonlySet<number>,
  taken: readonly Piece[],
): DraftValue[] {
  return declaration.rows.flatMap((declared, position) => {
    if (found.has(position) || declared.columns.length < 3) return [];
    const single = singleOf(declared);
    const compiled = compile(single);
    const announced = findAnnouncements(reading, compiled.labels);
    const own = withLabels(reading, announced);
    const candidates = collectCandidates(own, compiled, announced).filter(
      (candidate) => candidate.score >= SINGLE && !standsIn(candidate, taken),
    );
    const assigned = assign(candidates);
    const [first] = declared.columns;
    const keyed = assigned.some(({ field }) => single.fields[field]?.kind === "identifier");
    if (assigned.length < 3 || (first?.kind === "identifier" && !keyed)) return [];
    return assigned.map(({ field, value, pieces, confidence }) => ({
      pointer: single.fields[field]?.pointer ?? "",
      value,
      cited: pieces.map((piece) => cite(piece)),
      confidence: 0.9 * confidence,
    }));
  });
}

const SINGLES = new WeakMap<DeclaredRows, Declaration>();

function singleOf(declared: DeclaredRows): Declaration {
  const known = SINGLES.get(declared);
  if (known) return known;
  const fields = declared.columns.map((column) => ({
    ...column,
    pointer: `${declared.pointer}/0${column.pointer}`,
  }));
  const made = { fields, rows: [] };
  SINGLES.set(declared, made);
  return made;
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
