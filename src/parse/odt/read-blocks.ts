import type { FormField } from "../../model/parsed.ts";
import type { FlowBlock } from "../flow/flow.ts";
import { cellText, type RichCell, richTable } from "../flow/rich-table.ts";
import { attributeOf, childOf, childrenOf, textOf, type XmlElement } from "../xml/parse-xml.ts";
import type { OdtStyles } from "./styles.ts";
import { append } from "../flow/append.ts";

/** What reading a document's parts shares, and what was seen on the way. */
export interface OdtContext {
  readonly styles: OdtStyles;
  readonly notes: FlowBlock[];
  readonly formFields: FormField[];
  /** The last number of each level by list style, for lists that go on. */
  readonly counters: Map<string, number[]>;
  /** Tracked deletions by their id, and those within which the text stands that is being read. */
  readonly deletions: { readonly known: Set<string>; readonly open: Set<string> };
  readonly seen: { pictures: number; objects: number; hidden: boolean; deleted: boolean };
}

interface List {
  readonly style: string | null;
  readonly level: number;
  readonly numbers: number[];
}

/** Paragraphs of a list's item: the first has its marker. */
interface Item {
  readonly level: number;
  marker: string;
}

const MAX_LEVEL = 32;
/** So many equal rows or cells are printed: more are the empty rest of a table. */
const MAX_REPEAT = 200;
const MAX_SPACES = 64;

/** Reads the block content of a text, a cell, a note or a frame. */
export function readOdtBlocks(
  parent: XmlElement,
  context: OdtContext,
  list: List | null = null,
  item: Item | null = null,
): FlowBlock[] {
  const blocks: FlowBlock[] = [];
  let apart = false;
  for (const element of childrenOf(parent)) {
    switch (element.local) {
      case "p":
      case "h": {
        const own = readParagraph(element, context, item, apart);
        apart = own.length === 0;
        for (const block of own) blocks.push(block);
        break;
      }
      case "list":
        append(blocks, readList(element, context, list));
        break;
      case "table":
        append(blocks, readTable(element, context));
        break;
      case "tracked-changes":
        noteDeletions(element, context);
        break;
      case "change-start":
      case "change-end":
        markDeletion(element, context);
        break;
      case "section":
        if (attributeOf(element, "display") === "none") context.seen.hidden ||= textOf(element).trim() !== "";
        else append(blocks, readOdtBlocks(element, context));
        break;
      case "forms":
        readForms(element, context);
        break;
      case "table-of-content":
      case "index-body":
      case "index-title":
      case "alphabetical-index":
      case "illustration-index":
      case "table-index":
      case "object-index":
      case "user-index":
      case "bibliography":
      case "numbered-paragraph":
        append(blocks, readOdtBlocks(element, context));
        break;
      case "frame":
      case "custom-shape":
      case "g":
      case "rect":
        append(blocks, readDrawing(element, context));
        break;
      default:
        break;
    }
  }
  return blocks;
}

function noteDeletions(changes: XmlElement, { deletions, seen }: OdtContext): void {
  for (const change of childrenOf(changes)) {
    if (!childOf(change, "deletion")) continue;
    seen.deleted = true;
    deletions.known.add(attributeOf(change, "id") ?? "");
  }
}

/** What was deleted may go on standing in the text between two marks (ODF 1.3 part 3, 5.5.7). */
function markDeletion(mark: XmlElement, { deletions: { known, open } }: OdtContext): void {
  const id = attributeOf(mark, "change-id") ?? "";
  if (mark.local === "change-end") open.delete(id);
  else if (known.has(id)) open.add(id);
}

function readParagraph(
  element: XmlElement,
  context: OdtContext,
  item: Item | null,
  apart: boolean,
): FlowBlock[] {
  const { styles } = context;
  const style = attributeOf(element, "style-name");
  const boxes: FlowBlock[] = [];
  const written = readText(element, context, boxes);
  const shown = styles.isHidden(style) ? "" : written;
  if (shown !== written && written.trim() !== "") context.seen.hidden = true;
  const text = shown.trim() === "" ? "" : shown.trimEnd();
  const blocks: FlowBlock[] = styles.breaksPage(style) ? [{ kind: "page_break" }] : [];
  if (text !== "") {
    const outline = Number(attributeOf(element, "outline-level") ?? 0);
    const level =
      element.local === "h" ? outline || 1 : styles.isTitle(style) ? 1 : styles.headingLevel(style);
    if (level !== null && level > 0) {
      const number =
        element.local === "h" && item === null ? headingNumber(level, context) : (item?.marker ?? "");
      if (item) item.marker = "";
      blocks.push({ kind: "heading", level, text: `${number} ${text.replaceAll("\n", " ").trim()}`.trim() });
    } else if (item) {
      blocks.push({ kind: "list_item", level: item.level, marker: item.marker, text: text.trim() });
      item.marker = "";
    } else blocks.push({ kind: "paragraph", text, ...(apart ? { apart } : {}) });
  }
  return [...blocks, ...boxes];
}

