import { describe, expect, it } from "vitest";
import { openPackage } from "../../../src/parse/package/open-package.ts";
import { LIMITS } from "../../fixtures/limits.ts";
import { type RawEntry, rawZip } from "../../fixtures/raw-zip.ts";

const text = (bytes: Uint8Array | null): string => new TextDecoder().decode(bytes ?? new Uint8Array());
const code = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

const PARTS: RawEntry[] = [
  { name: "[Content_Types].xml", data: "<Types/>" },
  { name: "xl/workbook.xml", data: "<workbook><sheets/></workbook>" },
  { name: "xl/media/image1.png", data: new Uint8Array(3_000).fill(7), deflate: false },
];

describe("a package", () => {
  it("gives its parts one by one, packed or stored", () => {
    const parts = openPackage(rawZip(PARTS), LIMITS);
    expect(parts.names).toEqual(["[Content_Types].xml", "xl/workbook.xml", "xl/media/image1.png"]);
    expect(parts.text("xl/workbook.xml")).toBe("<workbook><sheets/></workbook>");
    expect(parts.bytes("xl/media/image1.png")).toEqual(new Uint8Array(3_000).fill(7));
    expect(parts.xml("xl/workbook.xml")?.local).toBe("workbook");
    expect(parts.size("xl/media/image1.png")).toBe(3_000);
    expect(parts.bytes("xl/missing.xml")).toBeNull();
  });

  it("finds a part in spite of backslashes, a slash in front and another case", () => {
    const parts = openPackage(rawZip([{ name: "XL\\WorkBook.xml", data: "<w/>" }]), LIMITS);
    expect(parts.text("/xl/workbook.xml")).toBe("<w/>");
  });

  it("prefers the exact name where two differ in case", () => {
    const parts = openPackage(
      rawZip([
        { name: "a.xml", data: "<lower/>" },
        { name: "A.xml", data: "<upper/>" },
      ]),
      LIMITS,
    );
    expect([parts.text("a.xml"), parts.text("A.xml")]).toEqual(["<lower/>", "<upper/>"]);
  });

  it("reads a part that stands twice and is the same, and refuses one that differs", () => {
    const twice = openPackage(rawZip([PARTS[1]!, PARTS[1]!]), LIMITS);
    expect(twice.text("xl/workbook.xml")).toBe("<workbook><sheets/></workbook>");
    const other = { name: "xl/workbook.xml", data: "<other/>" };
    const differing = openPackage(rawZip([...PARTS, other]), LIMITS);
    expect(differing.text("[Content_Types].xml")).toBe("<Types/>");
    expect(code(() => differing.text("xl/workbook.xml"))).toBe("unsafe_content");
  });

  it("opens archives with ZIP64 fields, with bytes in front and with a comment behind", () => {
    for (const options of [
      { zip64: true },
      { prefix: new Uint8Array(99) },
      { comment: "made by PK\u0005\u0006" },
    ]) {
      expect(openPackage(rawZip(PARTS, options), LIMITS).text("xl/workbook.xml")).toContain("sheets");
    }
  });

  it("decodes a part by its byte order mark and by the encoding it declares", () => {
    const utf16 = Uint8Array.from([
      0xff,
      0xfe,
      ...Array.from("<a>ü</a>").flatMap((c) => [c.charCodeAt(0), 0]),
    ]);
    const latin = Uint8Array.from(
      Array.from('<?xml version="1.0" encoding="iso-8859-1"?><a>\u00fc</a>').map((c) => c.charCodeAt(0)),
    );
    const parts = openPackage(
      rawZip([
        { name: "a", data: utf16 },
        { name: "b", data: latin },
      ]),
      LIMITS,
    );
    expect(parts.text("a")).toBe("<a>ü</a>");
    expect(parts.text("b")).toContain("<a>ü</a>");
  });

  it("streams a part", async () => {
    const stream = openPackage(rawZip(PARTS), LIMITS).stream("xl/media/image1.png");
    expect(await new Response(stream).bytes()).toEqual(new Uint8Array(3_000).fill(7));
  });
});

