import { describe, expect, it } from "vitest";
import { isUnsafeName, safePath } from "../../src/model/safe-path.ts";

describe("a name from inside a container becomes a path that is safe to show", () => {
  it.each([
    ["stays as it is", "2024/März/Rechnung 7.pdf", "2024/März/Rechnung 7.pdf"],
    ["is split at backslashes", "scans\\july\\1.tif", "scans/july/1.tif"],
    ["loses its way out", "../../etc/passwd", "etc/passwd"],
    ["loses a way out in the middle", "a/../../b.txt", "a/b.txt"],
    ["loses a way out with spaces", "a/ .. /b.txt", "a/b.txt"],
    ["loses a way out hidden by a control character", "a/.\u0000./b.txt", "a/b.txt"],
    ["is never absolute", "/etc/passwd", "etc/passwd"],
    ["loses its drive", "C:\\Users\\x.doc", "Users/x.doc"],
    ["loses its drive without a slash", "c:x.doc", "x.doc"],
    ["loses its drive behind a way out", "..\\D:\\x.doc", "x.doc"],
    ["loses a server", "\\\\host\\share\\x.doc", "host/share/x.doc"],
    ["loses NUL, CR, LF and C1", "a\u0000b\r\nSet-Cookie: c\u0085.txt", "abSet-Cookie: c.txt"],
    ["loses what turns the text around", "invoice\u202Efdp.exe\u2066", "invoicefdp.exe"],
    ["loses a byte order mark and zero-width spaces", "\uFEFFa\u200Bb.txt", "ab.txt"],
    ["keeps the joiners of an emoji", "👩\u200D🚀.txt", "👩\u200D🚀.txt"],
    ["loses half a surrogate pair", "a\uD83D.txt", "a.txt"],
    ["is composed", "Mu\u0308ller.pdf", "Müller.pdf"],
    ["loses doubled slashes and dots", "./a//b/./c.txt", "a/b/c.txt"],
    ["keeps leading dots of a name", "a/.htaccess", "a/.htaccess"],
    ["is called something when nothing is left", "../..", "unnamed"],
    ["is called something when it is empty", "", "unnamed"],
  ])("%s: %j", (_what, name, path) => {
    expect(safePath(name)).toBe(path);
  });

  it("is cut before its ending", () => {
    const path = safePath(`${"x".repeat(5_000)}.pdf`);
    expect(path).toHaveLength(200);
    expect(path).toMatch(/x\.pdf$/);
  });

  it("keeps the last folders of a path that is too long", () => {
    const path = safePath(`${"folder/".repeat(1_000)}x.pdf`);
    expect(path.length).toBeLessThanOrEqual(1_000);
    expect(path).toMatch(/^folder\/.*\/x\.pdf$/);
  });

  it("is the same when it is made safe again", () => {
    const names = ["../a", "c:c:\\x", "a/\u202Ec:x", "  /b ", "x".repeat(300), "../ c:../y"];
    for (const name of names) expect(safePath(safePath(name))).toBe(safePath(name));
  });
});

describe("a name that would lead outside or deceive is told", () => {
  it.each([
    ["../x", true],
    ["a/../x", true],
    ["a\\..\\x", true],
    ["/etc/passwd", true],
    ["C:\\x", true],
    ["a\r\nb", true],
    ["a\u202Eb", true],
    ["a\u0000b", true],
    ["a/b c.pdf", false],
    ["a\\b.pdf", false],
    ["a..b/...c", false],
    ["a: b.txt", true],
    ["offer: final.txt", false],
  ])("%j: %s", (name, unsafe) => {
    expect(isUnsafeName(name)).toBe(unsafe);
  });
});
