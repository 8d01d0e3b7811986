import { deflateSync } from "fflate";
import { describe, expect, it } from "vitest";
import { byteSource } from "../../../src/model/byte-source.ts";
import { office } from "../../../src/parse/formats/office.ts";
import { NO_PORTS } from "../../fixtures/flow.ts";
import { LIMITS } from "../../fixtures/limits.ts";
import { base64 } from "../../fixtures/mail.ts";
import { fatesOf, memberBytes, SCAN } from "../../fixtures/pictures.ts";
import { bytesOf, makeZip } from "../../fixtures/zip.ts";

const ROUNDS = 1_000;

/** An OpenDocument whose parts are encrypted as LibreOffice does it (ODF 1.2 part 3, 4.8). */
async function lockedOdt(
  parts: Readonly<Record<string, string | Uint8Array>>,
  password: string,
): Promise<Uint8Array> {
  const digest = async (bytes: Uint8Array): Promise<Uint8Array> =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes)));
  const text = (bytes: Uint8Array): string => base64(bytes).replaceAll(/\s/g, "");
  const secret = await digest(bytesOf(password));
  const entries: Record<string, Uint8Array | string> = {
    mimetype: "application/vnd.oasis.opendocument.text",
  };
  let manifest = "";
  for (const [name, content] of Object.entries(parts)) {
    const [salt, iv] = [new Uint8Array(16).fill(name.length), new Uint8Array(16).fill(3)];
    const base = await crypto.subtle.importKey("raw", Uint8Array.from(secret), "PBKDF2", false, [
      "deriveBits",
    ]);
    const bits = await crypto.subtle.deriveBits(
      { name: "PBKDF2", hash: "SHA-1", salt, iterations: ROUNDS },
      base,
      256,
    );
    const key = await crypto.subtle.importKey("raw", bits, "AES-CBC", false, ["encrypt"]);
    const packed = deflateSync(bytesOf(content));
    entries[name] = new Uint8Array(
      await crypto.subtle.encrypt({ name: "AES-CBC", iv }, key, Uint8Array.from(packed)),
    );
    manifest += `<m:file-entry m:full-path="${name}" m:size="${bytesOf(content).length}"><m:encryption-data m:checksum-type="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k" m:checksum="${text(await digest(packed.slice(0, 1_024)))}"><m:algorithm m:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc" m:initialisation-vector="${text(iv)}"/><m:start-key-generation m:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256"/><m:key-derivation m:key-derivation-name="PBKDF2" m:key-size="32" m:iteration-count="${ROUNDS}" m:salt="${text(salt)}"/></m:encryption-data></m:file-entry>`;
  }
  return makeZip({ ...entries, "META-INF/manifest.xml": `<m:manifest xmlns:m="x">${manifest}</m:manifest>` });
}

describe("the pictures of an encrypted OpenDocument", () => {
  const image = (name: string): string => `<draw:image xlink:href="Pictures/${name}"/>`;
  const content = (names: readonly string[]): string =>
    `<office:document-content><office:body><office:text><text:p>Dear Sirs<draw:frame>${names.map(image).join("")}</draw:frame></text:p></office:text></office:body></office:document-content>`;
  const open = async (parts: Readonly<Record<string, string | Uint8Array>>) =>
    office.open(byteSource(await lockedOdt(parts, "secret"), "a.odt", "odt"), NO_PORTS, {
      limits: LIMITS,
      password: "secret",
    });

  it("are documents in the clear, as its text is", async () => {
    const document = await open({ "content.xml": content(["scan.png"]), "Pictures/scan.png": SCAN });
    expect((await document.readPage(1)).page.text).toBe("Dear Sirs");
    expect(fatesOf(document)).toEqual({ "Pictures/scan.png": "document" });
    expect(await memberBytes(document, "Pictures/scan.png")).toEqual(SCAN);
    expect(document.warnings).toEqual([]);
  });

  it("are told of where they are more than are decrypted", async () => {
    const names = Array.from({ length: 22 }, (_, at) => `scan-${at}.png`);
    const pictures = Object.fromEntries(names.map((name) => [`Pictures/${name}`, SCAN]));
    const document = await open({ "content.xml": content(names), ...pictures });
    expect(document.members).toHaveLength(20);
    expect(document.warnings.map(({ code }) => code)).toEqual(["content_not_read"]);
    expect(document.warnings[0]?.message).toContain("2 pictures");
  });
});
