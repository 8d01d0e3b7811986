import { leavesOf, scalarText } from "../leaves.ts";
import type { DocumentLine } from "../client/read-document.ts";
import { BuiltInType } from "../../extract/registry.ts";
import { scoreData, type DataScore } from "./expected-data.ts";
import { scoreField, type FieldScore } from "./field-score.ts";
import type { FieldRule, Mapping } from "./mapping.ts";
import { foldText } from "./normalise.ts";
import { peopleText } from "./pointers.ts";
import { oracleOf } from "./readable.ts";
import { lineCells, scoreRows, type RowCounts } from "./rows.ts";
import type { TruthRow } from "./truth.ts";
import { scoreWords, type WordScore } from "./words.ts";

/** One document against its truth. */
export interface DocumentScore {
  readonly file: string;
  readonly kind: string;
  readonly status: string;
  readonly fields: readonly FieldScore[];
  /** Values in rows, and their counts by the list that they stand in. */
  readonly cells: readonly FieldScore[];
  readonly rows: Readonly<Record<string, RowCounts>>;
  /** Words of the truth's text; null where it has none, or ours was not asked for. */
  readonly words: WordScore | null;
  /** 1 - (added + deleted + modified) / fields of the truth, at least 0; null without a truth to compare. */
  readonly omni: number | null;
  readonly truthType: string | null;
  readonly givenType: string | null;
  readonly typeRight: boolean | null;
  readonly autoApproved: boolean;
  readonly reasons: readonly string[];
  /** How likely the engine held it that all is right; null where nobody told. */
  readonly estimate: number | null;
  /** Whose paper it is, and its layout, as far as the truth tells. */
  readonly issuer: string | null;
  readonly layout: string | null;
  /** Values given, and those of them that carry a page and a box. */
  readonly values: number;
  readonly cited: number;
  readonly ungrounded: number;
  readonly stagesMs: Readonly<Record<string, number>>;
  readonly durationMs: number | null;
}

/** Scores one document. Names of the truth that the mapping does not know are left out. */
export function scoreDocument(
  row: TruthRow,
  line: DocumentLine,
  mapping: Mapping,
  medium?: string,
): DocumentScore {
  const { fields, cells, rows } = withOracle(
    row.data ? scoreData(row.data, line) : scoreMapped(row, line, mapping),
    line.text,
  );
  const leaves = leavesOf(line.data);
  const cited = leaves.filter(({ pointer }) => (line.evidence[pointer]?.citations.length ?? 0) > 0);
  return {
    file: row.file,
    kind: medium === undefined ? kindOf(row, line) : `${row.type ?? "document"} ${medium}`,
    status: line.status,
    fields,
    cells,
    rows,
    words: row.text && typeof line.text === "string" ? scoreWords(row.text, line.text) : null,
    omni: omniAccuracy(fields, Object.values(rows)),
    truthType: row.type ?? null,
    givenType: line.type,
    typeRight: scoreType(row, line, mapping),
    autoApproved: line.review?.auto_approved ?? false,
    reasons: line.review?.reasons ?? [],
    estimate: line.estimate ?? null,
    issuer: row.issuer ?? issuerOf(fields),
    layout: row.layout ?? null,
    values: leaves.length,
    cited: cited.length,
    ungrounded: leaves.filter(({ pointer }) => line.evidence[pointer]?.grounded === false).length,
    stagesMs: line.usage?.stages_ms ?? {},
    durationMs: line.usage?.duration_ms ?? null,
  };
}

function scoreMapped(row: TruthRow, line: DocumentLine, mapping: Mapping): DataScore {
  const fields = Object.entries(row.fields).flatMap(([name, value]) => {
    const rule = ruleFor(name, row, mapping);
    return rule === undefined ? [] : [scoreField(name, truthText(value), rule, line)];
  });
  const given = line.data?.["line_items"];
  const lines = scoreRows(lineCells(row.line_items ?? [], mapping), {
    pointer: "/line_items",
    rows: Array.isArray(given) ? given : [],
    evidence: line.evidence,
  });
  return { fields, cells: lines?.cells ?? [], rows: lines ? { line_items: lines.counts } : {} };
}

function withOracle(score: DataScore, text: string | null | undefined): DataScore {
  if (typeof text !== "string") return score;
  const oracle = oracleOf(text);
  const ask = (field: FieldScore): FieldScore =>
    field.truth === null ? field : Object.assign({}, field, { readable: oracle(field.compare, field.truth) });
  return { ...score, fields: score.fields.map(ask), cells: score.cells.map(ask) };
}

const ISSUERS = new Set(["vendor_name", "vendor.name", "merchant.name", "supplier.name"]);

/** Who issued a document, where the truth's rows do not say: whoever sells. */
function issuerOf(fields: readonly FieldScore[]): string | null {
  const named = fields.find(({ name, truth }) => truth !== null && ISSUERS.has(name));
  return named?.truth ? foldText(named.truth) : null;
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

/** Header fields and values of rows together: what an editor would have to add, remove or change. */
function omniAccuracy(fields: readonly FieldScore[], rows: readonly RowCounts[]): number | null {
  const known = fields.filter(({ truth }) => truth !== null).length;
  const truth = rows.reduce((sum, counts) => sum + counts.truth, known);
  if (truth === 0) return null;
  const changed = fields.filter((field) =>
    field.truth === null ? field.given !== null : !field.right,
  ).length;
  // A value of a row that does not agree is one change, whether it is missing, wrong or too many.
  const all = rows.reduce((sum, row) => sum + Math.max(row.truth, row.given) - row.right, changed);
  return Math.max(0, 1 - all / truth);
}

function scoreType(row: TruthRow, line: DocumentLine, mapping: Mapping): boolean | null {
  const accepted = row.type === undefined ? undefined : (mapping.types[row.type] ?? ownType(row.type));
  return accepted === undefined ? null : line.type !== null && accepted.includes(line.type);
}

/** A type that is called as ours is; what the mapping does not know and we do not either is loose. */
function ownType(name: string): readonly string[] | undefined {
  return BuiltInType.options.some((type) => type === name) ? [name] : undefined;
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
