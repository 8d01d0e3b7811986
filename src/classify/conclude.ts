import type { Classification, DocumentType } from "../model/extraction.ts";
import type { Evidence } from "./evidence.ts";

/** What a type begins with; a document of which nothing is known is generic. Types that only a structure tells are not among them. */
const START: Readonly<Partial<Record<DocumentType, number>>> = {
  invoice: 0,
  credit_note: 0,
  receipt: 0,
  purchase_order: 0,
  order_response: -0.5,
  delivery_note: -0.3,
  utility_bill: -0.5,
  bank_statement: -0.3,
  pay_stub: -0.5,
  contract: -0.3,
  legal_document: -0.5,
  medical_record: -0.5,
  id_document: -0.8,
  form: -0.3,
  generic: 1.6,
};

/**
 * What the weights are multiplied by before they become shares: fitted on 885 documents (real ones and drawn ones), so
 * that of those with a share of 0.9 nine in ten are right.
 */
const SHARPNESS = 2;

/** What a type begins with that is known by its definition's hints alone. */
const START_OF_HINTED = -0.3;

const MAX_REASONS = 5;

/** Weighs what was found: shares that make one, and the words for the type that has most. */
export function conclude(found: readonly Evidence[]): Classification {
  const scores: Partial<Record<DocumentType, number>> = { ...START };
  for (const { type, weight } of found) scores[type] = (scores[type] ?? START_OF_HINTED) + weight;
  const types = Object.keys(scores) as DocumentType[];
  const powers = types.map((type): [DocumentType, number] => [
    type,
    Math.exp(SHARPNESS * (scores[type] ?? 0)),
  ]);
  const sum = powers.reduce((total, [, power]) => total + power, 0);
  const shares = Object.fromEntries(
    powers.map(([type, power]) => [type, Math.round((power / sum) * 1000) / 1000]),
  );
  const [best] = powers.sort((a, b) => b[1] - a[1]);
  const type = best?.[0] ?? "generic";
  return { type, score: shares[type] ?? 0, scores: shares, reasons: reasonsFor(type, found) };
}

function reasonsFor(type: DocumentType, found: readonly Evidence[]): string[] {
  return found
    .filter((evidence) => evidence.type === type && evidence.weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .flatMap(({ reason }) => (reason === null ? [] : [reason]))
    .slice(0, MAX_REASONS);
}
