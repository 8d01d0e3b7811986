import { mkdir } from "node:fs/promises";
import { EXIT, usageError } from "../command.ts";
import type { Arguments, Command } from "../command.ts";
import { note, print, Progress } from "../terminal.ts";

const DEFAULT_COUNT = 12;
const SPLITS = ["known", "unseen", "all"] as const;
const SCANS = ["none", "clean", "photo", "mixed"] as const;

export const generateDocuments: Command = {
  name: "generate",
  summary: "Draws documents of every kind whose data is known, to measure and to train on.",
  usage: "--out DIR [--kinds a,b] [--count N] [--seed S] [--scan HOW] [--split WHICH] [--languages en,de]",
  options: [
    { name: "out", value: "DIR", about: "where to write the documents and truth.jsonl" },
    { name: "kinds", value: "a,b", about: "types of documents (all unless told)" },
    { name: "count", value: "N", about: `documents of each kind (${DEFAULT_COUNT} unless told)` },
    {
      name: "seed",
      value: "S",
      about: "a whole number; the same seed draws the same documents (1 unless told)",
    },
    { name: "scan", value: "HOW", about: "none (PDF with text, the default), clean, photo, or mixed" },
    { name: "split", value: "WHICH", about: "layouts: known (the default), unseen, or all" },
    { name: "languages", value: "en,de", about: "languages to write in (all unless told)" },
    { name: "hostile", about: "spoil each document; `note` in the truth says how" },
    { name: "batch", about: "put several documents into each file; the truth has `parts`" },
    { name: "series", value: "N", about: "N documents of each issuer and layout" },
  ],
  run: async (input) => {
    const out = input.text("out");
    if (out === undefined) throw usageError("--out names the folder to write to");
    if (input.positionals.length > 0)
      throw usageError("generate takes no FILE; --out DIR says where to write");
    const count = input.integer("count", { min: 1, max: 100_000 }) ?? DEFAULT_COUNT;
    const seed = input.integer("seed", { min: 0, max: 1_000_000_000 }) ?? 1;
    const [{ generate }, { KINDS }, { LANGUAGES }] = await Promise.all([
      import("../generate/generate.ts"),
      import("../generate/kinds.ts"),
      import("../generate/locale.ts"),
    ]);
    const kinds = listOf(
      input,
      "kinds",
      KINDS.map(({ type }) => type),
    );
    const languages = listOf(input, "languages", LANGUAGES);
    await mkdir(out, { recursive: true });
    const progress = new Progress("drawn", kinds.length * count);
    const written = await generate({
      out,
      kinds,
      count,
      seed,
      languages,
      scan: choice(input, "scan", SCANS),
      split: choice(input, "split", SPLITS),
      hostile: input.flag("hostile"),
      batch: input.flag("batch"),
      series: input.integer("series", { min: 1, max: 1_000 }) ?? 1,
      progress: (name) => progress.step(name),
    });
    progress.clear();
    note(`${written} documents`);
    await print(`${out}/truth.jsonl`);
    return EXIT.ok;
  },
};

function listOf<T extends string>(input: Arguments, name: string, all: readonly T[]): T[] {
  const text = input.text(name);
  if (text === undefined) return [...all];
  return text.split(",").map((part) => {
    const found = all.find((one) => one === part.trim());
    if (found === undefined)
      throw usageError(`--${name}: there is no ${part.trim()}; there are ${all.join(", ")}`);
    return found;
  });
}

function choice<T extends string>(input: Arguments, name: string, all: readonly [T, ...T[]]): T {
  const text = input.text(name);
  const found = text === undefined ? all[0] : all.find((one) => one === text);
  if (found === undefined) throw usageError(`--${name} takes ${all.join(", ")}, not ${String(text)}`);
  return found;
}
