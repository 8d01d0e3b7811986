import type { DraftValue } from "../engine/draft.ts";
import { DOSE, FREQUENCY, ICD10, isIcd10, medicalSection, ROUTE } from "./medical-lexicon.ts";
import type { Section } from "./medical-sections.ts";
import {
  citeStretch,
  printedValue,
  type Prose,
  readConfidence,
  type Stretch,
  textAt,
  trimStretch,
} from "./prose.ts";

const MAX_ITEMS = 60;
const EDGES = /[\s,;:.•·▪*–—-]/;
const BULLET = /^(?:[-–•·▪*]\s*|#?\d{1,2}[.)]\s+|[a-z][.)]\s+|#\s?\d?\s*)/;
const NOTHING = /^(?:none|no known|nil|keine?|aucune?|ningun[oa]|n\/a|not applicable|denies|nkda|nka|nkfa)\b/;

function itemsOf(sections: readonly Section[], kind: Section["kind"]): Stretch[] {
  return sections.filter((section) => section.kind === kind).flatMap((section) => section.items);
}

/** An item without its bullet, and without a label that stands before it. */
function bare(prose: Prose, item: Stretch): Stretch {
  const trimmed = trimStretch(prose, item, /\s/);
  const bullet = BULLET.exec(prose.text.slice(trimmed.start, trimmed.start + 8))?.[0].length ?? 0;
  return { start: trimmed.start + bullet, end: trimmed.end };
}

function cut(prose: Prose, item: Stretch, separator: RegExp): Stretch[] {
  const text = prose.text.slice(item.start, item.end);
  const parts: Stretch[] = [];
  let from = 0;
  let depth = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const letter = text.charAt(at);
    depth += letter === "(" ? 1 : letter === ")" ? -1 : 0;
    if (at < text.length && (depth > 0 || !separator.test(letter) || /\d/.test(text.charAt(at + 1))))
      continue;
    parts.push({ start: item.start + from, end: item.start + at });
    from = at + 1;
  }
  return parts;
}

/** Diagnoses: what stands under their headings, each with its ICD-10 code where one is printed. */
export function draftDiagnoses(prose: Prose, sections: readonly Section[]): DraftValue[] {
  const values: DraftValue[] = [];
  const seen = new Set<string>();
  let index = 0;
  for (const whole of itemsOf(sections, "diagnoses")) {
    for (const item of diagnosisItems(prose, bare(prose, whole))) {
      const found = readDiagnosis(prose, item);
      if (!found || index >= MAX_ITEMS) continue;
      const key = (found.code ?? "") + (found.text ? textAt(prose, found.text).toLowerCase() : "");
      if (seen.has(key)) continue;
      seen.add(key);
      if (found.text)
        values.push(printedValue(prose, `/diagnoses/${index}/text`, found.text, found.code ? 0.88 : 0.78));
      if (found.code !== null && found.at)
        values.push({
          pointer: `/diagnoses/${index}/icd10`,
          value: found.code,
          cited: citeStretch(prose, found.at),
          confidence: 0.9 * readConfidence(prose, found.at),
        });
      index += 1;
    }
  }
  return values;
}

/** One line may hold several diagnoses: apart by semicolons, or each closed by its code. */
function diagnosisItems(prose: Prose, item: Stretch): Stretch[] {
  const parts = cut(prose, item, /;/);
  return parts.flatMap((part) => {
    const text = prose.text.slice(part.start, part.end);
    const codes = [...text.matchAll(new RegExp(ICD10, "gu"))];
    return codes.length > 1 ? cut(prose, part, /,/) : [part];
  });
}

function readDiagnosis(
  prose: Prose,
  item: Stretch,
): { text: Stretch | null; code: string | null; at: Stretch | null } | null {
  const printed = prose.text.slice(item.start, item.end);
  const match = ICD10.exec(printed);
  const code = match?.groups?.["code"] ?? null;
  const valid = code !== null && isIcd10(code, true);
  let text: Stretch = item;
  if (match && valid) {
    const label = /\b(?:icd(?:-?10)?(?:-?(?:cm|gm))?|cim-?10|cie-?10|code)\s*(?:code)?\s*:?\s*$/i.exec(
      printed.slice(0, match.index),
    );
    const before = { start: item.start, end: item.start + (label ? label.index : match.index) };
    const behind = { start: item.start + match.index + match[0].length, end: item.end };
    const first = trimStretch(prose, before, /[\s,;:.([{–-]/);
    text = first.end - first.start >= 3 ? first : trimStretch(prose, behind, /[\s,;:.)\]}–-]/);
  }
  text = trimStretch(prose, text, EDGES);
  const folded = prose.folded.slice(text.start, text.end);
  const words = folded.split(/\s+/).length;
  const label =
    /^(?:principal|primary|secondary|admitting|discharge|final|haupt|neben|admission)\s*(?:diagnos\w+)?\s*:?\s*/.exec(
      folded,
    );
  if (label && label[0].length < folded.length && label[0].includes(":"))
    text = { start: text.start + label[0].length, end: text.end };
  if (NOTHING.test(folded) || text.end - text.start < 3 || text.end - text.start > 200 || words > 24)
    return null;
  if (!valid && /^(?:icd|code|diagnos|description|date|status|type)\w*(?:[- ]\w+)?$/.test(folded))
    return null;
  const start = item.start + (match?.index ?? 0);
  return valid ? { text, code, at: { start, end: start + code.length } } : { text, code: null, at: null };
}

