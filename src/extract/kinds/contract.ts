import { z } from "zod";
import type { Declaration } from "../declared/declaration.ts";
import { readDeclared } from "../declared/read-declared.ts";
import { wordings } from "../declared/wordings.ts";
import { defineExtractor, type Draft } from "../define.ts";
import { cite } from "../engine/evidence.ts";
import type { DraftValue } from "../engine/draft.ts";
import { textOf } from "../engine/view.ts";
import { findProseMoney } from "../prose/money.ts";
import type { Reading } from "../engine/reading.ts";
import { CLAUSE_KINDS } from "../prose/clause-kinds.ts";
import { clauseDrafts, findClauses } from "../prose/contract-clauses.ts";
import { draftContractDates } from "../prose/contract-dates.ts";
import { draftContractPairs } from "../prose/contract-pairs.ts";
import { findProseParties, partyDrafts, preambleOf } from "../prose/contract-parties.ts";
import { draftContractTerms } from "../prose/contract-terms.ts";
import { findLabelledParties, labelledPartyDrafts } from "../prose/labelled-parties.ts";
import { mergeDrafts } from "../prose/merge-drafts.ts";
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
          role: z
            .string()
            .meta({ description: "What the party is in the contract: Supplier, Mieter, Acheteur" }),
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

const declares: Declaration = {
  fields: [
    {
      pointer: "/contract_number",
      kind: "identifier",
      labels: wordings(
        "contract number; contract no; contract #; contract id; contract ref; contract reference; agreement number; agreement no; agreement #; agreement id; agreement ref; lease number; lease no; policy number; reference number; reference no; reference; ref; our reference; document number; document no; order number; deal id; vertragsnummer; vertrags-nr; vertragsnr; vertrag nr; vertragskennung; aktenzeichen; referenz; zeichen; numéro de contrat; n° de contrat; contrat n°; contrat no; référence; réf; référence du contrat; número de contrato; nº de contrato; contrato nº; núm. contrato; referencia; expediente; numero contratto; contratto n; contractnummer; contract nr; número do contrato; contrato n; numer umowy; umowa nr",
      ),
    },
    {
      pointer: "/effective_date",
      kind: "date",
      labels: wordings(
        "effective date; date effective; effective from; effective as of; effective; commencement date; commencement; start date; start; starts; starting; begin date; begins; beginning; in force from; valid from; term start; from; contract start; commences; inkrafttreten; beginn; vertragsbeginn; startdatum; gültig ab; wirksam ab; laufzeitbeginn; mietbeginn; wirksamkeitsdatum; eintrittsdatum; datum des inkrafttretens; date d'effet; date d'entrée en vigueur; entrée en vigueur; prise d'effet; date de début; début; date de prise d'effet; fecha de entrada en vigor; entrada en vigor; fecha de inicio; inicio; fecha efectiva; fecha de efectos; comienzo; data di decorrenza; decorrenza; ingangsdatum; data de início",
      ),
    },
    {
      pointer: "/execution_date",
      kind: "date",
      labels: wordings(
        "date signed; signed on; signed; signature date; date of signature; date of signing; execution date; date of execution; executed on; date of agreement; agreement date; contract date; date of contract; dated; date; made on; concluded on; unterzeichnet am; unterzeichnungsdatum; vertragsdatum; abschlussdatum; datum; geschlossen am; unterschriftsdatum; ausgefertigt am; vertragsschluss; signé le; date de signature; fait le; date du contrat; date; conclu le; fecha de firma; firmado el; fecha del contrato; fecha; fecha de celebración; fecha de suscripción; data di firma; data; datum ondertekening; data de assinatura",
      ),
    },
    {
      pointer: "/expiration_date",
      kind: "date",
      labels: wordings(
        "expiration date; expiry date; expiration; expiry; expires; expires on; end date; end; ends; ending; termination date; valid until; valid to; term end; until; to; contract end; completion date; end of term; ablaufdatum; ablauf; ende; vertragsende; enddatum; gültig bis; laufzeitende; mietende; endet am; date d'expiration; échéance; date d'échéance; date de fin; fin; expire le; terme; fin du contrat; fecha de vencimiento; vencimiento; fecha de finalización; fecha de fin; fecha de terminación; fin; finalización; expira; fecha de expiración; data di scadenza; scadenza; einddatum; data de término",
      ),
    },
    {
      pointer: "/renewal_date",
      kind: "date",
      labels: wordings(
        "renewal date; renewal; renews on; next renewal; auto-renewal date; renewal deadline; verlängerungsdatum; verlängerung; nächste verlängerung; verlängert sich am; date de renouvellement; renouvellement; reconduction; fecha de renovación; renovación; fecha de prórroga; prórroga; data di rinnovo; verlengingsdatum",
      ),
    },
    {
      pointer: "/term",
      kind: "text",
      maxLength: 60,
      pattern:
        "(?=.*(?:[Dd]ay|[Ww]eek|[Mm]onth|[Yy]ear|[Tt]ag|[Ww]oche|[Mm]onat|[Jj]ahr|[Jj]our|[Ss]em|[Mm]ois|\\b[Aa]n(?:s|née|nées)?\\b|[Dd][ií]a|[Mm]es|[Aa]ño|bestimmt|befristet|nd[eé]termin|ndefini|[Jj]aar|[Mm]aand|[Gg]iorn|[Aa]nn[oi]|[Dd]ni|[Mm]ies|erpetual|ngoing)).*",
      labels: wordings(
        "term; initial term; contract term; term of agreement; duration; contract duration; contract period; period; length; lease term; term length; laufzeit; vertragslaufzeit; dauer; vertragsdauer; mietdauer; grundlaufzeit; mindestlaufzeit; durée; durée du contrat; durée initiale; période; duración; plazo; vigencia; duración del contrato; período; durata; looptijd; duur; vigência; prazo; duração",
      ),
    },
    {
      pointer: "/termination_notice",
      kind: "text",
      maxLength: 80,
      labels: wordings(
        "termination notice; notice period; notice; notice of termination; notice required; termination notice period; cancellation notice; period of notice; kündigungsfrist; frist; kündigung; kündigungsfristen; préavis; délai de préavis; préavis de résiliation; durée du préavis; preaviso; plazo de preaviso; período de preaviso; aviso previo; antelación; preavviso; opzegtermijn; aviso prévio",
      ),
    },
    {
      pointer: "/governing_law",
      kind: "text",
      maxLength: 60,
      pattern: "(?!.*\\b(?:shall|will|wird|sera|seront|ist|est|es)\\b)[^.:]*(?:[A-Z]\\.[^.:]*)*\\.?",
      labels: wordings(
        "governing law; applicable law; law; choice of law; law of contract; laws; proper law; governed by; anwendbares recht; geltendes recht; recht; maßgebliches recht; rechtswahl; droit applicable; loi applicable; droit; loi; droit régissant le contrat; ley aplicable; legislación aplicable; derecho aplicable; legislación; legge applicabile; toepasselijk recht; lei aplicável",
      ),
    },
    {
      pointer: "/jurisdiction",
      kind: "text",
      maxLength: 90,
      pattern: "(?!.*\\b(?:shall|will|wird|sera|seront|ist|est|es)\\b)[^.:]*(?:[A-Z]\\.[^.:]*)*\\.?",
      labels: wordings(
        "jurisdiction; place of jurisdiction; courts; venue; forum; competent court; competent courts; court of jurisdiction; exclusive jurisdiction; disputes; gerichtsstand; zuständiges gericht; gericht; erfüllungsort und gerichtsstand; juridiction; juridiction compétente; tribunal compétent; tribunaux compétents; compétence; attribution de juridiction; jurisdicción; fuero; tribunales competentes; juzgados; jurisdicción competente; foro competente; foro; bevoegde rechter; tribunal competente",
      ),
    },
    {
      pointer: "/value",
      kind: "money",
      labels: wordings(
        "contract value; value; contract price; price; total value; total contract value; total price; contract sum; contract amount; amount; total fee; fee; fees; total; consideration; purchase price; rent; monthly rent; annual rent; salary; annual salary; compensation; total amount; remuneration; agreed price; auftragswert; vertragswert; preis; gesamtpreis; vergütung; vertragssumme; auftragssumme; kaufpreis; miete; honorar; gehalt; entgelt; gesamtvergütung; betrag; wert; gesamtbetrag; montant; montant du contrat; prix; montant total; valeur; valeur du contrat; prix total; rémunération; honoraires; loyer; salaire; prix convenu; importe; importe del contrato; precio; valor; valor del contrato; precio total; importe total; honorarios; renta; retribución; salario; contraprestación; valore; prezzo; corrispettivo; contractwaarde; waarde; prijs; valor do contrato; preço",
      ),
    },
    {
      pointer: "/currency",
      kind: "currency",
      labels: wordings(
        "currency; contract currency; währung; vertragswährung; devise; monnaie; moneda; divisa; valuta; moeda",
      ),
    },
  ],
  rows: [],
};

