import { termOf } from "../../model/en16931.ts";
import type { Group, StructuredDocument, Term } from "../../model/structured.ts";
import type { Cited, DraftValue } from "../engine/draft.ts";

/** How a value is looked for on the pages: dates and amounts by what they mean, all else by its letters and digits. */
export type ValueForm = "text" | "date" | "amount" | "code";

/** What is known of a value when its place on the pages is looked for. */
export interface Wanted {
  readonly pointer: string;
  readonly value: string;
  readonly form: ValueForm;
  readonly xpath: string;
  /** The line it belongs to, so that its cells are looked for beside one another. */
  readonly line: number | null;
}

export type Locate = (wanted: Wanted) => readonly Cited[];

/** What a syntax says exactly is as sure as anything can be; what was added up from it nearly so. */
const CERTAIN = 0.99;
const DERIVED = 0.97;

/** Collects drafts from terms, each with its XPath and its place on the pages. */
export class Sheet {
  readonly values: DraftValue[] = [];
  readonly #document: StructuredDocument;
  readonly #locate: Locate;
  #line: number | null = null;

  constructor(document: StructuredDocument, locate: Locate) {
    this.#document = document;
    this.#locate = locate;
  }

  /** What follows belongs to a line of the document. */
  beginLine(line: number | null): void {
    this.#line = line;
  }

  /** Drafts the first term of an id; `change` rewrites its value. */
  term(
    pointer: string,
    group: Group | null,
    id: string,
    form: ValueForm = "text",
    change?: (term: Term) => string,
  ): void {
    const term = group === null ? null : termOf(group, id);
    if (term) this.given(pointer, term, form, change?.(term) ?? term.value);
  }

  /** Drafts a term under a value of its own. */
  given(pointer: string, term: Term, form: ValueForm, value = term.value): void {
    const derived = term.derived === true;
    this.put(pointer, value, term.content, term.xpath, form, derived);
  }

  /** Drafts what several terms say together; it stands where their group does. */
  joined(pointer: string, group: Group, terms: readonly Term[], between: string): void {
    if (terms.length === 0) return;
    const value = terms.map((term) => term.value).join(between);
    const [only] = terms;
    const xpath = terms.length === 1 && only ? only.xpath : group.xpath;
    this.put(pointer, value, value, xpath, "text", false);
  }

  put(
    pointer: string,
    value: string,
    content: string,
    xpath: string,
    form: ValueForm,
    derived: boolean,
  ): void {
    const { attachment } = this.#document;
    this.values.push({
      pointer,
      value,
      content,
      cited: form === "code" ? [] : this.#locate({ pointer, value, form, xpath, line: this.#line }),
      confidence: derived ? DERIVED : CERTAIN,
      place: attachment === null ? { xpath } : { xpath, attachment },
      source: derived ? "derived" : "xml",
    });
  }
}
