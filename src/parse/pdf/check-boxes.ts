import type { BBox } from "../../model/geometry.ts";
import type { GrayImage, ReadWord } from "../../ports.ts";

/** Sides of a printed check box, as shares of the page's longer side: 6 to 14 points of a letter page. */
const MIN_SIDE = 0.0078;
const MAX_SIDE = 0.018;
/** Darker than this is ink. */
const INK = 150;
/** Share of an edge that is inked. */
const MIN_EDGE = 0.85;
/** Its lines are thin: letters of the same size have strokes of a fifth of their height. */
const MAX_LINE = 0.14;
/** Share of the inside that a mark inks; specks and thick edges stay below. */
const MIN_MARK = 0.07;
/** More squares than this are a pattern. */
const MAX_BOXES = 120;
/** A box stands no farther than this from the words that it is for, in its sides. */
const REACH = 3;

/** A square that may be ticked, in pixels. */
export interface CheckBox {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly marked: boolean;
}

/** Finds the check boxes of a scanned form: small squares of thin lines, and whether something is drawn inside. */
export function findCheckBoxes(image: GrayImage): CheckBox[] {
  const { width, height, data } = image;
  const long = Math.max(width, height);
  const [least, most] = [Math.max(8, Math.round(long * MIN_SIDE)), Math.round(long * MAX_SIDE)];
  const boxes: CheckBox[] = [];
  for (let y = 1; y < height - least; y++) {
    let start = -1;
    for (let x = 0; x <= width; x++) {
      const dark = x < width && (data[y * width + x] ?? 255) < INK;
      if (dark && start < 0) start = x;
      if (dark || start < 0) continue;
      const box = x - start >= least && x - start <= most ? squareAt(image, start, y, x - start) : null;
      if (box && !boxes.some((known) => overlaps(known, box))) boxes.push(box);
      if (boxes.length > MAX_BOXES) return [];
      start = -1;
    }
  }
  return boxes;
}

/** The square whose upper edge is the run of ink from (`x`, `y`); null where the other edges are missing. */
function squareAt(image: GrayImage, x: number, y: number, length: number): CheckBox | null {
  const slack = Math.max(1, Math.round(length * 0.15));
  const edge = (at: number, upright: boolean) => inkAlong(image, x, y, length, at, upright);
  const isEdge = (around: number, upright: boolean) => {
    for (let shift = -slack; shift <= slack; shift++) {
      if (edge(around + shift, upright) >= MIN_EDGE) return true;
    }
    return false;
  };
  if (!isEdge(length - 1, false) || !isEdge(1, true) || !isEdge(length - 2, true)) return null;
  if (!hasThinLines(image, x, y, length)) return null;
  const inset = Math.max(2, Math.round(length * 0.22));
  let ink = 0;
  const inner = length - 2 * inset;
  for (let dy = inset; dy < inset + inner; dy++) {
    for (let dx = inset; dx < inset + inner; dx++) ink += isInk(image, x + dx, y + dy) ? 1 : 0;
  }
  const share = ink / Math.max(1, inner * inner);
  return share > 0.9 ? null : { x, y, side: length, marked: share >= MIN_MARK };
}

/** Whether each edge is thin, wherever the mark does not touch it. */
function hasThinLines(image: GrayImage, x: number, y: number, length: number): boolean {
  const most = Math.max(3, Math.round(length * MAX_LINE));
  const places = [0.3, 0.5, 0.7].map((share) => Math.round(length * share));
  const thickness = (ink: (along: number, into: number) => boolean) =>
    Math.min(
      ...places.map((along) => {
        let into = 0;
        while (into < length && !ink(along, into) && into < 3) into++;
        const first = into;
        while (into < length && ink(along, into)) into++;
        return into - first;
      }),
    );
  const last = length - 1;
  return (
    thickness((along, into) => isInk(image, x + into, y + along)) <= most &&
    thickness((along, into) => isInk(image, x + last + 1 - into, y + along)) <= most &&
    thickness((along, into) => isInk(image, x + along, y + into)) <= most &&
    thickness((along, into) => isInk(image, x + along, y + last + 1 - into)) <= most
  );
}

/** Share of a row or column of the square that is inked. */
function inkAlong(
  image: GrayImage,
  x: number,
  y: number,
  length: number,
  at: number,
  upright: boolean,
): number {
  let ink = 0;
  for (let step = 0; step < length; step++) {
    ink += (upright ? isInk(image, x + at, y + step) : isInk(image, x + step, y + at)) ? 1 : 0;
  }
  return ink / length;
}

function isInk({ width, height, data }: GrayImage, x: number, y: number): boolean {
  return x >= 0 && y >= 0 && x < width && y < height && (data[y * width + x] ?? 255) < INK;
}

function overlaps(a: CheckBox, b: CheckBox): boolean {
  return Math.abs(a.x - b.x) < a.side && Math.abs(a.y - b.y) < a.side;
}

/**
 * Puts check boxes among the words that OCR read, as ☐ and ☒, in place of the letters that it took them for. Boxes
 * that stand beside no word are left out: they belong to a code or a drawing.
 */
export function withCheckBoxes(words: readonly ReadWord[], image: GrayImage): readonly ReadWord[] {
  let lines = words.reduce((most, word) => Math.max(most, word.line), 0);
  const boxes = findCheckBoxes(image).flatMap((box): ReadWord[] => {
    const bbox: BBox = [
      box.x / image.width,
      box.y / image.height,
      (box.x + box.side) / image.width,
      (box.y + box.side) / image.height,
    ];
    const beside = nearest(words, bbox);
    if (!beside) return [];
    const isLevel = beside.bbox[1] < (bbox[1] + bbox[3]) / 2 && beside.bbox[3] > (bbox[1] + bbox[3]) / 2;
    const line = isLevel ? beside.line : ++lines;
    return [{ text: box.marked ? "☒" : "☐", bbox, confidence: 0.8, line }];
  });
  if (boxes.length === 0) return words;
  const kept = words.filter((word) => !boxes.some(({ bbox }) => isMistaken(word, bbox)));
  return [...kept, ...boxes];
}

/** A short word that lies on a box is what OCR made of it. */
function isMistaken({ text, bbox }: ReadWord, box: BBox): boolean {
  const [x, y] = [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2];
  const room = (box[2] - box[0]) * 0.4;
  const inside = x > box[0] - room && x < box[2] + room && y > box[1] - room && y < box[3] + room;
  return inside && Array.from(text).length <= 3;
}

/** The nearest word on a box's row, or right above or below it, that is not the box itself. */
function nearest(words: readonly ReadWord[], box: BBox): ReadWord | null {
  const [top, bottom] = [box[1] - (box[3] - box[1]), box[3] + (box[3] - box[1])];
  let best: ReadWord | null = null;
  let least = (box[2] - box[0]) * REACH;
  for (const word of words) {
    if (word.bbox[1] > bottom || word.bbox[3] < top || isMistaken(word, box)) continue;
    const gap = Math.max(word.bbox[0] - box[2], box[0] - word.bbox[2]);
    if (gap > least) continue;
    best = word;
    least = gap;
  }
  return best;
}
