import type { DraftValue } from "../engine/draft.ts";
import { type Piece, textOf, trimPiece, type View } from "../engine/view.ts";
import { pieceValue } from "./caption.ts";
import { foldedOf } from "./labelled.ts";
import { medicalSection } from "./medical-lexicon.ts";
import { dateOf, findPairs, type Pair, readPairs } from "./pairs.ts";
import { looksLikeOrganisation, looksLikePerson } from "./party-names.ts";

const NAME =
  /\b(?:name|patient\w*|pt|person|subject|individual|client|resident|who|paciente|nombre|nom|versichert\w*|enferm[oa]|assure|usuario|identity)\b/;
const NOT_PATIENT =
  /\b(?:doctor|physician|provider|clinician|attending|consultant|surgeon|nurse|arzt\w*|\w*arzt\w*|medecin|medic[oa]|facultativ[oa]|hospital|clinic|facility|lab\w*|contact|next of kin|insur\w*|signed|by|refer\w*|author|gp|drug|medication|test)\b/;
const BORN = /\b(?:born|birth\w*|dob|bday|geb\w*|naiss\w*|ne|nee|nac\w*|nasc\w*)\b/;
const RECORD =
  /\b(?:record|chart|mrn|file|id|number|no|nr|num|ref\w*|code|folder|case|hospital|unit|reg\w*|identifier|akte\w*|\w*nummer|\w*kennung|fall\w*|dossier|ipp|numero|historia|nhc|expediente|folio|cartella)\b/;
const NOT_RECORD =
  /\b(?:phone|tel\w*|fax|zip|post\w*|tax|vat|insur\w*|room|bed|age|mobile|lot|npi|license)\b/;
const CAME =
  /\b(?:admi\w*|arriv\w*|came|enter\w*|seen|visit\w*|attend\w*|consult\w*|encounter|service|exam\w*|present\w*|began|begin|from|start\w*|checked in|check-in|in|date|collect\w*|taken|drawn|received|aufn\w*|aufgen\w*|behandl\w*|vorgestellt|eingetr\w*|datum|untersuch\w*|entree|arrivee|vu|vue|venue|ingres\w*|entrada|llegada|fecha|visita|consulta\w*|atenci\w*|atend\w*)\b/;
const LEFT =
  /\b(?:discharg\w*|left|leav\w*|went home|home|releas\w*|out|depart\w*|until|through|checked out|end\w*|entl\w*|ausgetr\w*|sortie|sorti|depart|alta|salida|egreso|dimiss\w*)\b/;
const COMPLAINT =
  /\b(?:reason|why|complain\w*|symptom\w*|concern\w*|came (?:in )?(?:with|for)|presenting|brought|problem|because|trouble|cause|grund|anlass|beschwerd\w*|leitsympt\w*|motif\w*|plainte\w*|raison|motivo\w*|queja\w*|sintom\w*)\b/;
const PROVIDER =
  /\b(?:doctor|physician|provider|clinician|attending|consultant|surgeon|nurse|practition\w*|responsible|signed|author|treat\w*|care|by|\w*arzt\w*|\w*arztin|medecin|praticien|docteur|medic[oa]|facultativ[oa]|doctor\w*)\b/;
const ADDRESS =
  /\b(?:address|lives|living|home|resid\w*|domicil\w*|anschrift|wohn\w*|adresse|direccion|demeurant|street)\b/;
const PHONE =
  /\b(?:phone|tel\w*|mobile|cell|call\w*|reach\w*|contact|number|handy|rufnummer|portable|movil|joignable)\b/;