describe("a package that is damaged", () => {
  it("is refused wherever it is cut off", () => {
    const whole = rawZip(PARTS);
    for (const share of [0, 0.1, 0.5, 0.9, 0.99]) {
      expect(code(() => openPackage(whole.subarray(0, Math.floor(whole.length * share)), LIMITS))).toBe(
        "file_damaged",
      );
    }
  });

  it("is refused when it claims more parts than it lists", () => {
    expect(code(() => openPackage(rawZip(PARTS, { count: 9 }), LIMITS))).toBe("file_damaged");
  });

  it("is noticed in the part that holds other bytes than were packed", () => {
    const parts = openPackage(rawZip([PARTS[0]!, { name: "b.xml", data: "<b/>", crc: 1 }]), LIMITS);
    expect(parts.text("[Content_Types].xml")).toBe("<Types/>");
    expect(code(() => parts.bytes("b.xml"))).toBe("file_damaged");
  });

  it("is noticed in a part that holds more, or less, than it says", async () => {
    const data = "x".repeat(5_000);
    for (const size of [100, 9_000]) {
      const parts = openPackage(rawZip([{ name: "a", data, size }]), LIMITS);
      expect(code(() => parts.bytes("a"))).toBe("file_damaged");
      await expect(new Response(parts.stream("a")).bytes()).rejects.toMatchObject({ code: "file_damaged" });
    }
  });

  it("says which compression is not read", () => {
    const parts = openPackage(rawZip([{ name: "a", data: "x", method: 12 }]), LIMITS);
    expect(code(() => parts.bytes("a"))).toBe("unsupported_format");
  });
});

describe("a package that is made to do harm", () => {
  it("is refused where parts lie on one another", () => {
    const zip = rawZip([
      { name: "a", data: "x".repeat(9_000) },
      { name: "b", data: "y", sameAs: 0 },
    ]);
    expect(code(() => openPackage(zip, LIMITS))).toBe("unsafe_content");
  });

  it("is refused for its number of parts before one is looked at", () => {
    const many = Array.from({ length: 41 }, (_, index) => ({ name: `p${index}`, data: "" }));
    expect(code(() => openPackage(rawZip(many), { ...LIMITS, maxMembers: 4 }))).toBe("too_many_members");
  });

  it("is refused for what its parts would unpack to, together and each", () => {
    const zip = rawZip([
      { name: "a", data: "x", size: 400 },
      { name: "b", data: "y", size: 200 },
    ]);
    expect(code(() => openPackage(zip, { ...LIMITS, maxUnpackedBytes: 500 }))).toBe("archive_too_large");
    const parts = openPackage(zip, { ...LIMITS, maxPartBytes: 300 });
    expect(code(() => parts.bytes("a"))).toBe("archive_too_large");
  });

  it("is refused for its ratio, in whole and as a stream", () => {
    const parts = openPackage(rawZip([{ name: "a", data: new Uint8Array(3 * 1024 * 1024) }]), LIMITS);
    expect(code(() => parts.bytes("a"))).toBe("archive_too_large");
    expect(code(() => parts.stream("a"))).toBe("archive_too_large");
  });

  it("is stopped where a part goes on behind the size it claims", () => {
    const zip = rawZip([{ name: "a", data: new Uint8Array(64 * 1024 * 1024), size: 1_000 }]);
    const parts = openPackage(zip, LIMITS);
    let pieces = 0;
    const count = (): void => {
      for (const piece of parts.pieces("a") ?? []) pieces += piece.length;
    };
    expect(code(count)).toBe("file_damaged");
    expect(pieces).toBe(0);
  });

  it("asks for the password of a part that is encrypted", () => {
    const parts = openPackage(rawZip([{ name: "a", data: "x", flags: 1 }]), LIMITS);
    expect(code(() => parts.bytes("a"))).toBe("password_required");
  });

  it("is refused for a DOCTYPE in any part that is read as XML", () => {
    const parts = openPackage(
      rawZip([{ name: "a", data: '<!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>' }]),
      LIMITS,
    );
    expect(code(() => parts.xml("a"))).toBe("unsafe_content");
  });
});

it("unpacks thousands of parts without going through the archive for each", () => {
  const many = Array.from({ length: 4_000 }, (_, index) => ({
    name: `p${index}.xml`,
    data: `<p n="${index}"/>`,
  }));
  const parts = openPackage(rawZip(many), LIMITS);
  expect(parts.names.every((name) => text(parts.bytes(name)).startsWith("<p"))).toBe(true);
});
