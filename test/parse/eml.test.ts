import { describe, expect, it } from "vitest";
import type { Format } from "../../src/model/format.ts";
import { eml } from "../../src/parse/formats/eml.ts";
import type { OpenedDocument, OpenedMember, ParseLimits } from "../../src/parse/parser.ts";
import { LIMITS } from "../fixtures/limits.ts";
import { attachment, base64, latin, lines, message, multipart, part, pngOf } from "../fixtures/mail.ts";
import { sourceOf } from "../fixtures/pdf.ts";
import { NO_PORTS } from "../fixtures/no-ports.ts";

const FORMAT: Format = "eml";

const open = (bytes: Uint8Array, limits: Partial<ParseLimits> = {}) =>
  eml.open(sourceOf(bytes, "mail.eml", FORMAT), NO_PORTS, { limits: { ...LIMITS, ...limits } });

async function textOf(opened: OpenedDocument): Promise<string> {
  const texts: string[] = [];
  for (let number = 1; number <= opened.pageCount; number += 1) {
    texts.push((await opened.readPage(number)).page.text);
  }
  return texts.join("\n");
}

const contentOf = async (member: OpenedMember | undefined) =>
  new Uint8Array(await new Response(await member!.open()).arrayBuffer());
const wordsOf = async (member: OpenedMember | undefined) => new TextDecoder().decode(await contentOf(member));
const codes = (opened: OpenedDocument) => opened.warnings.map((warning) => warning.code);
const fates = (opened: OpenedDocument) =>
  Object.fromEntries((opened.members ?? []).map(({ path, fate }) => [path, fate?.code ?? "document"]));
const plain = (text: string, charset = "utf-8", encoding = "8bit") =>
  part([`Content-Type: text/plain; charset=${charset}`, `Content-Transfer-Encoding: ${encoding}`], text);

