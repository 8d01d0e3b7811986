import type { DraftValue } from "../engine/draft.ts";
import { readConfidence, type Row, type Segment, type View } from "../engine/view.ts";
import { cite } from "../engine/evidence.ts";
import { foldedOf } from "./labelled.ts";

interface Vital {
  readonly field: string;
  readonly label: RegExp;
  /** What its value looks like, on folded text, its unit with it. */
  readonly value: RegExp;
}

const N = String.raw`\d{1,3}(?:[.,]\d{1,2})?`;

const VITALS: readonly Vital[] = [
  {
    field: "blood_pressure",
    label:
      /\b(?:b\.?\/?p\.?|blood pressure|bp(?: \(?(?:sitting|standing|supine)\)?)?|rr(?=[\s:(]*\d{2,3}\s?\/)|blutdruck|blutdruckwert|t\.?a\.?|tension(?: arterielle| arterial)?|pression arterielle|presion arterial|p\.?a\.?|pas\/pad)\b/,
    value: /\d{2,3}\s?\/\s?\d{2,3}(?:\s?mm\s?\[?hg\]?)?/,
  },
  {
    field: "heart_rate",
    label:
      /\b(?:h\.?r\.?|heart rate|pulse(?: rate)?|hf|herzfrequenz|puls|f\.?c\.?|frequence cardiaque|pouls|frecuencia cardiaca|pulso)\b/,
    value:
      /\d{2,3}(?:\s?(?:bpm|\/\s?min(?:ute)?\.?|beats(?: per minute|\/min)|x'|lpm|schlage\/min|batt\/min|min-1|x\/min|l\/min|per min(?:ute)?))?/,
  },
  {
    field: "respiratory_rate",
    label:
      /\b(?:r\.?r\.?|resp(?:\.|irations?|iratory rate|iratory)?|breathing rate|af|atemfrequenz|f\.?r\.?|frequence respiratoire|frecuencia respiratoria)\b/,
    value:
      /\d{1,2}(?:\s?(?:\/\s?min(?:ute)?\.?|breaths(?: per minute|\/min)|bpm|rpm|min-1|x'|per min(?:ute)?|brpm))?(?!\d|\s?\/\s?\d)/,
  },
  {
    field: "temperature",
    label:
      /\b(?:temp(?:erature|eratur|eratura|\.)?|t(?=[:\s]+\d{2,3}[.,]\d)|korpertemperatur|t°|ta(?=[:\s]+3\d[.,]))/,
    value: /\d{2,3}(?:[.,]\d{1,2})?(?:\s?(?:°|o|deg(?:rees)?|º)?\s?[cf](?:ahrenheit|elsius)?\b)?/,
  },
  {
    field: "oxygen_saturation",
    label:
      /\b(?:sp\s?o2|o2 ?sat(?:uration)?|sa\s?o2|oxygen sat(?:uration)?|sauerstoffsattigung|sattigung|saturation(?: en o2)?|sat\.? ?o2|saturacion(?: de o2| de oxigeno)?|pulse ox(?:imetry)?)/,
    value:
      /\d{2,3}(?:[.,]\d)?\s?%?(?:\s?(?:on |unter |en |sous )?(?:room air|ra\b|raumluft|air ambiant|aire ambiente))?/,
  },
  {
    field: "weight",
    label: /\b(?:weight|wt\.?|body weight|gewicht|korpergewicht|kg(?=:)|poids|peso)\b/,
    value: new RegExp(String.raw`${N}\s?(?:kg|lbs?|pounds|g)?\b(?:\s?\(${N}\s?(?:kg|lbs?)\))?`),
  },
  {
    field: "height",
    label: /\b(?:height|ht\.?|grose|groesse|korpergrose|korperlange|taille|talla|estatura|altura)\b/,
    value: /\d(?:'|ft)\s?\d{1,2}(?:"|''|in)?|\d{1,3}(?:[.,]\d{1,2})?\s?(?:cm|m|in(?:ches)?)?\b/,
  },
  {
    field: "bmi",
    label: /\b(?:b\.?m\.?i\.?|body mass index|imc|i\.m\.c\.)(?![\p{L}])/u,
    value: /\d{2}(?:[.,]\d{1,2})?(?:\s?kg\/m(?:2|²|\^2)?)?/,
  },
];

const BETWEEN = String.raw`(?:\s*\([a-z%°/ .]{1,14}\))?\s*(?::|=|-|of|is|was|von|est|de|at)?\s*`;

/** Vital signs in a line, a list or a table: a label with a value of its own form right behind, beside or below it. */
export function draftVitals(view: View): DraftValue[] {
  const values: DraftValue[] = [];
  for (const { field, label, value } of VITALS) {
    const pattern = new RegExp(String.raw`(?:${label.source})${BETWEEN}(?<value>${value.source})`, "u");
    const found = inSegments(view, pattern) ?? inRows(view, label, value) ?? inColumns(view, label, value);
    if (found)
      values.push({
        pointer: `/vitals/${field}`,
        value: found.segment.text.slice(found.start, found.end),
        cited: [cite(found)],
        confidence: found.sure * readConfidence(found),
      });
  }
  // One number alone may be anything: vital signs stand together, or say their unit.
  const told = values.filter(({ value }) => /[a-z%°/'"]/i.test(String(value)));
  return values.length >= 2 || told.length === values.length ? values : told;
}

interface Found {
  readonly segment: Segment;
  readonly start: number;
  readonly end: number;
  readonly sure: number;
}

function inSegments(view: View, pattern: RegExp): Found | null {
  for (const segment of view.segments) {
    const match = pattern.exec(foldedOf(segment));
    const value = match?.groups?.["value"];
    if (!match || value === undefined) continue;
    const start = match.index + match[0].length - value.length;
    return { segment, start, end: start + value.trimEnd().length, sure: 0.88 };
  }
  return null;
}

function valueIn(segment: Segment | undefined, value: RegExp): Found | null {
  if (!segment) return null;
  const match = new RegExp(String.raw`^\s*(?<value>${value.source})`, "u").exec(foldedOf(segment));
  const text = match?.groups?.["value"];
  return match && text !== undefined ? { segment, start: 0, end: text.trimEnd().length, sure: 0.85 } : null;
}

const LABELS = new Map<RegExp, RegExp>();

/** Whether a segment is nothing but a label. */
function isLabel(segment: Segment, label: RegExp): boolean {
  if (segment.text.length > 40) return false;
  let whole = LABELS.get(label);
  if (!whole) {
    whole = new RegExp(String.raw`^\s*(?:${label.source})(?:\s*\([a-z%°/ .]{1,14}\))?\s*:?\s*$`, "u");
    LABELS.set(label, whole);
  }
  return whole.test(foldedOf(segment));
}

function inRows(view: View, label: RegExp, value: RegExp): Found | null {
  for (const [index, segment] of view.segments.entries()) {
    if (!isLabel(segment, label)) continue;
    const next = view.segments[index + 1];
    const found = next?.row === segment.row ? valueIn(next, value) : null;
    if (found) return found;
  }
  return null;
}

function inColumns(view: View, label: RegExp, value: RegExp): Found | null {
  for (const row of view.rows) {
    const head = row.segments.find((segment) => isLabel(segment, label));
    if (!head) continue;
    const below: Row | undefined = view.rows[row.index + 1];
    const under = below?.segments.find(
      (segment) => segment.bbox[0] < head.bbox[2] + 0.02 && segment.bbox[2] > head.bbox[0] - 0.02,
    );
    const found = below?.page === row.page ? valueIn(under, value) : null;
    if (found) return found;
  }
  return null;
}
