import { oncePerReading } from "../engine/once.ts";
import { usualHeight } from "../engine/usual-height.ts";
import { foldKey } from "../../model/fold.ts";
import { type BBox, unionBoxes } from "../../model/geometry.ts";
import { findEmails, phonesOf, findWebsites } from "../engine/contacts.ts";
import type { LabelHit } from "../engine/labels.ts";
import { isHeading, isSentence } from "../engine/name-guards.ts";
import {
  countryIn,
  hasBusinessWord,
  hasLegalForm,
  hasPostalCode,
  hasStreetWord,
  looksLikeAddress,
  nameLikeness,
} from "../engine/party-names.ts";
import type { Reading } from "../engine/reading.ts";
import { type Piece, type Row, type Segment, textOf, trimPiece, wholePiece } from "../engine/view.ts";
import type { LabelKey } from "../labels/label-key.ts";

/** A printed line of one column, without the contacts and numbers behind it. */
export interface TextLine {
  readonly index: number;
  readonly pieces: readonly Piece[];
  /** What the line is made of, and the same as one segment; contacts included. */
  readonly segments: readonly Segment[];
  readonly whole: Segment;
  readonly text: string;
  /** Its letters and digits, folded. */
  readonly key: string;
  readonly page: number;
  readonly row: number;
  readonly bbox: BBox;
  readonly height: number;
  /** Holds nothing of a name or an address: a telephone or tax number, a registration, a web address. */
  readonly noise: boolean;
  readonly traits: Traits;
}

/** What is seen of a line, whatever it is asked for. */
export interface Traits {
  readonly address: number;
  readonly postal: number;
  readonly street: number;
  readonly country: number;
  readonly legal: number;
  readonly business: number;
  readonly name: number;
  readonly letters: number;
  readonly digits: number;
  readonly words: number;
  readonly upper: number;
  readonly comma: number;
  readonly stop: number;
  readonly title: number;
  readonly speech: number;
  readonly labelled: number;
  readonly contact: number;
  readonly dated: number;
  readonly money: number;
  readonly size: number;
  readonly centre: number;
}

/** Widest gap inside a line, in letter heights: letters set wide stay together, a column does not. */
const WIDE_GAP = 1.8;
const CONTACT_KEYS: readonly LabelKey[] = [
  "phone",
  "fax",
  "email",
  "website",
  "tax_id",
  "customer_tax_id",
  "registration_number",
  "receipt_number",
  "invoice_number",
  "other_number",
  "contact",
];
/** A number of a register without a word before it: `123456-K`, `(GB 123 4567)`; a postal code has fewer digits. */
const REGISTRATION = /^(?:[A-Z]{1,3}[-:]?)?\d[\dOoIl-]{5,14}[A-Z\d]?$/u;
const MAX_LINES = 400;

/** The document's lines from the top. Very long documents are read at their beginning alone. */
export const readTextLines = oncePerReading(linesOf);

function linesOf(reading: Reading): readonly TextLine[] {
  const usual = usualHeight(reading);
  const lines: TextLine[] = [];
  for (const row of reading.view.rows) {
    if (lines.length >= MAX_LINES) break;
    for (const group of groupsOf(row)) {
      const line = lineOf(reading, group, lines.length, usual);
      if (line) lines.push(line);
    }
  }
  return lines;
}

/** A row's segments that stand close; specks that OCR made of dirt are left out. */
function groupsOf(row: Row): Segment[][] {
  const groups: Segment[][] = [];
  let last: Segment | null = null;
  for (const segment of row.segments) {
    if (!/[\p{L}\d]/u.test(segment.text)) continue;
    const gap = last ? (segment.bbox[0] - last.bbox[2]) * row.page.width : Number.POSITIVE_INFINITY;
    const height = Math.min(last?.height ?? segment.height, segment.height) * row.page.height;
    const group = groups[groups.length - 1];
    if (group && gap < WIDE_GAP * height) group.push(segment);
    else groups.push([segment]);
    last = segment;
  }
  return groups;
}

