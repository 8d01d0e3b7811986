import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { drawDocument } from "./draw.ts";
import type { DrawOptions, Drawn } from "./draw.ts";
import { KINDS } from "./kinds.ts";
import type { KindSpec } from "./kinds/kind.ts";
import { writeSheets } from "./pdf.ts";
import { drawScanLook, scanPages } from "./scan.ts";
import type { ScanShare } from "./scan.ts";
import { Random } from "./random.ts";
import type { Sheet } from "./sheet.ts";

export interface GenerateOptions extends DrawOptions {
  readonly out: string;
  readonly kinds: readonly string[];
  readonly count: number;
  readonly scan: ScanShare;
  /** Whether several documents stand in one file. */
  readonly batch: boolean;
  readonly progress: (name: string) => void;
}

/** Writes documents of each kind into `out`, with `truth.jsonl` beside them; gives how many. */
export async function generate(options: GenerateOptions): Promise<number> {
  const kinds = KINDS.filter(({ type }) => options.kinds.includes(type));
  const rows = options.batch ? await writeBatches(kinds, options) : await writeKinds(kinds, options);
  await writeFile(join(options.out, "truth.jsonl"), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return rows.length;
}

type Row = Readonly<Record<string, unknown>>;

async function writeKinds(kinds: readonly KindSpec[], options: GenerateOptions): Promise<Row[]> {
  const rows: Row[] = [];
  for (const kind of kinds) {
    for (let index = 0; index < options.count; index += 1) {
      const drawn = await drawDocument(kind, index, options);
      const name = nameOf(kind.type, index, options);
      const file = await writeDocument(name, drawn.sheets, drawn.mirrored, options);
      rows.push({ file, type: kind.type, ...truthOf(drawn) });
      options.progress(file);
    }
  }
  return rows;
}

/** Files of two to five documents each; the truth says which pages are whose, from the first page's 1 on. */
async function writeBatches(kinds: readonly KindSpec[], options: GenerateOptions): Promise<Row[]> {
  const rows: Row[] = [];
  for (let index = 0; index < options.count; index += 1) {
    const random = new Random(`${options.seed}/batch/${index}`);
    const parts: Row[] = [];
    const sheets: Sheet[] = [];
    for (let part = random.int(2, 5); part > 0; part -= 1) {
      const kind = random.pick(kinds);
      const drawn = await drawDocument(kind, index * 7 + part, options);
      const from = sheets.length + 1;
      sheets.push(...drawn.sheets);
      parts.push({ from, to: sheets.length, type: kind.type, ...truthOf(drawn) });
    }
    const file = await writeDocument(nameOf("batch", index, options), sheets, false, options);
    rows.push({ file, parts });
    options.progress(file);
  }
  return rows;
}

function nameOf(group: string, index: number, { split, seed }: GenerateOptions): string {
  return `${group}/${group}-${split}-${seed}-${String(index + 1).padStart(4, "0")}`;
}

async function writeDocument(
  name: string,
  sheets: readonly Sheet[],
  mirrored: boolean,
  { out, scan, seed }: GenerateOptions,
): Promise<string> {
  const random = new Random(`${seed}/${name}/scan`);
  const pdf = await writeSheets(sheets, name);
  const look = drawScanLook(scan, mirrored, random);
  const written = look ? await scanPages(pdf, look, random) : { bytes: pdf, extension: "pdf" };
  const file = `${name}.${written.extension}`;
  await mkdir(dirname(join(out, file)), { recursive: true });
  await writeFile(join(out, file), written.bytes);
  return file;
}

function truthOf({ draft, layout, unseen, language }: Drawn): Row {
  const { data, issuer, note } = draft;
  const lines = data["line_items"];
  return {
    layout,
    issuer,
    unseen,
    language,
    data,
    ...(Array.isArray(lines) ? { line_items: lines } : {}),
    ...(note === undefined ? {} : { note }),
  };
}
