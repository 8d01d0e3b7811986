import { matchesOf } from "../../model/matches.ts";
import { oncePerSegment } from "./once.ts";
import type { Piece, Segment } from "./view.ts";

const EU =
  "ATU\\d{8}|BE\\s?[01]\\d{3}[. ]?\\d{3}[. ]?\\d{3}|BG\\d{9,10}|CY\\d{8}[A-Z]|CZ\\d{8,10}|DE\\s?\\d{3}[ ./]?\\d{3}[ ./]?\\d{3}|DE\\d{11}|DK\\s?(?:\\d{2}\\s?){4}|EE\\d{9}|EL\\d{9}|ES[A-Z\\d]\\d{7}[A-Z\\d]|FI\\d{8}|FR\\s?[A-Z\\d]{2}\\s?\\d{3}\\s?\\d{3}\\s?\\d{3}|GB\\s?\\d{3}\\s?\\d{4}\\s?\\d{2}(?:\\s?\\d{3})?|HR\\d{11}|HU\\d{8}|IE\\d[A-Z\\d+*]\\d{5}[A-Z]{1,2}|IT\\s?\\d{11}|LT\\d{9,12}|LU\\d{8}|LV\\d{11}|MT\\d{8}|NL\\s?\\d{3}[. ]?\\d{3}[. ]?\\d{3}[. ]?B\\d{2}|PL\\s?\\d{3}-?\\d{3}-?\\d{2}-?\\d{2}|PT\\s?\\d{9}|RO\\d{2,10}|SE\\s?\\d{6}-?\\d{4}-?(?:01)?|SI\\d{8}|SK\\d{10}|CHE[- ]?\\d{3}\\.?\\d{3}\\.?\\d{3}(?:\\s?(?:MWST|TVA|IVA))?|NO\\s?\\d{3}\\s?\\d{3}\\s?\\d{3}\\s?MVA";
const PREFIXED = new RegExp(`(?<![\\p{L}\\d])(?:${EU})(?![\\p{L}\\d])`, "gu");
const INDIA = /(?<![\p{L}\d])\d{2}[A-Z]{5}\d{4}[A-Z][A-Z\d]Z[A-Z\d](?![\p{L}\d])/gu;
const BRAZIL = /(?<!\d)\d{2}\.\d{3}\.\d{3}\/\d{4}-\d{2}(?!\d)/gu;
const LABELLED =
  /^[\s:.#°º-]*([\dA-HJ-NPQRTUWXY]{2}\d{6}[\dA-HJ-NPQRTUWXY]{10}(?![A-Za-z\d])|(?:[A-Z]{1,4}[- ]?)?\d[\d\s./-]*\d(?:[- ]?[A-Z\d]{1,6}(?![a-z]))?|[A-Z]{1,4}\d[A-Z\d]{5,14}|[A-Z]-?\d{7,8}-?[A-Z]?)/;

/** Tax ids that their country's form alone gives away. */
export function findTaxIds(segment: Segment): readonly Piece[] {
  return /\d{2}/.test(segment.text) ? taxIdsOf(segment) : NONE;
}

const NONE: readonly Piece[] = [];
const taxIdsOf = oncePerSegment((segment): readonly Piece[] =>
  [PREFIXED, INDIA, BRAZIL].flatMap((pattern) =>
    matchesOf(segment.text, pattern).map((match) => ({
      segment,
      start: match.index,
      end: match.index + match[0].trimEnd().length,
    })),
  ),
);

/** The tax or registration number right behind a label: at least five characters, most of them digits. */
export function findLabelledNumber(piece: Piece): Piece | null {
  const text = piece.segment.text.slice(piece.start, piece.end);
  const match = LABELLED.exec(text);
  const printed = match?.[1]?.trim();
  if (!match || !printed) return null;
  const bare = printed.replace(/[\s./-]/g, "");
  if (bare.length < 5 || bare.length > 20 || bare.replace(/\D/g, "").length < 4) return null;
  const start = piece.start + match[0].length - match[0].replace(/^[\s:.#°º-]*/, "").length;
  return { segment: piece.segment, start, end: start + printed.length };
}
