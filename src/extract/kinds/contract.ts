import { z } from "zod";
import { defineExtractor } from "../define.ts";
import { CurrencyCode, IsoDate, Money } from "./shapes.ts";

const schema = z
  .object({
    title: z.string(),
    contract_number: z.string(),
    parties: z.array(
      z
        .object({
          name: z.string(),
          role: z.string(),
          address: z.string(),
          /** What the contract calls the party from then on. */
          reference_name: z.string(),
        })
        .partial(),
    ),
    effective_date: IsoDate,
    execution_date: IsoDate,
    expiration_date: IsoDate,
    renewal_date: IsoDate,
    term: z.string(),
    termination_notice: z.string(),
    governing_law: z.string(),
    jurisdiction: z.string(),
    value: Money,
    currency: CurrencyCode,
    clauses: z.array(z.object({ kind: z.string(), text: z.string() }).partial()),
  })
  .partial();

export const contract = defineExtractor({
  kind: "contract",
  version: 1,
  title: "Contract",
  checks: ["dates_in_order", "near_duplicate"],
  schema,
  required: ["/title", "/parties/0/name"],
  declares: { fields: [], rows: [] },
});
