import { describe, expect, it } from "vitest";
import { office } from "../../src/parse/formats/office.ts";
import { type DocxParts, makeDocx, p, tbl } from "../fixtures/docx.ts";
import { extract, INVOICE, INVOICE_DATA, NO_PORTS, readAll } from "../fixtures/flow.ts";
import { LIMITS } from "../fixtures/limits.ts";
import { sourceOf } from "../fixtures/pdf.ts";
import { makeZip } from "../fixtures/zip.ts";

const openBytes = (bytes: Uint8Array, limits = LIMITS) =>
  office.open(sourceOf(bytes, "letter.docx", "docx"), NO_PORTS, { limits });
const read = async (body: string, parts: DocxParts = {}) => {
  const document = await openBytes(makeDocx(body, parts));
  const { pages, warnings } = await readAll(document);
  const [page] = pages;
  return {
    document,
    pages,
    warnings: warnings.map(({ code }) => code),
    page: page ?? expect.fail("a page was expected"),
    text: pages.map(({ text }) => text).join("\n\f\n"),
  };
};
const run = (content: string, properties = ""): string => `<w:r><w:rPr>${properties}</w:rPr>${content}</w:r>`;
const t = (text: string): string => `<w:t xml:space="preserve">${text}</w:t>`;

describe("a Word document", () => {
  it("has headings by outline level and built-in name, whatever language its styles are in", async () => {
    const styles = `
      <w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
      <w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
      <w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:basedOn w:val="berschrift1"/></w:style>
      <w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="Eigen"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
      <w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="x"/><w:basedOn w:val="Loop"/></w:style>
      <w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style>`;
    const style = (id: string): string => `<w:pStyle w:val="${id}"/>`;
    const { page } = await read(
      [
        p("Eins", style("berschrift1")),
        p("Zwei", style("Kapitel")),
        p("Drei", style("Eigen")),
        p("Text", style("Loop")),
        p("Bild 1", style("Beschriftung")),
        p("Vier", '<w:outlineLvl w:val="4"/>'),
        p("Fünf", `${style("berschrift1")}<w:outlineLvl w:val="9"/>`),
      ].join(""),
      { styles },
    );
    expect(page.blocks.map(({ role, level }) => `${role} ${level ?? ""}`)).toEqual([
      "heading 1",
      "heading 1",
      "heading 3",
      "paragraph ",
      "caption ",
      "heading 5",
      "heading 1",
    ]);
  });

  it("prints the numbers of its lists and headings", async () => {
    const level = (at: number, format: string, text: string, more = ""): string =>
      `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;
    const numbering = `<w:abstractNum w:abstractNumId="0">${level(0, "decimal", "%1.", '<w:pStyle w:val="H"/>')}${level(1, "lowerLetter", "%1.%2)")}${level(2, "upperRoman", "(%3)")}</w:abstractNum>
      <w:abstractNum w:abstractNumId="1">${level(0, "bullet", "\uF0B7")}${level(1, "bullet", "–")}</w:abstractNum>
      <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
      <w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>`;
    const styles = `<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`;
    const item = (text: string, id: number, at = 0): string =>
      p(text, `<w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${id}"/></w:numPr>`);
    const { text, page } = await read(
      [
        p("Scope", '<w:pStyle w:val="H"/>'),
        item("a", 1, 1),
        item("b", 1, 1),
        item("deep", 1, 2),
        p("Terms", '<w:pStyle w:val="H"/>'),
        item("c", 1, 1),
        item("dot", 2),
        item("dash", 2, 1),
        item("seven", 3),
        item("none", 0),
        item("unknown", 99),
      ].join(""),
      { styles, numbering },
    );
    expect(text.split("\n")).toEqual([
      "1. Scope",
      "1.a) a",
      "1.b) b",
      "(I) deep",
      "2. Terms",
      "2.a) c",
      "• dot",
      "– dash",
      "7. seven",
      "none",
      "unknown",
    ]);
    expect(page.blocks.filter(({ role }) => role === "list_item").map(({ level }) => level)).toEqual([
      2, 2, 3, 2, 1, 2, 1,
    ]);
  });

  it("keeps merged cells, header rows and tables in cells", async () => {
    const cell = (text: string, properties = ""): string =>
      `<w:tc><w:tcPr>${properties}</w:tcPr>${p(text)}</w:tc>`;
    const body = `<w:tbl>
      <w:tr><w:trPr><w:tblHeader/></w:trPr>${cell("Name", '<w:vMerge w:val="restart"/>')}${cell("Price", '<w:gridSpan w:val="2"/>')}</w:tr>
      <w:tr><w:trPr><w:tblHeader/></w:trPr>${cell("", "<w:vMerge/>")}${cell("net")}${cell("gross")}</w:tr>
      <w:sdt><w:sdtContent><w:tr>${cell("Bolt")}${cell("1")}<w:tc>${p("2")}${tbl([["x", "y"]])}</w:tc></w:tr></w:sdtContent></w:sdt>
      <w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>${cell("3")}${cell("4")}</w:tr></w:tbl>`;
    const { page } = await read(body);
    expect(page.tables).toMatchObject([{ rows: 4, columns: 3, header_rows: 2 }]);
    expect(page.tables[0]?.cells.map((c) => [c.row, c.column, c.row_span, c.column_span, c.text])).toEqual([
      [0, 0, 2, 1, "Name"],
      [0, 1, 1, 2, "Price"],
      [1, 1, 1, 1, "net"],
      [1, 2, 1, 1, "gross"],
      [2, 0, 1, 1, "Bolt"],
      [2, 1, 1, 1, "1"],
      [2, 2, 1, 1, "2\nx\ty"],
      [3, 1, 1, 1, "3"],
      [3, 2, 1, 1, "4"],
    ]);
  });

  it("reads inserted text, and leaves deleted and hidden text out with a word on it", async () => {
    const styles = `<w:style w:type="character" w:styleId="Geheim"><w:name w:val="x"/><w:rPr><w:vanish/></w:rPr></w:style>`;
    const { text, warnings } = await read(
      `<w:p>${run(t("We pay "))}<w:del>${run("<w:delText>10</w:delText>")}</w:del><w:ins>${run(t("12"))}</w:ins>${run(t(" hidden"), "<w:vanish/>")}${run(t(" shown"), '<w:vanish w:val="0"/>')}${run(t(" gone"), '<w:rStyle w:val="Geheim"/>')}</w:p><w:moveFrom><w:p/></w:moveFrom>`,
      { styles },
    );
    expect(text).toBe("We pay 12 shown");
    expect(warnings).toEqual(["hidden_content", "hidden_content"]);
  });

  it("reads alternatives once, and text boxes of both kinds", async () => {
    const box = (text: string): string => `<w:txbxContent>${p(text)}</w:txbxContent>`;
    const { text } = await read(
      `<w:p>${run(t("Before"))}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>${box("In a box")}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>${box("In a box")}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>
       <w:p><w:r><mc:AlternateContent><mc:Choice Requires="x"/><mc:Fallback><w:pict><v:textbox>${box("Old box")}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`,
    );
    expect(text).toBe("Before\nIn a box\nOld box");
  });

  it("shows results of fields and not their codes, also over paragraphs", async () => {
    const mark = (type: string): string => run(`<w:fldChar w:fldCharType="${type}"/>`);
    const code = (text: string): string => run(`<w:instrText>${text}</w:instrText>`);
    const { text } = await read(
      `<w:p>${mark("begin")}${code("TOC")}${mark("separate")}${run(t("Contents"))}</w:p><w:p>${run(t("line"))}${mark("end")}${run(t(" after"))}</w:p>
       <w:p>${mark("begin")}${code("IF ")}${mark("begin")}${code("MERGEFIELD x")}${mark("separate")}${run(t("nested"))}${mark("end")}${mark("separate")}${run(t("shown"))}${mark("end")}</w:p>
       <w:p><w:fldSimple w:instr="PAGE">${run(t("7"))}</w:fldSimple><w:hyperlink>${run(t(" link"))}</w:hyperlink></w:p>`,
    );
    expect(text).toBe("Contents\nline after\nshown\n7 link");
    const broken = await read(`<w:p>${mark("begin")}${run(t("kept"))}</w:p>${p("rest")}`);
    expect(broken.text).toBe("kept\nrest");
    expect(broken.warnings).toEqual(["structure_invalid"]);
  });

  it("keeps tabs, breaks, symbols and formulas", async () => {
    const { text } = await read(
      `<w:p>${run(`${t("a")}<w:tab/>${t("b")}<w:br/>${t("c")}<w:noBreakHyphen/>${t("d")}<w:sym w:font="Wingdings" w:char="F0FE"/>`)}</w:p>
       <w:p><m:oMath><m:r><m:t>x=</m:t></m:r><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:sSup><m:e><m:r><m:t>y</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:den></m:f></m:oMath></w:p>
       <w:p>${run(t("end"))}<w:r><w:br w:type="page"/></w:r></w:p>${p("next page")}`,
    );
    expect(text).toBe("a\nb\nc-d☒\nx=1/y^2\nend\n\f\nnext page");
  });

  it("has the fields of its forms", async () => {
    const control = (properties: string, text: string): string =>
      `<w:sdt><w:sdtPr>${properties}</w:sdtPr><w:sdtContent>${run(t(text))}</w:sdtContent></w:sdt>`;
    const box = `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Agree"/><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    const old = `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Town"/><w:textInput/></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(t("Bath"))}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    const { document, text } = await read(
      `<w:p>${control('<w:alias w:val="Name"/><w:tag w:val="who"/><w:text/>', "Ann Lee")}${control('<w:tag w:val="ok"/><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>', "☒")}${control('<w:tag w:val="due"/><w:showingPlcHdr/><w:date/>', "Pick a date")}${box}${old}</w:p>`,
    );
    expect(document.formFields?.map(({ name, label, kind, value }) => [name, label, kind, value])).toEqual([
      ["who", "Name", "text", "Ann Lee"],
      ["ok", null, "checkbox", "selected"],
      ["due", null, "text", null],
      ["Agree", null, "checkbox", "selected"],
      ["Town", null, "text", "Bath"],
    ]);
    expect(text).toContain("☒Bath");
  });

  it("has headers first, footers last, notes and comments between, each once", async () => {
    const section =
      '<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/><w:headerReference w:type="even" r:id="header"/></w:sectPr>';
    const { text, page } = await read(
      `<w:p><w:pPr>${section.replace("<w:sectPr>", '<w:sectPr><w:type w:val="continuous"/>')}</w:pPr>${run(t("Body"))}<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="5"/></w:r></w:p>${section}`,
      {
        header: p("Letterhead"),
        footer: p("Bank details"),
        footnotes: `<w:footnote w:id="0">${p("-")}</w:footnote><w:footnote w:id="2">${p("See annex")}</w:footnote>`,
        comments: `<w:comment w:id="5" w:author="Ann">${p("Check this")}</w:comment>`,
      },
    );
    expect(text).toBe("Letterhead\nBody [1]\n[1] See annex\nComment (Ann): Check this\nBank details");
    expect(page.blocks.map(({ role }) => role)).toEqual([
      "paragraph",
      "paragraph",
      "note",
      "note",
      "paragraph",
    ]);
  });

  it("gives files inside it as members, and says what else it carries", async () => {
    const external =
      '<Relationship Id="x" Type="http://x/attachedTemplate" Target="http://x.test/t.dotm" TargetMode="External"/><Relationship Id="c" Type="http://x/aFChunk" Target="chunk.html"/>';
    const { document, warnings } = await read(p("Text"), {
      links: external,
      files: {
        "word/embeddings/prices.xlsx": "x",
        "word/hidden.com": "put there by somebody",
        "word/vbaProject.bin": "x",
        "word/chunk.html": "<p>more</p>",
        "word/_rels/x.xml.rels": "<Relationships/>",
        "_xmlsignatures/origin.sigs": "",
        "docProps/core.xml": "<c><title>Offer</title><creator>Ann</creator></c>",
      },
    });
    expect(document.metadata).toEqual({ title: "Offer", author: "Ann" });
    expect(document.members?.map(({ path, fate }) => [path, fate])).toEqual([
      ["word/embeddings/prices.xlsx", null],
      ["word/hidden.com", null],
      ["word/chunk.html", null],
    ]);
    expect(warnings.toSorted()).toEqual(["external_reference", "macros_present", "signature_not_checked"]);
  });

  it("says when it holds nothing but pictures", async () => {
    const { warnings } = await read("<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>");
    expect(warnings).toEqual(["content_not_read", "page_blank"]);
  });

  it("gives an invoice's fields and items", async () => {
    const body = `${p("Invoice", '<w:outlineLvl w:val="0"/>')}${INVOICE.vendor.map((line) => p(line)).join("")}${tbl(INVOICE.facts)}${p("")}${tbl(INVOICE.items)}${tbl(INVOICE.sums)}`;
    const { data } = await extract(await openBytes(makeDocx(body)), "invoice");
    expect(data).toMatchObject({ ...INVOICE_DATA, vendor: { name: "Northwind Tools Ltd" } });
  });
});

