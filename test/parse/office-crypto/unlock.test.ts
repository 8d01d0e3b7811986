import { utils, write } from "@e965/xlsx";
import { describe, expect, it } from "vitest";
import { byteSource } from "../../../src/model/byte-source.ts";
import type { Format } from "../../../src/model/format.ts";
import { readLegacyLock } from "../../../src/parse/office-crypto/legacy-cipher.ts";
import { Rc4 } from "../../../src/parse/office-crypto/primitives.ts";
import { unlockOffice } from "../../../src/parse/office-crypto/unlock.ts";
import { xorLock } from "../../../src/parse/office-crypto/xor-cipher.ts";
import { openCompound } from "../../../src/parse/package/open-compound.ts";
import { openPackage } from "../../../src/parse/package/open-package.ts";
import { formats } from "../../../src/parse/registry.ts";
import { compound } from "../../fixtures/compound.ts";
import { NO_PORTS, readAll } from "../../fixtures/flow.ts";
import { LIMITS } from "../../fixtures/limits.ts";
import { agile, encryptAt, legacyCipher, standard } from "../../fixtures/office-lock.ts";
import { fields, join } from "../../fixtures/raw-zip.ts";
import { rowsOf, workbook, zip } from "../../fixtures/workbook.ts";

const PASSWORD = "Grüße 2024";
const BOOK = workbook({ sheets: [{ name: "Secret", rows: rowsOf([["Total", 114.36]]) }] });

const unlock = (bytes: Uint8Array, format: Format, password?: string) =>
  unlockOffice(byteSource(bytes, `file.${format}`, format), {
    limits: LIMITS,
    ...(password === undefined ? {} : { password }),
  });

const textOf = async (bytes: Uint8Array, format: Format, password?: string): Promise<string> => {
  const parser = await formats[format].load();
  const options = { limits: LIMITS, ...(password === undefined ? {} : { password }) };
  const opened = await parser.open(byteSource(bytes, `file.${format}`, format), NO_PORTS, options);
  return (await readAll(opened)).pages.map(({ text }) => text).join("\n");
};

const hex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

describe("an encrypted package", () => {
  for (const [name, lock] of [
    ["agile", agile],
    ["standard", standard],
  ] as const) {
    it(`is read with its password (${name})`, async () => {
      expect(await textOf(lock(BOOK, PASSWORD), "xlsx", PASSWORD)).toBe("Total\n114.36\nSecret");
    });

    it(`asks for its password, and says when it is the wrong one (${name})`, async () => {
      const locked = lock(BOOK, PASSWORD);
      await expect(unlock(locked, "xlsx")).rejects.toMatchObject({ code: "password_required" });
      await expect(unlock(locked, "xlsx", "guess")).rejects.toMatchObject({ code: "password_incorrect" });
    });
  }

  it("is read without a password where it was encrypted with Excel's own", async () => {
    expect(await textOf(agile(BOOK, "VelvetSweatshop"), "xlsx")).toContain("Total");
  });

  it("is read as what it is, whatever its name says", async () => {
    expect((await unlock(agile(BOOK, PASSWORD), "docx", PASSWORD)).format).toBe("xlsx");
    expect(await textOf(agile(BOOK, PASSWORD), "pptx", PASSWORD)).toContain("Total");
  });

  it("is refused for more rounds of key derivation than are worked off", async () => {
    await expect(unlock(agile(BOOK, PASSWORD, 10_000_000), "xlsx", PASSWORD)).rejects.toMatchObject({
      code: "unsafe_content",
    });
  });

  it("is damaged where its description or its content is cut off", async () => {
    const file = openCompound(agile(BOOK, PASSWORD));
    const info = file.bytes("EncryptionInfo") ?? new Uint8Array();
    const content = file.bytes("EncryptedPackage") ?? new Uint8Array();
    const cut = compound({ EncryptionInfo: info.subarray(0, 300), EncryptedPackage: content });
    await expect(unlock(cut, "xlsx", PASSWORD)).rejects.toMatchObject({ code: "file_damaged" });
    const short = compound({ EncryptionInfo: info, EncryptedPackage: content.subarray(0, 200) });
    await expect(unlock(short, "xlsx", PASSWORD)).rejects.toMatchObject({ code: "file_damaged" });
  });

  it("says that rights management is not read", async () => {
    const managed = compound({
      EncryptedPackage: new Uint8Array(64),
      "\u0006DataSpaces/x": new Uint8Array(9),
    });
    await expect(unlock(managed, "xlsx", PASSWORD)).rejects.toMatchObject({ code: "unsupported_format" });
  });
});

