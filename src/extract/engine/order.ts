import { z } from "zod";
import type { DraftValue } from "./draft.ts";

/** Values in the order in which their schema names them, those of one name as they came. */
export function inSchemaOrder(values: readonly DraftValue[], schema: z.ZodType): DraftValue[] {
  const names = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const places = new Map(names.map((name, place) => [name, place]));
  const placeOf = ({ pointer }: DraftValue): number =>
    places.get(pointer.split("/")[1] ?? "") ?? names.length;
  return values.toSorted((a, b) => placeOf(a) - placeOf(b));
}
