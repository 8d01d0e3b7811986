import { compile } from "../declared/compile.ts";
import { compileRows } from "../declared/compile-rows.ts";
import type { Declaration, DeclaredField, ValueKind } from "../declared/declaration.ts";
import { termsOf } from "../declared/terms.ts";
import type { DraftValue } from "../engine/draft.ts";
import { wordsOfName } from "./wordings.ts";

/** Which values of the document's own type mean the same as a user's: their labels are known in many languages. */
export interface Kin {
  /** By the user's pointer, the built-in one. */
  readonly fields: ReadonlyMap<string, string>;
  /** By the user's array, the built-in one and its columns by the user's. */
  readonly arrays: ReadonlyMap<string, KinArray>;
}

export interface KinArray {
  readonly array: string;
  readonly columns: ReadonlyMap<string, string>;
}

const BY_LABEL = 0.9;
const BY_TERMS = 0.8;
const LEAST_COLUMNS = 2;

/** What a value of one kind may be taken for. */
const FAMILIES: readonly (readonly ValueKind[])[] = [
  ["date"],
  ["money", "number", "percent", "text"],
  ["identifier", "number", "text", "tax_id", "iban"],
  ["name", "text", "paragraph", "address", "country"],
  ["choice", "text", "country"],
];

/** Finds the kin of a user's fields by the document type's own labels, then by what its values are called. Pure. */
export function findKin(
  own: Declaration,
  vocabulary: Declaration | undefined,
  known: readonly DraftValue[],
): Kin {
  const fields = new Map<string, string>();
  const pointers = [...new Set(known.map(({ pointer }) => pointer))].filter(
    (one) => !/\/\d+(?:\/|$)/u.test(one),
  );
  for (const field of own.fields) {
    const found = byLabels(field, vocabulary) ?? byTerms(pathOf(field.pointer), pointers);
    if (found !== null) fields.set(field.pointer, found);
  }
  return {
    fields: withSiblings(own, fields, pointers),
    arrays: vocabulary ? arraysOf(own, vocabulary) : new Map(),
  };
}

function byLabels(field: DeclaredField, vocabulary: Declaration | undefined): string | null {
  if (!vocabulary) return null;
  const { sections = [], labels } = field;
  const owned = labels.filter((label) => sections.some((section) => label.startsWith(section)));
  let best: { pointer: string; score: number } | null = null;
  for (const label of sections.length > 0 ? owned : labels) {
    for (const { entry, score } of compile(vocabulary).labels.match(label)) {
      const theirs = vocabulary.fields[entry];
      if (!theirs || score < BY_LABEL || !related(field.kind, theirs.kind)) continue;
      if (score > (best?.score ?? 0)) best = { pointer: theirs.pointer, score };
    }
  }
  return best?.pointer ?? null;
}

/** Values of one party belong together: where its name is known, its address is its own. */
function withSiblings(
  own: Declaration,
  fields: ReadonlyMap<string, string>,
  pointers: readonly string[],
): Map<string, string> {
  const all = new Map(fields);
  for (const { pointer } of own.fields) {
    const parent = parentOf(pointer);
    const name = [...fields].find(([one, theirs]) => parentOf(one) === parent && theirs.endsWith("/name"));
    if (parent === "" || !name || all.get(pointer)?.startsWith(parentOf(name[1])) === true) continue;
    const tail = new Set(termsOf(wordsOfName(pointer.slice(parent.length + 1)).join(" ")));
    const siblings = pointers.filter((one) => parentOf(one) === parentOf(name[1]) && one !== name[1]);
    const found = siblings.find((one) =>
      termsOf(pathOf(one.slice(parentOf(one).length))).some((term) => tail.has(term)),
    );
    if (found !== undefined) all.set(pointer, found);
  }
  return all;
}

function byTerms(path: string, pointers: readonly string[]): string | null {
  const terms = termsOf(path);
  let best: { pointer: string; score: number } | null = null;
  for (const pointer of pointers) {
    const theirs = termsOf(pathOf(pointer));
    const common = terms.filter((term) => theirs.includes(term)).length;
    const score = (2 * common) / Math.max(1, terms.length + theirs.length);
    if (common > 0 && score >= BY_TERMS && score > (best?.score ?? 0)) best = { pointer, score };
  }
  return best?.pointer ?? null;
}

function arraysOf(own: Declaration, vocabulary: Declaration): Map<string, KinArray> {
  const compiled = compileRows(vocabulary);
  const arrays = new Map<string, KinArray>();
  for (const { pointer, columns } of own.rows) {
    const found = vocabulary.rows.map((theirs, rows) => {
      const pairs = columns.flatMap((column) =>
        column.labels.flatMap((label) =>
          compiled.columns.match(label).flatMap(({ entry, score }) => {
            const place = compiled.place(entry);
            const other = theirs.columns[place.column];
            return place.rows === rows && other && score >= BY_LABEL && related(column.kind, other.kind)
              ? [{ own: column.pointer, theirs: other.pointer, score }]
              : [];
          }),
        ),
      );
      const chosen = new Map<string, string>();
      for (const pair of pairs.toSorted((a, b) => b.score - a.score))
        if (!chosen.has(pair.own) && ![...chosen.values()].includes(pair.theirs))
          chosen.set(pair.own, pair.theirs);
      return { array: theirs.pointer, columns: chosen };
    });
    const best = found.toSorted((a, b) => b.columns.size - a.columns.size)[0];
    if (best && best.columns.size >= LEAST_COLUMNS) arrays.set(pointer, best);
  }
  return arrays;
}

function related(a: ValueKind, b: ValueKind): boolean {
  return a === b || FAMILIES.some((family) => family.includes(a) && family.includes(b));
}

function pathOf(pointer: string): string {
  return pointer.split("/").flatMap(wordsOfName).join(" ");
}

function parentOf(pointer: string): string {
  return pointer.replace(/\/[^/]*$/u, "");
}
