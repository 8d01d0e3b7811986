import type { ParsedPage } from "../../model/parsed.ts";
import { ALIGNED, type Chunk, makeChunk, partAtColumns } from "./chunks.ts";
import { colonPairs, DASH, PART } from "./colon-pairs.ts";

/** What is filled in, and what it is filled in for. */
export interface PrintedPair {
  readonly label: Chunk;
  readonly value: Chunk;
}

type Rows = readonly (readonly Chunk[])[];

/** Farthest from one row to the next that goes on with it, in heights of its words. */
const NEXT_ROW = 2.2;
const MAX_LABEL = 60;
const NUMBERED = /^\d{1,2}[a-z]?[.)]\s*\p{L}/u;

/**
 * Labels and values of a form's printed page. How a form sets them is one decision for the whole page: with colons,
 * beside each other in columns, or values below their labels; it is the reading that leaves labels without figures,
 * values with them, and little over.
 */
export function readPairs(page: ParsedPage, rows: Rows): PrintedPair[] {
  const colons = colonPairs(page, rows);
  if (colons.length >= 3) return joinWrapped(page, rows, colons);
  const dashes = colonPairs(page, rows, DASH);
  if (dashes.length >= 3) return joinWrapped(page, rows, dashes).filter(isPair);
  const parted = partAtColumns(page, rows);
  const count = parted.flat().length;
  const readings = [besidePairs(page, parted), belowPairs(parted), abovePairs(parted)];
  const [best] = readings.toSorted((a, b) => score(b, count) - score(a, count));
  const pairs = best && score(best, count) > score(colons, count) ? best : colons;
  return joinWrapped(page, parted, pairs).filter(isPair);
}

/** A house number begins no label, and a section's number is no value. */
function isPair({ label, value }: PrintedPair): boolean {
  if (isFigure(label.text) && !NUMBERED.test(label.text)) return false;
  return !PART.test(`${label.text} ${value.text}`);
}

function score(pairs: readonly PrintedPair[], chunks: number): number {
  const over = chunks - 2 * pairs.length;
  return pairs.reduce((sum, { label, value }) => {
    const told = isFigure(value.text) ? 1 : 0.15;
    return sum + told - (isFigure(label.text) ? 2 : 0) - (label.text.length > MAX_LABEL ? 1 : 0);
  }, -0.15 * over);
}

/** Whether a text is more likely filled in than printed for everybody. */
function isFigure(text: string): boolean {
  return /\d|@/.test(text);
}

/** Each row from the left: a label, and its value in the next column. */
function besidePairs(page: ParsedPage, rows: Rows): PrintedPair[] {
  return sectionsOf(rows).flatMap((section) => {
    const votes = voteRoles(section);
    joinLabels(page, section, votes);
    return section.flatMap((row, number) => {
      const next = section[number + 1] ?? [];
      if (
        row.length % 2 === 0 &&
        row.every((chunk, at) => roleOf(chunk, votes) !== (at % 2 === 0 ? "value" : "label"))
      ) {
        return row.flatMap((label, at) =>
          at % 2 === 0 && row[at + 1] ? [{ label, value: row[at + 1] ?? label }] : [],
        );
      }
      return oddPairs(page, row, next, votes);
    });
  });
}

/** A label that goes on below itself in small letters, or where nothing stands beside it, becomes one chunk of its first row. */
function joinLabels(page: ParsedPage, section: Chunk[][], votes: readonly Vote[]): void {
  for (let number = 1; number < section.length; number++) {
    const [above, row] = [section[number - 1] ?? [], section[number] ?? []];
    const before = row.slice();
    for (const chunk of before) {
      const at = above.findIndex(({ box }) => Math.abs(box[0] - chunk.box[0]) < ALIGNED);
      const upper = above[at];
      const beside = row[row.indexOf(chunk) + 1];
      if (!upper || roleOf(chunk, votes) !== "label" || !above[at + 1] || isFigure(chunk.text)) continue;
      const right = above[at + 2]?.box[0] ?? 1;
      const own =
        beside !== undefined && beside.box[0] < right - ALIGNED && roleOf(beside, votes) !== "label";
      const goesOn = /^\p{Ll}/u.test(chunk.text) || /\b\p{L}{1,3}$/u.test(upper.text);
      const label = goesOn && !own ? makeChunk(page, [...upper.words, ...chunk.words]) : null;
      if (!label) continue;
      above.splice(at, 1, label);
      row.splice(row.indexOf(chunk), 1);
    }
  }
}

/** A row in which something is missing, stands below, or is one with its neighbour: what its columns usually hold tells. */
function oddPairs(
  page: ParsedPage,
  row: readonly Chunk[],
  next: readonly Chunk[],
  votes: readonly Vote[],
): PrintedPair[] {
  return row.flatMap((label, at): PrintedPair[] => {
    const [before, beside] = [row[at - 1], row[at + 1]];
    const role = roleOf(label, votes);
    if (role === "value" || (role === null && at > 0 && before && roleOf(before, votes) === "label"))
      return [];
    if (role === null && at === 0 && beside && roleOf(beside, votes) === "label") return [];
    if (beside && roleOf(beside, votes) !== "label") return [{ label, value: beside }];
    const parted = partWithin(page, label);
    if (parted) return [parted];
    const right = beside?.box[0] ?? 1;
    const below = next.find(({ box }) => box[0] > label.box[0] - ALIGNED && box[0] < right - ALIGNED);
    return below && roleOf(below, votes) !== "label" ? [{ label, value: below }] : [];
  });
}

