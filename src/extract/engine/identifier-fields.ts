import { remainderOf97 } from "../../model/check-digits.ts";
import type { TitleKind } from "../../model/titles.ts";
import type { LabelKey } from "../labels/label-key.ts";
import { type Choice, hitsOf, mergeChoices } from "./choices.ts";
import { findIbans } from "./bank.ts";
import { findIdentifier } from "./identifiers.ts";
import { isNumberPrefix, type LabelHit } from "./labels.ts";
import { behindLabel, type Place, placesOf } from "./places.ts";
import { overlaps, type Reading } from "./reading.ts";
import { type Piece, readConfidence, textOf } from "./view.ts";

export interface IdentifierQuery {
  readonly keys: readonly LabelKey[];
  /** A title of this kind with an identifier behind it (`Invoice INV-7`) announces it too. */
  readonly titles?: readonly TitleKind[];
  /** Words without a digit count too, where the label is clear (`Your ref: J. Smith`). */
  readonly words?: boolean;
}

/** Identifiers that the document gives under the labels asked for, best first. */
export function findIdentifiers(reading: Reading, query: IdentifierQuery): Choice<string>[] {
  const choices: Choice<string>[] = [];
  for (const hit of hitsOf(reading, query.keys)) {
    if (reading.headerRows.has(hit.piece.segment.row)) continue;
    if (isBankAccount(reading, hit, query)) continue;
    if (query.titles?.some((kind) => hit.titles.has(kind))) choices.push(...signedBelow(reading, hit));
    for (const place of placesOf(reading, hit)) {
      const weight = place.relation === "above" ? 0.2 : place.weight;
      const own = query.keys.slice(1).some((key) => hit.keys.has(key)) ? 0.9 : 1;
      const score = hit.quality * weight * own * depthFactor(reading, hit);
      const choice = identifierAt(reading, hit, place.piece, score);
      if (choice && isLeitweg(choice.value) && query.keys[0] !== "buyer_reference") continue;
      if (choice) choices.push(choice);
      else if (query.words) choices.push(...wordsAt(reading, hit, place));
    }
  }
  if (query.titles) choices.push(...prefixed(reading, query.titles));
  if (query.titles) choices.push(...behindTitles(reading, query.titles, query.keys));
  return mergeChoices(choices, (value) => value.toUpperCase());
}

/** German administrations' address for invoices (Leitweg-ID): it names an office, never an order. */
function isLeitweg(value: string): boolean {
  return /^\d{2,12}-(?:[\dA-Z]{1,30}-)?\d{2}$/i.test(value) && remainderOf97(value.replaceAll("-", "")) === 1;
}

/** Whether `Account No` means the bank's: a bank's name, code or IBAN stands next to it. */
function isBankAccount(reading: Reading, hit: LabelHit, query: IdentifierQuery): boolean {
  return hit.keys.has("bank_account") && !query.keys.includes("bank_account") && standsAtBank(reading, hit);
}

/** Whether labels of a bank's details stand within three rows of a label. */
export function standsAtBank(reading: Reading, hit: LabelHit): boolean {
  const { segment } = hit.piece;
  return hitsOf(reading, ["bank", "iban", "bic", "routing"]).some(
    (other) =>
      other !== hit &&
      other.quality >= 0.66 &&
      other.piece.segment.page === segment.page &&
      Math.abs(other.piece.segment.row - segment.row) <= 3,
  );
}

