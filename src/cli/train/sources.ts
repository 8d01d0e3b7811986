import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { foldKey } from "../../model/fold.ts";
import type { DocumentType } from "../../model/extraction.ts";
import type { ParsedDocument } from "../../model/parsed.ts";
import { composePage } from "../../parse/layout/compose-page.ts";
import { fromWordsFile } from "../eval/perfect-reading.ts";
import { keptLayout } from "../eval/readings.ts";
import type { TruthRow } from "../eval/truth.ts";
import { scalarText } from "../leaves.ts";
import { MISREADINGS, misread, type Misreading } from "./misread-page.ts";
import { withoutWordings } from "./unknown-wordings.ts";
import { hashOf, Random } from "./random.ts";

/** How a document's words came to be: typed or drawn, worn by us, worded as no lexicon has it, read from a picture. */
export type Medium = "words" | "misread" | "unknown" | "read";

/** A document to learn from, or to be tested on: its pages, and what is right. */
export interface Sample {
  readonly row: TruthRow;
  readonly type: DocumentType;
  readonly parsed: ParsedDocument;
  readonly medium: Medium;
  /** Documents of one group are learned from together or not at all. */
  readonly group: string;
  readonly source: string;
}

/** A row of a source's truth file, and the group it belongs to. */
export interface Item {
  readonly row: TruthRow;
  readonly type: DocumentType;
  readonly group: string;
  readonly source: string;
  /** Folder of the truth file, and of the layouts of its files. */
  readonly root: string;
  readonly layouts: string;
}

/** Shares of the labels' words that are made unknown in copies of business papers. */
const UNKNOWN = [0.35, 0.8];

/** A row's samples: its words and what was read from its file, each also as a bad reader would give it. */
export async function samplesOf(item: Item, worn: number): Promise<Sample[]> {
  const { row, type, group, source, root, layouts } = item;
  const samples: Sample[] = [];
  const add = (parsed: ParsedDocument, medium: Medium): void => {
    samples.push({ row, type, parsed, medium, group, source });
  };
  const addWorn = (parsed: ParsedDocument): void => {
    add(parsed, "words");
    for (let copy = 0; copy < worn; copy += 1) {
      const how = MISREADINGS[(hashOf(row.file) + copy) % MISREADINGS.length];
      if (how) add(wear(parsed, how, new Random(`${row.file} ${copy}`)), "misread");
    }
  };
  if (typeof row.words === "string") addWorn(fromWordsFile(await readFile(join(root, row.words), "utf8")));
  const layout = await keptLayout(layouts, row, root);
  if (layout?.pages.some((page) => page.source === "ocr")) add(layout, "read");
  else if (layout && !layout.structured.some(({ attachment }) => attachment === null)) {
    const bare = { ...layout, structured: [] };
    addWorn(bare);
    for (const share of item.type === "receipt" ? [] : UNKNOWN)
      add(withoutWordings(bare, share, row, new Random(`${row.file} ${share}`)), "unknown");
  }
  return samples;
}

/** A document as a reader of its worn print would give it. */
function wear(parsed: ParsedDocument, how: Misreading, random: Random): ParsedDocument {
  const pages = parsed.pages.map((page) => {
    const words = page.lines.flatMap((line, index) =>
      page.words
        .slice(line.words[0], line.words[1])
        .map(({ text, bbox, confidence }) => ({ text, bbox, confidence, line: index })),
    );
    const { number, width, height, language } = page;
    const worn = misread(words, how, random);
    return composePage({
      number,
      width,
      height,
      rotation: 0,
      source: "ocr",
      language,
      words: worn,
      rulings: [],
    });
  });
  return { ...parsed, pages };
}

/**
 * The rows' groups: rows whose issuers have one name, one address or one beginning of a name belong together, so that
 * nobody is tested on a chain that was learned. A row that names its layout or issuer is taken at its word.
 */
export function groupsOf(rows: readonly TruthRow[]): string[] {
  const parents = rows.map((_, index) => index);
  const find = (index: number): number => {
    let at = index;
    while (parents[at] !== undefined && parents[at] !== at) at = parents[at] ?? at;
    return at;
  };
  const seen = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    for (const key of groupKeys(row)) {
      const other = seen.get(key);
      if (other === undefined) seen.set(key, index);
      else parents[find(index)] = find(other);
    }
  }
  return rows.map((row, index) => rows[find(index)]?.file ?? row.file);
}

function groupKeys(row: TruthRow): string[] {
  if (typeof row.layout === "string") return [`layout ${row.layout}`];
  if (typeof row.issuer === "string") return [`issuer ${row.issuer}`];
  const name = foldKey(scalarText(row.fields["vendor_name"]) ?? "");
  const address = foldKey(scalarText(row.fields["vendor_address"]) ?? "");
  return [
    ...(name === "" ? [] : [`name ${name}`]),
    ...(name.length < 8 ? [] : [`begins ${name.slice(0, 8)}`]),
    ...(address === "" ? [] : [`address ${address}`]),
  ];
}
