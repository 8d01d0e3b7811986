import type { ParsedDocument } from "../../src/model/parsed.ts";
import { column, documentOf, paper, row } from "./paper.ts";

/** A US invoice: title at the right, boxed head of labels over values, totals at the right. */
export function usInvoice(): ParsedDocument {
  return documentOf(
    paper([
      ...column(40, 40, [
        "Brightwater Supply, Inc.",
        "412 Harbor Street",
        "Portland, OR 97205",
        "Phone: (503) 555-0142",
      ]),
      { text: "INVOICE", x: 430, y: 40, size: 22 },
      ...row(120, [
        ["Bill To:", 40, "left"],
        ["Ship To:", 300, "left"],
      ]),
      ...column(40, 135, ["Cascade Diner LLC", "88 Mill Road", "Salem, OR 97301"]),
      ...column(300, 135, ["Cascade Diner LLC", "Rear Dock, 90 Mill Road", "Salem, OR 97301"]),
      ...row(210, [
        ["Invoice No.", 40, "left"],
        ["Invoice Date", 150, "left"],
        ["P.O. Number", 260, "left"],
        ["Terms", 370, "left"],
        ["Due Date", 460, "left"],
      ]),
      ...row(225, [
        ["BW-20871", 40, "left"],
        ["03/14/2024", 150, "left"],
        ["PO-5512", 260, "left"],
        ["Net 30", 370, "left"],
        ["04/13/2024", 460, "left"],
      ]),
      ...row(270, [
        ["Description", 40, "left"],
        ["Qty", 330, "right"],
        ["Unit Price", 430, "right"],
        ["Amount", 540, "right"],
      ]),
      ...row(290, [
        ["Stainless ladle", 40, "left"],
        ["4", 330, "right"],
        ["12.50", 430, "right"],
        ["50.00", 540, "right"],
      ]),
      ...row(306, [
        ["Stock pot 20 qt", 40, "left"],
        ["2", 330, "right"],
        ["75.00", 430, "right"],
        ["150.00", 540, "right"],
      ]),
      ...row(360, [
        ["Subtotal", 380, "left"],
        ["$200.00", 540, "right"],
      ]),
      ...row(376, [
        ["Sales Tax (8%)", 380, "left"],
        ["$16.00", 540, "right"],
      ]),
      ...row(392, [
        ["Total", 380, "left"],
        ["$216.00", 540, "right"],
      ]),
      ...row(408, [
        ["Balance Due", 380, "left"],
        ["$216.00", 540, "right"],
      ]),
      { text: "Please include the invoice number on your check.", x: 40, y: 700 },
    ]),
  );
}

/** A German letter: sender line over the address, numbers in a block at the right, bank in the foot. */
export function germanLetter(): ParsedDocument {
  return documentOf(
    paper([
      { text: "Nordlicht Leuchten GmbH • Hafenweg 7 • 24103 Kiel", x: 50, y: 110, size: 7 },
      ...column(50, 125, ["Herr", "Jonas Petersen", "Am Markt 3", "20095 Hamburg"]),
      ...row(125, [
        ["Rechnungsnummer:", 350, "left"],
        ["RE-2024/0815", 460, "left"],
      ]),
      ...row(140, [
        ["Rechnungsdatum:", 350, "left"],
        ["5. März 2024", 460, "left"],
      ]),
      ...row(155, [
        ["Kundennummer:", 350, "left"],
        ["10442", 460, "left"],
      ]),
      { text: "Rechnung", x: 50, y: 230, size: 16 },
      ...row(270, [
        ["Pos", 50, "left"],
        ["Bezeichnung", 90, "left"],
        ["Menge", 350, "right"],
        ["Einzelpreis", 440, "right"],
        ["Betrag", 540, "right"],
      ]),
      ...row(288, [
        ["1", 50, "left"],
        ["Deckenleuchte Fjord", 90, "left"],
        ["3", 350, "right"],
        ["1.120,00 €", 440, "right"],
        ["3.360,00 €", 540, "right"],
      ]),
      ...row(330, [
        ["Nettobetrag", 350, "left"],
        ["3.360,00 €", 540, "right"],
      ]),
      ...row(346, [
        ["zzgl. 19 % MwSt.", 350, "left"],
        ["638,40 €", 540, "right"],
      ]),
      ...row(362, [
        ["Gesamtbetrag", 350, "left"],
        ["3.998,40 €", 540, "right"],
      ]),
      { text: "Bitte überweisen Sie den Betrag bis zum 19.03.2024 auf unser Konto.", x: 50, y: 420 },
      {
        text: "Nordlicht Leuchten GmbH   USt-IdNr. DE136695976   IBAN: DE02 1203 0000 0000 2020 51   BIC: BYLADEM1001",
        x: 40,
        y: 800,
        size: 7,
      },
    ]),
  );
}

