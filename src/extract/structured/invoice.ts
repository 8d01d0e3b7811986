import { groupsOf, termOf, termsOf } from "../../model/en16931.ts";
import type { Group, Term } from "../../model/structured.ts";
import {
  DOCUMENT_ADJUSTMENTS,
  draftAdjustments,
  draftFields,
  draftLines,
  draftList,
  textLines,
} from "./lines.ts";
import { BUYER, draftParty, PAYEE, SELLER, SHIP_TO, TAX_REPRESENTATIVE } from "./parties.ts";
import type { Sheet, ValueForm } from "./sheet.ts";

/** What a type code (BT-3, UNTDID 1001) says beyond invoice and credit note. */
const SUBTYPES: Readonly<Record<string, string>> = {
  "71": "payment_request",
  "80": "debit_note",
  "81": "credit_note",
  "82": "metered",
  "83": "credit_note",
  "84": "debit_note",
  "130": "invoicing_data_sheet",
  "202": "direct_payment_valuation",
  "203": "provisional_payment_valuation",
  "204": "payment_valuation",
  "211": "interim",
  "218": "final",
  "219": "construction",
  "261": "self_billed_credit_note",
  "262": "consolidated_credit_note",
  "295": "price_variation",
  "296": "price_variation_credit_note",
  "308": "delcredere_credit_note",
  "325": "pro_forma",
  "326": "partial",
  "331": "commercial",
  "380": "invoice",
  "381": "credit_note",
  "382": "commission",
  "383": "debit_note",
  "384": "corrective",
  "385": "consolidated",
  "386": "prepayment",
  "387": "hire",
  "388": "tax",
  "389": "self_billed",
  "390": "delcredere",
  "393": "factored",
  "394": "lease",
  "395": "consignment",
  "396": "factored_credit_note",
  "420": "ocr_payment_credit_note",
  "456": "debit_advice",
  "457": "reversal_of_debit",
  "458": "reversal_of_credit",
  "527": "self_billed_debit_note",
  "532": "forwarder_credit_note",
  "553": "forwarder_discrepancy",
  "575": "insurer",
  "623": "forwarder",
  "633": "port_charges",
  "751": "for_accounting",
  "875": "partial_construction",
  "876": "partial_final_construction",
  "877": "final_construction",
  "935": "customs",
};

const HEADER: readonly (readonly [string, string, ValueForm])[] = [
  ["invoice_number", "BT-1", "text"],
  ["invoice_date", "BT-2", "date"],
  ["currency", "BT-5", "text"],
  ["tax_currency", "BT-6", "text"],
  ["tax_point_date", "BT-7", "date"],
  ["tax_point_date_code", "BT-8", "code"],
  ["due_date", "BT-9", "date"],
  ["buyer_reference", "BT-10", "text"],
  ["project_reference", "BT-11", "text"],
  ["contract_number", "BT-12", "text"],
  ["purchase_order_number", "BT-13", "text"],
  ["order_date", "order_date", "date"],
  ["sales_order_number", "BT-14", "text"],
  ["sales_order_header_id", "BT-14", "text"],
  ["receiving_advice_number", "BT-15", "text"],
  ["despatch_advice_number", "BT-16", "text"],
  ["delivery_note_number", "despatch_number", "text"],
  ["tender_reference", "BT-17", "text"],
  ["object_identifier", "BT-18", "text"],
  ["accounting_reference", "BT-19", "text"],
  ["business_process", "BT-23", "code"],
  ["specification", "BT-24", "code"],
  ["referenced_invoice_number", "BT-25", "text"],
  ["delivery_date", "BT-72", "date"],
  ["service_start_date", "BT-73", "date"],
  ["service_end_date", "BT-74", "date"],
  ["payment_means_code", "BT-81", "code"],
  ["payment_reference", "BT-83", "text"],
  ["stamp_duty", "stamp_duty", "amount"],
  ["withholding_total", "withholding", "amount"],
  ["line_total", "BT-106", "amount"],
  ["discount_total", "BT-107", "amount"],
  ["charge_total", "BT-108", "amount"],
  ["subtotal", "BT-109", "amount"],
  ["tax_total", "BT-110", "amount"],
  ["tax_total_in_tax_currency", "BT-111", "amount"],
  ["total", "BT-112", "amount"],
  ["prepaid", "BT-113", "amount"],
  ["rounding", "BT-114", "amount"],
  ["amount_due", "BT-115", "amount"],
];