function headingNumber(level: number, { styles, counters }: OdtContext): string {
  const numbers = counters.get(styles.outline) ?? [];
  counters.set(styles.outline, numbers);
  numbers[level - 1] = (numbers[level - 1] ?? styles.startOf(styles.outline, level) - 1) + 1;
  numbers.length = level;
  return styles.marker(
    styles.outline,
    level,
    Array.from(numbers, (number) => number ?? 1),
  );
}

/** The text of a paragraph; white space in the file is one space (ODF 1.3 part 3, 6.1.2). */
function readText(parent: XmlElement, context: OdtContext, boxes: FlowBlock[]): string {
  let text = "";
  for (const child of parent.children) {
    if (typeof child === "string") {
      if (context.deletions.open.size > 0) continue;
      const folded = child.replaceAll(/[ \t\r\n]+/g, " ");
      text += folded.startsWith(" ") && /(?:^|\s)$/.test(text.slice(-1)) ? folded.slice(1) : folded;
    } else text += readPart(child, context, boxes);
  }
  return text;
}

function readPart(element: XmlElement, context: OdtContext, boxes: FlowBlock[]): string {
  const isDeleted = context.deletions.open.size > 0;
  if (isDeleted && ["s", "tab", "line-break", "note", "annotation", "frame"].includes(element.local))
    return "";
  switch (element.local) {
    case "change-start":
    case "change-end":
      markDeletion(element, context);
      return "";
    case "s":
      return " ".repeat(Math.min(MAX_SPACES, Number(attributeOf(element, "c") ?? 1) || 1));
    case "tab":
      return "\t";
    case "line-break":
      return "\n";
    case "span": {
      if (!context.styles.isHidden(attributeOf(element, "style-name")))
        return readText(element, context, boxes);
      context.seen.hidden ||= textOf(element).trim() !== "";
      return "";
    }
    case "note":
      return readNote(element, context);
    case "annotation":
      return readAnnotation(element, context);
    case "frame":
    case "custom-shape":
    case "g":
    case "rect":
    case "line":
      append(boxes, readDrawing(element, context));
      return "";
    case "hidden-paragraph":
    case "ruby-text":
    case "annotation-end":
    case "tracked-changes":
      return "";
    case "hidden-text":
      context.seen.hidden = true;
      return "";
    default:
      return readText(element, context, boxes);
  }
}

function readNote(element: XmlElement, context: OdtContext): string {
  const citation = textOf(childOf(element, "note-citation")).trim();
  const body = childOf(element, "note-body");
  const text = body ? cellText(readOdtBlocks(body, context)) : "";
  if (text !== "") context.notes.push({ kind: "note", text: `[${citation}] ${text}` });
  return ` [${citation}]`;
}

function readAnnotation(element: XmlElement, context: OdtContext): string {
  const author = textOf(childOf(element, "creator")).trim();
  const text = cellText(readOdtBlocks(element, context));
  if (text !== "")
    context.notes.push({ kind: "note", text: `Comment${author ? ` (${author})` : ""}: ${text}` });
  return "";
}

/** Text boxes, shapes with text, and what pictures are called; pictures and objects are counted. */
function readDrawing(element: XmlElement, context: OdtContext): FlowBlock[] {
  const blocks: FlowBlock[] = [];
  for (const child of childrenOf(element)) {
    if (child.local === "text-box") append(blocks, readOdtBlocks(child, context));
    else if (child.local === "image") context.seen.pictures += 1;
    else if (child.local === "object") context.seen.objects += 1;
    else if (["frame", "g", "custom-shape", "rect"].includes(child.local))
      append(blocks, readDrawing(child, context));
  }
  if (childOf(element, "p") || childOf(element, "list")) {
    const shown = childrenOf(element).filter((child) => ["p", "h", "list", "table"].includes(child.local));
    append(blocks, readOdtBlocks({ ...element, children: shown }, context));
  }
  const name = textOf(childOf(element, "title")).trim() || textOf(childOf(element, "desc")).trim();
  if (childOf(element, "image") && name !== "") blocks.push({ kind: "caption", text: name });
  return blocks;
}

