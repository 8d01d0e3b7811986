import { describe, expect, it } from "vitest";
import { decodeNames } from "../../../src/parse/archive/code-pages.ts";

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

describe("names in a code page that nothing tells are read as words", () => {
  it.each([
    [
      "Chinese",
      ["c9f3bcc6b1a8b8e62e706466", "bacfcdac2fb7a2c6b1323032342e786c7378"],
      ["审计报告.pdf", "合同/发票2024.xlsx"],
    ],
    ["Chinese, short", ["b7a2c6b12e706466"], ["发票.pdf"]],
    [
      "Japanese",
      ["90bf8b818f915f32303234944e338c8e2e706466", "8ca990cf82e082e82f834a835e838d834f2e646f63"],
      ["請求書_2024年3月.pdf", "見積もり/カタログ.doc"],
    ],
    [
      "Korean",
      ["bcbcb1ddb0e8bbeabcad2e706466", "b0dfc0fbbcad20323032342e786c73"],
      ["세금계산서.pdf", "견적서 2024.xls"],
    ],
    [
      "Traditional Chinese",
      ["b56fb2bc2e706466", "b1c4c1caad71b3e62fa9fab2d3aaed2e786c73"],
      ["發票.pdf", "採購訂單/明細表.xls"],
    ],
    [
      "Russian of DOS",
      ["91e7a5e22de4a0aae2e3e0a020fc352e706466", "84aea3aea2aee02f8fe0a8abaea6a5ada8a52e646f63"],
      ["Счет-фактура №5.pdf", "Договор/Приложение.doc"],
    ],
    [
      "Russian of Windows",
      ["c4eee3eee2eef020efeef1f2e0e2eae82e706466", "d1f7b8f220ede020eeefebe0f2f32e786c73"],
      ["Договор поставки.pdf", "Счёт на оплату.xls"],
    ],
    ["Russian of Unix", ["e4cfc7cfd7cfd220d0cfd3d4c1d7cbc92e706466"], ["Договор поставки.pdf"]],
    [
      "German of DOS",
      ["526563686e756e67204d84727a2e706466", "41756674728467652f477294e1652e786c73"],
      ["Rechnung März.pdf", "Aufträge/Größe.xls"],
    ],
    [
      "German of Windows",
      ["526563686e756e67204de4727a2e706466", "4175667472e467652f4772f6df652e786c73"],
      ["Rechnung März.pdf", "Aufträge/Größe.xls"],
    ],
    [
      "French of DOS",
      ["46616374757265208274822e706466", "67826e8272616c2f726587752085206c2782636f6c652e646f63"],
      ["Facture été.pdf", "général/reçu à l'école.doc"],
    ],
    [
      "French of Windows",
      ["4661637475726520e974e92e706466", "67e96ee972616c2f7265e77520e0206c27e9636f6c652e646f63"],
      ["Facture été.pdf", "général/reçu à l'école.doc"],
    ],
    [
      "Spanish of DOS",
      ["4661637475726120656c65637472a26e6963612061a46f2e706466"],
      ["Factura electrónica año.pdf"],
    ],
    [
      "Portuguese of DOS",
      ["52656c6174a272696f206465206176616c696187c66f2e706466", "496e666f726d6187e465732e646f63"],
      ["Relatório de avaliação.pdf", "Informações.doc"],
    ],
    [
      "Czech of DOS",
      ["446f646163a1206c697374209f2e20352e706466", "e99f65742f70fda16c6f68612e646f63"],
      ["Dodací list č. 5.pdf", "Účet/příloha.doc"],
    ],
    [
      "Polish of DOS",
      ["556d6f7761207370727a656461be792e706466", "5a616da27769656e696520637aa99863692e646f63"],
      ["Umowa sprzedaży.pdf", "Zamówienie części.doc"],
    ],
    [
      "Polish of Windows",
      ["556d6f7761207370727a656461bf792e706466", "5a616df37769656e696520637aea9c63692e646f63"],
      ["Umowa sprzedaży.pdf", "Zamówienie części.doc"],
    ],
    [
      "Greek of Windows",
      ["d4e9ecefebfce3e9ef2e706466", "d0e1f1e1e3e3e5ebdfe12ff3fdece2e1f3e72e646f63"],
      ["Τιμολόγιο.pdf", "Παραγγελία/σύμβαση.doc"],
    ],
    ["German capitals of DOS", ["9a42455253494348542e545854"], ["ÜBERSICHT.TXT"]],
  ])("%s", (_what, hex, expected) => {
    expect(decodeNames(hex.map(bytes)).names).toEqual(expected);
  });

  it("a name in UTF-8 is read so, whatever its neighbours are", () => {
    const { names, guessed } = decodeNames([bytes("b7a2c6b12e706466"), new TextEncoder().encode("März.pdf")]);
    expect(names).toEqual(["发票.pdf", "März.pdf"]);
    expect(guessed).toBe("gbk");
  });

  it("plain names are not guessed at", () => {
    expect(decodeNames([bytes("612e706466")])).toEqual({ names: ["a.pdf"], guessed: null });
  });

  it("bytes that are a name in no code page are kept as some name", () => {
    const { names } = decodeNames([Uint8Array.from({ length: 128 }, (_, at) => at + 128)]);
    expect(names[0]).toHaveLength(128);
  });
});
