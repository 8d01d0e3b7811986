import type { ParsedDocument } from "../model/parsed.ts";
import { type CompiledHints, NO_HINTS } from "./compile-hints.ts";
import { type PageProfile, profilePages } from "./page-profile.ts";

/** One of the documents in a file: its pages from 1, both included, how sure its beginning is, and why it begins there. */
export interface SplitPart {
  readonly from: number;
  readonly to: number;
  readonly score: number;
  readonly reasons: readonly string[];
}

/** The documents that a file's pages are, in order, and the blank pages that belong to none. */
export interface Split {
  readonly parts: readonly SplitPart[];
  readonly blank: readonly number[];
}

/** Something that speaks for (or, below 0, against) a page being the first of a document. */
interface Sign {
  readonly key: SignKey;
  /** How strong it is, 0..1; what it weighs stands in WEIGHTS. */
  readonly value?: number;
  readonly reason: string;
}

/** A wrong cut costs more than a missed one: a page has to show that it begins something. */
export const BIAS = -2.3;

/** How sure a beginning has to be. */
const CUT = 0.6;

/** What each sign weighs, in log odds. */
export const WEIGHTS = {
  first_of: 3.8,
  first: 2.6,
  ended: 1.8,
  follows: -5,
  later: -2,
  other_number: 2.6,
  further_number: 0.8,
  own_number: 1.5,
  same_number: -3.2,
  shared_tokens: -0.8,
  no_shared_tokens: 1.2,
  title: 2.6,
  untitled: -0.2,
  other_kind: 1.7,
  no_kind: -1,
  other_head: 0.4,
  same_head: -0.4,
  other_foot: 1,
  same_foot: -0.4,
  other_paper: 2.2,
  other_source: 1.7,
  other_language: 0.7,
  continues: -3.5,
  goes_on: -2.5,
  blank: 2,
  totalled: 0.9,
  untotalled: -1.8,
  addressed: 0.7,
  prose: -0.8,
} as const;
type SignKey = keyof typeof WEIGHTS;

/**
 * Finds the documents in a file of pages. A file that shows no beginning but its first page is one document; so is
 * one that has a structure of its own (an e-invoice, a form's fields, a message). Pure.
 */
export function split(parsed: ParsedDocument, hints: CompiledHints = NO_HINTS): Split {
  const whole = { parts: [{ from: 1, to: parsed.page_count, score: 1, reasons: [] }], blank: [] };
  if (parsed.pages.length < 2 || parsed.pages.length < parsed.page_count || !isPlain(parsed)) return whole;
  const profiles = profilePages(parsed, hints);
  const parts = group(profiles);
  if (parts.length < 2) return whole;
  const taken = new Set(parts.flatMap(({ pages }) => pages));
  return {
    parts: parts.map(({ pages, score, reasons }) => ({
      from: pages[0] ?? 1,
      to: pages[pages.length - 1] ?? 1,
      score,
      reasons,
    })),
    blank: profiles.map(({ number }) => number).filter((number) => !taken.has(number)),
  };
}

function isPlain({ structured, form_fields, message, container }: ParsedDocument): boolean {
  return structured.length === 0 && form_fields.length === 0 && message === null && !container;
}

interface Group {
  readonly pages: number[];
  readonly profiles: PageProfile[];
  readonly score: number;
  readonly reasons: readonly string[];
}

/** Walks the pages; blank ones between two documents belong to neither, those inside one stay with it. */
function group(profiles: readonly PageProfile[]): Group[] {
  const groups: Group[] = [];
  let blanks: PageProfile[] = [];
  for (const page of profiles) {
    if (page.blank) {
      blanks.push(page);
      continue;
    }
    const current = groups[groups.length - 1];
    const begins = current ? beginning(page, current.profiles, blanks.length) : { score: 1, reasons: [] };
    if (current && begins.score < CUT) {
      current.pages.push(...blanks.map(({ number }) => number), page.number);
      current.profiles.push(page);
    } else {
      groups.push({ pages: [page.number], profiles: [page], ...begins });
    }
    blanks = [];
  }
  return groups;
}

