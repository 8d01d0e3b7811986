import { z } from "zod";
import { usageError } from "../command.ts";

/** One document of a truth file. A field that is missing is unknown; one that is null or empty is known to be absent. */
export const TruthRow = z.looseObject({
  file: z.string(),
  type: z.string().optional(),
  fields: z.record(z.string(), z.unknown()).default({}),
  line_items: z.array(z.unknown()).nullish(),
  text: z.string().nullish(),
  /** The expected data in the shape of our schemas; it is scored value by value in place of `fields`. */
  data: z.record(z.string(), z.unknown()).nullish(),
  /** A file with the truth's lines and their boxes. */
  words: z.string().nullish(),
  /** Whose paper it is, and which layout it has: figures are grouped by them. */
  issuer: z.string().nullish(),
  layout: z.string().nullish(),
  /** True for what nothing may be trained on. */
  unseen: z.boolean().optional(),
  has_file: z.boolean().optional(),
});
export type TruthRow = z.infer<typeof TruthRow>;

/** Reads a truth file: one JSON object a line. @throws AppError naming the line that is none */
export function readTruth(text: string, name: string): TruthRow[] {
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    const row = TruthRow.safeParse(parseJson(line));
    if (!row.success)
      throw usageError(`${name}, line ${index + 1}, is no truth row: a JSON object with file`);
    return [row.data];
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
