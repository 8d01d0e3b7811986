import { departmentAt } from "./name-guards.ts";
import { hasLegalForm, hasPostalCode, nameLikeness } from "./party-names.ts";
import { type Piece, textOf, trimPiece } from "./view.ts";

const SEPARATOR =
  /\s+[•·●|∙*–—-]\s+|\s*[•·●|∙]\s*|\s*,\s+(?=\p{L}[^,]*\d)|\s*,\s+(?=\d{4,5}\s)|\s*,\s+(?=\d{1,4}\s?[a-z]?\s+\p{Lu}\p{L})/u;
const LABELLED_TAIL =
  /[\s([,-]+(?:company|co|business|reg(?:istration)?|roc|ssm)\.?\s*(?:reg(?:istration)?\.?\s*)?(?:no|number|#)\.?\s*[:.]?.*$/i;
const TITLE_TAIL =
  /\s+(?:tax invoice|invoice|credit note|receipt|rechnung|facture|factura|fattura|fatura|factuur|faktura)$/i;
const REGISTRATION =
  /\s*[([]\s*(?:co\.?\s*(?:reg\.?\s*)?(?:no\.?)?\s*:?\s*|reg\.?\s*(?:no\.?)?\s*:?\s*|roc\s*:?\s*|no\.?\s*:?\s*)?[A-Z]{0,3}\d[\d\s-]*(?:\s*-?\s*[A-Z])?\s*[)\]]?\s*$|\s+\d{5,7}-[A-Z](?:\s*\([^)]*\))?$/i;

/** A bracket at a name's end that holds mostly digits. */
const NUMBERED_TAIL = /\s*\([^()]{0,8}\d{4,}[^()]{0,4}\)?\s*$/;

/** Where a name ends that an address follows in one list of commas (`Muster S.L., Calle Mayor, 7, 28001 Madrid`). */
function listedEnd(text: string): number {
  const parts = text.split(/,\s+/);
  const [first = "", second = ""] = parts;
  if (parts.length < 3 || !hasPostalCode(text) || hasPostalCode(first)) return text.length;
  if (nameLikeness(first) <= 0.2) return text.length;
  const form = !/\d/.test(second) && second.length < 14 && hasLegalForm(second);
  return form ? text.indexOf(second) + second.length : first.length;
}

/** The part of a line that is a name: without a registration number, contact or address behind it. */
export function namePart(piece: Piece): Piece {
  const text = textOf(piece);
  const split = SEPARATOR.exec(text);
  let end =
    split && split.index > 2 && nameLikeness(text.slice(0, split.index)) > 0.2 ? split.index : text.length;
  end = Math.min(end, listedEnd(text));
  const registration = REGISTRATION.exec(text.slice(0, end)) ?? NUMBERED_TAIL.exec(text.slice(0, end));
  if (registration && registration.index > 2) end = registration.index;
  const labelled = LABELLED_TAIL.exec(text.slice(0, end));
  if (labelled && labelled.index > 3) end = labelled.index;
  const title = TITLE_TAIL.exec(text.slice(0, end));
  if (title && title.index > 3) end = title.index;
  const department = departmentAt(text.slice(0, end));
  if (department > 1) end = department;
  const courtesy = /^\s*(?:spett\.?(?:le|bile)?|egr\.?|gent\.?(?:ma|mo)|messrs\.?)\s+(?=\p{Lu})/iu.exec(
    text.slice(0, end),
  );
  const start = piece.start + (courtesy?.[0].length ?? 0);
  return trimPiece({ ...piece, start, end: piece.start + end }, /[\s,;:|•·*–-]/);
}
