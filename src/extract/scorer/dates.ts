import { findDateField, type DateQuery } from "../engine/date-fields.ts";
import type { PrintedDate } from "../engine/dates.ts";
import { readConfidence, textOf } from "../engine/view.ts";
import type { LabelKey } from "../labels/label-key.ts";
import { repairDigits } from "../../model/misread.ts";
import { reachOfLabels } from "./labels-near.ts";
import { isMisreadDate, misreadDates } from "./misread-dates.ts";
import type { Candidate, Evidence, ScoredField } from "./scored-field.ts";
import { type SpreadDate, spreadDates } from "./spread-dates.ts";

const LABELS: readonly LabelKey[] = [
  "invoice_date",
  "date",
  "time",
  "due_date",
  "delivery_date",
  "order_date",
  "other_date",
  "service_period",
];
const FEATURES = [
  ...LABELS.flatMap((key) => [`${key}.strength`, `${key}.side`]),
  "rule_score",
  "rule_rank",
  "rule_same",
  "row_share",
  "rank",
  "count",
  "distinct",
  "repeats",
  "certain",
  "timed",
  "timed_row",
  "alone",
  "letters_before",
  "letters_after",
  "latest",
  "earliest",
  "years_behind_latest",
  "size",
  "x",
  "header_row",
  "year_short",
  "repaired",
  "read_confidence",
  "money_row",
] as const;

/** A document's own date among all that are printed. */
export function dateField(name: string, pointer: string, query: DateQuery): ScoredField {
  return { name, features: FEATURES, candidates: (evidence) => candidatesOf(evidence, pointer, query) };
}

function candidatesOf(evidence: Evidence, pointer: string, query: DateQuery): Candidate[] {
  const { reading } = evidence;
  const dates: SpreadDate[] = [...reading.dates.values()].flat();
  dates.push(...spreadDates(reading), ...misreadDates(reading));
  const announced = reachOfLabels(reading, LABELS);
  const choices = findDateField(reading, query);
  const ruled = evidence.drafts.get(pointer)?.value;
  const isos = dates.map((date) => date.iso).sort();
  const years = isos.map((iso) => Number(iso.slice(0, 4)));
  const rows = Math.max(1, reading.view.rows.length);
  return dates.map((date, rank) => {
    const { piece, iso } = date;
    const { segment } = piece;
    const choice = choices.findIndex((one) => one.value === iso);
    const row = reading.view.rows[segment.row];
    const beside = (row?.segments ?? []).map((one) => one.text).join(" ");
    const behind = segment.text.slice(piece.end, piece.end + 16);
    const repaired = isRepaired(date);
    const features = [
      ...LABELS.flatMap((key) => {
        const found = announced(piece, key);
        return [found?.strength ?? 0, found?.side ?? Number.NaN];
      }),
      choices[choice]?.score ?? 0,
      choice < 0 ? Number.NaN : choice,
      Number(ruled === iso),
      segment.row / rows,
      rank,
      dates.length,
      new Set(isos).size,
      isos.filter((other) => other === iso).length,
      Number(date.certain),
      Number(/^[\s\])|-]*\d{1,2}[:.]\d{2}/.test(behind)),
      Number(/\d{1,2}:\d{2}/.test(beside)),
      Number(piece.end - piece.start > segment.text.length * 0.8),
      (segment.text.slice(0, piece.start).match(/\p{L}/gu) ?? []).length,
      (segment.text.slice(piece.end).match(/\p{L}/gu) ?? []).length,
      Number(iso === isos[isos.length - 1]),
      Number(iso === isos[0]),
      Math.max(...years) - Number(iso.slice(0, 4)),
      segment.height,
      segment.bbox[0],
      Number([...reading.headerRows].some((header) => segment.row > header && segment.row - header < 4)),
      Number(!/\d{4}/.test(textOf(piece))),
      Number(repaired),
      readConfidence(piece),
      (row?.segments ?? []).reduce((sum, one) => sum + (reading.money.get(one) ?? []).length, 0),
    ];
    return { value: iso, key: iso, pieces: date.pieces ?? [piece], features, repaired };
  });
}

/** Whether letters were taken for digits, or a separator was put back. */
function isRepaired({ piece }: PrintedDate): boolean {
  const printed = textOf(piece);
  if (isMisreadDate(printed)) return true;
  if (/^\d{8}$/.test(printed)) return false;
  return (
    repairDigits(printed) !== printed ||
    /^\d{4}[./-]\d{4}$|^\d{1,2}[./-]\d{6}$|[./-]{2}|\d{3,}[./-]\d{4}$/.test(printed)
  );
}
