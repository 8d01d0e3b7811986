import { describe, expect, it, vi } from "vitest";
import { valueOf } from "../../src/model/en16931.ts";
import { p7m } from "../../src/parse/formats/p7m.ts";
import { fattura, fatturaBody } from "../fixtures/einvoice.ts";
import { LIMITS } from "../fixtures/limits.ts";
import { contentOf, openWith } from "../fixtures/open.ts";
import { enveloped, signatureAlone, signed, signedInPieces } from "../fixtures/signed.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const invoice = bytes(fattura(fatturaBody("7")));
const open = (content: Uint8Array, name = "IT01.xml.p7m", limits = LIMITS) =>
  openWith(p7m, content, { name, format: "p7m", limits });
const base64 = (content: Uint8Array): string => btoa(String.fromCharCode(...content));

describe("a signed file", () => {
  it("is read as the XML inside it, and says that the signature was not checked", async () => {
    const wrapped = signed(invoice);
    const forms = [
      wrapped,
      signedInPieces(invoice, 100),
      signed(signedInPieces(invoice, 1_000)),
      bytes(base64(wrapped).replace(/(.{64})/g, "$1\n")),
      bytes(`-----BEGIN PKCS7-----\n${base64(wrapped)}\n-----END PKCS7-----\n`),
    ];
    for (const form of forms) {
      const opened = await open(form);
      expect(opened.structured?.map(({ root }) => valueOf(root, "BT-1"))).toEqual(["7"]);
      expect(opened.warnings).toMatchObject([{ code: "signature_not_checked" }]);
      expect(opened.pageCount).toBeGreaterThan(0);
    }
  });

  it("hands any other file on, under its own name", async () => {
    const opened = await open(signed(bytes("%PDF-1.7 content")), "../a.pdf.p7m");
    expect(opened).toMatchObject({
      pageCount: 0,
      container: true,
      members: [{ path: "a.pdf", fate: null, sizeBytes: 16 }],
    });
    expect(await contentOf(opened.members?.[0])).toBe("%PDF-1.7 content");
  });

  it("is refused where it is cut, encrypted, a signature alone, too large or none", async () => {
    const wrapped = signed(invoice);
    const pieces = signedInPieces(invoice, 100);
    const cases: readonly [Uint8Array, string][] = [
      [wrapped.subarray(0, wrapped.length / 2), "file_damaged"],
      [pieces.subarray(0, pieces.length / 2), "file_damaged"],
      [bytes("MIIBabcdefghijklmnopqrstuvwxyz*"), "file_damaged"],
      [bytes("0123 is no signed file"), "file_damaged"],
      [enveloped(), "unsupported_format"],
      [signatureAlone(), "unsupported_format"],
      [signed(new Uint8Array()), "empty_file"],
    ];
    for (const [content, code] of cases) await expect(open(content)).rejects.toMatchObject({ code });
    await expect(open(wrapped, "a.p7m", { ...LIMITS, maxBytes: 10 })).rejects.toMatchObject({
      code: "payload_too_large",
    });
  });

  it("is refused as base64 and as PEM where it is cut, holds something else, or is too large", async () => {
    const text = base64(signed(invoice)).replace(/(.{64})/g, "$1\n");
    const pem = `-----BEGIN PKCS7-----\n${text}\n-----END PKCS7-----\n`;
    for (const form of [text, pem]) {
      const limits = { ...LIMITS, maxBytes: form.length - 1 };
      await expect(open(bytes(form), "a.p7m", limits)).rejects.toMatchObject({ code: "payload_too_large" });
      expect(
        (await open(bytes(form), "a.p7m", { ...LIMITS, maxBytes: form.length })).structured,
      ).toHaveLength(1);
    }
    const damaged = [
      text.slice(0, text.length / 2),
      `${text.slice(0, 200)}*${text.slice(200)}`,
      `-----BEGIN PKCS7 ${text}`,
    ];
    for (const form of damaged) {
      await expect(open(bytes(form))).rejects.toMatchObject({ code: "file_damaged" });
    }
  });

  it("as base64 is decoded without a second whole copy", async () => {
    const text = bytes(base64(signed(bytes(`%PDF-${"x".repeat(90_000)}`))));
    const decoded = vi.spyOn(globalThis, "atob");
    const read = vi.spyOn(TextDecoder.prototype, "decode");
    const opened = await open(text, "a.pdf.p7m");
    const sizes = [
      ...decoded.mock.calls.map(([piece]) => piece.length),
      ...read.mock.calls.map(([piece]) => piece?.byteLength ?? 0),
    ];
    vi.restoreAllMocks();
    expect(opened.members).toMatchObject([{ sizeBytes: 90_005 }]);
    expect(Math.max(0, ...sizes)).toBeLessThan(65_536);
  });

  it("around XML is held to what is read of XML, which bare XML is too", async () => {
    const limits = { ...LIMITS, maxPartBytes: invoice.length - 1 };
    await expect(open(signed(invoice), "a.xml.p7m", limits)).rejects.toMatchObject({ code: "text_too_long" });
  });

  it("stops at elements that hold one another without end", async () => {
    const deep = Uint8Array.from([
      0x30,
      0x80,
      0x06,
      0x09,
      0x2a,
      0x86,
      0x48,
      0x86,
      0xf7,
      0x0d,
      0x01,
      0x07,
      0x02,
      0xa0,
      0x80,
      ...Array.from({ length: 50_000 }, (_, index) => (index % 2 === 0 ? 0x30 : 0x80)),
    ]);
    await expect(open(deep)).rejects.toMatchObject({ code: "file_damaged" });
  });
});
