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

const MAX_PENDING = 20_000;
const PARAGRAPH: Role = { kind: "paragraph", level: 1, marker: "" };

/** Writes text into blocks, with containers inside it whose blocks are taken out again: cells, terms, captions. */
export class BlockWriter {
  readonly blocks: FlowBlock[] = [];
  readonly #containers: { blocks: FlowBlock[]; roles: Role[] }[] = [];
  readonly #tables: OpenTable[] = [];
  #current: { blocks: FlowBlock[]; roles: Role[] };
  #text = "";
  /** Its last character: looking into a text that grows would copy it each time. */
  #last = " ";
  /** Whether a space is due before the next word. */
  #gap = false;
  /** Depth of elements that keep their spaces. */
  #kept = 0;

  constructor() {
    this.#current = { blocks: this.blocks, roles: [PARAGRAPH] };
  }

  /** Text as it stands; spaces are drawn together but in what keeps them. */
  write(text: string): void {
    if (this.#kept > 0) return this.#add(text);
    const joined = text.replaceAll(/[ \t\n\r\f]+/g, " ");
    const words = joined.trim() === "" ? joined.replaceAll(" ", "") : joined.replaceAll(/^ | $/g, "");
    this.#gap ||= joined.startsWith(" ");
    if (words !== "") this.#add(this.#gap && !/\s/.test(this.#last) ? ` ${words}` : words);
    this.#gap = joined.endsWith(" ") || (this.#gap && words === "");
  }

  breakLine(): void {
    this.#gap = false;
    this.#add("\n");
  }

  /** The text of the open block; nothing where there is so much of it that no label ends it. */
  get pending(): string {
    return this.#text.length > MAX_PENDING ? "" : this.#text;
  }

  /** Takes back the end of the open block's text. */
  unwrite(length: number): void {
    if (length === 0) return;
    this.#text = this.#text.slice(0, this.#text.length - length);
    this.#last = this.#text.at(-1) ?? " ";
  }

  /** Ends the open block. */
  flush(): void {
    const text = this.#kept > 0 ? this.#text.replace(/^\n|\s+$/g, "") : this.#text.trim();
    this.#text = "";
    this.#last = " ";
    this.#gap = false;
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

  #add(text: string): void {
    if (text === "") return;
    this.#text += text;
    this.#last = text.at(-1) ?? " ";
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
