import { toScaledInteger } from "../../model/money.ts";
import type { DraftValue } from "../engine/draft.ts";

/** A ledger's entry: its values by their column's name. */
export type Entry = Map<string, DraftValue>;

/** Which printed column is the balance, and which ones move it. */
interface Order {
  readonly balance: string;
  readonly out: string | null;
  readonly in: string | null;
  readonly signed: string | null;
}

const AMOUNTS = ["debit", "credit", "amount", "balance"] as const;
/** Share of the steps from entry to entry that an order of columns has to explain. */
const PROVEN = 0.7;
const LEAST_STEPS = 3;

/**
 * Names the columns of a ledger by its arithmetic: whatever their heads say, the balance is the column that the others
 * lead from entry to entry, the newest first or last. Entries stay as they are where no order of columns is proven.
 */
export function orderColumns(entries: readonly Entry[]): Entry[] {
  const present = AMOUNTS.filter((name) => entries.some((entry) => entry.has(name)));
  const own: Order = present.includes("amount")
    ? { balance: "balance", out: null, in: null, signed: "amount" }
    : { balance: "balance", out: "debit", in: "credit", signed: null };
  const kept = [...entries];
  if (present.length < 2 || shareOf(entries, own) >= PROVEN) return kept;
  const [best] = ordersOf(present)
    .map((order) => ({ order, share: shareOf(entries, order) }))
    .toSorted((a, b) => b.share - a.share);
  return best && best.share >= PROVEN ? entries.map((entry) => rename(entry, best.order)) : kept;
}

function ordersOf(present: readonly string[]): Order[] {
  const orders: Order[] = [];
  for (const balance of present) {
    for (const first of present) {
      if (first === balance) continue;
      orders.push({ balance, out: null, in: null, signed: first });
      for (const second of present) {
        if (second !== balance && second !== first)
          orders.push({ balance, out: first, in: second, signed: null });
      }
    }
  }
  return orders;
}

/** The share of steps between neighbours that an order explains, in the better direction of time. */
function shareOf(entries: readonly Entry[], order: Order): number {
  let [steps, down, up] = [0, 0, 0];
  for (const [index, entry] of entries.entries()) {
    const next = entries[index + 1];
    const [before, after] = [unitsOf(entry, order.balance), next ? unitsOf(next, order.balance) : null];
    if (!next || before === null || after === null) continue;
    steps += 1;
    if (explains(next, order, after - before)) down += 1;
    if (explains(entry, order, before - after)) up += 1;
  }
  return steps < LEAST_STEPS || steps < entries.length * 0.5 ? 0 : Math.max(down, up) / steps;
}

function explains(entry: Entry, order: Order, moved: number): boolean {
  if (order.signed !== null) return Math.abs(unitsOf(entry, order.signed) ?? 0) === Math.abs(moved);
  const [out, into] = [order.out, order.in].map((name) =>
    name === null ? 0 : Math.abs(unitsOf(entry, name) ?? 0),
  );
  return (into ?? 0) - (out ?? 0) === moved;
}

function rename(entry: Entry, order: Order): Entry {
  const names = new Map<string, string>();
  names.set(order.balance, "balance");
  if (order.signed !== null) names.set(order.signed, "amount");
  if (order.out !== null) names.set(order.out, "debit");
  if (order.in !== null) names.set(order.in, "credit");
  const renamed: Entry = new Map();
  for (const [name, draft] of entry) {
    const known = names.get(name);
    if (known === undefined && AMOUNTS.some((one) => one === name)) continue;
    const key = known ?? name;
    renamed.set(key, { ...draft, pointer: draft.pointer.replace(/\w+$/, key) });
  }
  return renamed;
}

/** An entry's amount in ten-thousandths, null without one. */
export function unitsOf(entry: Entry, name: string): number | null {
  const value = entry.get(name)?.value;
  return typeof value === "string" ? toScaledInteger(value, 4) : null;
}
