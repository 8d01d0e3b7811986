import { BlobWriter, TextReader, ZipWriter } from "@zip.js/zip.js";
import { describe, expect, it } from "vitest";
import { ErrorCode } from "../../src/errors.ts";
import { zip } from "../../src/parse/formats/zip.ts";
import { openArchive, packedZeros, rangedSource, readMember } from "../fixtures/archive.ts";
import { concat, makeZip, u16, u32, type ZipEntry, type ZipShape } from "../fixtures/zip.ts";

type Options = Parameters<typeof openArchive>[2];

const open = (bytes: Uint8Array, options?: Options) =>
  openArchive(zip, rangedSource(bytes, "a.zip", "zip"), options);
const make = (entries: readonly ZipEntry[], shape?: ZipShape, options?: Options) =>
  open(makeZip(entries, shape), options);
const fates = async (entries: readonly ZipEntry[], options?: Options) => {
  const { members = [] } = await make(entries, {}, options);
  return members.map(({ path, fate }) => [path, fate && `${fate.outcome}: ${fate.code}`]);
};
const paths = ({ members = [] }: Awaited<ReturnType<typeof open>>) => members.map(({ path }) => path);
const NOISE = crypto.getRandomValues(new Uint8Array(20_000));

describe("a ZIP", () => {
  it("lists its files in order and gives their content", async () => {
    const opened = await make([
      { name: "b.txt", content: "second ".repeat(5_000) },
      { name: "folder/", content: "", store: true },
      { name: "folder/a.txt", content: "first", store: true },
      { name: "c.bin", content: NOISE, descriptor: true },
      { name: "d.txt", content: "large", zip64: true },
      { name: "b.txt", content: "another of the same name" },
    ]);
    expect(opened).toMatchObject({ container: true, pageCount: 0, warnings: [] });
    expect(paths(opened)).toEqual(["b.txt", "folder/a.txt", "c.bin", "d.txt", "b.txt"]);
    const contents = await Promise.all((opened.members ?? []).map(readMember));
    expect(contents.map(({ size, code }) => [size, code])).toEqual([
      [35_000, null],
      [5, null],
      [20_000, null],
      [5, null],
      [24, null],
    ]);
    expect(contents[1]?.text).toBe("first");
    expect(opened.members?.[0]).toMatchObject({ sizeBytes: 35_000, fate: null, mediaType: null });
  });

  it("has no pages", async () => {
    const opened = await make([]);
    expect(opened).toMatchObject({ members: [], warnings: [] });
    await expect(opened.readPage(1)).rejects.toMatchObject({ code: "page_not_found" });
    opened.close();
    opened.close();
  });

  it("is read by ranges, small files side by side in one of them", async () => {
    const entries = Array.from({ length: 200 }, (_, at) => ({ name: `${at}.txt`, content: `invoice ${at}` }));
    const source = rangedSource(makeZip(entries), "a.zip", "zip");
    const opened = await openArchive(zip, source);
    const contents = [];
    for (const member of opened.members ?? []) contents.push((await readMember(member)).text);
    expect(contents).toEqual(entries.map(({ content }) => content));
    expect(source.asked.length).toBeLessThan(6);
  });

  it("a stream that is given up ends, and others go on", async () => {
    const { members = [] } = await make([
      { name: "a", content: NOISE },
      { name: "b", content: "x" },
    ]);
    const stream = await members[0]!.open();
    await stream.cancel();
    expect(await readMember(members[1])).toMatchObject({ text: "x" });
    expect(await readMember(members[0])).toMatchObject({ size: 20_000 });
  });

  it.each([
    ["behind a program", { prefix: new Uint8Array(70_000).fill(7) }],
    ["with a comment", { comment: "made by hand" }],
    ["with a comment that looks like its end", { comment: "PK\u0005\u0006 and more than that, much more" }],
  ])("is read %s", async (_how, shape) => {
    const opened = await make(
      [
        { name: "a.txt", content: "one" },
        { name: "b.txt", content: "two" },
      ],
      shape,
    );
    expect(paths(opened)).toEqual(["a.txt", "b.txt"]);
    expect(await readMember(opened.members?.[1])).toMatchObject({ text: "two", code: null });
  });
});

