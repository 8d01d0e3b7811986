import { readFile, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { BuiltInType } from "../../extract/registry.ts";
import { EXIT, usageError } from "../command.ts";
import type { Arguments, Command } from "../command.ts";
import { readTruth } from "../eval/truth.ts";
import { defaultHome } from "../local/folders.ts";
import { print, Progress, table } from "../terminal.ts";
import {
  type ConfidenceExample,
  confidenceExample,
  learnConfidence,
  weighConfidence,
} from "../train/confidence.ts";
import {
  CURVE_HEAD,
  curveRows,
  reliabilityRows,
  SOURCE_HEAD,
  sourceRows,
  TRADE_HEAD,
  tradeRows,
} from "../train/confidence-card.ts";
import { groupsOf, type Item, samplesOf } from "../train/sources.ts";

const FOLDER = resolve(import.meta.dirname, "../../extract/confidence");
const FOLDS = 5;
const RELIABILITY_HEAD = ["confidence", "values", "mean", "right"];

export const trainConfidence: Command = {
  name: "train-confidence",
  summary:
    "Learns what evidence of values and documents is worth: cross-validates, and writes the weights of confidence and their card.",
  usage: "--data DIR... [--layouts DIR] [--dry-run]",
  options: [
    {
      name: "data",
      value: "DIR",
      multiple: true,
      about: "a folder with truth.jsonl; several weigh the same",
    },
    { name: "layouts", value: "DIR", about: "where its parsed files are kept (.docket/layouts unless told)" },
    { name: "dry-run", about: "print the figures and write nothing" },
  ],
  run: async (input) => {
    const folders = input.list("data");
    if (folders.length === 0) throw usageError("name at least one --data DIR");
    const items = (await Promise.all(folders.map((folder) => itemsOf(folder, input)))).flat();
    const examples = await gather(items);
    weighConfidence(examples);
    const learned = learnConfidence(examples, FOLDS);
    const tables = [
      table(SOURCE_HEAD, sourceRows(learned.before, learned.after)),
      `before\n${table(RELIABILITY_HEAD, reliabilityRows(learned.before))}`,
      `after\n${table(RELIABILITY_HEAD, reliabilityRows(learned.after))}`,
      table(TRADE_HEAD, tradeRows(learned.after)),
      table(CURVE_HEAD, curveRows(learned.documents)),
    ];
    await print(tables.join("\n\n"));
    if (!input.flag("dry-run")) {
      await writeFile(join(FOLDER, "weights.json"), `${JSON.stringify(learned.weights)}\n`);
      await writeFile(join(FOLDER, "MODEL-CARD.md"), cardOf(tables, examples.length));
    }
    return EXIT.ok;
  },
};

async function itemsOf(folder: string, input: Arguments): Promise<Item[]> {
  const root = resolve(folder);
  const file = join(root, "truth.jsonl");
  const text = await readFile(file, "utf8").catch(() => {
    throw usageError(`${file} cannot be read`);
  });
  const rows = readTruth(text, file).filter(({ unseen }) => unseen !== true);
  const groups = groupsOf(rows);
  const source = basename(root);
  const layouts = join(input.text("layouts") ?? join(defaultHome().folder, "layouts"), source);
  return rows.flatMap((row, index) => {
    const type = BuiltInType.safeParse(row.type).data;
    return type === undefined
      ? []
      : [{ row, type, source, root, layouts, group: `${source} ${groups[index] ?? row.file}` }];
  });
}

async function gather(items: readonly Item[]): Promise<ConfidenceExample[]> {
  const examples: ConfidenceExample[] = [];
  const progress = new Progress("gathered", items.length);
  for (const item of items) {
    for (const sample of await samplesOf(item, 1)) {
      const example = await confidenceExample(sample, FOLDS);
      if (example) examples.push(example);
    }
    progress.step(item.row.file);
  }
  progress.clear();
  return examples;
}

function cardOf(tables: readonly string[], documents: number): string {
  return [
    "# Confidence: how it was made, and how it does",
    "",
    "Made by `docket train-confidence`; not written by hand. Boosted trees over evidence give each value the",
    "chance that it is right, and each document the chance that everything is right and nothing missing.",
    "Chances rise with the reader's own confidence. Values that a scorer chose, and those of structured data,",
    `memory and people, keep their own. ${documents} documents and worn copies were learned from; sources weigh the`,
    "same. All figures are of documents whose issuer or layout was left out.",
    "",
    ...tables.map((text) => `\`\`\`text\n${text}\n\`\`\`\n`),
  ].join("\n");
}
