import { describe, expect, it } from "vitest";
import { tar } from "../../src/parse/formats/tar.ts";
import { openArchive, rangedSource, readMember } from "../fixtures/archive.ts";
import { longName, makeTar, pax, type TarMember } from "../fixtures/tar.ts";
import { concat } from "../fixtures/zip.ts";

type Options = Parameters<typeof openArchive>[2];

const open = (bytes: Uint8Array, options?: Options) =>
  openArchive(tar, rangedSource(bytes, "a.tar", "tar"), options);
const listed = async (members: readonly TarMember[], ended = true) => {
  const opened = await open(makeTar(members, ended));
  return (opened.members ?? []).map(({ path, fate }) => [path, fate && `${fate.outcome}: ${fate.code}`]);
};
const NOISE = crypto.getRandomValues(new Uint8Array(20_000));
const LONG = `${"folder/".repeat(30)}letter.txt`;

describe("a TAR", () => {
  it("lists its files in order and gives their content", async () => {
    const opened = await open(
      makeTar([
        { name: "folder/", type: "5" },
        { name: "folder/a.txt", content: "first" },
        { name: "b.bin", content: NOISE },
        { name: "c.txt", content: "old", magic: "", type: "\0" },
        { name: "old/", magic: "", type: "\0" },
        { name: "a.txt", content: "second", prefix: "long/prefix" },
      ]),
    );
    expect(opened).toMatchObject({ container: true, pageCount: 0, warnings: [] });
    expect(opened.members?.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
      ["folder/a.txt", 5],
      ["b.bin", 20_000],
      ["c.txt", 3],
      ["long/prefix/a.txt", 6],
    ]);
    expect(await readMember(opened.members?.[0])).toMatchObject({ text: "first", code: null });
    expect(await readMember(opened.members?.[1])).toMatchObject({ size: 20_000, code: null });
    expect(await readMember(opened.members?.[3])).toMatchObject({ text: "second", code: null });
    await expect(opened.readPage(1)).rejects.toMatchObject({ code: "page_not_found" });
  });

  it.each<[string, readonly TarMember[], string]>([
    ["of POSIX", [pax({ path: LONG }), { name: "short", content: "x" }], LONG],
    ["of GNU", [longName(LONG), { name: "short", content: "x", magic: "ustar  \0" }], LONG],
    [
      "in UTF-8",
      [pax({ path: "März/発注書.pdf", mtime: "1.5" }), { name: "?", content: "x" }],
      "März/発注書.pdf",
    ],
    ["in UTF-8 without a word on it", [{ name: "Rechnung März.pdf", content: "x" }], "Rechnung März.pdf"],
    [
      "behind records that do not hold together",
      [
        { name: "x", type: "x", content: "99 path=a\n" },
        { name: "b", content: "x" },
      ],
      "b",
    ],
    [
      "behind a global header",
      [
        { ...pax({ path: "of nothing" }), type: "g" },
        { name: "b", content: "x" },
      ],
      "b",
    ],
  ])("reads a name %s", async (_how, members, path) => {
    const opened = await open(makeTar(members));
    expect(opened.members?.map((member) => member.path)).toEqual([path]);
    expect(await readMember(opened.members?.[0])).toMatchObject({ text: "x", code: null });
  });

  it.each<[string, TarMember[]]>([
    [
      "in base 256",
      [{ name: "a", content: "hello", size: Uint8Array.of(0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5) }],
    ],
    ["of POSIX, beside one that is 0", [pax({ size: "5" }), { name: "a", content: "hello", size: 0 }]],
    ["with blanks", [{ name: "a", content: "hello", size: new TextEncoder().encode("          5 ") }]],
  ])("reads a size %s", async (_how, members) => {
    const opened = await open(makeTar([...members, { name: "b", content: "next" }]));
    expect(await readMember(opened.members?.[0])).toMatchObject({ text: "hello", code: null });
    expect(await readMember(opened.members?.[1])).toMatchObject({ text: "next", code: null });
  });

  it("without the blocks that end it is read", async () => {
    expect(await listed([{ name: "a", content: "x" }], false)).toEqual([["a", null]]);
  });

  it("ends where its end stands", async () => {
    const opened = await open(
      concat([makeTar([{ name: "a", content: "x" }]), makeTar([{ name: "b", content: "y" }])]),
    );
    expect(opened.members?.map(({ path }) => path)).toEqual(["a"]);
  });

  it("passes over content: only headers are read to list it", async () => {
    const source = rangedSource(
      makeTar(Array.from({ length: 8 }, (_, at) => ({ name: `${at}`, content: new Uint8Array(2_000_000) }))),
      "a.tar",
      "tar",
    );
    expect((await openArchive(tar, source)).members).toHaveLength(8);
    expect(source.asked.reduce((sum, length) => sum + length, 0)).toBeLessThan(3_000_000);
  });
});

