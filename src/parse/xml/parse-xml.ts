import { Parser } from "htmlparser2";
import { AppError } from "../../errors.ts";
import type { ParseLimits } from "../parser.ts";

/** An element. Names keep their prefix as written; `local` is the name without it. */
export interface XmlElement {
  readonly name: string;
  readonly local: string;
  /** By name as written, prefix and all. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
  readonly parent: XmlElement | null;
  /** Its place among its parent's children of the same name, from 1. */
  readonly index: number;
}

/** An element while it is being read. */
interface Opening extends XmlElement {
  children: (XmlElement | string)[];
}

type XmlLimits = Pick<ParseLimits, "maxDepth" | "maxNodes">;
type Name = Pick<XmlElement, "name" | "local">;

/** Most elements have no attributes, and many no content: they share one that is empty. */
const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze({});
const NO_CHILDREN: (XmlElement | string)[] = [];
/** More on one element are made to cost memory; all of them together are bounded by the elements that are read. */
const MAX_ATTRIBUTES = 1_000;
const ATTRIBUTES_AN_ELEMENT = 3;
/** Text arrives in pieces of a character where it holds many references: so many are joined at once. */
const MAX_PIECES = 4_096;

/**
 * Reads XML into a tree. There are no DTDs and so no entities beside XML's own five and character references:
 * nothing outside the file is ever reached, and nothing in it can multiply.
 * @throws AppError unsafe_content for a DOCTYPE; file_damaged where elements are not closed or there is none;
 *   archive_too_large where there are more or deeper elements than are read
 */
export function parseXml(text: string, limits: XmlLimits): XmlElement {
  let root: Opening | null = null;
  let current: Opening | null = null;
  let nodes = 0;
  let cut = false;
  let attributesOfAll = 0;
  let attributesOfOne = 0;
  let pieces: string[] = [];
  const endText = (): void => {
    if (pieces.length === 0) return;
    const data = pieces.length === 1 ? (pieces[0] ?? "") : pieces.join("");
    pieces = [];
    if (!current) return;
    const last = current.children.length - 1;
    const before = current.children[last];
    if (typeof before === "string") current.children[last] = before + data;
    else add(current, data);
  };
  const names = new Map<string, Name>();
  /** How many children of each name every open element has so far. */
  const counts: Map<string, number>[] = [];
  const parser = new Parser(
    {
      onattribute() {
        attributesOfAll += 1;
        if (++attributesOfOne > MAX_ATTRIBUTES)
          throw tooLarge(`an element with more than ${MAX_ATTRIBUTES} attributes`);
        if (attributesOfAll > limits.maxNodes * ATTRIBUTES_AN_ELEMENT)
          throw tooLarge(`more than ${limits.maxNodes * ATTRIBUTES_AN_ELEMENT} attributes`);
      },
      onopentag(tag, attributes) {
        endText();
        attributesOfOne = 0;
        if (++nodes > limits.maxNodes) throw tooLarge(`more than ${limits.maxNodes} elements`);
        if (counts.length >= limits.maxDepth)
          throw tooLarge(`elements nested deeper than ${limits.maxDepth}`);
        const { name, local } = nameOf(tag, names);
        const siblings = counts.at(-1);
        const index: number = (siblings?.get(name) ?? 0) + 1;
        siblings?.set(name, index);
        counts.push(new Map());
        const element: Opening = {
          name,
          local,
          attributes: Object.keys(attributes).length === 0 ? NO_ATTRIBUTES : { ...attributes },
          children: NO_CHILDREN,
          parent: current,
          index,
        };
        if (current) add(current, element);
        else if (root) cut = true;
        else root = element;
        current = element;
      },
      ontext(data) {
        pieces.push(data);
        if (pieces.length >= MAX_PIECES) endText();
      },
      onclosetag(_name, implied) {
        endText();
        counts.pop();
        // `<a/>` counts as implied too. Its end tells it: where it starts is misreported behind `<?xml ...?>`.
        if (implied && text.slice(parser.endIndex - 1, parser.endIndex + 1) !== "/>") cut = true;
        current = (current?.parent as Opening | null) ?? null;
      },
      onprocessinginstruction(name) {
        if (name.toLowerCase().startsWith("!doctype")) throw refused();
      },
    },
    { xmlMode: true, decodeEntities: true, recognizeSelfClosing: true },
  );
  parser.write(text);
  if (counts.length > 0) cut = true;
  parser.end();
  if (!root) throw new AppError("file_damaged", "The XML has no element. Send the original file.");
  if (cut)
    throw new AppError(
      "file_damaged",
      "The XML is cut off or not well-formed: an element is not closed, or another one follows the first. Send the original file.",
    );
  return root;
}

