import type { Group, StructuredDocument, Term } from "./structured.ts";

/** How a term's value is written: dates as YYYY-MM-DD, the four kinds of number as plain decimals. */
export type TermType =
  | "text"
  | "identifier"
  | "code"
  | "date"
  | "amount"
  | "unit_price"
  | "quantity"
  | "percentage"
  | "binary";

/** Business groups of EN 16931-1: id, the group that holds it, name. `BG-0` holds what the document says as a whole. */
const GROUP_LIST = [
  ["BG-0", null, "Document"],
  ["BG-1", "BG-0", "Invoice note"],
  ["BG-2", "BG-0", "Process control"],
  ["BG-3", "BG-0", "Preceding invoice reference"],
  ["BG-4", "BG-0", "Seller"],
  ["BG-5", "BG-4", "Seller postal address"],
  ["BG-6", "BG-4", "Seller contact"],
  ["BG-7", "BG-0", "Buyer"],
  ["BG-8", "BG-7", "Buyer postal address"],
  ["BG-9", "BG-7", "Buyer contact"],
  ["BG-10", "BG-0", "Payee"],
  ["BG-11", "BG-0", "Seller tax representative party"],
  ["BG-12", "BG-11", "Seller tax representative postal address"],
  ["BG-13", "BG-0", "Delivery information"],
  ["BG-14", "BG-13", "Invoicing period"],
  ["BG-15", "BG-13", "Deliver to address"],
  ["BG-16", "BG-0", "Payment instructions"],
  ["BG-17", "BG-16", "Credit transfer"],
  ["BG-18", "BG-16", "Payment card information"],
  ["BG-19", "BG-16", "Direct debit"],
  ["BG-20", "BG-0", "Document level allowances"],
  ["BG-21", "BG-0", "Document level charges"],
  ["BG-22", "BG-0", "Document totals"],
  ["BG-23", "BG-0", "VAT breakdown"],
  ["BG-24", "BG-0", "Additional supporting documents"],
  ["BG-25", "BG-0", "Invoice line"],
  ["BG-26", "BG-25", "Invoice line period"],
  ["BG-27", "BG-25", "Invoice line allowances"],
  ["BG-28", "BG-25", "Invoice line charges"],
  ["BG-29", "BG-25", "Price details"],
  ["BG-30", "BG-25", "Line VAT information"],
  ["BG-31", "BG-25", "Item information"],
  ["BG-32", "BG-31", "Item attributes"],
] as const;

export type GroupId = (typeof GROUP_LIST)[number][0];

