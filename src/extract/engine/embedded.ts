import type { CustomExtractor } from "../../model/custom-extractor.ts";
import type { Check, DocumentType, Extraction } from "../../model/extraction.ts";
import type { Lesson } from "../../model/lesson.ts";
import type { ParsedDocument } from "../../model/parsed.ts";
import type { StructuredDocument } from "../../model/structured.ts";
import type { Engine } from "../../ports.ts";
import { firsts, settle as settleAsLearned, type Settle } from "../confidence/settle.ts";
import { compileExtractor } from "../custom/compile.ts";
import { draftCustom } from "../custom/draft-custom.ts";
import { findKin } from "../custom/kin.ts";
import { withoutTwice } from "./once-printed.ts";
import { readPartyRecords } from "./party-records.ts";
import { readDeclared } from "../declared/read-declared.ts";
import type { Draft, Extractor, Reads } from "../define.ts";
import { draftGeneric } from "../kinds/generic.ts";
import { mergeMemory } from "../memory/merge.ts";
import { recall } from "../memory/recall.ts";
import { extractors } from "../registry.ts";
import { findCountry, findCurrency } from "./currency.ts";
import { doubtLanguage } from "./doubt-language.ts";
import { findDoubts } from "./doubts.ts";
import type { DraftValue } from "./draft.ts";
import { assemble, cite } from "./evidence.ts";
import type { LineItemDraft, LineItems } from "./line-item.ts";
import { findLineItems } from "./line-items.ts";
import { asPrinted, makeLegible } from "./legible.ts";
import { inSchemaOrder } from "./order.ts";
import { provenOnly } from "./proven-only.ts";
import { readAmounts, sumOfLines } from "./read-amounts.ts";
import { readBankAccounts } from "./read-bank.ts";
import { readFields } from "./read-fields.ts";
import { readCategory, readSubtype } from "./read-kind.ts";
import { readParties } from "./read-parties.ts";
import { read, type Reading } from "./reading.ts";
import { readStructuredDocument, structuredFor } from "../structured/draft-structured.ts";
import { withGuessedLabels } from "./stem-labels.ts";
import { rescore } from "../scorer/rescore.ts";
import type { Evidence } from "../scorer/scored-field.ts";
import type { Piece } from "./view.ts";

const ID = "embedded/4";
/** A general value that is less sure yields to what a type's own reading says. */
const SURE = 0.5;
const HEAD_PAGES = 40;
const TAIL_PAGES = 20;
/** Least confidence of an amount that a sum proves, and how much less a guessed label says than a known one. */
const PROVEN = 0.8;
const GUESSED = 0.85;
/** What a guessed label of a number is not trusted with: a few digits, a version or a paragraph. */
const SHORT_NUMBER = /^\d{1,3}$|^\d{1,3}(?:\.\d{1,3})+$/;

/** The engine that is always there: labels, layout and arithmetic over the words. No network, no key. */
export function createEmbeddedEngine(settle: Settle = settleAsLearned): Engine {
  return {
    id: ID,
    extract: async (parsed, type, { custom, lessons = [] } = {}) =>
      custom
        ? extractCustom(parsed, type, custom, { lessons, settle })
        : extractFrom(parsed, type, { lessons, settle }),
  };
}

/** What the engine goes by beside the document. */
interface Means {
  readonly lessons: readonly Lesson[];
  readonly settle: Settle;
}

function extractFrom(parsed: ParsedDocument, type: DocumentType, { lessons, settle }: Means): Extraction {
  const legible = makeLegible(parsed);
  const { data, values: drafts, checks, warnings = [], reading } = draftAll(legible, type, lessons);
  const { reads, required, schema }: Extractor = extractors[type];
  const business = reads !== undefined;
  const { values, estimate } = reading
    ? settle(drafts, { reading, business, required, mayDrop: data === undefined })
    : { values: drafts, estimate: null };
  const ordered = inSchemaOrder(values, schema);
  const assembled = assemble(parsed, asPrinted(ordered, parsed, legible), ID);
  return {
    data: data ?? assembled.data,
    evidence: assembled.evidence,
    warnings: [...warnings],
    ...(checks ? { checks } : {}),
    ...(estimate === null ? {} : { estimate }),
  };
}

