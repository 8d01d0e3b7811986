import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import { type Piece, readConfidence, type Segment, textOf, trimPiece, type View } from "../engine/view.ts";
import { foldInPlace } from "./fold-in-place.ts";
import { COURT_WORD, legalKind, ROLE_BEHIND, ROLE_LABEL, ROLE_LINE, VERSUS } from "./legal-lexicon.ts";
import { looksLikeOrganisation, nameAtStart } from "./party-names.ts";

/** A party as the caption shows it: its name on one or more lines. */
export interface CaptionParty {
  readonly name: readonly Piece[];
  readonly role: Piece | null;
  readonly confidence: number;
}

/** Segments of the first pages that are looked at for a caption. */
const MAX_SEGMENTS = 140;
/** Characters of a line that may name a party, and of its end where a role may stand. */
const MAX_LINE = 160;
const ROLE_REACH = 60;
const MAX_NAME_LINES = 4;
/** Where a caption's right side begins. */
const MIDDLE = 0.5;

interface CaptionLine {
  readonly segment: Segment;
  readonly folded: string;
  readonly left: boolean;
}

/** The first pages' segments in the order of their rows. */
export function captionLines(view: View): CaptionLine[] {
  const first = view.parsed.pages[0]?.number ?? 1;
  return view.segments
    .filter((segment) => segment.page.number <= first + 1)
    .slice(0, MAX_SEGMENTS)
    .map((segment) => ({
      segment,
      folded: foldInPlace(segment.text),
      left: segment.bbox[0] < MIDDLE,
    }));
}

/** The parties of a caption: by lines that say a role, else by the two sides of `v.`. */
export function findCaptionParties(lines: readonly CaptionLine[]): CaptionParty[] {
  const parties: CaptionParty[] = [];
  const used = new Set<CaptionLine>();
  for (const [index, line] of lines.entries()) {
    if (line.folded.length > MAX_LINE) continue;
    const labelled = ROLE_LABEL.exec(line.folded);
    const alone = line.folded.length < 70 ? ROLE_LINE.exec(line.folded) : null;
    const behind = ROLE_BEHIND.exec(line.folded.slice(-ROLE_REACH));
    if (alone) addRoleLine(lines, index, used, parties);
    else if (labelled) addLabelled(line, labelled, parties);
    else if (behind) addTrailing(line, behind, parties);
  }
  const named = parties.filter((party) => party.name.length > 0);
  return named.length >= 1 ? unique(named) : besideVersus(lines);
}

function addLabelled(line: CaptionLine, match: RegExpExecArray, parties: CaptionParty[]): void {
  const { segment, folded } = line;
  const name = nameAtStart(segment.text, folded, { start: match[0].length, end: segment.text.length });
  if (name) parties.push({ name: [{ segment, ...name }], role: rolePiece(segment, match), confidence: 0.85 });
}

/** `Jane Roe, Plaintiff`. */
function addTrailing(
  { segment, folded }: CaptionLine,
  match: RegExpExecArray,
  parties: CaptionParty[],
): void {
  const offset = Math.max(0, folded.length - ROLE_REACH);
  const name = nameAtStart(segment.text, folded, { start: 0, end: offset + match.index });
  const role = match.groups?.["role"] ?? "";
  const start = offset + match.index + match[0].indexOf(role);
  if (!name || name.start > 12) return;
  const own = rolePiece(segment, match);
  parties.push({
    name: [{ segment, ...name }],
    role: { ...own, start, end: start + role.length },
    confidence: 0.85,
  });
}

function rolePiece(segment: Segment, match: RegExpExecArray): Piece {
  const role = match.groups?.["role"] ?? "";
  const start = match[0].indexOf(role);
  const article = /^(?:the|der|die|den|des|le|la|les|el|los)\s/.exec(role)?.[0].length ?? 0;
  return { segment, start: start + article, end: start + role.length };
}

function addRoleLine(
  lines: readonly CaptionLine[],
  index: number,
  used: Set<CaptionLine>,
  parties: CaptionParty[],
): void {
  const line = lines[index];
  const match = line && ROLE_LINE.exec(line.folded);
  if (!line || !match) return;
  const role = rolePiece(line.segment, match);
  const name = nearestName(lines, index, used);
  if (name.length === 0) return;
  for (const piece of name) {
    const known = lines.find((candidate) => candidate.segment === piece.segment);
    if (known) used.add(known);
  }
  parties.push({ name, role, confidence: 0.85 });
}

