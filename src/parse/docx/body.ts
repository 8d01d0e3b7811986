import type { FlowBlock } from "../flow/flow.ts";
import { type RichCell, richTable } from "../flow/rich-table.ts";
import { attributeOf, childOf, childrenOf, textOf, type XmlElement } from "../xml/parse-xml.ts";
import type { DocxContext, Inline } from "./context.ts";
import { noteControl, readAlternate, readInline } from "./inline.ts";
import { headingOf, isSet, numberingOf } from "./styles.ts";
import { append } from "../flow/append.ts";

/** Reads the block content of a body, a cell, a header, a note or a text box. */
export function readBlocks(parent: XmlElement, context: DocxContext): FlowBlock[] {
  const blocks: FlowBlock[] = [];
  const state = { apart: false };
  readInto(parent, blocks, state, context);
  return blocks;
}

/** `apart` tells that an empty paragraph stands before the next block. */
function readInto(
  parent: XmlElement,
  into: FlowBlock[],
  state: { apart: boolean },
  context: DocxContext,
): void {
  for (const element of childrenOf(parent)) {
    switch (element.local) {
      case "p":
        readParagraph(element, into, state, context);
        break;
      case "tbl":
        append(into, readTable(element, context));
        state.apart = false;
        break;
      case "sdt": {
        const content = childOf(element, "sdtContent");
        if (content) readInto(content, into, state, context);
        noteControl(element, textOf(content), context);
        break;
      }
      case "AlternateContent":
        readAlternate(element, (chosen) => readInto(chosen, into, state, context));
        break;
      case "del":
      case "moveFrom":
        context.seen.deleted ||= textOf(element).trim() !== "";
        break;
      case "ins":
      case "moveTo":
      case "customXml":
      case "smartTag":
        readInto(element, into, state, context);
        break;
      default:
        break;
    }
  }
}

function readParagraph(
  paragraph: XmlElement,
  into: FlowBlock[],
  state: { apart: boolean },
  context: DocxContext,
): void {
  const properties = childOf(paragraph, "pPr");
  const id = attributeOf(childOf(properties, "pStyle"), "val");
  const style = context.styles.paragraph(id);
  const inline: Inline = { text: "", boxes: [], breaksBefore: false, breaksAfter: false };
  readInline(paragraph, inline, context);
  if (style.isHidden && inline.text.trim() !== "") {
    context.seen.hidden = true;
    inline.text = "";
  }
  if (inline.breaksBefore || isSet(properties, "pageBreakBefore") || style.breaksPage)
    into.push({ kind: "page_break" });
  const text = inline.text.trim() === "" ? "" : inline.text.trimEnd();
  const own = numberingOf(properties);
  const base = style.numbering;
  const ref = own ? { id: own.id || (base?.id ?? ""), level: own.level ?? base?.level ?? null } : base;
  if (text === "") state.apart = true;
  else {
    const numbered = ref && ref.id !== "0" ? context.numbering.next(ref, id) : null;
    const heading = headingOf(properties) ?? style.heading;
    const apart = state.apart ? { apart: true } : {};
    if (heading !== null) {
      const number = numbered && !numbered.isBullet ? `${numbered.marker} ` : "";
      into.push({
        kind: "heading",
        level: heading,
        text: `${number}${text.replaceAll("\n", " ").trim()}`.trim(),
      });
    } else if (numbered) {
      into.push({ kind: "list_item", level: numbered.level, marker: numbered.marker, text: text.trim() });
    } else if (style.isCaption) into.push({ kind: "caption", text, ...apart });
    else into.push({ kind: "paragraph", text, ...apart });
    state.apart = false;
  }
  append(into, inline.boxes);
  const section = childOf(properties, "sectPr");
  const turns = section !== null && attributeOf(childOf(section, "type"), "val") !== "continuous";
  if (inline.breaksAfter || turns) into.push({ kind: "page_break" });
}

function readTable(table: XmlElement, context: DocxContext): FlowBlock[] {
  const rows: RichCell[][] = [];
  /** The cell that each column's merge began with, and its rows so far. */
  const open = new Map<number, { cell: { blocks: FlowBlock[]; columnSpan: number; rowSpan: number } }>();
  let headerRows = 0;
  for (const row of partsOf(table, "tr")) {
    const properties = childOf(row, "trPr");
    if (childOf(properties, "del")) {
      context.seen.deleted = true;
      continue;
    }
    if (isSet(properties, "tblHeader") && headerRows === rows.length) headerRows += 1;
    const cells: RichCell[] = [];
    const skipped = spanOf(childOf(properties, "gridBefore"));
    let column = skipped ?? 0;
    if (skipped !== null && skipped > 0) cells.push({ blocks: [], columnSpan: skipped });
    for (const part of partsOf(row, "tc")) {
      const own = childOf(part, "tcPr");
      const columnSpan = spanOf(childOf(own, "gridSpan")) ?? 1;
      const merge = childOf(own, "vMerge");
      const above = open.get(column);
      const blocks = readBlocks(part, context);
      if (merge && attributeOf(merge, "val") !== "restart" && above) {
        above.cell.rowSpan += 1;
        append(above.cell.blocks, blocks);
      } else {
        const cell = { blocks, columnSpan, rowSpan: 1 };
        cells.push(cell);
        if (merge) open.set(column, { cell });
        else open.delete(column);
      }
      column += columnSpan;
    }
    rows.push(cells);
  }
  return richTable(rows, headerRows > 0 && headerRows < rows.length ? headerRows : null);
}

/** The rows of a table or the cells of a row, those in content controls and tracked changes included. */
function partsOf(parent: XmlElement, local: "tr" | "tc"): XmlElement[] {
  return childrenOf(parent).flatMap((child): XmlElement[] => {
    if (child.local === local) return [child];
    const isWrapper = ["sdt", "sdtContent", "ins", "moveTo", "customXml"].includes(child.local);
    return isWrapper ? partsOf(child, local) : [];
  });
}

function spanOf(element: XmlElement | null): number | null {
  const value = Number(attributeOf(element, "val") ?? "");
  return element && Number.isInteger(value) && value >= 0 ? Math.min(value, 1_000) : null;
}
