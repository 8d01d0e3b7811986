import { describe, expect, it } from "vitest";
import { createEmbeddedEngine, draftByRules } from "../../../src/extract/engine/embedded.ts";
import { read } from "../../../src/extract/engine/reading.ts";
import { receipt } from "../../../src/extract/kinds/receipt.ts";
import {
  calibrate,
  type FieldWeights,
  probabilities,
  scoreForest,
} from "../../../src/extract/scorer/forest.ts";
import { receiptFields } from "../../../src/extract/scorer/receipt-fields.ts";
import { rescore } from "../../../src/extract/scorer/rescore.ts";
import { scoreCandidates } from "../../../src/extract/scorer/score-candidates.ts";
import type { Candidate, Evidence, ScoredField } from "../../../src/extract/scorer/scored-field.ts";
import { readTextLines } from "../../../src/extract/scorer/text-lines.ts";
import type { ParsedDocument } from "../../../src/model/parsed.ts";
import { documentOf, type Mark, paper } from "../paper.ts";

/** Below 2 in the first feature: 1; else below 0.5 in the second: -1, else 3. */
const TREE = [0, 2, 4, 6, -1, 1, 1, 0.5, 10, 12, -1, -1, -1, 3];

const EVEN = { bias: 0, raw: 1, all: 0, least: 0 };

function candidate(value: string, features: readonly number[], key = value): Candidate {
  return { value, key, pieces: [], features, repaired: false };
}

function evidenceOf(parsed: ParsedDocument): Evidence {
  return draftByRules(read(parsed), receipt.reads, parsed).evidence;
}

function fieldNamed(name: string): ScoredField {
  const found = receiptFields.find(({ field }) => field.name === name);
  if (!found) throw new Error(`no field ${name}`);
  return found.field;
}

/** What a field's candidates have for one of its features, by value. */
function featureOf(evidence: Evidence, field: string, feature: string): Map<string, number> {
  const scored = fieldNamed(field);
  const at = scored.features.indexOf(feature);
  expect(at).toBeGreaterThanOrEqual(0);
  return new Map(
    scored.candidates(evidence).map(({ value, features }) => [value, features[at] ?? Number.NaN]),
  );
}

const centred = (text: string, y: number, size = 10): Mark => ({
  text,
  x: 150 - text.length * size * 0.25,
  y,
  size,
});

function till(names: readonly string[] = ["HARBOR LANE COFFEE", "ROASTERS LLC"]): Mark[] {
  const rows: [string, string][] = [
    ["Espresso", "2.50"],
    ["Blueberry muffin", "3.75"],
    ["Subtotal", "6.25"],
    ["Tax", "0.50"],
    ["Total", "6.75"],
    ["Cash", "10.00"],
    ["Change", "3.25"],
  ];
  return [
    ...names.map((name, index) => centred(name, 20 + index * 20, 14)),
    centred("1840 Pike Street", 62),
    centred("Suite 200", 76),
    centred("Seattle, WA 98101", 90),
    centred("Tel: (206) 555-0142", 104),
    centred("RECEIPT", 124),
    { text: "Date: 03/14/2024 09:41", x: 40, y: 142 },
    ...rows.flatMap(([name, amount], index): Mark[] => [
      { text: name, x: 40, y: 170 + index * 15 },
      { text: amount, x: 0, right: 260, y: 170 + index * 15 },
    ]),
    centred("Thank you for your visit", 300),
  ];
}

describe("The model", () => {
  it("walks a tree as it is written, and sends what is missing to the right", () => {
    expect(scoreForest([TREE], [1.9, 9])).toBe(1);
    expect(scoreForest([TREE], [2, 0.4])).toBe(-1);
    expect(scoreForest([TREE], [2, 0.5])).toBe(3);
    expect(scoreForest([TREE], [Number.NaN, Number.NaN])).toBe(3);
    expect(scoreForest([TREE, TREE], [1, 0])).toBe(2);
  });

  it("ends on a tree whose children lead back, and on an empty one", () => {
    expect(scoreForest([[0, 1, 0, 0]], [0])).toBe(0);
    expect(scoreForest([[]], [0])).toBe(0);
  });

  it("leaves a share to none of the candidates", () => {
    const [only] = probabilities([0]);
    expect(only).toBeCloseTo(0.5);
    expect(probabilities([800, 0])[0]).toBeCloseTo(1);
    expect(probabilities([-800])[0]).toBeCloseTo(0);
    expect(probabilities([])).toEqual([]);
  });

  it("is less sure of words that the reader is less sure of", () => {
    const calibration = { bias: -1, raw: 1, all: 1, least: 1 };
    const clear = calibrate(calibration, 0.8, { all: 0, least: 1 });
    expect(clear).toBeGreaterThan(calibrate(calibration, 0.8, { all: -2, least: 0.3 }));
    expect(calibrate(EVEN, 0.8, { all: 0, least: 0 })).toBeCloseTo(0.8);
  });

  it("adds up what says the same, so that a value printed twice beats one that scores a little more", () => {
    const weights: FieldWeights = {
      field: "test",
      features: ["score"],
      trees: [[0, 0.5, 4, 6, -1, 1, -1, 1.3]],
      calibration: EVEN,
      threshold: 0,
    };
    const ranked = scoreCandidates([candidate("b", [1]), candidate("a", [0]), candidate("a", [0])], weights);
    expect(ranked.map(({ candidate: { value } }) => value)).toEqual(["a", "b"]);
  });
});

