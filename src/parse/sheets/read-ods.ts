import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import type { FlowBlock } from "../flow/flow.ts";
import { TextCollector } from "../odf/text-collector.ts";
import type { Package } from "../package/open-package.ts";
import type { ParseLimits } from "../parser.ts";
import { scanXml, type XmlVisitor } from "../xml/scan-xml.ts";
import { odsContent } from "./ods-cell.ts";
import type { Book } from "./open-book.ts";
import {
  cellBudget,
  addressOf,
  type CellRange,
  MAX_COLUMNS,
  MAX_ROWS,
  type Sheet,
  type SheetCell,
} from "./sheet.ts";

/** Merged ranges of a sheet that are looked at. */
const MAX_MERGES = 50_000;

/**
 * Reads the sheets of an OpenDocument spreadsheet as its content goes by. Cells and rows that are repeated without
 * content are counted and not made.
 * @throws AppError file_damaged, and as scanXml
 */
export function readOds(parts: Package, limits: ParseLimits): Book {
  const pieces = parts.pieces("content.xml");
  if (!pieces)
    throw new AppError("file_damaged", "The file is damaged: it has no content. Send the original.");
  const reader = new OdsReader(cellBudget(limits));
  const whole = scanXml(pieces, reader, { maxDepth: limits.maxDepth, maxBytes: limits.maxPartBytes });
  const sheets = reader.finish(!whole);
  if (sheets.length === 0) {
    throw new AppError("file_damaged", "The file is damaged: it holds no sheets. Send the original.");
  }
  const warnings: Warning[] = [];
  if (!whole) {
    const message = "The workbook has more than is read: sheets behind the last one named may be missing.";
    warnings.push({ code: "text_truncated", message });
  }
  if (reader.dde) {
    warnings.push({
      code: "scripts_present",
      message: "The workbook has links that start other programs (DDE). They were not run.",
    });
  }
  return { sheets, found: sheets.length, warnings };
}

/** A sheet while it is read. */
interface OpenSheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly cells: SheetCell[];
  readonly merges: CellRange[];
  readonly notes: { address: string; text: string }[];
  readonly drawn: FlowBlock[];
  pictures: number;
  charts: number;
  hiddenRows: number;
  uncalculated: number;
  row: number;
  column: number;
}

class OdsReader implements XmlVisitor {
  dde = false;
  readonly #sheets: Sheet[] = [];
  readonly #hiddenStyles = new Set<string>();
  readonly #text = new TextCollector();
  readonly #aside = new TextCollector();
  #budget: number;
  #style: string | null = null;
  #sheet: OpenSheet | null = null;
  #rowRepeat = 1;
  #rowCells: { column: number; repeat: number; cell: Omit<SheetCell, "row" | "column"> }[] = [];
  #cell: Readonly<Record<string, string>> | null = null;
  /** How deep it stands in notes and shapes, whose text is not the cell's. */
  #noteDepth = 0;
  #shapeDepth = 0;
  #tableDepth = 0;

