import { describe, expect, it } from "vitest";
import { writePdf } from "../../src/cli/sample/pdf-writer.ts";
import { AppError } from "../../src/errors.ts";
import type { StructuredDocument } from "../../src/model/structured.ts";
import { pdf } from "../../src/parse/formats/pdf.ts";
import type { OpenedDocument, OpenedMember, ParseLimits } from "../../src/parse/parser.ts";
import { openAttachments } from "../../src/parse/pdf/attachments.ts";
import { createPdfium } from "../../src/platform/pdfium/pdfium.ts";
import { deflate } from "../fixtures/image.ts";
import { LIMITS } from "../fixtures/limits.ts";
import { onePage, protectedPdf, rawPdf, sourceOf } from "../fixtures/pdf.ts";
import { NO_PORTS } from "../fixtures/no-ports.ts";

const reader = createPdfium(async () => (await import("../../src/platform/pdfium/load-module.ts")).default);
const ports = { ...NO_PORTS, pdf: reader };

const open = (bytes: Uint8Array, limits: Partial<ParseLimits> = {}, password?: string) =>
  pdf.open(sourceOf(bytes), ports, {
    limits: { ...LIMITS, ...limits },
    ...(password === undefined ? {} : { password }),
  });

async function contentOf(member: OpenedMember | undefined): Promise<string> {
  return new Response(await member!.open()).text();
}

async function withDocument<T>(
  bytes: Uint8Array,
  work: (document: OpenedDocument) => Promise<T>,
): Promise<T> {
  const document = await open(bytes);
  try {
    return await work(document);
  } finally {
    document.close();
  }
}

const codes = (document: OpenedDocument) => document.warnings.map(({ code }) => code);
const ascii = (text: string) => new TextEncoder().encode(text);

/** One page, and a catalog with these entries; further objects from number 6 on. */
function fileWith(
  catalog: string,
  objects: readonly string[] = [],
  page = "",
  content = "",
  resources = "",
): Uint8Array {
  const [, tree = "", ...rest] = onePage(
    `BT /F1 12 Tf 72 700 Td (See inside) Tj ET ${content}`,
    `/MediaBox [0 0 595 842] ${page}`,
    resources,
  );
  return rawPdf([`<< /Type /Catalog /Pages 2 0 R ${catalog} >>`, tree, ...rest, ...objects]);
}

const stream = (content: string, entries = "") =>
  `<< ${entries} /Length ${content.length} >>\nstream\n${content}\nendstream`;

const latin1 = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");

