import type { DraftValue } from "../engine/draft.ts";
import { type Piece, type Segment, textOf, trimPiece, type View, wholePiece } from "../engine/view.ts";
import { pieceValue } from "./caption.ts";
import { foldedOf } from "./labelled.ts";
import { nameAtStart } from "./party-names.ts";
import { isContractRole } from "./roles.ts";

interface LabelledParty {
  readonly name: Piece;
  readonly role: Piece;
  readonly address: readonly Piece[];
}

const MAX_ADDRESS_LINES = 5;
const ADDRESS_LABEL =
  /^(?:(?:[\p{L}' -]{3,25} )?(?:address|adresse|anschrift|direccion|domicilio|indirizzo|adres|sitz|siege(?: social)?|registered office|principal office)|located at|of)\s*:?\s*/u;
const OTHER_LABEL =
  /^(?:name|contact|attn|attention|phone|tel|telephone|telefon|fax|e-?mail|vat|tax|company (?:no|number)|reg|represented|vertreten|representee?|representad|signature|date|title|by|siret|nif|cif|ust)\b[^:]{0,25}[:.]?/;

/** Parties under labels that say their roles: `Landlord: X`, a role above a name and its address, a table of both. */
export function findLabelledParties(view: View): LabelledParty[] {
  const found: LabelledParty[] = [];
  for (const [index, segment] of view.segments.entries()) {
    if (segment.text.length > 140) continue;
    const party = inlineParty(view, segment) ?? standingParty(view, index);
    if (!party) continue;
    const role = foldedText(party.role);
    const known = found.findIndex((other) => foldedText(other.role) === role);
    if (known < 0) found.push(party);
    else if (
      (found[known]?.address.length ?? 0) === 0 &&
      sameName(found[known], party) &&
      party.address.length > 0
    )
      found[known] = party;
  }
  return found.slice(0, 12);
}

function foldedText(piece: Piece): string {
  return foldedOf(piece.segment).slice(piece.start, piece.end);
}

function sameName(a: LabelledParty | undefined, b: LabelledParty): boolean {
  return a !== undefined && foldedText(a.name) === foldedText(b.name);
}

/** `Supplier: Acme Ltd., 1 Main Street`. */
function inlineParty(view: View, segment: Segment): LabelledParty | null {
  const match = /^\s*(?:\(?\d\)?[.)]?\s*)?([^:]{3,35}):\s*(?=\S)/.exec(segment.text);
  const label = match?.[1];
  if (
    !match ||
    label === undefined ||
    !isContractRole(label.replace(/\b(?:name|der|die|the)\b/gi, "").trim())
  )
    return null;
  const name = nameAtStart(segment.text, foldedOf(segment), {
    start: match[0].length,
    end: segment.text.length,
  });
  if (!name) return null;
  const start = match[0].indexOf(label);
  const rest = trimPiece({ segment, start: name.end, end: segment.text.length }, /[\s,;.]/);
  const address = /\d/.test(textOf(rest)) ? [addressPart(rest)] : addressBelow(view, segment);
  return {
    name: { segment, ...name },
    role: trimPiece({ segment, start, end: start + label.length }),
    address,
  };
}

/** A role alone in its segment, the name right of it or below. */
function standingParty(view: View, index: number): LabelledParty | null {
  const segment = view.segments[index];
  if (!segment || !isContractRole(segment.text.replace(/:\s*$/, "")) || !/^\W*\p{Lu}/u.test(segment.text))
    return null;
  const role = trimPiece(wholePiece(segment), /[\s:()"“”„«».,-]/);
  const next = view.segments[index + 1];
  const beside = next && next.row === segment.row ? nameIn(next) : null;
  if (beside) return { name: beside, role, address: addressBelow(view, beside.segment) };
  const below = inColumnBelow(view, segment)[0];
  const name = below ? nameIn(below) : null;
  return name ? { name, role, address: addressBelow(view, name.segment) } : null;
}

function nameIn(segment: Segment): Piece | null {
  const folded = foldedOf(segment);
  if (
    isContractRole(segment.text.replace(/:\s*$/, "")) ||
    (/:/.test(segment.text) && !folded.startsWith("name"))
  )
    return null;
  const lead = /^(?:full )?name\s*:\s*/.exec(folded)?.[0].length ?? 0;
  const name = nameAtStart(segment.text, folded, { start: lead, end: segment.text.length });
  return name && textLooksNamed(segment.text.slice(name.start, name.end)) ? { segment, ...name } : null;
}

function textLooksNamed(text: string): boolean {
  return text.split(/\s+/).length >= 2 || /^\p{Lu}\p{L}{3,}$/u.test(text);
}

function inColumnBelow(view: View, segment: Segment): Segment[] {
  const found: Segment[] = [];
  let last = segment;
  for (const row of view.rows.slice(segment.row + 1, segment.row + 2 + MAX_ADDRESS_LINES)) {
    if (row.page !== segment.page) break;
    const own = row.segments.find((other) => Math.abs(other.bbox[0] - segment.bbox[0]) < 0.02);
    // Rows of a neighbouring column may stand between two lines of this one.
    if (!own) {
      if (row.bbox[1] - last.bbox[3] > 1.2 * last.height) break;
      continue;
    }
    if (own.bbox[1] - last.bbox[3] > 0.85 * last.height) break;
    found.push(own);
    last = own;
  }
  return found;
}

/** The lines below a name: its address, up to the next label or gap. */
function addressBelow(view: View, name: Segment): Piece[] {
  const pieces: Piece[] = [];
  for (const line of inColumnBelow(view, name).slice(0, MAX_ADDRESS_LINES)) {
    const folded = foldedOf(line);
    const label = ADDRESS_LABEL.exec(folded);
    if (OTHER_LABEL.test(folded) || isContractRole(line.text.replace(/:.*$/, ""))) break;
    if (!label && /^[^,]{2,40}:/.test(line.text)) break;
    if (/@|www\./.test(folded)) break;
    pieces.push(addressPart(wholePiece(line)));
  }
  const digits = pieces.some((piece) => /\d/.test(textOf(piece)));
  return digits ? pieces : [];
}

function addressPart(piece: Piece): Piece {
  const label = ADDRESS_LABEL.exec(foldedOf(piece.segment).slice(piece.start, piece.end))?.[0].length ?? 0;
  return trimPiece({ ...piece, start: piece.start + label }, /[\s,;]/);
}

/** The values of labelled parties. */
export function labelledPartyDrafts(parties: readonly LabelledParty[]): DraftValue[] {
  return parties.flatMap(({ name, role, address }, index) => {
    const at = `/parties/${index}`;
    const values = [pieceValue(`${at}/name`, [name], 0.85), pieceValue(`${at}/role`, [role], 0.85)];
    if (address.length === 0) return values;
    const drawn = pieceValue(`${at}/address`, address, 0.8);
    return [...values, { ...drawn, value: address.map((piece) => textOf(piece)).join(", ") }];
  });
}
