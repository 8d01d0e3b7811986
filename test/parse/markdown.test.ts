import { describe, expect, it } from "vitest";
import { markdown } from "../../src/parse/formats/markdown.ts";
import { extract, INVOICE, INVOICE_DATA, NO_PORTS, readAll } from "../fixtures/flow.ts";
import { LIMITS } from "../fixtures/limits.ts";
import { sourceOf } from "../fixtures/pdf.ts";

const open = (content: string, limits = LIMITS) =>
  markdown.open(sourceOf(new TextEncoder().encode(content), "file.md", "markdown"), NO_PORTS, { limits });
const read = async (content: string) => {
  const document = await open(content);
  const { pages, warnings } = await readAll(document);
  const [page] = pages;
  return { document, warnings, page: page ?? expect.fail("a page was expected"), pages };
};

describe("Markdown", () => {
  it("keeps headings, lists, code and tables", async () => {
    const { page, document } = await read(
      "# Title\n\nSome *plain* [text](http://x.test) ![alt](a.png)\n\n2. two\n   - inner\n\n```js\nx  = 1\n```\n\n| A | B |\n|---|---|\n| 1 | `2` |\n",
    );
    expect(document.metadata).toEqual({ title: "Title" });
    expect(page.text).toBe(
      "Title\nSome plain text alt\n2. two\n• inner\nx  = 1\nA\nB\n1\n2".replace("x  = 1", "x = 1"),
    );
    expect(page.blocks.map(({ role, level }) => [role, level])).toEqual([
      ["heading", 1],
      ["paragraph", undefined],
      ["list_item", 1],
      ["list_item", 2],
      ["code", undefined],
      [undefined, undefined],
      [undefined, undefined],
    ]);
    expect(page.tables).toMatchObject([{ rows: 2, columns: 2, header_rows: 1 }]);
  });

  it("gives the pairs of its front matter, and keeps what only looks like a tag", async () => {
    const { page } = await read(
      '---\ntitle: "A b"\ndate: 2024-01-02\ntags:\n  - x\n---\nDear <customer>, <b>hi</b> <br/>there\n',
    );
    expect(page.key_values.map(({ key, value }) => [key, value])).toEqual([
      ["title", "A b"],
      ["date", "2024-01-02"],
    ]);
    expect(page.text).toContain("Dear <customer>, hi\nthere");
  });

  it("says when it holds scripts or hidden text", async () => {
    const { page, warnings } = await read("a <span hidden>secret</span>\n\n<script>no</script>\n");
    expect(page.text).toBe("a");
    expect(warnings.map(({ code }) => code)).toEqual(["hidden_content", "scripts_present"]);
  });

  it("gives an invoice's fields and items", async () => {
    const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
    const [header, ...items] = INVOICE.items;
    const content = [
      "# Invoice",
      "",
      INVOICE.vendor.join("  \n"),
      "",
      INVOICE.facts.map(([key, value]) => `**${key}:** ${value}  `).join("\n"),
      "",
      row(header),
      row(header.map(() => "---")),
      ...items.map(row),
      "",
      INVOICE.sums.map(([key, value]) => `${key}: ${value}  `).join("\n"),
    ].join("\n");
    const { data } = await extract(await open(content), "invoice");
    expect(data).toMatchObject(INVOICE_DATA);
  });

  it("ends whatever it is made of", async () => {
    for (const content of [
      "> ".repeat(5_000),
      "- ".repeat(5_000),
      "[".repeat(20_000),
      "*a _b".repeat(5_000),
      "`".repeat(9_999),
    ]) {
      const { pages } = await read(`${content}x`);
      expect(pages.length).toBeGreaterThan(0);
    }
  });

  it("is refused when it is too long or empty", async () => {
    await expect(open("word ".repeat(100), { ...LIMITS, maxTextBytes: 100 })).rejects.toMatchObject({
      code: "text_too_long",
    });
    await expect(open("\n")).rejects.toMatchObject({ code: "empty_file" });
  });
});
