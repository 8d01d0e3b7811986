/** What a declared value is: how it is recognised on the page and written in `data`. */
export type ValueKind =
  | "text"
  | "paragraph"
  | "name"
  | "address"
  | "date"
  | "time"
  | "money"
  | "number"
  | "percent"
  | "identifier"
  | "phone"
  | "email"
  | "website"
  | "iban"
  | "tax_id"
  | "country"
  | "currency"
  | "boolean"
  | "choice";

/** A value that is found by how it is announced. */
export interface DeclaredField {
  /** JSON Pointer into `data`; inside rows into the row, as in `/dose`. */
  readonly pointer: string;
  readonly kind: ValueKind;
  /** Wordings that announce it, in any language; case, accents and punctuation do not count. */
  readonly labels: readonly string[];
  /** Headings that it stands under, where its label alone does not tell whose it is. */
  readonly sections?: readonly string[];
  /** For `choice`: each value of the schema with the wordings that are printed for it. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** What the whole value looks like, as a regular expression without flags. */
  readonly pattern?: string;
  /** Characters; longer runs are cut to nothing, not shortened. */
  readonly maxLength?: number;
}

/** A list or table whose entries become an array of objects (or of texts, with one column at pointer ""). */
export interface DeclaredRows {
  /** JSON Pointer of the array. */
  readonly pointer: string;
  /** Headings that the list or table stands under. */
  readonly titles: readonly string[];
  readonly columns: readonly DeclaredField[];
}

/** What a document type or a user's own schema says of its values; read by `readDeclared`. */
export interface Declaration {
  readonly fields: readonly DeclaredField[];
  readonly rows: readonly DeclaredRows[];
}
