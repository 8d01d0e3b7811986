import { matchesOf } from "../../model/matches.ts";
import { oncePerSegment } from "./once.ts";
import { type Piece, type Segment, wholePiece } from "./view.ts";

const NONE: readonly Piece[] = [];

const EMAIL = /[\p{L}\d._%+-]+\s?@\s?[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.\p{L}{2,}/gu;
const WEBSITE =
  /(?:https?:\/\/|www\.)[^\s,;()<>|]+|(?<![\p{L}\d@.])[a-z\d-]{3,}\.(?:com|net|org|de|fr|es|it|nl|pl|eu|co\.uk|com\.my|com\.au|ch|at|be|pt|se|dk|no|fi|cz|in|io|com\.br)(?![\p{L}\d@])(?:\/\S*)?/giu;
const PHONE = /(?<![\p{L}\d/.-])\(?\+?\d[\d\s()./-]{6,20}\d(?![\p{L}\d])/gu;

const DIGIT = /\d/;
const DOTTED = /[./]\w/;
const TRAILING = /[.,;:]+$/;

function pieces(segment: Segment, pattern: RegExp): Piece[] {
  return matchesOf(segment.text, pattern).map((match) => ({
    segment,
    start: match.index,
    end: match.index + match[0].replace(TRAILING, "").length,
  }));
}

const emailsOf = oncePerSegment((segment) => pieces(segment, EMAIL));

export function findEmails(segment: Segment): readonly Piece[] {
  return segment.text.includes("@") ? emailsOf(segment) : NONE;
}

const websitesOf = oncePerSegment((segment) => {
  const emails = findEmails(segment);
  return pieces(segment, WEBSITE).filter(
    (site) => !emails.some((email) => email.start < site.end && email.end > site.start),
  );
});

export function findWebsites(segment: Segment): readonly Piece[] {
  return DOTTED.test(segment.text) ? websitesOf(segment) : NONE;
}

/** Telephone numbers by form: 7 to 15 digits; only a label or a plus sign makes one of them credible. */
export function findPhones(piece: Piece): Piece[] {
  const text = piece.segment.text.slice(piece.start, piece.end);
  return matchesOf(text, PHONE)
    .filter((match) => {
      const digits = match[0].replace(/\D/g, "").length;
      return digits >= 7 && digits <= 15 && !/^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/.test(match[0].trim());
    })
    .map((match) => ({
      segment: piece.segment,
      start: piece.start + match.index,
      end: piece.start + match.index + match[0].trimEnd().length,
    }));
}

const wholePhonesOf = oncePerSegment((segment) => findPhones(wholePiece(segment)));

/** The telephone numbers of a whole segment. */
export function phonesOf(segment: Segment): readonly Piece[] {
  return DIGIT.test(segment.text) ? wholePhonesOf(segment) : NONE;
}
