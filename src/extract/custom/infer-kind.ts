import type { ValueKind } from "../declared/declaration.ts";
import type { ValueNode } from "./schema-tree.ts";
import { wordsOfName } from "./wordings.ts";

const KINDS: readonly ValueKind[] = [
  "text",
  "paragraph",
  "name",
  "address",
  "date",
  "time",
  "money",
  "number",
  "percent",
  "identifier",
  "phone",
  "email",
  "website",
  "iban",
  "tax_id",
  "country",
  "currency",
  "boolean",
  "choice",
];

const BY_FORMAT: Readonly<Record<string, ValueKind>> = {
  date: "date",
  "date-time": "date",
  time: "time",
  email: "email",
  "idn-email": "email",
  uri: "website",
  url: "website",
  hostname: "website",
  uuid: "identifier",
  phone: "phone",
  iban: "iban",
};

/** Words of a property's name that tell what its value is; the last word of the name counts first. */
const BY_WORD: readonly (readonly [ValueKind, string])[] = [
  ["iban", "iban"],
  ["email", "email mail"],
  ["phone", "phone telephone tel mobile fax telefon"],
  ["website", "website url web homepage site"],
  ["tax_id", "vat ein tin gstin vatin"],
  ["currency", "currency"],
  ["country", "country nationality"],
  ["date", "date birthday dob deadline expiry expires day datum fecha"],
  ["time", "time"],
  ["percent", "percent percentage rate ratio share"],
  [
    "money",
    "amount total subtotal price cost fee fees balance tax salary wage pay premium sum value charge charges due deposit discount payment rent net gross betrag montant importe",
  ],
  ["identifier", "number no nr id identifier code reference ref sku serial account isbn key"],
  ["address", "address street adresse"],
  [
    "name",
    "name company vendor supplier customer client buyer seller merchant employer employee patient owner tenant landlord person party insured insurer author recipient sender carrier bank",
  ],
  ["paragraph", "description summary notes note terms comment comments remarks instructions clause"],
];

/** What a property's value is, from what the schema says of it and what it is called. */
export function inferKind(value: ValueNode, name: string): ValueKind {
  const asked = KINDS.find((kind) => kind === value.named.kind);
  if (asked) return asked;
  if (value.type === "boolean") return "boolean";
  if (value.choices) return "choice";
  const format =
    value.format !== null && Object.hasOwn(BY_FORMAT, value.format) ? BY_FORMAT[value.format] : undefined;
  if (format) return format;
  const byName = kindOfName(name) ?? kindOfName(value.named.title ?? "");
  if (value.type === "string") return byName ?? "text";
  return byName === "money" || byName === "percent" ? byName : "number";
}

function kindOfName(name: string): ValueKind | null {
  const words = wordsOfName(name);
  for (const word of words.toReversed()) {
    const found = BY_WORD.find(([, listed]) => listed.split(" ").includes(word));
    if (found) return found[0];
  }
  return null;
}
