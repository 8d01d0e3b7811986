import { foldInPlace } from "./fold-in-place.ts";

/** Words that call a party of a contract, folded, beside those that a role's ending tells. */
const ROLE_WORDS: ReadonlySet<string> = new Set(
  `supplier vendor seller provider contractor subcontractor consultant customer client buyer purchaser landlord
  tenant lessor lessee licensor licensee employer employee company corporation party lender borrower guarantor
  franchisor franchisee agent principal distributor manufacturer owner operator partner member shareholder investor
  founder assignor assignee grantor grantee discloser recipient advisor adviser broker publisher author artist
  sponsor institution carrier bank insurer trustee settlor beneficiary user processor controller architect engineer
  developer designer photographer executive worker volunteer intern hirer host guest occupant donor donee
  creditor debtor kunde kundin besteller partei vertragspartner vertragspartei burge glaubiger schuldner makler
  berater verantwortlicher auftragsverarbeiter gesellschaft gesellschafter mieter vermieter kaufer verkaufer
  lieferant dienstleister unternehmer pachter verpachter anbieter prestataire cliente fournisseur acheteur acquereur
  vendeur bailleur locataire preneur employeur salarie salariee societe entreprise concedant concessionnaire preteur
  emprunteur mandant mandataire franchise partie cessionnaire cedant entrepreneur consultante distributeur
  beneficiaire commettant destinataire sous-traitant proveedor proveedora prestador prestadora arrendador arrendadora
  arrendatario arrendataria comprador compradora empleado trabajador trabajadora empresa contratista contratante
  parte licenciante licenciatario prestamista prestatario propietario inquilino cedente cesionario fiador agente
  fornitore committente locatore conduttore venditore acquirente opdrachtgever opdrachtnemer verkoper koper
  verhuurder huurder werkgever werknemer leverancier`.split(/\s+/),
);
/** Endings of words that call somebody by what they do. */
const ROLE_ENDING =
  /(?:geber|nehmer|kaufer|mieter|leister|gever|nemer|tataire|tionnaire|tario|taria|dor|dora)(?:in)?$/;
const ARTICLE =
  /^(?:the|an?|der|die|das|dem|den|dies\w*|le|la|les|el|los|las|lo|il|de|het|un|une|una)\s+|^l'\s?/;
/** What contracts define beside their parties. */
const DEFINED_OTHERWISE =
  /\b(?:agreement|contract|date|parties|services?|products?|goods|premises|property|software|term|work|deliverables?|information|purpose|act|loan|shares?|equipment|business|fees?|territory|program|project|platform|rent|vertrag|parteien|vereinbarung|leistungen?|ware|objekt|gegenstand|contrat|parties|accord|contrato|partes|acuerdo|servicios?|inmueble|vivienda|objeto|convenio|contratto|parti|overeenkomst|partijen|lease|policy|note|amount|price|schedule|order|plan|site|system)\b/;

/** A label without its article: `the Supplier` becomes `Supplier`. */
export function withoutArticle(label: string): string {
  const article = ARTICLE.exec(foldInPlace(label));
  return article ? label.slice(article[0].length) : label;
}

/** Whether a label, in any of the languages known, says what a party of a contract is. */
export function isContractRole(label: string): boolean {
  const folded = foldInPlace(withoutArticle(label.trim()))
    .replace(/[.:()]/g, " ")
    .trim();
  const words = folded.split(/[\s/-]+/);
  const [first, last] = [words[0] ?? "", words.at(-1) ?? ""];
  if (words.length > 4) return false;
  return callsParty(last) || (ROLE_WORDS.has(first) && !definesOther(words.slice(1).join(" ")));
}

function callsParty(word: string): boolean {
  return ROLE_WORDS.has(word) || ROLE_WORDS.has(word.replace(/s$/, "")) || ROLE_ENDING.test(word);
}

/** Whether a defined term is the agreement, a date or a thing rather than a party. */
export function definesOther(label: string): boolean {
  return DEFINED_OTHERWISE.test(foldInPlace(label));
}
