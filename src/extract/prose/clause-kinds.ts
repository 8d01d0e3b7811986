import { foldInPlace } from "./fold-in-place.ts";

/** What clauses of contracts commonly settle. */
export const CLAUSE_KINDS = [
  "definitions",
  "subject_matter",
  "term",
  "termination",
  "renewal",
  "payment",
  "confidentiality",
  "liability",
  "indemnification",
  "warranty",
  "force_majeure",
  "assignment",
  "notices",
  "intellectual_property",
  "data_protection",
  "entire_agreement",
  "amendment",
  "severability",
  "waiver",
  "governing_law",
  "dispute_resolution",
  "non_compete",
  "non_solicitation",
  "insurance",
  "delivery",
  "acceptance",
  "subcontracting",
  "relationship_of_parties",
  "compliance",
  "audit",
  "counterparts",
  "survival",
  "obligations",
  "penalties",
  "deposit",
  "maintenance",
  "working_time",
  "leave",
  "other",
] as const;
export type ClauseKind = (typeof CLAUSE_KINDS)[number];

/** Stems of headings, folded; the first kind that matches is given, so the more telling stand first. */
const STEMS: readonly (readonly [ClauseKind, RegExp])[] = [
  ["non_solicitation", /non-? ?solicit|abwerb|non-? ?sollicit|no captacion/],
  [
    "non_compete",
    /non-? ?compet|competition|restrictive covenant|exclusiv|wettbewerb|konkurrenz|non-? ?concurrence|no competencia|no concurrencia/,
  ],
  [
    "data_protection",
    /data (?:protection|privacy|processing|security)|privacy|personal (?:data|information)|gdpr|dsgvo|datenschutz|donnees (?:a caractere )?personnel|protection des donnees|rgpd|proteccion de datos|datos personales|datos de caracter/,
  ],
  [
    "confidentiality",
    /confiden|non-? ?disclosure|secrecy|proprietary information|trade secret|vertraulich|geheim|verschwiegen|secret|discretion|reserva/,
  ],
  [
    "intellectual_property",
    /intellectual|ownership of (?:work|deliver|materials|results)|proprietary rights|copyright|patent|trademark|\bip\b|work (?:product|for hire|made)|inventions?|license grant|grant of (?:license|rights)|urheber|nutzungsrecht|geistig|schutzrecht|rechte an|propriete intellectuelle|propriete des|droits? d'auteur|propiedad intelectual|propiedad industrial|derechos de autor/,
  ],
  ["indemnification", /indemni|hold harmless|freistell|schadlos|garantie contre|indemnidad/],
  ["liability", /liab|damages|haft|schadenersatz|responsabilit|responsabilidad/],
  [
    "warranty",
    /warrant|representation|guarantee|gewahrleist|zusicherung|mangel|garantie|garanti|vices caches|declaraciones/,
  ],
  ["force_majeure", /force majeure|acts? of god|hohere gewalt|fuerza mayor|unforeseen|events beyond/],
  [
    "entire_agreement",
    /entire|whole agreement|integration|merger clause|gesamte vereinbarung|nebenabreden|schriftform|integralite|totalite|acuerdo (?:completo|integro)|integridad/,
  ],
  [
    "severability",
    /severab|severance of|invalid|partial|salvator|teilunwirksam|unwirksam|divisib|nullite|divisibilidad|nulidad|separabilidad/,
  ],
  [
    "dispute_resolution",
    /dispute|arbitrat|mediation|jurisdiction|venue|gerichtsstand|streit|schieds|litige|differend|reglement|attribution|juridiction|competence|controversi|arbitraje|fuero|jurisdiccion|resolucion de conflict/,
  ],
  [
    "governing_law",
    /governing|applicable law|choice of law|law and|anwendbares recht|rechtswahl|geltendes recht|droit applicable|loi applicable|ley aplicable|legislacion|derecho aplicable|\blaw\b/,
  ],
  ["subcontracting", /subcontract|sub-contract|subunternehm|sous-traitance|subcontrat/],
  [
    "assignment",
    /assign|transfer of (?:rights|agreement|contract)|successors|sublet|subleas|abtret|ubertrag|untervermiet|cession|sous-location|cesion|subarriendo/,
  ],
  ["renewal", /renew|extension|verlanger|renouvel|reconduction|renovacion|prorroga/],
  [
    "termination",
    /terminat|cancel|expir|default|breach|kundig|beendig|resiliation|resolution|rupture|fin du contrat|terminacion|rescis|resolucion|extincion|incumplimiento|desistimiento/,
  ],
  ["deposit", /deposit|kaution|mietsicherheit|depot de garantie|caution|fianza/],
  ["penalties", /penalt|liquidated|vertragsstrafe|penalite|clause penale|penaliza|clausula penal/],
  [
    "payment",
    /pay|fees?\b|price|pricing|compensat|remunerat|consideration|invoic|rent\b|rental|salary|wage|charges|commission|expenses|taxes|financial|vergut|zahlung|preis|honorar|entgelt|miete\b|mietzins|gehalt|lohn|rechnung|betriebskosten|prix|paiement|remuneration|honoraires|loyer|salaire|facturation|conditions financieres|charges|precio|pago|honorarios|renta|retribucion|remuneracion|salario|facturacion|gastos/,
  ],
  [
    "term",
    /\bterm\b|duration|commencement|effective date|period|laufzeit|vertragsdauer|dauer|beginn|mietzeit|duree|entree en vigueur|prise d'effet|duracion|vigencia|plazo/,
  ],
  [
    "notices",
    /notice|communicat|mitteilung|benachrichtig|zustellung|notification|avis|notificacion|comunicacion/,
  ],
  ["insurance", /insurance|versicherung|assurance|seguro/],
  ["amendment", /amend|modificat|variation|changes|anderung|avenant|modificacion/],
  ["waiver", /waiver|verzicht|renonciation|renuncia/],
  ["counterparts", /counterpart|electronic signature|ausfertigung|exemplaires|ejemplares/],
  ["survival", /surviv|fortgeltung|survie|supervivencia/],
  [
    "relationship_of_parties",
    /relationship|independent contractor|independen[tc]|no partnership|status of|selbstandig|independance|relacion entre|independencia/,
  ],
  [
    "compliance",
    /complian|anti-? ?corrupt|anti-? ?brib|export|sanction|regulator|einhaltung|conformite|cumplimiento/,
  ],
  ["audit", /audit|records|inspection|prufungsrecht|auditoria/],
  ["acceptance", /accept|abnahme|reception|recette|aceptacion|recepcion/],
  [
    "delivery",
    /deliver|shipping|shipment|schedule|timeline|lieferung|liefer|termine|livraison|delais|entrega/,
  ],
  [
    "maintenance",
    /maintenance|repair|support|service level|instandhalt|schonheitsrepar|wartung|entretien|reparation|mantenimiento|conservacion|reparaciones/,
  ],
  [
    "working_time",
    /working (?:hours|time)|hours of work|work schedule|arbeitszeit|temps de travail|horaires|jornada|horario/,
  ],
  ["leave", /leave|vacation|holiday|urlaub|conges|vacaciones/],
  ["definitions", /definition|interpretation|begriffs|definicion/],
  ["obligations", /obligat|duties|responsibilit|covenants|pflicht|mitwirkung|engagement|deberes/],
  [
    "subject_matter",
    /scope|services|subject|purpose|engagement|appointment|object|premises|property|position|employment|background|sale|lease of|statement of work|description|gegenstand|leistung|mietobjekt|mietsache|tatigkeit|zweck|prambel|objet|prestation|mission|designation|missions|fonctions|bien loue|objeto|alcance|servicios|inmueble|puesto/,
  ],
];

/** What a clause settles, by its heading; `other` for a heading that says none of it. */
export function clauseKind(heading: string): ClauseKind {
  const folded = foldInPlace(heading);
  return STEMS.find(([, stems]) => stems.test(folded))?.[0] ?? "other";
}
