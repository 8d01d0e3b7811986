import { describe, expect, it } from "vitest";
import { classify } from "../../src/classify/classify.ts";
import { createEmbeddedEngine } from "../../src/extract/engine/embedded.ts";
import { extractors } from "../../src/extract/registry.ts";
import type { DocumentType, Extraction, Review } from "../../src/model/extraction.ts";
import type { ParsedPage } from "../../src/model/parsed.ts";
import { validate } from "../../src/validate/validate.ts";
import { documentOf, type Mark, paper, row, typed } from "./paper.ts";

const engine = createEmbeddedEngine();

interface Judged extends Extraction {
  readonly type: DocumentType;
  readonly score: number;
  readonly review: Review;
}

async function judge(page: ParsedPage): Promise<Judged> {
  const parsed = documentOf(page);
  const { type, score } = classify(parsed);
  const extraction = await engine.extract(parsed, type);
  return { ...extraction, type, score, review: validate(extraction, extractors[type], parsed).review };
}

type Cells = readonly (readonly [string, number])[];

function cells(y: number, texts: Cells): Mark[] {
  return row(
    y,
    texts.map(([text, x]) => [text, x, "left"] as const),
  );
}

interface Bill {
  readonly title: string;
  readonly head: readonly string[];
  readonly vendor: readonly string[];
  readonly customer: string;
  readonly columns: readonly [string, string, string, string];
  readonly item: readonly [string, string, string, string];
  readonly sums: readonly (readonly [string, string])[];
}

/** A bill as programs print it: title, head at the right, parties, one line of goods, sums. */
function bill({ title, head, vendor, customer, columns, item, sums }: Bill): ParsedPage {
  const places = [40, 200, 300, 400] as const;
  const across = (texts: Bill["columns"]): Cells =>
    places.map((x, index) => [texts[index] ?? "", x] as const);
  return paper([
    { text: title, x: 40, y: 40, size: 16 },
    ...head.map((text, index) => ({ text, x: 340, y: 80 + index * 16 })),
    ...vendor.map((text, index) => ({ text, x: 40, y: 90 + index * 16 })),
    { text: customer, x: 40, y: 146 },
    ...cells(200, across(columns)),
    ...cells(220, across(item)),
    ...sums.flatMap(([label, amount], index) =>
      cells(260 + index * 16, [
        [label, 300],
        [amount, 430],
      ]),
    ),
  ]);
}

