import type { ObjectIndex } from "./index-objects.ts";
import { type Dictionary, isArray, isDictionary, Name, Reference, textOf, type Value } from "./syntax.ts";

/** A field or a widget of a form, as its dictionaries say (PDF 32000-1, 12.7.3). */
export interface FieldEntry {
  /** Full name: the partial names from the root, joined by points. */
  readonly name: string;
  readonly label: string | null;
  readonly kind: "text" | "checkbox" | "radio" | "choice" | "signature" | "button";
  /** A text or the options chosen; for a signature who signed, or `signed`; null where nothing is filled in. */
  readonly value: string | null;
  /** Of a checkbox or radio button: whether its own appearance is the one for "on". */
  readonly checked: boolean;
  /** What a button that is on stands for. */
  readonly option: string | null;
  /** From 0; null for a field without a widget on any page. */
  readonly page: number | null;
  /** Left, bottom, right, top in the page's own coordinates. */
  readonly rect: readonly [number, number, number, number] | null;
  /** Neither shown nor printed. */
  readonly hidden: boolean;
  /** A text field without a value whose appearance may show one. */
  readonly drawn: boolean;
}

/** More fields than any form has: beyond them nothing is listed. */
export const MAX_FIELDS = 5_000;
const MAX_DEPTH = 30;
/** An appearance that shows nothing (`/Tx BMC EMC`) is shorter, packed or not. */
const MIN_APPEARANCE_BYTES = 45;

/** Bits of /Ff (PDF 32000-1, tables 226 to 230) and of /F (table 165), from 1. */
const FLAG = { radio: 1 << 15, pushButton: 1 << 16 } as const;
const ANNOTATION = { hidden: 1 << 1, noView: 1 << 5 } as const;

/** Lists the widgets of all pages, then the fields that have none. */
export function readFieldEntries(index: ObjectIndex, pages: readonly Dictionary[]): FieldEntry[] {
  const entries: FieldEntry[] = [];
  const names = new Set<string>();
  for (const [page, dictionary] of pages.entries()) {
    for (const annotation of index.array(dictionary.get("Annots"))) {
      const widget = index.dictionary(annotation);
      const subtype = index.resolve(widget?.get("Subtype"));
      if (!widget || !(subtype instanceof Name) || subtype.text !== "Widget") continue;
      if (entries.length >= MAX_FIELDS) return entries;
      const entry = describe(index, chainOf(index, widget), widget, page);
      if (!entry) continue;
      names.add(entry.name);
      entries.push(entry);
    }
  }
  const form = index.dictionary(index.catalog?.get("AcroForm"));
  const seen = new Set<number>();
  const visit = (value: Value, parents: readonly Dictionary[]): void => {
    if (value instanceof Reference) {
      if (seen.has(value.number)) return;
      seen.add(value.number);
    }
    const field = index.dictionary(value);
    if (!field || parents.length > MAX_DEPTH || entries.length >= MAX_FIELDS) return;
    const chain = [field, ...parents];
    const kids = index.array(field.get("Kids"));
    const isGroup = kids.some((kid) => index.dictionary(kid)?.has("T"));
    if (isGroup) for (const kid of kids) visit(kid, chain);
    else if (!names.has(nameOf(index, chain))) {
      const entry = describe(index, chain, null, null);
      if (entry) entries.push(entry);
    }
  };
  for (const field of index.array(form?.get("Fields"))) visit(field, []);
  return entries;
}

/** A widget or field with those above it, the nearest first. */
function chainOf(index: ObjectIndex, widget: Dictionary): Dictionary[] {
  const chain = [widget];
  let above = index.dictionary(widget.get("Parent"));
  while (above && chain.length < MAX_DEPTH) {
    chain.push(above);
    above = index.dictionary(above.get("Parent"));
  }
  return chain;
}

function nameOf(index: ObjectIndex, chain: readonly Dictionary[]): string {
  return chain
    .flatMap((field) => (field.has("T") ? [textOf(index.resolve(field.get("T")))] : []))
    .reverse()
    .join(".");
}

