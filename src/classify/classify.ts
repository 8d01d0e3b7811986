import type { Classification, DocumentType } from "../model/extraction.ts";
import { foldText } from "../model/fold.ts";
import { repairLetters } from "../model/misread.ts";
import type { ParsedDocument } from "../model/parsed.ts";
import type { StructuredKind } from "../model/structured.ts";
import { weighArithmetic } from "./arithmetic.ts";
import { BUSINESS_MARKS } from "./business-marks.ts";
import { type CompiledHints, NO_HINTS } from "./compile-hints.ts";
import { conclude } from "./conclude.ts";
import { CUES } from "./cues.ts";
import { type Evidence, MAX_CHARACTERS, PAGES } from "./evidence.ts";
import { type AnyTitle, findTitles } from "./find-titles.ts";
import type { Marks } from "./marks.ts";
import { bodyOf, isBusinessDocument, standsAlone } from "./message-document.ts";
import { PROSE_MARKS } from "./prose-marks.ts";
import { weighShape } from "./shape.ts";
import { findTaxForm } from "./tax-form.ts";
import { TRADE_WORDS } from "./trade-words.ts";
import { weighHeadings } from "./weigh-headings.ts";

const ALL_MARKS: readonly Marks[] = [...BUSINESS_MARKS, ...PROSE_MARKS];

/** Decides what a document is from its titles, its words and its shape; says why. Pure. */
export function classify(parsed: ParsedDocument, hints: CompiledHints = NO_HINTS): Classification {
  return (
    settledByStructure(parsed) ?? (parsed.message ? classifyMessage(parsed, hints) : weigh(parsed, hints))
  );
}

/** A message is an e-mail, unless nothing that counts is attached and its body is a business document itself. */
function classifyMessage(parsed: ParsedDocument, hints: CompiledHints): Classification {
  const body = standsAlone(parsed) ? bodyOf(parsed) : null;
  const weighed = body ? weigh(body, hints) : null;
  if (!body || !weighed || !isBusinessDocument(body, weighed)) {
    return certain("email", "has the headers of an e-mail");
  }
  return {
    ...weighed,
    reasons: ["is a message without attachments whose body is the document", ...weighed.reasons],
  };
}

function weigh(parsed: ParsedDocument, hints: CompiledHints): Classification {
  return conclude(gatherEvidence(parsed, hints));
}

/** All that the words and the look of a document say of its type, before it is weighed. */
export function gatherEvidence(parsed: ParsedDocument, hints: CompiledHints): Evidence[] {
  const text = foldText(
    parsed.pages
      .slice(0, PAGES)
      .map((page) => (page.source === "ocr" ? repairLetters(page.text) : page.text))
      .join("\n")
      .slice(0, MAX_CHARACTERS),
  );
  const found: Evidence[] = [];
  for (const { kind, weight, printed } of findTitles(parsed, hints.titles))
    found.push({ type: typeOf(kind), key: "title", weight, reason: `titled "${printed}"` });
  for (const { type, pattern, weight, reason } of CUES)
    if (pattern.test(text)) found.push({ type, key: reason, weight, reason });
  const said = new Said();
  for (const marks of [...ALL_MARKS, ...hints.marks])
    found.push(...weighMarks(marks, marks.weight >= 0.5 ? "own_words" : "usual_words", text, said));
  for (const marks of TRADE_WORDS) found.push(...weighMarks(marks, "trade_words", text, said));
  const titled = new Set(found.filter(({ key }) => key === "title").map(({ type }) => type));
  found.push(...weighHeadings(parsed).filter(({ type }) => !titled.has(type)));
  found.push(...weighShape(parsed, text), ...weighArithmetic(parsed));
  const business = (["invoice", "credit_note", "receipt", "purchase_order"] as const).some(
    (type) => weightOf(found, type) >= BUSINESS,
  );
  found.push(...weighForm(parsed, text, business));
  const silent = (["credit_note", "utility_bill"] as const).filter((type) => !speaksOf(found, type));
  const kept = found.filter(({ type, weight }) => weight < 0 || !silent.some((own) => own === type));
  return [...kept, ...weighKinds(kept)];
}

/** What only shape and sums tell. */
const WORDLESS: ReadonlySet<string> = new Set([
  "sums_close",
  "priced_rows",
  "tax_rate",
  "iban",
  "negative",
  "dense_amounts",
]);

/** Sums, rates and amounts below nought are those of any bill: for a kind of bill they speak beside words of its own alone. */
function speaksOf(found: readonly Evidence[], own: DocumentType): boolean {
  return found.some(({ type, key, weight }) => type === own && weight > 0 && !WORDLESS.has(key));
}

