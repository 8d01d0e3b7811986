import { describe, expect, it } from "vitest";
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
