import { z } from "zod";
import type { Declaration } from "../declared/declaration.ts";
import { readDeclared } from "../declared/read-declared.ts";
import { wordings } from "../declared/wordings.ts";
import { defineExtractor, type Draft } from "../define.ts";
import type { DraftValue } from "../engine/draft.ts";
import type { Reading } from "../engine/reading.ts";
import { captionDrafts, captionLines, findCaptionParties } from "../prose/caption.ts";
import {
  counselDrafts,
  draftCourtPairs,
  findPairedCounsel,
  findSides,
  sideDrafts,
} from "../prose/court-pairs.ts";
import { foldInPlace } from "../prose/fold-in-place.ts";
import { findCaseNumber, findCourt, findJudge } from "../prose/court-fields.ts";
import { draftCourtDates, draftRelief, draftSubject, findSentenceParties } from "../prose/court-prose.ts";
import { findCounsel } from "../prose/counsel.ts";
import { legalKind, TITLE_WORD } from "../prose/legal-lexicon.ts";
import { mergeDrafts } from "../prose/merge-drafts.ts";
import { citeStretch, makeProse, printedValue, type Prose } from "../prose/prose.ts";
import { findTitle, titleDraft } from "../prose/titles.ts";
import { IsoDate } from "./shapes.ts";

const schema = z
  .object({
    title: z.string(),
    document_kind: z.string().meta({
      description:
        "The word of the title that says it: complaint, order, Urteil, jugement, sentencia, will ...",
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

const declares: Declaration = {
  fields: [
    {
      pointer: "/case_number",
      kind: "identifier",
      labels: wordings(
        "case number; case no; case #; case id; cause number; cause no; docket number; docket no; docket; index number; index no; file number; file no; claim number; claim no; civil action number; civil action no; matter number; matter no; court file number; proceeding number; suit no; action no; case reference; court reference; aktenzeichen; az; geschäftszeichen; geschäftsnummer; gesch.-nr; gz; verfahrensnummer; n° rg; rg n°; rg; n° de rôle; numéro de rôle; n° de dossier; dossier n°; affaire n°; numéro d'affaire; n° d'affaire; répertoire général; n° minute; procedimiento; procedimiento nº; nº de procedimiento; número de procedimiento; autos; autos nº; nº autos; expediente; número de expediente; nº de expediente; rollo; recurso nº; nig; zaaknummer; rolnummer; numero di ruolo; r.g.; processo nº",
      ),
    },
    {
      pointer: "/court",
      kind: "name",
      labels: wordings(
        "court; court name; name of court; tribunal; gericht; zuständiges gericht; juridiction; juzgado; órgano judicial; tribunale; rechtbank; issuing court",
      ),
    },
    {
      pointer: "/filing_date",
      kind: "date",
      labels: wordings(
        "filed; filed on; date filed; filing date; date of filing; file date; date; dated; date issued; issued; issue date; entered; date entered; lodged; received; eingereicht am; eingereicht; eingang; eingegangen am; datum; einreichungsdatum; eingangsdatum; date; date de dépôt; déposé le; date du dépôt; enregistré le; date d'enregistrement; en date du; fecha; fecha de presentación; presentado el; presentada el; fecha de registro; fecha de interposición; data; datum indiening; data di deposito",
      ),
    },
    {
      pointer: "/hearing_date",
      kind: "date",
      labels: wordings(
        "hearing date; hearing; date of hearing; hearing on; return date; trial date; court date; appearance date; termin; verhandlungstermin; termin am; mündliche verhandlung; audience; date d'audience; date de l'audience; audience du; vista; fecha de vista; fecha de la vista; señalamiento; fecha de audiencia; udienza; zitting",
      ),
    },
    {
      pointer: "/judge",
      kind: "name",
      labels: wordings(
        "judge; presiding judge; assigned judge; judge assigned; hon; honorable; the honorable; justice; magistrate; magistrate judge; presiding; assigned to; judicial officer; richter; richterin; vorsitzender richter; vorsitzende richterin; vorsitz; einzelrichter; juge; président; présidente; juge unique; magistrat; juez; jueza; magistrado; magistrada; magistrado-juez; ponente; magistrado ponente; giudice; rechter; juiz",
      ),
    },
    {
      pointer: "/subject",
      kind: "text",
      maxLength: 200,
      labels: wordings(
        "subject; re; regarding; in re; nature of suit; nature of action; nature of case; nature of the case; nature of claim; cause of action; subject matter; type of case; wegen; gegenstand; betreff; streitgegenstand; betr; verfahrensgegenstand; klagegegenstand; objet; nature de l'affaire; objet du litige; matière; objet de la demande; asunto; objeto; materia; sobre; objeto del litigio; objeto del procedimiento; oggetto; onderwerp; betreft; assunto",
      ),
    },
    {
      pointer: "/relief",
      kind: "paragraph",
      maxLength: 1_500,
      labels: wordings(
        "relief requested; relief sought; prayer for relief; relief claimed; relief prayed for; remedy sought; remedies sought; klageantrag; klageanträge; klagebegehren; antrag; anträge; begehren; demandes; dispositif; beantragt wird; prétentions; demandes du demandeur; petición; peticiones; suplico; petitum; pretensión; pretensiones; petición de la demanda",
      ),
    },
  ],
  rows: [],
};

export const legalDocument = defineExtractor({
  kind: "legal_document",
  version: 2,
  title: "Legal document",
  checks: ["dates_plausible"],
  schema,
  required: ["/title", "/case_number"],
  draft: draftLegalDocument,
});

const TITLE = {
  words: TITLE_WORD,
  never:
    /\b(?:court|cour|tribunal|\w*gericht|juzgado|plaintiffs?|defendants?|case no|attorneys? (?:for|at)|district of|county of|telephone|aktenzeichen)\b|^(?:entre|between|and|et|und|v\.?|vs\.?)$/,
  reach: 0.75,
};

/** A court paper: its caption, and what its sentences say. */
function draftLegalDocument(reading: Reading): Draft {
  const prose = makeProse(reading.view.parsed);
  const title = findTitle(prose, TITLE);
  const { view } = reading;
  const kind = title && legalKind(prose.text.slice(title.start, title.end));
  const values: DraftValue[] = title ? [titleDraft(prose, title)] : [];
  if (title && kind) {
    const stretch = { start: title.start + kind.start, end: title.start + kind.end };
    values.push(printedValue(prose, "/document_kind", stretch, 0.85));
  }
  const parties = draftParties(reading, prose);
  const roles = parties
    .filter(({ pointer }) => pointer.endsWith("/role"))
    .map(({ value }) => foldInPlace(String(value)));
  const own = [
    ...values,
    ...findCourt(view),
    ...findCaseNumber(view),
    ...parties,
    ...draftCourtDates(prose, reading.dayFirst),
    ...findJudge(view),
    ...mergeDrafts(draftCounsel(prose), counselDrafts(findPairedCounsel(view, roles))),
    ...draftSubject(prose),
    ...draftRelief(prose),
  ];
  return {
    values: mergeDrafts(
      mergeDrafts(own, draftCourtPairs(view, reading.dayFirst)),
      readDeclared(reading, declares),
    ),
  };
}

function draftParties(reading: Reading, prose: Prose): DraftValue[] {
  const parties = findCaptionParties(captionLines(reading.view));
  if (parties.length >= 2) return captionDrafts(parties);
  const sides = findSides(reading.view);
  if (sides.length >= 2) return sideDrafts(sides);
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
  const values: DraftValue[] = [];
  for (const [index, { name, firm, represents }] of findCounsel(prose).entries()) {
    const at = `/counsel/${index}`;
    if (name) values.push(printedValue(prose, `${at}/name`, name, 0.78));
    if (firm) values.push(printedValue(prose, `${at}/firm`, firm, 0.72));
    if (represents) values.push(printedValue(prose, `${at}/represents`, represents, 0.78));
  }
  return values;
}
