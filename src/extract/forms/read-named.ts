import type { BBox } from "../../model/geometry.ts";
import { foldKey } from "../../model/fold.ts";
import type { FormField, ParsedPage } from "../../model/parsed.ts";
import type { NamedForm } from "./define-form.ts";
import { type CheckReading, readChecks } from "./marks.ts";
import { type PrintedRow } from "./printed.ts";
import { centreOf, isInside, type PlacedField, type PlacedForm, placeForm } from "./regions.ts";

/** A value of a form, and where it stands. */
export interface FormValue {
  readonly name: string;
  readonly label: string;
  readonly labelWords: readonly number[];
  readonly value: string;
  readonly checked: boolean | null;
  /** Words of the page that show the value. */
  readonly words: readonly number[];
  /** AcroForm fields that hold it. */
  readonly fields: readonly FormField[];
  /** 0..1. */
  readonly confidence: number;
}

/** What was read of a form on one page, and the AcroForm fields that were used for it. */
export interface NamedReading {
  readonly form: NamedForm;
  readonly page: ParsedPage;
  readonly values: readonly FormValue[];
  readonly used: ReadonlySet<FormField>;
}

const CONFIDENCE = { field: 0.98, printed: 0.75 } as const;
/** What is printed in a value's room beside the value. */
const ORNAMENT = /^[\p{P}\p{S}▶►]*$/u;
/** What ends the rest of a label on the value's row. */
const LABEL_END = /[▶►:)]$/u;

/** Reads a form's values on a page: from its fields where it has them, else from what is printed. */
export function readNamed(
  form: NamedForm,
  page: ParsedPage,
  rows: readonly PrintedRow[],
  fields: readonly FormField[],
): NamedReading {
  const placed = placeForm(form, page, rows);
  const used = new Set<FormField>();
  const values: FormValue[] = [];
  for (const field of placed.fields) {
    if (field.spec.kind === "check") continue;
    const value = readText(field, page, placed, fields, used);
    if (value) values.push(value);
  }
  for (const check of readChecks(placed, page, fields)) {
    if (check.field) used.add(check.field);
    values.push(checkValue(check));
  }
  values.push(...readByName(form, placed, page, fields, used));
  const order = (value: FormValue) => form.fields.findIndex(({ name }) => name === value.name);
  return { form, page, used, values: joinParts(values).toSorted((a, b) => order(a) - order(b)) };
}

function checkValue({ placed, checked, field, words, confidence }: CheckReading): FormValue {
  return {
    name: placed.spec.name,
    label: placed.spec.labels[0] ?? "",
    labelWords: placed.label.words,
    value: checked ? "selected" : "unselected",
    checked,
    words,
    fields: field ? [field] : [],
    confidence,
  };
}

function readText(
  placed: PlacedField,
  page: ParsedPage,
  form: PlacedForm,
  fields: readonly FormField[],
  used: Set<FormField>,
): FormValue | null {
  const { spec, label, region } = placed;
  const own = fields.filter(
    (field) =>
      (field.kind === "text" || field.kind === "choice") &&
      field.bbox !== null &&
      belongs(field.bbox, placed) &&
      !isNearer(field.bbox, placed, form),
  );
  const shared = { name: spec.name, label: spec.labels[0] ?? "", labelWords: label.words, checked: null };
  if (own.length > 0) {
    for (const field of own) used.add(field);
    const filled = own.filter((field) => field.value !== null);
    const lines = filled.flatMap((field) => shownLines(field, page));
    const value = pick(lines, spec.lines, spec.kind);
    if (value === "") return null;
    const words = filled.flatMap((field) => wordsShowing(value, field.bbox, page, form.words));
    return { ...shared, value, words, fields: filled, confidence: CONFIDENCE.field };
  }
  const words = wordsIn(region, page, form.words, spec.side === "right").filter(
    (index) => !isNearer(page.words[index]?.bbox ?? region, placed, form),
  );
  const lines = linesOf(words, page);
  const kept = spec.lines === undefined ? lines : splitLines(lines, page, spec.lines);
  const value = pick(
    kept.map((line) => line.map((index) => withoutRulings(page.words[index]?.text ?? "")).join(" ")),
    undefined,
    spec.kind,
  );
  if (value === "") return null;
  return { ...shared, value, words: kept.flat(), fields: [], confidence: CONFIDENCE.printed };
}

