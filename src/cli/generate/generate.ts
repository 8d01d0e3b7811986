import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { drawDocument } from "./draw.ts";
import type { DrawOptions, Drawn } from "./draw.ts";
import { KINDS } from "./kinds.ts";
import { writeSheets } from "./pdf.ts";
import { drawScanLook, scanSheets } from "./scan.ts";
import type { ScanShare } from "./scan.ts";
import { Random } from "./random.ts";

export interface GenerateOptions extends DrawOptions {
  readonly out: string;
  readonly kinds: readonly string[];
  readonly count: number;
  readonly scan: ScanShare;
  readonly progress: (name: string) => void;
}

/** Writes documents of each kind into `out`, with `truth.jsonl` beside them; gives how many. */
export async function generate(options: GenerateOptions): Promise<number> {
  const lines: string[] = [];
  for (const kind of KINDS.filter(({ type }) => options.kinds.includes(type))) {
    for (let index = 0; index < options.count; index += 1) {
      const drawn = await drawDocument(kind, index, options);
      const name = `${kind.type}/${kind.type}-${options.split}-${options.seed}-${String(index + 1).padStart(4, "0")}`;
      const random = new Random(`${options.seed}/${name}/scan`);
      const file = await writeDocument(options.out, name, drawn, options.scan, random);
      lines.push(JSON.stringify(truthOf(file, kind.type, drawn)));
      options.progress(file);
    }
  }
  await writeFile(join(options.out, "truth.jsonl"), `${lines.join("\n")}\n`);
  return lines.length;
}

async function writeDocument(
  out: string,
  name: string,
  drawn: Drawn,
  share: ScanShare,
  random: Random,
): Promise<string> {
  const pdf = await writeSheets(drawn.sheets, drawn.draft.content.title);
  const look = drawScanLook(share, random);
  const written = look ? await scanSheets(pdf, look, random) : { bytes: pdf, extension: "pdf" };
  const file = `${name}.${written.extension}`;
  await mkdir(dirname(join(out, file)), { recursive: true });
  await writeFile(join(out, file), written.bytes);
  return file;
}

function truthOf(
  file: string,
  type: string,
  { draft, layout, unseen, language }: Drawn,
): Record<string, unknown> {
  const { data, issuer, note } = draft;
  const rows = data["line_items"];
  return {
    file,
    type,
    layout,
    issuer,
    unseen,
    language,
    data,
    ...(Array.isArray(rows) ? { line_items: rows } : {}),
    ...(note === undefined ? {} : { note }),
  };
}