/** The name right of a role, or the one that stands closer of those above and below it. */
function nearestName(lines: readonly CaptionLine[], index: number, used: ReadonlySet<CaptionLine>): Piece[] {
  const line = lines[index];
  if (!line) return [];
  const { bbox, height } = line.segment;
  const above = nameLines(lines, index, -1, used);
  const below = nameLines(lines, index, 1, used);
  const gapAbove = above.length > 0 ? bbox[1] - (above.at(-1)?.segment.bbox[3] ?? 0) : Infinity;
  const gapBelow = below.length > 0 ? (below[0]?.segment.bbox[1] ?? 1) - bbox[3] : Infinity;
  const beside = nameBeside(lines, line);
  if (beside && Math.min(gapAbove, gapBelow) > 0.7 * height) return beside;
  if (/:\s*$/.test(line.folded) && below.length > 0) return below;
  return gapBelow < 0.8 * gapAbove ? below : above;
}

/** A table of roles and names: the name stands right of its role. */
function nameBeside(lines: readonly CaptionLine[], line: CaptionLine): Piece[] | null {
  const { segment } = line;
  const right = lines.find(
    (other) => other.segment.row === segment.row && other.segment.order === segment.order + 1,
  );
  if (!right || segment.order !== 0 || segment.bbox[0] > 0.25) return null;
  if (stopsName(right)) return null;
  const name = nameAtStart(right.segment.text, right.folded, { start: 0, end: right.segment.text.length });
  return name ? [{ segment: right.segment, ...name }] : null;
}

/** The lines of a name above or below its role, in the same column. */
function nameLines(
  lines: readonly CaptionLine[],
  index: number,
  step: 1 | -1,
  used: ReadonlySet<CaptionLine>,
): Piece[] {
  const own = lines[index];
  if (!own) return [];
  const found: CaptionLine[] = [];
  let last = own;
  for (let at = index + step; at >= 0 && at < lines.length && found.length < 9; at += step) {
    const line = lines[at];
    if (!line || line.segment.page !== own.segment.page) break;
    if (!sharesColumn(lines, own, line) || isOrnament(line)) continue;
    if (stopsName(line) || used.has(line)) break;
    const gap =
      step < 0 ? last.segment.bbox[1] - line.segment.bbox[3] : line.segment.bbox[1] - last.segment.bbox[3];
    if (gap > (found.length === 0 ? 3.5 : 1.6) * line.segment.height) break;
    found.push(line);
    last = line;
  }
  const ordered = step < 0 ? found.toReversed() : found;
  return nameOf(ordered.map((line) => line.segment));
}

/** Halves of the page; a role that stands alone at the right edge of its row belongs to what stands left above it. */
function sharesColumn(lines: readonly CaptionLine[], own: CaptionLine, line: CaptionLine): boolean {
  if (own.left || line.left === own.left) return line.left === own.left;
  return !lines.some((other) => other !== own && other.segment.row === own.segment.row);
}

/** The name at the beginning of a block: up to its comma, over the lines that it needs. */
function nameOf(segments: readonly Segment[]): Piece[] {
  const pieces: Piece[] = [];
  for (const segment of segments) {
    const whole = trimPiece({ segment, start: 0, end: segment.text.length }, /[\s)(§|:;,]/);
    const piece = pieces.length === 0 ? nameStart(whole) : whole;
    if (!piece || textOf(piece) === "") {
      if (pieces.length === 0) continue;
      break;
    }
    if (pieces.length > 0 && !continuesName(pieces, piece)) break;
    pieces.push(piece);
    if (pieces.length === 1 && piece.end < whole.end) break;
    if (pieces.length >= MAX_NAME_LINES) break;
  }
  return pieces;
}

function nameStart(piece: Piece): Piece | null {
  const { segment } = piece;
  const name = nameAtStart(segment.text, foldInPlace(segment.text), piece);
  return name ? { segment, ...name } : null;
}

/** A name goes on in the next line when the first ended without its comma, or that line is written like it. */
function continuesName(pieces: readonly Piece[], piece: Piece): boolean {
  const before = pieces.at(-1);
  if (!before) return true;
  const behind = before.segment.text.slice(before.end).trim();
  const text = textOf(piece);
  if (
    /\d/.test(text) ||
    /^(?:an?|individually|vertreten|wohnhaft|represent|born|having|residing|dont|ne[e]? le|con )\b/i.test(
      text,
    )
  )
    return false;
  const capitals = /^[^\p{Ll}]+$/u;
  if (capitals.test(textOf(before)) && !capitals.test(text)) return false;
  return (
    /^(?:and|&)\b/i.test(text) ||
    /(?:and|&|of|de|der|und|et|y)$/i.test(textOf(before)) ||
    (behind === "" && /^\p{Lu}/u.test(text))
  );
}

function isOrnament({ folded }: CaptionLine): boolean {
  return !/[\p{L}\d]/u.test(folded) || /^[x\s_-]+$/.test(folded);
}

