import type { DraftValue } from "../engine/draft.ts";
import { type Piece, textOf, trimPiece, type View, wholePiece } from "../engine/view.ts";
import { pieceValue } from "./caption.ts";
import { foldInPlace } from "./fold-in-place.ts";
import { COURT_WORD, ROLE_LINE } from "./legal-lexicon.ts";
import { foldedOf } from "./labelled.ts";
import { dateOf, findPairs, type Pair, readPairs } from "./pairs.ts";
import { looksLikeOrganisation, looksLikePerson } from "./party-names.ts";

const NUMBER =
  /\b(?:case|cause|docket|index|file|number|no|ref|reference|roll|register|registry|proceeding|matter|list|claim|akte\w*|\w*zeichen|az|nummer|verfahren\w*|register\w*|rg|role|dossier|affaire|numero|n[o°]|proced\w*|autos|exped\w*|rollo|causa|juicio|asunto|radicado)\b/;
const JUDGE =
  /\b(?:judge|justice|bench|presid\w*|magist\w*|heard by|sits|sitting|decided by|judicial|coram|before|\w*richter\w*|vorsitz\w*|juge|magistrat\w*|juez\w*|ponente|juzgador\w*)\b/;
const COUNSEL =
  /\b(?:counsel|attorneys?|lawyers?|solicitors?|advocates?|barristers?|represent\w*|appear\w*|acting|behalf|instructed|legal team|\w*anwalt\w*|\w*anwalte\w*|\w*bevollm\w*|\w*vertret\w*|avocat\w*|conseil|defens\w*|ministere d|abogad\w*|letrad\w*|procurad\w*)\b/;
const FILED =
  /\b(?:fil(?:ed|ing)|lodg\w*|receiv\w*|entered|submit\w*|dated?|issued?|stamp\w*|registered|recorded|eing\w*|datum|vom|depos\w*|depot|enregistr\w*|fecha|present\w*|registr\w*|interpos\w*)\b/;
const HEARING =
  /\b(?:hear\w*|appear\w*|trial|session|sitting|return|court date|\w*termin|\w*verhandl\w*|audienc\w*|vista|senalam\w*|comparec\w*)\b/;
const SUBJECT =
  /\b(?:subject|re|nature|concern\w*|about|cause|topic|regard\w*|issue|dispute|claim type|kind of|type of|matter|\w*gegenstand|wegen|betr\w*|streit\w*|objet|matiere|concerne|litige|asunto|objeto|materia|sobre|cuestion|litigio)\b/;
const RELIEF =
  /\b(?:relief|remed\w*|prayer|requests?|requested|sought|asked|asks|seeks?|seeking|demands?|claimed|wanted|wants|prays?|\w*antrag\w*|\w*antrage|begehr\w*|beantragt|gefordert|pretent\w*|demandes?|requetes?|sollicit\w*|reclam\w*|petic\w*|peti[dt]\w*|suplic\w*|solicit\w*|pretens\w*|pide|pedi\w*)\b/;

/** Number, dates, judge, matter and relief by stems of their labels. */
export function draftCourtPairs(view: View, dayFirst: boolean | null): DraftValue[] {
  const pairs = findPairs(view);
  return readPairs(pairs, [
    {
      pointer: "/case_number",
      stems: NUMBER,
      never: /\b(?:phone|tel|fax|bar|sbn|page|zip|post|vat|tax)\b/,
      read: identifier,
    },
    { pointer: "/judge", stems: JUDGE, never: COUNSEL, read: person },
    { pointer: "/hearing_date", stems: HEARING, read: (value) => dateOf(value, dayFirst) },
    { pointer: "/filing_date", stems: FILED, never: HEARING, read: (value) => dateOf(value, dayFirst) },
    { pointer: "/subject", stems: SUBJECT, never: NUMBER, read: (value) => phrase(value, 160) },
    { pointer: "/relief", stems: RELIEF, never: /\bjury\b/, read: (value) => phrase(value, 600) },
  ]);
}

function identifier(value: Piece): { value: string; piece: Piece } | null {
  const piece = trimPiece(value, /[\s,;.]/);
  const text = textOf(piece);
  const plain = /^(?=.*\d)[\p{L}\d][\p{L}\d ./:()–-]{2,32}$/u.test(text) && text.split(" ").length <= 5;
  return plain &&
    !/^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$|^\d{4}-\d\d-\d\d$|\b(?:19|20)\d\d$/.test(
      text.replace(/\/(?:19|20)\d\d$/, "/x"),
    )
    ? { value: text, piece }
    : null;
}

function person(value: Piece): { value: string; piece: Piece } | null {
  const piece = trimPiece(value, /[\s,;]/);
  const text = textOf(piece);
  const bare = text.replace(
    /^(?:(?:The |Hon\.?|Honou?rable|Justice|Judge|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Prof\.?|D\.ª?|Dña\.?|Don|Doña|M\.|Mme|Herr|Frau|Ilm[oa]\.|Sra?\.)\s*)+/,
    "",
  );
  const plain =
    looksLikePerson(bare) &&
    text.length <= 60 &&
    !COURT_WORD.test(foldedOf(piece.segment).slice(piece.start, piece.end));
  return plain ? { value: text, piece } : null;
}

function phrase(value: Piece, maxLength: number): { value: string; piece: Piece } | null {
  const piece = trimPiece(value, /[\s,;:.]/);
  const text = textOf(piece);
  const plain =
    text.length >= 6 && text.length <= maxLength && /\p{L}{3}/u.test(text) && text.split(" ").length >= 1;
  const other = COUNSEL.test(text.toLowerCase()) || ROLE_LINE.test(foldInPlace(text));
  return plain && !other && !looksLikePerson(text) && !/\d{4}/.test(text) ? { value: text, piece } : null;
}

