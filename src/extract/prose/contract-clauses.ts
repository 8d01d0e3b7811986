import type { DraftValue } from "../engine/draft.ts";
import { clauseKind, type ClauseKind } from "./clause-kinds.ts";
import { usualHeight } from "./titles.ts";
import { isContractRole } from "./roles.ts";
import {
  citeStretch,
  lineAt,
  type Passage,
  printedValue,
  type Prose,
  readConfidence,
  type Stretch,
  textAt,
  trimStretch,
} from "./prose.ts";

interface ClauseHead {
  readonly title: Stretch;
  /** Where the clause's own text begins. */
  readonly body: number;
  readonly at: number;
  readonly numbered: boolean;
  /** Its number, where it is not written in words. */
  readonly number: number | null;
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
  /^(?:in witness whereof|signatures?(?! date)\b|signed (?:by|for)|executed (?:by|as)|unterschrift|ort,? datum|fait a |en foi de quoi|y en prueba|en prueba de conformidad|firmas?\b|schedule [a-z\d]|exhibit [a-z\d]|annex|anlage|anexo|annexe)/;

/** The clauses of a contract under their headings: those that are numbered on from one, else titled ones. */
export function findClauses(prose: Prose, from: number): Clause[] {
  const usual = usualHeight(prose);
  const heads = prose.passages.flatMap((passage) => headOf(prose, passage, usual) ?? []);
  const counted = countedOn(heads);
  const titled = heads.filter((head) => head.at >= from && !head.numbered && isTitled(prose, head));
  const kept = counted.length >= 2 ? counted : titled;
  const last = kept.at(-1);
  if (!last) return [];
  const closing = prose.passages.find((passage) => passage.start >= last.body && closes(prose, passage));
  const end = closing?.start ?? prose.text.length;
  const beside = bodiesBeside(prose, kept);
  return kept.slice(0, MAX_CLAUSES).flatMap((head, index) => {
    const until = kept[index + 1]?.at ?? end;
    const below = { start: head.body, end: Math.max(head.body, until) };
    const body = trimStretch(prose, beside?.[index] ?? below, /[\s]/);
    if (body.end - body.start < 15) return [];
    return [
      { kind: clauseKind(textAt(prose, head.title)), title: head.title, body, numbered: head.numbered },
    ];
  });
}

/** Headings in a margin: each clause's text stands right of its heading, down to the next one. */
function bodiesBeside(prose: Prose, heads: readonly ClauseHead[]): (Stretch | null)[] | null {
  const lines = heads.map((head) => lineAt(prose, head.title.start));
  const bodies = heads.map((_head, index): Stretch | null => {
    const [own, next] = [lines[index], lines[index + 1]];
    if (!own) return null;
    const slack = 0.6 * own.height;
    const bottom = next && next.page === own.page ? next.bbox[1] - slack : 1;
    const right = prose.passages.filter(({ lines: [first] }) => {
      if (!first || first.page !== own.page || first.bbox[0] < own.bbox[2]) return false;
      return first.bbox[1] > own.bbox[1] - slack && first.bbox[1] < bottom;
    });
    const [first, last] = [right[0], right.at(-1)];
    const level = first?.lines[0] && Math.abs(first.lines[0].bbox[1] - own.bbox[1]) < slack;
    return first && last && level ? { start: first.start, end: last.end } : null;
  });
  const count = bodies.filter((body) => body !== null).length;
  return count >= 2 && count > 0.6 * heads.length ? bodies : null;
}

/** Where signatures or annexes begin. */
function closes(prose: Prose, passage: Passage): boolean {
  const label = /^([^:]{3,30}):/.exec(passage.text)?.[1];
  if (label !== undefined && passage.text.length < 90 && isContractRole(label)) return true;
  return CLOSING.test(prose.folded.slice(passage.start, passage.start + 60));
}

/** The heads whose numbers count on, each one more than the one before; those numbered in words all count. */
function countedOn(heads: readonly ClauseHead[]): ClauseHead[] {
  const numbered = heads.filter((head) => head.numbered);
  if (numbered.length > 0 && numbered.every((head) => head.number === null)) return numbered;
  let best: ClauseHead[] = [];
  for (const [index, first] of numbered.entries()) {
    if (first.number !== 1) continue;
    const chain = [first];
    for (const head of numbered.slice(index + 1))
      if (head.number === (chain.at(-1)?.number ?? 0) + 1) chain.push(head);
    if (chain.length > best.length) best = chain;
  }
  return best;
}

function isTitled(prose: Prose, head: ClauseHead): boolean {
  return (head.strong || isKnown(prose, head)) && !/:\s*$|\d/.test(textAt(prose, head.title));
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
    return {
      title,
      body: passage.end,
      at: passage.start,
      numbered: number !== null,
      number: valueOf(number?.[0]),
      strong,
    };
  }
  const runIn = /^([^.:\n]{3,70}?)(?:\.\s*-?|:|\s[-–—])\s+(?=[\p{Lu}"“„«(\d])/u.exec(rest);
  if (!runIn || !isTitle(runIn[1] ?? "", true)) return null;
  const title = { start, end: start + (runIn[1] ?? "").length };
  if (!number && clauseKind(textAt(prose, title)) === "other") return null;
  return {
    title,
    body: start + runIn[0].length,
    at: passage.start,
    numbered: number !== null,
    number: valueOf(number?.[0]),
    strong: false,
  };
}

const ROMAN: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50 };

/** The number in a clause's numbering: digits or roman; null for words. */
function valueOf(printed: string | undefined): number | null {
  const digits = /\d+/.exec(printed ?? "");
  if (digits) return Number(digits[0]);
  const roman = /(?<![a-z])[ivxl]+(?![a-z])/.exec(printed ?? "");
  if (!roman) return null;
  const values = Array.from(roman[0], (letter) => ROMAN[letter] ?? 0);
  return values.reduce((sum, value, index) => sum + (value < (values[index + 1] ?? 0) ? -value : value), 0);
}

/** `Article 4` on its own line: the title is the line below. */
function headBelow(prose: Prose, passage: Passage): ClauseHead | null {
  const next = prose.passages[passage.index + 1];
  if (!next || !isTitle(next.text, true)) return null;
  return {
    title: trimStretch(prose, next, /[\s.:-]/),
    body: next.end,
    at: passage.start,
    numbered: true,
    number: valueOf(passage.text.toLowerCase()),
    strong: true,
  };
}

function isTitle(text: string, marked: boolean): boolean {
  const trimmed = text.trim();
  const words = trimmed.split(/\s+/);
  if (trimmed.length < 3 || trimmed.length > 80 || words.length > (marked ? 10 : 7)) return false;
  if (/[,;]$|_{3}|\d{3}|@/.test(trimmed) || !/\p{L}{3}/u.test(trimmed)) return false;
  if (/[.:]$/.test(trimmed) && words.length > 6) return false;
  return !/\b(?:shall|will|must|is|are|agrees?|may|wird|werden|ist|sind|est|sont|doit|sera|es|son|sera)\b/i.test(
    trimmed,
  );
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
      {
        pointer: `/clauses/${index}/kind`,
        value: kind,
        cited: citeStretch(prose, title),
        confidence: sure,
        derived: true,
      },
      printedValue(prose, `/clauses/${index}/heading`, title, sure),
    ];
    const text = { start: body.start, end: Math.min(body.end, body.start + MAX_TEXT) };
    return [...values, printedValue(prose, `/clauses/${index}/text`, text, sure - 0.1)];
  });
}