/** How sure it is that a page begins a document, given those of the document before it. */
function beginning(
  page: PageProfile,
  before: readonly PageProfile[],
  blanks: number,
): { score: number; reasons: string[] } {
  const gathered = gatherSigns(page, before, blanks);
  const signs = gathered.map(({ key, value = 1, reason }) => ({
    weight: WEIGHTS[key] * value,
    reason,
  }));
  const logit = signs.reduce((sum, { weight }) => sum + weight, BIAS);
  const reasons = signs
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ reason }) => reason);
  const score = Math.round(1000 / (1 + Math.exp(-logit))) / 1000;
  return { score: showsBeginning(gathered) ? score : Math.min(score, LOOK_ALONE), reasons };
}

const BEGINNINGS: ReadonlySet<SignKey> = new Set([
  "first",
  "first_of",
  "ended",
  "other_number",
  "own_number",
  "further_number",
  "title",
  "blank",
  "addressed",
]);
/** Below a cut: what a page of no known kind looks like alone never begins a document. */
const LOOK_ALONE = 0.5;

/** Whether a page says something of a beginning, or is at least of a known kind; plain and foreign pages often do not. */
function showsBeginning(signs: readonly Sign[]): boolean {
  return signs.some(({ key }) => BEGINNINGS.has(key)) || signs.every(({ key }) => key !== "no_kind");
}

/** All that a page shows of being the first of a document, or of going on with the one before it. */
export function gatherSigns(page: PageProfile, before: readonly PageProfile[], blanks: number): Sign[] {
  return [
    ...byNumbering(page, before),
    ...byIdentifier(page, before),
    ...byHeading(page, before),
    ...byLook(page, before),
    ...byFlow(page, before, blanks),
  ];
}

/** Printed page numbers that start again, or that go on. */
function byNumbering({ numbering }: PageProfile, before: readonly PageProfile[]): Sign[] {
  const last = before[before.length - 1]?.numbering ?? null;
  const ended: Sign[] =
    last?.of && last.page === last.of && last.of === before.length
      ? [{ key: "ended", reason: `the document before it ends with page ${last.page} of ${last.of}` }]
      : [];
  if (numbering === null) return ended;
  const { page, of } = numbering;
  if (page === 1) {
    return of === null
      ? [...ended, { key: "first", reason: "is page 1" }]
      : [...ended, { key: "first_of", reason: `is page 1 of ${of}` }];
  }
  const sameEnd = of === null || last?.of === undefined || last.of === null || of === last.of;
  const follows = last !== null && page === last.page + 1 && sameEnd;
  if (follows || (page === before.length + 1 && sameEnd))
    return [{ key: "follows", reason: "its number follows" }];
  return [...ended, { key: "later", reason: "is numbered as a later page" }];
}

/** The document's own number: the same again, or another one. */
function byIdentifier(page: PageProfile, before: readonly PageProfile[]): Sign[] {
  const known = new Set(before.flatMap(({ labelled }) => [...labelled]));
  const seen = new Set(before.flatMap(({ tokens }) => [...tokens]));
  const same = [...page.labelled].some((id) => known.has(id)) || [...known].some((id) => page.tokens.has(id));
  const other = [...page.labelled].find((id) => !known.has(id) && !seen.has(id));
  const signs: Sign[] = [];
  if (same) signs.push({ key: "same_number", reason: "bears the same number" });
  if (other !== undefined) {
    if (same) signs.push({ key: "further_number", reason: `bears another number (${other}) beside it` });
    else if (known.size > 0) signs.push({ key: "other_number", reason: `bears another number (${other})` });
    else signs.push({ key: "own_number", reason: `bears a number of its own (${other})` });
  }
  const shared = [...page.tokens].filter((token) => seen.has(token)).length;
  if (shared > 0)
    signs.push({ key: "shared_tokens", value: Math.min(1, shared / 3), reason: "repeats numbers" });
  else if (page.tokens.size >= 3 && seen.size >= 3)
    signs.push({ key: "no_shared_tokens", reason: "repeats none of the numbers before it" });
  return signs;
}

