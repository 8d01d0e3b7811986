import type { EvidenceMap } from "../../model/extraction.ts";
import { valueAt } from "../../model/json-pointer.ts";
import { leavesOf, scalarText } from "../leaves.ts";
import { scoreField, type FieldScore } from "./field-score.ts";
import type { FieldRule } from "./mapping.ts";
import { readDates, type Comparison } from "./normalise.ts";
import { scoreRows, type RowCounts, type TruthCell } from "./rows.ts";

/** What of a document's expected data came out. `rows` are by the name of their list. */
export interface DataScore {
  readonly fields: readonly FieldScore[];
  readonly cells: readonly FieldScore[];
  readonly rows: Readonly<Record<string, RowCounts>>;
}

interface Given {
  readonly data: unknown;
  readonly evidence: EvidenceMap;
}

/** Beyond so many words a text is compared by its words, since where it begins and ends is a matter of taste. */
const PROSE_WORDS = 12;
const IDENTIFIER =
  /(number|_id|id|code|reference|iban|bic|routing|phone|last4|year|identifier|zone|name|line)$/u;
/** What our schemas name in words of their own, whatever the page calls it. */
const CODED =
  /\/(sex|document_kind|kind|utility|accepted|checked|document_subtype|country|country_of_origin)$/u;
const DECIMAL = /^-?\d+(\.\d+)?$/u;

/** How an expected value is compared: by what it is, unless its name says that its digits are no number. */
export function comparisonFor(pointer: string, truth: string): Comparison {
  if (/^\d{4}-\d{2}-\d{2}$/u.test(truth) && readDates(truth).size > 0) return "date";
  if (pointer.endsWith("currency")) return "currency";
  if (CODED.test(pointer)) return "mark";
  if (DECIMAL.test(truth) && !IDENTIFIER.test(pointer)) return "money";
  return truth.split(/\s+/u).length >= PROSE_WORDS ? "prose" : "name";
}

/** The places where an expected value may stand: a name may be given as the legal one, a description as a name. */
function placesOf(pointer: string): string[] {
  const parent = pointer.slice(0, pointer.lastIndexOf("/"));
  if (pointer.endsWith("/name")) return [pointer, `${parent}/legal_name`, `${parent}/description`];
  if (pointer.endsWith("/legal_name")) return [pointer, `${parent}/name`];
  if (pointer.endsWith("/description"))
    return [pointer, `${parent}/name`, `join:${parent}/name+${parent}/description`];
  return [pointer];
}

function ruleAt(pointer: string, truth: string): FieldRule {
  return { pointers: placesOf(pointer), compare: comparisonFor(pointer, truth) };
}

/** Scores a result against data of our own shape: single values by their pointers, rows by their best matching. */
export function scoreData(expected: unknown, given: Given): DataScore {
  const fields: FieldScore[] = [];
  const cells: FieldScore[] = [];
  const rows: Record<string, RowCounts> = {};
  const visit = (node: unknown, pointer: string): void => {
    const name = pointer.slice(1).replaceAll("/", ".");
    if (Array.isArray(node) && node.length > 0) {
      const scored = scoreList(node, pointer, given);
      if (!scored) return;
      rows[name] = scored.counts;
      cells.push(...scored.cells);
    } else if (node !== null && typeof node === "object" && !Array.isArray(node)) {
      for (const [key, value] of Object.entries(node)) visit(value, `${pointer}/${key}`);
    } else {
      const truth = scalarText(node);
      fields.push(
        truth === null
          ? scoreAbsent(name, pointer, given)
          : scoreField(name, truth, ruleAt(pointer, truth), given),
      );
    }
  };
  visit(expected, "");
  return { fields, cells, rows };
}

/** What the truth says is not there: a value, or rows. */
function scoreAbsent(name: string, pointer: string, given: Given): FieldScore {
  const value = valueAt(given.data, pointer);
  const field = scoreField(name, null, { pointers: [pointer], compare: "name" }, given);
  return Array.isArray(value) && value.length > 0 ? { ...field, given: `${value.length} rows` } : field;
}

function scoreList(expected: readonly unknown[], pointer: string, given: Given) {
  const value = valueAt(given.data, pointer);
  const truth = expected.map(rowCells).filter((cells) => cells.length > 0);
  return scoreRows(truth, { pointer, rows: Array.isArray(value) ? value : [], evidence: given.evidence });
}

function rowCells(row: unknown): TruthCell[] {
  return leavesOf(row).map(({ pointer, value }) => ({
    name:
      pointer
        .slice(1)
        .replaceAll(/\/\d+(?=\/|$)/gu, "[]")
        .replaceAll("/", ".") || "value",
    rule: ruleAt(pointer.replaceAll(/\/\d+(?=\/|$)/gu, "/*"), value),
    value,
  }));
}
