import { foldText } from "../../model/fold.ts";
import type { DraftValue } from "./draft.ts";
import { cite } from "./evidence.ts";
import type { Reading } from "./reading.ts";
import type { Piece } from "./view.ts";

/** What a title's words make of an invoice or a credit note (EN 16931 BT-3). */
const SUBTYPES: readonly (readonly [RegExp, string])[] = [
  [/pro[- ]?forma/, "pro_forma"],
  [/self[- ]?bill|autofactur|autofattur|samofakturowan|selvfaktur|self[- ]?invoice/, "self_billed"],
  [
    /schlussrechnung|endrechnung|final invoice|facture (?:de solde|definitive)|eindfactuur|faktura koncowa|slutfaktur|sluttfaktur/,
    "final",
  ],
  [
    /teilrechnung|abschlagsrechnung|partial invoice|progress invoice|termijnfactuur|facture de situation/,
    "partial",
  ],
  [
    /anzahlungsrechnung|vorausrechnung|facture d.acompte|voorschotfactuur|faktura zaliczkowa|advance invoice|deposit invoice|prepayment invoice|zalohova faktura|factura de anticipo|fattura d.acconto/,
    "prepayment",
  ],
  [/stornorechnung|stornierung|\bstorno\b|cancellation invoice/, "cancellation"],
  [
    /rechnungskorrektur|korrekturrechnung|corrected invoice|corrective invoice|rectificativ|korygujac|opravny danovy/,
    "corrective",
  ],
  [/sammelrechnung|consolidated invoice|samlefaktura|samlingsfaktura|facture recapitulative/, "consolidated"],
  [/simplified|simplificada|ringkas|zjednoduseny/, "simplified"],
];

/** A document's subtype, where its title says more than its kind. */
export function readSubtype(reading: Reading, pointer: string): DraftValue[] {
  const first = reading.view.rows[0]?.page;
  for (const [segment, hits] of reading.labels) {
    if (segment.page !== first || segment.bbox[1] > 0.6) continue;
    const title = hits.find(
      (hit) => (hit.titles.has("invoice") || hit.titles.has("credit_note")) && hit.quality >= 0.85,
    );
    if (!title || segment.text.length > 80) continue;
    const found = match(segment.text, SUBTYPES);
    if (!found) continue;
    const piece = { segment, start: found.start, end: found.end };
    return [{ pointer, value: found.value, cited: [cite(piece)], confidence: 0.85, derived: true }];
  }
  return [];
}

/** What a receipt's purchase was, by the words of the merchant and its goods. */
const CATEGORIES: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:petrol|petroleum|fuel|diesel|unleaded|tankstelle|gasoline|gas station|station[- ]service|gasolinera|benzina|carburant\w*|super e10|ron ?9[57])\b/,
    "fuel",
  ],
  [
    /\b(?:hotel|motel|hostel|inn|resort|lodging|pension|albergo|room charge|ubernachtung|nuitee)\b/,
    "lodging",
  ],
  [
    /\b(?:restaurant|restoran|ristorante|restaurante|cafe|coffee|bistro|pizzeria|pizza|burger|grill|kitchen|diner|bar|pub|bakery|backerei|boulangerie|kopitiam|sushi|seafood|gasthaus|brasserie|trattoria|eatery|steakhouse|bbq|tea house|noodle\w*)\b/,
    "food",
  ],
  [/\b(?:parking|car park|parkhaus|parkschein|parcheggio|aparcamiento|parkering)\b/, "parking"],
  [
    /\b(?:taxi|uber|railway|bahn|train ticket|bus ticket|airline|fahrkarte|fahrschein|billet de train|toll|peage|autoroute|pedaggio)\b/,
    "transport",
  ],
  [/\b(?:pharmacy|pharmacie|apotheke|farmacia|apteka|apotek|clinic|klinik|dental)\b/, "health"],
  [
    /\b(?:supermarket|supermarkt|supermarche|supermercado|supermercato|grocer\w*|mini ?market|minimart|mart|hypermarket|lebensmittel|convenience|pasaraya|kedai runcit)\b/,
    "groceries",
  ],
  [/\b(?:hardware|tools|baumarkt|bricolage|ferreteria|ferramenta|diy|d\.i\.y)\b/, "hardware"],
  [
    /\b(?:stationery|stationer|stationers|book ?shop|books|bookstore|buchhandlung|librairie|papeterie|libreria|papeleria)\b/,
    "office_supplies",
  ],
  [/\b(?:subscription|software|saas|cloud|hosting|license|licence)\b/, "software"],
];

/** The category of a receipt, from the words of its first lines alone: goods are named in too many ways. */
export function readCategory(reading: Reading, pointer: string): DraftValue[] {
  for (const row of reading.view.rows.slice(0, 6)) {
    for (const segment of row.segments) {
      const found = match(segment.text, CATEGORIES);
      if (!found) continue;
      const piece: Piece = { segment, start: found.start, end: found.end };
      return [{ pointer, value: found.value, cited: [cite(piece)], confidence: 0.6, derived: true }];
    }
  }
  return [];
}

function match(
  text: string,
  table: readonly (readonly [RegExp, string])[],
): { value: string; start: number; end: number } | null {
  const folded = foldText(text);
  if (folded.length !== text.length) return null;
  for (const [pattern, value] of table) {
    const found = pattern.exec(folded);
    if (found) return { value, start: found.index, end: found.index + found[0].length };
  }
  return null;
}
