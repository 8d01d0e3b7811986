import type { DraftValue } from "../engine/draft.ts";
import { clauseKind, type ClauseKind } from "./clause-kinds.ts";
import { usualHeight } from "./titles.ts";
import { citeStretch, type Passage, printedValue, type Prose, readConfidence, type Stretch, textAt, trimStretch } from "./prose.ts";

interface ClauseHead {
  readonly title: Stretch;
  /** Where the clause's own text begins. */
  readonly body: number;
  readonly at: number;
  readonly numbered: boolean;
  /** Set apart by the format or its size. */
  readonly strong: boolean;
}

interface Clause {
  readonly kind: ClauseKind;
  readonly title: Stretch;
  readonly body: Stretch;
  readonly numbered: boolean;
}

const MAX_CLAUSES = 120;
const MAX_TEXT = 8_000;

/** A clause's number of the first level, with the word before it. */
const NUMBER =
  /^(?:(?:§+|art(?:icle|ikel|iculo|icolo|\.)|section|clause|ziffer|clausula|punkt|paragraph)\s*(?:\d{1,3}|[ivxl]{1,6}|[a-z]{4,16})\s*(?:[.:)\u00b0-]\s*-?|er\b)?\s*|(?:\d{1,2}|[ivxl]{1,6})\s?[.):]\s*-?\s*(?!\d)|\d{1,2}\s+(?=[a-z])|(?:primera|segunda|tercera|cuarta|quinta|sexta|septima|octava|novena|(?:un|duo)?decima(?: \w+)?|premierement|deuxiemement)\s*[.:]?\s*[-:]?\s*)/;
const CLOSING =
  /^(?:in witness whereof|signatures?\b|signed (?:by|for)|executed (?:by|as)|unterschrift|ort,? datum|fait a |en foi de quoi|y en prueba|en prueba de conformidad|firmas?\b|schedule [a-z\d]|exhibit [a-z\d]|annex|anlage|anexo|annexe)/;

/** The clauses of a contract under their numbered or titled headings. */
export function findClauses(prose: Prose, from: number): Clause[] {
  const heads: ClauseHead[] = [];
  const usual = usualHeight(prose);
  let end = prose.text.length;
  for (const passage of prose.passages) {
    if (passage.end <= from) continue;
    if (heads.length > 0 && CLOSING.test(prose.folded.slice(passage.start, passage.start + 60))) {
      end = passage.start;
      break;
    }
    const head = headOf(prose, passage, usual);
    if (head) heads.push(head);
  }
  const numbered = heads.filter((head) => head.numbered);
  const kept = numbered.length >= 3 ? heads.filter((head) => head.numbered || (head.strong && isKnown(prose, head))) : heads.filter((head) => head.strong || isKnown(prose, head));
  return kept.slice(0, MAX_CLAUSES).flatMap((head, index) => {
    const until = kept[index + 1]?.at ?? end;
    const body = trimStretch(prose, { start: head.body, end: Math.max(head.body, until) }, /[\s]/);
    if (body.end - body.start < 15) return [];
    return [{ kind: clauseKind(textAt(prose, head.title)), title: head.title, body, numbered: head.numbered }];
  });
}

function isKnown(prose: Prose, head: ClauseHead): boolean {
  return clauseKind(textAt(prose, head.title)) !== "other";
}

function headOf(prose: Prose, passage: Passage, usual: number): ClauseHead | null {
  const folded = prose.folded.slice(passage.start, passage.end);
  const number = NUMBER.exec(folded.slice(0, 50));
  const start = passage.start + (number ? number[0].length : 0);
  const rest = prose.text.slice(start, passage.end);
  if (!/^\p{Lu}/u.test(rest)) return rest.trim() === "" && number ? headBelow(prose, passage) : null;
  const whole = isTitle(rest, Boolean(number) || passage.heading);
  if (whole) {
    if (!number && !passage.heading && !standsOut(prose, passage)) return null;
    const title = trimStretch(prose, { start, end: passage.end }, /[\s.:-]/);
    const strong = passage.heading || (passage.lines[0]?.height ?? 0) > 1.08 * usual;
    return { title, body: passage.end, at: passage.start, numbered: number !== null, strong };
  }
  const runIn = /^([^.:\n]{3,70}?)(?:\.\s*-?|:|\s[-–—])\s+(?=[\p{Lu}"“„«(\d])/u.exec(rest);
  if (!runIn || !isTitle(runIn[1] ?? "", true)) return null;
  const title = { start, end: start + (runIn[1] ?? "").length };
  if (!number && clauseKind(textAt(prose, title)) === "other") return null;
  return { title, body: start + runIn[0].length, at: passage.start, numbered: number !== null, strong: false };
}

/** `Article 4` on its own line: the title is the line below. */
function headBelow(prose: Prose, passage: Passage): ClauseHead | null {
  const next = prose.passages[passage.index + 1];
  if (!next || !isTitle(next.text, true)) return null;
  return { title: trimStretch(prose, next, /[\s.:-]/), body: next.end, at: passage.start, numbered: true, strong: true };
}

function isTitle(text: string, marked: boolean): boolean {
  const trimmed = text.trim();
  const words = trimmed.split(/\s+/);
  if (trimmed.length < 3 || trimmed.length > 80 || words.length > (marked ? 10 : 7)) return false;
  if (/[,;]$|_{3}|\d{3}|@/.test(trimmed) || !/\p{L}{3}/u.test(trimmed)) return false;
  if (/[.:]$/.test(trimmed) && words.length > 6) return false;
  return !/\b(?:shall|will|must|is|are|agrees?|may|wird|werden|ist|sind|est|sont|doit|sera|es|son|sera)\b/i.test(trimmed);
}

/** A heading without a number is written larger or in capitals, or stands above a longer text. */
function standsOut(prose: Prose, passage: Passage): boolean {
  const next = prose.passages[passage.index + 1];
  if (!next || passage.lines.length > 2) return false;
  const own = passage.lines[0]?.height ?? 0;
  const body = next.lines[0]?.height ?? own;
  const capitals = passage.text === passage.text.toUpperCase();
  return capitals || own > 1.08 * body || next.text.length > 2 * passage.text.length + 40;
}

/** The values of the clauses. */
export function clauseDrafts(prose: Prose, clauses: readonly Clause[]): DraftValue[] {
  return clauses.flatMap(({ kind, title, body, numbered }, index) => {
    const sure = (numbered ? 0.85 : 0.7) * readConfidence(prose, title);
    const values: DraftValue[] = [
      { pointer: `/clauses/${index}/kind`, value: kind, cited: citeStretch(prose, title), confidence: sure, derived: true },
      printedValue(prose, `/clauses/${index}/heading`, title, sure),
    ];
    const text = { start: body.start, end: Math.min(body.end, body.start + MAX_TEXT) };
    return [...values, printedValue(prose, `/clauses/${index}/text`, text, sure - 0.1)];
  });
}
