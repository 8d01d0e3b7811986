import type { DocumentType } from "../model/extraction.ts";

/** Words that speak for a type wherever they stand. `pattern` is matched against folded text. */
export interface Cue {
  readonly type: DocumentType;
  readonly pattern: RegExp;
  readonly weight: number;
  readonly reason: string;
}

export const CUES: readonly Cue[] = [
  {
    type: "invoice",
    pattern:
      /document type:? (?:tax )?invoice|invoice (?:no|nr|num|number|#|id|date)\b|rechnungs-?(?:nummer|nr|datum)|rechnung nr|n. de facture|facture n|numero (?:de )?fattura|fattura n|fatura n|n[o.] (?:de )?factura|factuurnummer|factuurdatum|faktura(?:nummer|nr|dato|datum)|numer faktury|faktura nr|cislo faktury|laskun? (?:numero|nro|pvm)/,
    weight: 1.5,
    reason: "names an invoice number or date",
  },
  {
    type: "invoice",
    pattern:
      /due date|payment terms|payable (?:to|within)|amount due|balance due|zahlbar|falligkeit|zahlungsziel|zahlungsbedingungen|echeance|net a payer|conditions de (?:paiement|reglement)|vencimiento|forma de pago|scadenza|vencimento|vervaldatum|betalingstermijn|termin platnosci|forfallodatum|forfaldsdato|forfallsdato|erapaiva|splatnost/,
    weight: 0.9,
    reason: "asks for payment by a date",
  },
  {
    type: "invoice",
    pattern:
      /\biban\b|\bswift\b|\bbic\b|bank (?:account|details)|bankverbindung|sort code|bankgiro|remit (?:to|payment)/,
    weight: 0.6,
    reason: "gives a bank account",
  },
  {
    type: "invoice",
    pattern:
      /bill(?:ed)? to|sold to|invoice to|rechnungsempfanger|kaufer|factur(?:e|er) a|facturar a|nabywca|odberatel|factuuradres/,
    weight: 0.7,
    reason: "names who is billed",
  },
  {
    type: "invoice",
    pattern:
      /\bvat\b|\bust\b|mwst|umsatzsteuer|\btva\b|\biva\b|\bbtw\b|\bmoms\b|\bmva\b|\bdph\b|\balv\b|sales tax|\bgst(?:in)?\b/,
    weight: 0.3,
    reason: "shows tax",
  },
  {
    type: "receipt",
    pattern:
      /\bcashier\b|\bcash\b(?! (?:flow|payment terms))|\bchange\b(?=[\s:]*(?:due|amt|rm|[$€£]?\s*\d))|\btendered\b|\btender\b|gegeben|ruckgeld|wechselgeld|\brendu\b|especes|efectivo|su cambio|contanti?\b|\bresto\b|\btroco\b|wisselgeld|\breszta\b|gotowka|\bvaxel\b|byttepenge|\bkateinen\b|vraceno|\btunai\b/,
    weight: 1.5,
    reason: "shows cash and change",
  },
  {
    type: "receipt",
    pattern:
      /thank you|please come again|terima kasih|vielen dank fur ihren (?:einkauf|besuch)|merci de votre visite|gracias por su (?:compra|visita)|grazie e arrivederci|bedankt|dziekujemy|tack for|kiitos/,
    weight: 0.7,
    reason: "thanks a customer",
  },
  {
    type: "receipt",
    pattern:
      /\bapproval code|\bauth(?:orization)? code|\bterminal id|\bmerchant (?:id|copy)|customer copy|\bvisa\b|mastercard|\bmaestro\b|girocard|contactless|card(?:holder)? copy|(?:[*x#]{4}[\s-]?){2,3}\d{4}|\bkundenbeleg/,
    weight: 0.8,
    reason: "shows a card payment",
  },
  {
    type: "receipt",
    pattern:
      /rounding (?:adj|amount)|round(?:ing)?\s*adj|item count|\bgst summary\b|\bqty\(s\)|no\.? of items|\bpump (?:no\b|#|\d)|\d l(?:it(?:er|re)s?|trs?)?\s?@|\btill\b|kassenbon|\bbon-?nr|\btable\s*(?:no|#|:|\d)|\bserver\s*:|\bguests?\b|\bpax\b|\btip\b|gratuity/,
    weight: 0.8,
    reason: "comes from a till",
  },
  {
    type: "purchase_order",
    pattern:
      /p(?:urchase|\.)? ?o(?:rder|\.)? (?:no|number|#|date)\b|purchase order|bestellnummer|bon de commande|orden de compra|ordine (?:di|d')\s?acquisto|inkooporder|nota de encomenda|innkjopsordre|ostotilaus|inkopsorder|indkobsordre|numer zamowienia|cislo objednavky/,
    weight: 0.8,
    reason: "names a purchase order",
  },
  {
    type: "purchase_order",
    pattern:
      /please (?:supply|deliver|ship)|ship(?:ping)? (?:to|via|terms)|deliver(?:y)? to|required (?:by|date)|requisition|f\.?o\.?b\b|buyer\b|authori[sz]ed (?:by|signature)|requested by|bitte liefern|wunschtermin/,
    weight: 0.7,
    reason: "asks for a delivery",
  },
  {
    type: "purchase_order",
    pattern:
      /\bvendor\b|\bsupplier\b|\blieferant\b|\bfournisseur\b|\bproveedor\b|\bfornitore\b|\bleverancier\b/,
    weight: 0.4,
    reason: "addresses a supplier",
  },
  {
    type: "credit_note",
    pattern:
      /credit (?:note|memo|invoice)|gutschrift|rechnungskorrektur|stornorechnung|facture d.?avoir|avoir n|\bavoir\b(?= (?:av|n|client))|nota di credito|nota de credito|factura rectificativa|creditnota|creditfactuur|faktura korygujaca|kreditnota|kreditfaktura|hyvityslasku|dobropis/,
    weight: 1,
    reason: "speaks of a credit",
  },
  {
    type: "generic",
    pattern:
      /\babstract\b[\s\S]{0,4000}\breferences\b|\barxiv\b|\bet al\.|\bdoi:|\btable of contents\b|\binhaltsverzeichnis\b/,
    weight: 3,
    reason: "is a paper or a report",
  },
  {
    type: "generic",
    pattern:
      /\bomb no\b|department of the treasury|internal revenue service|^form (?:w-?\d|1099|1040|\d{3,4})[a-z]?(?:-\w+)?(?: \(.*)?$|under penalties of perjury|for official use/m,
    weight: 4,
    reason: "is an official form",
  },
  {
    type: "generic",
    pattern: /^(?:from|von|de): .+@[\s\S]{0,300}\n(?:subject|betreff|objet): /m,
    weight: 2.5,
    reason: "is a message",
  },
  {
    type: "generic",
    pattern:
      /\bquotation\b|\bestimate (?:no|#|date)|\bangebot(?:snummer| nr)|\bdevis n|\bpresupuesto n|\bpreventivo n|curriculum vitae|lebenslauf|\btable of contents\b/,
    weight: 0.9,
    reason: "is another business paper",
  },
];
