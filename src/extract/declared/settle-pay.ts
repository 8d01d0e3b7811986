import { toScaledInteger } from "../../model/money.ts";
import type { DraftValue } from "../engine/draft.ts";
import { termsOf } from "./terms.ts";

type Row = Map<string, DraftValue>;

const ROW = /^\/(earnings|deductions)\/(\d+)\/(\w+)$/;
const PROVEN = 0.98;
const DIGITS = 4;
/** So many rows at a list's end may be sums. */
const MAX_SUMS = 3;
/** What the words of a deduction mean. */
const DEDUCTED: ReadonlySet<string> = new Set(["tax", "social", "deduction"]);

/**
 * Puts what was earned and what was deducted apart by the sums: whatever a table's title says, the rows that add up to
 * the gross pay are earnings, and those that lead from it to the net pay are deductions.
 */
export function settlePay(values: readonly DraftValue[]): DraftValue[] {
  const lists = { earnings: new Map<number, Row>(), deductions: new Map<number, Row>() };
  const rest: DraftValue[] = [];
  for (const value of values) {
    const match = ROW.exec(value.pointer);
    const list = match?.[1] === "earnings" ? lists.earnings : lists.deductions;
    if (!match) {
      rest.push(value);
      continue;
    }
    const row = list.get(Number(match[2])) ?? new Map<string, DraftValue>();
    list.set(Number(match[2]), row.set(match[3] ?? "", value));
  }
  const [earned, deducted] = [[...lists.earnings.values()], [...lists.deductions.values()]];
  const all = [...earned, ...deducted];
  if (all.length === 0) return rest;
  const sums = sumsOf(rest);
  const proof = proofOf(all, earned.length, sums);
  if (proof > 0) return rest.concat(write("earnings", earned, true), write("deductions", deducted, true));
  const found = cutOf(all, sums);
  const cut = found?.cut ?? (deducted.length === 0 ? cutByMeaning(all) : null);
  const end = found?.end ?? all.length;
  if (cut === null)
    return rest.concat(write("earnings", earned, false), write("deductions", deducted, false));
  const proven = found !== null;
  return rest.concat(
    write("earnings", all.slice(0, cut), proven),
    write("deductions", all.slice(cut, end), proven),
  );
}

interface Sums {
  readonly gross: number | null;
  readonly deducted: number | null;
  readonly net: number | null;
}

function sumsOf(values: readonly DraftValue[]): Sums {
  const at = (pointer: string): number | null => {
    const value = values.find((draft) => draft.pointer === pointer)?.value;
    return typeof value === "string" ? toScaledInteger(value, DIGITS) : null;
  };
  return { gross: at("/gross_pay"), deducted: at("/total_deductions"), net: at("/net_pay") };
}

/** How many sums a division of the rows meets; 0 where it contradicts one, or where none is known. */
function proofOf(rows: readonly Row[], cut: number, { gross, deducted, net }: Sums): number {
  const earned = total(rows.slice(0, cut));
  const taken = total(rows.slice(cut));
  const pairs = [
    [gross, earned],
    [deducted, taken],
    [net, earned - taken],
  ] as const;
  const known = pairs.filter(([printed]) => printed !== null);
  const met = known.filter(([printed, own]) => printed === own).length;
  return met === known.length || met >= 2 ? met : 0;
}

function total(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => {
    const value = row.get("amount")?.value;
    return sum + Math.abs(typeof value === "string" ? (toScaledInteger(value, DIGITS) ?? 0) : 0);
  }, 0);
}

/** Where deductions begin and end, so that the sums are met; rows behind them are sums that were read as entries. */
function cutOf(rows: readonly Row[], sums: Sums): { cut: number; end: number } | null {
  for (let end = rows.length; end > 0; end -= 1) {
    const [best] = Array.from({ length: end + 1 }, (_, cut) => ({
      cut,
      end,
      met: proofOf(rows.slice(0, end), cut, sums),
    }))
      .filter(({ met }) => met > (end === rows.length ? 0 : 1))
      .toSorted((a, b) => b.met - a.met);
    if (best) return best;
    if (rows.length - end >= MAX_SUMS) return null;
  }
  return null;
}

/** Where rows begin that are all called as deductions are. */
function cutByMeaning(rows: readonly Row[]): number | null {
  const called = rows.map((row) =>
    termsOf(String(row.get("description")?.value ?? "")).some((term) => DEDUCTED.has(term)),
  );
  const cut = called.lastIndexOf(false) + 1;
  return cut > 0 && cut < rows.length ? cut : null;
}

function write(list: "earnings" | "deductions", rows: readonly Row[], proven: boolean): DraftValue[] {
  const written: DraftValue[] = [];
  for (const [index, row] of rows.entries()) {
    for (const [name, draft] of row) {
      if (list === "deductions" && (name === "hours" || name === "rate")) continue;
      const confidence = proven && name === "amount" ? Math.max(PROVEN, draft.confidence) : draft.confidence;
      written.push({ ...draft, pointer: `/${list}/${index}/${name}`, confidence });
    }
  }
  return written;
}
