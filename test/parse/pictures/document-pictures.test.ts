import { describe, expect, it } from "vitest";
import { byteSource } from "../../../src/model/byte-source.ts";
import type { Format } from "../../../src/model/format.ts";
import type { OpenedDocument } from "../../../src/parse/parser.ts";
import { formats } from "../../../src/parse/registry.ts";
import { NO_PORTS } from "../../fixtures/flow.ts";
import { LIMITS } from "../../fixtures/limits.ts";
import { base64, latin } from "../../fixtures/mail.ts";
import { DRAWING, fatesOf, LOGO, memberBytes, SCAN } from "../../fixtures/pictures.ts";
import { concat, makeZip } from "../../fixtures/zip.ts";

const open = async (
  content: string | Uint8Array,
  format: Format,
  limits = LIMITS,
): Promise<OpenedDocument> => {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return (await formats[format].load()).open(byteSource(bytes, `a.${format}`, format), NO_PORTS, { limits });
};
const codes = ({ warnings }: OpenedDocument): string[] => warnings.map(({ code }) => code);
const SET_ASIDE = "set_aside: inline_picture";

describe("the pictures of an OpenDocument", () => {
  const image = (name: string): string =>
    `<draw:frame><draw:image xlink:href="Pictures/${name}"/></draw:frame>`;
  const odf = (kind: string, body: string, styles = ""): Uint8Array =>
    makeZip({
      "content.xml": `<office:document-content><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
      "styles.xml": `<office:document-styles>${styles}</office:document-styles>`,
      "Pictures/scan.png": SCAN,
      "Pictures/logo.png": LOGO,
      "Pictures/line.svm": DRAWING,
      "Pictures/back.png": SCAN,
      "Pictures/gone.png": SCAN,
    });

  it("are documents where they are large, once, and set aside where they are small or drawings", async () => {
    const shown = ["scan.png", "logo.png", "line.svm", "scan.png"].map(image).join("");
    const document = await open(odf("text", `<text:p>Text${shown}</text:p>`, image("back.png")), "odt");
    expect(fatesOf(document)).toEqual({
      "Pictures/scan.png": "document",
      "Pictures/logo.png": SET_ASIDE,
      "Pictures/line.svm": SET_ASIDE,
      "Pictures/back.png": "document",
    });
    expect(document.members).toHaveLength(4);
    expect(await memberBytes(document, "Pictures/scan.png")).toEqual(SCAN);
    expect(codes(document)).toEqual([]);
  });

  it("need no word that they were not read where they become documents", async () => {
    expect(codes(await open(odf("text", `<text:p>${image("scan.png")}</text:p>`), "odt"))).toEqual([]);
    expect(codes(await open(odf("text", `<text:p>${image("logo.png")}</text:p>`), "odt"))).toEqual([
      "content_not_read",
    ]);
  });

  it("are decoration where only a presentation's masters show them", async () => {
    const document = await open(
      odf("presentation", `<draw:page>${image("scan.png")}</draw:page>`, image("back.png")),
      "odp",
    );
    expect(fatesOf(document)).toEqual({ "Pictures/scan.png": "document", "Pictures/back.png": SET_ASIDE });
    expect(codes(document)).toEqual([]);
  });

  it("are documents in a sheet too", async () => {
    const sheet = `<table:table table:name="A"><table:shapes>${image("scan.png")}</table:shapes></table:table>`;
    const document = await open(odf("spreadsheet", sheet), "ods");
    expect(fatesOf(document)).toEqual({ "Pictures/scan.png": "document" });
    expect(await memberBytes(document, "Pictures/scan.png")).toEqual(SCAN);
    expect(codes(document)).toEqual([]);
  });
});

describe("the pictures of a page of the web", () => {
  const uri = (bytes: Uint8Array, type = "image/png"): string =>
    `data:${type};base64,${base64(bytes).replaceAll(/\s/g, "")}`;

  it("are documents where they stand in its text and are large, each once", async () => {
    const page = `<p>Text</p><img src="${uri(SCAN)}"><img src="${uri(LOGO)}"><img src="${uri(SCAN)}"><svg><image href="${uri(DRAWING, "image/svg+xml")}"/></svg>`;
    const document = await open(page, "html");
    expect(fatesOf(document)).toEqual({
      "picture-1.png": "document",
      "picture-2.png": SET_ASIDE,
      "picture-3.svg": SET_ASIDE,
    });
    expect(document.members).toHaveLength(3);
    expect(document.members?.[0]).toMatchObject({ mediaType: "image/png", sizeBytes: SCAN.length });
    expect(await memberBytes(document, "picture-1.png")).toEqual(SCAN);
    expect(codes(document)).toEqual([]);
  });

  it("are read whatever signs and line breaks their text is written with", async () => {
    const folded = base64(SCAN).replaceAll("+", "%2B").replaceAll("/", "%2f").replaceAll("=", "%3D");
    const document = await open(`<img src="data:image/png;name=a.png;base64,\n${folded}">`, "html");
    expect(await memberBytes(document, "picture-1.png")).toEqual(SCAN);
    expect(codes(document)).toEqual([]);
  });

  it("are counted once, in one warning, where they lie elsewhere", async () => {
    const document = await open(
      `<p>Text</p><img src="https://x.test/a.png"><img src="//x.test/b.png"><img src="https://x.test/a.png">`,
      "html",
    );
    expect(document.members).toEqual([]);
    expect(codes(document)).toEqual(["external_reference"]);
    expect(document.warnings[0]?.message).toContain(" 2 parts");
  });

  it("are read in Markdown too", async () => {
    const document = await open(`# Title\n\n![scan](${uri(SCAN)})\n`, "markdown");
    expect(await memberBytes(document, "picture-1.png")).toEqual(SCAN);
  });
});

