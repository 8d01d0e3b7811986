import { z } from "zod";
import { defineExtractor } from "../define.ts";
import { BankAccount, CurrencyCode, IsoDate, Money, Party, Quantity } from "./shapes.ts";

const schema = z
  .object({
    employer: Party,
    employee: Party.extend({
      employee_id: z.string().optional(),
      social_security_number: z.string().optional(),
      job_title: z.string().optional(),
      department: z.string().optional(),
    }).partial(),
    period_start_date: IsoDate,
    period_end_date: IsoDate,
    pay_date: IsoDate,
    currency: CurrencyCode,
    gross_pay: Money,
    net_pay: Money,
    total_deductions: Money,
    total_taxes: Money,
    gross_pay_year_to_date: Money,
    net_pay_year_to_date: Money,
    earnings: z.array(
      z
        .object({
          description: z.string(),
          hours: Quantity,
          rate: Money,
          amount: Money,
          year_to_date: Money,
        })
        .partial(),
    ),
    deductions: z.array(z.object({ description: z.string(), amount: Money, year_to_date: Money }).partial()),
    bank_account: BankAccount,
  })
  .partial();

export const payStub = defineExtractor({
  kind: "pay_stub",
  version: 1,
  title: "Pay stub",
  checks: [
    "net_pay",
    "earnings_add_up",
    "dates_in_order",
    "dates_plausible",
    "parties_differ",
    "iban_checksum",
  ],
  schema,
  required: ["/employer/name", "/employee/name", "/net_pay"],
  declares: { fields: [], rows: [] },
});
