import { describe, expect, test } from "vitest";
import type { DocumentLine } from "../../src/cli/client/read-document.ts";
import { assign } from "../../src/cli/eval/assignment.ts";
import { DEFAULT_MAPPING, MappingFile, mergeMapping } from "../../src/cli/eval/mapping.ts";
import { agrees, foldText, readAmounts, readDates } from "../../src/cli/eval/normalise.ts";
import { findValues, sumDecimals } from "../../src/cli/eval/pointers.ts";
import { reportField, wilson } from "../../src/cli/eval/field-report.ts";
import type { FieldScore } from "../../src/cli/eval/field-score.ts";
import { calibrate } from "../../src/cli/eval/calibration.ts";
import { comparisonFor } from "../../src/cli/eval/expected-data.ts";
import { findTruth } from "../../src/cli/eval/html/find-truth.ts";
import { cropPage, decodeGrey } from "../../src/cli/eval/html/picture.ts";
import { viewsOf } from "../../src/cli/eval/html/views.ts";
import { composeReport } from "../../src/cli/eval/html/write-report.ts";
import { fromTextLines, fromWordsFile } from "../../src/cli/eval/perfect-reading.ts";
import { oracleOf } from "../../src/cli/eval/readable.ts";
import { percentile, report } from "../../src/cli/eval/report.ts";
import { lineCells, scoreRows } from "../../src/cli/eval/rows.ts";
import { understand } from "../../src/cli/eval/understand.ts";
import { scoreDocument } from "../../src/cli/eval/score.ts";
import { readTruth } from "../../src/cli/eval/truth.ts";

describe("dates", () => {
  test.each([
    ["2018-03-27", ["2018-03-27"]],
    ["27 MAR 2018", ["2018-03-27"]],
    ["05-JAN-2017", ["2017-01-05"]],
    ["Sep 30, 2019", ["2019-09-30"]],
    ["3. März 2024", ["2024-03-03"]],
    ["14 août 2021", ["2021-08-14"]],
    ["11 de octubre de 2019", ["2019-10-11"]],
    ["June 3rd, 2020", ["2020-06-03"]],
    ["20180425", ["2018-04-25"]],
    ["12/30/2013", ["2013-12-30"]],
    ["29/12/2017 18:42", ["2017-12-29"]],
    ["22-04-16", ["2016-04-22"]],
    ["01/03/18", ["2018-01-03", "2018-03-01"]],
    ["31/31/2018", []],
    ["Invoice 17", []],
  ])("%s can mean %j", (text, days) => {
    expect([...readDates(text)].sort()).toEqual(days);
  });

  test("an ambiguous truth is met by either of its readings, and by no other day", () => {
    expect(agrees("date", "01/03/18", "2018-03-01")).toBe(true);
    expect(agrees("date", "01/03/18", "2018-01-03")).toBe(true);
    expect(agrees("date", "01/03/18", "2018-01-04")).toBe(false);
  });
});

describe("amounts", () => {
  test.each([
    ["$6.90", ["6.9"]],
    ["RM5.00", ["5"]],
    ["RM 15.40", ["15.4"]],
    ["1,536.52", ["1536.52"]],
    ["1.536,52 EUR", ["1536.52"]],
    ["2,978,666.00", ["2978666"]],
    ["1'234.50", ["1234.5"]],
    ["1 234,50 €", ["1234.5"]],
    ["4.0", ["4"]],
    ["20.0000", ["20"]],
    ["-7.90", ["-7.9"]],
    ["(7.90)", ["-7.9"]],
    ["7.90-", ["-7.9"]],
    ["0.00", ["0"]],
    [".99", ["0.99"]],
    ["1,536", ["1536", "1.536"]],
    ["12,34,567.00", ["1234567"]],
    ["none", []],
  ])("%s can mean %j", (text, numbers) => {
    expect([...readAmounts(text)]).toEqual(numbers);
  });

  test("are compared by value, not by notation", () => {
    expect(agrees("money", "1,536.52", "1536.520")).toBe(true);
    expect(agrees("money", "1,536.52", "1536.25")).toBe(false);
    expect(agrees("money", "100", "-100")).toBe(false);
  });
});

