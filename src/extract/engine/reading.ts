import type { ParsedDocument } from "../../model/parsed.ts";
import type { LabelKey } from "../labels/label-key.ts";
import { findDates, inferDayFirst, type PrintedDate } from "./dates.ts";
import { findLabels, type LabelHit } from "./labels.ts";
import { inferLanguage } from "./language.ts";
import { type DecimalMark, findMoney, inferDecimalMark, inferSpacedThousands, type Money } from "./money.ts";
import { makeView, type Piece, type Row, type Segment, type View } from "./view.ts";

/** A printed percentage. `rate` is the number before the sign. */
export interface PrintedRate {
  readonly piece: Piece;
  readonly rate: number;
}

/** Everything found in a document before fields are decided: labels and typed candidates by segment. */
export interface Reading {
  readonly view: View;
  readonly decimal: DecimalMark | null;
  readonly dayFirst: boolean | null;
  readonly language: string | null;
  readonly labels: ReadonlyMap<Segment, readonly LabelHit[]>;
  readonly money: ReadonlyMap<Segment, readonly Money[]>;
  readonly dates: ReadonlyMap<Segment, readonly PrintedDate[]>;
  readonly rates: ReadonlyMap<Segment, readonly PrintedRate[]>;
  /** Rows that head a table of line items: their words are columns, not labels of totals. */
  readonly headerRows: ReadonlySet<number>;
}

export function read(parsed: ParsedDocument): Reading {
  const view = makeView(parsed);
  const decimal = inferDecimalMark(view);
  const spaced = inferSpacedThousands(view);
  const labels = group(findLabels(view), (hit) => hit.piece.segment);
  const language = inferLanguage(view, [...labels.values()].flat());
  const dayFirst = inferDayFirst(view) ?? (language === null || language === "en" ? null : true);
  const money = new Map<Segment, Money[]>();
  const dates = new Map<Segment, PrintedDate[]>();
  const rates = new Map<Segment, PrintedRate[]>();
  for (const segment of view.segments) {
    if (!/\d/.test(segment.text)) continue;
    const datesHere = findDates(segment, dayFirst);
    dates.set(segment, datesHere);
    rates.set(segment, findRates(segment));
    money.set(
      segment,
      findMoney(segment, decimal, spaced).filter(
        (amount) => !datesHere.some((date) => overlaps(date.piece, amount.piece)),
      ),
    );
  }
  const headerRows = new Set(view.rows.filter((row) => isHeaderRow(row, labels)).map((row) => row.index));
  return { view, decimal, dayFirst, language, labels, money, dates, rates, headerRows };
}

function group<T>(items: readonly T[], segmentOf: (item: T) => Segment): Map<Segment, T[]> {
  const groups = new Map<Segment, T[]>();
  for (const item of items) {
    const segment = segmentOf(item);
    const found = groups.get(segment);
    if (found) found.push(item);
    else groups.set(segment, [item]);
  }
  return groups;
}

export function overlaps(a: Piece, b: Piece): boolean {
  return a.segment === b.segment && a.start < b.end && a.end > b.start;
}

const RATE = /(?<![\d.,])(\d{1,2}(?:[.,]\d{1,3})?)\s?%|%\s?(\d{1,2}(?:[.,]\d{1,2})?)(?![\d%])/g;

function findRates(segment: Segment): PrintedRate[] {
  return [...segment.text.matchAll(RATE)].map((match) => ({
    piece: { segment, start: match.index, end: match.index + match[0].length },
    rate: Number((match[1] ?? match[2] ?? "").replace(",", ".")),
  }));
}

const COLUMN_KEYS: readonly LabelKey[] = [
  "column_description",
  "column_quantity",
  "column_unit",
  "column_price",
  "column_amount",
  "column_code",
];

function isHeaderRow(row: Row, labels: ReadonlyMap<Segment, readonly LabelHit[]>): boolean {
  const columns = new Set<LabelKey>();
  let hits = 0;
  for (const segment of row.segments) {
    for (const hit of labels.get(segment) ?? []) {
      const keys = COLUMN_KEYS.filter((key) => hit.keys.has(key));
      if (keys.length === 0 || hit.colon) continue;
      hits += 1;
      for (const key of keys) columns.add(key);
    }
  }
  const itemColumns =
    columns.has("column_description") || columns.has("column_quantity") || columns.has("column_price");
  return (
    hits >= 3 &&
    columns.size >= 3 &&
    itemColumns &&
    !row.segments.some((segment) => /\d[.,]\d{2}\b/.test(segment.text))
  );
}