/** A user's extractor: its own labels, and what the document's own type reads of the same meaning. */
function extractCustom(
  parsed: ParsedDocument,
  type: DocumentType,
  custom: CustomExtractor,
  { lessons, settle }: Means,
): Extraction {
  const extractor = compileExtractor(custom);
  const legible = makeLegible(parsed);
  const reading = read(headAndTail(legible));
  const declared = readDeclared(reading, extractor.declares);
  const { values, warnings = [] } = draftAll(legible, type, lessons);
  const { declares, vocabulary }: Extractor = extractors[type];
  const kin = findKin(extractor.declares, declares ?? vocabulary, values);
  const remembered = recall(reading, { type, extractor: custom.name }, lessons);
  const drafts = mergeMemory(draftCustom(extractor, declared, values, kin), remembered);
  const settled = settle(drafts, { reading, business: false, required: [], mayDrop: true });
  return { ...assemble(parsed, asPrinted(settled.values, parsed, legible), ID), warnings: [...warnings] };
}

/** Everything that a built-in type's definition leads to. */
function draftAll(
  parsed: ParsedDocument,
  type: DocumentType,
  lessons: readonly Lesson[],
): Draft & { readonly checks?: Check[]; readonly reading?: Reading } {
  const extractor: Extractor = extractors[type];
  const { reads, declares } = extractor;
  const draftOwn = extractor.draft ?? (declares ? draftNothing : draftGeneric);
  const structured = structuredFor(parsed.structured, type);
  if (structured) return draftStructured(structured, parsed, type);
  const reading = read(reads ? headAndTail(parsed) : parsed);
  const declared = by("declared", declares ? readDeclared(reading, declares) : []);
  const remembered = recall(reading, { type, extractor: null }, lessons);
  if (reads) {
    const own = by("own", extractor.draft ? extractor.draft(reading, parsed).values : []);
    const general = draft(reading, reads, parsed);
    const sure = own.length === 0 ? general : general.filter(({ confidence }) => confidence >= SURE);
    const named = readPartyRecords(parsed, reads.parties);
    const drafts = [...sure, ...own, ...general, ...declared];
    const found = withoutTwice(firsts([...named, ...withoutParties(drafts, named)]));
    const foreign = doubtLanguage(reading, type);
    const values = mergeMemory(foreign.length > 0 ? provenOnly(found, reading) : found, remembered);
    return { values, warnings: [...findDoubts(reading, parsed, values), ...foreign], reading };
  }
  const own = draftOwn(reading, parsed);
  const values = mergeMemory([...by("own", own.values), ...declared], remembered);
  return { ...own, warnings: [...(own.warnings ?? []), ...doubtLanguage(reading, type)], values, reading };
}

/** A party that the file's own names tell of is told of by them alone. */
function withoutParties(values: readonly DraftValue[], named: readonly DraftValue[]): readonly DraftValue[] {
  const parties = named.flatMap(({ pointer }) =>
    pointer.endsWith("/name") ? [pointer.slice(0, -"name".length)] : [],
  );
  if (parties.length === 0) return values;
  return values.filter(
    ({ pointer }) => !parties.some((party) => pointer.startsWith(party)) || pointer.endsWith("_id"),
  );
}

/** Values with the part of the engine that chose them. */
function by(reader: NonNullable<DraftValue["reader"]>, values: readonly DraftValue[]): DraftValue[] {
  return values.map((value) => Object.assign({ reader }, value));
}

function draftNothing(): Draft {
  return { values: [] };
}

/** The structure is exact; the pages around it are read too, for their places and to be compared with it. */
function draftStructured(
  structured: StructuredDocument,
  parsed: ParsedDocument,
  type: DocumentType,
): Draft & { readonly checks: Check[] } {
  const { reads, required }: Extractor = extractors[type];
  const around = structured.attachment === null ? null : headAndTail(parsed);
  const reading = around && read(around);
  const page = reading && reads ? draft(reading, reads, around) : [];
  return readStructuredDocument(structured, type, { parsed, reading, page, required });
}

/** Names, numbers and totals stand at a long document's beginning and end. */
function headAndTail(parsed: ParsedDocument): ParsedDocument {
  const { pages } = parsed;
  if (pages.length <= HEAD_PAGES + TAIL_PAGES) return parsed;
  return { ...parsed, pages: [...pages.slice(0, HEAD_PAGES), ...pages.slice(-TAIL_PAGES)] };
}