describe("text", () => {
  test("folds case, white space, punctuation and accents", () => {
    expect(foldText("  Hôtel\nSaint-Denis, GmbH & Co. KG")).toBe("hotelsaintdenisgmbhcokg");
    expect(agrees("name", "MR D.I.Y. (JOHOR) SDN BHD", "Mr. D.I.Y. (Johor) Sdn Bhd")).toBe(true);
    expect(agrees("name", "MR D.I.Y.", "MR D.I.X.")).toBe(false);
    expect(agrees("identifier", "DE 232 446 240", "DE232446240")).toBe(true);
    expect(agrees("currency", "RM", "MYR")).toBe(true);
  });

  test("two values without a letter or digit never agree", () => {
    expect(agrees("name", "--", "***")).toBe(false);
  });
});

describe("assignment", () => {
  test("finds the largest sum where the greedy choice does not", () => {
    expect(
      assign([
        [3, 2],
        [3, 0],
      ]),
    ).toEqual([1, 0]);
  });

  test("leaves out pairs that are worth nothing, and takes unequal sides", () => {
    expect(assign([[0, 0, 0]])).toEqual([-1]);
    expect(assign([[1], [2], [0]])).toEqual([-1, 0, -1]);
    expect(assign([])).toEqual([]);
    expect(assign([[], []])).toEqual([-1, -1]);
  });

  test("agrees with trying every permutation on random matrices", () => {
    let seed = 7;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    for (let round = 0; round < 300; round += 1) {
      const rows = 1 + Math.floor(random() * 5);
      const columns = 1 + Math.floor(random() * 5);
      const weights = Array.from({ length: rows }, () =>
        Array.from({ length: columns }, () => Math.floor(random() * 6)),
      );
      const chosen = assign(weights);
      const used = chosen.filter((column) => column >= 0);
      expect(new Set(used).size).toBe(used.length);
      const total = chosen.reduce((sum, column, row) => sum + (weights[row]?.[column] ?? 0), 0);
      expect(total).toBe(bestByTrying(weights));
    }
  });
});

function bestByTrying(weights: number[][], row = 0, used = new Set<number>()): number {
  if (row === weights.length) return 0;
  let best = bestByTrying(weights, row + 1, used);
  weights[row]?.forEach((weight, column) => {
    if (used.has(column)) return;
    best = Math.max(best, weight + bestByTrying(weights, row + 1, new Set([...used, column])));
  });
  return best;
}

describe("line items", () => {
  const linesOf = (truth: readonly unknown[], rows: readonly unknown[]) =>
    scoreRows(lineCells(truth, DEFAULT_MAPPING), { pointer: "/line_items", rows, evidence: {} })?.counts ??
    null;
  const truth = [
    { description: "Widget", quantity: "2", unit_price: "5.00", amount: "10.00", id: "17" },
    { description: "Gadget", quantity: "1", unit_price: "7.50", amount: "7.50" },
  ];

  test("are paired whatever their order, and count the mapped fields alone", () => {
    const given = [
      { name: "GADGET", quantity: "1", unit_price: "7.5", amount: "7.50", tax_rate: "19" },
      { description: "Widget", quantity: "2", unit_price: "5", amount: "10" },
    ];
    expect(linesOf(truth, given)).toEqual({ right: 8, given: 8, truth: 8 });
  });

  test("a line too many counts as given, a missing one as missed", () => {
    const given = [
      { description: "Widget", quantity: "2", amount: "10.00" },
      { description: "Total", amount: "17.50" },
    ];
    expect(linesOf(truth, given)).toEqual({ right: 3, given: 5, truth: 8 });
    expect(linesOf(truth, [])).toEqual({ right: 0, given: 0, truth: 8 });
    expect(linesOf([], given)).toBeNull();
  });

  test("their sum is taken without rounding", () => {
    expect(sumDecimals(["0.10", "0.2", "-1"])).toBe("-0.70");
    expect(sumDecimals(["5", "6"])).toBe("11");
    expect(sumDecimals(["5", "six"])).toBeNull();
    expect(
      findValues({ line_items: [{ amount: "1.5" }, { amount: "2" }] }, "sum:/line_items/*/amount"),
    ).toEqual([{ pointer: "sum:/line_items/*/amount", value: "3.5" }]);
  });
});

