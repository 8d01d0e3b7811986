import { describe, expect, it } from "vitest";
import { extractors } from "../../../src/extract/registry.ts";
import type { StructuredDocument } from "../../../src/model/structured.ts";
import { validate } from "../../../src/validate/validate.ts";
import { parsedDocument } from "../../fixtures/parsed.ts";
import { structuredInvoice, withTerm } from "../../fixtures/structured.ts";

const DATA = {
  invoice_number: "R-1",
  invoice_date: "2026-03-01",
  vendor: { name: "Adler GmbH" },
  currency: "EUR",
  subtotal: "100.00",
  tax_total: "19.00",
  total: "119.00",
};

function reviewOf(structured: readonly StructuredDocument[]) {
  return validate(
    { data: DATA, evidence: {}, warnings: [] },
    extractors.invoice,
    parsedDocument([], { structured: [...structured] }),
  );
}

describe("a structured invoice's review", () => {
  it("approves an invoice that keeps the rules, and lists them", () => {
    const { checks, review } = reviewOf([structuredInvoice()]);
    expect(checks.find((check) => check.code === "BR-CO-15")?.verdict).toBe("pass");
    expect(review).toEqual({ required: false, auto_approved: true, reasons: [] });
  });

  it("wants a person for each rule that is broken, and for the summary none", () => {
    const { review } = reviewOf([withTerm(structuredInvoice(), "BT-115", "118.00")]);
    expect(review).toEqual({ required: true, auto_approved: false, reasons: ["check_failed:BR-CO-16"] });
  });

  it("wants nobody for a warning", () => {
    const { checks, review } = reviewOf([withTerm(structuredInvoice(), "BT-130", "STUECK")]);
    expect(checks.find((check) => check.code === "BR-CL-23")?.verdict).toBe("fail");
    expect(review.required).toBe(false);
  });

  it("asks no rule of what is no invoice", () => {
    const { checks } = reviewOf([{ ...structuredInvoice(), kind: "order" }]);
    expect(checks.some((check) => check.code === "en16931")).toBe(false);
  });
});
