import { leavesOf, scalarText } from "../leaves.ts";
import type { DocumentLine } from "../client/read-document.ts";
import { scoreLines } from "./line-items.ts";
import type { LineScore } from "./line-items.ts";
import type { FieldRule, Mapping } from "./mapping.ts";
import { agrees } from "./normalise.ts";
import { findValues, peopleText } from "./pointers.ts";
import type { TruthRow } from "./truth.ts";
import { scoreWords, type WordScore } from "./words.ts";

/** How one field of one document came out. */
export interface FieldScore {
  readonly name: string;
  /** The truth as written; null where it says that there is none. */
  readonly truth: string | null;
  readonly given: string | null;
  /** Written as the truth has it. */
  readonly exact: boolean;
  /** The same after parsing or folding. */
  readonly right: boolean;
  /** Given, but not found on the page. */
  readonly ungrounded: boolean;
}

/** One document against its truth. */
export interface DocumentScore {
  readonly file: string;
  readonly kind: string;
  readonly status: string;
  readonly fields: readonly FieldScore[];
  readonly lines: LineScore | null;
  /** Words of the truth's text; null where it has none, or ours was not asked for. */
  readonly words: WordScore | null;
  /** 1 - (added + deleted + modified) / fields of the truth, at least 0; null without a truth to compare. */
  readonly omni: number | null;
  readonly typeRight: boolean | null;
  readonly autoApproved: boolean;
  /** Values given, and those of them that carry a page and a box. */
  readonly values: number;
  readonly cited: number;
  readonly ungrounded: number;
  readonly stagesMs: Readonly<Record<string, number>>;
  readonly durationMs: number | null;
}

/** Scores one document. Names of the truth that the mapping does not know are left out. */
export function scoreDocument(row: TruthRow, line: DocumentLine, mapping: Mapping): DocumentScore {
  const fields = Object.entries(row.fields).flatMap(([name, value]) => {
    const rule = ruleFor(name, row, mapping);
    return rule === undefined ? [] : [scoreField(name, value, rule, line)];
  });
  const givenLines = line.data?.["line_items"];
  const lines = scoreLines(row.line_items ?? [], Array.isArray(givenLines) ? givenLines : [], mapping);
  const leaves = leavesOf(line.data);
  const cited = leaves.filter(({ pointer }) => (line.evidence[pointer]?.citations.length ?? 0) > 0);
  return {
    file: row.file,
    kind: kindOf(row, line),
    status: line.status,
    fields,
    lines,
    words: row.text && typeof line.text === "string" ? scoreWords(row.text, line.text) : null,
    omni: omniAccuracy(fields, lines),
    typeRight: scoreType(row, line, mapping),
    autoApproved: line.review?.auto_approved ?? false,
    values: leaves.length,
    cited: cited.length,
    ungrounded: leaves.filter(({ pointer }) => line.evidence[pointer]?.grounded === false).length,
    stagesMs: line.usage?.stages_ms ?? {},
    durationMs: line.usage?.duration_ms ?? null,
  };
}

/** A form's fields are looked up by their names, all others by the mapping. */
export function ruleFor(name: string, row: TruthRow, mapping: Mapping): FieldRule | undefined {
  if (row.type === "form") return { pointers: [`field:${name}`], compare: "mark" };
  const names = row.type === "email" ? mapping.email : mapping.fields;
  return Object.hasOwn(names, name) ? names[name] : undefined;
}

/** A value of the truth as one text; people of an e-mail one behind the other. */
function truthText(value: unknown): string | null {
  if (!Array.isArray(value)) return scalarText(value);
  return value.map((entry: unknown) => peopleText(entry)).join(", ") || null;
}

function scoreField(name: string, value: unknown, rule: FieldRule, line: DocumentLine): FieldScore {
  const truth = truthText(value);
  const found = rule.pointers.flatMap((pointer) => findValues(line.data, pointer));
  const best = truth === null ? undefined : found.find((entry) => agrees(rule.compare, truth, entry.value));
  const shown = best ?? found[0];
  const evidence = shown === undefined ? undefined : line.evidence[shown.pointer];
  return {
    name,
    truth,
    given: shown?.value ?? null,
    exact: truth !== null && (shown?.value === truth || evidence?.content === truth),
    right: best !== undefined,
    ungrounded: evidence?.grounded === false,
  };
}

/** Header fields and line fields together: what an editor would have to add, remove or change. */
function omniAccuracy(fields: readonly FieldScore[], lines: LineScore | null): number | null {
  const known = fields.filter(({ truth }) => truth !== null).length;
  const truth = known + (lines?.truth ?? 0);
  if (truth === 0) return null;
  const changed = fields.filter((field) =>
    field.truth === null ? field.given !== null : !field.right,
  ).length;
  // A line field that does not agree is one change, whether it is missing, wrong or too many.
  const lineChanges = lines === null ? 0 : Math.max(lines.truth, lines.given) - lines.right;
  return Math.max(0, 1 - (changed + lineChanges) / truth);
}

function scoreType(row: TruthRow, line: DocumentLine, mapping: Mapping): boolean | null {
  const accepted = row.type === undefined ? undefined : mapping.types[row.type];
  return accepted === undefined ? null : line.type !== null && accepted.includes(line.type);
}

const IMAGE = /\.(png|jpe?g|webp|bmp|gif|tiff?)$/iu;

/** The truth's type and the medium: text and scanned PDFs are told apart, since they are read differently. */
function kindOf(row: TruthRow, line: DocumentLine): string {
  const type = row.type ?? "document";
  if (IMAGE.test(row.file)) return `${type} image`;
  const extension = /\.([a-z0-9]+)$/iu.exec(row.file)?.[1]?.toLowerCase() ?? "file";
  const scanned = line.usage !== null && line.usage.ocr_pages > 0;
  return extension === "pdf" && scanned ? `${type} scan` : `${type} ${extension}`;
}
