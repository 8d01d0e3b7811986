import { describe, expect, it } from "vitest";
import { classify } from "../../src/classify/classify.ts";
import { compileHints } from "../../src/classify/compile-hints.ts";
import { documentOf, paper, typed } from "../extract/paper.ts";
import * as papers from "../extract/papers.ts";
import type { ParsedPage } from "../../src/model/parsed.ts";

/** A page with one more line of its own at a height. */
function mentioning(page: ParsedPage, mention: string, y: number): ParsedPage {
  const added = paper([{ text: mention, x: 40, y: y * 842 }], page.source);
  const [start, first] = [page.text.length + 1, page.words.length];
  const moved = ([at, length]: readonly [number, number]): [number, number] => [start + at, length];
  return {
    ...page,
    text: `${page.text}\n${added.text}`,
    words: [...page.words, ...added.words.map((word) => Object.assign({}, word, { span: moved(word.span) }))],
    lines: [
      ...page.lines,
      ...added.lines.map(({ bbox, span }) => ({
        bbox,
        words: [first, first + added.words.length] as [number, number],
        span: moved(span),
      })),
    ],
  };
}

describe("classify", () => {
  it.each([
    ["invoice", papers.usInvoice],
    ["invoice", papers.germanLetter],
    ["invoice", papers.indianInvoice],
    ["invoice", papers.polishInvoice],
    ["invoice", papers.italianInvoice],
    ["invoice", papers.spanishInvoice],
    ["invoice", papers.brazilianInvoice],
    ["credit_note", papers.frenchCreditNote],
    ["receipt", papers.receiptPhoto],
    ["purchase_order", papers.purchaseOrder],
  ] as const)("knows a %s", (type, make) => {
    const found = classify(make());
    expect(found.type).toBe(type);
    expect(found.reasons.length).toBeGreaterThan(0);
  });

  it("gives every type a share and the shares make one", () => {
    const { score, scores } = classify(papers.usInvoice());
    const sum = Object.values(scores).reduce((total, share) => total + (share ?? 0), 0);
    expect(sum).toBeCloseTo(1, 2);
    expect(score).toBe(Math.max(...Object.values(scores).map((share) => share ?? 0)));
  });

  it.each([
    ["a poem", "The tide goes out without a word,\nthe gulls go with it, one by one"],
    [
      "a report",
      "Quarterly review\nThe team met on Monday and spoke about the plan for the year.\nNobody objected.",
    ],
    ["a price list", "PRICE LIST\nApples 2.50\nPears 3.10\nPlums 4.00"],
    ["a quotation", "QUOTATION\nQuotation no 812\nValid until 3 May\nPump 120.00\nTotal 120.00"],
    ["a message", "From: ann@example.org\nTo: bob@example.org\nSubject: lunch\nSee you at noon"],
  ])("takes %s for a generic document", (_, text) => {
    expect(classify(documentOf(typed(text))).type).toBe("generic");
  });

  it.each([
    [
      "bank_statement",
      "STATEMENT OF ACCOUNT\nOpening balance 100.00\n02/03 Payment received 50.00\nClosing balance 150.00",
    ],
    [
      "bank_statement",
      "Kontoauszug Nr. 7\nAlter Saldo 1.204,10\nBuchungstag Wertstellung Betrag\n03.04. 04.04. Miete 700,00-\nNeuer Saldo 504,10",
    ],
    [
      "pay_stub",
      "Pay advice\nPay period 1-31 May\nGross pay 3,200.00\nTotal deductions 811.20\nNet pay 2,388.80",
    ],
    [
      "pay_stub",
      "Bulletin de paie\nSalaire brut 2 800,00\nCotisations salariales 610,00\nNet à payer avant impôt 2 190,00",
    ],
    [
      "utility_bill",
      "Your electricity bill\nMeter number 44120\nPrevious reading 1200\nPresent reading 1480\nUsage 280 kWh\nAmount due 71.20",
    ],
    [
      "utility_bill",
      "Bolletta luce\nPOD IT001E44\nLettura precedente 120 Lettura attuale 180\nConsumo 60 kWh\nTotale 41,10",
    ],
    [
      "delivery_note",
      "Lieferschein 8812\nPos Artikel bestellt geliefert\n1 Schrauben M6 200 200\nWare erhalten:",
    ],
    [
      "delivery_note",
      "PACKING SLIP\nShip to: Ann Poe\nItem Qty ordered Qty shipped\nLamp 4 4\nCarrier: Northern Freight",
    ],
    [
      "order_response",
      "Order acknowledgement\nThank you for your order 9931\nConfirmed delivery 4 May\nValves 40 2.50 100.00\nTotal 100.00",
    ],
    [
      "contract",
      "SERVICE AGREEMENT\nThis Agreement is made between the parties hereinafter named.\nGoverning law: England. Invoice terms 30 days. Fee 500.00",
    ],
    [
      "contract",
      "Mietvertrag\nzwischen Anna Hof, nachfolgend Vermieter,\nund Ole Kranz, Mieter\n§ 1 Mietsache\n§ 2 Kündigungsfrist\n§ 3 Gerichtsstand",
    ],
    [
      "legal_document",
      "IN THE DISTRICT COURT OF HARLAN COUNTY\nMary Vole,\nPlaintiff,\nv.\nCase No. 22-118\nTom Reed,\nDefendant.\nCOMPLAINT",
    ],
    [
      "legal_document",
      "Amtsgericht Neustadt\nAktenzeichen 4 C 118/22\nIm Namen des Volkes\nUrteil\nin dem Rechtsstreit Klägerin gegen Beklagte",
    ],
    [
      "medical_record",
      "Discharge summary\nPatient: Ivo Lind\nDiagnosis: pneumonia\nAllergies: none\nMedications: amoxicillin 500 mg twice daily",
    ],
    [
      "medical_record",
      "Informe de alta\nPaciente: Eva Ríos\nMotivo de ingreso: fiebre\nDiagnóstico: gripe\nTratamiento: reposo",
    ],
    [
      "id_document",
      "PASSPORT\nSurname VOLE\nGiven names MARY\nNationality UTOPIAN\nP<UTOVOLE<<MARY<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
    ],
    [
      "id_document",
      "PATENTE DI GUIDA\n1. ROSSI\nCognome\n2. MARIA\nData di nascita 01/02/80\nData di scadenza 01/02/30",
    ],
    [
      "form",
      "Membership application form\nPlease print clearly\n☐ New ☐ Renewal ☐ Change ☐ Other\nSignature of applicant ______\nOffice use only",
    ],
  ] as const)("knows a %s by its words: %s", (type, text) => {
    const found = classify(documentOf(typed(text)));
    expect(found.type).toBe(type);
    expect(found.reasons.length).toBeGreaterThan(0);
  });

  it("takes a letter that mentions a contract, a court and a patient for none of them", () => {
    const letter =
      "Dear Ann,\nthank you for your letter. My contract ends in May, and the court has not called.\nThe patient next door says hello. We had cake.\nYours, Bob";
    expect(classify(documentOf(typed(letter))).type).toBe("generic");
  });

  const TAX_FORM =
    "Form W-9\nRequest for Taxpayer Identification Number\nDepartment of the Treasury Internal Revenue Service\nUnder penalties of perjury";

  it("knows a tax form by its number and title, not by a mention of it", () => {
    expect(classify(documentOf(typed(TAX_FORM)))).toMatchObject({ type: "form" });
    const letter = "Dear vendor\nPlease send us a signed form W-9 before March.\nKind regards";
    expect(classify(documentOf(typed(letter))).type).toBe("generic");
  });

  const MENTIONS = [
    "Vendors: please return IRS Form W-9 (Request for Taxpayer Identification Number)",
    "Preparation of Form W-2 Wage and Tax Statement 120.00",
    "Form W-2 Wage and Tax Statement",
  ];
  const BILLS = [
    ["invoice", papers.usInvoice],
    ["purchase_order", papers.purchaseOrder],
    ["receipt", papers.receiptPhoto],
  ] as const;

  it.each(BILLS.flatMap(([type, make]) => MENTIONS.map((mention) => [type, mention, make] as const)))(
    "knows the %s whose page says: %s",
    (type, mention, make) => {
      const [page, ...rest] = make().pages;
      for (const y of [0.3, 0.95])
        expect(classify(documentOf(mentioning(page!, mention, y), ...rest)).type).toBe(type);
    },
  );

  it("knows a tax form by the names of its boxes where its heading stands below them", () => {
    const text =
      "22222 OMB No. 1545-0008\nEmployee's social security number 123-45-6789\n1 Wages, tips, other compensation 90,000.00\n2 Federal income tax withheld 1,200.00\n3 Social security wages 90,000.00\nForm W-2 Wage and Tax Statement 2023\nCopy B";
    expect(classify(documentOf(typed(text))).type).toBe("form");
  });

  it("takes a heading of its own for a tax form, and words about one for a letter", () => {
    const headed =
      "Form W-9\nRequest for Taxpayer\nIdentification Number and Certification\nName\nAda Lovelace";
    expect(classify(documentOf(typed(headed))).type).toBe("form");
    const letter =
      "Dear vendor\nThe Internal Revenue Service asks us for Form W-9, Request for Taxpayer Identification\nNumber and Certification. Without it backup withholding applies.\nKind regards";
    expect(classify(documentOf(typed(letter))).type).toBe("generic");
  });

  it("takes an invoice with a tax form behind it for an invoice", () => {
    const [first] = papers.usInvoice().pages;
    const behind = { ...typed(TAX_FORM), number: 2 };
    expect(classify(documentOf(first!, behind)).type).toBe("invoice");
  });

  it("takes what is filled in for a form, but an invoice with a few fields for an invoice", () => {
    const fields = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        name: `f${index}`,
        label: null,
        kind: "text" as const,
        value: "filled",
        page: 1,
        bbox: null,
      }));
    const plain = documentOf(typed("Application\nPlease fill in all fields"));
    expect(classify({ ...plain, form_fields: fields(8) }).type).toBe("form");
    expect(classify(documentOf(typed("Application\nWe thank you for it"))).score).toBeLessThan(0.9);
    const invoice = documentOf(
      typed("Invoice\nInvoice number 4711\nInvoice date 3 May 2026\nDue date 1 June 2026\nTotal 12.50"),
    );
    expect(classify({ ...invoice, form_fields: fields(2) }).type).toBe("invoice");
  });

  it("takes an empty document for generic", () => {
    expect(classify(documentOf(paper([]))).type).toBe("generic");
    expect(classify(documentOf()).type).toBe("generic");
  });
});

