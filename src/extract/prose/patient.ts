import type { DraftValue } from "../engine/draft.ts";
import { pieceValue } from "./caption.ts";
import { looksLikeAddress } from "../engine/party-names.ts";
import { textOf, trimPiece, type View, wholePiece } from "../engine/view.ts";
import { findProseDates } from "./dates.ts";
import { findLabelled, foldedOf } from "./labelled.ts";
import { looksLikePerson } from "./party-names.ts";
import { citeStretch, printedValue, type Prose, readConfidence, type Stretch } from "./prose.ts";

const NAME = String.raw`\p{Lu}[\p{L}'’-]*\.?(?:\s+(?:(?:de|del|la|van|von|der|le|y|zu)\s+)*\p{Lu}[\p{L}'’-]*\.?){1,4}`;
/** Sentences that name a patient; on the text itself, as names are told by their capitals. */
const PATIENT = [
  new RegExp(
    String.raw`(?:[Pp]atient(?:en|in)?|[Pp]aciente|[Mm]utual patient|[Pp]atiente?)\s+(?:(?:Herrn?|Frau|M\.|Mme|Monsieur|Madame|Mrs?\.?|Ms\.?|D\.|Dña\.|Don|Doña)\s+)?(?<name>${NAME})`,
    "u",
  ),
  new RegExp(
    String.raw`(?:Herrn?|Frau|Monsieur|Madame|Mme|M\.|Mr\.|Mrs\.|Ms\.|Don|Doña|D\.|Dña\.)\s+(?<name>${NAME})(?=,?\s*(?:\(?geb|\(?né|nacid|\*|born|,? (?:is|an?) (?:an? )?\d{1,3}|,? \d{1,3}[ -]?(?:year|jahr|ans|años)|\(?DOB))`,
    "u",
  ),
  new RegExp(
    String.raw`(?<name>${NAME})(?=,?\s+(?:\(?DOB|is an? \d{1,3}[ -]year|\(?geb\.|geboren am|\(?née? le|nacid[oa] el|,? an? \d{1,3}[ -]year))`,
    "u",
  ),
  new RegExp(
    String.raw`\b(?:RE|Re|Regarding|Betreff|Betr\.|Objet|Concerne)\s*:\s*(?:(?:Herrn?|Frau|M\.|Mme|Monsieur|Madame|Mrs?\.?|Ms\.?)\s+)?(?<name>${NAME})`,
    "u",
  ),
];
const BORN =
  /\b(?:d\.?o\.?b\.?|date of birth|birth ?date|born(?: on)?|geb(?:\.|oren)?(?: am)?|geburtsdatum|ne\(?e?\)? le|nee? le|date de naissance|ddn|nacid[oa](?: el)?|fecha (?:de )?nac(?:imiento|\.)?|f\.? ?n(?:ac)?\.?|fdn)\b[\s:.(]*$|\*\s*$/;
const LIVES =
  /\b(?:wohnhaft(?: in)?:?|residing at|who lives at|demeurant(?: au)?|domicilie[e]? (?:au|a)|con domicilio en)\s+(?<address>[^.;\n]{8,110}?\d[^.;\n]{0,60}?)(?=,?\s+(?:der|die|who|qui|que|ist|was|has|befand|stellte|a ete|ingres\w*)\b|[.;\n])/;
const SEX: readonly (readonly ["female" | "male", RegExp])[] = [
  [
    "female",
    /\b(?:\d{1,3}[- ](?:year|yr|y)[- /]?o(?:ld)?\.? (?:[a-z-]+ ){0,2}(?:female|woman|lady|girl)|\d{1,3} ?(?:f|yof|y\/o f)\b|patientin|der patientin|mujer de \d|femme de \d|patiente(?: agee)?)\b/,
  ],
  [
    "male",
    /\b(?:\d{1,3}[- ](?:year|yr|y)[- /]?o(?:ld)?\.? (?:[a-z-]+ ){0,2}(?:male|man|gentleman|boy)|\d{1,3} ?(?:yom|y\/o m)\b|ihren patienten|den patienten|des patienten|varon de \d|hombre de \d|homme de \d)\b/,
  ],
];

/** What a report's sentences say of the patient: name, day of birth, sex. */
export function draftPatient(prose: Prose, dayFirst: boolean | null): DraftValue[] {
  const values: DraftValue[] = [];
  const head = prose.text.slice(0, 6_000);
  for (const pattern of PATIENT) {
    const match = pattern.exec(head);
    const name = match?.groups?.["name"];
    if (!match || name === undefined || !looksLikePerson(name)) continue;
    const start = match.index + match[0].indexOf(name, match[0].length - name.length);
    values.push(printedValue(prose, "/patient/name", { start, end: start + name.length }, 0.75));
    break;
  }
  for (const date of findProseDates(head, dayFirst)) {
    if (!BORN.test(prose.folded.slice(Math.max(0, date.start - 40), date.start))) continue;
    const confidence = 0.92 * readConfidence(prose, date) * (date.certain ? 1 : 0.85);
    values.push({
      pointer: "/patient/date_of_birth",
      value: date.iso,
      cited: citeStretch(prose, date),
      confidence,
    });
    break;
  }
  const folded = prose.folded.slice(0, 6_000);
  const lives = LIVES.exec(folded);
  const address = lives?.groups?.["address"];
  if (lives && address !== undefined) {
    const start = lives.index + lives[0].indexOf(address);
    values.push(printedValue(prose, "/patient/address", { start, end: start + address.length }, 0.8));
  }
  for (const [sex, pattern] of SEX) {
    const match = pattern.exec(folded);
    if (!match) continue;
    const stretch: Stretch = { start: match.index, end: match.index + match[0].length };
    values.push({
      pointer: "/patient/sex",
      value: sex,
      cited: citeStretch(prose, stretch),
      confidence: 0.7,
      derived: true,
    });
    break;
  }
  return values;
}

const FROM_TO = /\b(?:vom|von|from|du|admitted|hospitalise[es]*|del|desde)\b[^.;\n]{0,25}$/;
const UNTIL = /^\s*(?:bis(?: zum)?|to|through|until|-|au|al|hasta(?: el)?)\s*$/;
const CUES: readonly { readonly pointer: string; readonly pattern: RegExp; readonly weight: number }[] = [
  {
    pointer: "/discharge_date",
    weight: 0.88,
    pattern:
      /\b(?:discharged?(?: date| on| home on)?|date of discharge|entlass(?:en|ung|ungsdatum)(?: am)?|sorti[e]?(?: le)?|date de sortie|alta(?: hospitalaria)?(?: el)?|fecha de alta|dimitt?ed)\b[^.;\n]{0,25}$/,
  },
  {
    pointer: "/encounter_date",
    weight: 0.88,
    pattern:
      /\b(?:admi(?:tted|ssion)(?: date)?(?: on)?|date of (?:admission|service|visit|encounter|consultation|examination|exam|procedure)|(?:visit|encounter|service|exam|consultation|appointment|consult) date|dos|seen (?:on|in .{3,30} on)|presented on|visit(?:ed)?(?: on)?|aufnahme(?:datum)?(?: am)?|aufgenommen am|untersuch(?:t|ung)(?:sdatum)?(?: am| vom)?|vorstellung (?:am|vom)|stellte sich am|behandlungsdatum|date (?:d'entree|d'admission|de consultation|de la consultation|d'hospitalisation|de l'examen)|vu[e]? (?:en consultation )?le|consultation du|examine[e]? le|hospitalise[e]? le|fecha de (?:ingreso|consulta|visita|atencion|la consulta)|ingres[oa]d?[oa]?(?: el)?|atendid[oa] el|collected|collection date|date collected|specimen .{0,20}|entnahme(?:datum)?|date prescribed|prescription date)\b[^.;\n]{0,25}$/,
  },
];

/** When the patient came and went, as sentences say it: `vom 3.4. bis zum 12.4.2023`, `admitted on`. */
export function draftStay(prose: Prose, dayFirst: boolean | null): DraftValue[] {
  const dates = findProseDates(prose.text.slice(0, 20_000), dayFirst);
  const values = new Map<string, DraftValue>();
  const put = (pointer: string, date: (typeof dates)[number], weight: number): void => {
    if (values.has(pointer)) return;
    const confidence = weight * readConfidence(prose, date) * (date.certain ? 1 : 0.85);
    values.set(pointer, { pointer, value: date.iso, cited: citeStretch(prose, date), confidence });
  };
  for (const [index, date] of dates.entries()) {
    const before = prose.folded.slice(Math.max(0, date.start - 60), date.start);
    if (BORN.test(before)) continue;
    const next = dates[index + 1];
    if (next && UNTIL.test(prose.folded.slice(date.end, next.start)) && FROM_TO.test(before)) {
      put("/encounter_date", date, 0.85);
      put("/discharge_date", next, 0.85);
    }
    for (const { pointer, pattern, weight } of CUES) if (pattern.test(before)) put(pointer, date, weight);
  }
  return [...values.values()];
}

const FACILITY =
  /\b(?:hospital|clinic|medical (?:center|centre|group)|\w+logy (?:associates|clinic|group|center|centre)|associates|urgent care|practice|health(?:care)?(?: system| center| centre)?|klinik(?:um)?|krankenhaus|praxis|gemeinschaftspraxis|mvz|spital|universitatsmedizin|centre hospitalier|chu\b|chru|hopital|clinique|cabinet medical|polyclinique|clinica|centro (?:de salud|medico)|laborator(?:y|ies|io)|laboratoire|labor\b|infirmary|surgery|family practice|pediatrics|radiology|imaging|physicians|institute|ambulatorio|policlinic\w*|ospedale|ziekenhuis)\b|\w+(?:klinik|klinikum|krankenhaus|spital|hospital)\b/;

/** The house, where its name heads the first page. */
export function findFacility(view: View): DraftValue[] {
  const first = view.segments[0]?.page;
  for (const segment of view.segments.slice(0, 30)) {
    const folded = foldedOf(segment);
    if (
      segment.page !== first ||
      segment.bbox[1] > 0.35 ||
      segment.text.length > 80 ||
      !FACILITY.test(folded)
    )
      continue;
    if (
      /[:@]|\d{4}|\b(?:discharge|summary|report|record|note|dear|patient|from|course|brief|befund|bericht|informe|compte|ordonnance|test|results|department|abteilung|street|medicine)\b/.test(
        folded,
      )
    )
      continue;
    const piece = trimPiece(wholePiece(segment), /[\s,;|]/);
    return [pieceValue("/facility", [piece], 0.72)];
  }
  return letterheadName(view);
}

/** The name that opens a letterhead: the first line, with an address under it. */
function letterheadName(view: View): DraftValue[] {
  const [first, second] = view.rows;
  const [segment, beside] = first?.segments ?? [];
  const [under] = second?.segments ?? [];
  if (!segment || beside || !under || under.page !== segment.page || segment.bbox[1] > 0.15) return [];
  const words = segment.text.split(/\s+/).length;
  if (words < 2 || words > 7 || /[\d:@]|^(?:Mrs?|Ms|Dr|Herrn?|Frau|M|Mme)\b/.test(segment.text)) return [];
  if (
    /\b(?:summary|report|record|note|letter|results|brief|befund|bericht|informe|compte)\b/.test(
      foldedOf(segment),
    )
  )
    return [];
  const address = looksLikeAddress(under.text) && /\d/.test(under.text);
  return address ? [pieceValue("/facility", [wholePiece(segment)], 0.66)] : [];
}

const PHONE = /^\+?[\d(][\d ()./-]{6,20}\d$/;

/** A telephone number that stands by the patient rather than under the house's name. */
export function findPatientPhone(view: View): DraftValue[] {
  const house = view.segments.find((segment) => FACILITY.test(foldedOf(segment)))?.row ?? -99;
  const [patient] = findLabelled(
    view,
    /(?:patient|pt|nom|name|paciente|nombre)(?:'?s)?(?: (?:name|nom|full name))?|patientenname|name, vorname/,
  );
  const named = patient?.value.segment.row;
  if (named === undefined) return [];
  const label =
    /(?:(?:patient|home|mobile|cell|contact)\s+)?(?:phone|telephone|tel|telefon|telefono|mobile|cell|handy|movil|portable)(?: (?:no|number|nr))?/;
  for (const { value } of findLabelled(view, label)) {
    const { row } = value.segment;
    const near = row >= named - 1 && row - named <= 8 && Math.abs(row - named) < Math.abs(row - house);
    if (near && PHONE.test(textOf(value))) return [pieceValue("/patient/phone", [value], 0.78)];
  }
  return [];
}

const SIGNED = [
  /\b(?:electronically )?signed(?: electronically)?(?: by)?:?\s+(?:dr\.? )?/,
  /\b(?:attending(?: physician| provider)?|primary (?:care )?(?:physician|provider)|(?:ordering|referring|treating|consulting|prescribing) (?:physician|provider|clinician|doctor)|provider|physician|clinician|prescriber|author|dictated by|seen by|behandelnde[rn]? arzt(?:in)?|arzt(?:in)?|chefarzt(?:in)?|oberarzt(?:in)?|medecin(?: traitant)?|prescripteur|medic[oa](?: responsable)?|facultativ[oa]|doctor(?:a)?)\s*:\s*/,
];
const DOCTOR = /(?:\b(?:dr|prof|pd|priv\.-doz)\.?\s?(?:dr\.?\s?)?(?:med\.?\s?)?(?:h\.c\.\s?)?)+\s*/;

const PROVIDER_LABEL =
  /(?:(?:attending|treating|referring|ordering|consulting|prescribing|primary care|responsible|rendering|supervising|examining|requesting|admitting|discharging|behandelnde[rs]?|verantwortliche[rs]?|uberweisende[rs]?|verordnende[rs]?|stations|ober|chef|haus|fach)[ -]?)*(?:physician|provider|doctor|clinician|consultant|practitioner|prescriber|surgeon|author|pathologist|arzt|arztin|einsender|medecin(?: (?:traitant|prescripteur|responsable))?|praticien|prescripteur|docteur|chirurgien|medic[oa](?: (?:responsable|tratante))?|facultativ[oa]|doctor\/a|cirujan[oa]|pcp|gp|seen by|signed by|reported by|prescribed by|dictated by|examined by|reviewed by|attending)(?: name)?/;

/** A person behind, beside or below a label of those who treat. */
function labelledProvider(view: View): DraftValue[] {
  for (const { value } of findLabelled(view, PROVIDER_LABEL)) {
    const text = textOf(value);
    const match = PERSON.exec(text);
    if (!match || match[0].length < 5 || !/\s/.test(match[0]) || FACILITY.test(foldedOf(value.segment)))
      continue;
    const piece = { segment: value.segment, start: value.start, end: value.start + match[0].length };
    return [pieceValue("/provider", [trimPiece(piece, /[\s,;]/)], 0.88)];
  }
  return [];
}

/** Who wrote it: behind a label, behind a word of signing, or the name with a doctor's title at the end. */
export function findProvider(view: View, prose: Prose): DraftValue[] {
  const labelled = labelledProvider(view);
  if (labelled.length > 0) return labelled;
  for (const pattern of SIGNED) {
    const match = pattern.exec(prose.folded);
    const found = match && personFrom(prose, match.index + match[0].length);
    if (found) return [printedValue(prose, "/provider", found, 0.75)];
  }
  const tail = prose.lines.filter((line) => line.text.length < 70).slice(-12);
  for (const line of tail) {
    const match = DOCTOR.exec(prose.folded.slice(line.start, line.end));
    const credential =
      /^\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]+){1,3},? (?:M\.?D|D\.?O|N\.?P|P\.?A(?:-C)?|R\.?N|FACP|MBBS)\b\.?/u.exec(
        line.text,
      );
    if (credential)
      return [
        printedValue(prose, "/provider", { start: line.start, end: line.start + credential[0].length }, 0.7),
      ];
    if (match && match.index < 3) {
      const found = personFrom(prose, line.start + match.index);
      if (found) return [printedValue(prose, "/provider", found, 0.7)];
    }
  }
  return [];
}

const PERSON =
  /^(?:(?:Dr|Prof|PD|Priv\.-Doz|Dra|Dott)\.?(?:ª)?\s*(?:med\.?\s*)?)*(?:\p{Lu}[\p{L}'’-]*\.?)(?:[ ]+(?:(?:de|del|la|van|von|der|le|y|zu)[ ]+)*\p{Lu}[\p{L}'’-]*\.?){0,3}(?:,? (?:M\.?D|D\.?O|N\.?P|P\.?A(?:-C)?|R\.?N|MBBS)\b\.?)?/u;

function personFrom(prose: Prose, start: number): Stretch | null {
  const match = PERSON.exec(prose.text.slice(start, start + 90));
  return match && match[0].length >= 5 && /\s/.test(match[0])
    ? { start, end: start + match[0].length }
    : null;
}
