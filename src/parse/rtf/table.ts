import type { FlowBlock } from "../flow/flow.ts";
import { type RichCell, richTable } from "../flow/rich-table.ts";
import { append } from "../flow/append.ts";

/** A cell as its row's definition has it: its right border in twips, and how it is merged. */
export interface CellDefinition {
  readonly right: number;
  readonly mergesUp: boolean;
  readonly mergesLeft: boolean;
}

interface RtfRow {
  readonly cells: readonly FlowBlock[][];
  readonly definitions: readonly CellDefinition[];
  readonly isHeader: boolean;
}

/** Borders that lie closer are one: writers round them. */
const SLACK = 40;
const MAX_COLUMNS = 200;

/** Rows that follow one another, put together as one table: columns are where any row has a border. */
export class RtfTable {
  readonly #rows: RtfRow[] = [];

  add(row: RtfRow): void {
    this.#rows.push(row);
  }

  blocks(): FlowBlock[] {
    const borders = this.#borders();
    const rows: RichCell[][] = [];
    const above = new Map<number, { blocks: FlowBlock[]; columnSpan: number; rowSpan: number }>();
    for (const { cells, definitions } of this.#rows) {
      const row: { blocks: FlowBlock[]; columnSpan: number; rowSpan: number }[] = [];
      let left = 0;
      for (const [index, blocks] of cells.entries()) {
        const definition = definitions[index];
        const right = definition ? indexOf(borders, definition.right) : left + 1;
        const columnSpan = Math.max(1, right - left);
        const before = row.at(-1);
        const over = above.get(left);
        if (definition?.mergesLeft && before) {
          before.columnSpan += columnSpan;
          append(before.blocks, blocks);
        } else if (definition?.mergesUp && over) {
          over.rowSpan += 1;
          append(over.blocks, blocks);
        } else {
          const cell = { blocks: [...blocks], columnSpan, rowSpan: 1 };
          row.push(cell);
          above.set(left, cell);
        }
        left += columnSpan;
      }
      rows.push(row);
    }
    const header = this.#rows.findIndex((row) => !row.isHeader);
    return richTable(rows, header > 0 ? header : null);
  }

  #borders(): number[] {
    const all = this.#rows.flatMap((row) => row.definitions.map(({ right }) => right));
    const borders: number[] = [];
    for (const right of new Set(all.toSorted((a, b) => a - b))) {
      if (right - (borders.at(-1) ?? -Infinity) > SLACK) borders.push(right);
    }
    return borders.length > MAX_COLUMNS ? [] : borders;
  }
}

/** The number of the column behind a border. */
function indexOf(borders: readonly number[], right: number): number {
  const at = borders.findIndex((border) => Math.abs(border - right) <= SLACK);
  return at < 0 ? 0 : at + 1;
}
