import { calibrate, type Calibration, type FieldWeights } from "../../extract/scorer/forest.ts";
import type { ScoredField } from "../../extract/scorer/scored-field.ts";
import { fitCalibration } from "./calibrate.ts";
import type { Example } from "./examples.ts";
import { foldOf, learn, test, type Tested, weigh } from "./learn.ts";

/** What one document came to when it was not learned from. */
export interface Verdict {
  readonly example: Example;
  /** What was chosen; null where there was no candidate. */
  readonly value: string | null;
  readonly right: boolean;
  /** Calibrated on other documents than this one. */
  readonly confidence: number;
}

/** A field's weights, and how such weights did on groups that they had not seen. */
export interface Trained {
  readonly weights: FieldWeights;
  readonly verdicts: readonly Verdict[];
}

/** Least confidence of a value that is given: below, it is more often wrong than a reader would bear. */
const THRESHOLD = 0.15;

/** Learns a field's weights from all examples; cross-validates and calibrates them on groups left out in turn. */
export function train(
  field: ScoredField,
  examples: readonly Example[],
  folds: number,
  step: (what: string) => void,
): Trained {
  const features = field.features.length;
  const tested: { fold: number; example: Example; outcome: Tested | null }[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    const inFold = (example: Example): boolean => foldOf(example.group, folds) === fold;
    const trees = learn(
      examples.filter((example) => !inFold(example)),
      features,
      `${field.name} ${fold}`,
    );
    for (const example of examples.filter((one) => inFold(one)))
      tested.push({ fold, example, outcome: test(example, trees) });
    step(`${field.name}, without part ${fold + 1} of ${folds}`);
  }
  const counts = weigh(examples);
  const fit = (kept: (fold: number) => boolean): Calibration =>
    fitCalibration(
      tested.flatMap(({ fold, example, outcome }) =>
        outcome && kept(fold) ? [{ ...outcome, weight: counts.get(example) ?? 1 }] : [],
      ),
    );
  const others = Array.from({ length: folds }, (_, fold) => fit((other) => other !== fold));
  const verdicts = tested.map(({ fold, example, outcome }): Verdict => {
    const calibration = others[fold];
    if (!outcome || !calibration) return { example, value: null, right: false, confidence: 0 };
    const confidence = calibrate(calibration, outcome.raw, outcome.sure);
    return { example, value: outcome.value, right: outcome.right, confidence };
  });
  const trees = learn(examples, features, field.name);
  step(field.name);
  const weights: FieldWeights = {
    field: field.name,
    features: field.features,
    trees,
    calibration: fit(() => true),
    threshold: field.least ?? THRESHOLD,
  };
  return { weights, verdicts };
}
