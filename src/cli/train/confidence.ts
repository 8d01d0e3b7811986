import { documentSignals, DOCUMENT_SIGNALS } from "../../extract/confidence/document-signals.ts";
import {
  type ConfidenceWeights,
  firsts,
  likelyOf,
  keepsOwn,
  type Settings,
  settleBy,
} from "../../extract/confidence/settle.ts";
import { isCell, signalsOf, VALUE_SIGNALS } from "../../extract/confidence/signals.ts";
import { createEmbeddedEngine } from "../../extract/engine/embedded.ts";
import type { DraftValue } from "../../extract/engine/draft.ts";
import { assemble } from "../../extract/engine/evidence.ts";
import { BuiltInType, extractors } from "../../extract/registry.ts";
import { validate } from "../../validate/validate.ts";
import type { DocumentLine } from "../client/read-document.ts";
import { type Forest, scoreForest } from "../../extract/scorer/forest.ts";
import { DEFAULT_MAPPING } from "../eval/mapping.ts";
import { isRight } from "../eval/report.ts";
import { type DocumentScore, scoreDocument } from "../eval/score.ts";
import { understand } from "../eval/understand.ts";
import { boost, type BoostOptions } from "./boost.ts";
import { foldOf, MEDIUM_WEIGHT } from "./learn.ts";
import { Random } from "./random.ts";
import type { Sample } from "./sources.ts";

/** One document as its values were drafted, with what of them is right. */
export interface ConfidenceExample {
  readonly sample: Sample;
  readonly score: DocumentScore;
  readonly line: DocumentLine;
  readonly drafts: readonly DraftValue[];
  readonly settings: Settings;
  readonly signals: readonly (readonly number[])[];
  /** Of each draft, where its truth is known. */
  readonly right: readonly (boolean | null)[];
  readonly fold: number;
  weight: number;
}

/** A value or document that was not learned from. */
export interface Outcome {
  readonly source: string;
  readonly confidence: number;
  readonly right: boolean;
  /** Of a value: whether it stands in a row, and whether its confidence is its own. */
  readonly cell?: boolean;
  readonly own?: boolean;
  /** Of a document: whether all else that approval asks for is met. */
  readonly approvable?: boolean;
}

/** What cross-validation came to, and the weights of everything. */
export interface LearnedConfidence {
  readonly weights: ConfidenceWeights;
  readonly before: readonly Outcome[];
  readonly after: readonly Outcome[];
  readonly documents: readonly Outcome[];
}

const VALUES: BoostOptions = {
  trees: 90,
  leaves: 6,
  rate: 0.12,
  share: 0.5,
  least: 4,
  ridge: 3,
  rising: [
    VALUE_SIGNALS.indexOf("raw"),
    VALUE_SIGNALS.indexOf("read_least"),
    VALUE_SIGNALS.indexOf("proven"),
  ],
};
const DOCUMENTS: BoostOptions = {
  trees: 100,
  leaves: 4,
  rate: 0.1,
  share: 0.5,
  least: 2,
  ridge: 2,
  rising: [
    "names_least",
    "addresses_least",
    "amounts_least",
    "identifiers_least",
    "dates_least",
    "header_least",
    "header_product",
    "rows_least",
    "rows_product",
    "proven",
  ].map((name) => DOCUMENT_SIGNALS.findIndex((signal) => signal === name)),
};
/** Values of one document that count as so many documents' at most. */
const MOST_VALUES = 40;

