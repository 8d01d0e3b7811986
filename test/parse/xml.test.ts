import { describe, expect, it } from "vitest";
import { valueOf } from "../../src/model/en16931.ts";
import { xml } from "../../src/parse/formats/xml.ts";
import { ATTACHED, fattura, fatturaBody, ublInvoice } from "../fixtures/einvoice.ts";
import { LIMITS } from "../fixtures/limits.ts";
import { contentOf, openWith, pagesOf } from "../fixtures/open.ts";

const pairsOf = async (content: string): Promise<[string, string, string | undefined][]> =>
  (await pagesOf(await openWith(xml, content)))
    .flatMap((page) => page.key_values)
    .map(({ key, value, path }) => [key, value, path]);

describe("an invoice's XML", () => {
  it("is found in the envelope that networks put around it, whose own words are kept", async () => {
    const sbdh = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader";
    const header = `<StandardBusinessDocumentHeader><Sender><Identifier>0088:sender</Identifier></Sender></StandardBusinessDocumentHeader>`;
    const around = (...documents: string[]): string =>
      `<StandardBusinessDocument xmlns="${sbdh}">${header}${documents.join("")}</StandardBusinessDocument>`;
    const inner = ublInvoice().replace(/<\?xml[^>]*>/, "");
    const opened = await openWith(xml, around(inner));
    expect(opened.structured?.map(({ syntax, root }) => [syntax, valueOf(root, "BT-1")])).toEqual([
      ["ubl", "INV-7"],
    ]);
    expect((await pagesOf(opened)).map(({ text }) => text).join("\n")).toContain("0088:sender");
    expect((await openWith(xml, around(inner, inner))).structured).toBeUndefined();
  });

  it("is its structure, and pages that print every term with its path", async () => {
    const opened = await openWith(xml, ublInvoice());
    expect(opened.structured).toHaveLength(1);
    expect(opened.structured?.[0]).toMatchObject({ attachment: null, syntax: "ubl" });
    expect(opened.metadata).toMatchObject({ profile: "XRechnung 3.0" });
    const pages = await pagesOf(opened);
    expect(pages[0]).toMatchObject({ source: "xml", label: "Invoice INV-7" });
    const pairs = pages.flatMap((page) => page.key_values);
    expect(pairs).toContainEqual(
      expect.objectContaining({ key: "Invoice number", value: "INV-7", path: "/Invoice/cbc:ID" }),
    );
    const [, lines] = pages.flatMap((page) => page.tables);
    expect(lines?.cells.filter((cell) => cell.row === 2).map((cell) => cell.text)).toEqual([
      "2",
      "Cable",
      "3",
      "C62",
      "22.00",
      "19",
      "60.00",
    ]);
  });

  it("gives what it carries as members and keeps it out of the text", async () => {
    const opened = await openWith(xml, ublInvoice());
    expect(opened.members).toMatchObject([{ path: "time sheet.txt", mediaType: "text/plain", fate: null }]);
    expect(await contentOf(opened.members?.[0])).toBe(ATTACHED);
    const text = (await pagesOf(opened)).map((page) => page.text).join("\n");
    expect(text).not.toContain(btoa(ATTACHED).slice(0, 12));
  });

  it("streams a large attachment whole, whatever its line breaks", async () => {
    const content = "0123456789abcdef".repeat(20_000);
    const broken = btoa(content).replace(/(.{76})/g, "$1\r\n");
    const opened = await openWith(xml, ublInvoice().replace(btoa(ATTACHED), broken));
    expect(await contentOf(opened.members?.[0])).toBe(content);
    const damaged = await openWith(xml, ublInvoice().replace(btoa(ATTACHED), "*not base64*"));
    await expect(contentOf(damaged.members?.[0])).rejects.toMatchObject({ code: "file_damaged" });
  });

  it("loses nothing that no term is", async () => {
    const extra =
      "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cac:Signature><cbc:ID>SIG</cbc:ID></cac:Signature>";
    const text = (await pagesOf(await openWith(xml, ublInvoice("Invoice", extra))))
      .map((page) => page.text)
      .join("\n");
    expect(text).toContain("Invoice UBLVersionID: 2.1");
    expect(text).not.toContain("SIG");
  });

  it("makes a document of its own of each further invoice", async () => {
    const opened = await openWith(xml, fattura(fatturaBody("1"), fatturaBody("2")), { name: "IT01.xml" });
    expect(opened.structured?.map(({ root }) => valueOf(root, "BT-1"))).toEqual(["1", "2"]);
    expect(opened.members?.map(({ path }) => path)).toEqual(["foglio.txt", "IT01_2.xml"]);
    const second = await openWith(xml, await contentOf(opened.members?.[1]));
    expect(second.structured?.map(({ root }) => [valueOf(root, "BT-1"), valueOf(root, "BT-44")])).toEqual([
      ["2", "Beta & Figli"],
    ]);
    expect(second.members?.map(({ path }) => path)).toEqual(["foglio.txt"]);
  });
});

