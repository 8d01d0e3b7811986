import { describe, expect, it } from "vitest";
import { createEmbeddedEngine } from "../../../src/extract/engine/embedded.ts";
import { extractors } from "../../../src/extract/registry.ts";
import type { DocumentType } from "../../../src/model/extraction.ts";
import type { ParsedPage } from "../../../src/model/parsed.ts";
import { drawPage, table } from "../../parse/layout/draw.ts";
import { column, documentOf, paper, row, typed } from "../paper.ts";

const engine = createEmbeddedEngine();

async function dataOf(kind: DocumentType, ...pages: ParsedPage[]): Promise<Record<string, unknown>> {
  const { data } = await engine.extract(documentOf(...pages), kind);
  expect(extractors[kind].schema.safeParse(data).error).toBeUndefined();
  return data;
}

describe("a bank statement", () => {
  it("is of the bank that is called one, and for whom its address block names", async () => {
    const page = paper([
      { text: "Alderney Savings Bank", x: 50, y: 40, size: 16 },
      ...column(50, 62, ["8 Market Row, Alton GU34 1PF", "Phone 01420 555 019", "hello@alderney.example"]),
      { text: "Bank Statement", x: 50, y: 118, size: 14 },
      ...column(50, 146, ["Marwood Joinery Ltd", "5 Sawmill Yard", "Petersfield GU32 3EW"]),
      ...row(210, [
        ["IBAN", 50, "left"],
        ["GB82 WEST 1234 5698 7654 32", 200, "left"],
      ]),
      ...row(226, [
        ["Opening balance", 50, "left"],
        ["1,200.00", 200, "left"],
      ]),
      ...row(242, [
        ["Closing balance", 50, "left"],
        ["1,350.00", 200, "left"],
      ]),
    ]);
    expect(await dataOf("bank_statement", page)).toMatchObject({
      bank: { name: "Alderney Savings Bank", phone: "01420 555 019", email: "hello@alderney.example" },
      account_holder: { name: "Marwood Joinery Ltd" },
    });
  });

  const HEAD = `
Account holder: Anna Feld          IBAN: DE89 3704 0044 0532 0130 00

Statement period: 01/03/2024 - 31/03/2024

Opening balance: 100.00 EUR

`;

  it("keeps money in and out apart and leaves the balances out of the entries", async () => {
    const page = typed(`${HEAD}
Date           Details                  Paid out     Paid in      Balance
               Balance brought forward                             100.00
13/03/2024     Grocer                      20.00                    80.00
14/03/2024     Salary                                  50.00       130.00
               Closing balance                                     130.00`);
    expect(await dataOf("bank_statement", page)).toMatchObject({
      account_holder: { name: "Anna Feld" },
      account: { iban: "DE89370400440532013000" },
      period_start_date: "2024-03-01",
      period_end_date: "2024-03-31",
      opening_balance: "100.00",
      transactions: [
        { date: "2024-03-13", description: "Grocer", debit: "20.00", balance: "80.00" },
        { date: "2024-03-14", description: "Salary", credit: "50.00", balance: "130.00" },
      ],
    });
  });

  it("reads days without a year by the period, and signs an amount by what the balance says", async () => {
    const page = typed(`${HEAD}
Date           Details                  Amount      Balance
13/03          Grocer                    20.00        80.00
14/03          Salary                    50.00       130.00`);
    expect(await dataOf("bank_statement", page)).toMatchObject({
      transactions: [
        { date: "2024-03-13", amount: "-20.00" },
        { date: "2024-03-14", amount: "50.00" },
      ],
    });
  });

  it("names columns that no head tells by what leads from entry to entry", async () => {
    const page = typed(`${HEAD}
When           Story                    Here         There        Total
02/03/2024     Baker                        20.00                     80.00
03/03/2024     Wages                                     50.00       130.00
04/03/2024     Rent                         30.00                    100.00
05/03/2024     Refund                                     5.50       105.50
06/03/2024     Grocer                        5.25                    100.25`);
    const { transactions } = await dataOf("bank_statement", page);
    expect(transactions).toMatchObject([
      { debit: "20.00", balance: "80.00" },
      { credit: "50.00", balance: "130.00" },
      { debit: "30.00", balance: "100.00" },
      { credit: "5.50", balance: "105.50" },
      { debit: "5.25", balance: "100.25" },
    ]);
  });

  it("finds the balance that its entries lead to, whatever it is called, and no other", async () => {
    const closing = (amount: string): ParsedPage =>
      typed(`
Bank of Elsewhere

Account holder: Anna Feld          IBAN: DE89 3704 0044 0532 0130 00

Alpha                                                                100.00

Date           Details                  Paid out     Paid in         Balance
02/03/2024     Baker                       20.00                       80.00
03/03/2024     Wages                                    50.00         130.00
04/03/2024     Rent                        31.00                       99.00

Omega                                                                 ${amount}`);
    expect(await dataOf("bank_statement", closing("99.00"))).toMatchObject({
      bank: { name: "Bank of Elsewhere" },
      closing_balance: "99.00",
    });
    expect(await dataOf("bank_statement", closing("98.00"))).not.toHaveProperty("closing_balance");
  });

  it("takes every one of 300 entries over as many pages as they need", async () => {
    const pages = Array.from({ length: 10 }, (_, page) => {
      const rows = Array.from({ length: 30 }, (_, row) => {
        const number = String(page * 30 + row + 1).padStart(4, "0");
        return `13/03/2024     Payment ${number}             1.00`;
      });
      const text = `Date           Details                  Paid out\n${rows.join("\n")}`;
      return { ...typed(page === 0 ? HEAD + text : text), number: page + 1 };
    });
    const { transactions } = await dataOf("bank_statement", ...pages);
    expect(transactions).toHaveLength(300);
    expect(transactions).toHaveProperty("299.description", "Payment 0300");
  });
});

