import { foldKey } from "../../model/fold.ts";
import { textOf } from "../engine/view.ts";
import type { Candidate, Evidence, ScoredField } from "./scored-field.ts";
import { readTextLines, type TextLine } from "./text-lines.ts";
import { SPAN_FEATURES, spanFeatures, spansFrom, type TextSpan } from "./text-spans.ts";

const MOST_LINES = 8;
const MOST_STARTS = 40;
/** Lines from the top at which an address may begin without looking like one. */
const HEAD_LINES = 22;
const OWN_FEATURES = [
  "name_distance",
  "postal_place",
  "postal_follows",
  "ends_inside",
  "holds_name",
  "name_line_same",
] as const;

/** An address of several lines: blocks of lines in one column. `name` is whose address it is. */
export function addressField(name: string, pointers: { address: string; name: string }): ScoredField {
  return {
    name,
    features: [...SPAN_FEATURES, ...OWN_FEATURES],
    candidates: (evidence) => candidatesOf(evidence, pointers),
  };
}

function candidatesOf(evidence: Evidence, pointers: { address: string; name: string }): Candidate[] {
  const lines = readTextLines(evidence.reading);
  const starts = lines.filter((line) => mayBegin(line)).slice(0, MOST_STARTS);
  const rule = evidence.drafts.get(pointers.address);
  const nameEnd = lastLineOf(evidence, lines, pointers.name);
  return spansFrom(lines, starts, MOST_LINES).map((span) => {
    const { value, pieces } = joined(span);
    const features = [...spanFeatures(span, lines, rule), ...ownValues(span, lines, nameEnd)];
    return { value, key: foldKey(value), pieces, features, repaired: false };
  });
}

function mayBegin({ index, noise, traits }: TextLine): boolean {
  if (noise || traits.letters < 2) return false;
  return index < HEAD_LINES || traits.address > 0 || traits.street > 0;
}

function joined(span: TextSpan): Pick<Candidate, "value" | "pieces"> {
  const value = span.lines
    .map((line) =>
      line.pieces
        .map((piece) => textOf(piece))
        .join(" ")
        .replace(/\s*[•·●∙|]\s*/g, ", ")
        .replace(/[\s,]+$/u, ""),
    )
    .join(", ");
  return { value, pieces: span.lines.flatMap((line) => line.pieces) };
}

/** The last line of the name that the rules chose. */
function lastLineOf(evidence: Evidence, lines: readonly TextLine[], pointer: string): TextLine | undefined {
  const cited = evidence.drafts.get(pointer)?.cited ?? [];
  const last = cited[cited.length - 1];
  if (!last) return undefined;
  return lines.find(
    (line) =>
      line.page === last.page &&
      line.pieces.some((piece) => last.words.some((word) => piece.segment.words.includes(word))),
  );
}

function ownValues(span: TextSpan, lines: readonly TextLine[], nameEnd: TextLine | undefined): number[] {
  const [first] = span.lines;
  const last = span.lines[span.lines.length - 1];
  if (!first || !last) return OWN_FEATURES.map(() => Number.NaN);
  const behind = lines.slice(last.index + 1, last.index + 4);
  const postal = span.lines.findIndex((line) => line.traits.postal > 0);
  return [
    nameEnd ? first.index - nameEnd.index : Number.NaN,
    postal < 0 ? Number.NaN : span.lines.length - 1 - postal,
    behind.findIndex((line) => line.traits.postal > 0) + 1,
    behind.filter((line) => line.traits.address > 0 || line.traits.street > 0).length,
    Number(nameEnd !== undefined && span.lines.includes(nameEnd)),
    Number(nameEnd !== undefined && span.before === nameEnd),
  ];
}
