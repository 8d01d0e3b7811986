import type { FlowBlock, FlowCell } from "../flow/flow.ts";
import { attributeOf, childrenOf, type XmlElement } from "../xml/parse-xml.ts";
import { TextCollector } from "./text-collector.ts";

/** Lists inside lists: deeper ones are made to be. */
const MAX_LEVEL = 32;
/** A table's row or cell that is repeated more often without content is the rest of the sheet. */
const MAX_REPEAT = 200;

/** Paragraphs, headings, lists and tables of an OpenDocument's element, in order. */
export function odfBlocks(element: XmlElement, level = 0): FlowBlock[] {
  return childrenOf(element).flatMap((child): FlowBlock[] => {
    switch (child.local) {
      case "p":
      case "h": {
        const text = odfText(child);
        if (text === "") return [];
        if (level > 0) return [{ kind: "list_item", level, marker: "•", text }];
        if (child.local === "p") return [{ kind: "paragraph", text }];
        return [{ kind: "heading", level: Number(attributeOf(child, "outline-level") ?? 1) || 1, text }];
      }
      case "list":
        return odfBlocks(child, Math.min(level + 1, MAX_LEVEL));
      case "list-item":
      case "list-header":
      case "section":
      case "text-box":
        return odfBlocks(child, level);
      case "table":
        return [odfTable(child)];
      default:
        return [];
    }
  });
}

/** The text of a paragraph, without notes that hang on it. */
export function odfText(paragraph: XmlElement): string {
  const collector = new TextCollector();
  const visit = (element: XmlElement): void => {
    if (element.local === "annotation" || element.local === "note") return;
    collector.open(element.local, element.attributes);
    for (const child of element.children) {
      if (typeof child === "string") collector.text(child);
      else visit(child);
    }
    collector.close(element.local);
  };
  visit(paragraph);
  return collector.take().join("\n").trim();
}

/** A table with its spans; covered cells are left to the cells that cover them. */
export function odfTable(table: XmlElement): FlowBlock {
  const rows: FlowCell[][] = [];
  let headerRows = 0;
  const visit = (element: XmlElement, header: boolean): void => {
    for (const child of childrenOf(element)) {
      if (child.local === "table-row") {
        const row = rowOf(child);
        const repeat = repeatOf(child, "number-rows-repeated");
        const empty = row.every(({ text }) => text === "");
        for (let times = 0; times < (empty && repeat > 1 ? 0 : repeat); times += 1) rows.push(row);
        if (header) headerRows += 1;
      } else if (child.local.startsWith("table-"))
        visit(child, header || child.local === "table-header-rows");
    }
  };
  visit(table, false);
  return { kind: "table", headerRows: Math.min(headerRows, Math.max(0, rows.length - 1)), rows };
}

function rowOf(row: XmlElement): FlowCell[] {
  const cells = childrenOf(row, "table-cell").flatMap((cell) => {
    const text = odfBlocks(cell).map(textOfBlock).join("\n");
    const columnSpan = repeatOf(cell, "number-columns-spanned");
    const rowSpan = repeatOf(cell, "number-rows-spanned");
    const made: FlowCell = {
      text,
      ...(columnSpan > 1 ? { columnSpan } : {}),
      ...(rowSpan > 1 ? { rowSpan } : {}),
    };
    return Array.from({ length: repeatOf(cell, "number-columns-repeated") }, () => made);
  });
  return cells;
}

function textOfBlock(block: FlowBlock): string {
  if (block.kind === "page_break" || block.kind === "key_value") return "";
  if (block.kind !== "table") return block.text;
  return block.rows.map((row) => row.map(({ text }) => text).join(" ")).join("\n");
}

function repeatOf(element: XmlElement, name: string): number {
  const repeat = Number(attributeOf(element, name) ?? 1);
  return Number.isInteger(repeat) && repeat > 0 ? Math.min(repeat, MAX_REPEAT) : 1;
}
