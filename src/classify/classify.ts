import type { Classification, DocumentType } from "../model/extraction.ts";
import { foldText } from "../model/fold.ts";
import { repairLetters } from "../model/misread.ts";
import type { ParsedDocument, ParsedPage } from "../model/parsed.ts";
import type { StructuredKind } from "../model/structured.ts";
import { TITLES, type TitleKind } from "../model/titles.ts";
import { CUES } from "./cues.ts";
import { bodyOf, isBusinessDocument, standsAlone } from "./message-document.ts";
import { findTaxForm } from "./tax-form.ts";

type Scores = Record<DocumentType, number>;

/** Pages that are looked at: a long document says what it is at its beginning. */
const PAGES = 3;
const MAX_CHARACTERS = 20_000;

const SQUEEZED: readonly { readonly kind: TitleKind; readonly text: string }[] = (
  Object.keys(TITLES) as TitleKind[]
)
  .flatMap((kind) => TITLES[kind].map((title) => ({ kind, text: squeeze(title) })))
  .sort((a, b) => b.text.length - a.text.length);

/** Compounds that end in a title (Handelsrechnung, Sammelfaktura). */
const TAILS: readonly (readonly [string, TitleKind])[] = [
  ["rechnungskorrektur", "credit_note"],
  ["stornorechnung", "credit_note"],
  ["rechnung", "invoice"],
  ["faktura", "invoice"],
  ["factuur", "invoice"],
];

/** Decides what a document is from its titles, its words and its shape; says why. Pure. */
export function classify(parsed: ParsedDocument): Classification {
  return settledByStructure(parsed) ?? (parsed.message ? classifyMessage(parsed) : weigh(parsed));
}

/** A message is an e-mail, unless nothing that counts is attached and its body is a business document itself. */
function classifyMessage(parsed: ParsedDocument): Classification {
  const body = standsAlone(parsed) ? bodyOf(parsed) : null;
  const weighed = body ? weigh(body) : null;
  if (!body || !weighed || !isBusinessDocument(body, weighed)) {
    return certain("email", "has the headers of an e-mail");
  }
  return {
    ...weighed,
    reasons: ["is a message without attachments whose body is the document", ...weighed.reasons],
  };
}

function weigh(parsed: ParsedDocument): Classification {
  const scores: Partial<Scores> & typeof START = { ...START };
  const reasons: { type: DocumentType; weight: number; text: string }[] = [];
  const add = (type: DocumentType, weight: number, text: string): void => {
    scores[type] = (scores[type] ?? 0) + weight;
    reasons.push({ type, weight, text });
  };
  const text = foldText(
    parsed.pages
      .slice(0, PAGES)
      .map((page) => (page.source === "ocr" ? repairLetters(page.text) : page.text))
      .join("\n")
      .slice(0, MAX_CHARACTERS),
  );
  for (const title of findTitles(parsed)) add(typeOf(title.kind), title.weight, `titled "${title.printed}"`);
  for (const cue of CUES) if (cue.pattern.test(text)) add(cue.type, cue.weight, cue.reason);
  weighShape(parsed, text, add);
  const { invoice, credit_note, receipt, purchase_order } = scores;
  weighForm(parsed, text, Math.max(invoice, credit_note, receipt, purchase_order) >= BUSINESS, add);
  settleCreditNote(scores);
  return conclude(scores, reasons);
}

/** What the words begin with; types that only a structure tells are not among them. */
const START = { invoice: 0, credit_note: 0, receipt: 0, purchase_order: 0, generic: 1.1 };

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

function typeOf(kind: TitleKind): DocumentType {
  return kind === "other" ? "generic" : kind;
}

function squeeze(text: string): string {
  return foldText(text).replace(/[^\p{L}\p{N}]+/gu, "");
}

interface Title {
  readonly kind: TitleKind;
  readonly weight: number;
  readonly printed: string;
}

/** Titles on the first pages: a line of its own, large or high up, counts most; one title a kind. */
function findTitles(parsed: ParsedDocument): Title[] {
  const best = new Map<TitleKind, Title>();
  for (const page of parsed.pages.slice(0, 2)) {
    const usual = usualHeight(page);
    for (const line of page.lines) {
      const words = page.words.slice(line.words[0], line.words[1]);
      const read = words.map((word) => word.text).join(" ");
      const printed = page.source === "ocr" ? repairLetters(read) : read;
      const found = titleIn(printed);
      if (!found) continue;
      const height = Math.max(...words.slice(0, 2).map((word) => word.bbox[3] - word.bbox[1]));
      const large = Math.min(1.5, Math.max(0, height / usual - 1));
      const high = line.bbox[1] < 0.35 ? 0.6 : line.bbox[1] < 0.6 ? 0.2 : -0.6;
      const first = page === parsed.pages[0] ? 1 : 0.6;
      const weight = found.share * (1.5 + large + high) * first;
      const known = best.get(found.kind);
      if (weight > 0.3 && (!known || known.weight < weight))
        best.set(found.kind, { kind: found.kind, weight, printed: printed.slice(0, 40) });
    }
  }
  return [...best.values()];
}

