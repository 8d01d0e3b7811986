import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import type { FlowBlock } from "../flow/flow.ts";
import type { ParseLimits } from "../parser.ts";
import { CELL, cellsOf, type BiffBook } from "./biff-cells.ts";
import { type BiffBody, biffRecords } from "./biff-records.ts";
import { sharedTexts, textAt } from "./biff-text.ts";
import { type FormatNumber, formatCode } from "./number-format.ts";
import type { Book } from "./open-book.ts";
import { cellBudget, addressOf, type CellRange, type Sheet, type SheetCell } from "./sheet.ts";

/** Records of [MS-XLS] 2.3, and of the versions before it, that are looked at beside cells. */
const TYPE = {
  bof: [0x809, 0x409, 0x209, 0x09] as readonly number[],
  eof: 0x0a,
  note: 0x1c,
  format2: 0x1e,
  date1904: 0x22,
  codePage: 0x42,
  object: 0x5d,
  columns: 0x7d,
  sheet: 0x85,
  style: [0xe0, 0x443, 0x243, 0x43] as readonly number[],
  merged: 0xe5,
  sharedTexts: 0xfc,
  text: 0x1b6,
  formulaText: [0x207, 0x07] as readonly number[],
  row: 0x208,
  format: 0x41e,
} as const;

const VERSIONS: Readonly<Record<number, number>> = { 0x09: 2, 0x209: 3, 0x409: 4 };
const BIFF8 = 0x600;
const SUBSTREAM = { chart: 0x20, macros: 0x40 } as const;
const VISIBILITY = ["visible", "hidden", "very_hidden"] as const;
const MAX_MERGES = 50_000;
const MAX_STRINGS_PER_CELL = 4;
const NOTE_OBJECT = 0x19;
/** Files with more sheets are made to be: Excel itself stops at what memory allows, people at a few dozen. */
const MAX_SHEETS = 5_000;

/** What a workbook read of the binary formats before 2007 says. */
export interface BiffFindings extends Book {
  readonly macroSheets: number;
}

/**
 * Reads the stream of a workbook of Excel 2 to 2003 (BIFF2 to BIFF8). The sheets' library takes the lengths in such
 * files at their word, and so is not asked.
 * @throws AppError file_damaged
 */
export function readBiff(stream: Uint8Array, format: FormatNumber, limits: ParseLimits): BiffFindings {
  const reader = new BiffReader(format, limits);
  for (const { type, at, body } of biffRecords(stream)) reader.take(type, at, body);
  return reader.finish();
}

interface Listed {
  readonly name: string;
  readonly visibility: Sheet["visibility"];
}

/** A sheet while it is read. */
interface OpenSheet extends Listed {
  readonly kind: number;
  readonly cells: SheetCell[];
  readonly merges: CellRange[];
  readonly notes: { address: string; text: string }[];
  readonly drawn: FlowBlock[];
  readonly noteTexts: Map<number, string>;
  hiddenRows: number;
  hiddenColumns: number;
  charts: number;
  cut: boolean;
}

class BiffReader {
  #version = 8;
  #codePage = 1252;
  #date1904 = false;
  #strings: readonly string[] = [];
  readonly #formats = new Map<number, string>();
  readonly #styles: number[] = [];
  readonly #listed = new Map<number, Listed>();
  readonly #sheets: Sheet[] = [];
  readonly #format: FormatNumber;
  readonly #limits: ParseLimits;
  #budget: number;
  #depth = 0;
  #sheet: OpenSheet | null = null;
  #formulaCell: { row: number; column: number } | null = null;
  #object: { id: number; kind: number } | null = null;
  #macroSheets = 0;
  #begun = false;

  constructor(format: FormatNumber, limits: ParseLimits) {
    this.#format = format;
    this.#limits = limits;
    this.#budget = cellBudget(limits);
  }

