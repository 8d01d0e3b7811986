import { z } from "zod";

/** A box in fractions of the upright page's width and height, from the top left: x0, y0, x1, y1. */
export const BBox = z
  .tuple([z.number(), z.number(), z.number(), z.number()])
  .meta({ description: "x0, y0, x1, y1 in fractions of the page, from the top left" });
export type BBox = z.infer<typeof BBox>;

/** An offset and a length in UTF-16 code units. */
export const Span = z.tuple([z.number().int().min(0), z.number().int().min(0)]);
export type Span = z.infer<typeof Span>;

/** The smallest box around all of `boxes`; null when there is none. */
export function unionBoxes(boxes: Iterable<BBox>): BBox | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  let some = false;
  for (const box of boxes) {
    some = true;
    left = Math.min(left, box[0]);
    top = Math.min(top, box[1]);
    right = Math.max(right, box[2]);
    bottom = Math.max(bottom, box[3]);
  }
  return some ? [left, top, right, bottom] : null;
}
