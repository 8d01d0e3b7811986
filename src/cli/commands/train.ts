import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { Extractor } from "../../extract/define.ts";
import { BuiltInType, extractors } from "../../extract/registry.ts";
import type { ScoredField } from "../../extract/scorer/scored-field.ts";
import type { DocumentType } from "../../model/extraction.ts";
import { connect, CONNECTION_OPTIONS } from "../client/connection.ts";
import { readDocuments } from "../client/read-document.ts";
import { EXIT, usageError } from "../command.ts";
import type { Arguments, Command } from "../command.ts";
import { layoutName } from "../eval/layouts.ts";
import { keptLayout } from "../eval/readings.ts";
import { readTruth } from "../eval/truth.ts";
import { defaultHome } from "../local/folders.ts";
import { note, print, Progress, table } from "../terminal.ts";
import { type CardField, FIGURE_HEAD, figureRows, writeCard } from "../train/card.ts";
import { type Example, examplesOf } from "../train/examples.ts";
import { figuresOf } from "../train/figures.ts";
import { groupsOf, type Item, samplesOf } from "../train/sources.ts";
import { train as trainField } from "../train/validate.ts";

const WEIGHTS = resolve(import.meta.dirname, "../../extract/scorer/weights");
const DEFAULT_FOLDS = 5;
const DEFAULT_WORN = 1;

export const train: Command = {
  name: "train",
  summary:
    "Learns from documents whose data is known how values are chosen: cross-validates, and writes the scorer's weights and their card.",
  usage: "--data DIR... [--layouts DIR] [--field NAME] [--dry-run]",
  options: [
    {
      name: "data",
      value: "DIR",
      multiple: true,
      about: "a folder with truth.jsonl and its files; several folders weigh the same",
    },
    {
      name: "layouts",
      value: "DIR",
      about:
        "where parsed files are kept as `docket layout` gives them; missing ones are parsed first (.docket/layouts unless told)",
    },
    { name: "words-only", about: "leave files aside: learn from the truth's words alone" },
    { name: "field", value: "NAME", multiple: true, about: "the scored fields to train (all unless told)" },
    { name: "folds", value: "N", about: `parts of the cross-validation (${DEFAULT_FOLDS} unless told)` },
    {
      name: "worn",
      value: "N",
      about: `misread copies of each clean document (${DEFAULT_WORN} unless told)`,
    },
    { name: "dry-run", about: "print the figures and write nothing" },
    ...CONNECTION_OPTIONS,
  ],
  run: async (input) => {
    const folders = input.list("data");
    if (folders.length === 0) throw usageError("name at least one --data DIR");
    const folds = input.integer("folds", { min: 2, max: 20 }) ?? DEFAULT_FOLDS;
    const worn = input.integer("worn", { min: 0, max: 8 }) ?? DEFAULT_WORN;
    const items = (await Promise.all(folders.map((folder) => itemsOf(folder, input)))).flat();
    if (!input.flag("words-only")) await parseMissing(items, input);
    const examples = await gather(items, worn);
    const fields = scoredFields(input.list("field"));
    const progress = new Progress("trained", fields.length * (folds + 1));
    const cards: CardField[] = [];
    for (const field of fields) {
      const own = examples.get(field.name) ?? [];
      if (own.length === 0) throw usageError(`no document tells what is right for ${field.name}`);
      const { weights, verdicts } = trainField(field, own, folds, (what) => progress.step(what));
      const json = `${JSON.stringify(weights)}\n`;
      const card = { weights, verdicts, figures: figuresOf(verdicts, weights.threshold), bytes: json.length };
      cards.push(card);
      if (input.flag("dry-run")) continue;
      await writeFile(join(WEIGHTS, `${field.name}.json`), json);
      await writeFile(join(WEIGHTS, `${field.name}.md`), writeCard(card, sourcesOf(items, own), folds));
    }
    progress.clear();
    await print(
      table(
        FIGURE_HEAD,
        cards.flatMap((card) => figureRows(card.weights.field, card.figures)),
      ),
    );
    return EXIT.ok;
  },
};

