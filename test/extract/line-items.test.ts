import { describe, expect, test } from "vitest";
import { LINE_ITEM_FIELDS, type LineItemHints, type LineItems } from "../../src/extract/engine/line-item.ts";
import { readNumber } from "../../src/extract/engine/line-items-numbers.ts";
import { findLineItems } from "../../src/extract/engine/line-items.ts";
import type { ParsedPage } from "../../src/model/parsed.ts";
import { type Drawn, drawPage, grid, table } from "../parse/layout/draw.ts";

const HINTS: LineItemHints = { decimal: ".", dayFirst: null, currency: null, language: null, receipt: false };
const COMMA: LineItemHints = { ...HINTS, decimal: "," };
const RECEIPT: LineItemHints = { ...HINTS, receipt: true };
const COLUMNS = [{ x: 40 }, { x: 330, right: true }, { x: 430, right: true }, { x: 540, right: true }];

function plain(found: LineItems): Record<string, string>[] {
  return found.items.map(({ cells }) =>
    Object.fromEntries(
      LINE_ITEM_FIELDS.flatMap((field) => (cells[field] ? [[field, cells[field].value]] : [])),
    ),
  );
}

function read(texts: readonly Drawn[], hints = HINTS, options: Parameters<typeof drawPage>[1] = {}) {
  return plain(findLineItems([drawPage(texts, options)], hints));
}

const TOTALS: Drawn[] = [
  { x: 430, y: 300, text: "Subtotal", right: true },
  { x: 540, y: 300, text: "240.00", right: true },
  { x: 430, y: 320, text: "VAT 20%", right: true },
  { x: 540, y: 320, text: "48.00", right: true },
  { x: 430, y: 340, text: "Total", right: true },
  { x: 540, y: 340, text: "288.00", right: true },
];

const CHAIRS = [
  ["Description", "Qty", "Unit price", "Amount"],
  ["Garden chair", "4", "25.00", "100.00"],
  ["Round table", "1", "80.00", "80.00"],
  ["Parasol", "2", "30.00", "60.00"],
];

const EXPECTED = [
  { description: "Garden chair", quantity: "4", unit_price: "25.00", amount: "100.00" },
  { description: "Round table", quantity: "1", unit_price: "80.00", amount: "80.00" },
  { description: "Parasol", quantity: "2", unit_price: "30.00", amount: "60.00" },
];

