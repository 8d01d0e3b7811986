import type { OcrLanguage, RecognizedWord } from "../../ports.ts";

/** Frequent words of letters and bills that the other two languages do not have; folded to plain letters. */
const FREQUENT: Record<OcrLanguage, ReadonlySet<string>> = {
  eng: setOf(
    "the and of to for with is are you your on this that from by at be not or invoice receipt tax amount " +
      "price quantity qty due paid payment cash change thank number order bill ship date address phone please " +
      "item items description subtotal balance cashier discount street",
  ),
  deu: setOf(
    "der die das und fur mit von vom zum zur den dem des ein eine ist sind bei auf aus nach wir sie ihr ihre " +
      "rechnung rechnungsnummer rechnungsdatum kundennummer datum betrag summe gesamt gesamtbetrag mwst ust " +
      "netto brutto menge preis einzelpreis gesamtpreis artikel stuck strase strasse inkl zzgl bar lieferung " +
      "lieferschein bestellung zahlung zahlbar tage euro vielen dank quittung beleg kasse steuer zwischensumme " +
      "rechnungsbetrag steuernummer bezeichnung tel nr uhr seite anzahl",
  ),
  fra: setOf(
    "le la les des du et un une pour par sur avec dans votre vos nous vous est sont au aux en facture " +
      "numero montant prix quantite tva ttc ht rue avenue reglement commande livraison merci total " +
      "designation echeance paiement especes remise adresse caisse ticket carte bancaire rendu visite somme " +
      "siret siren societe remercie client",
  ),
};

/** Letters that only one of the three prints often; the English model shows some of them. */
const LETTERS: Record<Exclude<OcrLanguage, "eng">, RegExp> = { deu: /[äöüßÄÖÜ]/u, fra: /[éèêàçùôîœÉÈÀÇ]/u };

const MIN_HITS = 3;
const MIN_SURE = 0.5;

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(" "));
}

/**
 * The language that a reading by the English model speaks. English unless three different
 * frequent words or letters of another one, and more than of English, were surely read.
 */
export function judgeLanguage(words: readonly RecognizedWord[]): OcrLanguage {
  const hits: Record<OcrLanguage, Set<string>> = { eng: new Set(), deu: new Set(), fra: new Set() };
  for (const { text, confidence } of words) {
    if (confidence < MIN_SURE) continue;
    for (const part of fold(text).split(/[^a-z]+/u)) {
      for (const language of ["eng", "deu", "fra"] as const)
        if (FREQUENT[language].has(part)) hits[language].add(part);
    }
    for (const language of ["deu", "fra"] as const)
      if (LETTERS[language].test(text)) hits[language].add(text);
  }
  const best = hits.deu.size >= hits.fra.size ? "deu" : "fra";
  return hits[best].size >= MIN_HITS && hits[best].size > hits.eng.size * 1.25 ? best : "eng";
}

/** Signs of money and of measure that papers print beside figures, in any of the languages. */
const MARKS = setOf("rm myr usd eur gbp chf sgd aud cad gst vat sst pcs kg cash");

/** Whether a word, but for signs at its ends, is a frequent one of letters and bills. */
export function isFrequent(text: string): boolean {
  const word = fold(text).replace(/^[^a-z]+|[^a-z]+$/gu, "");
  if (word.length < 2) return false;
  return MARKS.has(word) || Object.values(FREQUENT).some((words) => words.has(word));
}

/** Lower case without accents; the sharp s as the English model shows it. */
function fold(text: string): string {
  return text
    .replace(/[ßB](?=[a-zäöü])/gu, (letter, at: number) => (at > 0 ? "s" : letter))
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "");
}
