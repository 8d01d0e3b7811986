import { describe, expect, it } from "vitest";
import { byteSource } from "../../../src/model/byte-source.ts";
import type { ParsedPage } from "../../../src/model/parsed.ts";
import { formats } from "../../../src/parse/registry.ts";
import { NO_PORTS, readAll } from "../../fixtures/flow.ts";
import { LIMITS } from "../../fixtures/limits.ts";
import { zip } from "../../fixtures/workbook.ts";

const R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const open = async (bytes: Uint8Array, format: "pptx" | "odp", limits = LIMITS) => {
  const parser = await formats[format].load();
  return parser.open(byteSource(bytes, `slides.${format}`, format), NO_PORTS, { limits });
};

const read = async (bytes: Uint8Array, format: "pptx" | "odp" = "pptx", limits = LIMITS) => {
  const opened = await open(bytes, format, limits);
  return { opened, ...(await readAll(opened)) };
};

const roles = (page: ParsedPage | undefined): (string | undefined)[] =>
  page?.blocks.map(({ role }) => role) ?? [];
const flat = (page: ParsedPage | undefined): string => page?.text.replace(/\s+/g, " ") ?? "";

interface SlideSource {
  readonly shapes: string;
  readonly show?: boolean;
  readonly links?: readonly (readonly [type: string, target: string, mode?: string])[];
}

function pptx(slides: readonly SlideSource[], parts: Record<string, string | Uint8Array> = {}): Uint8Array {
  const rels = (
    links: readonly (readonly [id: string, type: string, target: string, mode?: string | undefined])[],
  ): string =>
    `<Relationships>${links.map(([id, type, target, mode]) => `<Relationship Id="${id}" Type="${R}/${type}" Target="${target}"${mode ? ` TargetMode="${mode}"` : ""}/>`).join("")}</Relationships>`;
  const files: Record<string, string | Uint8Array> = {
    "_rels/.rels": rels([["rId1", "officeDocument", "ppt/presentation.xml"]]),
    "ppt/presentation.xml": `<p:presentation xmlns:r="${R}"><p:sldIdLst>${slides.map((_, index) => `<p:sldId id="${256 + index}" r:id="rId${index + 1}"/>`).join("")}</p:sldIdLst></p:presentation>`,
    "ppt/_rels/presentation.xml.rels": rels(
      slides.map((_, index) => [`rId${index + 1}`, "slide", `slides/slide${index + 1}.xml`]),
    ),
    "ppt/slideLayouts/layout1.xml": `<p:sldLayout><p:cSld><p:spTree>${placed("body", 1, 0, 5_000)}${placed("title", 0, 0, 0)}</p:spTree></p:cSld></p:sldLayout>`,
  };
  for (const [index, { shapes, show, links = [] }] of slides.entries()) {
    files[`ppt/slides/slide${index + 1}.xml`] =
      `<p:sld xmlns:r="${R}"${show === false ? ' show="0"' : ""}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:sld>`;
    files[`ppt/slides/_rels/slide${index + 1}.xml.rels`] = rels([
      ["rIdL", "slideLayout", "../slideLayouts/layout1.xml"],
      ...links.map(([type, target, mode], link) => [`rId${link + 1}`, type, target, mode] as const),
    ]);
  }
  return zip({ ...files, ...parts });
}

const xfrm = (x: number, y: number): string =>
  `<a:xfrm><a:off x="${x}" y="${y}"/><a:ext cx="1000" cy="1000"/></a:xfrm>`;
const paragraphs = (...texts: readonly string[]): string =>
  texts.map((text) => (text.startsWith("<") ? text : `<a:p><a:r><a:t>${text}</a:t></a:r></a:p>`)).join("");
const placed = (type: string, index: number, x: number, y: number): string =>
  `<p:sp><p:nvSpPr><p:nvPr><p:ph type="${type}" idx="${index}"/></p:nvPr></p:nvSpPr><p:spPr>${xfrm(x, y)}</p:spPr></p:sp>`;
const placeholder = (type: string | null, texts: string, index = 1): string =>
  `<p:sp><p:nvSpPr><p:nvPr><p:ph${type ? ` type="${type}"` : ""} idx="${index}"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody>${texts}</p:txBody></p:sp>`;
const box = (x: number, y: number, ...texts: readonly string[]): string =>
  `<p:sp><p:nvSpPr><p:nvPr/></p:nvSpPr><p:spPr>${xfrm(x, y)}</p:spPr><p:txBody>${paragraphs(...texts)}</p:txBody></p:sp>`;
