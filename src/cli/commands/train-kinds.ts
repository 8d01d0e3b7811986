import { readFile, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { START } from "../../classify/conclude.ts";
import { DocumentType } from "../../model/extraction.ts";
import { EXIT, usageError } from "../command.ts";
import type { Arguments, Command } from "../command.ts";
import { keptLayout } from "../eval/readings.ts";
import { readTruth } from "../eval/truth.ts";
import { defaultHome } from "../local/folders.ts";
import { print, table } from "../terminal.ts";
import { examplesOfKind, judge, type KindExample, learnKinds, type Worth } from "../train/kinds.ts";

const FILE = resolve(import.meta.dirname, "../../classify/worth.json");
const FOLDS = 5;
/** How many drawn documents a real one counts for. */
const REAL = 5;

export const trainKinds: Command = {
  name: "train-kinds",
  summary: "Learns what the evidence of a document's kind is worth, holding each layout out in turn.",
  usage: "--data DIR... [--layouts DIR] [--dry-run]",
  options: [
    { name: "data", value: "DIR", multiple: true, about: "a folder with truth.jsonl" },
    { name: "layouts", value: "DIR", about: "where its parsed files are kept (.docket/layouts unless told)" },
    { name: "dry-run", about: "print the figures and write nothing" },
  ],
  run: async (input) => {
    const folders = input.list("data");
    if (folders.length === 0) throw usageError("name at least one --data DIR");
    const examples: KindExample[] = [];
    for (const folder of folders) examples.push(...(await readExamples(resolve(folder), input)));
    const from: Worth = { start: { ...START }, worth: {} };
    const groups = [...new Set(examples.map(({ group }) => group))].sort();
    const judged: Judged[] = [];
    for (let fold = 0; fold < FOLDS; fold++) {
      const held = new Set(groups.filter((_, index) => index % FOLDS === fold));
      const learned = learnKinds(
        examples.filter(({ group }) => !held.has(group)),
        from,
      );
      for (const example of examples.filter(({ group }) => held.has(group)))
        judged.push({ example, hand: judge(example, from), learned: judge(example, learned) });
    }
    await print(table(["source", "words unknown", "examples", "by hand", "learned", "ECE"], figures(judged)));
    const worth = learnKinds(examples, from);
    if (!input.flag("dry-run")) await writeFile(FILE, `${JSON.stringify(worth, null, 2)}\n`);
    return EXIT.ok;
  },
};

interface Verdict {
  readonly type: string;
  readonly score: number;
}

interface Judged {
  readonly example: KindExample;
  readonly hand: Verdict;
  readonly learned: Verdict;
}

/** Documents of one layout are held out together; those of no known layout by themselves. */
async function readExamples(root: string, input: Arguments): Promise<KindExample[]> {
  const file = join(root, "truth.jsonl");
  const text = await readFile(file, "utf8").catch(() => {
    throw usageError(`${file} cannot be read`);
  });
  const source = basename(root);
  const layouts = join(input.text("layouts") ?? join(defaultHome().folder, "layouts"), source);
  const examples: KindExample[] = [];
  for (const row of readTruth(text, file)) {
    const type = DocumentType.safeParse(row.type).data;
    if (row.unseen === true || type === undefined || !(type in START)) continue;
    const parsed = await keptLayout(layouts, row, root);
    if (!parsed || parsed.message || parsed.container) continue;
    const layout = row.layout?.split("/").at(-1);
    const told = {
      type,
      source,
      group: layout ?? `${source} ${row.file}`,
      count: layout === undefined ? REAL : 1,
    };
    examples.push(...examplesOfKind(parsed, told, row.file));
  }
  return examples;
}

function figures(judged: readonly Judged[]): string[][] {
  const names = [...new Set(judged.map(({ example }) => `${example.source}\t${example.share}`))].sort();
  return names.map((name) => {
    const own = judged.filter(({ example }) => `${example.source}\t${example.share}` === name);
    const right = (of: "hand" | "learned"): string =>
      (own.filter((each) => each[of].type === each.example.type).length / own.length).toFixed(3);
    const [source = "", share = ""] = name.split("\t");
    return [
      source,
      share,
      String(own.length),
      right("hand"),
      right("learned"),
      calibrationError(own).toFixed(3),
    ];
  });
}

/** Expected calibration error over tenths. */
function calibrationError(judged: readonly Judged[]): number {
  const gaps = Array.from({ length: 10 }, () => 0);
  for (const { example, learned } of judged) {
    const tenth = Math.min(9, Math.floor(learned.score * 10));
    gaps[tenth] = (gaps[tenth] ?? 0) + learned.score - (learned.type === example.type ? 1 : 0);
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / judged.length;
}
