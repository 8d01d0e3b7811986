/** Wordings that are written in one text, set apart by semicolons. */
export function wordings(...texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split(";").map((wording) => wording.trim()));
}