function readList(element: XmlElement, context: OdtContext, outer: List | null): FlowBlock[] {
  const { styles, counters } = context;
  const level = Math.min(MAX_LEVEL, (outer?.level ?? 0) + 1);
  const style = attributeOf(element, "style-name") ?? outer?.style ?? paragraphListStyle(element, styles);
  const goesOn =
    attributeOf(element, "continue-numbering") === "true" || attributeOf(element, "continue-list") !== null;
  const before = outer?.numbers ?? (goesOn && style !== null ? counters.get(style) : undefined) ?? [];
  const numbers = before.slice(0, level);
  if (!goesOn) numbers.length = Math.min(numbers.length, level - 1);
  const list: List = { style, level, numbers };
  const blocks = childrenOf(element).flatMap((child): FlowBlock[] => {
    if (child.local === "list-header") return readOdtBlocks(child, context, list, { level, marker: "" });
    if (child.local !== "list-item") return [];
    const start = Number(attributeOf(child, "start-value") ?? Number.NaN);
    const next = (numbers[level - 1] ?? styles.startOf(style, level) - 1) + 1;
    const isNested = childrenOf(child).every(({ local }) => local === "list");
    if (!isNested) numbers[level - 1] = Number.isInteger(start) ? start : next;
    const marker = styles.marker(
      style,
      level,
      Array.from(numbers, (number) => number ?? 1),
    );
    return readOdtBlocks(child, context, list, { level, marker });
  });
  if (style !== null) counters.set(style, numbers);
  return blocks;
}

function paragraphListStyle(list: XmlElement, styles: OdtStyles): string | null {
  const paragraph = childOf(list, "list-item", "p");
  return paragraph ? styles.listStyleOf(attributeOf(paragraph, "style-name")) : null;
}

function readTable(table: XmlElement, context: OdtContext): FlowBlock[] {
  const rows: RichCell[][] = [];
  let headerRows = 0;
  const visit = (element: XmlElement, isHeader: boolean): void => {
    for (const child of childrenOf(element)) {
      if (child.local === "table-row") {
        const row = readRow(child, context);
        const isEmpty = row.every((cell) => cell.blocks.length === 0);
        const times = isEmpty ? 1 : repeatOf(child, "number-rows-repeated");
        for (let time = 0; time < times; time += 1) rows.push(row);
        if (isHeader) headerRows += times;
      } else if (/^table-(?:header-rows|rows|row-group)$/.test(child.local)) {
        visit(child, isHeader || child.local === "table-header-rows");
      }
    }
  };
  visit(table, false);
  return richTable(rows, headerRows > 0 && headerRows < rows.length ? headerRows : null);
}

function readRow(row: XmlElement, context: OdtContext): RichCell[] {
  return childrenOf(row, "table-cell").flatMap((cell) => {
    const blocks = readOdtBlocks(cell, context);
    const made: RichCell = {
      blocks,
      columnSpan: repeatOf(cell, "number-columns-spanned"),
      rowSpan: repeatOf(cell, "number-rows-spanned"),
    };
    return Array.from({ length: repeatOf(cell, "number-columns-repeated") }, () => made);
  });
}

function repeatOf(element: XmlElement, name: string): number {
  const repeat = Number(attributeOf(element, name) ?? 1);
  return Number.isInteger(repeat) && repeat > 0 ? Math.min(repeat, MAX_REPEAT) : 1;
}

const CONTROLS: Readonly<Record<string, FormField["kind"]>> = {
  text: "text",
  textarea: "text",
  "formatted-text": "text",
  number: "text",
  date: "text",
  time: "text",
  checkbox: "checkbox",
  radio: "radio",
  listbox: "choice",
  combobox: "choice",
};

/** The controls of a document's forms (ODF 1.3 part 3, 13). */
function readForms(parent: XmlElement, context: OdtContext): void {
  for (const element of childrenOf(parent)) {
    const kind = CONTROLS[element.local];
    if (kind === undefined) {
      readForms(element, context);
      continue;
    }
    const isBox = kind === "checkbox" || kind === "radio";
    const state = attributeOf(element, "current-state") ?? attributeOf(element, "current-selected");
    const isOn = state === "checked" || state === "true";
    const value = isBox ? (isOn ? "selected" : "unselected") : attributeOf(element, "current-value");
    const label = attributeOf(element, "label");
    const name = attributeOf(element, "name") ?? label ?? `field ${context.formFields.length + 1}`;
    context.formFields.push({ name, label, kind, value, page: null, bbox: null });
  }
}
