import type { DocumentType } from "../model/extraction.ts";

/**
 * Stems of the words by which papers are called, separated by bars and folded: a heading of which the titles know
 * nothing ("Gehaltsmitteilung", "Freight note") still holds one of them.
 */
const STEMS: readonly (readonly [DocumentType, string])[] = [
  [
    "invoice",
    "invoic|rechnung|factur|fattur|fatur|faktur|lasku\\b|laskut|bill\\b|billing|debit note|fee note|note d.honoraires|nota fiscal|regning|rachunek|invois|honorarnote|liquidation",
  ],
  [
    "credit_note",
    "credit|gutschr|storno|ruckerstatt|erstattung|avoir|rembours|ristourne|\\babono|rectificativ|devoluc|reembols|accredit|rimborso|credito|korekt|korygu|kredit|hyvity|dobropis|refund|allowance|reversal|retur\\b|zwrot|palautus|creditno|creditf|restitu",
  ],
  [
    "receipt",
    "receipt|quittung|kassen|recu\\b|ticket|recibo|ricevut|scontrin|kvitt|kuitti|\\bbon\\b|paragon|uctenk|resit|comprobante|comprovante|proof of payment|zahlungsbeleg",
  ],
  [
    "purchase_order",
    "purchas|\\border\\b|bestell|einkauf|beschaffung|commande|achat|pedido|compra|ordine|acquist|encomenda|inkoop|\\bzamow|zakup|bestall|inkop|indkob|innkjop|ordre\\b|tilau|hankinta|osto|objednav|nakup|pesanan|belian|procure|requisition|auftrag an|opdracht",
  ],
  [
    "order_response",
    "order (?:confirm|acknowl|accept)|auftragsbest|bestellbest|bestatigung ihre|confirmation de|accuse de|confirmacion de|conferma d|conferma o|confirmacao d|bevestiging|potwierdzenie zam|orderbek|ordrebek|tilausvahv|potvrzeni obj",
  ],
  [
    "delivery_note",
    "deliver|liefer|livrais|entrega|consegna|trasport|transport|leverings|leverans|leveranc|pakbon|dostaw|wydani|packing|packlist|packzettel|packsch|dispatch|despatch|shipment|shipping|expedi|versand|warenausgang|warenbegleit|remessa|colisage|bordereau|albaran|frakt|fragt|toimitu|lahet|dodac|consign|freight|fracht|goods|remision|spedizion|verzend|vracht|wysylk|sedel\\b|seddel|manifest",
  ],
  [
    "utility_bill",
    "strom|\\bgas\\b|wasser|energi|electric|electri|water|utilit|\\bluz\\b|\\bagua|\\bluce\\b|acqua|elekt|\\bprad|vatten|verbrauch|consum|consommation|meter|forbruk|forbrug|kulutus|spotreb|zuzyc|bollett|suministro|fornecimento|heating|sewer|telefon|telephon|internet|broadband|mobile",
  ],
  [
    "bank_statement",
    "account|konto|\\bbank|compte|cuenta|\\bconto\\b|\\bconta\\b|rekening|rachunk|\\btili|tiliot|\\bucet|\\buctu|saldo|umsatz|umsatze|statement|activity|transaction|mouvement|moviment|movimient|operacj|transakt|tapahtum|vypis|wyciag|extract|estratto|extrato|balance|penyata|kontobev|auszug",
  ],
  [
    "pay_stub",
    "\\bpay\\b|payroll|paysl|payst|paych|wage|salar|earning|remunerat|lohn|gehalt|entgelt|verdienst|bezuge|vergutung|\\bpaie|\\bpaye\\b|salaire|remunerac|nomin|sueldo|haberes|stipend|retribuzion|\\bbusta|cedolin|vencimento|ordenado|holerit|contrachequ|loon|salaris|wynagrodz|\\bplac\\b|placow|\\blon\\b|lones|lonn|lonse|palkk|mzd|vyplat|compensation|\\bgaji",
  ],
  [
    "contract",
    "contract|agreement|vertrag|vereinbarung|contrat|convention|acuerdo|convenio|accordo|acordo|overeenkomst|\\bumow|porozumien|avtal|aftale|kontrakt|sopimus|smlouv|dohod|\\blease|memorandum|undertaking|engagement|protocole|bail\\b",
  ],
  [
    "legal_document",
    "court|gericht|tribunal|juzgado|audiencia|rechtbank|gerechtshof|\\bsad\\b|complaint|judg|petition|motion\\b|urteil|beschluss|klage|jugement|\\barret\\b|requete|assignation|sentenc|demanda\\b|sentenz|ricorso|acordao|vonnis|dagvaarding|wyrok|pozew|postanowieni|affidavit|summons|attorney|vollmacht|procura|pleading|decree|\\bwrit\\b|notarial|domstol|tingsrett|byret",
  ],
  [
    "medical_record",
    "medic|clinic|patient|hospital|discharge|health|arzt|befund|klinik|kranken|diagnos|clinique|\\bsante|hopital|sortie|\\bsalud|\\balta\\b|sanitar|dimission|referto|\\bsaude|zieken|medisch|ontslag|szpital|lekarsk|wypis|laborator|prescri|consultation|encounter|radiolog|patholog|entlass|epikri|journal|surgery|therap|visit summary",
  ],
  [
    "id_document",
    "passport|identi|licen[cs]e|\\bpermit|ausweis|fuhrerschein|carte (?:de|nationale)|permis|passeport|pasaporte|\\bdni\\b|carnet|tarjeta|cedula|carta d|patente|cartao|bilhete|rijbewijs|paspoort|dowod|paszport|prawo jazdy|residence|republic|republik|republique|republica|kingdom|koninkrijk|rzeczpospolita|bundesrepublik|united states of",
  ],
  [
    "form",
    "\\bform\\b|application|antrag|formular|formulaire|\\bdemande de|solicitud|\\bmodulo\\b|\\bdomanda di|requerimento|formulier|aanvraag|\\bwnios|formularz|registration|questionnaire|survey|declaration|request|claim\\b|anmeldung|inscription|inscripcion|iscrizione|inscricao|inschrijving|zgloszen|fragebogen|erklarung|enrol|consent",
  ],
];

export const HEADING_STEMS: readonly { readonly type: DocumentType; readonly pattern: RegExp }[] = STEMS.map(
  ([type, stems]) => ({ type, pattern: new RegExp(`(?:^|[^a-z])[a-z-]*(?:${stems})`) }),
);
