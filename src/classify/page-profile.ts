import { foldedLines, type FoldedLine } from "./folded-lines.ts";
import type { DocumentType } from "../model/extraction.ts";
import { PAGE_NUMBER } from "../model/page-number.ts";
import type { ParsedDocument, ParsedPage } from "../model/parsed.ts";
import { classify } from "./classify.ts";
import type { CompiledHints } from "./compile-hints.ts";
import { titlesOf } from "./find-titles.ts";

/** A page's own number as it is printed: the third page of seven, or of an unknown number. */
export interface Numbering {
  readonly page: number;
  readonly of: number | null;
}

/** What a page says of its place among others. */
export interface PageProfile {
  readonly number: number;
  readonly blank: boolean;
  readonly numbering: Numbering | null;
  /** The strongest title at its top, and how much it weighs. */
  readonly title: { readonly kind: string; readonly weight: number; readonly printed: string } | null;
  /** Numbers of the document that are printed with their label, folded to letters and digits. */
  readonly labelled: ReadonlySet<string>;
  /** All tokens that could be a number of something: what a continued page repeats. */
  readonly tokens: ReadonlySet<string>;
  /** Words of its head and of its foot. */
  readonly head: ReadonlySet<string>;
  readonly foot: ReadonlySet<string>;
  readonly type: DocumentType;
  readonly typeScore: number;
  /** Whether it says that it goes on from the page before, or that it is an annex. */
  readonly continues: string | null;
  /** Whether it says that the next page goes on. */
  readonly goesOn: boolean;
  /** Whether a sum that ends a bill stands on it. */
  readonly totals: boolean;
  readonly addressed: boolean;
  readonly prose: boolean;
  readonly aspect: number;
  readonly scanned: boolean;
  readonly language: string | null;
}

const HEAD = 0.16;
const FOOT = 0.9;
const EDGE = 0.13;
/** A title of a document stands in its upper third. */
const TITLE_TOP = 0.36;
const FEW_WORDS = 3;

const BARE = /^[-–—\s]*(\d{1,3})\s*(?:\/|of|von|de|sur|di|van|z|av|af)\s*(\d{1,3})[-–—\s]*$/;
const ALONE = /^[-–—\s]*(\d{1,3})[-–—\s]*$/;

