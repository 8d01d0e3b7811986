import type { ParseLimits } from "../parser.ts";
import { scanXml, type XmlVisitor } from "../xml/scan-xml.ts";
import {
  booleanContent,
  type CellContent,
  errorContent,
  type FormatNumber,
  numberContent,
  textContent,
} from "./number-format.ts";
import { type CellRange, MAX_COLUMNS, MAX_ROWS, readAddress, readRange, type SheetCell } from "./sheet.ts";
import { unescapeText } from "./xlsx-strings.ts";

/** What a workbook says once for all its sheets. */
export interface BookContext {
  readonly strings: readonly string[];
  /** The number format of each cell style. */
  readonly codes: readonly string[];
  readonly date1904: boolean;
  readonly format: FormatNumber;
  /** Cells that may still be read, over all sheets. */
  readonly budget: { cells: number };
}

/** What one sheet's part says. */
export interface SheetPart {
  readonly cells: SheetCell[];
  readonly merges: CellRange[];
  readonly formulas: FormulaFindings;
  hiddenRows: number;
  hiddenColumns: number;
  cut: boolean;
}

/** What formulas reach for, beside their values. */
export interface FormulaFindings {
  uncalculated: number;
  /** Dynamic data exchange, which starts programs. */
  dde: number;
  /** Functions that fetch from outside. */
  fetching: number;
}

/** More merged ranges than these are not looked at: each has to be compared with what it covers. */
const MAX_MERGES = 50_000;
const MAX_FORMULA = 4_096;
const TEXTS = new Set(["v", "f", "t"]);

/**
 * Reads the part of a sheet as it goes by. The dimension that it claims is not looked at: cells are where they say.
 * @throws AppError as scanXml
 */
export function readSheetPart(
  pieces: Iterable<Uint8Array>,
  book: BookContext,
  limits: Pick<ParseLimits, "maxDepth" | "maxPartBytes">,
): SheetPart {
  const reader = new SheetReader(book);
  const { maxDepth, maxPartBytes } = limits;
  reader.part.cut = !scanXml(pieces, reader, { maxDepth, maxBytes: maxPartBytes });
  return reader.part;
}

interface OpenCell {
  readonly row: number;
  readonly column: number;
  readonly type: string;
  readonly style: number;
}

class SheetReader implements XmlVisitor {
  readonly part: SheetPart = {
    cells: [],
    merges: [],
    formulas: { uncalculated: 0, dde: 0, fetching: 0 },
    hiddenRows: 0,
    hiddenColumns: 0,
    cut: false,
  };
  readonly #book: BookContext;
  #row = -1;
  #column = -1;
  #cell: OpenCell | null = null;
  #within: string | null = null;
  #phonetic = false;
  #value: string | null = null;
  #inline = "";
  #formula: string | null = null;

