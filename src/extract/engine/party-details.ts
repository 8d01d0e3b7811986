import { foldKey } from "../../model/fold.ts";
import type { LabelKey } from "../labels/label-key.ts";
import { hitsOf } from "./choices.ts";
import { findEmails, findPhones, phonesOf, findWebsites } from "./contacts.ts";
import type { LabelHit } from "./labels.ts";
import { namePart } from "./name-part.ts";
import { ownerOf } from "./owners.ts";
import { columnBelow } from "./parties.ts";
import { hasPostalCode, hasStreetWord, looksLikeAddress } from "./party-names.ts";
import { behindLabel, placesOf } from "./places.ts";
import type { Reading } from "./reading.ts";
import { findLabelledNumber, findTaxIds } from "./tax-ids.ts";
import { boxOf, type Piece, type Segment, textOf, trimPiece, wholePiece } from "./view.ts";

export interface Detail {
  readonly pieces: readonly Piece[];
  readonly value: string;
  readonly score: number;
}

/** Whose details are looked for: under which party's labels they stand, and whether unlabelled ones are theirs. */
export interface Owner {
  readonly label: "vendor" | "customer";
  readonly issuer: boolean;
}

const CONTACT_KEYS: readonly LabelKey[] = [
  "phone",
  "fax",
  "email",
  "website",
  "tax_id",
  "registration_number",
];
/** Letters of a number's end that may be a label themselves (`NO 123 456 789 MVA`). */
const TAX_TAIL = 5;
/** A part of a line that is an e-mail address, a site or a telephone number. */
const CONTACT_PART = /(?:^|\s*[•·●∙|,;–—-]\s+|\s{2,}|\s)(?:\S+@\S+\.\S|https?:|www\.|\+\d{1,3}[\s(/-])/iu;

/**
 * The address of who issued a document: under its name, under or behind the name where it is printed again, or in
 * the block that ends in the issuer's contacts.
 */
export function issuerAddress(reading: Reading, name: Piece, last: Piece): Detail | null {
  const below = addressBelow(reading, last);
  if (below) return below;
  const key = foldKey(textOf(name));
  for (const segment of reading.view.segments) {
    if (segment === name.segment || key.length < 4 || !foldKey(segment.text).startsWith(key)) continue;
    const part = namePart(wholePiece(segment));
    const again = foldKey(textOf(part)) === key ? addressBelow(reading, part) : null;
    if (again) return { ...again, score: again.score * 0.95 };
  }
  return addressOverContacts(reading);
}

/** The lines of an address right above the issuer's telephone, mail, site or tax number. */
function addressOverContacts(reading: Reading): Detail | null {
  for (const segment of reading.view.segments) {
    const contact =
      /@|www\./i.test(segment.text) ||
      (reading.labels.get(segment) ?? []).some(
        (hit) =>
          hit.quality >= 0.85 &&
          hit.piece.start < 3 &&
          (hit.keys.has("phone") || hit.keys.has("tax_id") || hit.keys.has("email")),
      );
    if (!contact || ownerOf(reading, wholePiece(segment)) === "customer") continue;
    const lines = addressLinesAbove(reading, segment);
    if (lines.length === 0) continue;
    const value = lines.map((piece) => textOf(piece).trim()).join(", ");
    return { pieces: lines, value: value.replace(/\s*[•·●∙|]\s*/g, ", "), score: 0.6 };
  }
  return null;
}

function addressLinesAbove(reading: Reading, from: Segment): Piece[] {
  const lines: Piece[] = [];
  let top = from.bbox[1];
  for (let index = from.row - 1; index >= 0 && lines.length < 4; index -= 1) {
    const row = reading.view.rows[index];
    if (!row || row.page !== from.page || top - row.bbox[3] > from.height * 1.6) break;
    const segment = row.segments.find(
      (one) =>
        Math.abs(one.bbox[0] - from.bbox[0]) < 0.01 ||
        Math.abs(one.bbox[2] - from.bbox[2]) < 0.01 ||
        Math.abs(one.bbox[0] + one.bbox[2] - from.bbox[0] - from.bbox[2]) < 0.015,
    );
    if (!segment) continue;
    const contact = /@|www\./i.test(segment.text) || endsAddress(reading, segment) !== null;
    if (contact && lines.length === 0) {
      top = segment.bbox[1];
      continue;
    }
    if (contact || !looksLikeAddress(segment.text)) break;
    lines.unshift(wholePiece(segment));
    top = segment.bbox[1];
  }
  return lines.some((piece) => hasPostalCode(textOf(piece))) ? lines : [];
}

/** The address under a name: from its first line of an address to its last. */
export function addressBelow(reading: Reading, name: Piece): Detail | null {
  const rest = trimPiece(
    { segment: name.segment, start: name.end, end: name.segment.text.length },
    /[\s,;:|•·●∙*–—()-]/,
  );
  const cut = rest.end - rest.start > 8 ? cutContacts(reading, withoutAttention(rest)) : null;
  const inline = cut && looksLikeAddress(textOf(cut)) ? [cut] : [];
  const lines: Piece[] = [...inline];
  let last = inline.length;
  const column = inline.length === 0 ? columnBelow(reading, name.segment, boxOf(name)[0], 7) : [];
  for (const [index, segment] of column.entries()) {
    const piece = cutContacts(reading, trimPiece(wholePiece(segment), /[\s,;|•·*]/));
    const ends = piece && hasPostalCode(textOf(piece)) ? null : endsAddress(reading, segment);
    if (ends === "skipped" && lines.length === 0) continue;
    if (ends !== null || !piece) break;
    const address = looksLikeAddress(textOf(piece)) || (lines.length > 0 && endsInShortCode(textOf(piece)));
    const town = column[index + 1];
    const over = /\d/.test(textOf(piece)) && town !== undefined && hasPostalCode(town.text);
    if (lines.length === 0 && !address && !over && !hasStreetWord(textOf(piece))) {
      if (segment.row - name.segment.row > 3) break;
      continue;
    }
    const before = lines[lines.length - 1];
    if (before && goesNoFurther(before, segment)) break;
    lines.push(piece);
    if (address || over) last = lines.length;
    if (lines.length >= 6) break;
  }
  const kept = lines.slice(0, last);
  if (kept.length === 0) return null;
  const value = kept
    .map((piece) =>
      textOf(piece)
        .trim()
        .replace(/\s*[•·●∙|]\s*/g, ", "),
    )
    .join(", ");
  return { pieces: kept, value, score: kept.length > 1 ? 0.75 : 0.6 };
}

/** What stands behind the person that a letter is for (`Attn: A. Smith, 5 High St`). */
function withoutAttention(piece: Piece): Piece {
  const person =
    /^(?:attn|att|attention|fao|c\/o|z\. ?hd?\.|zu händen|t\.a\.v\.|à l['’]attention|a la atención|alla c\.a\.|a\/c|do rąk|k rukám)[^,]{2,50},\s+(?=.*\d)/iu.exec(
      textOf(piece),
    );
  return person ? { ...piece, start: piece.start + person[0].length } : piece;
}

/** `Wellington 6011`: a town before its code tells little alone, and enough under a street. */
function endsInShortCode(text: string): boolean {
  return /^\p{Lu}[\p{L}\s.'-]{2,30},?\s\d{4}(?:,\s*\p{L}[\p{L}\s]+)?$/u.test(text.trim());
}

/** Whether a line is no part of an address: `skipped` when one may still follow (`Inh. M. Huber`). */
function endsAddress(reading: Reading, segment: Segment): "ended" | "skipped" | null {
  if (/@|www\.|https?:/i.test(segment.text)) return "ended";
  const hit = (reading.labels.get(segment) ?? []).find(
    (found) => found.quality >= 0.85 && found.piece.start < 3,
  );
  if (!hit) return null;
  if (hit.keys.has("registration_number") || hit.keys.has("tax_id")) return "skipped";
  if (looksLikeAddress(segment.text)) return null;
  return hit.keys.has("contact") || hit.keys.has("account_holder") ? "skipped" : "ended";
}

/** Whether an address has its town, and what follows stands apart or names another: no country, no line of it. */
function goesNoFurther(before: Piece, next: Segment): boolean {
  if (!hasPostalCode(textOf(before))) return false;
  return hasPostalCode(next.text) || next.bbox[1] - before.segment.bbox[3] > before.segment.height * 1.1;
}

/** Cuts a line of an address before a label or contact that stands in it (`Weg 1 Tel: 0123`, `Weg 1 · a@b.de`). */
function cutContacts(reading: Reading, piece: Piece): Piece | null {
  const hit = (reading.labels.get(piece.segment) ?? []).find(
    (found) =>
      found.piece.start > piece.start &&
      ((found.quality >= 0.5 && found.colon) ||
        (found.quality >= 0.5 && CONTACT_KEYS.some((key) => found.keys.has(key)))),
  );
  const contact = CONTACT_PART.exec(piece.segment.text.slice(piece.start));
  const end = Math.min(
    piece.end,
    hit?.piece.start ?? piece.end,
    contact ? piece.start + contact.index : piece.end,
  );
  const cut = trimPiece({ ...piece, end }, /[\s,;|•·*]/);
  return cut.end > cut.start ? cut : null;
}

/** Tax ids of a party, best first. */
export function findPartyTaxIds(reading: Reading, owner: Owner, name: Piece | null): Detail[] {
  const found: Detail[] = [];
  for (const hit of hitsOf(reading, ["tax_id", "customer_tax_id"])) {
    const named = hit.keys.has("customer_tax_id");
    const holder = named ? "customer" : ownerOf(reading, hit.piece);
    const weight =
      named && owner.label === "customer"
        ? 1
        : holder === owner.label
          ? 0.95
          : holder === null && owner.issuer && !named
            ? 0.85
            : 0;
    if (weight === 0 || (named && owner.label === "vendor")) continue;
    const detail = taxIdAt(reading, hit);
    if (detail) found.push({ ...detail, score: detail.score * weight });
  }
  for (const hit of hitsOf(reading, ["tax"])) {
    const formed = hit.keys.has("tax_id") ? null : taxIdAt(reading, hit);
    if (formed && findTaxIds(hit.piece.segment).length > 0 && owns(owner, ownerOf(reading, hit.piece)))
      found.push({ ...formed, score: formed.score * 0.9 });
  }
  if (owner.issuer) found.push(...unlabelledTaxIds(reading, owner));
  return mergeDetails(found.map((detail) => (standsUnder(name, detail) ? raised(detail) : detail)));
}

function owns({ label, issuer }: Owner, holder: Owner["label"] | null): boolean {
  return holder === null ? issuer : holder === label;
}

/** Whether a detail stands in the lines under a name: it is that party's. */
function standsUnder(name: Piece | null, detail: Detail): boolean {
  const [piece] = detail.pieces;
  if (!name || !piece || name.segment.page !== piece.segment.page) return false;
  const rows = piece.segment.row - name.segment.row;
  return rows >= 0 && rows <= 7 && Math.abs(piece.segment.bbox[0] - name.segment.bbox[0]) < 0.03;
}

function raised(detail: Detail): Detail {
  return { ...detail, score: detail.score + (1 - detail.score) * 0.5 };
}

function taxIdAt(reading: Reading, hit: LabelHit): Detail | null {
  for (const place of placesOf(reading, hit)) {
    if (place.relation === "above") continue;
    const own = findTaxIds(place.piece.segment).find(
      (piece) => piece.start >= place.piece.start - 1 && piece.end <= place.piece.end + TAX_TAIL,
    );
    const piece = own && own.start - place.piece.start < 30 ? own : findLabelledNumber(place.piece);
    if (!piece) continue;
    const formed = own === undefined ? 0.75 : 1;
    return { pieces: [piece], value: textOf(piece), score: hit.quality * place.weight * formed };
  }
  return null;
}

function unlabelledTaxIds(reading: Reading, owner: Owner): Detail[] {
  return reading.view.segments.flatMap((segment) =>
    findTaxIds(segment)
      .filter((piece) => owns(owner, ownerOf(reading, piece)))
      .map((piece) => ({ pieces: [piece], value: textOf(piece), score: 0.5 })),
  );
}

/** Numbers behind registration labels that are no tax ids. */
export function findRegistrations(reading: Reading): Detail[] {
  const found: Detail[] = [];
  for (const hit of hitsOf(reading, ["registration_number"])) {
    if (ownerOf(reading, hit.piece) === "customer") continue;
    const behind = behindLabel(reading, hit);
    const piece = behind ? findLabelledNumber(behind) : null;
    if (piece) found.push({ pieces: [piece], value: textOf(piece), score: 0.8 * hit.quality });
  }
  return mergeDetails(found);
}

const INTERNATIONAL = /^\(?\+\d/;

/** Telephone numbers of a party: labelled ones, or with an international prefix. */
export function findPartyPhones(reading: Reading, owner: Owner): Detail[] {
  const found: Detail[] = [];
  for (const hit of hitsOf(reading, ["phone"])) {
    if (!owns(owner, ownerOf(reading, hit.piece)) || hit.keys.has("fax")) continue;
    const place = placesOf(reading, hit).find(
      (candidate) => candidate.relation !== "above" && findPhones(candidate.piece).length > 0,
    );
    const piece = place ? findPhones(place.piece)[0] : undefined;
    if (place && piece && piece.start - place.piece.start < 12)
      found.push({ pieces: [piece], value: textOf(piece), score: hit.quality * place.weight * 0.95 });
  }
  for (const segment of reading.view.segments) {
    for (const piece of phonesOf(segment)) {
      if (!INTERNATIONAL.test(textOf(piece)) || isFax(reading, piece)) continue;
      if (owns(owner, ownerOf(reading, piece)))
        found.push({ pieces: [piece], value: textOf(piece), score: 0.55 });
    }
  }
  return mergeDetails(found);
}

function isFax(reading: Reading, piece: Piece): boolean {
  return (reading.labels.get(piece.segment) ?? []).some(
    (hit) => hit.keys.has("fax") && hit.piece.end <= piece.start && piece.start - hit.piece.end < 12,
  );
}

export function findPartyEmails(reading: Reading, owner: Owner, name: string | null): Detail[] {
  return contactsOf(reading, owner, name, findEmails);
}

export function findPartyWebsites(reading: Reading, owner: Owner, name: string | null): Detail[] {
  return contactsOf(reading, owner, name, findWebsites);
}

function contactsOf(
  reading: Reading,
  owner: Owner,
  name: string | null,
  find: (segment: Piece["segment"]) => readonly Piece[],
): Detail[] {
  const words = (name ?? "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= 4);
  const found: Detail[] = [];
  for (const segment of reading.view.segments) {
    for (const piece of find(segment)) {
      const holder = ownerOf(reading, piece);
      const agrees = words.some((word) => textOf(piece).toLowerCase().includes(word));
      const score = holder === owner.label ? 0.85 : holder === null && owner.issuer ? 0.65 : 0;
      if (score > 0)
        found.push({
          pieces: [piece],
          value: textOf(piece).replace(/\s/g, ""),
          score: agrees ? Math.min(0.95, score + 0.2) : score,
        });
    }
  }
  return mergeDetails(found);
}

function mergeDetails(details: readonly Detail[]): Detail[] {
  const merged = new Map<string, Detail>();
  for (const detail of [...details].sort((a, b) => b.score - a.score)) {
    const key = detail.value.replace(/[\s./-]/g, "").toUpperCase();
    const known = merged.get(key);
    if (!known) merged.set(key, detail);
    else merged.set(key, { ...known, score: known.score + (1 - known.score) * 0.15 });
  }
  return [...merged.values()].sort((a, b) => b.score - a.score);
}
