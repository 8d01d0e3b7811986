import type { ParsedPage } from "../../model/parsed.ts";
import { ALIGNED, type Chunk, makeChunk, partAtColumns } from "./chunks.ts";
import { colonPairs } from "./colon-pairs.ts";

/** What is filled in, and what it is filled in for. */
export interface PrintedPair {
  readonly label: Chunk;
  readonly value: Chunk;
}

type Rows = readonly (readonly Chunk[])[];

/** Farthest from one row to the next that goes on with it, in heights of its words. */
const NEXT_ROW = 2.2;
const MAX_LABEL = 60;

/**
 * Labels and values of a form's printed page. How a form sets them is one decision for the whole page: with colons,
 * beside each other in columns, or values below their labels; it is the reading that leaves labels without figures,
 * values with them, and little over.
 */
export function readPairs(page: ParsedPage, rows: Rows): PrintedPair[] {
  const colons = colonPairs(page, rows);
  if (colons.length >= 3) return joinWrapped(page, rows, colons);
  const parted = partAtColumns(page, rows);
  const readings = [besidePairs(page, parted), belowPairs(parted)];
  const [best] = readings.toSorted((a, b) => score(b) - score(a));
  const pairs = best && score(best) > score(colons) ? best : colons;
  return joinWrapped(page, parted, pairs);
}

function score(pairs: readonly PrintedPair[]): number {
  return pairs.reduce((sum, { label, value }) => {
    const told = isFigure(value.text) ? 1 : 0.15;
    return sum + told - (isFigure(label.text) ? 2 : 0) - (label.text.length > MAX_LABEL ? 1 : 0);
  }, 0);
}

/** Whether a text is more likely filled in than printed for everybody. */
function isFigure(text: string): boolean {
  return /\d|@/.test(text);
}

/** Each row from the left: a label, and its value in the next column. */
function besidePairs(page: ParsedPage, rows: Rows): PrintedPair[] {
  return sectionsOf(rows).flatMap((section) => {
    const columns = columnsOf(section);
    return section.flatMap((row, number) =>
      row.flatMap((label, at): PrintedPair[] => {
        const column = columns.findIndex((x) => Math.abs(x - label.box[0]) < ALIGNED);
        const role = column < 0 ? at : column;
        if (role % 2 !== 0) return [];
        const right = columns[role + 2] ?? 1;
        const beside = row[at + 1];
        if (beside && beside.box[0] < right - ALIGNED) return [{ label, value: beside }];
        const parted = column < 0 ? null : partAtFigure(page, label);
        if (parted) return [parted];
        const below = section[number + 1]?.find(
          ({ box }) => box[0] > label.box[0] - ALIGNED && box[0] < right - ALIGNED,
        );
        const indented = below && columns.every((x, index) => index % 2 !== 0 || Math.abs(x - below.box[0]) > ALIGNED);
        return below && indented ? [{ label, value: below }] : [];
      }),
    );
  });
}

/** The left edges that a section's rows share. */
function columnsOf(section: Rows): number[] {
  const edges: number[] = [];
  for (const { box } of section.flat().toSorted((a, b) => a.box[0] - b.box[0])) {
    const last = edges.at(-1);
    if (last === undefined || box[0] - last > ALIGNED) edges.push(box[0]);
  }
  const shared = (x: number) => section.flat().filter(({ box }) => Math.abs(box[0] - x) < ALIGNED).length;
  const often = edges.filter((x) => shared(x) > 1);
  return section.length > 1 && often.length > 1 ? often : edges;
}

/** A label and a value that no wide gap parts: the value begins with the first word that has a figure. */
function partAtFigure(page: ParsedPage, chunk: Chunk): PrintedPair | null {
  const at = chunk.words.findIndex((index) => isFigure(page.words[index]?.text ?? ""));
  if (at < 1) return null;
  const [label, value] = [makeChunk(page, chunk.words.slice(0, at)), makeChunk(page, chunk.words.slice(at))];
  return label && value ? { label, value } : null;
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
  return sections.map((section) => (section.length > 1 && section[0]?.length === 1 ? section.slice(1) : section));
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
      const over = labels.find(({ box }) => Math.abs(box[0] - chunk.box[0]) < ALIGNED);
      return over ? [{ label: over, value: chunk }] : [];
    });
    const nextBelow = next && next.length > values.length;
    if (pitch > NEXT_ROW * label.height || own.length < values.length || (behind < pitch * 1.1 && !nextBelow)) continue;
    pairs.push(...own);
    at++;
  }
  return pairs;
}

/** A value that goes on below itself, in rows without a label of their own. */
function joinWrapped(page: ParsedPage, rows: Rows, pairs: readonly PrintedPair[]): PrintedPair[] {
  const used = new Set(pairs.flatMap(({ label, value }) => [...label.words, ...value.words]));
  return pairs.map((pair) => {
    let { value } = pair;
    let last = value;
    for (const chunk of rows.flat()) {
      const gap = chunk.box[1] - last.box[3];
      const below = gap > -0.5 * last.height && gap < 0.5 * last.height && chunk.box[1] > last.box[1] + 0.5 * last.height;
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