describe("names in a ZIP", () => {
  it.each<[string, ZipEntry, string]>([
    ["that lead out of it are cleaned", { name: "../../etc/passwd", content: "x" }, "etc/passwd"],
    ["with a drive are cleaned", { name: "C:\\Windows\\x.ini", content: "x" }, "Windows/x.ini"],
    ["with a line's end are cleaned", { name: "a\r\nb.txt", content: "x" }, "ab.txt"],
    ["that turn around are cleaned", { name: "a\u202Efdp.exe", content: "x" }, "afdp.exe"],
    ["with a NUL are cleaned", { name: "a.pdf\0.exe", content: "x" }, "a.pdf.exe"],
  ])("%s, the files read, and said so", async (_what, entry, path) => {
    const opened = await make([entry]);
    expect(opened.members?.[0]).toMatchObject({ path, fate: null });
    expect(await readMember(opened.members?.[0])).toMatchObject({ text: "x" });
    expect(opened.warnings).toMatchObject([{ code: "structure_invalid" }]);
  });

  it("that say that they are UTF-8 are", async () => {
    const opened = await make([{ name: "Rechnung März.pdf", content: "x" }]);
    expect(paths(opened)).toEqual(["Rechnung März.pdf"]);
    expect(opened.warnings).toEqual([]);
  });

  it("that do not are guessed, and said so", async () => {
    const gbk = Uint8Array.from([0xb7, 0xa2, 0xc6, 0xb1, 0x2e, 0x70, 0x64, 0x66]);
    const opened = await make([{ name: gbk, content: "x", flags: 0 }]);
    expect(paths(opened)).toEqual(["发票.pdf"]);
    expect(opened.warnings).toMatchObject([
      { code: "encoding_guessed", message: expect.stringContaining("gbk") },
    ]);
  });

  it("that a Unicode field gives are taken from it", async () => {
    const name = Uint8Array.from([0x3f, 0x2e, 0x74, 0x78, 0x74]);
    const unicode = new TextEncoder().encode("é.txt");
    const { checksum } = await import("../fixtures/zip.ts");
    const extra = concat([u16(0x7075, 5 + unicode.length), Uint8Array.of(1), u32(checksum(name)), unicode]);
    const opened = await make([{ name, content: "x", flags: 0, extra }]);
    expect(paths(opened)).toEqual(["é.txt"]);
  });
});

describe("members of a ZIP that are no documents", () => {
  it("are set aside or refused, with the reason", async () => {
    expect(
      await fates([
        { name: "__MACOSX/._a.pdf", content: "x" },
        { name: "sub/.DS_Store", content: "x" },
        { name: "Thumbs.db", content: "x" },
        { name: "empty.txt", content: "", store: true },
        { name: "link", content: "/etc/passwd", store: true, mode: 0o120777 },
        { name: "pipe", content: "x", store: true, mode: 0o010644 },
        { name: "script.sh", content: "x", store: true, mode: 0o100755 },
        { name: "sub/", content: "", store: true, mode: 0o040755 },
      ]),
    ).toEqual([
      ["__MACOSX/._a.pdf", "set_aside: system_file"],
      ["sub/.DS_Store", "set_aside: system_file"],
      ["Thumbs.db", "set_aside: system_file"],
      ["empty.txt", "set_aside: empty_file"],
      ["link", "refused: unsafe_content"],
      ["pipe", "refused: unsafe_content"],
      ["script.sh", null],
    ]);
  });

  it.each([
    [9, "Deflate64"],
    [12, "BZIP2"],
    [14, "LZMA"],
    [93, "Zstandard"],
    [98, "PPMd"],
    [77, "method 77"],
  ])("packed by method %i are refused by its name, and their siblings read", async (method, name) => {
    const { members = [] } = await make([
      { name: "a", content: "x", method },
      { name: "b", content: "y" },
    ]);
    expect(members[0]?.fate).toMatchObject({ outcome: "refused", code: "unsupported_format" });
    expect(members[0]?.fate?.message).toContain(name);
    expect(await readMember(members[0])).toMatchObject({ code: "unsupported_format", size: 0 });
    expect(await readMember(members[1])).toMatchObject({ text: "y" });
  });
});