describe("Choosing again", () => {
  const evidence = evidenceOf(documentOf(paper(till())));
  const field: ScoredField = { name: "test", features: ["score"], candidates: () => [candidate("new", [1])] };
  const weights: FieldWeights = {
    field: "test",
    features: ["score"],
    trees: [[-1, 5]],
    calibration: EVEN,
    threshold: 0.5,
  };
  const rule = { pointer: "/total", value: "old", cited: [], confidence: 0.5 };
  const values = (given: Partial<FieldWeights>): unknown[] =>
    rescore([rule], [{ pointer: "/total", field, weights: { ...weights, ...given } }], evidence).map(
      ({ value }) => value,
    );

  it("replaces the rules' value", () => {
    expect(values({})).toEqual(["new"]);
  });

  it("gives nothing below the threshold", () => {
    expect(values({ threshold: 0.999 })).toEqual([]);
  });

  it("leaves the rules' value where there are no weights, or weights of other features", () => {
    expect(values({ trees: [] })).toEqual(["old"]);
    expect(values({ features: ["another"] })).toEqual(["old"]);
  });
});

describe("Features", () => {
  const evidence = evidenceOf(documentOf(paper(till())));

  it("say which labels announce an amount", () => {
    const total = featureOf(evidence, "receipt-total", "total.strength");
    expect(total.get("6.75")).toBeGreaterThan(0.9);
    expect(total.get("10.00")).toBe(0);
    expect(featureOf(evidence, "receipt-total", "cash.strength").get("10.00")).toBeGreaterThan(0.8);
  });

  it("say which sums an amount has a part in", () => {
    const settled = featureOf(evidence, "receipt-total", "cash_less_change");
    expect(settled.get("6.75")).toBe(1);
    expect(settled.get("10.00")).toBe(0);
    expect(featureOf(evidence, "receipt-total", "line_sum").get("6.25")).toBe(1);
  });

  it("say that a time stands behind a date", () => {
    expect(featureOf(evidence, "receipt-date", "timed").get("2024-03-14")).toBe(1);
  });

  it("say what lines a span has and what stands around it", () => {
    const address = "1840 Pike Street, Suite 200, Seattle, WA 98101";
    expect(featureOf(evidence, "receipt-address", "span.lines").get(address)).toBe(3);
    expect(featureOf(evidence, "receipt-address", "last.postal").get(address)).toBe(1);
    expect(featureOf(evidence, "receipt-address", "span.noise_after").get(address)).toBe(1);
    expect(featureOf(evidence, "receipt-address", "before.legal").get(address)).toBe(1);
  });

  it("are as many as they have names", () => {
    for (const { field } of receiptFields) {
      const candidates = field.candidates(evidence);
      expect(candidates.length).toBeGreaterThan(0);
      for (const { features } of candidates) expect(features.length).toBe(field.features.length);
    }
  });
});