describe("an e-mail", () => {
  it("gives its headers, its text under them, and no members when nothing is attached", async () => {
    const opened = await open(
      message(
        plain("Hello Bob,\r\nthe papers follow.\r\n"),
        "Cc: Carl <carl@example.com>",
        "In-Reply-To: <0@x>",
      ),
    );
    expect(opened.message).toEqual({
      from: [{ name: "Ann Lee", address: "ann@example.org" }],
      to: [{ name: null, address: "bob@example.com" }],
      cc: [{ name: "Carl", address: "carl@example.com" }],
      bcc: [],
      reply_to: [],
      subject: "Papers",
      date: "2025-04-08T10:00:00+02:00",
      message_id: "1@example.org",
      in_reply_to: "0@x",
      references: [],
    });
    expect(opened.members).toEqual([]);
    expect(opened.warnings).toEqual([]);
    const { page } = await opened.readPage(1);
    expect(page.source).toBe("text_layer");
    expect(page.text.replace(/\s+/g, " ")).toContain(
      "Subject: Papers Date: 2025-04-08 10:00:00 +02:00 Hello Bob,",
    );
  });

  it.each([
    ["windows-1252", latin("Betrag 5 \x80, M\xfcller"), "Betrag 5 €, Müller"],
    ["windows-1251", latin("\xd1\xf7\xe5\xf2"), "Счет"],
    ["koi8-r", latin("\xf3\xde\xc5\xd4"), "Счет"],
    ["iso-8859-2", latin("\xb3\xf3d\xbc"), "łódź"],
    ["gb2312", latin("\xb7\xa2\xc6\xb1"), "发票"],
    ["big5", latin("\xb5o\xb2\xbc"), "發票"],
    ["shift_jis", latin("\x90\xbf\x8b\x81\x8f\x91"), "請求書"],
    ["iso-2022-jp", latin("\x1b$B@A5a=q\x1b(B"), "請求書"],
    ["euc-kr", latin("\xb0\xe8\xbb\xea\xbc\xad"), "계산서"],
    ["utf-7", latin("Fr+APY-sche +- mehr"), "Frösche + mehr"],
    ["cp1250", latin("\x9elu\x9d"), "žluť"],
  ])("reads its text in %s", async (charset, bytes, expected) => {
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    const opened = await open(message(plain(text, charset)));
    expect(await textOf(opened)).toContain(expected);
    expect(codes(opened)).toEqual([]);
  });

  it("tells the encoding of a text that names none by its letters", async () => {
    const windows1251 =
      "\xd1\xf7\xe5\xf2 \xed\xe0 \xee\xef\xeb\xe0\xf2\xf3 \xef\xf0\xe8\xeb\xee\xe6\xe5\xed \xea \xef\xe8\xf1\xfc\xec\xf3";
    const opened = await open(message(part(["Content-Type: text/plain"], windows1251)));
    expect(await textOf(opened)).toContain("Счет на оплату приложен к письму");
    expect(codes(opened)).toEqual(["encoding_guessed"]);
  });

  it("says so when the text is in no encoding that it names", async () => {
    const opened = await open(message(plain("M\xfcller", "utf-8")));
    expect(await textOf(opened)).toContain("Müller");
    expect(codes(opened)).toEqual(["encoding_guessed"]);
  });

  it("decodes quoted-printable and base64, and joins the lines of a flowed text", async () => {
    const quoted = await open(message(plain("Gr=C3=BC=\r\n=C3=9Fe =3D gut", "utf-8", "quoted-printable")));
    expect(await textOf(quoted)).toContain("Grüße = gut");
    const packed = await open(message(plain(base64(new TextEncoder().encode("Grüße")), "utf-8", "base64")));
    expect(await textOf(packed)).toContain("Grüße");
    const flowed =
      "Content-Type: text/plain; format=flowed\r\n\r\nOne line \r\nof two.\r\n> quoted \r\n> too\r\n-- \r\nAnn";
    const text = await textOf(await open(message(flowed)));
    expect(text).toContain("One line of two.");
    expect(text).toContain("> quoted too");
    const joined = "Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\nOne wo \r\nrd.";
    expect(await textOf(await open(message(joined)))).toContain("One word.");
  });

  it("prefers plain text, but not an empty one or one that only points at the HTML", async () => {
    const html = part(
      ["Content-Type: text/html; charset=utf-8"],
      `<p>Total <b>12.50</b></p><p>${"word ".repeat(200)}</p>`,
    );
    const real = await open(message(multipart("alternative", [plain(`Plain ${"text ".repeat(90)}`), html])));
    expect(await textOf(real)).toContain("Plain text");
    for (const stub of ["", "View this message in a browser."]) {
      const opened = await open(message(multipart("alternative", [plain(stub), html])));
      expect(await textOf(opened)).toContain("Total 12.50");
    }
  });

  it("leaves scripts, styles and comments of an HTML out", async () => {
    const html =
      "<style>p{}</style><script>alert(1)</script><!-- no --><p>Seen<br>twice</p><table><tr><td>A</td><td>B</td></tr></table>";
    const text = await textOf(await open(message(part(["Content-Type: text/html"], html))));
    expect(text.slice(text.indexOf("Seen")).split(/\s+/)).toEqual(["Seen", "twice", "A", "B"]);
  });

  it("lists what is attached in its order, with media type, size and content", async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 251);
    const opened = await open(
      message(
        multipart("mixed", [
          plain("See below."),
          attachment("bill.pdf", "application/pdf", bytes),
          part(["Content-Type: text/csv; name=a.csv", "Content-Disposition: attachment"], "a;b\r\n1;2"),
          plain("A footer of the list."),
        ]),
      ),
    );
    expect(opened.members?.map(({ path, mediaType, sizeBytes }) => [path, mediaType, sizeBytes])).toEqual([
      ["bill.pdf", "application/pdf", 70_000],
      ["a.csv", "text/csv", 8],
    ]);
    expect(await contentOf(opened.members?.[0])).toEqual(bytes);
    expect(await wordsOf(opened.members?.[1])).toBe("a;b\r\n1;2");
    expect(await textOf(opened)).toContain("A footer of the list.");
  });

  it("gives members names that are safe and unlike one another", async () => {
    const named = (header: string) =>
      part(["Content-Type: application/pdf", `Content-Disposition: attachment; ${header}`], "%PDF-");
    const opened = await open(
      message(
        multipart("mixed", [
          plain("x"),
          named('filename="..\\\\..\\\\evil\\\\a.pdf"'),
          named("filename*=utf-8''R%C3%A9sum%C3%A9.pdf"),
          named('filename*0="long "; filename*1="name.pdf"'),
          named('filename="=?iso-8859-1?Q?Gr=FC=DFe.pdf?="'),
          named("filename=two words.pdf"),
          named('filename="a.pdf"'),
          part(["Content-Type: application/pdf"], "%PDF-"),
          named('filename="bad\u0001\u0007.pdf"'),
        ]),
      ),
    );
    expect(opened.members?.map(({ path }) => path)).toEqual([
      "a.pdf",
      "Résumé.pdf",
      "long name.pdf",
      "Grüße.pdf",
      "two words.pdf",
      "a (2).pdf",
      "attachment-7.pdf",
      "bad .pdf",
    ]);
  });

  it("takes a message inside as a member named by its subject, encoded or not", async () => {
    const inner = lines("From: x@example.org", "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe/a?=", "", "Inner text");
    const opened = await open(
      message(multipart("mixed", [plain("Outer"), part(["Content-Type: message/rfc822"], inner)])),
    );
    expect(fates(opened)).toEqual({ "Grüße a.eml": "document" });
    expect(await wordsOf(opened.members?.[0])).toContain("Inner text");
    expect(await textOf(opened)).not.toContain("Inner text");
  });

  it("sets logos and decoration aside, and keeps what may be a photo of a paper", async () => {
    const html = part(
      ["Content-Type: text/html; charset=utf-8"],
      '<p>Hi</p><img src="cid:logo@x"><img src=CID:photo@x><div style="background:url(cid:rule@x)">',
    );
    const shown = (id: string) => [
      `Content-ID: <${id}>`,
      `Content-Disposition: attachment; filename=${id.split("@")[0]}.png`,
    ];
    const opened = await open(
      message(
        multipart("mixed", [
          multipart("related", [
            html,
            attachment("logo.png", "image/png", pngOf(200, 80, 9_000), ...shown("logo@x")),
            attachment("photo.png", "image/png", pngOf(900, 1_600, 60_000), ...shown("photo@x")),
          ]),
          attachment("rule.png", "image/png", pngOf(600, 4), ...shown("rule@x")),
          attachment("scan.png", "image/png", pngOf(400, 300, 12_000)),
          attachment(
            "banner.png",
            "image/png",
            pngOf(700, 120, 50_000),
            'Content-Disposition: inline; filename="banner.png"',
          ),
        ]),
      ),
    );
    expect(fates(opened)).toEqual({
      "logo.png": "inline_picture",
      "photo.png": "document",
      "rule.png": "inline_picture",
      "scan.png": "document",
      "banner.png": "inline_picture",
    });
    expect(opened.members?.[0]?.fate).toMatchObject({ outcome: "set_aside" });
    expect(opened.members?.[0]?.fate?.message).toContain("logo.png (200 by 80 pixels)");
  });

  it("sets signatures and notes between programs aside, and refuses what it cannot look into", async () => {
    const data = latin("x".repeat(40));
    const enveloped = latin("\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03\xa0\x80");
    const opened = await open(
      message(
        multipart("mixed", [
          plain("x"),
          attachment("smime.p7s", "application/pkcs7-signature", data),
          attachment("signature.asc", "application/pgp-signature", data),
          attachment("status.txt", "message/delivery-status", data),
          attachment("smime.p7m", "application/pkcs7-mime", enveloped),
          attachment("page.css", "text/css", data),
          attachment("ball.hqx", "application/mac-binhex40", data),
          attachment("empty.pdf", "application/pdf", new Uint8Array(0)),
          attachment("card.vcf", "text/vcard", data),
          multipart("encrypted", [
            part(["Content-Type: application/pgp-encrypted"], "Version: 1"),
            part(
              ["Content-Type: application/octet-stream; name=encrypted.asc"],
              "-----BEGIN PGP MESSAGE-----",
            ),
          ]),
        ]),
      ),
    );
    expect(fates(opened)).toEqual({
      "smime.p7s": "signature",
      "signature.asc": "signature",
      "status.txt": "system_file",
      "smime.p7m": "password_required",
      "page.css": "system_file",
      "ball.hqx": "unsupported_format",
      "empty.pdf": "empty_file",
      "card.vcf": "document",
      "attachment-9": "system_file",
      "encrypted.asc": "password_required",
    });
  });

  it("names files and ciphers that stand in its text as letters", async () => {
    const cipher = "-----BEGIN PGP MESSAGE-----\r\nhQEMA\r\n-----END PGP MESSAGE-----";
    const encrypted = await open(message(plain(`Secret:\r\n${cipher}\r\nBye`)));
    expect(await textOf(encrypted)).toMatch(/\[OpenPGP\]\s+Bye/);
    expect(encrypted.warnings[0]?.message).toContain("OpenPGP");
    const uu = "begin 644 cat.txt\r\n#0V%T\r\n`\r\nend";
    const opened = await open(message(plain(`Look:\r\n\r\n${uu}\r\n\r\nBye`)));
    const text = await textOf(opened);
    expect(text).toContain("[cat.txt]");
    expect(text).not.toContain("#0V%T");
    expect(opened.warnings).toMatchObject([{ code: "content_not_read" }]);
    expect(opened.warnings[0]?.message).toContain("cat.txt");
  });
});

