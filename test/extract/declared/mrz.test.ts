import { describe, expect, it } from "vitest";
import { checkDigit, isZoneLine, readZone, zoneLine } from "../../../src/extract/declared/mrz.ts";

/** The specimens of ICAO 9303. */
const TD1 = [
  "I<UTOD231458907<<<<<<<<<<<<<<<",
  "7408122F1204159UTO<<<<<<<<<<<6",
  "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
];
const TD2 = ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"];
const TD3 = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];
const VISA = ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"];

describe("machine-readable zones", () => {
  it.each([
    ["TD1", TD1, "D23145890"],
    ["TD2", TD2, "D23145890"],
    ["TD3", TD3, "L898902C3"],
  ])("reads the specimen of %s with all its check digits", (format, lines, number) => {
    const zone = readZone(lines);
    expect(zone).toMatchObject({
      format,
      documentNumber: number,
      surname: "ERIKSSON",
      givenNames: "ANNA MARIA",
      birthDate: "1974-08-12",
      expiryDate: "2012-04-15",
      sex: "female",
    });
    expect([...(zone?.proven ?? [])]).toEqual(["number", "birth", "expiry", "all"]);
  });

  it("reads a visa, which has no digit over the whole", () => {
    expect(readZone(VISA)).toMatchObject({
      format: "MRV-A",
      documentNumber: "L8988901C",
      nationality: "XXX",
    });
  });

  it("puts right what OCR takes for each other", () => {
    const read = [
      "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
      "L8989O2C36UTO74O8I22F12O4I59ZE184226B<<<<<10",
    ];
    expect(readZone(read)).toMatchObject({
      documentNumber: "L898902C3",
      birthDate: "1974-08-12",
      lines: TD3,
    });
  });

  it("takes no lines that nothing proves", () => {
    expect(readZone([TD3[0] ?? "", "L898902C99UTO7408129F1204150ZE184226B<<<<<17"])).toBeNull();
    expect(readZone(["HELLO<WORLD", "NOTHING"])).toBeNull();
    expect(readZone([])).toBeNull();
  });

  it("knows its alphabet and its check digits", () => {
    expect(zoneLine("p«uto erik")).toBe("P<<UTOERIK");
    expect(isZoneLine(TD1[1] ?? "")).toBe(true);
    expect(isZoneLine("A sentence of about thirty letters")).toBe(false);
    expect(checkDigit("520727")).toBe(3);
  });
});
