import { describe, expect, it } from "vitest";
import { sniff } from "../../src/ingest/sniff.ts";
import { FORMAT_NAMES } from "../../src/model/format.ts";
import { makeCfb } from "../fixtures/cfb.ts";
import { makeTar } from "../fixtures/tar.ts";
import { concat, makeZip, type ZipEntry } from "../fixtures/zip.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const binary = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf16 = (text: string, mark = true) =>
  Uint8Array.from(
    Array.from(`${mark ? "\uFEFF" : ""}${text}`).flatMap((c) => [
      c.charCodeAt(0) & 0xff,
      c.charCodeAt(0) >> 8,
    ]),
  );
const PNG = Uint8Array.from([
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1,
  8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xde, 0, 0, 0, 0, 0x49, 0x44, 0x41, 0x54,
]);
const NOISE = Uint8Array.from({ length: 64 }, (_, at) => (at * 37) % 9);
const MAIL = "Received: from a by b\r\nFrom: a@b.example\r\nSubject: x\r\n\r\nhello\r\n";

/** Sniffs a whole file as accept does, and counts the looks beyond its first 4 KB. */
async function sniffFile(file: Uint8Array, name: string) {
  let looks = 0;
  const sniffed = await sniff(file.subarray(0, 4_096), name, {
    size: file.length,
    range: async (offset, length) => {
      looks += 1;
      return file.subarray(offset, offset + length);
    },
  });
  return { ...sniffed, looks };
}

describe("a file is known by its content", () => {
  it.each([
    ["a PDF", bytes("%PDF-1.7\n%âãÏÓ"), "x.pdf", "pdf"],
    ["a PDF behind junk", bytes("junk\n%PDF-1.4\n"), "x", "pdf"],
    [
      "a PDF that is a page of HTML as well",
      bytes("<html><!-- %PDF-1.4\n1 0 obj\n<<>> --></html>"),
      "x.html",
      "pdf",
    ],
    ["a letter that speaks of PDF", bytes("A file begins with %PDF-1.4 if it is one."), "x.txt", "text"],
    ["a PDF whose header is lost", bytes("junk\n1 0 obj\n<</Type /Catalog>>\nendobj"), "x.pdf", "pdf"],
    ["a PNG that calls itself a PDF", PNG, "scan.pdf", "png"],
    ["a JPEG", Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46]), "x.jpg", "jpeg"],
    ["a BMP", bytes(`BM${"\0".repeat(12)}(\0\0\0${"\0".repeat(40)}`), "x.bmp", "bmp"],
    ["a GIF", bytes("GIF89a\u0001\0\u0001\0"), "x.gif", "gif"],
    ["a TIFF", Uint8Array.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0]), "x.tif", "tiff"],
    ["a WebP", bytes("RIFF\u0010\0\0\0WEBPVP8 "), "x.webp", "webp"],
    ["a HEIC", binary("\0\0\0\u0018ftypheic\0\0\0\0mif1heic"), "x.jpg", "heic"],
    ["a HEIF of another brand", binary("\0\0\0\u0018ftypmif1\0\0\0\0mif1heix"), "x", "heic"],
    ["a GZIP", binary("\u001f\u008b\u0008\0\0\0\0\0\0\u0003"), "x.gz", "gzip"],
    [
      "a signed file",
      binary("0\u0080\u0006\u0009*\u0086H\u0086\u00f7\r\u0001\u0007\u0002\u00a0\u0080"),
      "x.xml.p7m",
      "p7m",
    ],
    [
      "a signed file of known length",
      binary("0\u0082\u0010\0\u0006\u0009*\u0086H\u0086\u00f7\r\u0001\u0007\u0002"),
      "x",
      "p7m",
    ],
    ["a sheet of Excel 4", binary("\t\u0004\u0006\0\0\0\u0010\0"), "x.xls", "xls"],
  ])("%s", async (_what, head, name, format) => {
    expect((await sniff(head, name)).format).toBe(format);
  });
});

