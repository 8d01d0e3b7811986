import type { DraftValue } from "../engine/draft.ts";
import { type Piece, textOf, trimPiece, type View, wholePiece } from "../engine/view.ts";
import { captionLines, pieceValue } from "./caption.ts";
import { foldInPlace } from "./fold-in-place.ts";
import { findLabelled } from "./labelled.ts";
import { COURT_WORD, ROLE_LINE, TITLE_WORD, VERSUS } from "./legal-lexicon.ts";

const NUMBER_LABEL =
  /(?:\b(?:(?:civil|criminal|family|probate|bankruptcy|adversary|appeal|original|our|court|claim|matter|suit|cause|civ|crim|docket|index|file|action|case|petition|writ|proceeding|geschafts|akten)[\s./-]*)*(?:case|cause|docket|index|file|action|claim|matter|suit|civil action|proceeding|appeal|petition)\s*(?:(?:no|number|num|nos|nr|#|id|ref(?:erence)?)\b[.s:)#]*|:|#)|\b(?:aktenzeichen|geschaftszeichen|geschaftsnummer|gesch\.?-?\s?(?:nr|z)\.?|geschaftsz\.?|az\b\.?|gz\b\.?)\s*(?:des gerichts)?|\b(?:n[o.]{0,2}\s*)?(?:rg|r\.g\.|repertoire general|role|parquet|minute|dossier|affaire)\s*(?:general\s*)?(?:n(?:o|umero)?\.?)?|\bnumero (?:de (?:role|dossier|procedimiento|autos|expediente)|d'affaire)|\b(?:procedimiento|autos|expediente|rollo|recurso|asunto|juicio|diligencias|exp)\b[a-z .:]{0,45}?(?:\bn(?:o|um(?:ero)?|ro)?\.?\s*:?\s*)?(?=\d)|\b(?:nig|n\.i\.g)\.?|\bzaaknummer|\bno\.|\bunser zeichen|\bcourt file|\breference|\bnumero)\s*[:.#]*\s*/g;
/** What case numbers look like in the courts of the languages known; found without a label too. */
const NUMBER_FORM =
  /\b(?:\d{1,2}:\d{2}-[a-z]{2,4}-\d{3,6}(?:-[a-z]{2,4})*|\d{2,4}-?[a-z]{2,4}-?\d{3,7}(?:-[a-z\d]{1,6})*|[a-z]{2,4}-\d{2,4}-\d{3,7}|\d{1,3} ?(?:o|c|u|s|t|f|ca|sa|bv|zr|zb|str|ar|owi|ls|ds|js|kls|k|l|b|e|ik|in) \d{1,6}\/\d{2}|[ivx]+ z[rb] \d{1,4}\/\d{2}|\d{2}\/\d{4,6})\b/;
const VALUE =
  /^[(\s]*(?=[^\s]{0,24}\d)[a-z\d][\w./:\-–()]*(?:[ ](?=[^\s]*\d|[-–/]\s)[\w./:\-–]+|[ ](?:o|c|u|s|t|f|ca|sa|zr|zb|bv)(?=[ ]\d)|\s?[ivx]+\sz[rb]\s\d+\/\d{2}){0,4}/;

/** The case's number: behind its label, below it, or by its form alone. */
export function findCaseNumber(view: View): DraftValue[] {
  const lines = captionLines(view);
  let best: { piece: Piece; score: number } | null = null;
  for (const { segment, folded } of lines) {
    for (const match of folded.matchAll(NUMBER_LABEL)) {
      const start = match.index + match[0].length;
      const value = VALUE.exec(folded.slice(start));
      const whole = shortRest(segment, start);
      const near =
        whole ??
        (value ? { segment, start, end: start + value[0].length } : valueNear(lines, segment, start));
      const piece = near && trimPiece(near, /[\s.,;:)(]/);
      if (!piece || !isNumber(textOf(piece))) continue;
      if (/\b(?:date|datum|fecha)\b/.test(folded.slice(start))) continue;
      const exact =
        /\b(?:case|docket|index|cause|aktenzeichen|geschaftszeichen|az|rg|procedimiento|autos|claim|civil action)\b/.test(
          match[0],
        );
      const score = (exact ? 0.9 : 0.7) - (value ? 0 : 0.05) - 0.1 * segment.bbox[1];
      if (score > (best?.score ?? 0)) best = { piece, score };
    }
  }
  best ??= byForm(lines);
  return best ? [pieceValue("/case_number", [best.piece], Math.min(0.92, best.score))] : [];
}

/** All that stands behind a label with a colon, where it is short and has a digit: `Procedimiento 074/2025`. */
function shortRest(segment: Piece["segment"], start: number): Piece | null {
  const rest = segment.text.slice(start);
  const colon = /[:#]\s*$/.test(segment.text.slice(0, start));
  const plain = /^\s*[\p{L}\d][\p{L}\d ./()–-]{2,34}$/u.test(rest) && /\d/.test(rest);
  return colon && plain ? { segment, start, end: segment.text.length } : null;
}

function isNumber(text: string): boolean {
  return (
    /\d/.test(text) &&
    text.length >= 3 &&
    text.length <= 40 &&
    !/^\d{1,2}[./]\d{1,2}[./]\d{2,4}$|^(?:19|20)\d{2}$/.test(text)
  );
}

/** The value of a label that ends its segment: right of it or below it. */
function valueNear(
  lines: ReturnType<typeof captionLines>,
  segment: Piece["segment"],
  labelEnd: number,
): Piece | null {
  if (segment.text.slice(labelEnd).trim() !== "") return null;
  for (const { segment: other, folded } of lines) {
    const right = other.row === segment.row && other.order === segment.order + 1;
    const gap = other.bbox[1] - segment.bbox[3];
    const below =
      other.page === segment.page &&
      gap > -0.2 * segment.height &&
      gap < 1.2 * segment.height &&
      other.bbox[0] < segment.bbox[2] &&
      other.bbox[2] > segment.bbox[0];
    if (!right && !below) continue;
    if (/^[^:]{3,34}$/.test(folded) && /\d/.test(folded)) return wholePiece(other);
    const value = VALUE.exec(folded);
    if (value) return { segment: other, start: 0, end: value[0].length };
  }
  return null;
}

function byForm(lines: ReturnType<typeof captionLines>): { piece: Piece; score: number } | null {
  for (const { segment, folded } of lines) {
    const match = NUMBER_FORM.exec(folded);
    if (match && segment.bbox[1] < 0.6 && /[a-z]|\//.test(match[0]) && folded.length < 60)
      return { piece: { segment, start: match.index, end: match.index + match[0].length }, score: 0.6 };
  }
  return null;
}

/** The court: the line that names it in the first page's upper part, with the lines that belong to it. */
export function findCourt(view: View): DraftValue[] {
  const lines = captionLines(view).filter(({ segment }) => segment.bbox[1] < 0.6);
  const first = lines[0]?.segment.page;
  let best: { index: number; score: number } | null = null;
  for (const [index, { segment, folded }] of lines.entries()) {
    if (segment.page !== first || !COURT_WORD.test(folded) || folded.length > 110 || folded.length < 5)
      continue;
    if (
      /\b(?:clerk|attorney|counsel|street|road|rules?|deliver|filed|order of|this court|the court\b(?! of)|judge|richter|clerk of)\b/.test(
        folded,
      ) &&
      !/^(?:in the|the high|the supreme)/.test(folded)
    )
      continue;
    const capitals = segment.text === segment.text.toUpperCase() ? 0.2 : 0;
    const opening =
      /^(?:in (?:the|dem)|united states|supreme|superior|district|circuit|state of|the |high|county|family|(?:amts|land|oberlandes|arbeits|verwaltungs|sozial|finanz|bundes)\w*gericht|tribunal|cour|juzgado|audiencia|court)/.test(
        folded,
      )
        ? 0.25
        : 0;
    const sentence = folded.split(" ").length > 12 || /[.;]$/.test(folded) ? -0.3 : 0;
    const score = 0.5 + capitals + opening + sentence - 0.3 * segment.bbox[1];
    if (score > (best?.score ?? 0.3)) best = { index, score };
  }
  if (!best) return [];
  const pieces = withCourtLines(lines, best.index);
  return [pieceValue("/court", withoutLead(pieces), Math.min(0.93, best.score))];
}

const COURT_PART =
  /^(?:in (?:and )?for\b|for the\b|in the\b|of the\b|county of|state of|city of|\w+ (?:district|division|circuit|county)\b|.*\b(?:district of|division|judicial district|county|department|registry|chamber|section|part \d+)\b|.*\b(?:chambre|pole|zivilkammer|strafkammer|zivilsenat|kammer|seccion|sala|de \p{L}+$)|united states|the )/u;

function withCourtLines(lines: ReturnType<typeof captionLines>, index: number): Piece[] {
  const start = lines[index];
  if (!start) return [];
  const pieces = [courtPiece(wholePiece(start.segment))];
  const centre = (line: typeof start): number => (line.segment.bbox[0] + line.segment.bbox[2]) / 2;
  for (const step of [-1, 1] as const) {
    let last = start;
    for (let at = index + step; pieces.length < 4 && Math.abs(at - index) < 9; at += step) {
      const line = lines[at];
      if (
        !line ||
        line.segment.page !== start.segment.page ||
        ROLE_LINE.test(line.folded) ||
        VERSUS.test(line.folded)
      )
        break;
      const gap =
        step > 0 ? line.segment.bbox[1] - last.segment.bbox[3] : last.segment.bbox[1] - line.segment.bbox[3];
      const aligned =
        Math.abs(centre(line) - centre(start)) < 0.04 ||
        Math.abs(line.segment.bbox[0] - start.segment.bbox[0]) < 0.02;
      const wrapped =
        step > 0 &&
        /(?:\b(?:de|of|for|in|der|des|du|la|and)|,)$/.test(last.folded) &&
        gap < 0.6 * line.segment.height;
      const part =
        step > 0
          ? wrapped || COURT_PART.test(line.folded)
          : /^(?:in (?:the|and)|state of|united states|county of|the )/.test(line.folded);
      if (!aligned && gap < 1.3 * line.segment.height) continue;
      if (
        gap > 1.3 * line.segment.height ||
        !part ||
        /[:;]|\bv\.?\s/.test(line.folded) ||
        line.folded.length > 80
      )
        break;
      if (TITLE_WORD.test(line.folded) && !COURT_WORD.test(line.folded)) break;
      if (step > 0) pieces.push(courtPiece(wholePiece(line.segment)));
      else pieces.unshift(courtPiece(wholePiece(line.segment)));
      last = line;
    }
  }
  return pieces;
}

/** A court's name without the words that lead to it. */
function withoutLead(pieces: readonly Piece[]): Piece[] {
  const [first, ...others] = pieces;
  const lead = first ? /^\s*in the\s+(?=\S)/i.exec(textOf(first))?.[0].length : undefined;
  return first && lead !== undefined ? [{ ...first, start: first.start + lead }, ...others] : [...pieces];
}

/** Without marks at its ends. */
function courtPiece(piece: Piece): Piece {
  return trimPiece(piece, /[\s,;:.)(§|-]/);
}

const JUDGE_BEFORE =
  /\b(?:(?:presiding |assigned |chief |district |magistrate |circuit |superior court |administrative law |senior |hon(?:\.|orable)? )*(?:judge|justice|magistrate)(?: assigned)?(?:\s*:|\s+(?=(?:the )?hon|[a-z]))|before(?: the)?:?\s+(?=hon)|the honou?rable|hon\.|(?:vorsitzende[rn]? |den |die |einzel)?richter(?:in)?(?: (?:am|an) (?:amtsgericht|landgericht|oberlandesgericht|\w+gericht))?:?|president(?:e)?(?: de chambre)?\s*:|juge(?:s)?(?: unique| rapporteur)?\s*:|magistrad[oa](?:-juez)?:?|(?:el |la )?juez:?|ponente\s*:?|ilm[oa]\.? (?:sr|sra)\.?(?: d\.| dna\.| dona)?)\s*/;
const JUDGE_LABEL =
  /(?:(?:presiding|assigned|hearing|trial|magistrate|district|vorsitzende[rs]?|einzel)[ -]?)*(?:judge|justice|judicial officer|magistrate|richter|richterin|berichterstatter|juge|magistrat|president|presidente|juez|jueza|magistrad[oa](?:[- ]juez)?|ponente|giudice|rechter)(?: assigned)?/;
const TITLES =
  /^(?:(?:the |hon\.\s*|honou?rable |judge |justice |sr\. |ilm[oa]\. |dr\.? |prof\.? |d\. |d\.a |dna\.? |don |dona |m\. |mme |madame |monsieur |mr\.? |ms\.? |mrs\.? |sr\.? |sra\.? |herrn? |frau |ilm[oa]\.? )+)/;

/** The judge: behind the word that says so, or above it where a name is signed. */
export function findJudge(view: View): DraftValue[] {
  for (const segment of view.segments) {
    const folded = foldInPlace(segment.text);
    const match = /\b(?:(?:the |mrs? )?hon(?:ou?rable\b|\.)|mrs? justice )\s*(?=\S)/.exec(folded);
    const piece = match && personAt({ segment, start: match.index, end: segment.text.length }, folded);
    if (piece && textOf(piece).split(/\s+/).length >= 3) return [pieceValue("/judge", [piece], 0.9)];
  }
  for (const { value } of findLabelled(view, JUDGE_LABEL)) {
    const piece = personAt(value, foldInPlace(value.segment.text));
    if (piece && textOf(piece).includes(" ")) return [pieceValue("/judge", [piece], 0.88)];
  }
  for (const segment of view.segments) {
    const { text } = segment;
    const folded = foldInPlace(text);
    const match = JUDGE_BEFORE.exec(folded);
    if (!match) continue;
    const honour = /(?:the )?hon(?:ou?rable|\.)?\s*$|\b(?:ilm[oa]\.?.*)$/.exec(match[0]);
    const justice = /justice\s+$/.exec(match[0]);
    const start = match.index + (honour?.index ?? justice?.index ?? match[0].length);
    const piece = personAt({ segment, start, end: text.length }, folded);
    if (piece)
      return [
        pieceValue("/judge", [piece], /judge|richter|juez|juge|magistrad|hon/.test(match[0]) ? 0.82 : 0.75),
      ];
  }
  return signedJudge(view);
}

function personAt(piece: Piece, folded: string): Piece | null {
  const { segment } = piece;
  const from =
    piece.start +
    (/^(?:judge|justice(?= (?:the|hon|dr|mr))|el|la)\s+/.exec(folded.slice(piece.start))?.[0].length ?? 0);
  const titles = TITLES.exec(folded.slice(from));
  const start = from + (titles?.[0].length ?? 0);
  const name =
    /^\p{Lu}[\p{L}'’-]*\.?(?:\s+(?:(?:de|del|la|van|von|der|le|y|zu)\s+)*\p{Lu}[\p{L}'’-]*\.?){0,4}(?:,? (?:Jr|Sr|II|III)\.?)?/u.exec(
      segment.text.slice(start),
    );
  if (!name || name[0].length < 4 || COURT_WORD.test(folded.slice(start, start + name[0].length)))
    return null;
  const end = start + name[0].length;
  if (
    /\b(?:of|court|presiding|department|plaintiff|defendant|date|signature|order|shall|assigned|trial|division)\b/i.test(
      segment.text.slice(start, end),
    )
  )
    return null;
  return trimPiece({ segment, start: from, end }, /[\s,;:]/);
}

/** A name above `United States District Judge` and the like. */
function signedJudge(view: View): DraftValue[] {
  for (const [index, segment] of view.segments.entries()) {
    const folded = foldInPlace(segment.text);
    if (
      !/^(?:[a-z.]+ ){0,5}(?:judge|justice|magistrate|richter(?:in)?(?: am \w+)?)(?: of the .{3,40})?[.,]?$/.test(
        folded,
      )
    )
      continue;
    for (const above of view.segments.slice(Math.max(0, index - 3), index).toReversed()) {
      const piece = personAt(wholePiece(above), foldInPlace(above.text));
      const alike = piece && textOf(piece).split(/\s+/).length >= 2 && piece.end >= above.text.length - 2;
      if (piece && alike && above.page === segment.page) return [pieceValue("/judge", [piece], 0.75)];
    }
  }
  return [];
}
