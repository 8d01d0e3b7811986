import type { CellValue, FormField, Inventory, PageSource, Warning } from "../../model/parsed.ts";
import type { OpenedMember } from "../parser.ts";

/** A table's cell. Spans count from 1; a cell that another one covers is not listed. */
export interface FlowCell {
  /** What it shows; line breaks are kept. */
  readonly text: string;
  readonly columnSpan?: number;
  readonly rowSpan?: number;
  /** Its place in its sheet (`B3`), and what it holds there. */
  readonly address?: string;
  readonly value?: CellValue;
}

export interface FlowTable {
  readonly kind: "table";
  /** Rows at the top that name the columns. */
  readonly headerRows: number;
  readonly rows: readonly (readonly FlowCell[])[];
  /** The sheet it stands in. */
  readonly sheet?: string;
}

/** A part of a document that has order but no places: what office files, pages of the web and sheets consist of. */
export type FlowBlock =
  | { readonly kind: "heading"; readonly level: number; readonly text: string }
  /** Line breaks, tabs and wide spaces are kept. `apart` says whether an empty line stands before it, where that is known. */
  | {
      readonly kind: "paragraph" | "code" | "caption" | "note";
      readonly text: string;
      readonly apart?: boolean;
    }
  | { readonly kind: "list_item"; readonly level: number; readonly marker: string; readonly text: string }
  /** A label and its value as the file itself pairs them; `path` leads to it (XPath, JSON Pointer). */
  | {
      readonly kind: "key_value";
      readonly key: string;
      readonly value: string;
      readonly path?: string;
      readonly depth?: number;
    }
  | FlowTable
  | { readonly kind: "page_break" };

/** A part that begins on a page of its own: a sheet, a slide, a chapter. `label` becomes its pages' label. */
export interface FlowSection {
  readonly label: string | null;
  readonly blocks: readonly FlowBlock[];
}

/** A document as its format tells it, before it is laid out on pages. */
export interface Flow {
  readonly sections: readonly FlowSection[];
  readonly source: PageSource;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly warnings?: readonly Warning[];
  readonly members?: readonly OpenedMember[];
  readonly formFields?: readonly FormField[];
  readonly inventory?: readonly Inventory[];
}
