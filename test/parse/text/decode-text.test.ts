import { describe, expect, it } from "vitest";
import { declaredEncoding } from "../../../src/parse/text/declared-encoding.ts";
import { decodeText, encodingWarnings } from "../../../src/parse/text/decode-text.ts";
import { encode, encodeWide } from "../../fixtures/encode.ts";

const GERMAN =
  "Rechnung für die Lieferung größerer Mengen\nZahlbar bis Ende März, Übergabe in Köln. Straße 5, 3 Stück";
const FRENCH =
  "Facture n° 12 du 5 août. Reçu à Orléans, réglé par chèque. Total à payer dès réception : 12,50";
const SPANISH =
  "Factura número 12 emitida en España el día 5. ¿Dónde está el señor Núñez? Teléfono, dirección, país";
const PORTUGUESE =
  "A nota fiscal não será válida após a devolução. Endereço: São Paulo, serviços de manutenção";
const DANISH =
  "Fakturaen er sendt på grund af køb af smør og æbler. Læs også på næste side, tak for handelen";
const SWEDISH =
  "Fakturan gäller för köp av öl och bröd på måndag. Återstår att betala: två hundra kronor, tack så mycket";
const POLISH =
  "Faktura za usługi budowlane. Należność proszę wpłacić na rachunek do końca miesiąca. Łódź, źródło, pięć";
const CZECH =
  "Faktura za dodané zboží. Příliš žluťoučký kůň úpěl ďábelské ódy. Částka je splatná do týdne, děkujeme";
const HUNGARIAN =
  "Számla a szállított árukról. Fizetendő összeg: ötven forint, határidő péntek, köszönjük a vásárlást";
const RUSSIAN =
  "Счёт на оплату за поставленные товары. Просим оплатить до конца месяца. Итого к оплате: сто рублей. Москва";
const UKRAINIAN =
  "Рахунок за надані послуги. Сплатити до кінця місяця, інакше договір буде розірвано. Київ, Україна";
const GREEK = "Τιμολόγιο για τα προϊόντα που παραδόθηκαν. Πληρωτέο ποσό έως το τέλος του μήνα. Αθήνα, Ελλάδα";
const HEBREW = "חשבונית מס עבור שירותים שניתנו. יש לשלם עד סוף החודש לחשבון הבנק שלנו. תל אביב, ישראל";
const ARABIC = "فاتورة عن الخدمات المقدمة. يرجى الدفع قبل نهاية الشهر إلى حساب الشركة في البنك. القاهرة، مصر";
const TURKISH =
  "Fatura, teslim edilen ürünler için düzenlenmiştir. Ödeme şartları aşağıda. İstanbul, Türkiye, ağustos ışığı";
const LITHUANIAN =
  "Sąskaita už suteiktas paslaugas. Prašome apmokėti iki mėnesio pabaigos. Šiauliai, žuvis, ąžuolas, ėjo";
const THAI = "ใบแจ้งหนี้สำหรับสินค้าที่ส่งมอบ กรุณาชำระเงินภายในสิ้นเดือนนี้ ขอบคุณที่ใช้บริการของเรา กรุงเทพ";
const JAPANESE =
  "請求書\n株式会社山田商店 御中\n下記のとおりご請求申し上げます。お支払いは月末までにお願いいたします。合計 12,000円";
const SIMPLIFIED =
  "发票\n北京科技有限公司\n请在本月底之前付款。我们对您的支持表示感谢，这是合同规定的金额，总计一百元。";
const TRADITIONAL =
  "發票\n台北科技股份有限公司\n請在本月底之前付款。我們對您的支持表示感謝，這是合約規定的金額，總計一百元。";
const KOREAN =
  "청구서\n서울상사 주식회사\n이번 달 말까지 대금을 지급하여 주시기 바랍니다. 합계 금액은 아래와 같습니다. 감사합니다";
const DOS = "║ Rechnung für Müller ║ Größe fünf ║\n╚════════════════════╝ Straße";

