import { childrenOf, textOf, type XmlElement } from "../xml/parse-xml.ts";

/** What a path leads to: an element, or an attribute of it. */
export interface Found {
  readonly element: XmlElement;
  readonly attribute: string | null;
}

export type Path = (from: XmlElement) => Found[];

type Test = (element: XmlElement) => boolean;

interface Step {
  readonly names: ReadonlySet<string> | null;
  readonly tests: readonly Test[];
}

/**
 * Compiles a path of local names, a small part of XPath that knows no namespaces: `Party/PartyName/Name`,
 * `A|B/C` for either name, `.` for the element itself, `/` at its start for the root, `@name` at its end for
 * an attribute. A step is narrowed by `[Path]`, `[!Path]`, `[Path=a|b]` and `[Path!=a|b]`, whose values are
 * compared without case.
 */
export function compilePath(source: string): Path {
  const absolute = source.startsWith("/");
  const parts = split(absolute ? source.slice(1) : source);
  const last = parts.at(-1) ?? "";
  const attribute = last.startsWith("@") ? last.slice(1) : null;
  const steps = (attribute === null ? parts : parts.slice(0, -1)).map(compileStep);
  return (from) => {
    let at: XmlElement[] = [absolute ? rootOf(from) : from];
    for (const { names, tests } of steps) {
      const next = names === null ? at : at.flatMap((element) => childrenNamed(element, names));
      at = tests.length === 0 ? next : next.filter((element) => tests.every((test) => test(element)));
      if (at.length === 0) return [];
    }
    const found = at.map((element) => ({ element, attribute }));
    return attribute === null
      ? found
      : found.filter(({ element }) => element.attributes[attribute] !== undefined);
  };
}

/** The text at a place, without the space around it. */
export function textAt({ element, attribute }: Found): string {
  return (attribute === null ? textOf(element) : (element.attributes[attribute] ?? "")).trim();
}

/** Splits at the slashes that stand outside brackets. */
function split(source: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const character of source) {
    if (character === "[") depth += 1;
    if (character === "]") depth -= 1;
    if (character === "/" && depth === 0) {
      parts.push(part);
      part = "";
    } else part += character;
  }
  parts.push(part);
  return parts.filter((piece) => piece !== "");
}

function compileStep(part: string): Step {
  const bracket = part.indexOf("[");
  const name = bracket < 0 ? part : part.slice(0, bracket);
  const tests =
    bracket < 0
      ? []
      : part
          .slice(bracket + 1, -1)
          .split("][")
          .map(compileTest);
  return { names: name === "." ? null : new Set(name.split("|")), tests };
}

function compileTest(source: string): Test {
  if (source.startsWith("!")) {
    const absent = compilePath(source.slice(1));
    return (element) => absent(element).length === 0;
  }
  const match = /^(.*?)(!?=)(.*)$/.exec(source);
  if (!match) {
    const present = source.split(",").map(compilePath);
    return (element) => present.some((path) => path(element).length > 0);
  }
  const path = compilePath(match[1] ?? "");
  const values = new Set((match[3] ?? "").toUpperCase().split("|"));
  const wanted = match[2] === "=";
  return (element) => path(element).some((found) => values.has(textAt(found).toUpperCase())) === wanted;
}

function childrenNamed(element: XmlElement, names: ReadonlySet<string>): XmlElement[] {
  return childrenOf(element).filter((child) => names.has(child.local));
}

function rootOf(element: XmlElement): XmlElement {
  let at = element;
  while (at.parent !== null) at = at.parent;
  return at;
}
