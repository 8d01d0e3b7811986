import { describe, expect, it } from "vitest";
import type { Format } from "../../../src/model/format.ts";
import type { OpenedDocument } from "../../../src/parse/parser.ts";
import { formats } from "../../../src/parse/registry.ts";
import { makeDocx, p } from "../../fixtures/docx.ts";
import { NO_PORTS } from "../../fixtures/flow.ts";
import { LIMITS } from "../../fixtures/limits.ts";
import { byteSource } from "../../../src/model/byte-source.ts";
import { DRAWING, fatesOf, LOGO, memberBytes, SCAN } from "../../fixtures/pictures.ts";
import { zip } from "../../fixtures/workbook.ts";

const R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const rels = (...links: readonly (readonly [type: string, target: string, mode?: string])[]): string =>
  `<Relationships>${links.map(([type, target, mode], at) => `<Relationship Id="r${at}" Type="${R}/${type}" Target="${target}"${mode ? ` TargetMode="${mode}"` : ""}/>`).join("")}</Relationships>`;
const open = async (bytes: Uint8Array, format: Format, limits = LIMITS): Promise<OpenedDocument> =>
  (await formats[format].load()).open(byteSource(bytes, `a.${format}`, format), NO_PORTS, { limits });
const codes = ({ warnings }: OpenedDocument): string[] => warnings.map(({ code }) => code);

const PICTURE = "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>";
const image = (id: string, target: string): string =>
  `<Relationship Id="${id}" Type="${R}/image" Target="${target}"/>`;

describe("the pictures of a Word document", () => {
  const files = { "word/media/scan.png": SCAN, "word/media/logo.png": LOGO, "word/media/line.emf": DRAWING };
  const links =
    image("a", "media/scan.png") + image("b", "media/logo.png") + image("c", "/word/media/line.emf");

  it("are documents where they are large, and set aside by name where they are small or drawings", async () => {
    const document = await open(makeDocx(p("Dear Sirs") + PICTURE, { links, files }), "docx");
    expect(fatesOf(document)).toEqual({
      "word/media/scan.png": "document",
      "word/media/logo.png": "set_aside: inline_picture",
      "word/media/line.emf": "set_aside: inline_picture",
    });
    expect(await memberBytes(document, "word/media/scan.png")).toEqual(SCAN);
    expect(document.members?.map(({ sizeBytes }) => sizeBytes)).toEqual([90_000, 4_000, 50_000]);
    expect(document.members?.[2]?.fate?.message).toContain("vector drawing");
    expect(document.container ?? false).toBe(false);
    expect(codes(document)).toEqual([]);
  });

  it("are one member however often they are shown, and none where nothing shows them", async () => {
    const header = rels(["image", "media/scan.png"]);
    const shown = makeDocx(p("Text"), {
      links: image("a", "media/scan.png") + image("b", "media/scan.png"),
      header: PICTURE,
      files: { ...files, "word/_rels/header.xml.rels": header },
    });
    expect(fatesOf(await open(shown, "docx"))).toEqual({ "word/media/scan.png": "document" });
    expect((await open(shown, "docx")).members).toHaveLength(1);
  });

  it("are no longer called unread where they become documents", async () => {
    expect(codes(await open(makeDocx(PICTURE, { links, files }), "docx"))).toEqual([]);
    const small = makeDocx(PICTURE, { links: image("a", "media/logo.png"), files });
    expect(codes(await open(small, "docx"))).toEqual(["content_not_read"]);
  });

  it("are named where there are more of them than members may be", async () => {
    const document = await open(makeDocx(p("Text"), { links, files }), "docx", { ...LIMITS, maxMembers: 2 });
    expect(document.members).toHaveLength(2);
    expect(document.warnings[0]?.message).toContain("1 of 3 pictures");
    expect(codes(document)).toEqual(["content_not_read"]);
  });

  it("are refused one by one where they are damaged", async () => {
    const broken = makeDocx(p("Text"), { links, files: { ...files, "word/media/scan.png": SCAN } });
    const at = findBytes(broken, new TextEncoder().encode("word/media/scan.png")) + 19;
    broken.fill(0xff, at, at + 200);
    const document = await open(broken, "docx");
    expect(fatesOf(document)).toMatchObject({ "word/media/scan.png": "refused: file_damaged" });
    expect(fatesOf(document)).toMatchObject({ "word/media/logo.png": "set_aside: inline_picture" });
  });
});

