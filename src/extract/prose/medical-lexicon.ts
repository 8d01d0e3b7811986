import { foldInPlace } from "./fold-in-place.ts";

/** What a medical document's section is about; `other` for headings that end a section and are none of these. */
export type MedicalSection =
  | "chief_complaint"
  | "diagnoses"
  | "medications"
  | "allergies"
  | "vitals"
  | "lab_results"
  | "procedures"
  | "other";

/** Stems of headings, folded; the first that matches decides. */
const SECTIONS: readonly (readonly [MedicalSection, RegExp])[] = [
  [
    "allergies",
    /\b(?:allerg|reacts? (?:badly )?to|hypersensit|uberempfindlich|adverse (?:drug )?reaction|intoleran|unvertraglich|nkda|drug sensitiv|sensitivit)/,
  ],
  [
    "other",
    /\b(?:differential|family|social|past (?:medical|surgical)|surgical history|history of present|hpi\b|follow[- ]?up|plan\b|review of systems|physical exam|familienanamnese|sozialanamnese|therapieempfehlung|antecedentes familiares|antecedents|exploracion|examen clinique|korperlicher|untersuchungsbefund|anamnese|prozedere|procedere|evolution|epikrise|verlauf|(?:hospital |clinical )?course|history|report\b|findings|follow|kontrolle|suivi|seguimiento|instructions|disposition|recommend|empfehlung|condition (?:at|on))/,
  ],
  [
    "vitals",
    /\b(?:vitals?\b|vital signs|vitalparameter|vitalwerte|vitalzeichen|signes vitaux|constantes|parametres vitaux|signos vitales|measurements|biometrics|observations)/,
  ],
  [
    "lab_results",
    /\b(?:lab(?:s|or)?\b|laborat|laborwerte|laborbefund|laborparameter|test results|results?\b|blood (?:tests?|work)|biolog|bilan|analisis|analitica|analyses|investigations|hematolog|chemistry|panel|pathology|befunde|blutwerte|resultados)/,
  ],
  [
    "medications",
    /\b(?:remed|tablets|pills|to (?:be )?take|takes\b|pharmacotherapy|einzunehm|verordnet|a prendre|a tomar|medic(?:ation|ament|acion|ine)|medikat|medikament|drugs?\b|prescri|rx\b|arzneimittel|therapie\b|traitement|ordonnance|tratamiento|farmac|verordnung|pharmac|posologie|current meds|meds\b|treatment)/,
  ],
  [
    "procedures",
    /\b(?:procedure|perform|carried out|undertaken|what was done|work done|done\b|measures taken|operation|surger|surgical|intervention|eingriff|prozeduren|ops\b|interventions|actes|procedimientos|intervencion|cirugia|imaging performed|massnahmen|masnahmen|durchgefuhrt)/,
  ],
  [
    "diagnoses",
    /\b(?:diagno|found to have|identified|established|illness|disease|ailment|erkrankung|krankheit|maladie|affection|enfermedad|patologia|assessment|impression|problems?\b|problem list|conclusion|juicio clinico|conditions|final dx|dx\b|befundbeurteilung|beurteilung|motif principal|pathologies)|\w+diagnos/,
  ],
  [
    "chief_complaint",
    /\b(?:chief complaint|presenting (?:complaint|problem|concern)|reason for (?:visit|admission|consult|referral|encounter|presentation)|cc\b|complaint|main concern|aufnahmegrund|vorstellungsgrund|beschwerden|leitsymptom|konsultationsgrund|uberweisungsgrund|fragestellung|indikation|motif|motivo|why (?:you|the patient)|anliegen|konsultations|indication)/,
  ],
];

/** The section that a heading opens, or null where it is no heading of a medical document that is known. */
export function medicalSection(heading: string): MedicalSection | null {
  const folded = foldInPlace(heading);
  return SECTIONS.find(([, stems]) => stems.test(folded))?.[0] ?? null;
}

