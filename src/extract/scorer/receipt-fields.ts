import { addressField } from "./addresses.ts";
import { dateField } from "./dates.ts";
import { merchantField } from "./names.ts";
import type { ScoredRead } from "./rescore.ts";
import { totalField } from "./totals.ts";
import address from "./weights/receipt-address.json" with { type: "json" };
import date from "./weights/receipt-date.json" with { type: "json" };
import name from "./weights/receipt-name.json" with { type: "json" };
import total from "./weights/receipt-total.json" with { type: "json" };

/** What is chosen by learned weights on a receipt. */
export const receiptFields: readonly ScoredRead[] = [
  {
    pointer: "/merchant/name",
    field: merchantField("receipt-name", "/merchant/name"),
    weights: name,
    follows: ["/merchant/legal_name"],
  },
  {
    pointer: "/merchant/address",
    field: addressField("receipt-address", { address: "/merchant/address", name: "/merchant/name" }),
    weights: address,
  },
  {
    pointer: "/transaction_date",
    field: dateField("receipt-date", "/transaction_date", {
      keys: ["invoice_date"],
      vague: ["date"],
      titles: ["receipt"],
      unlabelled: 0.66,
    }),
    weights: date,
  },
  { pointer: "/total", field: totalField("receipt-total", "/total"), weights: total },
];
