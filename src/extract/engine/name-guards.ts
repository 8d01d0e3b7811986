import { oncePerSegment } from "./once.ts";
import { foldText } from "../../model/fold.ts";
import { hitsOf } from "./choices.ts";
import type { Reading } from "./reading.ts";
import type { Piece, Row, Segment } from "./view.ts";

/** Nouns that a section's heading or a label ends with: such a line names a part of the page, nobody. */
const HEADING_ENDS = new Set(
  "details detail information info summary overview particulars breakdown instructions notes notice terms conditions history address addresses charges number date id mode type status ref reference nummer nr datum angaben informationen ubersicht hinweis hinweise zusammenfassung adresse anschrift daten gegevens overzicht adres informatie dane szczegoly podsumowanie opplysninger oplysninger uppgifter sammanfattning tiedot".split(
    " ",
  ),
);
/** The same for languages that put the noun first (`Datos del cliente`). */
const HEADING_STARTS = new Set(
  "coordonnees informations recapitulatif resume destinataire expediteur adresse numero date datos detalles informacion resumen direccion dati dettagli informazioni riepilogo indirizzo dados detalhes informacoes resumo endereco dane adres".split(
    " ",
  ),
);
/** Words of a line that speaks to its reader: two of them make a sentence, one of the first kind is enough. */
const ADDRESSING =
  /goods sold|not (?:returnable|refundable|exchangeable)|(?:^|\s)(?:please|thank|thanks|tq|welcome|dear|kindly|bitte|vielen|danke|willkommen|sehr geehrte\p{L}*|veuillez|merci|bonjour|bienvenue|gracias|bienvenidos?|estimad\p{L}+|grazie|gentile|benvenut\p{L}+|obrigad[oa]|bedankt|dziekujemy|tack for|takk for|kiitos)(?=$|[\s,.!:])/u;
const FUNCTION_WORDS =
  /(?<![\p{L}'’.-])(?:you|your|yours|we|our|us|is|are|was|will|be|can|must|should|this|that|these|if|when|has|have|been|with|sie|ihr|ihre|ihren|ihrer|wir|unser|unsere|ist|sind|wird|werden|wurde|dass|fur|vous|votre|vos|nous|notre|nos|est|sont|sera|pour|su|sus|nuestr[oa]s?|para|por|este|vostr[oa]|nostr[oa]|sono|questo|per|seu|sua|nosso|uw|wij|onze|wordt|zijn|voor|deze)(?![\p{L}'’-])/gu;
const DEPARTMENT =
  /[\s,–-]+(?:service\s+(?:abonn[ée]s?|clients?|client[èe]le|facturation|recouvrement|comptabilit[ée])|kundenservice|kundendienst|kundenbetreuung|buchhaltung|rechnungsabteilung|customer\s+(?:services?|support|care|relations)|accounts?\s+(?:receivable|payable|department|dept\.?)|billing\s+(?:department|dept\.?|team)|finance\s+department|servicio\s+al\s+cliente|atenci[óo]n\s+al\s+cliente|servizio\s+clienti|klantenservice|boks\s*\d+)\s*$/iu;

/** Whether a text is a section's heading (`Hotel Details`, `Ihre Angaben`). */
export function isHeading(text: string): boolean {
  const words = foldText(text).match(/\p{L}+/gu) ?? [];
  const [first, last] = [words[0] ?? "", words[words.length - 1] ?? ""];
  return words.length > 0 && words.length <= 5 && (HEADING_ENDS.has(last) || HEADING_STARTS.has(first));
}

/** Whether a text speaks to its reader (`Please pay this bill`, `Vielen Dank für Ihren Einkauf`). */
export function isSentence(text: string): boolean {
  const folded = foldText(text);
  if (ADDRESSING.test(folded)) return true;
  return (folded.match(FUNCTION_WORDS) ?? []).length >= 2;
}

/** Whether a text begins as a street or a quarter does in languages that name its kind first (`Jalan Meru`). */
export function startsAsPlace(text: string): boolean {
  return /^(?:off )?(?:jalan|jln|taman|bandar|kampung|kg|lorong|persiaran|lebuh|kawasan|rue|avenue|boulevard|chemin|calle|avenida|avda|plaza|paseo|via|viale|piazza|corso|rua|travessa|praca|ulica|ul)\.? \p{L}/u.test(
    foldText(text),
  );
}

/** Where the name of a department begins at a name's end (`Muster AG Kundenservice`), or -1. */
export function departmentAt(text: string): number {
  return DEPARTMENT.exec(text)?.index ?? -1;
}