/** A workbook of BIFF8 whose records are encrypted behind a FilePass that is put in front of them. */
function lockedXls(body: Uint8Array, encrypt: (data: Uint8Array, at: number) => void): Uint8Array {
  const sheet = utils.aoa_to_sheet([["Amount"], [42.5]]);
  const plain =
    openCompound(
      new Uint8Array(
        write({ SheetNames: ["Data"], Sheets: { Data: sheet } }, { type: "array", bookType: "xls" }),
      ),
    ).bytes("Workbook") ?? new Uint8Array();
  const filePass = join([fields([2, 0x2f], [2, body.length]), body]);
  const first = 4 + new DataView(plain.buffer, plain.byteOffset).getUint16(2, true);
  const stream = join([plain.subarray(0, first), filePass, plain.subarray(first)]);
  const view = new DataView(stream.buffer);
  for (let at = 0; at + 4 <= stream.length;) {
    const type = view.getUint16(at, true);
    const length = view.getUint16(at + 2, true);
    const data = stream.subarray(at + 4, at + 4 + length);
    if (type === 0x85) view.setUint32(at + 4, view.getUint32(at + 4, true) + filePass.length, true);
    if (![0x809, 0x2f, 0xe1].includes(type)) {
      const clear = data.slice(0, type === 0x85 ? 4 : 0);
      encrypt(data, at + 4);
      data.set(clear);
    }
    at += 4 + length;
  }
  return compound({ Workbook: stream });
}

describe("an encrypted workbook of Excel 97 to 2003", () => {
  for (const kind of ["rc4", "cryptoapi"] as const) {
    it(`is read with its password (${kind})`, async () => {
      const { header, cipher } = legacyCipher(kind, PASSWORD);
      const locked = lockedXls(join([fields([2, 1]), header]), (data, at) =>
        encryptAt(data, at, 1_024, cipher),
      );
      expect(await textOf(locked, "xls", PASSWORD)).toBe("Amount\n42.5\nData");
      await expect(textOf(locked, "xls")).rejects.toMatchObject({ code: "password_required" });
      await expect(textOf(locked, "xls", "guess")).rejects.toMatchObject({ code: "password_incorrect" });
    });
  }

  it("is read with its password where it is only obfuscated", async () => {
    // Key and verifier of "abc", by [MS-OFFCRYPTO] 2.3.7.1 and 2.3.7.2.
    const key = xorLock(0x514a, 0xcc1a)("abc") ?? new Uint8Array(16);
    const locked = lockedXls(fields([2, 0], [2, 0x514a], [2, 0xcc1a]), (data, at) => {
      for (const [index, byte] of data.entries()) {
        const mixed = byte ^ (key[(at + data.length + index) & 15] ?? 0);
        data[index] = ((mixed >>> 3) | (mixed << 5)) & 0xff;
      }
    });
    expect(await textOf(locked, "xls", "abc")).toBe("Amount\n42.5\nData");
    await expect(textOf(locked, "xls", "abd")).rejects.toMatchObject({ code: "password_incorrect" });
  });

  it("names a cipher that is not read", async () => {
    const body = join([fields([2, 1], [2, 4], [2, 3]), new Uint8Array(60)]);
    await expect(
      textOf(
        lockedXls(body, () => undefined),
        "xls",
        "x",
      ),
    ).rejects.toMatchObject({
      code: "unsupported_format",
    });
  });
});

