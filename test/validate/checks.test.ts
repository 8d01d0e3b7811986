import { describe, expect, it } from "vitest";
import { extractors } from "../../src/extract/registry.ts";
import { CheckName } from "../../src/model/check-name.ts";
import type { Check, DocumentType, Evidence, Extraction } from "../../src/model/extraction.ts";
import type { HistoryFacts } from "../../src/ports.ts";
import { checks as registry } from "../../src/validate/checks/registry.ts";
import { compareHistory, comparesHistory, validate } from "../../src/validate/validate.ts";
import { parsedDocument } from "../fixtures/parsed.ts";

const parsed = parsedDocument([]);
const RECEIVED_MS = Date.parse("2026-03-01T00:00:00Z");

function checkOf(
  code: CheckName,
  data: Record<string, unknown>,
  type: DocumentType = "invoice",
  evidence: Extraction["evidence"] = {},
): Check | undefined {
  const { checks } = validate({ data, evidence, warnings: [] }, extractors[type], parsed, RECEIVED_MS);
  return checks.find((check) => check.code === code);
}

function verdict(...given: Parameters<typeof checkOf>): string | undefined {
  return checkOf(...given)?.verdict;
}

describe("check digits", () => {
  const tax = (id: string, rest: Record<string, unknown> = {}) =>
    verdict("tax_id_checksum", { vendor: { tax_id: id }, ...rest });

  it.each([
    "DE136695976",
    "FR 40 303 265 045",
    "ATU13585627",
    "NL004495445B01",
    "IT00743110157",
    "PL 856-734-62-15",
  ])("of the VAT number %s are right", (id) => expect(tax(id)).not.toBe("fail"));

  it.each(["DE136695977", "ATU13585628", "IT00743110158"])("of the VAT number %s are wrong", (id) =>
    expect(tax(id)).toBe("fail"),
  );

  it("of other countries' numbers are told by their form", () => {
    expect(tax("27AAPFU0939F1ZV")).toBe("pass");
    expect(tax("27AAPFU0939F1ZW")).toBe("fail");
    expect(tax("51 824 753 556", { currency: "AUD" })).toBe("pass");
    expect(tax("51 824 753 557", { currency: "AUD" })).toBe("fail");
    expect(tax("11.222.333/0001-81")).toBe("pass");
    expect(tax("11.222.333/0001-82")).toBe("fail");
    expect(tax("529.982.247-25")).toBe("pass");
    expect(tax("529.982.247-26")).toBe("fail");
    expect(tax("12-3456789")).toBe("pass");
    expect(tax("07-3456789")).toBe("fail");
    expect(tax("123/456/78901")).toBe("not_applicable");
  });

  it("of product codes count where they are GTINs, and sellers' own numbers do not fail", () => {
    const items = (...codes: string[]) => ({ line_items: codes.map((product_code) => ({ product_code })) });
    expect(verdict("gtin_checksum", items("4006381333931", "96385074"))).toBe("pass");
    expect(verdict("gtin_checksum", items("4006381333931", "96385074", "4006381333932"))).toBe("fail");
    expect(verdict("gtin_checksum", items("12345678", "87654321"))).toBe("not_applicable");
    const declared = { line_items: [{ standard_product_code: "4006381333932" }] };
    expect(verdict("gtin_checksum", declared)).toBe("fail");
  });

  it("of a card's number tell that it is shown whole", () => {
    const card = (number: string) => ({ payment_card: [{ number }] });
    expect(verdict("card_number_masked", card("4111 1111 1111 1111"))).toBe("fail");
    expect(verdict("card_number_masked", card("**** 1111"))).toBe("pass");
  });

  it("of a machine-readable zone are those of ICAO 9303, and its number is the one that was read", () => {
    const zone = [
      "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
      "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    ];
    const of = (lines: string[], document_number = "L898902C3") =>
      verdict("mrz_checksum", { machine_readable_zone: lines.join("\n"), document_number }, "id_document");
    expect(of(zone)).toBe("pass");
    expect(of(zone, "L898902C8")).toBe("fail");
    expect(of([zone[0] ?? "", "L898902C36UTO7408122F1204159ZE184226B<<<<<11"])).toBe("fail");
    const card = [
      "I<UTOD231458907<<<<<<<<<<<<<<<",
      "7408122F1204159UTO<<<<<<<<<<<6",
      "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    ];
    expect(of(card, "D23145890")).toBe("pass");
  });
});

describe("dates", () => {
  it("are such as a paper bears that came in today", () => {
    expect(verdict("dates_plausible", { invoice_date: "2026-02-01", due_date: "2026-12-01" })).toBe("pass");
    expect(verdict("dates_plausible", { invoice_date: "2027-02-01" })).toBe("fail");
    expect(verdict("dates_plausible", { invoice_date: "1926-02-01" })).toBe("fail");
  });

  it("follow from terms that state a single number of days", () => {
    const due = (payment_terms: string, due_date: string) =>
      verdict("due_from_terms", { invoice_date: "2026-01-01", due_date, payment_terms });
    expect(due("30 days net", "2026-01-31")).toBe("pass");
    expect(due("Net 30", "2026-01-15")).toBe("fail");
    expect(due("Zahlbar innerhalb von 14 Tagen", "2026-01-15")).toBe("pass");
    expect(due("2% 10 days, net 30", "2026-01-31")).toBe("pass");
    expect(due("End of month", "2026-01-15")).toBe("not_applicable");
  });
});

describe("hostile papers", () => {
  const said = (content: string): Evidence => ({
    content,
    confidence: 0.9,
    citations: [],
    source: "text_layer",
    engine: "e",
    grounded: true,
  });

  it("in two currencies fail", () => {
    const data = { currency: "EUR", subtotal: "100.00", total: "119.00" };
    const both = { "/subtotal": said("100.00 EUR"), "/total": said("USD 119.00") };
    expect(checkOf("currency_agrees", data, "invoice", both)).toMatchObject({
      verdict: "fail",
      paths: ["/total"],
    });
    const one = { "/subtotal": said("100,00 €"), "/total": said("119,00 €") };
    expect(verdict("currency_agrees", data, "invoice", one)).toBe("pass");
    expect(
      verdict("currency_agrees", { ...data, currency: "CAD" }, "invoice", { "/total": said("$119.00") }),
    ).toBe("not_applicable");
  });

  it("that ask for less than nothing fail, but credit notes do not", () => {
    expect(verdict("total_sign", { total: "-5.00" })).toBe("fail");
    expect(verdict("total_sign", { total: "5.00" })).toBe("pass");
    expect(verdict("total_sign", { total: "-5.00" }, "credit_note")).toBeUndefined();
  });

  it("of a party with itself fail", () => {
    const data = { vendor: { name: "Acme GmbH" }, customer: { name: "ACME" } };
    expect(verdict("parties_differ", data)).toBe("fail");
    expect(verdict("parties_differ", { ...data, customer: { name: "Other" } })).toBe("pass");
  });
});

describe("ledgers", () => {
  it("of a bank close from balance to balance", () => {
    const data = {
      opening_balance: "100.00",
      closing_balance: "130.00",
      total_credits: "50.00",
      total_debits: "20.00",
      transactions: [
        { credit: "50.00", balance: "150.00" },
        { debit: "20.00", balance: "130.00" },
      ],
    };
    expect(verdict("balances_close", data, "bank_statement")).toBe("pass");
    expect(verdict("running_balance", data, "bank_statement")).toBe("pass");
    const wrong = { ...data, transactions: [data.transactions[0], { debit: "20.00", balance: "103.00" }] };
    expect(verdict("running_balance", wrong, "bank_statement")).toBe("fail");
    expect(verdict("balances_close", { ...data, closing_balance: "131.00" }, "bank_statement")).toBe("fail");
  });

  it("of pay go from gross to net", () => {
    const data = {
      gross_pay: "1000.00",
      net_pay: "700.00",
      total_deductions: "100.00",
      total_taxes: "200.00",
      earnings: [{ amount: "900.00" }, { amount: "100.00" }],
    };
    expect(verdict("net_pay", data, "pay_stub")).toBe("pass");
    expect(verdict("net_pay", { ...data, net_pay: "750.00" }, "pay_stub")).toBe("fail");
    expect(verdict("earnings_add_up", data, "pay_stub")).toBe("pass");
    expect(verdict("earnings_add_up", { ...data, gross_pay: "1100.00" }, "pay_stub")).toBe("fail");
  });

  it("of meters give what was used, and gas in kilowatt hours is left alone", () => {
    const meter = (consumption: string, current_reading = "150") => ({
      meters: [{ previous_reading: "100", current_reading, consumption }],
    });
    expect(verdict("meter_readings", meter("50"), "utility_bill")).toBe("pass");
    expect(verdict("meter_readings", meter("75"), "utility_bill")).toBe("fail");
    expect(verdict("meter_readings", meter("530"), "utility_bill")).toBe("not_applicable");
    expect(verdict("meter_readings", meter("50", "20"), "utility_bill")).toBe("not_applicable");
  });
});

describe("the tenant's other documents", () => {
  const clean: HistoryFacts = { duplicates: [], similar: [], total: 100, totals: [] };
  const own = { checks: [], review: { required: false, auto_approved: true, reasons: [] } };
  const judge = (facts: Partial<HistoryFacts>) =>
    compareHistory(own, extractors.invoice, { ...clean, ...facts });
  const id = "doc_00_0" as NonNullable<HistoryFacts["duplicates"]>[number];

  it("stop an approval when they say the same, and name themselves", () => {
    const { checks, review } = judge({ duplicates: [id] });
    expect(checks.find(({ code }) => code === "duplicate_document")?.detail).toContain(id);
    expect(review).toEqual({
      required: true,
      auto_approved: false,
      reasons: ["check_failed:duplicate_document"],
    });
    expect(judge({ similar: [{ id, similarity: 0.9 }] }).review.reasons).toEqual([
      "check_failed:near_duplicate",
    ]);
    expect(judge({}).review.auto_approved).toBe(true);
  });

  it("make an amount unusual from five of a vendor on, by median and deviation", () => {
    const of = (total: number, totals: number[]) =>
      judge({ total, totals }).checks.find(({ code }) => code === "unusual_amount")?.verdict;
    const usual = [100, 110, 90, 105, 95];
    expect(of(1_000, usual)).toBe("fail");
    expect(of(10, usual)).toBe("fail");
    expect(of(150, usual)).toBe("pass");
    expect(of(1_000, usual.slice(1))).toBe("not_applicable");
    expect(of(5_000, [100, 3_000, 9_000, 50, 800])).toBe("pass");
  });

  it("are asked for the types that name such a check", () => {
    expect(comparesHistory(extractors.invoice)).toBe(true);
    expect(comparesHistory(extractors.bank_statement)).toBe(false);
  });
});

describe("the registry", () => {
  it("tells of each check what it is about and what it proves", () => {
    for (const name of CheckName.options) expect(registry[name].proves).toMatch(/^[A-Z].*\.$/);
  });

  it("approves no paper whose sums could be proven and are not", () => {
    const { schema, required } = extractors.contract;
    const rules = { schema, required, checks: ["totals_add_up", "dates_in_order"] as const };
    const data = {
      effective_date: "2024-01-01",
      expiration_date: "2025-01-01",
      title: "x",
      parties: [{ name: "y" }],
    };
    const extraction = { data, evidence: {}, warnings: [] };
    expect(validate(extraction, rules, parsed).review).toMatchObject({
      required: false,
      auto_approved: false,
    });
    const guarded = { ...rules, checks: ["dates_in_order"] as const };
    expect(validate(extraction, guarded, parsed).review.auto_approved).toBe(true);
  });
});
