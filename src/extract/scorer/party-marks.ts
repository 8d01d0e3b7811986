import { foldKey } from "../../model/fold.ts";
import { departmentAt } from "../engine/name-guards.ts";
import { hasCasedForm, isLegalForm } from "../engine/party-names.ts";
import { type Piece, textOf } from "../engine/view.ts";
import type { NamePlace } from "./party-candidates.ts";
import type { Candidate } from "./scored-field.ts";

/** A place's text as it would stand in `data`. */
export function valueOf({ pieces }: Pick<NamePlace, "pieces">): string {
  return pieces
    .map((piece) => textOf(piece))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}

/** What a house calls itself. */
export type Mark = Pick<Candidate, "value" | "key" | "pieces">;

/** Longest legal form, folded, that a mark leaves out. */
const FORM_LETTERS = 14;

/** Lines of the first page that may be what a house calls itself, without a legal form. */
export function marksOf(places: readonly NamePlace[]): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const place of places) {
    const [piece] = place.pieces;
    if (place.origin !== "line" || piece?.segment.page.number !== 1 || !fills(piece)) continue;
    const value = valueOf(place);
    const key = foldKey(value);
    if (key.length > 2 && !marks.has(key) && !hasCasedForm(value))
      marks.set(key, { value, key, pieces: place.pieces });
  }
  return marks;
}

/** Whether a name is all of its line, but for the department behind it. */
function fills({ end, segment: { text } }: Piece): boolean {
  return end >= text.length || departmentAt(text) === end;
}

/** The mark that a full name belongs to: printed before it and no smaller, the same but for the legal form. */
export function markOf(
  marks: ReadonlyMap<string, Mark>,
  { pieces }: NamePlace,
  key: string,
): Mark | undefined {
  const [piece] = pieces;
  for (let cut = key.length - 2; cut > 2 && cut >= key.length - FORM_LETTERS; cut -= 1) {
    const mark = marks.get(key.slice(0, cut));
    const own = mark?.pieces[0]?.segment;
    if (!mark || !own || !piece) continue;
    if (own.row >= piece.segment.row || own.height < piece.segment.height * 0.98) continue;
    return isLegalForm(valueOf({ pieces }).slice(mark.value.length)) ? mark : undefined;
  }
  return undefined;
}
