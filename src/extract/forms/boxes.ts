import type { ParsedPage } from "../../model/parsed.ts";
import { type Chunk, makeChunk } from "./chunks.ts";

/** A printed box, what it is for, and whether it is ticked. */
export interface PrintedBox {
  readonly label: Chunk;
  readonly mark: readonly number[];
  readonly checked: boolean;
}

const WHOLE = /^(?:[[({]\s*([xX✓✔✗✘*])?\s*[\])}]|([☑☒✓✔])|([☐□▢◻]))$/u;
const TICKED = /[xX✓✔✗✘☑☒*]/u;

/** The boxes of a row, each with the words behind it up to the next one. */
export function readBoxes(page: ParsedPage, row: readonly Chunk[]): PrintedBox[] {
  const words = row.flatMap((chunk) => chunk.words);
  const marks = words.flatMap((_, at) => markAt(page, words, at) ?? []);
  return marks.flatMap(({ from, behind }, number) => {
    const mark = words.slice(from, behind);
    const label = makeChunk(page, words.slice(behind, marks[number + 1]?.from ?? words.length));
    const text = mark.map((index) => page.words[index]?.text ?? "").join("");
    return label ? [{ label, mark, checked: TICKED.test(text) }] : [];
  });
}

/** A box is one word, or its brackets are words of their own. */
function markAt(
  page: ParsedPage,
  words: readonly number[],
  from: number,
): { from: number; behind: number } | null {
  let text = "";
  for (let at = from; at < Math.min(words.length, from + 3); at++) {
    text += page.words[words[at] ?? -1]?.text ?? "";
    if (WHOLE.test(text)) return { from, behind: at + 1 };
    if (!/^[[({]/u.test(text)) return null;
  }
  return null;
}
