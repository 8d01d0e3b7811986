import type { AmountCandidate, AmountCandidates, AmountRole } from "./amount-candidates.ts";
import { UNITS } from "./money.ts";

/** The amounts that were chosen, and which of them a sum proves. */
export interface SolvedAmounts {
  readonly chosen: ReadonlyMap<AmountRole, AmountCandidate>;
  readonly proven: ReadonlySet<AmountRole>;
}

export interface SolverFacts {
  /** Sum of the line items' amounts, or null. */
  readonly lineSum: number | null;
  /** Printed tax rates, percent. */
  readonly rates: readonly number[];
  /** Sum of taxes by rate that were proven by rate x base, or null. */
  readonly taxSum: number | null;
  /** On a till receipt prices mostly hold their tax, and cash less change is the total. */
  readonly receipt: boolean;
  /** Printed roundings: of at most ten cents, or half a unit where no till has printed them. */
  readonly roundings: readonly number[];
  /** Printed tips. */
  readonly tips: readonly number[];
  /** Every printed amount. */
  readonly printed: ReadonlySet<number>;
}

type Choice = AmountCandidate | null;

interface Combination {
  total: Choice;
  subtotal: Choice;
  tax: Choice;
  discount: Choice;
  charge: Choice;
  score: number;
  proven: AmountRole[];
}

/** Sums may be off by a cent and a half: every line is rounded by itself. */
const TOLERANCE = 0.015 * UNITS;

/** Least score of amounts that are tried together: lower than their own, for only a proof makes them count. */
const LEAST_SUMMED = 0.25;

/** Chooses one amount a role so that scores are high and the sums close. */
export function solveAmounts(candidates: AmountCandidates, facts: SolverFacts): SolvedAmounts {
  const best = searchTotals(candidates, facts);
  const chosen = new Map<AmountRole, AmountCandidate>();
  const proven = new Set<AmountRole>(best.proven);
  for (const role of ["total", "subtotal", "tax", "discount", "charge"] as const) {
    const choice = best[role];
    if (choice) chosen.set(role, choice);
  }
  settleAllowances(candidates, facts, chosen, proven);
  settlePayments(candidates, chosen, proven, facts.roundings);
  for (const role of ["rounding", "previous_balance", "tip", "cash", "change"] as const) {
    const top = candidates.get(role)?.find((candidate) => !candidate.repaired);
    if (top && !chosen.has(role)) chosen.set(role, top);
  }
  return { chosen, proven };
}

function options(candidates: AmountCandidates, role: AmountRole, count: number): Choice[] {
  return [...(candidates.get(role) ?? []).slice(0, count), null];
}

/** Sums of the amounts of one role (freight and insurance, two taxes): of two, the same one twice included, or of all. */
function sumsOf(candidates: AmountCandidates, role: AmountRole): AmountCandidate[] {
  const printed = (candidates.get(role) ?? [])
    .filter((one) => !one.repaired && one.units !== 0 && one.score > LEAST_SUMMED)
    .slice(0, 4);
  const sums: AmountCandidate[] = [];
  for (const [index, first] of printed.entries()) {
    if (first.twin) sums.push({ ...first, units: first.units * 2, others: [first.twin] });
    for (const second of printed.slice(index + 1)) {
      if (second.piece.segment.row === first.piece.segment.row) continue;
      const score = Math.min(first.score, second.score);
      sums.push({ ...first, units: first.units + second.units, score, others: [second.piece] });
    }
  }
  const [first, ...rest] = printed;
  const rows = new Set(printed.map((one) => one.piece.segment.row));
  if (first && rest.length >= 2 && rows.size === printed.length) {
    const units = printed.reduce((sum, one) => sum + one.units, 0);
    const score = Math.min(...printed.map((one) => one.score));
    sums.push({ ...first, units, score, others: rest.map((one) => one.piece) });
  }
  return sums;
}

