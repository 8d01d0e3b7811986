import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { foldKey } from "../../model/fold.ts";
import { ParsedDocument } from "../../model/parsed.ts";
import { composePage } from "../../parse/layout/compose-page.ts";
import type { TruthRow } from "../eval/truth.ts";
import { MISREADINGS, misread } from "./misread-page.ts";
import { Random } from "./random.ts";
import { documentOfWords, parseBoxedLines, readWords } from "./read-words.ts";

/** How a document's words came to be. */
export type Medium = "words" | "misread" | "read";

/** A document to learn from, or to be tested on: its pages, and what is right. */
export interface Sample {
  readonly row: TruthRow;
  readonly parsed: ParsedDocument;
  readonly medium: Medium;
  /** Documents of one group are learned from together or not at all. */
  readonly group: string;
  readonly source: string;
}

/** A folder of a truth file; a layout of a file is the parsed document that `docket layout` gives for it. */
export interface Source {
  readonly name: string;
  readonly root: string;
  readonly layouts: string | null;
}

/**
 * A row's samples: its words as people typed them, the same as a bad reader would give them, and what was read from
 * its file.
 */
export async function samplesOf(row: TruthRow, group: string, source: Source, worn: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  const add = (parsed: ParsedDocument, medium: Medium): void => {
    samples.push({ row, parsed, medium, group, source: source.name });
  };
  const { words } = row;
  if (typeof words === "string" && existsSync(join(source.root, words))) {
    const page = readWords(parseBoxedLines(await readFile(join(source.root, words), "utf8")), 0.97);
    add(documentOfWords(page), "words");
    for (let copy = 0; copy < worn; copy += 1) {
      const how = MISREADINGS[copy % MISREADINGS.length];
      if (how)
        add(documentOfWords({ ...page, words: misread(page.words, how, new Random(`${row.file} ${copy}`)) }), "misread");
    }
  }
  const layout = source.layouts === null ? null : join(source.layouts, `${row.file}.json`);
  if (layout !== null && existsSync(layout)) {
    const parsed = ParsedDocument.parse(JSON.parse(await readFile(layout, "utf8")));
    add(parsed, "read");
    if (parsed.pages.every((page) => page.source === "text_layer") && worn > 0) add(wear(parsed, row.file), "misread");
  }
  return samples;
}

/** A document with a text layer as a reader of its print would give it. */
function wear(parsed: ParsedDocument, seed: string): ParsedDocument {
  const random = new Random(seed);
  const how = MISREADINGS[random.below(MISREADINGS.length)];
  const pages = parsed.pages.map((page) => {
    const words = page.lines.flatMap((line, index) =>
      page.words.slice(line.words[0], line.words[1]).map(({ text, bbox, confidence }) => ({ text, bbox, confidence, line: index })),
    );
    const { number, width, height, language } = page;
    const worn = how ? misread(words, how, random) : words;
    return composePage({ number, width, height, rotation: 0, source: "ocr", language, words: worn, rulings: [] });
  });
  return { ...parsed, pages };
}

/**
 * The rows' groups: rows whose issuers have one name, one address or one beginning of a name belong together, so that
 * nobody is tested on a chain that was learned. A row that names its issuer is taken at its word.
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
  const issuer = row["issuer"];
  if (typeof issuer === "string") return [`issuer ${issuer}`];
  const name = foldKey(String(row.fields["vendor_name"] ?? ""));
  const address = foldKey(String(row.fields["vendor_address"] ?? ""));
  return [
    ...(name === "" ? [] : [`name ${name}`]),
    ...(name.length < 8 ? [] : [`begins ${name.slice(0, 8)}`]),
    ...(address === "" ? [] : [`address ${address}`]),
  ];
}
