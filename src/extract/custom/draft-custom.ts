import type { DraftValue } from "../engine/draft.ts";
import type { CompiledExtractor } from "./compile.ts";
import type { Kin } from "./kin.ts";

const NO_KIN: Kin = { fields: new Map(), arrays: new Map() };

interface KinColumn {
  readonly column: string;
  readonly theirs: readonly string[];
}

/** What layout and arithmetic of a built-in type prove counts a little more than a label alone. */
const PROVEN = 0.05;
/** What the built-in reading only supposes is not taken over. */
const LEAST_BORROWED = 0.5;

/**
 * A user's values: those found by their labels, and those that the built-in reading of the document has under the
 * same meaning; of two for one place the surer one. Written in the schema's own types. Pure.
 */
export function draftCustom(
  extractor: CompiledExtractor,
  declared: readonly DraftValue[],
  known: readonly DraftValue[],
  kin: Kin = NO_KIN,
): DraftValue[] {
  const arrays = arraysOf(extractor, kin);
  const borrowed = [...borrowFields(extractor, known, kin), ...borrowLines(arrays, known)];
  const ownRows = new Set(declared.map(({ pointer }) => arrayOf(pointer)).filter((array) => array !== null));
  const better = new Set(
    [...arrays.keys()].filter(
      (array) =>
        !ownRows.has(array) ||
        rowsOf(borrowed, array) > rowsOf(declared, array) ||
        cellsOf(borrowed, array) >= cellsOf(declared, array),
    ),
  );
  const chosen = new Map<string, DraftValue>();
  for (const draft of [...borrowed, ...declared]) {
    const array = arrayOf(draft.pointer);
    if (array !== null && arrays.has(array) && better.has(array) !== borrowed.includes(draft)) continue;
    const before = chosen.get(draft.pointer);
    if (!before || before.confidence < draft.confidence) chosen.set(draft.pointer, draft);
  }
  return written(extractor, [...chosen.values()]);
}

function cellsOf(drafts: readonly DraftValue[], array: string): number {
  return drafts.filter(({ pointer }) => arrayOf(pointer) === array).length;
}

function rowsOf(drafts: readonly DraftValue[], array: string): number {
  return new Set(
    drafts.filter(({ pointer }) => arrayOf(pointer) === array).map(({ pointer }) => indexOf(pointer)),
  ).size;
}

/** `/items` of `/items/3/price`; null for what is in no array. */
function arrayOf(pointer: string): string | null {
  return /^(.*?)\/\d+(?:\/|$)/u.exec(pointer)?.[1] ?? null;
}

function borrowFields(
  extractor: CompiledExtractor,
  known: readonly DraftValue[],
  { fields }: Kin,
): DraftValue[] {
  const byPointer = new Map<string, DraftValue>();
  for (const draft of known) if (!byPointer.has(draft.pointer)) byPointer.set(draft.pointer, draft);
  return [...extractor.writes.keys()].flatMap((pointer) => {
    const related = fields.get(pointer);
    const theirs = [...(extractor.borrows.get(pointer) ?? []), ...(related === undefined ? [] : [related])];
    const found = theirs.map((one) => byPointer.get(one)).find((draft) => draft !== undefined);
    if (!found || found.confidence < LEAST_BORROWED) return [];
    return [{ ...found, pointer, confidence: Math.min(1, found.confidence + PROVEN) }];
  });
}

/** Built-in arrays by the user's: lines of business papers, and what the document's own type has. */
function arraysOf({ lines }: CompiledExtractor, { arrays }: Kin): Map<string, readonly KinColumn[]> {
  const all = new Map<string, readonly KinColumn[]>();
  for (const [array, columns] of lines)
    all.set(
      array,
      [...columns].map(([column, fields]) => ({
        column,
        theirs: fields.map((field) => `/line_items/${field}`),
      })),
    );
  for (const [array, { array: theirs, columns }] of arrays)
    if (!all.has(array))
      all.set(
        array,
        [...columns].map(([column, field]) => ({ column, theirs: [`${theirs}${field}`] })),
      );
  return all;
}

function borrowLines(
  arrays: ReadonlyMap<string, readonly KinColumn[]>,
  known: readonly DraftValue[],
): DraftValue[] {
  const cells = new Map<string, DraftValue>();
  const indices = new Set<number>();
  for (const draft of known) {
    const [, array = "", index, field = ""] = /^(.*?)\/(\d+)(\/[^/]+)$/u.exec(draft.pointer) ?? [];
    if (index === undefined || cells.has(`${index} ${array}${field}`)) continue;
    cells.set(`${index} ${array}${field}`, draft);
    indices.add(Number(index));
  }
  return [...arrays].flatMap(([array, columns]) =>
    [...indices].flatMap((index) =>
      columns.flatMap(({ column, theirs }) => {
        const found = theirs.map((one) => cells.get(`${index} ${one}`)).find((draft) => draft !== undefined);
        return found ? [Object.assign({}, found, { pointer: `${array}/${index}${column}` })] : [];
      }),
    ),
  );
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
