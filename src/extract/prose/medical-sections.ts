import { medicalSection, type MedicalSection } from "./medical-lexicon.ts";
import type { Passage, Prose, Stretch } from "./prose.ts";
import { usualHeight } from "./titles.ts";

/** A section of a medical document with what stands under its heading: one stretch a passage or list item. */
export interface Section {
  readonly kind: MedicalSection;
  readonly heading: Stretch;
  readonly items: readonly Stretch[];
}

interface Heading {
  readonly kind: MedicalSection;
  readonly stretch: Stretch;
  /** Where the text on the heading's own line begins, or null. */
  readonly rest: number | null;
}

const MAX_WORDS = 7;

/** Cuts the text at its headings. A heading is known by its words, or stands out by colon, capitals or size. */
export function findSections(prose: Prose): Section[] {
  const usual = usualHeight(prose);
  const sections: { kind: MedicalSection; heading: Stretch; items: Stretch[] }[] = [];
  for (const passage of prose.passages) {
    const heading = headingOf(prose, passage, usual);
    if (heading) {
      const items = heading.rest === null ? [] : [{ start: heading.rest, end: passage.end }];
      sections.push({ kind: heading.kind, heading: heading.stretch, items });
    } else sections.at(-1)?.items.push({ start: passage.start, end: passage.end });
  }
  return sections;
}

function headingOf(prose: Prose, passage: Passage, usual: number): Heading | null {
  const { text, start } = passage;
  if (/^[-–•·▪*]/.test(text)) return null;
  const number = /^(?:\d{1,2}[.)]|[IVX]{1,4}\.)\s+/.exec(text)?.[0].length ?? 0;
  const colon = /^[^:\n]{2,55}:(?=\s|$)/.exec(text.slice(number));
  const label = colon ? colon[0].slice(0, -1) : text.slice(number);
  const words = label.trim().split(/\s+/).length;
  if (words > MAX_WORDS || label.length > 60 || !/\p{L}{2}/u.test(label) || /\d{2}/.test(label)) return null;
  const stretch = { start: start + number, end: start + number + label.length };
  const kind = medicalSection(label);
  const alone = label.length + number + (colon ? 1 : 0) >= text.trimEnd().length;
  const capitals = /^[^\p{Ll}]{4,}$/u.test(label);
  const large = (passage.lines[0]?.height ?? 0) > 1.1 * usual;
  if (colon && !alone) {
    const known = kind !== null && /^\p{Lu}/u.test(label);
    if (!known && !capitals) return null;
    return { kind: kind ?? "other", stretch, rest: start + number + label.length + 1 };
  }
  if (!alone || /[.,;]$/.test(label)) return null;
  const styled = capitals || large || passage.heading || colon !== null;
  if (kind === null && !styled) return null;
  if (kind !== null && !styled && (!/^\p{Lu}/u.test(label) || words > 4)) return null;
  return { kind: kind ?? "other", stretch, rest: null };
}
