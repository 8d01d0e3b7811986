import { type BBox, unionBoxes } from "../../model/geometry.ts";
import type { ParsedPage } from "../../model/parsed.ts";
import type { FormFieldSpec, NamedForm } from "./define-form.ts";
import { findPhrases, type Phrase, type PrintedRow } from "./printed.ts";

/** A field whose label was found, and the room that its value may take, in fractions of the page. */
export interface PlacedField {
  readonly spec: FormFieldSpec;
  readonly label: Phrase;
  /** The label's further lines. */
  readonly more: readonly Phrase[];
  readonly region: BBox;
}

/** What is printed of a form on a page: fields, and all words that belong to the form itself. */
export interface PlacedForm {
  readonly fields: readonly PlacedField[];
  readonly words: ReadonlySet<number>;
}

/** How far values stand out to the left of their labels, which begin with a number. */
const OUTDENT = 0.025;
/** Labels closer than this, side by side, are one. */
const MIN_COLUMN = 0.04;
/** The tallest room of a value that nothing ends. */
const MAX_ROOM = 0.08;
/** A shorter phrase has to begin its part of a row: it is a common word. */
const MIN_TELLING = 9;
/** Labels that begin at one place this near above or below a value's room make a column. */
const COLUMN_REACH = 0.07;
const SAME_COLUMN = 0.012;
/** How far a cell's content may stand over its border. */
const SLACK = 0.004;

/** What a tick looks like to a text layer or to OCR. */
export const MARK = /^[[(|]?[xX✓✔✗✘✕×☒☑■●◼√][\])|]?$/u;
/** A box without a tick. */
export const EMPTY = /^[☐□]$/u;

/** Finds a form's labels on a page and measures the rooms between them. */
export function placeForm(form: NamedForm, page: ParsedPage, rows: readonly PrintedRow[]): PlacedForm {
  const labels = new Map<FormFieldSpec, Phrase>();
  for (const spec of form.fields) {
    const label = findLabel(spec, rows);
    if (label) labels.set(spec, label);
  }
  const beside = new Set(
    [...labels].flatMap(([{ side }, { box }]) => (side === "right" ? [keyOf(box)] : [])),
  );
  const printed = form.printed.flatMap((phrase) =>
    findPhrases(rows, phrase).filter(({ leads }) => leads || phrase.length >= MIN_TELLING),
  );
  const heads = [...labels.values(), ...printed];
  const starts = new Set(heads.map(({ words }) => words[0]));
  const anchors = heads.map((phrase) => (beside.has(keyOf(phrase.box)) ? phrase : withTail(phrase, starts)));
  for (const phrase of form.sections) {
    const found = findPhrases(rows, phrase).find(({ leads }) => leads || phrase.length >= MIN_TELLING);
    if (found) anchors.push(wholeRow(found, rows));
  }
  const words = new Set(anchors.flatMap((anchor) => anchor.words));
  const fields: PlacedField[] = [];
  for (const [spec, label] of labels) {
    const region = within(page, spec, label, regionOf(spec, label, anchors, rows));
    const near = grow(region, label.box);
    const more = (spec.more ?? []).flatMap((phrase) =>
      findPhrases(rows, phrase).filter(({ box }) => isInside(centreOf(box), near)),
    );
    for (const phrase of more) for (const index of phrase.words) words.add(index);
    fields.push({ spec, label, more, region });
  }
  return { fields, words };
}

const keyOf = (box: BBox): string => box.join();

/** A label with the words that follow it, up to the next label; marks in boxes are no part of it. */
function withTail(phrase: Phrase, starts: ReadonlySet<number | undefined>): Phrase {
  const end = phrase.tail.findIndex((word) => starts.has(word.index));
  const tail = phrase.tail
    .slice(0, end < 0 ? undefined : end)
    .filter((word) => !MARK.test(word.text) && !EMPTY.test(word.text));
  const box = unionBoxes([phrase.box, ...tail.map((word) => word.bbox)]) ?? phrase.box;
  return { ...phrase, box, words: [...phrase.words, ...tail.map((word) => word.index)] };
}

/** A heading with all that stands on its row, over the whole width. */
function wholeRow(phrase: Phrase, rows: readonly PrintedRow[]): Phrase {
  const words = (rows[phrase.row] ?? []).map((word) => word.index);
  return { ...phrase, words, box: [0, phrase.box[1], 1, phrase.box[3]] };
}

