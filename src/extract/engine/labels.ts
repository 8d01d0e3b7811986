import { matchesOf } from "../../model/matches.ts";
import { foldText } from "../../model/fold.ts";
import { TITLES, type TitleKind } from "../../model/titles.ts";
import { LEXICONS } from "../labels/all.ts";
import type { LabelKey, Lexicon } from "../labels/label-key.ts";
import { editDistanceWithin } from "./edit-distance.ts";
import { isMisreadOf, repairLetters } from "../../model/misread.ts";
import type { Piece, Segment, View } from "./view.ts";

/** A printed label: what it can announce, where, and how much it looks like one (0..1). */
export interface LabelHit {
  readonly keys: ReadonlySet<LabelKey>;
  readonly titles: ReadonlySet<TitleKind>;
  readonly piece: Piece;
  readonly quality: number;
  /** Whether it fills its segment, a colon aside. */
  readonly standalone: boolean;
  readonly colon: boolean;
}

interface Entry {
  readonly text: string;
  readonly keys: Set<LabelKey>;
  readonly titles: Set<TitleKind>;
  readonly letters: number;
}

interface Atom {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
  readonly kind: "letters" | "digits" | "sign";
}

/** Words too common to be a label unless a colon or the segment's end follows. */
const WEAK_WORDS = new Set(
  "to from de von an aan van le del fra til till a p no nr web over voor doit dear less round date due via per net amount paid sale charges item items call of is payment received dd info card master reg credits code ref site text over basis over check order trans slip receipt company visa client table server store host visit us fee terms delivery contact account bank cui".split(
    " ",
  ),
);
/** Labels of two letters that need no colon. */
const SHORT_LABELS = new Set(["po", "so", "no", "nr"]);
/** A word before a legal form is a name (`Lieferant GmbH`), not a label. */
const LEGAL_FORM_NEXT =
  /^\s+(?:gmbh|ag|kg|ohg|ug|ltd|limited|inc|llc|corp|plc|pty|pvt|sdn|bhd|s\.?a\.?r?\.?l?|sas|srl|s\.r\.l|spa|s\.p\.a|s\.?l|bv|b\.v|nv|n\.v|ab|a\/s|aps|as|oy|sp\.|s\.r\.o|a\.s)\.?(?=[\s,;)]|$)/i;
/** Compounds whose last part says what they are (Handelsrechnung, Kreditfaktura, Myyntilasku). */
const COMPOUND_TAILS = ["rechnung", "faktura", "lasku", "factuur", "nota", "beleg", "nummer", "datum"];
const MAX_ATOMS = 7;
/** Labels of one segment that are looked at: more is noise. */
const MAX_HITS = 16;
const FUZZY_FROM = 6;
/** Shorter labels that are looked for with one misread letter. */
const SHORT_MISREAD = ["total", "cash", "date", "tunai", "summe"];

const ATOM = /[\p{L}\p{M}º°№]+|\d+|[#%]/gu;

const ENTRIES: ReadonlyMap<string, Entry> = compile();
const BY_LENGTH: ReadonlyMap<number, readonly Entry[]> = groupByLength();

function compile(): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const entryOf = (text: string): Entry => {
    const found = entries.get(text);
    if (found) return found;
    const made = { text, keys: new Set<LabelKey>(), titles: new Set<TitleKind>(), letters: lettersOf(text) };
    entries.set(text, made);
    return made;
  };
  for (const lexicon of Object.values<Lexicon>(LEXICONS)) {
    for (const [key, labels] of Object.entries(lexicon)) {
      for (const label of labels)
        for (const text of spellings(label)) entryOf(text).keys.add(key as LabelKey);
    }
  }
  for (const kind of Object.keys(TITLES) as TitleKind[]) {
    for (const title of TITLES[kind]) for (const text of spellings(title)) entryOf(text).titles.add(kind);
  }
  return entries;
}

/** A label squeezed, and once more with umlauts written out. */
function spellings(label: string): string[] {
  const plain = squeeze(label);
  const written = squeeze(label.replace(/ä/g, "ae").replace(/ö/g, "oe").replace(/ü/g, "ue"));
  return plain === written ? [plain] : [plain, written];
}

