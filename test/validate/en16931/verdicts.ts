import type { Check, Extraction } from "../../../src/model/extraction.ts";
import type { StructuredDocument } from "../../../src/model/structured.ts";
import { runRules } from "../../../src/validate/en16931/run-rules.ts";

/** An extraction of nothing: every path is an XPath. */
export const NOTHING: Extraction = { data: {}, evidence: {}, warnings: [] };

/** The check of a rule; undefined where the rule does not apply. */
export function checkOf(document: StructuredDocument, id: string): Check | undefined {
  return runRules(document, NOTHING).checks.find((check) => check.code === id);
}

/** The rules that fail, without the summary. */
export function failing(document: StructuredDocument): string[] {
  return runRules(document, NOTHING)
    .checks.filter((check) => check.verdict === "fail" && check.code !== "en16931")
    .map((check) => check.code);
}
