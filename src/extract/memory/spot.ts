import { foldText } from "../../model/fold.ts";
import { type BBox, unionBoxes } from "../../model/geometry.ts";
import type { Anchor, Spot } from "../../model/lesson.ts";
import type { ParsedPage } from "../../model/parsed.ts";
import type { Cited } from "../engine/draft.ts";
import type { Reading } from "../engine/reading.ts";
import { boxOf, type Piece, type Segment, trimPiece } from "../engine/view.ts";

/** Reach of an anchor above, below and beside, in fractions of the page. */
const ABOVE = 0.12;
const BELOW = 0.05;
const BESIDE = 0.75;
const MAX_TEXT = 60;
const MAX_BEFORE = 6;
const EDGE = /[\s:：;=|.…_*#(),/-]/;

/** A piece of a page with its box: a value, or where one may be. */
export interface Placed {
  readonly page: number;
  readonly bbox: BBox;
  readonly text: string;
  /** Position of its first word among the page's. */
  readonly word: number;
}

/** Words of a value as one place: of several lines the first, since the next paper's may have more or fewer. */
export function placedOf(reading: Reading, lines: readonly Cited[]): Placed | null {
  const [first] = lines;
  const page = reading.view.parsed.pages.find(({ number }) => number === first?.page);
  if (!first || !page) return null;
  const { words, content } = first;
  const text = words.map((index) => page.words[index]?.text ?? "").join(" ");
  // A value that is glued to its label is the word's end.
  const share = words.length === 1 && text.endsWith(content) ? content.length / text.length : 1;
  const boxes = words.flatMap((index) => {
    const word = page.words[index];
    if (!word) return [];
    const [x0, y0, x1, y1] = word.bbox;
    return [[x1 - (x1 - x0) * share, y0, x1, y1] satisfies BBox];
  });
  const bbox = unionBoxes(boxes);
  return (
    bbox && {
      page: first.page,
      bbox,
      text: lines.map(({ content }) => content).join("\n"),
      word: words[0] ?? 0,
    }
  );
}

const LEAD = 4;

/** The words that are read right before a word of a page, up to one with a digit, the nearest last. */
export function leadOf(page: Pick<ParsedPage, "words">, word: number): string[] {
  const lead: string[] = [];
  for (let at = word - 1; at >= 0 && lead.length < LEAD; at -= 1) {
    const { text = "" } = page.words[at] ?? {};
    if (/\d/.test(text)) break;
    const folded = anchorText(text);
    if (folded !== "") lead.unshift(folded);
  }
  return lead;
}

/** What a text looks like: letters as `A`, digits as `9`, their numbers kept up to eight. */
export function shapeOf(text: string): string {
  return text.trim().slice(0, 80).replace(/\p{L}/gu, "A").replace(/\d/g, "9");
}

/** Whether a shape is a number's, and not that of words with a digit among them. */
export function isNumber(shape: string): boolean {
  const [letters, digits] = [shape.replace(/[^A]/g, "").length, shape.replace(/[^9]/g, "").length];
  return digits > 0 && (digits >= letters || !/\s/.test(shape.trim()));
}

/** How alike two shapes are, 0..1: the same but for spaces, the same but for lengths, or of the same characters. */
export function similarShapes(one: string, other: string): number {
  const [a, b] = [one.replaceAll(/\s/g, ""), other.replaceAll(/\s/g, "")];
  if (a === b) return one === other ? 1 : 0.97;
  const runs = (shape: string): string => shape.replace(/A+/g, "A").replace(/9+/g, "9");
  if (runs(a) === runs(b)) {
    const longer = Math.max(a.length, b.length);
    return 0.95 - 0.35 * (Math.abs(a.length - b.length) / Math.max(1, longer));
  }
  const digits = (shape: string): boolean => shape.includes("9");
  return digits(a) === digits(b) ? 0.5 : 0.15;
}

/** A text as anchors compare it: folded words without digits. */
export function anchorText(text: string): string {
  return foldText(text)
    .split(/\s+/)
    .filter((word) => !/\d/.test(word))
    .map((word) => word.replace(/[^\p{L}]+/gu, " ").trim())
    .filter((word) => word !== "")
    .join(" ")
    .slice(0, MAX_TEXT)
    .trim();
}

function letters(text: string): number {
  return text.replace(/[^\p{L}]/gu, "").length;
}

function middle([, y0, , y1]: BBox): number {
  return (y0 + y1) / 2;
}

/** How far two ranges overlap, in the smaller one's length. */
function overlap(a0: number, a1: number, b0: number, b1: number): number {
  return (Math.min(a1, b1) - Math.max(a0, b0)) / Math.max(1e-6, Math.min(a1 - a0, b1 - b0));
}

/** How a box lies to another one that is near it; null where it does not. */
export function relationOf(anchor: BBox, value: BBox): Exclude<Anchor["relation"], "before"> | null {
  const sameRow = overlap(anchor[1], anchor[3], value[1], value[3]) > 0.4;
  if (sameRow && anchor[2] <= value[0] + 0.01 && value[0] - anchor[2] < BESIDE) return "left";
  if (sameRow && anchor[0] >= value[2] - 0.01 && anchor[0] - value[2] < BESIDE) return "right";
  const beside = overlap(anchor[0], anchor[2], value[0], value[2]) > 0.05;
  const aligned = Math.abs(anchor[0] - value[0]) < 0.02 || Math.abs(anchor[2] - value[2]) < 0.02;
  if (!beside && !aligned) return null;
  if (anchor[3] <= value[1] + 0.005 && value[1] - anchor[3] < ABOVE) return "above";
  if (anchor[1] >= value[3] - 0.005 && anchor[1] - value[3] < BELOW) return "below";
  return null;
}

function anchorAt(text: string, relation: Anchor["relation"], at: BBox, value: BBox): Anchor {
  const round = (one: number): number => Math.round(one * 1e4) / 1e4;
  return {
    text,
    relation,
    dx0: round(value[0] - at[0]),
    dx1: round(value[2] - at[2]),
    dy: round(middle(value) - middle(at)),
  };
}

/** What stands before a box in its own segment. */
function beforeIn(segment: Segment, value: BBox): Piece | null {
  let end = 0;
  for (const [position, start] of segment.starts.entries()) {
    const word = segment.page.words[segment.words[position] ?? -1];
    if (!word) continue;
    const [x0, , x1] = word.bbox;
    const glued = x0 < value[0] - 0.002 && x1 > value[0];
    if (x1 <= value[0] + 0.002) end = start + word.text.length;
    else if (glued) end = start + Math.round(((value[0] - x0) / (x1 - x0)) * word.text.length);
  }
  // What stands before an earlier number belongs to that one.
  const words = Array.from(segment.text.slice(0, end).matchAll(/\S+/g));
  const number = words.findLast(([word]) => /\d/.test(word));
  // In running text the last words announce it, and no two papers wrap alike.
  const near = words.at(-MAX_BEFORE)?.index ?? 0;
  const start = Math.max(near, number ? number.index + number[0].length : 0);
  const piece = trimPiece(
    { segment, start: /\p{L}{2}/u.test(segment.text.slice(start, end)) ? start : near, end },
    EDGE,
  );
  return piece.end > piece.start ? piece : null;
}

/** The second date of a period is announced by what stands above the first. */
function fromStart({ view }: Reading, { page, bbox }: Placed): BBox {
  const own = view.segments.find((one) => one.page.number === page && overlapsBox(one.bbox, bbox));
  return own ? [Math.min(own.bbox[0], bbox[0]), bbox[1], bbox[2], bbox[3]] : bbox;
}

/** Where a value stands: its page, box and shape, and the texts near by that announce it. */
export function spotOf(reading: Reading, lines: readonly Cited[]): Spot | null {
  const value = placedOf(reading, lines);
  if (!value) return null;
  const found: { anchor: Anchor; distance: number }[] = [];
  const order = orderIn(reading, value);
  const announced = order === 0 ? value.bbox : fromStart(reading, value);
  for (const segment of reading.view.segments) {
    if (segment.page.number !== value.page) continue;
    const own = overlapsBox(segment.bbox, value.bbox);
    if (own) {
      const before = beforeIn(segment, value.bbox);
      const text = before ? anchorText(segment.text.slice(before.start, before.end)) : "";
      if (before && letters(text) >= 2)
        found.push({ anchor: anchorAt(text, "before", boxOf(before), value.bbox), distance: 0 });
      continue;
    }
    const relation = relationOf(segment.bbox, announced);
    const text = relation ? anchorText(segment.text) : "";
    if (!relation || letters(text) < 3) continue;
    const anchor = anchorAt(text, relation, segment.bbox, value.bbox);
    const across = Math.max(0, value.bbox[0] - segment.bbox[2], segment.bbox[0] - value.bbox[2]);
    found.push({ anchor, distance: Math.abs(anchor.dy) + 0.3 * across });
  }
  const most: Readonly<Record<Anchor["relation"], number>> = {
    before: 1,
    left: 2,
    above: 4,
    right: 1,
    below: 1,
  };
  const anchors = found
    .toSorted((a, b) => a.distance - b.distance)
    .filter(({ anchor }, at, all) => {
      const rank = all.slice(0, at).filter((other) => other.anchor.relation === anchor.relation).length;
      return rank < most[anchor.relation];
    })
    .map(({ anchor }) => anchor);
  const { pages } = reading.view.parsed;
  const page = pages.findIndex(({ number }) => number === value.page);
  const round = (one: number): number => Math.round(one * 1e4) / 1e4;
  const [x0, y0, x1, y1] = value.bbox;
  return {
    page: pages.length > 1 && page === pages.length - 1 ? -1 : page,
    bbox: [round(x0), round(y0), round(x1), round(y1)],
    anchors: anchors.slice(0, 8),
    shape: shapeOf(value.text),
    order,
    behind: behindIn(reading, lines, value.text),
    lead: leadOf(pages[page] ?? { words: [] }, value.word),
    under: underLine(reading, lines),
    says: /\d/.test(value.text) ? "" : anchorText(value.text),
    words: value.text.split(/\s+/).length,
    lines: lines.length,
  };
}

/** The segment that holds the last word of some lines. */
function lastSegment(reading: Reading, lines: readonly Cited[]): Segment | undefined {
  const last = lines.at(-1);
  const word = last?.words.at(-1);
  return reading.view.segments.find(
    ({ page, words }) => page.number === last?.page && word !== undefined && words.includes(word),
  );
}

/** What the line says that follows a value's last one without a gap. */
function underLine(reading: Reading, lines: readonly Cited[]): string {
  const last = lastSegment(reading, lines);
  const next = last && lineUnder(reading, last, last.bbox[0]);
  return next ? anchorText(next.text) || "#" : "";
}

/** The line that begins under a segment's, where no gap parts them. */
export function lineUnder(reading: Reading, last: Segment, left: number): Segment | null {
  for (const row of reading.view.rows.slice(last.row + 1, last.row + 12)) {
    const gap = row.bbox[1] - last.bbox[3];
    if (row.page !== last.page || gap > 1.2 * last.height) return null;
    const next = row.segments.find((segment) => Math.abs(segment.bbox[0] - left) < 0.012);
    if (next) return next.bbox[1] - last.bbox[3] > 1.2 * last.height ? null : next;
  }
  return null;
}

/**
 * The mark that ends a value inside its printed line (`Name, Street 1`), or the word where none does: empty where the
 * line ends with it.
 */
function behindIn(reading: Reading, lines: readonly Cited[], value: string): string {
  const segment = lastSegment(reading, lines);
  const word = lines.at(-1)?.words.at(-1);
  if (!segment || word === undefined) return "";
  const at = segment.words.indexOf(word);
  const next = segment.starts[at + 1];
  if (next === undefined) return "";
  const [, own, after] = /(\S)\s+(\S)\S*$/u.exec(segment.text.slice(0, next + 1)) ?? [];
  const mark = [own, after].find((one) => one !== undefined && /[,;|·•–—]/u.test(one));
  if (mark !== undefined) return mark;
  if (own === "." && !value.slice(0, -1).includes(".")) return ".";
  const following = /^\S+/u.exec(segment.text.slice(next))?.[0] ?? "";
  return following.length <= 40 && /^\p{L}{2,}[.,;:]?$/u.test(following) ? following : "";
}

/** Which of the dates and amounts of its segment a place is, from 0; 0 too where it is none. */
export function orderIn(reading: Reading, { page, bbox }: Placed): number {
  const segment = reading.view.segments.find(
    (one) => one.page.number === page && overlapsBox(one.bbox, bbox),
  );
  if (!segment) return 0;
  const dates = reading.dates.get(segment) ?? [];
  const same = dates.some(({ piece }) => overlapsBox(boxOf(piece), bbox))
    ? dates
    : (reading.money.get(segment) ?? []);
  return same.filter(({ piece }) => boxOf(piece)[2] <= bbox[0] + 0.002).length;
}

function overlapsBox(a: BBox, b: BBox): boolean {
  return overlap(a[1], a[3], b[1], b[3]) > 0.4 && overlap(a[0], a[2], b[0], b[2]) > 0.05;
}