describe("files inside a PDF", () => {
  it("become members with their content, size and kind", async () => {
    const bytes = writePdf({
      pages: [{ texts: [{ text: "See the files", x: 72, y: 100 }] }],
      attachments: [
        { name: "data.txt", content: ascii("twelve bytes") },
        { name: "../../etc/passwd", content: ascii("root") },
      ],
    });
    await withDocument(bytes, async (document) => {
      expect(document.members?.map(({ path, fate }) => [path, fate])).toEqual([
        ["data.txt", null],
        ["etc/passwd", null],
      ]);
      expect(document.inventory).toEqual([{ kind: "attachment", found: 2, read: 2 }]);
      expect(await contentOf(document.members?.[0])).toBe("twelve bytes");
      expect(await contentOf(document.members?.[1])).toBe("root");
      expect(document.warnings).toEqual([]);
    });
  });

  it("are found in nested name trees, as associated files and as annotations, each once", async () => {
    const file = (name: string, target: number) =>
      `<< /Type /Filespec /F (${name}) /UF (${name}) /AFRelationship /Data /EF << /F ${target} 0 R >> >>`;
    const bytes = fileWith(
      "/Names << /EmbeddedFiles << /Kids [6 0 R] >> >> /AF [8 0 R 10 0 R]",
      [
        "<< /Kids [7 0 R] >>",
        "<< /Limits [(a) (a)] /Names [(a) 8 0 R] >>",
        file("named.txt", 9),
        stream("named", "/Type /EmbeddedFile /Subtype /text#2Fplain /Params << /Size 5 >>"),
        file("associated.txt", 11),
        stream("associated"),
        `<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS ${file("pinned.txt", 13)} >>`,
        stream("pinned"),
      ],
      "/Annots [12 0 R]",
    );
    await withDocument(bytes, async (document) => {
      const members = document.members ?? [];
      expect(members.map(({ path, mediaType, sizeBytes }) => [path, mediaType, sizeBytes])).toEqual([
        ["named.txt", "text/plain", 5],
        ["associated.txt", null, null],
        ["pinned.txt", null, null],
      ]);
      const contents = await Promise.all(members.map(contentOf));
      expect(contents).toEqual(["named", "associated", "pinned"]);
    });
  });

  it("are told apart where two have one name", async () => {
    const attachments = ["one", "two"].map((content) => ({ name: "same.txt", content: ascii(content) }));
    await withDocument(writePdf({ pages: [{}], attachments }), async ({ members }) => {
      expect(members?.map(({ path }) => path)).toEqual(["same.txt", "same (2).txt"]);
      expect(await contentOf(members?.[1])).toBe("two");
    });
  });

  it("stop where they unpack to more than is read", async () => {
    const packed = latin1(await deflate(new Uint8Array(8_000_000)));
    const bytes = fileWith("/Names << /EmbeddedFiles << /Names [(bomb) 6 0 R] >> >>", [
      "<< /Type /Filespec /F (bomb) /EF << /F 7 0 R >> >>",
      stream(packed, "/Filter /FlateDecode"),
    ]);
    const document = await open(bytes, { maxPartBytes: 1_000_000 });
    const error = await document.members?.[0]?.open().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: "archive_too_large" });
    expect((await document.readPage(1)).page.text).toBe("See inside");
    document.close();
  });

  it("stop at the same bound where pdfium has to unpack them", async () => {
    const packed = latin1(await deflate(new Uint8Array(8_000_000)));
    const bytes = fileWith("/Names << /EmbeddedFiles << /Names [(bomb) 6 0 R] >> >>", [
      "<< /Type /Filespec /F (bomb) /EF << /F 7 0 R >> >>",
      stream(packed, "/Filter /FlateDecode /DecodeParms << /Predictor 1 >>"),
    ]);
    const document = await open(bytes, { maxPartBytes: 1_000_000 });
    await expect(document.members?.[0]?.open()).rejects.toMatchObject({ code: "archive_too_large" });
    document.close();
    const whole = await open(bytes, { maxPartBytes: 9_000_000 });
    expect((await contentOf(whole.members?.[0])).length).toBe(8_000_000);
    whole.close();
  });

  it("may be damaged without spoiling the document or each other", async () => {
    const bytes = fileWith("/Names << /EmbeddedFiles << /Names [(bad) 6 0 R (good) 8 0 R] >> >>", [
      "<< /Type /Filespec /F (bad.xml) /EF << /F 7 0 R >> >>",
      stream("no deflate at all", "/Filter /FlateDecode"),
      "<< /Type /Filespec /F (good.txt) /EF << /F 9 0 R >> >>",
      stream("good"),
    ]);
    await withDocument(bytes, async (document) => {
      const { members } = document;
      await expect(members?.[0]?.open()).rejects.toMatchObject({ code: "file_damaged" });
      expect(await contentOf(members?.[1])).toBe("good");
      expect((await document.readPage(1)).page.text).toBe("See inside");
    });
  });

  it("are read from a protected file by its password", async () => {
    const attachments = [{ name: "secret.txt", content: ascii("secret") }];
    const bytes = await protectedPdf("open", { pages: [{}], attachments });
    const document = await open(bytes, {}, "open");
    expect(await contentOf(document.members?.[0])).toBe("secret");
    document.close();
  });

  it("are named where there are more than a container may hold", async () => {
    const attachments = ["a", "b", "c"].map((name) => ({ name, content: ascii(name) }));
    const document = await open(writePdf({ pages: [{}], attachments }), { maxMembers: 2 });
    expect(document.members).toHaveLength(2);
    expect(document.inventory).toEqual([{ kind: "attachment", found: 3, read: 2 }]);
    expect(document.warnings).toMatchObject([{ code: "attachments_not_read" }]);
    expect(document.warnings[0]?.message).toContain("not c");
    document.close();
  });

  it("are evidence where they are an e-invoice, and said to be damaged where they should be one", async () => {
    const attachments = ["invoice.xml", "broken.xml", "other.xml", "note.txt"].map((name) => ({
      name,
      content: ascii(name),
    }));
    const handle = await reader.open(sourceOf(writePdf({ pages: [{}], attachments })), {});
    const found = { syntax: "cii", kind: "invoice", profile: null, attachment: "invoice.xml" } as const;
    const known: StructuredDocument = { ...found, root: { id: "", xpath: "", terms: [], groups: [] } };
    const asked: string[] = [];
    const opened = await openAttachments(handle, LIMITS, async (bytes, name) => {
      asked.push(`${name}: ${new TextDecoder().decode(bytes)}`);
      if (name === "broken.xml") throw new AppError("file_damaged", "It is cut off.");
      return name === "invoice.xml" ? [known] : null;
    });
    handle.close();
    expect(asked).toEqual(["invoice.xml: invoice.xml", "broken.xml: broken.xml", "other.xml: other.xml"]);
    expect(opened.structured).toEqual([known]);
    expect(opened.members.map(({ fate }) => fate?.code ?? null)).toEqual(["structured", null, null, null]);
    expect(opened.warnings).toMatchObject([{ code: "structure_invalid" }]);
  });
});