const LINE: DocumentLine = {
  file: "a.pdf",
  id: "doc_00_0",
  status: "completed",
  type: "invoice",
  review: { required: false, auto_approved: true, reasons: [] },
  data: {
    invoice_number: "INV-7",
    invoice_date: "2018-03-27",
    vendor: { name: "Acme", legal_name: "Acme Ltd." },
    total: "1536.52",
    subtotal: "1000.00",
    due_date: "2018-04-27",
  },
  evidence: {
    "/invoice_number": evidence("INV-7", true),
    "/invoice_date": evidence("27 MAR 2018", true),
    "/vendor/legal_name": evidence("ACME LTD", true),
    "/total": evidence("1,536.52", true),
    "/subtotal": evidence("1000.00", false),
  },
  checks: [],
  warnings: [],
  usage: null,
  children: [],
  members: [],
  inventory: [],
  message: null,
  error: null,
};

function evidence(content: string, grounded: boolean): DocumentLine["evidence"][string] {
  return {
    content,
    grounded,
    confidence: 0.9,
    citations: grounded ? [{ page: 1, bbox: [0, 0, 1, 1] }] : [],
    source: "text_layer",
    engine: "embedded/1",
  };
}

const ROW = {
  file: "a.pdf",
  type: "invoice",
  fields: {
    invoice_number: "INV-7",
    date: "27 MAR 2018",
    vendor_name: "ACME LTD",
    total: "$1,536.52",
    subtotal: "1,200.00",
    tax: "19.00",
    due_date: null,
    colour: "red",
  },
};

