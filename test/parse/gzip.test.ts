import { describe, expect, it } from "vitest";
import { gzip } from "../../src/parse/formats/gzip.ts";
import { openArchive, packedZeros, rangedSource, readMember } from "../fixtures/archive.ts";
import { type GzipShape, makeGzip } from "../fixtures/gzip.ts";
import { concat } from "../fixtures/zip.ts";

type Options = Parameters<typeof openArchive>[2];

const TEXT = "invoice ".repeat(20_000);
const NOISE = crypto.getRandomValues(new Uint8Array(60_000));

async function only(bytes: Uint8Array, filename = "a.txt.gz", options: Options = {}) {
  const opened = await openArchive(gzip, rangedSource(bytes, filename, "gzip"), options);
  expect(opened).toMatchObject({ container: true, pageCount: 0 });
  expect(opened.members).toHaveLength(1);
  const [member] = opened.members ?? [];
  return { member, path: member?.path, warnings: opened.warnings, read: await readMember(member) };
}

describe("a GZIP", () => {
  it.each<[string, string, GzipShape, string]>([
    ["by its header", "x.gz", { name: "letter.txt" }, "letter.txt"],
    ["by its header, without folders", "x.gz", { name: "/home/a/letter.txt" }, "letter.txt"],
    ["by its file's name", "letter.txt.gz", {}, "letter.txt"],
    ["as a TAR where the file is named so", "files.TGZ", {}, "files.tar"],
    ["as the file where that has no ending", "letter", {}, "letter"],
    [
      "behind other fields",
      "x.gz",
      { name: "letter.txt", extra: new Uint8Array(300), comment: "c", headerChecksum: true },
      "letter.txt",
    ],
    ["in Latin-1", "x.gz", { name: Uint8Array.from([0x4d, 0xe4, 0x72, 0x7a]) }, "März"],
  ])("names its member %s", async (_how, filename, shape, name) => {
    const { path, read } = await only(makeGzip(TEXT, shape), filename);
    expect(path).toBe(name);
    expect(read).toMatchObject({ size: TEXT.length, code: null });
  });

  it("cleans a name that deceives, and says so", async () => {
    const { path, warnings } = await only(makeGzip("x", { name: "../a\u202Efdp.exe" }));
    expect(path).toBe("afdp.exe");
    expect(warnings).toMatchObject([{ code: "structure_invalid" }]);
  });

  it("of several members gives the content of all", async () => {
    const { read } = await only(
      concat([makeGzip("one "), makeGzip(""), makeGzip(NOISE), makeGzip("three", { name: "x" })]),
    );
    expect(read).toMatchObject({ size: 4 + 60_000 + 5, code: null });
    expect(read.text.startsWith("one ")).toBe(true);
    expect(read.text.endsWith("three")).toBe(true);
  });

  it.each([
    ["zeros", new Uint8Array(700)],
    ["one byte", Uint8Array.of(7)],
    ["noise", NOISE],
  ])("is read in front of %s", async (_what, behind) => {
    const { read } = await only(concat([makeGzip(TEXT), behind]));
    expect(read).toMatchObject({ size: TEXT.length, code: null });
  });
});

describe("a damaged GZIP", () => {
  it("that does not begin as one is refused", async () => {
    await expect(only(NOISE.map((byte) => byte | 1))).rejects.toMatchObject({ code: "file_damaged" });
    await expect(only(new Uint8Array())).rejects.toMatchObject({ code: "file_damaged" });
  });

  it.each([1, 4, 8, 9, 30])("that lacks its last %i bytes is damaged", async (lost) => {
    const bytes = makeGzip(NOISE);
    expect((await only(bytes.subarray(0, -lost))).read.code).toBe("file_damaged");
    expect((await only(concat([makeGzip("x"), bytes.subarray(0, -lost)]))).read.code).toBe("file_damaged");
  });

  it.each([0.05, 0.5, 0.95])(
    "that is cut at %d of its content gives what is before, and is damaged",
    async (part) => {
      const bytes = makeGzip(NOISE);
      const { read } = await only(bytes.subarray(0, Math.floor(bytes.length * part)));
      expect(read.code).toBe("file_damaged");
      expect(read.size).toBeLessThan(NOISE.length);
      const behind = await only(concat([makeGzip(TEXT), bytes.subarray(0, Math.floor(bytes.length * part))]));
      expect(behind.read.code).toBe("file_damaged");
      expect(behind.read.size).toBeGreaterThanOrEqual(TEXT.length);
    },
  );

  it("that is cut off in its header is damaged", async () => {
    expect((await only(makeGzip("x", { name: "letter.txt" }).subarray(0, 14))).read.code).toBe(
      "file_damaged",
    );
  });

  it.each<[string, GzipShape]>([
    ["whose checksum differs", { crc: 7 }],
    ["whose size differs", { size: 7 }],
    ["whose content is broken", { packed: Uint8Array.of(0xff, 0xff, 0xff) }],
  ])("%s is damaged, also in front of another", async (_how, shape) => {
    const bytes = makeGzip(TEXT, shape);
    expect((await only(bytes)).read.code).toBe("file_damaged");
    expect((await only(concat([bytes, makeGzip("x")]))).read.code).toBe("file_damaged");
  });
});

describe("a GZIP that is made to do harm", () => {
  it("is stopped by its ratio", async () => {
    const { packed, crc, size } = packedZeros(64);
    const { read } = await only(makeGzip("", { packed, crc, size }));
    expect(read.code).toBe("archive_too_large");
    expect(read.size).toBeLessThanOrEqual(5 * 1024 * 1024);
  });

  it("is stopped by its size, and unpacked in pieces of 4 MB at most", async () => {
    const { packed, crc, size } = packedZeros(64);
    const { read } = await only(makeGzip("", { packed, crc, size }), "a.gz", {
      maxRatio: 2_000,
      maxUnpackedBytes: 32_000_000,
    });
    expect(read.code).toBe("archive_too_large");
    expect(read.size).toBeLessThanOrEqual(32_000_000);
    expect(read.largest).toBeLessThan(4.5 * 1024 * 1024);
  });

  it("with a name without an end is given up", async () => {
    const bytes = concat([makeGzip("", { name: "x" }).subarray(0, 10), new Uint8Array(4_000_000).fill(65)]);
    const source = rangedSource(bytes, "a.gz", "gzip");
    const opened = await openArchive(gzip, source);
    expect(await readMember(opened.members?.[0])).toMatchObject({ code: "file_damaged" });
    expect(source.asked.reduce((sum, length) => sum + length, 0)).toBeLessThan(2_500_000);
  });

  it("of very many tiny members is refused", async () => {
    const { read } = await only(concat(Array.from({ length: 10_001 }, () => makeGzip("x"))));
    expect(read.code).toBe("too_many_members");
  });
});
