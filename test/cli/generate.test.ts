import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import { z } from "zod";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawDocument } from "../../src/cli/generate/draw.ts";
import type { Drawn, DrawOptions } from "../../src/cli/generate/draw.ts";
import { KINDS } from "../../src/cli/generate/kinds.ts";
import type { KindSpec } from "../../src/cli/generate/kinds/kind.ts";
import { LANGUAGES } from "../../src/cli/generate/locale.ts";
import { writeSheets } from "../../src/cli/generate/pdf.ts";
import { extractors } from "../../src/extract/registry.ts";
import { docket, makeFolder } from "./command.ts";

const OPTIONS: DrawOptions = { seed: 11, split: "all", languages: LANGUAGES, series: 1 };
/** As many as there are layouts of a page. */
const COUNT = 15;

let library: PDFiumLibrary;
let folder: Awaited<ReturnType<typeof makeFolder>>;
beforeAll(async () => {
  library = await PDFiumLibrary.init();
  folder = await makeFolder();
});
afterAll(async () => {
  library.destroy();
  await folder.remove();
});

async function drawAll(kind: KindSpec, options: DrawOptions = OPTIONS): Promise<Drawn[]> {
  const drawn: Drawn[] = [];
  for (let index = 0; index < COUNT; index += 1) drawn.push(await drawDocument(kind, index, options));
  return drawn;
}

async function textOf(pdf: Uint8Array): Promise<string> {
  const document = await library.loadDocument(pdf);
  const text = [...document.pages()].map((page) => page.getText()).join("\n");
  document.destroy();
  return text;
}

const squeeze = (text: string): string => text.replaceAll(/[\s,·]/gu, "");
const cents = (value: unknown): number => Math.round(Number(value ?? 0) * 100);

describe.each(KINDS)("$type", (kind) => {
  test("what the truth says is printed on the page, in the shape of the type's schema", async () => {
    const missing: string[] = [];
    for (const { sheets, draft, layout, language } of await drawAll(kind)) {
      const text = squeeze(await textOf(await writeSheets(sheets, "test")));
      for (const [pointer, printed] of draft.printed) {
        if (!text.includes(squeeze(printed))) missing.push(`${layout} ${language} ${pointer} ${printed}`);
      }
      const schema = kind.type === "generic" ? z.object({}) : extractors[kind.type].schema;
      expect(schema.parse(draft.data)).toEqual(draft.data);
    }
    expect(missing).toEqual([]);
  });

  test("layouts differ, a third of them is kept aside, and nothing runs off the page", async () => {
    const drawn = await drawAll(kind);
    const outside = drawn.flatMap(({ sheets, layout }) =>
      sheets.flatMap(({ inks, width, height }) =>
        inks
          .filter(({ x, y }) => x < 2 || y < 2 || x > width - 2 || y > height - 2)
          .map(({ text }) => `${layout} ${text}`),
      ),
    );
    expect(outside).toEqual([]);
    expect(new Set(drawn.map(({ layout }) => layout)).size).toBeGreaterThanOrEqual(12);
    expect(
      new Set(drawn.filter(({ unseen }) => unseen).map(({ layout }) => layout)).size,
    ).toBeGreaterThanOrEqual(4);
  });

  test("the same seed draws the same bytes, another one another document", async () => {
    const [first, again, other] = await Promise.all(
      [OPTIONS, OPTIONS, { ...OPTIONS, seed: 12 }].map(async (options) => drawDocument(kind, 1, options)),
    );
    if (!first || !again || !other) throw new Error("three are drawn");
    expect(await writeSheets(again.sheets, "test")).toEqual(await writeSheets(first.sheets, "test"));
    expect(other.sheets).not.toEqual(first.sheets);
  });
});

const kindOf = (type: string): KindSpec => {
  const kind = KINDS.find((one) => one.type === type);
  if (!kind) throw new Error(`there is no ${type}`);
  return kind;
};