/** Everything that an invoice or a credit note says, under the fields of their schema. */
export function draftInvoice(sheet: Sheet, root: Group): void {
  sheet.term("/document_subtype", root, "BT-3", "code", (term) => SUBTYPES[term.value] ?? term.value);
  draftFields(sheet, root, "", HEADER);
  draftCurrency(sheet, root);
  draftParty(sheet, root, "/vendor", SELLER);
  draftParty(sheet, root, "/customer", BUYER, "customer_id");
  draftParty(sheet, root, "/payee", PAYEE);
  draftParty(sheet, root, "/tax_representative", TAX_REPRESENTATIVE);
  draftParty(sheet, root, "/ship_to", SHIP_TO);
  draftPayment(sheet, root);
  draftTaxes(sheet, root);
  draftAdjustments(sheet, root, "/allowances_charges", DOCUMENT_ADJUSTMENTS);
  draftNotes(sheet, root);
  draftList(sheet, root, "BG-3", "/preceding_invoices", [
    ["number", "BT-25", "text"],
    ["date", "BT-26", "date"],
  ]);
  draftList(sheet, root, "installment", "/installments", [
    ["due_date", "due_date", "date"],
    ["amount", "amount", "amount"],
    ["note", "installment_note", "text"],
  ]);
  draftList(sheet, root, "BG-24", "/supporting_documents", [
    ["reference", "BT-122", "text"],
    ["description", "BT-123", "text"],
    ["location", "BT-124", "text"],
    ["file", "BT-125", "code"],
  ]);
  draftLines(sheet, root);
}

/** Where the document names no currency, its totals may: each says in what it is. */
function draftCurrency(sheet: Sheet, root: Group): void {
  if (termOf(root, "BT-5")) return;
  const total = ["BT-112", "BT-115", "BT-109"].flatMap((id) => termsOf(root, id)).find((one) => one.currency);
  if (!total?.currency) return;
  sheet.put("/currency", total.currency, total.currency, `${total.xpath}/@currencyID`, "text", true);
}

/** BG-16 to BG-19. An account is an IBAN where it has an IBAN's form; one that the file calls so comes first. */
function draftPayment(sheet: Sheet, root: Group): void {
  sheet.joined("/payment_terms", root, termsOf(root, "BT-20"), "\n");
  const spoken = termOf(root, "BT-82");
  if (spoken) sheet.given("/payment_means", spoken, "text");
  else sheet.term("/payment_means", root, "BT-81", "code");
  const named = (account: Group): number => (termOf(account, "BT-84")?.scheme === "IBAN" ? 0 : 1);
  const accounts = groupsOf(root, "BG-17")
    .filter((group) => group.terms.length > 0)
    .toSorted((a, b) => named(a) - named(b));
  for (const [index, account] of accounts.entries()) draftAccount(sheet, account, `/bank_accounts/${index}`);
  draftList(sheet, root, "BG-18", "/payment_card", [
    ["number", "BT-87", "text"],
    ["holder", "BT-88", "text"],
  ]);
  draftFields(sheet, groupsOf(root, "BG-19")[0] ?? null, "/direct_debit", [
    ["mandate_reference", "BT-89", "text"],
    ["creditor_id", "BT-90", "text"],
    ["debited_account", "BT-91", "text"],
  ]);
}

function draftAccount(sheet: Sheet, account: Group, pointer: string): void {
  const number = termOf(account, "BT-84");
  if (number) {
    const squeezed = number.value.replace(/\s+/g, "").toUpperCase();
    const iban = /^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(squeezed);
    if (iban) sheet.given(`${pointer}/iban`, number, "text", squeezed);
    else sheet.given(`${pointer}/account_number`, number, "text");
  }
  sheet.term(`${pointer}/account_name`, account, "BT-85");
  sheet.term(`${pointer}/bic`, account, "BT-86");
}

/** BG-23. */
export function draftTaxes(sheet: Sheet, root: Group): void {
  draftList(sheet, root, "BG-23", "/taxes", [
    ["category", "BT-118", "code"],
    ["rate", "BT-119", "amount"],
    ["taxable_amount", "BT-116", "amount"],
    ["amount", "BT-117", "amount"],
    ["exemption_reason", "BT-120", "text"],
    ["exemption_code", "BT-121", "code"],
  ]);
}

/** BG-1, and the texts of lines that are no items. */
export function draftNotes(sheet: Sheet, root: Group): void {
  const notes: { text: Term; subject: Term | null }[] = [
    ...groupsOf(root, "BG-1").flatMap((note) =>
      termsOf(note, "BT-22").map((text) => ({ text, subject: termOf(note, "BT-21") })),
    ),
    ...textLines(root).flatMap((line) => termsOf(line, "BT-127").map((text) => ({ text, subject: null }))),
  ];
  for (const [index, { text, subject }] of notes.entries()) {
    if (subject) sheet.given(`/notes/${index}/subject_code`, subject, "code");
    sheet.given(`/notes/${index}/text`, text, "text");
  }
}
