import { isValidIBAN } from "ibantools";
import { type Place, placesOf } from "../engine/places.ts";
import type { Reading } from "../engine/reading.ts";
import { hasPostalCode, looksLikeAddress, nameLikeness } from "../engine/party-names.ts";
import { type Piece, readConfidence, type Segment, textOf, trimPiece, wholePiece } from "../engine/view.ts";
import type { Announcement } from "./announcements.ts";
import { below } from "./below.ts";
import type { Compiled } from "./compile.ts";
import { columnTerms } from "./column-terms.ts";
import { standsAbove, turn } from "./captions.ts";
import { termsOf } from "./terms.ts";
import type { DeclaredField, ValueKind } from "./declaration.ts";
import { findHeadings, standingOf } from "./sections.ts";
import { typedValue, type TypedValue, type Which } from "./values.ts";
import { goesOnBelow } from "./wrapped-names.ts";

/** A value that a field may have: by which label, where, and how much speaks for it (0..1). */
export interface Candidate {
  readonly field: number;
  readonly announcement: Announcement;
  readonly value: string | boolean;
  readonly pieces: readonly Piece[];
  readonly score: number;
}

/** Kinds that show what they are: their labels may be less sure. */
const STRICT: ReadonlySet<ValueKind> = new Set([
  "date",
  "time",
  "money",
  "percent",
  "phone",
  "email",
  "website",
  "iban",
  "tax_id",
  "currency",
  "choice",
  "boolean",
]);
const LEAST_STRICT = 0.52;
const LEAST_TEXT = 0.64;
const LEAST_IDENTIFIER = 0.56;
const MAX_PLACES = 5;
const MAX_ADDRESS_LINES = 6;
const MAX_PARAGRAPH_LINES = 14;
/** A line that goes on below: it ends in the code of the town there. */
const WRAPPED = /,\s\d[\d -]{2,8}$/;
/** The second half of a postal code. */
const HALF_CODE = /^\d[A-Z]{2}$|^\d[A-Z]\d$/;

/** Every candidate of every field, from the labels that announce it. */
export function collectCandidates(
  reading: Reading,
  compiled: Compiled,
  announced: ReadonlyMap<Segment, readonly Announcement[]>,
): Candidate[] {
  const headings = findHeadings(reading, compiled.sections);
  const candidates: Candidate[] = [];
  const above = standsAbove(reading, compiled.declaration.fields, announced);
  for (const announcement of [...announced.values()].flat()) {
    const places = turn(placesOf(reading, announcement.hit), reading, announcement, above).slice(
      0,
      MAX_PLACES,
    );
    for (const match of announcement.matches) {
      const field = compiled.declaration.fields[match.entry];
      if (!field || match.score < leastOf(field.kind)) continue;
      const section = compiled.sections.of(match.entry);
      const standing = standingOf(headings, announcement, section, compiled.sections.index);
      const share =
        section < 0
          ? 1
          : standing === "own"
            ? 1
            : compiled.shared.has(match.entry)
              ? standing === "none"
                ? 0.6
                : 0.12
              : standing === "none"
                ? 0.95
                : 0.75;
      const which = compiled.which(match.entry, announcement);
      for (const place of places) {
        const found = at(reading, field, place, announcement, which, announced);
        if (!found || opensWithName(field, compiled, announcement, found)) continue;
        const column = columnTerms(reading, place, field, compiled, match.entry, announcement);
        const score = match.score * place.weight * found.fit * share * column * ink(found);
        candidates.push({
          field: match.entry,
          announcement,
          value: found.value,
          pieces: found.pieces,
          score,
        });
      }
    }
  }
  return candidates;
}