describe("a payslip", () => {
  it("keeps the year's sums apart from the period's, and earnings from deductions", async () => {
    const page = typed(`
Employer: Kranz Bakery Ltd                   Employee: Anna Feld

Pay period: 01/03/2024 - 31/03/2024

Earnings
Description        Hours      Rate       Amount     Year to date
Basic pay          100.00     20.00    2,000.00        6,000.00

Deductions
Description                              Amount     Year to date
Income tax                               300.00          900.00

Net pay: 1,700.00`);
    expect(await dataOf("pay_stub", page)).toMatchObject({
      employer: { name: "Kranz Bakery Ltd" },
      employee: { name: "Anna Feld" },
      net_pay: "1700.00",
      earnings: [{ description: "Basic pay", rate: "20.00", amount: "2000.00", year_to_date: "6000.00" }],
      deductions: [{ description: "Income tax", amount: "300.00", year_to_date: "900.00" }],
    });
  });
});

describe("a pay stub whose columns are named beside their numbers", () => {
  it("gives each number to its own column", async () => {
    const columns = [
      { x: 26 },
      { x: 214, right: true },
      { x: 293, right: true },
      { x: 434, right: true },
      { x: 586, right: true },
    ];
    const page = drawPage([
      { x: 40, y: 40, text: "Cedar Roofing LLC" },
      { x: 40, y: 60, text: "Earnings Statement" },
      { x: 40, y: 80, text: "Employee: Marcus Delgado" },
      ...table(
        [{ x: 26 }, { x: 151 }, { x: 220 }, { x: 299 }, { x: 440 }],
        [["Earnings", "Rate", "Hours", "This period", "Year to date"]],
        120,
      ),
      ...table(
        columns,
        [
          ["Regular", "24.50", "80.00", "1,960.00", "19,600.00"],
          ["Overtime", "36.75", "6.00", "220.50", "1,102.50"],
          ["Gross pay", "", "", "2,180.50", "20,702.50"],
        ],
        140,
      ),
      { x: 40, y: 240, text: "Net pay: 2,180.50" },
    ]);
    expect(await dataOf("pay_stub", page)).toMatchObject({
      gross_pay: "2180.50",
      gross_pay_year_to_date: "20702.50",
      earnings: [
        {
          description: "Regular",
          rate: "24.50",
          hours: "80.00",
          amount: "1960.00",
          year_to_date: "19600.00",
        },
        { description: "Overtime", rate: "36.75", hours: "6.00", amount: "220.50", year_to_date: "1102.50" },
      ],
    });
  });
});

