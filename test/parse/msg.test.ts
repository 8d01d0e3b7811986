import CFB from "cfb";
import { describe, expect, it } from "vitest";
import { AppError } from "../../src/errors.ts";
import { msg } from "../../src/parse/formats/msg.ts";
import { type CompoundStorage, openCompoundFile } from "../../src/parse/mail/msg/compound-file.ts";
import { writeCompoundFile } from "../../src/parse/mail/msg/write-compound-file.ts";
import { decompressRtf } from "../../src/parse/mail/msg/compressed-rtf.ts";
import type { OpenedDocument, OpenedMember, ParseLimits } from "../../src/parse/parser.ts";
import { LIMITS } from "../fixtures/limits.ts";
import { latin, pngOf } from "../fixtures/mail.ts";
import { msgOf, type MsgStorage, storedRtf } from "../fixtures/msg.ts";
import { sourceOf } from "../fixtures/pdf.ts";
import { NO_PORTS } from "../fixtures/no-ports.ts";

const openBytes = (bytes: Uint8Array, limits: Partial<ParseLimits> = {}) =>
  msg.open(sourceOf(bytes, "mail.msg", "msg"), NO_PORTS, { limits: { ...LIMITS, ...limits } });
const open = (message: MsgStorage) => openBytes(msgOf(message));

async function textOf(opened: OpenedDocument): Promise<string> {
  const texts: string[] = [];
  for (let number = 1; number <= opened.pageCount; number += 1) {
    texts.push((await opened.readPage(number)).page.text);
  }
  return texts.join("\n");
}
const contentOf = async (member: OpenedMember | undefined) =>
  new Uint8Array(await new Response(await member!.open()).arrayBuffer());
const fates = (opened: OpenedDocument) =>
  Object.fromEntries((opened.members ?? []).map(({ path, fate }) => [path, fate?.code ?? "document"]));

const text = (unicode: string) => ({ unicode });
const receiver = (name: string, smtp: string, type: number): MsgStorage => ({
  properties: {
    0x3001: text(name),
    0x3002: text("EX"),
    0x3003: text("/o=Org/ou=Unit/cn=Recipients/cn=x"),
    0x39fe: text(smtp),
    0x0c15: { number: type },
  },
});
const BASIC = {
  0x001a: text("IPM.Note"),
  0x0037: text("\u0001\u0005RE: Papers"),
  0x0042: text("Ann Lee"),
  0x0064: text("EX"),
  0x0065: text("/O=ORG/OU=UNIT/CN=RECIPIENTS/CN=ANN"),
  0x5d02: text("ann@example.org"),
  0x0039: { time: "2025-04-08T08:00:00Z" },
  0x1000: text("Hello Bob,\r\nsee below."),
} as const;
const attached = (name: string, bytes: Uint8Array, more: MsgStorage["properties"] = {}): MsgStorage => ({
  properties: { 0x3705: { number: 1 }, 0x3707: text(name), 0x3701: { binary: bytes }, ...more },
});