describe("an encrypted ZIP", () => {
  const mixed: ZipEntry[] = [
    { name: "open.txt", content: "plain" },
    { name: "locked.txt", content: "secret ".repeat(99), password: "pass" },
    { name: "Thumbs.db", content: "x" },
  ];

  it("is refused when nothing in it can be read without a password", async () => {
    await expect(make(mixed.slice(1))).rejects.toMatchObject({ code: "password_required" });
  });

  it("is refused when its password is wrong", async () => {
    await expect(make(mixed.slice(1), {}, { password: "wrong" })).rejects.toMatchObject({
      code: "password_incorrect",
    });
  });

  it("gives what is not encrypted, and names the rest", async () => {
    const { members } = await make(mixed);
    expect(await readMember(members?.[0])).toMatchObject({ text: "plain" });
    expect(members?.[1]?.fate).toMatchObject({ outcome: "refused", code: "password_required" });
    expect(await readMember(members?.[1])).toMatchObject({ code: "password_required" });
  });

  it("is read with its password", async () => {
    const { members } = await make(mixed, {}, { password: "pass" });
    expect(await readMember(members?.[1])).toMatchObject({ size: 693, code: null });
  });

  it("says for a single file that the password is another one", async () => {
    const { members } = await make(mixed, {}, { password: "wrong" });
    expect(await readMember(members?.[0])).toMatchObject({ text: "plain" });
    expect(await readMember(members?.[1])).toMatchObject({ code: "password_incorrect" });
  });

  it("noise behind a password that passes its check by chance is told from content", async () => {
    let chance = 0;
    for (let at = 0; at < 2_000 && chance < 2; at += 1) {
      const opened = await make(mixed, {}, { password: `wrong ${at}` });
      const { code, size } = await readMember(opened.members?.[1]);
      expect(code).toBe("password_incorrect");
      if (size > 0) chance += 1;
    }
  });

  it.each([1, 2, 3] as const)("with AES of strength %i is read with its password", async (strength) => {
    const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false });
    await writer.add("a.txt", new TextReader("secret ".repeat(3_000)), {
      password: "pass",
      encryptionStrength: strength,
    });
    await writer.add("b.txt", new TextReader("stored"), {
      password: "pass",
      encryptionStrength: strength,
      level: 0,
    });
    const bytes = new Uint8Array(await (await writer.close()).arrayBuffer());
    const { members } = await open(bytes, { password: "pass" });
    expect(await readMember(members?.[0])).toMatchObject({ size: 21_000, code: null });
    expect(await readMember(members?.[1])).toMatchObject({ text: "stored", code: null });
    await expect(open(bytes, { password: "wrong" })).rejects.toMatchObject({ code: "password_incorrect" });
    await expect(open(bytes)).rejects.toMatchObject({ code: "password_required" });
  });

  it("in a way that is not read is refused for that", async () => {
    expect(
      await fates(
        [
          { name: "a", content: "x", flags: 0x41 },
          { name: "b", content: "y" },
        ],
        { password: "p" },
      ),
    ).toEqual([
      ["a", "refused: unsupported_format"],
      ["b", null],
    ]);
  });
});