/** Whether a field's box lies in the room of a value; beside a label, on its row. */
function belongs(box: BBox, { spec, region }: PlacedField): boolean {
  const centre = centreOf(box);
  if (spec.side === "below" || spec.side === "above") return isInside(centre, region);
  const middle = (region[1] + region[3]) / 2;
  return centre[0] > region[0] && centre[0] < region[2] && box[1] < middle && box[3] > middle;
}

/** Whether another label owns what stands in a room: one that is nearer above it, or on its very row. */
function isNearer(box: BBox, placed: PlacedField, { fields }: PlacedForm): boolean {
  const rank = distanceTo(box, placed);
  return fields.some(
    (other) =>
      other.spec.kind !== "check" &&
      other.label.words[0] !== placed.label.words[0] &&
      belongs(box, other) &&
      distanceTo(box, other) < rank - 0.002,
  );
}

function distanceTo(box: BBox, { spec, label }: PlacedField): number {
  const [x, y] = centreOf(box);
  if (spec.side === "left" || spec.side === "right") return 0;
  const away = Math.max(0, label.box[0] - x, x - label.box[2]);
  return Math.abs(y - (spec.side === "below" ? label.box[3] : label.box[1])) + away / 10;
}

/** The lines of a field's value that its box shows: a field of one line shows the first alone. */
export function shownLines(field: FormField, page: ParsedPage | undefined): string[] {
  const lines = (field.value ?? "")
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter(Boolean);
  const { bbox } = field;
  if (lines.length < 2 || !bbox || !page) return lines;
  const inside = page.words.filter((word) => isInside(centreOf(word.bbox), bbox)).map((word) => word.text);
  const shown = foldKey(inside.join(""));
  const kept = lines.filter((line) => shown.includes(foldKey(line)));
  return kept.length > 0 ? kept : lines;
}

function pick(
  lines: readonly string[],
  part: "first" | "rest" | undefined,
  kind: PlacedField["spec"]["kind"],
): string {
  if (part !== undefined) {
    const at = addressLine(lines);
    return (part === "first" ? lines.slice(0, at) : lines.slice(at)).join("\n");
  }
  if (kind !== "digits") return lines.join("\n");
  const parts = lines.flatMap((line) => line.split(/[^\p{L}\p{N}]+/u)).filter(Boolean);
  return parts.every((one) => one.length === 1) ? parts.join(" ") : parts.join("-");
}

/** The line at which an address begins below a name: the first with a number in front, else the second. */
function addressLine(lines: readonly string[]): number {
  const at = lines.findIndex((line, index) => index > 0 && /^(?:\d|p\.?\s?o\.?\s?box)/i.test(line));
  return at > 0 && at <= 2 ? at : 1;
}

