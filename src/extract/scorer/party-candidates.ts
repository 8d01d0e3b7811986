import { oncePerReading } from "../engine/once.ts";
import { foldKey } from "../../model/fold.ts";
import { isSentence, findWitnesses } from "../engine/name-guards.ts";
import { namePart } from "../engine/name-part.ts";
import { hasCasedForm, hasLegalForm, looksLikeAddress, nameLikeness } from "../engine/party-names.ts";
import type { Reading } from "../engine/reading.ts";
import { type Piece, type Segment, textOf, trimPiece, wholePiece } from "../engine/view.ts";
import { columnOf } from "./columns.ts";
import { toldBy } from "./party-sights.ts";

/** Why a piece may be a name: its line, what stands behind a label, a part of a line, a sentence's end, two lines. */
export const ORIGINS = ["line", "behind", "part", "inside", "witness", "joined", "bare"] as const;
export type Origin = (typeof ORIGINS)[number];

/** A piece that may be a party's name. */
export interface NamePlace {
  readonly pieces: readonly Piece[];
  readonly origin: Origin;
}

/** Segments that are looked at: names stand over a table and at a page's foot, others need a legal form or a label. */
const MOST_SEGMENTS = 240;
const FOOT = 0.7;
const MOST_LETTERS = 70;
const LABEL = /^\s*\p{L}[\p{L}\s.'’/&()-]{1,34}?\s*[:：]\s*(?=\S)/u;
const PARTS = /\s*[•·●|∙*]\s*|\s+[–—-]\s+|\s{2,}|;\s+|,\s+(?=\p{Lu})/u;
const SALUTATION =
  /^(?:an(?: die)?|to|à|herrn?|frau|firma|fa\.?|familie|mr|mrs|ms|messrs|monsieur|madame|mme|señor(?:es|a)?|sres|sra?|sig(?:\.ra|nora?|nori)?|spett(?:\.le|abile)?|egr|gent\.ma|dhr|mevr|mevrouw|de heer|herr|fru|hr|pan|pani|exmos?|herra|rouva|yritys|société|señores|aan|til|till|empresa)\.?\s+(?=\p{Lu})/iu;
/** What only firms are addressed with: it is no part of a firm's name. */
const FIRM = /^(?:firma|fa\.?|messrs|spett|société|señores|sres|exmos|yritys)/iu;
/** A run of words with capitals (and the small words of names) that ends in a legal form. */
const CAPITAL_RUN =
  /(?:[\p{Lu}\d][\p{L}\d.&'’-]*,?\s+(?:(?:&|and|und|et|y|e|en|och|og|ja|of|de|van|der|von|du|la)\s+)?){1,6}[\p{L}.&/]+(?:\s?[\p{Lu}.]{1,5})?/gu;

/** Everything in a document that may be the name of a party. */
export const namePlaces = oncePerReading(listPlaces);

function listPlaces(reading: Reading): readonly NamePlace[] {
  const found: NamePlace[] = [];
  const witnesses = Map.groupBy(findWitnesses(reading), ({ piece }) => piece.segment);
  for (const segment of segmentsOf(reading)) {
    found.push(...placesIn(reading, segment));
    for (const { piece } of witnesses.get(segment) ?? [])
      found.push({ pieces: [namePart(piece)], origin: "witness" });
  }
  return found.filter(({ pieces }) => isPossible(pieces));
}

function segmentsOf({ view, headerRows }: Reading): Segment[] {
  const [first] = view.rows;
  const last = view.rows[view.rows.length - 1];
  if (!first || !last) return [];
  const table = Math.min(...headerRows, Number.POSITIVE_INFINITY);
  const placed = ({ page, row, bbox }: Segment): boolean =>
    page === first.page ? row < table || bbox[1] > FOOT : page === last.page && bbox[1] > FOOT;
  return view.segments
    .filter(
      (segment) =>
        /\p{L}{2}/u.test(segment.text) &&
        (placed(segment) || hasLegalForm(segment.text) || /[:：]/.test(segment.text)),
    )
    .slice(0, MOST_SEGMENTS);
}

function placesIn(reading: Reading, segment: Segment): NamePlace[] {
  const { text } = segment;
  const whole = wholePiece(segment);
  const found: NamePlace[] = [];
  const add = (piece: Piece, origin: Origin): void => {
    const trimmed = trimPiece(piece, /[\s,;:|•·*–"“”-]/);
    if (trimmed.end - trimmed.start > 1) found.push({ pieces: [trimmed], origin });
  };
  const own = namePart(whole);
  const courtesy = SALUTATION.exec(textOf(own));
  const bare = courtesy && { ...own, start: own.start + courtesy[0].length };
  if (!bare || (!FIRM.test(courtesy[0]) && hasLegalForm(textOf(own)))) add(own, "line");
  if (bare) add(bare, "bare");
  const starts = new Set<number>();
  const colon = LABEL.exec(text);
  if (colon) starts.add(colon[0].length);
  for (const hit of reading.labels.get(segment) ?? [])
    if (hit.piece.start < 3 && hit.piece.end < text.length - 2) starts.add(hit.piece.end);
  for (const start of wordEnds(text)) {
    const { seller, buyer, bank } = toldBy(text.slice(0, start));
    if (seller + buyer + bank > 0) starts.add(start);
  }
  for (const start of starts) {
    const rest = trimPiece({ ...whole, start }, /[\s:：;,.=-]/);
    if (rest.end - rest.start > 1) add(namePart(rest), "behind");
  }
  for (const piece of partsOf(whole)) add(namePart(piece), "part");
  if (hasLegalForm(text) && (isSentence(text) || text.split(" ").length > 5))
    for (const match of text.matchAll(CAPITAL_RUN))
      if (hasCasedForm(match[0]))
        add({ segment, start: match.index, end: match.index + match[0].length }, "inside");
  return [...found, ...joined(reading, segment, own)];
}

/** Where the first words of a line end that may be a label of a wording that is not known. */
function wordEnds(text: string): number[] {
  return [...text.matchAll(/(?<=\p{L}[.:]?)\s+(?=[\p{Lu}\d])/gu)].slice(0, 3).map((match) => match.index);
}

function partsOf(whole: Piece): Piece[] {
  const parts: Piece[] = [];
  const { text } = whole.segment;
  let at = 0;
  for (const part of text.split(PARTS)) {
    const start = text.indexOf(part, at);
    at = start + part.length;
    parts.push({ ...whole, start, end: at });
  }
  return parts.length < 2 ? [] : parts.slice(0, 8);
}

/** A name that goes on in the line below it. */
function joined(reading: Reading, segment: Segment, own: Piece): NamePlace[] {
  const { below } = columnOf(reading, segment);
  if (!below || own.end < segment.text.length - 2 || hasLegalForm(textOf(own))) return [];
  if ((reading.labels.get(segment) ?? []).some((hit) => hit.standalone && hit.quality >= 0.85)) return [];
  if (Math.abs(below.height - segment.height) > segment.height * 0.25) return [];
  const next = namePart(wholePiece(below));
  const text = textOf(next);
  if (looksLikeAddress(text) || /\d/.test(text)) return [];
  if (nameLikeness(text) < 0.2 && !hasLegalForm(text)) return [];
  return [{ pieces: [wholePiece(segment), next], origin: "joined" }];
}

function isPossible(pieces: readonly Piece[]): boolean {
  const text = pieces.map((piece) => textOf(piece)).join(" ");
  const key = foldKey(text);
  return (
    key.length > 1 &&
    text.length <= MOST_LETTERS &&
    nameLikeness(text) > 0 &&
    !/[:：]\s|^[\d\s.,/-]+$/u.test(text) &&
    text.split(/\s+/).length <= 10
  );
}
