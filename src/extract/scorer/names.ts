import { foldKey } from "../../model/fold.ts";
import { namePart } from "../engine/name-part.ts";
import { findMerchants, repairLegalForm } from "../engine/merchant.ts";
import { boxOf, type Piece, textOf } from "../engine/view.ts";
import type { Candidate, Evidence, ScoredField } from "./scored-field.ts";
import { countRepeats, readTextLines, type TextLine } from "./text-lines.ts";
import { SPAN_FEATURES, spanFeatures, spansFrom, type TextSpan } from "./text-spans.ts";

const MOST_LINES = 3;
const HEAD_LINES = 16;
const MOST_STARTS = 26;
const OWN_FEATURES = [
  "head_score",
  "head_rank",
  "head_best",
  "cut",
  "length",
  "repeats",
  "address_distance",
  "owner_above",
  "party_label",
  "in_website",
  "number_follows",
  "first_name",
  "larger_before",
  "size_rank",
] as const;

/** The name of who issued a receipt: one to three lines that are mostly at its head. */
export function merchantField(name: string, pointer: string): ScoredField {
  return {
    name,
    features: [...SPAN_FEATURES, ...OWN_FEATURES],
    candidates: (evidence) => candidatesOf(evidence, pointer),
  };
}

interface Head {
  readonly score: number;
  readonly rank: number;
}

/** A label with what it announces is no name (`Guest Name: Ann Lee`); what stands behind it is another candidate. */
const LABELLED = /\p{L}\s?[:：]\s+\p{L}/u;

function candidatesOf(evidence: Evidence, pointer: string): Candidate[] {
  const lines = readTextLines(evidence.reading);
  const rule = evidence.drafts.get(pointer);
  const heads = new Map<string, Head>();
  const merchants = findMerchants(evidence.reading);
  for (const [rank, { name, score }] of merchants.entries()) {
    const key = foldKey(name);
    if (!heads.has(key)) heads.set(key, { score, rank });
  }
  const starts = lines.filter((line) => mayBegin(line)).slice(0, MOST_STARTS);
  const found: Candidate[] = [];
  for (const span of spansFrom(lines, starts, MOST_LINES)) {
    const base = spanFeatures(span, lines, rule);
    for (const pieces of variantsOf(span)) {
      const printed = pieces
        .map((piece) => textOf(piece))
        .join(" ")
        .replace(/\s+/g, " ");
      const key = foldKey(printed);
      if (key.length < 2 || LABELLED.test(printed)) continue;
      const cut =
        pieces.length === 0 ? 0 : span.lines.reduce((sum, line) => sum + line.key.length, 0) - key.length;
      const own = ownValues({
        evidence,
        span,
        lines,
        key,
        cut,
        head: heads.get(key),
        best: merchants[0]?.score ?? 0,
      });
      found.push({ value: printed, key, pieces, repaired: false, features: [...base, ...own] });
    }
  }
  return mended(found, merchants);
}

/** Names whose legal form the rules mend (`SON BHD`) are given as mended. */
function mended(found: readonly Candidate[], merchants: ReturnType<typeof findMerchants>): Candidate[] {
  const names = new Map<string, string>();
  for (const { name, piece, more = [] } of merchants) {
    const printed = foldKey([piece, ...more].map((part) => textOf(part)).join(" "));
    if (foldKey(name) !== printed) names.set(printed, name.replace(/\s+/g, " "));
  }
  return found.map((candidate) => {
    const name = names.get(candidate.key) ?? readOtherwise(candidate);
    return name === null ? candidate : { ...candidate, value: name, key: foldKey(name), repaired: true };
  });
}

/** A name whose legal form was misread by OCR, with the form that it is nearest to. */
function readOtherwise({ value, pieces }: Candidate): string | null {
  if (!pieces.every(({ segment }) => segment.page.source === "ocr")) return null;
  const name = repairLegalForm(value);
  return name === value ? null : name;
}

function mayBegin({ index, noise, traits }: TextLine): boolean {
  if (noise || traits.letters < 2) return false;
  return index < HEAD_LINES || traits.legal > 0;
}

