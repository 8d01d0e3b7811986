import { Big } from "big.js";
import type { CheckName } from "../../model/check-name.ts";
import type { Check, EvidenceMap, ExtractedData } from "../../model/extraction.ts";
import { valueAt } from "../../model/json-pointer.ts";
import type { ParsedDocument } from "../../model/parsed.ts";
import type { HistoryFacts } from "../../ports.ts";

/** What a check looks at. Pure data: what is known of the store was asked before. */
export interface Subject {
  readonly data: ExtractedData;
  readonly evidence: EvidenceMap;
  readonly parsed: ParsedDocument;
  /** When the document came in, Unix ms; null where nobody said. */
  readonly receivedMs: number | null;
}

interface Described {
  /** JSON Pointers of the values that it is about; `*` stands for any row. */
  readonly paths: readonly string[];
  /** What a pass shows, in a sentence for the docs. */
  readonly proves: string;
}

/** A check of one document by itself. */
export interface DocumentCheck extends Described {
  /**
   * `proof` when a pass shows that values were read right (sums that close); `guard` when it can only raise doubts,
   * or tells of one value alone.
   */
  readonly strength: "proof" | "guard";
  /** Arithmetic that a structured invoice's own standard rules on more strictly. */
  readonly superseded?: true;
  readonly run: (subject: Subject, report: Reporter) => Check[];
}

/** A check against the tenant's other documents. */
export interface HistoryCheck extends Described {
  readonly compare: (facts: HistoryFacts, report: Reporter) => Check;
}

/** Makes verdicts under a check's own name. */
export interface Reporter {
  readonly pass: (paths: readonly string[], detail: string) => Check;
  readonly fail: (paths: readonly string[], detail: string) => Check;
  readonly skip: (paths: readonly string[], detail: string) => Check;
}

/** A reporter of one check. */
export function reporterOf(code: CheckName): Reporter {
  const report = (verdict: Check["verdict"]) => (paths: readonly string[], detail: string) => ({
    code,
    paths: [...paths],
    verdict,
    detail,
  });
  return { pass: report("pass"), fail: report("fail"), skip: report("not_applicable") };
}

/** A cent for every amount that was rounded by itself. */
const CENT = new Big("0.01");

/** The amount at a pointer; null where there is none. */
export function amountAt(data: unknown, pointer: string): Big | null {
  return amountOf(valueAt(data, pointer));
}

/** A decimal string as a number to reckon with. */
export function amountOf(value: unknown): Big | null {
  return typeof value === "string" && /^-?\d+(?:\.\d+)?$/.test(value) ? new Big(value) : null;
}

/** The text at a pointer; null where there is none. */
export function textAt(data: unknown, pointer: string): string | null {
  const value = valueAt(data, pointer);
  return typeof value === "string" && value !== "" ? value : null;
}

/** The rows of a list, those alone that are objects. */
export function rowsAt(data: unknown, pointer: string): Record<string, unknown>[] {
  const value = valueAt(data, pointer);
  return Array.isArray(value)
    ? value.filter((row): row is Record<string, unknown> => typeof row === "object" && row !== null)
    : [];
}

/** Whether two amounts differ by at most so many cents. */
export function near(a: Big, b: Big, cents: number): boolean {
  return a.minus(b).abs().lte(CENT.times(cents));
}