const BILLS = {
  Hungarian: [
    bill({
      title: "SZÁMLA",
      head: [
        "Számlaszám: E-KFT-2025-118",
        "Számla kelte: 2025. március 4.",
        "Fizetési határidő: 2025. 03. 18.",
      ],
      vendor: ["Eladó: Északi Szél Kft.", "Adószám: 12345678-2-42"],
      customer: "Vevő: Zöld Erdő Zrt.",
      columns: ["Megnevezés", "Mennyiség", "Egységár", "Nettó érték"],
      item: ["Tanácsadás", "10", "15 000", "150 000"],
      sums: [
        ["Nettó összesen:", "150 000 Ft"],
        ["ÁFA 27%:", "40 500 Ft"],
        ["Fizetendő összesen:", "190 500 Ft"],
      ],
    }),
    {
      invoice_number: "E-KFT-2025-118",
      invoice_date: "2025-03-04",
      due_date: "2025-03-18",
      total: "190500.00",
      currency: "HUF",
      vendor: { name: expect.stringContaining("Északi Szél Kft") as string },
      customer: { name: expect.stringContaining("Zöld Erdő Zrt") as string },
      line_items: [{ description: "Tanácsadás", quantity: "10", amount: "150000" }],
    },
  ],
  Romanian: [
    bill({
      title: "FACTURĂ FISCALĂ",
      head: ["Nr. factură: NV 0118", "Data emiterii: 04.03.2025", "Data scadenței: 18.03.2025"],
      vendor: ["Furnizor: Vântul Nordului SRL", "CIF: RO12345678"],
      customer: "Client: Pădurea Verde SA",
      columns: ["Denumire produs", "Cantitate", "Preț unitar", "Valoare"],
      item: ["Consultanță", "10", "50,00", "500,00"],
      sums: [
        ["Total fără TVA", "500,00 lei"],
        ["TVA 19%", "95,00 lei"],
        ["Total de plată", "595,00 lei"],
      ],
    }),
    {
      invoice_number: "NV 0118",
      due_date: "2025-03-18",
      subtotal: "500.00",
      tax_total: "95.00",
      total: "595.00",
      currency: "RON",
      vendor: { name: "Vântul Nordului SRL", tax_id: "RO12345678" },
    },
  ],
  Greek: [
    bill({
      title: "ΤΙΜΟΛΟΓΙΟ ΠΑΡΟΧΗΣ ΥΠΗΡΕΣΙΩΝ",
      head: ["Αριθμός τιμολογίου: ΤΠΥ-118", "Ημερομηνία έκδοσης: 4 Μαρτίου 2025"],
      vendor: ["Προμηθευτής: Βόρειος Άνεμος ΑΕ", "ΑΦΜ: 123456789"],
      customer: "Πελάτης: Πράσινο Δάσος ΕΠΕ",
      columns: ["Περιγραφή", "Ποσότητα", "Τιμή μονάδας", "Αξία"],
      item: ["Σύμβουλος", "10", "50,00", "500,00"],
      sums: [
        ["Καθαρή αξία", "500,00 €"],
        ["ΦΠΑ 24%", "120,00 €"],
        ["Πληρωτέο ποσό", "620,00 €"],
      ],
    }),
    {
      invoice_number: "ΤΠΥ-118",
      invoice_date: "2025-03-04",
      total: "620.00",
      vendor: { name: "Βόρειος Άνεμος ΑΕ", tax_id: "123456789" },
      customer: { name: "Πράσινο Δάσος ΕΠΕ" },
    },
  ],
  Turkish: [
    bill({
      title: "e-Arşiv Fatura",
      head: ["Fatura No: ABC2025000000118", "Fatura Tarihi: 04-03-2025", "Vade Tarihi: 3 Nisan 2025"],
      vendor: ["Satıcı: Kuzey Rüzgarı Ltd. Şti.", "VKN: 1234567890"],
      customer: "Sayın: Yeşil Orman A.Ş.",
      columns: ["Mal Hizmet", "Miktar", "Birim Fiyat", "Tutar"],
      item: ["Danışmanlık", "10", "50,00", "500,00"],
      sums: [
        ["Ara Toplam", "500,00 TL"],
        ["Hesaplanan KDV (%20)", "100,00 TL"],
        ["Ödenecek Tutar", "600,00 TL"],
      ],
    }),
    { due_date: "2025-04-03", subtotal: "500.00", tax_total: "100.00", total: "600.00", currency: "TRY" },
  ],
  Ukrainian: [
    bill({
      title: "Рахунок на оплату № 125 від 4 березня 2025 р.",
      head: ["Сплатити до: 18.03.2025"],
      vendor: ["Постачальник: ТОВ Північний вітер", "Код ЄДРПОУ: 12345678"],
      customer: "Покупець: ТОВ Зелений ліс",
      columns: ["Найменування", "Кількість", "Ціна без ПДВ", "Сума без ПДВ"],
      item: ["Консультація", "10", "500,00", "5 000,00"],
      sums: [
        ["Разом без ПДВ:", "5 000,00"],
        ["ПДВ 20%:", "1 000,00"],
        ["Всього до сплати:", "6 000,00 грн"],
      ],
    }),
    {
      invoice_number: "125",
      invoice_date: "2025-03-04",
      due_date: "2025-03-18",
      total: "6000.00",
      currency: "UAH",
      vendor: { name: "ТОВ Північний вітер" },
    },
  ],
  Chinese: [
    bill({
      title: "增值税电子普通发票",
      head: ["发票号码：25447000000123456789", "开票日期：2025年3月4日"],
      vendor: ["销售方名称：上海东方贸易有限公司", "统一社会信用代码：91310000MA1FL0000X"],
      customer: "购买方名称：北京晨光科技有限公司",
      columns: ["项目名称", "数量", "单价", "金额"],
      item: ["打印纸", "10", "120.00", "1200.00"],
      sums: [
        ["合计金额：¥1200.00", ""],
        ["税额：¥156.00", ""],
        ["价税合计：¥1356.00", ""],
      ],
    }),
    {
      invoice_number: "25447000000123456789",
      invoice_date: "2025-03-04",
      total: "1356.00",
      currency: "CNY",
      vendor: { name: "上海东方贸易有限公司", tax_id: "91310000MA1FL0000X" },
      customer: { name: "北京晨光科技有限公司" },
      line_items: [{ description: "打印纸", quantity: "10", unit_price: "120.00", amount: "1200.00" }],
    },
  ],
  Japanese: [
    bill({
      title: "請 求 書",
      head: ["請求書番号：ＩＮＶ－０３１１", "請求日：2025年3月4日", "お支払期限：令和7年4月30日"],
      vendor: ["発行元：山田工業株式会社", "登録番号：T1234567890123"],
      customer: "請求先：田中商事株式会社",
      columns: ["品目", "数量", "単価", "金額"],
      item: ["設計業務", "5", "３０，０００", "150,000"],
      sums: [
        ["小計", "150,000円"],
        ["消費税(10%)", "15,000円"],
        ["ご請求金額", "￥１６５，０００"],
      ],
    }),
    {
      invoice_number: "INV-0311",
      invoice_date: "2025-03-04",
      due_date: "2025-04-30",
      subtotal: "150000.00",
      total: "165000.00",
      currency: "JPY",
      vendor: { name: "山田工業株式会社" },
      customer: { name: "田中商事株式会社" },
      line_items: [{ description: "設計業務", quantity: "5", unit_price: "30000" }],
    },
  ],
  Korean: [
    bill({
      title: "세금계산서",
      head: ["승인번호: 20250304-41000012", "작성일자: 2025년 3월 4일"],
      vendor: ["공급자: 주식회사 한빛", "등록번호: 123-45-67890"],
      customer: "공급받는자: 주식회사 새별",
      columns: ["품목", "수량", "단가", "금액"],
      item: ["컨설팅", "10", "50,000", "500,000"],
      sums: [
        ["공급가액", "500,000원"],
        ["세액", "50,000원"],
        ["합계금액", "550,000원"],
      ],
    }),
    {
      invoice_number: "20250304-41000012",
      invoice_date: "2025-03-04",
      total: "550000.00",
      currency: "KRW",
      vendor: { name: "주식회사 한빛", tax_id: "123-45-67890" },
      customer: { name: "주식회사 새별" },
    },
  ],
} as const;