describe("a document's score", () => {
  const score = scoreDocument(ROW, LINE, DEFAULT_MAPPING);
  const field = (name: string) => score.fields.find((entry) => entry.name === name);

  test("tells exact, right, wrong, missing and made up apart", () => {
    expect(field("invoice_number")).toMatchObject({ exact: true, right: true });
    expect(field("date")).toMatchObject({ exact: true, right: true, given: "2018-03-27" });
    expect(field("vendor_name")).toMatchObject({ right: true, given: "Acme Ltd." });
    expect(field("total")).toMatchObject({ exact: false, right: true });
    expect(field("subtotal")).toMatchObject({ right: false, given: "1000.00", ungrounded: true });
    expect(field("tax")).toMatchObject({ right: false, given: null });
    expect(field("due_date")).toMatchObject({ truth: null, given: "2018-04-27" });
    expect(field("colour")).toBeUndefined();
  });

  test("takes what an editor would change from the whole", () => {
    // Six fields in the truth; one modified, one missing, one added.
    expect(score.omni).toBeCloseTo(0.5);
  });

  test("counts values and citations", () => {
    expect(score.values).toBe(7);
    expect(score.cited).toBe(4);
    expect(score.ungrounded).toBe(1);
    expect(score.kind).toBe("invoice pdf");
  });

  test("finds a form's fields by name, and ticks as marks", () => {
    const line: DocumentLine = {
      ...LINE,
      type: "form",
      data: {
        fields: [
          { name: "PayerName", value: "West Books" },
          { name: "FATCA", checked: true },
          { name: "2ndTIN", checked: false },
        ],
      },
    };
    const fields = { PayerName: "WEST BOOKS", FATCA: "selected", "2ndTIN": "selected", Rents: "5" };
    const scored = scoreDocument({ file: "f.pdf", type: "form", fields }, line, DEFAULT_MAPPING);
    expect(scored.fields.map(({ name, right }) => [name, right])).toEqual([
      ["PayerName", true],
      ["FATCA", true],
      ["2ndTIN", false],
      ["Rents", false],
    ]);
  });

  test("compares an e-mail's people, instant and number of attachments", () => {
    const line: DocumentLine = {
      ...LINE,
      type: "email",
      data: {
        from: [{ name: "Ada", address: "ada@example.org" }],
        to: [{ name: null, address: "bob@example.org" }],
        date: "2026-03-01T10:00:00+01:00",
        attachments: [{ name: "a.pdf" }],
      },
    };
    const fields = {
      from: [{ name: "Ada", address: "ada@example.org" }],
      to: [{ name: "Bob", address: "bob@example.org" }],
      date: "2026-03-01T09:00:00+00:00",
      attachments: 1,
    };
    const scored = scoreDocument({ file: "m.eml", type: "email", fields }, line, DEFAULT_MAPPING);
    expect(scored.fields.map(({ name, right }) => [name, right])).toEqual([
      ["from", true],
      ["to", false],
      ["date", true],
      ["attachments", true],
    ]);
  });

  test("counts the truth's words that were read, without markup, each and different ones", () => {
    const row = {
      file: "d.docx",
      fields: {},
      text: "# Title\n\n| a | a | b |\n<!-- image -->\n[Link](/x.html)",
    };
    const scored = scoreDocument(row, { ...LINE, text: "TITLE a link" }, DEFAULT_MAPPING);
    expect(scored.words).toEqual({ truth: 5, found: 3, distinct: 4, distinctFound: 3 });
    expect(report([scored], { ignore_embedded: false, missing: [], unmapped: {} }).overall.words).toEqual({
      documents: 1,
      recall: 0.6,
      distinct_recall: 0.75,
    });
  });

  test("an error gives nothing, and costs recall", () => {
    const failed: DocumentLine = {
      ...LINE,
      status: "failed",
      type: null,
      review: null,
      data: null,
      evidence: {},
    };
    const scored = scoreDocument(ROW, failed, DEFAULT_MAPPING);
    expect(reportField([scored.fields])).toMatchObject({
      truth: 6,
      given: 0,
      right: 0,
      recall: 0,
      precision: null,
    });
    expect(scored.omni).toBe(0);
    expect(scored.typeRight).toBe(false);
  });

  test("adds up to precision, recall, F1 and the rate of values made up", () => {
    const summary = report([score], { ignore_embedded: false, missing: [], unmapped: {} });
    expect(summary.overall.micro).toMatchObject({ truth: 6, given: 6, exact: 3, right: 4 });
    expect(summary.overall.micro.precision).toBeCloseTo(4 / 6);
    expect(summary.overall.micro.recall).toBeCloseTo(4 / 6);
    expect(summary.overall.micro.f1).toBeCloseTo(4 / 6);
    expect(summary.overall.micro.hallucination).toBeCloseTo(2 / 6);
    expect(summary.overall.auto_approval).toMatchObject({
      documents: 1,
      coverage: 1,
      precision: 0,
      harmless: 0,
    });
    expect(summary.overall.type_accuracy).toBe(1);
    expect(summary.kinds.map(({ kind }) => kind)).toEqual(["invoice pdf"]);
  });
});

describe("reading a truth and a mapping", () => {
  test("a broken line is named", () => {
    expect(() => readTruth('{"file":"a.pdf"}\n{"file":', "truth.jsonl")).toThrow("truth.jsonl, line 2");
  });

  test("a loose type accepts any of ours", () => {
    expect(scoreDocument({ ...ROW, type: "document" }, LINE, DEFAULT_MAPPING).typeRight).toBeNull();
    expect(scoreDocument({ ...ROW, type: "receipt" }, LINE, DEFAULT_MAPPING).typeRight).toBe(false);
  });

  test("foreign names are mapped, and a comparison follows from the name of ours", () => {
    const mapping = mergeMapping(
      MappingFile.parse({
        fields: { Rechnungsdatum: "/invoice_date", Betrag: ["/total", "/amount_due"], vendor_name: null },
        types: { bill: "invoice" },
      }),
    );
    expect(mapping.fields["Rechnungsdatum"]).toEqual({ pointers: ["/invoice_date"], compare: "date" });
    expect(mapping.fields["Betrag"]?.compare).toBe("money");
    expect(mapping.fields["vendor_name"]).toBeUndefined();
    const row = { file: "a.pdf", type: "bill", fields: { Rechnungsdatum: "27.03.2018", Betrag: "1.536,52" } };
    const scored = scoreDocument(row, LINE, mapping);
    expect(scored.fields.every(({ right }) => right)).toBe(true);
    expect(scored.typeRight).toBe(true);
  });
});