const NUMBER = String.raw`\d+(?:[.,]\d+)?(?:\s?(?:-|–|\/)\s?\d+(?:[.,]\d+)?)?`;
const DOSE_UNIT = String.raw`(?:mg|mcg|µg|μg|ug|g|ml|cc|iu|i\.e\.|ie|i\.u\.|ui|units?|einheiten|unidades|unites?|meq|mmol|mval|%|puffs?|tab(?:let)?s?|tabletten?|tbl\.?|comprim\w+|cps?\.?|caps?(?:ule)?s?|kapseln?|drops?|tropfen|trpf\.?|hub|hube|gotas|gouttes|sprays?|patch(?:es)?|pflaster|ampu?l?l?e?n?|sachets?|sobres?|inhalations?|pulverizaciones|bouffees?)`;
/** A strength or an amount to take, on folded text. */
export const DOSE = new RegExp(
  String.raw`(?<![\p{L}\d.,])${NUMBER}\s?${DOSE_UNIT}(?![\p{L}])(?:\s?\/\s?(?:${NUMBER}\s?)?(?:${DOSE_UNIT}|h|hr|hour|day|kg|m2|dose|inhalation|actuation|24 ?h|std|tag))?`,
  "u",
);
const TIMES = String.raw`(?:once|twice|thrice|one|two|three|four|five|six|\d+(?:\s?-\s?\d+)?|ein|zwei|drei|vier|une?|deux|trois|quatre|una|dos|tres|cuatro)`;
const FREQUENCY_CORE = String.raw`(?:(?:${TIMES}(?:\s+times?)?|x\s?\d|\d\s?x)\s*(?:\/|a|per|each|every|-)?\s*(?:day|daily|week(?:ly)?|month(?:ly)?|night|hours?|d|wk|tgl\.?|taglich|woche(?:ntlich)?|pro tag|am tag)\b|(?:ein|zwei|drei|vier)mal(?:\s+\w+)?|every\s+(?:other\s+)?(?:\d+(?:\s?(?:-|to)\s?\d+)?\s*)?(?:h(?:ou)?rs?|days?|mornings?|evenings?|nights?|weeks?|months?|bedtime|meals?|other day|h)\b|q\.?\s?\d{1,2}(?:\s?-\s?\d{1,2})?\s?(?:h|hrs?|hours)?\b|q\.?(?:d|hs|am|pm|od|wk|week|day|ac)\b\.?|(?:b|t)\.?i\.?d\b\.?|q\.?i\.?d\b\.?|o\.?d\b\.?|bd\b|tds\b|qds\b|nocte|mane|(?:once\s+)?daily|nightly|weekly|monthly|hourly|at bedtime|at night|in the (?:morning|evening)|each (?:morning|evening|night|day)|with meals|before (?:meals|breakfast|bed)|after meals|as needed|as required|p\.?r\.?n\b\.?|stat\b|\d(?:[,./½]\d)?\s?-\s?\d(?:[,./½]\d)?\s?-\s?\d(?:[,./½]\d)?(?:\s?-\s?\d(?:[,./½]\d)?)?|(?:\d+\s?[x×]\s?)?(?:taglich|tgl\.?|tagl\.?|wochentlich)|alle \d+ (?:stunden|std|tage|wochen)\.?|morgens|mittags|abends|zur nacht|nachts|bei bedarf|b\.\s?b\.|\d+ fois\s*(?:par|\/|le)?\s*(?:jour|semaine|mois|j)\b|par (?:jour|semaine)|(?:le|au) (?:matin|soir|coucher|midi)|matin(?: et soir)?|si besoin|toutes les \d+ ?h(?:eures)?|cada \d+ ?(?:h(?:oras)?|dias)\b|cada (?:dia|noche|semana)|\d+ veces\s*(?:al|por) (?:dia|semana)|una vez al dia|al dia|diari[oa]s?|por la (?:noche|manana)|si precisa|a demanda|(?:desayuno|comida|cena)|monday|mwf)`;
/** How often something is taken, on folded text: one or more expressions that follow each other. */
export const FREQUENCY = new RegExp(
  String.raw`(?<![\p{L}\d])${FREQUENCY_CORE}(?:[\s,]+(?:and\s+|et\s+|y\s+|und\s+|or\s+)?${FREQUENCY_CORE}|\s+for \d+ (?:days|weeks)|\s+(?:as needed|prn|bei bedarf|si besoin)(?: for [\p{L} ]{3,25})?)*`,
  "u",
);
/** How something is given: neither name nor dose. */
export const ROUTE =
  /(?<![\p{L}\d])(?:p\.?o\.?|by mouth|oral(?:ly|e)?|i\.?v\.?|intravenous(?:ly)?|i\.?m\.?|s\.?c\.?|subq|subcut(?:aneous)?(?:ly)?|sl|sublingual|topical(?:ly)?|inhal(?:ed|ation)?|pr|rectal|transdermal|ophthalmic|nasal|per os|via oral|v\.?o\.?|tablets?|tabs?|tabletten?|capsules?|caps?|comprim\w+|kapseln?|cp|inhaler|take|injection|cream|solution|oral tablet|extended release|er|xr|sr|filmtbl\.?|tbl\.?)(?![\p{L}\d])\.?/u;

/** A code of ICD-10 (and its clinical modifications) in a text, with the mark of certainty behind it. */
export const ICD10 =
  /(?<![\p{L}\d.])(?<code>[A-TV-Z]\d[\dAB](?:\.(?:\d[\dA-Z]{0,3}|[\dX]{1,4}|-))?)(?<mark>\s?[+*!]?)(?:\s?(?:[GVZAL](?:\s?[RLB])?))?(?![\p{L}\d.])/u;

/** Letters of codes that are vitamins, vertebrae, complement factors or hormones when they have no point. */
export function isIcd10(code: string, inDiagnoses: boolean): boolean {
  if (code.includes(".")) return true;
  return inDiagnoses && !/^(?:B12|B6|T[34]|C[34]|L[1-5]|S1)$/.test(code);
}
