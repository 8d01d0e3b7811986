import { foldText } from "../model/fold.ts";
import { repairLetters } from "../model/misread.ts";
import type { ParsedPage } from "../model/parsed.ts";

/** A printed line, folded to be compared, and its top edge as a fraction of the page. */
export interface FoldedLine {
  readonly text: string;
  readonly top: number;
}

/** A page's lines, folded; letters that OCR took for digits are read back. */
export function foldedLines(page: ParsedPage): FoldedLine[] {
  return page.lines.map(({ span: [start, length], bbox }) => {
    const read = page.text.slice(start, start + length);
    return { text: foldText(page.source === "ocr" ? repairLetters(read) : read).trim(), top: bbox[1] };
  });
}
