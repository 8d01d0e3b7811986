import type { TitleKind } from "../../model/titles.ts";
import type { IdentifierKey } from "../labels/label-key.ts";
import { paperDateField } from "./paper-dates.ts";
import { numberField } from "./paper-numbers.ts";
import type { ScoredRead } from "./rescore.ts";
import due from "./weights/paper-due.json" with { type: "json" };
import issued from "./weights/paper-issued.json" with { type: "json" };
import number from "./weights/paper-number.json" with { type: "json" };

const DATES = { issued: "/invoice_date", due: "/due_date" };

/** What is chosen by learned weights on invoices and credit notes, which differ in the labels of their number. */
export function invoiceFields(
  numberKeys: readonly IdentifierKey[],
  titles: readonly TitleKind[],
): readonly ScoredRead[] {
  return [
    {
      pointer: "/invoice_number",
      field: numberField("paper-number", "/invoice_number", { keys: numberKeys, titles }),
      weights: number,
      precedes: true,
      keepsRule: () => true,
    },
    {
      pointer: "/invoice_date",
      field: paperDateField(
        "paper-issued",
        "/invoice_date",
        { keys: ["invoice_date"], vague: ["date"], titles, unlabelled: 0.42 },
        DATES,
      ),
      weights: issued,
      precedes: true,
      keepsRule: () => true,
    },
    {
      pointer: "/due_date",
      field: paperDateField("paper-due", "/due_date", { keys: ["due_date"], unlabelled: 0 }, DATES),
      weights: due,
      keepsRule: () => true,
    },
  ];
}

/** The same on orders. */
export const orderFields: readonly ScoredRead[] = [
  {
    pointer: "/purchase_order_number",
    field: numberField("paper-number", "/purchase_order_number", {
      keys: ["order_number"],
      titles: ["purchase_order"],
    }),
    weights: number,
    precedes: true,
    keepsRule: () => true,
  },
  {
    pointer: "/order_date",
    field: paperDateField(
      "paper-issued",
      "/order_date",
      { keys: ["order_date", "invoice_date"], vague: ["date"], titles: ["purchase_order"], unlabelled: 0.42 },
      { issued: "/order_date" },
    ),
    weights: issued,
    keepsRule: () => true,
  },
];
