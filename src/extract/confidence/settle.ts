import type { DraftValue } from "../engine/draft.ts";
import type { Reading } from "../engine/reading.ts";
import { type Forest, scoreForest } from "../scorer/forest.ts";
import { documentSignals, DOCUMENT_SIGNALS } from "./document-signals.ts";
import { isCell, rowOf, signalsOf, VALUE_SIGNALS } from "./signals.ts";
import weights from "./weights.json" with { type: "json" };

/** What training leaves: trees over signals of values and of documents. */
export interface ConfidenceWeights {
  readonly signals: readonly string[];
  readonly values: Forest;
  readonly document_signals: readonly string[];
  readonly documents: Forest;
}

/** What is told about a document's values beside the drafts. */
export interface Settings {
  readonly reading: Reading;
  /** Whether it is read as a business paper. */
  readonly business: boolean;
  readonly required: readonly string[];
  /** Whether values may be left out: not where the type gives its data as a whole. */
  readonly mayDrop: boolean;
}

/** Drafts with confidences that mean what they say, and how likely it is that nothing is wrong or missing. */
export interface Settled {
  readonly values: DraftValue[];
  readonly estimate: number | null;
}

export type Settle = (drafts: readonly DraftValue[], settings: Settings) => Settled;

/** A value that is more likely wrong than right is not given. */
const FLOOR = 0.5;
const [LEAST, MOST] = [0.01, 0.99];

/** Whether a value's confidence is its own: a person's, a structure's, memory's, or calibrated by its scorer. */
export function keepsOwn({ source, reader }: DraftValue): boolean {
  return source !== undefined || reader === "scored";
}

/** Settles by learned weights; where they are of other signals, the drafts stay as they are. */
export function settleBy(learned: ConfidenceWeights): Settle {
  if (!same(learned.signals, VALUE_SIGNALS) || learned.values.length === 0)
    return (drafts) => ({ values: [...drafts], estimate: null });
  return (drafts, settings) => {
    const given = firsts(drafts);
    const rows = signalsOf(settings.reading, given, settings.business);
    const settled = given.map((draft, index) =>
      keepsOwn(draft)
        ? draft
        : Object.assign({}, draft, {
            confidence: capped(draft, settings.reading, chance(learned.values, rows[index] ?? [])),
          }),
    );
    const kept = settings.mayDrop ? likelyOf(settled) : settled;
    const known = same(learned.document_signals, DOCUMENT_SIGNALS) && learned.documents.length > 0;
    return {
      values: kept,
      estimate: known && kept.length > 0 ? chance(learned.documents, documentSignals(kept, settings)) : null,
    };
  };
}

/** What this build has learned. */
export const settle: Settle = settleBy(weights);

/** Of two drafts for one pointer the first is given. */
export function firsts(drafts: readonly DraftValue[]): DraftValue[] {
  const seen = new Set<string>();
  return drafts.filter(({ pointer }) => !seen.has(pointer) && seen.add(pointer));
}

/** What was chosen without a reason that the paper gives, or against one, is no surer than the choice, however often it is right. */
function capped(draft: DraftValue, reading: Reading, learned: number): number {
  return draft.repaired === true || draft.contradicted === true || isEitherOrder(draft, reading)
    ? Math.min(draft.confidence, learned)
    : learned;
}

/** A date that may be read in two orders, where nothing on the paper tells which. */
function isEitherOrder({ value, cited }: DraftValue, { dayFirst }: Reading): boolean {
  const [, month, day] = /^\d{4}-(\d{2})-(\d{2})$/.exec(String(value)) ?? [];
  if (dayFirst !== null || month === undefined || day === undefined) return false;
  const printed = cited[0]?.content ?? "";
  return Number(day) <= 12 && month !== day && /\d{1,2}[./-]\d{1,2}[./-]\d{2,4}/.test(printed);
}

/** The values that are given. Of a row something stays, since lists have no gaps. */
export function likelyOf(drafts: readonly DraftValue[]): DraftValue[] {
  const kept = drafts.filter((draft) => keepsOwn(draft) || draft.confidence >= FLOOR);
  const rows = new Set(kept.map(({ pointer }) => rowOf(pointer)));
  const lost = drafts.filter(({ pointer }) => isCell(pointer) && !rows.has(rowOf(pointer)));
  return lost.length === 0 ? kept : drafts.filter((draft) => kept.includes(draft) || lost.includes(draft));
}

function chance(forest: Forest, signals: readonly number[]): number {
  return Math.min(MOST, Math.max(LEAST, 1 / (1 + Math.exp(-scoreForest(forest, signals)))));
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index]);
}