function add(to: Opening, child: XmlElement | string): void {
  if (to.children === NO_CHILDREN) to.children = [child];
  else to.children.push(child);
}

/** One copy of each name: a file has few, and each would hold the whole text. */
function nameOf(tag: string, names: Map<string, Name>): Name {
  const known = names.get(tag);
  if (known) return known;
  const made = { name: tag, local: tag.slice(tag.indexOf(":") + 1) };
  names.set(tag, made);
  return made;
}

function refused(): AppError {
  return new AppError(
    "unsafe_content",
    "The XML declares a document type (DOCTYPE), which can reach outside the file. Send it without one.",
  );
}

function tooLarge(what: string): AppError {
  return new AppError("archive_too_large", `The XML has ${what}. Split it and send its parts.`);
}

/** Child elements, all of them or those with a local name. */
export function childrenOf(element: XmlElement | null | undefined, local?: string): XmlElement[] {
  if (!element) return [];
  return element.children.filter(
    (child): child is XmlElement =>
      typeof child !== "string" && (local === undefined || child.local === local),
  );
}

/** The first child along a path of local names; null where there is none. */
export function childOf(
  element: XmlElement | null | undefined,
  ...path: readonly string[]
): XmlElement | null {
  let at = element ?? null;
  for (const local of path) {
    at =
      at?.children.find((child): child is XmlElement => typeof child !== "string" && child.local === local) ??
      null;
  }
  return at;
}

/** All text inside an element, as it stands. */
export function textOf(element: XmlElement | null | undefined): string {
  if (!element) return "";
  let text = "";
  for (const child of element.children) text += typeof child === "string" ? child : textOf(child);
  return text;
}

/** An attribute by its local name. */
export function attributeOf(element: XmlElement | null | undefined, local: string): string | null {
  if (!element) return null;
  const own = element.attributes[local];
  if (own !== undefined) return own;
  for (const [name, value] of Object.entries(element.attributes)) {
    if (name.slice(name.indexOf(":") + 1) === local) return value;
  }
  return null;
}

/** How many children of each name an element has, counted when a path through it is first asked for. */
const COUNTS = new WeakMap<XmlElement, ReadonlyMap<string, number>>();

function countsOf(element: XmlElement): ReadonlyMap<string, number> {
  const known = COUNTS.get(element);
  if (known) return known;
  const counts = new Map<string, number>();
  for (const child of element.children) {
    if (typeof child !== "string") counts.set(child.name, child.index);
  }
  COUNTS.set(element, counts);
  return counts;
}

/** The path from the root, with prefixes as written and a position where there are several of a name. */
export function xpathOf(element: XmlElement): string {
  const several = element.parent !== null && (countsOf(element.parent).get(element.name) ?? 1) > 1;
  const step = `/${element.name}${several ? `[${element.index}]` : ""}`;
  return element.parent === null ? step : xpathOf(element.parent) + step;
}

/** The namespace of an element's name, by the declarations around it; null where there is none. */
export function namespaceOf(element: XmlElement): string | null {
  const colon = element.name.indexOf(":");
  const declaration = colon < 0 ? "xmlns" : `xmlns:${element.name.slice(0, colon)}`;
  for (let at: XmlElement | null = element; at !== null; at = at.parent) {
    const namespace = at.attributes[declaration];
    if (namespace !== undefined) return namespace;
  }
  return null;
}
