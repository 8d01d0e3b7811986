import { describe, expect, it } from "vitest";
import type { FlowBlock } from "../../src/parse/flow/flow.ts";
import { html } from "../../src/parse/formats/html.ts";
import { htmlToBlocks, readHtml } from "../../src/parse/html/read-html.ts";
import { encode } from "../fixtures/encode.ts";
import { extract, INVOICE, INVOICE_DATA, NO_PORTS, readAll } from "../fixtures/flow.ts";
import { LIMITS } from "../fixtures/limits.ts";
import { sourceOf } from "../fixtures/pdf.ts";

const blocksOf = (content: string): FlowBlock[] => htmlToBlocks(content, LIMITS);
const open = (content: string | Uint8Array, limits = LIMITS) =>
  html.open(
    sourceOf(typeof content === "string" ? new TextEncoder().encode(content) : content, "page.html", "html"),
    NO_PORTS,
    { limits },
  );
const texts = (blocks: readonly FlowBlock[]): string[] =>
  blocks.map((block) => ("text" in block ? block.text : block.kind));

describe("a page of the web", () => {
  it("keeps headings, paragraphs, line breaks and preformatted text", () => {
    expect(
      blocksOf(
        "<h2>Terms &amp; conditions</h2><p>One\n  <b>bold</b>&nbsp;word<br>next</p>loose<pre>  a\n    b\n</pre><div>x<div>y</div>z</div>",
      ),
    ).toEqual([
      { kind: "heading", level: 2, text: "Terms & conditions" },
      { kind: "paragraph", text: "One bold\u00A0word\nnext" },
      { kind: "paragraph", text: "loose" },
      { kind: "code", text: "  a\n    b" },
      { kind: "paragraph", text: "x" },
      { kind: "paragraph", text: "y" },
      { kind: "paragraph", text: "z" },
    ]);
  });

  it("takes the lists that Word and Outlook write as paragraphs for lists", () => {
    const item = (level: number, marker: string, text: string): string =>
      `<p class=MsoListParagraph style='margin-left:36pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>${marker}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>${text}<o:p></o:p></p>`;
    expect(
      blocksOf(
        `${item(1, "1.", "first")}${item(2, "a)", "inner")}${item(1, "·", "dot")}<p style='mso-list:none'>plain</p><p>1. <span style='mso-list:Ignore'>kept</span></p>`,
      ),
    ).toEqual([
      { kind: "list_item", level: 1, marker: "1.", text: "first" },
      { kind: "list_item", level: 2, marker: "a)", text: "inner" },
      { kind: "list_item", level: 1, marker: "•", text: "dot" },
      { kind: "paragraph", text: "plain" },
      { kind: "paragraph", text: "1. kept" },
    ]);
  });

  it("numbers lists as they say, inside each other too", () => {
    const list = `<ol start=3><li>three<ul><li>inner</ul><li>four</ol><ol type=a><li><p>first</p><p>more</p></ol><ol type=I><li value=4>four`;
    expect(blocksOf(list)).toEqual([
      { kind: "list_item", level: 1, marker: "3.", text: "three" },
      { kind: "list_item", level: 2, marker: "•", text: "inner" },
      { kind: "list_item", level: 1, marker: "4.", text: "four" },
      { kind: "list_item", level: 1, marker: "a.", text: "first" },
      { kind: "list_item", level: 1, marker: "", text: "more" },
      { kind: "list_item", level: 1, marker: "IV.", text: "four" },
    ]);
  });

  it("keeps tables with spans, captions and header rows", () => {
    const table = `<table><caption>Prices</caption><thead><tr><th>A<th colspan=2>B</thead>
      <tr><td rowspan="2">1<td>2<td>3<br>4</tr><tr><td colspan=2>5</td></tr></table>`;
    expect(blocksOf(table)).toEqual([
      { kind: "caption", text: "Prices" },
      {
        kind: "table",
        headerRows: 1,
        rows: [
          [{ text: "A" }, { text: "B", columnSpan: 2 }],
          [{ text: "1", rowSpan: 2 }, { text: "2" }, { text: "3\n4" }],
          [{ text: "5", columnSpan: 2 }],
        ],
      },
    ]);
  });

  it("takes tables apart that only set a page, and keeps those inside them", () => {
    const inner = "<table><tr><td>Item<td>Sum</tr><tr><td>Bolt<td>1.00</tr></table>";
    const blocks = blocksOf(`<table><tr><td><h1>Shop</h1></td><td>${inner}</td></tr></table>`);
    expect(blocks.map((block) => block.kind)).toEqual(["heading", "table"]);
    const data = blocksOf(`<table><tr><th>A<th>B</tr><tr><td>1<td>${inner}</tr></table>`);
    expect(data).toMatchObject([
      {
        headerRows: 1,
        rows: [
          [{}, {}],
          [{ text: "1" }, { text: "Item\tSum\nBolt\t1.00" }],
        ],
      },
    ]);
  });

  it("pairs terms with what is said of them, and labels with the values of their fields", () => {
    const blocks = blocksOf(`<dl><dt>Order<dd>4711<dt>Lonely<dt>Due<dd>May</dl>
      <form><label for=n>Name</label> <input id=n value="Ann Lee"><input type=hidden value=secret>
      <label>City: <select><option>Bath<option selected>York</select></label>
      <label><input type=checkbox checked> Agreed</label></form>`);
    expect(blocks).toEqual([
      { kind: "key_value", key: "Order", value: "4711" },
      { kind: "paragraph", text: "Lonely" },
      { kind: "key_value", key: "Due", value: "May" },
      { kind: "key_value", key: "Name", value: "Ann Lee" },
      { kind: "paragraph", text: "City: York ☒ Agreed" },
    ]);
    const { formFields } = readHtml(
      "<label for=n>Name:</label><input id=n name=who value=Ann><label><input type=radio> Yes</label>",
      LIMITS,
    );
    expect(formFields).toMatchObject([
      { name: "who", label: "Name", kind: "text", value: "Ann" },
      { label: "Yes", kind: "radio", value: "unselected" },
    ]);
  });

  it("takes pictures by their text, and the text of drawings", () => {
    expect(
      texts(
        blocksOf(
          `<p>a<img alt="Logo of Acme" src="http://x.test/a.png">b</p><img alt=""><svg><title>t</title><text>In svg</text></svg>`,
        ),
      ),
    ).toEqual(["a Logo of Acme b", "t", "In svg"]);
  });

  it("leaves out what is no text or hidden, and says so", () => {
    const page = readHtml(
      `<title>The &amp; title</title><meta name=author content=Ann><style>p{}</style><script>var x="<p>no</p>"</script>
       <template>no</template><p>seen</p><p hidden>secret 1</p><div style="color:red; display : none">secret <b>2</b></div>
       <span style="visibility:hidden">3</span><iframe src="https://x.test/"></iframe><!-- no -->`,
      LIMITS,
    );
    expect(texts(page.blocks)).toEqual(["seen"]);
    expect(page.metadata).toEqual({ title: "The & title", author: "Ann" });
    expect(page.warnings.map(({ code }) => code).sort()).toEqual([
      "external_reference",
      "hidden_content",
      "scripts_present",
    ]);
  });

  it("is read in the encoding that it declares", async () => {
    const page = encode(`<meta charset="windows-1251"><p>Счёт № 5</p>`, "windows-1251");
    expect((await readAll(await open(page))).pages[0]?.text).toBe("Счёт № 5");
  });

  it("says when it holds nothing but pictures", async () => {
    const { warnings } = await readAll(await open("<img src=a.png>"));
    expect(warnings.map(({ code }) => code)).toEqual(["content_not_read", "page_blank"]);
  });

  it("gives an invoice's fields and items", async () => {
    const rows = (table: readonly (readonly string[])[], tag = "td"): string =>
      table.map((row) => `<tr>${row.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`).join("");
    const [header, ...items] = INVOICE.items;
    const page = `<h1>Invoice</h1><div>${INVOICE.vendor.join("<br>")}</div><table>${rows(INVOICE.facts)}</table>
      <table>${rows([header], "th")}${rows(items)}</table><table>${rows(INVOICE.sums)}</table>`;
    const { data } = await extract(await open(page), "invoice");
    expect(data).toMatchObject({ ...INVOICE_DATA, vendor: { name: "Northwind Tools Ltd" } });
  });
});