function squeeze(label: string): string {
  return [...label.matchAll(ATOM)]
    .map((match) => foldText(match[0]))
    .filter((atom) => atom !== "%")
    .join("");
}

function lettersOf(text: string): number {
  let bits = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i) - 97;
    if (code >= 0 && code < 26) bits |= 1 << code;
  }
  return bits;
}

function groupByLength(): Map<number, Entry[]> {
  const groups = new Map<number, Entry[]>();
  for (const entry of ENTRIES.values()) {
    if (entry.text.length < FUZZY_FROM) continue;
    const group = groups.get(entry.text.length);
    if (group) group.push(entry);
    else groups.set(entry.text.length, [entry]);
  }
  return groups;
}

/** Whether a hit may be the capitals at the head of a number (`INV 004417`) instead of a label. */
export function isNumberPrefix(hit: LabelHit): boolean {
  const { segment, start, end } = hit.piece;
  return (
    !hit.colon &&
    /^[A-Z]{1,5}$/.test(segment.text.slice(start, end)) &&
    /^\s?\d/.test(segment.text.slice(end))
  );
}

/** Finds every label of the document: the longest wins where two overlap. OCR pages are read with a tolerance. */
export function findLabels(view: View): LabelHit[] {
  return view.segments.flatMap((segment) => findInSegment(segment));
}

function atomsOf(text: string): Atom[] {
  return matchesOf(text, ATOM).map((match) => {
    const raw = match[0];
    const kind = /\d/.test(raw) ? "digits" : raw === "#" || raw === "%" ? "sign" : "letters";
    return { folded: foldText(raw), start: match.index, end: match.index + raw.length, kind };
  });
}

function findInSegment(segment: Segment): LabelHit[] {
  const fuzzy = segment.page.source === "ocr";
  const atoms = atomsOf(fuzzy ? repairLetters(segment.text) : segment.text);
  const found: { entry: Entry; from: number; to: number; start: number; exact: boolean }[] = [];
  for (let from = 0; from < atoms.length; from += 1) {
    const first = atoms[from];
    if (!first || first.kind !== "letters") continue;
    for (const skip of compoundStarts(first.folded)) {
      let text = "";
      for (let to = from; to < Math.min(atoms.length, from + MAX_ATOMS); to += 1) {
        const atom = atoms[to];
        if (!atom || atom.kind === "digits" || atom.folded === "%") break;
        if (to > from && breaksLabel(segment.text, atoms[to - 1]?.end ?? 0, atom.start)) break;
        text += to === from ? atom.folded.slice(skip) : atom.folded;
        const entry = ENTRIES.get(text) ?? (fuzzy && skip === 0 ? nearEntry(text) : undefined);
        if (entry) found.push({ entry, from, to, start: first.start + skip, exact: entry.text === text });
      }
    }
  }
  found.sort((a, b) => b.entry.text.length - a.entry.text.length || Number(b.exact) - Number(a.exact));
  const taken = new Set<number>();
  const hits: LabelHit[] = [];
  for (const match of found) {
    let free = true;
    for (let i = match.from; i <= match.to; i += 1) if (taken.has(i)) free = false;
    if (!free) continue;
    const hit = makeHit(segment, atoms, match);
    if (!hit) continue;
    for (let i = match.from; i <= match.to; i += 1) taken.add(i);
    hits.push(hit);
  }
  return hits.sort((a, b) => a.piece.start - b.piece.start).slice(0, MAX_HITS);
}

function compoundStarts(folded: string): number[] {
  const starts = [0];
  for (const tail of COMPOUND_TAILS) {
    if (folded.length > tail.length + 2 && folded.endsWith(tail)) starts.push(folded.length - tail.length);
  }
  return starts;
}