describe("a damaged ZIP", () => {
  const entries: ZipEntry[] = [
    { name: "a.txt", content: "one ".repeat(500) },
    { name: "b.bin", content: NOISE, descriptor: true },
    { name: "c.txt", content: "three", store: true },
    { name: "d.bin", content: NOISE, store: true },
  ];

  it("without a directory is read by the headers before its files", async () => {
    const opened = await make(entries, { headless: true });
    expect(opened.warnings).toMatchObject([{ code: "file_damaged" }]);
    expect(paths(opened)).toEqual(["a.txt", "b.bin", "c.txt", "d.bin"]);
    const contents = await Promise.all((opened.members ?? []).map(readMember));
    expect(contents.map(({ size, code }) => [size, code])).toEqual([
      [2_000, null],
      [20_000, null],
      [5, null],
      [20_000, null],
    ]);
  });

  it("of very many files finds all of them, in few looks", async () => {
    const many = Array.from({ length: 900 }, (_, at) => ({
      name: `${at}.txt`,
      content: `invoice ${at}`,
      descriptor: at % 2 === 0,
    }));
    const source = rangedSource(makeZip(many, { headless: true }), "a.zip", "zip");
    const opened = await openArchive(zip, source);
    expect(paths(opened)).toEqual(many.map(({ name }) => name));
    expect(source.asked.length).toBeLessThan(20);
  });

  it("that is cut off gives what is whole, and names what is not", async () => {
    const whole = makeZip(entries, { headless: true });
    const opened = await open(whole.subarray(0, whole.length - 9_000));
    expect(opened.members?.map(({ path, fate }) => [path, fate?.code])).toEqual([
      ["a.txt", undefined],
      ["b.bin", undefined],
      ["c.txt", undefined],
      ["d.bin", "file_damaged"],
    ]);
    expect(await readMember(opened.members?.[3])).toMatchObject({ code: "file_damaged" });
  });

  it("that is cut off in a file of unknown size names it", async () => {
    const whole = makeZip(entries, { headless: true });
    const opened = await open(whole.subarray(0, 9_000));
    expect(paths(opened)).toEqual(["a.txt"]);
    expect(opened.warnings[0]?.message).toContain("b.bin");
  });

  it("whose directory is broken is read without it", async () => {
    const bytes = makeZip(entries);
    const at = bytes.findIndex(
      (_, index) => bytes[index] === 0x50 && bytes[index + 1] === 0x4b && bytes[index + 2] === 1,
    );
    bytes.fill(0, at, at + 60);
    const opened = await open(bytes);
    expect(paths(opened)).toContain("c.txt");
    expect(opened.warnings).toMatchObject([{ code: "file_damaged" }]);
  });

  it("of which nothing can be found is refused", async () => {
    await expect(open(concat([u32(0x04034b50), new Uint8Array(40)]))).rejects.toMatchObject({
      code: "file_damaged",
    });
    await expect(open(new TextEncoder().encode("PK\u0005\u0006"))).rejects.toMatchObject({
      code: "file_damaged",
    });
    await expect(open(NOISE)).rejects.toMatchObject({ code: "file_damaged" });
  });

  it("that is one part of several is refused for that", async () => {
    await expect(make(entries, { disk: 3 })).rejects.toMatchObject({
      code: "unsupported_format",
      message: expect.stringContaining("split"),
    });
  });

  it.each<[string, ZipEntry]>([
    [
      "whose content is broken",
      { name: "x", content: "hello", packed: Uint8Array.of(0xff, 0xff, 0xff, 0xff) },
    ],
    [
      "whose content is cut off",
      {
        name: "x",
        content: "hello ".repeat(99),
        packed: makeZip([{ name: "x", content: "hello ".repeat(99) }]).subarray(31, 36),
      },
    ],
    ["whose checksum differs", { name: "x", content: "hello", central: { crc: 7 } }],
    ["that has less than it says", { name: "x", content: "hello", central: { size: 6 } }],
    [
      "that has less than it says, stored",
      { name: "x", content: "hello", store: true, central: { size: 9 } },
    ],
    ["without a header", { name: "x", content: "hello", central: { offset: 41 } }],
    ["that lies behind the file's end", { name: "x", content: "hello", central: { offset: 0xffffff } }],
    [
      "that goes on behind the file's end",
      { name: "x", content: "hello", central: { packedSize: 4_000_000 } },
    ],
  ])("a file %s is damaged, and its sibling is read", async (_how, entry) => {
    const { members } = await make([{ name: "ok", content: "fine" }, entry]);
    expect(await readMember(members?.[1])).toMatchObject({ code: "file_damaged" });
    expect(await readMember(members?.[0])).toMatchObject({ text: "fine", code: null });
  });

  it("is cut anywhere and ends in a list or in one clear error", async () => {
    const whole = makeZip(entries.slice(0, 3));
    for (let length = 0; length < whole.length; length += 61) {
      const opened = await open(whole.subarray(0, length)).catch((error: { code?: string }) => error.code);
      expect(typeof opened === "object" ? opened.container : opened).toBeOneOf([true, "file_damaged"]);
    }
  });

  it("is changed anywhere and every file ends in content or in one clear error", async () => {
    const whole = makeZip([entries[0]!, entries[2]!, { name: "p", content: "x", password: "p" }]);
    const ends = new Set<string | null | undefined>();
    for (let at = 0; at < whole.length; at += 1) {
      const changed = whole.slice();
      changed[at] = (changed[at]! ^ (1 << (at % 8))) & 0xff;
      const opened = await open(changed, { password: "p" }).catch((error: { code?: string }) => error.code);
      if (typeof opened !== "object") ends.add(opened);
      else for (const member of opened.members ?? []) ends.add((await readMember(member)).code);
    }
    expect(Array.from(ends).filter((end) => !ErrorCode.safeParse(end).success)).toEqual([null]);
  });
});

