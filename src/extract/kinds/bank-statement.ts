import { z } from "zod";
import { defineExtractor } from "../define.ts";
import { BankAccount, CurrencyCode, IsoDate, Money, Party } from "./shapes.ts";

const schema = z
  .object({
    bank: Party,
    account_holder: Party,
    account: BankAccount,
    account_type: z.string(),
    statement_number: z.string(),
    statement_date: IsoDate,
    period_start_date: IsoDate,
    period_end_date: IsoDate,
    currency: CurrencyCode,
    opening_balance: Money,
    closing_balance: Money,
    total_credits: Money,
    total_debits: Money,
    transactions: z.array(
      z
        .object({
          date: IsoDate,
          value_date: IsoDate,
          description: z.string(),
          reference: z.string(),
          /** Money out. */
          debit: Money,
          /** Money in. */
          credit: Money,
          /** Signed, where the statement has one column for both. */
          amount: Money,
          balance: Money,
        })
        .partial(),
    ),
  })
  .partial();

export const bankStatement = defineExtractor({
  kind: "bank_statement",
  version: 1,
  title: "Bank statement",
  checks: ["balances_close", "running_balance", "dates_in_order", "dates_plausible", "iban_checksum"],
  schema,
  required: ["/account_holder/name", "/opening_balance", "/closing_balance"],
  declares: { fields: [], rows: [] },
});