  constructor(budget: number) {
    this.#budget = budget;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): boolean | void {
    switch (name) {
      case "style":
        this.#style = attributes["style:name"] ?? null;
        return;
      case "table-properties":
        if (attributes["table:display"] === "false" && this.#style !== null)
          this.#hiddenStyles.add(this.#style);
        return;
      case "dde-link":
      case "dde-source":
        this.dde = true;
        return;
      case "table":
        this.#tableDepth += 1;
        if (this.#tableDepth === 1) this.#openSheet(attributes);
        return;
      case "table-row":
        if (this.#tableDepth === 1) this.#openRow(attributes);
        return;
      case "table-cell":
      case "covered-table-cell":
        if (this.#tableDepth === 1) this.#cell = attributes;
        return;
      default:
        this.#openInner(name, attributes);
    }
  }

  #openInner(name: string, attributes: Readonly<Record<string, string>>): void {
    if (!this.#sheet) return;
    if (name === "annotation") this.#noteDepth += 1;
    else if (name === "frame" || name === "custom-shape" || name === "shapes") this.#shapeDepth += 1;
    else if (name === "image") this.#sheet.pictures += 1;
    else if (name === "object") this.#sheet.charts += 1;
    this.#target().open(name, attributes);
  }

  text(data: string): void {
    if (this.#sheet) this.#target().text(data);
  }

  close(name: string): boolean | void {
    switch (name) {
      case "table":
        this.#tableDepth -= 1;
        if (this.#tableDepth === 0) this.#closeSheet(false);
        return;
      case "table-row":
        return this.#tableDepth === 1 ? this.#closeRow() : undefined;
      case "table-cell":
      case "covered-table-cell":
        if (this.#tableDepth === 1) this.#closeCell();
        return;
      case "annotation":
        this.#noteDepth -= 1;
        this.#closeNote();
        return;
      case "frame":
      case "custom-shape":
      case "shapes":
        this.#shapeDepth -= 1;
        this.#closeShape();
        return;
      case "creator":
      case "date":
        return;
      default:
        if (this.#sheet) this.#target().close(name);
    }
  }

  /** The sheets that were read; the one that is open when the reading ends early is cut. */
  finish(cut: boolean): Sheet[] {
    if (this.#sheet) {
      this.#closeRow();
      this.#closeSheet(cut);
    }
    return this.#sheets;
  }

  #target(): TextCollector {
    return this.#noteDepth > 0 || this.#shapeDepth > 0 || !this.#cell ? this.#aside : this.#text;
  }

  #openSheet(attributes: Readonly<Record<string, string>>): void {
    this.#sheet = {
      name: attributes["table:name"] ?? `Sheet${this.#sheets.length + 1}`,
      hidden: this.#hiddenStyles.has(attributes["table:style-name"] ?? ""),
      cells: [],
      merges: [],
      notes: [],
      drawn: [],
      pictures: 0,
      charts: 0,
      hiddenRows: 0,
      uncalculated: 0,
      row: 0,
      column: 0,
    };
    this.#aside.take();
  }

  #closeSheet(cut: boolean): void {
    const sheet = this.#sheet;
    if (!sheet) return;
    const { name, hidden, cells, merges, notes, drawn, pictures, charts, hiddenRows, uncalculated } = sheet;
    const visibility = hidden ? "hidden" : "visible";
    const unread = { pictures, charts };
    this.#sheets.push({
      name,
      visibility,
      cells,
      merges,
      notes,
      drawn,
      unread,
      hiddenRows,
      uncalculated,
      cut,
    });
    this.#sheet = null;
  }

  #openRow(attributes: Readonly<Record<string, string>>): void {
    if (!this.#sheet) return;
    this.#rowRepeat = repeatOf(attributes["table:number-rows-repeated"], MAX_ROWS);
    this.#rowCells = [];
    this.#sheet.column = 0;
    if (attributes["table:visibility"] === "collapse") this.#sheet.hiddenRows += 1;
  }

  /** Makes the row's cells, as often as it is repeated; false where there are more than are read. */
  #closeRow(): boolean | void {
    const sheet = this.#sheet;
    if (!sheet) return;
    const repeat = this.#rowCells.length === 0 ? 0 : this.#rowRepeat;
    for (let down = 0; down < repeat && sheet.row + down < MAX_ROWS; down += 1) {
      for (const { column, repeat: across, cell } of this.#rowCells) {
        for (let right = 0; right < across && column + right < MAX_COLUMNS; right += 1) {
          if (this.#budget <= 0) return false;
          this.#budget -= 1;
          sheet.cells.push({ row: sheet.row + down, column: column + right, ...cell });
        }
      }
    }
    sheet.row += this.#rowRepeat;
    this.#rowCells = [];
  }

  #closeCell(): void {
    const attributes = this.#cell;
    const sheet = this.#sheet;
    this.#cell = null;
    const paragraphs = this.#text.take();
    if (!attributes || !sheet) return;
    const repeat = repeatOf(attributes["table:number-columns-repeated"], MAX_COLUMNS);
    const content = odsContent(attributes, paragraphs.join("\n"));
    if (content && content.text !== "") this.#rowCells.push({ column: sheet.column, repeat, cell: content });
    else if (attributes["table:formula"] !== undefined) sheet.uncalculated += 1;
    const across = repeatOf(attributes["table:number-columns-spanned"], MAX_COLUMNS);
    const down = repeatOf(attributes["table:number-rows-spanned"], MAX_ROWS);
    if (across * down > 1 && sheet.merges.length < MAX_MERGES) {
      const { row: top, column: left } = sheet;
      sheet.merges.push({ top, left, bottom: top + down - 1, right: left + across - 1 });
    }
    sheet.column += repeat;
  }

  #closeNote(): void {
    const text = this.#aside.take().join("\n").trim();
    const { row = 0, column = 0 } = this.#sheet ?? {};
    if (text !== "" && this.#noteDepth === 0)
      this.#sheet?.notes.push({ address: addressOf(row, column), text });
  }

  #closeShape(): void {
    if (this.#shapeDepth > 0) return;
    for (const text of this.#aside.take()) {
      if (text.trim() !== "") this.#sheet?.drawn.push({ kind: "paragraph", text });
    }
  }
}

function repeatOf(written: string | undefined, most: number): number {
  const repeat = Number(written ?? 1);
  return Number.isInteger(repeat) && repeat > 0 ? Math.min(repeat, most) : 1;
}
