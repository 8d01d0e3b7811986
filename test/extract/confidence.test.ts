import { describe, expect, it } from "vitest";
import { documentSignals, DOCUMENT_SIGNALS } from "../../src/extract/confidence/document-signals.ts";
import { settleBy, type Settings } from "../../src/extract/confidence/settle.ts";
import { familyOf, signalsOf, VALUE_SIGNALS } from "../../src/extract/confidence/signals.ts";
import type { DraftValue } from "../../src/extract/engine/draft.ts";
import { read } from "../../src/extract/engine/reading.ts";
import { documentOf, paper, row } from "./paper.ts";

const parsed = documentOf(
  paper([
    ...row(60, [
      ["Subtotal", 350, "left"],
      ["100.00", 540, "right"],
    ]),
    ...row(76, [
      ["Total", 350, "left"],
      ["120.00", 540, "right"],
    ]),
  ]),
);
const reading = read(parsed);
const settings: Settings = {
  reading,
  business: true,
  required: ["/total", "/invoice_number"],
  mayDrop: true,
};

function draft(pointer: string, value: string, rest: Partial<DraftValue> = {}): DraftValue {
  return { pointer, value, cited: [{ page: 1, words: [0], content: "Subtotal" }], confidence: 0.7, ...rest };
}

/** Weights that know one signal: below the threshold the first score, from there on the second. */
function weights(signal: (typeof VALUE_SIGNALS)[number], threshold: number, below: number, above: number) {
  const at = VALUE_SIGNALS.indexOf(signal);
  return {
    signals: VALUE_SIGNALS,
    values: [[at, threshold, 4, 6, -1, below, -1, above]],
    document_signals: DOCUMENT_SIGNALS,
    documents: [[-1, 2]],
  };
}

describe("confidence", () => {
  it("has a number for every signal of values and documents", () => {
    const drafts = [draft("/total", "120.00"), draft("/line_items/0/amount", "100.00")];
    for (const signals of signalsOf(reading, drafts, true)) {
      expect(signals).toHaveLength(VALUE_SIGNALS.length);
      expect(signals.every(Number.isFinite)).toBe(true);
    }
    const document = documentSignals(drafts, settings);
    expect(document).toHaveLength(DOCUMENT_SIGNALS.length);
    expect(document.every(Number.isFinite)).toBe(true);
    expect(document[DOCUMENT_SIGNALS.indexOf("required_missing")]).toBe(1);
  });

  it("sees which amounts arithmetic explains, and which amount of the page nothing tells of", () => {
    const closing = [draft("/subtotal", "100.00"), draft("/tax_total", "20.00"), draft("/total", "120.00")];
    const at = VALUE_SIGNALS.indexOf("proven");
    expect(signalsOf(reading, closing, true).map((signals) => signals[at])).toEqual([1, 1, 1]);
    const open = [draft("/subtotal", "100.00"), draft("/tax_total", "21.00"), draft("/total", "120.00")];
    expect(signalsOf(reading, open, true).map((signals) => signals[at])).toEqual([0, 0, 0]);
    expect(documentSignals(open, settings)[DOCUMENT_SIGNALS.indexOf("amounts_left")]).toBe(2);
  });

  it("is what was learned, and what is more likely wrong than right is not given", () => {
    const settle = settleBy(weights("amount", 0.5, -2, 3));
    const { values, estimate } = settle([draft("/total", "120.00"), draft("/vendor/name", "Acme")], settings);
    expect(values.map(({ pointer }) => pointer)).toEqual(["/total"]);
    expect(values[0]?.confidence).toBeCloseTo(0.953, 3);
    expect(estimate).toBeCloseTo(0.881, 3);
  });

  it("of rows, and where the type gives its data as a whole, leaves nothing out", () => {
    const settle = settleBy(weights("raw", 9, -2, -2));
    expect(settle([draft("/line_items/0/name", "Bolt")], settings).values).toHaveLength(1);
    expect(settle([draft("/title", "Bolt")], { ...settings, mayDrop: false }).values).toHaveLength(1);
    expect(settle([draft("/title", "Bolt")], settings).values).toEqual([]);
  });

  it("stays its own where memory, a structure or a scorer gave the value", () => {
    const settle = settleBy(weights("raw", 9, -2, -2));
    const own = [
      draft("/total", "120.00", { source: "memory", confidence: 0.66 }),
      draft("/subtotal", "100.00", { source: "xml", confidence: 0.99 }),
      draft("/currency", "EUR", { reader: "scored", confidence: 0.4 }),
    ];
    expect(settle(own, settings).values.map(({ confidence }) => confidence)).toEqual([0.66, 0.99, 0.4]);
  });

  it("never rises above the doubt of a repaired value, or of a date in either order", () => {
    const settle = settleBy(weights("raw", 9, 3, 3));
    const either = { page: 1, words: [0], content: "03/04/2024" };
    const drafts = [
      draft("/total", "120.00", { repaired: true }),
      draft("/invoice_date", "2024-04-03", { cited: [either] }),
      draft("/due_date", "2024-04-23", { cited: [{ ...either, content: "23/04/2024" }] }),
    ];
    const [total, date, due] = settle(drafts, settings).values;
    expect([total?.confidence, date?.confidence]).toEqual([0.7, 0.7]);
    expect(due?.confidence).toBeGreaterThan(0.9);
  });

  it("is left alone by weights of other signals", () => {
    const settle = settleBy({ ...weights("raw", 9, -2, -2), signals: ["raw"] });
    expect(settle([draft("/total", "120.00")], settings)).toMatchObject({
      values: [{ confidence: 0.7 }],
      estimate: null,
    });
  });

  it("goes by families of fields", () => {
    expect(familyOf("/invoice_date")).toBe("date");
    expect(familyOf("/vendor/name")).toBe("name");
    expect(familyOf("/bank_accounts/0/iban")).toBe("identifier");
    expect(familyOf("/line_items/3/amount")).toBe("amount");
    expect(familyOf("/currency")).toBe("code");
  });
});