describe("items under a header row", () => {
  test("a borderless table gives its items, and the sums beneath it are none", () => {
    expect(read([...table(COLUMNS, CHAIRS, 120), ...TOTALS])).toEqual(EXPECTED);
  });

  test("every value cites words of its page that hold what is printed", () => {
    const page = drawPage([...table(COLUMNS, CHAIRS, 120), ...TOTALS]);
    const found = findLineItems([page], HINTS);
    expect(found.items).toHaveLength(3);
    for (const { cells } of found.items) {
      for (const cell of Object.values(cells)) {
        expect(cell.cited.length).toBeGreaterThan(0);
        for (const cited of cell.cited) {
          expect(cited.words.map((index) => page.words[index]?.text).join(" ")).toContain(cited.content);
        }
      }
    }
    const [region] = found.regions;
    expect(region?.page).toBe(1);
    expect(region?.bbox[1]).toBeGreaterThan(130 / 800);
    expect(region?.bbox[3]).toBeLessThan(300 / 800);
  });

  test("a ruled table with columns narrower than their names gives the same items", () => {
    const places = [{ x: 44 }, { x: 300, right: true }, { x: 400, right: true }, { x: 500, right: true }];
    const rulings = grid([40, 240, 310, 410, 510], [115, 135, 155, 175, 195]);
    expect(read(table(places, CHAIRS, 120), HINTS, { rulings })).toEqual(EXPECTED);
  });

  test.each([
    ["German", ["Bezeichnung", "Menge", "Einzelpreis", "Gesamt"]],
    ["French", ["Désignation", "Qté", "P.U. HT", "Montant HT"]],
    ["Spanish", ["Descripción", "Cantidad", "Precio", "Importe"]],
    ["Italian", ["Descrizione", "Quantità", "Prezzo unitario", "Importo"]],
    ["Portuguese", ["Descrição", "Quantidade", "Preço unitário", "Total"]],
    ["Dutch", ["Omschrijving", "Aantal", "Prijs", "Bedrag"]],
    ["Polish", ["Nazwa towaru", "Ilość", "Cena netto", "Wartość netto"]],
    ["Swedish", ["Benämning", "Antal", "À-pris", "Belopp"]],
    ["Danish", ["Beskrivelse", "Antal", "Enhedspris", "Beløb"]],
    ["Finnish", ["Kuvaus", "Määrä", "À hinta", "Yhteensä"]],
    ["Czech", ["Označení dodávky", "Množství", "Cena za MJ", "Celkem"]],
    ["Hungarian", ["Megnevezés", "Mennyiség", "Egységár", "Nettó érték"]],
    ["Romanian", ["Denumirea produselor", "Cantitatea", "Preț unitar", "Valoarea"]],
    ["Turkish", ["Açıklama", "Miktar", "Birim fiyat", "Tutar"]],
  ])("a header in %s is known", (_, header) => {
    const rows = [header, ["Lamp", "3", "12,50", "37,50"], ["Cable", "10", "1,20", "12,00"]];
    expect(read(table(COLUMNS, rows, 120), COMMA)).toEqual([
      { description: "Lamp", quantity: "3", unit_price: "12.50", amount: "37.50" },
      { description: "Cable", quantity: "10", unit_price: "1.20", amount: "12.00" },
    ]);
  });

  test("columns with names of no known language are told by arithmetic", () => {
    const rows = [
      ["Description", "Xyzzy", "Plugh", "Frotz", "Total"],
      ["Lamp", "7", "3", "12.50", "37.50"],
      ["Cable", "9", "10", "1.20", "12.00"],
      ["Plug", "4", "2", "2.25", "4.50"],
    ];
    const places = [
      { x: 40 },
      { x: 240, right: true },
      { x: 330, right: true },
      { x: 430, right: true },
      { x: 540, right: true },
    ];
    expect(read(table(places, rows, 120))).toEqual([
      { description: "Lamp", quantity: "3", unit_price: "12.50", amount: "37.50" },
      { description: "Cable", quantity: "10", unit_price: "1.20", amount: "12.00" },
      { description: "Plug", quantity: "2", unit_price: "2.25", amount: "4.50" },
    ]);
  });

  test("a price named like an amount and an amount named like a price are told by arithmetic", () => {
    const rows = [["Description", "Qty", "Price", "Net price"], ...CHAIRS.slice(1)];
    expect(read(table(COLUMNS, rows, 120))).toEqual(EXPECTED);
  });

  test("lines without amounts go on with the description of their item; its first paragraph is the name", () => {
    const texts = [
      ...table(COLUMNS, [["Description", "Qty", "Unit price", "Amount"]], 120),
      ...table(COLUMNS, [["Consulting in the matter of", "2", "50.00", "100.00"]], 140),
      { x: 40, y: 152, text: "the new warehouse" },
      { x: 40, y: 164, text: "March" },
      ...table(COLUMNS, [["Travel", "1", "20.00", "20.00"]], 184),
      { x: 40, y: 196, text: "by train" },
    ];
    const items = read(texts);
    expect(items.map((item) => item["description"])).toEqual([
      "Consulting in the matter of the new warehouse March",
      "Travel by train",
    ]);
    expect(items[1]?.["name"]).toBe("Travel");
  });

  test("bordered rows decide which text belongs to which item", () => {
    const texts = [
      ...table(COLUMNS, [["Description", "Qty", "Unit price", "Amount"]], 120),
      { x: 44, y: 142, text: "Upper text" },
      ...table(COLUMNS, [["of one", "2", "50.00", "100.00"]], 154),
      { x: 44, y: 172, text: "Upper text" },
      ...table(COLUMNS, [["of two", "1", "20.00", "20.00"]], 184),
    ];
    const rulings = grid([36, 280, 340, 440, 550], [115, 138, 168, 200]);
    expect(read(texts, HINTS, { rulings }).map((item) => item["description"])).toEqual([
      "Upper text of one",
      "Upper text of two",
    ]);
  });

  test("a header over two lines, units, rates and article numbers are read into their fields", () => {
    const places = [
      { x: 40 },
      { x: 110 },
      { x: 320, right: true },
      { x: 360 },
      { x: 450, right: true },
      { x: 490, right: true },
      { x: 560, right: true },
    ];
    const texts = [
      { x: 414, y: 108, text: "Einzel-" },
      ...table(
        places,
        [
          ["Art.-Nr.", "Bezeichnung", "Menge", "Einh.", "preis", "USt.", "Betrag"],
          ["A-100", "Schraube", "1.000", "Stk", "0,05", "19 %", "50,00"],
          ["B-200", "Dübel lang", "20", "Pck", "2,10", "7 %", "42,00"],
        ],
        120,
      ),
    ];
    expect(read(texts, COMMA)).toEqual([
      {
        product_code: "A-100",
        description: "Schraube",
        quantity: "1000",
        unit: "Stk",
        unit_price: "0.05",
        tax_rate: "19",
        amount: "50.00",
      },
      {
        product_code: "B-200",
        description: "Dübel lang",
        quantity: "20",
        unit: "Pck",
        unit_price: "2.10",
        tax_rate: "7",
        amount: "42.00",
      },
    ]);
  });

  test("the net amount is taken where net and gross stand side by side", () => {
    const places = [
      { x: 40 },
      { x: 250, right: true },
      { x: 330, right: true },
      { x: 440, right: true },
      { x: 560, right: true },
    ];
    const rows = [
      ["Description", "Qty", "Price", "Net amount", "Amount incl. VAT"],
      ["Lamp", "2", "10.00", "20.00", "24.00"],
      ["Cable", "3", "5.00", "15.00", "18.00"],
    ];
    expect(read(table(places, rows, 120)).map((item) => item["amount"])).toEqual(["20.00", "15.00"]);
  });

  test("a discounted line is proven with its discount", () => {
    const places = [
      { x: 40 },
      { x: 250, right: true },
      { x: 330, right: true },
      { x: 420, right: true },
      { x: 540, right: true },
    ];
    const rows = [
      ["Description", "Qty", "Price", "Discount %", "Amount"],
      ["Lamp", "2", "10.00", "10%", "18.00"],
      ["Cable", "3", "5.00", "", "15.00"],
    ];
    const found = findLineItems([drawPage(table(places, rows, 120))], HINTS);
    expect(plain(found)[0]).toEqual({
      description: "Lamp",
      quantity: "2",
      unit_price: "10.00",
      discount: "10",
      amount: "18.00",
    });
    expect(found.items[0]?.cells.amount?.confidence).toBeGreaterThan(0.8);
  });

  test("a date column is given in ISO 8601, one that could be two dates only when the document tells", () => {
    const places = [
      { x: 40 },
      { x: 120 },
      { x: 330, right: true },
      { x: 430, right: true },
      { x: 540, right: true },
    ];
    const rows = [
      ["Date", "Description", "Hours", "Rate", "Amount"],
      ["03/04/2026", "Survey", "2", "50.00", "100.00"],
      ["25/04/2026", "Report", "1", "80.00", "80.00"],
    ];
    const dates = (dayFirst: boolean | null) =>
      read(table(places, rows, 120), { ...HINTS, dayFirst }).map((item) => item["date"]);
    expect(dates(true)).toEqual(["2026-04-03", "2026-04-25"]);
    expect(dates(null)).toEqual([undefined, "2026-04-25"]);
  });

  test("a table drawn with characters whose columns drift is read by the order of its cells", () => {
    const texts = [
      { x: 40, y: 100, text: "Part No | Description | Qty | Price | Total" },
      { x: 40, y: 120, text: "AB-1 | Temperature sensor module | 3 | 12.50 | 37.50" },
      { x: 40, y: 140, text: "CD-22 | Cable | 10 | 1.20 | 12.00" },
    ];
    expect(read(texts)).toEqual([
      {
        product_code: "AB-1",
        description: "Temperature sensor module",
        quantity: "3",
        unit_price: "12.50",
        amount: "37.50",
      },
      { product_code: "CD-22", description: "Cable", quantity: "10", unit_price: "1.20", amount: "12.00" },
    ]);
  });

  test("two numbers in one cell stay two, while spaces between thousands and beside marks are one number's", () => {
    const numbers = ["1.152,00 22", "10 000 000", "3 860,00", "1 .65", "50 Ream"];
    expect(numbers.map((text) => readNumber(text, ",")?.readings[0])).toEqual([
      "1152.00",
      "10000000",
      "3860.00",
      "1.65",
      "50",
    ]);
  });

  test("misread digits are repaired by quantity times price", () => {
    const rows = [
      ["Description", "Qty", "Unit price", "Amount"],
      ["Lamp", "3", "12.50", "3750"],
      ["Cable", "10", "1.20", "12.00"],
    ];
    expect(read(table(COLUMNS, rows, 120), HINTS, { source: "ocr" })[0]).toMatchObject({ amount: "37.50" });
  });

  test("items go on over a page's end under a header that is repeated, what is carried over is none", () => {
    const first = drawPage([
      ...table(COLUMNS, CHAIRS.slice(0, 3), 600),
      { x: 430, y: 680, text: "Carried forward", right: true },
      { x: 540, y: 680, text: "180.00", right: true },
    ]);
    const second = drawPage(
      [
        ...table(COLUMNS, [CHAIRS[0] ?? [], ["Brought forward", "", "", "180.00"], CHAIRS[3] ?? []], 60),
        ...TOTALS,
      ],
      { number: 2 },
    );
    const found = findLineItems([first, second], HINTS);
    expect(plain(found)).toEqual(EXPECTED);
    expect(found.regions.map((region) => region.page)).toEqual([1, 2]);
  });

  test("items go on over a page's end without a header there", () => {
    const first = drawPage(table(COLUMNS, CHAIRS.slice(0, 3), 700));
    const second = drawPage([...table(COLUMNS, CHAIRS.slice(3), 60), ...TOTALS], { number: 2 });
    expect(plain(findLineItems([first, second], HINTS))).toEqual(EXPECTED);
  });

  test("a header at a page's foot is read on at the next page's head", () => {
    const first = drawPage(table(COLUMNS, CHAIRS.slice(0, 1), 760));
    const second = drawPage([...table(COLUMNS, CHAIRS.slice(1), 60), ...TOTALS], { number: 2 });
    expect(plain(findLineItems([first, second], HINTS))).toEqual(EXPECTED);
  });

  test("sub-headings and the sums of sections stay out, items behind them come in", () => {
    const rows = [
      ...CHAIRS.slice(0, 3),
      ["", "", "Subtotal", "180.00"],
      ["Umbrellas", "", "", ""],
      ...CHAIRS.slice(3),
    ];
    expect(
      read([...table(COLUMNS, rows, 120), ...TOTALS].filter((text) => text.y !== 200 || text.x !== 40)),
    ).toEqual(EXPECTED);
  });

  test("charges beneath the items stay out unless the sums need them", () => {
    const rows = [...CHAIRS, ["Shipping", "", "", "15.00"]];
    const without = read([...table(COLUMNS, rows, 120), ...TOTALS]);
    expect(without).toEqual(EXPECTED);
    const sums = TOTALS.filter((text) => text.text !== "240.00");
    sums.push({ x: 540, y: 300, text: "255.00", right: true });
    expect(read([...table(COLUMNS, rows, 120), ...sums])).toHaveLength(4);
  });

  test("a table of taxes or of payment terms gives no items", () => {
    const taxes = [
      ["Tax rate", "Taxable amount", "Tax amount"],
      ["20%", "100.00", "20.00"],
      ["5%", "40.00", "2.00"],
    ];
    expect(read(table([{ x: 40 }, { x: 300, right: true }, { x: 440, right: true }], taxes, 120))).toEqual(
      [],
    );
  });

  test("prose that speaks of amounts gives no items", () => {
    const texts = Array.from({ length: 8 }, (_, i) => ({
      x: 40,
      y: 100 + i * 14,
      text: `The price of item ${i} is not the total amount of quantity ordered`,
    }));
    expect(read(texts)).toEqual([]);
  });
});

