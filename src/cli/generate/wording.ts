import type { Language } from "./locale.ts";

/** Wordings of a label by language: `known|known||unseen|unseen`; the right half is for layouts that nothing is tuned to. */
export type Wording = Partial<Record<Language, string>>;

/** The wordings that may be printed; English where a language has none. */
export function wordingsOf(wording: Wording, language: Language, unseen: boolean): string[] {
  const text = wording[language] ?? wording.en ?? "";
  const [known = "", hidden] = text.split("||");
  return (unseen && hidden !== undefined ? hidden : known).split("|");
}
