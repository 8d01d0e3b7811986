import { GROUPS, TERMS } from "../../model/en16931.ts";
import type { Term } from "../../model/structured.ts";
import type { Invoice, Part } from "./invoice.ts";
import type { Reach } from "./profile.ts";

/** What a rule says of one subject; null where it has nothing to say. */
export type Outcome = { readonly holds: boolean; readonly detail: string } | null;

interface Stated {
  /** Its id in the official artefacts of EN 16931 or XRechnung. */
  readonly id: string;
  /** What it demands, in a sentence. */
  readonly text: string;
  /** How far a document has to follow EN 16931 for the rule to bind it. */
  readonly reach: readonly Reach[];
  /** What the official artefacts or we flag as a warning asks nobody to look. */
  readonly severity?: "warning";
}

/** A rule about every group of an id, or about the document (`BG-0`). */
export interface GroupRule extends Stated {
  readonly on: string;
  readonly each?: never;
  /** The terms it concerns. */
  readonly terms: readonly string[];
  /** False where no group can be concerned; spares asking each of them. */
  readonly applies?: (invoice: Invoice) => boolean;
  readonly test: (part: Part, invoice: Invoice) => Outcome;
}

/** A rule about every term of some ids, each by itself. */
export interface TermRule extends Stated {
  readonly each: readonly string[];
  readonly on?: never;
  readonly test: (term: Term, invoice: Invoice) => Outcome;
}

/** A rule as data: what it is about, and the test. */
export type Rule = GroupRule | TermRule;

export const HOLDS: Outcome = { holds: true, detail: "" };

export function holds(detail: string): Outcome {
  return { holds: true, detail };
}

export function breaks(detail: string): Outcome {
  return { holds: false, detail };
}

/** Documents that have lines and follow EN 16931. */
export const FULL: readonly Reach[] = ["full", "extended"];
/** Those that follow it on the document's level. */
export const DOCUMENT: readonly Reach[] = [...FULL, "without_lines"];
/** Every document with lines, whatever it follows. */
export const LINES: readonly Reach[] = [...FULL, "other"];
/** Every document whose totals are given in full. */
export const SUMS: readonly Reach[] = [...DOCUMENT, "other"];
/** Every document. */
export const ALL: readonly Reach[] = [...SUMS, "minimum"];

/** Whom rules about a group bind: those about lines only what has lines. */
export function reachOf(group: string): readonly Reach[] {
  return group === "BG-25" ? FULL : DOCUMENT;
}

/** A term's or a group's name with its id: `Seller name (BT-27)`. */
export function named(id: string): string {
  const name = TERMS.get(id)?.name ?? GROUPS.get(id)?.name ?? id;
  return `${name} (${id})`;
}

/** A rule that each group of an id has one of these terms; `test` where more than its presence decides. */
export function requires(
  id: string,
  on: string,
  terms: readonly string[],
  reach: readonly Reach[] = DOCUMENT,
  test?: GroupRule["test"],
): GroupRule {
  const wanted = terms.map(named).join(" or ");
  return {
    id,
    text: `${named(on)}: ${wanted} is given.`,
    reach,
    on,
    terms,
    test:
      test ?? ((part) => (terms.some((term) => part.has(term)) ? HOLDS : breaks(`${wanted} is missing.`))),
  };
}

/** A rule that the document has a group. */
export function requiresGroup(id: string, group: string, reach: readonly Reach[] = DOCUMENT): GroupRule {
  return {
    id,
    text: `The document has ${named(group)}.`,
    reach,
    on: "BG-0",
    terms: [group],
    test: (part) => (part.parts(group).length > 0 ? HOLDS : breaks(`${named(group)} is missing.`)),
  };
}