/** A French credit note in two columns, amounts negative, thousands set apart by spaces. */
export function frenchCreditNote(): ParsedDocument {
  return documentOf(
    paper([
      ...column(40, 40, [
        "Atelier Beaulieu SARL",
        "14 rue des Tanneurs",
        "69001 Lyon",
        "N° TVA : FR40303265045",
      ]),
      ...column(340, 40, ["Client", "Hôtel du Lac", "3 quai Perdonnet", "74000 Annecy"]),
      { text: "AVOIR N° AV-2024-031", x: 40, y: 150, size: 16 },
      ...row(180, [
        ["Date :", 40, "left"],
        ["12 février 2024", 90, "left"],
      ]),
      ...row(195, [
        ["Facture d'origine :", 40, "left"],
        ["FA-2024-009", 140, "left"],
      ]),
      ...row(240, [
        ["Désignation", 40, "left"],
        ["Qté", 330, "right"],
        ["PU HT", 430, "right"],
        ["Montant HT", 540, "right"],
      ]),
      ...row(258, [
        ["Retour chaises", 40, "left"],
        ["-10", 330, "right"],
        ["120,00", 430, "right"],
        ["-1 200,00", 540, "right"],
      ]),
      ...row(320, [
        ["Total HT", 380, "left"],
        ["-1 200,00 €", 540, "right"],
      ]),
      ...row(336, [
        ["TVA 20 %", 380, "left"],
        ["-240,00 €", 540, "right"],
      ]),
      ...row(352, [
        ["Total TTC", 380, "left"],
        ["-1 440,00 €", 540, "right"],
      ]),
    ]),
  );
}

/** An Indian tax invoice with lakhs in its grouping and two taxes. */
export function indianInvoice(): ParsedDocument {
  return documentOf(
    paper([
      { text: "TAX INVOICE", x: 250, y: 30, size: 14 },
      ...column(40, 60, [
        "Meridian Textiles Pvt. Ltd.",
        "Plot 12, Industrial Area Phase II",
        "Pune 411026",
        "GSTIN: 27AAPFU0939F1ZV",
      ]),
      ...row(60, [
        ["Invoice No:", 350, "left"],
        ["MT/23-24/0098", 430, "left"],
      ]),
      ...row(75, [
        ["Dated:", 350, "left"],
        ["14-Feb-2024", 430, "left"],
      ]),
      ...column(40, 140, ["Buyer:", "Sunrise Garments", "22 MG Road", "Bengaluru 560001"]),
      ...row(220, [
        ["Description of Goods", 40, "left"],
        ["Quantity", 330, "right"],
        ["Rate", 430, "right"],
        ["Amount", 540, "right"],
      ]),
      ...row(238, [
        ["Cotton yarn 40s", 40, "left"],
        ["500", 330, "right"],
        ["250.00", 430, "right"],
        ["1,25,000.00", 540, "right"],
      ]),
      ...row(300, [
        ["Taxable Value", 350, "left"],
        ["₹ 1,25,000.00", 540, "right"],
      ]),
      ...row(316, [
        ["Total Tax", 350, "left"],
        ["₹ 6,250.00", 540, "right"],
      ]),
      ...row(332, [
        ["Grand Total", 350, "left"],
        ["₹ 1,31,250.00", 540, "right"],
      ]),
    ]),
  );
}

