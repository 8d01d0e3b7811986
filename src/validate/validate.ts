import type { z } from "zod";
import type { CheckName } from "../model/check-name.ts";
import type { Check, Extraction, Review } from "../model/extraction.ts";
import { valueAt } from "../model/json-pointer.ts";
import { isLoss, type ParsedDocument } from "../model/parsed.ts";
import type { HistoryFacts } from "../ports.ts";
import { type DocumentCheck, type HistoryCheck, reporterOf, type Subject } from "./checks/check.ts";
import { checks as registry } from "./checks/registry.ts";
import { invoiceAmong, type RuleReport, runRules } from "./en16931/run-rules.ts";

/** What of a document type's definition validation goes by. */
export interface Rules {
  readonly schema: z.ZodType;
  /** JSON Pointers of the values that a complete result has. */
  readonly required: readonly string[];
  /** Names of the checks that its documents have to meet. */
  readonly checks?: readonly CheckName[];
}

/** Checks and what follows from them. */
export interface Verdicts {
  readonly checks: Check[];
  readonly review: Review;
}

/** Below it a required value is looked at by a person. */
const CONFIDENT = 0.8;
/**
 * Least chance that nothing is wrong or missing, where the engine tells one: below it documents of issuers and layouts
 * that were not learned from were approved with something wrong in more than one of a hundred
 * (src/extract/confidence/MODEL-CARD.md).
 */
const APPROVED = 0.95;

/**
 * Checks an extraction by itself and decides whether a person has to look at it. `receivedMs` is when the document
 * came in, Unix ms. Pure.
 */
export function validate(
  extraction: Extraction,
  rules: Rules,
  parsed: ParsedDocument,
  receivedMs: number | null = null,
): Verdicts {
  const invoice = invoiceAmong(parsed.structured);
  const subject = { data: extraction.data, evidence: extraction.evidence, parsed, receivedMs };
  const checks = [
    checkSchema(extraction, rules),
    checkRequired(extraction, rules),
    ...runChecks(subject, rules, invoice !== null),
    ...(extraction.checks ?? []),
  ];
  const reasons = [
    ...checks.filter((check) => check.verdict === "fail").map((check) => `check_failed:${check.code}`),
    ...doubtful(extraction, rules),
    ...unread(extraction, parsed),
    ...(foundNothing(extraction, parsed) ? ["nothing_found"] : []),
  ];
  const structure: RuleReport = invoice ? runRules(invoice, extraction) : { checks: [], errors: [] };
  const unique = [...new Set([...reasons, ...structure.errors.map((code) => `check_failed:${code}`)])];
  const required = unique.length > 0;
  const proven = isProven([...checks, ...structure.checks], rules, extraction);
  return {
    checks: [...checks, ...structure.checks],
    review: {
      required,
      auto_approved:
        !required && proven && rules.required.length > 0 && (extraction.estimate ?? 1) >= APPROVED,
      reasons: unique,
    },
  };
}

/** Adds to a document's verdicts what the tenant's other documents say of it. Pure. */
export function compareHistory({ checks, review }: Verdicts, rules: Rules, facts: HistoryFacts): Verdicts {
  const added = (rules.checks ?? []).flatMap((name) => {
    const check: DocumentCheck | HistoryCheck = registry[name];
    return "compare" in check ? [check.compare(facts, reporterOf(name))] : [];
  });
  const failed = added
    .filter((check) => check.verdict === "fail")
    .map((check) => `check_failed:${check.code}`);
  return {
    checks: [...checks, ...added],
    review: {
      required: review.required || failed.length > 0,
      auto_approved: review.auto_approved && failed.length === 0,
      reasons: [...new Set([...review.reasons, ...failed])],
    },
  };
}

/** Whether any of a type's checks asks for the tenant's other documents. */
export function comparesHistory(rules: Pick<Rules, "checks">): boolean {
  return (rules.checks ?? []).some((name) => "compare" in registry[name]);
}

function runChecks(subject: Subject, rules: Rules, structured: boolean): Check[] {
  return (rules.checks ?? []).flatMap((name) => {
    const check: DocumentCheck | HistoryCheck = registry[name];
    // A structured invoice has a standard's arithmetic to meet, which is stricter and knows its signs.
    if ("compare" in check || (structured && check.superseded)) return [];
    return check.run(subject, reporterOf(name));
  });
}

/** The type's checks, by name: a custom type's definition may name none. */
function isCheckName(code: string): code is CheckName {
  return Object.hasOwn(registry, code);
}

/**
 * Whether a passed check shows that the values were read right. Where a type's values can be proven by arithmetic or
 * check digits, nothing less will do; elsewhere any of its own checks, where every value is sure.
 */
function isProven(checks: readonly Check[], rules: Rules, { evidence }: Extraction): boolean {
  const strengthOf = (code: string): DocumentCheck["strength"] | null => {
    // What is in no registry compared structure with page, or is a rule of the structure's standard.
    if (!isCheckName(code)) return code === "schema" || code === "required_present" ? null : "proof";
    const check: DocumentCheck | HistoryCheck = registry[code];
    return "compare" in check ? null : check.strength;
  };
  const provable = (rules.checks ?? []).some((name) => strengthOf(name) === "proof");
  // Without sums to close, nothing but its own confidence speaks for any of the values.
  if (!provable && Object.values(evidence).some(({ confidence }) => confidence < CONFIDENT)) return false;
  return checks.some((check) => {
    const strength = check.verdict === "pass" ? strengthOf(check.code) : null;
    return strength === "proof" || (strength === "guard" && !provable);
  });
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

function checkRequired({ data }: Extraction, { required }: Rules): Check {
  const code = "required_present";
  if (required.length === 0)
    return { code, paths: [], verdict: "not_applicable", detail: "This type requires no value." };
  const missing = required.filter((pointer) => valueAt(data, pointer) === undefined);
  return missing.length === 0
    ? { code, paths: [...required], verdict: "pass", detail: "Every required value is present." }
    : { code, paths: missing, verdict: "fail", detail: `Missing: ${missing.join(", ")}.` };
}

function doubtful(extraction: Extraction, rules: Rules): string[] {
  return rules.required.flatMap((pointer) => {
    const evidence = extraction.evidence[pointer];
    // What a person said needs no person to look at it.
    if (!evidence || evidence.source === "correction") return [];
    if (!evidence.grounded) return [`not_grounded:${pointer}`];
    return evidence.confidence < CONFIDENT ? [`low_confidence:${pointer}`] : [];
  });
}

/** Whether a document gave no value at all: it is blank, unreadable, or of no kind that is known. */
function foundNothing({ data, evidence }: Extraction, { container }: ParsedDocument): boolean {
  const given = Object.values(data).some((value) => !Array.isArray(value) || value.length > 0);
  return !container && !given && Object.keys(evidence).length === 0;
}

/** What could not be read may hold what is missing. */
function unread(extraction: Extraction, parsed: ParsedDocument): string[] {
  const lost = parsed.pages.length < parsed.page_count || parsed.warnings.some(isLoss);
  const doubts = extraction.warnings.map(({ code }) => code);
  return lost ? ["incomplete_reading", ...doubts] : doubts;
}
