import type { RecognizedWord } from "../../ports.ts";

const WORD_LEVEL = "5";

/**
 * Reads Tesseract's tab-separated output: level, page, block, paragraph, line, word,
 * left, top, width, height, confidence (0..100), text. Lines are numbered from 0 over all blocks.
 */
export function parseTsv(tsv: string): RecognizedWord[] {
  const words: RecognizedWord[] = [];
  let line = -1;
  let lastLine = "";
  for (const row of tsv.split("\n")) {
    const cells = row.split("\t");
    if (cells[0] !== WORD_LEVEL) continue;
    const text = (cells[11] ?? "").trim();
    if (text === "") continue;
    const lineKey = `${cells[2]}/${cells[3]}/${cells[4]}`;
    if (lineKey !== lastLine) line += 1;
    lastLine = lineKey;
    const [left, top, width, height] = [cells[6], cells[7], cells[8], cells[9]].map(Number);
    if (left === undefined || top === undefined || width === undefined || height === undefined) continue;
    const confidence = Math.min(1, Math.max(0, Number(cells[10]) / 100));
    words.push({ text, x0: left, y0: top, x1: left + width, y1: top + height, confidence, line });
  }
  return words;
}