describe("a bill in a language whose labels are known", () => {
  it.each(Object.entries(BILLS))("is read: %s", async (_, [page, expected]) => {
    const { type, data, warnings } = await judge(page);
    expect(type).toBe("invoice");
    expect(data).toMatchObject(expected);
    expect(warnings).toEqual([]);
  });
});

/** Words from a right edge leftwards, each where a reader sees it. */
function leftwards(text: string, right: number, y: number, size = 10): Mark[] {
  let edge = right;
  return text.split(" ").map((word) => {
    const mark = { text: word, x: 0, right: edge, y, size };
    edge -= (word.length + 1) * size * 0.5;
    return mark;
  });
}

const ARABIC = paper([
  ...leftwards("فاتورة ضريبية", 350, 40, 18),
  ...leftwards("رقم الفاتورة: INV-2025-77", 560, 80),
  ...leftwards("تاريخ الفاتورة: ٠٤/٠٣/٢٠٢٥", 560, 96),
  ...leftwards("تاريخ الاستحقاق: ٣ أبريل ٢٠٢٥", 560, 112),
  ...leftwards("المورد: شركة النور للتجارة", 560, 130),
  ...leftwards("العميل: مؤسسة الأمل", 560, 170),
  ...[
    ["الوصف", "الكمية", "سعر الوحدة", "المبلغ"],
    ["خدمات استشارية", "10", "450.00", "4,500.00"],
    ["دعم فني", "2", "250.00", "500.00"],
  ].flatMap((texts, index) =>
    texts.flatMap((text, column) => leftwards(text, [560, 330, 240, 120][column] ?? 0, 220 + index * 16)),
  ),
  ...[
    ["المجموع الفرعي", "5,000.00"],
    ["ضريبة القيمة المضافة 15%", "750.00"],
    ["الإجمالي", "٥٬٧٥٠٫٠٠ ر.س"],
  ].flatMap(([label = "", amount = ""], index) =>
    leftwards(label, 300, 290 + index * 16).concat(leftwards(amount, 120, 290 + index * 16)),
  ),
  { text: "SA03 8000 0000 6080 1016 7519", x: 340, y: 360 },
  ...leftwards("الآيبان:", 560, 360),
]);