function usualHeight(page: ParsedPage): number {
  const heights = page.words.map((word) => word.bbox[3] - word.bbox[1]).sort((a, b) => a - b);
  return heights[heights.length >> 1] || 0.01;
}

/** The title a line is or begins with, and how much of the line it is (0..1). */
function titleIn(printed: string): { kind: TitleKind; share: number } | null {
  if (printed.length > 90) return null;
  const whole = squeeze(printed);
  if (whole.length < 3) return null;
  const bare = whole.replace(/\d+/g, "");
  for (const { kind, text } of SQUEEZED) {
    if (bare === text || whole === text) return { kind, share: 1 };
  }
  const words = foldText(printed)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  for (const [tail, kind] of TAILS) {
    if (words[0]?.endsWith(tail)) return { kind, share: words.length <= 6 && /\d/.test(printed) ? 0.8 : 0.4 };
  }
  for (const { kind, text } of SQUEEZED) {
    if (text.length < 5 || !startsWithWords(words, text)) continue;
    const share = text.length / whole.length;
    const numbered = /\d/.test(printed);
    return { kind, share: numbered ? Math.max(0.55, share) : share * 0.7 };
  }
  return null;
}

function startsWithWords(words: readonly string[], text: string): boolean {
  let joined = "";
  for (const word of words.slice(0, 5)) {
    joined += word;
    if (joined === text) return true;
    if (!text.startsWith(joined)) return false;
  }
  return false;
}

/** What a page's form says: a strip of paper, money at all, running prose. */
function weighShape(
  parsed: ParsedDocument,
  text: string,
  add: (type: DocumentType, weight: number, text: string) => void,
): void {
  const [page] = parsed.pages;
  const scanned = page?.source === "ocr";
  const amounts = text.match(scanned ? /\d\s?[.,]\s?\d{2}(?!\d)/g : /\d[.,]\d{2}(?!\d)/g)?.length ?? 0;
  const words = text.split(/\s+/).length;
  const strip = page !== undefined && amounts >= 2 && page.height > page.width * (scanned ? 1.5 : 1.9);
  const narrow = strip && page.height > page.width * 1.75;
  if (strip) add("receipt", scanned ? (narrow ? 2 : 1.2) : 0.7, "is a strip of paper");
  else if (scanned && amounts >= 2 && words < 160 && parsed.pages.length === 1)
    add("receipt", 0.6, "is short and scanned");
  if (amounts === 0) add("generic", scanned ? 1 : 1.8, "shows no amounts");
  else if (words / amounts > 250) add("generic", 1.2, "is mostly prose");
  if (/\b\d{1,2}:\d{2}(?::\d{2})?\s*(?:am|pm)?\b/.test(text) && amounts > 0 && words < 350)
    add("receipt", 0.4, "shows a time of day");
  if (
    /\btotal\b|\bsumme\b|gesamt|\btotale\b|\btotaal\b|\brazem\b|\bcelkem\b|yhteensa|\bsumma\b|i alt\b|\bjumlah\b/.test(
      text,
    ) &&
    amounts > 1
  ) {
    add("receipt", 0.3, "shows a total");
    add("invoice", 0.4, "shows a total");
    add("purchase_order", 0.2, "shows a total");
  }
}

const OFFICIAL = /\bomb no\b|department of the treasury|internal revenue service|under penalties of perjury/;

/** What the words of a bill or an order weigh at least: its title, or its numbers and totals. */
const BUSINESS = 1.5;

/** A tax form is told by its heading and its own marks, any other form by how many of its fields are filled in. */
function weighForm(
  parsed: ParsedDocument,
  text: string,
  business: boolean,
  add: (type: DocumentType, weight: number, text: string) => void,
): void {
  const named = findTaxForm(parsed.pages.slice(0, PAGES), business);
  if (named !== null) add("form", 14, `is the form ${named}`);
  const filled = parsed.form_fields.filter(
    ({ kind, value }) => kind !== "button" && value !== null && value !== "unselected",
  ).length;
  if (parsed.form_fields.length <= 15 && filled < 6) return;
  add("form", OFFICIAL.test(text) ? 7.5 : 3.5, "is a fillable form");
}

/** A credit note speaks of the invoice that it corrects: its own title outweighs the invoice's words. */
function settleCreditNote(scores: typeof START): void {
  if (scores.credit_note >= 2) scores.credit_note += Math.min(2.5, scores.invoice * 0.8);
}

function conclude(
  scores: Partial<Scores>,
  reasons: readonly { type: DocumentType; weight: number; text: string }[],
): Classification {
  const types = Object.keys(scores) as DocumentType[];
  const powers = types.map((type): [DocumentType, number] => [type, Math.exp(scores[type] ?? 0)]);
  const sum = powers.reduce((total, [, power]) => total + power, 0);
  const shares = Object.fromEntries(
    powers.map(([type, power]) => [type, Math.round((power / sum) * 1000) / 1000]),
  );
  const [best] = powers.sort((a, b) => b[1] - a[1]);
  const type = best?.[0] ?? "generic";
  const own = reasons.filter((reason) => reason.type === type).sort((a, b) => b.weight - a.weight);
  return {
    type,
    score: shares[type] ?? 0,
    scores: shares,
    reasons: own.slice(0, 5).map((reason) => reason.text),
  };
}
