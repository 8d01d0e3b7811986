import type { ObjectIndex } from "./index-objects.ts";
import { Name, Reference, textOf } from "./syntax.ts";

/** Layers (optional content groups, PDF 32000-1, 8.11) by what the default configuration shows of them. */
export interface Layers {
  /** Names of groups that are off, of which no visible group bears the name. */
  readonly hidden: ReadonlySet<string>;
}

/** Reads which layers are off when the document is opened. */
export function readLayers(index: ObjectIndex): Layers {
  const properties = index.dictionary(index.catalog?.get("OCProperties"));
  const initial = index.dictionary(properties?.get("D"));
  if (!properties) return { hidden: new Set() };
  const base = index.resolve(initial?.get("BaseState"));
  const numbers = (key: "ON" | "OFF"): Set<number> =>
    new Set(
      index.array(initial?.get(key)).flatMap((entry) => (entry instanceof Reference ? [entry.number] : [])),
    );
  const on = numbers("ON");
  const off = numbers("OFF");
  const offAtFirst = base instanceof Name && base.text === "OFF";
  const hidden = new Set<string>();
  const shown = new Set<string>();
  for (const group of index.array(properties.get("OCGs"))) {
    if (!(group instanceof Reference)) continue;
    const name = textOf(index.resolve(index.dictionary(group)?.get("Name")));
    const isHidden = off.has(group.number) || (offAtFirst && !on.has(group.number));
    (isHidden ? hidden : shown).add(name);
  }
  for (const name of shown) hidden.delete(name);
  return { hidden };
}