describe("a pay stub without known words", () => {
  const sheet = (period: string): ParsedPage =>
    typed(`
Acme Foundry Ltd

Person: Anna Feld

${period}

Stuff one
Thing                                                 Sum
Plain work                                       1,000.00
Extra work                                         200.00

Stuff two
Thing                                                 Sum
Income tax                                         150.00
Pension                                             50.00

Gross pay: 1,200.00
Left over                                        1,000.00 EUR
Total deductions: 200.00`);

  it("tells earnings from deductions by the sums", async () => {
    expect(await dataOf("pay_stub", sheet("Weeks: 01/03/2024 - 31/03/2024"))).toMatchObject({
      gross_pay: "1200.00",
      total_deductions: "200.00",
      earnings: [{ amount: "1000.00" }, { amount: "200.00" }],
      deductions: [{ amount: "150.00" }, { amount: "50.00" }],
    });
  });

  it("takes two dates with a dash between them for the period, and lone ones in the order of time", async () => {
    expect(await dataOf("pay_stub", sheet("Weeks: 01/03/2024 - 31/03/2024"))).toMatchObject({
      period_start_date: "2024-03-01",
      period_end_date: "2024-03-31",
    });
    const lone = sheet("Alpha: 01/03/2024     Beta: 31/03/2024     Gamma: 05/04/2024");
    expect(await dataOf("pay_stub", lone)).toMatchObject({
      period_start_date: "2024-03-01",
      period_end_date: "2024-03-31",
      pay_date: "2024-04-05",
    });
  });

  it("gives no period where four lone dates may be one", async () => {
    const many = sheet("Alpha: 01/03/2024   Beta: 31/03/2024   Gamma: 05/04/2024   Delta: 09/04/2024");
    expect(await dataOf("pay_stub", many)).not.toHaveProperty("period_start_date");
  });

  it("reads one table whose two columns of amounts are filled in turn", async () => {
    const page = typed(`
Acme Foundry Ltd

Thing                     Up              Down
Plain work          1,000.00
Extra work            200.00
Levy                                    150.00
Scheme                                   50.00

Net pay: 1,000.00`);
    expect(await dataOf("pay_stub", page)).toMatchObject({
      earnings: [
        { description: "Plain work", amount: "1000.00" },
        { description: "Extra work", amount: "200.00" },
      ],
      deductions: [
        { description: "Levy", amount: "150.00" },
        { description: "Scheme", amount: "50.00" },
      ],
    });
  });
});

describe("a utility bill", () => {
  it("reads a meter that is no table, with its unit", async () => {
    const page = typed(`
Brightwater Energy Ltd

Account number: 7781 2204

Meter number: 5FC9176     Previous reading: 1200     Current reading: 1350     Consumption: 150 kWh`);
    expect(await dataOf("utility_bill", page)).toMatchObject({
      account_number: "7781 2204",
      meters: [
        { meter_number: "5FC9176", previous_reading: "1200", current_reading: "1350", consumption: "150" },
      ],
    });
  });
});

describe("a utility bill without known words", () => {
  it("has its period, what is supplied and its tax by rate", async () => {
    const page = typed(`
Brightwater Electricity Ltd

Days: 01/03/2024 - 31/03/2024

Energy                                    100.00
Levy at 20 %                               20.00
Total                                     120.00`);
    expect(await dataOf("utility_bill", page)).toMatchObject({
      utility: "electricity",
      service_start_date: "2024-03-01",
      service_end_date: "2024-03-31",
      taxes: [{ rate: "20", amount: "20.00" }],
    });
  });
});

describe("a utility bill whose labels say nothing", () => {
  const HEAD = `
Brightwater Electricity Ltd

Fomel bap           Gedu vorro          Zinte               Mudda lop
7781 2204 55        2024-004417         12/04/2024          03/05/2024

Rifta               01/03/2024 - 31/03/2024
`;

  it("has its meter by what adds up, and no meter from its charges", async () => {
    const page = typed(`${HEAD}
Gorvat              Pelda          Sumir          Dovre
5FC91762            11200          11350          150 kWh

Nudra                                  Pavi          Koster
Movral                                  150           30.00
Besk                                      1           20.00`);
    const { meters } = await dataOf("utility_bill", page);
    expect(meters).toEqual([
      {
        meter_number: "5FC91762",
        previous_reading: "11200",
        current_reading: "11350",
        consumption: "150",
        unit: "kWh",
      },
    ]);
  });

  it("has its dates in the order of time and its numbers by their form", async () => {
    expect(await dataOf("utility_bill", typed(HEAD))).toMatchObject({
      account_number: "7781 2204 55",
      invoice_number: "2024-004417",
      service_start_date: "2024-03-01",
      service_end_date: "2024-03-31",
      invoice_date: "2024-04-12",
      due_date: "2024-05-03",
    });
  });

  it("takes no account from a bank's number or a meter's", async () => {
    const page = typed(`
Brightwater Electricity Ltd

Customer ref: DE89 3704 0044 0532 0130 00`);
    expect(await dataOf("utility_bill", page)).not.toHaveProperty("account_number");
  });
});