describe("the pictures of a book", () => {
  it("are documents where a chapter shows them and they are large", async () => {
    const document = await open(
      makeZip({
        "META-INF/container.xml":
          '<container><rootfiles><rootfile full-path="O/b.opf"/></rootfiles></container>',
        "O/b.opf":
          '<package><manifest><item id="a" href="t/a.xhtml" media-type="application/xhtml+xml"/><item id="b" href="t/b.xhtml" media-type="application/xhtml+xml"/><item id="c" href="i/page.png" media-type="image/png"/></manifest><spine><itemref idref="a"/><itemref idref="b"/><itemref idref="c"/></spine></package>',
        "O/t/a.xhtml": `<?xml version="1.0"?><html><body><svg><image xlink:href="../i/my%20cover.png"/></svg></body></html>`,
        "O/t/b.xhtml":
          '<html><body><p>Text</p><img src="../i/logo.png"/><img src="../i/my%20cover.png"/><img src="no.png"/></body></html>',
        "O/i/my cover.png": SCAN,
        "O/i/logo.png": LOGO,
        "O/i/page.png": SCAN,
        "O/i/unused.png": SCAN,
      }),
      "epub",
    );
    expect(fatesOf(document)).toEqual({
      "O/i/my cover.png": "document",
      "O/i/logo.png": SET_ASIDE,
      "O/i/page.png": "document",
    });
    expect(document.members).toHaveLength(3);
    expect(await memberBytes(document, "O/i/my cover.png")).toEqual(SCAN);
    expect(codes(document)).toEqual([]);
  });
});

describe("the pictures of an RTF", () => {
  const hex = (bytes: Uint8Array, width = 128): string =>
    Array.from(
      bytes,
      (byte, at) => `${byte.toString(16).padStart(2, "0")}${at % width === width - 1 ? "\r\n" : ""}`,
    ).join("");
  const pict = (bytes: Uint8Array, kind = "pngblip"): string =>
    `{\\pict{\\*\\picprop{\\sp{\\sn x}{\\sv 0a}}}\\${kind}\\picw100\\pich100 {\\*\\blipuid 0a0b}\n${hex(bytes)}}`;

  it("are documents where they are large, each once, wherever they stand", async () => {
    const shape = `{\\shp{\\*\\shpinst{\\sp{\\sn pib}{\\sv ${pict(SCAN.toReversed(), "jpegblip")}}}}}`;
    const document = await open(
      `{\\rtf1 {\\header ${pict(SCAN)}\\par}Text {\\*\\shppict${pict(SCAN)}}{\\nonshppict${pict(DRAWING, "wmetafile8")}}${pict(LOGO)}${pict(DRAWING, "emfblip")}${shape} end\\par}`,
      "rtf",
    );
    expect(fatesOf(document)).toEqual({
      "picture-1.png": "document",
      "picture-2.png": SET_ASIDE,
      "picture-3.emf": SET_ASIDE,
      "picture-4.jpg": SET_ASIDE,
    });
    expect(document.members?.[0]?.sizeBytes).toBe(SCAN.length);
    expect(await memberBytes(document, "picture-1.png")).toEqual(SCAN);
    expect((await document.readPage(1)).page.text).toBe("Text end");
    expect(codes(document)).toEqual([]);
  });

  it("are read as they are behind \\bin, braces and all, and where the file is cut off", async () => {
    const start = latin(`{\\rtf1 {\\pict\\pngblip\\bin${SCAN.length} `);
    const whole = concat([start, SCAN, latin("}Text\\par}")]);
    const document = await open(whole, "rtf");
    expect(await memberBytes(document, "picture-1.png")).toEqual(SCAN);
    expect((await document.readPage(1)).page.text).toBe("Text");
    const cut = await open(whole.slice(0, start.length + 50_000), "rtf");
    expect(await memberBytes(cut, "picture-1.png")).toEqual(SCAN.slice(0, 50_000));
    expect(codes(cut)).toEqual(["file_damaged"]);
  });

  it("are named where there are more of them than members may be", async () => {
    const many = Array.from({ length: 5 }, (_, at) => `{\\pict\\pngblip 0${at}}`).join("");
    const document = await open(`{\\rtf1 Text ${many}\\par}`, "rtf", { ...LIMITS, maxMembers: 3 });
    expect(document.members).toHaveLength(3);
    expect(codes(document)).toEqual(["content_not_read"]);
  });
});
