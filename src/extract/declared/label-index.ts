import { foldKey } from "../../model/fold.ts";
import { editDistanceWithin } from "../engine/edit-distance.ts";
import { termsOf } from "./terms.ts";

/** How well a printed label announces an entry (a field, a column, a title), 0..1. */
export interface LabelMatch {
  readonly entry: number;
  readonly score: number;
}

/** What a group of wordings announces; made once a declaration. */
export interface LabelIndex {
  /** Matches from `LEAST` on, best first. `misread` allows for letters that OCR takes for others. */
  readonly match: (text: string, misread?: boolean) => readonly LabelMatch[];
}

interface Wording {
  readonly entry: number;
  readonly terms: readonly string[];
  readonly weight: number;
}

export const LEAST = 0.5;
const EXACT = 1;
/** The best that the same meaning in other words is worth. */
const BY_MEANING = 0.96;
/** What a word weighs that no wording has. */
const FOREIGN = 0.8;
/** Terms that say of what kind a value is, not which: alone they announce nothing that has a name of its own. */
const GENERIC: ReadonlySet<string> = new Set(["number", "code", "reference"]);
const MAX_CACHED = 20_000;
const MAX_MATCHES = 6;

/** Indexes wordings by entry: exact phrases, and terms weighted by how few entries have them. */
export function makeLabelIndex(entries: readonly (readonly string[])[]): LabelIndex {
  const exact = new Map<string, Set<number>>();
  const entriesOf = new Map<string, Set<number>>();
  const raw = new Map<string, { entry: number; terms: string[] }>();
  for (const [entry, wordings] of entries.entries()) {
    for (const wording of wordings) {
      const key = keyOf(wording);
      if (key !== "") addTo(exact, key, entry);
      const terms = termsOf(wording);
      for (const term of terms) addTo(entriesOf, term, entry);
      if (terms.length > 0) raw.set(`${entry} ${terms.toSorted().join(" ")}`, { entry, terms });
    }
  }
  const weights = weigh(entriesOf, entries.length);
  const byTerm = new Map<string, Wording[]>();
  for (const { entry, terms } of raw.values()) {
    const wording = { entry, terms, weight: sumOf(terms, weights) };
    for (const term of terms) {
      const list = byTerm.get(term);
      if (list) list.push(wording);
      else byTerm.set(term, [wording]);
    }
  }
  return { match: cached((text, misread) => matchLabel(text, misread, exact, byTerm, weights)) };
}

/** `Item #` is an item's number, not the item. */
function keyOf(text: string): string {
  return foldKey(text.replace(/[#№]/gu, " no "));
}

function addTo<K>(map: Map<K, Set<number>>, key: K, entry: number): void {
  const set = map.get(key);
  if (set) set.add(entry);
  else map.set(key, new Set([entry]));
}

function weigh(entriesOf: ReadonlyMap<string, ReadonlySet<number>>, count: number): Map<string, number> {
  const weights = new Map<string, number>();
  for (const [term, entries] of entriesOf) {
    weights.set(term, Math.max(0.25, Math.log((count + 2) / (entries.size + 1)) / Math.log(count + 2) + 0.2));
  }
  return weights;
}

function sumOf(terms: readonly string[], weights: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const term of terms) sum += weights.get(term) ?? FOREIGN;
  return sum;
}

function cached(match: (text: string, misread: boolean) => LabelMatch[]): LabelIndex["match"] {
  const known = new Map<string, readonly LabelMatch[]>();
  return (text, misread = false) => {
    const key = misread ? `~${text}` : text;
    const before = known.get(key);
    if (before) return before;
    const found = match(text, misread);
    if (known.size > MAX_CACHED) known.clear();
    known.set(key, found);
    return found;
  };
}

function matchLabel(
  text: string,
  misread: boolean,
  exact: ReadonlyMap<string, ReadonlySet<number>>,
  byTerm: ReadonlyMap<string, readonly Wording[]>,
  weights: ReadonlyMap<string, number>,
): LabelMatch[] {
  const best = new Map<number, number>();
  const raise = (entry: number, score: number): void => {
    if (score >= LEAST && score > (best.get(entry) ?? 0)) best.set(entry, score);
  };
  for (const [variant, share] of variantsOf(text)) {
    const key = keyOf(variant);
    for (const entry of exact.get(key) ?? []) raise(entry, EXACT * share);
    if (misread && key.length >= 6 && !exact.has(key)) nearPhrase(key, exact, (entry) => raise(entry, 0.85));
    const terms = termsOf(variant).map((term) => (misread ? nearTerm(term, byTerm) : term));
    scoreTerms(terms, byTerm, weights, (entry, score) => raise(entry, score * share * BY_MEANING));
  }
  return [...best]
    .map(([entry, score]) => ({ entry, score }))
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_MATCHES);
}

/** The label itself, without what stands in brackets, and each of its languages (`Surname / Nom`). */
function variantsOf(text: string): [string, number][] {
  const plain = text.replace(/^[\s(]*\d{1,2}\s?[a-z]?[.)]\s*/u, "");
  const variants: [string, number][] = [[plain, 1]];
  const bare = plain.replace(/\([^)]*\)?|\[[^\]]*\]?/g, " ").trim();
  if (bare !== plain.trim() && bare !== "") variants.push([bare, 0.98]);
  const parts = bare.split(/\s*[/|–—]\s*|\s+-\s+/u).filter((part) => /\p{L}{2}/u.test(part));
  if (parts.length > 1 && parts.length < 6) for (const part of parts) variants.push([part, 0.96]);
  return variants;
}

function scoreTerms(
  terms: readonly string[],
  byTerm: ReadonlyMap<string, readonly Wording[]>,
  weights: ReadonlyMap<string, number>,
  raise: (entry: number, score: number) => void,
): void {
  const own = sumOf(terms, weights);
  const shared = new Map<Wording, number>();
  const plain = terms.every((term) => GENERIC.has(term));
  for (const term of terms) {
    const weight = weights.get(term) ?? FOREIGN;
    for (const wording of byTerm.get(term) ?? []) {
      if (!plain && wording.terms.every((one) => GENERIC.has(one))) continue;
      shared.set(wording, (shared.get(wording) ?? 0) + weight);
    }
  }
  for (const [wording, common] of shared) raise(wording.entry, (2 * common) / (own + wording.weight));
}

function nearTerm(term: string, byTerm: ReadonlyMap<string, unknown>): string {
  if (term.length < 5 || byTerm.has(term)) return term;
  const limit = term.length >= 9 ? 2 : 1;
  for (const known of byTerm.keys()) {
    if (known.length < 5 || Math.abs(known.length - term.length) > limit) continue;
    if (sharesEnd(term, known) && editDistanceWithin(term, known, limit)) return known;
  }
  return term;
}

/** Whether two words begin or end alike: of a few misread letters not both ends are hit. */
function sharesEnd(a: string, b: string): boolean {
  return a.slice(0, 2) === b.slice(0, 2) || a.slice(-2) === b.slice(-2);
}

function nearPhrase(
  key: string,
  exact: ReadonlyMap<string, ReadonlySet<number>>,
  raise: (entry: number) => void,
): void {
  const limit = key.length >= 12 ? 2 : 1;
  for (const [phrase, entries] of exact) {
    if (Math.abs(phrase.length - key.length) > limit || phrase.length < 6) continue;
    if (sharesEnd(key, phrase) && editDistanceWithin(key, phrase, limit))
      for (const entry of entries) raise(entry);
  }
}