interface NamedRole {
  readonly name: Piece;
  readonly role: Piece;
}

/** Two names under labels that say nothing else: the two sides of a case, however they are called. */
export function findSides(view: View): NamedRole[] {
  const pairs = findPairs(view).filter(({ label, value }) => isSide(label, value));
  const sides: NamedRole[] = [];
  for (const { labelPiece, value } of pairs) {
    const name = nameBefore(value);
    if (name && !sides.some((side) => textOf(side.name) === textOf(name)))
      sides.push({ name, role: labelPiece });
  }
  return sides.length >= 2 ? sides.slice(0, 2) : [];
}

const NO_SIDE = /\b(?:date|by|signed|clerk|court|notary|address|phone|tel|email|witness|firm|name|title)\b/;

function isSide(label: string, value: Piece): boolean {
  if ([NUMBER, JUDGE, COUNSEL, FILED, HEARING, SUBJECT, RELIEF, NO_SIDE].some((stems) => stems.test(label)))
    return false;
  return value.segment.bbox[1] < 0.55 && label.split(" ").length <= 4 && nameBefore(value) !== null;
}

function nameBefore(value: Piece): Piece | null {
  const text = textOf(value);
  const end = text.search(/,(?!\s*(?:Inc|LLC|Ltd|S\.|LP|L\.P))|\s\(/);
  const piece = trimPiece({ ...value, end: end < 0 ? value.end : value.start + end }, /[\s,;.:]/);
  const name = textOf(piece);
  if (name.length > 70 || COURT_WORD.test(foldedOf(piece.segment))) return null;
  return looksLikePerson(name) || looksLikeOrganisation(name) ? { ...piece, end: piece.end } : null;
}

interface PairedCounsel {
  readonly name: Piece;
  readonly firm: Piece | null;
  readonly represents: Piece | null;
}

const FIRM =
  /&|\b(?:LLP|LLC|PLLC|P\.C\.|Law|Partners|Associates|Rechtsanwälte|Kanzlei|Cabinet|Abogados|Solicitors|Chambers)\b/;

/** Lawyers under labels that say for whom they stand: a counsel's word or a side's own role in them. */
export function findPairedCounsel(view: View, roles: readonly string[]): PairedCounsel[] {
  const found: PairedCounsel[] = [];
  for (const pair of findPairs(view)) {
    const role = roles.find((known) => known.length > 3 && pair.label.includes(known));
    if (
      !(COUNSEL.test(pair.label) && (role !== undefined || /^\p{Lu}/u.test(textOf(pair.value)))) &&
      !(role !== undefined && pair.label !== role)
    )
      continue;
    const read = lawyerOf(view, pair);
    if (read && !found.some((known) => textOf(known.name) === textOf(read.name)))
      found.push({ ...read, represents: role === undefined ? null : rolePiece(pair, role) });
  }
  return found.slice(0, 8);
}

function rolePiece({ labelPiece, label }: Pair, role: string): Piece {
  const start = labelPiece.start + label.indexOf(role);
  return { ...labelPiece, start, end: start + role.length };
}

/** The firm on the line below a lawyer's name. */
function firmBelow(view: View, { segment }: Piece): Piece | null {
  const row = view.rows[segment.row + 1];
  const below = row?.segments.find((other) => Math.abs(other.bbox[0] - segment.bbox[0]) < 0.015);
  const near = below && below.page === segment.page && below.bbox[1] - segment.bbox[3] < 0.8 * segment.height;
  return near && FIRM.test(below.text) && below.text.length < 70
    ? trimPiece(wholePiece(below), /[\s,;|]/)
    : null;
}

function lawyerOf(view: View, { value }: Pair): { name: Piece; firm: Piece | null } | null {
  const text = textOf(value);
  const comma = text.search(/[,(·|]|\s[–-]\s/);
  const name = trimPiece({ ...value, end: comma < 0 ? value.end : value.start + comma }, /[\s,;]/);
  if (COUNSEL.test(textOf(name).toLowerCase()) || ROLE_LINE.test(foldInPlace(textOf(name)))) return null;
  if (
    !looksLikePerson(
      textOf(name).replace(
        /^(?:Dr\.|Mr\.|Ms\.|Mrs\.|Maître|Me|D\.|Dña\.|Rechtsanwalt|Rechtsanwältin|RA)\s+/,
        "",
      ),
    )
  )
    return null;
  if (comma < 0) return { name, firm: firmBelow(view, value) };
  const firm = trimPiece({ ...value, start: value.start + comma }, /[\s,;()·|–-]/);
  return { name, firm: FIRM.test(textOf(firm)) ? firm : null };
}

/** The values of the two sides. */
export function sideDrafts(sides: readonly NamedRole[]): DraftValue[] {
  return sides.flatMap(({ name, role }, index) => [
    pieceValue(`/parties/${index}/name`, [name], 0.66),
    pieceValue(`/parties/${index}/role`, [role], 0.66),
  ]);
}

/** The values of lawyers under labels. */
export function counselDrafts(counsel: readonly PairedCounsel[]): DraftValue[] {
  return counsel.flatMap(({ name, firm, represents }, index) => [
    pieceValue(`/counsel/${index}/name`, [name], 0.74),
    ...(firm ? [pieceValue(`/counsel/${index}/firm`, [firm], 0.7)] : []),
    ...(represents ? [pieceValue(`/counsel/${index}/represents`, [represents], 0.72)] : []),
  ]);
}
