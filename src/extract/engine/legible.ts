import type { BBox } from "../../model/geometry.ts";
import type { ParsedDocument, ParsedPage, Word } from "../../model/parsed.ts";
import type { Cited, DraftValue } from "./draft.ts";

/** Signs that stand for digits and points of other writings, and wide forms of ASCII. */
const FOREIGN =
  /[\uff01-\uff5e\uffe5\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u066a-\u066c\u060c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const HAS_FOREIGN = new RegExp(FOREIGN.source);
const LEADS_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;
const LEADS_RIGHT = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u;

/** First digits of rows of ten. */
const ZEROS = [0x0660, 0x06f0, 0x0966];
const POINTS: Readonly<Record<string, string>> = { "٪": "%", "٫": ".", "٬": ",", "،": ",", "￥": "¥" };

/**
 * A document as the engine reads it: digits, points and wide forms are written in ASCII, sign for sign, and pages that
 * are read from right to left are mirrored, so that a value stands right of its label there too. Words keep their places
 * in their pages' lists. The same document where there is nothing to change. Pure.
 */
export function makeLegible(parsed: ParsedDocument): ParsedDocument {
  if (!parsed.pages.some((page) => HAS_FOREIGN.test(page.text) || LEADS_LEFT.test(page.text))) return parsed;
  return { ...parsed, pages: parsed.pages.map((page) => legiblePage(page)) };
}

/** Sign for sign: the length stays. */
export function plainSigns(text: string): string {
  return HAS_FOREIGN.test(text) ? text.replace(FOREIGN, plainSign) : text;
}

function plainSign(sign: string): string {
  const point = POINTS[sign];
  if (point !== undefined) return point;
  const code = sign.charCodeAt(0);
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  const zero = ZEROS.find((first) => code >= first && code < first + 10);
  return zero === undefined ? " " : String(code - zero);
}

function legiblePage(page: ParsedPage): ParsedPage {
  const boxes = runsLeftwards(page) ? mirroredBoxes(page) : null;
  const turned = <T extends { readonly bbox: BBox }>(part: T): T =>
    boxes ? Object.assign({}, part, { bbox: mirrored(part.bbox, part.bbox) }) : part;
  const words = page.words.map((word, index) =>
    Object.assign({}, word, { text: plainSigns(word.text), bbox: boxes?.[index] ?? word.bbox }),
  );
  const key_values = page.key_values.map((pair) =>
    Object.assign({}, pair, { value: plainSigns(pair.value) }),
  );
  const tables = page.tables.map((table) =>
    Object.assign({}, turned(table), {
      cells: table.cells.map((cell) => Object.assign({}, turned(cell), { text: plainSigns(cell.text) })),
    }),
  );
  const lines = page.lines.map(turned);
  return {
    ...page,
    text: plainSigns(page.text),
    words,
    lines,
    blocks: page.blocks.map(turned),
    key_values,
    tables,
  };
}

/** Whether more words of a page are written from right to left than the other way. */
function runsLeftwards({ words, text }: ParsedPage): boolean {
  if (!LEADS_LEFT.test(text)) return false;
  let leftwards = 0;
  for (const word of words) {
    if (LEADS_LEFT.test(word.text)) leftwards += 1;
    else if (LEADS_RIGHT.test(word.text)) leftwards -= 1;
  }
  return leftwards > 0;
}

/** Boxes as in a mirror; a run of Latin words and the numbers behind them (an IBAN) stays in its order. */
function mirroredBoxes({ words, lines }: ParsedPage): BBox[] {
  const boxes = words.map(({ bbox }) => mirrored(bbox, bbox));
  for (const {
    words: [from, behind],
  } of lines) {
    const seen = words
      .slice(from, behind)
      .map((word, offset): [Word, number] => [word, from + offset])
      .sort(([a], [b]) => a.bbox[0] - b.bbox[0]);
    for (const run of rightwardRuns(seen)) {
      const [first, last] = [run[0]?.[0], run.at(-1)?.[0]];
      if (!first || !last) continue;
      const whole: BBox = [first.bbox[0], first.bbox[1], last.bbox[2], last.bbox[3]];
      for (const [word, index] of run) boxes[index] = mirrored(word.bbox, whole);
    }
  }
  return boxes;
}

/** Words from left to right, from one with Latin letters to the next that is written the other way or stands far off. */
function rightwardRuns(seen: readonly [Word, number][]): [Word, number][][] {
  const runs: [Word, number][][] = [];
  let run: [Word, number][] | null = null;
  for (const entry of seen) {
    const [word] = entry;
    const before = run?.at(-1)?.[0];
    const near = before !== undefined && word.bbox[0] - before.bbox[2] < GAP * (word.bbox[3] - word.bbox[1]);
    if (LEADS_LEFT.test(word.text)) run = null;
    else if (run && near) run.push(entry);
    else if (LEADS_RIGHT.test(word.text)) runs.push((run = [entry]));
    else run = null;
  }
  return runs;
}

/** Widest gap in a run, in heights of its words as fractions of a page that is higher than it is wide. */
const GAP = 1.4;

/** A box inside a whole that changes sides: what is left of the whole stays left of it. */
function mirrored(box: BBox, whole: BBox): BBox {
  const left = 1 - whole[2] + (box[0] - whole[0]);
  return [left, box[1], left + box[2] - box[0], box[3]];
}

/** Citations of what was read in a legible document, with the signs that are printed. */
export function asPrinted(
  values: readonly DraftValue[],
  parsed: ParsedDocument,
  legible: ParsedDocument,
): readonly DraftValue[] {
  if (parsed === legible) return values;
  const pages = new Map(
    parsed.pages.map((page, index) => [page.number, { page, read: legible.pages[index] }]),
  );
  const printed = (cited: Cited): Cited => {
    const { page, read } = pages.get(cited.page) ?? {};
    if (!page || !read) return cited;
    const at = joined(read, cited.words).indexOf(cited.content);
    const content = joined(page, cited.words).slice(at, at + cited.content.length);
    return at < 0 ? cited : { ...cited, content };
  };
  return values.map((value) => Object.assign({}, value, { cited: value.cited.map(printed) }));
}

function joined({ words }: ParsedPage, indices: readonly number[]): string {
  return indices.map((index) => words[index]?.text ?? "").join(" ");
}
