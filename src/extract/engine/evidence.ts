import { pointerTokens } from "../../model/json-pointer.ts";
import type {
  Citation,
  Evidence,
  EvidenceMap,
  EvidenceSource,
  ExtractedData,
} from "../../model/extraction.ts";
import { type BBox, unionBoxes } from "../../model/geometry.ts";
import { pageOffsets, type ParsedDocument, type ParsedPage } from "../../model/parsed.ts";
import type { Cited, DraftValue, Place } from "./draft.ts";
import { type Piece, textOf, wordsOf } from "./view.ts";

/** A piece of a segment as a citation's draft. */
export function cite(piece: Piece): Cited {
  return { page: piece.segment.page.number, words: wordsOf(piece), content: textOf(piece) };
}

/** Turns drafted values into data and evidence. Of two drafts for one pointer the first stays. */
export function assemble(
  parsed: ParsedDocument,
  drafts: readonly DraftValue[],
  engine: string,
): { data: ExtractedData; evidence: EvidenceMap } {
  const offsets = pageOffsets(parsed.pages);
  const data: ExtractedData = {};
  const evidence: Record<string, Evidence> = {};
  for (const draft of drafts) {
    if (evidence[draft.pointer] !== undefined) continue;
    const printed = draft.cited.flatMap((cited) => citationsOf(parsed, offsets, cited));
    const citations = draft.place ? placed(draft.place, printed) : printed;
    if (citations.length === 0) continue;
    setAt(data, draft.pointer, draft.value);
    evidence[draft.pointer] = {
      content: draft.content ?? draft.cited.map((cited) => cited.content).join("\n"),
      confidence: Math.round(Math.min(1, Math.max(0, draft.confidence)) * 1000) / 1000,
      citations,
      source: sourceOf(parsed, draft),
      engine,
      grounded: true,
      ...(draft.repaired === true ? { repaired: true } : {}),
    };
  }
  return { data, evidence };
}

/** The structure's place, with the page's where the value is printed. */
function placed(place: Place, printed: readonly Citation[]): Citation[] {
  const [first, ...rest] = printed;
  return [{ ...place, ...first }, ...rest];
}

function sourceOf(parsed: ParsedDocument, draft: DraftValue): EvidenceSource {
  if (draft.source !== undefined) return draft.source;
  if (draft.derived === true) return "derived";
  const page = parsed.pages.find((candidate) => candidate.number === draft.cited[0]?.page);
  return page && page.source !== "none" ? page.source : "derived";
}

/** Hundred-thousandths of a page: less than a hundredth of a point. */
function rounded([x0, y0, x1, y1]: BBox): BBox {
  const round = (value: number): number => Math.round(value * 1e5) / 1e5;
  return [round(x0), round(y0), round(x1), round(y1)];
}

/** One citation for each run of words that follow each other in the page's text. */
function citationsOf(parsed: ParsedDocument, offsets: readonly number[], cited: Cited): Citation[] {
  const position = parsed.pages.findIndex((page) => page.number === cited.page);
  const page = parsed.pages[position];
  if (!page) return [];
  const cut = cutWords(page, cited);
  const cells = cellsOf(page);
  const citations: Citation[] = [];
  let run: CutWord[] = [];
  const flush = (): void => {
    const first = run[0];
    const last = run[run.length - 1];
    const bbox = unionBoxes(run.map((word) => word.bbox));
    if (first && last && bbox) {
      const start = (offsets[position] ?? 0) + first.from;
      citations.push({
        page: page.number,
        bbox: rounded(bbox),
        span: [start, Math.max(0, (offsets[position] ?? 0) + last.to - start)],
        ...cells.get(first.index),
      });
    }
    run = [];
  };
  for (const word of cut) {
    const previous = run[run.length - 1];
    if (previous && !followsOn(previous, word, cells)) flush();
    run.push(word);
  }
  flush();
  return citations;
}

/** Whether two words are one place: neighbours in the text and, in a sheet, in one cell. */
function followsOn(before: CutWord, word: CutWord, cells: ReadonlyMap<number, CellPlace>): boolean {
  return word.index === before.index + 1 && cells.get(before.index) === cells.get(word.index);
}

/** A cell's place in the file's own terms. */
type CellPlace = Pick<Citation, "sheet" | "cell">;

const CELLS = new WeakMap<ParsedPage, ReadonlyMap<number, CellPlace>>();

/** The cell that each word of a sheet's page stands in; empty for other pages. */
function cellsOf(page: ParsedPage): ReadonlyMap<number, CellPlace> {
  const known = CELLS.get(page);
  if (known) return known;
  const cells = new Map<number, CellPlace>();
  for (const table of page.source === "cell" ? page.tables : []) {
    const sheet = table.sheet ?? page.label;
    for (const { address, words } of table.cells) {
      if (address === undefined) continue;
      const place = sheet === null ? { cell: address } : { sheet, cell: address };
      for (const index of words) cells.set(index, place);
    }
  }
  CELLS.set(page, cells);
  return cells;
}

interface CutWord {
  readonly index: number;
  readonly bbox: BBox;
  readonly from: number;
  readonly to: number;
}

/** The cited words, the first and last cut in proportion where the content begins or ends inside them. */
function cutWords(page: ParsedPage, cited: Cited): CutWord[] {
  const starts: number[] = [];
  let text = "";
  for (const index of cited.words) {
    if (text !== "") text += " ";
    starts.push(text.length);
    text += page.words[index]?.text ?? "";
  }
  const at = text.indexOf(cited.content);
  const begin = at < 0 ? 0 : at;
  const end = at < 0 ? text.length : at + cited.content.length;
  const cut: CutWord[] = [];
  for (const [position, index] of cited.words.entries()) {
    const word = page.words[index];
    const start = starts[position] ?? 0;
    if (!word) continue;
    const from = Math.max(0, begin - start);
    const to = Math.min(word.text.length, end - start);
    if (to <= from) continue;
    const [x0, y0, x1, y1] = word.bbox;
    const unit = (x1 - x0) / word.text.length;
    cut.push({
      index,
      bbox: [x0 + unit * from, y0, to === word.text.length ? x1 : x0 + unit * to, y1],
      from: word.span[0] + from,
      to: word.span[0] + to,
    });
  }
  return cut;
}

/** Sets a value by JSON Pointer (RFC 6901); numeric tokens make arrays. */
function setAt(data: Record<string, unknown>, pointer: string, value: unknown): void {
  const tokens = pointerTokens(pointer);
  let node: Record<string, unknown> | unknown[] = data;
  for (const [position, token] of tokens.entries()) {
    const key = Array.isArray(node) ? Number(token) : token;
    const holder = node as Record<string | number, unknown>;
    if (position === tokens.length - 1) {
      holder[key] = value;
      return;
    }
    const next = Object.hasOwn(holder, key) ? holder[key] : undefined;
    if (typeof next === "object" && next !== null) node = next as Record<string, unknown>;
    else {
      const made: Record<string, unknown> | unknown[] = /^\d+$/.test(tokens[position + 1] ?? "") ? [] : {};
      holder[key] = made;
      node = made;
    }
  }
}
