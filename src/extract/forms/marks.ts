import type { BBox } from "../../model/geometry.ts";
import type { FormField, ParsedPage } from "../../model/parsed.ts";
import { centreOf, EMPTY, MARK, type PlacedField, type PlacedForm } from "./regions.ts";

/** A box that is ticked or not. */
export interface CheckReading {
  readonly placed: PlacedField;
  readonly checked: boolean;
  readonly field: FormField | null;
  /** The mark's word. */
  readonly words: readonly number[];
  readonly confidence: number;
}

/** Farthest that a box stands from its label, in widths of the page. */
const MAX_DISTANCE = 0.08;
/** Reads the boxes of a form: the form's own check boxes nearest to each label, else marks printed beside it. */
export function readChecks(form: PlacedForm, page: ParsedPage, fields: readonly FormField[]): CheckReading[] {
  const checks = form.fields.filter(({ spec }) => spec.kind === "check");
  const boxes = fields.filter(({ kind, bbox }) => (kind === "checkbox" || kind === "radio") && bbox !== null);
  const aspect = page.height / page.width;
  const assigned = assign(checks, boxes, aspect);
  const marks = page.words.flatMap((word, index) =>
    (MARK.test(word.text) || EMPTY.test(word.text)) && !form.words.has(index)
      ? [{ index, bbox: word.bbox, ticked: MARK.test(word.text) }]
      : [],
  );
  const ticks = assign(
    checks.filter((placed) => !assigned.has(placed)),
    marks,
    aspect,
  );
  return checks.map((placed) => {
    const field = assigned.get(placed);
    if (field) {
      return { placed, checked: field.value === "selected", field, words: [], confidence: 0.98 };
    }
    const mark = ticks.get(placed);
    if (!mark) {
      const confidence = page.source === "ocr" ? 0.5 : 0.65;
      return { placed, checked: false, field: null, words: [], confidence };
    }
    return { placed, checked: mark.ticked, field: null, words: [mark.index], confidence: 0.8 };
  });
}

/** Gives each label the box nearest to it, the closest pairs first. */
function assign<T extends { readonly bbox: BBox | null }>(
  checks: readonly PlacedField[],
  boxes: readonly T[],
  aspect: number,
): Map<PlacedField, T> {
  const pairs = checks.flatMap((placed) =>
    boxes.map((field) => ({ placed, field, distance: distanceOf(placed, field.bbox, aspect) })),
  );
  const assigned = new Map<PlacedField, T>();
  const taken = new Set<T>();
  for (const { placed, field, distance } of pairs.toSorted((a, b) => a.distance - b.distance)) {
    if (distance > MAX_DISTANCE || assigned.has(placed) || taken.has(field)) continue;
    assigned.set(placed, field);
    taken.add(field);
  }
  return assigned;
}

/** From a box's middle to the nearest of its label's lines; a box in front of its label is nearest. */
function distanceOf({ label, more }: PlacedField, bbox: BBox | null, aspect: number): number {
  if (!bbox) return Number.POSITIVE_INFINITY;
  const [x, y] = centreOf(bbox);
  const distances = [label, ...more].map(({ box }) => {
    const dx = Math.max(box[0] - x, 0, x - box[2]);
    const dy = Math.abs((box[1] + box[3]) / 2 - y) * aspect;
    return Math.hypot(x > box[2] ? 1.5 * dx : dx, dy);
  });
  return Math.min(...distances);
}
