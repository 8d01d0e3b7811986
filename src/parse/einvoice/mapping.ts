import type { GroupId, TermId } from "../../model/en16931.ts";
import type { Group, Term } from "../../model/structured.ts";
import { attributeOf, textOf, type XmlElement, xpathOf } from "../xml/parse-xml.ts";
import { normalize, typeOf } from "./normalize.ts";
import type { OwnGroupId, OwnTermId } from "./own-terms.ts";
import { compilePath, type Found, type Path, textAt } from "./path.ts";

type AnyTermId = TermId | OwnTermId;
type AnyGroupId = GroupId | OwnGroupId;

interface TermOptions {
  /** Where its scheme stands, seen from its own element's parent; an attribute of its own unless told. */
  readonly scheme?: string;
  /** A scheme that the element's own name says. */
  readonly schemeName?: string;
  /** Codes of the syntax and what they are in the model; others stay. */
  readonly codes?: Readonly<Record<string, string>>;
  /** Takes one, where the syntax repeats what the model has once. */
  readonly first?: boolean;
}

/** What a syntax's element says: terms, groups, or whatever needs code. Each is asked with the group's element. */
export type Rule = (element: XmlElement, into: { terms: Term[]; groups: Group[] }) => void;

/** Terms at paths, all of them in the paths' order. */
export function term(id: AnyTermId, paths: string | readonly string[], options: TermOptions = {}): Rule {
  const compiled = (typeof paths === "string" ? [paths] : paths).map(compilePath);
  const scheme = options.scheme === undefined ? null : compilePath(options.scheme);
  return (element, { terms }) => {
    for (const path of compiled) {
      for (const found of path(element)) {
        const made = termAt(id, found, scheme, options.codes);
        if (made === null) continue;
        if (options.schemeName !== undefined) made.scheme = options.schemeName;
        terms.push(made);
        if (options.first === true) return;
      }
    }
  };
}

/**
 * A group at each element that a path leads to. One at `.`, which has no element of its own in the syntax, is
 * there only where it holds something.
 */
export function group(id: AnyGroupId, path: string, ...rules: readonly Rule[]): Rule {
  const compiled: Path = compilePath(path);
  const shared = path.startsWith(".");
  return (element, { groups }) => {
    for (const { element: own } of compiled(element)) {
      const made = groupAt(id, own, rules);
      if (!shared || made.terms.length > 0 || made.groups.length > 0) groups.push(made);
    }
  };
}

/** The group that an element is, by its rules. */
export function groupAt(id: AnyGroupId, element: XmlElement, rules: readonly Rule[]): Group {
  const made = { id, xpath: xpathOf(element), terms: [] as Term[], groups: [] as Group[] };
  for (const rule of rules) rule(element, made);
  return made;
}

/** A term from what stands at a place; null where it is empty. */
function termAt(
  id: AnyTermId,
  found: Found,
  schemePath: Path | null,
  codes: TermOptions["codes"],
): Term | null {
  const { element, attribute } = found;
  const type = typeOf(id);
  const content = type === "binary" ? nameOf(element) : textAt(found);
  if (content === "") return null;
  const xpath = attribute === null ? xpathOf(element) : `${xpathOf(element)}/@${attribute}`;
  const value = codes?.[content] ?? normalize(content, type, attributeOf(element, "format"));
  if (attribute !== null) return { id, value, content, xpath };
  const scheme =
    schemePath === null
      ? schemeOf(id, element)
      : (schemePath(element.parent ?? element).map(textAt)[0] ?? null);
  const unit = attributeOf(element, "unitCode");
  const currency = attributeOf(element, "currencyID");
  return {
    id,
    value,
    content,
    xpath,
    ...(scheme === null || scheme === "" ? {} : { scheme: scheme.trim() }),
    ...(unit === null || unit === "" ? {} : { unit: unit.trim() }),
    ...(currency === null || currency === "" ? {} : { currency: currency.trim() }),
  };
}

/** The list of a classification and the kind of an attached file count as schemes: they say how to read it. */
function schemeOf(id: AnyTermId, element: XmlElement): string | null {
  const scheme = attributeOf(element, "schemeID");
  if (scheme !== null) return scheme;
  if (id === "BT-158") return attributeOf(element, "listID");
  return id === "BT-125" ? attributeOf(element, "mimeCode") : null;
}

/** What an attached file is called: its content stays in the file. */
function nameOf(element: XmlElement): string {
  const name = attributeOf(element, "filename")?.trim() ?? "";
  return name === "" && textOf(element).trim() !== "" ? "attachment" : name;
}
