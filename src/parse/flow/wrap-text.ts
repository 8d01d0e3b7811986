import { UNSEEN } from "../layout/visible-text.ts";

/** A word on a line: its first column and how many columns it takes. */
export interface SetWord {
  readonly text: string;
  readonly x: number;
  readonly width: number;
}

/** A printed row as runs of words; a wide gap or a tab parts two runs. */
export type SetRow = readonly (readonly SetWord[])[];

const TAB_COLUMNS = 8;
/** A gap of so many columns parts two runs; a narrower one is space between words. */
export const COLUMN_GAP = 3;
/** Deeper indents are cut: they would leave no room for the text. */
const MAX_INDENT = 24;
/** A word that fits no row is printed narrower, so that it stays one word; longer ones are no words. */
const MAX_WORD = 512;

const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1F64F}\u{1F900}-\u{1F9FF}\u{20000}-\u{3FFFD}]/u;
const NO_WIDTH = /[\p{M}\u200C\u200D]/u;
/** Scripts that are written without spaces: a row may end behind any of their characters. */
const UNSPACED =
  /[\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\uFF01-\uFF60\u{20000}-\u{3FFFD}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** What no row begins with (JIS X 4051): closing marks, small kana, marks over other characters. */
const NEVER_FIRST =
  /[\p{M}\u200D、。，．・：；？！」』）】〕》〉］｝ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々…％]/u;
const ASCII = /^[\x20-\x7E]*$/;

/** Columns that a text takes: two for East Asian characters, none for marks over others. */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += columnsOf(character);
  return width;
}

function columnsOf(character: string): number {
  if (character <= "\u02FF") return 1;
  if (NO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** The text's lines without what is not seen: control and direction marks, soft hyphens. */
export function linesOf(text: string): string[] {
  return text
    .split(/\r\n?|[\n\v\f\u0085\u2028\u2029]/)
    .map((line) => line.replaceAll(UNSEEN, (mark) => (mark === "\t" ? mark : "")).trimEnd());
}

/** The widest of a text's lines as `wrapText` sets it, and its longest word that does not break. */
export function extentOf(text: string): { natural: number; least: number } {
  let [natural, least] = [0, 0];
  for (const line of linesOf(text)) {
    let x = 0;
    for (const { word, x: at } of wordsOf(line)) {
      const width = widthOf(word);
      x = at + width;
      least = Math.max(least, UNSPACED.test(word) ? Math.min(width, 8) : width);
    }
    natural = Math.max(natural, x);
  }
  return { natural, least };
}

/**
 * Sets a text in rows of at most `width` columns. Spaces and tabs keep their room within a row;
 * text without spaces breaks between characters, and a word that is too long for any row stays whole.
 */
export function wrapText(text: string, width: number): SetRow[] {
  return linesOf(text).flatMap((line) => wrapLine(line, Math.max(1, width)));
}

function wrapLine(line: string, width: number): SetRow[] {
  const rows: SetWord[][] = [];
  let row: SetWord[] = [];
  let end = 0;
  const close = (): void => {
    if (row.length > 0) rows.push(row);
    row = [];
    end = 0;
  };
  const put = (text: string, x: number, columns: number): void => {
    row.push({ text, x, width: Math.min(columns, width) });
    end = x + Math.min(columns, width);
  };
  let before = 0;
  for (const { word, x: natural } of wordsOf(line)) {
    const gap = row.length === 0 && rows.length > 0 ? 0 : natural - before;
    before = natural + widthOf(word);
    const pieces = word.length > MAX_WORD ? chunksOf(word) : [word];
    for (const [number, piece] of pieces.entries()) {
      let rest = piece;
      let x = end + (number === 0 ? gap : 0);
      while (rest !== "") {
        const columns = widthOf(rest);
        if (x + columns <= width) {
          put(rest, x, columns);
          break;
        }
        const head = UNSPACED.test(rest) ? headOf(rest, width - x) : "";
        if (head !== "") put(head, x, widthOf(head));
        else if (row.length === 0) {
          const fit = UNSPACED.test(rest) ? headOf(rest, width) || rest : rest;
          put(fit, 0, widthOf(fit));
          rest = rest.slice(fit.length);
          x = end;
          continue;
        }
        rest = rest.slice(head.length);
        close();
        x = 0;
      }
    }
  }
  close();
  return rows.length === 0 ? [[]] : rows.map(runsOf);
}

/** A line's words with the columns they begin at, tabs and wide spaces counted. */
function wordsOf(line: string): { word: string; x: number }[] {
  const words: { word: string; x: number }[] = [];
  let x = 0;
  for (const [part] of line.matchAll(/\s+|\S+/gu)) {
    if (part.trim() !== "") {
      words.push({ word: part, x });
      x += widthOf(part);
      continue;
    }
    const start = x;
    for (const space of part) {
      x = space === "\t" ? Math.ceil((x + COLUMN_GAP) / TAB_COLUMNS) * TAB_COLUMNS : x + 1;
    }
    if (words.length === 0) x = Math.min(x, start + MAX_INDENT);
  }
  return words;
}

/** The longest beginning of at most `width` columns that a row may end behind. */
function headOf(text: string, width: number): string {
  let columns = 0;
  let length = 0;
  let best = 0;
  let before = "";
  for (const character of text) {
    const breaks = UNSPACED.test(before) || UNSPACED.test(character);
    if (length > 0 && breaks && !NEVER_FIRST.test(character)) best = length;
    columns += columnsOf(character);
    if (columns > width) return text.slice(0, best);
    length += character.length;
    before = character;
  }
  return text;
}

function chunksOf(word: string): string[] {
  const chunks: string[] = [];
  for (let at = 0; at < word.length;) {
    let end = Math.min(word.length, at + MAX_WORD);
    const code = word.charCodeAt(end - 1);
    if (end < word.length && code >= 0xd800 && code <= 0xdbff) end -= 1;
    chunks.push(word.slice(at, end));
    at = end;
  }
  return chunks;
}

function runsOf(row: readonly SetWord[]): SetRow {
  const runs: SetWord[][] = [];
  let end = -Infinity;
  for (const word of row) {
    const run = runs.at(-1);
    if (run && word.x - end < COLUMN_GAP) run.push(word);
    else runs.push([word]);
    end = word.x + word.width;
  }
  return runs;
}