interface Medication {
  readonly name: Stretch;
  readonly dose: Stretch | null;
  readonly frequency: Stretch | null;
}

/** Medications: lines with a strength or a frequency under their headings, elsewhere lines that show both. */
export function draftMedications(prose: Prose, sections: readonly Section[]): DraftValue[] {
  const under = itemsOf(sections, "medications").flatMap((item) => medicationItems(prose, bare(prose, item)));
  const found = under.flatMap((item) => readMedication(prose, item, true) ?? []);
  const elsewhere =
    found.length > 0
      ? []
      : prose.passages.flatMap((passage) =>
          passage.text.length < 140 ? (readMedication(prose, bare(prose, passage), false) ?? []) : [],
        );
  const seen = new Set<string>();
  const unique = [...found, ...elsewhere].filter(({ name, dose }) => {
    const key = `${textAt(prose, name)} ${dose ? textAt(prose, dose) : ""}`.toLowerCase();
    const known = seen.has(key);
    seen.add(key);
    return !known;
  });
  const penalty = found.length > 0 ? 0 : 0.12;
  return unique
    .slice(0, MAX_ITEMS)
    .flatMap((medication, index) => medicationValues(prose, medication, index, penalty));
}

function medicationValues(
  prose: Prose,
  { name, dose, frequency }: Medication,
  index: number,
  penalty: number,
): DraftValue[] {
  const at = `/medications/${index}`;
  const sure = (dose && frequency ? 0.88 : 0.78) - penalty;
  return [
    printedValue(prose, `${at}/name`, name, sure),
    ...(dose ? [printedValue(prose, `${at}/dose`, dose, sure)] : []),
    ...(frequency ? [printedValue(prose, `${at}/frequency`, frequency, sure)] : []),
  ];
}

function medicationItems(prose: Prose, item: Stretch): Stretch[] {
  const parts = cut(prose, item, /;/);
  return parts.flatMap((part) => {
    const folded = prose.folded.slice(part.start, part.end);
    const doses = [...folded.matchAll(new RegExp(DOSE, "gu"))];
    return doses.length > 1 && folded.length > 45 ? joinByDose(prose, cut(prose, part, /,/)) : [part];
  });
}

/** Commas part two medications only where a strength follows each. */
function joinByDose(prose: Prose, parts: readonly Stretch[]): Stretch[] {
  const joined: { start: number; end: number }[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last && !DOSE.test(prose.folded.slice(part.start, part.end))) last.end = part.end;
    else joined.push({ start: part.start, end: part.end });
  }
  return joined;
}