describe("a message of Outlook", () => {
  it("gives its headers by its properties, with the addresses that people outside can use", async () => {
    const opened = await open({
      properties: { ...BASIC, 0x1035: text("<7@example.org>"), 0x1042: text("<6@example.org>") },
      receivers: [
        receiver("Bob", "bob@example.com", 1),
        receiver("Carl", "carl@example.com", 2),
        receiver("D", "d@x.y", 3),
      ],
    });
    expect(opened.message).toEqual({
      from: [{ name: "Ann Lee", address: "ann@example.org" }],
      to: [{ name: "Bob", address: "bob@example.com" }],
      cc: [{ name: "Carl", address: "carl@example.com" }],
      bcc: [{ name: "D", address: "d@x.y" }],
      reply_to: [],
      subject: "RE: Papers",
      date: "2025-04-08T08:00:00+00:00",
      message_id: "7@example.org",
      in_reply_to: "6@example.org",
      references: [],
    });
    expect(await textOf(opened)).toContain("Hello Bob,");
    expect(opened.members).toEqual([]);
    expect(opened.warnings).toEqual([]);
  });

  it("believes the headers that it travelled with first, and their offset", async () => {
    const headers =
      "From: Ann <a@example.org>\r\nTo: =?utf-8?Q?J=C3=BCrgen?= <j@example.com>\r\nDate: Tue, 8 Apr 2025 10:00:00 +0200\r\n\r\n";
    const { message } = await open({ properties: { ...BASIC, 0x007d: text(headers) } });
    expect(message).toMatchObject({
      from: [{ name: "Ann", address: "a@example.org" }],
      to: [{ name: "Jürgen", address: "j@example.com" }],
      date: "2025-04-08T10:00:00+02:00",
    });
  });

  it("reads text in the message's code page, its receivers' names too", async () => {
    const opened = await open({
      properties: {
        0x001a: text("IPM.Note"),
        0x3ffd: { number: 1251 },
        0x0037: { narrow: latin("\xd1\xf7\xe5\xf2") },
        0x1000: { narrow: latin("\xd1\xf3\xec\xec\xe0") },
      },
      receivers: [
        {
          properties: {
            0x3001: { narrow: latin("\xc0\xed\xed\xe0") },
            0x39fe: text("a@b.ru"),
            0x0c15: { number: 1 },
          },
        },
      ],
    });
    expect(opened.message).toMatchObject({ subject: "Счет", to: [{ name: "Анна", address: "a@b.ru" }] });
    expect(await textOf(opened)).toContain("Сумма");
  });

  it("reads an HTML body, one that is packed in RTF, and RTF itself", async () => {
    const only = (properties: MsgStorage["properties"]) =>
      open({ properties: { 0x001a: text("IPM.Note"), ...properties } });
    const html = await only({ 0x1013: { binary: latin("<html><body><p>From HTML</p></body></html>") } });
    expect(await textOf(html)).toContain("From HTML");
    const wrapped =
      "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 {\\fonttbl{\\f0 Arial;}}{\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 Gr\\'fc\\'dfe {\\*\\htmltag84 <b>}\\u8364?5{\\*\\htmltag92 </b>}\\htmlrtf\\par}\\htmlrtf0 {\\*\\htmltag72 </p>}{\\*\\mhtmltag <img>}}";
    const fromRtf = await textOf(await only({ 0x1009: { binary: storedRtf(wrapped) } }));
    expect(fromRtf).toContain("Grüße €5");
    expect(fromRtf).not.toContain("Arial");
    const plain =
      "{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0\\fcharset204 Arial;}{\\f1\\fcharset128 MS;}}{\\info{\\title no}}\\f0 \\'d1\\'f7\\par {\\f1 \\'90\\'bf}\\par A\\tab B}";
    const read = await textOf(await only({ 0x1009: { binary: storedRtf(plain) } }));
    expect(read).toContain("Сч");
    expect(read).toContain("請");
    expect(read).not.toContain("no");
  });

  it("lists files, embedded messages and what it cannot look into", async () => {
    const inner: MsgStorage = {
      properties: { ...BASIC, 0x0037: text("Inner: one"), 0x1000: text("Text of the inner message.") },
      receivers: [receiver("Eve", "eve@example.com", 1)],
      attachments: [attached("deep.txt", latin("deep"))],
    };
    const opened = await open({
      properties: { ...BASIC, 0x1013: { binary: latin("<p>Hi <img src='cid:logo@x'></p>") } },
      attachments: [
        attached("bill.pdf", latin("%PDF-1.7"), { 0x370e: text("application/pdf") }),
        attached("logo.png", pngOf(150, 60), { 0x3712: text("logo@x") }),
        attached("hidden.png", pngOf(150, 60), { 0x7ffe: { flag: true } }),
        { properties: { 0x3705: { number: 5 }, 0x3701: { storage: inner } } },
        {
          properties: {
            0x3705: { number: 6 },
            0x3707: text("chart"),
            0x3701: { storage: { properties: {} } },
          },
        },
        { properties: { 0x3705: { number: 2 }, 0x3707: text("far.doc") } },
        { properties: { 0x3705: { number: 1 }, 0x3707: text("gone.doc") } },
      ],
    });
    expect(fates(opened)).toEqual({
      "bill.pdf": "document",
      "logo.png": "inline_picture",
      "hidden.png": "inline_picture",
      "Inner one.msg": "document",
      chart: "unsupported_format",
      "far.doc": "unsupported_format",
      "gone.doc": "file_damaged",
    });
    expect(opened.members?.[0]).toMatchObject({ mediaType: "application/pdf", sizeBytes: 8 });
    expect(await contentOf(opened.members?.[0])).toEqual(latin("%PDF-1.7"));

    const again = await openBytes(await contentOf(opened.members?.[3]));
    expect(again.message).toMatchObject({
      subject: "Inner: one",
      to: [{ name: "Eve", address: "eve@example.com" }],
    });
    expect(await textOf(again)).toContain("Text of the inner message.");
    expect(await contentOf(again.members?.[0])).toEqual(latin("deep"));
  });

  it("reads notes and contacts, which nobody sent", async () => {
    const note = await open({
      properties: { 0x001a: text("IPM.StickyNote"), 0x0037: text("Milk"), 0x1000: text("Buy milk") },
    });
    expect(await textOf(note)).toContain("Buy milk");
    const contact = await open({
      properties: { 0x001a: text("IPM.Contact"), 0x3001: text("Ann Lee"), 0x3a16: text("Acme") },
    });
    const read = await textOf(contact);
    expect(read).toContain("Ann Lee");
    expect(read).toContain("Acme");
  });
});