/** OCR takes a cell's border for a bracket or a bar at a word's end. */
function withoutRulings(text: string): string {
  return /\w[\]|}]$|^[[|{]\w/.test(text) ? text.replace(/^[[|{]+|[\]|}]+$/g, "") : text;
}

function splitLines(
  lines: readonly (readonly number[])[],
  page: ParsedPage,
  part: "first" | "rest",
): (readonly number[])[] {
  const texts = lines.map((line) => line.map((index) => page.words[index]?.text ?? "").join(" "));
  const at = addressLine(texts);
  return part === "first" ? lines.slice(0, at) : lines.slice(at);
}

/** Words in a room that are no part of the form itself. */
function wordsIn(region: BBox, page: ParsedPage, printed: ReadonlySet<number>, beside: boolean): number[] {
  const inside: number[] = [];
  for (const [index, word] of page.words.entries()) {
    if (!printed.has(index) && isInside(centreOf(word.bbox), region)) inside.push(index);
  }
  if (!beside) return inside.filter((index) => !ORNAMENT.test(page.words[index]?.text ?? ""));
  const ordered = inside.toSorted((a, b) => (page.words[a]?.bbox[0] ?? 0) - (page.words[b]?.bbox[0] ?? 0));
  const end = ordered.findLastIndex((index) => LABEL_END.test(page.words[index]?.text ?? ""));
  return ordered.slice(end + 1).filter((index) => !ORNAMENT.test(page.words[index]?.text ?? ""));
}

/** Words by the lines that they stand on, from the top. */
function linesOf(words: readonly number[], page: ParsedPage): number[][] {
  const lines: { middle: number; words: number[] }[] = [];
  const box = (index: number): BBox => page.words[index]?.bbox ?? [0, 0, 0, 0];
  for (const index of words.toSorted((a, b) => box(a)[1] + box(a)[3] - box(b)[1] - box(b)[3])) {
    const [, top, , bottom] = box(index);
    const last = lines.at(-1);
    if (last && last.middle > top && last.middle < bottom) last.words.push(index);
    else lines.push({ middle: (top + bottom) / 2, words: [index] });
  }
  return lines.map((line) => line.words.toSorted((a, b) => box(a)[0] - box(b)[0]));
}

/** The words inside a field's box that its value is printed with. */
export function wordsShowing(
  value: string,
  bbox: BBox | null,
  page: ParsedPage | undefined,
  printed: ReadonlySet<number>,
): number[] {
  if (!bbox || !page) return [];
  const key = foldKey(value);
  return page.words.flatMap((word, index) => {
    const own = foldKey(word.text);
    const shows = own !== "" && key.includes(own) && !printed.has(index);
    return shows && isInside(centreOf(word.bbox), bbox) ? [index] : [];
  });
}

/** Fields whose label is not printed where a reader finds it: by the names in the issuer's own file. */
function readByName(
  form: NamedForm,
  placed: PlacedForm,
  page: ParsedPage,
  fields: readonly FormField[],
  used: Set<FormField>,
): FormValue[] {
  const found = new Set(placed.fields.map(({ spec }) => spec.name));
  return form.fields.flatMap((spec) => {
    const { acro } = spec;
    if (!acro || found.has(spec.name)) return [];
    const own = fields.filter((field) => !used.has(field) && acro.test(field.name) && field.value !== null);
    if (own.length === 0) return [];
    for (const field of own) used.add(field);
    const value = pick(
      own.flatMap((field) => shownLines(field, page)),
      spec.lines,
      spec.kind,
    );
    const checked = spec.kind === "check" ? own.some((field) => field.value === "selected") : null;
    return [
      {
        name: spec.name,
        label: spec.labels[0] ?? "",
        labelWords: [],
        value: checked === null ? value : checked ? "selected" : "unselected",
        checked,
        words: own.flatMap((field) => wordsShowing(value, field.bbox, page, placed.words)),
        fields: own,
        confidence: 0.85,
      },
    ];
  });
}

/** Puts the parts of one value together, each once. */
function joinParts(values: readonly FormValue[]): FormValue[] {
  const joined = new Map<string, FormValue>();
  for (const value of values) {
    const before = joined.get(value.name);
    if (!before) joined.set(value.name, value);
    else if (value.checked === null && !value.fields.some((field) => before.fields.includes(field))) {
      joined.set(value.name, {
        ...before,
        value: `${before.value}\n${value.value}`,
        words: [...before.words, ...value.words],
        fields: [...before.fields, ...value.fields],
        confidence: Math.min(before.confidence, value.confidence),
      });
    }
  }
  return [...joined.values()];
}
