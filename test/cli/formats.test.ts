import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { listFormats, markdownTable } from "../../src/cli/commands/formats.ts";

it("ARCHITECTURE.md has the table of formats as the registry gives it", async () => {
  const text = await readFile(new URL("../../ARCHITECTURE.md", import.meta.url), "utf8");
  const table = /<!-- formats -->\n\n([\s\S]*?)\n\n<!-- \/formats -->/.exec(text)?.[1];
  expect(table).toBe(markdownTable(listFormats()));
});

it("every format has a parser of its own file and at least one limit", () => {
  for (const { format, parser, limits } of listFormats()) {
    expect([format, parser, limits.length > 0]).toEqual([
      format,
      expect.stringMatching(/^formats\/[a-z0-9-]+\.ts$/),
      true,
    ]);
  }
});
