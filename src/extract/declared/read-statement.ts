import type { Draft } from "../define.ts";
import type { DraftValue } from "../engine/draft.ts";
import type { Reading } from "../engine/reading.ts";
import type { Declaration } from "./declaration.ts";
import { draftCurrency } from "./draft-currency.ts";
import { fillParties } from "./fill-parties.ts";
import { bankName } from "./bank-name.ts";
import { fillBalances } from "./fill-balances.ts";
import { fillPeriod } from "./fill-periods.ts";
import { fillSums, type Sum } from "./fill-sums.ts";
import { ibanAlone } from "./iban-alone.ts";
import { readDeclared } from "./read-declared.ts";
import { settleTransactions } from "./settle-transactions.ts";

const PERIOD = {
  start: "/period_start_date",
  end: "/period_end_date",
  later: "/statement_date",
  maxDays: 100,
} as const;
const SUMS: readonly Sum[] = [
  {
    pointer: "/closing_balance",
    parts: [
      ["/opening_balance", 1],
      ["/total_credits", 1],
      ["/total_debits", -1],
    ],
  },
  {
    pointer: "/opening_balance",
    parts: [
      ["/closing_balance", 1],
      ["/total_credits", -1],
      ["/total_debits", 1],
    ],
  },
];

/** A bank statement: what its labels say, proven and completed by its balances. */
export function readStatement(reading: Reading, declares: Declaration): Draft {
  const declared = readDeclared(reading, declares);
  const named = [...declared, ...bankName(reading, declared)];
  const filled = fillParties(reading, named, [
    { pointer: "/bank", role: "issuer", keys: ["vendor"], details: ["address", "phone", "email", "website"] },
    {
      pointer: "/account_holder",
      role: "addressee",
      keys: ["customer", "account_holder"],
      details: ["address"],
    },
  ]);
  const settled = settleTransactions(fillPeriod(reading, filled, PERIOD));
  const values: DraftValue[] = fillSums(reading, fillBalances(reading, settled), SUMS);
  return {
    values: [...values, ...ibanAlone(reading, values, "/account/iban"), ...draftCurrency(reading, values)],
  };
}
