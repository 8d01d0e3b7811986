import type { Classification, DocumentType } from "../model/extraction.ts";
import { foldText } from "../model/fold.ts";
import type { ParsedDocument, ParsedPage } from "../model/parsed.ts";
import { placeHeaders } from "../model/printed-headers.ts";

/** Types that a message may itself be, when nothing attached to it is a document. */
const BUSINESS: ReadonlySet<DocumentType> = new Set(["invoice", "credit_note", "receipt", "purchase_order"]);
/**
 * Share of the scores from which a body is taken for a business document: mails say less than papers do, and what is
 * asked of them beside it is what talk about a document lacks.
 */
const SURE = 0.55;

/** What a message is says its beginning. */
const MAX_CHARACTERS = 20_000;

/** A line that ends in a sum, or is one: what prose does not do twice. */
const SUM_LINE =
  /^.{0,100}(?<![\d.,/-])-?(?:[^\d\s]{1,3} ?)?\d{1,3}(?:[.,' ]?\d{3})*[.,]\d{2}(?: ?(?:[$€£¥%]|[a-z]{1,3}))?(?: [a-z*])?$/gm;
/** A line of few words that states what has to be paid or was paid; its sum stands in it or below it. */
const TOTAL =
  /^(?=.{0,70}$).{0,25}\b(?:(?:grand |order |invoice )?total|amount (?:due|paid|charged)|balance due|summe|gesamt(?:betrag|summe|preis)?|rechnungsbetrag|endbetrag|zu zahlen(?:der betrag)?|montant (?:total|ttc|du)|net a payer|totale?|importe total|totaal|te betalen|razem|do zaplaty|celkem|yhteensa|summa|att betala|i alt|a pagar)\b[^\d\n]{0,40}(?:\n[^\d\n]{0,12})?\d/m;
/** A number by which the document is known. */
const NUMBERED =
  /\b(?:invoice|order|receipt|confirmation|transaction|booking|rechnung|bestell|auftrag|beleg|quittung|facture|commande|recu|fattura|ordine|factura|pedido|factuur|faktura|ordre|bestelling|p\.?o\.?)[\s-]*(?:s?(?:nummer|nr|no|num|number|id|ref(?:erence)?|numero|#)\b\.?)?\s*[:#.]*\s*(?:no\.? ?|nr\.? ?|#)?[a-z]{0,6}[-/]?\d[\w/-]{2,}/;

/** Lines that begin what somebody else wrote: a reply's or a forwarded message's head. */
const QUOTED_HEAD =
  /^(?:-{2,}\s*(?:original message|forwarded message|ursprungliche nachricht|weitergeleitete nachricht|message (?:d'origine|transfere)|mensaje original|messaggio originale|oorspronkelijk bericht).*|begin forwarded message:|_{10,}|on .{5,120} wrote:|am .{5,120} schrieb.{0,80}:|le .{5,120} a ecrit ?:|el .{5,120} escribio:|il .{5,120} ha scritto:|op .{5,120} schreef.{0,80}:|(?:from|von|de|da|van|fra|fran): .*@.*)$/;

/**
 * The message's own words as a document: without its headers, and without what is quoted from earlier messages.
 * Null when nothing of it is its own.
 */
export function bodyOf(parsed: ParsedDocument): ParsedDocument | null {
  const { message } = parsed;
  const placed = message ? placeHeaders(parsed.pages, message) : null;
  if (!placed) return null;
  const pages: ParsedPage[] = [];
  for (const page of parsed.pages) {
    if (page.number < placed.body.page) continue;
    const from = page.number === placed.body.page ? placed.body.word : 0;
    const { page: own, ended } = ownLines(page, from);
    if (own) pages.push(own);
    if (ended) break;
  }
  return pages.length === 0 ? null : { ...parsed, message: null, members: [], pages };
}

/** A page of the lines from a word on, to where a quotation begins. Positions in the page's words stay. */
function ownLines(page: ParsedPage, fromWord: number): { page: ParsedPage | null; ended: boolean } {
  const texts: string[] = [];
  const lines: ParsedPage["lines"] = [];
  let ended = false;
  for (const line of page.lines) {
    if (line.words[0] < fromWord) continue;
    const text = page.text.slice(line.span[0], line.span[0] + line.span[1]);
    if (/^\s*>/.test(text)) continue;
    if (QUOTED_HEAD.test(foldText(text).trim())) {
      ended = true;
      break;
    }
    texts.push(text);
    lines.push(line);
  }
  return { page: lines.length === 0 ? null : { ...page, text: texts.join("\n"), lines }, ended };
}

/** Whether nothing attached to a message is a document: then the message itself may be one. */
export function standsAlone(parsed: ParsedDocument): boolean {
  return parsed.members.every(({ outcome }) => outcome === "set_aside");
}

/**
 * Whether a body that was scored like any document is a business document: the score is high, and the body itself
 * has what such a document cannot lack, a number of its own, a total and amounts that make it up.
 */
export function isBusinessDocument(body: ParsedDocument, scored: Classification): boolean {
  if (!BUSINESS.has(scored.type) || scored.score < SURE) return false;
  const text = foldText(
    body.pages
      .map((page) => page.text)
      .join("\n")
      .slice(0, MAX_CHARACTERS),
  );
  const sums = text.match(SUM_LINE)?.length ?? 0;
  const words = text.split(/\s+/).length;
  return sums >= 2 && words / sums < 100 && TOTAL.test(text) && NUMBERED.test(text);
}
