import type { DraftValue } from "../engine/draft.ts";
import { type Piece, textOf, trimPiece, type View } from "../engine/view.ts";
import { pieceValue } from "./caption.ts";
import { DURATION } from "./contract-terms.ts";
import { findProseMoney } from "./money.ts";
import { dateOf, findPairs, formOf, type Pair, readPairs } from "./pairs.ts";

const WHOLE_DURATION = new RegExp(
  String.raw`^\s*${DURATION}'?s?'?(?:\s+(?:zum|to|auf|ab|from)\b.{0,30})?\s*\.?$`,
);
const START =
  /\b(?:start|begin|commenc|effect|in force|force\b|operat|activ|applies|applicable|valid\b|validity|as of|onset|launch|day one|incept|from|since|first day|opening|kick|takes|runs from|live|wirksam|beginn|inkraft|in kraft|gultig ab|anfang|ab\b|geltung|debut|effet|vigueur|commence|depart|a partir|inici|vigor|efecto|comienz|arranque|decorr|ingang)/;
const END =
  /\b(?:end|ends|ending|expir|until|through|thru|last day|terminat|finish|clos|laps|up to|stop|runs (?:to|out)|over on|lasts|conclusion|ende|endet|ablauf|bis\b|auslauf|schluss|letzter|fin\b|fin |termine|expire|echeance|jusqu|terme|cessation|cloture|venc|caduc|finaliz|hasta|conclu|scadenz|eind)/;
const SIGNED =
  /\b(?:sign|execut|made|seal|agreed|concluded|done|entered|drawn up|dated?\b|unterz|unterschr|abgeschl|geschl|vertragsschl|ausgef|datum|conclu|signe|fait|passe|etabli|souscrit|firma|firmad|suscri|celebra|otorg|fecha\b|sottoscr)/;
const RENEWS = /\b(?:renew|extend|extension|verlanger|renouv|recond|renov|prorrog|prolong|rinnov)/;
const NOTICE =
  /\b(?:notice|quit|leav|walk|cancel|exit|withdraw|end(?:ing)? (?:it|the)|terminat|kundig|frist|ausstieg|preavis|resili|denonc|preaviso|aviso|rescis|antelac|desist|opzeg)/;
const LAW =
  /\b(?:law|legal (?:system|order|basis|framework)|governed|rules? of|recht\b|\w*rechts\w*|\w+recht\b|droit|loi\b|lois\b|legislat|ley\b|leyes|derecho|legisla|normativa|legge|diritto)/;
const COURT =
  /\b(?:court|disput|forum|venue|seat|heard|litigat|jurisd|arbitrat|tribunal|gericht|streit|rechtsstreit|litige|juridiction|differend|competen|fuero|foro|juzgad|contienda|controvers)/;
const VALUE =
  /\b(?:value|price|sum|amount|fee|total|consideration|rent|salary|pay|cost|worth|remunerat|compens|budget|charge|money|wert|preis|summe|betrag|entgelt|vergut|honorar|miete|gehalt|kosten|prix|montant|valeur|somme|loyer|salaire|remun|cout|precio|importe|valor|cuantia|renta|salario|suma|coste|contraprest)/;
const NUMBER =
  /\b(?:number|no|nr|num|ref|reference|id|code|file|contract|agreement|register|registr|identifier|akte|zeichen|kennung|nummer|vertrag|contrat|dossier|numero|n[o°]|contrato|expediente|clave|codigo|referencia)\b/;
const OTHER_NUMBER =
  /\b(?:vat|tax|phone|tel|fax|company|registration|page|version|ust|siret|nif|cif|account|iban|postal|zip)\b/;

/** The particulars of a contract by stems of their labels; what a value looks like decides where they leave it open. */
export function draftContractPairs(view: View, dayFirst: boolean | null): DraftValue[] {
  const pairs = findPairs(view);
  const labelled = readPairs(pairs, [
    { pointer: "/contract_number", stems: NUMBER, never: OTHER_NUMBER, read: identifier },
    { pointer: "/renewal_date", stems: RENEWS, read: (value) => dateOf(value, dayFirst) },
    { pointer: "/termination_notice", stems: NOTICE, read: duration },
    { pointer: "/governing_law", stems: LAW, never: COURT, read: place },
    { pointer: "/jurisdiction", stems: COURT, read: place },
    { pointer: "/value", stems: VALUE, read: money },
  ]);
  return [...labelled, ...draftDates(pairs, dayFirst), ...draftDurations(pairs)];
}

function duration(value: Piece): { value: string; piece: Piece } | null {
  return formOf(value, WHOLE_DURATION);
}