describe("a text is known by its structure", () => {
  it.each([
    ["plain text", bytes("Invoice 7\nTotal 12.00\n"), "x.txt", "text"],
    ["text without a name's ending", bytes("Total 12.00"), "note", "text"],
    ["text that begins like a picture", bytes("BMW Rechnung (Nr. 7)\nTotal 12.00"), "x.txt", "text"],
    ["text that begins like a program", bytes("MZ Supplies, invoice 7"), "x.txt", "text"],
    ["UTF-16 text", utf16("Total 12.00"), "x.txt", "text"],
    ["UTF-16 text without a mark", utf16("Invoice 7\nTotal 12.00", false), "x.txt", "text"],
    ["text with an end mark of DOS", bytes("Total 12.00\r\n\u001a"), "x.txt", "text"],
    ["a calendar", bytes("BEGIN:VCALENDAR\nVERSION:2.0\n"), "x.ics", "text"],
    ["YAML", bytes("invoice: 7\ntotal: 12\n"), "x.yaml", "text"],
    ["a script", bytes("#!/bin/sh\necho 7\n"), "x.sh", "text"],
    ["text named as an old Word document", bytes("Invoice 7"), "x.doc", "text"],
    ["a table named as an old sheet", bytes("a\tb\n1\t2\n"), "x.xls", "csv"],
    ["XML", bytes('<?xml version="1.0"?><a/>'), "x.txt", "xml"],
    ["XML in UTF-16", utf16('<?xml version="1.0" encoding="UTF-16"?><a/>'), "x.xml", "xml"],
    ["XML with a byte order mark", bytes('\uFEFF<?xml version="1.0"?><a/>'), "x", "xml"],
    ["XML without a declaration", bytes('<Invoice xmlns="urn:x"><ID>7</ID>'), "x", "xml"],
    ["XML with a prefix", bytes("<!-- made --><ubl:Invoice><cbc:ID>7"), "x", "xml"],
    ["XML by its end", bytes("<order><id>7</id></order>\n"), "x", "xml"],
    ["a drawing", bytes('<svg xmlns="http://www.w3.org/2000/svg"></svg>'), "x.svg", "xml"],
    ["XML whose root is a word of HTML", bytes("<form><field>7</field></form>"), "x.xml", "xml"],
    ["a page of HTML", bytes("<!DOCTYPE html><p>"), "x.txt", "html"],
    ["a page of XHTML", bytes('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">\n<html>'), "x.xml", "html"],
    ["a piece of HTML", bytes("<table border=1><tr><td>7</td></tr></table>"), "x", "html"],
    ["HTML named as a sheet", bytes("<html><table><tr><td>7"), "x.xls", "html"],
    ["text in angle brackets", bytes("<John> where is invoice 7?\n<Ann> here"), "x.log", "text"],
    ["Markdown that begins with a tag", bytes('<p align="center"></p>\n\n# Title'), "x.md", "markdown"],
    ["RTF", bytes("{\\rtf1 a}"), "x.doc", "rtf"],
    ["JSON", bytes('{"total": 12.00, "lines": [1, 2, {"a": null}]}'), "x", "json"],
    ["JSON that goes on", bytes(`[${'{"a": "b"},'.repeat(600)}`), "x", "json"],
    ["JSON lines", bytes('{"a": 1}\n{"a": 2}\n'), "x", "json"],
    ["JSON by its name", bytes("[1, 2,"), "x.json", "json"],
    ["text that begins with a bracket", bytes("[Invoice 7] of ACME"), "x", "text"],
    ["text that begins with a footnote", bytes("[1] See page 7"), "x", "text"],
    ["text that begins with a brace", bytes("{see below} and more"), "x", "text"],
    ["CSV by its name", bytes("a,b\n1,2\n"), "x.csv", "csv"],
    ["commas without such a name", bytes("a,b\n1,2\n"), "x.txt", "text"],
    ["Markdown by its name", bytes("# Title"), "x.md", "markdown"],
    ["a signed file in letters", bytes("-----BEGIN PKCS7-----\nMIIB\n-----END PKCS7-----"), "x.txt", "p7m"],
    ["a signed file in bare base64", bytes("MIIGNAYJKoZIhvcNAQcCoIIGJTCC\n".repeat(9)), "x.xml.p7m", "p7m"],
  ])("%s", async (_what, head, name, format) => {
    expect((await sniff(head, name)).format).toBe(format);
  });

  it.each([
    ["an e-mail", bytes(MAIL), "mail", "eml"],
    ["an e-mail named as a text", bytes(MAIL), "x.txt", "eml"],
    ["an e-mail behind an envelope", bytes(`From a@b Mon Jan 1 00:00:00 2024\n${MAIL}`), "x.eml", "eml"],
    ["an e-mail with broken headers", bytes("this is no header\n\nhello"), "x.eml", "eml"],
    ["an e-mail with bytes that are no text", concat([bytes(MAIL), new Uint8Array(64)]), "x.eml", "eml"],
    [
      "a page of the web in one file",
      bytes('MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n'),
      "x.doc",
      "eml",
    ],
    [
      "a letter that begins like one",
      bytes("From: Ann\nTo: Bob\nSubject: Invoice 7\n\nDear Bob"),
      "x.txt",
      "text",
    ],
    ["a mailbox", bytes(`From a@b Mon Jan 1 00:00:00 2024\n${MAIL}`), "x", "mbox"],
    ["a mailbox by its name", bytes(`From a@b\n${MAIL}`), "x.mbox", "mbox"],
    ["text that begins with the word", bytes("From 2024 on we send\ninvoices"), "x", "text"],
  ])("%s", async (_what, head, name, format) => {
    expect((await sniff(head, name)).format).toBe(format);
  });
});

