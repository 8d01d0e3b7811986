import type { Fib, Numbers } from "./fib.ts";
import { readDefinition, type RowDefinition } from "./table-rows.ts";

/** What a paragraph's formatting says that its text does not. */
export interface ParagraphFormat {
  /** Number of its style; 1 to 9 are the headings. */
  readonly style: number;
  readonly inTable: boolean;
  readonly endsRow: boolean;
  /** Depth of the table that it stands in; 1 for a table of the text. */
  readonly depth: number;
  readonly outline: number | null;
  readonly isListed: boolean;
  readonly listLevel: number;
  /** How the cells of the row lie that this paragraph ends, and whether the row names the columns. */
  readonly row: RowDefinition | null;
  readonly isHeaderRow: boolean;
}

/** Formatting by the place of its text in the WordDocument stream. */
export interface Formatting {
  readonly paragraphAt: (offset: number) => ParagraphFormat | null;
  /** Whether a character is hidden or was deleted in a tracked change. */
  readonly characterAt: (offset: number) => "hidden" | "deleted" | null;
}

interface Run<T> {
  readonly from: number;
  readonly to: number;
  readonly format: T;
}

const [CHARACTER_PAGES, PARAGRAPH_PAGES] = [12, 13];
const PAGE_BYTES = 512;
const MAX_PAGES = 100_000;

/** Reads the formatted pages of paragraphs and characters ([MS-DOC] 2.9.33, 2.9.55, 2.9.174). */
export function readFormatting(fib: Fib): Formatting {
  if (fib.isOld) return { paragraphAt: () => null, characterAt: () => null };
  const paragraphs = readRuns(fib, PARAGRAPH_PAGES, 13, (document, at) =>
    paragraphFormat(document, at, fib.data),
  );
  const characters = readRuns(fib, CHARACTER_PAGES, 1, (document, at) => characterFormat(document, at));
  return {
    paragraphAt: (offset) => find(paragraphs, offset),
    characterAt: (offset) => find(characters, offset),
  };
}

function readRuns<T>(
  { document, table, place }: Fib,
  index: number,
  entryBytes: number,
  read: (document: Numbers, at: number) => T | null,
): Run<T>[] {
  const { at, length } = place(index);
  const count = Math.min(MAX_PAGES, Math.floor((Math.min(length, table.bytes.length - at) - 4) / 8));
  const runs: Run<T>[] = [];
  for (let page = 0; page < count; page += 1) {
    const start = (table.u32(at + 4 * (count + 1) + 4 * page) & 0x3fffff) * PAGE_BYTES;
    const size = document.u8(start + PAGE_BYTES - 1);
    for (let run = 0; run < size; run += 1) {
      const offset = document.u8(start + 4 * (size + 1) + entryBytes * run) * 2;
      const format = offset === 0 ? null : read(document, start + offset);
      const [from, to] = [document.u32(start + 4 * run), document.u32(start + 4 * run + 4)];
      if (format !== null && to > from) runs.push({ from, to, format });
    }
  }
  return runs.toSorted((a, b) => a.from - b.from);
}

function find<T>(runs: readonly Run<T>[], offset: number): T | null {
  let [low, high] = [0, runs.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const run = runs[middle];
    if (!run) return null;
    if (offset < run.from) high = middle - 1;
    else if (offset >= run.to) low = middle + 1;
    else return run.format;
  }
  return null;
}

function paragraphFormat(document: Numbers, at: number, data: Numbers): ParagraphFormat {
  const words = document.u8(at);
  const start = words === 0 ? at + 2 : at + 1;
  const length = words === 0 ? document.u8(at + 1) * 2 : words * 2 - 1;
  const own = new Map(modifiers(document, start + 2, start + length));
  // What has no room on a page, as rows of many cells do, lies in a stream of its own (2.6.2, sprmPHugePapx).
  const far = own.get(HUGE) ?? own.get(HUGE_OLD);
  const source = far === undefined ? document : data;
  const found =
    far === undefined
      ? own
      : new Map(modifiers(data, far + 2, Math.min(far + 2 + data.u16(far), data.bytes.length)));
  const outline = found.get(0x2640);
  const inTable = found.get(0x2416) === 1 || (found.get(0x6649) ?? 0) > 0;
  const endsRow = found.get(0x2417) === 1 || found.get(0x244c) === 1;
  const definition = found.get(TABLE_DEFINITION);
  return {
    style: document.u16(start),
    inTable,
    endsRow,
    depth: Math.max(inTable ? 1 : 0, Math.min(20, found.get(0x6649) ?? 0)),
    outline: outline !== undefined && outline < 9 ? outline + 1 : null,
    isListed: (found.get(0x460b) ?? 0) !== 0,
    listLevel: Math.min(8, found.get(0x260a) ?? 0) + 1,
    row: endsRow && definition !== undefined ? readDefinition(source, definition) : null,
    isHeaderRow: found.get(0x3404) === 1,
  };
}

function characterFormat(document: Numbers, at: number): "hidden" | "deleted" | null {
  const found = new Map(modifiers(document, at + 1, at + 1 + document.u8(at)));
  if (found.get(0x0800) === 1) return "deleted";
  return found.get(0x083c) === 1 ? "hidden" : null;
}

/** Sizes of operands by the upper three bits of a modifier's code ([MS-DOC] 2.6.1); 0 for those that say it. */
const OPERAND_BYTES = [1, 1, 2, 4, 2, 2, 0, 3];
const [TABLE_DEFINITION, TAB_STOPS, HUGE, HUGE_OLD] = [0xd608, 0xc615, 0x6646, 0x6645];

/** Codes and values of property modifiers; for a table's definition where it lies, other long values are left out. */
function modifiers(document: Numbers, from: number, to: number): [number, number][] {
  const found: [number, number][] = [];
  for (let at = from; at + 2 < to;) {
    const code = document.u16(at);
    const size = OPERAND_BYTES[code >> 13] ?? 1;
    at += 2;
    if (size > 0) {
      const value = size === 1 ? document.u8(at) : size === 2 ? document.u16(at) : document.u32(at);
      found.push([code, value]);
      at += size;
    } else if (code === TABLE_DEFINITION) {
      found.push([code, at]);
      at += 1 + document.u16(at);
    } else if (code === TAB_STOPS && document.u8(at) === 255) {
      const deleted = document.u8(at + 1);
      at += 2 + 4 * deleted + 1 + 3 * document.u8(at + 2 + 4 * deleted);
    } else at += 1 + document.u8(at);
  }
  return found;
}
