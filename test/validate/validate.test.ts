import { describe, expect, it } from "vitest";
import { createEmbeddedEngine } from "../../src/extract/engine/embedded.ts";
import { extractors } from "../../src/extract/registry.ts";
import type { Extraction } from "../../src/model/extraction.ts";
import { validate } from "../../src/validate/validate.ts";
import { documentOf, paper, row } from "../extract/paper.ts";
import { usInvoice } from "../extract/papers.ts";

const engine = createEmbeddedEngine();
const parsed = documentOf(paper([]));

function of(data: Record<string, unknown>): Extraction {
  return { data, evidence: {}, warnings: [] };
}

function verdict(data: Record<string, unknown>, code: string): string | undefined {
  return validate(of(data), extractors.invoice, parsed).checks.find((check) => check.code === code)?.verdict;
}

describe("checks", () => {
  it("passes an invoice whose sums close and approves it", async () => {
    const document = usInvoice();
    const extraction = await engine.extract(document, "invoice");
    const { checks, review } = validate({ ...extraction, estimate: 0.99 }, extractors.invoice, document);
    const unsure = validate({ ...extraction, estimate: 0.7 }, extractors.invoice, document);
    expect(unsure.review).toEqual({ required: false, auto_approved: false, reasons: [] });
    expect(checks.filter((check) => check.verdict === "fail")).toEqual([]);
    expect(checks.find((check) => check.code === "totals_add_up")?.verdict).toBe("pass");
    expect(checks.find((check) => check.code === "lines_add_up")?.verdict).toBe("pass");
    expect(review).toEqual({ required: false, auto_approved: true, reasons: [] });
  });

  it("fails contradictory totals and asks for a review", async () => {
    const document = documentOf(
      paper([
        ...row(60, [
          ["Subtotal", 350, "left"],
          ["100.00", 540, "right"],
        ]),
        ...row(76, [
          ["VAT", 350, "left"],
          ["20.00", 540, "right"],
        ]),
        ...row(92, [
          ["Total", 350, "left"],
          ["175.00", 540, "right"],
        ]),
      ]),
    );
    const extraction = await engine.extract(document, "invoice");
    expect(extraction.data).toMatchObject({ subtotal: "100.00", total: "175.00" });
    const { checks, review } = validate(extraction, extractors.invoice, document);
    expect(checks.find((check) => check.code === "totals_add_up")?.verdict).toBe("fail");
    expect(review.required).toBe(true);
    expect(review.auto_approved).toBe(false);
    expect(review.reasons).toContain("check_failed:totals_add_up");
  });

  it("adds discounts, charges and rounding", () => {
    expect(
      verdict(
        {
          subtotal: "100.00",
          discount_total: "10.00",
          charge_total: "5.00",
          tax_total: "19.00",
          total: "114.00",
        },
        "totals_add_up",
      ),
    ).toBe("pass");
    expect(
      verdict({ subtotal: "10.00", tax_total: "0.63", rounding: "0.02", total: "10.65" }, "totals_add_up"),
    ).toBe("pass");
    expect(verdict({ total: "10.65" }, "totals_add_up")).toBe("not_applicable");
  });

  it("multiplies lines and taxes", () => {
    const line = { quantity: "3", unit_price: "2.50", amount: "7.50" };
    expect(verdict({ line_items: [line], total: "7.50" }, "line_amounts")).toBe("pass");
    expect(verdict({ line_items: [{ ...line, amount: "8.50" }], total: "8.50" }, "line_amounts")).toBe(
      "fail",
    );
    expect(verdict({ line_items: [line], total: "9.00" }, "lines_add_up")).toBe("fail");
    expect(
      verdict(
        { taxes: [{ rate: "19", taxable_amount: "100.00", amount: "19.00" }], tax_total: "19.00" },
        "taxes_by_rate",
      ),
    ).toBe("pass");
    expect(
      verdict({ taxes: [{ rate: "19", taxable_amount: "100.00", amount: "7.00" }] }, "taxes_by_rate"),
    ).toBe("fail");
  });

  it("compares dates, payments and check digits", () => {
    expect(verdict({ invoice_date: "2024-02-01", due_date: "2024-01-01" }, "dates_in_order")).toBe("fail");
    expect(verdict({ invoice_date: "2024-01-01", due_date: "2024-02-01" }, "dates_in_order")).toBe("pass");
    expect(verdict({ total: "100.00", prepaid: "40.00", amount_due: "60.00" }, "amount_due")).toBe("pass");
    expect(verdict({ total: "100.00", amount_due: "60.00" }, "amount_due")).toBe("fail");
    expect(verdict({ bank_accounts: [{ iban: "DE02120300000000202051" }] }, "iban_checksum")).toBe("pass");
    expect(verdict({ bank_accounts: [{ iban: "DE03120300000000202051" }] }, "iban_checksum")).toBe("fail");
  });

  it("names what is missing and what does not fit the schema", () => {
    const { checks, review } = validate(of({ total: 12 }), extractors.invoice, parsed);
    expect(checks.find((check) => check.code === "schema")?.verdict).toBe("fail");
    expect(checks.find((check) => check.code === "required_present")?.paths).toContain("/invoice_number");
    expect(review.reasons).toContain("check_failed:required_present");
  });

  it("asks for a review of doubtful required values and unread pages", () => {
    const extraction: Extraction = {
      data: { total: "1.00" },
      evidence: {
        "/total": {
          content: "1.00",
          confidence: 0.4,
          citations: [],
          source: "ocr",
          engine: "e",
          grounded: true,
        },
      },
      warnings: [],
    };
    const missing = { ...parsed, page_count: 3 };
    const { review } = validate(extraction, extractors.invoice, missing);
    expect(review.reasons).toContain("low_confidence:/total");
    expect(review.reasons).toContain("incomplete_reading");
  });
});