describe("a page that reads from right to left", () => {
  it("gives values in the order in which they are read, digits and numbers as they are", async () => {
    const { type, data } = await judge(ARABIC);
    expect(type).toBe("invoice");
    expect(data).toMatchObject({
      invoice_number: "INV-2025-77",
      invoice_date: "2025-03-04",
      due_date: "2025-04-03",
      subtotal: "5000.00",
      tax_total: "750.00",
      total: "5750.00",
      currency: "SAR",
      vendor: { name: "شركة النور للتجارة" },
      customer: { name: "مؤسسة الأمل" },
      bank_accounts: [{ iban: "SA0380000000608010167519" }],
      line_items: [
        { description: "خدمات استشارية", quantity: "10", unit_price: "450.00" },
        { description: "دعم فني", quantity: "2", unit_price: "250.00" },
      ],
    });
  });

  it("cites what is printed where it is printed, not its mirror image", async () => {
    const { evidence } = await judge(ARABIC);
    const printed = ARABIC.words.find(({ text }) => text === "٠٤/٠٣/٢٠٢٥");
    const cited = evidence["/invoice_date"];
    expect(cited?.content).toBe("٠٤/٠٣/٢٠٢٥");
    expect(cited?.citations[0]?.bbox?.[0]).toBeCloseTo(printed?.bbox[0] ?? -1, 3);
  });
});

const UNKNOWN = {
  Vietnamese: `HÓA ĐƠN GIÁ TRỊ GIA TĂNG
Số: 00001234          Ngày 04 tháng 03 năm 2025
Đơn vị bán hàng: CÔNG TY TNHH THƯƠNG MẠI ÁNH DƯƠNG
Họ tên người mua hàng: Trần Văn Nam
Máy in laser        2      3.500.000      7.000.000
Cộng tiền hàng:                           7.000.000
Tiền thuế GTGT:                             700.000
Tổng cộng tiền thanh toán:                7.700.000`,
  Croatian: `Račun br. 125/1/1
Datum dospijeća: 18.03.2025.
Izdavatelj: Plavi Val d.o.o., Split          IBAN: HR1723600001101234565
Kupac: Zeleni Brijeg d.o.o., Zagreb
Usluge savjetovanja      10      50,00      500,00
Osnovica                                    500,00
PDV 25%                                     125,00
Ukupno za platiti                           625,00 EUR
Način plaćanja: transakcijski račun. Hvala na povjerenju.`,
  Russian: `Счет на оплату № 125 от 04 марта 2025 г.
Поставщик: ООО Северный ветер, г. Москва
Покупатель: ООО Зелёный лес
Консультация       10      5 000,00      50 000,00
Итого:                                   50 000,00
В том числе НДС:                          8 333,33
Всего к оплате:                          50 000,00`,
  Hebrew: `חשבונית מס 10245          תאריך: 04/03/2025
לכבוד: חברת אורן בע"מ
ייעוץ          10      250.00      2,500.00
סה"כ לפני מע"מ                     2,500.00
מע"מ 18%                             450.00
סה"כ לתשלום                        2,950.00
תודה רבה על ההזמנה שלכם`,
  Thai: `ใบแจ้งหนี้ เลขที่ 014          วันที่ 04/03/2025
ลูกค้า บริษัท สยามการค้า จำกัด
ค่าบริการ          10      500.00      5,000.00
รวมเงิน                                5,000.00
ภาษีมูลค่าเพิ่ม 7%                          350.00
จำนวนเงินรวมทั้งสิ้น                        5,350.00
กำหนดชำระ ภายในเดือนนี้ ขอบคุณที่ใช้บริการ`,
} as const;

