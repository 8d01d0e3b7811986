import { usualHeight } from "../engine/usual-height.ts";
import { AMOUNT_ROLES, type AmountRole } from "../engine/amount-candidates.ts";
import { type Money, moneyString, UNITS } from "../engine/money.ts";
import type { Reading } from "../engine/reading.ts";
import { readConfidence } from "../engine/view.ts";
import type { LabelKey } from "../labels/label-key.ts";
import { reachOfLabels } from "./labels-near.ts";
import { misreadAmounts } from "./misread-amounts.ts";
import type { Candidate, Evidence, ScoredField } from "./scored-field.ts";

const LABELS: readonly LabelKey[] = [
  "total",
  "subtotal",
  "tax",
  "tax_base",
  "amount_due",
  "prepaid",
  "cash",
  "change",
  "rounding",
  "discount",
  "charge",
  "tip",
  "saving",
  "quantity_total",
];
const FEATURES = [
  ...LABELS.flatMap((key) => [`${key}.strength`, `${key}.side`, `${key}.letters`]),
  ...AMOUNT_ROLES.flatMap((role) => [`${role}.score`, `${role}.rank`]),
  ...AMOUNT_ROLES.map((role) => `${role}.chosen`),
  "total_proven",
  "rule_same",
  "rule_confidence",
  "decimals",
  "currency",
  "repeats",
  "row_share",
  "last_row_share",
  "rows_behind",
  "value_rank",
  "of_greatest",
  "of_greatest_below",
  "size",
  "right",
  "last_in_row",
  "amounts_in_row",
  "letters_in_row",
  "cash_less_change",
  "sum_of_two",
  "near_other",
  "line_sum",
  "fives",
  "rows_to_cash",
  "rows_to_change",
  "zero",
  "negative",
  "repaired",
  "read_confidence",
  "header_row",
  "amounts",
] as const;
const MOST = 120;
const NEAR = 0.06 * UNITS;

/** A document's total among all its amounts, by its labels and by what the sums around it say. */
export function totalField(name: string, pointer: string): ScoredField {
  return { name, features: FEATURES, candidates: (evidence) => candidatesOf(evidence, pointer) };
}

interface Amount {
  readonly money: Money;
  readonly units: number;
  readonly decimals: number;
  readonly repaired: boolean;
}

function candidatesOf(evidence: Evidence, pointer: string): Candidate[] {
  const untipped = totalBeforeTip(evidence);
  const amounts = amountsOf(evidence.reading).filter((amount) => amount.units !== untipped);
  const sums = sumsOf(evidence, amounts);
  const announced = reachOfLabels(evidence.reading, LABELS);
  return amounts.map((amount) => {
    const { money, units, decimals, repaired } = amount;
    const features = [
      ...LABELS.flatMap((key) => {
        const found = announced(money.piece, key);
        return [found?.strength ?? 0, found?.side ?? Number.NaN, found?.letters ?? Number.NaN];
      }),
      ...roleValues(evidence, amount, pointer),
      ...placeValues(evidence.reading, amount, amounts),
      ...sums(amount),
    ];
    const value = moneyString(units, decimals);
    return { value, key: value, pieces: [money.piece], features, repaired };
  });
}

/** What a total that was chosen with its tip is without it: the tip was paid too, so this is no total. */
function totalBeforeTip({ amounts: { solved, candidates } }: Evidence): number | null {
  const [total, tip] = [solved.chosen.get("total"), candidates.get("tip")?.find((one) => !one.repaired)];
  const tax = solved.chosen.get("tax")?.units ?? 0;
  const net = solved.chosen.get("subtotal");
  if (!total || !tip || !net || tip.units <= 0) return null;
  const untipped = total.units - tip.units;
  return Math.abs(net.units + tax - untipped) <= 0.015 * UNITS ? untipped : null;
}

/** Every amount with cents or a currency, and what misread digits may have been. Totals stand at the end. */
function amountsOf(reading: Reading): Amount[] {
  const found: Amount[] = [];
  for (const segment of reading.view.segments) {
    for (const money of [...(reading.money.get(segment) ?? []), ...misreadAmounts(segment)]) {
      const repaired = Number.isNaN(money.units);
      const likely = money.decimals === 2 || money.currency !== null || reading.decimal === null;
      if (!repaired && likely && money.decimals <= 2)
        found.push({ money, units: money.units, decimals: money.decimals, repaired: false });
      for (const units of money.repairs) found.push({ money, units, decimals: 2, repaired: true });
    }
  }
  return found.slice(-MOST);
}

