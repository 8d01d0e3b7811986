import { expect, it } from "vitest";
import { summarize } from "../../src/extract/summarize.ts";

const review = { required: false, auto_approved: true, reasons: [] };

it("gives the columns that an invoice is searched by", () => {
  const data = {
    invoice_number: "A-1",
    invoice_date: "2024-05-01",
    due_date: "2024-06-01",
    currency: "EUR",
    total: "1234.50",
    vendor: { name: "Nordlicht Leuchten GmbH" },
  };
  expect(summarize("invoice", data, 2, review)).toMatchObject({
    vendorName: "Nordlicht Leuchten GmbH",
    vendorKey: "nordlicht leuchten",
    invoiceNumber: "A-1",
    documentDate: "2024-05-01",
    dueDate: "2024-06-01",
    totalMinor: 123_450,
    pageCount: 2,
  });
});

it("finds a receipt's merchant and date, and nothing where nothing is", () => {
  const data = {
    merchant: { name: "SUNNY CORNER SDN BHD" },
    transaction_date: "2018-03-24",
    receipt_number: "7",
  };
  expect(summarize("receipt", data, 1, review)).toMatchObject({
    vendorName: "SUNNY CORNER SDN BHD",
    documentDate: "2018-03-24",
    invoiceNumber: "7",
    totalMinor: null,
    currency: null,
  });
  expect(summarize("generic", {}, 1, review).vendorKey).toBeNull();
});
