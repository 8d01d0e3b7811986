import type { Warning } from "../../model/parsed.ts";
import type { DocumentSource } from "../../ports.ts";
import { addressOf, cellValue } from "../csv/cell-value.ts";
import { isBlank, readCells } from "../csv/read-cells.ts";
import type { FlowCell, FlowTable } from "../flow/flow.ts";
import { guessHeaderRows } from "../flow/header-rows.ts";
import { openFlow } from "../flow/open-flow.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";
import { encodingWarnings } from "../text/decode-text.ts";
import { readText } from "../text/read-text.ts";

/** Reads separated values as tables whose cells keep their address; blank rows part two tables. */
export const csv: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    const decoded = await readText(source, limits.maxPartBytes);
    // Every cell is a word at least.
    const maxCells = Math.min(limits.maxNodes, limits.maxWords);
    const cells = readCells(decoded.text, maxCells);
    const warnings: Warning[] = encodingWarnings(decoded);
    if (!cells.wellFormed) {
      const message = "A quotation mark is never closed: cells behind it may be parted in the wrong places.";
      warnings.push({ code: "structure_invalid", message });
    }
    if (cells.cut) {
      const message = `Only the first ${cells.rows.length} rows were read: the file has more than the ${maxCells} cells or 8,388,608 characters that are read. Split it and send its parts.`;
      warnings.push({ code: "text_truncated", message });
    }
    const sections = [{ label: null, blocks: tablesOf(cells.rows, cells.delimiter) }];
    return openFlow({ source: "cell", sections, warnings }, limits);
  },
};

function tablesOf(rows: readonly (readonly string[])[], delimiter: string): FlowTable[] {
  const tables: FlowTable[] = [];
  let table: FlowCell[][] = [];
  const close = (): void => {
    if (table.length > 0) tables.push({ kind: "table", headerRows: headerRowsOf(table), rows: table });
    table = [];
  };
  for (const [row, own] of rows.entries()) {
    if (isBlank(own)) {
      close();
      continue;
    }
    table.push(
      own.map((cell, column): FlowCell => {
        const value = cellValue(cell, delimiter);
        const address = addressOf(row, column);
        return value ? { text: cell.trim(), address, value } : { text: cell.trim(), address };
      }),
    );
  }
  close();
  return tables;
}

/** Files of values usually begin with the names of their columns, even where all of them hold text. */
function headerRowsOf(rows: readonly (readonly FlowCell[])[]): number {
  const guessed = guessHeaderRows(rows);
  const [first = [], second] = rows;
  if (guessed > 0 || rows.length < 3 || first.length < 3 || !second) return guessed;
  const names = first.map((cell) => cell.text);
  const isNaming = names.every((name) => /^\p{L}[^:：]{0,40}$/u.test(name) && !/\d{3}/.test(name));
  const alike = first.length === second.length && new Set(names).size === names.length;
  return isNaming && alike ? 1 : 0;
}