/** Whether an address begins with the name of a party that the same label announces: its address then stands under it. */
function opensWithName(
  field: DeclaredField,
  { declaration }: Compiled,
  { matches }: Announcement,
  { pieces }: TypedValue,
): boolean {
  const [first, ...others] = pieces;
  if (field.kind !== "address" || !first || others.length === 0) return false;
  const sibling = field.pointer.replace(/[^/]*$/, "name");
  if (!matches.some(({ entry }) => declaration.fields[entry]?.pointer === sibling)) return false;
  const text = textOf(first);
  return !/\d/.test(text) && !looksLikeAddress(text) && nameLikeness(text) >= 0.3;
}

function leastOf(kind: ValueKind): number {
  if (STRICT.has(kind)) return LEAST_STRICT;
  return kind === "identifier" || kind === "number" ? LEAST_IDENTIFIER : LEAST_TEXT;
}

function ink(found: TypedValue): number {
  const [piece] = found.pieces;
  return piece ? 0.4 + 0.6 * readConfidence(piece) : 1;
}

function at(
  reading: Reading,
  field: DeclaredField,
  place: Place,
  announcement: Announcement,
  which: Which,
  announced: ReadonlyMap<Segment, readonly Announcement[]>,
): TypedValue | null {
  if (place.relation === "above" && place.weight < 0.5 && !STRICT.has(field.kind)) return null;
  const piece = beforeLabel(place.piece, announced, announcement, field.kind === "address");
  if (!piece) return null;
  if (field.kind === "address" || field.kind === "paragraph")
    return linesAt(
      reading,
      field,
      place.relation === "above" ? topOf(reading, piece) : piece,
      announcement,
      announced,
    );
  if (place.relation === "same" && runsIntoName(field, announcement)) return null;
  const read = typedValue(reading, field, piece, which) ?? wrapped(reading, field, piece);
  const found = read && field.kind === "name" ? goesOnBelow(reading, read, announced) : read;
  return found && !isLabel(found, announced, announcement) ? found : null;
}

/** The first line of the lines that end with a piece, where a caption stands under its value. */
function topOf(reading: Reading, piece: Piece): Piece {
  let top = piece;
  for (let lines = 1; lines < MAX_ADDRESS_LINES; lines += 1) {
    const row = reading.view.rows[top.segment.row - 1];
    const { bbox, height, page } = top.segment;
    const next = row?.segments.find((segment) => Math.abs(segment.bbox[0] - bbox[0]) < height);
    if (!next || next.page !== page || bbox[1] - next.bbox[3] > height * 0.7 || /[:：]$/u.test(next.text))
      break;
    top = wholePiece(next);
  }
  return top;
}

/** Whether a label without a colon may be the first word of the name behind it (`Bank of ...`, `Account holder`). */
function runsIntoName(field: DeclaredField, { hit }: Announcement): boolean {
  if (hit.colon || (field.kind !== "name" && field.kind !== "text" && field.kind !== "address")) return false;
  const terms = termsOf(textOf(hit.piece));
  return terms.length < 2 && !terms.some((term) => term === "name" || term === "surname" || term === "given");
}

/** An IBAN whose last groups stand in the next line. */
function wrapped(reading: Reading, field: DeclaredField, piece: Piece): TypedValue | null {
  if (field.kind !== "iban") return null;
  const next = below(reading, piece);
  const iban = next ? (textOf(piece) + next.text).replace(/\s/g, "") : "";
  if (!next || !isValidIBAN(iban)) return null;
  return { value: iban, pieces: [piece, wholePiece(next)], fit: 1 };
}

/** The part of a place before the next label in it; null where a label opens it. */
function beforeLabel(
  piece: Piece,
  announced: ReadonlyMap<Segment, readonly Announcement[]>,
  own: Announcement,
  address: boolean,
): Piece | null {
  let { end } = piece;
  for (const other of announced.get(piece.segment) ?? []) {
    if (other === own) continue;
    const { start, end: behind } = other.hit.piece;
    if (behind <= piece.start || start >= end) continue;
    if (other.hit.quality < 0.8 && !other.hit.colon) continue;
    if (start <= piece.start + 2) {
      if (other.hit.colon || other.hit.standalone || other.matches.length > 0) return null;
    } else if (other.hit.colon || !address) end = Math.min(end, start);
  }
  const cut = trimPiece({ ...piece, end }, /[\s,;|•·]/);
  return cut.end > cut.start ? cut : null;
}