const BREAKS = /[:;|,=*!?"•·]|\.\.|\d/;

/** Colons, bars and wide punctuation end a label; a hyphen, a dot, a slash or brackets do not. */
function breaksLabel(text: string, from: number, to: number): boolean {
  return BREAKS.test(text.slice(from, to));
}

function nearEntry(text: string): Entry | undefined {
  if (text.length < FUZZY_FROM) return shortEntry(text);
  const allowed = text.length >= 10 ? 2 : 1;
  const letters = lettersOf(text);
  for (let distance = 0; distance <= allowed; distance += 1) {
    for (const length of distance === 0 ? [text.length] : [text.length - distance, text.length + distance]) {
      for (const entry of BY_LENGTH.get(length) ?? []) {
        if (bitCount(entry.letters ^ letters) > allowed * 2) continue;
        if (editDistanceWithin(text, entry.text, allowed) && !turnsTax(text, entry.text)) return entry;
      }
    }
  }
  return undefined;
}

const TAXES = /vat|gst|sst|tax|mwst|tva|iva|btw/;

/** Whether a tolerance would make a tax of what names none (`Total Amt` is not `Total GST`), or the other way. */
function turnsTax(read: string, meant: string): boolean {
  return (
    read.length < 24 && TAXES.test(meant) && !TAXES.test(read) && !/t[ao0]x|g[5s]t|va[tl1i]|mw.t/.test(read)
  );
}

/** One of the few short labels that a receipt cannot be read without, one letter misread (`TDTAL`, `CASN`). */
function shortEntry(text: string): Entry | undefined {
  const meant = SHORT_MISREAD.find((label) => isMisreadOf(text, label));
  return meant === undefined ? undefined : ENTRIES.get(meant);
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits >>> 0; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Whether a label only announces a party: what follows it has no digits. */
function isPartyLabel(entry: Entry): boolean {
  const parties = new Set<LabelKey>(["vendor", "customer", "ship_to", "remit_to", "contact"]);
  return [...entry.keys].every((key) => parties.has(key));
}

function makeHit(
  segment: Segment,
  atoms: readonly Atom[],
  match: { entry: Entry; from: number; to: number; start: number; exact: boolean },
): LabelHit | null {
  const { text } = segment;
  let end = atoms[match.to]?.end ?? match.start;
  const short = match.entry.text.length;
  if (short <= 4 && (/^\d/.test(text.slice(end)) || /[\d@]$/.test(text.slice(0, match.start)))) return null;
  if (short <= 5 && /^[-/]\d/.test(text.slice(end))) return null;
  if (LEGAL_FORM_NEXT.test(text.slice(end))) return null;
  const closing = /^\s*[).]+/.exec(text.slice(end));
  if (closing) end += closing[0].trimEnd().length;
  const rest = text.slice(end);
  const colon = /^\s*[:：]/.test(rest) || /^\s*\([^)]{0,24}\)\s*:/.test(rest);
  const before = text.slice(0, match.start);
  const fills = !/[\p{L}\d]/u.test(rest) && !/[\p{L}\d]/u.test(before);
  const weak = WEAK_WORDS.has(match.entry.text) || (short <= 2 && !SHORT_LABELS.has(match.entry.text));
  if (weak && !colon && !fills) {
    if (short <= 3 && match.entry.keys.size > 0 && isPartyLabel(match.entry)) return null;
    const value = /^\s*[-.#]?\s*(?:[A-Z]{0,3}[$€£₹]?\s?)?\d/.test(rest);
    if (!value || /[\p{L}]/u.test(before)) return null;
  }
  const atStart = !/[\p{L}\d]/u.test(before);
  const afterValue = /[\d%€$£)]\s*[-–|,;/]?\s*$|[|•·;,–]\s*$/.test(before);
  const base = fills || colon ? 1 : atStart ? 0.9 : afterValue ? 0.7 : 0.4;
  const inside = atStart ? 1 : afterValue ? 0.95 : 0.85;
  return {
    keys: match.entry.keys,
    titles: match.entry.titles,
    piece: { segment, start: match.start, end },
    quality: base * inside * (match.exact ? 1 : 0.8),
    standalone: fills,
    colon,
  };
}
