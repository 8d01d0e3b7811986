import { toScaledInteger } from "../../model/money.ts";
import type { DraftValue } from "../engine/draft.ts";
import type { Reading } from "../engine/reading.ts";
import { amountOf, printedAmount } from "./fill-sums.ts";

const ROW = /^\/transactions\/(\d+)\/(debit|credit|amount|balance)$/;
const DIGITS = 4;

/** A statement's balances and sums from its entries, where those amounts are printed and no label says so. */
export function fillBalances(reading: Reading, values: readonly DraftValue[]): DraftValue[] {
  const rows = rowsOf(values);
  if (rows.length < 2) return [...values];
  const filled = [...values];
  const put = (pointer: string, amount: number | null, instead: boolean): void => {
    const known = amountOf(filled, pointer);
    if (amount === null || known === amount || (known !== null && !instead)) return;
    const others = filled.filter((draft) => draft.pointer !== pointer);
    const made = printedAmount(reading, others, pointer, amount);
    if (made) filled.splice(0, filled.length, ...others, made);
  };
  const [opening, closing] = endsOf(rows);
  put("/opening_balance", opening, true);
  put("/closing_balance", closing, true);
  const moved = rows.reduce((sum, row) => sum + movedBy(row), 0);
  const [first, last] = [amountOf(filled, "/opening_balance"), amountOf(filled, "/closing_balance")];
  put("/closing_balance", first === null ? null : first + moved, false);
  put("/opening_balance", last === null ? null : last - moved, false);
  return filled;
}

type Row = Map<string, number>;

function rowsOf(values: readonly DraftValue[]): Row[] {
  const rows = new Map<number, Row>();
  for (const { pointer, value } of values) {
    const match = ROW.exec(pointer);
    const amount = match && typeof value === "string" ? toScaledInteger(value, DIGITS) : null;
    if (!match || amount === null) continue;
    const index = Number(match[1]);
    rows.set(index, (rows.get(index) ?? new Map<string, number>()).set(match[2] ?? "", amount));
  }
  return [...rows.entries()].toSorted(([a], [b]) => a - b).map(([, row]) => row);
}

function movedBy(row: Row): number {
  return row.get("amount") ?? (row.get("credit") ?? 0) - (row.get("debit") ?? 0);
}

/** What the running balance says of beginning and end, in the direction of time that it proves; null without proof. */
function endsOf(rows: readonly Row[]): readonly [number | null, number | null] {
  const [first, last] = [rows[0], rows.at(-1)];
  const [top, bottom] = [first?.get("balance"), last?.get("balance")];
  if (!first || !last || top === undefined || bottom === undefined) return [null, null];
  const moved = rows.reduce((sum, row) => sum + movedBy(row), 0);
  if (top - movedBy(first) + moved === bottom) return [top - movedBy(first), bottom];
  if (bottom - movedBy(last) + moved === top) return [bottom - movedBy(last), top];
  return [null, null];
}
