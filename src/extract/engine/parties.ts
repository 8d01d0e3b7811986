import { segmentKey } from "./segment-key.ts";
import { usualHeight } from "./usual-height.ts";
import { oncePerReading } from "./once.ts";
import { foldKey, foldText } from "../../model/fold.ts";
import type { PartyKey } from "../labels/label-key.ts";
import { hitsOf } from "./choices.ts";
import { findEmails, findWebsites } from "./contacts.ts";
import type { LabelHit } from "./labels.ts";
import { findWitnesses, isColumnLabel, isHeading, isListLabel, isSentence } from "./name-guards.ts";
import { hasLegalForm, hasPostalCode, looksLikeAddress, nameLikeness } from "./party-names.ts";
import { namePart } from "./name-part.ts";
import { ownerOf } from "./owners.ts";
import { behindLabel, placesOf } from "./places.ts";
import type { Reading } from "./reading.ts";
import { boxOf, type Piece, readConfidence, type Row, type Segment, textOf, wholePiece } from "./view.ts";

/** A party's name with where it stands and what speaks for it (0..1). */
export interface PartyName {
  readonly piece: Piece;
  readonly name: string;
  readonly score: number;
  /** Further lines of the same name. */
  readonly more?: readonly Piece[];
}

const SALUTATION =
  /^(?:herrn?|frau|firma|fa\.?|mr|mrs|ms|m|mme|mlle|sr|sra|sig|spett\.?le|egr|dhr|mevr|familie|an|to|à)\.?$/i;
/** A name that is addressed as one addresses a customer. */
const ADDRESSED =
  /^(?:herrn?|frau|familie|mr|mrs|ms|miss|dr|mme|mlle|m|messrs|sr|sra|sres|sig|sig\.ra|spett\.?(?:le|bile)?|egr|gent\.ma|dhr|mevr|pan|pani|an|to|à)\.?\s+\p{Lu}/iu;

/** Whether a piece can be a name at all: no label, title, date, amount or address. */
export function nameScore(reading: Reading, piece: Piece): number {
  const text = textOf(piece);
  const likeness = nameLikeness(text);
  if (likeness === 0) return 0;
  const { segment } = piece;
  if (isKey(reading, piece)) return 0;
  if (
    !hasLegalForm(text) &&
    (isHeading(text) || isSentence(text) || isListLabel(reading, piece) || isColumnLabel(reading, piece))
  )
    return 0;
  for (const hit of reading.labels.get(segment) ?? []) {
    const covered = Math.min(hit.piece.end, piece.end) - Math.max(hit.piece.start, piece.start);
    if (covered <= 0) continue;
    if (hit.colon && hit.piece.end >= piece.start) return 0;
    const share = covered / Math.max(1, text.length);
    if (share > 0.6 && !(hasLegalForm(text) && share < 0.95)) return 0;
    if (hit.piece.start <= piece.start && hit.quality >= 0.85 && share > 0.3 && !hasLegalForm(text))
      return likeness * 0.3;
  }
  if (
    (reading.dates.get(segment) ?? []).some(
      (date) => date.piece.start < piece.end && date.piece.end > piece.start,
    )
  )
    return 0;
  return likeness;
}

/** Whether a colon follows: whatever stands before it is a label, known or not. */
function isKey(reading: Reading, piece: Piece): boolean {
  if (/^\s*:/.test(piece.segment.text.slice(piece.end))) return true;
  const next = reading.view.rows[piece.segment.row]?.segments[piece.segment.order + 1];
  return next !== undefined && /^\s*:/.test(next.text);
}

const PARTY_KEYS: readonly PartyKey[] = ["vendor", "customer", "ship_to", "remit_to"];