function draft(reading: Reading, reads: Reads, parsed: ParsedDocument): DraftValue[] {
  const { values, evidence } = draftByRules(reading, reads, parsed);
  return rescore(values, reads.scored ?? [], evidence);
}

/** The values that rules choose, and what a scorer looks at to choose again. */
export function draftByRules(
  reading: Reading,
  reads: Reads,
  parsed: ParsedDocument,
): { values: DraftValue[]; evidence: Evidence } {
  const { items, regions } = findLineItems(parsed.pages, {
    decimal: reading.decimal,
    dayFirst: reading.dayFirst,
    currency: null,
    language: reading.language,
    receipt: reads.receipt,
  });
  const amounts = readAmounts(reading, reads, items, regions);
  const known = [
    ...readFields(reading, reads.fields),
    ...amounts.values,
    ...currencyDrafts(reading, reads, amounts.pieces),
    ...readParties(reading, reads.parties),
    ...(reads.subtype === undefined ? [] : readSubtype(reading, reads.subtype)),
    ...(reads.category === undefined ? [] : readCategory(reading, reads.category)),
    ...(reads.bankAccounts ? readBankAccounts(reading) : []),
    ...itemDrafts(items),
  ];
  const values = reads.receipt ? known : withSecondLook(reading, reads, known, { items, regions });
  const drafts = new Map(values.toReversed().map((value) => [value.pointer, value]));
  return { values, evidence: { reading, drafts, amounts, lineSum: sumOfLines(items) } };
}

/**
 * The values with what labels of unknown wording give, read by the stems of their words: only where the known ones
 * gave nothing, or an amount that no sum proves; amounts only where a sum closes.
 */
function withSecondLook(
  reading: Reading,
  reads: Reads,
  known: readonly DraftValue[],
  { items, regions }: LineItems,
): DraftValue[] {
  const guessed = withGuessedLabels(reading);
  const amounts = readAmounts(guessed, reads, items, regions, true);
  const totals = new Set(Object.values(reads.amounts));
  const proven = amounts.values.filter(({ confidence }) => confidence >= PROVEN);
  const better = new Set(proven.map(({ pointer }) => pointer).filter((pointer) => totals.has(pointer)));
  const kept = known.filter(
    ({ pointer, confidence }) => !(totals.has(pointer) && better.has(pointer) && confidence < PROVEN),
  );
  const given = new Set(kept.map(({ pointer }) => pointer));
  const taken = new Set(known.map(({ value }) => String(value)));
  const found = [
    ...readFields(guessed, reads.fields).filter(
      ({ value }) => !taken.has(String(value)) && !SHORT_NUMBER.test(String(value)),
    ),
    ...proven,
    ...readParties(guessed, reads.parties),
  ];
  const fresh = found
    .filter(({ pointer }) => !given.has(pointer))
    .map((value): DraftValue =>
      Object.assign({}, value, { confidence: value.confidence * GUESSED, reader: "guessed" as const }),
    );
  return [...kept, ...fresh];
}

function currencyDrafts(reading: Reading, reads: Reads, totals: readonly Piece[]): DraftValue[] {
  const values: DraftValue[] = [];
  const currency = findCurrency(reading, totals);
  if (currency && currency.score >= 0.5) {
    values.push({
      pointer: reads.currency,
      value: currency.code,
      cited: currency.pieces.map((piece) => cite(piece)),
      confidence: currency.score,
      derived: !currency.printed,
    });
  }
  const country = reads.country === undefined ? null : findCountry(reading);
  if (country && reads.country !== undefined) {
    values.push({
      pointer: reads.country,
      value: country.code,
      cited: [cite(country.piece)],
      confidence: Math.min(0.9, 0.5 + 0.12 * country.score),
      derived: true,
    });
  }
  return values;
}

function itemDrafts(items: readonly LineItemDraft[]): DraftValue[] {
  return items.flatMap((item, index) =>
    Object.entries(item.cells).map(([field, cell]) => ({
      pointer: `/line_items/${index}/${field}`,
      value: cell.value,
      cited: cell.cited,
      confidence: cell.confidence,
    })),
  );
}