describe("what stands beneath and before a description", () => {
  test("lines that name and give another field leave the description, an article number goes to its own", () => {
    const rows = [
      CHAIRS[0] ?? [],
      ["Garden chair", "4", "25.00", "100.00"],
      ["GTIN: 4012345001235"],
      ["Gross price : 29.75 Discount : 4.75"],
      ["Colour: moss green"],
      ["Round table", "1", "80.00", "80.00"],
    ];
    expect(read(table(COLUMNS, rows, 120, 12))).toMatchObject([
      { product_code: "4012345001235", description: "Garden chair Colour: moss green", amount: "100.00" },
      { description: "Round table", amount: "80.00" },
    ]);
  });

  test("a date or an article number before every description is its own field, one before some is not", () => {
    const led = (codes: readonly string[]): Record<string, string>[] =>
      read(
        table(
          COLUMNS,
          CHAIRS.map(([name = "", ...rest], i) => [`${codes[i] ?? ""} ${name}`.trim(), ...rest]),
          120,
        ),
      );
    const names = EXPECTED.map(({ description }) => description);
    expect(led(["", "GC-4711", "RT-0815", "PA-2301"])).toMatchObject([
      { product_code: "GC-4711", description: names[0] },
      { product_code: "RT-0815", description: names[1] },
      { product_code: "PA-2301", description: names[2] },
    ]);
    expect(led(["", "2024-03-04", "2024-03-05", "2024-03-05"])).toMatchObject([
      { date: "2024-03-04", description: names[0] },
      { date: "2024-03-05", description: names[1] },
      { date: "2024-03-05", description: names[2] },
    ]);
    expect(led(["", "GC-4711", "", ""]).map(({ description }) => description)).toEqual([
      `GC-4711 ${names[0]}`,
      names[1],
      names[2],
    ]);
    expect(led(["", "100ML", "250ML", "500ML"])[0]?.["product_code"]).toBeUndefined();
  });

  test("how many at which price told in a sentence stays in it", () => {
    const texts = [
      { x: 40, y: 60, text: "Playing at rehearsals, 6 evenings at 45.00" },
      { x: 540, y: 60, text: "270.00", right: true },
      { x: 40, y: 76, text: "Travel .........." },
      { x: 540, y: 76, text: "30.00", right: true },
      { x: 40, y: 110, text: "Total" },
      { x: 540, y: 110, text: "300.00", right: true },
    ];
    expect(read(texts)).toMatchObject([
      { description: "Playing at rehearsals, 6 evenings at 45.00", quantity: "6", unit_price: "45.00" },
      { description: "Travel", amount: "30.00" },
    ]);
  });

  test("a column that is named by a currency alone holds amounts", () => {
    const rows = [
      ["Date", "Text", "CHF"],
      ["03.02.", "Overnight stay", "245.00"],
      ["04.02.", "Dinner", "86.50"],
    ];
    const places = [{ x: 40 }, { x: 120 }, { x: 540, right: true }];
    expect(read(table(places, rows, 120))).toEqual([
      { description: "Overnight stay", amount: "245.00" },
      { description: "Dinner", amount: "86.50" },
    ]);
  });

  test("a discount told beneath an item is no item, with whatever share and base it comes", () => {
    const rows = [
      ...CHAIRS,
      ["Discount loyal customers", "10", "", "-24.00"],
      ["Discount early order", "", "", "-12.00"],
    ];
    expect(read(table(COLUMNS, rows, 120))).toEqual(EXPECTED);
  });

  test("bars that touch a word part the columns all the same", () => {
    const lines = [
      "Description     | Qty  | Unit price | Amount",
      "Garden chair    |   4  |      25.00 | 100.00",
      "Round table     |1000| |      80.00 |80000.00|",
    ];
    const texts = lines.map((text, i) => ({ x: 40, y: 120 + i * 14, text: text.replaceAll("| |", "|") }));
    expect(read(texts)).toMatchObject([
      { description: "Garden chair", quantity: "4", amount: "100.00" },
      { description: "Round table", quantity: "1000", amount: "80000.00" },
    ]);
  });

  test("a description that stands a space right of its article number joins the others'", () => {
    const places = [
      { x: 40 },
      { x: 116 },
      { x: 330, right: true },
      { x: 430, right: true },
      { x: 540, right: true },
    ];
    const rows = [
      ["Item code", "Description", "Qty", "Unit price", "Amount"],
      ["GC-4711", "Garden chair", "4", "25.00", "100.00"],
      ["4012345001235", "made of oak"],
      ["RT-0815", "Round table", "1", "80.00", "80.00"],
    ];
    expect(read(table(places, rows, 120, 12))[0]?.["description"]).toBe("Garden chair made of oak");
  });
});

