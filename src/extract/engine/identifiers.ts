import type { Piece } from "./view.ts";
import { trimPiece } from "./view.ts";

const EDGE = /[\s:;,.()[\]#*"'|=]/;
const DATE_LIKE = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/;
const AMOUNT_LIKE = /^[-–]?\d[\d.,']*[.,]\d{2}$/;
const STOP_WORD =
  /^(?:vom|von|du|del|de|of|dated?|date|from|fra|dd|le|den|z|ze|dnia|page|seite|and|und|tel|fax|on|at|the|for)$/i;

/** A revision behind an identifier: `PO-7/REV.2`, `4500012 / Rev A`. */
const REVISION = /(?<=\w)[\s/_,;(-]+(?:rev|revision|amendment|version|ver)\b[\s.:#]*[A-Z\d.]{0,4}$/i;

/**
 * The identifier at the head of a piece of text: one word with a digit, together with a short
 * upper-case prefix before it and the digit groups behind it. Null when there is none.
 */
export function findIdentifier(piece: Piece): Piece | null {
  const text = piece.segment.text.slice(piece.start, piece.end);
  const words = [...text.matchAll(/\S+/g)];
  let first = 0;
  while (first < words.length && /^[^\p{L}\d]+$/u.test(words[first]?.[0] ?? "")) first += 1;
  const head = words[first];
  if (!head) return null;
  let last = first;
  if (!/\d/.test(head[0])) {
    const next = words[first + 1]?.[0] ?? "";
    if (!/^[A-Z]{1,6}[-/.#]?$/.test(head[0].replace(EDGE, "")) || !/^[\d/-]/.test(next) || !/\d/.test(next))
      return null;
    last = first + 1;
  }
  while (last + 1 < words.length && continues(words, first, last)) last += 1;
  const start = piece.start + head.index;
  const end = piece.start + (words[last]?.index ?? 0) + (words[last]?.[0].length ?? 0);
  const whole = trimPiece({ segment: piece.segment, start, end }, EDGE);
  const revision = REVISION.exec(whole.segment.text.slice(whole.start, whole.end));
  const found = revision ? { ...whole, end: whole.start + revision.index } : whole;
  return isIdentifier(found.segment.text.slice(found.start, found.end)) ? found : null;
}

function continues(words: readonly RegExpExecArray[], first: number, last: number): boolean {
  const current = words[last]?.[0] ?? "";
  const next = words[last + 1]?.[0] ?? "";
  if (STOP_WORD.test(next) || /[,;:]$/.test(current)) return false;
  if (/^[/-]$/.test(next)) return /^[A-Z\d]/.test(words[last + 2]?.[0] ?? "");
  if (/[/-]$/.test(current)) return /^[A-Z\d]/.test(next);
  const rest = words.slice(first).map((word) => word[0]);
  const groups = rest.length <= 9 && rest.every((word) => /^(?:\d{1,6}|[-/])$/.test(word));
  return groups && (rest.length <= 6 || rest.includes("-")) && rest.length > 1 && next !== "";
}

/** Whether a text can be an identifier: it holds a digit and is no date, amount, percentage or telephone number. */
export function isIdentifier(text: string): boolean {
  if (text.length < 1 || text.length > 40 || !/\d/.test(text)) return false;
  if (DATE_LIKE.test(text) || AMOUNT_LIKE.test(text)) return false;
  if (/[%€$£@]/.test(text) || /^\+\d/.test(text)) return false;
  return /^[\p{L}\d][\p{L}\d\s./_#&()*+:\\-]*$/u.test(text);
}
