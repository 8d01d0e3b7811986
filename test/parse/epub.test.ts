import { describe, expect, it } from "vitest";
import { epub } from "../../src/parse/formats/epub.ts";
import { NO_PORTS, readAll } from "../fixtures/flow.ts";
import { LIMITS } from "../fixtures/limits.ts";
import { sourceOf } from "../fixtures/pdf.ts";
import { makeZip } from "../fixtures/zip.ts";

const CONTAINER = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>';
const xhtml = (body: string): string =>
  `<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="x.js"/></head><body>${body}</body></html>`;

interface Parts {
  readonly toc?: string;
  readonly items?: string;
  readonly refs?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** A book whose chapters are named c1, c2 ... */
function makeEpub(
  chapters: readonly string[],
  { toc = "", items = "", refs = "", files = {} }: Parts = {},
): Uint8Array {
  const manifest = chapters.map(
    (_, at) => `<item id="c${at + 1}" href="text/c%20${at + 1}.xhtml" media-type="application/xhtml+xml"/>`,
  );
  const spine = chapters.map((_, at) => `<itemref idref="c${at + 1}"/>`);
  return makeZip({
    mimetype: "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OPS/book.opf": `<package><metadata xmlns:dc="x"><dc:title>The Book</dc:title><dc:creator>Ann Lee</dc:creator></metadata><manifest>${manifest.join("")}${items}</manifest><spine ${toc}>${spine.join("")}${refs}</spine></package>`,
    ...Object.fromEntries(chapters.map((chapter, at) => [`OPS/text/c ${at + 1}.xhtml`, chapter])),
    ...files,
  });
}

const open = (bytes: Uint8Array, limits = LIMITS) =>
  epub.open(sourceOf(bytes, "book.epub", "epub"), NO_PORTS, { limits });

describe("a book", () => {
  it("has its chapters in the order of its spine, named by its navigation", async () => {
    const document = await open(
      makeEpub(
        [
          xhtml("<h1>One</h1><p>First&#160;text</p>"),
          xhtml("<h1>Two</h1><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td/></tr></table>"),
        ],
        {
          items: '<item id="nav" href="nav.xhtml" properties="nav"/>',
          files: {
            "OPS/nav.xhtml":
              '<!DOCTYPE html><html><nav><ol><li><a href="text/c%201.xhtml#x">Chapter <b>1</b></a></li><li><a href="text/c%202.xhtml">Chapter 2</a></li></ol></nav></html>',
          },
        },
      ),
    );
    const { pages, warnings } = await readAll(document);
    expect(pages.map(({ label, text }) => [label, text])).toEqual([
      ["Chapter 1", "One\nFirst text"],
      ["Chapter 2", "Two\nA\nB\n1"],
    ]);
    expect(document.metadata).toEqual({ title: "The Book", author: "Ann Lee" });
    expect(document.inventory).toEqual([{ kind: "chapter", found: 2, read: 2 }]);
    expect(pages[1]?.tables).toMatchObject([{ rows: 2, columns: 2, header_rows: 1 }]);
    expect(warnings.map(({ code }) => code)).toEqual(["scripts_present"]);
  });

  it("takes names from the table of contents of older books, whatever document type that declares", async () => {
    const ncx =
      '<!DOCTYPE ncx PUBLIC "a" "http://x.test/ncx.dtd"><ncx><navMap><navPoint><navLabel><text>Old name</text></navLabel><content src="text/c%201.xhtml"/></navPoint></navMap></ncx>';
    const document = await open(
      makeEpub([xhtml("<p>x</p>")], {
        toc: 'toc="ncx"',
        items: '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
        files: { "OPS/toc.ncx": ncx },
      }),
    );
    expect((await document.readPage(1)).page.label).toBe("Old name");
  });

  it("names chapters that are missing or are no text", async () => {
    const document = await open(
      makeEpub([xhtml("<p>x</p>")], {
        items:
          '<item id="gone" href="gone.xhtml" media-type="application/xhtml+xml"/><item id="pic" href="a.png" media-type="image/png"/>',
        refs: '<itemref idref="gone"/><itemref idref="pic"/>',
      }),
    );
    expect(document.inventory).toEqual([{ kind: "chapter", found: 3, read: 1 }]);
    expect(document.warnings.map(({ code }) => code)).toEqual(["scripts_present", "content_not_read"]);
  });
});

describe("a book that cannot be read", () => {
  const lock = (algorithm: string): string =>
    `<encryption><EncryptedData><EncryptionMethod Algorithm="${algorithm}"/></EncryptedData></encryption>`;

  it("is refused under rights management, and read where only its fonts are locked", async () => {
    const book = (algorithm: string) =>
      makeEpub([xhtml("<p>x</p>")], { files: { "META-INF/encryption.xml": lock(algorithm) } });
    await expect(open(book("http://www.w3.org/2001/04/xmlenc#aes128-cbc"))).rejects.toMatchObject({
      code: "password_required",
    });
    expect((await open(book("http://www.idpf.org/2008/embedding"))).pageCount).toBe(1);
  });

  it("is refused where it is cut off, has no chapters, is too large or declares a document type", async () => {
    const whole = makeEpub([xhtml("<p>x</p>")]);
    await expect(open(whole.subarray(0, 100))).rejects.toMatchObject({ code: "file_damaged" });
    await expect(open(makeEpub([]))).rejects.toMatchObject({ code: "file_damaged" });
    await expect(open(makeZip({ a: "b" }))).rejects.toMatchObject({ code: "file_damaged" });
    await expect(open(whole, { ...LIMITS, maxBytes: 100 })).rejects.toMatchObject({
      code: "payload_too_large",
    });
    await expect(
      open(makeZip({ "META-INF/container.xml": `<!DOCTYPE x [<!ENTITY a "b">]>${CONTAINER}` })),
    ).rejects.toMatchObject({ code: "unsafe_content" });
  });

  it("is read as far as there is room for its text, and says where it was cut", async () => {
    const chapter = xhtml(`<p>${"word ".repeat(200)}</p>`);
    const document = await open(makeEpub([chapter, chapter, chapter]), { ...LIMITS, maxPartBytes: 2_600 });
    expect(document.inventory).toEqual([{ kind: "chapter", found: 3, read: 2 }]);
    expect(document.warnings.map(({ code }) => code)).toContain("text_truncated");
  });
});
