import { foldText } from "../../model/fold.ts";
import { type BBox, unionBoxes } from "../../model/geometry.ts";
import type { Block, ParsedPage } from "../../model/parsed.ts";

/** A printed line of the document's body: its words are indices in the page's words. */
export interface BodyLine {
  readonly page: ParsedPage;
  readonly words: readonly number[];
  readonly text: string;
  readonly bbox: BBox;
  /** Typical word height, in fractions of the page. */
  readonly height: number;
  /** The block that the format itself gave a role, or null. */
  readonly block: Block | null;
}

/** Shares of the page's height in which running headers and footers stand. */
const HEADER = 0.1;
const FOOTER = 0.9;
/** Numbered lines that make a pleading's margin. */
const MARGIN_NUMBERS = 12;

/** The lines of all pages without what is furniture: running headers and footers, page and line numbers. */
export function bodyLines(pages: readonly ParsedPage[]): BodyLine[] {
  const read = pages.map((page) => linesOf(page));
  const repeated = repeatedEdges(read);
  return read.flatMap((lines) => {
    const heights = lines.map((line) => line.height).toSorted((a, b) => a - b);
    const usual = heights[heights.length >> 1] ?? 0;
    return lines.filter((line) => !isFurniture(line, repeated) && !isSmallPrint(line, usual));
  });
}

/** A footer is printed smaller than the text above it. */
function isSmallPrint(line: BodyLine, usual: number): boolean {
  return line.bbox[1] > FOOTER && line.height < 0.85 * usual;
}

function linesOf(page: ParsedPage): BodyLine[] {
  const margin = marginNumbers(page);
  const roles = new Map<number, Block>();
  for (const block of page.blocks) {
    if (block.role === undefined) continue;
    for (let line = block.lines[0]; line < block.lines[1]; line += 1) roles.set(line, block);
  }
  const found: BodyLine[] = [];
  for (const [position, line] of page.lines.entries()) {
    const words: number[] = [];
    for (let word = line.words[0]; word < line.words[1]; word += 1)
      if ((page.words[word]?.text.trim() ?? "") !== "" && !margin.has(word)) words.push(word);
    const boxes: BBox[] = [];
    for (const word of words) {
      const box = page.words[word]?.bbox;
      if (box) boxes.push(box);
    }
    if (boxes.length === 0) continue;
    const heights = boxes.map((box) => box[3] - box[1]).toSorted((a, b) => a - b);
    found.push({
      page,
      words,
      text: words.map((word) => page.words[word]?.text ?? "").join(" "),
      bbox: unionBoxes(boxes) ?? line.bbox,
      height: heights[heights.length >> 1] ?? 0,
      block: roles.get(position) ?? null,
    });
  }
  return found;
}

/** The numbers that count a pleading's lines in its left margin. */
function marginNumbers(page: ParsedPage): ReadonlySet<number> {
  const found: { index: number; value: number }[] = [];
  for (const [index, word] of page.words.entries())
    if (word.bbox[2] < 0.15 && /^\d{1,2}$/.test(word.text)) found.push({ index, value: Number(word.text) });
  found.sort((a, b) => a.value - b.value);
  const steps = found.filter((number, at) => at > 0 && number.value === (found[at - 1]?.value ?? 0) + 1);
  return new Set(steps.length >= MARGIN_NUMBERS ? found.map((number) => number.index) : []);
}

function edgeKey(line: BodyLine): string | null {
  if (line.bbox[3] > HEADER && line.bbox[1] < FOOTER) return null;
  const key = foldText(line.text).replace(/\d+/g, "#");
  return `${line.bbox[1] < 0.5 ? "top" : "bottom"} ${key}`;
}

/** Edge lines that stand on several pages: kept on the first one only, where they are its letterhead. */
function repeatedEdges(pages: readonly (readonly BodyLine[])[]): ReadonlyMap<string, number> {
  const firsts = new Map<string, number>();
  const repeated = new Map<string, number>();
  for (const lines of pages) {
    for (const line of lines) {
      const key = edgeKey(line);
      if (key === null) continue;
      const first = firsts.get(key);
      if (first === undefined) firsts.set(key, line.page.number);
      else if (first !== line.page.number) repeated.set(key, first);
    }
  }
  return repeated;
}

const PAGE_NUMBER =
  /^(?:[-–—]\s*)?(?:(?:page|seite|página|pagina|pág\.?|p\.|blatt|folio|hoja)\s*)?\d{1,4}(?:\s*(?:of|von|de|di|sur|\/|van)\s*\d{1,4})?(?:\s*[-–—])?$/iu;

function isFurniture(line: BodyLine, repeated: ReadonlyMap<string, number>): boolean {
  const key = edgeKey(line);
  if (key === null) return false;
  if (PAGE_NUMBER.test(line.text)) return true;
  const first = repeated.get(key);
  return first !== undefined && (first !== line.page.number || key.startsWith("bottom"));
}
