import { foldKey } from "../../model/fold.ts";
import type { FormField, ParsedDocument, ParsedPage } from "../../model/parsed.ts";
import type { View } from "../engine/view.ts";
import { namedForms } from "./all.ts";
import type { NamedForm } from "./define-form.ts";
import { findPhrases, printedRows, type PrintedRow } from "./printed.ts";
import { type NamedReading, readNamed } from "./read-named.ts";

/** Pages that are looked at: a form has several copies and pages of instructions. */
const MAX_PAGES = 30;

/** Which known form a document is, read on the page where most of it is filled in; null where it is none. */
export function readKnownForm(view: View, parsed: ParsedDocument): NamedReading | null {
  let best: NamedReading | null = null;
  for (const page of parsed.pages.slice(0, MAX_PAGES)) {
    const form = formOn(page);
    if (!form || (best && best.form !== form)) continue;
    const fields = parsed.form_fields.filter((field) => field.page === page.number);
    const reading = readNamed(form, page, printedRows(view, page), fields);
    if (!best || filled(reading) > filled(best)) best = reading;
  }
  return best;
}

function filled({ values }: NamedReading): number {
  return values.filter(({ checked }) => checked !== false).length;
}

/** The form that a page says it is: every one of its marks is printed, in one of its wordings. */
function formOn(page: ParsedPage): NamedForm | null {
  const text = foldKey(page.text);
  const found = namedForms.find(({ marks }) =>
    marks.every((wordings) => wordings.some((wording) => text.includes(foldKey(wording)))),
  );
  return found ?? null;
}

/** The year of a form of one year, with the words that say so. */
export function findYear(
  { page, form }: NamedReading,
  rows: readonly PrintedRow[],
  fields: readonly FormField[],
): { year: string; words: number[] } | null {
  if (!form.yearly) return null;
  const own = page.words.findIndex((word) => /^20[0-4]\d$/.test(word.text));
  const [label] = findPhrases(rows, "for calendar year");
  if (label) {
    const row = rows[label.row] ?? [];
    const words = row.filter((word) => word.bbox[0] >= label.box[2] - 0.001).slice(0, 2);
    const printed = words
      .map((word) => word.text)
      .join("")
      .match(/20\d\d/)?.[0];
    if (printed !== undefined) return { year: printed, words: words.map((word) => word.index) };
    const typed = fields.find(
      ({ bbox, value }) =>
        bbox !== null && /^\d\d$/.test(value ?? "") && Math.abs(bbox[1] - label.box[1]) < 0.05,
    );
    if (typed?.value) return { year: `20${typed.value}`, words: [...label.words] };
  }
  return own < 0 ? null : { year: page.words[own]?.text ?? "", words: [own] };
}