/** A span as it stands, and without the numbers and titles behind its names. */
function variantsOf(span: TextSpan): (readonly Piece[])[] {
  const whole = span.lines.flatMap((line) => line.pieces);
  const cut = span.lines.flatMap((line) =>
    line.pieces.map((piece, at) => (at === line.pieces.length - 1 ? withoutTail(namePart(piece)) : piece)),
  );
  const same = cut.every((piece, at) => piece.end === whole[at]?.end && piece.start === whole[at]?.start);
  const owner = span.lines.length === 1 && whole.length === 1 ? behindColon(whole[0]) : null;
  const short = span.lines.length === 1 && whole.length === 1 ? upToNumber(whole[0]) : null;
  return [whole, ...(same ? [] : [cut]), ...(owner ? [[owner]] : []), ...(short ? [[short]] : [])];
}

/** A name without the signs behind it that are none of it: dirt, and a number of a register that was misread. */
function withoutTail(piece: Piece): Piece {
  const tail =
    /(?:\s+(?:[^\p{L}\d\s]+|[([{]?[\dSOIlB]{4,}(?:\s?-?\s?[A-Z])?[)\]}]*)|\s*[([{](?=(?:\D*\d){3})[\p{L}\d.-]{5,12}[)\]}]*)+$/u.exec(
      textOf(piece),
    );
  return tail && tail.index > 3 ? { ...piece, end: piece.start + tail.index } : piece;
}

/** A name up to its number in a register, where more stands behind that (`Green Leaf Ltd (123456-K) formerly Oak Ltd`). */
function upToNumber(piece: Piece | undefined): Piece | null {
  const number = piece ? /\s*[([]\s*\d{5,8}\s*-?\s*[A-Z]\s*[)\]](?=\s*\p{L})/u.exec(textOf(piece)) : null;
  return piece && number && number.index > 3 ? { ...piece, end: piece.start + number.index } : null;
}

/** What stands behind a short label with a colon (`Owner: Green Leaf Ltd`). */
function behindColon(piece: Piece | undefined): Piece | null {
  const text = piece ? textOf(piece) : "";
  const label = /^[\p{L}\s.]{3,24}[:：]\s*(?=\p{L}{2})/u.exec(text);
  return piece && label ? { ...piece, start: piece.start + label[0].length } : null;
}

interface NameContext {
  readonly evidence: Evidence;
  readonly span: TextSpan;
  readonly lines: readonly TextLine[];
  readonly key: string;
  readonly cut: number;
  readonly head: Head | undefined;
  readonly best: number;
}

function ownValues({ evidence, span, lines, key, cut, head, best }: NameContext): number[] {
  const [first] = span.lines;
  const last = span.lines[span.lines.length - 1];
  if (!first || !last) return OWN_FEATURES.map(() => Number.NaN);
  const behind = lines.slice(last.index + 1, last.index + 8);
  const address = behind.findIndex((line) => line.traits.address > 0 || line.traits.street > 0);
  const labels = (line: TextLine | undefined): ReadonlySet<string> =>
    new Set(
      (line?.pieces ?? []).flatMap((piece) =>
        (evidence.reading.labels.get(piece.segment) ?? []).flatMap((hit) => Array.from(hit.keys)),
      ),
    );
  const above = labels(span.before);
  const own = labels(first);
  const party = ["customer", "ship_to", "contact", "account_holder"].some(
    (name) => own.has(name) || above.has(name),
  );
  const earlier = lines.slice(0, first.index);
  const site = lines.some(
    (line) => /www\.|\.com|\.[a-z]{2}$|@/iu.test(line.text) && line.key.includes(key.slice(0, 10)),
  );
  return [
    head?.score ?? Number.NaN,
    head?.rank ?? Number.NaN,
    best,
    cut,
    key.length,
    countRepeats(lines, key),
    address,
    Number(above.has("account_holder") || own.has("account_holder")),
    Number(party),
    Number(key.length > 4 && site),
    Number(span.after[0]?.noise ?? false),
    Number(!earlier.some((line) => !line.noise && line.traits.name > 0.3)),
    earlier.length === 0 ? 0 : Math.max(...earlier.map((line) => line.height)) / Math.max(1e-6, first.height),
    lines.slice(0, HEAD_LINES).filter((line) => heightOf(line) > heightOf(first) * 1.05).length,
  ];
}

function heightOf(line: TextLine): number {
  const [piece] = line.pieces;
  if (!piece) return line.height;
  const box = boxOf(piece);
  return Math.min(line.height, box[3] - box[1]);
}
