import { foldText } from "../../model/fold.ts";
import { type Choice, hitsOf } from "./choices.ts";
import type { Reading } from "./reading.ts";
import { type Piece, readConfidence, type Segment } from "./view.ts";

/** Words of paying, folded, in the languages of the labels. */
const PAYING =
  /\b(?:pay|paid|payable|payment|remit|settle[d]?|transfer|due|uberweis\w*|zahl\w*|bezahl\w*|begleich\w*|fallig|payer|payable|paiement|regler|reglement|verser|pagar|pago|abonar|pagare|pagamento|versare|bonifico|betal\w*|voldoen|overmaken|maksa\w*|zaplat\w*|zaplac\w*|platn\w*|uhrad\w*|indbetal\w*|innbetal\w*|erlagt)\b/;
/** What leads to the last day of a payment, right before its date. */
const UNTIL =
  /(?:\b(?:until|till|by|before|on or before|no later than|not later than|latest(?: by)?|bis(?: zum| spatestens(?: zum)?)?|spatestens(?: am| bis(?: zum)?)?|avant(?: le)?|au plus tard(?: le)?|jusqu'au|antes del?|hasta el|a mas tardar el|entro(?: il)?|entro e non oltre il|ate(?: o dia| a)?|voor|uiterlijk(?: op)?|do(?: dnia)?|senest(?: den)?|senast(?: den)?|innen(?: den)?|viimeistaan)\s*:?\s*)$/;

/** The date in a sentence such as `Please remit until 2024-07-01` or `zu zahlen bis spätestens 3. Mai 2024`. */
export function dueInSentences(reading: Reading): Choice<string>[] {
  const found: Choice<string>[] = [];
  for (const [segment, dates] of reading.dates) {
    for (const date of dates) {
      const before = foldText(segment.text.slice(Math.max(0, date.piece.start - 90), date.piece.start));
      if (!UNTIL.test(before) || !PAYING.test(before) || DISCOUNT.test(foldText(segment.text))) continue;
      found.push({
        value: date.iso,
        pieces: [date.piece],
        score: 0.72 * (0.7 + 0.3 * readConfidence(date.piece)),
      });
    }
  }
  return found;
}

const DAYS = [
  /\bnet(?:to)?\s*-?\s*(\d{1,3})(?:\s*(?:days?|d|tage|dagar|dager|dage))?\b/,
  /\b(\d{1,3})\s*(?:calendar )?days?\b/,
  /\b(\d{1,3})\s*(?:kalender)?tage(?:n)?\b/,
  /\b(\d{1,3})\s*jours?\b/,
  /\b(\d{1,3})\s*(?:dias|giorni|gg\.?|dagen|dagar|dager|dage|dni|paivaa|pv|dnu)\b/,
];
/** Terms that no single day follows from: discounts, instalments, month's ends, working days. */
const DISCOUNT = /skonto|discount|escompte|sconto|korting|descuento|rabatt|kassarabatt|%/;
const UNCLEAR =
  /month|monat|mois|mese|mes\b|maand|miesiac|manad|maned|working|business|werktag|ouvr|habil|lavorativ|reminder|mahn|late|overdue|verzug|interest|zins|penal|return|retour|umtausch|complain|reklam|after (?:delivery|receipt)|nach (?:lieferung|erhalt|eingang)|reception|\bor\b|oder/;

/**
 * The day that terms such as `Net 30` or `payable within 14 days` give, counted from the document's date; null
 * unless just one number of days is stated.
 */
export function dueFromTerms(reading: Reading, issued: string): Choice<string> | null {
  const stated = new Map<number, Piece>();
  for (const segment of termSegments(reading)) {
    const folded = foldText(segment.text);
    if (folded.length !== segment.text.length || segment.text.length > 160) continue;
    if (DISCOUNT.test(folded) || UNCLEAR.test(folded)) return null;
    const match = DAYS.map((pattern) => pattern.exec(folded)).find((one) => one !== null);
    const days = Number(match?.[1]);
    if (!match || !(days >= 1 && days <= 120)) continue;
    const piece = { segment, start: match.index, end: match.index + match[0].length };
    if (!stated.has(days)) stated.set(days, piece);
  }
  const [only] = stated;
  if (!only || stated.size !== 1) return null;
  const value = addDays(issued, only[0]);
  return { value, pieces: [only[1]], score: 0.62 * (0.7 + 0.3 * readConfidence(only[1])) };
}

/** Segments that state terms of payment: labelled so, or a line that speaks of paying and of days. */
function termSegments(reading: Reading): Set<Segment> {
  const found = new Set<Segment>();
  for (const hit of hitsOf(reading, ["payment_terms"])) {
    const { segment } = hit.piece;
    if (hit.quality < 0.85 || reading.headerRows.has(segment.row)) continue;
    found.add(segment);
    const row = reading.view.rows[segment.row];
    const beside = row?.segments[segment.order + 1];
    const below = reading.view.rows[segment.row + 1]?.segments.find(
      (other) => Math.abs(other.bbox[0] - segment.bbox[0]) < 0.02 && other.page === segment.page,
    );
    if (beside) found.add(beside);
    if (below) found.add(below);
  }
  for (const segment of reading.view.segments) {
    const folded = foldText(segment.text);
    if (/\d/.test(folded) && PAYING.test(folded) && DAYS.some((pattern) => pattern.test(folded)))
      found.add(segment);
  }
  return found;
}

function addDays(iso: string, days: number): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
