import { describe, expect, it } from "vitest";
import { json } from "../../src/parse/formats/json.ts";
import { LIMITS } from "../fixtures/limits.ts";
import { openWith, pagesOf } from "../fixtures/open.ts";

const open = (content: string | Uint8Array, limits = LIMITS) =>
  openWith(json, content, { format: "json", limits });
const pairsOf = async (content: string | Uint8Array) =>
  (await pagesOf(await open(content)))
    .flatMap((page) => page.key_values)
    .map(({ key, value, path }) => [key, value, path]);

describe("JSON", () => {
  it("gives values with their JSON Pointer, numbers as they are written", async () => {
    expect(
      await pairsOf(
        '{"id":"A-1","total":12.50,"big":12345678901234567890.10,"to":{"a/b~c":true,"none":null}}',
      ),
    ).toEqual([
      ["id", "A-1", "/id"],
      ["total", "12.50", "/total"],
      ["big", "12345678901234567890.10", "/big"],
      ["a/b~c", "true", "/to/a~1b~0c"],
      ["none", "null", "/to/none"],
    ]);
  });

  it("keeps a key that stands twice, and reads what is escaped", async () => {
    expect(await pairsOf('{"k":"1","k":"\\u00e9\\n\\"x\\""}')).toEqual([
      ["k", "1", "/k"],
      ["k", 'é\n"x"', "/k"],
    ]);
  });

  it("finds a string's end behind backslashes, and reads long ones", async () => {
    const long = "x".repeat(1_000);
    expect(await pairsOf(`{"a":"\\\\","b":"\\\\\\"","c":"${long}"}`)).toEqual([
      ["a", "\\", "/a"],
      ["b", '\\"', "/b"],
      ["c", long, "/c"],
    ]);
  });

  it("gives lists of flat objects as tables, others one by one", async () => {
    const [page] = await pagesOf(
      await open('{"lines":[{"n":"A","q":1.0},{"n":"B","p":2}],"tags":["x","y"]}'),
    );
    expect(page?.tables[0]).toMatchObject({ rows: 3, columns: 3, header_rows: 1 });
    expect(page?.tables[0]?.cells.map((cell) => cell.text)).toEqual(
      expect.arrayContaining(["n", "q", "p", "A", "1.0", "B", "2"]),
    );
    expect(page?.key_values.map(({ value, path }) => [value, path])).toEqual([
      ["x", "/tags/0"],
      ["y", "/tags/1"],
    ]);
  });

  it("reads JSON Lines as one list", async () => {
    const [page] = await pagesOf(await open('{"a":1,"b":2}\n{"a":3,"b":4}\n\n{"a":5,"b":6}\n'));
    expect(page?.tables[0]).toMatchObject({ rows: 4, columns: 2 });
  });

  it("reads UTF-16, a byte order mark, and bytes that are no UTF-8 with a warning", async () => {
    const wide = Uint8Array.from('{"a":"é"}'.split("").flatMap((letter) => [letter.charCodeAt(0), 0]));
    expect(await pairsOf(wide)).toEqual([["a", "é", "/a"]]);
    expect(await pairsOf('\ufeff{"a":"é"}')).toEqual([["a", "é", "/a"]]);
    const latin = Uint8Array.from('{"a":"é"}', (letter) => letter.charCodeAt(0));
    expect((await open(latin)).warnings).toMatchObject([{ code: "encoding_guessed" }]);
  });

  it("is refused with its reason", async () => {
    const cases: readonly [string, string][] = [
      ["", "empty_file"],
      ['{"a":1', "file_damaged"],
      ['{"a":"x', "file_damaged"],
      ["[1,2", "file_damaged"],
      ['{"a":1} trailing', "file_damaged"],
      ['{"a":1}{"b":2}', "file_damaged"],
      ["{'a':1}", "file_damaged"],
      ['{"a":01}', "file_damaged"],
      ["[1,]", "file_damaged"],
      ['["a\\\\\\"]', "file_damaged"],
      ['["line\nbreak"]', "file_damaged"],
      ["[".repeat(300) + "]".repeat(300), "archive_too_large"],
    ];
    for (const [content, code] of cases) await expect(open(content)).rejects.toMatchObject({ code });
    await expect(open("[1,2,3,4]", { ...LIMITS, maxNodes: 4 })).rejects.toMatchObject({
      code: "archive_too_large",
    });
    await expect(open("[1,2,3,4]", { ...LIMITS, maxPartBytes: 4 })).rejects.toMatchObject({
      code: "text_too_long",
    });
  });
});