/** The name under or behind a party's label: the first line there that can be one. */
export function nameAtLabel(reading: Reading, hit: LabelHit): PartyName | null {
  const behind = behindLabel(reading, hit);
  const loose = !hit.colon && !hit.standalone;
  if (loose && behind && !/^[\p{Lu}\d]/u.test(textOf(behind))) return null;
  if (behind) {
    const name = asName(reading, namePart(behind), (loose ? 0.62 : 0.95) * hit.quality);
    if (name) return name;
    if (!SALUTATION.test(textOf(behind).trim()) && nameLikeness(textOf(behind)) === 0 && !hit.colon)
      return null;
  }
  for (const place of placesOf(reading, hit)) {
    if (place.relation !== "right") continue;
    const name = asName(reading, namePart(place.piece), 0.9 * hit.quality * place.weight);
    if (name) return name;
  }
  let seen = 0;
  for (const segment of columnBelow(reading, hit.piece.segment, boxOf(hit.piece)[0], 7)) {
    if (startsOtherParty(reading, segment, hit)) return null;
    const own = nameLabelled(reading, segment);
    const name = asName(
      reading,
      own ?? namePart(wholePiece(segment)),
      (hit.standalone ? 0.92 : 0.7) * hit.quality,
    );
    if (name) return name;
    seen += 1;
    if (seen >= 4) return null;
  }
  return null;
}

/** `Name: Muster GmbH` inside a party's block. */
function nameLabelled(reading: Reading, segment: Segment): Piece | null {
  const match =
    /^\s*(?:name|firma|company|nom|nombre|nome|naam|nazwa|raison sociale|razón social|razao social|razão social|denominazione|(?:nome|nom|nombre|company|business|legal)\s*(?:\/\s*(?:razão social|raison sociale|razón social|empresa)|name))\s*:\s*(?=\S)/iu.exec(
      segment.text,
    );
  if (match) return namePart({ segment, start: match[0].length, end: segment.text.length });
  if (!/^\s*(?:name|firma|company|nom|naam|nazwa)\s*:\s*$/iu.test(segment.text)) return null;
  const next = reading.view.rows[segment.row]?.segments[segment.order + 1];
  return next ? namePart(wholePiece(next)) : null;
}

export function asName(reading: Reading, piece: Piece, weight: number): PartyName | null {
  const text = textOf(piece).trim();
  if (SALUTATION.test(text)) return null;
  const score = nameScore(reading, piece);
  if (score < 0.15) return null;
  return { piece, name: text, score: weight * (0.55 + 0.45 * score) * (0.6 + 0.4 * readConfidence(piece)) };
}

function startsOtherParty(reading: Reading, segment: Segment, own: LabelHit): boolean {
  return (reading.labels.get(segment) ?? []).some(
    (hit) =>
      hit !== own &&
      hit.quality >= 0.85 &&
      (hit.colon || hit.standalone) &&
      PARTY_KEYS.some((key) => hit.keys.has(key) && !own.keys.has(key)),
  );
}

/** The segments under a place, one a row, as long as the column goes on without a wide gap. */
export function columnBelow(reading: Reading, from: Segment, left: number, limit: number): Segment[] {
  const found: Segment[] = [];
  let bottom = from.bbox[3];
  let height = Math.max(from.height, 0.006);
  for (let index = from.row + 1; found.length < limit; index += 1) {
    const row = reading.view.rows[index];
    if (!row || row.page !== from.page) break;
    const next = nearestColumn(row, left, from.bbox[2]);
    if (!next) continue;
    if (next.bbox[1] - bottom > height * 2.4) break;
    found.push(next);
    bottom = next.bbox[3];
    height = Math.max(next.height, 0.006);
  }
  return found;
}

function nearestColumn(row: Row, left: number, right: number): Segment | undefined {
  const aligned = row.segments.find((segment) => Math.abs(segment.bbox[0] - left) < 0.025);
  return (
    aligned ??
    row.segments.find(
      (segment) => segment.bbox[0] < right && segment.bbox[2] > left && segment.bbox[0] > left - 0.12,
    )
  );
}

/** Candidates for who issued the document, best first. */
export const findVendors = oncePerReading(rankVendors);