function readMedication(prose: Prose, item: Stretch, listed: boolean): Medication | null {
  const folded = prose.folded.slice(item.start, item.end);
  const dose = DOSE.exec(folded);
  const frequency = FREQUENCY.exec(folded);
  if (!dose && (!frequency || !listed)) return listed ? bareMedication(prose, item) : null;
  if (!listed && (!dose || !frequency || frequency.index < dose.index)) return null;
  const lead =
    /^(?:(?:tab|tabl|tbl|inj|cap|caps|syr|drg|kps|start|continue|resume|take|new|rx|pdr|amp)\.?:?\s+)+/.exec(
      folded,
    )?.[0].length ?? 0;
  const route = ROUTE.exec(folded.slice(lead));
  const ends = [
    dose?.index,
    frequency?.index,
    route ? route.index + lead : undefined,
    folded.search(/\s[-–—:]\s|,\s|\s\(|\s@/),
  ]
    .filter((at): at is number => at !== undefined && at > lead)
    .toSorted((a, b) => a - b);
  const name = trimStretch(
    prose,
    { start: item.start + lead, end: item.start + (ends[0] ?? folded.length) },
    EDGES,
  );
  if (!isMedicationName(prose, name)) return null;
  return {
    name,
    dose: dose ? { start: item.start + dose.index, end: item.start + dose.index + dose[0].length } : null,
    frequency: frequency
      ? trimStretch(prose, {
          start: item.start + frequency.index,
          end: item.start + frequency.index + frequency[0].length,
        })
      : null,
  };
}

function bareMedication(prose: Prose, item: Stretch): Medication | null {
  const name = trimStretch(prose, item, EDGES);
  const text = textAt(prose, name);
  const plain = text.length <= 40 && text.split(" ").length <= 4 && /^\p{Lu}[\p{L}\d -]+$/u.test(text);
  return plain && isMedicationName(prose, name) ? { name, dose: null, frequency: null } : null;
}

function isMedicationName(prose: Prose, name: Stretch): boolean {
  const text = textAt(prose, name);
  const folded = prose.folded.slice(name.start, name.end);
  if (text.length < 3 || text.length > 60 || !/^[\p{L}\d]/u.test(text) || !/\p{L}{3}/u.test(text))
    return false;
  const frequency = FREQUENCY.exec(folded);
  if (frequency?.index === 0 || /^(?:dr|dra|prof)\b\.?\s/.test(folded)) return false;
  if (NOTHING.test(folded) || medicalSection(folded) !== null || text.split(" ").length > 7) return false;
  return !/^(?:name|dose|dosage|drug|frequency|route|start|patient|date|the|he|she|we|please|bitte|wirkstoff|dosierung|handelsname|blood|weight|height|temp|see|per|and|with|for|to)\b/.test(
    folded,
  );
}

/** Allergies as printed, one a line or parted by commas; that there are none is said as printed too. */
export function draftAllergies(prose: Prose, sections: readonly Section[]): DraftValue[] {
  const stretches = itemsOf(sections, "allergies")
    .flatMap((item) => cut(prose, bare(prose, item), /[,;]/))
    .flatMap((item) => withoutAnd(prose, trimStretch(prose, bare(prose, item), EDGES)))
    .filter(
      (item) =>
        item.end - item.start >= 3 &&
        item.end - item.start <= 90 &&
        prose.text.slice(item.start, item.end).split(/\s+/).length <= 9,
    );
  return stretches.slice(0, 30).map((item, index) => printedValue(prose, `/allergies/${index}`, item, 0.82));
}

function withoutAnd(prose: Prose, item: Stretch): Stretch[] {
  const match = /\s(?:and|und|et|y)\s/.exec(prose.folded.slice(item.start, item.end));
  const first = /^(?:and|und|et|y)\s/.exec(prose.folded.slice(item.start, item.end));
  if (first) return [{ start: item.start + first[0].length, end: item.end }];
  if (!match || NOTHING.test(prose.folded.slice(item.start, item.end))) return [item];
  return [
    { start: item.start, end: item.start + match.index },
    { start: item.start + match.index + match[0].length, end: item.end },
  ];
}

/** Procedures, one a passage. */
export function draftProcedures(prose: Prose, sections: readonly Section[]): DraftValue[] {
  return itemsOf(sections, "procedures")
    .flatMap((item) => cut(prose, bare(prose, item), /;/))
    .flatMap((item) => listed(prose, item))
    .map((item) => trimStretch(prose, bare(prose, item), EDGES))
    .filter(
      (item) =>
        item.end - item.start >= 3 &&
        item.end - item.start <= 200 &&
        !NOTHING.test(prose.folded.slice(item.start, item.end)),
    )
    .slice(0, 30)
    .map((item, index) => printedValue(prose, `/procedures/${index}`, item, 0.78));
}

/** Parts between commas that each begin like an entry of their own. */
function listed(prose: Prose, item: Stretch): Stretch[] {
  const parts = cut(prose, item, /,/);
  const entries = parts.every((part) =>
    /^\s*[\p{Lu}\d][^.]{2,50}\.?$/u.test(prose.text.slice(part.start, part.end)),
  );
  return parts.length > 1 && entries ? parts : [item];
}

/** The complaint: the first passage under its heading. */
export function draftComplaint(prose: Prose, sections: readonly Section[]): DraftValue[] {
  const [first] = itemsOf(sections, "chief_complaint");
  if (!first) return [];
  const stretch = trimStretch(prose, first, /[\s:]/);
  const length = stretch.end - stretch.start;
  return length >= 3 && length <= 400
    ? [printedValue(prose, "/chief_complaint", withoutStop(prose, stretch), 0.82)]
    : [];
}

/** A single phrase without its full stop. */
function withoutStop(prose: Prose, stretch: Stretch): Stretch {
  const text = prose.text.slice(stretch.start, stretch.end);
  return /^[^.]*\.$/.test(text) ? { start: stretch.start, end: stretch.end - 1 } : stretch;
}