/** Reads a sample as the platform would, and notes the signals before anything is settled. */
export async function confidenceExample(sample: Sample, folds: number): Promise<ConfidenceExample | null> {
  let seen: { drafts: DraftValue[]; settings: Settings } | null = null;
  const engine = createEmbeddedEngine((drafts, settings) => {
    seen = { drafts: firsts(drafts), settings };
    return { values: [...drafts], estimate: null };
  });
  const line = await understand(sample.row.file, sample.parsed, undefined, engine);
  // The callback above fills it, which the compiler cannot see.
  const noted = seen as { drafts: DraftValue[]; settings: Settings } | null;
  if (!noted) return null;
  const score = scoreDocument(sample.row, line, DEFAULT_MAPPING);
  const verdicts = new Map(
    [...score.fields, ...score.cells].flatMap(({ pointer, given, truth, right }): [string, boolean][] =>
      pointer === null || given === null ? [] : [[pointer, truth !== null && right]],
    ),
  );
  return {
    sample,
    score,
    line,
    drafts: noted.drafts,
    settings: noted.settings,
    signals: signalsOf(noted.settings.reading, noted.drafts, noted.settings.business),
    right: noted.drafts.map(({ pointer }) => verdicts.get(pointer) ?? null),
    fold: foldOf(sample.group, folds),
    weight: 1,
  };
}

/** Sources weigh the same, groups by the root of their size, worn copies little. */
export function weighConfidence(examples: readonly ConfidenceExample[]): void {
  const keyOf = ({ sample }: ConfidenceExample): string => `${sample.medium} ${sample.group}`;
  const sizes = Map.groupBy(examples, keyOf);
  for (const example of examples)
    example.weight = MEDIUM_WEIGHT[example.sample.medium] / Math.sqrt(sizes.get(keyOf(example))?.length ?? 1);
  const sources = Map.groupBy(examples, ({ sample }) => sample.source);
  const mean = examples.reduce((sum, { weight }) => sum + weight, 0) / Math.max(1, sources.size);
  for (const members of sources.values()) {
    const sum = members.reduce((total, { weight }) => total + weight, 0);
    for (const example of members) example.weight *= mean / sum;
  }
}

/** Learns both estimates; every figure is of documents whose group was left out. */
export function learnConfidence(examples: readonly ConfidenceExample[], folds: number): LearnedConfidence {
  const before: Outcome[] = [];
  const after: Outcome[] = [];
  const settled: Document[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    const values = learnValues(
      examples.filter((example) => example.fold !== fold),
      `values ${fold}`,
    );
    for (const example of examples.filter((one) => one.fold === fold)) {
      before.push(...outcomesOf(example, example.drafts));
      const { kept, document } = apply(example, values);
      after.push(...outcomesOf(example, kept));
      settled.push(document);
    }
  }
  const documents: Outcome[] = settled.map(({ example }) => ({
    source: sourceOf(example),
    confidence: 0,
    right: false,
  }));
  for (let fold = 0; fold < folds; fold += 1) {
    const forest = learnDocuments(
      settled.filter(({ example }) => example.fold !== fold),
      `documents ${fold}`,
    );
    for (const [index, { example, signals, right, approvable }] of settled.entries()) {
      if (example.fold !== fold) continue;
      documents[index] = {
        source: sourceOf(example),
        confidence: chanceOf(forest, signals),
        right,
        approvable,
      };
    }
  }
  const weights: ConfidenceWeights = {
    signals: VALUE_SIGNALS,
    values: learnValues(examples, "values"),
    document_signals: DOCUMENT_SIGNALS,
    documents: learnDocuments(settled, "documents"),
  };
  return { weights, before, after, documents };
}

interface Document {
  readonly example: ConfidenceExample;
  readonly signals: readonly number[];
  readonly right: boolean;
  readonly approvable: boolean;
}

function sourceOf({ sample }: ConfidenceExample): string {
  return sample.medium === "misread" || sample.medium === "unknown"
    ? `${sample.source} ${sample.medium}`
    : sample.source;
}

