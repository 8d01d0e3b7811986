import type { Draft } from "../define.ts";
import type { DraftValue } from "../engine/draft.ts";
import type { Reading } from "../engine/reading.ts";
import type { Declaration } from "./declaration.ts";
import { draftCurrency } from "./draft-currency.ts";
import { fillParties } from "./fill-parties.ts";
import { ibanAlone } from "./iban-alone.ts";
import { readDeclared } from "./read-declared.ts";
import { settleTransactions } from "./settle-transactions.ts";

/** A bank statement: what its labels say, proven and completed by its balances. */
export function readStatement(reading: Reading, declares: Declaration): Draft {
  const declared = readDeclared(reading, declares);
  const filled = fillParties(reading, declared, [
    { pointer: "/bank", role: "issuer", keys: ["vendor"], details: ["address", "phone", "email", "website"] },
    {
      pointer: "/account_holder",
      role: "addressee",
      keys: ["customer", "account_holder"],
      details: ["address"],
    },
  ]);
  const values: DraftValue[] = settleTransactions(filled);
  return {
    values: [...values, ...ibanAlone(reading, values, "/account/iban"), ...draftCurrency(reading, values)],
  };
}
