import type { Block } from "../../model/parsed.ts";
import type { FlowCell } from "./flow.ts";
import { RowMemo } from "./row-memo.ts";
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

/** Writes a part of a page, when the page is wanted. */
export type SheetPart = (content: SheetContent) => void;

/**
 * A page as it is laid out: what stands on it and where, not yet its words. Most pages of a long document are not
 * looked at together, so that only the one that is read takes room.
 */
export interface Sheet {
  readonly label: string | null;
  readonly columns: number;
  readonly parts: SheetPart[];
}

/** What stands on a page. */
export class SheetContent {
  readonly lines: SheetLine[] = [];
  readonly blocks: SheetBlock[] = [];
  readonly tables: SheetTable[] = [];
  readonly pairs: SheetPair[] = [];
  #words = 0;

  constructor(sheet: Sheet) {
    for (const part of sheet.parts) part(this);
  }

  /** Words so far. */
  get words(): number {
    return this.#words;
  }

  /** Puts a row's runs at a row of the page. */
  put(row: SetRow, top: number, place: Place, cell: number): void {
    for (const words of row) {
      if (words.length === 0) continue;
      this.lines.push({ ...place, words, top, cell });
      this.#words += words.length;
    }
  }

  /** Makes a block of the lines since `first`. */
  close(first: number, role: BlockRole): void {
    if (this.lines.length > first) this.blocks.push({ ...role, lines: [first, this.lines.length] });
  }
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
  /** Rows of the long blocks, for those who write their parts. */
  readonly memo: RowMemo;
  #sheet: Sheet;
  #row = 0;

  constructor(label: string | null, columns: number, memo = new RowMemo()) {
    this.#label = label;
    this.#columns = columns;
    this.memo = memo;
    this.#sheet = this.#begin();
  }

  /** Rows left on the page. */
  get left(): number {
    return BODY_ROWS - this.#row;
  }

  get isAtTop(): boolean {
    return this.#row === 0;
  }

  breakPage(): void {
    this.#sheet = this.#begin();
  }

  skip(rows: number): void {
    if (!this.isAtTop) this.#row = Math.min(BODY_ROWS, this.#row + rows);
  }

  /** Gives the next rows of the page to a part, which is told the first of them, counted from the page's upper edge. */
  add(rows: number, part: (content: SheetContent, top: number) => void): void {
    const top = MARGIN_ROWS + this.#row;
    this.#sheet.parts.push((content) => part(content, top));
    this.#row += rows;
  }

  /**
   * Writes rows one under another over as many pages as they take, as one block of each page. The rows are not
   * kept, but for those of long blocks that were read last. `begun` is told the first word of the block on its first page.
   */
  write(
    make: () => readonly SetRow[],
    place: Place,
    role: BlockRole,
    begun: (content: SheetContent, firstWord: number) => void = () => undefined,
  ): void {
    const rowsOf = (): readonly SetRow[] => this.memo.rowsOf(make, make);
    const count = rowsOf().length;
    for (let from = 0; from < count;) {
      if (place.rows > this.left) this.breakPage();
      const first = from;
      const to = Math.min(count, first + Math.floor(this.left / place.rows));
      this.add((to - first) * place.rows, (content, top) => {
        const [line, word] = [content.lines.length, content.words];
        for (const [index, row] of rowsOf().slice(first, to).entries()) {
          content.put(row, top + index * place.rows, place, -1);
        }
        content.close(line, role);
        if (first === 0) begun(content, word);
      });
      from = to;
    }
  }

  #begin(): Sheet {
    const sheet: Sheet = { label: this.#label, columns: this.#columns, parts: [] };
    this.sheets.push(sheet);
    this.#row = 0;
    return sheet;
  }
}
