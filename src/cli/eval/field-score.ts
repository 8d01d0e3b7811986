import type { EvidenceMap } from "../../model/extraction.ts";
import type { FieldRule } from "./mapping.ts";
import { agrees, type Comparison } from "./normalise.ts";
import { findValues } from "./pointers.ts";

/** How one field of one document came out. */
export interface FieldScore {
  readonly name: string;
  readonly compare: Comparison;
  /** The truth as written; null where it says that there is none. */
  readonly truth: string | null;
  readonly given: string | null;
  /** Written as the truth has it. */
  readonly exact: boolean;
  /** The same after parsing or folding. */
  readonly right: boolean;
  /** Given, but not found on the page. */
  readonly ungrounded: boolean;
  /** Where the value given stands in the data. */
  readonly pointer: string | null;
  readonly confidence: number | null;
  /** Whether the truth stands in the text that was read; null where that cannot be told. */
  readonly readable: boolean | null;
}

/** Scores one value: the first of the rule's places that agrees, else the first that holds something. */
export function scoreField(
  name: string,
  truth: string | null,
  rule: FieldRule,
  result: { readonly data: unknown; readonly evidence: EvidenceMap },
): FieldScore {
  const found = rule.pointers.flatMap((pointer) => findValues(result.data, pointer));
  const best = truth === null ? undefined : found.find((entry) => agrees(rule.compare, truth, entry.value));
  const shown = best ?? found[0];
  const evidence = shown === undefined ? undefined : result.evidence[shown.pointer];
  return {
    name,
    compare: rule.compare,
    truth,
    given: shown?.value ?? null,
    exact: truth !== null && (shown?.value === truth || evidence?.content === truth),
    right: best !== undefined,
    ungrounded: evidence?.grounded === false,
    pointer: shown?.pointer ?? null,
    confidence: evidence?.confidence ?? null,
    readable: null,
  };
}
