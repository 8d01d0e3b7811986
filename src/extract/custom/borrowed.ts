/**
 * Names that people give to values which the built-in types read with arithmetic and layout: theirs are then taken.
 * By the words of the property's path; several pointers where types differ.
 */
export const BORROWED: Readonly<Record<string, readonly string[]>> = spread([
  [
    "invoice number, invoice no, invoice nr, invoice id, inv number, inv no, bill number, document number, invoice reference",
    ["/invoice_number"],
  ],
  ["receipt number, receipt no, receipt id", ["/receipt_number"]],
  [
    "purchase order number, purchase order, po number, po no, po, order number, order no, order reference, order ref, po reference, customer order number",
    ["/purchase_order_number"],
  ],
  ["delivery note number, delivery note no", ["/delivery_note_number"]],
  ["sales order number, sales order no", ["/sales_order_number"]],
  ["sales order header id", ["/sales_order_header_id"]],
  ["contract number, contract no", ["/contract_number"]],
  ["customer id, customer number, customer no", ["/customer/customer_id", "/customer_id"]],
  ["buyer reference", ["/buyer_reference"]],
  ["payment reference", ["/payment_reference"]],
  ["invoice date, issue date, date of issue, bill date, billing date, issued at", ["/invoice_date"]],
  [
    "document date, date, issued on, issued, dated, date issued",
    ["/invoice_date", "/transaction_date", "/order_date", "/document_date"],
  ],
  [
    "transaction date, purchase date, receipt date, purchased at, purchased on, date of purchase, paid at, paid on, sold on",
    ["/transaction_date"],
  ],
  ["transaction time, purchase time", ["/transaction_time"]],
  ["order date, ordered on, ordered at, date ordered, po date, date of order", ["/order_date"]],
  [
    "due date, payment due date, date due, payment deadline, due on, due by, pay by, pay until, payable by, payable until, due",
    ["/due_date"],
  ],
  [
    "delivery date, requested delivery date, expected delivery date, delivered on, deliver by, shipped on, ship date",
    ["/delivery_date"],
  ],
  ["payment terms", ["/payment_terms"]],
  ["currency, currency code, iso currency", ["/currency"]],
  [
    "subtotal, sub total, net total, net sum, total before tax, amount before tax, total excluding tax, total without tax, total net, net amount, net, amount net",
    ["/subtotal"],
  ],
  [
    "tax, tax total, tax sum, vat sum, total tax, tax amount, vat, vat amount, total vat, vat total, gst, sales tax",
    ["/tax_total"],
  ],
  ["discount, discount total, total discount", ["/discount_total"]],
  [
    "total, total amount, total including tax, total paid, total price, sum, sum total, overall total, grand total, invoice total, amount total, gross total, total gross, gross amount",
    ["/total"],
  ],
  ["amount due, balance due, total due", ["/amount_due", "/total"]],
  ["prepaid", ["/prepaid"]],
  ["amount paid, paid amount, paid", ["/prepaid", "/total"]],
  ["tip", ["/tip"]],
  ["payment method", ["/payment_method", "/payment_means"]],
  ["iban", ["/bank_accounts/0/iban", "/account/iban"]],
  ["bic, swift", ["/bank_accounts/0/bic"]],
  ...party(
    "vendor, supplier, seller, issuer, merchant, store, shop, sender, provider, service provider, utility company, biller, creditor, retailer, payee",
    ["/vendor", "/merchant", "/supplier"],
  ),
  ...party(
    "customer, client, buyer, bill to, billed to, recipient, purchaser, debtor, payer, invoice to, sold to",
    ["/customer", "/buyer"],
  ),
  ...party("ship to, delivery", ["/ship_to"]),
]);

/** Arrays that hold what an invoice's lines hold, and their columns. */
export const BORROWED_LINES: ReadonlySet<string> = new Set(
  "line items,lines,items,invoice lines,order lines,positions,articles,products,line item,purchased items,invoice items,ordered items,order items,goods,rows,entries,receipt items,delivered items,services,line positions,invoice positions".split(
    ",",
  ),
);
export const BORROWED_COLUMNS: Readonly<Record<string, readonly string[]>> = spread([
  [
    "description, item, name, product, product name, item name, item description, article, article name, text, title, label, designation, details",
    ["description", "name"],
  ],
  ["quantity, qty, count, amount ordered, pieces, units, number", ["quantity"]],
  ["unit, uom, unit of measure", ["unit"]],
  [
    "unit price, rate, price each, price per unit, price per piece, single price, net price, cost per unit, unit cost",
    ["unit_price"],
  ],
  ["price, cost", ["unit_price", "amount"]],
  [
    "amount, total, line total, line sum, sum, subtotal, total amount, value, total price, net amount, line amount, extended price",
    ["amount"],
  ],
  ["product code, sku, item code, item number, article number, code, part number", ["product_code"]],
  ["tax rate, vat rate", ["tax_rate"]],
  ["tax, tax amount, vat", ["tax_amount"]],
  ["discount", ["discount"]],
  ["line number, position, pos, line", ["line_number"]],
]);

function party(names: string, pointers: readonly string[]): [string, readonly string[]][] {
  const named = names.split(", ");
  const of = (tails: readonly string[]) =>
    named.flatMap((name) => tails.map((tail) => (tail === "" ? name : `${name} ${tail}`))).join(", ");
  const at = (field: string) => pointers.map((pointer) => `${pointer}/${field}`);
  return [
    [of(["", "name", "company", "company name", "business name", "full name", "legal name"]), at("name")],
    [of(["address", "postal address", "street address", "full address", "mailing address"]), at("address")],
    [of(["tax id", "vat", "vat id", "vat number", "tax number", "gst number"]), at("tax_id")],
    [of(["phone", "telephone", "phone number"]), at("phone")],
    [of(["email", "email address"]), at("email")],
    [of(["website"]), at("website")],
  ];
}

function spread(
  table: readonly (readonly [string, readonly string[]])[],
): Readonly<Record<string, readonly string[]>> {
  return Object.assign(
    Object.create(null) as Record<string, readonly string[]>,
    Object.fromEntries(
      table.flatMap(([names, pointers]) => names.split(", ").map((name) => [name, pointers] as const)),
    ),
  );
}
