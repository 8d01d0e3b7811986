import { toScaledInteger } from "../../model/money.ts";
import type { DraftValue } from "../engine/draft.ts";
import { type Entry as Transaction, orderColumns, unitsOf as unitsIn } from "./order-columns.ts";

const ROW = /^\/transactions\/(\d+)\/(\w+)$/;
const PROVEN = 0.98;

/**
 * Puts a statement's amounts in order: columns of one direction hold no sign, one column for both is signed by what
 * the balances say; what the running balance proves is surer, and balances that fail to be announced come from it.
 */
export function settleTransactions(values: readonly DraftValue[]): DraftValue[] {
  const rows = new Map<number, Transaction>();
  const rest: DraftValue[] = [];
  for (const value of values) {
    const match = ROW.exec(value.pointer);
    if (!match) {
      rest.push(value);
      continue;
    }
    const index = Number(match[1]);
    const row = rows.get(index) ?? new Map<string, DraftValue>();
    row.set(match[2] ?? "", value);
    rows.set(index, row);
  }
  const list = orderColumns([...rows.values()]);
  carryDates(list);
  const opening = unitsOf(rest.find(({ pointer }) => pointer === "/opening_balance"));
  let balance = opening;
  for (const row of list) {
    for (const key of ["debit", "credit"]) positive(row, key);
    balance = prove(row, balance);
  }
  return rest.concat(...list.map((row) => Array.from(row.values())));
}

function unitsOf(value: DraftValue | undefined): number | null {
  return typeof value?.value === "string" ? toScaledInteger(value.value, 4) : null;
}

function positive(row: Transaction, key: string): void {
  const draft = row.get(key);
  if (typeof draft?.value !== "string") return;
  if (/^-?0+(?:\.0+)?$/.test(draft.value)) row.delete(key);
  else if (draft.value.startsWith("-")) row.set(key, { ...draft, value: draft.value.slice(1) });
}

/** A date that is printed once for a day's entries is that of the entries under it. */
function carryDates(rows: readonly Transaction[]): void {
  let last: DraftValue | null = null;
  for (const [index, row] of rows.entries()) {
    const own = row.get("date") ?? null;
    if (own) last = own;
    else if (last) {
      row.set("date", {
        ...last,
        pointer: `/transactions/${index}/date`,
        confidence: last.confidence * 0.85,
      });
    }
  }
}

/** Compares an entry with the balances before and behind it; gives the one behind it. */
function prove(row: Transaction, before: number | null): number | null {
  const after = unitsIn(row, "balance");
  const amount = unitsIn(row, "amount");
  const signed = amount ?? signedOf(row);
  if (before === null) return after;
  if (after === null) return signed === null ? null : before + signed;
  const moved = after - before;
  if (signed !== null && moved === signed) for (const key of row.keys()) raise(row, key);
  else if (signed !== null && moved === -signed && amount !== null) {
    const draft = row.get("amount");
    if (typeof draft?.value === "string") {
      const value = draft.value.startsWith("-") ? draft.value.slice(1) : `-${draft.value}`;
      row.set("amount", { ...draft, value, confidence: PROVEN, derived: true });
    }
  } else if (signed !== null && moved === -signed) swap(row);
  return after;
}

function signedOf(row: Transaction): number | null {
  const debit = unitsIn(row, "debit");
  const credit = unitsIn(row, "credit");
  if (debit === null && credit === null) return null;
  return (credit ?? 0) - (debit ?? 0);
}

function raise(row: Transaction, key: string): void {
  const draft = row.get(key);
  if (draft && key !== "description" && key !== "reference")
    row.set(key, { ...draft, confidence: Math.max(draft.confidence, PROVEN) });
}

/** An amount under the wrong one of two narrow columns. */
function swap(row: Transaction): void {
  const [debit, credit] = [row.get("debit"), row.get("credit")];
  if (debit && credit) return;
  const draft = debit ?? credit;
  if (!draft) return;
  const key = debit ? "credit" : "debit";
  row.delete(debit ? "debit" : "credit");
  row.set(key, { ...draft, pointer: draft.pointer.replace(/\w+$/, key), confidence: PROVEN });
}