describe("an encrypted document of Word 97 to 2003", () => {
  for (const kind of ["rc4", "cryptoapi"] as const) {
    it(`is decrypted in its three streams, in a copy (${kind})`, async () => {
      const { header, cipher } = legacyCipher(kind, PASSWORD);
      const [document, table, data] = [3_000, 2_000, 900].map((length) =>
        Uint8Array.from({ length }, (_, index) => index & 0x7f),
      ) as [Uint8Array, Uint8Array, Uint8Array];
      const view = new DataView(document.buffer);
      view.setUint16(10, 0x0100 | 0x0200, true);
      view.setUint32(14, header.length, true);
      table.set(header);
      const locked = [document, table, data].map((stream) => stream.slice()) as [
        Uint8Array,
        Uint8Array,
        Uint8Array,
      ];
      for (const [index, clear] of [68, header.length, 0].entries()) {
        encryptAt(locked[index]!.subarray(clear), clear, 512, cipher);
      }
      const file = compound({ WordDocument: locked[0], "1Table": locked[1], Data: locked[2] });
      const before = file.slice();
      const plain = openCompound(await (await unlock(file, "doc", PASSWORD)).bytes());
      view.setUint16(10, 0x0200, true);
      expect(plain.bytes("WordDocument")).toEqual(document);
      expect(plain.bytes("1Table")?.subarray(header.length)).toEqual(table.subarray(header.length));
      expect(plain.bytes("Data")).toEqual(data);
      expect(file).toEqual(before);
      await expect(unlock(file, "doc")).rejects.toMatchObject({ code: "password_required" });
      await expect(unlock(file, "doc", "guess")).rejects.toMatchObject({ code: "password_incorrect" });
    });
  }
});

describe("ciphers", () => {
  it("make the keystream of RC4 (RFC 6229, 40 bits, offsets 0 and 240)", () => {
    const stream = new Rc4(hex("0102030405"));
    const first = new Uint8Array(16);
    stream.apply(first);
    expect(first).toEqual(hex("b2396305f03dc027ccc3524a0a1118a8"));
    stream.skip(224);
    const later = new Uint8Array(16);
    stream.apply(later);
    expect(later).toEqual(hex("28cb1132c96ce286421dcaadb8b69eae"));
  });

  it("know a password by a verifier that another program made", () => {
    const header = join([
      fields([2, 1], [2, 1]),
      hex("e8772c1d91c56a37964761b280183217"),
      hex("c9e997d454973d310bb1ba701426837e"),
      hex("b1de178f07e989c44dae5e4cf96ac407"),
    ]);
    expect(readLegacyLock(header)("password1")).not.toBeNull();
    expect(readLegacyLock(header)("password2")).toBeNull();
  });
});

describe("an OpenDocument", () => {
  it("asks for its password, and says which cipher is not read", async () => {
    const manifest = (algorithm: string): string =>
      `<manifest:manifest><manifest:file-entry manifest:full-path="content.xml" manifest:size="10"><manifest:encryption-data manifest:checksum-type="SHA1/1K" manifest:checksum="AAAA"><manifest:algorithm manifest:algorithm-name="${algorithm}" manifest:initialisation-vector="AAAA"/><manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:iteration-count="1024" manifest:salt="AAAA"/></manifest:encryption-data></manifest:file-entry></manifest:manifest>`;
    const file = zip({
      "content.xml": new Uint8Array(32),
      "META-INF/manifest.xml": manifest("Blowfish CFB"),
    });
    await expect(unlock(file, "ods")).rejects.toMatchObject({ code: "password_required" });
    await expect(unlock(file, "ods", "x")).rejects.toMatchObject({ code: "unsupported_format" });
  });
});

it("passes on what is not encrypted as it is", async () => {
  const plain = await unlock(BOOK, "xlsx");
  expect(await plain.bytes()).toBe(BOOK);
  expect(openPackage(await plain.bytes(), LIMITS).has("xl/workbook.xml")).toBe(true);
});

it("refuses a file that is larger than is taken into memory before it is read", async () => {
  const source = {
    ...byteSource(BOOK, "a.xlsx", "xlsx"),
    size: LIMITS.maxBytes + 1,
    bytes: () => Promise.reject(new Error("read")),
  };
  await expect(unlockOffice(source, { limits: LIMITS })).rejects.toMatchObject({ code: "payload_too_large" });
});
