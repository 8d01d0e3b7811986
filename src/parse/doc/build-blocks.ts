import { append } from "../flow/append.ts";
import type { FlowBlock } from "../flow/flow.ts";
import { richTable } from "../flow/rich-table.ts";
import type { ParagraphFormat } from "./formatting.ts";
import type { DocSeen } from "./read-doc.ts";
import { type DocRow, spanRows } from "./table-rows.ts";

const PLAIN: ParagraphFormat = {
  style: 0,
  inTable: false,
  endsRow: false,
  depth: 0,
  outline: null,
  isListed: false,
  listLevel: 1,
  row: null,
  isHeaderRow: false,
};

/** What characters below the space stand for ([MS-DOC] 2.4.1); the others are marks of the file's own. */
const CHARACTERS: Readonly<Record<number, string>> = { 0x09: "\t", 0x0b: "\n", 0x0e: "\n", 0x1e: "-" };
const [PICTURE, CELL, DRAWING, PAGE, PARAGRAPH] = [0x01, 0x07, 0x08, 0x0c, 0x0d];
const [FIELD_BEGIN, FIELD_SEPARATOR, FIELD_END] = [0x13, 0x14, 0x15];

/** Puts the characters of a Word document together as blocks: paragraphs, fields by their results, tables by cell marks. */
export class BlockBuilder {
  readonly #seen: DocSeen;
  readonly #blocks: FlowBlock[] = [];
  #text: string[] = [];
  /** Fields that are open; true while their code is read. */
  readonly #fields: boolean[] = [];
  #codes = 0;
  #rows: DocRow[] = [];
  #row: FlowBlock[][] = [];
  #cell: FlowBlock[] = [];

  constructor(seen: DocSeen) {
    this.#seen = seen;
  }

  /** Takes the next character; `format` is there for those that end a paragraph. */
  take(code: number, format: ParagraphFormat | null): void {
    switch (code) {
      case FIELD_BEGIN:
        this.#fields.push(true);
        this.#codes += 1;
        return;
      case FIELD_SEPARATOR:
        if (this.#fields.pop() === true) this.#codes -= 1;
        this.#fields.push(false);
        return;
      case FIELD_END:
        if (this.#fields.pop() === true) this.#codes -= 1;
        return;
      case PARAGRAPH:
      case PAGE:
      case CELL:
        return this.#endParagraph(code, format ?? PLAIN);
      case PICTURE:
      case DRAWING:
        this.#seen.pictures += 1;
        return;
      default:
    }
    if (this.#codes > 0) return;
    if (code >= 0x20) this.#text.push(String.fromCharCode(code));
    else this.#text.push(CHARACTERS[code] ?? "");
  }

  end(): FlowBlock[] {
    this.#endParagraph(PARAGRAPH, PLAIN);
    this.#endTable();
    return this.#blocks;
  }

  #endParagraph(code: number, format: ParagraphFormat): void {
    // The code of a field ends with its paragraph at the latest: one that does not would swallow the rest.
    if (this.#codes > 0) this.#fields.length = 0;
    this.#codes = 0;
    const text = this.#text.join("").trimEnd();
    this.#text = [];
    const inTable = format.inTable || code === CELL;
    if (!inTable) this.#endTable();
    const into = inTable ? this.#cell : this.#blocks;
    if (text.trim() !== "") into.push(blockOf(text, format));
    if (code === CELL) this.#endCell(format);
    else if (code === PAGE && !inTable) this.#blocks.push({ kind: "page_break" });
  }

  /** The mark behind the last cell ends the row; tables in cells are kept as lines of their cell. */
  #endCell(format: ParagraphFormat): void {
    if (format.endsRow) {
      const { row: definition, isHeaderRow: isHeader } = format;
      if (this.#row.length > 0) this.#rows.push({ cells: this.#row, definition, isHeader });
      this.#row = [];
      this.#cell = [];
      return;
    }
    this.#row.push(this.#cell);
    this.#cell = [];
  }

  #endTable(): void {
    if (this.#row.length > 0) this.#rows.push({ cells: this.#row, definition: null, isHeader: false });
    const [rows, loose] = [this.#rows, this.#cell];
    this.#rows = [];
    this.#row = [];
    this.#cell = [];
    const header = rows.findIndex((row) => !row.isHeader);
    if (rows.length > 0) append(this.#blocks, richTable(spanRows(rows), header > 0 ? header : null));
    append(this.#blocks, loose);
  }
}

function blockOf(text: string, format: ParagraphFormat): FlowBlock {
  const heading = format.style >= 1 && format.style <= 9 ? format.style : format.outline;
  if (heading !== null) return { kind: "heading", level: heading, text: text.replaceAll("\n", " ").trim() };
  if (format.isListed) return { kind: "list_item", level: format.listLevel, marker: "", text: text.trim() };
  return { kind: "paragraph", text };
}
