import type { Reads } from "../define.ts";
import {
  type AmountCandidate,
  type AmountCandidates,
  type AmountRole,
  collectAmounts,
  type Region,
} from "./amount-candidates.ts";
import { linesBalance, type SolvedAmounts, solveAmounts, type SolverFacts } from "./amount-solver.ts";
import { netOf, totalsBeforeChange, withTaxTable, withUnnamedSums } from "./amount-inference.ts";
import type { DraftValue } from "./draft.ts";
import { cite } from "./evidence.ts";
import type { LineItemDraft } from "./line-item.ts";
import { moneyString, UNITS } from "./money.ts";
import type { Reading } from "./reading.ts";
import { findRatedTaxes, findTaxes, type PrintedTax, type RatedTax } from "./taxes.ts";
import { type Piece, readConfidence } from "./view.ts";

export interface ReadAmounts {
  readonly values: readonly DraftValue[];
  /** Where the totals stand, for the currency beside them. */
  readonly pieces: readonly Piece[];
  /** What the labels say the amounts are, and which were chosen. */
  readonly candidates: AmountCandidates;
  readonly solved: SolvedAmounts;
}

/** Least score of an amount that no sum proves. */
const THRESHOLDS: Readonly<Record<AmountRole, number>> = {
  subtotal: 0.5,
  discount: 0.6,
  charge: 0.6,
  tax: 0.5,
  total: 0.3,
  prepaid: 0.6,
  amount_due: 0.45,
  rounding: 0.7,
  previous_balance: 0.7,
  tip: 0.6,
  cash: 2,
  change: 2,
};
const UNSIGNED: ReadonlySet<AmountRole> = new Set(["discount", "prepaid"]);

/** The totals of a document and its taxes by rate. `unnamed` sums count too, whatever their labels say. */
export function readAmounts(
  reading: Reading,
  reads: Reads,
  items: readonly LineItemDraft[],
  regions: readonly Region[],
  unnamed = false,
): ReadAmounts {
  const taxes = findTaxes(reading, reads.receipt ? [] : regions);
  const labelled = withTaxTable(
    reading,
    withFallbacks(reading, collectAmounts(reading, regions), reads.receipt),
    taxes,
  );
  const lastRow = lastRowOf(reading, regions);
  const candidates =
    unnamed && lastRow !== null
      ? withUnnamedSums(reading, labelled, { lineSum: sumOfLines(items), lastRow })
      : labelled;
  const rates = [...reading.rates.values()].flat().map((rate) => rate.rate);
  const facts = {
    lineSum: sumOfLines(items),
    rates: [...new Set(rates)],
    taxSum: taxes.length > 0 ? taxes.reduce((sum, tax) => sum + tax.amount.units, 0) : null,
    receipt: reads.receipt,
    roundings: (candidates.get("rounding") ?? [])
      .filter((one) => !one.repaired && Math.abs(one.units) <= (reads.receipt ? UNITS / 10 : UNITS / 2))
      .map((one) => one.units),
    tips: (candidates.get("tip") ?? []).filter((one) => !one.repaired).map((one) => one.units),
    printed: new Set([...reading.money.values()].flat().map((money) => money.units)),
  };
  const solved = solveAmounts(candidates, facts);
  const values = [
    ...amountDrafts(solved, reads),
    ...netDrafts(reading, solved, reads, { items, facts }),
    ...untaxedDrafts(solved, reads, candidates),
    ...paymentDrafts(reading, solved, reads, candidates),
    ...lineTotalDrafts(reading, solved, reads, sumOfLines(items)),
    ...(reads.taxes ? taxDrafts(taxes, ratedTaxes(reading, reads, regions, solved), solved) : []),
  ];
  return {
    values,
    pieces: [...solved.chosen.values()].map((candidate) => candidate.piece),
    candidates,
    solved,
  };
}

/** The last row of the line items, or null where there are none. */
function lastRowOf(reading: Reading, regions: readonly Region[]): number | null {
  const region = regions[regions.length - 1];
  if (!region) return null;
  const rows = reading.view.rows.filter(
    (row) => row.page.number === region.page && (row.bbox[1] + row.bbox[3]) / 2 <= region.bbox[3],
  );
  return rows[rows.length - 1]?.index ?? null;
}