describe("a packed file is known by what it holds", () => {
  const TYPES: ZipEntry = { name: "[Content_Types].xml", content: "<Types/>" };
  const filler = (name: string): ZipEntry => ({
    name,
    content: crypto.getRandomValues(new Uint8Array(6_000)),
    store: true,
  });
  const declared = (mediaType: string): ZipEntry[] => [
    { name: "mimetype", content: mediaType, store: true },
    { name: "content.xml", content: "<x/>" },
  ];
  const ODF = "application/vnd.oasis.opendocument";

  it.each([
    ["Word", [TYPES, { name: "_rels/.rels" }, { name: "word/document.xml" }], "x.docx", "docx"],
    ["a template with macros", [TYPES, { name: "word/vbaProject.bin" }], "x.dotm", "docx"],
    ["Excel", [TYPES, { name: "xl/workbook.xml" }], "x.zip", "xlsx"],
    ["PowerPoint", [TYPES, { name: "ppt/presentation.xml" }], "x", "pptx"],
    ["names with backslashes", [TYPES, { name: "word\\document.xml" }], "x.docx", "docx"],
    [
      "sizes behind the content",
      [
        { ...TYPES, descriptor: true },
        { name: "xl/workbook.xml", descriptor: true },
      ],
      "x",
      "xlsx",
    ],
    ["OpenDocument text", declared(`${ODF}.text`), "x.zip", "odt"],
    ["an OpenDocument template", declared(`${ODF}.spreadsheet-template`), "x.ots", "ods"],
    ["OpenDocument slides", declared(`${ODF}.presentation`), "x", "odp"],
    ["an e-book", declared("application/epub+zip"), "x", "epub"],
    ["an archive", [{ name: "a.pdf", content: "%PDF-1.4", store: true }], "x.zip", "zip"],
    [
      "an archive of Word files",
      [
        { name: "a.docx", content: makeZip([TYPES, { name: "word/document.xml" }]), store: true },
        { name: "b.txt" },
      ],
      "x.zip",
      "zip",
    ],
    ["a Java archive", [{ name: "META-INF/MANIFEST.MF" }, { name: "A.class" }], "x.jar", "zip"],
    ["an empty archive", [], "x.zip", "zip"],
  ] as const)("%s: without a look beyond the head, or with one", async (_what, entries, name, format) => {
    expect((await sniffFile(makeZip(entries), name)).format).toBe(format);
  });

  it.each([
    [
      "Word",
      makeZip([TYPES, { name: "_rels/.rels", content: "<x/>" }, { name: "word/document.xml" }]),
      "x.docx",
    ],
    ["a PDF", bytes("%PDF-1.7\n"), "x.pdf"],
    ["an archive that says so", makeZip([filler("a.bin")]), "x.zip"],
    ["a text", bytes("hello"), "x.txt"],
  ])("%s of the usual kind costs no look beyond the head", async (_what, file, name) => {
    expect((await sniffFile(file, name)).looks).toBe(0);
  });

  it.each([
    [
      "Word whose parts come late",
      [filler("docProps/thumbnail.jpeg"), { name: "word/document.xml" }, TYPES],
      "x.docx",
      "docx",
    ],
    ["Excel without a name", [filler("a"), TYPES, { name: "xl/workbook.xml" }], "x", "xlsx"],
    [
      "OpenDocument whose type comes late",
      [filler("Thumbnails/t.png"), { name: "content.xml" }, { name: "META-INF/manifest.xml" }],
      "x.ods",
      "ods",
    ],
    ["an archive", [filler("a"), { name: "b" }], "x", "zip"],
  ] as const)("%s is known by its directory", async (_what, entries, name, format) => {
    const sniffed = await sniffFile(makeZip(entries), name);
    expect(sniffed).toMatchObject({ format });
    expect(sniffed.looks).toBeLessThanOrEqual(2);
  });

  it("an archive behind a program is one where its name says so", async () => {
    const file = makeZip(
      { "a.txt": "x" },
      { prefix: concat([binary("MZ\u0090\0\u0003\0\0\0"), new Uint8Array(6_000)]) },
    );
    expect((await sniffFile(file, "setup.zip")).format).toBe("zip");
    expect((await sniffFile(file, "setup.exe")).format).toBeNull();
  });

  it.each([
    ["of today", makeTar([{ name: "a.pdf", content: "%PDF-1.4\n1 0 obj" }]), "x"],
    ["of old, without a mark", makeTar([{ name: "a.txt", content: "x", magic: "" }]), "x.bin"],
  ])("a TAR %s, whatever it holds", async (_what, file, name) => {
    expect((await sniffFile(file, name)).format).toBe("tar");
  });

  it.each([
    ["Word", ["WordDocument", "1Table"], "x.doc", "doc"],
    ["Word with a sheet inside", ["WordDocument", "ObjectPool"], "x", "doc"],
    ["Excel", ["Workbook"], "x.doc", "xls"],
    ["Excel 5", ["Book"], "x.xls", "xls"],
    ["PowerPoint", ["Current User", "PowerPoint Document"], "x", "ppt"],
    ["an Outlook message", ["__nameid_version1.0", "__properties_version1.0"], "x.msg", "msg"],
    ["an encrypted sheet", ["EncryptionInfo", "EncryptedPackage"], "x.xlsx", "xlsx"],
    ["an encrypted document without a name", ["EncryptionInfo", "EncryptedPackage"], "x", "docx"],
    ["encrypted slides with an old name", ["EncryptionInfo", "EncryptedPackage"], "x.ppt", "pptx"],
    ["a damaged file by its name", ["?"], "x.xls", "xls"],
  ])("a compound file: %s", async (_what, names, name, format) => {
    expect((await sniffFile(makeCfb(names), name)).format).toBe(format);
    expect((await sniffFile(makeCfb(names, { sectorsBefore: 40 }), name)).format).toBe(format);
  });
});

