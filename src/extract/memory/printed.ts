import { foldKey } from "../../model/fold.ts";
import type { BBox } from "../../model/geometry.ts";
import type { ParsedPage } from "../../model/parsed.ts";
import { toScaledInteger } from "../../model/money.ts";
import type { Cited } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import { UNITS } from "../engine/money.ts";
import type { Reading } from "../engine/reading.ts";
import { boxOf, type Piece, type Segment, textOf, wholePiece } from "../engine/view.ts";
import { lineUnder } from "./spot.ts";

/** Most places that are given for one value. */
const MAX_PLACES = 3;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** Places where a value is printed, each as lines of words, in reading order: dates and amounts as they are written. */
export function placesPrinted(reading: Reading, value: string): Cited[][] {
  if (DATE.test(value)) {
    const dates = [...reading.dates.values()].flat().filter(({ iso }) => iso === value);
    return dates.slice(0, 2 * MAX_PLACES).map(({ piece }) => [cite(piece)]);
  }
  if (NUMBER.test(value)) {
    const units = toScaledInteger(value, Math.log10(UNITS));
    const all = [...reading.money.values()].flat();
    const exact = all.filter((money) => money.units === units);
    // What is taken off may be printed with a sign that its value has not.
    const amounts =
      exact.length > 0 ? exact : all.filter((money) => money.units === -(units ?? 0) && units !== 0);
    if (amounts.length > 0) return amounts.slice(-2 * MAX_PLACES).map(({ piece }) => [cite(piece)]);
  }
  const runs = reading.view.parsed.pages.flatMap((page) => wordPlaces(page, value)).slice(0, MAX_PLACES);
  return runs.length > 0 ? runs : stackedPlaces(reading, value);
}

/** Lines under one another, beside which other columns stand, that print a value together. */
function stackedPlaces(reading: Reading, value: string): Cited[][] {
  const wanted = foldKey(value);
  const found: Cited[][] = [];
  for (const segment of reading.view.segments) {
    for (const start of segment.starts) {
      const lines = stackFrom(reading, segment, start, wanted);
      if (lines) found.push(lines);
    }
    if (found.length >= MAX_PLACES) break;
  }
  return found;
}

function stackFrom(reading: Reading, segment: Segment, start: number, wanted: string): Cited[] | null {
  const first: Piece = { segment, start, end: segment.text.length };
  let key = foldKey(textOf(first));
  if (key === "" || key.length >= wanted.length || !wanted.startsWith(key)) return null;
  const lines = [cite(first)];
  const left = boxOf(first)[0];
  for (let last = segment; key.length < wanted.length;) {
    const next = lineUnder(reading, last, left);
    const more = next ? foldKey(next.text) : "";
    if (!next || more === "" || !wanted.startsWith(key + more)) return null;
    key += more;
    lines.push(cite(wholePiece(next)));
    last = next;
  }
  return lines;
}

/** Runs of a page's words whose letters and digits are those of the value. */
function wordPlaces(page: ParsedPage, value: string): Cited[][] {
  const wanted = foldKey(value);
  if (wanted === "") return [];
  const keys = page.words.map(({ text }) => foldKey(text));
  const found: Cited[][] = [];
  for (let from = 0; from < keys.length && found.length < MAX_PLACES; from += 1) {
    const first = keys[from] ?? "";
    if (first === "" || (!wanted.startsWith(first) && !first.endsWith(wanted))) continue;
    let [text, behind] = ["", from];
    while (behind < keys.length && text.length < wanted.length) {
      text += keys[behind] ?? "";
      behind += 1;
    }
    // A label may stand in one word with its value: `No:4711`.
    const glued = behind === from + 1 && text !== wanted && text.endsWith(wanted);
    if (text !== wanted && !glued) continue;
    const indices = Array.from({ length: behind - from }, (_, at) => from + at);
    const lines = linesOf(page, indices);
    found.push(glued ? cutGlued(lines, value) : lines);
  }
  return found;
}

function cutGlued(lines: readonly Cited[], value: string): Cited[] {
  return lines.map((line) => (line.content.includes(value) ? { ...line, content: value } : line));
}

/** Words by the printed lines that they stand in. */
export function linesOf(page: ParsedPage, indices: readonly number[]): Cited[] {
  const cited: { page: number; words: number[]; content: string; line: number }[] = [];
  for (const index of indices) {
    const text = page.words[index]?.text ?? "";
    const line = page.lines.findIndex(({ words }) => index >= words[0] && index < words[1]);
    const last = cited.at(-1);
    if (last && last.line === line) {
      last.words.push(index);
      last.content += ` ${text}`;
    } else cited.push({ page: page.number, words: [index], content: text, line });
  }
  return cited.map(({ page: number, words, content }) => ({ page: number, words, content }));
}

/** The words whose middle lies in a box, by their lines. */
export function wordsIn(page: ParsedPage, [x0, y0, x1, y1]: BBox): Cited[] {
  const inside = page.words.flatMap(({ bbox }, index) => {
    const [x, y] = [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2];
    return x >= x0 && x <= x1 && y >= y0 && y <= y1 ? [index] : [];
  });
  return linesOf(page, inside);
}