function lineOf(reading: Reading, group: readonly Segment[], index: number, usual: number): TextLine | null {
  const [first] = group;
  if (!first) return null;
  const pieces = cutContacts(reading, group);
  const whole = joinSegments(group, first);
  const text = pieces.map((piece) => textOf(piece)).join(" ");
  const hits = group.flatMap((segment) => reading.labels.get(segment) ?? []);
  const { bbox } = whole;
  // Dates ask for lines alone: what else is seen of them is looked at when it is asked for.
  let noise: boolean | undefined;
  let traits: Traits | undefined;
  return {
    index,
    pieces,
    segments: group,
    whole,
    text,
    key: foldKey(text),
    page: first.page.number,
    row: first.row,
    bbox,
    height: first.height,
    get noise() {
      return (noise ??= text === "" || isNoise(group, text) || isContact(hits, whole.text, text));
    },
    get traits() {
      const printed = text === "" ? whole.text : text;
      return (traits ??= traitsOf(reading, group, hits, printed, bbox, first.height / usual));
    },
  };
}

/** Segments as one, from the first to the last. */
export function joinSegments(group: readonly Segment[], first: Segment): Segment {
  if (group.length === 1) return first;
  const starts: number[] = [];
  let text = "";
  for (const segment of group) {
    const from = text === "" ? 0 : text.length + 1;
    starts.push(...segment.starts.map((start) => start + from));
    text = text === "" ? segment.text : `${text} ${segment.text}`;
  }
  const words = group.flatMap((segment) => segment.words);
  const bbox = unionBoxes(group.map((segment) => segment.bbox)) ?? first.bbox;
  return { ...first, words, starts, text, bbox };
}