/** Keeps a value's room inside the ruled cell that its label stands in; digits have cells below their label's. */
function within(page: ParsedPage, spec: FormFieldSpec, label: Phrase, region: BBox): BBox {
  if (spec.side !== "below" && spec.kind !== "check") return region;
  const centre = centreOf(label.box);
  const table = page.tables.find((one) => one.ruled && isInside(centre, one.bbox));
  const cell = table?.cells.find(({ bbox }) => isInside(centre, bbox));
  if (!table || !cell) return region;
  const tall = cell.bbox[3] - cell.bbox[1] > 2 * (label.box[3] - label.box[1]);
  const bounds = tall ? cell.bbox : spec.kind === "digits" ? table.bbox : null;
  if (!bounds) return region;
  return [
    Math.max(region[0], bounds[0] - SLACK),
    region[1],
    Math.min(region[2], bounds[2] + SLACK),
    Math.max(label.box[3], Math.min(region[3], bounds[3] + SLACK)),
  ];
}

function findLabel(spec: FormFieldSpec, rows: readonly PrintedRow[]): Phrase | null {
  const after = spec.after === undefined ? null : findPhrases(rows, spec.after)[0];
  if (after === undefined) return null;
  for (const label of spec.labels) {
    const found = findPhrases(rows, label).filter(({ row }) => after === null || row > after.row);
    const best = found.find(({ leads }) => leads) ?? found[0];
    if (best) return best;
  }
  return null;
}

function regionOf(
  spec: FormFieldSpec,
  label: Phrase,
  anchors: readonly Phrase[],
  rows: readonly PrintedRow[],
): BBox {
  const [x0, y0, x1, y1] = label.box;
  const height = y1 - y0;
  const near = anchors.filter((anchor) => anchor.words[0] !== label.words[0]);
  if (spec.side === "left") {
    const left = near
      .filter(({ box }) => box[2] < x0 + 0.005 && overlaps(box, y0, y1))
      .reduce((most, { box }) => Math.max(most, box[2]), 0);
    return [left, y0 - height / 2, x0, y1 + height / 2];
  }
  const band: [number, number] =
    spec.side === "below" ? [y0 - height / 2, y1 + 3 * height] : [y0 - height / 2, y1 + height / 2];
  const right = near
    .filter(({ row, part }) => spec.side !== "below" || row !== label.row || part !== label.part)
    .filter(
      ({ box }) => box[0] > x0 + MIN_COLUMN && box[0] > Math.min(x1, x0 + 0.1) && overlaps(box, ...band),
    )
    .reduce((least, { box }) => Math.min(least, box[0] - OUTDENT / 2), 1);
  if (spec.side === "right") return [x1, band[0], right, band[1]];
  const edge = spec.wide ? right : Math.min(right, columnBehind(label, near));
  const rowStart = rows[label.row]?.[0]?.bbox[0] ?? x0;
  const left = spec.wide ? 0 : label.leads ? Math.min(x0 - OUTDENT, label.start - SLACK) : rowStart - OUTDENT;
  if (spec.side === "above") return [left, y0 - 5 * height, edge, y0];
  const bottom = near
    .filter(({ box }) => box[1] > y1 - height / 2 && box[0] < edge && box[2] > left)
    .reduce((least, { box }) => Math.min(least, box[1]), y1 + MAX_ROOM);
  return [left, y1 - height / 4, edge, Math.max(bottom, y1)];
}

/** Where the next column of labels begins, which the label itself does not reach into. */
function columnBehind(label: Phrase, near: readonly Phrase[]): number {
  const [x0, y0, x1, y1] = label.box;
  const starts = near
    .filter(({ box, leads }) => leads && box[0] > Math.max(x0 + MIN_COLUMN, x1))
    .filter(({ box }) => overlaps(box, y0 - COLUMN_REACH, y1 + COLUMN_REACH))
    .map(({ box }) => box[0]);
  const columns = starts.filter(
    (start) => starts.filter((other) => Math.abs(other - start) < SAME_COLUMN).length >= 2,
  );
  return columns.reduce((least, start) => Math.min(least, start - OUTDENT / 2), 1);
}

function overlaps(box: BBox, top: number, bottom: number): boolean {
  return box[1] < bottom && box[3] > top;
}

export function centreOf(box: BBox): [number, number] {
  return [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
}

export function isInside([x, y]: readonly [number, number], box: BBox): boolean {
  return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
}

function grow(a: BBox, b: BBox): BBox {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}