/** A Polish invoice: seller and buyer side by side, each with its NIP. */
export function polishInvoice(): ParsedDocument {
  return documentOf(
    paper([
      { text: "Faktura VAT nr FV/12/2024", x: 40, y: 40, size: 16 },
      ...row(70, [
        ["Data wystawienia:", 40, "left"],
        ["2024-02-20", 150, "left"],
      ]),
      ...row(85, [
        ["Termin płatności:", 40, "left"],
        ["2024-03-05", 150, "left"],
      ]),
      ...column(40, 120, [
        "Sprzedawca:",
        "Zielony Młyn Sp. z o.o.",
        "ul. Polna 5",
        "00-625 Warszawa",
        "NIP: 5260001246",
      ]),
      ...column(320, 120, [
        "Nabywca:",
        "Piekarnia Kowalski",
        "ul. Rynek 1",
        "31-042 Kraków",
        "NIP: 6762484560",
      ]),
      ...row(220, [
        ["Nazwa", 40, "left"],
        ["Ilość", 330, "right"],
        ["Cena netto", 430, "right"],
        ["Wartość netto", 540, "right"],
      ]),
      ...row(238, [
        ["Mąka żytnia", 40, "left"],
        ["100", 330, "right"],
        ["12,00", 430, "right"],
        ["1 200,00", 540, "right"],
      ]),
      ...row(300, [
        ["Razem netto", 350, "left"],
        ["1 200,00 zł", 540, "right"],
      ]),
      ...row(316, [
        ["Kwota VAT", 350, "left"],
        ["60,00 zł", 540, "right"],
      ]),
      ...row(332, [
        ["Do zapłaty", 350, "left"],
        ["1 260,00 zł", 540, "right"],
      ]),
    ]),
  );
}

/** A UK invoice that names its seller only in head and foot, with a prepayment. */
export function ukInvoice(): ParsedDocument {
  return documentOf(
    paper([
      { text: "Pennine Tools Ltd", x: 40, y: 36, size: 18 },
      ...column(40, 62, ["Unit 4 Calder Park, Wakefield WF2 7UA", "accounts@pennine-tools.co.uk"]),
      { text: "Sales Invoice", x: 400, y: 40, size: 16 },
      ...column(40, 110, ["Invoice to", "Harrow & Sons", "9 Station Road", "Leeds LS1 4DY"]),
      ...row(110, [
        ["Invoice Number", 350, "left"],
        ["INV 004417", 450, "left"],
      ]),
      ...row(125, [
        ["Tax Point", 350, "left"],
        ["02/05/2024", 450, "left"],
      ]),
      ...row(140, [
        ["Payment Due", 350, "left"],
        ["01/06/2024", 450, "left"],
      ]),
      ...row(220, [
        ["Details", 40, "left"],
        ["Qty", 330, "right"],
        ["Price", 430, "right"],
        ["Net", 540, "right"],
      ]),
      ...row(238, [
        ["Torque wrench", 40, "left"],
        ["5", 330, "right"],
        ["80.00", 430, "right"],
        ["400.00", 540, "right"],
      ]),
      ...row(300, [
        ["Net Total", 350, "left"],
        ["£400.00", 540, "right"],
      ]),
      ...row(316, [
        ["VAT @ 20%", 350, "left"],
        ["£80.00", 540, "right"],
      ]),
      ...row(332, [
        ["Gross Total", 350, "left"],
        ["£480.00", 540, "right"],
      ]),
      ...row(348, [
        ["Deposit paid", 350, "left"],
        ["£100.00", 540, "right"],
      ]),
      ...row(364, [
        ["Balance Due", 350, "left"],
        ["£380.00", 540, "right"],
      ]),
      {
        text: "Pennine Tools Ltd. Registered in England No. 04312233. VAT No. GB 123 4567 82",
        x: 40,
        y: 800,
        size: 7,
      },
    ]),
  );
}

