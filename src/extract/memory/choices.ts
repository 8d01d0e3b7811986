import type { DocumentType } from "../../model/extraction.ts";
import { choiceIn } from "../declared/choices.ts";
import type { DeclaredField } from "../declared/declaration.ts";
import type { Extractor } from "../define.ts";
import type { Cited } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import type { Reading } from "../engine/reading.ts";
import { type Piece, trimPiece } from "../engine/view.ts";
import { extractors } from "../registry.ts";

const MAX_PLACES = 6;
const MAX_WORDS = 3;
const EDGE = /[\s:：;=|…_#,.()]/;

/** The declared field whose value is one of a list's, printed in words of its own: `Female` for `female`. */
export function choiceFieldOf(type: DocumentType, pointer: string): DeclaredField | null {
  const { declares, vocabulary }: Extractor = extractors[type];
  const { fields = [] } = declares ?? vocabulary ?? {};
  return fields.find((field) => field.pointer === pointer && field.kind === "choice") ?? null;
}

/** What a whole piece says in the field's own values; null where it is none of their wordings. */
export function choiceOf(field: DeclaredField, piece: Piece): string | null {
  const choice = choiceIn(field, piece);
  return choice && choice.fit === 1 ? String(choice.value) : null;
}

/** Places whose words are a wording of the value, and nothing else. */
export function placesOfChoice({ view }: Reading, field: DeclaredField, value: string): Cited[][] {
  const found: Cited[][] = [];
  for (const segment of view.segments) {
    for (const [at, start] of segment.starts.entries()) {
      for (let words = 1; words <= MAX_WORDS && found.length < MAX_PLACES; words += 1) {
        const next = segment.starts[at + words];
        if (at + words > segment.starts.length) break;
        const end = next === undefined ? segment.text.length : next - 1;
        const piece = trimPiece({ segment, start, end }, EDGE);
        if (piece.end > piece.start && choiceOf(field, piece) === value) found.push([cite(piece)]);
      }
    }
  }
  return found;
}
