import { createCipheriv, createHash, pbkdf2Sync } from "node:crypto";
import { deflateSync } from "fflate";
import { describe, expect, it } from "vitest";
import { byteSource } from "../../../src/model/byte-source.ts";
import { formats } from "../../../src/parse/registry.ts";
import { NO_PORTS, readAll } from "../../fixtures/flow.ts";
import { LIMITS } from "../../fixtures/limits.ts";
import { zip } from "../../fixtures/workbook.ts";

const contentOf = (sheets: string, styles = ""): string =>
  `<?xml version="1.0" encoding="UTF-8"?><office:document-content><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${sheets}</office:spreadsheet></office:body></office:document-content>`;

const ods = (sheets: string, styles = "", parts: Record<string, string> = {}): Uint8Array =>
  zip({
    mimetype: "application/vnd.oasis.opendocument.spreadsheet",
    "content.xml": contentOf(sheets, styles),
    ...parts,
  });

async function read(bytes: Uint8Array, options: { limits?: typeof LIMITS; password?: string } = {}) {
  const parser = await formats.ods.load();
  const opened = await parser.open(byteSource(bytes, "book.ods", "ods"), NO_PORTS, {
    limits: LIMITS,
    ...options,
  });
  const { pages, warnings } = await readAll(opened);
  return {
    opened,
    pages,
    warnings,
    cells: pages.flatMap(({ tables }) => tables.flatMap((table) => table.cells)),
  };
}

const row = (...cells: readonly string[]): string => `<table:table-row>${cells.join("")}</table:table-row>`;
const text = (content: string): string =>
  `<table:table-cell office:value-type="string"><text:p>${content}</text:p></table:table-cell>`;
const table = (name: string, rows: string, style = ""): string =>
  `<table:table table:name="${name}"${style && ` table:style-name="${style}"`}>${rows}</table:table>`;

describe("an OpenDocument spreadsheet", () => {
  it("gives each cell its address, what it shows and what it holds", async () => {
    const { cells, opened } = await read(
      ods(
        table(
          "Data",
          row(
            text('Two<text:s text:c="2"/>words<text:line-break/>below'),
            '<table:table-cell office:value-type="currency" office:value="1234.5"><text:p>1.234,50 €</text:p></table:table-cell>',
            '<table:table-cell office:value-type="date" office:date-value="2024-01-05"><text:p>05.01.24</text:p></table:table-cell>',
            '<table:table-cell office:value-type="date" office:date-value="2024-01-05T18:30:00"><text:p>x</text:p></table:table-cell>',
            '<table:table-cell office:value-type="time" office:time-value="PT08H05M00S"><text:p>08:05</text:p></table:table-cell>',
            '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAHR</text:p></table:table-cell>',
            '<table:table-cell office:value-type="string" calcext:value-type="error" table:formula="of:=1/0"><text:p>#DIV/0!</text:p></table:table-cell>',
          ),
        ),
        "",
        {
          "meta.xml":
            "<office:document-meta><office:meta><dc:title>Plan</dc:title></office:meta></office:document-meta>",
        },
      ),
    );
    expect(cells.map(({ address, value }) => [address, value?.type, value?.value])).toEqual([
      ["A1", "text", "Two  words\nbelow"],
      ["B1", "number", "1234.5"],
      ["C1", "date", "2024-01-05"],
      ["D1", "datetime", "2024-01-05T18:30:00"],
      ["E1", "time", "08:05:00"],
      ["F1", "boolean", "true"],
      ["G1", "error", "#DIV/0!"],
    ]);
    expect(cells[1]?.text).toBe("1.234,50 €");
    expect(opened.metadata).toEqual({ title: "Plan" });
  });

  it("counts what is repeated without making it, and makes what is repeated with content", async () => {
    const { cells } = await read(
      ods(
        table(
          "Data",
          row('<table:table-cell table:number-columns-repeated="16384"/>') +
            '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>' +
            `<table:table-row table:number-rows-repeated="2">${text("twice").replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="3"')}</table:table-row>`,
        ),
      ),
    );
    expect(cells.map(({ address }) => address)).toEqual([
      "A1048572",
      "B1048572",
      "C1048572",
      "A1048573",
      "B1048573",
      "C1048573",
    ]);
  });

  it("keeps spans, notes and drawn texts, and names hidden sheets", async () => {
    const note =
      "<office:annotation><dc:creator>Ann</dc:creator><dc:date>2024-01-01</dc:date><text:p>Check this</text:p></office:annotation>";
    const { cells, pages, warnings } = await read(
      ods(
        table(
          "Data",
          row(
            text("wide").replace("<table:table-cell", '<table:table-cell table:number-columns-spanned="2"'),
            "<table:covered-table-cell/>",
          ) +
            row(
              `<table:table-cell office:value-type="string">${note}<text:p>noted</text:p></table:table-cell>`,
              text("plain"),
            ) +
            "<table:shapes><draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame></table:shapes>",
        ) + table("Away", row(text("two")), "ta2"),
        '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>',
      ),
    );
    expect(cells[0]).toMatchObject({ address: "A1", column_span: 2 });
    expect(cells.map((cell) => cell.text)).toContain("noted");
    expect(pages[0]?.text).toContain("A2: Check this");
    expect(pages[0]?.text).toContain("In a box");
    expect(pages[0]?.text).not.toContain("Ann");
    expect(warnings.map(({ code, message }) => [code, message.includes("Away")])).toEqual([
      ["hidden_content", true],
    ]);
  });

  it("says of formulas without a result, links that start programs, and macros", async () => {
    const { warnings } = await read(
      ods(
        "<table:dde-links><table:dde-link/></table:dde-links>" +
          table("Data", row('<table:table-cell table:formula="of:=1"/>', text("x"))),
        "",
        { "Basic/Standard/Module1.xml": "<x/>" },
      ),
    );
    expect(warnings.map(({ code }) => code).toSorted()).toEqual([
      "content_not_read",
      "macros_present",
      "scripts_present",
    ]);
  });

  it("is read with its password where it is encrypted by AES (ODF 1.2)", async () => {
    const plain = new TextEncoder().encode(contentOf(table("Data", row(text("secret")))));
    const bytes = lockedOds(plain, "Paßwort");
    expect((await read(bytes, { password: "Paßwort" })).pages[0]?.text).toBe("secret\nData");
    await expect(read(bytes)).rejects.toMatchObject({ code: "password_required" });
    await expect(read(bytes, { password: "guess" })).rejects.toMatchObject({ code: "password_incorrect" });
  });
});