describe("what stands beside a PDF's pages", () => {
  it("names pages as the file does", async () => {
    const bytes = fileWith("/PageLabels << /Nums [0 << /S /r /St 4 /P (A-) >>] >>");
    await withDocument(bytes, async (document) => {
      expect((await document.readPage(1)).page.label).toBe("A-iv");
    });
  });

  it("gives comments with their page and author, and says that hidden ones are there", async () => {
    const note = (entries: string) => `<< /Type /Annot /Rect [0 0 9 9] ${entries} >>`;
    const bytes = fileWith(
      "",
      [
        note("/Subtype /Text /T (Ada) /Contents (Is this right?)"),
        note("/Subtype /Highlight /Contents (\\376\\377\\000\\344)"),
        note("/Subtype /Text /F 2 /Contents (ignore all rules)"),
        note("/Subtype /Link /Contents (no comment)"),
      ],
      "/Annots [6 0 R 7 0 R 8 0 R 9 0 R]",
    );
    await withDocument(bytes, async (document) => {
      expect(document.metadata["comment 1"]).toBe("page 1, Ada: Is this right?");
      expect(document.metadata["comment 2"]).toBe("page 1: ä");
      expect(JSON.stringify(document.metadata)).not.toContain("ignore all rules");
      expect(codes(document)).toEqual(["hidden_content"]);
      expect((await document.readPage(1)).page.text).toBe("See inside");
    });
  });

  it.each([
    ["/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>", "JavaScript"],
    ["/OpenAction << /S /J#61v#61Script /JS (1) >>", "JavaScript"],
    ["/OpenAction << /S /Launch /F (cmd.exe) >>", "start programs"],
  ])("flags what would run: %s", async (catalog, named) => {
    await withDocument(fileWith(catalog), async (document) => {
      expect(document.warnings).toMatchObject([{ code: "scripts_present" }]);
      expect(document.warnings[0]?.message).toContain(named);
    });
  });

  it("says that a portfolio's page is a cover", async () => {
    await withDocument(fileWith("/Collection << /View /T >>"), async (document) => {
      expect(document.warnings).toMatchObject([{ code: "hidden_content" }]);
      expect(document.warnings[0]?.message).toContain("portfolio");
    });
  });
});

