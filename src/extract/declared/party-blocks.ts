import type { PartySpec } from "../define.ts";
import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import { isSentence } from "../engine/name-guards.ts";
import { hasPostalCode, looksLikeAddress, nameLikeness } from "../engine/party-names.ts";
import type { Reading } from "../engine/reading.ts";
import { type Piece, type Segment, textOf, trimPiece } from "../engine/view.ts";
import { below } from "./below.ts";

/** A name with its address under it, or an address alone. */
interface PartyBlock {
  readonly name: Piece | null;
  readonly address: readonly Piece[];
}

const HEAD = 0.2;
const FOOT = 0.88;
const WINDOW = 0.5;
const MAX_LINES = 5;
const SEPARATOR = /\s*[·•|∙●]\s*|\s+[–—]\s+/gu;
const SURE = 0.6;

/**
 * Parties by where letters have them: the sender's address in the letterhead or the foot, the addressee's name and
 * address as lines of the upper half that no label announces.
 */
export function readBlocks(
  reading: Reading,
  known: readonly DraftValue[],
  specs: readonly PartySpec[],
): DraftValue[] {
  const cited = new Set(
    known.flatMap(({ cited }) => cited.flatMap(({ page, words }) => words.map((word) => `${page}:${word}`))),
  );
  const free = (segment: Segment): boolean =>
    !segment.words.some((word) => cited.has(`${segment.page.number}:${word}`));
  const values: DraftValue[] = [];
  const first = reading.view.parsed.pages[0];
  const segments = reading.view.segments.filter((segment) => segment.page === first && free(segment));
  const addressees = segments.flatMap((segment) => addresseeAt(reading, segment) ?? []);
  for (const { pointer, role } of specs) {
    const block =
      role === "issuer"
        ? senderOf(reading, segments, addressees)
        : (addressees.find(({ name }) => name && free(name.segment)) ?? null);
    if (!block) continue;
    if (block.name && role !== "issuer") {
      const value = textOf(block.name);
      values.push({ pointer: `${pointer}/name`, value, cited: [cite(block.name)], confidence: SURE });
    }
    values.push({
      pointer: `${pointer}/address`,
      value: block.address.map((piece) => textOf(piece)).join(", "),
      cited: block.address.map((piece) => cite(piece)),
      confidence: SURE,
    });
  }
  return values;
}

/** A name at the left or right of the upper half with an address in the lines under it. */
function addresseeAt(reading: Reading, segment: Segment): PartyBlock | null {
  if (segment.bbox[1] > WINDOW || /[:：\d]/u.test(segment.text)) return null;
  if (nameLikeness(segment.text) < 0.4 || isSentence(segment.text)) return null;
  const name = trimPiece({ segment, start: 0, end: segment.text.length });
  const lines: Piece[] = [];
  for (let line = name; lines.length < MAX_LINES;) {
    const next = below(reading, line);
    if (!next || /[:：@]/u.test(next.text) || isContact(next.text)) break;
    const piece = trimPiece({ segment: next, start: 0, end: next.text.length });
    if (lines.length > 0 && !looksLikeAddress(next.text) && lines.some((one) => hasPostalCode(textOf(one))))
      break;
    lines.push(piece);
    line = piece;
  }
  if (lines[0] && isName(textOf(lines[0]))) return null;
  const last = lines.findLastIndex((piece) => looksLikeAddress(textOf(piece)));
  const address = lines.slice(0, last + 1);
  const numbered = address.filter((piece) => /\d/.test(textOf(piece)));
  return numbered.length >= 2 || (numbered.length === 1 && address.length >= 2) ? { name, address } : null;
}

/** Whether the line under a text rather is the name, and the text a title over it. */
function isName(text: string): boolean {
  return !/[:\d]/.test(text) && !looksLikeAddress(text) && nameLikeness(text) >= 0.4 && !isSentence(text);
}