function outcomesOf(example: ConfidenceExample, given: readonly DraftValue[]): Outcome[] {
  const rights = new Map(example.drafts.map(({ pointer }, index) => [pointer, example.right[index] ?? null]));
  const owned = new Set(example.drafts.filter(keepsOwn).map(({ pointer }) => pointer));
  return given.flatMap(({ pointer, confidence }) => {
    const right = rights.get(pointer) ?? null;
    if (right === null) return [];
    return [{ source: sourceOf(example), confidence, right, cell: isCell(pointer), own: owned.has(pointer) }];
  });
}

/** A document's drafts as weights that never saw it would settle them. */
function apply(example: ConfidenceExample, values: Forest): { kept: DraftValue[]; document: Document } {
  const trial = { signals: VALUE_SIGNALS, values, document_signals: [], documents: [] };
  const { values: all } = settleBy(trial)(example.drafts, { ...example.settings, mayDrop: false });
  const kept = example.settings.mayDrop ? likelyOf(all) : all;
  const given = new Set(kept.map(({ pointer }) => pointer));
  const lost = example.drafts.some(
    ({ pointer }, index) => example.right[index] === true && !given.has(pointer),
  );
  const mended = example.score.fields.every(({ truth, right, pointer, given: value }) =>
    truth === null ? value === null || !given.has(pointer ?? "") : right,
  );
  const rows = Object.values(example.score.rows).every(
    (row) => row.right === row.truth && row.given === row.truth,
  );
  return {
    kept: all,
    document: {
      example,
      signals: documentSignals(kept, example.settings),
      approvable: isApprovable(example, kept),
      right: !lost && (isRight(example.score) || (mended && rows)),
    },
  };
}

/** Whether the checks approve a document with these values, before its estimate is asked. */
function isApprovable({ sample, line, settings }: ConfidenceExample, kept: readonly DraftValue[]): boolean {
  const type = BuiltInType.safeParse(line.type).data;
  if (type === undefined) return false;
  const { data, evidence } = assemble(sample.parsed, kept, "embedded");
  const given = settings.mayDrop ? data : (line.data ?? data);
  const warnings = line.warnings.filter(
    ({ code }) => !sample.parsed.warnings.some((one) => one.code === code),
  );
  return validate({ data: given, evidence, warnings }, extractors[type], sample.parsed).review.auto_approved;
}

function learnValues(examples: readonly ConfidenceExample[], seed: string): Forest {
  const rows: { signals: readonly number[]; right: boolean; weight: number }[] = [];
  for (const { drafts, signals, right, weight } of examples) {
    const share = weight * Math.min(1, MOST_VALUES / Math.max(1, right.length));
    for (const [index, draft] of drafts.entries()) {
      const verdict = right[index] ?? null;
      const row = signals[index];
      if (verdict === null || !row || keepsOwn(draft)) continue;
      rows.push({ signals: row, right: verdict, weight: share * (isCell(draft.pointer) ? 0.5 : 1) });
    }
  }
  return learnChance(rows, VALUE_SIGNALS.length, VALUES, seed);
}

function learnDocuments(documents: readonly Document[], seed: string): Forest {
  const rows = documents.map(({ example, signals, right }) => ({ signals, right, weight: example.weight }));
  return learnChance(rows, DOCUMENT_SIGNALS.length, DOCUMENTS, seed);
}

/** A choice between one candidate and none is a logistic regression: each row stands for itself. */
function learnChance(
  rows: readonly { signals: readonly number[]; right: boolean; weight: number }[],
  features: number,
  options: BoostOptions,
  seed: string,
): Forest {
  const values = new Float32Array(rows.length * features);
  for (const [at, { signals }] of rows.entries()) values.set(signals, at * features);
  const table = {
    features,
    values,
    groups: Array.from({ length: rows.length + 1 }, (_, at) => at),
    right: Uint8Array.from(rows, ({ right }) => Number(right)),
    weights: rows.map(({ weight }) => weight),
  };
  return boost(table, options, new Random(seed));
}

function chanceOf(forest: Forest, signals: readonly number[]): number {
  return 1 / (1 + Math.exp(-scoreForest(forest, signals)));
}