describe("members of a TAR that are no documents", () => {
  it("are set aside or refused, with the reason", async () => {
    expect(
      await listed([
        { name: "._a", content: "x" },
        { name: "empty", content: "" },
        { name: "link", type: "2", link: "/etc/passwd" },
        { name: "hard", type: "1", link: "a", size: 4_000 },
        { name: "device", type: "3" },
        { name: "pipe", type: "6" },
        { name: "holes", type: "S", content: "x", size: 1 },
        pax({
          "GNU.sparse.major": "1",
          "GNU.sparse.name": "more holes",
          "GNU.sparse.realsize": "99999999999",
        }),
        { name: "x", content: NOISE },
        { name: "rest", type: "M", content: "x" },
        { name: "volume", type: "V" },
        { name: "fine", content: "x" },
      ]),
    ).toEqual([
      ["._a", "set_aside: system_file"],
      ["empty", "set_aside: empty_file"],
      ["link", "refused: unsafe_content"],
      ["hard", "refused: unsafe_content"],
      ["device", "refused: unsafe_content"],
      ["pipe", "refused: unsafe_content"],
      ["holes", "refused: unsupported_format"],
      ["more holes", "refused: unsupported_format"],
      ["rest", "refused: unsupported_format"],
      ["fine", null],
    ]);
  });

  it("throw what they were refused for", async () => {
    const opened = await open(makeTar([{ name: "link", type: "2" }]));
    expect(await readMember(opened.members?.[0])).toMatchObject({ code: "unsafe_content", size: 0 });
  });
});

describe("a damaged TAR", () => {
  const members: TarMember[] = [
    { name: "a.txt", content: "one" },
    { name: "b.bin", content: NOISE },
    { name: "c.txt", content: "three" },
  ];

  it("that is none is refused", async () => {
    await expect(open(NOISE)).rejects.toMatchObject({ code: "file_damaged" });
    await expect(open(new Uint8Array())).rejects.toMatchObject({ code: "file_damaged" });
    await expect(open(makeTar([{ name: "a", checksum: 7 }]))).rejects.toMatchObject({ code: "file_damaged" });
  });

  it("that is cut off gives what is whole, and names what is not", async () => {
    const opened = await open(makeTar(members).subarray(0, 9_000));
    expect(opened.warnings).toMatchObject([{ code: "file_damaged" }]);
    expect(opened.members?.map(({ path, fate }) => [path, fate?.code])).toEqual([
      ["a.txt", undefined],
      ["b.bin", "file_damaged"],
    ]);
    expect(await readMember(opened.members?.[0])).toMatchObject({ text: "one" });
    expect(await readMember(opened.members?.[1])).toMatchObject({ code: "file_damaged" });
  });

  it("with a broken header goes on at the next one, and says so", async () => {
    const bytes = makeTar(members);
    bytes.fill(0xff, 1_024, 1_100);
    const opened = await open(bytes);
    expect(opened.members?.map(({ path }) => path)).toEqual(["a.txt", "c.txt"]);
    expect(opened.warnings).toMatchObject([{ code: "file_damaged" }]);
  });

  it("is cut anywhere and ends in a list or in one clear error", async () => {
    const whole = makeTar([longName(LONG), ...members, pax({ path: LONG }), { name: "x", content: "y" }]);
    for (let length = 0; length < whole.length; length += 97) {
      const opened = await open(whole.subarray(0, length)).catch((error: { code?: string }) => error.code);
      expect(typeof opened === "object" ? opened.container : opened).toBeOneOf([true, "file_damaged"]);
    }
  });
});

describe("a TAR that is made to do harm", () => {
  it("with one file too many is refused", async () => {
    const members = Array.from({ length: 11 }, (_, at) => ({ name: `${at}`, content: "x" }));
    await expect(open(makeTar(members), { maxMembers: 10 })).rejects.toMatchObject({
      code: "too_many_members",
    });
    expect((await open(makeTar(members), { maxMembers: 11 })).members).toHaveLength(11);
  });

  it.each([
    ["in octal", 0o77777777777],
    ["in base 256", Uint8Array.of(0x80, 0, 0, 0, 0, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)],
  ])("whose size is far beyond its end, %s, loses that file", async (_how, size) => {
    expect(
      await listed([
        { name: "a", content: "x" },
        { name: "huge", content: "x", size },
      ]),
    ).toEqual([
      ["a", null],
      ["huge", "refused: file_damaged"],
    ]);
  });

  it("whose size is below zero or beyond all numbers loses that header", async () => {
    const below = new Uint8Array(12).fill(0xff);
    const beyond = Uint8Array.of(0x80, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
    expect(
      await listed([
        { name: "a", content: "x" },
        { name: "below", size: below },
        { name: "beyond", size: beyond },
        { name: "b", content: "y" },
      ]),
    ).toEqual([
      ["a", null],
      ["b", null],
    ]);
  });

  it("with a record of names of megabytes passes over it", async () => {
    const members = [
      { name: "x", type: "x", content: new Uint8Array(3_000_000).fill(0x41) },
      { name: "a", content: "x" },
    ];
    const source = rangedSource(makeTar(members), "a.tar", "tar");
    expect((await openArchive(tar, source)).members?.map(({ path }) => path)).toEqual(["a"]);
    expect(source.asked.reduce((sum, length) => sum + length, 0)).toBeLessThan(1_000_000);
  });

  it("with names that lead out of it or deceive cleans them, and says so", async () => {
    const opened = await open(
      makeTar([
        { name: "../../etc/passwd", content: "x" },
        { name: "/root/.ssh/id", content: "x" },
        pax({ path: "a\r\nb\u202E.txt" }),
        { name: "x", content: "x" },
      ]),
    );
    expect(opened.members?.map(({ path }) => path)).toEqual(["etc/passwd", "root/.ssh/id", "ab.txt"]);
    expect(opened.warnings).toMatchObject([
      { code: "structure_invalid", message: expect.stringContaining("3 ") },
    ]);
  });
});
