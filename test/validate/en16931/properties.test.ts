import { describe, expect, it } from "vitest";
import { type Taxed, structuredInvoice, withTerm } from "../../fixtures/structured.ts";
import { failing } from "./verdicts.ts";

/** A sequence that looks like chance and is the same every time. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const KINDS: readonly Omit<Taxed, "cents">[] = [
  { category: "S", rate: 19 },
  { category: "S", rate: 7 },
  { category: "S", rate: 5.5 },
  { category: "Z" },
  { category: "E" },
  { category: "AE" },
  { category: "K" },
  { category: "G" },
  { category: "L", rate: 7 },
];

function amounts(next: () => number, count: number): Taxed[] {
  return Array.from({ length: count }, () => ({
    cents: Math.floor(next() * 1_000_000) + 1,
    ...KINDS[Math.floor(next() * KINDS.length)],
  }));
}

function invoiceOf(seed: number) {
  const next = chance(seed);
  return structuredInvoice({
    lines: amounts(next, 1 + Math.floor(next() * 40)),
    allowances: amounts(next, Math.floor(next() * 4)),
    charges: amounts(next, Math.floor(next() * 4)),
    ...(next() < 0.5 ? { paidCents: Math.floor(next() * 10_000) } : {}),
    ...(next() < 0.5 ? { roundingCents: Math.floor(next() * 100) - 50 } : {}),
  });
}

const TOTALS = ["BT-106", "BT-107", "BT-108", "BT-109", "BT-110", "BT-112", "BT-113", "BT-114", "BT-115"];

function valueOf(document: ReturnType<typeof invoiceOf>, term: string): string | undefined {
  const totals = document.root.groups.find((part) => part.id === "BG-22");
  return totals?.terms.find((one) => one.id === term)?.value;
}

describe("invoices made at random", () => {
  it("keep every rule when their sums are right", () => {
    for (let seed = 1; seed <= 200; seed += 1) expect([seed, failing(invoiceOf(seed))]).toEqual([seed, []]);
  });

  it.each(TOTALS)("break a rule when %s is a cent off", (term) => {
    let tried = 0;
    for (let seed = 1; seed <= 40; seed += 1) {
      const document = invoiceOf(seed);
      const value = valueOf(document, term);
      if (value === undefined) continue;
      tried += 1;
      const off = (Number(value) + (seed % 2 === 0 ? 0.01 : -0.01)).toFixed(2);
      expect([seed, failing(withTerm(document, term, off))]).not.toEqual([seed, []]);
    }
    expect(tried).toBeGreaterThan(0);
  });
});