describe("a damaged or hostile message of Outlook", () => {
  const code = (bytes: Uint8Array, limits: Partial<ParseLimits> = {}) =>
    openBytes(bytes, limits).then(
      () => "opened",
      (error: unknown) => (error instanceof AppError ? error.code : error),
    );
  const whole = msgOf({
    properties: BASIC,
    attachments: [attached("a.bin", new Uint8Array(20_000).fill(7))],
  });

  it("is refused when it is cut, is nothing of the kind, or is too large", async () => {
    expect(await code(whole.slice(0, 1_000))).toBe("file_damaged");
    expect(await code(latin("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".padEnd(4_000, "\xff")))).toBe("file_damaged");
    expect(await code(msgOf({ properties: {} }).slice(0, 2_048))).toBe("file_damaged");
    expect(await code(whole, { maxBytes: 1_000 })).toBe("payload_too_large");
  });

  it("gives its text when an attachment breaks off, which opening that one says", async () => {
    const fat = new DataView(whole.buffer).getUint32(76, true);
    const bytes = whole.slice();
    const view = new DataView(bytes.buffer);
    // Every chain that a 20,000-byte stream could take leads out of the file.
    const at = (fat + 1) * 512;
    let chained = 0;
    for (let sector = 0; sector < 128; sector += 1) {
      if (view.getUint32(at + sector * 4, true) !== sector + 1) continue;
      chained += 1;
      if (chained === 30) view.setUint32(at + sector * 4, 0x00ffffff, true);
    }
    const opened = await openBytes(bytes);
    expect(await textOf(opened)).toContain("Hello Bob");
    const outcome = await contentOf(opened.members?.[0]).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(AppError);
    expect(outcome).toMatchObject({ code: "file_damaged" });
  });

  it("ends where a chain of sectors runs in a circle", async () => {
    const bytes = whole.slice();
    const view = new DataView(bytes.buffer);
    const fat = (view.getUint32(76, true) + 1) * 512;
    for (let sector = 0; sector < 128; sector += 1) {
      const next = view.getUint32(fat + sector * 4, true);
      if (next < 0xfffffffa || next === 0xfffffffe) view.setUint32(fat + sector * 4, sector, true);
    }
    expect(await code(bytes)).toBe("file_damaged");
  });

  it("ends with bytes changed anywhere", async () => {
    const outcomes = new Set<unknown>();
    for (let round = 0; round < 300; round += 1) {
      const bytes = whole.slice();
      for (let change = 0; change < 8; change += 1) {
        const at = (round * 7_919 + change * 104_729) % (round % 2 === 0 ? 4_096 : bytes.length);
        bytes[at] = (round * 31 + change * 17) & 255;
      }
      outcomes.add(
        await openBytes(bytes).then(
          async (opened) => {
            await textOf(opened);
            return "opened";
          },
          (error: unknown) => (error instanceof AppError ? error.code : error),
        ),
      );
    }
    for (const outcome of outcomes)
      expect(["opened", "file_damaged", "unsupported_format"]).toContain(outcome);
    expect(outcomes.size).toBeGreaterThan(1);
  });

  it("unpacks no more RTF than is asked for", () => {
    // A literal, then references that repeat it: 17 bytes for 2.
    const packed = new Uint8Array(16 + 9_000);
    const view = new DataView(packed.buffer);
    view.setUint32(8, 0x75465a4c, true);
    packed[16] = 0b11111110;
    packed[17] = 65;
    for (let at = 18; at < packed.length; at += 1) packed[at] = at % 17 === 16 ? 0xff : 0x0f;
    expect(decompressRtf(packed, 500)?.length).toBeLessThanOrEqual(500);
    expect(decompressRtf(latin("short"), 500)).toBeNull();
  });

  it("knows RTF that Outlook packed", () => {
    // [MS-OXRTFCP], 3.1.1: the specification's own example.
    const packed = latin(
      "\x2d\x00\x00\x00\x2b\x00\x00\x00\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\x00\x0a\x00\x72\x63\x70\x67\x31\x32\x35\x42\x32\x0a\xf3\x20\x68\x65\x6c\x09\x00\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0",
    );
    const unpacked = new TextDecoder().decode(decompressRtf(packed, 1_000) ?? undefined);
    expect(unpacked).toBe("{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
  });
});

describe("a compound file that is written", () => {
  const bytesOf = async (storage: CompoundStorage) =>
    new Uint8Array(await new Response(writeCompoundFile(storage)).arrayBuffer());
  const stream = (name: string, size: number, value: number) => {
    const bytes = new Uint8Array(size).fill(value);
    return { name, size, read: () => bytes };
  };
  const written: CompoundStorage = {
    name: "Root Entry",
    streams: [
      stream("empty", 0, 0),
      stream("one", 1, 1),
      stream("mini", 4_095, 2),
      stream("first long", 4_096, 3),
      stream("long", 5_000_000, 4),
    ],
    storages: [
      {
        name: "inner",
        streams: Array.from({ length: 70 }, (_, index) => stream(`s${index}`, 100 + index, index)),
        storages: [{ name: "deep", streams: [stream("x", 65, 9)], storages: [] }],
      },
    ],
  };
  const contents = (storage: CompoundStorage, path = ""): Record<string, string> =>
    Object.assign(
      {},
      ...storage.streams.map(({ name, read }) => {
        const bytes = read();
        return { [`${path}/${name}`]: `${bytes.length} of ${bytes[0]} to ${bytes.at(-1)}` };
      }),
      ...storage.storages.map((inner) => contents(inner, `${path}/${inner.name}`)),
    );

  it("is read again by our reader, stream by stream", async () => {
    expect(contents(openCompoundFile(await bytesOf(written)))).toEqual(contents(written));
  });

  it("is read by another reader as well", async () => {
    const small = { ...written, streams: written.streams.slice(0, 4) };
    const read = CFB.read(await bytesOf(small), { type: "array" });
    expect(CFB.find(read, "/mini")?.content).toHaveLength(4_095);
    expect(CFB.find(read, "/first long")?.content[4_095]).toBe(3);
    expect(CFB.find(read, "/inner/s69")?.content).toHaveLength(169);
    expect(CFB.find(read, "/inner/deep/x")?.content[64]).toBe(9);
  });
});
