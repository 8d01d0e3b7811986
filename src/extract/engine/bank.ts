import { matchesOf } from "../../model/matches.ts";
import { oncePerSegment } from "./once.ts";
import { remainderOf97 } from "../../model/check-digits.ts";
import { countrySpecs, isValidBIC, isValidIBAN } from "ibantools";
import type { Piece, Segment } from "./view.ts";

export interface PrintedIban {
  readonly piece: Piece;
  /** Without spaces. */
  readonly iban: string;
  /** Whether country, length and check digits are right (ISO 13616). */
  readonly valid: boolean;
}

const IBAN = /(?<![\p{L}\d])[A-Z]{2}\d{2}(?:[ ]?[A-Z\d]{1,4}){2,9}(?![\p{L}\d])/gu;
const BIC = /(?<![\p{L}\d])[A-Z]{4}[A-Z]{2}[A-Z\d]{2}(?:[A-Z\d]{3})?(?![\p{L}\d])/gu;

/** IBANs of a segment: valid ones anywhere, others only where a label announces them. */
export function findIbans(segment: Segment): readonly PrintedIban[] {
  return /\d{2}/.test(segment.text) ? ibansOf(segment) : NONE;
}

const NONE: readonly PrintedIban[] = [];
const ibansOf = oncePerSegment((segment): readonly PrintedIban[] => {
  const found: PrintedIban[] = [];
  for (const match of matchesOf(segment.text, IBAN)) {
    const words = match[0].split(" ");
    for (let count = words.length; count > 0; count -= 1) {
      const printed = words.slice(0, count).join(" ");
      const iban = printed.replace(/ /g, "");
      const valid = isValidIBAN(iban) || hasCheckDigits(iban);
      if (!valid && count > 1) continue;
      const whole = valid ? printed : match[0];
      const bare = whole.replace(/ /g, "");
      if (bare.length < 15 || bare.length > 34 || !/^[A-Z]{2}\d{2}/.test(bare)) break;
      if (!valid && bare.replace(/\D/g, "").length < 8) break;
      found.push({
        piece: { segment, start: match.index, end: match.index + whole.length },
        iban: bare,
        valid,
      });
      break;
    }
  }
  return found;
});

/**
 * Whether country, length and check digits are right (ISO 13616), whatever the check digits inside a national
 * account number are: some banks never had them.
 */
function hasCheckDigits(iban: string): boolean {
  if (countrySpecs[iban.slice(0, 2)]?.chars !== iban.length) return false;
  return remainderOf97(iban.slice(4) + iban.slice(0, 4)) === 1;
}

/** BICs by their form (ISO 9362); words of eight capitals are many, so a label has to stand near. */
export function findBics(piece: Piece): Piece[] {
  const text = piece.segment.text.slice(piece.start, piece.end);
  return matchesOf(text, BIC)
    .filter((match) => isValidBIC(match[0]))
    .map((match) => ({
      segment: piece.segment,
      start: piece.start + match.index,
      end: piece.start + match.index + match[0].length,
    }));
}