function roleValues(evidence: Evidence, { units, repaired }: Amount, pointer: string): number[] {
  const { candidates, solved } = evidence.amounts;
  const scores = AMOUNT_ROLES.flatMap((role) => {
    const list = candidates.get(role) ?? [];
    const at = list.findIndex((one) => one.units === units && one.repaired === repaired);
    return [list[at]?.score ?? 0, at < 0 ? Number.NaN : at];
  });
  const chosen = AMOUNT_ROLES.map((role) => Number(solved.chosen.get(role)?.units === units));
  const rule = evidence.drafts.get(pointer);
  const same = rule !== undefined && Math.round(Number(rule.value) * UNITS) === units;
  const proven = solved.proven.has("total") && solved.chosen.get("total")?.units === units;
  return [...scores, ...chosen, Number(proven), Number(same), rule?.confidence ?? 0];
}

function placeValues(reading: Reading, amount: Amount, amounts: readonly Amount[]): number[] {
  const { money, units, decimals } = amount;
  const { segment } = money.piece;
  const rows = Math.max(1, reading.view.rows.length);
  const own = reading.view.rows[segment.row]?.segments ?? [];
  const same = amounts.filter((other) => other.units === units);
  const printed = amounts.filter((other) => !other.repaired);
  const distinct = [...new Set(printed.map((other) => other.units))].sort((a, b) => b - a);
  const greatest = distinct[0] ?? units;
  const below = printed
    .filter((other) => other.money.piece.segment.row > segment.row)
    .map((other) => other.units);
  const inRow = own.flatMap((one) => reading.money.get(one) ?? []);
  const last = inRow[inRow.length - 1];
  return [
    decimals,
    Number(money.currency !== null),
    same.length,
    segment.row / rows,
    Math.max(...same.map((other) => other.money.piece.segment.row)) / rows,
    rows - segment.row,
    distinct.findIndex((other) => other <= units),
    greatest === 0 ? Number.NaN : units / greatest,
    below.length === 0 ? Number.NaN : units / Math.max(1, ...below),
    segment.height / usualHeight(reading),
    segment.bbox[2],
    Number(last?.piece.segment === segment && last.piece.start === money.piece.start),
    inRow.length,
    own.reduce((sum, one) => sum + (one.text.match(/\p{L}/gu) ?? []).length, 0),
  ];
}

/** The roles that an amount has in the sums of the amounts around it. */
function sumsOf(evidence: Evidence, amounts: readonly Amount[]): (amount: Amount) => number[] {
  const { reading, lineSum } = evidence;
  const printed = amounts.filter((amount) => !amount.repaired);
  const units = new Set(printed.map((amount) => amount.units));
  const tail = printed.slice(-24);
  const rowsOf = (role: AmountRole): number[] =>
    (evidence.amounts.candidates.get(role) ?? []).map((one) => one.piece.segment.row);
  const [cash, change] = [rowsOf("cash"), rowsOf("change")];
  const below = (rows: readonly number[], row: number): number => {
    const next = rows.filter((other) => other >= row);
    return next.length === 0 ? Number.NaN : Math.min(...next) - row;
  };
  return ({ money, units: own, repaired }) => {
    const { row } = money.piece.segment;
    const later = tail.filter((other) => other.money.piece.segment.row >= row && other.units > 0);
    const less = later.some(
      (given) =>
        given.units > own && later.some((back) => back.units === given.units - own && back !== given),
    );
    const two = tail.some(
      (part) => part.units > 0 && part.units < own && part.units * 2 !== own && units.has(own - part.units),
    );
    const near = printed.some((other) => other.units !== own && Math.abs(other.units - own) <= NEAR);
    return [
      Number(less),
      Number(two),
      Number(near),
      lineSum === null ? Number.NaN : Number(Math.abs(lineSum - own) <= 0.015 * UNITS),
      Number(own % (0.05 * UNITS) === 0),
      below(cash, row),
      below(change, row),
      Number(own === 0),
      Number(own < 0),
      Number(repaired),
      readConfidence(money.piece),
      Number(reading.headerRows.has(row)),
      printed.length,
    ];
  };
}
