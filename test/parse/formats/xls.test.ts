import { utils, write, type WorkBook } from "@e965/xlsx";
import { describe, expect, it } from "vitest";
import { byteSource } from "../../../src/model/byte-source.ts";
import { formats } from "../../../src/parse/registry.ts";
import { openCompound } from "../../../src/parse/package/open-compound.ts";
import { compound } from "../../fixtures/compound.ts";
import { NO_PORTS, readAll } from "../../fixtures/flow.ts";
import { LIMITS } from "../../fixtures/limits.ts";
import { fields, join } from "../../fixtures/raw-zip.ts";

const open = async (bytes: Uint8Array, limits = LIMITS) =>
  (await formats.xls.load()).open(byteSource(bytes, "book.xls", "xls"), NO_PORTS, { limits });

const record = (type: number, ...body: readonly Uint8Array[]): Uint8Array => {
  const joined = join(body);
  return join([fields([2, type], [2, joined.length]), joined]);
};
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

function book(): WorkBook {
  const first = utils.aoa_to_sheet([
    ["Title", null, null],
    [],
    ["Item", "Price", "Day"],
    ["Äpfel – Ω", 1234.5, 45296],
    [true, -0.25, null],
  ]);
  first["B4"] = { t: "n", v: 1234.5, z: "#,##0.00" };
  first["C4"] = { t: "n", v: 45296, z: "m/d/yy" };
  first["A1"].c = [{ a: "Me", t: "A note" }];
  first["!merges"] = [utils.decode_range("A1:C1")];
  return {
    SheetNames: ["First", "Second"],
    Sheets: { First: first, Second: utils.aoa_to_sheet([["hidden"]]) },
    Workbook: { Sheets: [{ Hidden: 0 }, { Hidden: 2 }] },
  };
}

const made = (bookType: "xls" | "biff5" | "biff2" = "xls"): Uint8Array =>
  new Uint8Array(write(book(), { type: "array", bookType }));

describe("a workbook of Excel 97 to 2003", () => {
  it("gives each cell its address and value, notes, and hidden sheets by name", async () => {
    const opened = await open(made());
    const { pages, warnings } = await readAll(opened);
    expect(pages.map(({ label }) => label)).toEqual(["First", "Second"]);
    expect(pages[0]?.text.split("\n")).toEqual([
      "Title",
      "Item",
      "Price",
      "Day",
      "Äpfel – Ω",
      "1,234.50",
      "2024-01-05",
      "TRUE",
      "-0.25",
      "A1: A note",
      "First",
    ]);
    const cells = pages[0]?.tables.flatMap((table) => table.cells) ?? [];
    expect(cells.find(({ address }) => address === "B4")?.value).toEqual({ type: "number", value: "1234.5" });
    expect(cells.find(({ address }) => address === "C4")?.value).toEqual({
      type: "date",
      value: "2024-01-05",
    });
    expect(warnings.map(({ code }) => code)).toEqual(["hidden_content"]);
    expect(opened.inventory).toEqual([{ kind: "sheet", found: 2, read: 2 }]);
  });

  it("reads texts that go on in another record, one byte a character and then two", async () => {
    const long = "a".repeat(20);
    const rest = Uint8Array.from([
      1,
      ...Array.from("bcÖΩ").flatMap((letter) => [letter.charCodeAt(0) & 0xff, letter.charCodeAt(0) >> 8]),
    ]);
    const strings = join([
      record(0xfc, fields([4, 2], [4, 2], [2, 24], [1, 0]), ascii(long)),
      record(0x3c, rest, fields([2, 4], [1, 8], [2, 1]), ascii("rich"), fields([4, 0])),
    ]);
    const { pages } = await readAll(
      await open(
        biff8(
          strings,
          record(0xfd, fields([2, 0], [2, 0], [2, 0], [4, 0])),
          record(0xfd, fields([2, 0], [2, 1], [2, 0], [4, 1])),
        ),
      ),
    );
    expect(pages[0]?.text).toBe(`${long}bcÖΩ\nrich\nS`);
  });

  it("reads results of formulas: numbers, texts, truth values and errors", async () => {
    const formula = (column: number, result: Uint8Array): Uint8Array =>
      record(0x06, fields([2, 0], [2, column], [2, 0]), result, new Uint8Array(8));
    const special = (kind: number, value: number): Uint8Array =>
      fields([1, kind], [1, 0], [1, value], [1, 0], [2, 0], [2, 0xffff]);
    const double = new Uint8Array(new Float64Array([2.5]).buffer);
    const { pages } = await readAll(
      await open(
        biff8(
          new Uint8Array(),
          formula(0, double),
          formula(1, special(0, 0)),
          record(0x207, fields([2, 4], [1, 0]), ascii("text")),
          formula(2, special(1, 1)),
          formula(3, special(2, 7)),
          record(
            0xbd,
            fields([2, 1], [2, 0], [2, 0], [4, (5 << 2) | 2], [2, 0], [4, (150 << 2) | 3], [2, 1]),
          ),
        ),
      ),
    );
    expect(pages[0]?.text).toBe("2.5\ntext\nTRUE\n#DIV/0!\n5\n1.5\nS");
  });

  it("reads text in shapes, and says of macros", async () => {
    const text = join([
      record(0x1b6, fields([2, 0], [2, 0], [2, 0], [2, 0], [2, 0], [2, 5], [2, 0], [4, 0])),
      record(0x3c, fields([1, 0]), ascii("shape")),
    ]);
    const bytes = biff8(new Uint8Array(), record(0x5d, fields([2, 0x15], [2, 18], [2, 6], [2, 1])), text);
    const stream = openCompound(bytes).bytes("Workbook") ?? new Uint8Array();
    const { pages, warnings } = await readAll(
      await open(compound({ Workbook: stream, "_VBA_PROJECT_CUR/dir": new Uint8Array(9) })),
    );
    expect(pages[0]?.text).toBe("shape\nS");
    expect(warnings.map(({ code }) => code)).toEqual(["macros_present"]);
  });

  it("reads workbooks of Excel 5 and of Excel 2, the latter without a container", async () => {
    for (const version of ["biff5", "biff2"] as const) {
      const { pages } = await readAll(await open(made(version)));
      expect(pages[0]?.text).toContain("1,234.50");
      expect(pages[0]?.text).toContain("2024-01-05");
    }
  });

  it("decodes texts before Excel 97 by the workbook's code page", async () => {
    const stream = join([
      record(0x809, fields([2, 0x500], [2, 5], [4, 0])),
      record(0x42, fields([2, 1251])),
      record(0x85, fields([4, 52], [2, 0], [1, 4]), Uint8Array.of(0xcb, 0xe8, 0xf1, 0xf2)),
    ]);
    const globals = join([stream, record(0x0a)]);
    const fixed = globals.slice();
    new DataView(fixed.buffer).setUint32(stream.length - 11, fixed.length, true);
    const sheet = join([
      record(0x809, fields([2, 0x500], [2, 0x10], [4, 0])),
      record(
        0x204,
        fields([2, 0], [2, 0], [2, 0], [2, 6]),
        Uint8Array.of(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2),
      ),
      record(0x0a),
    ]);
    const { pages } = await readAll(await open(compound({ Book: join([fixed, sheet]) })));
    expect(pages.map(({ label, text }) => [label, text])).toEqual([["Лист", "Привет\nЛист"]]);
  });
});