function searchTotals(candidates: AmountCandidates, facts: SolverFacts): Combination {
  const discounts = options(candidates, "discount", 3).filter((one) => one === null || one.units !== 0);
  const charges = [...options(candidates, "charge", 3), ...sumsOf(candidates, "charge")].filter(
    (one) => one === null || one.units !== 0,
  );
  const taxes = [...options(candidates, "tax", 7), ...sumsOf(candidates, "tax")];
  const support = new Map<Choice, { score: number; proof: boolean }>();
  const moves = movesOf(discounts, charges);
  let best: Combination | null = null;
  const totals = options(candidates, "total", 8);
  for (const total of totals) support.set(total, totalSupport(total, candidates, facts));
  for (const total of totals) {
    for (const subtotal of options(candidates, "subtotal", 6)) {
      for (const tax of taxes) {
        for (const discount of discounts) {
          for (const charge of charges) {
            const combination = { total, subtotal, tax, discount, charge, score: 0, proven: [] };
            rate(combination, facts, support.get(total) ?? { score: 0, proof: false }, moves);
            if (best === null || combination.score > best.score) best = combination;
          }
        }
      }
    }
  }
  return (
    best ?? { total: null, subtotal: null, tax: null, discount: null, charge: null, score: 0, proven: [] }
  );
}

/** What discounts and charges may move the lines' sum by. */
function movesOf(discounts: readonly Choice[], charges: readonly Choice[]): number[] {
  const moves = discounts.flatMap((discount) =>
    charges.map((charge) => (charge?.units ?? 0) - Math.abs(discount?.units ?? 0)),
  );
  return [...new Set(moves)].filter((move) => move !== 0);
}

/** What speaks for a total besides its label: cash less change, its rounding, what is due. */
function totalSupport(
  total: Choice,
  candidates: AmountCandidates,
  facts: SolverFacts,
): { score: number; proof: boolean } {
  if (!total) return { score: 0, proof: false };
  const list = (role: AmountRole): readonly AmountCandidate[] =>
    (candidates.get(role) ?? []).filter((candidate) => !candidate.repaired);
  let score = 0;
  let proof = false;
  const tendered = list("cash").some((cash) =>
    list("change").some(
      (change) => change.units !== 0 && close(Math.abs(cash.units) - Math.abs(change.units), total.units),
    ),
  );
  const misread = (candidates.get("change") ?? []).some(
    (change) =>
      change.repaired && list("cash").some((cash) => close(cash.units - Math.abs(change.units), total.units)),
  );
  if (tendered) {
    score += 0.9;
    proof = true;
  } else if (misread && !total.repaired) score += 0.6;
  else if (list("cash").some((cash) => close(Math.abs(cash.units), total.units))) score += 0.35;
  const others = list("total").filter((other) => other.units !== total.units);
  for (const rounding of facts.receipt ? list("rounding") : []) {
    if (rounding.units === 0 || Math.abs(rounding.units) > 0.5 * UNITS) continue;
    const rounded = others.some(
      (other) => Math.abs(Math.abs(total.units - other.units) - Math.abs(rounding.units)) < 1,
    );
    const fives = total.units % (0.05 * UNITS) === 0;
    if (rounded && fives) score += 0.6;
  }
  const due = list("amount_due").some((candidate) =>
    [{ units: 0 }, ...list("prepaid")].some((paid) =>
      close(total.units - Math.abs(paid.units), candidate.units),
    ),
  );
  if (due) score += 0.3;
  if (facts.lineSum !== null && close(facts.lineSum, total.units)) score += 0.3;
  if (facts.receipt && holdsTip(total, list("tip"), others)) score += 1.6;
  return { score, proof };
}

/** Whether a total is another one and the tip: it is what was paid. */
function holdsTip(
  total: AmountCandidate,
  tips: readonly AmountCandidate[],
  others: readonly AmountCandidate[],
): boolean {
  return tips.some(
    (tip) => tip.units > 0 && others.some((other) => close(other.units + tip.units, total.units)),
  );
}

function close(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE;
}