/** Labels of a document's own number, in the languages of the labels. */
const LABEL =
  /(?<![a-z])(?:(?:invoice|credit (?:note|memo)|receipt|purchase order|order|document|delivery(?: note)?|packing (?:slip|list)|statement|contract|agreement|case|claim|quote|account|ref(?:erence)?|bill|policy|docket|employee|patient|cause|mrn|p\.?o\.?)\s*(?:no|nr|num|number|id|#)|invoice|rechnungs?-?\s?(?:nummer|nr|no)|rechnung\s*(?:nr|no)?|gutschrift\s*(?:nr)?|beleg-?(?:nummer|nr)|bestell-?(?:nummer|nr)|auftrags-?(?:nummer|nr)|lieferschein-?(?:nummer|nr)?|vertrags-?(?:nummer|nr)|konto-?(?:nummer|nr)|personal-?(?:nummer|nr)|aktenzeichen|vorgangs-?nr|facture\s*(?:n|no)|n(?:o|umero)?\.?\s*(?:de )?(?:facture|commande|compte|contrat|dossier|bl)|avoir n|(?:n(?:o|umero)?\.?\s*(?:de |di |do |da )?)?(?:factura|fattura|fatura|pedido|albaran|ordine|encomenda|documento|contrato|contratto|cuenta|conto|expediente)\s*(?:n(?:o|r|um|umero)?)?|factuur-?(?:nummer|nr)|order-?(?:nummer|nr)|pakbon-?(?:nummer|nr)?|ordernummer|(?:numer|nr) (?:faktury|zamowienia|dokumentu|rachunku|umowy)|faktura\s*(?:vat\s*)?(?:nr|nummer|c)|faktura-?(?:nummer|nr)|fakturanummer|ordrenummer|bestellingsnummer|laskun? (?:numero|nro)|tilausnumero|cislo (?:faktury|objednavky|dokladu)|no\.? (?:invois|resit))\s*[.:#°]*\s*(?:no\.?|nr\.?)?\s*[:#]?\s*([a-z]{0,6}[-/ ]?\d[\w/.-]{1,})/g;

const CONTINUES =
  /(?<![a-z])(?:continued(?: from)?|cont'?d|continuation|brought forward|carried forward from|(?:balance|total|amount) (?:brought|carried) forward|ubertrag|fortsetzung|report (?:de la page|page precedente|a nouveau)|suite (?:de )?(?:la )?(?:page|facture)|viene de la pagina|suma anterior|continuacion|riporto|segue da|continuazione|transporte|continuacao|vervolg|transport(?:eren)? van|z przeniesienia|przeniesienie|kontynuacja|ciag dalszy|fortsattning|transport fran|fortsaettelse|fortsettelse|overfort fra|jatkuu sivulta|pokracovani)(?![a-z])/;
const GOES_ON =
  /(?<![a-z])(?:continued (?:on|overleaf)|continues on|carried forward|carry forward|see (?:next|over)|please turn over|p\.?t\.?o\.?\b|ubertrag|fortsetzung (?:folgt|auf|nachste)|a reporter|suite (?:page|au verso|a la page)|sigue|suma y sigue|continua (?:en|nella|na|a pag)|segue|a riportare|a transportar|vervolg op|te transporteren|do przeniesienia|fortsatter pa|fortsaettes|fortsettes|jatkuu)(?![a-z])/;
/** A page of small print, or an annex, belongs to what stands before it. */
const ANNEX =
  /^(?:(?:general |standard )?terms (?:and|&) conditions|(?:general |standard )?(?:terms|conditions) of (?:sale|business|service|purchase|supply|delivery|payment|trade)|conditions of (?:sale|purchase)|allgemeine (?:geschafts|verkaufs|liefer|einkaufs|vertrags)[a-z-]*bedingungen|(?:geschafts|liefer|zahlungs|verkaufs)[a-z-]*bedingungen|agb\b|conditions generales|condiciones generales|condizioni generali|condicoes gerais|algemene (?:verkoop|leverings|inkoop)?voorwaarden|ogolne warunki|allmanna villkor|almindelige betingelser|generelle vilkar|yleiset (?:sopimus)?ehdot|vseobecne obchodni|annex|appendix|anlage|anhang|annexe|anexo|allegato|bijlage|zalacznik|bilaga|bilag|vedlegg|liite|priloha|schedule [a-z0-9]\b|exhibit [a-z0-9]\b|attachment|enclosure|supporting (?:documents?|details)|einzelverbindungsnachweis|itemi[sz]ed (?:calls|usage)|widerrufsbelehrung|privacy (?:notice|policy)|notes? to)/;
const TOTALS =
  /(?:grand total|amount due|balance due|total due|total (?:amount|incl|ttc|eur|usd|gbp)|invoice total|gesamtbetrag|rechnungsbetrag|endbetrag|gesamtsumme|zahlbetrag|net a payer|montant total|total (?:a pagar|factura)|importe total|totale (?:fattura|documento|da pagare)|totaal(?:bedrag)?|te betalen|do zaplaty|razem|att betala|i alt|at betale|a betale|yhteensa|celkem|closing balance|neuer saldo|net pay|^total\b)/m;
const SALUTATION =
  /^(?:dear |sehr geehrte|guten tag|madame|monsieur|estimad|gentile|spett|egregi|prezad|exm|geachte|beste |szanown|hej |kaere |kjaere |hyva |vazen|to:|bill(?:ed)? to|sold to|invoice to|an:|destinatario|cliente|customer|kunde\b|client\b|nabywca|odberatel)/m;

/** Looks at each page by itself. */
export function profilePages(parsed: ParsedDocument, hints: CompiledHints): PageProfile[] {
  return parsed.pages.map((page) => profilePage(parsed, page, hints));
}

function profilePage(parsed: ParsedDocument, page: ParsedPage, hints: CompiledHints): PageProfile {
  const lines = foldedLines(page);
  const text = lines.map((line) => line.text).join("\n");
  const { type, score } = classify(
    { ...parsed, pages: [page], form_fields: [], structured: [], message: null },
    hints,
  );
  const words = text.split(/\s+/).filter(Boolean);
  const long = lines.filter((line) => line.text.split(" ").length >= 9).length;
  return {
    number: page.number,
    blank: page.words.length <= FEW_WORDS,
    numbering: numberingOf(lines),
    title: titleOf(page, hints),
    labelled: new Set(
      [...text.matchAll(LABEL)].map(([, id]) => key(id ?? "")).filter((id) => id.length >= 3),
    ),
    tokens: new Set(words.filter((word) => isIdentifier(word)).map(key)),
    head: wordsWhere(lines, (line) => line.top < HEAD),
    foot: wordsWhere(lines, (line) => line.top > FOOT),
    type,
    typeScore: score,
    continues: annexOf(lines) ?? CONTINUES.exec(text.slice(0, 1_500))?.[0] ?? null,
    goesOn: GOES_ON.test(text.slice(-600)),
    totals: TOTALS.test(text),
    addressed: lines.some((line) => line.top < 0.5 && SALUTATION.test(line.text)),
    prose: lines.length > 6 && long / lines.length > 0.5,
    aspect: page.width / page.height,
    scanned: page.source === "ocr",
    language: page.language,
  };
}

function key(text: string): string {
  return text.replace(/[^a-z0-9]+/g, "");
}

/** Four digits or more with nothing of a date or an amount: a number by which something is known. */
function isIdentifier(word: string): boolean {
  if (word.length < 5 || word.length > 30 || /[.,]\d{2}$/.test(word)) return false;
  if (/^\W*\d{1,4}[-./]\d{1,2}[-./]\d{1,4}\W*$/.test(word)) return false;
  return (word.match(/\d/g)?.length ?? 0) >= 4;
}

function wordsWhere(lines: readonly FoldedLine[], where: (line: FoldedLine) => boolean): ReadonlySet<string> {
  const words = lines.filter(where).flatMap(({ text }) => text.split(/[^\p{L}]+/u));
  return new Set(words.filter((word) => word.length >= 3));
}

/** The printed number of a page: with its word anywhere at the edges first, then bare at the top or the foot. */
function numberingOf(lines: readonly FoldedLine[]): Numbering | null {
  const edge = lines.filter(({ top }) => top < EDGE * 2 || top > 1 - EDGE);
  for (const { text } of [...edge, ...lines.filter(({ text }) => text.length < 24)]) {
    const found = PAGE_NUMBER.exec(text);
    if (found) return numbering(found[1], found[2]);
  }
  const outer = lines.filter(({ top }) => top < EDGE / 2 || top > 1 - EDGE);
  for (const { text } of outer) {
    const found = BARE.exec(text);
    if (found && Number(found[1]) <= Number(found[2])) return numbering(found[1], found[2]);
  }
  const last = outer[outer.length - 1];
  const alone = last && last.top > 0.9 ? ALONE.exec(last.text) : null;
  return alone ? numbering(alone[1], undefined) : null;
}

function numbering(page: string | undefined, of: string | undefined): Numbering | null {
  const at = Number(page);
  const all = of === undefined ? null : Number(of);
  if (!Number.isInteger(at) || at < 1 || (all !== null && all < at)) return null;
  return { page: at, of: all };
}

function titleOf(page: ParsedPage, hints: CompiledHints): PageProfile["title"] {
  const titles = titlesOf(page, hints.titles).filter(
    ({ top, kind, share, printed }) =>
      top < TITLE_TOP && kind !== "other" && (share >= 0.75 || printed.split(" ").length <= 4),
  );
  const [best] = titles.sort((a, b) => b.weight - a.weight);
  return best && best.weight >= 1.1 ? best : null;
}

function annexOf(lines: readonly FoldedLine[]): string | null {
  const head = lines.filter(({ top, text }) => top < 0.3 && text.length < 80);
  return head.map(({ text }) => ANNEX.exec(text)?.[0] ?? null).find((found) => found !== null) ?? null;
}