describe("a workbook of Excel 97 to 2003 that is damaged or made to do harm", () => {
  it("is refused where it is cut off or holds no workbook", async () => {
    const whole = made();
    await expect(open(whole.subarray(0, 1_000))).rejects.toMatchObject({ code: "file_damaged" });
    await expect(open(compound({ Other: new Uint8Array(9) }))).rejects.toMatchObject({
      code: "file_damaged",
    });
    await expect(open(compound({ Workbook: new Uint8Array(900) }))).rejects.toMatchObject({
      code: "file_damaged",
    });
  });

  it("names a sheet that is not where the workbook says", async () => {
    const stream = openCompound(made()).bytes("Workbook") ?? new Uint8Array();
    const view = new DataView(stream.buffer, stream.byteOffset);
    for (let at = 0, seen = 0; at < stream.length; at += 4 + view.getUint16(at + 2, true)) {
      if (view.getUint16(at, true) === 0x85 && (seen += 1) === 2) view.setUint32(at + 4, 3, true);
    }
    const opened = await open(compound({ Workbook: stream }));
    expect(opened.inventory).toEqual([{ kind: "sheet", found: 2, read: 1 }]);
    expect(opened.warnings.map(({ code }) => code)).toContain("content_not_read");
  });

  it("is cut where it has more cells than are read, and says so", async () => {
    const sheet = utils.aoa_to_sheet(Array.from({ length: 40 }, (_, index) => [index, index]));
    const bytes = new Uint8Array(
      write({ SheetNames: ["Long"], Sheets: { Long: sheet } }, { type: "array", bookType: "xls" }),
    );
    const { pages, warnings } = await readAll(await open(bytes, { ...LIMITS, maxNodes: 30 }));
    expect(pages.flatMap((page) => page.tables.flatMap((table) => table.cells))).toHaveLength(30);
    expect(warnings.map(({ code, message }) => [code, message.includes("Long")])).toEqual([
      ["text_truncated", true],
    ]);
  });

  it("ends whichever of its bytes is changed", async () => {
    for (const version of ["xls", "biff5", "biff2"] as const) {
      const whole = made(version);
      for (let at = version === "biff2" ? 0 : 512; at < whole.length; at += 17) {
        const changed = whole.slice();
        changed[at] = 0xfd;
        await open(changed).then(readAll, (error: { code?: string }) =>
          expect(error.code).toEqual(expect.any(String)),
        );
      }
    }
  });
});

/** A workbook of BIFF8 with one sheet. */
function biff8(globals: Uint8Array, ...cells: readonly Uint8Array[]): Uint8Array {
  const bof = (kind: number): Uint8Array =>
    record(0x809, fields([2, 0x600], [2, kind], [4, 0], [4, 0], [4, 0]));
  const listed = (at: number): Uint8Array =>
    record(0x85, fields([4, at], [2, 0], [1, 1], [1, 0]), ascii("S"));
  const head = join([bof(5), globals]);
  const at = head.length + listed(0).length + record(0x0a).length;
  const sheet = join([bof(0x10), ...cells, record(0x0a)]);
  return compound({ Workbook: join([head, listed(at), record(0x0a), sheet]) });
}
