import { isInvoice } from "../../model/en16931.ts";
import type { Check, Extraction } from "../../model/extraction.ts";
import type { StructuredDocument } from "../../model/structured.ts";
import { CODES } from "./codes.ts";
import { CONDITIONS } from "./conditions.ts";
import { DECIMALS } from "./decimals.ts";
import { INTEGRITY } from "./integrity.ts";
import { homeOf, Invoice, type Part } from "./invoice.ts";
import { Places } from "./places.ts";
import type { Reach } from "./profile.ts";
import type { GroupRule, Outcome, Rule, TermRule } from "./rule.ts";
import { VAT_CATEGORIES } from "./vat-categories.ts";
import { XRECHNUNG } from "./xrechnung.ts";

/** What the rules say of a document. */
export interface RuleReport {
  /** A summary (`en16931`), then each rule that had something to say, in the order of the standard. */
  readonly checks: Check[];
  /** Codes of failed checks that a person has to look at: what is flagged as a warning is not among them. */
  readonly errors: string[];
}

/** Paths that one check names; with more, its detail tells how many. */
const MAX_PATHS = 20;

const EN16931: readonly Rule[] = [...INTEGRITY, ...CONDITIONS, ...DECIMALS, ...CODES, ...VAT_CATEGORIES];

/** Why not every rule is asked, by how far the document is bound. */
const LIMITS: Readonly<Record<Reach, string>> = {
  full: "",
  extended: "",
  without_lines: " It has no lines by design, so rules about lines are not asked.",
  minimum: " It holds no more than totals by design, so those alone are asked.",
  other: " It does not follow EN 16931 as it stands, so only its sums are asked.",
};

/**
 * Runs the rules of EN 16931 (and of XRechnung, where a document follows it) over a structured invoice or credit note.
 * A rule is one check, however many lines it is about. Paths lead into the data of `extraction` where it holds the value.
 */
export function runRules(
  document: StructuredDocument,
  { data, evidence }: Pick<Extraction, "data" | "evidence">,
): RuleReport {
  const invoice = new Invoice(document);
  const places = new Places(data, evidence);
  const found = rulesFor(invoice).map((rule) => ({ rule, check: checkOf(rule, invoice, places) }));
  const asked = found.filter(({ check }) => check !== null);
  const failed = asked.filter(({ check }) => check?.verdict === "fail");
  const errors = failed.filter(({ rule }) => rule.severity !== "warning").map(({ rule }) => rule.id);
  const { name, reach } = invoice.profile;
  const summary: Check = {
    code: "en16931",
    paths: [],
    verdict: asked.length === 0 ? "not_applicable" : errors.length > 0 ? "fail" : "pass",
    detail:
      `${asked.length - failed.length} rules hold, ${failed.length} fail` +
      (errors.length < failed.length ? ` (${failed.length - errors.length} of them warnings)` : "") +
      `, ${found.length - asked.length} do not apply; profile: ${name}.${LIMITS[reach]}`,
  };
  return { checks: [summary, ...asked.flatMap(({ check }) => check ?? [])], errors };
}

/** The first invoice or credit note among what a file holds; null where there is none. */
export function invoiceAmong(documents: readonly StructuredDocument[]): StructuredDocument | null {
  return documents.find(isInvoice) ?? null;
}

function rulesFor({ profile }: Invoice): Rule[] {
  const { xrechnung, reach } = profile;
  const national = xrechnung === null ? [] : XRECHNUNG.filter(({ since }) => xrechnung >= (since ?? 0));
  return [...EN16931, ...national].filter((rule) => rule.reach.includes(reach));
}

/** What one subject of a rule came to. */
interface Finding {
  readonly outcome: Exclude<Outcome, null>;
  readonly part: Part;
  readonly ids: readonly string[];
}

/** What a rule came to on all its subjects: as many findings as a check can name, and how many there are. */
interface Tally {
  holding: number;
  broken: number;
  readonly findings: Finding[];
}

function checkOf(rule: Rule, invoice: Invoice, places: Places): Check | null {
  const tally: Tally = { holding: 0, broken: 0, findings: [] };
  if (rule.on === undefined) askTerms(rule, invoice, tally);
  else if (rule.applies?.(invoice) ?? true) askGroups(rule, invoice, tally);
  if (tally.findings.length === 0) return null;
  return {
    code: rule.id,
    paths: pathsOf(tally, places),
    verdict: tally.broken > 0 ? "fail" : "pass",
    detail: detailOf(rule, tally),
  };
}

function askGroups(rule: GroupRule, invoice: Invoice, tally: Tally): void {
  for (const part of invoice.parts(rule.on)) count(tally, rule.test(part, invoice), part, rule.terms);
}

function askTerms(rule: TermRule, invoice: Invoice, tally: Tally): void {
  for (const id of rule.each) {
    const ids = [id];
    for (const part of invoice.parts(homeOf(id))) {
      for (const term of part.terms(id)) count(tally, rule.test(term, invoice), part, ids);
    }
  }
}

/** Once something is broken, only what is broken is of interest. */
function count(tally: Tally, outcome: Outcome, part: Part, ids: readonly string[]): void {
  if (!outcome) return;
  if (!outcome.holds && tally.broken === 0) tally.findings.length = 0;
  const kept = !outcome.holds || tally.broken === 0;
  if (outcome.holds) tally.holding += 1;
  else tally.broken += 1;
  if (kept && tally.findings.length < MAX_PATHS) tally.findings.push({ outcome, part, ids });
}

/** What holds in lines holds in all of them: their list is named. What does not is named place by place. */
function pathsOf({ broken, findings }: Tally, places: Places): string[] {
  const paths = new Set<string>();
  for (const { part, ids } of findings) {
    if (broken === 0 && part.inLine && places.hasLines()) {
      paths.add("/line_items");
      continue;
    }
    const given = ids.filter((id) => part.term(id) || part.parts(id).length > 0);
    for (const id of given.length > 0 ? given : ids.slice(0, 1)) paths.add(places.of(part, id));
  }
  return [...paths].slice(0, MAX_PATHS);
}

function detailOf(rule: Rule, { holding, broken, findings }: Tally): string {
  const first = findings[0]?.outcome.detail ?? "";
  const tried = holding + broken;
  const parts =
    broken === 0
      ? [rule.text, tried > 1 ? `It holds ${tried} times.` : first]
      : [
          rule.severity === "warning" ? "Warning." : "",
          rule.text,
          first,
          tried > 1 ? `It fails ${broken} times of ${tried}.` : "",
        ];
  return parts.filter((part) => part !== "").join(" ");
}