function rate(
  combination: Combination,
  facts: SolverFacts,
  support: { score: number; proof: boolean },
  moves: readonly number[],
): void {
  const { total, subtotal, tax, discount, charge } = combination;
  let score = support.score;
  for (const choice of [total, subtotal, tax]) if (choice) score += choice.score;
  for (const choice of [discount, charge]) if (choice) score += choice.score * 0.2 - 0.12;
  const proofs = new Set<AmountRole>();
  if (support.proof) proofs.add("total");
  if (total && subtotal && tax) score += balance(combination, facts, proofs);
  else if (total && subtotal) score += withoutTax(combination, facts, proofs);
  else if (total && tax && Math.abs(tax.units) >= Math.abs(total.units) && tax.units !== 0) score -= 1.5;
  else if (total && tax && linesBalance({ total, tax, discount, charge }, facts)) {
    for (const role of ["total", "tax"] as const) proofs.add(role);
    if (discount) proofs.add("discount");
    if (charge) proofs.add("charge");
    score += 1.1 - (discount || charge ? 0.25 : 0);
  }
  score += againstFacts(combination, facts, proofs, moves);
  for (const role of ["total", "subtotal", "tax", "discount", "charge"] as const) {
    const choice = combination[role];
    if ((choice?.repaired || choice?.others) && !proofs.has(role)) score -= 2;
  }
  combination.score = score;
  combination.proven = [...proofs];
}

/** subtotal - discount + charge + tax = total, or the prices hold the tax. */
function balance(
  { total, subtotal, tax, discount, charge }: Combination,
  facts: SolverFacts,
  proofs: Set<AmountRole>,
): number {
  if (!total || !subtotal || !tax) return 0;
  const off = discount ? Math.abs(discount.units) : 0;
  const added = charge ? charge.units : 0;
  const sign = total.units < 0 && subtotal.units < 0 && tax.units > 0 ? -1 : 1;
  const base = subtotal.units + sign * tax.units;
  if (Math.abs(tax.units) > Math.abs(total.units) * 0.6 + TOLERANCE) return -1.5;
  const sum = base - off + added;
  const rounded = facts.roundings.some(
    (rounding) =>
      rounding !== 0 && (close(sum + rounding, total.units) || close(sum - rounding, total.units)),
  );
  const tipped = facts.receipt && facts.tips.some((tip) => tip > 0 && close(sum + tip, total.units));
  const exact = rounded || tipped || close(sum, total.units);
  if (exact) {
    proofs.add("total").add("subtotal").add("tax");
    if (discount) proofs.add("discount");
    if (charge) proofs.add("charge");
    const trivial = tax.units === 0;
    const direct = discount || charge ? 0.25 : 0;
    // EN 16931 rounds what is due, not the total; tills round the total itself.
    const apart = !facts.receipt && !close(sum, total.units) ? 0.4 : 0;
    return (trivial ? 0.8 : 1.8) - direct - apart;
  }
  if (close(subtotal.units - off + added, total.units)) return tax.units === 0 ? 0.6 : 0.15;
  return -0.6;
}

/** The lines' sum - discount + charge + tax (+ a printed rounding) = total, where no net total is printed. */
export function linesBalance(
  { total, tax, discount, charge }: Pick<Combination, "total" | "tax" | "discount" | "charge">,
  { lineSum, roundings, receipt }: Pick<SolverFacts, "lineSum" | "roundings" | "receipt">,
): boolean {
  if (!total || !tax || tax.units === 0 || lineSum === null || receipt) return false;
  const sum = lineSum - Math.abs(discount?.units ?? 0) + (charge?.units ?? 0) + tax.units;
  return [0, ...roundings].some(
    (rounding) => close(sum + rounding, total.units) || close(sum - rounding, total.units),
  );
}

function withoutTax(
  { total, subtotal, discount, charge }: Combination,
  facts: SolverFacts,
  proofs: Set<AmountRole>,
): number {
  if (!total || !subtotal) return 0;
  const off = discount ? Math.abs(discount.units) : 0;
  const added = charge ? charge.units : 0;
  if (close(subtotal.units - off + added, total.units)) {
    if (discount || charge) {
      proofs.add("total").add("subtotal");
      if (discount) proofs.add("discount");
      if (charge) proofs.add("charge");
      return 0.8;
    }
    return 0.2;
  }
  if (Math.abs(subtotal.units) > Math.abs(total.units) + TOLERANCE) return -0.9;
  return facts.printed.has(total.units - subtotal.units) ? 0.1 : -0.35;
}

