import { assign } from "./assignment.ts";
import type { FieldRule, Mapping } from "./mapping.ts";
import { agrees } from "./normalise.ts";
import { scalarText } from "../leaves.ts";
import { findValues } from "./pointers.ts";

/** Line fields of one document: right, given and in the truth, after the best matching of lines. */
export interface LineScore {
  readonly right: number;
  readonly given: number;
  readonly truth: number;
}

interface TruthField {
  readonly rule: FieldRule;
  readonly value: string;
}

/**
 * Line item recognition as DocILE measures it (LIR): lines are paired so that the most fields agree;
 * only the fields that the truth speaks of are counted. Null when the truth has no lines that the mapping knows.
 */
export function scoreLines(
  truthLines: readonly unknown[],
  givenLines: readonly unknown[],
  mapping: Mapping,
): LineScore | null {
  const truth = truthLines.map((line) => truthFields(line, mapping)).filter((fields) => fields.length > 0);
  if (truth.length === 0) return null;
  const weights = truth.map((fields) =>
    givenLines.map((line) => fields.filter((field) => holds(line, field)).length),
  );
  const right = assign(weights).reduce((sum, column, row) => sum + (weights[row]?.[column] ?? 0), 0);
  const rules = new Set(truth.flat().map(({ rule }) => rule));
  const given = givenLines.reduce<number>((sum, line) => sum + countGiven(line, rules), 0);
  return { right, given, truth: truth.flat().length };
}

function truthFields(line: unknown, mapping: Mapping): TruthField[] {
  if (line === null || typeof line !== "object") return [];
  const fields: TruthField[] = [];
  const places = new Set<string>();
  for (const [name, value] of Object.entries(line)) {
    const rule = Object.hasOwn(mapping.lines, name) ? mapping.lines[name] : undefined;
    const place = rule?.pointers[0];
    if (rule === undefined || place === undefined || places.has(place)) continue;
    const text = scalarText(value);
    if (text === null) continue;
    places.add(place);
    fields.push({ rule, value: text });
  }
  return fields;
}

function holds(line: unknown, field: TruthField): boolean {
  return field.rule.pointers.some((pointer) =>
    findValues(line, pointer).some(({ value }) => agrees(field.rule.compare, field.value, value)),
  );
}

/** Fields given of those that the truth speaks of; two names of one place count once. */
function countGiven(line: unknown, rules: ReadonlySet<FieldRule>): number {
  const places = new Map([...rules].map((rule) => [rule.pointers[0] ?? "", rule]));
  return [...places.values()].filter((rule) =>
    rule.pointers.some((pointer) => findValues(line, pointer).length > 0),
  ).length;
}
