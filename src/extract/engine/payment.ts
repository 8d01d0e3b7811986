import { foldText } from "../../model/fold.ts";
import type { Choice } from "./choices.ts";
import { hitsOf } from "./choices.ts";
import { repairDigits } from "../../model/misread.ts";
import type { Reading } from "./reading.ts";
import { readConfidence } from "./view.ts";

const TIME =
  /(?<![\d.:,/-])([01]?\d|2[0-3])[:.h]([0-5]\d)(?:[:.]([0-5]\d))?\s?([ap]\.?m\.?)?(?![\d:%]|[.,]\d)/gi;

/** Times of day as `HH:MM` or `HH:MM:SS`, those beside a date or a label first. */
export function findTime(reading: Reading): Choice<string>[] {
  const labelled = new Set(hitsOf(reading, ["time"]).map((hit) => hit.piece.segment.row));
  const found: Choice<string>[] = [];
  for (const segment of reading.view.segments) {
    const text = segment.page.source === "ocr" ? repairDigits(segment.text) : segment.text;
    for (const match of text.matchAll(TIME)) {
      const colon = /[:h]/.test(match[0]);
      const dates = reading.dates.get(segment) ?? [];
      if (!colon || dates.some((date) => date.piece.start <= match.index && date.piece.end > match.index))
        continue;
      const dated =
        reading.view.rows[segment.row]?.segments.some(
          (other) => (reading.dates.get(other) ?? []).length > 0,
        ) ?? false;
      const value = clock(match);
      const piece = { segment, start: match.index, end: match.index + match[0].trimEnd().length };
      const score = dated
        ? 0.9
        : labelled.has(segment.row)
          ? 0.85
          : match[3] !== undefined || match[4] !== undefined
            ? 0.55
            : 0.35;
      found.push({ value, pieces: [piece], score: score * (0.7 + 0.3 * readConfidence(piece)) });
    }
  }
  return found.sort((a, b) => b.score - a.score);
}

function clock(match: RegExpExecArray): string {
  let hour = Number(match[1]);
  const half = (match[4] ?? "").toLowerCase();
  if (half.startsWith("p") && hour < 12) hour += 12;
  if (half.startsWith("a") && hour === 12) hour = 0;
  const parts = [String(hour).padStart(2, "0"), match[2] ?? "00"];
  if (match[3] !== undefined) parts.push(match[3]);
  return parts.join(":");
}

const METHODS: readonly (readonly [RegExp, string])[] = [
  [/\bvisa\b/, "visa"],
  [/\bmaster ?card\b|\bmaster\b(?= *\d)/, "mastercard"],
  [/\bamex\b|\bamerican express\b/, "amex"],
  [/\bmaestro\b/, "maestro"],
  [/\bgirocard\b|\bec[- ]?karte\b|\bec[- ]?cash\b/, "girocard"],
  [/\bdebit(?: ?card)?\b|\bbankpas\b|\bdankort\b|\bbankkort\b/, "debit_card"],
  [/\bcredit ?card\b|\bkreditkarte\b|\bcarta di credito\b|\btarjeta de credito\b/, "credit_card"],
  [/\bpaypal\b/, "paypal"],
  [/\bapple pay\b/, "apple_pay"],
  [
    /\bcarte bancaire\b|\bcarte bleue\b|^cb$|^card\b(?= *[*x#])|\bcb\b(?= *(?:emv|sans|\*|\d+[.,]))|\btarjeta\b|\bbancomat\b|\bcartao\b|\bkarta platnicza\b|\bkortti\b/,
    "card",
  ],
  [
    /\bcash\b|\bbar\b(?= )|\bbarzahlung\b|\bespeces\b|\befectivo\b|\bcontant[ei]?\b|\bdinheiro\b|\bgotowka\b|\bkontant\b|\bkateinen\b|\bhotovost\b|\btunai\b|\bgegeben\b/,
    "cash",
  ],
];

/** What stands before the means of a payment: its label, or words that say it. */
const PAID_BY =
  /(?:paid (?:by|with|via|using)|pay(?:ment)? (?:by|method|type|mode|means)|tender(?: type)?|bezahlt mit|gezahlt mit|zahlungsart|zahlart|zahlungsmittel|pay[e]? par|regle par|mode de (?:paiement|reglement)|paiement par|pagado con|forma de pago|metodo de pago|pagato con|pagamento|forma de pagamento|betaald met|betaalwijze|zaplacono|betalt med|betald med|maksutapa)\s*:?\s*(?:card|karte|carte)?\s*$/;

/** How a receipt was paid, when one line names the means and an amount. */
export function findPaymentMethod(reading: Reading): Choice<string>[] {
  const found: Choice<string>[] = [];
  for (const segment of reading.view.segments) {
    if (segment.row < reading.view.rows.length * 0.25) continue;
    const folded = foldText(segment.text);
    if (folded.length !== segment.text.length) continue;
    for (const [pattern, value] of METHODS) {
      const match = pattern.exec(folded);
      if (!match || /cashier|cash (?:bill|sale|inv|receipt|memo|refund)|no cash|cash no/.test(folded))
        continue;
      const row = reading.view.rows[segment.row];
      const paid =
        row?.segments.some((other) =>
          (reading.money.get(other) ?? []).some((money) => money.decimals === 2),
        ) ?? false;
      const piece = { segment, start: match.index, end: match.index + match[0].length };
      const said = PAID_BY.test(folded.slice(0, match.index));
      const start = match.index < 3 || said ? 1 : 0.75;
      found.push({
        value,
        pieces: [piece],
        score: (paid || said ? 0.85 : 0.52) * start * (0.7 + 0.3 * readConfidence(piece)),
      });
      break;
    }
  }
  return found.sort((a, b) => b.score - a.score);
}

/** Bounded, and begun only where a mask begins: a ruled line of asterisks is none. */
const MASKED =
  /(?<![*xX#•.])[*xX#•.]{2}[*xX#•.\s-]{0,30}(?<=[*xX#•.][\s-]{0,4})(\d{4})(?!\d)|\b(?:ending in|account|card)\s*:?\s*#?\s*(\d{4})(?!\d)/g;

/** The last four digits of a masked card number. */
export function findCardDigits(reading: Reading): Choice<string>[] {
  const found: Choice<string>[] = [];
  for (const segment of reading.view.segments) {
    for (const match of segment.text.matchAll(MASKED)) {
      const value = match[1] ?? match[2];
      if (value === undefined || /\.{2,}\s*\d{4}/.test(match[0])) continue;
      const end = match.index + match[0].length;
      found.push({
        value,
        pieces: [{ segment, start: end - 4, end }],
        score: match[1] === undefined ? 0.6 : 0.8,
      });
    }
  }
  return found.sort((a, b) => b.score - a.score);
}