describe("Candidates", () => {
  it("are names of several lines, joined, and no line that holds only a number", () => {
    const names = fieldNamed("receipt-name")
      .candidates(evidenceOf(documentOf(paper(till()))))
      .map(({ value }) => value);
    expect(names).toContain("HARBOR LANE COFFEE ROASTERS LLC");
    expect(names.some((name) => name.includes("555"))).toBe(false);
  });

  it("are names with the legal form that OCR misread, and say that they are mended", () => {
    const evidence = evidenceOf(documentOf(paper(till(["NORTH RIVER TRADING SON 8HD"]), "ocr")));
    const names = fieldNamed("receipt-name").candidates(evidence);
    const mended = names.find(({ value }) => value === "NORTH RIVER TRADING SDN BHD");
    expect(mended?.repaired).toBe(true);
    expect(names.find(({ value }) => value === "1840 Pike Street")?.repaired).toBe(false);
  });

  it("leave contacts inside of an address out and end at a title", () => {
    const marks = [
      centred("Nordlys Bakeri AS", 20),
      centred("Storgata 12", 34),
      centred("Tlf: 22 33 44 55", 48),
      centred("0155 Oslo", 62),
      centred("KVITTERING", 76),
      centred("Brød 45,00", 90),
    ];
    const addresses = fieldNamed("receipt-address")
      .candidates(evidenceOf(documentOf(paper(marks))))
      .map(({ value }) => value);
    expect(addresses).toContain("Storgata 12, 0155 Oslo");
    expect(addresses.some((address) => address.includes("Tlf") || /Oslo.*KVITTERING/.test(address))).toBe(
      false,
    );
  });

  it("are dates that stand wide, or go on in the next line, cited in all their pieces", () => {
    const marks = [
      { text: "Café Moulin", x: 40, y: 20 },
      { text: "10", x: 40, y: 40 },
      { text: "Mar 2018", x: 63, y: 40 },
      { text: "Date 5. novembre", x: 40, y: 80 },
      { text: "2025", x: 40, y: 94 },
    ];
    const dates = fieldNamed("receipt-date").candidates(evidenceOf(documentOf(paper(marks))));
    expect(dates.map(({ value, pieces }) => [value, pieces.length])).toEqual([
      ["2018-03-10", 2],
      ["2025-11-05", 2],
    ]);
  });

  it("read digits back that OCR took for letters or others, and say so", () => {
    const marks = [
      { text: "Green Leaf Ltd", x: 40, y: 20 },
      { text: "Date 17/83/2817", x: 40, y: 40 },
      { text: "Total", x: 40, y: 60 },
      { text: "l2.5O", x: 200, y: 60 },
    ];
    const evidence = evidenceOf(documentOf(paper(marks, "ocr")));
    const repaired = (field: string): [string, boolean][] =>
      fieldNamed(field)
        .candidates(evidence)
        .map((one) => [one.value, one.repaired]);
    expect(repaired("receipt-date")).toContainEqual(["2017-03-17", true]);
    expect(repaired("receipt-total")).toContainEqual(["12.50", true]);
    expect(readTextLines(evidence.reading).length).toBeGreaterThan(2);
  });
});

describe("The weights that are shipped", () => {
  it("fit the features they were learned from and weigh less than 500 KB together", () => {
    let bytes = 0;
    for (const { field, weights } of receiptFields) {
      bytes += JSON.stringify(weights).length;
      expect(weights.features).toEqual(field.features);
      expect(weights.trees.length).toBeGreaterThan(20);
      expect(weights.field).toBe(field.name);
    }
    expect(bytes).toBeLessThan(500 * 1024);
  });

  it("read a receipt that nobody has learned from", async () => {
    const page = paper(till(["HARBOR LANE COFFEE LLC"]));
    const { data, evidence } = await createEmbeddedEngine().extract(documentOf(page), "receipt");
    expect(data).toMatchObject({
      merchant: {
        name: "HARBOR LANE COFFEE LLC",
        address: "1840 Pike Street, Suite 200, Seattle, WA 98101",
      },
      transaction_date: "2024-03-14",
      total: "6.75",
    });
    expect(evidence["/merchant/address"]?.citations.length).toBeGreaterThan(0);
    expect(evidence["/total"]?.confidence).toBeGreaterThan(0.8);
    expect(evidence["/total"]?.repaired).toBeUndefined();
  });

  it("give nothing for an empty page, and little for noise", async () => {
    const engine = createEmbeddedEngine();
    expect((await engine.extract(documentOf(paper([])), "receipt")).data).toEqual({});
    const noise = Array.from({ length: 60 }, (_, index) => ({
      text: ["|", "~", "i;", "_.", "—", "'l"][index % 6] ?? "|",
      x: 20 + ((index * 37) % 500),
      y: 20 + index * 12,
    }));
    const { data } = await engine.extract(documentOf(paper(noise, "ocr")), "receipt");
    expect(data).not.toHaveProperty("total");
    expect(data).not.toHaveProperty("transaction_date");
    expect(data).not.toHaveProperty("merchant.address");
  });

  it("end on lines ruled with asterisks, and read the card's digits behind them", async () => {
    const ruled = ["*", "x", "#", ".", ". ", "- x "].map((sign, index) => ({
      text: sign.repeat(150),
      x: 20,
      y: 20 + index * 14,
      size: 3,
    }));
    const marks = [...ruled, { text: "Maestro", x: 20, y: 120 }, { text: "************3612", x: 20, y: 134 }];
    const { data } = await createEmbeddedEngine().extract(documentOf(paper(marks)), "receipt");
    expect(data).toMatchObject({ card_last4: "3612" });
  });

  it("bound what they look at on a page of thousands of words", () => {
    const marks = Array.from({ length: 700 }, (_, index) => ({
      text: `Item ${index} 12.${String(index % 100).padStart(2, "0")}`,
      x: 20 + (index % 3) * 190,
      y: 5 + Math.floor(index / 3) * 3.5,
      size: 3,
    }));
    const evidence = evidenceOf(documentOf(paper(marks)));
    for (const { field } of receiptFields) expect(field.candidates(evidence).length).toBeLessThan(700);
  });
});
