import { describe, expect, test } from "vitest";
import { ParsedPage } from "../../../src/model/parsed.ts";
import { composePage } from "../../../src/parse/layout/compose-page.ts";
import type { ReadWord, Ruling } from "../../../src/ports.ts";
import { draw, drawPage, grid, table } from "./draw.ts";

const RAW = {
  number: 1,
  width: 600,
  height: 800,
  rotation: 0,
  source: "text_layer",
  language: null,
} as const;

function lines(page: ParsedPage): string[] {
  return page.text.split("\n");
}

function cellTexts(page: ParsedPage, number = 0): string[][] {
  const found = page.tables[number];
  const rows = Array.from({ length: found?.rows ?? 0 }, () =>
    Array.from({ length: found?.columns ?? 0 }, () => ""),
  );
  for (const cell of found?.cells ?? []) {
    const row = rows[cell.row];
    if (row) row[cell.column] = cell.text;
  }
  return rows;
}

function scatter(count: number, spread: (i: number) => [number, number]): ReadWord[] {
  return Array.from({ length: count }, (_, i) => {
    const [x, y] = spread(i);
    return { text: `w${i}`, bbox: [x, y, x + 0.02, y + 0.01], confidence: 1, line: i };
  });
}

describe("lines and reading order", () => {
  test("two columns of text are read one after the other, not across", () => {
    const left = ["Alpha one two three", "beta four five six", "gamma seven eight", "delta nine ten"];
    const right = ["Epsilon one two", "zeta three four", "eta five six seven", "theta eight nine"];
    const page = drawPage([
      ...left.map((text, i) => ({ x: 40, y: 100 + i * 14, text })),
      ...right.map((text, i) => ({ x: 330, y: 100 + i * 14, text })),
    ]);
    expect(lines(page)).toEqual([...left, ...right]);
  });

  test("a letter head's address and its reference box stay apart though their rows are level", () => {
    const page = drawPage([
      { x: 40, y: 60, text: "Acme Trading Limited" },
      { x: 40, y: 74, text: "12 Long Street" },
      { x: 40, y: 88, text: "Old Town" },
      { x: 360, y: 60, text: "Our reference is below" },
      { x: 360, y: 74, text: "Contact Jane Roe" },
      { x: 360, y: 88, text: "Second floor" },
      {
        x: 40,
        y: 200,
        text: "Dear reader this paragraph runs over the whole width of the page and on and on.",
      },
    ]);
    expect(lines(page).slice(0, 4)).toEqual([
      "Acme Trading Limited",
      "12 Long Street",
      "Old Town",
      "Our reference is below",
    ]);
    expect(lines(page).at(-1)).toContain("Dear reader");
  });

  test("labels and their values stay together row by row", () => {
    const page = drawPage([
      { x: 40, y: 100, text: "Subtotal" },
      { x: 400, y: 100, text: "100.00", right: true },
      { x: 40, y: 116, text: "Tax" },
      { x: 400, y: 116, text: "19.00", right: true },
      { x: 40, y: 132, text: "Total" },
      { x: 400, y: 132, text: "119.00", right: true },
    ]);
    expect(lines(page)).toEqual(["Subtotal", "100.00", "Tax", "19.00", "Total", "119.00"]);
    expect(page.key_values.map(({ key, value }) => [key, value])).toEqual([
      ["Subtotal", "100.00"],
      ["Tax", "19.00"],
      ["Total", "119.00"],
    ]);
  });

  test("rows of a skewed photo are found though one end stands lower than the next row's other end", () => {
    const rows = [
      "Milk and bread and some butter",
      "Apples pears and other fruit",
      "Water in large green bottles",
    ];
    const texts = rows.flatMap((text, i) => [
      { x: 30, y: 200 + i * 16, text },
      { x: 560, y: 200 + i * 16, text: `${i + 1}.50`, right: true },
    ]);
    const page = drawPage(texts, { skew: 3, source: "ocr" });
    expect(lines(page)).toEqual([rows[0], "1.50", rows[1], "2.50", rows[2], "3.50"]);
  });

  test("large and small print on one base line make one line, two small lines beside a large one do not merge", () => {
    const page = drawPage([
      { x: 40, y: 90, text: "INVOICE", size: 24 },
      { x: 128, y: 104, text: "copy", size: 10 },
      { x: 300, y: 88, text: "first small line", size: 8 },
      { x: 300, y: 100, text: "second small line", size: 8 },
    ]);
    expect(lines(page)).toContain("INVOICE copy");
    expect(lines(page)).toContain("first small line");
    expect(lines(page)).toContain("second small line");
  });

  test("spans and indices of words and lines agree with the text", () => {
    const page = drawPage(
      table(
        [{ x: 40 }, { x: 300, right: true }],
        [
          ["One thing", "1.00"],
          ["Other thing", "2.00"],
        ],
        100,
      ),
    );
    for (const word of page.words)
      expect(page.text.slice(word.span[0], word.span[0] + word.span[1])).toBe(word.text);
    for (const line of page.lines) {
      const words = page.words.slice(line.words[0], line.words[1]).map((word) => word.text);
      expect(page.text.slice(line.span[0], line.span[0] + line.span[1])).toBe(words.join(" "));
    }
    expect(page.blocks.at(-1)?.lines[1]).toBe(page.lines.length);
    expect(ParsedPage.parse(page)).toEqual(page);
  });

  test("a page in Hebrew is read from the right", () => {
    const page = drawPage([
      { x: 500, y: 100, text: "שלום" },
      { x: 470, y: 100, text: "לכל" },
      { x: 445, y: 100, text: "הקהל" },
    ]);
    expect(page.text).toBe("שלום לכל הקהל");
  });

  test("Chinese words keep their order", () => {
    const page = drawPage([
      { x: 40, y: 100, text: "发票 号码 二零二六" },
      { x: 40, y: 120, text: "日期 十一月" },
    ]);
    expect(lines(page)).toEqual(["发票 号码 二零二六", "日期 十一月"]);
  });

  test("a word drawn twice on one spot is kept once, the same word elsewhere is kept", () => {
    const page = drawPage([
      { x: 40, y: 100, text: "Total" },
      { x: 40.4, y: 100.2, text: "Total" },
      { x: 40, y: 140, text: "Total" },
    ]);
    expect(page.words).toHaveLength(2);
  });

  test("a note standing on end in the margin comes last and leaves the rows alone", () => {
    const upright = draw([
      { x: 60, y: 100, text: "First row of text" },
      { x: 60, y: 120, text: "Second row of text" },
    ]);
    const turned: ReadWord = { text: "archived", bbox: [0.01, 0.1, 0.025, 0.25], confidence: 1, line: 99 };
    const page = composePage({ ...RAW, words: [turned, ...upright], rulings: [] });
    expect(lines(page)).toEqual(["First row of text", "Second row of text", "archived"]);
  });
});