const frame = (inner: string, x = 0, y = 0): string =>
  `<p:graphicFrame><p:xfrm><a:off x="${x}" y="${y}"/><a:ext cx="1000" cy="1000"/></p:xfrm><a:graphic><a:graphicData>${inner}</a:graphicData></a:graphic></p:graphicFrame>`;

describe("a presentation", () => {
  it("gives titles as headings, lists with their levels, and slides in the order of the list", async () => {
    const { pages, opened } = await read(
      pptx([
        {
          shapes:
            placeholder(
              null,
              paragraphs(
                "First",
                '<a:p><a:pPr lvl="1"/><a:r><a:t>Deeper</a:t></a:r></a:p>',
                "<a:p><a:pPr><a:buNone/></a:pPr><a:r><a:t>Plain</a:t></a:r></a:p>",
              ),
            ) +
            placeholder(
              "title",
              paragraphs("<a:p><a:r><a:t>Our</a:t></a:r><a:br/><a:r><a:t>plan</a:t></a:r></a:p>"),
              0,
            ),
        },
        { shapes: box(0, 0, "second") },
      ]),
    );
    expect(pages.map(({ label }) => label)).toEqual(["Our plan", null]);
    expect(roles(pages[0])).toEqual(["heading", "list_item", "list_item", "paragraph"]);
    expect(pages[0]?.blocks.map(({ level }) => level)).toEqual([1, 1, 2, undefined]);
    expect(flat(pages[0])).toBe("Our plan • First • Deeper Plain");
    expect(pages[0]?.source).toBe("text_layer");
    expect(opened.inventory).toEqual([{ kind: "slide", found: 2, read: 2 }]);
  });

  it("reads shapes from top to bottom and from left to right, groups moved to where they stand", async () => {
    const group = `<p:grpSp><p:grpSpPr><a:xfrm><a:off x="0" y="3000"/><a:ext cx="2000" cy="1000"/><a:chOff x="90000" y="90000"/><a:chExt cx="2000" cy="1000"/></a:xfrm></p:grpSpPr>${box(91_000, 90_000, "right")}${box(90_000, 90_000, "left")}</p:grpSp>`;
    const { pages } = await read(pptx([{ shapes: box(0, 9_000, "bottom") + group + box(0, 100, "top") }]));
    expect(flat(pages[0])).toBe("top left right bottom");
  });

  it("reads two columns one after the other where nothing cuts across them", async () => {
    const shapes = box(0, 0, "a1") + box(5_000, 500, "b1") + box(0, 900, "a2") + box(5_000, 1_400, "b2");
    expect(flat((await read(pptx([{ shapes }]))).pages[0])).toBe("a1 a2 b1 b2");
  });

  it("numbers what is numbered", async () => {
    const item = (text: string): string =>
      `<a:p><a:pPr><a:buAutoNum type="arabicPeriod"/></a:pPr><a:r><a:t>${text}</a:t></a:r></a:p>`;
    expect(flat((await read(pptx([{ shapes: box(0, 0, item("one"), item("two")) }]))).pages[0])).toBe(
      "1. one 2. two",
    );
  });

  it("keeps tables with their spans, charts as tables, and the texts of diagrams", async () => {
    const cell = (text: string, more = ""): string =>
      `<a:tc${more}><a:txBody>${paragraphs(text)}</a:txBody></a:tc>`;
    const table = `<a:tbl><a:tblPr firstRow="1"/><a:tr>${cell("Head", ' gridSpan="2"')}${cell("x", ' hMerge="1"')}</a:tr><a:tr>${cell("a")}${cell("b")}</a:tr></a:tbl>`;
    const { pages } = await read(
      pptx(
        [
          {
            shapes:
              frame(table, 0, 0) +
              frame(`<c:chart r:id="rId1"/>`, 0, 3_000) +
              frame(`<dgm:relIds r:dm="rId2"/>`, 0, 6_000),
            links: [
              ["chart", "../charts/chart1.xml"],
              ["diagramData", "../diagrams/data1.xml"],
            ],
          },
        ],
        {
          "ppt/charts/chart1.xml": `<c:chartSpace><c:chart><c:title><c:tx><c:rich>${paragraphs("Sales")}</c:rich></c:tx></c:title><c:plotArea><c:lineChart><c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>2024</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>North</c:v></c:pt><c:pt idx="1"><c:v>South</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache><c:formatCode>General</c:formatCode><c:pt idx="1"><c:v>7</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:lineChart></c:plotArea></c:chart></c:chartSpace>`,
          "ppt/diagrams/data1.xml": `<dgm:dataModel><dgm:ptLst><dgm:pt type="doc"/><dgm:pt><dgm:t>${paragraphs("Step one")}</dgm:t></dgm:pt><dgm:pt type="pres"><dgm:t>${paragraphs("not this")}</dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>`,
        },
      ),
    );
    const [first, second] = pages[0]?.tables ?? [];
    expect(first?.cells.map(({ text, column_span }) => [text, column_span])).toEqual([
      ["Head", 2],
      ["a", 1],
      ["b", 1],
    ]);
    expect(first?.header_rows).toBe(1);
    expect(second?.cells.map(({ text, row, column }) => [text, row, column])).toEqual([
      ["2024", 0, 1],
      ["North", 1, 0],
      ["South", 2, 0],
      ["7", 2, 1],
    ]);
    expect(flat(pages[0])).toContain("Sales");
    expect(flat(pages[0])).toMatch(/• Step one$/);
  });

  it("gives notes and comments behind the slide, a footer once, and names hidden slides", async () => {
    const footer = placeholder("ftr", paragraphs("Confidential")) + placeholder("sldNum", paragraphs("7"));
    const { pages, warnings } = await read(
      pptx(
        [
          {
            shapes: box(0, 0, "one") + footer,
            links: [
              ["notesSlide", "../notesSlides/n1.xml"],
              ["comments", "../comments/c1.xml"],
            ],
          },
          { shapes: box(0, 0, "two") + footer, show: false },
        ],
        {
          "ppt/notesSlides/n1.xml": `<p:notes><p:cSld><p:spTree>${placeholder("sldImg", "")}${placeholder("body", paragraphs("Say this"))}${placeholder("sldNum", paragraphs("1"))}</p:spTree></p:cSld></p:notes>`,
          "ppt/comments/c1.xml": "<p:cmLst><p:cm><p:text>Really?</p:text></p:cm></p:cmLst>",
        },
      ),
    );
    expect(pages.map(flat)).toEqual(["one Confidential Say this Really?", "two"]);
    expect(roles(pages[0]).slice(-2)).toEqual(["note", "note"]);
    expect(warnings.map(({ code }) => code)).toEqual(["hidden_content"]);
  });

  it("names slides of pictures alone, drawings that are not read, and what lies outside", async () => {
    const { warnings, opened } = await read(
      pptx(
        [
          {
            shapes: "<p:pic/>",
            links: [
              ["image", "http://example.com/a.png", "External"],
              ["hyperlink", "http://example.com", "External"],
            ],
          },
          { shapes: box(0, 0, "x") + frame("<other:thing/>") },
        ],
        { "ppt/vbaProject.bin": new Uint8Array(9), "ppt/embeddings/data.xlsx": new Uint8Array(50) },
      ),
    );
    expect(warnings.map(({ code }) => code)).toEqual([
      "macros_present",
      "external_reference",
      "content_not_read",
      "content_not_read",
      "page_blank",
    ]);
    expect(warnings[1]?.message).toContain("image (1)");
    expect(warnings[2]?.message).toContain("Slide 1 holds nothing but pictures");
    expect(opened.members?.map(({ path }) => path)).toEqual(["ppt/embeddings/data.xlsx"]);
  });

  it("names a slide that is damaged and reads the others", async () => {
    const { pages, warnings, opened } = await read(
      pptx([{ shapes: box(0, 0, "good") }, { shapes: "" }], { "ppt/slides/slide2.xml": "<p:sld><p:cSld>" }),
    );
    expect(flat(pages[0])).toBe("good");
    expect(warnings.map(({ code }) => code)).toContain("content_not_read");
    expect(opened.inventory).toEqual([{ kind: "slide", found: 2, read: 1 }]);
  });

  it("reads as many slides as pages are read, and says how many there are", async () => {
    const slides = Array.from({ length: 5 }, (_, index) => ({ shapes: box(0, 0, `slide ${index}`) }));
    const { pages, warnings, opened } = await read(pptx(slides), "pptx", { ...LIMITS, maxPages: 2 });
    expect(pages).toHaveLength(2);
    expect(warnings.map(({ code }) => code)).toContain("pages_over_limit");
    expect(opened.inventory).toEqual([{ kind: "slide", found: 5, read: 2 }]);
  });

  it("is refused where it is cut off, holds no presentation, or declares a DOCTYPE", async () => {
    const whole = pptx([{ shapes: box(0, 0, "x") }]);
    await expect(open(whole.subarray(0, whole.length - 60), "pptx")).rejects.toMatchObject({
      code: "file_damaged",
    });
    await expect(open(zip({ "a.xml": "<a/>" }), "pptx")).rejects.toMatchObject({ code: "file_damaged" });
    const doctype = pptx([{ shapes: "" }], {
      "ppt/slides/slide1.xml": '<!DOCTYPE x [<!ENTITY a "b">]><p:sld/>',
    });
    await expect(open(doctype, "pptx")).rejects.toMatchObject({ code: "unsafe_content" });
  });

  it("ends for groups without end and layouts that are their own masters", async () => {
    const deep = "<p:grpSp>".repeat(60) + box(0, 0, "deep") + "</p:grpSp>".repeat(60);
    const { warnings } = await read(
      pptx([{ shapes: deep }], {
        "ppt/slideLayouts/_rels/layout1.xml.rels": `<Relationships><Relationship Id="r" Type="${R}/slideMaster" Target="layout1.xml"/></Relationships>`,
      }),
    );
    expect(warnings.map(({ code }) => code)).toContain("content_not_read");
  });
});

