import { type Place, placesOf, printedOf } from "./placing.ts";
import type { DraftValue } from "../engine/draft.ts";
import type { Reading } from "../engine/reading.ts";
import { logOdds } from "../scorer/forest.ts";
import { proofsOf } from "./proofs.ts";

/** What speaks for and against one value, in the order in which the weights number it. */
export const VALUE_SIGNALS = [
  "raw",
  "guessed",
  "declared",
  "own",
  "identifier",
  "date",
  "amount",
  "name",
  "address",
  "code",
  "cell",
  "ocr",
  "read_all",
  "read_least",
  "repaired",
  "derived",
  "pages",
  "language",
  "words",
  "letters",
  "shared",
  "repeats",
  "label_before",
  "label_above",
  "amounts_around",
  "dates_around",
  "proven",
  "values",
  "others_raw",
  "least_raw",
  "top",
  "business",
] as const;

const FAMILIES: readonly (readonly [string, RegExp])[] = [
  ["date", /(?:date|period|_on|_from|_until|start|end|_at)$/],
  [
    "amount",
    /(?:total|amount|price|tax|balance|due|paid|prepaid|discount|charge|pay|deductions|rounding|tip|quantity|rate|consumption|reading|credit|debit)$/,
  ],
  ["address", /(?:address|street|city|postal_code)$/],
  ["name", /(?:name|holder|employer|employee|vendor|customer|seller|buyer|patient|court)$/],
  ["identifier", /(?:number|_id|iban|bic|code|reference|phone|email|website|sku|zone)$/],
  ["code", /(?:currency|country|type|kind|status|category|language|method|unit|sex)$/],
];

/** The family that a value belongs to by its pointer: values of one are right or wrong for the same reasons. */
export function familyOf(pointer: string): string {
  const name = pointer.slice(pointer.lastIndexOf("/") + 1);
  return FAMILIES.find(([, pattern]) => pattern.test(name))?.[0] ?? "text";
}

const IN_ROW = /\/\d+(?:\/|$)/;
const ROW = /^.*?\/\d+/;

/** Whether a value stands in a list's row. */
export function isCell(pointer: string): boolean {
  return IN_ROW.test(pointer);
}

/** The pointer of the row that a value stands in; its own where it stands in none. */
export function rowOf(pointer: string): string {
  return ROW.exec(pointer)?.[0] ?? pointer;
}

/** The signals of each value of a document, one row a draft. */
export function signalsOf(reading: Reading, drafts: readonly DraftValue[], business: boolean): number[][] {
  const places = placesOf(reading, drafts);
  const proofs = proofsOf(drafts);
  const raws = drafts.map(({ confidence }) => confidence);
  const sum = raws.reduce((total, raw) => total + raw, 0);
  const least = Math.min(1, ...raws);
  const { amounts, dates } = printedOf(reading);
  const around = [Math.log1p(amounts), Math.log1p(dates)];
  return drafts.map((draft, index) => {
    const place: Place | undefined = places[index];
    const family = familyOf(draft.pointer);
    const others = drafts.length < 2 ? draft.confidence : (sum - draft.confidence) / (drafts.length - 1);
    const kinds = ["identifier", "date", "amount", "name", "address", "code"];
    return [
      logOdds(draft.confidence),
      ...["guessed", "declared", "own"].map((reader) => Number(draft.reader === reader)),
      ...kinds.map((kind) => Number(kind === family)),
      Number(isCell(draft.pointer)),
      Number(place?.ocr ?? false),
      place?.sure.all ?? 0,
      place?.sure.least ?? 0,
      Number(draft.repaired ?? false),
      Number(draft.derived ?? false),
      Math.log(Math.max(1, reading.view.parsed.pages.length)),
      Number(reading.language !== null),
      place?.words ?? 0,
      Math.min(120, String(draft.value).length),
      place?.shared ?? 0,
      place?.repeats ?? 0,
      place?.before ?? 0,
      place?.above ?? 0,
      ...around,
      Number(proofs.has(draft.pointer)),
      Math.log1p(drafts.length),
      others,
      least,
      place?.top ?? 0,
      Number(business),
    ];
  });
}
