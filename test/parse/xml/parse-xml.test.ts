import { describe, expect, it } from "vitest";
import { decodeXml } from "../../../src/parse/xml/decode-xml.ts";
import {
  childOf,
  childrenOf,
  namespaceOf,
  parseXml,
  textOf,
  xpathOf,
} from "../../../src/parse/xml/parse-xml.ts";
import { LIMITS } from "../../fixtures/limits.ts";

const codeOf = (text: string, limits = LIMITS): string => {
  try {
    parseXml(text, limits);
    return "read";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "crash";
  }
};

describe("parseXml", () => {
  it("keeps names with prefixes, attributes, text and places", () => {
    const root = parseXml(
      '<r xmlns:x="urn:x"><x:a k="&lt;1"/><x:a>t&amp;<![CDATA[<u>]]>&#65;</x:a><b/></r>',
      LIMITS,
    );
    const [, second = root] = childrenOf(root, "a");
    expect([second.name, second.local, textOf(second), xpathOf(second)]).toEqual([
      "x:a",
      "a",
      "t&<u>A",
      "/r/x:a[2]",
    ]);
    expect(childOf(root, "a")?.attributes).toEqual({ k: "<1" });
    expect(xpathOf(childOf(root, "b") ?? root)).toBe("/r/b");
    expect([namespaceOf(second), namespaceOf(root)]).toEqual(["urn:x", null]);
  });

  it("refuses elements with more attributes than any has", () => {
    const attributes = (count: number): string =>
      Array.from({ length: count }, (_, index) => `a${index}="1"`).join(" ");
    expect(codeOf(`<r ${attributes(1_000)}/>`)).toBe("read");
    expect(codeOf(`<r ${attributes(1_001)}/>`)).toBe("archive_too_large");
    const rows = `<a ${attributes(10)}/>`.repeat(20);
    expect(codeOf(`<r>${rows}</r>`, { ...LIMITS, maxNodes: 70 })).toBe("read");
    expect(codeOf(`<r>${rows}</r>`, { ...LIMITS, maxNodes: 60 })).toBe("archive_too_large");
  });

  it("keeps a text of very many references whole and in its place", () => {
    const root = parseXml(`<r>${"&amp;".repeat(10_000)}<b/>${"&lt;x".repeat(5_000)}</r>`, LIMITS);
    const [before, , behind] = root.children;
    expect(before).toBe("&".repeat(10_000));
    expect(behind).toBe("<x".repeat(5_000));
  });

  it("tells damage from elements that are empty", () => {
    expect(["<a><b/></a>", "<a/>", "<a><b x='1' /></a>\n<!-- end -->"].map((text) => codeOf(text))).toEqual([
      "read",
      "read",
      "read",
    ]);
    for (const text of ["<a><b></a>", "<a><b>", "<a>", "<a><b", "<a x='1", "<a/><b/>", "words", ""]) {
      expect([text, codeOf(text)]).toEqual([text, "file_damaged"]);
    }
  });

  it("reads a root that is empty right behind the declaration, as packers write lists without entries", () => {
    for (const text of [
      '<?xml version="1.0"?><a x="1" />',
      "<?xml version='1.0'?><a/>",
      "<a><?b c?><d/></a>",
    ])
      expect([text, codeOf(text)]).toEqual([text, "read"]);
    expect(codeOf("<?xml version='1.0'?><a><b></a>")).toBe("file_damaged");
    expect(codeOf("<a><b><?c d?></a>")).toBe("file_damaged");
  });

  it("refuses document types, depth and numbers of elements", () => {
    expect(codeOf('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>')).toBe("unsafe_content");
    expect(codeOf("<!doctype a><a/>")).toBe("unsafe_content");
    const limits = { ...LIMITS, maxDepth: 5, maxNodes: 20 };
    expect(codeOf("<a>".repeat(6) + "</a>".repeat(6), limits)).toBe("archive_too_large");
    expect(codeOf(`<a>${"<b/>".repeat(20)}</a>`, limits)).toBe("archive_too_large");
    expect(codeOf(`<a>${"<b/>".repeat(19)}</a>`, limits)).toBe("read");
  });
});

describe("decodeXml", () => {
  const utf16 = (text: string, big: boolean): Uint8Array =>
    Uint8Array.from(
      text.split("").flatMap((letter) => {
        const code = letter.charCodeAt(0);
        return big ? [code >> 8, code & 0xff] : [code & 0xff, code >> 8];
      }),
    );
  const latin = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

  it("goes by the mark, the shape and the declaration", () => {
    expect(decodeXml(Uint8Array.from([0xef, 0xbb, 0xbf, ...latin("<a/>")]))).toBe("<a/>");
    for (const big of [false, true]) {
      expect(decodeXml(utf16("\ufeff<ä/>", big))).toBe("<ä/>");
      expect(decodeXml(utf16("<ä/>", big))).toBe("<ä/>");
    }
    expect(decodeXml(latin('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'))).toContain("é");
    expect(decodeXml(latin("<?xml version='1.0' encoding='windows-1251'?><a>\u00c0</a>"))).toContain("А");
  });

  it("reads on where the declaration is wrong or unknown", () => {
    const utf8 = new TextEncoder().encode('<?xml version="1.0" encoding="UTF-8-W/O-BOM"?><a>é</a>');
    expect(decodeXml(utf8)).toContain("é");
    expect(decodeXml(latin('<?xml version="1.0" encoding="UTF-8"?><a>é</a>'))).toContain("é");
    expect(decodeXml(new TextEncoder().encode('<?xml version="1.0" encoding="UTF-16"?><a>é</a>'))).toContain(
      "é",
    );
  });
});
