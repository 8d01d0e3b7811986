import type { ParsedPage } from "../../model/parsed.ts";
import { ALIGNED, type Chunk, makeChunk } from "./chunks.ts";
import type { PrintedPair } from "./printed-pairs.ts";

const COLON = /[:：]$/u;
/** What stands between a label and its value where no colon does. */
export const DASH = /^[–—=→-]$/u;
/** What parts one pair from the next in a line. */
const SEPARATOR = /^[|•·;/–—-]$/u;
/** A numbered part of a form is no label, whatever its heading says behind the colon. */
export const PART =
  /^(?:part|section|teil|abschnitt|partie|parte|secci[oó]n|sezione|deel|del|osa|cz[eę][sś][cć])\s+(?:\d{1,2}|[IVX]+)\b/iu;
/** A gap this many times as wide as a line's usual one parts a value from the next label. */
const WIDE = 1.8;
/** How wide a row of running text is at least, and how far right it ends. */
const PROSE = { width: 0.5, right: 0.7 } as const;
/** Farthest below its label that a value stands, in heights of the label. */
const BELOW = 1.6;

interface Labelled {
  readonly label: Chunk;
  readonly value: Chunk | null;
  readonly row: number;
}

/** Pairs whose labels end with a colon, wherever the value stands: behind it, in the next column, or below. */
export function colonPairs(
  page: ParsedPage,
  rows: readonly (readonly Chunk[])[],
  end: RegExp = COLON,
): PrintedPair[] {
  const lines = joinProse(page, joinLabels(page, rows));
  const labelled = lines.flatMap((row, number) =>
    row.flatMap((chunk) => partLabels(page, chunk, number, end)),
  );
  const taken = new Set(labelled.flatMap(({ label, value }) => [...label.words, ...(value?.words ?? [])]));
  return labelled.flatMap(({ label, value, row }): PrintedPair[] => {
    if (PART.test(label.text)) return [];
    const found = value ?? besideOrBelow(label, row, lines, taken);
    if (!found) return [];
    for (const word of found.words) taken.add(word);
    return [{ label, value: found }];
  });
}

/** A chunk's labels with what follows each of them. */
function partLabels(page: ParsedPage, chunk: Chunk, row: number, end: RegExp): Labelled[] {
  const text = (at: number): string => page.words[chunk.words[at] ?? -1]?.text ?? "";
  const colons = chunk.words.flatMap((_, at) =>
    end.test(text(at)) && (at > 0 || end === COLON) ? [at] : [],
  );
  const starts: number[] = [0];
  for (const [number, colon] of colons.slice(1).entries()) {
    starts.push(labelStart(page, chunk.words, (colons[number] ?? 0) + 1, colon));
  }
  return colons.flatMap((colon, number) => {
    const label = makeChunk(page, chunk.words.slice(starts[number], colon + 1));
    const behind = starts[number + 1] ?? chunk.words.length;
    const value = makeChunk(page, withoutEnds(page, chunk.words.slice(colon + 1, behind)));
    return label ? [{ label, value, row }] : [];
  });
}

function withoutEnds(page: ParsedPage, words: readonly number[]): readonly number[] {
  const last = page.words[words.at(-1) ?? -1]?.text ?? "";
  return SEPARATOR.test(last) ? words.slice(0, -1) : words;
}

/** Where the next label begins among the words between two colons: behind a wide gap, a sentence's end, or at a capital. */
function labelStart(page: ParsedPage, words: readonly number[], from: number, colon: number): number {
  if (from >= colon) return colon;
  const box = (at: number) => page.words[words[at] ?? -1]?.bbox ?? [0, 0, 0, 0];
  const text = (at: number): string => page.words[words[at] ?? -1]?.text ?? "";
  const inner = Array.from({ length: colon - from }, (_, step) => from + step + 1);
  const gaps = inner.map((at) => box(at)[0] - box(at - 1)[2]).filter((gap) => gap > 0);
  const usual = gaps.toSorted((a, b) => a - b)[0] ?? 0;
  const parted = inner.findLast((at) => SEPARATOR.test(text(at - 1)));
  if (parted !== undefined) return parted;
  const widest = inner.findLast((at) => box(at)[0] - box(at - 1)[2] > WIDE * Math.max(usual, 0.003));
  if (widest !== undefined) return widest;
  const ended = inner.findLast((at) => /[.;,|•·]$/u.test(text(at - 1)) && /^\p{Lu}/u.test(text(at)));
  return ended ?? inner.findLast((at) => /^\p{Lu}/u.test(text(at))) ?? colon;
}

/** A label that takes two rows stands in the row of its value, the first. */
function joinLabels(page: ParsedPage, rows: readonly (readonly Chunk[])[]): Chunk[][] {
  const joined: Chunk[][] = rows.map((row) => [...row]);
  for (let number = 1; number < joined.length; number++) {
    const [above, row] = [joined[number - 1] ?? [], joined[number] ?? []];
    const before = row.slice();
    for (const chunk of before) {
      const at = above.findIndex(({ box }) => Math.abs(box[0] - chunk.box[0]) < ALIGNED);
      const upper = above[at];
      if (!upper || !/^[^:：]+[:：]$/u.test(chunk.text) || /[:：]/u.test(upper.text)) continue;
      const beside = above[at + 1];
      const open =
        /^\p{Ll}/u.test(chunk.text) ||
        (beside && !/[:：]/u.test(beside.text) && row.indexOf(chunk) === row.length - 1);
      const label = makeChunk(page, [...upper.words, ...chunk.words]);
      if (!open || !label || chunk.box[1] - upper.box[3] > 0.6 * chunk.height) continue;
      above.splice(at, 1, label);
      row.splice(row.indexOf(chunk), 1);
    }
  }
  return joined;
}

/** Rows of running text are read as one, so that a label may end in the next row. */
function joinProse(page: ParsedPage, rows: readonly (readonly Chunk[])[]): Chunk[][] {
  const joined: Chunk[][] = [];
  let open = false;
  for (const row of rows) {
    const [only] = row;
    const before = joined.at(-1)?.[0];
    if (open && row.length === 1 && only && before && Math.abs(before.box[0] - only.box[0]) < ALIGNED) {
      const next = makeChunk(page, [...before.words, ...only.words]);
      if (next) joined.splice(-1, 1, [next]);
    } else {
      joined.push([...row]);
    }
    open =
      row.length === 1 &&
      only !== undefined &&
      only.box[2] - only.box[0] > PROSE.width &&
      only.box[2] > PROSE.right &&
      !/[.;]$/u.test(only.text) &&
      /\p{L}[:：] .*[.;,] \p{Lu}/u.test(only.text);
  }
  return joined;
}

function besideOrBelow(
  label: Chunk,
  row: number,
  rows: readonly (readonly Chunk[])[],
  taken: ReadonlySet<number>,
): Chunk | null {
  const free = (chunk: Chunk) => !chunk.words.some((word) => taken.has(word));
  const own = rows[row] ?? [];
  const beside = own.find(({ box }) => box[0] >= label.box[2] - ALIGNED);
  if (beside && free(beside)) return beside;
  const below = (rows[row + 1] ?? []).find(
    (chunk) =>
      free(chunk) &&
      chunk.box[1] - label.box[3] < BELOW * label.height &&
      chunk.box[0] > label.box[0] - ALIGNED &&
      chunk.box[0] < label.box[2],
  );
  return below ?? null;
}