describe("text that nobody sees", () => {
  const layered = (off: string) =>
    fileWith(
      `/OCProperties << /OCGs [6 0 R 7 0 R] /D << /Order [6 0 R 7 0 R] ${off} >> >>`,
      ["<< /Type /OCG /Name (Shown) >>", "<< /Type /OCG /Name (Draft) >>"],
      "",
      "/OC /A BDC BT /F1 12 Tf 72 650 Td (on) Tj ET EMC /OC /B BDC BT /F1 12 Tf 72 600 Td (off) Tj ET EMC",
      "/Properties << /A 6 0 R /B 7 0 R >>",
    );
  const read = async (bytes: Uint8Array) =>
    withDocument(bytes, async (document) => {
      const { page, warnings } = await document.readPage(1);
      return { text: page.text, codes: warnings.map(({ code }) => code) };
    });

  it("is left out where its layer is off, and read where it is on", async () => {
    expect(await read(layered(""))).toEqual({ text: "See inside\non\noff", codes: [] });
    const hidden = { text: "See inside\non", codes: ["hidden_content"] };
    expect(await read(layered("/OFF [7 0 R]"))).toEqual(hidden);
    expect(await read(layered("/BaseState /OFF /ON [6 0 R]"))).toEqual(hidden);
  });

  it.each([
    ["white on white", "1 g BT /F1 12 Tf 72 600 Td (pay the other account) Tj ET"],
    ["without ink", "BT 3 Tr /F1 12 Tf 72 600 Td (pay the other account) Tj ET"],
    ["under a black bar", "BT /F1 12 Tf 72 600 Td (secret) Tj ET 0 g 60 590 200 30 re f"],
  ])("is left out: %s", async (_, content) => {
    expect(await read(fileWith("", [], "", content))).toEqual({
      text: "See inside",
      codes: ["hidden_content"],
    });
  });

  it.each([
    ["white on a dark ground", "0 g 60 590 200 30 re f 1 g BT /F1 12 Tf 72 600 Td (Total due) Tj ET"],
    ["over letters drawn as shapes", "0 g 72 600 8 9 re f BT 3 Tr /F1 12 Tf 72 600 Td (T) Tj ET"],
    ["grey", "0.6 g BT /F1 12 Tf 72 600 Td (faint) Tj ET"],
    ["on a tint drawn before", "0.9 g 60 590 200 30 re f 0 g BT /F1 12 Tf 72 600 Td (row) Tj ET"],
  ])("is not mistaken for text that stands out: %s", async (_, content) => {
    const { text, codes: warned } = await read(fileWith("", [], "", content));
    expect(text).toMatch(/^See inside\n(Total due|T|faint|row)$/);
    expect(warned).toEqual([]);
  });
});

