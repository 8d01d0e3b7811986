import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { expect, it } from "vitest";
import { docket } from "./command.ts";

it("ARCHITECTURE.md has the table of formats as the registry gives it", async () => {
  const text = await readFile(new URL("../../ARCHITECTURE.md", import.meta.url), "utf8");
  const table = /<!-- formats -->\n\n([\s\S]*?)\n\n<!-- \/formats -->/.exec(text)?.[1];
  const printed = await docket(tmpdir(), "formats", "--markdown");
  expect(table).toBe(printed.stdout.trimEnd());
});

it("every format has a parser of its own and at least one limit", async () => {
  const { stdout } = await docket(tmpdir(), "formats", "--json");
  const rows = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { format: string; parser: string; limits: string[] });
  expect(rows.length).toBeGreaterThan(30);
  for (const { format, parser, limits } of rows) {
    expect([format, parser, limits.length > 0]).toEqual([
      format,
      expect.stringMatching(/^formats\/[a-z0-9-]+\.ts$/),
      true,
    ]);
  }
});