export const contract = defineExtractor({
  kind: "contract",
  version: 2,
  title: "Contract",
  checks: ["dates_in_order", "near_duplicate"],
  schema,
  required: ["/title", "/parties/0/name"],
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
  const clauses = findClauses(
    prose,
    parties.length > 0 ? Math.min(preambleOf(prose).end, 7_000) : (title?.end ?? 0),
  );
  const own = [
    ...(title ? [titleDraft(prose, title)] : []),
    ...draftContractDates(prose, reading.dayFirst),
    ...draftContractTerms(prose),
    ...clauseDrafts(prose, clauses),
  ];
  const named = parties.flatMap((party, index) => partyDrafts(prose, party, `/parties/${index}`));
  const labelled = labelledPartyDrafts(findLabelledParties(reading.view));
  const particulars = draftContractPairs(reading.view, reading.dayFirst);
  const values = mergeDrafts(
    [...own, ...mergeDrafts(named, labelled)],
    [...mergeDrafts(readDeclared(reading, declares), particulars)],
  );
  return { values: withCurrency(reading, inOrder(values, particulars)) };
}

/** The currency that is printed beside the value, where no other words name it. */
function withCurrency(reading: Reading, values: DraftValue[]): DraftValue[] {
  const value = values.find(({ pointer }) => pointer === "/value");
  if (!value || values.some(({ pointer }) => pointer === "/currency")) return values;
  const [cited] = value.cited;
  const segment = reading.view.segments.find(
    ({ page, words }) => page.number === cited?.page && words.includes(cited.words[0] ?? -1),
  );
  if (!segment) return values;
  const money = findProseMoney(segment.text).find((found) => found.value === value.value);
  if (!money?.sign || money.currency === null) return values;
  const piece = { segment, ...money.sign };
  const derived = textOf(piece) !== money.currency;
  const { confidence } = value;
  return [
    ...values,
    { pointer: "/currency", value: money.currency, cited: [cite(piece)], confidence, derived },
  ];
}

/** A contract ends after it begins: an end that does not is another reading's, or none. */
function inOrder(values: readonly DraftValue[], particulars: readonly DraftValue[]): DraftValue[] {
  const at = (pointer: string): DraftValue | undefined => values.find((value) => value.pointer === pointer);
  const [start, end] = [at("/effective_date"), at("/expiration_date")];
  if (!start || !end || String(end.value) > String(start.value)) return [...values];
  const other = particulars.find(
    ({ pointer, value }) => pointer === "/expiration_date" && String(value) > String(start.value),
  );
  const kept = values.filter((value) => value !== end);
  return other ? [...kept, other] : kept;
}