/** An Italian and a Spanish invoice, a Brazilian one: heads of labels with values behind or below. */
export function italianInvoice(): ParsedDocument {
  return documentOf(
    paper([
      ...column(40, 40, [
        "Officine Ferretti S.r.l.",
        "Via Emilia 210",
        "40026 Imola (BO)",
        "P.IVA IT01234567890",
      ]),
      ...column(340, 110, ["Spett.le", "Cantina Rossi", "Corso Garibaldi 5", "48018 Faenza (RA)"]),
      ...row(190, [
        ["Fattura n.", 40, "left"],
        ["Data documento", 160, "left"],
        ["Scadenza", 300, "left"],
      ]),
      ...row(205, [
        ["125/2024", 40, "left"],
        ["18/03/2024", 160, "left"],
        ["17/04/2024", 300, "left"],
      ]),
      ...row(240, [
        ["Descrizione", 40, "left"],
        ["Quantità", 330, "right"],
        ["Prezzo unitario", 430, "right"],
        ["Importo", 540, "right"],
      ]),
      ...row(258, [
        ["Manutenzione pompa", 40, "left"],
        ["1", 330, "right"],
        ["500,00", 430, "right"],
        ["500,00", 540, "right"],
      ]),
      ...row(300, [
        ["Imponibile", 350, "left"],
        ["€ 500,00", 540, "right"],
      ]),
      ...row(316, [
        ["IVA 22%", 350, "left"],
        ["€ 110,00", 540, "right"],
      ]),
      ...row(332, [
        ["Totale fattura", 350, "left"],
        ["€ 610,00", 540, "right"],
      ]),
    ]),
  );
}

export function spanishInvoice(): ParsedDocument {
  return documentOf(
    paper([
      { text: "FACTURA", x: 440, y: 40, size: 18 },
      ...column(40, 40, ["Aceites Sierra Alta, S.L.", "C/ Mayor 15", "23001 Jaén", "CIF: B23456789"]),
      ...row(110, [
        ["Nº factura:", 380, "left"],
        ["A-2024-77", 460, "left"],
      ]),
      ...row(125, [
        ["Fecha:", 380, "left"],
        ["7 de mayo de 2024", 460, "left"],
      ]),
      ...row(140, [
        ["Vencimiento:", 380, "left"],
        ["06/06/2024", 460, "left"],
      ]),
      ...column(40, 110, ["Cliente:", "Restaurante El Olivo", "Avda. Andalucía 40", "18014 Granada"]),
      ...row(240, [
        ["Concepto", 40, "left"],
        ["Cantidad", 330, "right"],
        ["Precio", 430, "right"],
        ["Importe", 540, "right"],
      ]),
      ...row(258, [
        ["Aceite 5 l", 40, "left"],
        ["20", 330, "right"],
        ["30,00", 430, "right"],
        ["600,00", 540, "right"],
      ]),
      ...row(300, [
        ["Base imponible", 350, "left"],
        ["600,00 €", 540, "right"],
      ]),
      ...row(316, [
        ["IVA 10%", 350, "left"],
        ["60,00 €", 540, "right"],
      ]),
      ...row(332, [
        ["TOTAL", 350, "left"],
        ["660,00 €", 540, "right"],
      ]),
    ]),
  );
}

export function brazilianInvoice(): ParsedDocument {
  return documentOf(
    paper([
      { text: "FATURA", x: 260, y: 30, size: 16 },
      ...column(40, 60, [
        "Café Serra Azul Ltda",
        "Rua das Acácias 120",
        "37701-045 Poços de Caldas",
        "CNPJ: 11.222.333/0001-81",
      ]),
      ...column(40, 140, ["Cliente:", "Padaria Boa Vista", "Av. Brasil 900", "01430-000 São Paulo"]),
      ...row(140, [
        ["Número da fatura", 350, "left"],
        ["Data de emissão", 460, "left"],
      ]),
      ...row(155, [
        ["000123", 350, "left"],
        ["15/04/2024", 460, "left"],
      ]),
      ...row(240, [
        ["Descrição", 40, "left"],
        ["Quantidade", 330, "right"],
        ["Preço unitário", 430, "right"],
        ["Valor total", 540, "right"],
      ]),
      ...row(258, [
        ["Café torrado 1 kg", 40, "left"],
        ["50", 330, "right"],
        ["45,00", 430, "right"],
        ["2.250,00", 540, "right"],
      ]),
      ...row(300, [
        ["Subtotal", 350, "left"],
        ["R$ 2.250,00", 540, "right"],
      ]),
      ...row(316, [
        ["Frete", 350, "left"],
        ["R$ 100,00", 540, "right"],
      ]),
      ...row(332, [
        ["Valor total", 350, "left"],
        ["R$ 2.350,00", 540, "right"],
      ]),
    ]),
  );
}

