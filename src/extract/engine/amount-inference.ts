import type { AmountCandidate, AmountCandidates, AmountRole } from "./amount-candidates.ts";
import { type Money, UNITS } from "./money.ts";
import type { Reading } from "./reading.ts";
import type { PrintedTax } from "./taxes.ts";

/** Least rows of a table of taxes by rate whose sums are tried. */
const MIN_ROWS = 2;
const MAX_ROWS = 6;

/**
 * A table of taxes by rate says what no label does: the sums of its columns are net, tax and total, also where they
 * are not printed, and what a single row of it gives is none of the document's totals.
 */
export function withTaxTable(
  reading: Reading,
  candidates: AmountCandidates,
  taxes: readonly PrintedTax[],
): AmountCandidates {
  const rows = distinctRates(taxes);
  if (rows.length < MIN_ROWS || rows.length > MAX_ROWS) return candidates;
  const gross = rows.map((tax) => tax.base.units + tax.amount.units);
  const single = new Set([...rows.flatMap((tax) => [tax.base.units, tax.amount.units]), ...gross]);
  const sums: readonly [AmountRole, number, readonly Money[]][] = [
    ["subtotal", sumOf(rows.map((tax) => tax.base.units)), rows.map((tax) => tax.base)],
    ["tax", sumOf(rows.map((tax) => tax.amount.units)), rows.map((tax) => tax.amount)],
    ["total", sumOf(gross), []],
  ];
  const next = new Map<AmountRole, readonly AmountCandidate[]>(candidates);
  for (const [role, units, column] of sums) {
    const known = next.get(role) ?? [];
    const made = known.some((one) => one.units === units && !one.repaired)
      ? null
      : sumAt(reading, units, column);
    const damped = known.map((one) => lowered(one, single));
    next.set(
      role,
      (made ? [made, ...damped] : damped).toSorted((a, b) => b.score - a.score),
    );
  }
  return next;
}

/** A candidate that one row of the table gives counts for less. */
function lowered(candidate: AmountCandidate, single: ReadonlySet<number>): AmountCandidate {
  return single.has(candidate.units) ? { ...candidate, score: candidate.score * 0.4 } : candidate;
}

function sumOf(units: readonly number[]): number {
  return units.reduce((sum, one) => sum + one, 0);
}

/** A column's sum: where it is printed, or else its amounts together. */
function sumAt(reading: Reading, units: number, column: readonly Money[]): AmountCandidate | null {
  const printed = [...reading.money.values()]
    .flat()
    .find((money) => money.units === units && money.decimals === 2);
  if (printed) return { ...printed, score: 0.55, repaired: false, support: 1 };
  const [first, ...rest] = column;
  const others = rest.map((money) => money.piece);
  return first ? { ...first, units, score: 0.5, repaired: false, support: 1, others } : null;
}

function distinctRates(taxes: readonly PrintedTax[]): PrintedTax[] {
  const rows: PrintedTax[] = [];
  for (const tax of taxes) if (!rows.some((row) => row.rate.rate === tax.rate.rate)) rows.push(tax);
  return rows;
}

/** Least and greatest share of a tax in its net, for sums that no label names. */
const TAX_SHARE = [0.015, 0.28] as const;

/**
 * Candidates for net, tax and total in a document's foot whatever names them: two amounts and their sum in rows that
 * follow each other, of which one is the lines' sum or a printed rate gives the tax; or the lines' sum itself.
 */
export function withUnnamedSums(
  reading: Reading,
  candidates: AmountCandidates,
  facts: { readonly lineSum: number | null; readonly lastRow: number },
): AmountCandidates {
  const foot = reading.view.rows.slice(facts.lastRow + 1).flatMap((row) => {
    const money = row.segments.flatMap((segment) => reading.money.get(segment) ?? []);
    const last = money.findLast((one) => one.decimals === 2 && one.units !== 0);
    return last ? [last] : [];
  });
  const rates = [...reading.rates.values()].flat().map((rate) => rate.rate);
  const found = new Map<AmountRole, AmountCandidate[]>();
  const add = (role: AmountRole, money: Money, score: number): void => {
    const list = found.get(role) ?? [];
    list.push({ ...money, score, repaired: false, support: 1 });
    found.set(role, list);
  };
  for (const [at, net] of foot.entries()) {
    for (const [step, tax] of foot.slice(at + 1, at + 5).entries()) {
      const share = tax.units / net.units;
      if (share < TAX_SHARE[0] || share > TAX_SHARE[1]) continue;
      const gross = foot
        .slice(at + step + 2, at + step + 5)
        .find((one) => one.units === net.units + tax.units);
      const rated = rates.some((rate) => Math.abs((net.units * rate) / 100 - tax.units) < 0.02 * UNITS);
      if (!gross || !(rated || net.units === facts.lineSum)) continue;
      add("subtotal", net, 0.5);
      add("tax", tax, 0.5);
      add("total", gross, 0.55);
    }
  }
  const whole = foot.filter((one) => one.units === facts.lineSum);
  const most = Math.max(...foot.map((one) => one.units));
  if (found.size === 0 && whole.length > 0 && most === facts.lineSum) {
    const last = whole[whole.length - 1];
    if (last) add("total", last, 0.5);
  }
  const next = new Map<AmountRole, readonly AmountCandidate[]>(candidates);
  for (const [role, list] of found) {
    const known = next.get(role) ?? [];
    const fresh = list.filter(
      (one) => !known.some((other) => other.units === one.units && other.score > 0.4),
    );
    next.set(
      role,
      [...fresh, ...known].toSorted((a, b) => b.score - a.score),
    );
  }
  return next;
}

/** The printed amount that total less tax gives: the net where no label names one. */
export function netOf(reading: Reading, total: AmountCandidate, tax: AmountCandidate): Money | null {
  const units = total.units - tax.units;
  if (total.repaired || tax.repaired || Math.abs(units) < UNITS) return null;
  const printed = [...reading.money.values()].flat();
  return printed.find((money) => money.units === units && money.decimals === total.decimals) ?? null;
}

/**
 * Three amounts in rows that follow each other of which the first is the second less the third: a till's total,
 * what was given and what was given back, whatever OCR made of their labels.
 */
export function totalsBeforeChange(reading: Reading): Money[] {
  const ends = reading.view.rows.flatMap((row) => {
    const money = row.segments.flatMap((segment) => reading.money.get(segment) ?? []);
    const last = money[money.length - 1];
    return last && last.decimals === 2 && last.units > 0 ? [{ row: row.index, money: last }] : [];
  });
  return ends.flatMap(({ row, money }, at) => {
    const [given, back] = [ends[at + 1], ends[at + 2]];
    if (!given || !back || back.row - row > 4 || back.money.units === money.units) return [];
    return given.money.units - back.money.units === money.units ? [money] : [];
  });
}