describe("a Word document that is damaged or made to do harm", () => {
  const code = (bytes: Uint8Array, limits = LIMITS) =>
    openBytes(bytes, limits).then(
      () => expect.fail("an error was expected"),
      (error: { code: string }) => error.code,
    );

  it("is refused where it is cut off, has no body or is none", async () => {
    const whole = makeDocx(p("Text"));
    expect(await code(whole.subarray(0, whole.length - 60))).toBe("file_damaged");
    expect(await code(makeZip([{ name: "word/document.xml", content: "<w:document><w:bo" }]))).toBe(
      "file_damaged",
    );
    expect(await code(makeZip([{ name: "a.txt", content: "x" }]))).toMatch(/file_damaged|unsupported_format/);
  });

  it("is refused where any part that is read declares a document type", async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>';
    expect(
      await code(
        makeZip([{ name: "word/document.xml", content: `${bomb}<w:document><w:body/></w:document>` }]),
      ),
    ).toBe("unsafe_content");
    expect(await code(makeDocx(p("x"), { files: { "docProps/core.xml": `${bomb}<c/>` } }))).toBe(
      "unsafe_content",
    );
  });

  it("is refused where it nests too deep or holds too much", async () => {
    expect(
      await code(makeDocx(`${"<w:tbl><w:tr><w:tc>".repeat(200)}${"</w:tc></w:tr></w:tbl>".repeat(200)}`)),
    ).toBe("archive_too_large");
    expect(await code(makeDocx(p("x").repeat(100)), { ...LIMITS, maxNodes: 100 })).toBe("archive_too_large");
    expect(await code(makeDocx(p("word ".repeat(1_000))), { ...LIMITS, maxPartBytes: 1_000 })).toBe(
      "archive_too_large",
    );
  });

  it("is read in bounded time with circles of styles and numbers that are none", async () => {
    const styles = Array.from(
      { length: 500 },
      (_, index) =>
        `<w:style w:type="paragraph" w:styleId="s${index}"><w:name w:val="n"/><w:basedOn w:val="s${(index + 1) % 500}"/></w:style>`,
    ).join("");
    const { text } = await read(
      p("x", '<w:pStyle w:val="s7"/><w:numPr><w:ilvl w:val="99"/><w:numId w:val="-1"/></w:numPr>').repeat(50),
      {
        styles,
        numbering: "<w:num/><w:abstractNum/>",
      },
    );
    expect(text.split("\n")).toHaveLength(50);
  });
});
