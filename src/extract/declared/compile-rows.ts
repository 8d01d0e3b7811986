import type { Declaration, DeclaredRows } from "./declaration.ts";
import { type LabelIndex, makeLabelIndex } from "./label-index.ts";

/** A declaration's lists and tables made ready for reading. */
export interface CompiledRows {
  readonly rows: readonly DeclaredRows[];
  /** Titles; an entry is the position of the rows. */
  readonly titles: LabelIndex;
  /** All columns' labels; `place` tells whose column an entry is. */
  readonly columns: LabelIndex;
  /** The labels of the declaration's single values. */
  readonly labels: LabelIndex;
  readonly place: (entry: number) => { readonly rows: number; readonly column: number };
}

const COMPILED = new WeakMap<Declaration, CompiledRows>();

export function compileRows(declaration: Declaration): CompiledRows {
  const known = COMPILED.get(declaration);
  if (known) return known;
  const { rows, fields } = declaration;
  const places = rows.flatMap(({ columns }, position) =>
    columns.map((_, column) => ({ rows: position, column })),
  );
  const made: CompiledRows = {
    rows,
    titles: makeLabelIndex(rows.map(({ titles }) => titles)),
    columns: makeLabelIndex(rows.flatMap(({ columns }) => columns.map(({ labels }) => labels))),
    labels: makeLabelIndex(fields.map(({ labels }) => labels)),
    place: (entry) => places[entry] ?? { rows: -1, column: -1 },
  };
  COMPILED.set(declaration, made);
  return made;
}