test("percentiles take the nearest rank", () => {
  expect(percentile([5, 1, 4, 2, 3], 0.5)).toBe(3);
  expect(percentile([5, 1, 4, 2, 3], 0.95)).toBe(5);
  expect(percentile([], 0.5)).toBe(0);
});

const DATA_ROW = {
  file: "b.pdf",
  type: "invoice",
  fields: { total: "1" },
  data: {
    invoice_date: "2018-03-27",
    vendor: { name: "ACME LTD", phone: "030 123456" },
    total: "1536.520",
    due_date: null,
    notes: [],
    line_items: [
      { description: "Second", amount: "20.00" },
      { description: "First", amount: "10.00" },
    ],
  },
};

describe("a truth in the shape of our own data", () => {
  const line: DocumentLine = {
    ...LINE,
    data: {
      ...LINE.data,
      line_items: [
        { name: "First", amount: "10" },
        { description: "Second", amount: "21.00" },
        { description: "Total", amount: "31.00" },
      ],
    },
    text: "Acme Ltd. 27/03/2018\nFirst 10.00\nSecond 20.00\nTotal 1 536,52",
  };
  const score = scoreDocument(DATA_ROW, line, DEFAULT_MAPPING);

  test("is scored value by value, in place of its fields", () => {
    expect(score.fields.map(({ name, right, given }) => [name, right, given])).toEqual([
      ["invoice_date", true, "2018-03-27"],
      ["vendor.name", true, "Acme Ltd."],
      ["vendor.phone", false, null],
      ["total", true, "1536.52"],
      ["due_date", false, "2018-04-27"],
      ["notes", false, null],
    ]);
  });

  test("has its rows paired, and every cell of them scored", () => {
    expect(score.rows["line_items"]).toEqual({ right: 3, given: 6, truth: 4 });
    const wrong = score.cells.filter(({ right }) => !right);
    expect(wrong.map(({ name, truth, given, pointer }) => [name, truth, given, pointer])).toEqual([
      ["line_items[].amount", "20.00", "21.00", "/line_items/1/amount"],
      ["line_items[].description", null, "Total", "/line_items/2/description"],
      ["line_items[].amount", null, "31.00", "/line_items/2/amount"],
    ]);
  });

  test("tells which truths stand in the text at all", () => {
    const readable = Object.fromEntries(
      [...score.fields, ...score.cells].map((f) => [f.name + f.truth, f.readable]),
    );
    expect(readable).toMatchObject({
      "invoice_date2018-03-27": true,
      "vendor.phone030 123456": false,
      "total1536.520": true,
      "line_items[].amount20.00": true,
    });
  });

  test("is compared by what a value is, unless its name says otherwise", () => {
    expect(comparisonFor("/effective_date", "2024-01-31")).toBe("date");
    expect(comparisonFor("/closing_balance", "10.50")).toBe("money");
    expect(comparisonFor("/account_number", "0012")).toBe("name");
    expect(comparisonFor("/holder/sex", "female")).toBe("mark");
    const clause = "Either party may end this agreement by written notice thirty days before the term ends.";
    expect(comparisonFor("/clauses/*/text", clause)).toBe("prose");
    expect(agrees("prose", clause, clause.replace("thirty days", "30 days"))).toBe(true);
    expect(agrees("prose", clause, "This agreement is governed by the laws of Ireland.")).toBe(false);
  });
});

describe("what could have been read", () => {
  const oracle = oracleOf(
    "ORD #70 -REG #19- 18/03/2018\nTotal EUR 1 234,50 born 02.04.61\nAcme\nTrading Ltd",
  );

  test.each([
    ["date", "2018-03-18", true],
    ["date", "2018-03-19", false],
    ["money", "1234.50", true],
    ["money", "-1234.5", true],
    ["money", "1234.60", false],
    ["date", "1961-04-02", true],
    ["name", "ACME TRADING LTD.", true],
    ["name", "Acme Trading GmbH", false],
    ["currency", "EUR", null],
  ] as const)("%s %s: %s", (compare, truth, readable) => {
    expect(oracle(compare, truth)).toBe(readable);
  });
});