describe("receipts without a header row", () => {
  const row = (y: number, left: string, right: string): Drawn[] => [
    { x: 40, y, text: left },
    ...(right === "" ? [] : [{ x: 300, y, text: right, right: true }]),
  ];

  test("a name and its price on one row, with tax letters, up to the total", () => {
    const texts = [
      ...row(60, "CORNER SHOP", ""),
      ...row(76, "12 Long Street", ""),
      ...row(110, "Bread", "2.50 A"),
      ...row(126, "Butter salted", "3.10 B"),
      ...row(142, "TOTAL", "5.60"),
      ...row(158, "CASH", "10.00"),
      ...row(174, "CHANGE", "4.40"),
    ];
    expect(read(texts, RECEIPT)).toEqual([
      { description: "Bread", amount: "2.50" },
      { description: "Butter salted", amount: "3.10" },
    ]);
  });

  test("how many at which price stands under the name, beside it, or fused into one word", () => {
    const texts = [
      ...row(60, "Apples", ""),
      ...row(76, "2 x 1.50", "3.00"),
      ...row(92, "Pears", "4.20"),
      ...row(108, "3 @ 1.40", ""),
      ...row(124, "Plums 2X2.25", "4.50"),
      ...row(140, "Bananas", ""),
      ...row(156, "0.635 kg @ 4.00/kg", "2.54"),
      ...row(190, "Total", "14.24"),
    ];
    expect(read(texts, RECEIPT)).toEqual([
      { description: "Apples", quantity: "2", unit_price: "1.50", amount: "3.00" },
      { description: "Pears", quantity: "3", unit_price: "1.40", amount: "4.20" },
      { description: "Plums", quantity: "2", unit_price: "2.25", amount: "4.50" },
      { description: "Bananas", quantity: "0.635", unit: "kg", unit_price: "4.00", amount: "2.54" },
    ]);
  });

  test("a long number before the name is an article number", () => {
    const texts = [
      ...row(60, "955312345 Glue stick", "2.00"),
      ...row(76, "955312399 Tape", "1.00"),
      ...row(92, "Total", "3.00"),
    ];
    expect(read(texts, RECEIPT)).toEqual([
      { product_code: "955312345", description: "Glue stick", amount: "2.00" },
      { product_code: "955312399", description: "Tape", amount: "1.00" },
    ]);
  });

  test("rows of a page that is no receipt are items only when they add up to a printed sum", () => {
    const texts = [...row(60, "Rent for March", "900.00 €"), ...row(76, "Heating", "100.00 €")];
    expect(read([...texts, ...row(110, "Total", "1000.00")])).toHaveLength(2);
    expect(read([...texts, ...row(110, "Total", "1234.00")])).toEqual([]);
  });
});

describe("hostile counts", () => {
  function time(pages: readonly ParsedPage[], hints: LineItemHints): LineItems {
    return findLineItems(pages, hints);
  }

  test("thousands of rows over many pages end soon and are capped", () => {
    const rows = Array.from({ length: 36 }, (_, i) => [`Part ${i}`, "2", "5.00", "10.00"]);
    const page = drawPage(table(COLUMNS, [CHAIRS[0] ?? [], ...rows], 20, 20));
    const pages = Array.from({ length: 200 }, (_, i) => ({ ...page, number: i + 1 }));
    expect(time(pages, HINTS).items).toHaveLength(2_000);
  }, 10_000);

  test("a page of column names alone gives nothing and ends soon", () => {
    const texts = Array.from({ length: 300 }, (_, i) => ({
      x: 10,
      y: i * 2.5,
      size: 2,
      text: "Description Qty Price Amount ".repeat(5),
    }));
    expect(time([drawPage(texts)], RECEIPT).items).toEqual([]);
  }, 10_000);
});