type Role = "label" | "value";
interface Vote {
  readonly x: number;
  readonly role: Role;
}

/** What the left edges of rows that are whole, label by value, hold. */
function voteRoles(section: Rows): Vote[] {
  return section.flatMap((row) =>
    row.flatMap(({ box, text }, at): Vote[] => {
      if (isFigure(text) && at > 0) return [{ x: box[0], role: "value" }];
      return row.length % 2 === 0 ? [{ x: box[0], role: at % 2 === 0 ? "label" : "value" }] : [];
    }),
  );
}

function roleOf({ box }: Chunk, votes: readonly Vote[]): Role | null {
  const near = votes.filter(({ x }) => Math.abs(x - box[0]) < ALIGNED);
  const labels = near.filter(({ role }) => role === "label").length;
  if (near.length === 0) return null;
  return labels * 2 > near.length ? "label" : "value";
}

/** A label and a value that no wide gap parts: the value begins with a figure, or behind the widest space. */
function partWithin(page: ParsedPage, chunk: Chunk): PrintedPair | null {
  const figure = chunk.words.findIndex((index) => isFigure(page.words[index]?.text ?? ""));
  const at = figure > 0 ? figure : widestSpace(page, chunk);
  if (at < 1) return null;
  const [label, value] = [makeChunk(page, chunk.words.slice(0, at)), makeChunk(page, chunk.words.slice(at))];
  return label && value ? { label, value } : null;
}

/** The word behind a space that is clearly wider than the others; -1 where none is. */
function widestSpace(page: ParsedPage, { words }: Chunk): number {
  const gaps = words.slice(1).map((index, at) => {
    const [before, own] = [page.words[words[at] ?? -1]?.bbox, page.words[index]?.bbox];
    return before && own ? own[0] - before[2] : 0;
  });
  const sorted = gaps.toSorted((a, b) => b - a);
  const [widest, second] = [sorted[0] ?? 0, sorted[1] ?? 0];
  return gaps.length > 1 && widest > 1.35 * second ? gaps.indexOf(widest) + 1 : -1;
}

/** Rows that follow each other evenly; a row of one chunk in front of them is their heading. */
function sectionsOf(rows: Rows): Chunk[][][] {
  const sections: Chunk[][][] = [];
  let bottom = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const [first] = row;
    if (!first) continue;
    if (sections.length === 0 || first.box[1] - bottom > 0.6 * first.height) sections.push([]);
    sections.at(-1)?.push([...row]);
    bottom = Math.max(...row.map(({ box }) => box[3]));
  }
  return sections.map((section) =>
    section.length > 1 && section[0]?.length === 1 ? section.slice(1) : section,
  );
}

/** Rows of labels, each value below its own. */
function belowPairs(rows: Rows): PrintedPair[] {
  const pairs: PrintedPair[] = [];
  for (let at = 0; at + 1 < rows.length; at++) {
    const [labels, values, next] = [rows[at] ?? [], rows[at + 1] ?? [], rows[at + 2]];
    const [label, value] = [labels[0], values[0]];
    if (!label || !value || values.length > labels.length) continue;
    const pitch = value.box[1] - label.box[1];
    const behind = next?.[0] ? next[0].box[1] - value.box[1] : 1;
    const own = values.flatMap((chunk) => {
      const over = labels.find((own) => isUnder(chunk, own));
      return over ? [{ label: over, value: chunk }] : [];
    });
    const nextBelow = next && next.length > values.length;
    if (pitch > NEXT_ROW * label.height || own.length < values.length || (behind < pitch * 1.1 && !nextBelow))
      continue;
    pairs.push(...own);
    at++;
  }
  return pairs;
}

/** Whether two chunks of two rows are one column's: by their left edges, their middles or their right edges. */
function isUnder({ box }: Chunk, { box: over }: Chunk): boolean {
  const middles = (box[0] + box[2] - over[0] - over[2]) / 2;
  return [box[0] - over[0], middles, box[2] - over[2]].some((distance) => Math.abs(distance) < ALIGNED);
}

/** Rows of values, each above the caption of its line. */
function abovePairs(rows: Rows): PrintedPair[] {
  const upside = rows.toReversed().map((row) => row.map(turn));
  return belowPairs(upside).map(({ label, value }) => ({ label: turn(label), value: turn(value) }));
}

function turn(chunk: Chunk): Chunk {
  const [left, top, right, bottom] = chunk.box;
  return { ...chunk, box: [left, 1 - bottom, right, 1 - top] };
}

/** A value that goes on below itself, in rows without a label of their own. */
function joinWrapped(page: ParsedPage, rows: Rows, pairs: readonly PrintedPair[]): PrintedPair[] {
  const used = new Set(pairs.flatMap(({ label, value }) => [...label.words, ...value.words]));
  return pairs.map((pair) => {
    let { value } = pair;
    let last = value;
    for (const chunk of rows.flat()) {
      const gap = chunk.box[1] - last.box[3];
      const below =
        gap > -0.5 * last.height && gap < 0.9 * last.height && chunk.box[1] > last.box[1] + 0.5 * last.height;
      if (!below || Math.abs(chunk.box[0] - value.box[0]) > ALIGNED) continue;
      if (chunk.box[0] - pair.label.box[0] < ALIGNED && !isFigure(chunk.text)) continue;
      if (chunk.words.some((word) => used.has(word))) break;
      const joined = makeChunk(page, [...value.words, ...chunk.words]);
      if (!joined) break;
      [value, last] = [joined, chunk];
      for (const word of chunk.words) used.add(word);
    }
    return { label: pair.label, value };
  });
}
