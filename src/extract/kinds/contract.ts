import { z } from "zod";
import { defineExtractor, type Draft } from "../define.ts";
import type { Reading } from "../engine/reading.ts";
import { CLAUSE_KINDS } from "../prose/clause-kinds.ts";
import { clauseDrafts, findClauses } from "../prose/contract-clauses.ts";
import { draftContractDates } from "../prose/contract-dates.ts";
import { findProseParties, partyDrafts, preambleOf } from "../prose/contract-parties.ts";
import { draftContractTerms } from "../prose/contract-terms.ts";
import { makeProse } from "../prose/prose.ts";
import { findTitle, titleDraft } from "../prose/titles.ts";
import { CurrencyCode, IsoDate, Money } from "./shapes.ts";

const schema = z
  .object({
    title: z.string(),
    contract_number: z.string(),
    parties: z.array(
      z
        .object({
          name: z.string(),
          role: z.string().meta({ description: "What the party is in the contract: Supplier, Mieter, Acheteur" }),
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
    clauses: z.array(
      z.object({ kind: z.enum(CLAUSE_KINDS), heading: z.string(), text: z.string() }).partial(),
    ),
  })
  .partial();

export const contract = defineExtractor({
  kind: "contract",
  version: 2,
  title: "Contract",
  schema,
  required: ["/title", "/parties/0/name"],
  declares: { fields: [], rows: [] },
  draft: draftContract,
});

const TITLE = {
  words:
    /\b(?:agreement|contract|lease|deed|memorandum of understanding|terms (?:and|of)|license|nda|addendum|amendment|\w*vertrag|\w*vereinbarung|contrat|convention|bail|accord|contrato|convenio|acuerdo|contratto|overeenkomst)\b/,
  never: /^(?:between|zwischen|entre|and|und|et|y|page|date|contract (?:no|number)|parties)\b/,
  reach: 0.5,
};

/** What a contract's sentences say: who, from when to when, on which terms. */
function draftContract(reading: Reading): Draft {
  const prose = makeProse(reading.view.parsed);
  const title = findTitle(prose, TITLE);
  const parties = findProseParties(prose);
  const clauses = findClauses(prose, parties.length > 0 ? Math.min(preambleOf(prose).end, 7_000) : title?.end ?? 0);
  return {
    values: [
      ...(title ? [titleDraft(prose, title)] : []),
      ...parties.flatMap((party, index) => partyDrafts(prose, party, `/parties/${index}`)),
      ...draftContractDates(prose, reading.dayFirst),
      ...draftContractTerms(prose),
      ...clauseDrafts(prose, clauses),
    ],
  };
}