describe("tables", () => {
  test("a ruled table gives its cells, its header row and a cell that spans two columns", () => {
    const rulings = grid([40, 240, 340, 440], [100, 120, 140, 160]);
    const page = drawPage(
      table(
        [{ x: 46 }, { x: 260 }, { x: 360 }],
        [
          ["Item", "Count", "Price"],
          ["Blue pen", "3", "4.50"],
          ["Red pen", "1", "1.50"],
        ],
        105,
      ),
      { rulings },
    );
    expect(page.tables).toHaveLength(1);
    expect(page.tables[0]).toMatchObject({ ruled: true, rows: 3, columns: 3, header_rows: 1 });
    expect(cellTexts(page)[2]).toEqual(["Red pen", "1", "1.50"]);
  });

  test("cells without a border between them are one", () => {
    const open: Ruling[] = grid([40, 240, 340, 440], [100, 120, 140, 160]).filter(
      (ruling) => ruling.direction === "horizontal" || Math.abs(ruling.bbox[0] * 600 - 340) > 1,
    );
    const lower: Ruling = { direction: "vertical", bbox: [340 / 600, 120 / 800, 340 / 600, 160 / 800] };
    const page = drawPage(
      [
        { x: 260, y: 105, text: "Both" },
        { x: 46, y: 125, text: "a" },
      ],
      {
        rulings: [...open, lower],
      },
    );
    const both = page.tables[0]?.cells.find((cell) => cell.text === "Both");
    expect(both).toMatchObject({ row: 0, column: 1, column_span: 2 });
  });

  test("numbers listed in one bordered row are taken apart into printed rows", () => {
    const page = drawPage(
      table(
        [{ x: 46 }, { x: 330, right: true }],
        [
          ["Name", "Amount"],
          ["Rope", "10.00"],
          ["Hook", "20.00"],
          ["Nail", "30.00"],
        ],
        105,
      ),
      { rulings: grid([40, 240, 340], [100, 120, 400]) },
    );
    expect(cellTexts(page)).toEqual([
      ["Name", "Amount"],
      ["Rope", "10.00"],
      ["Hook", "20.00"],
      ["Nail", "30.00"],
    ]);
  });

  test("names set to the left beside numbers set to the right stay whole, each over its own column", () => {
    const page = drawPage([
      ...table(
        [{ x: 26 }, { x: 151 }, { x: 220 }, { x: 299 }, { x: 440 }],
        [["Earnings", "Rate", "Hours", "This period", "Year to date"]],
        100,
      ),
      ...table(
        [
          { x: 26 },
          { x: 214, right: true },
          { x: 293, right: true },
          { x: 434, right: true },
          { x: 586, right: true },
        ],
        [
          ["Regular", "24.50", "80.00", "1,960.00", "19,600.00"],
          ["Overtime", "36.75", "6.00", "220.50", "1,102.50"],
          ["Gross pay", "", "", "2,180.50", "20,702.50"],
        ],
        120,
      ),
    ]);
    expect(cellTexts(page)[0]).toEqual(["Earnings", "Rate", "Hours", "This period", "Year to date"]);
    expect(cellTexts(page)[2]).toEqual(["Overtime", "36.75", "6.00", "220.50", "1,102.50"]);
  });

  test("a borderless table of three rows is found with its header, text around it is not part of it", () => {
    const page = drawPage([
      { x: 40, y: 60, text: "We thank you for your order and send you what follows here." },
      ...table(
        [{ x: 40 }, { x: 300, right: true }, { x: 400, right: true }, { x: 500, right: true }],
        [
          ["Description", "Qty", "Price", "Amount"],
          ["Garden chair", "4", "25.00", "100.00"],
          ["Table", "1", "80.00", "80.00"],
          ["Parasol and foot", "2", "30.00", "60.00"],
        ],
        100,
      ),
      { x: 40, y: 260, text: "Payment is due within thirty days of receipt of this letter." },
    ]);
    expect(page.tables).toHaveLength(1);
    expect(page.tables[0]).toMatchObject({ ruled: false, columns: 4, header_rows: 1, rows: 4 });
    expect(cellTexts(page)[3]).toEqual(["Parasol and foot", "2", "30.00", "60.00"]);
    expect(lines(page)[0]).toContain("We thank you");
    expect(lines(page).at(-1)).toContain("Payment is due");
  });

  test("plain paragraphs are no table", () => {
    const page = drawPage(
      Array.from({ length: 12 }, (_, i) => ({
        x: 40,
        y: 100 + i * 14,
        text: `This is line ${i} of a paragraph that says nothing of note`,
      })),
    );
    expect(page.tables).toEqual([]);
    expect(page.blocks).toHaveLength(1);
  });
});