function rankVendors(
  reading: Reading,
  vendorKeys: readonly PartyKey[],
  otherKeys: readonly PartyKey[],
): readonly PartyName[] {
  const others = otherKeys.flatMap((key) =>
    hitsOf(reading, [key]).flatMap((hit) => nameAtLabel(reading, hit) ?? []),
  );
  const otherNames = new Set(
    others.filter((other) => other.score > 0.55).map((other) => foldKey(other.name)),
  );
  const raw = [
    ...labelled(reading, vendorKeys, 1),
    ...labelled(reading, ["remit_to", "account_holder"], 0.85),
    ...(vendorKeys.includes("customer") ? labelled(reading, ["ship_to"], 0.5) : []),
    ...senderLines(reading),
    ...headerNames(reading),
    ...footerNames(reading),
    ...witnessed(reading),
  ];
  const domains = domainsOf(reading);
  return combine(raw)
    .map((party) => withScore(party, adjust(party, domains, otherNames, reading)))
    .sort((a, b) => b.score - a.score);
}

function withScore(party: PartyName, score: number): PartyName {
  return { ...party, score };
}

export function labelled(reading: Reading, keys: readonly PartyKey[], weight: number): PartyName[] {
  return hitsOf(reading, keys).flatMap((hit) => {
    if (reading.headerRows.has(hit.piece.segment.row)) return [];
    const name = nameAtLabel(reading, hit);
    return name ? [{ ...name, score: name.score * weight }] : [];
  });
}

/** The small line over an address window: `Muster GmbH • Weg 1 • 12345 Ort`. */
function senderLines(reading: Reading): PartyName[] {
  const found: PartyName[] = [];
  for (const row of reading.view.rows) {
    if (row.page !== reading.view.rows[0]?.page || row.bbox[1] > 0.45) continue;
    for (const segment of row.segments) {
      const parts = segment.text.split(/\s*[•·●|∙*]\s*|\s+[–—-]\s+|,\s+/);
      if (parts.length < 3 || !hasPostalCode(segment.text)) continue;
      const piece = namePart(wholePiece(segment));
      if (piece.end >= segment.text.length - 4) continue;
      const name = asName(reading, piece, 0.75);
      if (name) found.push(name);
    }
  }
  return found;
}

function headerNames(reading: Reading): PartyName[] {
  const found: PartyName[] = [];
  const first = reading.view.rows[0];
  if (!first) return found;
  const usual = usualHeight(reading);
  let rank = 0;
  for (const row of reading.view.rows) {
    if (row.page !== first.page || row.bbox[1] > 0.3 || rank > 14) break;
    for (const segment of row.segments) {
      const piece = namePart(wholePiece(segment));
      const likeness = nameScore(reading, piece);
      if (likeness < 0.2) continue;
      const large = Math.min(1, Math.max(0, segment.height / usual - 1));
      const base =
        0.22 + 0.3 * (likeness > 0.8 ? 1 : likeness - 0.2) + 0.16 * large + 0.2 * Math.max(0, 1 - rank / 6);
      const addressed = addressFollows(reading, segment) ? 0.12 : 0;
      found.push({
        piece,
        name: textOf(piece),
        score: Math.min(0.8, base + addressed) * (0.5 + 0.5 * readConfidence(piece)),
      });
    }
    rank += 1;
  }
  return found;
}

function addressFollows(reading: Reading, segment: Segment): boolean {
  return columnBelow(reading, segment, segment.bbox[0], 3).some((line) => looksLikeAddress(line.text));
}

function footerNames(reading: Reading): PartyName[] {
  const found: PartyName[] = [];
  for (const row of reading.view.rows) {
    if (row.bbox[1] < 0.82) continue;
    for (const segment of row.segments) {
      const piece = namePart(wholePiece(segment));
      if (!hasLegalForm(textOf(piece)) || nameScore(reading, piece) < 0.6) continue;
      found.push({ piece, name: textOf(piece), score: 0.45 });
    }
  }
  return found;
}