describe("a ZIP that is made to do harm", () => {
  it("with one file too many is refused, before any is opened", async () => {
    const entries = Array.from({ length: 11 }, (_, at) => ({ name: `${at}`, content: "x", store: true }));
    await expect(make(entries, {}, { maxMembers: 10 })).rejects.toMatchObject({ code: "too_many_members" });
    await expect(make(entries, { headless: true }, { maxMembers: 10 })).rejects.toMatchObject({
      code: "too_many_members",
    });
    expect(paths(await make(entries, {}, { maxMembers: 11 }))).toHaveLength(11);
  });

  it("with a directory of many megabytes is refused before it is read", async () => {
    const name = "x".repeat(60_000);
    const entries = Array.from({ length: 80 }, (_, at) => ({
      name: `${at}${name}`,
      content: "x",
      store: true,
    }));
    const source = rangedSource(makeZip(entries), "a.zip", "zip");
    await expect(openArchive(zip, source)).rejects.toMatchObject({ code: "too_many_members" });
    expect(Math.max(...source.asked)).toBeLessThan(1_000_000);
  });

  it("with one file that unpacks to 2 GB is read without it", async () => {
    const { packed, crc } = packedZeros(8);
    const claim = { size: 2_147_483_647, crc };
    const { members = [] } = await make([
      { name: "bomb.txt", packed, method: 8, local: claim, central: claim },
      { name: "good.txt", content: "good" },
    ]);
    expect(members[0]?.fate).toMatchObject({ outcome: "refused", code: "archive_too_large" });
    expect(await readMember(members[1])).toMatchObject({ text: "good", code: null });
  });

  it("that unpacks to 2 GB is refused before anything is unpacked", async () => {
    const { packed, crc, size } = packedZeros(8);
    const entries = Array.from({ length: 256 }, (_, at) => {
      const claim = { size, crc };
      return { name: `${at}.txt`, packed, method: 8, local: claim, central: claim };
    });
    const source = rangedSource(makeZip(entries), "a.zip", "zip");
    await expect(openArchive(zip, source)).rejects.toMatchObject({ code: "archive_too_large" });
    expect(source.asked.reduce((sum, length) => sum + length, 0)).toBeLessThan(1_000_000);
  });

  it("whose files unpack to 2 GB and say that they do not is stopped at what they say", async () => {
    const { packed, crc } = packedZeros(8);
    const claim = { size: 1_500_000, crc };
    const entries = Array.from({ length: 256 }, (_, at) => ({
      name: `${at}.txt`,
      packed,
      method: 8,
      local: claim,
      central: claim,
    }));
    const { members = [] } = await make(entries);
    expect(members).toHaveLength(256);
    let unpacked = 0;
    for (const member of members) {
      const { code, size } = await readMember(member);
      expect(code).toBe("archive_too_large");
      expect(size).toBeLessThanOrEqual(1_500_000);
      unpacked += size;
    }
    expect(unpacked).toBeGreaterThan(0);
    expect(unpacked).toBeLessThanOrEqual(4_500_000);
  });

  it("with one file of an unlikely ratio loses that one", async () => {
    const { packed, crc, size } = packedZeros(2);
    const claim = { size, crc };
    const { members } = await make([
      { name: "bomb", packed, method: 8, local: claim, central: claim },
      { name: "ok", content: "fine" },
    ]);
    expect(members?.[0]?.fate).toMatchObject({ outcome: "refused", code: "archive_too_large" });
    expect(await readMember(members?.[0])).toMatchObject({ code: "archive_too_large", size: 0 });
    expect(await readMember(members?.[1])).toMatchObject({ text: "fine" });
  });

  it("is unpacked in pieces of 4 MB at most, however it is packed", async () => {
    const { packed, crc, size } = packedZeros(64);
    const claim = { size, crc };
    const entry = { name: "zeros", packed, method: 8, local: claim, central: claim };
    const { members } = await make([entry], {}, { maxRatio: 2_000 });
    const read = await readMember(members?.[0]);
    expect(read).toMatchObject({ code: null, size });
    expect(read.largest).toBeLessThan(4.5 * 1024 * 1024);
  });

  it("whose files share their bytes loses all of them but the first", async () => {
    const kernel = { name: "a", content: NOISE };
    const shared = { name: "b", content: NOISE, sameAs: 0 };
    expect(await fates([kernel, shared, { ...shared, name: "c" }, { name: "ok", content: "fine" }])).toEqual([
      ["a", null],
      ["b", "refused: unsafe_content"],
      ["c", "refused: unsafe_content"],
      ["ok", null],
    ]);
  });

  it("whose file holds megabytes of nothing behind its end is given up", async () => {
    const packed = concat([
      makeZip([{ name: "x", content: "hello" }]).subarray(31, 38),
      new Uint8Array(3_000_000),
    ]);
    const { members } = await make([{ name: "x", content: "hello", packed }]);
    expect(await readMember(members?.[0])).toMatchObject({ code: "file_damaged" });
  });

  it("with marks of members everywhere and a directory nowhere is not looked through again and again", async () => {
    const marks = concat(Array.from({ length: 30_000 }, () => u32(0x08074b50, 0, 0, 0)));
    const entry: ZipEntry = { name: "x", packed: marks, content: "x", descriptor: true };
    const source = rangedSource(
      makeZip(
        Array.from({ length: 20 }, () => entry),
        { headless: true },
      ).subarray(0, -16),
      "a.zip",
      "zip",
    );
    await openArchive(zip, source).catch(() => null);
    expect(source.asked.reduce((sum, length) => sum + length, 0)).toBeLessThan(source.size * 30);
  });

  it("inside another one is a member as any other: its own depth is not looked at", async () => {
    const inner = makeZip([{ name: "inner.txt", content: "deep" }]);
    const { members } = await make([{ name: "inner.zip", content: inner }]);
    expect(members?.[0]).toMatchObject({ path: "inner.zip", fate: null });
    expect(await readMember(members?.[0])).toMatchObject({ size: inner.length });
  });
});