/** Business terms of EN 16931-1: id, the group that holds it, type, name. */
const TERM_LIST = [
  ["BT-1", "BG-0", "identifier", "Invoice number"],
  ["BT-2", "BG-0", "date", "Invoice issue date"],
  ["BT-3", "BG-0", "code", "Invoice type code"],
  ["BT-5", "BG-0", "code", "Invoice currency code"],
  ["BT-6", "BG-0", "code", "VAT accounting currency code"],
  ["BT-7", "BG-0", "date", "Value added tax point date"],
  ["BT-8", "BG-0", "code", "Value added tax point date code"],
  ["BT-9", "BG-0", "date", "Payment due date"],
  ["BT-10", "BG-0", "text", "Buyer reference"],
  ["BT-11", "BG-0", "identifier", "Project reference"],
  ["BT-12", "BG-0", "identifier", "Contract reference"],
  ["BT-13", "BG-0", "identifier", "Purchase order reference"],
  ["BT-14", "BG-0", "identifier", "Sales order reference"],
  ["BT-15", "BG-0", "identifier", "Receiving advice reference"],
  ["BT-16", "BG-0", "identifier", "Despatch advice reference"],
  ["BT-17", "BG-0", "identifier", "Tender or lot reference"],
  ["BT-18", "BG-0", "identifier", "Invoiced object identifier"],
  ["BT-19", "BG-0", "text", "Buyer accounting reference"],
  ["BT-20", "BG-0", "text", "Payment terms"],
  ["BT-21", "BG-1", "code", "Invoice note subject code"],
  ["BT-22", "BG-1", "text", "Invoice note"],
  ["BT-23", "BG-2", "text", "Business process type"],
  ["BT-24", "BG-2", "identifier", "Specification identifier"],
  ["BT-25", "BG-3", "identifier", "Preceding invoice reference"],
  ["BT-26", "BG-3", "date", "Preceding invoice issue date"],
  ["BT-27", "BG-4", "text", "Seller name"],
  ["BT-28", "BG-4", "text", "Seller trading name"],
  ["BT-29", "BG-4", "identifier", "Seller identifier"],
  ["BT-30", "BG-4", "identifier", "Seller legal registration identifier"],
  ["BT-31", "BG-4", "identifier", "Seller VAT identifier"],
  ["BT-32", "BG-4", "identifier", "Seller tax registration identifier"],
  ["BT-33", "BG-4", "text", "Seller additional legal information"],
  ["BT-34", "BG-4", "identifier", "Seller electronic address"],
  ["BT-35", "BG-5", "text", "Seller address line 1"],
  ["BT-36", "BG-5", "text", "Seller address line 2"],
  ["BT-162", "BG-5", "text", "Seller address line 3"],
  ["BT-37", "BG-5", "text", "Seller city"],
  ["BT-38", "BG-5", "text", "Seller post code"],
  ["BT-39", "BG-5", "text", "Seller country subdivision"],
  ["BT-40", "BG-5", "code", "Seller country code"],
  ["BT-41", "BG-6", "text", "Seller contact point"],
  ["BT-42", "BG-6", "text", "Seller contact telephone number"],
  ["BT-43", "BG-6", "text", "Seller contact email address"],
  ["BT-44", "BG-7", "text", "Buyer name"],
  ["BT-45", "BG-7", "text", "Buyer trading name"],
  ["BT-46", "BG-7", "identifier", "Buyer identifier"],
  ["BT-47", "BG-7", "identifier", "Buyer legal registration identifier"],
  ["BT-48", "BG-7", "identifier", "Buyer VAT identifier"],
  ["BT-49", "BG-7", "identifier", "Buyer electronic address"],
  ["BT-50", "BG-8", "text", "Buyer address line 1"],
  ["BT-51", "BG-8", "text", "Buyer address line 2"],
  ["BT-163", "BG-8", "text", "Buyer address line 3"],
  ["BT-52", "BG-8", "text", "Buyer city"],
  ["BT-53", "BG-8", "text", "Buyer post code"],
  ["BT-54", "BG-8", "text", "Buyer country subdivision"],
  ["BT-55", "BG-8", "code", "Buyer country code"],
  ["BT-56", "BG-9", "text", "Buyer contact point"],
  ["BT-57", "BG-9", "text", "Buyer contact telephone number"],
  ["BT-58", "BG-9", "text", "Buyer contact email address"],
  ["BT-59", "BG-10", "text", "Payee name"],
  ["BT-60", "BG-10", "identifier", "Payee identifier"],
  ["BT-61", "BG-10", "identifier", "Payee legal registration identifier"],
  ["BT-62", "BG-11", "text", "Seller tax representative name"],
  ["BT-63", "BG-11", "identifier", "Seller tax representative VAT identifier"],
  ["BT-64", "BG-12", "text", "Tax representative address line 1"],
  ["BT-65", "BG-12", "text", "Tax representative address line 2"],
  ["BT-164", "BG-12", "text", "Tax representative address line 3"],
  ["BT-66", "BG-12", "text", "Tax representative city"],
  ["BT-67", "BG-12", "text", "Tax representative post code"],
  ["BT-68", "BG-12", "text", "Tax representative country subdivision"],
  ["BT-69", "BG-12", "code", "Tax representative country code"],
  ["BT-70", "BG-13", "text", "Deliver to party name"],
  ["BT-71", "BG-13", "identifier", "Deliver to location identifier"],
  ["BT-72", "BG-13", "date", "Actual delivery date"],
  ["BT-73", "BG-14", "date", "Invoicing period start date"],
  ["BT-74", "BG-14", "date", "Invoicing period end date"],
  ["BT-75", "BG-15", "text", "Deliver to address line 1"],
  ["BT-76", "BG-15", "text", "Deliver to address line 2"],
  ["BT-165", "BG-15", "text", "Deliver to address line 3"],
  ["BT-77", "BG-15", "text", "Deliver to city"],
  ["BT-78", "BG-15", "text", "Deliver to post code"],
  ["BT-79", "BG-15", "text", "Deliver to country subdivision"],
  ["BT-80", "BG-15", "code", "Deliver to country code"],
  ["BT-81", "BG-16", "code", "Payment means type code"],
  ["BT-82", "BG-16", "text", "Payment means text"],
  ["BT-83", "BG-16", "text", "Remittance information"],
  ["BT-84", "BG-17", "identifier", "Payment account identifier"],
  ["BT-85", "BG-17", "text", "Payment account name"],
  ["BT-86", "BG-17", "identifier", "Payment service provider identifier"],
  ["BT-87", "BG-18", "text", "Payment card primary account number"],
  ["BT-88", "BG-18", "text", "Payment card holder name"],
  ["BT-89", "BG-19", "identifier", "Mandate reference identifier"],
  ["BT-90", "BG-19", "identifier", "Bank assigned creditor identifier"],
  ["BT-91", "BG-19", "identifier", "Debited account identifier"],
  ["BT-92", "BG-20", "amount", "Document level allowance amount"],
  ["BT-93", "BG-20", "amount", "Document level allowance base amount"],
  ["BT-94", "BG-20", "percentage", "Document level allowance percentage"],
  ["BT-95", "BG-20", "code", "Document level allowance VAT category code"],
  ["BT-96", "BG-20", "percentage", "Document level allowance VAT rate"],
  ["BT-97", "BG-20", "text", "Document level allowance reason"],
  ["BT-98", "BG-20", "code", "Document level allowance reason code"],
  ["BT-99", "BG-21", "amount", "Document level charge amount"],
  ["BT-100", "BG-21", "amount", "Document level charge base amount"],
  ["BT-101", "BG-21", "percentage", "Document level charge percentage"],
  ["BT-102", "BG-21", "code", "Document level charge VAT category code"],
  ["BT-103", "BG-21", "percentage", "Document level charge VAT rate"],
  ["BT-104", "BG-21", "text", "Document level charge reason"],
  ["BT-105", "BG-21", "code", "Document level charge reason code"],
  ["BT-106", "BG-22", "amount", "Sum of invoice line net amount"],
  ["BT-107", "BG-22", "amount", "Sum of allowances on document level"],
  ["BT-108", "BG-22", "amount", "Sum of charges on document level"],
  ["BT-109", "BG-22", "amount", "Invoice total amount without VAT"],
  ["BT-110", "BG-22", "amount", "Invoice total VAT amount"],
  ["BT-111", "BG-22", "amount", "Invoice total VAT amount in accounting currency"],
  ["BT-112", "BG-22", "amount", "Invoice total amount with VAT"],
  ["BT-113", "BG-22", "amount", "Paid amount"],
  ["BT-114", "BG-22", "amount", "Rounding amount"],
  ["BT-115", "BG-22", "amount", "Amount due for payment"],
  ["BT-116", "BG-23", "amount", "VAT category taxable amount"],
  ["BT-117", "BG-23", "amount", "VAT category tax amount"],
  ["BT-118", "BG-23", "code", "VAT category code"],
  ["BT-119", "BG-23", "percentage", "VAT category rate"],
  ["BT-120", "BG-23", "text", "VAT exemption reason text"],
  ["BT-121", "BG-23", "code", "VAT exemption reason code"],
  ["BT-122", "BG-24", "identifier", "Supporting document reference"],
  ["BT-123", "BG-24", "text", "Supporting document description"],
  ["BT-124", "BG-24", "text", "External document location"],
  ["BT-125", "BG-24", "binary", "Attached document"],
  ["BT-126", "BG-25", "identifier", "Invoice line identifier"],
  ["BT-127", "BG-25", "text", "Invoice line note"],
  ["BT-128", "BG-25", "identifier", "Invoice line object identifier"],
  ["BT-129", "BG-25", "quantity", "Invoiced quantity"],
  ["BT-130", "BG-25", "code", "Invoiced quantity unit of measure code"],
  ["BT-131", "BG-25", "amount", "Invoice line net amount"],
  ["BT-132", "BG-25", "identifier", "Referenced purchase order line reference"],
  ["BT-133", "BG-25", "text", "Invoice line buyer accounting reference"],
  ["BT-134", "BG-26", "date", "Invoice line period start date"],
  ["BT-135", "BG-26", "date", "Invoice line period end date"],
  ["BT-136", "BG-27", "amount", "Invoice line allowance amount"],
  ["BT-137", "BG-27", "amount", "Invoice line allowance base amount"],
  ["BT-138", "BG-27", "percentage", "Invoice line allowance percentage"],
  ["BT-139", "BG-27", "text", "Invoice line allowance reason"],
  ["BT-140", "BG-27", "code", "Invoice line allowance reason code"],
  ["BT-141", "BG-28", "amount", "Invoice line charge amount"],
  ["BT-142", "BG-28", "amount", "Invoice line charge base amount"],
  ["BT-143", "BG-28", "percentage", "Invoice line charge percentage"],
  ["BT-144", "BG-28", "text", "Invoice line charge reason"],
  ["BT-145", "BG-28", "code", "Invoice line charge reason code"],
  ["BT-146", "BG-29", "unit_price", "Item net price"],
  ["BT-147", "BG-29", "unit_price", "Item price discount"],
  ["BT-148", "BG-29", "unit_price", "Item gross price"],
  ["BT-149", "BG-29", "quantity", "Item price base quantity"],
  ["BT-150", "BG-29", "code", "Item price base quantity unit of measure code"],
  ["BT-151", "BG-30", "code", "Invoiced item VAT category code"],
  ["BT-152", "BG-30", "percentage", "Invoiced item VAT rate"],
  ["BT-153", "BG-31", "text", "Item name"],
  ["BT-154", "BG-31", "text", "Item description"],
  ["BT-155", "BG-31", "identifier", "Item Seller's identifier"],
  ["BT-156", "BG-31", "identifier", "Item Buyer's identifier"],
  ["BT-157", "BG-31", "identifier", "Item standard identifier"],
  ["BT-158", "BG-31", "identifier", "Item classification identifier"],
  ["BT-159", "BG-31", "code", "Item country of origin"],
  ["BT-160", "BG-32", "text", "Item attribute name"],
  ["BT-161", "BG-32", "text", "Item attribute value"],
] as const;

