import { formatNumber } from "../flow/numerals.ts";
import { attributeOf, childOf, childrenOf, type XmlElement } from "../xml/parse-xml.ts";
import type { NumberRef } from "./styles.ts";

/** What stands before a numbered paragraph. */
export interface Numbered {
  readonly marker: string;
  /** Depth from 1. */
  readonly level: number;
  readonly isBullet: boolean;
}

/** Counts a document's numbered paragraphs, in the order in which they are asked for. */
export interface Numbering {
  readonly next: (ref: NumberRef, style: string | null) => Numbered | null;
}

interface Level {
  readonly format: string;
  readonly text: string;
  readonly start: number;
  readonly style: string | null;
  /** The level whose steps begin this one anew, from 1; 0 for none (17.9.10). */
  readonly restart: number | null;
}

interface Definition {
  readonly levels: ReadonlyMap<number, Level>;
  /** Counters of the nine levels, shared by all lists of one definition. */
  readonly counters: (number | null)[];
}

/** Reads numbering.xml (ECMA-376-1, 17.9). */
export function readNumbering(root: XmlElement | null): Numbering {
  const definitions = new Map<string, Definition>();
  for (const element of childrenOf(root, "abstractNum")) {
    const id = attributeOf(element, "abstractNumId");
    if (id !== null) definitions.set(id, { levels: levelsOf(element), counters: [] });
  }
  const lists = new Map<string, { definition: Definition; starts: Map<number, number> }>();
  for (const element of childrenOf(root, "num")) {
    const id = attributeOf(element, "numId");
    const definition = definitions.get(attributeOf(childOf(element, "abstractNumId"), "val") ?? "");
    if (id === null || !definition) continue;
    const starts = new Map<number, number>();
    for (const change of childrenOf(element, "lvlOverride")) {
      const start = numberOf(attributeOf(childOf(change, "startOverride"), "val"));
      if (start !== null) starts.set(numberOf(attributeOf(change, "ilvl")) ?? 0, start);
    }
    lists.set(id, { definition, starts });
  }
  return {
    next: (ref, style) => {
      const list = lists.get(ref.id);
      if (!list) return null;
      const { levels, counters } = list.definition;
      const level = ref.level ?? [...levels].find(([, own]) => own.style === style)?.[0] ?? 0;
      const own = levels.get(level);
      if (!own) return null;
      const start = list.starts.get(level);
      list.starts.delete(level);
      count(levels, counters, level, start);
      const isBullet = own.format === "bullet";
      return {
        marker: isBullet ? bulletOf(own.text) : markerOf(levels, counters, own),
        level: level + 1,
        isBullet,
      };
    },
  };
}

function count(
  levels: ReadonlyMap<number, Level>,
  counters: (number | null)[],
  level: number,
  start: number | undefined,
): void {
  const before = counters[level] ?? null;
  counters[level] = start ?? (before === null ? (levels.get(level)?.start ?? 1) : before + 1);
  for (const [deeper, own] of levels) {
    const restarts = own.restart === null ? deeper > level : own.restart > 0 && level < own.restart;
    if (deeper > level && restarts) counters[deeper] = null;
  }
  for (let above = 0; above < level; above += 1) counters[above] ??= levels.get(above)?.start ?? 1;
}

function markerOf(
  levels: ReadonlyMap<number, Level>,
  counters: readonly (number | null)[],
  own: Level,
): string {
  return own.text
    .replaceAll(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      return formatNumber(counters[at] ?? levels.get(at)?.start ?? 1, levels.get(at)?.format ?? "decimal");
    })
    .trim();
}

/** Bullets of symbol fonts lie in the private use area. */
function bulletOf(text: string): string {
  const first = Array.from(text.trim())[0] ?? "•";
  return /[\p{Co}o\uFFFD]/u.test(first) ? "•" : first;
}

function levelsOf(element: XmlElement): Map<number, Level> {
  const levels = new Map<number, Level>();
  for (const level of childrenOf(element, "lvl")) {
    levels.set(numberOf(attributeOf(level, "ilvl")) ?? 0, {
      format: attributeOf(childOf(level, "numFmt"), "val") ?? "decimal",
      text: attributeOf(childOf(level, "lvlText"), "val") ?? "",
      start: numberOf(attributeOf(childOf(level, "start"), "val")) ?? 1,
      style: attributeOf(childOf(level, "pStyle"), "val"),
      restart: numberOf(attributeOf(childOf(level, "lvlRestart"), "val")),
    });
  }
  return levels;
}

function numberOf(value: string | null): number | null {
  return value !== null && /^\d{1,7}$/.test(value) ? Number(value) : null;
}