/** The line up to the label of a contact or number that stands behind it (`Weg 1  Tel. 0123`). */
function cutContacts(reading: Reading, group: readonly Segment[]): Piece[] {
  const pieces: Piece[] = [];
  for (const segment of group) {
    const hit = (reading.labels.get(segment) ?? []).find(
      (found) =>
        found.quality >= 0.5 &&
        CONTACT_KEYS.some((key) => found.keys.has(key)) &&
        /^[^\d]{0,12}\d/u.test(segment.text.slice(found.piece.end)),
    );
    const whole = wholePiece(segment);
    const end = hit ? hit.piece.start : whole.end;
    const piece = trimPiece({ segment, start: leadEnd(segment.text), end }, /[\s;|•·*:=~_]/);
    const open = /[([]+\s*(?:co\.?|no\.?|company|business)?\s*$/iu.exec(textOf(piece));
    const kept = hit && open ? { ...piece, end: piece.start + open.index } : piece;
    if (kept.end - kept.start > 1 || /^[\p{Lu}\d]$/u.test(textOf(kept))) pieces.push(kept);
    if (hit) break;
  }
  return pieces;
}

/** A registration in brackets before an address (`(123456-K) 12 Main Street`). */
function leadEnd(text: string): number {
  return /^\s*[([][A-Z]{0,3}\d[\d\s-]{4,12}[A-Z]?[)\]][\s,]*(?=\S)/u.exec(text)?.[0].length ?? 0;
}

/** Whether a line begins with the label of a contact or number, or holds little but such labels. */
function isContact(hits: readonly LabelHit[], whole: string, left: string): boolean {
  const first = hits.find((hit) => CONTACT_KEYS.some((key) => hit.keys.has(key)));
  if (!first || looksLikeAddress(left)) return false;
  if (first.piece.start < 3 && (first.colon || first.standalone || /\d{3}/.test(whole))) return true;
  return whole !== left && (left.match(/\p{L}{3,}/gu) ?? []).length < 2 && /[/&]\s*$|^\P{L}*$/u.test(left);
}

function isNoise(group: readonly Segment[], text: string): boolean {
  if (hasPostalCode(text)) return false;
  if (REGISTRATION.test(text.replace(/[\s()[\]{}.,]/g, ""))) return true;
  if (!/\p{L}{2}/u.test(text) && !/\d{4,5}/u.test(text)) return true;
  return group.some((segment) => {
    const covered = [...findEmails(segment), ...findWebsites(segment), ...phonesOf(segment)].reduce(
      (sum, piece) => sum + piece.end - piece.start,
      0,
    );
    return covered > segment.text.length * 0.6;
  });
}

function traitsOf(
  reading: Reading,
  group: readonly Segment[],
  hits: readonly LabelHit[],
  text: string,
  bbox: BBox,
  size: number,
): Traits {
  const count = (pattern: RegExp): number => (text.match(pattern) ?? []).length;
  const letters = count(/\p{L}/gu);
  const best = (test: (hit: LabelHit) => boolean): number =>
    hits.reduce((top, hit) => (test(hit) ? Math.max(top, hit.quality) : top), 0);
  const some = <T>(map: ReadonlyMap<Segment, readonly T[]>): number =>
    group.reduce((sum, segment) => sum + (map.get(segment) ?? []).length, 0);
  return {
    address: Number(looksLikeAddress(text)),
    postal: Number(hasPostalCode(text)),
    street: Number(hasStreetWord(text)),
    country: Number(countryIn(text) !== null),
    legal: Number(hasLegalForm(text)),
    business: Number(hasBusinessWord(text)),
    name: nameLikeness(text),
    letters,
    digits: count(/\d/g) / Math.max(1, letters + count(/\d/g)),
    words: count(/\S+/g),
    upper: letters === 0 ? 0 : count(/\p{Lu}/gu) / letters,
    comma: Number(/,\s*$/.test(text)) + Number(text.includes(",")),
    stop: Number(/\.\s*$/.test(text)),
    title: best((hit) => hit.titles.size > 0),
    speech: Number(isSentence(text)) + 2 * Number(isHeading(text)),
    labelled: best((hit) => hit.keys.size > 0),
    contact: best((hit) => CONTACT_KEYS.some((key) => hit.keys.has(key))),
    dated: some(reading.dates),
    money: some(reading.money),
    size,
    centre: (bbox[0] + bbox[2]) / 2,
  };
}

/** Whether a line is a title of the document (`TAX INVOICE`): no name or address goes on over it. */
export function isTitleLine({ traits }: TextLine): boolean {
  return (
    traits.title >= 0.8 &&
    traits.address === 0 &&
    traits.legal === 0 &&
    traits.words <= 4 &&
    traits.digits < 0.2
  );
}

/** The lines of one column under a line, itself first, as far as they follow closely. */
export function columnFrom(lines: readonly TextLine[], start: TextLine, most: number): TextLine[] {
  const column = [start];
  let last = start;
  for (let at = start.index + 1; at < lines.length && column.length < most; at += 1) {
    const line = lines[at];
    if (!line || line.page !== start.page || line.row - last.row > 3) break;
    if (line.row === last.row || !sharesColumn(last, line)) continue;
    if (line.bbox[1] - last.bbox[3] > 2.6 * Math.max(last.height, line.height)) break;
    column.push(line);
    last = line;
  }
  return column;
}

function sharesColumn(a: TextLine, b: TextLine): boolean {
  const overlap = Math.min(a.bbox[2], b.bbox[2]) - Math.max(a.bbox[0], b.bbox[0]);
  return overlap > 0.3 * Math.min(a.bbox[2] - a.bbox[0], b.bbox[2] - b.bbox[0]);
}

/** The line of the same column right above, or undefined. */
export function lineAbove(lines: readonly TextLine[], line: TextLine): TextLine | undefined {
  for (let at = line.index - 1; at >= 0 && at > line.index - 8; at -= 1) {
    const above = lines[at];
    if (!above || above.page !== line.page) return undefined;
    if (above.row !== line.row && sharesColumn(above, line)) return above;
  }
  return undefined;
}

/** In how many of the document's lines a text stands, as a whole or inside of another. */
export function countRepeats(lines: readonly TextLine[], key: string): number {
  return key.length < 5 ? 1 : lines.filter((line) => line.key.includes(key)).length;
}