describe("hints of a definition", () => {
  const hints = compileHints({
    despatch_advice: {
      titles: ["Certificate", "Invoice", "Loading List"],
      words: ["load sealed by", "Ladeliste"],
    },
  });

  it("tell a paper by its title, also one that is no type's own without them", () => {
    const certified = documentOf(typed("CERTIFICATE\nLoad sealed by Ann\nPump 3\nHose 12"));
    expect(classify(certified).type).toBe("generic");
    const found = classify(certified, hints);
    expect(found.type).toBe("despatch_advice");
    expect(found.reasons).toEqual(['titled "CERTIFICATE"', 'speaks of "load sealed by"']);
  });

  it("tell a paper without a title by the words of its trade, however they are written", () => {
    const words = documentOf(typed("To the yard\nLOAD-SEALED BY Ann\nzur Ladeliste\nPump 3"));
    expect(classify(words).type).toBe("generic");
    const found = classify(words, hints);
    expect(found.scores.despatch_advice ?? 0).toBeGreaterThan(0.2);
    const other = classify(documentOf(typed("To the yard\nThe load is sealed\nLadelisten\nPump 3")), hints);
    expect(other.scores.despatch_advice).toBeUndefined();
  });

  it("take no title from a type that has it", () => {
    expect(classify(papers.usInvoice(), hints)).toEqual(classify(papers.usInvoice()));
  });
});