/** From here on a page's kind is taken for known. */
const SURE = 0.85;

/** Title and kind. */
function byHeading(page: PageProfile, before: readonly PageProfile[]): Sign[] {
  const signs: Sign[] = [];
  const [first] = before;
  if (page.title) {
    const value = Math.min(1, page.title.weight / 2.5);
    signs.push({ key: "title", value, reason: `is titled "${page.title.printed}"` });
  } else signs.push({ key: "untitled", reason: "has no title" });
  if (!first) return signs;
  const sure = page.typeScore >= SURE && first.typeScore >= SURE && page.type !== "generic";
  if (sure && page.type !== first.type)
    signs.push({ key: "other_kind", reason: `is of another kind (${page.type} behind ${first.type})` });
  else if (page.type === "generic") signs.push({ key: "no_kind", reason: "shows no kind of its own" });
  return signs;
}

/** Letterhead, foot, paper, reader and language. */
function byLook(page: PageProfile, before: readonly PageProfile[]): Sign[] {
  const signs: Sign[] = [];
  const [first] = before;
  const last = before[before.length - 1];
  if (!first || !last) return signs;
  if (page.head.size >= 3 && first.head.size >= 3) {
    const likeness = Math.max(overlap(page.head, first.head), overlap(page.head, last.head));
    if (likeness < 0.2) signs.push({ key: "other_head", reason: "has another letterhead" });
    else if (likeness > 0.7) signs.push({ key: "same_head", reason: "has the same head" });
  }
  if (page.foot.size >= 4 && last.foot.size >= 4) {
    const alike = overlap(page.foot, last.foot);
    if (alike < 0.2) signs.push({ key: "other_foot", reason: "has another foot" });
    else if (alike > 0.7) signs.push({ key: "same_foot", reason: "has the same foot" });
  }
  if (Math.abs(page.aspect - last.aspect) > 0.03)
    signs.push({ key: "other_paper", reason: "is of another paper size" });
  if (page.scanned !== last.scanned)
    signs.push({ key: "other_source", reason: "is a scan beside pages of text, or the other way round" });
  if (page.language !== null && last.language !== null && page.language !== last.language)
    signs.push({ key: "other_language", reason: "is in another language" });
  return signs;
}

/** Whether the text goes on: carried sums, annexes, prose; blank pages and ended sums speak for an end. */
function byFlow(page: PageProfile, before: readonly PageProfile[], blanks: number): Sign[] {
  const signs: Sign[] = [];
  const last = before[before.length - 1];
  if (page.continues !== null) signs.push({ key: "continues", reason: `says "${page.continues}"` });
  if (last?.goesOn) signs.push({ key: "goes_on", reason: "the page before goes on" });
  if (blanks > 0) signs.push({ key: "blank", reason: "follows a blank page" });
  if (before.some(({ totals }) => totals))
    signs.push({ key: "totalled", reason: "the document before it has its total" });
  else if (last && MONEY.has(last.type))
    signs.push({ key: "untotalled", reason: "the total is still to come" });
  if (page.addressed) signs.push({ key: "addressed", reason: "is addressed to somebody" });
  if (page.prose) signs.push({ key: "prose", reason: "is running text" });
  return signs;
}

const MONEY: ReadonlySet<string> = new Set([
  "invoice",
  "credit_note",
  "receipt",
  "purchase_order",
  "utility_bill",
]);

/** How much of the smaller set lies in the other, 0..1. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const small = Math.min(a.size, b.size);
  return small === 0 ? 0 : [...a].filter((word) => b.has(word)).length / small;
}
