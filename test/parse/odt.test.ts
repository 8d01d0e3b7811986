import { describe, expect, it } from "vitest";
import { office } from "../../src/parse/formats/office.ts";
import { extract, INVOICE, INVOICE_DATA, NO_PORTS, readAll } from "../fixtures/flow.ts";
import { LIMITS } from "../fixtures/limits.ts";
import { lockOdf } from "../fixtures/locked-odf.ts";
import { sourceOf } from "../fixtures/pdf.ts";
import { makeZip } from "../fixtures/zip.ts";

const NAMES = ["office", "text", "table", "style", "draw", "fo", "dc", "form", "svg", "meta"]
  .map((name) => `xmlns:${name}="urn:x:${name}"`)
  .join(" ");

interface Parts {
  readonly automatic?: string;
  readonly styles?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** An OpenDocument text with a body of this XML. */
function makeOdt(body: string, { automatic = "", styles = "", files = {} }: Parts = {}): Uint8Array {
  return makeZip({
    mimetype: "application/vnd.oasis.opendocument.text",
    "content.xml": `<office:document-content ${NAMES}><office:automatic-styles>${automatic}</office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
    "styles.xml": `<office:document-styles ${NAMES}>${styles}</office:document-styles>`,
    ...files,
  });
}

const open = (bytes: Uint8Array, limits = LIMITS) =>
  office.open(sourceOf(bytes, "letter.odt", "odt"), NO_PORTS, { limits });
const read = async (body: string, parts: Parts = {}) => {
  const document = await open(makeOdt(body, parts));
  const { pages, warnings } = await readAll(document);
  const [page] = pages;
  return {
    document,
    page: page ?? expect.fail("a page was expected"),
    warnings: warnings.map(({ code }) => code),
    text: pages.map(({ text }) => text).join("\n\f\n"),
  };
};
const p = (text: string, style = ""): string => `<text:p text:style-name="${style}">${text}</text:p>`;
const table = (rows: readonly (readonly string[])[]): string =>
  `<table:table>${rows.map((row) => `<table:table-row>${row.map((cell) => `<table:table-cell>${p(cell)}</table:table-cell>`).join("")}</table:table-row>`).join("")}</table:table>`;

describe("an OpenDocument text", () => {
  it("leaves out deletions that stand in the text between marks, over paragraphs too", async () => {
    const change = (id: string, kind: string): string =>
      `<text:changed-region text:id="${id}"><text:${kind}/></text:changed-region>`;
    const mark = (end: string, id: string): string => `<text:change-${end} text:change-id="${id}"/>`;
    const { text, warnings } = await read(
      `<text:tracked-changes>${change("c1", "deletion")}${change("c2", "insertion")}</text:tracked-changes>` +
        p(`a ${mark("start", "c1")}gone<text:tab/>`) +
        p(`gone too${mark("end", "c1")} b ${mark("start", "c2")}new${mark("end", "c2")}`),
    );
    expect(text).toBe("a\nb new");
    expect(warnings).toContain("hidden_content");
  });

  it("takes the style of a text's own family where a table's has the same name", async () => {
    const automatic = `<style:style style:name="T1" style:family="table"/><style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>`;
    const { text } = await read(p(`seen <text:span text:style-name="T1">hidden</text:span>`), { automatic });
    expect(text).toBe("seen");
  });

  it("is read with its password, and asks for it", async () => {
    const content = `<office:document-content ${NAMES}><office:body><office:text>${p("Geheim")}</office:text></office:body></office:document-content>`;
    const bytes = await lockOdf(
      "application/vnd.oasis.opendocument.text",
      { "content.xml": content, "styles.xml": `<office:document-styles ${NAMES}/>` },
      "pässword",
    );
    const openWith = (password?: string) =>
      office.open(sourceOf(bytes, "letter.odt", "odt"), NO_PORTS, {
        limits: LIMITS,
        ...(password === undefined ? {} : { password }),
      });
    const { pages } = await readAll(await openWith("pässword"));
    expect(pages.map(({ text }) => text)).toEqual(["Geheim"]);
    await expect(openWith()).rejects.toMatchObject({ code: "password_required" });
    await expect(openWith("password")).rejects.toMatchObject({ code: "password_incorrect" });
  });

  it("has headings with their level and number, titles, and paragraphs as they are spaced", async () => {
    const styles = `<office:styles><text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style></office:styles>`;
    const automatic = `<style:style style:name="P1" style:parent-style-name="Title"/><style:style style:name="P2" style:default-outline-level="3"/><style:style style:name="P3"><style:paragraph-properties fo:break-before="page"/></style:style>`;
    const h = (level: number, text: string): string =>
      `<text:h text:outline-level="${level}">${text}</text:h>`;
    const { text, page } = await read(
      `${p("Report", "P1")}${h(1, "One")}${h(2, "Deep")}${h(2, "Deeper")}${h(1, "Two")}${p("Styled", "P2")}${p(`a  b<text:s text:c="3"/>c<text:tab/>d<text:line-break/>e <text:span>f</text:span>`)}${p("next", "P3")}`,
      { styles, automatic },
    );
    expect(text).toBe("Report\n1. One\n1.1 Deep\n1.2 Deeper\n2. Two\nStyled\na b\nc\nd\ne f\n\f\nnext");
    expect(page.blocks.map(({ role, level }) => `${role} ${level ?? ""}`).slice(0, 6)).toEqual([
      "heading 1",
      "heading 1",
      "heading 2",
      "heading 2",
      "heading 1",
      "heading 3",
    ]);
  });

  it("numbers lists as their styles say", async () => {
    const automatic = `<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")" /></text:list-style><text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="–"/></text:list-style>`;
    const item = (...content: string[]): string => `<text:list-item>${content.join("")}</text:list-item>`;
    const { text, page } = await read(
      `<text:list text:style-name="L">${item(p("one"), `<text:list>${item(p("inner"))}${item(p("other"))}</text:list>`)}${item(p("two"), p("more"))}</text:list>
       <text:list text:style-name="L" text:continue-numbering="true">${item(p("three"))}</text:list>
       <text:list text:style-name="L"><text:list-item text:start-value="7">${p("seven")}</text:list-item></text:list>
       <text:list text:style-name="B">${item(p("dash"))}</text:list>`,
      { automatic },
    );
    expect(text).toBe("1. one\n(a) inner\n(b) other\n2. two\nmore\n3. three\n7. seven\n– dash");
    expect(page.blocks.map(({ level }) => level)).toEqual([1, 2, 2, 1, 1, 1, 1, 1]);
  });

  it("keeps tables with spans, repeats and header rows", async () => {
    const cell = (text: string, attributes = ""): string =>
      `<table:table-cell ${attributes}>${p(text)}</table:table-cell>`;
    const { page } = await read(
      `<table:table><table:table-header-rows><table:table-row>${cell("A")}${cell("B", 'table:number-columns-spanned="2"')}<table:covered-table-cell/></table:table-row></table:table-header-rows>
       <table:table-row>${cell("1", 'table:number-rows-spanned="2"')}${cell("x", 'table:number-columns-repeated="2"')}</table:table-row>
       <table:table-row><table:covered-table-cell/>${cell("2")}${cell("3")}</table:table-row>
       <table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="3"/></table:table-row></table:table>`,
    );
    expect(page.tables).toMatchObject([{ rows: 4, columns: 3, header_rows: 1 }]);
    expect(page.tables[0]?.cells.map((c) => [c.row, c.column, c.row_span, c.column_span, c.text])).toEqual([
      [0, 0, 1, 1, "A"],
      [0, 1, 1, 2, "B"],
      [1, 0, 2, 1, "1"],
      [1, 1, 1, 1, "x"],
      [1, 2, 1, 1, "x"],
      [2, 1, 1, 1, "2"],
      [2, 2, 1, 1, "3"],
    ]);
  });

  it("has notes, comments, frames, headers and footers, and leaves out what is deleted or hidden", async () => {
    const automatic = `<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>`;
    const styles = `<office:master-styles><style:master-page><style:header>${p("Letterhead")}</style:header><style:footer>${p("Bank")}</style:footer></style:master-page><style:master-page><style:header>${p("Letterhead")}</style:header></style:master-page></office:master-styles>`;
    const { text, warnings, page } = await read(
      `<text:tracked-changes><text:changed-region><text:deletion>${p("gone")}</text:deletion></text:changed-region></text:tracked-changes>
       ${p(`Body<text:note><text:note-citation>1</text:note-citation><text:note-body>${p("See annex")}</text:note-body></text:note><office:annotation><dc:creator>Ann</dc:creator>${p("Check")}</office:annotation><text:span text:style-name="T1"> secret</text:span><draw:frame><draw:text-box>${p("In a box")}</draw:text-box></draw:frame><draw:frame><draw:image/><svg:title>A view of Bath</svg:title></draw:frame>`)}
       <text:section text:display="none">${p("unseen")}</text:section>`,
      { automatic, styles },
    );
    expect(text).toBe(
      "Letterhead\nBody [1]\nIn a box\nA view of Bath\n[1] See annex\nComment (Ann): Check\nBank",
    );
    expect(page.blocks.map(({ role }) => role).slice(3, 6)).toEqual(["caption", "note", "note"]);
    expect(warnings).toEqual(["hidden_content", "hidden_content"]);
  });

  it("has the fields of its forms and what it says of itself", async () => {
    const { document } = await read(
      `<office:forms><form:form><form:text form:name="who" form:current-value="Ann"/><form:checkbox form:name="ok" form:label="Agreed" form:current-state="checked"/></form:form></office:forms>${p("x")}`,
      {
        files: {
          "meta.xml": `<office:document-meta ${NAMES}><office:meta><dc:title>Offer</dc:title></office:meta></office:document-meta>`,
        },
      },
    );
    expect(document.metadata).toEqual({ title: "Offer" });
    expect(document.formFields).toMatchObject([
      { name: "who", kind: "text", value: "Ann" },
      { name: "ok", label: "Agreed", kind: "checkbox", value: "selected" },
    ]);
  });

  it("gives an invoice's fields and items", async () => {
    const body = `<text:h text:outline-level="1">Invoice</text:h>${INVOICE.vendor.map((line) => p(line)).join("")}${table(INVOICE.facts)}${p("")}${table(INVOICE.items)}${table(INVOICE.sums)}`;
    const { data } = await extract(await open(makeOdt(body)), "invoice");
    expect(data).toMatchObject({ ...INVOICE_DATA, vendor: { name: "Northwind Tools Ltd" } });
  });
});

describe("an OpenDocument text that is damaged or made to do harm", () => {
  it("is refused where it is cut off, without text, encrypted or with a document type", async () => {
    const whole = makeOdt(p("x"));
    await expect(open(whole.subarray(0, whole.length - 50))).rejects.toMatchObject({ code: "file_damaged" });
    await expect(open(makeZip({ "content.xml": "<a/>" }))).rejects.toMatchObject({ code: "file_damaged" });
    await expect(open(makeZip({ "content.xml": "<!DOCTYPE a><a/>" }))).rejects.toMatchObject({
      code: "unsafe_content",
    });
    const manifest =
      '<manifest:manifest xmlns:manifest="urn:x"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>';
    await expect(
      open(makeOdt(p("x"), { files: { "META-INF/manifest.xml": manifest } })),
    ).rejects.toMatchObject({ code: "password_required" });
  });

  it("bounds lists, spaces, repeats and circles of styles", async () => {
    const automatic = `<style:style style:name="A" style:parent-style-name="B"/><style:style style:name="B" style:parent-style-name="A"/>`;
    const deep = `${"<text:list><text:list-item>".repeat(60)}${p("deep")}${"</text:list-item></text:list>".repeat(60)}`;
    const wide = `<table:table><table:table-row table:number-rows-repeated="999999999"><table:table-cell table:number-columns-repeated="999999999">${p("c")}</table:table-cell></table:table-row></table:table>`;
    const { document } = await read(`${deep}${p('a<text:s text:c="999999999"/>b', "A")}${wide}`, {
      automatic,
    });
    expect(document.pageCount).toBeLessThan(20);
    await expect(open(makeOdt(p("x").repeat(300)), { ...LIMITS, maxNodes: 100 })).rejects.toMatchObject({
      code: "archive_too_large",
    });
  });
});