describe("a winmail.dat", () => {
  const attribute = (level: number, id: number, data: Uint8Array) => {
    const bytes = new Uint8Array(11 + data.length);
    const view = new DataView(bytes.buffer);
    view.setUint8(0, level);
    view.setUint32(1, id, true);
    view.setUint32(5, data.length, true);
    bytes.set(data, 9);
    return bytes;
  };
  const tnef = (...attributes: readonly Uint8Array[]) => {
    const head = latin("\x78\x9f\x3e\x22\x01\x00");
    return Uint8Array.from([head, ...attributes].flatMap((bytes) => Array.from(bytes)));
  };
  /** A property of Unicode text: type, id, one value, its length, padded to four. */
  const longName = (name: string) => {
    const wide = latin(Array.from(`${name}\0`, (character) => `${character}\0`).join(""));
    const bytes = new Uint8Array(16 + ((wide.length + 3) & ~3));
    const view = new DataView(bytes.buffer);
    view.setUint32(0, 1, true);
    view.setUint32(4, 0x3707001f, true);
    view.setUint32(8, 1, true);
    view.setUint32(12, wide.length, true);
    bytes.set(wide, 16);
    return bytes;
  };
  const mailed = (bytes: Uint8Array) =>
    open(message(multipart("mixed", [plain("x"), attachment("winmail.dat", "application/ms-tnef", bytes)])));

  it("stands for the files in it", async () => {
    const begin = attribute(2, 0x00069002, new Uint8Array(14));
    const opened = await mailed(
      tnef(
        attribute(1, 0x00069007, latin("\xe4\x04\x00\x00")),
        begin,
        attribute(2, 0x00018010, latin("SHORT~1.PDF\0")),
        attribute(2, 0x0006800f, latin("%PDF-1.7 first")),
        attribute(2, 0x00069005, longName("long name.pdf")),
        begin,
        attribute(2, 0x00018010, latin("b.txt\0")),
        attribute(2, 0x0006800f, latin("second")),
      ),
    );
    expect(fates(opened)).toEqual({ "long name.pdf": "document", "b.txt": "document" });
    expect(await wordsOf(opened.members?.[0])).toBe("%PDF-1.7 first");
    expect(await wordsOf(opened.members?.[1])).toBe("second");
  });

  it("is set aside when it holds none, and refused when it is damaged", async () => {
    expect(fates(await mailed(tnef(attribute(1, 0x0002800c, latin("body")))))).toEqual({
      "winmail.dat": "system_file",
    });
    const cut = tnef(
      attribute(2, 0x00069002, new Uint8Array(14)),
      attribute(2, 0x0006800f, latin("data")),
    ).slice(0, -8);
    expect(fates(await mailed(cut))).toEqual({ "winmail.dat": "file_damaged" });
  });
});

