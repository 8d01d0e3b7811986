import type { Block } from "../../model/parsed.ts";
import type { FlowCell } from "./flow.ts";
import type { SetRow, SetWord } from "./wrap-text.ts";

/** A cell of the pages' grid in points: 10 characters and 6 lines to an inch. */
export const CELL = { width: 7.2, height: 12 };
/** A page's rows, and the margins that stay free. 66 rows of 12 points are a letter page. */
export const PAGE_ROWS = 66;
const MARGIN_ROWS = 3;
export const BODY_ROWS = PAGE_ROWS - 2 * MARGIN_ROWS;
export const MARGIN_COLUMNS = 4;
/** Columns of a page that no table makes wider, and of them those that text is set in. */
export const PAGE_COLUMNS = 100;
export const TEXT_COLUMNS = PAGE_COLUMNS - 2 * MARGIN_COLUMNS;

/** A run of words in one column of the page. Columns of words count from `left`, rows from the page's top. */
export interface SheetLine {
  readonly words: readonly SetWord[];
  readonly left: number;
  /** Columns from `left` to the right border of what it stands in. */
  readonly room: number;
  readonly top: number;
  /** How much larger than the text it is printed. */
  readonly scale: number;
  readonly rows: number;
  readonly rightToLeft: boolean;
  /** The cell that it stands in, by a number of its own on the page; -1 for none. */
  readonly cell: number;
}

export type BlockRole = Pick<Block, "role" | "level">;

export interface SheetBlock extends BlockRole {
  readonly lines: readonly [number, number];
}

/** A cell on a page; `lines` are [first, behind the last] of the page's lines. Borders in columns and rows. */
export interface SheetCell {
  readonly cell: FlowCell;
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly lines: readonly [number, number];
  readonly borders: readonly [number, number, number, number];
}

export interface SheetTable {
  readonly sheet: string | undefined;
  readonly rows: number;
  readonly columns: number;
  readonly headerRows: number;
  readonly cells: readonly SheetCell[];
  readonly borders: readonly [number, number, number, number];
}

/** A pair that the format itself gives; its words are counted over the page. */
export interface SheetPair {
  readonly key: string;
  readonly value: string;
  readonly path: string | undefined;
  readonly words: readonly [number, number];
  readonly keyWords: number;
}

/** A page as it is laid out, before it is a parsed page. */
export interface Sheet {
  readonly label: string | null;
  readonly columns: number;
  readonly lines: SheetLine[];
  readonly blocks: SheetBlock[];
  readonly tables: SheetTable[];
  readonly pairs: SheetPair[];
}

export interface Place {
  readonly left: number;
  readonly room: number;
  readonly scale: number;
  readonly rows: number;
  readonly rightToLeft: boolean;
}

export const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;
const STRONG = /\p{L}/u;

/** Whether a text reads from right to left: its first letter does (UAX 9, P2). */
export function readsRightToLeft(text: string): boolean {
  const first = STRONG.exec(text)?.[0];
  return first !== undefined && RIGHT_TO_LEFT.test(first);
}

/** Fills pages from the top; where one is full, it begins the next. */
export class SheetWriter {
  readonly sheets: Sheet[] = [];
  readonly #columns: number;
  readonly #label: string | null;
  #sheet: Sheet;
  #row = 0;
  #words = 0;

  constructor(label: string | null, columns: number) {
    this.#label = label;
    this.#columns = columns;
    this.#sheet = this.#begin();
  }

  get sheet(): Sheet {
    return this.#sheet;
  }

  /** Rows left on the page. */
  get left(): number {
    return BODY_ROWS - this.#row;
  }

  get isAtTop(): boolean {
    return this.#row === 0;
  }

  /** The page's next free row, counted from its upper edge. */
  get top(): number {
    return MARGIN_ROWS + this.#row;
  }

  /** Words on the page so far. */
  get words(): number {
    return this.#words;
  }

  breakPage(): void {
    this.#sheet = this.#begin();
  }

  skip(rows: number): void {
    if (!this.isAtTop) this.#row = Math.min(BODY_ROWS, this.#row + rows);
  }

  /** Moves on by rows that have been filled by `put`. */
  advance(rows: number): void {
    this.#row += rows;
  }

  /** Puts a row's runs `below` rows under the next free one, without moving on. */
  put(row: SetRow, below: number, place: Place, cell: number): void {
    for (const words of row) {
      if (words.length === 0) continue;
      this.#sheet.lines.push({ ...place, words, top: this.top + below, cell });
      this.#words += words.length;
    }
  }

  /** Writes rows one under another over as many pages as they take, as one block of each page. */
  write(rows: readonly SetRow[], place: Place, role: BlockRole): void {
    let first = this.#sheet.lines.length;
    const close = (): void => {
      const behind = this.#sheet.lines.length;
      if (behind > first) this.#sheet.blocks.push({ ...role, lines: [first, behind] });
    };
    for (const row of rows) {
      if (place.rows > this.left) {
        close();
        this.breakPage();
        first = 0;
      }
      this.put(row, 0, place, -1);
      this.advance(place.rows);
    }
    close();
  }

  #begin(): Sheet {
    const sheet: Sheet = {
      label: this.#label,
      columns: this.#columns,
      lines: [],
      blocks: [],
      tables: [],
      pairs: [],
    };
    this.sheets.push(sheet);
    this.#row = 0;
    this.#words = 0;
    return sheet;
  }
}
