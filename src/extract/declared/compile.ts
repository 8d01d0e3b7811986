import { foldKey } from "../../model/fold.ts";
import type { Announcement } from "./announcements.ts";
import type { Declaration, DeclaredField } from "./declaration.ts";
import { type LabelIndex, makeLabelIndex } from "./label-index.ts";
import { makeSections, type Sections } from "./sections.ts";
import { termsOf } from "./terms.ts";
import type { Which } from "./values.ts";

/** A declaration made ready for reading. */
export interface Compiled {
  readonly declaration: Declaration;
  /** Its fields' labels; an entry is a field's position. */
  readonly labels: LabelIndex;
  readonly sections: Sections;
  /** Fields that have a label in common with one of another section. */
  readonly shared: ReadonlySet<number>;
  /** What a field's wordings say. */
  readonly terms: (field: number) => ReadonlySet<string>;
  /** Which date of a period is a field's, where two fields share the period's label. */
  readonly which: (field: number, announcement: Announcement) => Which;
}

const COMPILED = new WeakMap<Declaration, Compiled>();

export function compile(declaration: Declaration): Compiled {
  const known = COMPILED.get(declaration);
  if (known) return known;
  const { fields } = declaration;
  const sections = makeSections(fields);
  const terms = fields.map(({ labels }) => new Set(labels.flatMap((label) => termsOf(label))));
  const made: Compiled = {
    declaration,
    labels: makeLabelIndex(fields.map(({ labels }) => labels)),
    sections,
    shared: sharedFields(fields, sections),
    terms: (field) => terms[field] ?? new Set(),
    which: (field, announcement) => whichDate(fields, field, announcement),
  };
  COMPILED.set(declaration, made);
  return made;
}

function sharedFields(fields: readonly DeclaredField[], sections: Sections): Set<number> {
  const owners = new Map<string, Set<number>>();
  for (const [position, { labels }] of fields.entries()) {
    for (const key of labels.map(foldKey)) {
      const set = owners.get(key);
      if (set) set.add(position);
      else owners.set(key, new Set([position]));
    }
  }
  const shared = new Set<number>();
  for (const set of owners.values()) {
    if (new Set([...set].map((position) => sections.of(position))).size < 2) continue;
    for (const position of set) shared.add(position);
  }
  return shared;
}

/** The later one of two date fields with one label takes the period's last date. */
function whichDate(fields: readonly DeclaredField[], field: number, { matches }: Announcement): Which {
  const own = matches.find(({ entry }) => entry === field);
  const before = matches.some(
    ({ entry, score }) =>
      entry < field && fields[entry]?.kind === "date" && Math.abs(score - (own?.score ?? 0)) < 0.005,
  );
  return fields[field]?.kind === "date" && before ? "last" : "first";
}
