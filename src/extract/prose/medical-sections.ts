import { foldInPlace } from "./fold-in-place.ts";
import { DOSE, medicalSection, type MedicalSection } from "./medical-lexicon.ts";
import { lineAt, type Passage, type Prose, type ProseLine, type Stretch } from "./prose.ts";
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
/** How letters end: what follows belongs to no section. */
const CLOSING =
  /^(?:mit (?:freundlich|kollegial|besten)|with (?:kind|best)|sincerely|yours|kind regards|best regards|cordialement|bien (?:a vous|confrat)|confraternellement|veuillez agreer|atentamente|un (?:cordial )?saludo|distinti saluti|met vriendelijke)/;

/** Cuts the text at its headings. A heading is known by its words, or stands out by colon, capitals or size. */
export function findSections(prose: Prose): Section[] {
  const usual = usualHeight(prose);
  const grid = gridLines(prose);
  const sections: { kind: MedicalSection; heading: Stretch; items: Stretch[] }[] = [];
  for (const passage of prose.passages) {
    const waits = sections.at(-1)?.items.length === 0;
    if (CLOSING.test(prose.folded.slice(passage.start, passage.start + 40))) break;
    const heading = headingOf(prose, passage, usual, waits);
    if (heading) {
      const items = heading.rest === null ? [] : [{ start: heading.rest, end: passage.end }];
      sections.push({ kind: heading.kind, heading: heading.stretch, items });
    } else if (sections.length > 0 && !inGrid(grid, passage) && inColumn(sections.at(-1), passage, prose))
      sections.at(-1)?.items.push({ start: passage.start, end: passage.end });
  }
  return sections;
}

/** Lines that stand in a row of three and more: a table's, which is read by its columns. */
function gridLines(prose: Prose): ReadonlySet<ProseLine> {
  const found = new Set<ProseLine>();
  const rows = new Map<string, ProseLine[]>();
  for (const line of prose.lines) {
    const middle = Math.round(((line.bbox[1] + line.bbox[3]) / 2) * 250);
    for (const at of [middle, middle + 1]) {
      const key = `${line.page.number} ${at}`;
      const row = rows.get(key);
      if (row) row.push(line);
      else rows.set(key, [line]);
    }
  }
  for (const row of rows.values()) if (row.length >= 3) for (const line of row) found.add(line);
  return found;
}

function inGrid(grid: ReadonlySet<ProseLine>, passage: Passage): boolean {
  return passage.lines.some((line) => grid.has(line));
}

/** Whether a passage stands under or beside a section's heading, rather than in another column. */
function inColumn(section: { heading: Stretch } | undefined, passage: Passage, prose: Prose): boolean {
  const heading = section && lineAt(prose, section.heading.start);
  const [line] = passage.lines;
  if (!heading || !line || heading.page !== line.page) return true;
  return line.bbox[0] > heading.bbox[0] - 0.06 && line.bbox[0] < heading.bbox[0] + 0.34;
}

/** A short line with more room above than below heads what follows. */
function standsOver(prose: Prose, passage: Passage): boolean {
  const [line] = passage.lines;
  const before = line && prose.lines[line.index - 1];
  const next = line && prose.lines[line.index + 1];
  if (!line || !next || passage.lines.length > 1 || next.page !== line.page) return false;
  const above = before && before.page === line.page ? line.bbox[1] - before.bbox[3] : 1;
  const below = next.bbox[1] - line.bbox[3];
  return above > 1.4 * Math.max(below, 0.1 * line.height) && above > 0.6 * line.height && below < line.height;
}

function headingOf(prose: Prose, passage: Passage, usual: number, waits: boolean): Heading | null {
  const { text, start } = passage;
  if (/^[-–•·▪*]/.test(text) || /^(?:nkda|nkfa|nka|none|nil|no known|keine|aucun|ningun)/i.test(text))
    return null;
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
    const rest = text.slice(number + label.length + 1);
    const named = /^\p{Lu}/u.test(label) && words <= 4 && !/\d/.test(label);
    const ranked = /^(?:primary|secondary|principal|main|other|haupt\w*|neben\w*|admission|discharge)$/i.test(
      label,
    );
    if (
      !(kind !== null && /^\p{Lu}/u.test(label)) &&
      !capitals &&
      (!named || ranked || DOSE.test(foldInPlace(rest)))
    )
      return null;
    return { kind: kind ?? "other", stretch, rest: start + number + label.length + 1 };
  }
  if (!alone || /[.,;]$/.test(label)) return null;
  const over =
    !waits && words <= 4 && /^\p{Lu}/u.test(label) && !/\d/.test(label) && standsOver(prose, passage);
  const styled = capitals || large || over || passage.heading || colon !== null;
  if (kind === null && !styled) return null;
  if (kind !== null && !styled && (/[,()]/.test(label) || !/^\p{Lu}/u.test(label) || words > 4)) return null;
  return { kind: kind ?? "other", stretch, rest: null };
}
