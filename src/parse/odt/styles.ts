import { formatNumber } from "../flow/numerals.ts";
import { attributeOf, childOf, childrenOf, type XmlElement } from "../xml/parse-xml.ts";

/** How a level of a list or of headings is numbered (ODF 1.3 part 3, 16.31). */
interface Level {
  readonly format: string;
  readonly prefix: string;
  readonly suffix: string;
  /** How many levels' numbers stand in it. */
  readonly shown: number;
  readonly start: number;
  readonly bullet: string | null;
}

/** The styles of a text document, those of its two parts together. */
export interface OdtStyles {
  readonly isTitle: (style: string | null) => boolean;
  readonly headingLevel: (style: string | null) => number | null;
  readonly isHidden: (style: string | null) => boolean;
  readonly breaksPage: (style: string | null) => boolean;
  readonly listStyleOf: (style: string | null) => string | null;
  /** Sign or number in front of an item by its list's style, its level from 1, and the numbers of all levels. */
  readonly marker: (listStyle: string | null, level: number, numbers: readonly number[]) => string;
  readonly startOf: (listStyle: string | null, level: number) => number;
  /** The style by which headings are numbered. */
  readonly outline: string;
}

const OUTLINE = "\u0000outline";
const MAX_CHAIN = 20;

/** Names are unique within a family alone: a table's style may be called as a text's is. */
function isOfText(style: XmlElement): boolean {
  return ["paragraph", "text", null].includes(attributeOf(style, "family"));
}

/** Reads the styles of content.xml and styles.xml; those of the content come first. */
export function readOdtStyles(roots: readonly (XmlElement | null)[]): OdtStyles {
  const styles = new Map<string, XmlElement>();
  const lists = new Map<string, Map<number, Level>>();
  for (const root of roots) {
    for (const group of ["automatic-styles", "styles"]) {
      for (const element of childrenOf(childOf(root, group))) {
        const name = element.local === "outline-style" ? OUTLINE : attributeOf(element, "name");
        if (name === null) continue;
        if (element.local === "style" && isOfText(element) && !styles.has(name)) styles.set(name, element);
        if (/^(?:list|outline)-style$/.test(element.local) && !lists.has(name))
          lists.set(name, levelsOf(element));
      }
    }
  }
  const find = <T>(name: string | null, read: (style: XmlElement) => T | null): T | null => {
    let at = name;
    for (let step = 0; at !== null && step < MAX_CHAIN; step += 1) {
      const style = styles.get(at);
      if (!style) return null;
      const value = read(style);
      if (value !== null) return value;
      at = attributeOf(style, "parent-style-name");
    }
    return null;
  };
  const isNamed = (name: string | null, wanted: string): boolean =>
    name === wanted ||
    find(name, (style) => (attributeOf(style, "parent-style-name") === wanted ? true : null)) === true;
  const levelOf = (style: string | null, level: number): Level | null =>
    (style === null ? null : lists.get(style)?.get(level)) ?? null;
  return {
    isTitle: (name) => isNamed(name, "Title"),
    headingLevel: (name) =>
      find(name, (style) => {
        const level = Number(attributeOf(style, "default-outline-level") ?? 0);
        return Number.isInteger(level) && level > 0 ? level : null;
      }),
    isHidden: (name) =>
      find(name, (style) => attributeOf(childOf(style, "text-properties"), "display")) === "none",
    breaksPage: (name) =>
      find(name, (style) => {
        const properties = childOf(style, "paragraph-properties");
        return attributeOf(properties, "break-before") === "page" || attributeOf(style, "master-page-name")
          ? true
          : null;
      }) === true,
    listStyleOf: (name) => find(name, (style) => attributeOf(style, "list-style-name") || null),
    marker: (style, level, numbers) => {
      const own = levelOf(style, level);
      if (!own) return style === OUTLINE ? "" : "•";
      return own.bullet ?? numberText(own, level, numbers, (at) => levelOf(style, at));
    },
    startOf: (style, level) => levelOf(style, level)?.start ?? 1,
    outline: OUTLINE,
  };
}

function numberText(
  own: Level,
  level: number,
  numbers: readonly number[],
  levelAt: (level: number) => Level | null,
): string {
  if (own.format === "") return "";
  const parts: string[] = [];
  for (let at = Math.max(1, level - own.shown + 1); at <= level; at += 1) {
    const other = levelAt(at);
    if (other && other.format !== "") parts.push(formatNumber(numbers[at - 1] ?? other.start, other.format));
  }
  return `${own.prefix}${parts.join(".")}${own.suffix}`.trim();
}

const FORMATS: Readonly<Record<string, string>> = {
  "1": "decimal",
  a: "lowerLetter",
  A: "upperLetter",
  i: "lowerRoman",
  I: "upperRoman",
};

function levelsOf(element: XmlElement): Map<number, Level> {
  const levels = new Map<number, Level>();
  for (const level of childrenOf(element)) {
    const number = Number(attributeOf(level, "level") ?? 0);
    if (!Number.isInteger(number) || number < 1) continue;
    const format = attributeOf(level, "num-format") ?? "";
    const isNumber = /number|outline/.test(level.local);
    levels.set(number, {
      format: FORMATS[format] ?? (format === "" ? "" : "decimal"),
      prefix: attributeOf(level, "num-prefix") ?? "",
      suffix: attributeOf(level, "num-suffix") ?? "",
      shown: Math.max(1, Number(attributeOf(level, "display-levels") ?? 1) || 1),
      start: Number(attributeOf(level, "start-value") ?? 1) || 1,
      bullet: isNumber ? null : bulletOf(attributeOf(level, "bullet-char")),
    });
  }
  return levels;
}

/** Bullets of symbol fonts lie in the private use area. */
function bulletOf(character: string | null): string {
  return character === null || character === "" || /[\p{Co}o]/u.test(character) ? "•" : character;
}
