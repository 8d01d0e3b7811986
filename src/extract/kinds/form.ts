import { z } from "zod";
import type { FormField, ParsedDocument, ParsedPage } from "../../model/parsed.ts";
import { defineExtractor, type Draft } from "../define.ts";
import type { Cited, DraftValue, Place } from "../engine/draft.ts";
import type { Reading } from "../engine/reading.ts";
import type { Chunk } from "../forms/chunks.ts";
import { listFields, listPairs } from "../forms/list-fields.ts";
import { listPrinted, type PrintedForm } from "../forms/list-printed.ts";
import { findPhrases, type Phrase, printedRows } from "../forms/printed.ts";
import type { FormValue, NamedReading } from "../forms/read-named.ts";
import { findYear, readKnownForm } from "../forms/recognise.ts";

const FormValueData = z
  .object({
    name: z.string(),
    label: z.string(),
    value: z.string().meta({ description: "What is filled in; `selected` or `unselected` for a box" }),
    checked: z.boolean(),
  })
  .partial();

const schema = z
  .object({
    form_id: z.string(),
    form_title: z.string(),
    tax_year: z.string(),
    fields: z.array(FormValueData),
  })
  .partial();

export const form = defineExtractor({
  kind: "form",
  version: 3,
  title: "Form",
  schema,
  required: [],
  draft: draftForm,
});

/** Reads a form: a known one by its own names, any other as the list of its fields. Pure. */
function draftForm(reading: Reading, parsed: ParsedDocument): Draft {
  const { view } = reading;
  const known = readKnownForm(view, parsed);
  const values: DraftValue[] = known ? draftHead(known, parsed, reading) : [];
  const listed = listFields(view, parsed, known?.used ?? new Set());
  const rest = known ? listed.filter(({ checked }) => checked !== false) : listed;
  const named = (known?.values ?? []).map((value) => Object.assign({ page: known?.page }, value));
  const found = [...named, ...rest];
  const printed = known ? null : listPrinted(view, parsed);
  if (printed) values.push(...draftPrintedHead(printed));
  const pairs = printed && printed.values.length > 0 ? printed.values : listPairs(parsed);
  const all = found.length > 0 ? found : pairs;
  for (const [index, value] of all.entries()) values.push(...draftField(index, value, value.page));
  return { values };
}

/** Which form it is: cited is what told it, its number, its title or a mark; where no row shows any, it is not given. */
function draftHead(known: NamedReading, parsed: ParsedDocument, { view }: Reading): DraftValue[] {
  const { form, page } = known;
  const rows = printedRows(view, page);
  const [id] = [`form ${form.id}`, form.id].flatMap((phrase) => findPhrases(rows, phrase));
  const [title] = findPhrases(rows, form.title.split(" ").slice(0, 4).join(" "));
  const [mark] = form.marks.flat().flatMap((wording) => findPhrases(rows, wording));
  const cited = (...told: readonly (Phrase | undefined)[]): Cited[] =>
    citeWords(page, told.find((phrase) => phrase !== undefined)?.words ?? []);
  const values: DraftValue[] = [
    {
      pointer: "/form_id",
      value: form.id,
      cited: cited(id, title, mark),
      confidence: 0.95,
      derived: true,
    },
    {
      pointer: "/form_title",
      value: form.title,
      cited: cited(title, id, mark),
      confidence: 0.9,
      derived: true,
    },
  ];
  const fields = parsed.form_fields.filter((field) => field.page === page.number);
  const year = findYear(known, rows, fields);
  if (year) {
    values.push({
      pointer: "/tax_year",
      value: year.year,
      cited: citeWords(page, year.words),
      confidence: 0.85,
      derived: true,
    });
  }
  return values;
}

/** What a form that is not known by name says of itself. */
function draftPrintedHead({ head: { title, id }, page }: PrintedForm): DraftValue[] {
  const draft = (pointer: string, value: string, { words }: Chunk, confidence: number): DraftValue[] =>
    page ? [{ pointer, value, cited: citeWords(page, words), confidence, derived: false }] : [];
  return [
    ...(title ? draft("/form_title", title.text, title, 0.75) : []),
    ...(id ? draft("/form_id", id.value, id.chunk, 0.7) : []),
  ];
}

function draftField(index: number, value: FormValue, page: ParsedPage | undefined): DraftValue[] {
  const at = `/fields/${index}`;
  const [field] = value.fields;
  const place = field ? placeOf(field) : undefined;
  const cited = page ? citeWords(page, value.words) : [];
  const label = page ? citeWords(page, value.labelWords) : [];
  const shown = cited.length > 0 || place ? cited : label;
  const shared = {
    confidence: value.confidence,
    ...(place ? { place, source: "form_field" as const, content: field?.value ?? value.value } : {}),
  };
  const drafts: DraftValue[] = [
    { pointer: `${at}/name`, value: value.name, cited: shown, ...shared, derived: true },
    {
      pointer: `${at}/value`,
      value: value.value,
      cited: shown,
      ...shared,
      ...(value.checked === null ? {} : { derived: true }),
    },
  ];
  if (value.label !== "") {
    drafts.push({
      pointer: `${at}/label`,
      value: value.label,
      cited: label.length > 0 ? label : shown,
      ...shared,
      derived: true,
    });
  }
  if (value.checked !== null) {
    drafts.push({ pointer: `${at}/checked`, value: value.checked, cited: shown, ...shared, derived: true });
  }
  return drafts;
}

function placeOf({ name, page, bbox }: FormField): Place {
  return { field: name, ...(page === null ? {} : { page }), ...(bbox === null ? {} : { bbox }) };
}

/** Cites words line by line, as they are printed. */
function citeWords(page: ParsedPage, words: readonly number[]): Cited[] {
  const lines = new Map<number, number[]>();
  for (const index of words.toSorted((a, b) => a - b)) {
    const line = page.lines.findIndex(({ words: [first, behind] }) => index >= first && index < behind);
    lines.set(line, [...(lines.get(line) ?? []), index]);
  }
  return [...lines.values()].map((own) => ({
    page: page.number,
    words: own,
    content: own.map((index) => page.words[index]?.text ?? "").join(" "),
  }));
}