function findBytes(bytes: Uint8Array, wanted: Uint8Array): number {
  for (let at = 0; at < bytes.length; at += 1) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  throw new Error("The bytes are not there.");
}

const slides = (slide: string, parts: Record<string, string | Uint8Array>): Uint8Array =>
  zip({
    "_rels/.rels": rels(["officeDocument", "ppt/presentation.xml"]),
    "ppt/presentation.xml": `<p:presentation xmlns:r="${R}"><p:sldIdLst><p:sldId id="256" r:id="r0"/></p:sldIdLst></p:presentation>`,
    "ppt/_rels/presentation.xml.rels": rels(["slide", "slides/slide1.xml"]),
    "ppt/slides/slide1.xml": `<p:sld><p:cSld><p:spTree>${slide}</p:spTree></p:cSld></p:sld>`,
    ...parts,
  });

describe("the pictures of a presentation", () => {
  it("are documents where a slide shows them, and decoration where only a template does", async () => {
    const document = await open(
      slides("<p:pic/>", {
        "ppt/slides/_rels/slide1.xml.rels": rels(
          ["image", "../media/scan.png"],
          ["image", "../media/logo.png"],
          ["slideLayout", "../slideLayouts/l.xml"],
        ),
        "ppt/slideLayouts/l.xml": "<p:sldLayout/>",
        "ppt/slideLayouts/_rels/l.xml.rels": rels(
          ["image", "../media/back.png"],
          ["image", "../media/scan.png"],
        ),
        "ppt/media/back.png": SCAN,
        "ppt/media/scan.png": SCAN,
        "ppt/media/logo.png": LOGO,
      }),
      "pptx",
    );
    expect(fatesOf(document)).toEqual({
      "ppt/media/scan.png": "document",
      "ppt/media/logo.png": "set_aside: inline_picture",
      "ppt/media/back.png": "set_aside: inline_picture",
    });
    expect(await memberBytes(document, "ppt/media/scan.png")).toEqual(SCAN);
    expect(codes(document)).toEqual([]);
  });

  it("leave drawings unread that stand on a slide with them", async () => {
    const document = await open(
      slides("<p:pic/><p:contentPart/>", {
        "ppt/slides/_rels/slide1.xml.rels": rels(["image", "../media/scan.png"]),
        "ppt/media/scan.png": SCAN,
      }),
      "pptx",
    );
    expect(document.warnings.map(({ message }) => message).join()).not.toContain("pictures");
  });
});

describe("the pictures of a workbook", () => {
  it("are documents where they are large, once for all sheets", async () => {
    const document = await open(
      zip({
        "_rels/.rels": rels(["officeDocument", "xl/workbook.xml"]),
        "xl/workbook.xml": `<workbook xmlns:r="${R}"><sheets><sheet name="A" r:id="r0"/></sheets></workbook>`,
        "xl/_rels/workbook.xml.rels": rels(["worksheet", "worksheets/sheet1.xml"]),
        "xl/worksheets/sheet1.xml": "<worksheet><sheetData/></worksheet>",
        "xl/worksheets/_rels/sheet1.xml.rels": rels(["drawing", "../drawings/d1.xml"]),
        "xl/drawings/d1.xml": "<wsDr><twoCellAnchor><pic/></twoCellAnchor></wsDr>",
        "xl/drawings/_rels/d1.xml.rels": rels(["image", "../media/scan.png"], ["image", "../media/logo.png"]),
        "xl/drawings/_rels/d2.xml.rels": rels(["image", "../media/scan.png"]),
        "xl/media/scan.png": SCAN,
        "xl/media/logo.png": LOGO,
      }),
      "xlsx",
    );
    expect(fatesOf(document)).toEqual({
      "xl/media/scan.png": "document",
      "xl/media/logo.png": "set_aside: inline_picture",
    });
    expect(await memberBytes(document, "xl/media/scan.png")).toEqual(SCAN);
    expect(codes(document)).toEqual([]);
  });
});
