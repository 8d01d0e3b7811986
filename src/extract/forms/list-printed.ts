import type { ParsedDocument, ParsedPage } from "../../model/parsed.ts";
import type { View } from "../engine/view.ts";
import { type PrintedBox, readBoxes } from "./boxes.ts";
import { type Chunk, chunkRows } from "./chunks.ts";
import { type FormHead, readHead } from "./form-head.ts";
import { type PrintedPair, readPairs } from "./printed-pairs.ts";
import type { FormValue } from "./read-named.ts";

/** What a form shows that is known by nothing and has no fields of its own. */
export interface PrintedForm {
  readonly head: FormHead;
  readonly page: ParsedPage | undefined;
  readonly values: readonly (FormValue & { page: ParsedPage })[];
}

/** More pages and fields than anybody reads. */
const MAX_PAGES = 30;
const MAX_FIELDS = 1_000;
/** Chunks of a page that are looked at: each is held against the others. */
const MAX_CHUNKS = 1_500;
/** Below this a page's number and the issuer's small print stand. */
const FOOT = 0.9;
/** A label that says that it is one by its colon, one that only its place tells, and a box. */
const CONFIDENCE = { colon: 0.85, place: 0.75, box: 0.9 } as const;

/** Reads the printed pages of a form: its title and number, its labels with what is filled in, its boxes. */
export function listPrinted(view: View, parsed: ParsedDocument): PrintedForm {
  const values: (FormValue & { page: ParsedPage })[] = [];
  let head: FormHead = { title: null, id: null, behind: 0 };
  for (const [number, page] of parsed.pages.slice(0, MAX_PAGES).entries()) {
    const rows = firstRows(chunkRows(view, page));
    if (number === 0) head = readHead(rows);
    const body = rows.slice(number === 0 ? head.behind : 0).filter((row) => (row[0]?.box[1] ?? 1) < FOOT);
    const boxes = body.flatMap((row) => readBoxes(page, row));
    const ticked = new Set(boxes.flatMap(({ label, mark }) => [...label.words, ...mark]));
    const rest = body.map((row) => row.filter(({ words }) => !words.some((word) => ticked.has(word))));
    const pairs = readPairs(page, rest);
    values.push(...pairs.map((pair) => pairValue(pair, page)), ...boxes.map((box) => boxValue(box, page)));
  }
  return { head, page: parsed.pages[0], values: values.slice(0, MAX_FIELDS) };
}

function firstRows(rows: readonly (readonly Chunk[])[]): (readonly Chunk[])[] {
  let count = 0;
  return rows.filter((row) => (count += row.length) <= MAX_CHUNKS);
}

function pairValue({ label, value }: PrintedPair, page: ParsedPage): FormValue & { page: ParsedPage } {
  const name = plain(label);
  const text = value.text.replace(/(?<=[\p{L}\p{N})])[.;]$/u, "");
  const confidence = /[:：]$/u.test(label.text) ? CONFIDENCE.colon : CONFIDENCE.place;
  return { ...shared(name, label, page), value: text, checked: null, words: value.words, confidence };
}

function boxValue({ label, mark, checked }: PrintedBox, page: ParsedPage): FormValue & { page: ParsedPage } {
  const value = checked ? "selected" : "unselected";
  return { ...shared(plain(label), label, page), value, checked, words: mark, confidence: CONFIDENCE.box };
}

function shared(name: string, label: Chunk, page: ParsedPage) {
  return { name, label: name, labelWords: label.words, fields: [], page };
}

function plain({ text }: Chunk): string {
  return text.replace(/^[•·▪*–-]\s+/u, "").replace(/\s*[:：.–—=→-]+$/u, "");
}