function valueOf(confidence: number, right: boolean, name = "total"): FieldScore {
  const shown = { compare: "money", given: right ? "1" : "2", exact: right, ungrounded: false } as const;
  return { name, truth: "1", right, pointer: `/${name}`, confidence, readable: true, ...shown };
}

describe("figures", () => {
  test("confidence is set against what came out, bin by bin", () => {
    const values = [valueOf(0.95, true), valueOf(0.95, true), valueOf(0.95, false), valueOf(0.35, false)];
    const { bins, ece, risk_coverage: risks } = calibrate(values);
    expect(bins[9]).toMatchObject({ values: 3, right: 2 / 3 });
    expect(bins[9]?.confidence).toBeCloseTo(0.95);
    expect(bins[3]).toMatchObject({ values: 1, right: 0 });
    expect(ece).toBeCloseTo((3 * (0.95 - 2 / 3) + 0.35) / 4);
    expect(risks.at(-1)).toMatchObject({ coverage: 1, risk: 0.5 });
    expect(calibrate([]).ece).toBeNull();
  });

  test("intervals hold the share and shrink with more documents", () => {
    const [low, high] = wilson(9, 10) ?? [0, 0];
    expect(low).toBeCloseTo(0.596, 2);
    expect(high).toBeCloseTo(0.982, 2);
    expect(wilson(0, 0)).toBeNull();
    const width = (documents: number): number => {
      const scores = Array.from({ length: documents }, (_, index) => [valueOf(0.9, index % 5 > 0)]);
      const [from, to] = reportField(scores).intervals.f1 ?? [0, 0];
      expect(from).toBeLessThanOrEqual(0.8);
      expect(to).toBeGreaterThanOrEqual(0.8);
      return to - from;
    };
    expect(width(500)).toBeLessThan(width(20));
  });

  test("selection counts what was right of what could be read, contradiction what differs", () => {
    const missed: FieldScore = { ...valueOf(0.9, false), given: null, readable: false };
    const field = reportField([[valueOf(0.9, true)], [valueOf(0.9, false)], [missed]]);
    expect(field.oracle).toBeCloseTo(2 / 3);
    expect(field.selection).toBeCloseTo(1 / 2);
    expect(field.contradiction).toBeCloseTo(1 / 2);
  });

  test("groups weigh the same, however many documents they have", () => {
    const rows = ["A", "A", "A", "B"].map((issuer, index) => ({
      file: `${index}.pdf`,
      type: ROW.type,
      fields: ROW.fields,
      issuer,
    }));
    const scores = rows.map((row) =>
      scoreDocument(row, row.issuer === "A" ? LINE : { ...LINE, data: {} }, DEFAULT_MAPPING),
    );
    const { overall, confusion } = report(scores, {
      ignore_embedded: false,
      missing: [],
      unmapped: {},
      group: "issuer",
    });
    expect(overall.groups).toMatchObject({ groups: 2, without: 0 });
    expect(overall.groups?.fields["total"]).toEqual({ groups: 2, macro_f1: 0.5 });
    expect(overall.groups?.worst[0]).toMatchObject({ name: "B", documents: 1, f1: 0 });
    expect(confusion).toEqual({ invoice: { invoice: 4 } });
  });
});

const WORDS = [
  "10,10,210,10,210,30,10,30,ACME TRADING, LTD",
  "10,50,110,50,110,70,10,70,RECEIPT NO: 778",
  "10,90,150,90,150,110,10,110,DATE: 18/03/2018",
  "10,130,60,130,60,150,10,150,TOTAL",
  "150,130,210,130,210,150,150,150,19.40",
].join("\r\n");