const odp = (pages: string, styles = "", parts: Record<string, string> = {}): Uint8Array =>
  zip({
    mimetype: "application/vnd.oasis.opendocument.presentation",
    "content.xml": `<office:document-content><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:presentation><presentation:footer-decl>Confidential</presentation:footer-decl>${pages}</office:presentation></office:body></office:document-content>`,
    ...parts,
  });

describe("an OpenDocument presentation", () => {
  it("gives titles, lists, tables, charts, notes, a footer once and hidden slides", async () => {
    const text = (kind: string, y: number, content: string): string =>
      `<draw:frame presentation:class="${kind}" svg:x="1cm" svg:y="${y}cm" svg:width="9cm" svg:height="1cm"><draw:text-box>${content}</draw:text-box></draw:frame>`;
    const list =
      "<text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>deeper</text:p></text:list-item></text:list></text:list-item></text:list>";
    const table =
      '<draw:frame svg:x="1cm" svg:y="9cm"><table:table><table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Head</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table></draw:frame>';
    const chart = '<draw:frame svg:x="1cm" svg:y="12cm"><draw:object xlink:href="./Object 1"/></draw:frame>';
    const { pages, warnings, opened } = await read(
      odp(
        `<draw:page draw:name="p1">${table}${chart}${text("outline", 5, list)}${text("title", 1, "<text:p>Our plan</text:p>")}${text("footer", 19, "<text:p>Confidential</text:p>")}<presentation:notes>${text("notes", 1, "<text:p>Say this</text:p>")}</presentation:notes></draw:page>` +
          `<draw:page draw:style-name="dp2"><draw:g><draw:custom-shape svg:x="1cm" svg:y="1cm"><text:p>shape</text:p></draw:custom-shape></draw:g><draw:frame><draw:image/></draw:frame></draw:page>`,
        '<style:style style:name="dp2"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>',
        {
          "Object 1/content.xml":
            "<office:document-content><office:body><office:chart><chart:chart><table:table><table:table-row><table:table-cell><text:p>North</text:p></table:table-cell><table:table-cell><text:p>42</text:p></table:table-cell></table:table-row></table:table></chart:chart></office:chart></office:body></office:document-content>",
        },
      ),
      "odp",
    );
    expect(pages.map(({ label }) => label)).toEqual(["Our plan", null]);
    expect(flat(pages[0])).toBe("Our plan • one • deeper Head a b North 42 Confidential Say this");
    expect(pages[0]?.tables[0]).toMatchObject({
      header_rows: 1,
      cells: [{ text: "Head", column_span: 2 }, {}, {}],
    });
    expect(flat(pages[1])).toBe("shape");
    expect(warnings.map(({ code }) => code)).toEqual(["hidden_content"]);
    expect(opened.inventory).toEqual([{ kind: "slide", found: 2, read: 2 }]);
  });

  it("is refused where it is cut off or holds no slides", async () => {
    const whole = odp("<draw:page/>");
    await expect(open(whole.subarray(0, whole.length - 30), "odp")).rejects.toMatchObject({
      code: "file_damaged",
    });
    await expect(open(zip({ "content.xml": "<x/>" }), "odp")).rejects.toMatchObject({ code: "file_damaged" });
  });
});
