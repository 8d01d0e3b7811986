import { oncePerReading } from "./once.ts";
import { foldText } from "../../model/fold.ts";
import type { LabelKey } from "../labels/label-key.ts";
import { type Concept, STEMS } from "../labels/stems.ts";
import type { LabelHit } from "./labels.ts";
import type { Reading } from "./reading.ts";
import type { Segment } from "./view.ts";

/** Quality of a label that only its words' stems give away: below every known wording that stands alike. */
const WITH_COLON = 0.74;
const ALONE = 0.7;
const BEFORE_VALUE = 0.64;
const MAX_WORDS = 6;
const MAX_LENGTH = 48;

interface Stem {
  readonly text: string;
  readonly whole: boolean;
  readonly concept: Concept;
}

const BY_LETTER = compile();

function compile(): Map<string, Stem[]> {
  const groups = new Map<string, Stem[]>();
  for (const [concept, stems] of Object.entries(STEMS) as [Concept, string][]) {
    for (const printed of stems.split(" ")) {
      const whole = printed.startsWith("=");
      const text = foldText(whole ? printed.slice(1) : printed);
      const letter = text.charAt(0);
      const group = groups.get(letter);
      if (group) group.push({ text, whole, concept });
      else groups.set(letter, [{ text, whole, concept }]);
    }
  }
  return groups;
}

/** A label at a segment's head that is known so well leaves nothing to guess. */
const KNOWN = 0.6;

/** The same document with labels of unknown wording, for a second look at what the known ones did not give. */
export const withGuessedLabels = oncePerReading(guessLabels);

function guessLabels(reading: Reading): Reading {
  const labels = new Map<Segment, LabelHit[]>();
  for (const segment of reading.view.segments) {
    // Places are kept by hit: under other labels they are others.
    const known = (reading.labels.get(segment) ?? []).map((hit) => Object.assign({}, hit));
    const opens = known.some((hit) => hit.piece.start < 3 && hit.quality >= KNOWN);
    const guess = opens || reading.headerRows.has(segment.row) ? null : stemLabel(segment);
    const hits = guess ? [guess, ...known.filter((hit) => hit.piece.start >= guess.piece.end)] : known;
    if (hits.length > 0) labels.set(segment, hits);
  }
  return { ...reading, labels };
}

/** What the words of a text are about. */
export function conceptsOf(text: string): Set<Concept> {
  const found = new Set<Concept>();
  for (const word of foldText(text).match(/[\p{L}#]+/gu) ?? []) {
    for (const stem of BY_LETTER.get(word.charAt(0)) ?? []) {
      if (stem.whole ? word === stem.text : word.startsWith(stem.text)) found.add(stem.concept);
    }
  }
  return found;
}

/** A label of unknown wording, by the stems of its words; null where a segment begins with none. */
function stemLabel(segment: Segment): LabelHit | null {
  const shape = labelPart(segment.text);
  if (!shape) return null;
  const keys = keysOf(conceptsOf(shape.text));
  if (keys.size === 0) return null;
  return {
    keys,
    titles: new Set(),
    piece: { segment, start: shape.start, end: shape.start + shape.text.length },
    quality: shape.colon ? WITH_COLON : shape.standalone ? ALONE : BEFORE_VALUE,
    standalone: shape.standalone,
    colon: shape.colon,
  };
}

interface LabelPart {
  readonly text: string;
  readonly start: number;
  readonly colon: boolean;
  readonly standalone: boolean;
}

/** The words before a colon or a value, or a whole short line. */
function labelPart(text: string): LabelPart | null {
  const match =
    /^[\s(]*(\p{L}[\p{L}\s.'’/&()º°-]*?)(?=\s*[:：]|\s*\(|\s+[\d#€$£]|\s*\d+(?:[.,]\d+)?\s?%|\.?\s*$)/u.exec(
      text,
    );
  const words = match?.[1]?.trim();
  if (!match || !words || words.length > MAX_LENGTH || words.split(/\s+/).length > MAX_WORDS) return null;
  const start = match[0].indexOf(words);
  const rest = text.slice(start + words.length);
  const colon = /^\s*[:：]/.test(rest);
  const standalone = !/[\p{L}\d]/u.test(rest);
  return { text: words, start, colon, standalone };
}

/** What a label about these concepts can announce. Values of another type are passed over where it is read. */
function keysOf(about: ReadonlySet<Concept>): Set<LabelKey> {
  const has = (...concepts: readonly Concept[]): boolean => concepts.every((concept) => about.has(concept));
  const keys = new Set<LabelKey>();
  const dueDate = has("due") && (has("pay") || has("date") || about.size === 1);
  if (dueDate || (has("pay") && has("date"))) keys.add("due_date");
  else if (has("issued") && !has("order") && !has("deliver")) keys.add("invoice_date");
  else if (has("date") && (has("invoice") || has("number"))) keys.add("invoice_date");
  else if (has("date") && has("deliver")) keys.add("delivery_date");
  if (keys.size > 0) return keys;
  if (has("terms") && has("pay")) return keys.add("payment_terms");
  if (has("discount")) return keys.add("discount");
  if (has("rounding")) return keys.add("rounding");
  if (has("paid")) return keys.add("prepaid");
  if (has("net") && (has("tax") || has("total"))) return keys.add("subtotal");
  if (has("charge") && !has("order")) return keys.add("charge");
  if (has("tax") && !has("number") && !has("invoice") && !has("customer")) return keys.add("tax");
  if (has("open") || (has("pay") && !has("number"))) return keys.add("amount_due").add("total");
  if (has("total") && has("goods")) return keys.add("subtotal");
  if (has("total")) return keys.add("total");
  if (has("order") && (has("number") || has("your") || about.size === 1)) return keys.add("order_number");
  if (has("customer") && has("number")) return keys.add("customer_id");
  if (has("deliver") && !has("number")) return keys.add("ship_to");
  if (has("invoice") && has("number") && !has("your")) return keys.add("invoice_number");
  if (has("credit") && has("number")) return keys.add("credit_note_number");
  if (has("addressed") && !has("number")) return keys.add("customer");
  // A number without more is the document's own.
  const own = [...about].every(
    (concept) => concept === "number" || concept === "our" || concept === "invoice",
  );
  if (has("number") && own) return keys.add("invoice_number").add("credit_note_number");
  return keys;
}
