import { z } from "zod";
import { defineExtractor, type Draft } from "../define.ts";
import type { DraftValue } from "../engine/draft.ts";
import type { Reading } from "../engine/reading.ts";
import { captionDrafts, captionLines, findCaptionParties } from "../prose/caption.ts";
import { findCaseNumber, findCourt, findJudge } from "../prose/court-fields.ts";
import {
  draftCourtDates,
  draftRelief,
  draftSubject,
  findCounsel,
  findSentenceParties,
} from "../prose/court-prose.ts";
import { legalKind, TITLE_WORD } from "../prose/legal-lexicon.ts";
import { citeStretch, makeProse, printedValue, type Prose, textAt } from "../prose/prose.ts";
import { findTitle, titleDraft } from "../prose/titles.ts";
import { IsoDate } from "./shapes.ts";

const schema = z
  .object({
    title: z.string(),
    document_kind: z.string().meta({
      description: "complaint, answer, motion, order, judgment, summons, subpoena, affidavit, notice, will ...",
    }),
    court: z.string(),
    case_number: z.string(),
    parties: z.array(z.object({ name: z.string(), role: z.string() }).partial()),
    filing_date: IsoDate,
    decision_date: IsoDate,
    hearing_date: IsoDate,
    judge: z.string(),
    counsel: z.array(z.object({ name: z.string(), firm: z.string(), represents: z.string() }).partial()),
    subject: z.string(),
    relief: z.string(),
  })
  .partial();

export const legalDocument = defineExtractor({
  kind: "legal_document",
  version: 2,
  title: "Legal document",
  schema,
  required: ["/title", "/case_number"],
  declares: { fields: [], rows: [] },
  draft: draftLegalDocument,
});

const TITLE = {
  words: TITLE_WORD,
  never:
    /\b(?:court|tribunal|\w*gericht|juzgado|plaintiffs?|defendants?|case no|attorneys? (?:for|at)|district of|county of|telephone|aktenzeichen)\b|^(?:entre|between|and|et|und|v\.?|vs\.?)$/,
  reach: 0.75,
};

/** A court paper: its caption, and what its sentences say. */
function draftLegalDocument(reading: Reading): Draft {
  const prose = makeProse(reading.view.parsed);
  const title = findTitle(prose, TITLE);
  const { view } = reading;
  const kind = title && legalKind(textAt(prose, title));
  const values: DraftValue[] = title ? [titleDraft(prose, title)] : [];
  if (title && kind !== null)
    values.push({
      pointer: "/document_kind",
      value: kind,
      cited: citeStretch(prose, title),
      confidence: 0.85,
      derived: true,
    });
  return {
    values: [
      ...values,
      ...findCourt(view),
      ...findCaseNumber(view),
      ...draftParties(reading, prose),
      ...draftCourtDates(prose, reading.dayFirst),
      ...findJudge(view),
      ...draftCounsel(prose),
      ...draftSubject(prose),
      ...draftRelief(prose),
    ],
  };
}

function draftParties(reading: Reading, prose: Prose): DraftValue[] {
  const parties = findCaptionParties(captionLines(reading.view));
  if (parties.length > 0) return captionDrafts(parties);
  return findSentenceParties(prose).flatMap(({ name, role, derived }, index) => {
    const values = [printedValue(prose, `/parties/${index}/name`, name, 0.72)];
    if (role) values.push(printedValue(prose, `/parties/${index}/role`, role, 0.72));
    else if (derived !== null)
      values.push({
        pointer: `/parties/${index}/role`,
        value: derived,
        cited: citeStretch(prose, name),
        confidence: 0.7,
        derived: true,
      });
    return values;
  });
}

function draftCounsel(prose: Prose): DraftValue[] {
  return findCounsel(prose).flatMap(({ name, firm, represents }, index) => [
    ...(name ? [printedValue(prose, `/counsel/${index}/name`, name, 0.78)] : []),
    ...(firm ? [printedValue(prose, `/counsel/${index}/firm`, firm, 0.72)] : []),
    ...(represents ? [printedValue(prose, `/counsel/${index}/represents`, represents, 0.78)] : []),
  ]);
}