describe("a delivery note whose labels say nothing", () => {
  it("has its dates and numbers by their order, its goods by what the columns hold, its freight by form", async () => {
    const page = typed(`
Kranz Tools Ltd

Delivery note

Fomel bap           Gedu vorro          Zinte               Mudda lop
80447120            12/04/2024          PO-33121            28/03/2024

Nudra          Pavi      Koster
LED panel        12      pcs
Oak shelf         3      pcs
Copy paper       40      box

Zemb: 96.5 kg

Yorl: JD014600006228974410`);
    expect(await dataOf("delivery_note", page)).toMatchObject({
      delivery_note_number: "80447120",
      delivery_date: "2024-04-12",
      purchase_order_number: "PO-33121",
      order_date: "2024-03-28",
      gross_weight: "96.5",
      weight_unit: "kg",
      line_items: [
        { description: "LED panel", quantity: "12" },
        { description: "Oak shelf", quantity: "3" },
        { description: "Copy paper", quantity: "40" },
      ],
    });
  });
});

describe("a delivery note", () => {
  it("has the number, the parties by their blocks and the carrier", async () => {
    const page = typed(`
Delivery note no: DN-2041          Date: 04/03/2024

Supplier                           Deliver to
Kranz Tools Ltd                    Feld Builders Ltd
12 Mill Road                       9 Station Street
Norbury NB1 4AA                    Kelso KE2 7BB

Carrier: Northline Freight`);
    expect(await dataOf("delivery_note", page)).toMatchObject({
      delivery_note_number: "DN-2041",
      supplier: { name: "Kranz Tools Ltd" },
      ship_to: { name: "Feld Builders Ltd" },
      carrier: "Northline Freight",
    });
  });
});

describe("a name that goes on in the line below", () => {
  const page = (below: string): ParsedPage =>
    drawPage([
      { text: "Earnings statement", x: 50, y: 40 },
      { text: "Employee: Marcus", x: 50, y: 100 },
      { text: "SSN: XXX-XX-", x: 300, y: 100 },
      { text: below, x: 50, y: 112 },
      { text: "8812", x: 300, y: 112 },
    ]);

  it("is joined where its row's other cells go on too, and not with a label", async () => {
    expect(await dataOf("pay_stub", page("Delgado"))).toMatchObject({ employee: { name: "Marcus Delgado" } });
    expect(await dataOf("pay_stub", page("Dept: Sales"))).toMatchObject({ employee: { name: "Marcus" } });
  });
});

describe("columns without room between them", () => {
  it("are parted where the words below them begin", async () => {
    const page = drawPage([
      { text: "Delivery note", x: 50, y: 40 },
      { text: "Pavil Koster", x: 58, y: 100 },
      ...["12 LED panel", "40 Oak shelf", "25 Copy paper"].map((text, index) => ({
        text,
        x: 70,
        y: 120 + 16 * index,
      })),
      ...["pcs", "pcs", "box"].map((text, index) => ({ text, x: 300, y: 120 + 16 * index })),
      { text: "Nudra", x: 300, y: 100 },
    ]);
    expect(await dataOf("delivery_note", page)).toMatchObject({
      line_items: [
        { description: "LED panel", quantity: "12" },
        { description: "Oak shelf", quantity: "40" },
        { description: "Copy paper", quantity: "25" },
      ],
    });
  });
});

describe("an identity document", () => {
  const ZONE = `
P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<
L898902C36UTO7408122F1204159ZE184226B<<<<<10`;

  it("takes from a proven zone what nothing else says", async () => {
    expect(await dataOf("id_document", typed(ZONE))).toMatchObject({
      document_kind: "passport",
      document_number: "L898902C3",
      surname: "ERIKSSON",
      given_names: "ANNA MARIA",
      date_of_birth: "1974-08-12",
      expiry_date: "2012-04-15",
      sex: "female",
    });
  });

  it("gives what is printed where it agrees, and is no less sure of it", async () => {
    const page = typed(`Passport\n\nSurname: Eriksson\n\nDate of birth: 12 AUG 1974\n${ZONE}`);
    const { data, evidence } = await engine.extract(documentOf(page), "id_document");
    expect(data).toMatchObject({ surname: "Eriksson", date_of_birth: "1974-08-12" });
    expect(evidence["/date_of_birth"]).toMatchObject({ content: "12 AUG 1974" });
    const bare = typed(`Passport\n\nSurname: Eriksson\n\nDate of birth: 12 AUG 1974\n`);
    const alone = (await engine.extract(documentOf(bare), "id_document")).evidence["/date_of_birth"];
    expect(evidence["/date_of_birth"]!.confidence).toBeGreaterThanOrEqual(alone!.confidence);
  });
});