function weightOf(found: readonly Evidence[], type: DocumentType): number {
  return found.reduce((sum, evidence) => (evidence.type === type ? sum + evidence.weight : sum), 0);
}

/** Most words that a reason names. */
const NAMED = 4;

/** What has been counted for a type already: a phrase that stands in two lists says no more than in one. */
class Said {
  readonly #letters = new Map<DocumentType, Uint8Array>();

  /** Whether a stretch of the text is new for the type; it is not from then on. */
  isNew(type: DocumentType, start: number, { length }: string, text: string): boolean {
    let letters = this.#letters.get(type);
    if (!letters) this.#letters.set(type, (letters = new Uint8Array(text.length)));
    if (letters.subarray(start, start + length).some((counted) => counted === 1)) return false;
    letters.fill(1, start, start + length);
    return true;
  }
}

function weighMarks(
  { type, weight, most, pattern }: Marks,
  key: string,
  text: string,
  said: Said,
): Evidence[] {
  const words = new Set<string>();
  for (const { 0: word, index } of text.matchAll(pattern)) {
    if (!said.isNew(type, index, word, text)) continue;
    // What is numbered on (part 1, part 2) says the same once more.
    words.add(word.replace(/\s+/g, " ").replace(/\d+/g, "1").trim());
    if (words.size >= most) break;
  }
  if (words.size === 0) return [];
  const named = [...words].slice(0, NAMED).map((word) => `"${word}"`);
  return [
    {
      type,
      key,
      weight: weight * words.size,
      reason: `speaks of ${named.join(", ")}`,
    },
  ];
}

/** Kinds of a kind: what says that it corrects an invoice, or bills a supply, is first of all a bill, and speaks like one. */
const KINDS_OF = [
  { type: "credit_note", of: "invoice", from: 2, most: 2.5 },
  { type: "utility_bill", of: "invoice", from: 2.4, most: 5 },
  { type: "order_response", of: "purchase_order", from: 2, most: 3 },
] as const satisfies readonly { type: DocumentType; of: DocumentType; from: number; most: number }[];

/** What all bills show says nothing of which kind they are. */
const SHARED_KEYS: ReadonlySet<string> = new Set(["sums_close", "priced_rows", "tax_rate", "iban"]);

function weighKinds(found: readonly Evidence[]): Evidence[] {
  return KINDS_OF.flatMap(({ type, of, from, most }) => {
    const general = weightOf(found, of);
    const own = found.filter(({ key }) => !SHARED_KEYS.has(key));
    if (weightOf(own, type) < from || general <= 0) return [];
    return [{ type, key: "kind_of", weight: Math.min(most, general * 0.8), reason: null }];
  });
}

const STRUCTURED_TYPE = {
  invoice: "invoice",
  credit_note: "credit_note",
  order: "purchase_order",
  order_change: "purchase_order",
  order_cancellation: "purchase_order",
  order_response: "order_response",
  despatch_advice: "despatch_advice",
  application_response: "generic",
  catalogue: "generic",
} as const satisfies Record<StructuredKind, DocumentType>;

/** A structure that says what the document is leaves nothing to weigh. */
function settledByStructure(parsed: ParsedDocument): Classification | null {
  const [structured] = parsed.structured;
  if (structured) {
    const where = structured.attachment === null ? "is" : `carries ${structured.attachment},`;
    return certain(STRUCTURED_TYPE[structured.kind], `${where} ${structured.syntax} ${structured.kind}`);
  }
  if (parsed.container) return certain("archive", "holds other files and nothing else");
  return null;
}

function certain(type: DocumentType, reason: string): Classification {
  return { type, score: 1, scores: { [type]: 1 }, reasons: [reason] };
}

function typeOf(kind: AnyTitle): DocumentType {
  return kind === "other" ? "generic" : kind;
}

const OFFICIAL = /\bomb no\b|department of the treasury|internal revenue service|under penalties of perjury/;

/** What the words of a bill or an order weigh at least: its title, or its numbers and totals. */
const BUSINESS = 1.5;

/** A tax form is told by its heading and its own marks, any other form by how many of its fields are filled in. */
function weighForm(parsed: ParsedDocument, text: string, business: boolean): Evidence[] {
  const found: Evidence[] = [];
  const named = findTaxForm(parsed.pages.slice(0, PAGES), business);
  if (named !== null)
    found.push({ type: "form", key: "tax_form", weight: 14, reason: `is the form ${named}` });
  const filled = parsed.form_fields.filter(
    ({ kind, value }) => kind !== "button" && value !== null && value !== "unselected",
  ).length;
  if (parsed.form_fields.length <= 15 && filled < 6) return found;
  const weight = OFFICIAL.test(text) ? 7.5 : 3.5;
  return [...found, { type: "form", key: "fillable", weight, reason: "is a fillable form" }];
}
