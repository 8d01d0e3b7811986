import { foldText } from "../../model/fold.ts";
import { CONCEPTS, EMPTY_WORDS } from "../labels/concepts.ts";

const ATOM = /[\p{L}\p{M}]+|#|№|n°|\d+/gu;
/** Parts of a compound that join its words (`Geburt-s-datum`). */
const JOINTS = ["", "s", "es", "n", "en", "e", "er", "o"];
const ENDINGS = ["s", "es", "en", "er", "e", "n", "em", "et", "a", "i", "y", "u", "ed", "ing"];
const MIN_PART = 3;
const MIN_COMPOUND = 7;
const MAX_KNOWN = 20_000;

const CONCEPT_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(CONCEPTS).flatMap(([concept, words]) =>
    words.split(" ").map((word): [string, string] => [word, concept]),
  ),
);
const EMPTY: ReadonlySet<string> = new Set(EMPTY_WORDS.split(" "));
const KNOWN = new Map<string, readonly string[]>();

/** What a label's words mean, without repetition: concepts where they are known, else stems. */
export function termsOf(text: string): string[] {
  const terms = new Set<string>();
  const words = wordsIn(text);
  for (const word of words) {
    if (EMPTY.has(word) && words.length > 1) continue;
    for (const term of meaningOf(word)) terms.add(term);
  }
  return [...terms];
}

/** Folded words of a label; dotted and slashed abbreviations are one (`D.O.B.`, `a/c`). */
function wordsIn(text: string): string[] {
  const joined = text
    .replace(/\b[aA]\/[cC]\b/g, "account")
    .replace(/(?<![\p{L}])(\p{L})\.\s?(?=\p{L}(?:\.|(?!\p{L})))/gu, "$1")
    .replace(/(?<=\p{L})-(?=\p{Ll})/gu, "");
  return [...joined.matchAll(ATOM)]
    .map((match) => foldText(match[0]))
    .map((word) => (word === "#" || word === "n°" || word === "№" ? "no" : word))
    .filter((word) => !/^\d+$/.test(word) && !(word.length === 1 && word !== "n"));
}

/** Whether a word is one that labels are made of. */
export function hasMeaning(word: string): boolean {
  return wordsIn(word).some((one) => !EMPTY.has(one) && conceptsIn(one) !== null);
}

function meaningOf(word: string): readonly string[] {
  const known = KNOWN.get(word);
  if (known) return known;
  const meaning = conceptsIn(word) ?? [stemOf(word)];
  if (KNOWN.size > MAX_KNOWN) KNOWN.clear();
  KNOWN.set(word, meaning);
  return meaning;
}

function conceptsIn(word: string): string[] | null {
  const direct = conceptOf(word);
  if (direct) return [direct];
  if (word.length < MIN_COMPOUND) return null;
  for (let at = word.length - MIN_PART; at >= MIN_PART; at -= 1) {
    const tail = CONCEPT_OF.get(word.slice(at)) ?? (word.length - at > 4 ? conceptOf(word.slice(at)) : null);
    if (!tail) continue;
    const head = headOf(word.slice(0, at));
    if (head) return head.includes(tail) ? head : [...head, tail];
  }
  return null;
}

function headOf(part: string): string[] | null {
  for (const joint of JOINTS) {
    if (!part.endsWith(joint) || part.length - joint.length < MIN_PART) continue;
    const concept = CONCEPT_OF.get(part.slice(0, part.length - joint.length));
    if (concept) return [concept];
  }
  return part.length >= MIN_COMPOUND ? conceptsIn(part) : null;
}

function conceptOf(word: string): string | null {
  const direct = CONCEPT_OF.get(word);
  if (direct) return direct;
  for (const ending of ENDINGS) {
    if (word.length - ending.length < 4 || !word.endsWith(ending)) continue;
    const concept = CONCEPT_OF.get(word.slice(0, word.length - ending.length));
    if (concept) return concept;
  }
  return null;
}

/** A word without its inflection: enough that `allergies` and `allergy` meet. */
function stemOf(word: string): string {
  if (word.length < 5) return word;
  return word.replace(/(?:ies|ied)$/, "y").replace(/(?:ungen|ung|ions|ion|es|s|en|er|e|n|ed|ing)$/, "");
}