function againstFacts(
  combination: Combination,
  facts: SolverFacts,
  proofs: Set<AmountRole>,
  moves: readonly number[],
): number {
  const { subtotal, tax, total, discount } = combination;
  let score = 0;
  if (facts.lineSum !== null && subtotal) {
    const off = discount ? Math.abs(discount.units) : 0;
    if (close(facts.lineSum, subtotal.units) || close(facts.lineSum - off, subtotal.units)) {
      score += 0.6;
      proofs.add("subtotal");
    } else if (moves.some((move) => facts.lineSum !== null && close(facts.lineSum + move, subtotal.units))) {
      // EN 16931 BR-CO-13: the net total is the lines' sum less allowances plus charges.
      score += 1.5;
      proofs.add("subtotal");
    }
  }
  if (tax && facts.taxSum !== null && close(Math.abs(facts.taxSum), Math.abs(tax.units))) {
    score += 0.7;
    proofs.add("tax");
  }
  if (tax && tax.units !== 0) {
    const base = subtotal ?? total;
    const fits = facts.rates.some(
      (percent) => percent > 0 && base && Math.abs((base.units * percent) / 100 - tax.units) < 0.02 * UNITS,
    );
    const inclusive = facts.rates.some(
      (percent) =>
        percent > 0 &&
        total &&
        Math.abs((total.units * percent) / (100 + percent) - tax.units) < 0.02 * UNITS,
    );
    if (fits || inclusive) score += 0.4;
    if (inclusive && total) proofs.add("tax");
  }
  return score;
}

/** Discounts and charges that lie between the lines and the subtotal, where the lines' sum shows them. */
function settleAllowances(
  candidates: AmountCandidates,
  facts: SolverFacts,
  chosen: Map<AmountRole, AmountCandidate>,
  proven: Set<AmountRole>,
): void {
  const subtotal = chosen.get("subtotal");
  if (!subtotal || chosen.has("discount") || chosen.has("charge")) return;
  const sums = (candidates.get("subtotal") ?? []).map((other) => other.units);
  if (facts.lineSum !== null) sums.push(facts.lineSum);
  for (const discount of options(candidates, "discount", 3)) {
    for (const charge of options(candidates, "charge", 3)) {
      const moved = (charge?.units ?? 0) - Math.abs(discount?.units ?? 0);
      if (moved === 0 || !sums.some((sum) => close(sum + moved, subtotal.units))) continue;
      if (discount && discount.units !== 0) chosen.set("discount", discount);
      if (charge && charge.units !== 0) chosen.set("charge", charge);
      proven.add("discount").add("charge");
      return;
    }
  }
}

/** total - prepaid = amount due. Without a payment an amount due is only given when it stands there. */
function settlePayments(
  candidates: AmountCandidates,
  chosen: Map<AmountRole, AmountCandidate>,
  proven: Set<AmountRole>,
  roundings: readonly number[],
): void {
  const total = chosen.get("total");
  const dues = (candidates.get("amount_due") ?? []).filter((candidate) => !candidate.repaired);
  const paids = (candidates.get("prepaid") ?? []).filter((candidate) => !candidate.repaired);
  if (total) {
    for (const due of dues) {
      const rounded = roundings.some((one) => one !== 0 && close(due.units, total.units + one));
      if (rounded || (close(due.units, total.units) && !proven.has("amount_due"))) {
        chosen.set("amount_due", due);
        proven.add("amount_due");
      }
      for (const paid of paids) {
        const left = total.units - Math.abs(paid.units);
        if (paid.units === 0 || ![0, ...roundings].some((one) => close(left + one, due.units))) continue;
        chosen.set("amount_due", due).set("prepaid", paid);
        for (const role of ["amount_due", "prepaid", "total"] as const) proven.add(role);
        return;
      }
    }
  }
  const [due] = dues;
  const [paid] = paids;
  if (due && !chosen.has("amount_due")) chosen.set("amount_due", due);
  const settled = total && due && paid?.units !== 0 && close(due.units, total.units);
  if (paid && !settled) chosen.set("prepaid", paid);
}
