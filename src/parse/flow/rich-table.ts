import type { FlowBlock, FlowCell, FlowTable } from "./flow.ts";
import { guessHeaderRows } from "./header-rows.ts";

/** A cell that holds blocks, as word processors and web pages have them. */
export interface RichCell {
  readonly blocks: readonly FlowBlock[];
  readonly columnSpan?: number;
  readonly rowSpan?: number;
}

/**
 * A table whose cells hold blocks, as a flow has it. One that only sets things beside each other (a single column, or
 * tables inside it) is taken apart into what its cells hold, in reading order. Without `headerRows` they are guessed.
 */
export function richTable(rows: readonly (readonly RichCell[])[], headerRows: number | null): FlowBlock[] {
  const cells = rows.flat();
  const isColumn = rows.every((row) => row.length <= 1);
  const frames = !headerRows && cells.some((cell) => cell.blocks.some((block) => isDataTable(block)));
  if (isColumn || frames) return cells.flatMap((cell) => cell.blocks);
  const plain = rows.map((row) =>
    row.map(({ blocks, columnSpan = 1, rowSpan = 1 }): FlowCell => {
      const text = cellText(blocks).trim();
      return {
        text,
        ...(columnSpan > 1 ? { columnSpan } : {}),
        ...(rowSpan > 1 ? { rowSpan } : {}),
      };
    }),
  );
  if (plain.every((row) => row.every((cell) => cell.text === ""))) return [];
  return [{ kind: "table", headerRows: headerRows ?? guessHeaderRows(plain), rows: plain }];
}

function isDataTable(block: FlowBlock): boolean {
  return block.kind === "table" && block.rows.length >= 2 && block.rows.some((row) => row.length >= 2);
}

/** What blocks say as one text, for a place that holds no blocks. */
export function cellText(blocks: readonly FlowBlock[]): string {
  return blocks
    .map((block): string => {
      switch (block.kind) {
        case "table":
          return tableText(block);
        case "list_item":
          return `${"  ".repeat(Math.max(0, block.level - 1))}${block.marker} ${block.text}`.trimEnd();
        case "key_value":
          return `${block.key}: ${block.value}`;
        case "page_break":
          return "";
        case "heading":
        case "paragraph":
        case "code":
        case "caption":
        case "note":
          return block.text;
      }
    })
    .filter((text) => text.trim() !== "")
    .join("\n");
}

function tableText(table: FlowTable): string {
  return table.rows.map((row) => row.map((cell) => cell.text.replaceAll("\n", " ")).join("\t")).join("\n");
}
