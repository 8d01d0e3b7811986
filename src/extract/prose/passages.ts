import type { BodyLine } from "./body-lines.ts";

/** Lines of one passage, before they are joined. */
export interface LineGroup {
  readonly lines: readonly BodyLine[];
  readonly heading: boolean;
}

/** By how much the gap between two lines of one paragraph may exceed the page's usual one, in line heights. */
const LEADING_SLACK = 0.42;
/** Share of the gaps of a page, from the smallest, that is taken for the usual one. */
const USUAL_GAP = 0.2;
/** Characters of the shortest line that a paragraph is wrapped to: names and addresses are shorter. */
const MIN_WRAPPED = 32;
/** Lines above and below that show how far a column reaches. */
const NEIGHBOURS = 10;
/** Share of the column's width that a line may leave empty and still have been wrapped. */
const SLACK = 0.06;

/** A beginning that is always a new passage: a number, a letter in brackets, a bullet, a recital. */
export const ITEM_START =
  /^(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[).]\s|\(\d{1,2}\)|(?:§+|art(?:icle|ikel|ículo|icolo|\.)|section|clause|ziffer|clausula|cláusula)\s*\d|\d{1,2}(?:\.\d{1,2})*\.?\s+\p{Lu}|[-–—•·▪*]\s|(?:whereas|witnesseth|recitals?|vu|considérant|attendu|considerando|resultando)\b)/iu;

/** Groups lines to passages: by the format's own blocks, else by what a wrapped line looks like. */
export function passagesOf(lines: readonly BodyLine[]): LineGroup[] {
  const groups: { lines: BodyLine[]; heading: boolean }[] = [];
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    const group = groups.at(-1);
    if (group && before && belongs(lines, index, before, line)) group.lines.push(line);
    else groups.push({ lines: [line], heading: line.block?.role === "heading" });
  }
  return groups;
}

function belongs(lines: readonly BodyLine[], index: number, before: BodyLine, line: BodyLine): boolean {
  if (before.block || line.block) return before.block === line.block;
  if (ITEM_START.test(line.text)) return false;
  if (before.page !== line.page) return continuesOverPage(lines, index, before, line);
  const gap = line.bbox[1] - before.bbox[3];
  const height = Math.min(before.height, line.height);
  if (gap < -0.5 * height || gap > (usualGap(lines, line.page) + LEADING_SLACK) * height) return false;
  if (/[.:]$/.test(before.text) && /^[^\p{Ll}]{3,60}$/u.test(line.text) && !/[.,;]$/.test(line.text))
    return false;
  if (Math.max(before.height, line.height) > 1.35 * height) return false;
  const headline = Math.min(before.height, line.height) > HEADLINE * usualHeight(lines, line.page);
  if (headline && !continuesHeadline(before, line)) return false;
  if (line.bbox[0] > before.bbox[2] || line.bbox[2] < before.bbox[0]) return false;
  return isWrapped(lines, index - 1, before, line);
}

/** By how much a headline is larger than the page's text. */
const HEADLINE = 1.18;
const HEIGHTS = new WeakMap<BodyLine["page"], number>();

/** The height of most lines of a page. */
function usualHeight(lines: readonly BodyLine[], page: BodyLine["page"]): number {
  const known = HEIGHTS.get(page);
  if (known !== undefined) return known;
  const heights = lines.filter((line) => line.page === page).map((line) => line.height);
  heights.sort((a, b) => a - b);
  const usual = heights[heights.length >> 1] ?? 0;
  HEIGHTS.set(page, usual);
  return usual;
}

/** A headline's second line goes on in small letters, or behind a word that cannot end one. */
function continuesHeadline(before: BodyLine, line: BodyLine): boolean {
  return (
    /^\p{Ll}/u.test(line.text) ||
    /(?:,|\s(?:of|for|and|the|to|de|del|des|du|la|le|et|y|und|der|für|von|zu))$/iu.test(before.text)
  );
}

const GAPS = new WeakMap<BodyLine["page"], number>();

/** The gap between lines that follow each other on a page, in line heights. */
function usualGap(lines: readonly BodyLine[], page: BodyLine["page"]): number {
  const known = GAPS.get(page);
  if (known !== undefined) return known;
  const gaps: number[] = [];
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (!before || line.page !== page || before.page !== page) continue;
    const gap = (line.bbox[1] - before.bbox[3]) / Math.min(line.height, before.height);
    if (gap > -0.5 && gap < 3 && line.bbox[0] < before.bbox[2] && line.bbox[2] > before.bbox[0])
      gaps.push(gap);
  }
  gaps.sort((a, b) => a - b);
  const usual = Math.min(2, Math.max(0, gaps[Math.floor(gaps.length * USUAL_GAP)] ?? 0.4));
  GAPS.set(page, usual);
  return usual;
}

/** Whether a line ended because the next word had no room. */
function isWrapped(lines: readonly BodyLine[], at: number, before: BodyLine, line: BodyLine): boolean {
  const [left, right] = columnAround(lines, at);
  const first = line.page.words[line.words[0] ?? -1];
  if (/\p{L}[-\u00ad]$/u.test(before.text) && /^\p{Ll}/u.test(line.text)) return true;
  if (!first || right - left < 0.2 || before.text.length < MIN_WRAPPED) return false;
  const room = right - before.bbox[2];
  const needed = first.bbox[2] - first.bbox[0] + (0.3 * (line.height * line.page.height)) / line.page.width;
  const indented = line.bbox[0] - before.bbox[0];
  if (indented > 0.12 * (right - left) && before.bbox[0] - left < 0.05) return false;
  return (
    room < needed + SLACK * 0.25 * (right - left) ||
    (room < SLACK * (right - left) && /^\p{Ll}/u.test(line.text))
  );
}

/** How far the lines around reach to the left and right. */
function columnAround(lines: readonly BodyLine[], at: number): [number, number] {
  const own = lines[at];
  if (!own) return [0, 0];
  let [left, right] = [own.bbox[0], own.bbox[2]];
  for (let other = at - NEIGHBOURS; other <= at + NEIGHBOURS; other += 1) {
    const line = lines[other];
    if (!line || line.page !== own.page || line.bbox[0] > own.bbox[2] || line.bbox[2] < own.bbox[0]) continue;
    left = Math.min(left, line.bbox[0]);
    right = Math.max(right, line.bbox[2]);
  }
  return [left, right];
}

function continuesOverPage(
  lines: readonly BodyLine[],
  index: number,
  before: BodyLine,
  line: BodyLine,
): boolean {
  if (/[.:;!?]["”»)]?$/.test(before.text) || !/^[\p{Ll}\d("“«]/u.test(line.text)) return false;
  return isWrapped(lines, index - 1, before, line);
}
