import type { Piece, Segment } from "./view.ts";

const EMAIL = /[\p{L}\d._%+-]+\s?@\s?[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.\p{L}{2,}/gu;
const WEBSITE =
  /(?:https?:\/\/|www\.)[^\s,;()<>|]+|(?<![\p{L}\d@.])[a-z\d-]{3,}\.(?:com|net|org|de|fr|es|it|nl|pl|eu|co\.uk|com\.my|com\.au|ch|at|be|pt|se|dk|no|fi|cz|in|io|com\.br)(?![\p{L}\d@])(?:\/\S*)?/giu;
const PHONE = /(?<![\p{L}\d/.-])\(?\+?\d[\d\s()./-]{6,20}\d(?![\p{L}\d])/gu;

function pieces(segment: Segment, pattern: RegExp): Piece[] {
  return [...segment.text.matchAll(pattern)].map((match) => ({
    segment,
    start: match.index,
    end: match.index + match[0].replace(/[.,;:]+$/, "").length,
  }));
}

export function findEmails(segment: Segment): Piece[] {
  return segment.text.includes("@") ? pieces(segment, EMAIL) : [];
}

export function findWebsites(segment: Segment): Piece[] {
  if (!/[./]\w/.test(segment.text)) return [];
  const emails = findEmails(segment);
  return pieces(segment, WEBSITE).filter(
    (site) => !emails.some((email) => email.start < site.end && email.end > site.start),
  );
}

/** Telephone numbers by form: 7 to 15 digits; only a label or a plus sign makes one of them credible. */
export function findPhones(piece: Piece): Piece[] {
  const text = piece.segment.text.slice(piece.start, piece.end);
  return [...text.matchAll(PHONE)]
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