  take(type: number, at: number, body: BiffBody): void {
    if (TYPE.bof.includes(type)) return this.#begin(type, at, body);
    if (type === TYPE.eof) return this.#end();
    // What is embedded in a sheet (a chart) repeats what stands in cells.
    if (this.#depth > 1) return;
    if (this.#sheet) this.#takeOfSheet(type, body, this.#sheet);
    this.#takeOfBook(type, body);
  }

  finish(): BiffFindings {
    if (this.#sheet) this.#close(this.#sheet);
    const found = Math.max(this.#listed.size, this.#sheets.length);
    if (!this.#begun || found === 0) {
      throw new AppError("file_damaged", "The file is damaged: it holds no sheets. Send the original.");
    }
    const warnings: Warning[] = [];
    const read = new Set(this.#sheets.map(({ name }) => name));
    for (const { name } of this.#listed.values()) {
      if (read.has(name)) continue;
      const message = `The sheet ${name} was not read: it is not where the workbook says.`;
      warnings.push({ code: "content_not_read", message });
    }
    return { sheets: this.#sheets, found, warnings, macroSheets: this.#macroSheets };
  }

  #begin(type: number, at: number, body: BiffBody): void {
    this.#depth += 1;
    if (this.#depth > 1) {
      if (this.#sheet && body.uint16(2) === SUBSTREAM.chart) this.#sheet.charts += 1;
      return;
    }
    const old = VERSIONS[type];
    if (!this.#begun) this.#version = old ?? (body.uint16(0) === BIFF8 ? 8 : 5);
    this.#begun = true;
    const listed =
      this.#listed.get(at) ?? (old === undefined ? null : { name: "Sheet1", visibility: "visible" });
    if (!listed) return;
    const kind = body.uint16(2);
    if (kind === SUBSTREAM.macros) this.#macroSheets += 1;
    this.#sheet = {
      ...listed,
      kind,
      cells: [],
      merges: [],
      notes: [],
      drawn: [],
      noteTexts: new Map(),
      hiddenRows: 0,
      hiddenColumns: 0,
      charts: kind === SUBSTREAM.chart ? 1 : 0,
      cut: false,
    };
  }

  #end(): void {
    this.#depth = Math.max(0, this.#depth - 1);
    if (this.#depth === 0 && this.#sheet) this.#close(this.#sheet);
  }

  #close(sheet: OpenSheet): void {
    const { name, visibility, cells, merges, notes, drawn, hiddenRows, hiddenColumns, charts, cut } = sheet;
    const unread = { pictures: 0, charts };
    this.#sheets.push({
      name,
      visibility,
      cells,
      merges,
      notes,
      drawn,
      unread,
      hiddenRows,
      hiddenColumns,
      cut,
    });
    this.#sheet = null;
  }

  #takeOfBook(type: number, body: BiffBody): void {
    switch (type) {
      case TYPE.codePage:
        this.#codePage = body.uint16(0);
        return;
      case TYPE.date1904:
        this.#date1904 = body.uint16(0) === 1;
        return;
      case TYPE.sharedTexts:
        this.#strings = sharedTexts(body, this.#limits.maxNodes * MAX_STRINGS_PER_CELL);
        return;
      case TYPE.format2:
        this.#formats.set(this.#formats.size, textAt(body, 0, 1, this.#text));
        return;
      case TYPE.format:
        return this.#takeFormat(body);
      case TYPE.sheet: {
        const name = textAt(body, 6, 1, this.#text);
        const visibility = VISIBILITY[body.uint8(4) & 3] ?? "visible";
        if (this.#listed.size < MAX_SHEETS) this.#listed.set(body.uint32(0), { name, visibility });
        return;
      }
      default:
        if (TYPE.style.includes(type)) this.#styles.push(this.#styleFormat(body));
    }
  }

  #takeFormat(body: BiffBody): void {
    if (this.#version >= 5) {
      const code = textAt(body, 2, this.#version === 8 ? 2 : 1, this.#text);
      this.#formats.set(body.uint16(0), code);
    } else this.#formats.set(this.#formats.size, textAt(body, 2, 1, this.#text));
  }

  #styleFormat(body: BiffBody): number {
    if (this.#version >= 5) return body.uint16(2);
    return this.#version === 2 ? body.uint8(2) & 0x3f : body.uint8(1);
  }

  #takeOfSheet(type: number, body: BiffBody, sheet: OpenSheet): void {
    if (TYPE.formulaText.includes(type)) return this.#takeFormulaText(body, sheet);
    switch (type) {
      case TYPE.merged:
        for (let at = 2; at + 8 <= body.size && sheet.merges.length < MAX_MERGES; at += 8) {
          const [top, bottom, left, right] = [0, 2, 4, 6].map((offset) => body.uint16(at + offset));
          if (top === undefined || bottom === undefined || left === undefined || right === undefined) return;
          sheet.merges.push({ top, bottom, left, right });
        }
        return;
      case TYPE.row:
        if (body.uint8(12) & 0x20) sheet.hiddenRows += 1;
        return;
      case TYPE.columns:
        if (body.uint8(8) & 1) sheet.hiddenColumns += 1;
        return;
      case TYPE.object:
        this.#object = { kind: body.uint16(4), id: body.uint16(6) };
        return;
      case TYPE.text:
        return this.#takeText(body, sheet);
      case TYPE.note:
        return this.#takeNote(body, sheet);
      default:
        return this.#takeCells(type, body, sheet);
    }
  }

  #takeCells(type: number, body: BiffBody, sheet: OpenSheet): void {
    // A sheet that is a chart keeps the numbers that it draws, which stand in another one.
    if (sheet.kind === SUBSTREAM.chart) return;
    for (const { row, column, content } of cellsOf(type, body, this.#book)) {
      this.#formulaCell = content ? null : { row, column };
      if (content && content.text !== "") this.#addCell({ row, column, ...content }, sheet);
    }
    if (type === CELL.labelSst) this.#formulaCell = null;
  }

  #takeFormulaText(body: BiffBody, sheet: OpenSheet): void {
    const cell = this.#formulaCell;
    this.#formulaCell = null;
    const text = cell ? textAt(body, 0, this.#version === 2 ? 1 : 2, this.#text) : "";
    if (cell && text !== "") this.#addCell({ ...cell, text, value: { type: "text", value: text } }, sheet);
  }

  #addCell(cell: SheetCell, sheet: OpenSheet): void {
    if (this.#budget <= 0) sheet.cut = true;
    else {
      this.#budget -= 1;
      sheet.cells.push(cell);
    }
  }

  /** The text of a shape stands in what continues its record ([MS-XLS] 2.4.329). */
  #takeText(body: BiffBody, sheet: OpenSheet): void {
    const length = body.uint16(10);
    if (length === 0 || !body.continued) return;
    body.seekContinued();
    const wide = (body.nextUint8() & 1) === 1;
    const text = body.nextCharacters(length, wide).replace(/\r\n?/g, "\n").trim();
    if (text === "") return;
    if (this.#object?.kind === NOTE_OBJECT) sheet.noteTexts.set(this.#object.id, text);
    else sheet.drawn.push({ kind: "paragraph", text });
  }

  #takeNote(body: BiffBody, sheet: OpenSheet): void {
    const address = addressOf(body.uint16(0), body.uint16(2));
    if (this.#version < 8) {
      const text = textAt(body, 4, 2, this.#text).trim();
      if (text !== "") sheet.notes.push({ address, text });
      return;
    }
    const text = sheet.noteTexts.get(body.uint16(6));
    if (text !== undefined) sheet.notes.push({ address, text });
  }

  get #text(): { version: number; codePage: number } {
    return { version: this.#version, codePage: this.#codePage };
  }

  get #book(): BiffBook {
    return {
      ...this.#text,
      strings: this.#strings,
      date1904: this.#date1904,
      format: this.#format,
      code: (style) => formatCode((this.#version === 2 ? style : this.#styles[style]) ?? 0, this.#formats),
    };
  }
}
