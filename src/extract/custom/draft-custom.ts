import type { DraftValue } from "../engine/draft.ts";
import type { CompiledExtractor } from "./compile.ts";

/** What layout and arithmetic of a built-in type prove counts a little more than a label alone. */
const PROVEN = 0.05;

/**
 * A user's values: those found by their labels, and those that the built-in reading of the document has under the
 * same meaning; of two for one place the surer one. Written in the schema's own types. Pure.
 */
export function draftCustom(
  extractor: CompiledExtractor,
  declared: readonly DraftValue[],
  known: readonly DraftValue[],
): DraftValue[] {
  const borrowed = [...borrowFields(extractor, known), ...borrowLines(extractor, known)];
  const ownRows = new Set(declared.map(({ pointer }) => arrayOf(pointer)).filter((array) => array !== null));
  const better = new Set(
    [...extractor.lines.keys()].filter(
      (array) => cellsOf(borrowed, array) >= cellsOf(declared, array) || !ownRows.has(array),
    ),
  );
  const chosen = new Map<string, DraftValue>();
  for (const draft of [...borrowed, ...declared]) {
    const array = arrayOf(draft.pointer);
    if (array !== null && extractor.lines.has(array) && better.has(array) !== borrowed.includes(draft))
      continue;
    const before = chosen.get(draft.pointer);
    if (!before || before.confidence < draft.confidence) chosen.set(draft.pointer, draft);
  }
  return written(extractor, [...chosen.values()]);
}

function cellsOf(drafts: readonly DraftValue[], array: string): number {
  return drafts.filter(({ pointer }) => arrayOf(pointer) === array).length;
}

/** `/items` of `/items/3/price`; null for what is in no array. */
function arrayOf(pointer: string): string | null {
  return /^(.*?)\/\d+(?:\/|$)/u.exec(pointer)?.[1] ?? null;
}

function borrowFields(extractor: CompiledExtractor, known: readonly DraftValue[]): DraftValue[] {
  const byPointer = new Map<string, DraftValue>();
  for (const draft of known) if (!byPointer.has(draft.pointer)) byPointer.set(draft.pointer, draft);
  return [...extractor.borrows].flatMap(([pointer, theirs]) => {
    const found = theirs.map((one) => byPointer.get(one)).find((draft) => draft !== undefined);
    return found ? [{ ...found, pointer, confidence: Math.min(1, found.confidence + PROVEN) }] : [];
  });
}

const LINE = /^\/line_items\/(\d+)\/([a-z_]+)$/u;

function borrowLines(extractor: CompiledExtractor, known: readonly DraftValue[]): DraftValue[] {
  const lines = new Map<number, Map<string, DraftValue>>();
  for (const draft of known) {
    const [, index, field = ""] = LINE.exec(draft.pointer) ?? [];
    if (index === undefined) continue;
    const line = lines.get(Number(index)) ?? new Map<string, DraftValue>();
    lines.set(Number(index), line);
    if (!line.has(field)) line.set(field, draft);
  }
  const borrowed: DraftValue[] = [];
  for (const [array, columns] of extractor.lines) {
    for (const [index, line] of lines) {
      for (const [column, fields] of columns) {
        const found = fields.map((field) => line.get(field)).find((draft) => draft !== undefined);
        if (found) borrowed.push({ ...found, pointer: `${array}/${index}${column}` });
      }
    }
  }
  return borrowed;
}

/** Values in the schema's types; one that does not fit is not given. Rows that lost all their cells close up. */
function written(extractor: CompiledExtractor, drafts: readonly DraftValue[]): DraftValue[] {
  const kept: DraftValue[] = [];
  for (const draft of drafts) {
    const write = extractor.writes.get(draft.pointer.replace(/\/\d+(?=\/|$)/u, "/*"));
    const value = write?.(draft.value) ?? null;
    if (value !== null) kept.push({ ...draft, value });
  }
  const places = new Map<string, Map<string, number>>();
  return kept
    .toSorted((a, b) => indexOf(a.pointer) - indexOf(b.pointer))
    .map((draft) => {
      const array = arrayOf(draft.pointer);
      if (array === null) return draft;
      const [, index = "0", rest = ""] = /^\/(\d+)(.*)$/u.exec(draft.pointer.slice(array.length)) ?? [];
      const known = places.get(array) ?? new Map<string, number>();
      places.set(array, known);
      const place = known.get(index) ?? known.size;
      known.set(index, place);
      return Object.assign({}, draft, { pointer: `${array}/${place}${rest}` });
    });
}

function indexOf(pointer: string): number {
  return Number(/\/(\d+)(?:\/|$)/u.exec(pointer)?.[1] ?? -1);
}