/** The first address of the letterhead, else of the foot, that is not an addressee's. */
function senderOf(
  reading: Reading,
  segments: readonly Segment[],
  addressees: readonly PartyBlock[],
): PartyBlock | null {
  const others = new Set(addressees.flatMap(({ address }) => address.map(({ segment }) => segment)));
  const zone = [
    ...segments.filter(({ bbox }) => bbox[1] < HEAD),
    ...segments.filter(({ bbox }) => bbox[1] > FOOT),
  ];
  for (const segment of zone) {
    if (others.has(segment)) continue;
    const part = partsOf(segment).find(
      (piece) => looksLikeAddress(textOf(piece)) && /\d/.test(textOf(piece)) && !isContact(textOf(piece)),
    );
    if (!part) continue;
    return { name: null, address: addressFrom(reading, part) };
  }
  return null;
}

/** An address from its first line on: its line's further parts, or the lines under it. */
function addressFrom(reading: Reading, first: Piece): Piece[] {
  const pieces = [first];
  const parts = partsOf(first.segment);
  const own = parts.slice(parts.findIndex((part) => part.start === first.start) + 1);
  const rest = parts.length === 1 ? partsBeside(reading, first.segment) : own;
  for (const part of rest) {
    if (isContact(textOf(part)) || hasPostalCode(textOf(first))) break;
    if (looksLikeAddress(textOf(part)) || (pieces.length === 1 && isTown(textOf(part)))) pieces.push(part);
  }
  for (let line = first; parts.length === 1 && rest.length === 0 && pieces.length < MAX_LINES;) {
    const next = near(reading, line);
    if (!next || isContact(next.text)) break;
    if (!looksLikeAddress(next.text) && !(pieces.length === 1 && isTown(next.text))) break;
    const piece = trimPiece({ segment: next, start: 0, end: next.text.length });
    pieces.push(piece);
    line = piece;
  }
  return pieces;
}

/** The further parts of a line whose separators stand apart. */
function partsBeside(reading: Reading, { row, order }: Segment): Piece[] {
  const parts: Piece[] = [];
  const behind = reading.view.rows[row]?.segments.slice(order + 1) ?? [];
  for (let at = 0; at + 1 < behind.length; at += 2) {
    const [mark, segment] = [behind[at], behind[at + 1]];
    if (!mark || !segment || !/^[·•|∙●–—]$/u.test(mark.text)) break;
    parts.push({ segment, start: 0, end: segment.text.length });
  }
  return parts;
}

/** Whether what stands behind a street may be a town with its code: no number that is a sender's otherwise. */
function isTown(text: string): boolean {
  return (
    /\p{L}{3}/u.test(text) && /\d{2}/.test(text) && text.length < 40 && !/\d{6}|[:：]|\p{L}\.\s/u.test(text)
  );
}

/** The line under another one: at its left edge, its right edge or its middle. */
function near(reading: Reading, line: Piece): Segment | null {
  const { segment } = line;
  const row = reading.view.rows[segment.row + 1];
  if (!row || row.page !== segment.page || row.bbox[1] - segment.bbox[3] > segment.height) return null;
  const [x0, , x1] = segment.bbox;
  return (
    row.segments.find(({ bbox }) => {
      const edges = [bbox[0] - x0, bbox[2] - x1, (bbox[0] + bbox[2] - x0 - x1) / 2];
      return edges.some((edge) => Math.abs(edge) < 0.012);
    }) ?? null
  );
}

function partsOf(segment: Segment): Piece[] {
  const parts: Piece[] = [];
  let start = 0;
  for (const match of segment.text.matchAll(SEPARATOR)) {
    parts.push({ segment, start, end: match.index });
    start = match.index + match[0].length;
  }
  parts.push({ segment, start, end: segment.text.length });
  return parts.filter((part) => part.end > part.start);
}

function isContact(text: string): boolean {
  return /@|www\.|https?:|^\s*(?:t|tel|tél|tlf|fon|phone|telefon|telefono|teléfono|fax|mobile)\b[.:\s]|^\s*\+\d/iu.test(
    text,
  );
}
