import { draftByRules } from "../../extract/engine/embedded.ts";
import { read } from "../../extract/engine/reading.ts";
import { isLegalForm } from "../../extract/engine/party-names.ts";
import type { Extractor } from "../../extract/define.ts";
import { extractors } from "../../extract/registry.ts";
import { documentText } from "../../model/parsed.ts";
import type { Candidate } from "../../extract/scorer/scored-field.ts";
import { compareOf, DEFAULT_MAPPING } from "../eval/mapping.ts";
import { agrees, type Comparison, foldText } from "../eval/normalise.ts";
import { oracleOf } from "../eval/readable.ts";
import { scalarText } from "../leaves.ts";
import type { TruthRow } from "../eval/truth.ts";
import type { Medium, Sample } from "./sources.ts";

/** One document's candidates for one field, and which are right. */
export interface Example {
  readonly candidates: readonly Candidate[];
  /** Whether each candidate is as the truth has it. */
  readonly exact: readonly boolean[];
  /** Whether each candidate is to be preferred: the exact ones, or the nearest where words were misread. */
  readonly wanted: readonly boolean[];
  /** Null where the truth says that the document has no such value. */
  readonly truth: string | null;
  readonly file: string;
  readonly medium: Medium;
  readonly source: string;
  readonly group: string;
  /** What the rules give, and whether that is right. */
  readonly rule: string | null;
  readonly ruleRight: boolean;
  /** Whether the truth's letters stand somewhere in the text that was read. */
  readonly readable: boolean;
}

/** Least likeness of a candidate to a truth that no candidate meets. */
const NEAREST = 0.75;

/** The examples of a document, by the names of the scored fields. Fields that the truth does not know are left out. */
export function examplesOf(sample: Sample): Map<string, Example> {
  const { reads }: Extractor = extractors[sample.type];
  const found = new Map<string, Example>();
  if (!reads?.scored) return found;
  const { evidence } = draftByRules(read(sample.parsed), reads, sample.parsed);
  for (const scored of reads.scored) {
    const known = truthOf(sample.row, scored.pointer);
    if (known === undefined) continue;
    const rule = evidence.drafts.get(scored.pointer)?.value;
    const candidates = scored.field.candidates(evidence);
    found.set(
      scored.field.name,
      exampleOf(sample, candidates, known, rule === undefined ? null : String(rule)),
    );
  }
  return found;
}

interface Known {
  readonly text: string | null;
  readonly compare: Comparison;
}

/** What the truth has for a pointer: of `data` first, of its loose fields else. Undefined where it is not known. */
function truthOf(row: TruthRow, pointer: string): Known | undefined {
  const { data } = row;
  if (typeof data === "object" && data !== null) {
    let node: unknown = data;
    for (const token of pointer.split("/").slice(1)) {
      node = typeof node === "object" && node !== null ? (node as Record<string, unknown>)[token] : undefined;
    }
    return { text: scalarText(node), compare: compareOf(pointer) };
  }
  for (const [name, rule] of Object.entries(DEFAULT_MAPPING.fields)) {
    if (rule.pointers.includes(pointer) && Object.hasOwn(row.fields, name))
      return { text: scalarText(row.fields[name]), compare: rule.compare };
  }
  return undefined;
}

function exampleOf(
  { row, parsed, medium, source, group }: Sample,
  candidates: readonly Candidate[],
  { text: truth, compare }: Known,
  rule: string | null,
): Example {
  const exact = candidates.map(({ value }) => truth !== null && agrees(compare, truth, value));
  const readable = oracleOf(documentText(parsed.pages));
  return {
    candidates,
    exact,
    wanted: exact.some(Boolean) || truth === null || compare !== "name" ? exact : nearest(candidates, truth),
    truth,
    file: row.file,
    medium,
    source,
    group,
    rule,
    ruleRight: truth !== null && rule !== null && agrees(compare, truth, rule),
    readable: truth !== null && (exact.some(Boolean) || readable(compare, truth) === true),
  };
}

/** The candidates that are most like a text of several words, where any is much like it. */
function nearest(candidates: readonly Candidate[], truth: string): boolean[] {
  const wanted = foldText(truth);
  const likeness = candidates.map(({ value }) => likenessOf(foldText(value), wanted));
  const best = Math.max(NEAREST, ...likeness);
  return likeness.map((one, at) => one >= best - 1e-9 || isFuller(candidates[at]?.value ?? "", truth));
}

/** Whether a name is the truth's with the legal form that the truth leaves out. */
function isFuller(name: string, truth: string): boolean {
  const [own, wanted] = [foldText(name), foldText(truth)];
  return own.length > wanted.length && own.startsWith(wanted) && isLegalForm(own.slice(wanted.length));
}

/** 1 less the share of letters that have to be changed (Levenshtein). */
function likenessOf(a: string, b: string): number {
  const longest = Math.max(a.length, b.length, 1);
  if (Math.min(a.length, b.length) < longest * NEAREST) return 0;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (previous[j - 1] ?? 0) + Number(a.charAt(i - 1) !== b.charAt(j - 1));
      next.push(Math.min(change, (previous[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    previous = next;
  }
  return 1 - (previous[b.length] ?? longest) / longest;
}