describe("a page that is made to do harm", () => {
  it("is read in bounded time and depth, whatever its tags", async () => {
    const deep = [
      `${"<div>".repeat(200_000)}end`,
      `${"<b>".repeat(100_000)}${"</i>".repeat(100_000)}end`,
      `${"<table><tr><td>".repeat(20_000)}end`,
      `${"<ul><li>".repeat(20_000)}end`,
      "<".repeat(500_000),
      `<p ${"a=1 ".repeat(100_000)}>end`,
      "<p>".repeat(400_000),
      `<pre>${"&amp;".repeat(200_000)}`,
    ];
    for (const content of deep) {
      const { pages, warnings } = await readAll(await open(content));
      expect(pages.length).toBeGreaterThan(0);
      expect(pages[0]?.text.endsWith("end") || warnings.length > 0 || (pages[0]?.words.length ?? 0) > 0).toBe(
        true,
      );
    }
  });

  it("is cut where it has too many elements, and says so", async () => {
    const { pages, warnings } = await readAll(
      await open(`<p>first</p>${"<b>x</b>".repeat(20_000)}<p>last</p>`, { ...LIMITS, maxNodes: 5_000 }),
    );
    expect(pages[0]?.text).toContain("first");
    expect(pages.at(-1)?.text).not.toContain("last");
    expect(warnings).toMatchObject([{ code: "text_truncated" }]);
  });

  it("is refused by its size without being read", async () => {
    const source = sourceOf(new Uint8Array(0), "big.html", "html");
    const opening = html.open({ ...source, size: 1e9, bytes: () => expect.fail("it was read") }, NO_PORTS, {
      limits: LIMITS,
    });
    await expect(opening).rejects.toMatchObject({ code: "text_too_long" });
  });

  it("keeps spans within bounds", async () => {
    const { pages } = await readAll(
      await open(`<table><tr><td colspan=99999999 rowspan=99999999>a<td>b<tr><td>c</table>`),
    );
    expect(pages[0]?.tables[0]).toMatchObject({ rows: 2 });
    expect(pages[0]?.tables[0]?.columns).toBeLessThanOrEqual(1_002);
  });

  it("is read as far as it goes when it is cut off", async () => {
    const { pages } = await readAll(
      await open("<html><body><p>first</p><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d &am"),
    );
    expect(pages[0]?.text).toBe("first\na\nb\nc\nd &am");
  });
});