/** Names and numbers that only a label tells. */
const TOLD_BY_LABELS = ["invoice_number", "due_date", "customer", "ship_to", "payment_terms"];

describe("a bill in a language whose labels are not known", () => {
  it.each(Object.entries(UNKNOWN))(
    "is unsure of its kind and says why a person has to look: %s",
    async (_, text) => {
      const { type, score, data, warnings, review } = await judge(typed(text, "text_layer"));
      expect(warnings.map(({ code }) => code)).toContain("language_unknown");
      expect(review).toMatchObject({ required: true, auto_approved: false });
      expect(review.reasons).toContain("language_unknown");
      expect(type === "generic" || score < 0.85).toBe(true);
      for (const field of TOLD_BY_LABELS) expect(data).not.toHaveProperty(field);
      expect(data).not.toHaveProperty("vendor.name");
    },
  );

  it("gives what its form and arithmetic prove", async () => {
    const text = `ARVE nr 2025-118          04.03.2025
Müüja: Põhjatuul OÜ, Tallinn          KMKR EE101234567
Ostja: Männimets AS          EE382200221020145685
Konsultatsioon      10      50,00      500,00
Summa käibemaksuta                     500,00
Käibemaks 22%                          110,00
Kokku tasuda                           610,00 EUR
Viivis 0,5% päevas. Palume tasuda arve õigeaegselt.`;
    const parsed = documentOf(typed(text, "text_layer"));
    const { data, warnings } = await engine.extract(parsed, "invoice");
    expect(warnings.map(({ code }) => code)).toEqual(["language_unknown"]);
    expect(data).toMatchObject({
      subtotal: "500.00",
      tax_total: "110.00",
      total: "610.00",
      currency: "EUR",
      bank_accounts: [{ iban: "EE382200221020145685" }],
    });
    expect(data).not.toHaveProperty("customer");
    expect(data).not.toHaveProperty("vendor.name");
  });

  it("is not suspected of a list of goods in a language that is known", async () => {
    const goods = Array.from({ length: 60 }, (_, i) => {
      const name = Array.from("abcdefgh", (letter, at) => letter + "aeiou".charAt((i + at) % 5)).join("");
      return `${name}${"xyz".charAt(i % 3)}ol ${name.slice(i % 7)}      2      10,00      20,00`;
    });
    const text = [
      "Rechnungsnummer: 4711          Rechnungsdatum: 04.03.2025",
      "Kundennummer: 1200             Lieferdatum: 01.03.2025",
      ...goods,
      "Zwischensumme      1.200,00 EUR",
      "Gesamtbetrag       1.200,00 EUR",
    ].join("\n");
    const parsed = documentOf(typed(text, "text_layer"));
    const { warnings } = await engine.extract(parsed, "invoice");
    expect(warnings.map(({ code }) => code)).not.toContain("language_unknown");
  });
});
