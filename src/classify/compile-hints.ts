import type { DocumentType } from "../model/extraction.ts";
import { foldText } from "../model/fold.ts";
import type { HintsByType } from "../model/hints.ts";
import { tabulateTitles, type TitleTable } from "./find-titles.ts";
import { marks, type Marks } from "./marks.ts";

/** What definitions say of how their documents are known, beside what is known here. */
export interface CompiledHints {
  readonly titles: TitleTable;
  readonly marks: readonly Marks[];
}

/** What a word of a type's trade weighs, and how many of them count. */
const WEIGHT = 0.8;
const MOST = 4;

/** Makes hints ready for many documents. Pure. */
export function compileHints(hints: HintsByType): CompiledHints {
  return {
    titles: tabulateTitles(hints),
    // The keys are the types; Object.entries forgets it.
    marks: Object.entries(hints).flatMap(([type, { words }]) =>
      words.length === 0 ? [] : [marks(type as DocumentType, WEIGHT, MOST, words.map(asPattern).join("|"))],
    ),
  };
}

/** What is known without any. */
export const NO_HINTS = compileHints({});

/** Whole words, however they are set apart. */
function asPattern(wording: string): string {
  const words = foldText(wording).match(/[\p{L}\p{N}]+/gu) ?? [];
  return `${words.join("[\\s\\-./']{1,3}")}(?![a-z0-9])`;
}
