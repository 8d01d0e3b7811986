import { describe, expect, it } from "vitest";
import { mbox } from "../../src/parse/formats/mbox.ts";
import type { OpenedMember, ParseLimits } from "../../src/parse/parser.ts";
import { LIMITS } from "../fixtures/limits.ts";
import { latin } from "../fixtures/mail.ts";
import { sourceOf } from "../fixtures/pdf.ts";
import { NO_PORTS } from "../fixtures/no-ports.ts";

const open = (text: string, limits: Partial<ParseLimits> = {}) =>
  mbox.open(sourceOf(latin(text), "mail.mbox", "mbox"), NO_PORTS, { limits: { ...LIMITS, ...limits } });
const wordsOf = async (member: OpenedMember | undefined) =>
  new TextDecoder().decode(await new Response(await member!.open()).arrayBuffer());

const FROM = "From ann@example.org Tue Apr  8 10:00:00 2025";
const mail = (subject: string, body: string) =>
  `${FROM}\nFrom: ann@example.org\nSubject: ${subject}\n\n${body}\n\n`;

describe("a mailbox", () => {
  it("is a container of its messages, each as it was sent", async () => {
    const opened = await open(
      mail("First", "One") + mail("=?utf-8?Q?Zw=C3=B6lf?=", "Two") + mail("First", "Three"),
    );
    expect(opened).toMatchObject({ container: true, pageCount: 0, warnings: [] });
    expect(opened.inventory).toEqual([{ kind: "message", found: 3, read: 3 }]);
    expect(opened.members?.map(({ path }) => path)).toEqual(["First.eml", "Zwölf.eml", "First (2).eml"]);
    const text = await wordsOf(opened.members?.[0]);
    expect(text).toBe("From: ann@example.org\nSubject: First\n\nOne\n");
    expect(opened.members?.[0]).toMatchObject({ mediaType: "message/rfc822", sizeBytes: text.length });
    expect(await wordsOf(opened.members?.[2])).toContain("Three");
  });

  it("tells sentences from envelopes, and takes back the marks of those that were quoted", async () => {
    const body =
      "From here on it is easy.\n\nFrom there too, they say.\n>From the start\n>>From before\n> kept";
    const opened = await open(mail("A", body) + mail("B", "x"));
    expect(opened.members).toHaveLength(2);
    const text = await wordsOf(opened.members?.[0]);
    expect(text).toContain("\n\nFrom there too, they say.\nFrom the start\n>From before\n> kept");
    expect(opened.members?.[0]?.sizeBytes).toBeNull();
  });

  it("names messages without a subject by their number, and reads CRLF", async () => {
    const opened = await open(`${FROM}\r\nTo: x@y.z\r\n\r\nBody\r\n\r\n${FROM}\r\nTo: x@y.z\r\n\r\nMore\r\n`);
    expect(opened.members?.map(({ path }) => path)).toEqual(["message-0001.eml", "message-0002.eml"]);
    expect(await wordsOf(opened.members?.[0])).toBe("To: x@y.z\r\n\r\nBody\r\n");
  });

  it("takes a file without envelopes for one message", async () => {
    const opened = await open("Subject: Alone\n\nText");
    expect(opened.members?.map(({ path }) => path)).toEqual(["Alone.eml"]);
  });

  it("reads as many messages as the limit allows, and says how many there are", async () => {
    const opened = await open(Array.from({ length: 300 }, (_, index) => mail(`M${index}`, "x")).join(""), {
      maxMembers: 40,
    });
    expect(opened.members).toHaveLength(40);
    expect(opened.inventory).toEqual([{ kind: "message", found: 300, read: 40 }]);
    expect(opened.warnings).toMatchObject([{ code: "content_not_read" }]);
    expect(await wordsOf(opened.members?.[39])).toContain("Subject: M39");
  });

  it("that is cut off gives what there is of its last message, wherever that ends", async () => {
    const first = mail("First", "One");
    const whole = first + mail("Second", "Two");
    for (let length = first.length + FROM.length + 1; length < whole.length; length += 1) {
      const opened = await open(whole.slice(0, length));
      expect(opened.inventory).toEqual([{ kind: "message", found: 2, read: 2 }]);
      expect(await wordsOf(opened.members?.[0])).toBe("From: ann@example.org\nSubject: First\n\nOne\n");
      const rest = whole.slice(first.length + FROM.length + 1, length);
      expect(await wordsOf(opened.members?.[1])).toBe(rest);
    }
  });

  it("refuses an empty one, and ends with what is none", async () => {
    await expect(open("")).rejects.toMatchObject({ code: "empty_file" });
    await expect(open("\n\n\n")).rejects.toMatchObject({ code: "empty_file" });
    const nothing = await open(`${FROM}\n`.repeat(2_000));
    expect(nothing.members!.length).toBeGreaterThan(0);
    const noBreaks = await open(`${FROM} ${"x".repeat(400_000)}`);
    expect(noBreaks.members).toHaveLength(1);
  });
});
