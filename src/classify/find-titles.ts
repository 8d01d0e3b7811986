import { foldText } from "../model/fold.ts";
import { repairLetters } from "../model/misread.ts";
import type { DocumentType } from "../model/extraction.ts";
import type { ParsedDocument, ParsedPage } from "../model/parsed.ts";
import type { HintsByType } from "../model/hints.ts";
import { TITLES } from "../model/titles.ts";
import { PAPER_TITLES } from "./paper-titles.ts";

export type AnyTitle = DocumentType | "other";

/** A title that a document bears. */
export interface Title {
  readonly kind: AnyTitle;
  readonly weight: number;
  readonly printed: string;
  /** How much of its line it is, 0..1. */
  readonly share: number;
  /** Whether it may as well be the label of a number that the paper refers to: "Delivery note no. 4711". */
  readonly label: boolean;
}

interface Known {
  readonly kind: AnyTitle;
  readonly text: string;
}

/** Titles made ready to be compared with what is printed: whole lines, and what lines begin with, the longest first. */
export interface TitleTable {
  readonly whole: ReadonlyMap<string, Known>;
  readonly long: readonly Known[];
}

/**
 * Titles of papers come first, so that the rest of the general list are those without a type of their own; of these,
 * hints take what is theirs.
 */
export function tabulateTitles(hints: HintsByType): TitleTable {
  const whole = new Map<string, Known>();
  const hinted = Object.entries(hints).map(([type, { titles }]) => [type, titles] as const);
  for (const [kind, titles] of [...Object.entries(PAPER_TITLES), ...Object.entries(TITLES), ...hinted]) {
    for (const title of titles) {
      const text = squeeze(title);
      // The keys of all lists are their kinds; Object.entries forgets it.
      if ((whole.get(text)?.kind ?? "other") === "other") whole.set(text, { kind: kind as AnyTitle, text });
    }
  }
  const longest = [...whole.values()].sort((a, b) => b.text.length - a.text.length);
  return { whole, long: longest.filter(({ text }) => text.length >= (DENSE.test(text) ? 3 : 5)) };
}

/** Writing of which two or three signs are a word. */
const DENSE = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Kana}]/u;

/** Compounds that end in a title (Handelsrechnung, Sammelfaktura). */
const TAILS: readonly (readonly [string, AnyTitle])[] = [
  ["rechnungskorrektur", "credit_note"],
  ["stornorechnung", "credit_note"],
  ["stromrechnung", "utility_bill"],
  ["gasrechnung", "utility_bill"],
  ["rechnung", "invoice"],
  ["faktura", "invoice"],
  ["factuur", "invoice"],
  ["lieferschein", "delivery_note"],
  ["auszug", "bank_statement"],
  ["afschrift", "bank_statement"],
  ["vertrag", "contract"],
  ["overeenkomst", "contract"],
  ["vollmacht", "legal_document"],
  ["befund", "medical_record"],
  ["szamla", "invoice"],
  ["发票", "invoice"],
  ["發票", "invoice"],
  ["請求書", "invoice"],
  ["領収書", "receipt"],
  ["注文書", "purchase_order"],
  ["合同", "contract"],
  ["契約書", "contract"],
];

/** Forms of any purpose are called forms: at the end in some languages (claim form), at the beginning in others. */
const FORM_LAST = /^(?:form|[a-z]*(?:formular|antrag|fragebogen|formulier|lomake|skjema|blankett|skema))$/;
const FORM_FIRST =
  /^(?:formulaire|formulario|modulo|formularz|formular|questionnaire|cuestionario|questionario)$/;

/** Titles on the first pages: a line of its own, large or high up, counts most; one title a kind. */
export function findTitles(parsed: ParsedDocument, table: TitleTable): Title[] {
  const best = new Map<AnyTitle, Title>();
  let plain = 0;
  for (const page of parsed.pages.slice(0, 2)) {
    const first = page === parsed.pages[0] ? 1 : 0.6;
    for (const title of titlesOf(page, table)) {
      const weight = title.weight * first;
      const known = best.get(title.kind);
      if (!title.label && title.kind !== "other") plain = Math.max(plain, weight);
      if (weight > 0.3 && (!known || known.weight < weight)) best.set(title.kind, { ...title, weight });
    }
  }
  return [...best.values()].map((title) =>
    title.label && plain >= PLAIN && plain > title.weight
      ? Object.assign({}, title, { weight: title.weight * REFERENCE })
      : title,
  );
}