function identifier(value: Piece): { value: string; piece: Piece } | null {
  const text = textOf(value);
  const plain =
    /^(?=.*\d)[\p{L}\d][\p{L}\d./_-]{2,24}(?: ?[\d/-]{1,12})?$/u.test(text) &&
    !/^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$|^\d{4}-\d\d-\d\d$/.test(text);
  return plain ? { value: text, piece: value } : null;
}

function place(value: Piece): { value: string; piece: Piece } | null {
  const piece = trimPiece(value, /[\s,;.]/);
  const text = textOf(piece);
  const plain = text.length >= 3 && text.length <= 70 && text.split(/\s+/).length <= 9 && !/\d|:/.test(text);
  return plain && !/\b(?:shall|will|wird|sera|is|are|ist|est)\b/i.test(text) ? { value: text, piece } : null;
}

function money(value: Piece): { value: string; piece: Piece } | null {
  const text = textOf(value);
  const [found] = findProseMoney(text, true);
  if (!found || text.length > 34) return null;
  return {
    value: found.value,
    piece: { ...value, start: value.start + found.start, end: value.start + found.end },
  };
}

interface Dated {
  readonly iso: string;
  readonly piece: Piece;
  readonly label: string;
}

/** Dates by their labels; one that is left over lies before or behind the others. */
function draftDates(pairs: readonly Pair[], dayFirst: boolean | null): DraftValue[] {
  const dated = pairs.flatMap(({ label, value }): Dated[] => {
    const found = dateOf(value, dayFirst);
    return found && !RENEWS.test(label) ? [{ iso: found.value, piece: found.piece, label }] : [];
  });
  const found = new Map<string, { date: Dated; sure: number }>();
  const rest: Dated[] = [];
  for (const date of dated) {
    const fields = [
      ...(END.test(date.label) ? ["/expiration_date"] : []),
      ...(START.test(date.label) ? ["/effective_date"] : []),
      ...(SIGNED.test(date.label) ? ["/execution_date"] : []),
    ];
    const field = fields.length === 1 ? fields[0] : fields.find((one) => one !== "/execution_date");
    if (field === undefined) rest.push(date);
    else if (!found.has(field)) found.set(field, { date, sure: 0.78 });
  }
  settleRest(found, rest);
  return Array.from(found, ([pointer, { date, sure }]) => valueOf(pointer, date, sure));
}

function valueOf(pointer: string, { iso, piece }: Dated, sure: number): DraftValue {
  return { ...pieceValue(pointer, [piece], sure), value: iso };
}

/** A contract is signed, then begins, then ends: what is left over takes the place that is free. */
function settleRest(found: Map<string, { date: Dated; sure: number }>, rest: readonly Dated[]): void {
  const others = rest.filter(({ iso }, index) => rest.findIndex((date) => date.iso === iso) === index);
  if (others.length === 0 || others.length > 3) return;
  const order = ["/execution_date", "/effective_date", "/expiration_date"];
  const sorted = others.toSorted((a, b) => a.iso.localeCompare(b.iso));
  for (const date of sorted) {
    const start = found.get("/effective_date")?.date.iso;
    const end = found.get("/expiration_date")?.date.iso;
    const free = order.filter((field) => !found.has(field));
    const fits = free.filter((field) => {
      if (field === "/expiration_date") return start !== undefined && days(start, date.iso) > 60;
      if (field === "/execution_date")
        return start !== undefined && days(date.iso, start) >= 0 && days(date.iso, start) < 60;
      return end !== undefined ? days(date.iso, end) > 60 : true;
    });
    const [only] = fits;
    if (fits.length >= 1 && only !== undefined) found.set(only, { date, sure: 0.6 });
  }
}

function days(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

/** A bare duration says what it is by its unit: notice is given in days and weeks, terms run for months and years. */
function draftDurations(pairs: readonly Pair[]): DraftValue[] {
  const values: DraftValue[] = [];
  for (const { label, value } of pairs) {
    const found = duration(value);
    if (
      !found ||
      /\b(?:pay|zahlung|invoice|rechnung|paiement|pago|warrant|gewahr|garant|deliver|liefer)/.test(label)
    )
      continue;
    const short = /\b(?:da?y|tag|week|woch|jour|semain|dia|seman)/.test(foldedValue(found.piece));
    const pointer = NOTICE.test(label) || short ? "/termination_notice" : "/term";
    if (!values.some((known) => known.pointer === pointer))
      values.push(pieceValue(pointer, [found.piece], short === (pointer !== "/term") ? 0.72 : 0.6));
  }
  return values;
}

function foldedValue(piece: Piece): string {
  return textOf(piece).toLowerCase();
}