describe("a perfect reading", () => {
  test("is a page of the truth's lines, its words where their letters are", () => {
    const layout = fromWordsFile(WORDS);
    const [page] = layout.pages;
    expect(page?.text).toContain("ACME TRADING, LTD");
    const second = page?.words.find(({ text }) => text === "TRADING,");
    // The sixth of seventeen letters of a line of 200 pixels that begins at 10, on a page of 220.
    expect(second?.bbox[0]).toBeCloseTo((10 + (200 * 5) / 17) / 220);
    expect(page?.lines.length).toBe(5);
    expect(fromWordsFile("no,line\n\n1,2,3").pages[0]?.words).toEqual([]);
  });

  test("is understood in the process, with evidence on its page", async () => {
    const line = await understand("r.jpg", fromWordsFile(WORDS), "receipt");
    expect(line.data).toMatchObject({ transaction_date: "2018-03-18", total: "19.40" });
    expect(line.evidence["/total"]?.citations[0]?.page).toBe(1);
    const typed = await understand("r.jpg", fromTextLines("TOTAL   19.40\nDATE 18/03/2018"), "receipt");
    expect(typed.data).toMatchObject({ transaction_date: "2018-03-18" });
  });
});

describe("the page of mistakes", () => {
  const layout = fromWordsFile(WORDS);

  test("finds the truth where it stands, by value or by its letters", () => {
    const [total] = findTruth(layout, "money", "19.4");
    expect(total?.bbox[0]).toBeCloseTo(150 / 220);
    expect(findTruth(layout, "date", "2018-03-18")).toHaveLength(1);
    expect(findTruth(layout, "name", "Acme Trading Ltd")).toHaveLength(1);
    expect(findTruth(layout, "name", "Acme Trading GmbH & Co of Elsewhere")[0]?.bbox[1]).toBeCloseTo(
      10 / 160,
    );
    expect(findTruth(layout, "money", "7.00")).toEqual([]);
  });

  test("shows citation and truth together where they are near, apart where they are not", () => {
    const at = (y: number) => ({
      page: 1,
      bbox: [0.1, y, 0.2, y + 0.02] as [number, number, number, number],
    });
    expect(viewsOf([at(0.1)], [at(0.2)])).toHaveLength(1);
    const apart = viewsOf([at(0.05)], [at(0.9)]);
    expect(apart.map(({ boxes }) => boxes.map(({ kind }) => kind))).toEqual([["given"], ["truth"]]);
    for (const { region } of apart) {
      expect(Math.min(...region)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...region)).toBeLessThanOrEqual(1);
    }
    expect(viewsOf([], [])).toEqual([{ page: 1, region: [0, 0, 1, 1], boxes: [] }]);
  });

  test("cuts a region out of a page", () => {
    const data = new Uint8Array(200 * 100).fill(255);
    for (let y = 50; y < 100; y += 1) data.fill(0, y * 200 + 100, y * 200 + 200);
    const url = cropPage({ width: 200, height: 100, data }, [0.5, 0.5, 1, 1]);
    const cut = decodeGrey(Buffer.from(url.slice(url.indexOf(",") + 1), "base64"));
    expect([cut.width, cut.height, Math.max(...cut.data)]).toEqual([100, 50, 0]);
  });

  test("holds every mistake, and nothing of a document can end its data", async () => {
    const row = { file: "r.jpg", type: "receipt", fields: { total: "</script><b>19.99" } };
    const line = await understand("r.jpg", layout, "receipt");
    const scored = { reading: { row, line, layout }, score: scoreDocument(row, line, DEFAULT_MAPPING) };
    const summary = report([scored.score], { ignore_embedded: false, missing: [], unmapped: {} });
    const html = await composeReport(
      "t",
      summary,
      [scored],
      async () => null,
      () => undefined,
    );
    expect(html.match(/<\/script>/gu)).toHaveLength(2);
    const json = /id="data">(.*)<\/script>/u.exec(html)?.[1] ?? "";
    const { entries, pictures } = JSON.parse(json) as {
      entries: { field: string; what: string; given: string; views: { words: unknown[] }[] }[];
      pictures: string[];
    };
    expect(pictures).toEqual([]);
    expect(entries).toMatchObject([{ field: "total", what: "wrong", given: "19.40" }]);
    expect(entries[0]?.views[0]?.words.length).toBeGreaterThan(0);
  });
});