function wordsAt(reading: Reading, hit: LabelHit, place: Place): Choice<string>[] {
  const value = textOf(place.piece).trim();
  const beside = place.relation === "same" || place.relation === "right";
  if (!beside || hit.quality < 0.9 || value.length < 3 || value.length > 40) return [];
  if (!/^\p{Lu}[\p{L}\s.'&/-]+$/u.test(value) || value.split(/\s+/).length > 5) return [];
  if ((reading.labels.get(place.piece.segment) ?? []).some((other) => other !== hit && other.quality > 0.6))
    return [];
  return [{ value, pieces: [place.piece], score: hit.quality * place.weight * 0.72 }];
}

const PREFIXES: Readonly<Partial<Record<TitleKind, RegExp>>> = {
  purchase_order: /(?<![\p{L}\d-])P\.?O\.?[-/#]\s?[A-Z\d][A-Z\d/-]*\d[A-Z\d]*(?![\p{L}\d-])/gu,
  invoice: /(?<![\p{L}\d-])INV[-/#]\s?[A-Z\d]*\d[A-Z\d/-]*(?![\p{L}\d-])/gu,
};

/** Numbers in the head of the first page whose own prefix says what they are (`PO-2024-17`, `INV-0042`). */
function prefixed(reading: Reading, kinds: readonly TitleKind[]): Choice<string>[] {
  const found: Choice<string>[] = [];
  for (const row of reading.view.rows) {
    if (row.page !== reading.view.rows[0]?.page || row.bbox[1] > 0.4) break;
    if (row.segments.some((segment) => (reading.money.get(segment) ?? []).some((one) => one.decimals === 2)))
      continue;
    for (const segment of row.segments) {
      for (const match of kinds.flatMap((kind) => [...segment.text.matchAll(PREFIXES[kind] ?? /(?!)/g)])) {
        const piece = { segment, start: match.index, end: match.index + match[0].length };
        const value = match[0].replace(/\/REV?$/, "");
        found.push({ value, pieces: [{ ...piece, end: piece.start + value.length }], score: 0.45 });
      }
    }
  }
  return found;
}

/** Numbers of the document stand at its head; a label far down is a payment slip's or a remark's. */
function depthFactor(reading: Reading, hit: LabelHit): number {
  const { page, bbox } = hit.piece.segment;
  if (page !== reading.view.rows[0]?.page) return 0.8;
  return bbox[1] < 0.5 ? 1 : 0.9;
}

function identifierAt(reading: Reading, hit: LabelHit, piece: Piece, score: number): Choice<string> | null {
  const found = findIdentifier(piece);
  if (!found) return null;
  const value = textOf(found);
  if (isTaken(reading, hit, found)) return null;
  let fit = 1;
  if (value.length < 3) fit = 0.6;
  if (/^\d{1,2}$/.test(value)) fit = 0.45;
  if (found.start - piece.start > 6) fit *= 0.7;
  return { value, pieces: [found], score: score * fit * (0.7 + 0.3 * readConfidence(found)) };
}

/** Whether the words are a date, another label, an IBAN or an amount with its currency. */
function isTaken(reading: Reading, hit: LabelHit, piece: Piece): boolean {
  const { segment } = piece;
  if ((reading.dates.get(segment) ?? []).some((date) => overlaps(date.piece, piece))) return true;
  if (findIbans(segment).some((iban) => iban.valid && overlaps(iban.piece, piece))) return true;
  if (
    (reading.money.get(segment) ?? []).some(
      (money) => money.currency !== null && overlaps(money.piece, piece),
    )
  )
    return true;
  return (reading.labels.get(segment) ?? []).some(
    (other) =>
      other !== hit &&
      !isNumberPrefix(other) &&
      other.quality >= 0.7 &&
      other.piece.start <= piece.start &&
      other.piece.end > piece.start,
  );
}

function behindTitles(
  reading: Reading,
  kinds: readonly TitleKind[],
  keys: readonly LabelKey[],
): Choice<string>[] {
  const choices: Choice<string>[] = [];
  for (const hits of reading.labels.values()) {
    for (const hit of hits) {
      if (!kinds.some((kind) => hit.titles.has(kind)) || keys.some((key) => hit.keys.has(key))) continue;
      choices.push(...signedBelow(reading, hit));
      const piece = behindLabel(reading, hit);
      const found = piece ? afterNumberSign(piece) : null;
      if (found) {
        const choice = identifierAt(reading, hit, found, 0.72 * Math.max(0.6, hit.quality));
        if (choice && choice.pieces[0] && choice.pieces[0].start - found.start < 3) choices.push(choice);
        continue;
      }
      for (const place of placesOf(reading, hit)) {
        if (place.relation === "above" || !hit.standalone) continue;
        const next = afterNumberSign(place.piece);
        const sign = next !== null && next.start > place.piece.start;
        const choice = next ? identifierAt(reading, hit, next, (sign ? 0.7 : 0.42) * place.weight) : null;
        if (choice) choices.push(choice);
      }
    }
  }
  return choices;
}

/** `N° : BC-7` in the two rows under a title, at its left edge. */
function signedBelow(reading: Reading, hit: LabelHit): Choice<string>[] {
  const { segment } = hit.piece;
  if (!hit.standalone) return [];
  return [1, 2].flatMap((step) => {
    const row = reading.view.rows[segment.row + step];
    const below = row?.page === segment.page ? row.segments : [];
    return below.flatMap((other) => {
      if (Math.abs(other.bbox[0] - segment.bbox[0]) > 0.02) return [];
      const next = afterNumberSign({ segment: other, start: 0, end: other.text.length });
      const choice = next && next.start > 0 ? identifierAt(reading, hit, next, 0.66) : null;
      return choice ? [choice] : [];
    });
  });
}

const NUMBER_SIGN =
  /^(?:n[or°ºr]?[.:°º]*|nr\.?|num(?:ber|mer|éro|ero)?\.?|#|№|č\.?)\s*[:.]?\s*(?=[\p{L}\d#])/iu;

/** Steps over `Nr.`, `No`, `#` at the head of a piece. */
function afterNumberSign(piece: Piece): Piece | null {
  const bracket = /^\s*\([^)]{1,12}\)\s*(?=\S)/.exec(textOf(piece))?.[0].length ?? 0;
  if (bracket > 0) return afterNumberSign({ ...piece, start: piece.start + bracket });
  const text = textOf(piece);
  const sign = NUMBER_SIGN.exec(text);
  const steps = sign && /[\d#]|[A-Z]/.test(text.charAt(sign[0].length)) ? sign[0].length : 0;
  return piece.end > piece.start + steps ? { ...piece, start: piece.start + steps } : null;
}
