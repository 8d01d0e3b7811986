import { attributeOf, childOf, childrenOf, type XmlElement } from "../xml/parse-xml.ts";

/** The place in a numbering that a paragraph has. */
export interface NumberRef {
  readonly id: string;
  readonly level: number | null;
}

/** What a paragraph's style says, what it is based on included. */
export interface ParagraphStyle {
  /** A heading's level, from 1. */
  readonly heading: number | null;
  readonly numbering: NumberRef | null;
  readonly isCaption: boolean;
  readonly isHidden: boolean;
  readonly breaksPage: boolean;
}

export interface Styles {
  /** A style by its id; the default one for null. */
  readonly paragraph: (id: string | null) => ParagraphStyle;
  readonly hidesRun: (id: string | null) => boolean;
}

/** Styles based on styles: more are a circle. */
const MAX_CHAIN = 20;

/** Reads styles.xml (ECMA-376-1, 17.7). Built-in styles have English names in files of any language. */
export function readStyles(root: XmlElement | null): Styles {
  const styles = new Map<string, XmlElement>();
  let normal: string | null = null;
  for (const style of childrenOf(root, "style")) {
    const id = attributeOf(style, "styleId");
    if (id === null) continue;
    styles.set(id, style);
    if (attributeOf(style, "type") === "paragraph" && isOn(attributeOf(style, "default"))) normal = id;
  }
  const chainOf = (id: string | null): XmlElement[] => {
    const chain: XmlElement[] = [];
    for (let at = id; at !== null && chain.length < MAX_CHAIN;) {
      const style = styles.get(at);
      if (!style) break;
      chain.push(style);
      at = attributeOf(childOf(style, "basedOn"), "val");
    }
    return chain;
  };
  const known = new Map<string | null, ParagraphStyle>();
  return {
    paragraph: (id) => {
      const style = known.get(id) ?? paragraphStyle(chainOf(id ?? normal));
      known.set(id, style);
      return style;
    },
    hidesRun: (id) => id !== null && chainOf(id).some((style) => isSet(childOf(style, "rPr"), "vanish")),
  };
}

function paragraphStyle(chain: readonly XmlElement[]): ParagraphStyle {
  const first = <T>(read: (style: XmlElement) => T | null): T | null => {
    for (const style of chain) {
      const value = read(style);
      if (value !== null) return value;
    }
    return null;
  };
  return {
    heading: first((style) => headingOf(childOf(style, "pPr")) ?? headingByName(nameOf(style))),
    numbering: first((style) => numberingOf(childOf(style, "pPr"))),
    isCaption: chain.some((style) => nameOf(style) === "caption"),
    isHidden: chain.some((style) => isSet(childOf(style, "rPr"), "vanish")),
    breaksPage: chain.some((style) => isSet(childOf(style, "pPr"), "pageBreakBefore")),
  };
}

function nameOf(style: XmlElement): string {
  return attributeOf(childOf(style, "name"), "val")?.toLowerCase() ?? "";
}

function headingByName(name: string): number | null {
  if (name === "title") return 1;
  if (name === "subtitle") return 2;
  const level = /^heading (\d)$/.exec(name)?.[1];
  return level === undefined ? null : Number(level);
}

/** An outline level of 9 is text (17.3.1.20). */
export function headingOf(properties: XmlElement | null): number | null {
  const level = attributeOf(childOf(properties, "outlineLvl"), "val");
  return level !== null && /^[0-8]$/.test(level) ? Number(level) + 1 : null;
}

export function numberingOf(properties: XmlElement | null): NumberRef | null {
  const numbering = childOf(properties, "numPr");
  const id = attributeOf(childOf(numbering, "numId"), "val");
  const level = attributeOf(childOf(numbering, "ilvl"), "val");
  if (id === null && level === null) return null;
  return { id: id ?? "", level: level !== null && /^\d$/.test(level) ? Number(level) : null };
}

/** Whether a property is there and not switched off (17.17.4). */
export function isSet(properties: XmlElement | null, name: string): boolean {
  const property = childOf(properties, name);
  return property !== null && isOn(attributeOf(property, "val") ?? "1");
}

export function isOn(value: string | null): boolean {
  return value === "1" || value === "true" || value === "on";
}
