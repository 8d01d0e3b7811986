import type { FormField } from "../../model/parsed.ts";
import type { FlowBlock } from "../flow/flow.ts";
import { attributeOf, childrenOf, type XmlElement } from "../xml/parse-xml.ts";
import type { Numbering } from "./numbering.ts";
import type { Styles } from "./styles.ts";
import { append } from "../flow/append.ts";

/** A field whose code or result is being read (ECMA-376-1, 17.16). */
export interface OpenField {
  inCode: boolean;
  readonly form: { readonly name: string; readonly from: number } | null;
}

/** What reading a document's parts shares: styles, numbers, open fields, and what was seen on the way. */
export interface DocxContext {
  /** Reads the block content of a part: paragraphs hold text boxes, which hold blocks again. */
  readonly readBlocks: (parent: XmlElement, context: DocxContext) => FlowBlock[];
  readonly styles: Styles;
  readonly numbering: Numbering;
  readonly fields: OpenField[];
  /** False where fields begin that never end: their codes cannot be told from text then. */
  readonly readsFields: boolean;
  readonly formFields: FormField[];
  /** Notes and comments in the order in which the text refers to them. */
  readonly notes: { readonly kind: "footnote" | "endnote" | "comment"; readonly id: string }[];
  readonly seen: { pictures: number; drawings: number; deleted: boolean; hidden: boolean };
}

/** The text of a paragraph as it is gathered, with what stands apart from it. */
export interface Inline {
  text: string;
  /** Text boxes anchored in it. */
  readonly boxes: FlowBlock[];
  breaksBefore: boolean;
  breaksAfter: boolean;
}

/** Whether every field of a part that begins also ends. */
export function fieldsAreClosed(root: XmlElement | null): boolean {
  let open = 0;
  const stack: XmlElement[] = root ? [root] : [];
  for (let element = stack.pop(); element; element = stack.pop()) {
    if (element.local === "fldChar") {
      const type = attributeOf(element, "fldCharType");
      open += type === "begin" ? 1 : type === "end" ? -1 : 0;
    }
    append(stack, childrenOf(element));
  }
  return open === 0;
}
