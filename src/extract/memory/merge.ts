import type { DraftValue } from "../engine/draft.ts";
import { toScaledInteger } from "../../model/money.ts";
import type { Remembered } from "./recall.ts";

/** A choice of the engine that is as good as certain is left alone by a memory that is not. */
const CERTAIN = 0.96;
const HARDLY = 0.6;
const DIGITS = 4;

/** The sums that amounts of business papers close in: what is added, what is taken off, what it makes. */
const ADDED = ["/subtotal", "/charge_total", "/tax_total", "/rounding", "/tip"] as const;
const TAKEN = ["/discount_total"] as const;
const AMOUNTS: ReadonlySet<string> = new Set([...ADDED, ...TAKEN, "/total"]);

type Amounts = ReadonlyMap<string, number>;

function amountsOf(drafts: readonly DraftValue[]): Amounts {
  const amounts = new Map<string, number>();
  for (const { pointer, value } of drafts) {
    if (!AMOUNTS.has(pointer) || typeof value !== "string" || amounts.has(pointer)) continue;
    const scaled = toScaledInteger(value, DIGITS);
    if (scaled !== null) amounts.set(pointer, scaled);
  }
  return amounts;
}

/** Whether the amounts close: a subtotal and a tax that is not nothing make the total. */
function closes(amounts: Amounts): boolean {
  const total = amounts.get("/total");
  if (total === undefined || !amounts.has("/subtotal") || (amounts.get("/tax_total") ?? 0) === 0)
    return false;
  const sum =
    ADDED.reduce((made, pointer) => made + (amounts.get(pointer) ?? 0), 0) -
    TAKEN.reduce((made, pointer) => made + Math.abs(amounts.get(pointer) ?? 0), 0);
  return Math.abs(sum - total) <= 2 * 10 ** (DIGITS - 2);
}

/**
 * Joins what memory proposes with what the engine drafted. Memory is given way where its score is good; amounts that
 * arithmetic proves stay, unless those of memory close as well; what was wrong before is left out. Pure.
 */
export function mergeMemory(drafts: readonly DraftValue[], { values, isAvoided }: Remembered): DraftValue[] {
  const engine = amountsOf(drafts);
  const proven = closes(engine);
  const isProven = ({ pointer }: DraftValue): boolean => proven && AMOUNTS.has(pointer);
  const kept = drafts.filter((draft) => isProven(draft) || !isAvoided(draft));
  const own = new Map(kept.map((draft) => [draft.pointer, draft]));
  const preferred = values.flatMap(({ draft, score }) => {
    const rival = own.get(draft.pointer);
    if (rival?.value === draft.value)
      return [{ ...rival, confidence: Math.max(rival.confidence, draft.confidence) }];
    if (isProven(draft) && engine.has(draft.pointer)) {
      const scaled = toScaledInteger(String(draft.value), DIGITS);
      const changed = new Map(engine).set(draft.pointer, scaled ?? Number.NaN);
      if (!closes(changed)) return [];
    }
    if (rival && rival.confidence >= CERTAIN && score < HARDLY) return [];
    return [draft];
  });
  return [...preferred, ...kept];
}