describe("key-values", () => {
  test("a colon, a colon of its own, and a fused one each part label from value", () => {
    const page = drawPage([
      { x: 40, y: 100, text: "Invoice number: INV-7" },
      { x: 40, y: 130, text: "Date" },
      { x: 140, y: 130, text: ": 03.02.2026" },
      { x: 40, y: 160, text: "Ref:AB-12" },
    ]);
    expect(page.key_values.map(({ key, value }) => [key, value])).toEqual([
      ["Invoice number", "INV-7"],
      ["Date", "03.02.2026"],
      ["Ref", "AB-12"],
    ]);
  });

  test("a small label over its value in a box is a pair", () => {
    const page = drawPage(
      [
        { x: 46, y: 103, text: "Account number", size: 6 },
        { x: 46, y: 114, text: "884-221", size: 10 },
        { x: 246, y: 103, text: "Branch", size: 6 },
        { x: 246, y: 114, text: "Harbour Road", size: 10 },
      ],
      { rulings: grid([40, 240, 440], [100, 130, 160]) },
    );
    expect(page.key_values.map(({ key, value }) => [key, value])).toEqual([
      ["Account number", "884-221"],
      ["Branch", "Harbour Road"],
    ]);
  });
});

describe("hostile pages", () => {
  test("words without text or with a box that is none are left out", () => {
    const good: ReadWord = { text: "ok", bbox: [0.1, 0.1, 0.2, 0.12], confidence: 1, line: 0 };
    const words: ReadWord[] = [
      good,
      { ...good, text: "  " },
      { ...good, text: "bad", bbox: [Number.NaN, 0, 1, 1] },
    ];
    const page = composePage({ ...RAW, words, rulings: [] });
    expect(page.text).toBe("ok");
  });

  test("an empty page is an empty page", () => {
    expect(composePage({ ...RAW, words: [], rulings: [] })).toMatchObject({
      text: "",
      words: [],
      lines: [],
      tables: [],
    });
  });

  test.each([
    ["all on one spot", (): [number, number] => [0.5, 0.5]],
    ["on one row", (i: number): [number, number] => [(i % 9000) / 9100, 0.3]],
    ["in one column", (i: number): [number, number] => [0.1, (i % 9000) / 9100]],
    ["scattered", (i: number): [number, number] => [((i * 7919) % 997) / 1020, ((i * 104_729) % 991) / 1010]],
  ])(
    "fifteen thousand words %s end soon and none is lost",
    (_, spread) => {
      const page = composePage({ ...RAW, words: scatter(15_000, spread), rulings: [] });
      expect(page.words).toHaveLength(15_000);
    },
    5_000,
  );

  test("a hundred thousand words and ten thousand rulings end soon, in the reader's lines", () => {
    const words = scatter(100_000, (i) => [(i % 300) / 310, Math.floor(i / 300) / 340]);
    const rulings = Array.from({ length: 10_000 }, (_, i): Ruling => ({
      direction: "horizontal",
      bbox: [0, i / 10_000, 1, i / 10_000],
    }));
    const page = composePage({ ...RAW, words, rulings });
    expect(page.words).toHaveLength(100_000);
    expect(page.tables).toEqual([]);
  }, 5_000);

  test("the same words give the same page", () => {
    const words = scatter(2_000, (i) => [((i * 7919) % 97) / 100, ((i * 104_729) % 89) / 100]);
    const once = composePage({ ...RAW, words, rulings: [] });
    expect(composePage({ ...RAW, words, rulings: [] })).toEqual(once);
  });
});
