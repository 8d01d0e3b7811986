import { findIbans } from "./bank.ts";
import { findEmails, phonesOf, findWebsites } from "./contacts.ts";
import { moneyString } from "./money.ts";
import { overlaps, type Reading } from "./reading.ts";
import { findTaxIds } from "./tax-ids.ts";
import { type Piece, readConfidence, type Segment, textOf } from "./view.ts";

export const ENTITY_KINDS = ["date", "money", "email", "url", "phone", "iban", "tax_id"] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** Something that tells its kind by its form alone, with its value normalised where the kind has a norm. */
export interface Entity {
  readonly kind: EntityKind;
  readonly value: string;
  /** ISO 4217 or the printed sign of an amount; null for none and for other kinds. */
  readonly currency: string | null;
  readonly piece: Piece;
  /** 0..1 */
  readonly confidence: number;
}

/** Most entities that are given of a document. */
export const MAX_ENTITIES = 500;

/** Dates, amounts, addresses of mail and web, telephone numbers and bank accounts, in reading order. */
export function findEntities(reading: Reading): Entity[] {
  const found: Entity[] = [];
  for (const segment of reading.view.segments) {
    if (found.length >= MAX_ENTITIES) break;
    found.push(...segmentEntities(segment, reading).toSorted((a, b) => a.piece.start - b.piece.start));
  }
  return found.slice(0, MAX_ENTITIES);
}

/** The entities of a segment; a piece belongs to the first kind that claims it. */
function segmentEntities(segment: Segment, reading: Reading): Entity[] {
  const found: Entity[] = [];
  const add = (
    kind: EntityKind,
    piece: Piece,
    value: string,
    sure: number,
    currency: string | null = null,
  ): void => {
    if (value === "" || found.some((other) => overlaps(other.piece, piece))) return;
    found.push({ kind, value, currency, piece, confidence: sure * readConfidence(piece) });
  };
  for (const piece of findEmails(segment)) add("email", piece, textOf(piece).replace(/\s/gu, ""), 0.95);
  for (const piece of findWebsites(segment)) add("url", piece, textOf(piece), 0.9);
  for (const { piece, iban, valid } of findIbans(segment)) if (valid) add("iban", piece, iban, 0.97);
  for (const piece of findTaxIds(segment)) add("tax_id", piece, textOf(piece), 0.8);
  for (const date of reading.dates.get(segment) ?? [])
    add("date", date.piece, date.iso, date.certain ? 0.92 : 0.7);
  for (const money of reading.money.get(segment) ?? []) {
    if (money.decimals < 2 && money.currency === null) continue;
    add(
      "money",
      money.piece,
      moneyString(money.units, money.decimals),
      money.currency ? 0.9 : 0.75,
      money.currency,
    );
  }
  for (const piece of phonesOf(segment)) {
    if (isPhone(segment, piece)) add("phone", piece, textOf(piece).trim(), 0.75);
  }
  return found;
}

/** A row of digits is a telephone number only with a plus sign or when a word announces it. */
function isPhone(segment: Segment, piece: Piece): boolean {
  if (textOf(piece).trimStart().startsWith("+")) return true;
  const before = segment.text.slice(Math.max(0, piece.start - 16), piece.start);
  return /(?:tel|t[ée]l|phone|fon|fax|mobil|mob|cell|ph|telefon|telefoon)[\p{L}]*[\s.:/no°]*$/iu.test(before);
}