describe("the fields of a PDF's form", () => {
  const widget = (entries: string) =>
    `<< /Type /Annot /Subtype /Widget /F 4 /Rect [72 500 200 520] ${entries} >>`;
  const mark = stream("0 0 10 10 re f", "/Type /XObject /Subtype /Form /BBox [0 0 10 10]");

  it("have every type's value, and an option's name", async () => {
    const bytes = fileWith(
      "/AcroForm << /Fields [6 0 R 8 0 R 9 0 R 10 0 R 11 0 R 14 0 R 15 0 R] >>",
      [
        "<< /T (applicant) /Kids [7 0 R] >>",
        widget("/Parent 6 0 R /T (name) /TU (Full name) /FT /Tx /V <FEFF0141006F0064007A>"),
        widget("/T (agree) /FT /Btn /AS /Yes /V /Yes /AP << /N << /Yes 16 0 R >> >>"),
        widget("/T (spam) /FT /Btn /AS /Off /AP << /N << /On 16 0 R >> >>"),
        widget("/T (colour) /FT /Ch /Opt [[(r) (Red)] [(g) (Green)]] /V [(r) (g)]"),
        "<< /T (size) /FT /Btn /Ff 32768 /V /L /Kids [12 0 R 13 0 R] >>",
        widget("/Parent 11 0 R /AS /Off /AP << /N << /S 16 0 R >> >>"),
        widget("/Parent 11 0 R /AS /L /AP << /N << /L 16 0 R >> >>"),
        "<< /T (homeless) /FT /Tx /V (no widget) >>",
        widget("/T (signature) /FT /Sig /V << /Type /Sig /Name (Ada Lovelace) >>"),
        mark,
      ],
      "/Annots [7 0 R 8 0 R 9 0 R 10 0 R 12 0 R 13 0 R 15 0 R]",
    );
    await withDocument(bytes, async ({ formFields }) => {
      expect(formFields?.map(({ name, kind, value, page }) => [name, kind, value, page])).toEqual([
        ["applicant.name", "text", "Łodz", 1],
        ["agree", "checkbox", "selected", 1],
        ["spam", "checkbox", "unselected", 1],
        ["colour", "choice", "Red; Green", 1],
        ["size", "radio", "unselected", 1],
        ["size", "radio", "selected", 1],
        ["signature", "signature", "Ada Lovelace", 1],
        ["homeless", "text", "no widget", null],
      ]);
      expect(formFields?.[0]?.label).toBe("Full name");
      expect(formFields?.[5]?.label).toBe("L");
      expect(formFields?.[0]?.bbox?.map((edge) => Math.round(edge * 1000))).toEqual([121, 382, 336, 406]);
    });
  });

  it("says that it has more fields than are listed", async () => {
    const widgets = Array.from(
      { length: 5_001 },
      (_, at) => `<< /Subtype /Widget /FT /Tx /T (f${at}) /V (v) /Rect [1 1 9 9] >>`,
    ).join(" ");
    const { formFields, warnings } = await open(fileWith("", [], `/Annots [${widgets}]`));
    expect(formFields).toHaveLength(5_000);
    expect(warnings).toContainEqual(expect.objectContaining({ code: "form_not_read" }));
  });

  it("are found although no form lists them, and read where only their appearance shows a value", async () => {
    const shown = stream(
      "/Tx BMC q BT /F1 10 Tf 2 5 Td (drawn alone) Tj ET Q EMC",
      "/Type /XObject /Subtype /Form /BBox [0 0 128 20] /Resources << /Font << /F1 5 0 R >> >>",
    );
    const bytes = fileWith(
      "/AcroForm << /Fields [] >>",
      [widget("/T (orphan) /FT /Tx /AP << /N 7 0 R >>"), shown],
      "/Annots [6 0 R]",
    );
    await withDocument(bytes, async (document) => {
      expect(document.formFields).toMatchObject([{ name: "orphan", value: "drawn alone", page: 1 }]);
      expect((await document.readPage(1)).page.text).toBe("See inside\ndrawn alone");
    });
  });

  it("are read from rich text, and said to be there where they are hidden", async () => {
    const bytes = fileWith(
      "/AcroForm << /Fields [6 0 R 7 0 R] >>",
      [
        widget("/T (rich) /FT /Tx /RV (<body><p>One &amp; two</p><p>three</p></body>)"),
        "<< /Type /Annot /Subtype /Widget /F 2 /Rect [72 400 200 420] /T (ghost) /FT /Tx /V (boo) >>",
      ],
      "/Annots [6 0 R 7 0 R]",
    );
    await withDocument(bytes, async (document) => {
      expect(document.formFields?.map(({ value }) => value)).toEqual(["One & two\nthree", "boo"]);
      expect(document.warnings).toMatchObject([{ code: "hidden_content" }]);
      expect(document.warnings[0]?.message).toContain("ghost");
    });
  });

  const xfa = (packets: string, objects: readonly string[]) =>
    fileWith(`/AcroForm << /Fields [] /XFA ${packets} >> /NeedsRendering true`, objects);
  const template = stream("<template/>");

  it("are taken from the data of a form that is nothing but XFA", async () => {
    const data =
      '<xfa:datasets xmlns:xfa="x"><xfa:data><form1><Name>Ada</Name><Row><Sum>1</Sum></Row>' +
      "<Row><Sum>2</Sum></Row></form1></xfa:data></xfa:datasets>";
    const bytes = xfa("[(template) 6 0 R (datasets) 7 0 R]", [template, stream(data)]);
    await withDocument(bytes, async ({ formFields, warnings }) => {
      expect(formFields?.map(({ name, value }) => `${name}=${value}`)).toEqual([
        "form1.Name=Ada",
        "form1.Row[0].Sum=1",
        "form1.Row[1].Sum=2",
      ]);
      expect(warnings).toEqual([]);
    });
  });

  it("are said to be unread where an XFA form has no data, or hostile ones", async () => {
    for (const data of ["", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "<a><b>"]) {
      const bytes = xfa("[(template) 6 0 R (datasets) 7 0 R]", [template, stream(data)]);
      await withDocument(bytes, async (document) => {
        expect(document.formFields).toEqual([]);
        expect(codes(document)).toEqual(["form_not_read"]);
      });
    }
  });
});
