import type { FieldScore } from "./field-score.ts";

/** Where a share lies at 95 %. */
export type Interval = readonly [low: number, high: number];

/** Counts of one field over documents, and what follows from them. Shares are null where nothing was to be counted. */
export interface FieldReport {
  readonly truth: number;
  readonly given: number;
  readonly exact: number;
  readonly right: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  /** Wilson for the shares; for F1 by drawing documents anew. Null where there is no share. */
  readonly intervals: {
    readonly precision: Interval | null;
    readonly recall: Interval | null;
    readonly f1: Interval | null;
  };
  /** Values that differ from a truth, of those given where there is one. */
  readonly contradiction: number | null;
  /** Values given where the truth says that there is none, or that are not on the page, of all given. */
  readonly hallucination: number | null;
  /** Truths that stand in the text that was read, of those of which that can be told. */
  readonly oracle: number | null;
  /** Right ones of the truths that stand in the text: what extraction makes of what was read. */
  readonly selection: number | null;
}

/** Counts one field, document by document. A truth of null only counts against what is given all the same. */
export function reportField(byDocument: readonly (readonly FieldScore[])[]): FieldReport {
  const scores = byDocument.flat();
  const known = scores.filter(({ truth }) => truth !== null);
  const given = scores.filter((score) => score.given !== null);
  const right = known.filter((score) => score.right).length;
  const met = known.filter((score) => score.given !== null);
  const told = known.filter(({ readable }) => readable !== null);
  const readable = told.filter((score) => score.readable === true);
  return {
    truth: known.length,
    given: given.length,
    exact: known.filter(({ exact }) => exact).length,
    right,
    precision: share(right, given.length),
    recall: share(right, known.length),
    f1: known.length === 0 ? null : harmonic(right, given.length, known.length),
    intervals: {
      precision: wilson(right, given.length),
      recall: wilson(right, known.length),
      f1:
        known.length === 0 ? null : drawAnew(byDocument.filter((scores) => scores.length > 0).map(countOne)),
    },
    contradiction: share(met.length - right, met.length),
    hallucination: share(
      given.filter(({ truth, ungrounded }) => truth === null || ungrounded).length,
      given.length,
    ),
    oracle: share(readable.length, told.length),
    selection: share(readable.filter((score) => score.right).length, readable.length),
  };
}

/** Wilson's interval of a share at 95 %. */
export function wilson(part: number, whole: number): Interval | null {
  if (whole === 0) return null;
  const z = 1.96;
  const p = part / whole;
  const middle = p + (z * z) / (2 * whole);
  const spread = z * Math.sqrt((p * (1 - p)) / whole + (z * z) / (4 * whole * whole));
  const scale = 1 + (z * z) / whole;
  return [Math.max(0, (middle - spread) / scale), Math.min(1, (middle + spread) / scale)];
}

interface Counts {
  readonly right: number;
  readonly given: number;
  readonly truth: number;
}

function countOne(scores: readonly FieldScore[]): Counts {
  return {
    right: scores.filter(({ truth, right }) => truth !== null && right).length,
    given: scores.filter(({ given }) => given !== null).length,
    truth: scores.filter(({ truth }) => truth !== null).length,
  };
}

const DRAWS = 400;

/** F1's 95 % by drawing as many documents anew, with the same drawings each time. */
function drawAnew(documents: readonly Counts[]): Interval {
  let seed = 20_011;
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const figures = Array.from({ length: DRAWS }, () => {
    let [right, given, truth] = [0, 0, 0];
    for (let drawn = 0; drawn < documents.length; drawn += 1) {
      const counts = documents[Math.floor(random() * documents.length)];
      right += counts?.right ?? 0;
      given += counts?.given ?? 0;
      truth += counts?.truth ?? 0;
    }
    return harmonic(right, given, truth);
  }).sort((a, b) => a - b);
  return [figures[Math.floor(DRAWS * 0.025)] ?? 0, figures[Math.ceil(DRAWS * 0.975) - 1] ?? 0];
}

/** F1 of counts. */
export function harmonic(right: number, given: number, truth: number): number {
  return given + truth === 0 ? 0 : (2 * right) / (given + truth);
}

/** A part of a whole; null of none. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