describe("any other XML", () => {
  it("gives labels with values and their XPath, attributes too", async () => {
    const pairs = await pairsOf(
      '<o:order xmlns:o="urn:o" date="2026-03-01"><o:id>7</o:id><to><name lang="en">Ada</name></to></o:order>',
    );
    expect(pairs).toEqual([
      ["date", "2026-03-01", "/o:order/@date"],
      ["id", "7", "/o:order/o:id"],
      ["name", "Ada", "/o:order/to/name"],
      ["name lang", "en", "/o:order/to/name/@lang"],
    ]);
  });

  it("gives repeated elements of one flat shape as a table, others one by one", async () => {
    const [page] = await pagesOf(
      await openWith(
        xml,
        '<list><i no="1"><n>A</n><p>2</p></i><i no="2"><n>B</n></i><j><k><l>x</l></k></j><j><k><l>y</l></k></j></list>',
      ),
    );
    expect(page?.tables).toHaveLength(1);
    expect(page?.tables[0]?.header_rows).toBe(1);
    expect(page?.tables[0]?.cells.map(({ row, column, text }) => [row, column, text])).toContainEqual([
      2,
      1,
      "B",
    ]);
    expect(page?.key_values.map(({ value, path }) => [value, path])).toEqual([
      ["x", "/list/j[1]/k/l"],
      ["y", "/list/j[2]/k/l"],
    ]);
  });

  it("gives mixed content as running text", async () => {
    const [page] = await pagesOf(await openWith(xml, "<doc><p>It is <b>very</b>\n good.</p></doc>"));
    expect(page?.text).toContain("It is very good.");
  });

  it("says what it does not read", async () => {
    const opened = await openWith(xml, `<doc><data>${"QUJD".repeat(1_000)}</data></doc>`);
    expect(opened.warnings).toMatchObject([{ code: "content_not_read" }]);
    expect((await pagesOf(opened))[0]?.text).toContain("[3000 bytes]");
  });
});

describe("bad XML", () => {
  it("is refused with its reason", async () => {
    const cases: readonly [string, string][] = [
      ["", "empty_file"],
      [" \n", "empty_file"],
      [ublInvoice().slice(0, 3_000), "file_damaged"],
      [
        ublInvoice().replace("<Invoice", '<!DOCTYPE a [<!ENTITY x SYSTEM "http://e.example">]><Invoice'),
        "unsafe_content",
      ],
      ["<a>".repeat(300) + "</a>".repeat(300), "archive_too_large"],
    ];
    for (const [content, code] of cases) await expect(openWith(xml, content)).rejects.toMatchObject({ code });
    await expect(
      openWith(xml, "<a>text</a>", { limits: { ...LIMITS, maxPartBytes: 5 } }),
    ).rejects.toMatchObject({ code: "text_too_long" });
  });
});

describe("an OpenDocument that is a single XML", () => {
  const flat = (kind: string, body: string, rest = ""): string =>
    `<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:t" xmlns:table="urn:b" xmlns:draw="urn:d" xmlns:style="urn:s" xmlns:meta="urn:m" xmlns:dc="urn:c" office:mimetype="application/vnd.oasis.opendocument.${kind}"><office:meta><dc:title>Flat</dc:title></office:meta>${rest}<office:body>${body}</office:body></office:document>`;

  it("is read as its packed kind is: texts with headers, sheets with values, slides", async () => {
    const header = `<office:master-styles><style:master-page><style:header><text:p>Head</text:p></style:header></style:master-page></office:master-styles>`;
    const text = await openWith(
      xml,
      flat(
        "text",
        `<office:text><text:h text:outline-level="2">Title</text:h><text:p>Body</text:p></office:text>`,
        header,
      ),
    );
    expect(text.metadata).toMatchObject({ title: "Flat" });
    const [page] = await pagesOf(text);
    expect(page?.text).toBe("Head\nTitle\nBody");
    expect(page?.blocks.map(({ role, level }) => [role, level])).toContainEqual(["heading", 2]);
    const cell = `<table:table-cell office:value-type="date" office:date-value="2025-03-14"><text:p>14.03.25</text:p></table:table-cell>`;
    const sheet = await pagesOf(
      await openWith(
        xml,
        flat(
          "spreadsheet",
          `<office:spreadsheet><table:table table:name="S"><table:table-row>${cell}</table:table-row></table:table></office:spreadsheet>`,
        ),
      ),
    );
    expect(sheet[0]?.tables[0]?.cells[0]).toMatchObject({
      text: "14.03.25",
      address: "A1",
      value: { type: "date", value: "2025-03-14" },
    });
    const slides = await openWith(
      xml,
      flat(
        "presentation",
        `<office:presentation><draw:page><draw:frame><draw:text-box><text:p>One</text:p></draw:text-box></draw:frame></draw:page><draw:page/></office:presentation>`,
      ),
    );
    expect(slides.pageCount).toBe(2);
    expect((await pagesOf(slides))[0]?.text).toBe("One");
  });

  it("is no text where its kind is of another program's", async () => {
    const [page] = await pagesOf(await openWith(xml, flat("chart", "<office:chart>Bars</office:chart>")));
    expect(page?.text).toContain("Bars");
  });
});