  constructor(book: BookContext) {
    this.#book = book;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): boolean | void {
    switch (name) {
      case "row":
        return this.#openRow(attributes);
      case "c":
        return this.#openCell(attributes);
      case "v":
      case "f":
      case "t":
        if (!this.#cell) return;
        this.#within = name;
        if (name === "f") this.#formula = "";
        if (name === "v") this.#value = "";
        return;
      case "rPh":
        this.#phonetic = true;
        return;
      case "col":
        if (isTrue(attributes.hidden)) this.part.hiddenColumns += 1;
        return;
      case "mergeCell": {
        const range = readRange(attributes.ref ?? "");
        if (range && this.part.merges.length < MAX_MERGES) this.part.merges.push(range);
        return;
      }
      default:
        return;
    }
  }

  text(data: string): void {
    if (this.#within === "v") this.#value = (this.#value ?? "") + data;
    else if (this.#within === "t" && !this.#phonetic) this.#inline += data;
    else if (this.#within === "f" && (this.#formula?.length ?? 0) < MAX_FORMULA) {
      this.#formula = (this.#formula ?? "") + data;
    }
  }

  close(name: string): boolean | void {
    if (TEXTS.has(name)) this.#within = null;
    else if (name === "rPh") this.#phonetic = false;
    else if (name === "c") return this.#closeCell();
  }

  #openRow(attributes: Readonly<Record<string, string>>): void {
    const stated = Number(attributes.r);
    this.#row = Number.isInteger(stated) && stated >= 1 && stated <= MAX_ROWS ? stated - 1 : this.#row + 1;
    this.#column = -1;
    if (isTrue(attributes.hidden)) this.part.hiddenRows += 1;
  }

  #openCell(attributes: Readonly<Record<string, string>>): void {
    const place = readAddress(attributes.r ?? "");
    this.#row = place?.row ?? Math.max(0, this.#row);
    this.#column = place?.column ?? this.#column + 1;
    this.#cell = {
      row: this.#row,
      column: Math.min(this.#column, MAX_COLUMNS - 1),
      type: attributes.t ?? "n",
      style: Number(attributes.s ?? 0),
    };
    this.#value = null;
    this.#inline = "";
    this.#formula = null;
  }

  #closeCell(): boolean | void {
    const cell = this.#cell;
    this.#cell = null;
    if (!cell) return;
    if (this.#formula !== null) this.#noteFormula(this.#formula, cell.type);
    const content = this.#contentOf(cell);
    if (!content || content.text === "") return;
    if (this.#book.budget.cells <= 0) return false;
    this.#book.budget.cells -= 1;
    this.part.cells.push({ row: cell.row, column: cell.column, ...content });
  }

  /** A text may be empty as a result; a number that is was never calculated, as writers without a calculator leave it. */
  #noteFormula(formula: string, type: string): void {
    const { formulas } = this.part;
    const isEmpty = this.#value === null || (this.#value === "" && type !== "str");
    if (isEmpty && this.#inline === "") formulas.uncalculated += 1;
    if (isDde(formula)) formulas.dde += 1;
    if (isFetching(formula)) formulas.fetching += 1;
  }

  #contentOf({ type, style }: OpenCell): CellContent | null {
    const value = this.#value;
    if (type === "inlineStr") return textContent(unescapeText(this.#inline));
    if (value === null || value === "") return this.#inline === "" ? null : textContent(this.#inline);
    switch (type) {
      case "s":
        return textContent(this.#book.strings[Number(value)] ?? "");
      case "str":
        return textContent(unescapeText(value));
      case "b":
        return booleanContent(isTrue(value.trim()));
      case "e":
        return errorContent(value);
      case "d":
        return isoContent(value.trim());
      default:
        return this.#numberOf(value.trim(), style);
    }
  }

  #numberOf(written: string, style: number): CellContent {
    const number = Number(written);
    // What does not read as a number is kept as it is written.
    if (written === "" || Number.isNaN(number)) return textContent(written);
    const { codes, date1904, format } = this.#book;
    return numberContent(number, codes[style] ?? "General", date1904, format);
  }
}

/** A date that is written as one (ISO 8601), as strict files may have it. */
function isoContent(written: string): CellContent {
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d+)?Z?)?$/.exec(written);
  if (!match) return textContent(written);
  const [, date = "", time] = match;
  if (time === undefined || time === "00:00:00") return { text: date, value: { type: "date", value: date } };
  return { text: `${date} ${time}`, value: { type: "datetime", value: `${date}T${time}` } };
}

/** A formula that talks to another program: `=cmd|'/c calc'!A1`, or by the functions for it. */
export function isDde(formula: string): boolean {
  return /\bDDE\s*\(|^[^"'!(]{1,64}\|\s*'?[^!]*!/i.test(formula);
}

/** A formula whose functions fetch from outside. */
export function isFetching(formula: string): boolean {
  return /\b(?:WEBSERVICE|IMAGE|RTD|FILTERXML|IMPORT(?:DATA|XML|HTML|RANGE|FEED))\s*\(/i.test(formula);
}

function isTrue(value: string | undefined): boolean {
  return value === "1" || value === "true";
}
