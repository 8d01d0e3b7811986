/** A label with its value, as printed. `sentence` says the same in prose. */
export interface Pair {
  readonly label: string;
  readonly value: string;
  readonly sentence?: string;
}

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
  /** Share of the width in relation to the other columns. */
  readonly weight: number;
}

/** What a document says, without how it looks. */
export type Block =
  | { readonly kind: "pairs"; readonly heading?: string; readonly pairs: readonly Pair[] }
  | { readonly kind: "parties"; readonly parties: readonly PartyBlock[] }
  | {
      readonly kind: "table";
      readonly heading?: string;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
      /** Rows that are no entries (sums, balances carried forward), by their index. */
      readonly strong?: readonly number[];
    }
  | { readonly kind: "totals"; readonly pairs: readonly Pair[]; readonly strong?: number }
  | {
      readonly kind: "prose";
      readonly heading?: string;
      readonly paragraphs: readonly string[];
      readonly centred?: boolean;
    }
  | { readonly kind: "list"; readonly heading?: string; readonly items: readonly string[] }
  | { readonly kind: "small"; readonly text: string }
  | { readonly kind: "signatures"; readonly names: readonly string[] }
  | { readonly kind: "break" };

export interface PartyBlock {
  /** Absent where only the address stands, as in a letter's window. */
  readonly label?: string;
  readonly lines: readonly string[];
  /** The sender in small print, over the address in a letter's window. */
  readonly over?: string;
}

/** Who has issued the document, for its letterhead. */
export interface Letterhead {
  readonly name: string;
  readonly slogan?: string;
  /** Who sells, in one line under the mark of a house. */
  readonly seller?: string;
  /** Its address, then telephone, e-mail, numbers. */
  readonly address: readonly string[];
  readonly contacts: readonly string[];
}

export interface Content {
  readonly title: string;
  readonly letterhead?: Letterhead;
  /** The number, the dates and the like, that stand near the top. */
  readonly facts: readonly Pair[];
  readonly parties: readonly PartyBlock[];
  readonly blocks: readonly Block[];
  readonly footer: readonly string[];
  /** Columns of small print about the issuer, at the end of every page. */
  readonly imprint?: readonly (readonly string[])[];
  /** `{page}` and `{pages}` are filled in. */
  readonly pageMark?: string;
}

/** A document's content with the data that a reader should get from it, and each value as it is printed. */
export interface Draft {
  readonly content: Content;
  readonly data: Readonly<Record<string, unknown>>;
  /** JSON Pointer to printed text. */
  readonly printed: ReadonlyMap<string, string>;
  readonly issuer: string;
  readonly note?: string;
}
