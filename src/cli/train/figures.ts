import { type Interval, wilson } from "../eval/field-report.ts";
import type { Medium } from "./sources.ts";
import type { Verdict } from "./validate.ts";

/** How one field did on the documents of one source and medium, each tested by weights that had not seen its group. */
export interface Figures {
  readonly source: string;
  readonly medium: Medium;
  readonly documents: number;
  /** Shares of the documents: what the rules get right, what the scorer gives rightly, with its interval. */
  readonly rules: number;
  readonly scorer: number;
  readonly interval: Interval;
  /** The truth stands in the words that were read; a candidate is as the truth has it. */
  readonly readable: number;
  readonly candidate: number;
  /** Of the documents that have such a candidate, those in which it is chosen. */
  readonly selected: number;
  /** Values given that are wrong, of the values given. */
  readonly wrong: number;
  /** Expected calibration error over ten bins. */
  readonly ece: number;
}

const BINS = 10;

/** The figures of a field's verdicts by source and medium. */
export function figuresOf(verdicts: readonly Verdict[], threshold: number): Figures[] {
  const groups = Map.groupBy(verdicts, ({ example }) => `${example.source}\n${example.medium}`);
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (!first) return [];
    const count = (test: (verdict: Verdict) => boolean): number => members.filter((one) => test(one)).length;
    const share = (test: (verdict: Verdict) => boolean): number => count(test) / members.length;
    const given = members.filter((one) => one.value !== null && one.confidence >= threshold);
    const right = count((one) => one.right && one.confidence >= threshold);
    const candidates = count(({ example }) => example.exact.some(Boolean));
    return [
      {
        source: first.example.source,
        medium: first.example.medium,
        documents: members.length,
        rules: share(({ example }) => example.ruleRight),
        scorer: right / members.length,
        interval: wilson(right, members.length) ?? [0, 1],
        readable: share(({ example }) => example.readable),
        candidate: candidates / members.length,
        selected: count((one) => one.right) / Math.max(1, candidates),
        wrong: given.filter((one) => !one.right).length / Math.max(1, given.length),
        ece: calibrationError(given),
      },
    ];
  });
}

function calibrationError(given: readonly Verdict[]): number {
  return reliabilityOf(given).reduce(
    (sum, bin) => sum + (bin.values / Math.max(1, given.length)) * Math.abs(bin.confidence - bin.right),
    0,
  );
}

/** Values of about one confidence: how many, how sure, and the share that is right. */
export interface Bin {
  readonly from: number;
  readonly values: number;
  readonly confidence: number;
  readonly right: number;
}

/** Confidence against what came out, in ten bins; empty ones are left out. */
export function reliabilityOf(verdicts: readonly Verdict[]): Bin[] {
  return Array.from({ length: BINS }, (_, index) => {
    const members = verdicts.filter(
      ({ value, confidence }) =>
        value !== null && Math.min(BINS - 1, Math.floor(confidence * BINS)) === index,
    );
    const mean = (read: (verdict: Verdict) => number): number =>
      members.reduce((sum, one) => sum + read(one), 0) / Math.max(1, members.length);
    return {
      from: index / BINS,
      values: members.length,
      confidence: mean((one) => one.confidence),
      right: mean((one) => Number(one.right)),
    };
  }).filter((bin) => bin.values > 0);
}