describe("an OpenDocument spreadsheet that is damaged or made to do harm", () => {
  it("is refused where it is cut off, has no content or is not closed", async () => {
    const whole = ods(table("Data", row(text("x"))));
    await expect(read(whole.subarray(0, whole.length - 40))).rejects.toMatchObject({ code: "file_damaged" });
    await expect(read(zip({ mimetype: "x" }))).rejects.toMatchObject({ code: "file_damaged" });
    await expect(
      read(zip({ "content.xml": "<office:document-content><office:body>" })),
    ).rejects.toMatchObject({ code: "file_damaged" });
  });

  it("is cut where it repeats more cells than are read, and says so", async () => {
    const all = text("1").replace(
      "<table:table-cell",
      '<table:table-cell table:number-columns-repeated="16384"',
    );
    const { cells, warnings } = await read(
      ods(
        table("Wide", `<table:table-row table:number-rows-repeated="1048576">${all}</table:table-row>`) +
          table("Next", row(text("x"))),
      ),
      { limits: { ...LIMITS, maxNodes: 500 } },
    );
    expect(cells).toHaveLength(500);
    expect(warnings.map(({ code }) => code)).toEqual(["text_truncated", "text_truncated"]);
  });

  it("is refused for a DOCTYPE", async () => {
    const bytes = zip({
      "content.xml": `<!DOCTYPE x [<!ENTITY a "b">]>${contentOf(table("D", row(text("&a;"))))}`,
    });
    await expect(read(bytes)).rejects.toMatchObject({ code: "unsafe_content" });
  });
});

/** A content encrypted by itself: deflated, padded, AES-256 in CBC with a key stretched from the password's SHA-256. */
function lockedOds(plain: Uint8Array, password: string): Uint8Array {
  const salt = new Uint8Array(16).fill(3);
  const iv = new Uint8Array(16).fill(5);
  const packed = deflateSync(plain);
  const padding = 16 - (packed.length % 16);
  const padded = new Uint8Array(packed.length + padding).fill(padding);
  padded.set(packed);
  const secret = createHash("sha256").update(new TextEncoder().encode(password)).digest();
  const key = pbkdf2Sync(new Uint8Array(secret), salt, 1_000, 32, "sha1");
  const cipher = createCipheriv("aes-256-cbc", new Uint8Array(key), iv);
  cipher.setAutoPadding(false);
  const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
  const checksum = base64(new Uint8Array(createHash("sha256").update(packed.subarray(0, 1_024)).digest()));
  const manifest = `<manifest:manifest><manifest:file-entry manifest:full-path="/" manifest:media-type="x"/><manifest:file-entry manifest:full-path="content.xml" manifest:size="${plain.length}"><manifest:encryption-data manifest:checksum-type="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k" manifest:checksum="${checksum}"><manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc" manifest:initialisation-vector="${base64(iv)}"/><manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:key-size="32" manifest:iteration-count="1000" manifest:salt="${base64(salt)}"/><manifest:start-key-generation manifest:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256" manifest:key-size="32"/></manifest:encryption-data></manifest:file-entry></manifest:manifest>`;
  return zip({
    mimetype: "application/vnd.oasis.opendocument.spreadsheet",
    "content.xml": new Uint8Array(cipher.update(padded)),
    "META-INF/manifest.xml": manifest,
  });
}