/**
 * Whether a text is the unknown label of a list of labels and values: a value stands right of it, and the
 * row above or beneath has a known label and its value at the same two places.
 */
export function isListLabel(reading: Reading, piece: Piece): boolean {
  const row = reading.view.rows[piece.segment.row];
  const value = row?.segments[piece.segment.order + 1];
  if (!row || !value || !/\d/.test(value.text)) return false;
  return [row.index - 1, row.index + 1].some((index) => {
    const other = reading.view.rows[index];
    return (
      other !== undefined && other.page === row.page && hasKnownLabel(reading, other, piece.segment, value)
    );
  });
}

function hasKnownLabel(reading: Reading, row: Row, label: Segment, value: Segment): boolean {
  const own = row.segments.findIndex((segment) => Math.abs(segment.bbox[0] - label.bbox[0]) < 0.01);
  const [known, besides] = [row.segments[own], row.segments[own + 1]];
  if (!known || !besides) return false;
  const aligned =
    Math.abs(besides.bbox[0] - value.bbox[0]) < 0.01 || Math.abs(besides.bbox[2] - value.bbox[2]) < 0.01;
  return aligned && (reading.labels.get(known) ?? []).some((hit) => hit.standalone);
}

/** Whether a text heads a column of a row of labels: a known label beside it, digits beneath each of the two. */
export function isColumnLabel(reading: Reading, piece: Piece): boolean {
  const { segment } = piece;
  const row = reading.view.rows[segment.row];
  const below = reading.view.rows[segment.row + 1];
  if (!row || !below || below.page !== row.page || row.segments.length < 2) return false;
  if (below.bbox[1] - row.bbox[3] > segment.height * 2) return false;
  const valued = (label: Segment): boolean =>
    below.segments.some(
      (value) =>
        /\d/.test(value.text) &&
        !/\p{L}{3}/u.test(value.text) &&
        (Math.abs(value.bbox[0] - label.bbox[0]) < 0.01 || Math.abs(value.bbox[2] - label.bbox[2]) < 0.01),
    );
  if (!valued(segment)) return false;
  return row.segments.some(
    (other) =>
      other !== segment &&
      (reading.labels.get(other) ?? []).some((hit) => hit.standalone && !hit.colon) &&
      valued(other),
  );
}

const WITNESSES = (
  [
    [
      /(?:©|\(c\)|copyright)\s*(?:\d{4}(?:\s*[-–]\s*\d{2,4})?)?\s*,?\s*(?:by\s+)?(\p{L}[^.|,©]{1,60}?)\s*(?:\.|,|\||-\s|–|all rights|alle rechte|tous droits|$)/iu,
      0.5,
    ],
    [
      /^(?:your|the|ihr|ihre|votre|l['’]équipe|su|il vostro|uw|din|ditt)\s+(\p{Lu}[^.,!]{1,50}?)(?:\s*[- ](?:team|équipe|crew))?\s*[.!]?$/u,
      0.42,
    ],
    [/^(?:for|für|pour|por)\s+(?:and on behalf of\s+)?(\p{Lu}[^.:!]{2,50}(?:[^:!]{0,12})?)$/u, 0.4],
    [/(?:payable|made out)\s+to:?\s+["“]?(\p{Lu}[^"”:]{2,50}?)["”]?\s*\.?$/u, 0.5],
    [
      /(?:thank you for (?:choosing|shopping (?:at|with)|visiting|dining at|staying (?:at|with)|your (?:business|purchase) (?:from|with|at))|merci d['’]avoir choisi|gracias por comprar en|vielen dank für ihren einkauf bei)\s+(\p{Lu}[^.!,]{1,50})/iu,
      0.5,
    ],
  ] as const satisfies readonly (readonly [RegExp, number])[]
).map(([pattern, score]) => ({ pattern, score }));

interface Witness {
  readonly piece: Piece;
  readonly score: number;
}

/** Names that a page's signature, copyright or thanks gives, with their worth (0..1). */
export function findWitnesses(reading: Reading): Witness[] {
  const labelled = new Set(hitsOf(reading, ["customer", "ship_to"]).map((hit) => hit.piece.segment));
  return reading.view.segments.flatMap((segment) => (labelled.has(segment) ? [] : witnessOf(segment)));
}

const witnessOf = oncePerSegment((segment): readonly Witness[] => {
  if (segment.text.length > 160) return [];
  for (const { pattern, score } of WITNESSES) {
    const match = pattern.exec(segment.text);
    const name = match?.[1]?.trim();
    if (!match || !name) continue;
    const start = match.index + match[0].indexOf(name);
    return [{ piece: { segment, start, end: start + name.length }, score }];
  }
  return [];
});