test("the sums of invoices, pay stubs and bank statements close", async () => {
  for (const { draft } of await drawAll(kindOf("invoice"))) {
    const { data } = draft;
    const lines = (data["line_items"] as Record<string, string>[]).reduce(
      (sum, { amount }) => sum + cents(amount),
      0,
    );
    const net = lines - cents(data["discount_total"]) + cents(data["charge_total"]);
    const taxes = (data["taxes"] as Record<string, string>[] | undefined) ?? [];
    const tax = taxes.reduce((sum, { amount }) => sum + cents(amount), 0);
    expect(cents(data["total"])).toBe(net + tax);
    const due = net + tax - cents(data["prepaid"]) + cents(data["rounding"]);
    expect(cents(data["amount_due"] ?? data["total"])).toBe(due);
  }
  for (const { draft } of await drawAll(kindOf("pay_stub"))) {
    const added = (name: string): number =>
      (draft.data[name] as Record<string, string>[]).reduce((sum, { amount }) => sum + cents(amount), 0);
    expect(cents(draft.data["net_pay"])).toBe(added("earnings") - added("deductions"));
  }
  for (const { draft } of await drawAll(kindOf("bank_statement"))) {
    const moved = (draft.data["transactions"] as Record<string, string>[]).reduce(
      (sum, { amount, credit, debit }) => sum + cents(amount) + cents(credit) - cents(debit),
      0,
    );
    expect(cents(draft.data["closing_balance"])).toBe(cents(draft.data["opening_balance"]) + moved);
  }
});

test("documents of a series share their issuer and layout, and differ in what they say", async () => {
  const [first, second, third] = await drawAll(kindOf("invoice"), { ...OPTIONS, series: 2 });
  expect(second?.draft.issuer).toBe(first?.draft.issuer);
  expect(second?.layout).toBe(first?.layout);
  expect(second?.draft.data["invoice_number"]).not.toBe(first?.draft.data["invoice_number"]);
  expect(third?.draft.issuer).not.toBe(first?.draft.issuer);
});

test("a spoiled document says how, and its truth is still what is printed", async () => {
  const notes = new Set<string>();
  for (const { draft, sheets } of await drawAll(kindOf("invoice"), { ...OPTIONS, hostile: true })) {
    notes.add(draft.note ?? "");
    const text = squeeze(await textOf(await writeSheets(sheets, "test")));
    const missing = [...draft.printed].filter(([, printed]) => !text.includes(squeeze(printed)));
    expect(missing).toEqual([]);
  }
  expect(notes.size).toBeGreaterThan(4);
});

test("docket generate writes scans, batches with their parts, and refuses what it does not know", async () => {
  const scans = join(folder.path, "scans");
  const scanned = await docket(
    folder.path,
    "generate",
    "--out",
    scans,
    "--kinds",
    "receipt",
    "--count",
    "2",
    "--scan",
    "photo",
  );
  expect(scanned).toMatchObject({ code: 0, stdout: `${scans}/truth.jsonl\n` });
  for (const name of await readdir(join(scans, "receipt"))) {
    const bytes = await readFile(join(scans, "receipt", name));
    const printed = name.endsWith(".pdf") ? await textOf(bytes) : "";
    expect(printed.trim()).toBe("");
    expect(bytes.subarray(0, 2).toString("latin1")).toBe(name.endsWith(".pdf") ? "%P" : "\u{FF}\u{D8}");
  }
  const batch = join(folder.path, "batch");
  await docket(
    folder.path,
    "generate",
    "--out",
    batch,
    "--batch",
    "--count",
    "1",
    "--kinds",
    "invoice,contract",
  );
  const row = JSON.parse(await readFile(join(batch, "truth.jsonl"), "utf8")) as {
    file: string;
    parts: { from: number; to: number }[];
  };
  const document = await library.loadDocument(await readFile(join(batch, row.file)));
  expect(row.parts[0]?.from).toBe(1);
  expect(row.parts.at(-1)?.to).toBe(document.getPageCount());
  row.parts.slice(1).forEach(({ from }, index) => expect(from).toBe((row.parts[index]?.to ?? 0) + 1));
  document.destroy();
  const wrong = await docket(folder.path, "generate", "--out", batch, "--kinds", "ransom_note");
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain("there is no ransom_note");
});
