import { foldInPlace } from "./fold-in-place.ts";

/** Words that say what a party is in court, folded; plurals and feminine forms by their stems. */
const ROLE = String.raw`(?:cross-?|counter-?|third-?party |intervenor-?|co-?|real party in interest|proposed )?(?:plaintiffs?|defendants?|petitioners?|respondents?|appellants?|appellees?|claimants?|complainants?|applicants?|movants?|relators?|garnishees?|intervenors?|debtors?|creditors?|decedent|deceased|affiant|deponent|testat(?:or|rix)|executor|executrix|guardian|conservator|prosecutor|accused|crown|obligor|obligee|principal|attorney-in-fact|klager(?:in|innen)?|beklagte[rn]?|antragsteller(?:in|innen)?|antragsgegner(?:in|innen)?|berufungsklager(?:in)?|berufungsbeklagte[rn]?|revisionsklager(?:in)?|revisionsbeklagte[rn]?|beschwerdefuhrer(?:in)?|beschwerdegegner(?:in)?|glaubiger(?:in)?|schuldner(?:in)?|angeklagte[rn]?|nebenklager(?:in)?|streithelfer(?:in)?|verfugungsklager(?:in)?|verfugungsbeklagte[rn]?|widerklager(?:in)?|demandeurs?|demanderesses?|demandeuses?|defendeurs?|defenderesses?|requerants?|requerantes?|requis|appelante?s?|intimee?s?|prevenue?|partie civile|intervenante?|assignee?|demandantes?|demandad[oa]s?|actora?(?:es)?|parte actora|parte demandada|parte demandante|recurrentes?|recurrid[oa]s?|apelantes?|apelad[oa]s?|querellantes?|querellad[oa]s?|ejecutantes?|ejecutad[oa]s?|denunciantes?|acusad[oa]s?|attore|convenut[oa]|ricorrente|resistente|eiser(?:es)?|gedaagde|verzoeker|verweerder)`;
const JOINED = String.raw`(?:the |der |die |den |des |le |la |les |el |los )?${ROLE}(?:\s?(?:\/|and|und|et|y|-|,)\s?(?:the )?${ROLE}){0,2}`;

/** A line that is nothing but a role. */
export const ROLE_LINE = new RegExp(
  String.raw`^[\s(\[-]*(?<role>${JOINED})(?:\(?[se]+\)?)?\s*(?:\d|zu \d\)?)?[\s.,;:)\]-]*$`,
);
/** A role with the name behind it. */
export const ROLE_LABEL = new RegExp(
  String.raw`^[\s(-]*(?<role>${JOINED})(?:\([se]+\))?\s*(?:\d)?\s*(?::|\s-\s)\s*(?=\S)`,
);
/** A role at the end of what names the party. */
export const ROLE_BEHIND = new RegExp(
  String.raw`(?:,|\n|\s-|\()\s*(?:as )?(?<role>${JOINED})\)?\s*(?:-\s*)?[,.;:]?\s*$`,
);

/** What stands between the two sides. */
export const VERSUS =
  /^[\s()-]*(?:v|vs|versus|against|and against|gegen|wider|contre|c\/|contra|tegen|contro|frente a|en contra de|a l'encontre de|\.\/\.|in opposition to|opposing)[\s.:()-]*$/;
export const COURT_WORD =
  /\b(?:courts?|tribunal(?:e|es)?|juzgados?|audiencia (?:provincial|nacional)|cour (?:d'|de |supr|admin)|\w*gericht(?:s|shof)?|bundesgerichtshof|corte|rechtbank|gerechtshof|conseil (?:d'etat|de prud|constitution)|magistrate|chancery|commission)\b/;

/** Words of titles that tell the kind of document; the first in the title counts, of two there the longer. */
const KINDS: readonly RegExp[] = [
  /power of attorney|vollmacht|procuration|poder (?:notarial|general|especial|para)|pouvoir/,
  /last will|testament(?:o|s)?\b|codicil/,
  /subpoena/,
  /summons|citation (?:to|a comparaitre)|assignation|citacion|ladung|emplazamiento|convocation/,
  /affidavit|eidesstattliche|attestation|acta notarial|declaracion jurada/,
  /declaration of|statement\b|declaration under/,
  /motion|application (?:for|to)|memorandum of (?:law|points)|requete|solicitud|incidente/,
  /answer|klageerwiderung|response to|conclusions|contestacion|replik|reply/,
  /counterclaim|widerklage|reconvencion/,
  /appeal|berufung|beschwerde|appel\b|recurso|apelacion/,
  /complaint|statement of claim|klage|claim form|particulars of claim|plainte|demanda\b|querella/,
  /petition|antrag|gesuch/,
  /judg(?:e)?ment|urteil|jugement|arret\b|sentencia|verdict|decree/,
  /\border\b|beschluss|mahnbescheid|vollstreckungsbescheid|strafbefehl|bescheid|ordonnance|auto\b|providencia|verfugung|injunction|ruling|decreto/,
  /settlement|vergleich|transaction|transaccion/,
  /stipulat/,
  /indictment|anklage|acusacion|information\b/,
  /warrant|haftbefehl|mandat d/,
  /\bwrit\b/,
  /interrogator|request for (?:production|admission)|deposition|discovery/,
  /opinion/,
  /\bbrief\b|schriftsatz|memorandum/,
  /notice|mitteilung|bekanntmachung|avis\b|mise en demeure|notificacion|cedula|kundigung|mahnung/,
];

/** Where a title says what kind of document it is, as offsets of the title; null where it does not. */
export function legalKind(title: string): { start: number; end: number } | null {
  const folded = foldInPlace(title);
  const skip =
    /^(?:notice of (?=motion)|cedula de |acte d'|proposed |amended )/.exec(folded)?.[0].length ?? 0;
  let best: { start: number; end: number } | null = null;
  for (const words of KINDS) {
    const match = words.exec(folded.slice(skip));
    if (!match) continue;
    const start = skip + match.index;
    const end = start + match[0].length;
    if (!best || start < best.start || (start === best.start && end > best.end)) best = { start, end };
  }
  if (!best) return null;
  const word = (at: number): boolean => /[a-z]/.test(folded.charAt(at));
  while (best.start > 0 && word(best.start - 1)) best.start -= 1;
  while (best.end < folded.length && word(best.end)) best.end += 1;
  return best;
}

/** A word of a title of some kind of legal document. */
export const TITLE_WORD = new RegExp(KINDS.map((words) => words.source).join("|"));
