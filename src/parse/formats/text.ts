import { AppError } from "../../errors.ts";
import type { ParsedPage, Warning } from "../../model/parsed.ts";
import type { DocumentSource, ReadWord } from "../../ports.ts";
import { composePage } from "../layout/compose-page.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";
import { encodingWarnings } from "../text/decode-text.ts";
import { readText } from "../text/read-text.ts";

/** Rows of a page where no form feed ends it: 11 inches of 6 lines, as line printers have it. */
const PAGE_ROWS = 66;
/** Columns of a page: at least a terminal's, at most what is still a line and not a paragraph. */
const MIN_COLUMNS = 80;
const MAX_COLUMNS = 240;
const TAB_COLUMNS = 8;
/** A cell of the grid in points: 10 characters and 6 lines to an inch. */
const CELL = { width: 7.2, height: 12 };

interface TextPage {
  readonly rows: readonly string[];
}

/** Reads plain text as pages of a fixed grid, so that a word has a box by its row and column. */
export const text: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    const decoded = await readText(source, limits.maxTextBytes);
    const pages = paginate(decoded.text);
    if (pages.length > limits.maxPages) {
      throw new AppError(
        "too_many_pages",
        `The text has ${pages.length} pages, more than the ${limits.maxPages} that are read. Split it and send its parts.`,
      );
    }
    return {
      pageCount: pages.length,
      metadata: {},
      warnings: encodingWarnings(decoded),
      readPage: async (number) => readPage(number, pages),
      close: () => undefined,
    };
  },
};

/** Splits at form feeds and after 66 rows; the empty rest behind the last form feed is no page. */
function paginate(content: string): TextPage[] {
  const pages: TextPage[] = [];
  const sheets = content.replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n").split("\f");
  for (const [index, sheet] of sheets.entries()) {
    if (index > 0 && index === sheets.length - 1 && sheet.trim() === "") continue;
    const rows = sheet.replace(/\n+$/, "").split("\n").map(expandTabs).flatMap(wrap);
    for (let row = 0; row === 0 || row < rows.length; row += PAGE_ROWS) {
      pages.push({ rows: rows.slice(row, row + PAGE_ROWS) });
    }
  }
  return pages;
}

function expandTabs(row: string): string {
  if (!row.includes("\t")) return row;
  let expanded = "";
  for (const part of row.split("\t")) {
    if (expanded !== "") expanded += " ".repeat(TAB_COLUMNS - (expanded.length % TAB_COLUMNS));
    expanded += part;
  }
  return expanded;
}

/** Breaks a row that is wider than the page at its last space, as an editor shows it. */
function wrap(row: string): string[] {
  const parts: string[] = [];
  let rest = row;
  while (rest.length > MAX_COLUMNS) {
    const space = rest.lastIndexOf(" ", MAX_COLUMNS);
    const end = space > MAX_COLUMNS / 2 ? space : MAX_COLUMNS;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  parts.push(rest);
  return parts;
}

function readPage(number: number, pages: readonly TextPage[]): { page: ParsedPage; warnings: Warning[] } {
  const page = pages[number - 1];
  if (!page) {
    throw new AppError("page_not_found", `The text has no page ${number}: it has ${pages.length}.`);
  }
  const columns = Math.max(MIN_COLUMNS, ...page.rows.map((row) => row.length));
  const rows = Math.max(PAGE_ROWS, page.rows.length);
  const words = page.rows.flatMap((row, line) => wordsOf(row, line, columns, rows));
  const composed = composePage({
    number,
    width: columns * CELL.width,
    height: rows * CELL.height,
    rotation: 0,
    source: words.length > 0 ? "plain_text" : "none",
    language: null,
    words,
    rulings: [],
  });
  const blank: Warning = { code: "page_blank", message: `Page ${number} is blank.`, page: number };
  return { page: composed, warnings: words.length > 0 ? [] : [blank] };
}

function wordsOf(row: string, line: number, columns: number, rows: number): ReadWord[] {
  return Array.from(row.matchAll(/\S+/g), ({ 0: word, index }) => ({
    text: word,
    bbox: [index / columns, line / rows, (index + word.length) / columns, (line + 1) / rows],
    confidence: 1,
    line,
  }));
}
