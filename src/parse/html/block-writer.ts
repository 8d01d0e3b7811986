import type { FlowBlock } from "../flow/flow.ts";
import { type RichCell, richTable } from "../flow/rich-table.ts";

/** What the text that is being written is. A list's item gives its marker to its first text alone. */
export interface Role {
  readonly kind: "paragraph" | "heading" | "code" | "caption" | "note" | "list_item";
  readonly level: number;
  marker: string;
}

interface OpenTable {
  readonly rows: RichCell[][];
  /** Rows of a `thead`, or of `th` alone, as long as no other row has come. */
  headerRows: number;
  inHead: boolean;
  onlyNames: boolean;
}

const PARAGRAPH: Role = { kind: "paragraph", level: 1, marker: "" };

/** Writes text into blocks, with containers inside it whose blocks are taken out again: cells, terms, captions. */
export class BlockWriter {
  readonly blocks: FlowBlock[] = [];
  readonly #containers: { blocks: FlowBlock[]; roles: Role[] }[] = [];
  readonly #tables: OpenTable[] = [];
  #current: { blocks: FlowBlock[]; roles: Role[] };
  #text = "";
  /** Depth of elements that keep their spaces. */
  #kept = 0;

  constructor() {
    this.#current = { blocks: this.blocks, roles: [PARAGRAPH] };
  }

  /** Text as it stands; spaces are drawn together but in what keeps them. */
  write(text: string): void {
    if (this.#kept > 0) {
      this.#text += text;
      return;
    }
    const joined = text.replaceAll(/[ \t\n\r\f]+/g, " ");
    const last = this.#text.at(-1) ?? " ";
    this.#text += joined.startsWith(" ") && /\s/.test(last) ? joined.slice(1) : joined;
  }

  breakLine(): void {
    this.#text =
      this.#kept > 0
        ? `${this.#text}\n`
        : `${this.#text.endsWith(" ") ? this.#text.slice(0, -1) : this.#text}\n`;
  }

  /** The text of the open block. */
  get pending(): string {
    return this.#text;
  }

  /** Takes back the end of the open block's text. */
  unwrite(length: number): void {
    this.#text = this.#text.slice(0, this.#text.length - length);
  }

  /** Ends the open block. */
  flush(): void {
    const text = this.#kept > 0 ? this.#text.replace(/^\n|\s+$/g, "") : this.#text.trim();
    this.#text = "";
    if (text.trim() === "") return;
    const role = this.#current.roles.at(-1) ?? PARAGRAPH;
    this.#current.blocks.push(blockOf(role, text));
    if (role.kind === "list_item") role.marker = "";
  }

  push(block: FlowBlock): void {
    this.flush();
    this.#current.blocks.push(block);
  }

  beginRole(role: Role): void {
    this.flush();
    this.#current.roles.push(role);
  }

  endRole(): void {
    this.flush();
    if (this.#current.roles.length > 1) this.#current.roles.pop();
  }

  keepSpaces(): void {
    this.flush();
    this.#kept += 1;
  }

  foldSpaces(): void {
    this.flush();
    this.#kept = Math.max(0, this.#kept - 1);
  }

  beginContainer(): void {
    this.flush();
    this.#containers.push(this.#current);
    this.#current = { blocks: [], roles: [PARAGRAPH] };
  }

  /** Ends the innermost container and gives its blocks. */
  endContainer(): FlowBlock[] {
    this.flush();
    const { blocks } = this.#current;
    this.#current = this.#containers.pop() ?? this.#current;
    return blocks;
  }

  get tableDepth(): number {
    return this.#tables.length;
  }

  beginTable(): void {
    this.flush();
    this.#tables.push({ rows: [], headerRows: 0, inHead: false, onlyNames: true });
  }

  beginHead(isHead: boolean): void {
    const table = this.#tables.at(-1);
    if (table) table.inHead = isHead;
  }

  beginRow(): void {
    const table = this.#tables.at(-1);
    if (!table) return;
    this.#countRow(table);
    table.rows.push([]);
    table.onlyNames = true;
  }

  addCell(cell: RichCell, names: boolean): void {
    const table = this.#tables.at(-1);
    if (!table) {
      for (const block of cell.blocks) this.push(block);
      return;
    }
    if (table.rows.length === 0) table.rows.push([]);
    table.rows.at(-1)?.push(cell);
    if (!names && !table.inHead) table.onlyNames = false;
  }

  endTable(): void {
    this.flush();
    const table = this.#tables.pop();
    if (!table) return;
    this.#countRow(table);
    const rows = table.rows.filter((row) => row.length > 0);
    const header = Math.min(table.headerRows, rows.length);
    for (const block of richTable(rows, header > 0 ? header : null)) this.#current.blocks.push(block);
  }

  /** A row is of the header when it names columns and all rows above it do. */
  #countRow(table: OpenTable): void {
    const row = table.rows.at(-1);
    if (row && row.length > 0 && table.onlyNames && table.headerRows === table.rows.length - 1) {
      table.headerRows += 1;
    }
  }
}

function blockOf(role: Role, text: string): FlowBlock {
  switch (role.kind) {
    case "heading":
      return { kind: "heading", level: role.level, text: text.replaceAll("\n", " ") };
    case "list_item":
      return { kind: "list_item", level: role.level, marker: role.marker, text };
    case "paragraph":
    case "code":
    case "caption":
    case "note":
      return { kind: role.kind, text };
  }
}