/** What is due is the total where no label says total; on receipts what was paid can be it too. */
function withFallbacks(
  reading: Reading,
  candidates: ReadonlyMap<AmountRole, readonly AmountCandidate[]>,
  receipt: boolean,
): ReadonlyMap<AmountRole, readonly AmountCandidate[]> {
  const totals = [...(candidates.get("total") ?? [])];
  const add = (role: AmountRole, weight: number): void => {
    for (const candidate of candidates.get(role) ?? []) {
      const known = totals.findIndex((total) => total.units === candidate.units && !total.repaired);
      const twin = totals[known];
      if (twin && !candidate.repaired)
        totals[known] = { ...twin, score: twin.score + (1 - twin.score) * 0.3 * candidate.score };
      else totals.push({ ...candidate, score: candidate.score * weight });
    }
  };
  add("amount_due", receipt ? 0.95 : 0.7);
  if (receipt) add("subtotal", 0.3);
  if (receipt && (candidates.get("tip") ?? []).length > 0) add("prepaid", 0.55);
  if (receipt) totals.push(...settledTotals(reading, candidates));
  return new Map([...candidates, ["total" as const, totals.sort((a, b) => b.score - a.score)]]);
}

/** What a till's last lines say the total is: cash less change, the rounded total, and at last the cash itself. */
function settledTotals(
  reading: Reading,
  candidates: ReadonlyMap<AmountRole, readonly AmountCandidate[]>,
): AmountCandidate[] {
  const sure = (role: AmountRole): AmountCandidate[] =>
    (candidates.get(role) ?? []).filter((candidate) => !candidate.repaired && candidate.score > 0.25);
  const printed = [...reading.money.values()].flat().filter((money) => money.decimals === 2);
  const found: AmountCandidate[] = [];
  const add = (units: number, score: number): void => {
    const money = printed.find((one) => one.units === units);
    if (money) found.push({ ...money, score, repaired: false, support: 1 });
  };
  if (sure("total").length === 0)
    for (const money of totalsBeforeChange(reading))
      found.push({ ...money, score: 0.5, repaired: false, support: 1 });
  const changes = sure("change");
  for (const cash of sure("cash")) {
    for (const change of changes) {
      if (change.units !== 0)
        add(Math.abs(cash.units) - Math.abs(change.units), 0.6 * Math.min(cash.score, change.score) + 0.15);
    }
    if (changes.length === 0) found.push({ ...cash, score: cash.score * 0.4 });
  }
  for (const total of sure("total")) {
    for (const rounding of sure("rounding")) {
      if (Math.abs(rounding.units) > UNITS / 10) {
        if (Math.abs(rounding.units - total.units) <= UNITS / 10)
          found.push({ ...rounding, score: total.score * 0.95 });
        continue;
      }
      if (rounding.units !== 0)
        for (const sign of [1, -1]) add(total.units + sign * rounding.units, total.score * 0.8);
    }
  }
  return found;
}

/** Sum of the line items' amounts in the amounts' units, or null. */
export function sumOfLines(items: readonly LineItemDraft[]): number | null {
  let sum = 0;
  let count = 0;
  for (const item of items) {
    const amount = item.cells.amount;
    if (!amount) continue;
    sum += Math.round(Number(amount.value) * UNITS);
    count += 1;
  }
  return count === 0 || Number.isNaN(sum) ? null : sum;
}

function amountDrafts({ chosen, proven }: SolvedAmounts, reads: Reads): DraftValue[] {
  const values: DraftValue[] = [];
  const total = chosen.get("total");
  for (const [role, candidate] of chosen) {
    if (role === "subtotal" && total && candidate.piece.segment === total.piece.segment) continue;
    const pointer = reads.amounts[role];
    if (pointer === undefined || (!proven.has(role) && candidate.score < THRESHOLDS[role])) continue;
    if (!proven.has(role) && candidate.repaired) continue;
    const units = UNSIGNED.has(role) ? Math.abs(candidate.units) : candidate.units;
    values.push({
      pointer,
      value: moneyString(units, candidate.decimals),
      cited: [candidate.piece, ...(candidate.others ?? [])].map((piece) => cite(piece)),
      confidence: confidenceOf(candidate, proven.has(role)),
      ...(candidate.others ? { derived: true } : {}),
    });
  }
  return values;
}

