import { compileHints } from "../../classify/compile-hints.ts";
import { hints } from "../../extract/registry.ts";
import { gatherEvidence } from "../../classify/classify.ts";
import type { DocumentType } from "../../model/extraction.ts";
import type { ParsedDocument } from "../../model/parsed.ts";
import { Random } from "./random.ts";

/** The multipliers of `src/classify/worth.json`. */
export interface Worth {
  readonly start: Record<string, number>;
  readonly worth: Record<string, Record<string, number>>;
}

/** A document as the learner sees it: the weight of its evidence by type and key. */
export interface KindExample {
  readonly type: DocumentType;
  /** What is held out together. */
  readonly group: string;
  readonly source: string;
  /** How much it counts: there are few real documents, and drawn ones are alike. */
  readonly count: number;
  readonly share: number;
  readonly evidence: ReadonlyMap<string, number>;
}

/** How hard a multiplier is held to what was set by hand. */
const HOLD = 8;
const PASSES = 150;
const HINTS = compileHints(hints);
const STEP = 0.03;
/** As in `conclude`: the multipliers are learned at the sharpness with which they are used. */
const SHARPNESS = 2;
const MOST = 2.5;
/** What a paper calls itself is never worth less than what was set by hand: drawn papers bear titles of other kinds more often than real ones. */
const LEAST_OF_TITLE = 1;

/** The evidence of a document, as it is and with shares of its different words made unknown. */
export function examplesOfKind(
  parsed: ParsedDocument,
  told: Omit<KindExample, "evidence" | "share">,
  seed: string,
): KindExample[] {
  const look = (document: ParsedDocument, share: number): KindExample => {
    const evidence = new Map<string, number>();
    for (const { type, key, weight } of gatherEvidence(document, HINTS))
      evidence.set(`${type}/${key}`, (evidence.get(`${type}/${key}`) ?? 0) + weight);
    return { ...told, share, evidence };
  };
  const bare = { ...parsed, structured: [] };
  return [
    look(bare, 0),
    ...[0.3, 0.3, 0.5].map((share, at) => look(unknow(bare, share, `${seed}${at}`), share)),
  ];
}

/** Makes a share of the different words letters without sense: wordings that no list holds. */
function unknow(parsed: ParsedDocument, share: number, seed: string): ParsedDocument {
  const swap = (text: string): string =>
    text.replace(/\p{L}{3,}/gu, (word) => {
      const random = new Random(`${seed} ${word.toLowerCase()}`);
      if (!random.chance(share)) return word;
      return Array.from(word)
        .map((letter, at) => senseless(letter, at, random))
        .join("");
    });
  const pages = parsed.pages.map((page) => {
    const words = page.words.map((word) => Object.assign({}, word, { text: swap(word.text) }));
    return Object.assign({}, page, { text: swap(page.text), words });
  });
  return { ...parsed, pages };
}

function senseless(letter: string, at: number, random: Random): string {
  const pool = at % 2 === 0 ? "bdfgklmnprstv" : "aeiou";
  const other = pool[random.below(pool.length)] ?? letter;
  return letter === letter.toUpperCase() ? other.toUpperCase() : other;
}

/** Multinomial logistic regression: each piece of evidence moves its own type alone, and stays near its hand-set weight. */
export function learnKinds(examples: readonly KindExample[], from: Worth): Worth {
  const keys = [...new Set(examples.flatMap(({ evidence }) => [...evidence.keys()]))].sort();
  const types = Object.keys(from.start);
  const all = [...types, ...keys];
  const at = new Map(all.map((key, index) => [key, index]));
  const before = all.map((key) => from.start[key] ?? 1);
  const now = Float64Array.from(before);
  const mean = new Float64Array(all.length);
  const spread = new Float64Array(all.length);
  for (let pass = 1; pass <= PASSES; pass++) {
    const slope = Float64Array.from(all, (_, index) => HOLD * ((now[index] ?? 0) - (before[index] ?? 0)));
    for (const example of examples) addSlope(slope, now, at, types, example);
    for (let index = 0; index < all.length; index++) {
      const value = slope[index] ?? 0;
      mean[index] = 0.9 * (mean[index] ?? 0) + 0.1 * value;
      spread[index] = 0.99 * (spread[index] ?? 0) + 0.01 * value * value;
      const step =
        (mean[index] ?? 0) /
        (1 - 0.9 ** pass) /
        (Math.sqrt((spread[index] ?? 0) / (1 - 0.99 ** pass)) + 1e-6);
      const moved = (now[index] ?? 0) - STEP * step;
      now[index] = index < types.length ? moved : Math.min(MOST, Math.max(leastOf(all[index] ?? ""), moved));
    }
  }
  const worth: Record<string, Record<string, number>> = {};
  for (const key of keys) {
    const [type = "", ...name] = key.split("/");
    (worth[type] ??= {})[name.join("/")] = round(now[at.get(key) ?? 0] ?? 1);
  }
  return { start: Object.fromEntries(types.map((type, index) => [type, round(now[index] ?? 0)])), worth };
}

function leastOf(key: string): number {
  return key.endsWith("/title") ? LEAST_OF_TITLE : 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The clean document counts half, its poorer copies a little more or less. */
const COUNTS: Readonly<Record<number, number>> = { 0: 0.5, 0.3: 0.7, 0.5: 0.3 };

function addSlope(
  slope: Float64Array,
  now: Float64Array,
  at: ReadonlyMap<string, number>,
  types: readonly string[],
  { type: right, evidence, share, count }: KindExample,
): void {
  const scores = types.map((type) => now[at.get(type) ?? 0] ?? 0);
  const parts = [...evidence].map(([key, value]) => {
    const type = types.indexOf(key.slice(0, key.indexOf("/")));
    const index = at.get(key) ?? 0;
    scores[type] = (scores[type] ?? 0) + value * (now[index] ?? 0);
    return { type, index, value };
  });
  const shares = sharesOf(scores);
  const pulls = types.map(
    (type, index) =>
      SHARPNESS * count * (COUNTS[share] ?? 0.5) * ((shares[index] ?? 0) - (type === right ? 1 : 0)),
  );
  types.forEach((type, index) => {
    const own = at.get(type) ?? 0;
    slope[own] = (slope[own] ?? 0) + (pulls[index] ?? 0);
  });
  for (const { type, index, value } of parts) slope[index] = (slope[index] ?? 0) + value * (pulls[type] ?? 0);
}

function sharesOf(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(SHARPNESS * (score - most)));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** The type with most, and its share, by given multipliers. */
export function judge({ evidence }: KindExample, { start, worth }: Worth): { type: string; score: number } {
  const types = Object.keys(start);
  const scores = types.map((type) => start[type] ?? 0);
  for (const [key, value] of evidence) {
    const cut = key.indexOf("/");
    const type = types.indexOf(key.slice(0, cut));
    scores[type] = (scores[type] ?? 0) + value * (worth[key.slice(0, cut)]?.[key.slice(cut + 1)] ?? 1);
  }
  const shares = sharesOf(scores);
  const best = shares.indexOf(Math.max(...shares));
  return { type: types[best] ?? "generic", score: shares[best] ?? 0 };
}
