import { describe, expect, it } from "vitest";
import { sniff } from "../../src/ingest/sniff.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const PNG = Uint8Array.from([
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1,
  8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xde, 0, 0, 0, 0, 0x49, 0x44, 0x41, 0x54,
]);

describe("a file is known by its content", () => {
  it.each([
    ["a PDF", bytes("%PDF-1.7\n%âãÏÓ"), "x.pdf", "pdf"],
    ["a PDF behind junk", bytes("junk\n%PDF-1.4\n"), "x", "pdf"],
    ["a PNG that calls itself a PDF", PNG, "scan.pdf", "png"],
    ["a JPEG", Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46]), "x.jpg", "jpeg"],
    ["a BMP", bytes(`BM${"\0".repeat(12)}(\0\0\0${"\0".repeat(40)}`), "x.bmp", "bmp"],
    ["a GIF", bytes("GIF89a\u0001\0\u0001\0"), "x.gif", "gif"],
    ["a TIFF", Uint8Array.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0]), "x.tif", "tiff"],
    ["a WebP", bytes("RIFF\u0010\0\0\0WEBPVP8 "), "x.webp", "webp"],
    ["plain text", bytes("Invoice 7\nTotal 12.00\n"), "x.txt", "text"],
    ["text without a name's ending", bytes("Total 12.00"), "note", "text"],
    ["text that begins like a picture", bytes("BMW Rechnung (Nr. 7)\nTotal 12.00"), "x.txt", "text"],
    ["text that begins like a program", bytes("MZ Supplies, invoice 7"), "x.txt", "text"],
    ["UTF-16 text", Uint8Array.from([0xff, 0xfe, 0x41, 0, 0x42, 0]), "x.txt", "text"],
  ])("%s", async (_what, head, name, format) => {
    expect((await sniff(head, name)).format).toBe(format);
  });

  it.each([
    ["a ZIP", bytes("PK\u0003\u0004" + "\0".repeat(40)), "x.zip", "unsupported_format"],
    ["an XML", bytes('<?xml version="1.0"?><a/>'), "x.xml", "unsupported_format"],
    ["a page of HTML", bytes("<!DOCTYPE html><p>"), "x.txt", "unsupported_format"],
    ["PostScript", bytes("%!PS-Adobe-3.0\n"), "x.ps", "unsupported_format"],
    ["RTF", bytes("{\\rtf1 a}"), "x.txt", "unsupported_format"],
    ["a CSV", bytes("a,b\n1,2\n"), "x.csv", "unsupported_format"],
    ["an e-mail", bytes("Received: from a by b\r\nFrom: a@b\r\n"), "mail", "unsupported_format"],
    ["noise", Uint8Array.from({ length: 64 }, (_, at) => (at * 37) % 9), "x.bin", "unsupported_format"],
    [
      "noise named as a PDF",
      Uint8Array.from({ length: 64 }, (_, at) => (at * 37) % 9),
      "x.pdf",
      "file_damaged",
    ],
    ["text named as a PDF", bytes("hello"), "x.pdf", "file_damaged"],
  ])("%s is refused with what to do", async (_what, head, name, code) => {
    const sniffed = await sniff(head, name);
    expect(sniffed).toMatchObject({ format: null, code });
    expect("message" in sniffed && sniffed.message).toMatch(/Send/);
  });
});