/** The total of a document that prints a net sum and names neither a tax nor a total. */
function untaxedDrafts(
  { chosen, proven }: SolvedAmounts,
  reads: Reads,
  candidates: AmountCandidates,
): DraftValue[] {
  const net = chosen.get("subtotal");
  const pointer = reads.amounts.total;
  const named = (["total", "tax", "amount_due", "discount", "charge"] as const).some((role) =>
    (candidates.get(role) ?? []).some((one) => one.score > 0.25),
  );
  if (!net || net.repaired || pointer === undefined || reads.receipt || named || chosen.has("total"))
    return [];
  if (!proven.has("subtotal") && net.score < 0.6) return [];
  const value = moneyString(net.units, net.decimals);
  return [{ pointer, value, cited: [cite(net.piece)], confidence: 0.6, derived: true }];
}

/** The lines' sum where it is printed besides the net total, and discounts or charges lie between the two. */
function lineTotalDrafts(
  reading: Reading,
  { chosen }: SolvedAmounts,
  reads: Reads,
  lineSum: number | null,
): DraftValue[] {
  const net = chosen.get("subtotal");
  if (reads.lineTotal === undefined || !net || lineSum === null) return [];
  const moved = (chosen.get("charge")?.units ?? 0) - Math.abs(chosen.get("discount")?.units ?? 0);
  const close = (a: number, b: number): boolean => Math.abs(a - b) <= 0.015 * UNITS;
  if (moved === 0 || !close(lineSum + moved, net.units)) return [];
  const printed = [...reading.money.values()].flat().filter((money) => money.decimals === 2);
  const sum = printed.findLast((money) => close(money.units, lineSum));
  if (!sum) return [];
  return [
    {
      pointer: reads.lineTotal,
      value: moneyString(sum.units, sum.decimals),
      cited: [cite(sum.piece)],
      confidence: 0.9,
    },
  ];
}

/** The net that no label names: what total less tax shows to be printed, or else the lines' sum that closes to it. */
function netDrafts(
  reading: Reading,
  { chosen, proven }: SolvedAmounts,
  reads: Reads,
  lines: { readonly items: readonly LineItemDraft[]; readonly facts: SolverFacts },
): DraftValue[] {
  const [total, tax, pointer] = [chosen.get("total"), chosen.get("tax"), reads.amounts.subtotal];
  const named = chosen.get("subtotal");
  const given = named && (proven.has("subtotal") || named.score >= THRESHOLDS.subtotal);
  if (!total || !tax || pointer === undefined || given) return [];
  const net = tax.others ? null : netOf(reading, total, tax);
  if (net && tax.score >= THRESHOLDS.tax && total.score >= THRESHOLDS.total) {
    const value = moneyString(net.units, net.decimals);
    const derived = tax.units === 0;
    return [{ pointer, value, cited: [cite(net.piece)], confidence: derived ? 0.6 : 0.72, derived }];
  }
  const { lineSum } = lines.facts;
  const plain = { total, tax, discount: null, charge: null };
  if (lineSum === null || total.repaired || tax.repaired || !linesBalance(plain, lines.facts)) return [];
  const cited = lines.items.flatMap((item) => item.cells.amount?.cited ?? []);
  return [{ pointer, value: moneyString(lineSum, total.decimals), cited, confidence: 0.8, derived: true }];
}

/**
 * What follows from total and amount due (EN 16931 BR-CO-16): a printed amount that is their difference was paid
 * before; where no payment and no amount due are named, the total is due.
 */