/** From this weight on a title that stands by itself makes labels of the numbered ones beside it, and what is left of those. */
const PLAIN = 1.8;
const REFERENCE = 0.35;

/** Every line of a page that is or begins with a title. */
export function titlesOf(page: ParsedPage, table: TitleTable): (Title & { readonly top: number })[] {
  const found: (Title & { readonly top: number })[] = [];
  const usual = usualHeight(page);
  for (const line of page.lines) {
    const words = page.words.slice(line.words[0], line.words[1]);
    const read = words.map((word) => word.text).join(" ");
    const printed = page.source === "ocr" ? repairLetters(read) : read;
    const title = titleIn(printed, table);
    if (!title) continue;
    const height = Math.max(...words.slice(0, 2).map((word) => word.bbox[3] - word.bbox[1]));
    const large = Math.min(1.5, Math.max(0, height / usual - 1));
    const top = line.bbox[1];
    const high = top < 0.35 ? 0.6 : top < 0.6 ? 0.2 : -0.6;
    const weight = title.share * (1.5 + large + high);
    const { kind, share, label } = title;
    found.push({ kind, weight, printed: printed.slice(0, 40), share, label, top });
  }
  return found;
}

function squeeze(text: string): string {
  return foldText(text).replace(/[^\p{L}\p{N}]+/gu, "");
}

function usualHeight(page: ParsedPage): number {
  const heights = page.words.map((word) => word.bbox[3] - word.bbox[1]).sort((a, b) => a - b);
  return heights[heights.length >> 1] || 0.01;
}

/** The title a line is or begins with, and how much of the line it is (0..1). */
function titleIn(
  printed: string,
  { whole: known, long }: TitleTable,
): Pick<Title, "kind" | "share" | "label"> | null {
  if (printed.length > 90) return null;
  const whole = squeeze(printed);
  if (whole.length < (DENSE.test(whole) ? 2 : 3)) return null;
  const exact = known.get(whole.replace(/\d+/g, "")) ?? known.get(whole);
  if (exact) return { kind: exact.kind, share: 1, label: false };
  const words = foldText(printed)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  for (const [tail, kind] of TAILS) {
    if (words[0]?.endsWith(tail))
      return { kind, share: words.length <= 6 && /\d/.test(printed) ? 0.8 : 0.4, label: false };
  }
  if (words.length <= 6 && (FORM_LAST.test(words[words.length - 1] ?? "") || FORM_FIRST.test(words[0] ?? "")))
    return { kind: "form", share: 0.8, label: false };
  for (const { kind, text } of long) {
    if (!whole.startsWith(text) || !startsWithWords(words, text)) continue;
    const numbered = /\d/.test(printed);
    if (isLabel(words, text, numbered)) return null;
    const share = text.length / whole.length;
    const label = numbered && NUMBER_WORD.test(nextWord(words, text) ?? "");
    return { kind, share: numbered ? Math.max(0.55, share) : share * 0.7, label };
  }
  return null;
}

/** Words that make a label of the title before them: the date, the total or the address of such a paper. */
const OF_A_LABEL =
  /^(?:dates?|datum|dato|fecha|data|total|totals|amount|betrag|montant|importe|importo|line|note|period|address|adresse|anschrift|terms|to|an|by|via|value|currency|summary|details|type|ref|from)$/;
const NUMBER_WORD = /^(?:no|nr|num|number|nummer|numero|numer|n|id|cislo)$/;

/** Whether what follows the title says that the line is but a label: "Invoice date", or "Order no." without one. */
function isLabel(words: readonly string[], title: string, numbered: boolean): boolean {
  const next = nextWord(words, title);
  if (next === undefined) return false;
  return OF_A_LABEL.test(next) || (!numbered && NUMBER_WORD.test(next));
}

/** The word behind a title. */
function nextWord(words: readonly string[], title: string): string | undefined {
  let joined = "";
  return words.find((word) => {
    if (joined === title) return true;
    joined += word;
    return false;
  });
}

function startsWithWords(words: readonly string[], text: string): boolean {
  let joined = "";
  for (const word of words.slice(0, 6)) {
    joined += word;
    if (joined === text) return true;
    if (!text.startsWith(joined)) return false;
  }
  return false;
}
