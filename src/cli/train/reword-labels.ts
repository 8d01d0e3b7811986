import { foldText } from "../../model/fold.ts";
import type { ParsedDocument, ParsedPage } from "../../model/parsed.ts";
import type { LabelHit } from "../../extract/engine/labels.ts";
import { read, type Reading } from "../../extract/engine/reading.ts";
import { type Segment, textOf, wordsOf } from "../../extract/engine/view.ts";
import type { Random } from "./random.ts";

/** Share of the labels of a document that nobody shall know; of these, how many not even by the stems of their words. */
const UNKNOWN = 0.55;
const INVENTED = 0.5;
const VOWELS = "aeiou";
const CONSONANTS = "bdfgklmnprstvz";

/**
 * A document with labels in words that there are not, and the wordings that stay on its page but are to be taken for
 * unknown. One wording fares alike wherever it stands.
 */
export function rewordLabels(
  parsed: ParsedDocument,
  random: Random,
): { parsed: ParsedDocument; unknown: ReadonlySet<string> } {
  const unknown = new Set<string>();
  const known = new Set<string>();
  const invented = new Map<string, string>();
  const words = new Map<ParsedPage, Set<number>>();
  for (const hit of [...read(parsed).labels.values()].flat()) {
    const wording = wordingOf(hit);
    if (!unknown.has(wording) && !known.has(wording) && !invented.has(wording)) {
      if (!random.chance(UNKNOWN)) known.add(wording);
      else if (random.chance(INVENTED)) invented.set(wording, "");
      else unknown.add(wording);
    }
    if (!invented.has(wording)) continue;
    const { page } = hit.piece.segment;
    const own = words.get(page) ?? new Set<number>();
    words.set(page, own);
    for (const word of wordsOf(hit.piece)) own.add(word);
  }
  const speech = new Map<string, string>();
  const pages = parsed.pages.map((page) => {
    const own = words.get(page);
    if (!own) return page;
    const changed = page.words.map((word, index) =>
      own.has(index) ? Object.assign({}, word, { text: inventFor(word.text, speech, random) }) : word,
    );
    return Object.assign({}, page, { words: changed });
  });
  return { parsed: { ...parsed, pages }, unknown };
}

/** A document without the labels of these wordings. */
export function withoutWordings(reading: Reading, unknown: ReadonlySet<string> | undefined): Reading {
  if (!unknown || unknown.size === 0) return reading;
  const labels = new Map<Segment, readonly LabelHit[]>();
  for (const [segment, hits] of reading.labels) {
    const kept = hits.filter((hit) => !unknown.has(wordingOf(hit)));
    if (kept.length > 0) labels.set(segment, kept);
  }
  return { ...reading, labels };
}

function wordingOf(hit: LabelHit): string {
  return foldText(textOf(hit.piece)).replace(/[^\p{L}]/gu, "");
}

/** A word as long as another, with its digits and signs, always the same one for it. */
function inventFor(text: string, speech: Map<string, string>, random: Random): string {
  const known = speech.get(text);
  if (known !== undefined) return known;
  let letters = 0;
  const made = text.replace(/\p{L}/gu, (letter) => {
    letters += 1;
    const from = letters % 2 === 0 ? VOWELS : CONSONANTS;
    const next = from.charAt(random.below(from.length));
    return letter === letter.toLowerCase() ? next : next.toUpperCase();
  });
  speech.set(text, made);
  return made;
}