function isLabel(
  found: TypedValue,
  announced: ReadonlyMap<Segment, readonly Announcement[]>,
  own: Announcement,
): boolean {
  return found.pieces.some((piece) =>
    (announced.get(piece.segment) ?? []).some(
      ({ hit, matches }) =>
        hit !== own.hit &&
        hit.piece.start < piece.end &&
        hit.piece.end > piece.start &&
        (hit.colon || ((matches[0]?.score ?? 0) >= 0.9 && hit.standalone)),
    ),
  );
}

/** A value over several lines: the column's further lines up to a label, a gap, or a complete address. */
function linesAt(
  reading: Reading,
  field: DeclaredField,
  first: Piece,
  own: Announcement,
  announced: ReadonlyMap<Segment, readonly Announcement[]>,
): TypedValue | null {
  const head = typedValue(reading, field, first);
  if (!head || isLabel(head, announced, own)) return null;
  const address = field.kind === "address";
  const lines = [trimPiece(first, /[\s,;|•·]/)];
  const limit = address ? MAX_ADDRESS_LINES : MAX_PARAGRAPH_LINES;
  for (let line = first; lines.length < limit;) {
    const next = below(reading, line);
    if (next && isLabelledLeft(reading, next, own, announced)) break;
    if (!next || (announced.get(next) ?? []).some(({ hit }) => hit.colon || hit.quality >= 0.85)) break;
    const piece = trimPiece(wholePiece(next), /[\s,;|•·]/);
    if (address && !continuesAddress(lines, piece)) break;
    lines.push(piece);
    line = piece;
  }
  const value = address ? joinAddress(lines) : lines.map((piece) => textOf(piece)).join(" ");
  const likely = address && lines.some((piece) => looksLikeAddress(textOf(piece)));
  const numbered = lines.some((piece) => /\d/.test(textOf(piece)));
  const fit = address ? (likely ? 1 : numbered ? 0.6 : 0.35) : head.fit;
  return { value: value.replace(/\s+/g, " "), pieces: lines, fit };
}

/** An address in one line; a code's second half goes on in the line below. */
function joinAddress(lines: readonly Piece[]): string {
  return lines
    .map((piece) => textOf(piece))
    .reduce((all, line) => `${all}${WRAPPED.test(all) || HALF_CODE.test(line) ? " " : ", "}${line}`);
}

/** Whether a line is the value of another label left of it. */
function isLabelledLeft(
  reading: Reading,
  line: Segment,
  own: Announcement,
  announced: ReadonlyMap<Segment, readonly Announcement[]>,
): boolean {
  const before = reading.view.rows[line.row]?.segments[line.order - 1];
  if (!before || line.row === own.hit.piece.segment.row) return false;
  return (
    Math.abs(before.bbox[0] - own.hit.piece.segment.bbox[0]) < 0.02 &&
    (announced.get(before) ?? []).length > 0
  );
}

function continuesAddress(lines: readonly Piece[], next: Piece): boolean {
  const text = textOf(next);
  const before = lines.at(-1);
  const open = before !== undefined && WRAPPED.test(textOf(before));
  if (HALF_CODE.test(text) || (open && /^\p{Lu}\D{2,30}$/u.test(text))) return true;
  if (text.length > 60 || /@|www\.|https?:/i.test(text)) return false;
  const complete = lines.some((line) => hasPostalCode(textOf(line)) || /\d{4,}/.test(textOf(line)));
  if (complete) return next.end - next.start < 30 && !/\d/.test(text) && looksLikeAddress(text);
  return looksLikeAddress(text) || /^[\p{Lu}\d]/u.test(text);
}
