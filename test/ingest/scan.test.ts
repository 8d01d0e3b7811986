import { describe, expect, it } from "vitest";
import { scan } from "../../src/ingest/scan.ts";

const EICAR = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("");

const scanned = (text: string) => {
  const bytes = new TextEncoder().encode(text);
  return scan({ head: bytes.subarray(0, 4_096), size: bytes.length, range: async () => bytes });
};

describe("malware is looked for in what is sent", () => {
  it.each([
    ["alone", EICAR],
    ["with a line's end", `${EICAR}\r\n`],
    ["with all the white space that it may have", `${EICAR}${" \t\r\n\u001a".repeat(12)}`],
  ])("the test file is found %s", async (_how, text) => {
    expect(await scanned(text)).toMatchObject({ code: "malware_found" });
  });

  it.each([
    ["a letter that speaks of it", `The string is ${EICAR}`],
    ["what begins as it does", `${EICAR} is a test`],
    ["what is longer than it may be", EICAR + " ".repeat(61)],
    ["an invoice", "Invoice 7"],
  ])("nothing is found in %s", async (_what, text) => {
    expect(await scanned(text)).toBeNull();
  });
});
