import type { Draft, PartySpec } from "../define.ts";
import type { DraftValue } from "../engine/draft.ts";
import type { Reading } from "../engine/reading.ts";
import type { Declaration } from "./declaration.ts";
import { draftCurrency } from "./draft-currency.ts";
import { fillParties } from "./fill-parties.ts";
import { readBank } from "./bank-name.ts";
import { fillBalances } from "./fill-balances.ts";
import { fillPeriod } from "./fill-periods.ts";
import { fillSums, type Sum } from "./fill-sums.ts";
import { ibanAlone } from "./iban-alone.ts";
import { partyFields } from "../scorer/party-fields.ts";
import type { NameEvidence, ScoredField } from "../scorer/scored-field.ts";
import { rescore } from "../scorer/rescore.ts";
import { readDeclared } from "./read-declared.ts";
import { termsOf } from "./terms.ts";
import { settleTransactions } from "./settle-transactions.ts";

const PERIOD = {
  start: "/period_start_date",
  end: "/period_end_date",
  later: "/statement_date",
  maxDays: 100,
} as const;
const BANK: PartySpec = {
  pointer: "/bank",
  role: "issuer",
  keys: ["vendor"],
  details: ["address", "phone", "email", "website"],
};
const PARTIES: readonly PartySpec[] = [
  BANK,
  {
    pointer: "/account_holder",
    role: "addressee",
    keys: ["customer", "account_holder"],
    details: ["address"],
  },
];
/** Banks are known by what banks are called; whom a statement is sent to is chosen as a bill's customer is. */
const HOLDER = partyFields(PARTIES)
  .filter(({ pointer }) => pointer === "/account_holder/name")
  .map((read) => Object.assign({}, read, { field: untitled(read.field) }));
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

/** The same without titles (`Kontoauszug`): the paper's own name stands where its reader's does. */
function untitled(field: ScoredField<NameEvidence>): ScoredField<NameEvidence> {
  const isTitle = (text: string) => termsOf(text).includes("statement");
  return {
    ...field,
    candidates: (evidence) => field.candidates(evidence).filter(({ value }) => !isTitle(value)),
  };
}

/** A bank statement: what its labels say, proven and completed by its balances. */
export function readStatement(reading: Reading, declares: Declaration): Draft {
  const declared = readDeclared(reading, declares);
  // What banks are called tells more than a weak label does: `Bank Statement` over a name is a title.
  const bank = readBank(reading, declared, BANK);
  const told = new Set(bank.map(({ pointer }) => pointer));
  const named = [...bank, ...declared.filter(({ pointer }) => !told.has(pointer))];
  const ruled = fillParties(reading, named, PARTIES);
  const drafts = new Map(ruled.toReversed().map((value) => [value.pointer, value]));
  const filled = rescore(ruled, HOLDER, { reading, drafts });
  const settled = settleTransactions(fillPeriod(reading, filled, PERIOD));
  const values: DraftValue[] = fillSums(reading, fillBalances(reading, settled), SUMS);
  return {
    values: [...values, ...ibanAlone(reading, values, "/account/iban"), ...draftCurrency(reading, values)],
  };
}
