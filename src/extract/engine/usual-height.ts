import { medianOf } from "../../model/median.ts";
import { oncePerReading } from "./once.ts";

/** The height of a document's usual line, in fractions of the page. */
export const usualHeight = oncePerReading(
  ({ view }) => medianOf(view.segments.map(({ height }) => height)) || 0.01,
);
