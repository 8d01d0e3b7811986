import type { ParsedDocument } from "../../model/parsed.ts";
import type { Draft, PartySpec } from "../define.ts";
import type { DraftValue } from "../engine/draft.ts";
import { findLineItems } from "../engine/line-items.ts";
import type { Reading } from "../engine/reading.ts";
import { partyFields } from "../scorer/party-fields.ts";
import { rescore } from "../scorer/rescore.ts";
import type { Declaration } from "./declaration.ts";
import { fillFreight } from "./delivery-freight.ts";
import { fillDelivery } from "./delivery-order.ts";
import { fillParties } from "./fill-parties.ts";
import { readBlocks } from "./party-blocks.ts";
import { readDeclared } from "./read-declared.ts";

const LINES = /^\/line_items\//;
/** Columns that lists of goods do not have: what looks like them is a quantity. */
const AMOUNTS: ReadonlySet<string> = new Set(["amount", "unit_price", "discount", "tax_rate", "tax_amount"]);
/** Numbers of which a note has many: a label that says little is not enough. */
const NUMBERS: ReadonlySet<string> = new Set([
  "/purchase_order_number",
  "/sales_order_number",
  "/tracking_number",
  "/customer_id",
  "/gross_weight",
  "/received_by",
]);
const SURE = 0.58;
const UNIT = /^\s*(kgs?|g|t|to|lbs?|tonnes?|tons?)(?![\p{L}])/iu;

const PARTIES: readonly PartySpec[] = [
  {
    pointer: "/supplier",
    role: "issuer",
    keys: ["vendor"],
    details: ["address", "tax_id", "phone", "email", "website"],
  },
  { pointer: "/customer", role: "addressee", keys: ["customer"], details: ["address"] },
];

/** A delivery note: its labels, the parties that no label names, its goods and the unit of its weight. */
export function readDelivery(reading: Reading, parsed: ParsedDocument, declares: Declaration): Draft {
  const all = readDeclared(reading, declares);
  const declared = all.filter(
    ({ pointer, confidence }) => !LINES.test(pointer) && (confidence >= SURE || !NUMBERS.has(pointer)),
  );
  const own = all.filter(({ pointer }) => LINES.test(pointer));
  const ruled = fillParties(reading, declared, PARTIES);
  const drafts = new Map(ruled.map((value) => [value.pointer, value]));
  const filled = rescore(ruled, partyFields(PARTIES), { reading, drafts });
  const parties = [...filled, ...secondAddressee(reading, filled)];
  const { items } = findLineItems(parsed.pages, {
    decimal: reading.decimal,
    dayFirst: reading.dayFirst,
    currency: null,
    language: reading.language,
    receipt: false,
  });
  const lines = items.flatMap((item, index) =>
    Object.entries(item.cells)
      .filter(([field]) => !AMOUNTS.has(field))
      .map(([field, cell]) => ({
        pointer: `/line_items/${index}/${field}`,
        value: cell.value,
        cited: cell.cited,
        confidence: cell.confidence,
      })),
  );
  const goods = own.length > lines.length ? own : lines;
  const ordered = fillFreight(reading, fillDelivery(reading, [...parties, ...goods]));
  return { values: [...ordered, ...weightUnit(reading, ordered)] };
}

/** Beside the customer a second addressee is where the goods go. */
function secondAddressee(reading: Reading, values: readonly DraftValue[]): DraftValue[] {
  if (values.some(({ pointer }) => pointer.startsWith("/ship_to/"))) return [];
  if (
    !["/customer/name", "/customer/address"].every((name) => values.some(({ pointer }) => pointer === name))
  )
    return [];
  const spec = { pointer: "/ship_to", role: "delivery", keys: ["ship_to"], details: ["address"] } as const;
  return readBlocks(reading, values, [spec]);
}

/** The unit that stands behind the weight, or in its label. */
function weightUnit(reading: Reading, values: readonly DraftValue[]): DraftValue[] {
  const weight = values.find(({ pointer }) => pointer === "/gross_weight");
  const [cited] = weight?.cited ?? [];
  if (!weight || !cited) return [];
  const page = reading.view.parsed.pages.find(({ number }) => number === cited.page);
  const last = cited.words.at(-1) ?? -1;
  for (const index of [last, last + 1]) {
    const word = page?.words[index];
    const printed = index === last ? /[a-z]+$/i.exec(word?.text ?? "")?.[0] : word?.text;
    const unit = UNIT.exec(printed ?? "")?.[1];
    if (unit === undefined) continue;
    return [
      {
        pointer: "/weight_unit",
        value: unit,
        cited: [{ page: cited.page, words: [index], content: unit }],
        confidence: weight.confidence,
      },
    ];
  }
  return [];
}