describe("what is not read is refused with what to send", () => {
  it.each([
    ["PostScript", bytes("%!PS-Adobe-3.0\n"), "x.ps", /PostScript.*PDF/],
    ["a 7-Zip archive", binary("7z\u00bc\u00af'\u001c\0\u0004"), "x.7z", /7-Zip.*ZIP/],
    ["a RAR archive", binary("Rar!\u001a\u0007\u0001\0"), "x.rar", /RAR.*ZIP/],
    ["bzip2", binary("BZh91AY&SY\0\u0001"), "x.bz2", /bzip2.*ZIP/],
    ["XZ", binary("\u00fd7zXZ\0\0\u0004"), "x.xz", /XZ.*ZIP/],
    ["Zstandard", binary("(\u00b5/\u00fd\u0004\0\u0001"), "x.zst", /Zstandard.*ZIP/],
    ["AVIF", binary("\0\0\0\u0018ftypavif\0\0\0\0mif1avif"), "x.heic", /AVIF.*JPEG/],
    ["a program", binary("MZ\u0090\0\u0003\0\0\0\u0004\0\0\0\u00ff\u00ff\0\0"), "x.pdf", /EXE/],
    ["a program of Linux", binary("\u007fELF\u0002\u0001\u0001\0"), "x", /ELF/],
    [
      "a Visio drawing",
      makeZip([{ name: "[Content_Types].xml" }, { name: "visio/document.xml" }]),
      "x.vsdx",
      /Visio.*PDF/,
    ],
    [
      "an OpenDocument drawing",
      makeZip([{ name: "mimetype", content: "application/vnd.oasis.opendocument.graphics", store: true }]),
      "x.odg",
      /drawing.*PDF/,
    ],
    ["a Publisher document", makeCfb(["Quill", "Contents"]), "x.pub", /Publisher.*PDF/],
    ["a compound file of another kind", makeCfb(["?"]), "x.bin", /compound file/],
    ["noise", NOISE, "x.bin", /no kind that is known/],
  ])("%s", async (_what, file, name, message) => {
    const sniffed = await sniffFile(file, name);
    expect(sniffed).toMatchObject({ format: null, code: "unsupported_format" });
    expect("message" in sniffed && sniffed.message).toMatch(message);
    expect("message" in sniffed && sniffed.message).toMatch(/Send /);
  });

  it("the words name every format that is read", async () => {
    const sniffed = await sniff(NOISE, "x.bin");
    for (const { title } of Object.values(FORMAT_NAMES)) {
      expect("message" in sniffed && sniffed.message).toContain(title);
    }
  });

  it.each([
    ["noise named as a PDF", NOISE, "x.pdf"],
    ["noise named as a document", NOISE, "x.docx"],
    ["text named as a PDF", bytes("hello"), "x.pdf"],
    ["text named as an archive", bytes("hello"), "x.zip"],
  ])("%s is damaged", async (_what, head, name) => {
    expect(await sniff(head, name)).toMatchObject({ format: null, code: "file_damaged" });
  });

  it("no bytes whatever make it throw", async () => {
    const starts = [
      "PK\u0003\u0004",
      "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1",
      "\u001f\u008b\u0008",
      "<?xml",
      "{",
      "From ",
    ];
    for (const [seed, start] of starts.flatMap((start) =>
      Array.from({ length: 40 }, (_, at) => [at, start] as const),
    )) {
      const rest = Uint8Array.from({ length: seed * 97 }, (_, at) => (at * at * 31 + at * seed * 7) & 0xff);
      const sniffed = await sniffFile(
        concat([binary(start), rest]),
        `x.${["zip", "docx", "doc", "eml"][seed % 4]}`,
      );
      expect(sniffed.mediaType).not.toBe("");
    }
  });
});