describe("a text that does not say its encoding", () => {
  const texts: readonly (readonly [string, string])[] = [
    ...[GERMAN, FRENCH, SPANISH, PORTUGUESE, DANISH, SWEDISH].map((text) => ["windows-1252", text] as const),
    ["windows-1252", "Der Preis beträgt 5 € – das ist für „alle“ gültig"],
    ...[POLISH, CZECH, HUNGARIAN].flatMap((text) => [
      ["windows-1250", text] as const,
      ["iso-8859-2", text] as const,
    ]),
    ...["windows-1251", "koi8-r", "iso-8859-5", "ibm866", "x-mac-cyrillic"].map(
      (label) => [label, RUSSIAN] as const,
    ),
    ["windows-1251", UKRAINIAN],
    ["koi8-u", UKRAINIAN],
    ["windows-1253", GREEK],
    ["iso-8859-7", GREEK],
    ["windows-1254", TURKISH],
    ["windows-1255", HEBREW],
    ["iso-8859-8", HEBREW],
    ["windows-1256", ARABIC],
    ["iso-8859-6", ARABIC],
    ["windows-1257", LITHUANIAN],
    ["windows-874", THAI],
    ["macintosh", GERMAN],
    ["macintosh", FRENCH],
    ["ibm850", DOS],
    ["shift_jis", JAPANESE],
    ["euc-jp", JAPANESE],
    ["gb18030", SIMPLIFIED],
    ["big5", TRADITIONAL],
    ["euc-kr", KOREAN],
  ];

  it.each(texts)("is read by what its letters look like: %s, %s", (label, text) => {
    expect(decodeText(encode(text, label)).text).toBe(text);
  });

  it.each([
    ["windows-1252", "Größe 5 kostet 12 im Laden"],
    ["windows-1252", "Café"],
    ["windows-1251", "Итого: 500"],
    ["shift_jis", "合計 500円です"],
    ["gb18030", "总计: 500元"],
  ])("is read even where little of it tells: %s, %s", (label, text) => {
    expect(decodeText(encode(text, label)).text).toBe(text);
  });

  it("is said to be guessed only where another reading is as likely", () => {
    expect(encodingWarnings(decodeText(encode(RUSSIAN, "koi8-r")))).toEqual([]);
    expect(encodingWarnings(decodeText(encode(GERMAN, "windows-1252")))).toEqual([]);
    expect(encodingWarnings(decodeText(Uint8Array.of(0x41, 0x20, 0xa4, 0x20, 0xc8)))).toMatchObject([
      { code: "encoding_guessed" },
    ]);
  });
});

describe("a text in Unicode", () => {
  const text = `${GERMAN}\n${RUSSIAN} 😀`;

  it("is read in every width and order, with a mark and without", () => {
    for (const [name, content] of [
      ["mixed", text],
      ["Japanese", JAPANESE],
    ] as const) {
      for (const width of [2, 4] as const) {
        for (const little of [true, false]) {
          const label = `${name} utf-${width * 8} ${little}`;
          expect([label, decodeText(encodeWide(`\uFEFF${content}`, width, little)).text]).toEqual([
            label,
            content,
          ]);
          expect([label, decodeText(encodeWide(content, width, little)).text]).toEqual([label, content]);
        }
      }
      expect(decodeText(new TextEncoder().encode(content))).toMatchObject({ text: content, sure: true });
      expect(decodeText(new TextEncoder().encode(`\uFEFF${content}`)).text).toBe(content);
    }
  });

  it("is still UTF-8 when its last character is cut off or one byte is damaged", () => {
    const bytes = new TextEncoder().encode(RUSSIAN);
    expect(decodeText(bytes.subarray(0, bytes.length - 1)).encoding).toBe("utf-8");
    const damaged = bytes.slice();
    damaged[20] = 0xff;
    expect(decodeText(damaged)).toMatchObject({ encoding: "utf-8", sure: false });
  });
});

describe("a declared encoding", () => {
  const head = (text: string) => declaredEncoding(new TextEncoder().encode(text));

  it("is found in XML declarations and in HTML", () => {
    expect(head(`<?xml version="1.0" encoding='KOI8-R'?><a/>`)).toBe("koi8-r");
    expect(head(`<html><head><meta charset=shift_jis>`)).toBe("shift_jis");
    expect(head(`<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-2">`)).toBe(
      "iso-8859-2",
    );
    expect(head(`<meta name="x" content="y"><p>charset=big5`)).toBeNull();
    expect(head(`<meta charset="utf-16">`)).toBeNull();
  });

  it("is believed where the bytes bear it, and not where they are UTF-8", () => {
    const bytes = Uint8Array.of(0xe0, 0xe1, 0xe2);
    expect(decodeText(bytes, "windows-1255").text).toBe("אבג");
    expect(decodeText(bytes, "windows-1253").text).toBe("ΰαβ");
    expect(decodeText(new TextEncoder().encode("é"), "windows-1251").text).toBe("é");
    expect(decodeText(encode(RUSSIAN, "windows-1251"), "no-such-charset").text).toBe(RUSSIAN);
    expect(decodeText(encode(JAPANESE, "shift_jis"), "euc-jp").text).toBe(JAPANESE);
  });

  it("is heard in Japanese mail's escapes", () => {
    const bytes = Uint8Array.of(0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42, 0x21);
    expect(decodeText(bytes).text).toBe("日本!");
  });
});

describe("bytes that are no text", () => {
  it("are refused, whatever is declared", () => {
    const noise = Uint8Array.from({ length: 4_000 }, (_, index) => (index * 7919 + (index >> 3)) & 0xff);
    for (const label of [null, "windows-1252", "gb18030"]) {
      expect(() => decodeText(noise, label)).toThrow(expect.objectContaining({ code: "unsupported_format" }));
    }
    expect(() => decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x20))).toThrow(
      expect.objectContaining({ code: "empty_file" }),
    );
  });
});