function isReference({ folded }: CaptionLine): boolean {
  return /\b(?:case|index|docket|file|action|cause|claim|az|aktenzeichen|rg|no|nr|affaire|dossier|autos|procedimiento|geschafts\w+)\b.{0,15}\d|\b(?:no|nr|number|numero)\.?:?$/.test(
    folded,
  );
}

function stopsName(line: CaptionLine): boolean {
  const { folded } = line;
  return (
    VERSUS.test(folded) ||
    ROLE_LINE.test(folded) ||
    ROLE_LABEL.test(folded) ||
    /^[\s-]*(?:and|und|et|y)[\s:-]*$/.test(folded) ||
    /^(?:in (?:the matter|re\b|dem|der)|in sachen|.*\b(?:district of|division|judicial|chambre|zivilkammer)\b|entre\b|between\b|rechtsstreit|prozessbevollm|attorney|counsel|county of|state of .{3,20}\)?$|filed\b|geschaftsnummer|aktenzeichen|im namen des volkes|(?:presiding |assigned )?judge|juez|magistrad|vista|richter|juge\b|audience|hearing|date|datum|fecha|objet|asunto|subject|procedimiento|autos|wegen\b)/.test(
      folded,
    ) ||
    COURT_WORD.test(folded) ||
    isReference(line) ||
    /:(?:\s|$)|^\d+[.)]\s|\b(?:19|20)\d{2}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2}/.test(folded) ||
    (legalKind(folded) !== null && !looksLikeOrganisation(line.segment.text) && folded.split(" ").length < 9)
  );
}

/** Without roles the two sides of `v.` are the parties. */
function besideVersus(lines: readonly CaptionLine[]): CaptionParty[] {
  const at = lines.findIndex((line) => VERSUS.test(line.folded));
  if (at < 0) return inlineVersus(lines);
  const sides = [nameLines(lines, at, -1, new Set()), nameLines(lines, at, 1, new Set())];
  if (sides.some((name) => name.length === 0)) return [];
  return sides.map((name) => ({ name, role: roleBehind(name), confidence: 0.75 }));
}

/** Whatever stands behind the last comma or in brackets after a name, where it is short and a word of its own. */
function roleBehind(name: readonly Piece[]): Piece | null {
  const last = name.at(-1);
  if (!last) return null;
  const rest = last.segment.text.slice(last.end);
  const match = /^\s*(?:,|\(|[-–—])\s*(?:the |as )?(\p{L}[\p{L}' -]{2,30}?)[).,;]*\s*$/u.exec(rest);
  const word = match?.[1];
  if (!match || word === undefined || word.split(/\s+/).length > 3) return null;
  const start = last.end + match[0].indexOf(word);
  return { segment: last.segment, start, end: start + word.length };
}

/** `Jane Roe v. Acme Corp.` on one line. */
function inlineVersus(lines: readonly CaptionLine[]): CaptionParty[] {
  for (const { segment, folded } of lines) {
    const match =
      /^(?:in re:? |re:? |case(?: name)?: ?)?(?<first>.{3,70}?),?\s(?:v\.|vs\.?|versus|gegen|contre|c\/|\.\/\.)\s(?<second>.{3,70})$/.exec(
        folded,
      );
    if (!match) continue;
    const second = folded.lastIndexOf(match.groups?.["second"] ?? "");
    const first = folded.indexOf(match.groups?.["first"] ?? "");
    const names = [
      nameStart({ segment, start: first, end: first + (match.groups?.["first"] ?? "").length }),
      nameStart({ segment, start: second, end: segment.text.length }),
    ];
    const [left, right] = names;
    if (left && right) return [left, right].map((piece) => ({ name: [piece], role: null, confidence: 0.7 }));
  }
  return [];
}

function unique(parties: readonly CaptionParty[]): CaptionParty[] {
  const seen = new Set<string>();
  return parties.filter((party) => {
    const key = foldInPlace(party.name.map((piece) => textOf(piece)).join(" "));
    const known = seen.has(key);
    seen.add(key);
    return !known;
  });
}

/** Values of a caption's parties. */
export function captionDrafts(parties: readonly CaptionParty[]): DraftValue[] {
  return parties.flatMap(({ name, role, confidence }, index) => [
    pieceValue(`/parties/${index}/name`, name, confidence),
    ...(role ? [pieceValue(`/parties/${index}/role`, [role], confidence)] : []),
  ]);
}

/** A value printed on one or more lines. */
export function pieceValue(pointer: string, pieces: readonly Piece[], confidence: number): DraftValue {
  const sure = pieces.reduce((least, piece) => Math.min(least, readConfidence(piece)), 1);
  return {
    pointer,
    value: pieces.map((piece) => textOf(piece)).join(" "),
    cited: pieces.map((piece) => cite(piece)),
    confidence: confidence * sure,
  };
}
