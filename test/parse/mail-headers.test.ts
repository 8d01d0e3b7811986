import { describe, expect, it } from "vitest";
import { author, mailboxes } from "../../src/parse/mail/addresses.ts";
import { decodeWords } from "../../src/parse/mail/encoded-words.ts";
import { isoDate } from "../../src/parse/mail/message-date.ts";
import { structuredValue } from "../../src/parse/mail/parameters.ts";
import { pictureSize } from "../../src/parse/pictures/picture-size.ts";
import { latin, pngOf } from "../fixtures/mail.ts";

describe("dates of messages", () => {
  it.each([
    ["Tue, 29 Jul 2025 12:42:06 +0000", "2025-07-29T12:42:06+00:00"],
    ["Wed, 17 May 2000 19:20:24 -0400 (EDT)", "2000-05-17T19:20:24-04:00"],
    ["1 Jan 2024 00:00 +0530", "2024-01-01T00:00:00+05:30"],
    ["Sat, 5 Sep 98 07:08:09 EST", "1998-09-05T07:08:09-05:00"],
    ["5 Sep 03 07:08:09 PDT", "2003-09-05T07:08:09-07:00"],
    ["5 Sep 103 07:08:09 UT", "2003-09-05T07:08:09+00:00"],
    ["Fri, 29 Feb 2008 23:59:60 Z", "2008-02-29T23:59:60+00:00"],
    ["Mon (a comment), 3 Mar 2025 09:15:00 +01:00", "2025-03-03T09:15:00+01:00"],
    ["Monday, 03-Mar-25 09:15:00 GMT", "2025-03-03T09:15:00+00:00"],
    ["Mon Mar  3 09:15:00 2025 +0100", "2025-03-03T09:15:00+01:00"],
    ["Mon Mar  3 09:15:00 MET 2025", "2025-03-03T09:15:00+01:00"],
    ["Mar 3, 2025 09:15:00 -0330", "2025-03-03T09:15:00-03:30"],
    ["3 March 2025 9:15:00 A", "2025-03-03T09:15:00+00:00"],
    ["2025-03-03T09:15:00.123Z", "2025-03-03T09:15:00+00:00"],
    ["2025-03-03 09:15:00 +0200", "2025-03-03T09:15:00+02:00"],
    ["Tue, 8 Apr 2025 10:00:00", "2025-04-08T10:00:00"],
  ])("reads %s", (written, expected) => {
    expect(isoDate(written)).toBe(expected);
  });

  it.each([
    "",
    "INVALID-DATE-FORMAT",
    "Tue, 31 Feb 2025 10:00:00 +0000",
    "Tue, 8 Apr 2025 25:00:00 +0000",
    "Tue, 8 Foo 2025 10:00:00 +0000",
    "Tue, 0 Apr 2025 10:00:00 +0000",
    "yesterday at 10:00",
    "Tue, 7 Apr 2026 10:00:t <x@example.org>",
  ])("gives none for %j", (written) => {
    expect(isoDate(written)).toBeNull();
  });
});

describe("encoded words", () => {
  it.each([
    ["=?utf-8?B?R3LDvMOfZQ==?=", "Grüße"],
    ["=?ISO-8859-1?q?Gr=FC=DFe_aus?= Bonn", "Grüße aus Bonn"],
    ["=?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ==?=", "Grüße"],
    ["a =?utf-8?Q?b?= =?iso-8859-2?Q?=B3?= c", "a bł c"],
    ["=?iso-2022-jp?B?GyRCQEE1YT1xGyhC?=", "請求書"],
    ["=?utf-8*de?Q?Tag?=", "Tag"],
    ["=?utf-7?Q?M+APw-ller?=", "Müller"],
    ["=?iso-8859-1?Q?J\xfcrgen?=", "Jürgen"],
    ["=?no-such-charset?Q?caf=C3=A9?=", "café"],
    ["=?utf-8?Q?open", "=?utf-8?Q?open"],
    ["raw \xc3\xa9 and \xe9", "raw Ã© and é"],
    ["raw \xc3\xa9", "raw é"],
  ])("reads %s", (written, expected) => {
    expect(decodeWords(written)).toBe(expected);
  });
});

describe("addresses", () => {
  it("reads names, comments, quotes, routes and lists", () => {
    expect(mailboxes(['"Lee, Ann" <ann@example.org>, bob@example.com (Bob), <c@d.e>', "f@g.h"])).toEqual([
      { name: "Lee, Ann", address: "ann@example.org" },
      { name: "Bob", address: "bob@example.com" },
      { name: null, address: "c@d.e" },
      { name: null, address: "f@g.h" },
    ]);
  });

  it("flattens groups, and keeps commas that stand in encoded words", () => {
    expect(mailboxes(["Team: a@b.c, =?utf-8?Q?D=2C_E?= <d@e.f>;, undisclosed-recipients:;"])).toEqual([
      { name: null, address: "a@b.c" },
      { name: "D, E", address: "d@e.f" },
    ]);
    expect(mailboxes(['"=?utf-8?Q?J=C3=BCrgen?=" <j@k.l>'])).toEqual([{ name: "Jürgen", address: "j@k.l" }]);
  });

  it("keeps a name without an address, and one author whose name has a comma", () => {
    expect(mailboxes(["Someone Else"])).toEqual([{ name: "Someone Else", address: "" }]);
    expect(author(["Acme, Inc. <a@b.c>"])).toEqual([{ name: "Acme, Inc.", address: "a@b.c" }]);
    expect(author(["A <a@b.c>, B <b@b.c>"])).toHaveLength(2);
  });
});

describe("structured values", () => {
  it("reads parameters that are quoted, bare, in sections and in percent signs", () => {
    const { value, params } = structuredValue(
      'Text/Plain (comment); charset="utf-8"; name*0*=iso-8859-1\'de\'Gr%FC; name*1*=%DFe; name*2=.txt; x=a b ; y="q\\"q"',
    );
    expect(value).toBe("text/plain");
    expect(Object.fromEntries(params)).toEqual({ charset: "utf-8", name: "Grüße.txt", x: "a b", y: 'q"q' });
  });

  it("prefers the extended form of a parameter", () => {
    const { params } = structuredValue(
      "attachment; filename=\"Gr__e.pdf\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe.pdf",
    );
    expect(params.get("filename")).toBe("Grüße.pdf");
  });
});

describe("a picture's size", () => {
  it("is read from its header", () => {
    expect(pictureSize(pngOf(640, 480))).toEqual({ width: 640, height: 480 });
    expect(pictureSize(latin("GIF89a\x20\x00\x10\x00"))).toEqual({ width: 32, height: 16 });
    const jpeg = latin(
      "\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\x00\x11\x08\x01\x00\x02\x00\x03\0\0\0\0\0\0\0\0\0",
    );
    expect(pictureSize(jpeg)).toEqual({ width: 512, height: 256 });
  });

  it("is unknown for what is none, or breaks off", () => {
    expect(pictureSize(latin("%PDF-1.7"))).toBeNull();
    expect(pictureSize(pngOf(1, 1).slice(0, 10))).toBeNull();
    expect(pictureSize(latin("\xff\xd8\xff\xe0\x00\x10"))).toBeNull();
    expect(pictureSize(latin("\xff\xd8\xff\xe0\x00\x00\xff\xe0\x00\x00\x00\x00\x00\x00"))).toBeNull();
  });
});