function describe(
  index: ObjectIndex,
  chain: readonly Dictionary[],
  widget: Dictionary | null,
  page: number | null,
): FieldEntry | null {
  const inherited = (key: string): Value =>
    index.resolve(chain.find((field) => field.has(key))?.get(key) ?? null);
  const kind = kindOf(inherited("FT"), inherited("Ff"));
  if (!kind) return null;
  const state = index.resolve(widget?.get("AS"));
  const value = inherited("V");
  const isOn = state instanceof Name ? state.text !== "Off" : value instanceof Name && value.text !== "Off";
  const flags = index.resolve(widget?.get("F"));
  const bits = typeof flags === "number" ? flags : 0;
  const filled = valueOf(index, kind, value, { rich: inherited("RV"), options: inherited("Opt") });
  return {
    name: nameOf(index, chain),
    label: textOf(inherited("TU")).trim() || null,
    kind,
    value: filled,
    checked: (kind === "checkbox" || kind === "radio") && isOn,
    option: widget && (kind === "checkbox" || kind === "radio") ? optionOf(index, widget) : null,
    page,
    rect: widget ? rectOf(index, widget) : null,
    hidden: (bits & (ANNOTATION.hidden | ANNOTATION.noView)) !== 0,
    drawn: kind === "text" && filled === null && widget !== null && hasAppearance(index, widget),
  };
}

function kindOf(type: Value, flags: Value): FieldEntry["kind"] | null {
  if (!(type instanceof Name)) return null;
  const bits = typeof flags === "number" ? flags : 0;
  if (type.text === "Btn") {
    if (bits & FLAG.pushButton) return "button";
    return bits & FLAG.radio ? "radio" : "checkbox";
  }
  return ({ Tx: "text", Ch: "choice", Sig: "signature" } as const)[type.text] ?? null;
}

function hasAppearance(index: ObjectIndex, widget: Dictionary): boolean {
  const normal = index.dictionary(widget.get("AP"))?.get("N");
  return (index.streamPlace(normal)?.length ?? 0) >= MIN_APPEARANCE_BYTES;
}

function valueOf(
  index: ObjectIndex,
  kind: FieldEntry["kind"],
  value: Value,
  { rich, options }: { rich: Value; options: Value },
): string | null {
  if (kind === "signature") {
    if (!isDictionary(value)) return null;
    return textOf(index.resolve(value.get("Name"))).trim() || "signed";
  }
  if (kind !== "text" && kind !== "choice") return null;
  const chosen = isArray(value) ? value.map((one) => index.resolve(one)) : [value];
  const shown = new Map<string, string>();
  for (const option of kind === "choice" && isArray(options) ? options : []) {
    const [stored, printed] = index.array(option).map((part) => textOf(index.resolve(part)));
    if (stored !== undefined && printed !== undefined) shown.set(stored, printed);
  }
  const plain = chosen
    .map(textOf)
    .map((text) => (shown.get(text) ?? text).trim())
    .filter(Boolean);
  return plain.join("; ") || stripTags(textOf(rich)) || null;
}

/** The words of a rich text (PDF 32000-1, 12.7.3.4), a line a paragraph. */
function stripTags(rich: string): string {
  return rich
    .replace(/<\/p>|<br\s*\/?>/gi, "\n")
    .replace(/<[^>]{0,2000}>/g, "")
    .replace(/&#(\d{1,7});/g, (_, code: string) => String.fromCodePoint(Math.min(0x10ffff, Number(code))))
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name] ?? "")
    .trim();
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

/** The name of a button's appearance for "on". */
function optionOf(index: ObjectIndex, widget: Dictionary): string | null {
  const normal = index.dictionary(index.dictionary(widget.get("AP"))?.get("N"));
  for (const name of normal?.keys() ?? []) if (name !== "Off") return name;
  return null;
}

function rectOf(index: ObjectIndex, widget: Dictionary): FieldEntry["rect"] {
  const [a, b, c, d] = index.array(widget.get("Rect")).map((edge) => index.resolve(edge));
  if (typeof a !== "number" || typeof b !== "number") return null;
  if (typeof c !== "number" || typeof d !== "number") return null;
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}
