import { describe, expect, it } from "vitest";
import { ObjectIndex } from "../../src/platform/pdfium/structure/index-objects.ts";
import { readStructure } from "../../src/platform/pdfium/structure/read-structure.ts";
import { SyntaxReader, textOf, type Value } from "../../src/platform/pdfium/structure/syntax.ts";
import { ByteString, Name, Reference } from "../../src/platform/pdfium/structure/syntax.ts";
import { deflate } from "../fixtures/image.ts";

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const latin1 = (data: Uint8Array) => Array.from(data, (byte) => String.fromCharCode(byte)).join("");
const parse = (text: string): Value => new SyntaxReader(bytes(text)).read();
const index = (text: string, needles: string[] = []) => new ObjectIndex(() => bytes(text), needles);

describe("reading PDF objects", () => {
  it("reads names, numbers, strings, references, arrays and dictionaries", () => {
    const value = parse("<< /A#20b [1 -2.5 true null (x\\(y\\)\\101) <4142> 12 0 R] % note\n /C /D >>");
    expect(value).toBeInstanceOf(Map);
    const entries = value as ReadonlyMap<string, Value>;
    expect(entries.get("A b")).toEqual([
      1,
      -2.5,
      true,
      null,
      new ByteString(bytes("x(y)A")),
      new ByteString(bytes("AB")),
      new Reference(12),
    ]);
    expect(entries.get("C")).toEqual(new Name("D"));
  });

  it("reads texts in each of their encodings", () => {
    expect(textOf(parse("(caf\\351 \\200 \\240)"))).toBe("café • €");
    expect(textOf(parse("<FEFF0141>"))).toBe("Ł");
    expect(textOf(parse("<EFBBBFC582>"))).toBe("ł");
    expect(textOf(parse("/Name"))).toBe("");
  });

  it("ends whatever is malformed", () => {
    for (const text of ["<<", "<< /A", "[1 2", "(open", "<41", "<< /A << /B [", ")", "]", ">>", ""]) {
      expect(() => parse(text)).not.toThrow();
    }
    expect(() => parse("[".repeat(100_000))).not.toThrow();
    expect(() => parse("<</A".repeat(50_000))).not.toThrow();
  });
});

describe("finding a PDF's objects", () => {
  it("takes the later of two objects, also out of object streams", async () => {
    const packed = latin1(await deflate(bytes("7 0 8 6 (new) << /A /JavaScript >>")));
    const file =
      "1 0 obj << /Pages 2 0 R /X (one) >> endobj 7 0 obj (old) endobj " +
      `9 0 obj << /Type /ObjStm /N 2 /First 8 /Filter /FlateDecode /Length ${packed.length} >>\n` +
      `stream\n${packed}\nendstream endobj 1 0 obj << /Pages 2 0 R /X (two) >> endobj trailer << /Root 1 0 R >>`;
    const found = index(file, ["JavaScript", "Launch"]);
    expect(textOf(found.catalog?.get("X"))).toBe("two");
    expect(textOf(found.resolve(new Reference(7)))).toBe("new");
    expect([...found.seen]).toEqual(["JavaScript"]);
  });

  it("ends references that go in circles, and trees that do", () => {
    const file =
      "1 0 obj << /Pages 3 0 R /Names << /EmbeddedFiles 4 0 R >> /AcroForm << /Fields [5 0 R] >> >> endobj " +
      "2 0 obj 2 0 R endobj 3 0 obj << /Kids [3 0 R 3 0 R] >> endobj 4 0 obj << /Kids [4 0 R] >> endobj " +
      "5 0 obj << /T (a) /Kids [5 0 R] /Parent 5 0 R >> endobj trailer << /Root 1 0 R >>";
    expect(index(file).resolve(new Reference(2))).toBeNull();
    const structure = readStructure(() => bytes(file));
    expect(structure.files.named).toEqual([]);
    expect(structure.fields).toEqual([]);
  });

  it("says nothing of strings that are enciphered", () => {
    const file =
      "1 0 obj << /Collection << >> /Pages 2 0 R >> endobj trailer << /Root 1 0 R /Encrypt 9 0 R >>";
    const structure = readStructure(() => bytes(file));
    expect(structure).toMatchObject({ encrypted: true, fields: [], notes: [] });
    expect(structure.remarks).toMatchObject([{ code: "hidden_content" }]);
  });

  it("ends on bytes of any kind", () => {
    let seed = 7;
    const noise = Uint8Array.from(
      { length: 4_000 },
      () => (seed = (seed * 1_103_515_245 + 12_345) >>> 0) >>> 24,
    );
    const file = `1 0 obj << /Names ${latin1(noise)} /AcroForm << /Fields [ ${latin1(noise)} trailer << /Root 1 0 R >>`;
    expect(() => readStructure(() => bytes(file))).not.toThrow();
  });
});
