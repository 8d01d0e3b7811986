import type { DraftValue } from "../engine/draft.ts";
import { leftoversOf } from "./placing.ts";
import { proofsOf } from "./proofs.ts";
import type { Settings } from "./settle.ts";
import { familyOf, isCell, rowOf } from "./signals.ts";

const FAMILIES = ["name", "address", "amount", "identifier", "date"] as const;

/** What speaks for a document that is right in every field, in the order in which the weights number it. */
export const DOCUMENT_SIGNALS = [
  "header_least",
  "header_product",
  "header_values",
  "rows_least",
  "rows_product",
  "rows",
  "required_missing",
  "amounts_left",
  "amounts_left_share",
  "dates_left",
  "labels_left",
  "ragged_rows",
  "proven",
  "ocr",
  "read_mean",
  "language",
  "pages",
  "business",
  "words",
  "names_least",
  "addresses_least",
  "amounts_least",
  "identifiers_least",
  "dates_least",
  "unproven_rows",
] as const;

/** Signals of a whole document: its least sure values, and what is printed that no value tells of. */
export function documentSignals(drafts: readonly DraftValue[], settings: Settings): number[] {
  const { reading, business, required } = settings;
  const places = leftoversOf(reading, drafts);
  const proofs = proofsOf(drafts);
  const header = drafts.filter(({ pointer }) => !isCell(pointer));
  const cells = drafts.filter(({ pointer }) => isCell(pointer));
  const given = new Set(drafts.map(({ pointer }) => pointer));
  const { pages } = reading.view.parsed;
  const words = pages.flatMap((page) => page.words.map(({ confidence }) => confidence));
  return [
    least(header),
    product(header),
    header.length,
    least(cells),
    product(cells),
    new Set(cells.map(({ pointer }) => rowOf(pointer))).size,
    required.filter((pointer) => !given.has(pointer)).length,
    places.amountsLeft,
    places.amounts === 0 ? 0 : places.amountsLeft / places.amounts,
    places.datesLeft,
    places.labelsLeft,
    raggedRows(cells),
    Number(proofs.has("/total")) + Number(proofs.has("/subtotal")),
    Number(pages.some(({ source }) => source === "ocr")),
    words.reduce((sum, word) => sum + word, 0) / Math.max(1, words.length),
    Number(reading.language !== null),
    Math.log(Math.max(1, pages.length)),
    Number(business),
    Math.log1p(words.length),
    ...FAMILIES.map((family) => least(header.filter(({ pointer }) => familyOf(pointer) === family))),
    cells.filter(({ pointer }) => pointer.endsWith("/amount") && !proofs.has(pointer)).length,
  ];
}

function least(drafts: readonly DraftValue[]): number {
  return Math.min(1, ...drafts.map(({ confidence }) => confidence));
}

function product(drafts: readonly DraftValue[]): number {
  return drafts.reduce((sum, { confidence }) => sum + Math.log(Math.max(0.01, confidence)), 0);
}

/** Rows that lack a cell which most rows of their list have. */
function raggedRows(cells: readonly DraftValue[]): number {
  const rows = Map.groupBy(cells, ({ pointer }) => rowOf(pointer));
  const lists = Map.groupBy([...rows], ([row]) => row.slice(0, row.lastIndexOf("/")));
  let ragged = 0;
  for (const members of lists.values()) {
    const most = Math.max(...members.map(([, own]) => own.length));
    ragged += members.filter(([, own]) => own.length < most).length;
  }
  return ragged;
}
