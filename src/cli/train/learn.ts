import type { Forest } from "../../extract/scorer/forest.ts";
import { rankCandidates, surenessOf } from "../../extract/scorer/score-candidates.ts";
import { boost, type BoostOptions, type Table } from "./boost.ts";
import type { Outcome } from "./calibrate.ts";
import type { Example } from "./examples.ts";
import type { Medium } from "./sources.ts";
import { hashOf, Random } from "./random.ts";

const OPTIONS: BoostOptions = { trees: 150, leaves: 12, rate: 0.1, share: 0.3, least: 0.5, ridge: 2 };
/** Candidates of a document that are learned from: the right ones and so many others. */
const MOST_OTHERS = 50;
/** What a sample counts for. Worn copies of a page are many: together they count little more than half of it. */
export const MEDIUM_WEIGHT: Readonly<Record<Medium, number>> = {
  words: 1,
  misread: 0.3,
  unknown: 0.4,
  read: 1.5,
};

/** Trees that choose the wanted candidates of the examples. Repeatable by its seed. */
export function learn(examples: readonly Example[], features: number, seed: string): Forest {
  return boost(tableOf(examples, features), OPTIONS, new Random(seed));
}

function tableOf(examples: readonly Example[], features: number): Table {
  const counts = weigh(examples);
  const groups = [0];
  const weights: number[] = [];
  const rows: (readonly number[])[] = [];
  const right: number[] = [];
  for (const example of examples) {
    const kept = keptOf(example);
    if (kept.length === 0) continue;
    for (const index of kept) {
      rows.push(example.candidates[index]?.features ?? []);
      right.push(Number(example.wanted[index] ?? false));
    }
    groups.push(rows.length);
    weights.push(counts.get(example) ?? 1);
  }
  const values = new Float32Array(rows.length * features);
  for (const [at, row] of rows.entries()) values.set(row, at * features);
  return { features, values, groups, right: Uint8Array.from(right), weights };
}

/** A chain with many receipts says less with each of them; every source says as much as the others. */
export function weigh(examples: readonly Example[]): Map<Example, number> {
  const sizes = new Map<string, number>();
  const keyOf = ({ group, medium }: Example): string => `${medium} ${group}`;
  for (const example of examples) sizes.set(keyOf(example), (sizes.get(keyOf(example)) ?? 0) + 1);
  const weights = new Map<Example, number>();
  const sums = new Map<string, number>();
  for (const example of examples) {
    const weight = MEDIUM_WEIGHT[example.medium] / Math.sqrt(sizes.get(keyOf(example)) ?? 1);
    weights.set(example, weight);
    sums.set(example.source, (sums.get(example.source) ?? 0) + weight);
  }
  const mean = [...sums.values()].reduce((sum, one) => sum + one, 0) / Math.max(1, sums.size);
  for (const [example, weight] of weights)
    weights.set(example, (weight * mean) / (sums.get(example.source) ?? mean));
  return weights;
}

function keptOf({ candidates, wanted, file }: Example): number[] {
  const all = [...candidates.keys()];
  const others = all.filter((index) => wanted[index] !== true);
  if (others.length <= MOST_OTHERS) return all;
  const random = new Random(file);
  const kept = new Set(random.sample(others.length, MOST_OTHERS).map((at) => others[at]));
  return all.filter((index) => wanted[index] === true || kept.has(index));
}

/** A document's outcome: what was chosen, how sure, and whether it is right. Null without a candidate. */
export interface Tested extends Omit<Outcome, "weight"> {
  readonly example: Example;
  readonly value: string;
}

export function test(example: Example, trees: Forest): Tested | null {
  const [best] = rankCandidates(example.candidates, trees);
  if (!best) return null;
  const { candidate, raw } = best;
  const right = example.candidates.some(({ key }, at) => key === candidate.key && example.exact[at] === true);
  return { example, value: candidate.value, raw, sure: surenessOf(candidate.pieces), right };
}

/** The fold that a group is tested in. */
export function foldOf(group: string, folds: number): number {
  return hashOf(group) % folds;
}
