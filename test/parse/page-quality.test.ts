import { describe, expect, it } from "vitest";
import { isBlank, judgeTextLayer, mergeReadings } from "../../src/parse/page-quality.ts";
import type { PdfPageText, ReadWord } from "../../src/ports.ts";

const wordsOf = (content: string): ReadWord[] =>
  content.split(/\s+/).map((text, index) => ({
    text,
    bbox: [(index % 10) / 10, 0.1, (index % 10) / 10 + 0.08, 0.12],
    confidence: 1,
    line: Math.floor(index / 10),
  }));

const page = (content: string, more: Partial<PdfPageText> = {}): PdfPageText => ({
  width: 595,
  height: 842,
  rotation: 0,
  words: content === "" ? [] : wordsOf(content),
  rulings: [],
  imageCoverage: 0,
  undecoded: 0,
  outlines: 0,
  drawings: 0,
  ...more,
});

/** Letters moved on by `steps`, as a font with a shifted table shows them. */
const shift = (content: string, steps: number) =>
  content.replace(/[A-Za-z]/g, (letter) => {
    const base = letter < "a" ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + steps) % 26) + base);
  });

const LETTERS: Record<string, string> = {
  English:
    "Thank you for your order. Please find below the invoice for the goods delivered on 12 March 2024. The total amount of 1,240.00 is payable within thirty days.",
  German:
    "Sehr geehrte Damen und Herren, hiermit stellen wir Ihnen die folgenden Leistungen in Rechnung. Bitte überweisen Sie den Betrag von 1.240,00 EUR ohne Abzug auf unser Konto.",
  French:
    "Nous vous remercions de votre commande. Veuillez trouver ci-joint la facture des marchandises livrées le 12 mars 2024. Le montant total est payable sous trente jours.",
  Polish:
    "Dziękujemy za złożenie zamówienia. W załączeniu przesyłamy fakturę za dostarczone towary. Kwota do zapłaty wynosi 1240,00 złotych, termin płatności trzydzieści dni.",
  Finnish:
    "Kiitämme tilauksestanne. Ohessa lasku toimitetuista tavaroista. Maksettava yhteensä 1240,00 euroa, maksuehto kolmekymmentä päivää netto, viivästyskorko kahdeksan prosenttia.",
  Turkish:
    "Siparişiniz için teşekkür ederiz. Teslim edilen mallar için düzenlenen fatura ekte sunulmuştur. Toplam tutar 1240,00 lira olup otuz gün içinde ödenmesi gerekmektedir.",
  Hungarian:
    "Köszönjük megrendelését. Mellékelten küldjük a leszállított áruk számláját. A fizetendő összeg 1240,00 forint, fizetési határidő harminc nap a számla keltétől számítva.",
  Indonesian:
    "Terima kasih atas pesanan Anda. Berikut kami lampirkan faktur untuk barang yang telah dikirim. Jumlah yang harus dibayar adalah 1.240.000 rupiah dalam tiga puluh hari.",
};

describe("judging a text layer", () => {
  it("finds a few words garbled when their letters have become signs", () => {
    expect(judgeTextLayer(page("5(&20('$&,Ï1"))).toBe("garbled");
    for (const few of [
      "Total: $12.50",
      "(555) 123-4567",
      "***",
      "https://example.org/a?b=c",
      "-----",
      "A-1/B_2",
    ]) {
      expect(judgeTextLayer(page(few))).toBe("good");
    }
  });

  for (const [language, letter] of Object.entries(LETTERS)) {
    it(`finds ${language} good and most of its ciphers garbled`, () => {
      expect(judgeTextLayer(page(letter))).toBe("good");
      const caught = [3, 7, 10, 13, 16, 19, 23].filter(
        (steps) => judgeTextLayer(page(shift(letter, steps))) === "garbled",
      );
      expect(caught.length).toBeGreaterThanOrEqual(5);
    });
  }

  it("finds other scripts, codes and amounts good", () => {
    expect(
      judgeTextLayer(page("Счёт на оплату № 17 от 12 марта 2024 г. Итого к оплате: 1 240,00 руб.")),
    ).toBe("good");
    expect(
      judgeTextLayer(page("請求書 番号 4711 合計 金額 12,500円 税込 支払 期限 翌月 末日 振込 銀行")),
    ).toBe("good");
    expect(
      judgeTextLayer(
        page("SKU-00123 2x 12.50 25.00 A4-80G 10x 3.10 31.00 VAT 20% 11.20 DE123456789 #4711 €67.20"),
      ),
    ).toBe("good");
  });

  it("finds private-use, replacement and undecoded characters garbled", () => {
    expect(
      judgeTextLayer(
        page("\uE001\uE002\uE003\uE004 \uE005\uE006 \uE007\uE008\uE009\uE00A\uE00B\uE00C".repeat(3)),
      ),
    ).toBe("garbled");
    expect(judgeTextLayer(page(`Total 12.50 ${"\uFFFD\uFFFD\uFFFD ".repeat(12).trim()}`))).toBe("garbled");
    expect(judgeTextLayer(page("Total 12.50 due now today please", { undecoded: 60 }))).toBe("garbled");
  });

  it("forgives a few icons", () => {
    expect(judgeTextLayer(page(`\uF095 ${LETTERS["English"]} \uF0E0`))).toBe("good");
  });

  it("mistrusts a few words on a large picture or among outlined letters", () => {
    expect(judgeTextLayer(page("Scanned by a phone"))).toBe("good");
    expect(judgeTextLayer(page("Scanned by a phone", { imageCoverage: 0.9 }))).toBe("sparse");
    expect(judgeTextLayer(page("Page 1 of 2", { outlines: 900 }))).toBe("sparse");
    expect(judgeTextLayer(page(LETTERS["German"]!.repeat(3), { imageCoverage: 1 }))).toBe("good");
  });

  it("tells a blank page from one whose text it cannot see", () => {
    expect(isBlank(page(""))).toBe(true);
    expect(isBlank(page("", { drawings: 1 }))).toBe(false);
    expect(isBlank(page("", { undecoded: 5 }))).toBe(false);
    expect(judgeTextLayer(page("", { undecoded: 5 }))).toBe("none");
  });
});

describe("joining a sparse layer with OCR", () => {
  it("keeps the layer's words and adds those that OCR sees elsewhere", () => {
    const layer: ReadWord[] = [{ text: "4711", bbox: [0.1, 0.1, 0.2, 0.12], confidence: 1, line: 0 }];
    const ocr: ReadWord[] = [
      { text: "47l1", bbox: [0.1, 0.099, 0.2, 0.121], confidence: 0.6, line: 0 },
      { text: "Total", bbox: [0.1, 0.5, 0.2, 0.52], confidence: 0.9, line: 1 },
    ];
    const merged = mergeReadings(layer, ocr);
    expect(merged.map((word) => word.text)).toEqual(["4711", "Total"]);
    expect(new Set(merged.map((word) => word.line)).size).toBe(2);
  });
});
