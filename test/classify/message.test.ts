import { describe, expect, it } from "vitest";
import { classify } from "../../src/classify/classify.ts";
import { attachment, latin, lines, message, multipart, part, pngOf } from "../fixtures/mail.ts";
import { parsedMail } from "../fixtures/parsed-mail.ts";

const plain = (...text: readonly string[]) =>
  part(["Content-Type: text/plain; charset=utf-8"], lines(...text));
const typeOf = async (...text: readonly string[]) => classify(await parsedMail(message(plain(...text)))).type;

const INVOICE = [
  "Invoice",
  "Invoice number: INV-2025-042",
  "Invoice date: 2025-04-03",
  "Bill to: Bob Ltd",
  "",
  "Hosting, April        12.00",
  "Domain name            1.50",
  "Subtotal              13.50",
  "VAT 20%                2.70",
  "Total             EUR 16.20",
  "",
  "Due date: 2025-04-17. IBAN DE89370400440532013000",
];
const RECEIPT = [
  "Receipt",
  "Receipt number: 2123-4455",
  "Thank you for your purchase!",
  "",
  "Pro plan, monthly   $20.00",
  "Tax                  $1.60",
  "Total               $21.60",
  "",
  "Visa **** **** **** 4242   $21.60",
];
const ORDER = [
  "PURCHASE ORDER",
  "PO number: PO-4711",
  "Vendor: Bolts Ltd",
  "Ship to: Warehouse 3, Leeds",
  "",
  "M8 bolts   500   0.12   60.00",
  "M8 nuts    500   0.05   25.00",
  "Total             GBP 85.00",
  "Please deliver by 2025-04-20.",
];

describe("a message without attachments", () => {
  it.each([
    ["invoice", INVOICE],
    ["receipt", RECEIPT],
    ["purchase_order", ORDER],
  ] as const)("is the %s that its body is", async (type, text) => {
    const found = classify(await parsedMail(message(plain(...text))));
    expect(found.type).toBe(type);
    expect(found.reasons[0]).toContain("message without attachments");
  });

  it.each([
    [
      "talk about an invoice",
      [
        "Hi Bob,",
        "invoice INV-2231 has a total of $1,250.00, but our purchase order PO-778 says $1,150.00.",
        "The due date was April 5. Could you send a corrected invoice?",
      ],
    ],
    [
      "a reminder",
      [
        "Dear customer,",
        "invoice no. 4711 over EUR 350.00 has not been paid. Please transfer the total of EUR 350.00 to IBAN DE89370400440532013000 within 7 days.",
        "Kind regards",
      ],
    ],
    [
      "a newsletter",
      [
        "Spring sale!",
        "Shoes $49.99",
        "Socks $4.99",
        "Jackets $39.00",
        "Free shipping for a total over $50.00. Order now. Prices with VAT.",
      ],
    ],
    [
      "a note that goods were sent",
      ["Your order #112-3344 has shipped and arrives on Friday.", "USB cable", "Notebook"],
    ],
    [
      "a summary",
      ["Total spent this week: $345.20", "Groceries  $120.10", "Travel  $200.00", "Coffee  $25.10"],
    ],
    ["a short hello", ["See you at noon."]],
  ])("is an e-mail when it is %s", async (_, text) => {
    expect(await typeOf(...text)).toBe("email");
  });

  it.each([
    [
      "a reply below its answer",
      [
        "Paid, thanks.",
        "",
        "On Tue, Apr 8, 2025 at 9:00 AM Shop <shop@example.org> wrote:",
        ...INVOICE.map((line) => `> ${line}`),
      ],
    ],
    ["a reply whose lines have no marks", ["Bezahlt, danke.", "", "-----Original Message-----", ...INVOICE]],
    [
      "a forwarded message",
      [
        "Please pay this.",
        "",
        "---------- Forwarded message ---------",
        "From: Shop <shop@example.org>",
        "Subject: Invoice 42",
        "",
        ...INVOICE,
      ],
    ],
    [
      "an Outlook reply",
      ["Done.", "", "From: Shop <shop@example.org>", "Sent: Tuesday", "To: Ann", ...INVOICE],
    ],
  ])("is an e-mail when the document is in %s", async (_, text) => {
    expect(await typeOf(...text)).toBe("email");
  });

  it("counts as such when only logos and signatures are attached", async () => {
    const logo = attachment(
      "logo.png",
      "image/png",
      pngOf(90, 60),
      "Content-Disposition: inline; filename=logo.png",
    );
    const withLogo = await parsedMail(message(multipart("mixed", [plain(...INVOICE), logo])));
    expect(withLogo.members).toMatchObject([{ outcome: "set_aside" }]);
    expect(classify(withLogo).type).toBe("invoice");
  });

  it("is an e-mail when a document is attached, or one that could not be read", async () => {
    const pdf = await parsedMail(
      message(
        multipart("mixed", [plain(...INVOICE), attachment("a.pdf", "application/pdf", latin("%PDF-1.7"))]),
      ),
    );
    expect(classify(pdf).type).toBe("email");
    const refused = await parsedMail(
      message(
        multipart("mixed", [plain(...INVOICE), attachment("a.pdf", "application/pdf", new Uint8Array(0))]),
      ),
    );
    expect(refused.members).toMatchObject([{ outcome: "refused" }]);
    expect(classify(refused).type).toBe("email");
  });
});