/** The rows of a folder that any scored field can learn from. */
async function itemsOf(folder: string, input: Arguments): Promise<Item[]> {
  const root = resolve(folder);
  const file = join(root, "truth.jsonl");
  const text = await readFile(file, "utf8").catch(() => {
    throw usageError(`${file} cannot be read`);
  });
  const fields = input.list("field");
  const wanted = (name: string): boolean => fields.length === 0 || fields.includes(name);
  const rows = readTruth(text, file).flatMap((row) => {
    const type = BuiltInType.safeParse(row.type).data;
    const scored = type === undefined ? [] : scoredOf(type).filter(({ name }) => wanted(name));
    return row.unseen === true || type === undefined || scored.length === 0 ? [] : [{ row, type }];
  });
  const groups = groupsOf(rows.map(({ row }) => row));
  const source = basename(root);
  const layouts = join(input.text("layouts") ?? join(defaultHome().folder, "layouts"), source);
  return rows.map(({ row, type }, index) => ({
    row,
    type,
    source,
    root,
    layouts,
    group: `${source} ${groups[index] ?? row.file}`,
  }));
}

function scoredOf(type: DocumentType): readonly ScoredField[] {
  const extractor: Extractor = extractors[type];
  return (extractor.reads?.scored ?? []).map(({ field }) => field);
}

/** The scored fields of all types, each once. */
function scoredFields(names: readonly string[]): ScoredField[] {
  const all = new Map(
    BuiltInType.options.flatMap((type) => scoredOf(type).map((field) => [field.name, field])),
  );
  const unknown = names.find((name) => !all.has(name));
  if (unknown !== undefined)
    throw usageError(`there is no scored field ${unknown}; there are: ${[...all.keys()].join(", ")}`);
  return [...all.values()].filter((field) => names.length === 0 || names.includes(field.name));
}

/** Parses the files whose layout is not kept yet. */
async function parseMissing(items: readonly Item[], input: Arguments): Promise<void> {
  const missing: Item[] = [];
  for (const item of items) {
    if (item.row.has_file === false || (await keptLayout(item.layouts, item.row, item.root))) continue;
    missing.push(item);
  }
  if (missing.length === 0) return;
  const byFile = new Map(missing.map((item) => [resolve(item.root, item.row.file), item]));
  const connection = await connect(input);
  const progress = new Progress("parsed", missing.length);
  try {
    await readDocuments(
      connection.client,
      [...byFile.keys()],
      { text: false, concurrency: 2 },
      async (line) => {
        const item = byFile.get(line.file);
        if (!item || line.id === null || line.error !== null) return note(`${line.file}: not parsed`);
        const target = join(item.layouts, layoutName(line.file, item.root));
        const layout = await connection.client.layout(line.id).catch(() => null);
        if (layout === null) return note(`${line.file}: its layout cannot be had`);
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, layout);
      },
      (file) => progress.step(file),
    );
  } finally {
    progress.clear();
    await connection.close();
  }
}

async function gather(items: readonly Item[], worn: number): Promise<Map<string, Example[]>> {
  const examples = new Map<string, Example[]>();
  const progress = new Progress("gathered", items.length);
  for (const item of items) {
    for (const sample of await samplesOf(item, worn)) {
      for (const [name, example] of examplesOf(sample)) {
        const known = examples.get(name);
        if (known) known.push(example);
        else examples.set(name, [example]);
      }
    }
    progress.step(item.row.file);
  }
  progress.clear();
  return examples;
}

/** The sources of what a field learned from. */
function sourcesOf(
  items: readonly Item[],
  examples: readonly Example[],
): { name: string; documents: number; groups: number }[] {
  const learned = new Set(examples.map(({ source, file }) => `${source} ${file}`));
  const used = items.filter(({ row, source }) => learned.has(`${source} ${row.file}`));
  return [...Map.groupBy(used, (item) => item.source)].map(([name, members]) => ({
    name,
    documents: members.length,
    groups: new Set(members.map((item) => item.group)).size,
  }));
}