/** A till receipt read from a photo. */
export function receiptPhoto(): ParsedDocument {
  const page = paper(
    [
      { text: "SUNNY CORNER", x: 220, y: 30, size: 14 },
      { text: "STATIONERY SDN. BHD", x: 210, y: 50, size: 14 },
      { text: "(918273-K)", x: 250, y: 70 },
      ...column(200, 86, [
        "NO. 8, JALAN TEMPUA 2,",
        "TAMAN MELATI, 53100 KUALA LUMPUR",
        "TEL: 03-41058899",
        "GST ID: 000812345678",
      ]),
      { text: "TAX INVOICE", x: 250, y: 160 },
      { text: "INV NO: CS00451", x: 180, y: 180 },
      { text: "DATE: 24/03/2018 17:41:09", x: 180, y: 196 },
      ...row(220, [
        ["A4 PAPER 80GSM", 180, "left"],
        ["12.90", 420, "right"],
      ]),
      ...row(236, [
        ["GEL PEN BLUE", 180, "left"],
        ["3.23", 420, "right"],
      ]),
      ...row(260, [
        ["TOTAL (INCL GST)", 180, "left"],
        ["RM 16.13", 420, "right"],
      ]),
      ...row(276, [
        ["ROUNDING ADJ", 180, "left"],
        ["0.02", 420, "right"],
      ]),
      ...row(292, [
        ["NET TOTAL", 180, "left"],
        ["RM 16.15", 420, "right"],
      ]),
      ...row(308, [
        ["CASH", 180, "left"],
        ["RM 20.00", 420, "right"],
      ]),
      ...row(324, [
        ["CHANGE", 180, "left"],
        ["RM 3.85", 420, "right"],
      ]),
      { text: "THANK YOU, PLEASE COME AGAIN", x: 200, y: 350 },
    ],
    "ocr",
  );
  return documentOf({ ...page, height: 1200 });
}

export function purchaseOrder(): ParsedDocument {
  return documentOf(
    paper([
      ...column(40, 40, ["Granite Peak Hospital", "700 Summit Avenue", "Boise, ID 83702"]),
      { text: "PURCHASE ORDER", x: 380, y: 40, size: 18 },
      ...row(70, [
        ["PO Number:", 380, "left"],
        ["4500098123", 460, "left"],
      ]),
      ...row(85, [
        ["Order Date:", 380, "left"],
        ["Jan 15, 2024", 460, "left"],
      ]),
      ...row(100, [
        ["Delivery Date:", 380, "left"],
        ["Feb 1, 2024", 460, "left"],
      ]),
      ...column(40, 130, ["Vendor:", "MedLine Fabrics Inc.", "15 Loom Street", "Dayton, OH 45402"]),
      ...column(300, 130, [
        "Ship To:",
        "Granite Peak Hospital",
        "Dock B, 702 Summit Avenue",
        "Boise, ID 83702",
      ]),
      ...row(230, [
        ["Item Description", 40, "left"],
        ["Qty", 330, "right"],
        ["Unit Price", 430, "right"],
        ["Total", 540, "right"],
      ]),
      ...row(248, [
        ["Surgical drape", 40, "left"],
        ["200", 330, "right"],
        ["$4.25", 430, "right"],
        ["$850.00", 540, "right"],
      ]),
      ...row(300, [
        ["Subtotal", 380, "left"],
        ["$850.00", 540, "right"],
      ]),
      ...row(316, [
        ["Shipping", 380, "left"],
        ["$50.00", 540, "right"],
      ]),
      ...row(332, [
        ["Total", 380, "left"],
        ["$900.00", 540, "right"],
      ]),
    ]),
  );
}
