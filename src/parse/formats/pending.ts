import { AppError } from "../../errors.ts";
import type { FormatEntry, Parser } from "../parser.ts";

const parser: Parser = {
  open: async () => {
    throw new AppError("unsupported_format", "This format is not read yet.");
  },
};

/** Stands in the registry for a format whose parser is being written. */
export const pending: FormatEntry = { load: async () => parser, libraries: [], limits: [] };
