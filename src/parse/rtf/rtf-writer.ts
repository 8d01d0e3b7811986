import { append } from "../flow/append.ts";
import type { FlowBlock } from "../flow/flow.ts";
import { cellText } from "../flow/rich-table.ts";
import { type CellDefinition, RtfTable } from "./table.ts";

/** What a group's text is for. */
export type Purpose =
  | "text"
  | "fonts"
  | "styles"
  | "marker"
  | "note"
  | "comment"
  | "author"
  | "header"
  | "footer"
  | "info"
  | "box";

/** What the paragraph that is being written is. */
export interface Paragraph {
  inTable: boolean;
  heading: number | null;
  level: number;
  marker: string;
}

/** Where text goes: the document, or a note, header or footer inside it. */
interface Target {
  readonly purpose: Purpose;
  readonly depth: number;
  readonly blocks: FlowBlock[];
  text: string[];
  readonly cells: FlowBlock[][];
  cell: FlowBlock[];
  table: RtfTable | null;
}

/** Puts text together as paragraphs, rows and cells, and keeps what stands apart from it: notes, headers, footers. */
export class RtfWriter {
  paragraph: Paragraph = { inTable: false, heading: null, level: 1, marker: "" };
  readonly #targets: Target[] = [];
  #target: Target = newTarget("text", 0);
  readonly #margins = { header: [] as FlowBlock[], footer: [] as FlowBlock[] };
  readonly #notes: FlowBlock[] = [];
  #author = "";

  write(text: string): void {
    this.#target.text.push(text);
  }

  /** Ends all that is open and gives the document: headers, text, notes, footers. */
  finish(): FlowBlock[] {
    while (this.#targets.length > 0) this.#endTarget();
    this.endParagraph();
    this.#endTable();
    const { header, footer } = this.#margins;
    return [...header, ...this.#target.blocks, ...this.#notes, ...footer];
  }

  /** Ends a table's cell. */
  endCell(): void {
    this.paragraph.inTable = true;
    this.endParagraph();
    this.#target.cells.push(this.#target.cell);
    this.#target.cell = [];
  }

  breakPage(): void {
    this.endParagraph();
    if (this.#target.purpose === "text" && !this.paragraph.inTable) this.#push({ kind: "page_break" });
  }

  /** Sends what comes to a target of its own, until the group that is `depth` deep ends. */
  begin(purpose: Purpose, depth: number): void {
    this.#targets.push(this.#target);
    this.#target = newTarget(purpose, depth);
  }

  /** Tells that a group ends: if a target began with it, what was written there finds its place. */
  endGroup(depth: number): void {
    if (this.#target.depth === depth && this.#targets.length > 0) this.#endTarget();
  }

  #endTarget(): void {
    const target = this.#target;
    const before = this.#targets.pop();
    if (!before) return;
    if (target.purpose === "marker" || target.purpose === "author") {
      const text = target.text.join("").trim();
      if (target.purpose === "marker") this.paragraph.marker = text === "" ? "•" : text;
      else this.#author = text;
    } else {
      const outer = this.paragraph;
      this.paragraph = { inTable: false, heading: null, level: 1, marker: "" };
      this.endParagraph();
      this.#endTable();
      this.paragraph = outer;
      this.#keep(target, before);
    }
    this.#target = before;
  }

  #keep({ purpose, blocks }: Target, before: Target): void {
    const text = cellText(blocks).trim();
    if (text === "") return;
    if (purpose === "header" || purpose === "footer") {
      const margin = this.#margins[purpose];
      if (!cellText(margin).includes(text))
        append(
          margin,
          blocks.filter((block) => block.kind !== "page_break"),
        );
    } else if (purpose === "box") {
      append(before.blocks, blocks);
    } else if (purpose === "comment") {
      this.#notes.push({
        kind: "note",
        text: `Comment${this.#author === "" ? "" : ` (${this.#author})`}: ${text}`,
      });
    } else {
      const number = this.#notes.filter((note) => "text" in note && note.text.startsWith("[")).length + 1;
      before.text.push(` [${number}]`);
      this.#notes.push({ kind: "note", text: `[${number}] ${text}` });
    }
  }

  #push(block: FlowBlock): void {
    if (this.paragraph.inTable) this.#target.cell.push(block);
    else {
      this.#endTable();
      this.#target.blocks.push(block);
    }
  }

  /** Ends the paragraph: it is a block now, unless it is empty. */
  endParagraph(): void {
    const text = this.#target.text.join("").replace(/\s+$/u, "");
    this.#target.text = [];
    const { heading, level, marker } = this.paragraph;
    if (text.trim() === "") {
      if (!this.paragraph.inTable) this.#endTable();
      return;
    }
    this.paragraph.marker = "";
    const number = marker === "" || marker === "•" ? "" : `${marker} `;
    if (heading !== null) this.#push({ kind: "heading", level: heading, text: `${number}${text.trim()}` });
    else if (marker !== "") this.#push({ kind: "list_item", level, marker, text: text.trim() });
    else this.#push({ kind: "paragraph", text });
  }

  /** Ends a table's row, with the definition that its cells have. */
  endRow(definitions: readonly CellDefinition[], isHeader: boolean): void {
    const target = this.#target;
    this.paragraph.inTable = true;
    this.endParagraph();
    if (target.cell.length > 0) target.cells.push(target.cell);
    target.cell = [];
    const cells = target.cells.splice(0);
    if (cells.length === 0) return;
    target.table ??= new RtfTable();
    target.table.add({ cells, definitions, isHeader });
  }

  /** A table ends where text stands outside of it; cells without a row's end are kept as text. */
  #endTable(): void {
    const target = this.#target;
    const table = target.table;
    target.table = null;
    if (table) append(target.blocks, table.blocks());
    const loose = [...target.cells.splice(0), target.cell].flat();
    target.cell = [];
    append(target.blocks, loose);
  }
}

function newTarget(purpose: Purpose, depth: number): Target {
  return { purpose, depth, blocks: [], text: [], cells: [], cell: [], table: null };
}
