import { describe, expect, it } from "vitest";
import { group, structuredInvoice, withGroup, withoutGroup, withTerm } from "../../fixtures/structured.ts";
import { checkOf, failing } from "./verdicts.ts";

const invoice = structuredInvoice({
  lines: [{ cents: 10000 }, { cents: 2550, rate: 7 }],
  allowances: [{ cents: 1000 }],
  charges: [{ cents: 300, rate: 7 }],
  paidCents: 5000,
  roundingCents: 2,
});

describe("conditions and calculations", () => {
  it("finds every sum right where every sum is", () => {
    expect(failing(invoice)).toEqual([]);
    for (const number of [10, 11, 12, 13, 14, 15, 16, 17]) {
      expect(checkOf(invoice, `BR-CO-${number}`)?.verdict).toBe("pass");
    }
  });

  it.each([
    ["BT-106", "125.51", ["BR-CO-10", "BR-CO-13"]],
    ["BT-107", "10.01", ["BR-CO-11", "BR-CO-13"]],
    ["BT-108", "3.01", ["BR-CO-12", "BR-CO-13"]],
    ["BT-109", "118.51", ["BR-CO-13", "BR-CO-15"]],
    ["BT-110", "19.11", ["BR-CO-14", "BR-CO-15"]],
    ["BT-112", "137.61", ["BR-CO-15", "BR-CO-16"]],
    ["BT-113", "50.01", ["BR-CO-16"]],
    ["BT-114", "0.03", ["BR-CO-16"]],
    ["BT-115", "87.63", ["BR-CO-16"]],
  ])("fails when %s is a cent off", (term, value, ids) => {
    expect(failing(withTerm(invoice, term, value))).toEqual(ids);
  });

  it("names the numbers", () => {
    const wrong = withTerm(invoice, "BT-112", "137.61");
    expect(checkOf(wrong, "BR-CO-15")?.detail).toContain("137.61 is not 118.50 + 19.10 = 137.60.");
    expect(checkOf(invoice, "BR-CO-15")?.detail).toContain("137.60 = 118.50 + 19.10.");
  });

  it("wants the sums of allowances and charges where there are any", () => {
    expect(failing(withTerm(invoice, "BT-107", null))).toEqual(["BR-CO-11", "BR-CO-13"]);
    expect(checkOf(structuredInvoice(), "BR-CO-11")).toBeUndefined();
  });

  it("counts the tax in the invoice's currency alone", () => {
    const document = withTerm(withTerm(invoice, "BT-6", "SEK"), "BT-111", {
      value: "210.00",
      currency: "SEK",
    });
    const foreign = group("BG-23", {
      "BT-116": { value: "1100.00", currency: "SEK" },
      "BT-117": { value: "209.00", currency: "SEK" },
      "BT-118": "S",
      "BT-119": "19",
    });
    expect(failing(withGroup(document, "BG-0", foreign))).toEqual([]);
  });

  it("takes no tax in another currency for the tax of the total", () => {
    const foreign = withTerm(invoice, "BT-110", { value: "19.10", currency: "SEK" });
    expect(failing(foreign)).toEqual(["BR-CO-15"]);
  });

  it("allows less than one unit between rate times base and tax, as CEN does", () => {
    const off = (tax: string) => withTerm(structuredInvoice(), "BT-117", tax);
    expect(failing(off("19.99"))).toEqual(["BR-CO-14"]);
    expect(failing(off("20.00"))).toEqual(["BR-CO-14", "BR-CO-17", "BR-S-09"]);
    expect(failing(off("18.00"))).toEqual(["BR-CO-14", "BR-CO-17", "BR-S-09"]);
  });

  it("adds decimals exactly", () => {
    const lines = Array.from({ length: 300 }, () => ({ cents: 10 }));
    expect(failing(structuredInvoice({ lines }))).toEqual([]);
  });

  it("wants one of two for the time of VAT", () => {
    const dated = withTerm(invoice, "BT-7", "2026-03-01");
    expect(checkOf(dated, "BR-CO-03")?.verdict).toBe("pass");
    expect(failing(withTerm(dated, "BT-8", "35"))).toEqual(["BR-CO-03"]);
  });

  it("wants VAT identifiers that begin with a country", () => {
    expect(failing(withTerm(invoice, "BT-31", "123456789"))).toEqual(["BR-CO-09"]);
    expect(failing(withTerm(invoice, "BT-31", "EL123456789"))).toEqual([]);
    expect(failing(withTerm(invoice, "BT-31", "XI123456789"))).toEqual([]);
  });

  it("wants a date in a period, or a code for the time of VAT", () => {
    const empty = withTerm(withTerm(invoice, "BT-73", null), "BT-74", null);
    expect(failing(empty)).toEqual(["BR-CO-19"]);
    expect(failing(withTerm(empty, "BT-8", "35"))).toEqual([]);
    expect(failing(withGroup(invoice, "BG-25", group("BG-26", {})))).toEqual(["BR-CO-20"]);
  });

  it("wants to know when an amount is due", () => {
    const undated = withTerm(invoice, "BT-9", null);
    expect(failing(undated)).toEqual(["BR-CO-25"]);
    expect(failing(withTerm(undated, "BT-20", "30 days"))).toEqual([]);
    expect(failing({ ...undated, kind: "credit_note" })).toEqual([]);
  });

  it("wants something that identifies the seller", () => {
    const anonymous = withTerm(structuredInvoice({ lines: [{ cents: 100, category: "O" }] }), "BT-30", null);
    expect(failing(anonymous)).toEqual(["BR-CO-26"]);
    expect(failing(withTerm(anonymous, "BT-29", "4711"))).toEqual([]);
  });

  it("says nothing of sums that are not there", () => {
    const bare = withoutGroup(invoice, "BG-22");
    expect(checkOf(bare, "BR-CO-15")).toBeUndefined();
    expect(failing(bare)).toEqual(["BR-12", "BR-13", "BR-14", "BR-15"]);
  });
});
