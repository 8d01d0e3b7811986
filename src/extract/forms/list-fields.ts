import type { BBox } from "../../model/geometry.ts";
import type { FormField, ParsedDocument, ParsedPage } from "../../model/parsed.ts";
import { type PrintedRow, printedRows, type PrintedWord } from "./printed.ts";
import type { View } from "../engine/view.ts";
import { type FormValue, shownLines, wordsShowing } from "./read-named.ts";

/** More fields than anybody reads. */
const MAX_FIELDS = 1_000;
/** How far above its field a label may stand, and how far to the side, in fractions of the page. */
const ABOVE = 0.03;
const BESIDE = 0.25;
const MAX_LABEL_WORDS = 12;

/** Lists fields of a form that is not known by name, each by the label that is printed for it. */
export function listFields(
  view: View,
  parsed: ParsedDocument,
  used: ReadonlySet<FormField>,
): (FormValue & { page: ParsedPage | undefined })[] {
  const rows = new Map<number, PrintedRow[]>();
  const inFields = new Map<number, BBox[]>();
  for (const { page, bbox } of parsed.form_fields) {
    if (page !== null && bbox) inFields.set(page, [...(inFields.get(page) ?? []), bbox]);
  }
  return parsed.form_fields
    .filter((field) => !used.has(field) && field.kind !== "button" && field.value !== null)
    .slice(0, MAX_FIELDS)
    .map((field) => {
      const page = parsed.pages.find(({ number }) => number === field.page);
      if (page && !rows.has(page.number)) rows.set(page.number, printedRows(view, page));
      const own = (page && rows.get(page.number)) ?? [];
      const label = field.label ?? "";
      const words = label === "" ? findLabel(field, own, inFields.get(field.page ?? 0) ?? []) : [];
      const checkable = field.kind === "checkbox" || field.kind === "radio";
      const value = checkable ? (field.value ?? "") : shownLines(field, page).join("\n");
      return {
        name: field.name,
        label: label || words.map((word) => word.text).join(" "),
        labelWords: words.map((word) => word.index),
        value,
        checked: checkable ? field.value === "selected" : null,
        words: checkable ? [] : wordsShowing(value, field.bbox, page, new Set()),
        fields: [field],
        confidence: 0.98,
        page,
      };
    });
}

/** Labels and values that are printed, for a form that has no fields at all. */
export function listPairs(parsed: ParsedDocument): (FormValue & { page: ParsedPage })[] {
  return parsed.pages
    .flatMap((page) =>
      page.key_values.map(({ key, value, key_words, value_words }) => ({
        name: key,
        label: key,
        labelWords: key_words,
        value,
        checked: null,
        words: value_words,
        fields: [],
        confidence: 0.6,
        page,
      })),
    )
    .slice(0, MAX_FIELDS);
}

/** The words printed for a field: behind a box, else before the field on its row, else above it. */
function findLabel(field: FormField, rows: readonly PrintedRow[], others: readonly BBox[]): PrintedWord[] {
  const { bbox, kind } = field;
  if (!bbox) return [];
  const free = (word: PrintedWord) => !others.some((box) => isIn(word.bbox, box));
  const level = rows.map((row) => row.filter((word) => free(word) && onRow(word.bbox, bbox)));
  const before = level
    .flat()
    .filter((word) => word.bbox[2] <= bbox[0] + 0.005 && word.bbox[0] > bbox[0] - BESIDE);
  const behind = level
    .flat()
    .filter((word) => word.bbox[0] >= bbox[2] - 0.005 && word.bbox[0] < bbox[2] + BESIDE);
  const box = kind === "checkbox" || kind === "radio";
  if (box && behind.length > 0) return together(behind).slice(0, MAX_LABEL_WORDS);
  if (before.length > 0) return together(before.toReversed()).toReversed().slice(-MAX_LABEL_WORDS);
  if (box) return [];
  const above = rows
    .map((row) => row.filter((word) => free(word) && isAbove(word.bbox, bbox)))
    .findLast((row) => row.length > 0);
  return (above ?? []).slice(0, MAX_LABEL_WORDS);
}

function isAbove(word: BBox, field: BBox): boolean {
  const near = word[3] <= field[1] + 0.006 && word[3] > field[1] - ABOVE;
  return near && word[2] > field[0] && word[0] < field[2];
}

/** Words that follow each other without a wide gap, from the first. */
function together(words: readonly PrintedWord[]): PrintedWord[] {
  const run: PrintedWord[] = [];
  for (const word of words) {
    const last = run.at(-1);
    const gap = last ? Math.max(word.bbox[0] - last.bbox[2], last.bbox[0] - word.bbox[2]) : 0;
    if (gap > 0.03) break;
    run.push(word);
  }
  return run;
}

function onRow(word: BBox, field: BBox): boolean {
  const middle = (word[1] + word[3]) / 2;
  return middle > field[1] - 0.002 && middle < field[3] + 0.002;
}

function isIn(word: BBox, box: BBox): boolean {
  const [x, y] = [(word[0] + word[2]) / 2, (word[1] + word[3]) / 2];
  return x > box[0] && x < box[2] && y > box[1] && y < box[3];
}