const PHONE_FORM = /^\+?[\d(][\d ()./-]{6,20}\d$/;
const TITLED = /^(?:Dr|Prof|Dra|Dott)\.?(?:ª)?\s/;

/** The patient and the stay by stems of labels; where these leave it open, by what the values are. */
export function draftMedicalPairs(view: View, dayFirst: boolean | null): DraftValue[] {
  const pairs = findPairs(view).filter(({ label }) => label.length > 0);
  const labelled = readPairs(pairs, [
    { pointer: "/patient/name", stems: NAME, never: NOT_PATIENT, read: person },
    { pointer: "/patient/date_of_birth", stems: BORN, read: (value) => dateOf(value, dayFirst) },
    { pointer: "/patient/record_number", stems: RECORD, never: NOT_RECORD, read: identifier },
    { pointer: "/patient/address", stems: ADDRESS, never: NOT_PATIENT, read: address },
    { pointer: "/chief_complaint", stems: COMPLAINT, never: BORN, read: phrase },
    { pointer: "/discharge_date", stems: LEFT, never: BORN, read: (value) => dateOf(value, dayFirst) },
    { pointer: "/encounter_date", stems: CAME, never: BORN, read: (value) => dateOf(value, dayFirst) },
    { pointer: "/provider", stems: PROVIDER, read: titled },
  ]);
  const phone = phoneNear(pairs);
  if (phone) labelled.push(phone);
  const sex = pairs.find(
    ({ label, value }) => /\b(?:sex|gender|geschl\w*|sexe|sexo|m\/f)\b/.test(label) && sexOf(value) !== null,
  );
  const values = sex ? [...labelled, sexDraft(sex)] : labelled;
  return [...values, ...byForm(pairs, values, dayFirst)];
}

/** What labels do not tell: the oldest date is the birth, the others come and go; `Dr.` is who treats. */
function byForm(
  pairs: readonly Pair[],
  known: readonly DraftValue[],
  dayFirst: boolean | null,
): DraftValue[] {
  const has = (pointer: string): boolean => known.some((value) => value.pointer === pointer);
  const values: DraftValue[] = [];
  const doctor = pairs.find(({ value }) => titled(value) !== null);
  if (!has("/provider") && doctor) values.push(pieceValue("/provider", [doctor.value], 0.66));
  const dates = pairs.flatMap(({ value }) => {
    const date = dateOf(value, dayFirst);
    return date ? [date] : [];
  });
  const sorted = dates.toSorted((a, b) => a.value.localeCompare(b.value));
  const [oldest] = sorted;
  const last = sorted.at(-1);
  if (!oldest || !last || days(oldest.value, last.value) < 500) return values;
  if (!has("/patient/date_of_birth")) values.push(dated("/patient/date_of_birth", oldest));
  const first = sorted.find(({ value }) => days(value, last.value) < 120);
  if (first && !has("/encounter_date")) values.push(dated("/encounter_date", first));
  if (!has("/discharge_date") && first && last.value > first.value)
    values.push(dated("/discharge_date", last));
  const near = pairs.find(
    ({ label, value }) =>
      !NOT_PATIENT.test(label) &&
      person(value) !== null &&
      !looksLikeOrganisation(textOf(value)) &&
      medicalSection(label) === null,
  );
  if (!has("/patient/name") && near) values.push(pieceValue("/patient/name", [near.value], 0.62));
  return values;
}

/** A telephone number in the rows around the patient's name. */
function phoneNear(pairs: readonly Pair[]): DraftValue | null {
  const patient = pairs.find(
    ({ label, value }) => NAME.test(label) && !NOT_PATIENT.test(label) && person(value) !== null,
  );
  const born = pairs.find(({ label }) => BORN.test(label));
  const row = patient?.row ?? born?.row;
  if (row === undefined) return null;
  const near = pairs.find(
    (pair) => Math.abs(pair.row - row) <= 7 && PHONE.test(pair.label) && PHONE_FORM.test(textOf(pair.value)),
  );
  return near ? pieceValue("/patient/phone", [near.value], 0.72) : null;
}

function dated(pointer: string, { value, piece }: { value: string; piece: Piece }): DraftValue {
  return { ...pieceValue(pointer, [piece], 0.62), value };
}

function days(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

interface Read {
  readonly value: string;
  readonly piece: Piece;
}

function person(value: Piece): Read | null {
  const piece = trimPiece(value, /[\s,;.]/);
  const text = textOf(piece);
  const comma = /^(\p{Lu}[\p{L}'’-]+),\s(\p{Lu}[\p{L}'’. -]+)$/u.test(text);
  const plain =
    text.length <= 50 &&
    (comma || looksLikePerson(text.replace(/^(?:Mr|Mrs|Ms|Herrn?|Frau|M|Mme|D|Dña|Don|Doña)\.?\s+/, "")));
  return plain && !TITLED.test(text) && medicalSection(text) === null ? { value: text, piece } : null;
}

function titled(value: Piece): Read | null {
  const piece = trimPiece(value, /[\s,;]/);
  const text = textOf(piece);
  const credential = /,? (?:M\.?D|D\.?O|N\.?P|P\.?A(?:-C)?|R\.?N)\.?$/.test(text);
  return (TITLED.test(text) || credential) && text.length <= 60 && !/\d/.test(text)
    ? { value: text, piece }
    : null;
}

function identifier(value: Piece): Read | null {
  const piece = trimPiece(value, /[\s,;.]/);
  const text = textOf(piece);
  const plain = /^(?=(?:.*\d){3})[\p{L}\d][\p{L}\d./-]{3,18}$/u.test(text);
  return plain &&
    !/^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$|^\d{4}-\d\d-\d\d$/.test(text) &&
    !PHONE_FORM.test(text.replace(/^\d{1,10}$/, "x"))
    ? { value: text, piece }
    : null;
}

function address(value: Piece): Read | null {
  const piece = trimPiece(value, /[\s;.]/);
  const text = textOf(piece);
  return /\d/.test(text) && /,/.test(text) && text.length >= 12 && text.length <= 120
    ? { value: text, piece }
    : null;
}

function phrase(value: Piece): Read | null {
  const piece = trimPiece(value, /[\s;:.]/);
  const text = textOf(piece);
  return text.length >= 5 &&
    text.length <= 200 &&
    !/\d{2}[./-]\d|^\d/.test(text) &&
    !looksLikeOrganisation(text)
    ? { value: text, piece }
    : null;
}

function sexOf(value: Piece): "female" | "male" | null {
  const text = foldedOf(value.segment).slice(value.start, value.end).trim();
  if (/^(?:f|female|woman|w|weiblich|feminin|femme|femenino|mujer|frau)$/.test(text)) return "female";
  return /^(?:m|male|man|mannlich|masculin|homme|masculino|hombre|varon|mann|h)$/.test(text) ? "male" : null;
}

function sexDraft({ value }: Pair): DraftValue {
  return { ...pieceValue("/patient/sex", [value], 0.82), value: sexOf(value) ?? "other", derived: true };
}

interface Sign {
  readonly field: string;
  readonly label: RegExp;
  readonly form: RegExp;
}

const SIGNS: readonly Sign[] = [
  {
    field: "blood_pressure",
    label: /pressure|\bbp\b|\brr\b|druck|tension|presion|\bta\b|\bpa\b|systol/,
    form: /^\d{2,3}\s?\/\s?\d{2,3}(?:\s?mm\s?\[?hg\]?)?$/,
  },
  {
    field: "oxygen_saturation",
    label: /oxy|sat|o2|sauerst/,
    form: /^\d{2,3}(?:[.,]\d)?\s?%(?:\s?(?:on |unter )?(?:room air|ra|raumluft))?$/,
  },
  {
    field: "temperature",
    label: /temp|warm|heat|fever|\bt\b|fieber|fievre|fiebre/,
    form: /^\d{2,3}(?:[.,]\d{1,2})?\s?(?:°|o)\s?[cf]$/,
  },
  {
    field: "heart_rate",
    label: /heart|puls|beat|cardi|herz|\bhr\b|\bhf\b|\bfc\b|pouls/,
    form: /^\d{2,3}(?:\s?(?:bpm|\/\s?min(?:ute)?\.?|lpm|beats.*|min-1))?$/,
  },
  {
    field: "respiratory_rate",
    label: /resp|breath|atem|\brr\b|\baf\b|\bfr\b/,
    form: /^\d{1,2}(?:\s?(?:\/\s?min(?:ute)?\.?|rpm|breaths.*|min-1))?$/,
  },
  {
    field: "weight",
    label: /weigh|\bwt\b|mass|gewicht|poids|peso/,
    form: /^\d{1,3}(?:[.,]\d{1,2})?\s?(?:kg|lbs?|pounds)$/,
  },
  {
    field: "height",
    label: /height|\bht\b|tall|stature|gros|lang|taille|talla|estatura|altura|length/,
    form: /^\d{1,3}(?:[.,]\d{1,2})?\s?(?:cm|m|in)$|^\d'\s?\d{1,2}"?$/,
  },
  { field: "bmi", label: /bmi|body mass|imc/, form: /^\d{2}(?:[.,]\d{1,2})?(?:\s?kg\/m2?)?$/ },
];
/** Forms that need no label to be known. */
const TELLING = new Set(["blood_pressure", "temperature", "weight", "height"]);
const BEATS = /bpm|beats|lpm/;

/** Beats a minute: the unit says so, or the number is too high for breaths. */
function isBeats(text: string): boolean {
  return BEATS.test(text) || (/\/\s?min/.test(text) && Number.parseInt(text, 10) >= 45);
}

/** Vital signs in pairs: by stems of the label, or by a unit that only they have. */
export function draftVitalPairs(view: View): DraftValue[] {
  const pairs = findPairs(view);
  return SIGNS.flatMap(({ field, label, form }) => {
    const fits = pairs.filter(({ value }) =>
      form.test(
        foldedOf(value.segment)
          .slice(value.start, value.end)
          .replace(/[\s.]+$/, ""),
      ),
    );
    const named = fits.find((pair) => label.test(pair.label));
    const [only] = fits;
    const telling = only && TELLING.has(field) && fits.length === 1 && /[a-z°/]/i.test(textOf(only.value));
    const beats = field === "heart_rate" ? fits.find(({ value }) => isBeats(textOf(value))) : undefined;
    const pair = named ?? beats ?? (telling ? only : undefined);
    return pair
      ? [pieceValue(`/vitals/${field}`, [trimPiece(pair.value, /[\s.;,]/)], named ? 0.84 : 0.68)]
      : [];
  });
}