function paymentDrafts(
  reading: Reading,
  { chosen, proven }: SolvedAmounts,
  reads: Reads,
  candidates: ReadonlyMap<AmountRole, readonly AmountCandidate[]>,
): DraftValue[] {
  const total = chosen.get("total");
  const due = chosen.get("amount_due");
  const [prepaidAt, dueAt] = [reads.amounts.prepaid, reads.amounts.amount_due];
  const paidBefore = chosen.get("prepaid");
  const paidGiven = paidBefore && (proven.has("prepaid") || paidBefore.score >= THRESHOLDS.prepaid);
  if (!total || prepaidAt === undefined || dueAt === undefined || paidGiven) return [];
  if (due) {
    const paid = total.units - due.units;
    if (paid <= 0) return [];
    const printed = [...reading.money.values()]
      .flat()
      .find((money) => Math.abs(money.units) === paid && money.decimals === 2);
    return printed
      ? [{ pointer: prepaidAt, value: moneyString(paid), cited: [cite(printed.piece)], confidence: 0.8 }]
      : [];
  }
  const named = (["prepaid", "cash", "previous_balance", "amount_due"] as const).some((role) =>
    (candidates.get(role) ?? []).some(
      (candidate) => candidate.units !== 0 && !candidate.repaired && candidate.score > 0.3,
    ),
  );
  if (named || total.repaired || (!proven.has("total") && total.score < 0.6)) return [];
  return [
    {
      pointer: dueAt,
      value: moneyString(total.units, total.decimals),
      cited: [cite(total.piece)],
      confidence: confidenceOf(total, proven.has("total")) * 0.85,
      derived: true,
    },
  ];
}

function confidenceOf(candidate: AmountCandidate, proven: boolean): number {
  const read = readConfidence(candidate.piece);
  if (candidate.repaired) return 0.55;
  const base = proven ? 0.9 + 0.09 * candidate.score : 0.45 + 0.45 * candidate.score;
  return Math.min(0.99, base) * (0.75 + 0.25 * read);
}

/** Taxes by rate whose bases are not printed beside them: they add up to the whole tax, or fit the net total. */
function ratedTaxes(
  reading: Reading,
  reads: Reads,
  regions: readonly Region[],
  { chosen }: SolvedAmounts,
): RatedTax[] {
  const [net, tax, total] = [chosen.get("subtotal"), chosen.get("tax"), chosen.get("total")];
  if (!tax || tax.units === 0 || (reads.receipt && !total)) return [];
  // A receipt's prices hold their tax: its net is what is left of the total, whatever it calls a subtotal.
  const left = reads.receipt && total ? [total.units - tax.units] : [];
  return findRatedTaxes(reading, regions, { nets: [...(net ? [net.units] : []), ...left], tax: tax.units });
}

function taxDrafts(
  taxes: readonly PrintedTax[],
  rated: readonly RatedTax[],
  { chosen }: SolvedAmounts,
): DraftValue[] {
  const total = chosen.get("tax");
  const kept = total
    ? taxes.filter((tax) => Math.abs(tax.amount.units) <= Math.abs(total.units) + UNITS * 0.02)
    : taxes;
  if (kept.length === 0) {
    return rated.flatMap(({ rate, amount }, index) => [
      {
        pointer: `/taxes/${index}/rate`,
        value: String(rate.rate),
        cited: [cite(rate.piece)],
        confidence: 0.85,
      },
      {
        pointer: `/taxes/${index}/amount`,
        value: moneyString(amount.units, amount.decimals),
        cited: [cite(amount.piece)],
        confidence: 0.85,
      },
    ]);
  }
  return kept.flatMap((tax, index) => [
    {
      pointer: `/taxes/${index}/rate`,
      value: String(tax.rate.rate),
      cited: [cite(tax.rate.piece)],
      confidence: 0.9,
    },
    {
      pointer: `/taxes/${index}/taxable_amount`,
      value: moneyString(tax.base.units, tax.base.decimals),
      cited: [cite(tax.base.piece)],
      confidence: 0.9,
    },
    {
      pointer: `/taxes/${index}/amount`,
      value: moneyString(tax.amount.units, tax.amount.decimals),
      cited: [cite(tax.amount.piece)],
      confidence: 0.9,
    },
  ]);
}
