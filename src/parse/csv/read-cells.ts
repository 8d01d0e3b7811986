import Papa from "papaparse";

/** Rows of cells, as far as they were read. */
export interface Cells {
  readonly rows: readonly (readonly string[])[];
  readonly delimiter: string;
  /** False where a quotation mark is never closed. */
  readonly wellFormed: boolean;
  /** True when there were more cells than are read. */
  readonly cut: boolean;
}

const DELIMITERS = [",", ";", "\t", "|"];
/** Characters and rows that the delimiter is found by. */
const SAMPLE = 65_536;
const SAMPLE_ROWS = 100;
/** More is beyond what is understood at once, however it is parted; and a text that is one cell is copied often. */
const MAX_CHARACTERS = 8 * 1024 * 1024;
/** Separators for a cell: those inside quotations part nothing. */
const SEPARATORS_A_CELL = 4;
/** An open quotation that swallows more lines than this was no quotation. */
const MAX_QUOTED_LINES = 20;

/** Reads separated values (RFC 4180, and what else is in use), with the delimiter that parts the rows most evenly. */
export function readCells(text: string, maxCells: number): Cells {
  const named = /^sep=(.)\r?\n/i.exec(text);
  const whole = named ? text.slice(named[0].length) : text;
  const delimiter = named?.[1] ?? findDelimiter(whole);
  const content = beginningOf(whole, delimiter, maxCells * SEPARATORS_A_CELL);
  const read = parse(content, delimiter, '"', maxCells);
  const last = read.rows.at(-1)?.at(-1) ?? "";
  const trusted = read.wellFormed || last.split("\n").length <= MAX_QUOTED_LINES;
  const cells = trusted ? read : { ...parse(content, delimiter, "\0", maxCells), wellFormed: false };
  return { ...cells, cut: cells.cut || content.length < whole.length };
}

/** As much of a text as may be parted without running out of memory: whole lines, where it has some. */
function beginningOf(text: string, delimiter: string, maxSeparators: number): string {
  let end = Math.min(text.length, MAX_CHARACTERS);
  let separators = 0;
  for (let at = 0; at < end; at += 1) {
    const character = text[at];
    if (character !== delimiter && character !== "\n" && character !== "\r") continue;
    if (++separators > maxSeparators) end = at;
  }
  if (end === text.length) return text;
  const line = text.lastIndexOf("\n", end);
  return text.slice(0, line > 0 ? line : end);
}

/** The delimiter that gives the most rows of the same number of columns, more than one. */
export function findDelimiter(text: string): string {
  const end = text.length > SAMPLE ? Math.max(1, text.lastIndexOf("\n", SAMPLE)) : text.length;
  const sample = text.slice(0, end);
  let best = { delimiter: ",", score: 0 };
  for (const delimiter of DELIMITERS) {
    const { data } = Papa.parse<string[]>(sample, {
      delimiter,
      preview: SAMPLE_ROWS,
      skipEmptyLines: "greedy",
    });
    const counts = new Map<number, number>();
    for (const row of data) if (row.length > 1) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
    for (const [columns, rows] of counts) {
      const score = (rows / Math.max(1, data.length)) ** 2 * Math.log2(columns + 1);
      if (score > best.score) best = { delimiter, score };
    }
  }
  return best.delimiter;
}

function parse(text: string, delimiter: string, quoteChar: string, maxCells: number): Cells {
  const rows: string[][] = [];
  let cells = 0;
  let cut = false;
  let wellFormed = true;
  Papa.parse<string[]>(text, {
    delimiter,
    quoteChar,
    step: ({ data, errors }, parser) => {
      if (errors.some((error) => error.code === "MissingQuotes")) wellFormed = false;
      cells += data.length;
      if (cells > maxCells) {
        cut = true;
        parser.abort();
      } else rows.push(data);
    },
  });
  while (rows.length > 0 && isBlank(rows.at(-1) ?? [])) rows.pop();
  return { rows, delimiter, wellFormed, cut };
}

/** Whether a row holds nothing. */
export function isBlank(row: readonly string[]): boolean {
  return row.every((cell) => cell.trim() === "");
}