/** Names in signatures, copyright lines and thanks. */
function witnessed(reading: Reading): PartyName[] {
  return findWitnesses(reading).flatMap(({ piece, score }) => {
    const part = namePart(piece);
    return nameScore(reading, part) < 0.2 ? [] : [{ piece: part, name: textOf(part), score }];
  });
}

export function combine(parties: readonly PartyName[]): PartyName[] {
  const merged = new Map<string, PartyName>();
  for (const party of [...parties].sort((a, b) => b.score - a.score)) {
    const key = foldKey(party.name);
    if (key.length < 2) continue;
    const known = merged.get(key);
    if (!known) merged.set(key, party);
    else if (known.piece.segment !== party.piece.segment)
      merged.set(key, { ...known, score: known.score + (1 - known.score) * 0.45 * party.score });
  }
  return [...merged.values()];
}

const MAIL_HOSTS =
  /gmail|hotmail|outlook|yahoo|gmx|web\.de|t-online|icloud|live\.|orange\.|wanadoo|free\.fr|libero|localhost|example/;

function domainsOf(reading: Reading): string[] {
  const domains = new Set<string>();
  for (const segment of reading.view.segments) {
    for (const piece of findEmails(segment)) domains.add(foldText(textOf(piece)).split("@")[1]?.trim() ?? "");
    for (const piece of findWebsites(segment)) {
      domains.add(
        foldText(textOf(piece))
          .replace(/^https?:\/\//, "")
          .replace(/^www\./, "")
          .split("/")[0] ?? "",
      );
    }
  }
  return [...domains]
    .filter((domain) => domain.length > 4 && !MAIL_HOSTS.test(domain))
    .map((domain) => domain.split(".").slice(0, -1).join(""));
}

function adjust(
  party: PartyName,
  domains: readonly string[],
  otherNames: ReadonlySet<string>,
  reading: Reading,
): number {
  let { score } = party;
  const key = foldKey(party.name);
  const words = foldText(party.name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= 4);
  const core = (domain: string): string => foldKey(domain);
  const agrees = domains.some(
    (domain) =>
      core(domain).length >= 3 &&
      (key.includes(core(domain)) || words.slice(0, 2).some((word) => core(domain).includes(word))),
  );
  if (agrees) score += (1 - score) * 0.4;
  if (otherNames.has(key)) score *= 0.3;
  const { piece } = party;
  if (ADDRESSED.test(piece.segment.text.slice(0, piece.end))) score *= 0.35;
  if (isAddressee(reading, party.piece.segment)) score *= 0.55;
  if (ownerOf(reading, party.piece) === "customer") score *= 0.45;
  const repeated = reading.view.segments.filter(
    (segment) => segment !== party.piece.segment && segmentKey(segment) === key,
  ).length;
  if (repeated > 0 && key.length > 3) score += (1 - score) * 0.12;
  return score;
}

/** Whether a line heads an address that a customer's label or a sender line stands over. */
export function isAddressee(reading: Reading, segment: Segment): boolean {
  const over = alignedAbove(reading, segment);
  if (!over) return false;
  const salutation = SALUTATION.test(over.text.trim());
  const sender = over.text.split(/\s*[•·●|∙*]\s*|\s+[–—-]\s+|,\s+/).length >= 3 && hasPostalCode(over.text);
  return salutation || sender;
}

/** The nearest segment above that begins at the same place, at most five lines up. */
function alignedAbove(reading: Reading, segment: Segment): Segment | null {
  for (let index = segment.row - 1; index >= 0; index -= 1) {
    const row = reading.view.rows[index];
    if (!row || row.page !== segment.page || segment.bbox[1] - row.bbox[3] > segment.height * 5) return null;
    const over = row.segments.find((other) => Math.abs(other.bbox[0] - segment.bbox[0]) < 0.03);
    if (over) return over;
  }
  return null;
}
