import type { z } from "zod";
import type { Check, Extraction, Review } from "../model/extraction.ts";
import { isLoss, type ParsedDocument } from "../model/parsed.ts";
import { runArithmetic, runChecks } from "./checks.ts";
import { invoiceAmong, type RuleReport, runRules } from "./en16931/run-rules.ts";

/** What of a document type's definition validation goes by. */
export interface Rules {
  readonly schema: z.ZodType;
  /** JSON Pointers of the values that a complete result has. */
  readonly required: readonly string[];
}

/** Below it a required value is looked at by a person. */
const CONFIDENT = 0.8;

/** Checks an extraction and decides whether a person has to look at it. Pure. */
export function validate(
  extraction: Extraction,
  rules: Rules,
  parsed: ParsedDocument,
): { checks: Check[]; review: Review } {
  const invoice = invoiceAmong(parsed.structured);
  const checks = [
    checkSchema(extraction, rules),
    ...runChecks(extraction.data, rules.required),
    // A structured invoice has a standard's arithmetic to meet, which is stricter and knows its signs.
    ...(invoice ? [] : runArithmetic(extraction.data)),
    ...(extraction.checks ?? []),
  ];
  const reasons = [
    ...checks.filter((check) => check.verdict === "fail").map((check) => `check_failed:${check.code}`),
    ...doubtful(extraction, rules),
    ...unread(extraction, parsed),
  ];
  const structure: RuleReport = invoice ? runRules(invoice, extraction) : { checks: [], errors: [] };
  const unique = [...new Set([...reasons, ...structure.errors.map((code) => `check_failed:${code}`)])];
  const required = unique.length > 0;
  const proven = [...checks, ...structure.checks].some(
    (check) => check.verdict === "pass" && check.code !== "schema" && check.code !== "required_present",
  );
  return {
    checks: [...checks, ...structure.checks],
    review: { required, auto_approved: !required && proven && rules.required.length > 0, reasons: unique },
  };
}

function checkSchema(extraction: Extraction, rules: Rules): Check {
  const result = rules.schema.safeParse(extraction.data);
  if (result.success)
    return { code: "schema", paths: [], verdict: "pass", detail: "The data fits its schema." };
  const paths = result.error.issues.map((issue) => `/${issue.path.map(String).join("/")}`);
  return {
    code: "schema",
    paths,
    verdict: "fail",
    detail: result.error.issues[0]?.message ?? "The data does not fit its schema.",
  };
}

function doubtful(extraction: Extraction, rules: Rules): string[] {
  return rules.required.flatMap((pointer) => {
    const evidence = extraction.evidence[pointer];
    if (!evidence) return [];
    if (!evidence.grounded) return [`not_grounded:${pointer}`];
    return evidence.confidence < CONFIDENT ? [`low_confidence:${pointer}`] : [];
  });
}

/** What could not be read may hold what is missing. */
function unread(extraction: Extraction, parsed: ParsedDocument): string[] {
  const lost = parsed.pages.length < parsed.page_count || parsed.warnings.some(isLoss);
  return lost || extraction.warnings.length > 0 ? ["incomplete_reading"] : [];
}
