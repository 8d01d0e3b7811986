import { printedValue, type Passage, type Prose, type Stretch } from "./prose.ts";
import type { DraftValue } from "../engine/draft.ts";

/** What a title is looked for by. */
export interface TitleWish {
  /** On folded text: a word that a title of this type holds. */
  readonly words: RegExp;
  /** On folded text: what is never in one. */
  readonly never?: RegExp;
  /** Share of the first page's height that is looked at. */
  readonly reach: number;
}

/** The passage that looks most like the document's title: its words, its size, capitals, its place. */
export function findTitle(prose: Prose, wish: TitleWish): (Stretch & { score: number }) | null {
  const first = prose.passages[0]?.lines[0]?.page;
  let best: (Stretch & { score: number }) | null = null;
  const usual = usualHeight(prose);
  for (const passage of prose.passages.slice(0, 60)) {
    const line = passage.lines[0];
    if (!line || line.page !== first || line.bbox[1] > wish.reach) continue;
    const score = scoreTitle(prose, passage, wish, usual);
    if (score > (best?.score ?? 0.45)) best = { ...withNextLines(prose, passage, usual), score };
  }
  return best;
}

function scoreTitle(
  prose: Prose,
  passage: Passage,
  { words, never, reach }: TitleWish,
  usual: number,
): number {
  const { text } = passage;
  const line = passage.lines[0];
  const folded = prose.folded.slice(passage.start, passage.end);
  const count = text.split(/\s+/).length;
  if (!line || count > 18 || text.length > 140 || /[;]$|[.,]$/.test(text) || never?.test(folded)) return 0;
  if (/\b(?:shall|hereby|whereas|by and between|is made)\b|:\s*\S/.test(folded) || !/\p{L}{3}/u.test(text))
    return 0;
  const capitals = text === text.toUpperCase() && /\p{Lu}{3}/u.test(text);
  const centre = Math.abs((line.bbox[0] + line.bbox[2]) / 2 - 0.5) < 0.06 && line.bbox[0] > 0.15;
  const size = Math.min(1, Math.max(0, line.height / Math.max(1e-9, usual) - 1) * 2);
  return (
    (words.test(folded) ? 0.5 : 0) +
    0.3 * size +
    (capitals ? 0.15 : 0) +
    (centre ? 0.12 : 0) +
    (passage.heading ? 0.2 : 0) +
    0.06 * (1 - line.bbox[1] / reach) -
    (count > 9 ? 0.1 : 0)
  );
}

/** A title may go on in a line of the same size right below it. */
function withNextLines(prose: Prose, passage: Passage, usual: number): Stretch {
  let { end } = passage;
  let last = passage.lines.at(-1);
  for (const next of prose.passages.slice(passage.index + 1, passage.index + 3)) {
    const line = next.lines[0];
    if (!line || !last || next.heading !== passage.heading || next.lines.length > 1) break;
    const gap = line.bbox[1] - last.bbox[3];
    const alike = Math.abs(line.height - last.height) < 0.06 * last.height;
    const centred = Math.abs(line.bbox[0] + line.bbox[2] - last.bbox[0] - last.bbox[2]) < 0.04;
    const large = line.height > 1.15 * usual;
    const capitals = /^[^\p{Ll}]+$/u.test(next.text) && /^[^\p{Ll}]+$/u.test(passage.text);
    if (
      !alike ||
      gap > 0.65 * last.height ||
      !centred ||
      !(large || capitals) ||
      /[:\d]{2}|:$/.test(next.text)
    )
      break;
    end = next.end;
    last = line;
  }
  return { start: passage.start, end };
}

/** The height of most of the text, by characters. */
export function usualHeight(prose: Prose): number {
  const heights = prose.lines.map((line) => [line.height * line.page.height, line.text.length] as const);
  heights.sort((a, b) => a[0] - b[0]);
  let left = heights.reduce((sum, [, length]) => sum + length, 0) / 2;
  const page = prose.lines[0]?.page.height ?? 1;
  for (const [height, length] of heights) {
    left -= length;
    if (left <= 0) return height / page;
  }
  return 0;
}

/** The title as a value. */
export function titleDraft(prose: Prose, title: Stretch & { score: number }, pointer = "/title"): DraftValue {
  return printedValue(prose, pointer, title, Math.min(0.95, 0.4 + 0.6 * title.score));
}
