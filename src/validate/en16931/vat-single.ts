import type { Invoice } from "./invoice.ts";
import { breaks, DOCUMENT, FULL, type GroupRule, HOLDS, named, reachOf, type Rule } from "./rule.ts";
import { usesCategory } from "./vat-places.ts";

/** BR-O-11 to BR-O-14: beside what is not subject to VAT there is nothing else. */
function alone(number: number, group: string, category: string): GroupRule {
  return {
    id: `BR-O-${number}`,
    text: `Beside a VAT breakdown that is not subject to VAT, ${named(group)} is of no other category.`,
    reach: reachOf(group),
    on: group,
    terms: [category],
    applies: (invoice) => invoice.codes("BT-118").has("O"),
    test: (part) => {
      const code = part.value(category);
      return code === null || code === "O" ? HOLDS : breaks(`It is of category ${code}.`);
    },
  };
}

function crossesBorder(invoice: Invoice): boolean {
  return invoice.codes("BT-118").has("K");
}

/** Category rules that do not come in families: goods that cross a border, split payment in Italy. */
export const SINGLE_CATEGORIES: readonly Rule[] = [
  {
    id: "BR-IC-11",
    text: "An intra-community supply has its delivery date or its period.",
    reach: FULL,
    on: "BG-0",
    terms: ["BT-72", "BG-14"],
    applies: crossesBorder,
    test: (root) =>
      root.has("BT-72") || root.parts("BG-14").length > 0 ? HOLDS : breaks("Neither is given."),
  },
  {
    id: "BR-IC-12",
    text: "An intra-community supply has the country that it is delivered to.",
    reach: FULL,
    on: "BG-0",
    terms: ["BT-80"],
    applies: crossesBorder,
    test: (root) => (root.has("BT-80") ? HOLDS : breaks(`${named("BT-80")} is missing.`)),
  },
  alone(11, "BG-23", "BT-118"),
  alone(12, "BG-25", "BT-151"),
  alone(13, "BG-20", "BT-95"),
  alone(14, "BG-21", "BT-102"),
  {
    id: "BR-B-01",
    text: "Split payment (B) is for invoices inside Italy.",
    reach: DOCUMENT,
    on: "BG-0",
    terms: ["BT-40", "BT-55"],
    applies: (invoice) => usesCategory(invoice, "B"),
    test: (root) => {
      const countries = ["BT-40", "BT-55", "BT-69"].flatMap((term) => root.value(term) ?? []);
      return countries.every((country) => country === "IT")
        ? HOLDS
        : breaks(`Countries: ${countries.join(", ")}.`);
    },
  },
  {
    id: "BR-B-02",
    text: "Split payment (B) and standard rate (S) exclude each other.",
    reach: DOCUMENT,
    on: "BG-0",
    terms: ["BG-23"],
    applies: (invoice) => usesCategory(invoice, "B"),
    test: (_, invoice) => (usesCategory(invoice, "S") ? breaks("Both are used.") : HOLDS),
  },
];
