import type { FormatNumber } from "./number-format.ts";

/** Loads what writes numbers by format codes: a large library, and so only when a workbook is read. */
export async function loadFormat(): Promise<FormatNumber> {
  const { SSF } = await import("@e965/xlsx");
  return (code, value, options) => String(SSF.format(code, value, options));
}