describe("a damaged or hostile e-mail", () => {
  it("is read as text where it has no headers", async () => {
    const opened = await open(latin("Just some words.\r\nAnd more."));
    expect(await textOf(opened)).toContain("Just some words.");
    expect(codes(opened)).toEqual(["structure_invalid"]);
    expect(opened.message?.from).toEqual([]);
  });

  it("gives what came before it breaks off, and says that it does", async () => {
    const whole = message(
      multipart("mixed", [
        plain("Whole text."),
        attachment("a.bin", "application/pdf", latin("x".repeat(300))),
      ]),
    );
    const opened = await open(whole.slice(0, whole.length - 150));
    expect(codes(opened)).toEqual(["file_damaged"]);
    expect(await textOf(opened)).toContain("Whole text.");
    const content = await wordsOf(opened.members?.[0]);
    expect(content.length).toBeGreaterThan(100);
    expect(content).toMatch(/^x+$/);
  });

  it("takes a later text that breaks off for an attachment, not for the body", async () => {
    const opened = await open(
      message('Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nFirst\r\n--b\r\n\r\nSecond'),
    );
    expect(await textOf(opened)).not.toContain("Second");
    expect(await wordsOf(opened.members?.[0])).toBe("Second");
  });

  it("reads a multipart whose boundary is missing or unlike the one that it names", async () => {
    const missing =
      "Content-Type: multipart/mixed\r\n\r\n--zz\r\nContent-Type: text/plain\r\n\r\nFound\r\n--zz--\r\n";
    expect(await textOf(await open(message(missing)))).toContain("Found");
    const other = 'Content-Type: multipart/mixed; boundary="aa"\r\n\r\n--bb\r\n\r\nAll of it\r\n--bb--\r\n';
    const opened = await open(message(other));
    expect(await textOf(opened)).toContain("All of it");
    expect(codes(opened)).toEqual(["file_damaged"]);
  });

  it("ends an inner multipart that was not closed at the outer boundary", async () => {
    const inner = `Content-Type: multipart/alternative; boundary="in"\r\n\r\n--in\r\n${plain("Inner")}\r\n`;
    const opened = await open(
      message(multipart("mixed", [inner, attachment("a.pdf", "application/pdf", latin("%PDF-"))])),
    );
    expect(await textOf(opened)).toContain("Inner");
    expect(fates(opened)).toEqual({ "a.pdf": "document" });
  });

  it("reads parts that are nested a hundred deep and refuses those that are nested deeper than the limit", async () => {
    const nested = (depth: number) => {
      let inner = plain("At the bottom");
      for (let level = 0; level < depth; level += 1) inner = multipart("mixed", [inner], `level-${level}-x`);
      return message(inner);
    };
    expect(await textOf(await open(nested(100)))).toContain("At the bottom");
    const opened = await open(nested(30), { maxDepth: 20 });
    expect(Object.values(fates(opened))).toEqual(["nesting_too_deep"]);
  });

  it("reads as many attachments as the limit allows, and counts the others", async () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      attachment(`${index}.pdf`, "application/pdf", latin(`%PDF-${index}`)),
    );
    const all = await open(message(multipart("mixed", [plain("x"), ...many])));
    expect(all.members).toHaveLength(500);
    expect(await wordsOf(all.members?.[499])).toBe("%PDF-499");
    const some = await open(message(multipart("mixed", [plain("x"), ...many])), { maxMembers: 20 });
    expect(some.members).toHaveLength(20);
    expect(some.inventory).toEqual([{ kind: "attachment", found: 500, read: 20 }]);
    expect(some.warnings).toMatchObject([{ code: "attachments_not_read" }]);
  });

  it("cuts a header that has no end, and still gives what it knows", async () => {
    const bomb = Array.from({ length: 60_000 }, (_, index) => `X-Filler-${index}: ${"y".repeat(30)}`);
    const opened = await open(message(plain("Body"), "List-Id: first", ...bomb));
    expect(codes(opened)).toEqual(["content_not_read"]);
    expect(await textOf(opened)).toContain("Body");
    const endless = await open(latin(`Subject: ${"a".repeat(3_000_000)}`));
    expect(codes(endless)).toContain("content_not_read");
  });

  it("cuts a text that is longer than the limit", async () => {
    const opened = await open(message(plain("word ".repeat(10_000))), { maxTextBytes: 1_000 });
    expect(codes(opened)).toEqual(["text_truncated"]);
    const lined = await open(message(plain("a\r\n\r\n".repeat(3_000))), { maxPages: 10 });
    expect(codes(lined)).toEqual(["text_truncated"]);
    expect(lined.pageCount).toBeLessThanOrEqual(10);
    const unbroken = await open(message(plain("line\r\n".repeat(3_000))), { maxPages: 10 });
    expect(codes(unbroken)).toEqual(["text_truncated"]);
    expect(await textOf(unbroken)).toContain("line");
  });

  it.each([
    ["nothing but NUL", latin("\0".repeat(10_000))],
    ["an empty file", new Uint8Array(0)],
    ["headers alone", latin("Subject: x\r\nFrom: a@b")],
    ["a boundary and no part", latin('Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b--')],
    [
      "boundaries alone",
      latin(`Content-Type: multipart/mixed; boundary="b"\r\n\r\n${"--b\r\n".repeat(20_000)}`),
    ],
    ["a line of brackets", latin(`From: ${'<("'.repeat(50_000)}\r\n\r\nx`)],
    ["endless encoded words", latin(`Subject: ${"=?utf-8?B?".repeat(20_000)}\r\n\r\nx`)],
    ["endless parameters", latin(`Content-Type: text/plain${"; a*0*=x''%41".repeat(10_000)}\r\n\r\nx`)],
    ["base64 that is none", message(plain("=====\u0000\u00ff!!!!", "utf-8", "base64"))],
    ["CR alone for line ends", latin("Subject: x\rFrom: a@b.c\r\rBody")],
  ])("ends with %s", async (_, bytes) => {
    const opened = await open(bytes);
    await textOf(opened);
    for (const member of (opened.members ?? []).slice(0, 5)) await contentOf(member);
    expect(opened.message).toBeDefined();
  });

  it("opens a large message without holding it: its bytes are asked for piece by piece", async () => {
    const body = latin(
      `From: a@example.org\r\n${multipart("mixed", [plain("x"), attachment("big.bin", "application/pdf", new Uint8Array(6_000_000).fill(65))])}`,
    );
    let largest = 0;
    const source = {
      ...sourceOf(body, "mail.eml", FORMAT),
      bytes: () => expect.fail("it was read whole"),
      range: async (offset: number, length: number) => {
        largest = Math.max(largest, length);
        return body.slice(offset, offset + length);
      },
    };
    const opened = await eml.open(source, NO_PORTS, { limits: LIMITS });
    let size = 0;
    for await (const chunk of await opened.members![0]!.open()) size += chunk.length;
    expect(size).toBe(6_000_000);
    expect(largest).toBeLessThanOrEqual(1024 * 1024);
  });
});