export type TermId = (typeof TERM_LIST)[number][0];

/** What EN 16931-1 says of a group or a term. */
export const GROUPS = new Map<string, { readonly name: string; readonly parent: GroupId | null }>(
  GROUP_LIST.map(([id, parent, name]) => [id, { name, parent }]),
);
export const TERMS = new Map<
  string,
  { readonly name: string; readonly group: GroupId; readonly type: TermType }
>(TERM_LIST.map(([id, group, type, name]) => [id, { name, group, type }]));

/** True where `outer` is `inner` or holds it at some depth. */
function holds(outer: string, inner: GroupId): boolean {
  for (let at: GroupId | null = inner; at !== null; at = GROUPS.get(at)?.parent ?? null) {
    if (at === outer) return true;
  }
  return false;
}

/**
 * The groups of an id inside a group, at whatever depth the model holds them, in the file's order:
 * `groupsOf(root, "BG-25")` are the lines, `groupsOf(root, "BG-14")` the period inside the delivery.
 */
export function groupsOf(group: Group, id: string): Group[] {
  const home = GROUPS.get(id)?.parent ?? null;
  return group.groups.flatMap((inner) => {
    if (inner.id === id) return [inner];
    return home !== null && holds(inner.id, home) ? groupsOf(inner, id) : [];
  });
}

/** The first group of an id inside a group; null where there is none. */
export function groupOf(group: Group, id: string): Group | null {
  return groupsOf(group, id)[0] ?? null;
}

/**
 * The terms of an id in a group and in the groups inside it that the model gives it to, in the file's order:
 * `termsOf(seller, "BT-40")` is the country in the seller's address. Terms of ours stand in their group itself.
 */
export function termsOf(group: Group, id: string): Term[] {
  const own = group.terms.filter((term) => term.id === id);
  const home = TERMS.get(id)?.group;
  if (home === undefined || home === group.id) return own;
  for (const inner of group.groups) if (holds(inner.id, home)) own.push(...termsOf(inner, id));
  return own;
}

/** The first term of an id, as `termsOf` finds them; null where there is none. */
export function termOf(group: Group, id: string): Term | null {
  return termsOf(group, id)[0] ?? null;
}

/** The value of the first term of an id; null where there is none. */
export function valueOf(group: Group, id: string): string | null {
  return termOf(group, id)?.value ?? null;
}

/** True for what EN 16931 is about: an invoice or a credit note. */
export function isInvoice(document: StructuredDocument): boolean {
  return document.kind === "invoice" || document.kind === "credit_note";
}
