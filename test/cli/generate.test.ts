import { PDFiumLibrary } from "@hyzyla/pdfium";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawDocument } from "../../src/cli/generate/draw.ts";
import type { DrawOptions } from "../../src/cli/generate/draw.ts";
import { KINDS } from "../../src/cli/generate/kinds.ts";
import { LANGUAGES } from "../../src/cli/generate/locale.ts";
import { writeSheets } from "../../src/cli/generate/pdf.ts";

const OPTIONS: DrawOptions = { seed: 11, split: "all", languages: LANGUAGES, series: 1 };
const COUNT = Number(process.env["COUNT"] ?? 15);

let library: PDFiumLibrary;
beforeAll(async () => {
  library = await PDFiumLibrary.init();
});
afterAll(() => library.destroy());

async function textOf(pdf: Uint8Array): Promise<string> {
  const document = await library.loadDocument(pdf);
  const text = [...document.pages()].map((page) => page.getText()).join("\n");
  document.destroy();
  return text;
}

const squeeze = (text: string): string => text.replaceAll(/[\s,·]/gu, "");

describe.each(KINDS)("$type", (kind) => {
  test("what the truth says is printed on the page", async () => {
    const missing: string[] = [];
    for (let index = 0; index < COUNT; index += 1) {
      const drawn = await drawDocument(kind, index, OPTIONS);
      const text = squeeze(await textOf(await writeSheets(drawn.sheets, "test")));
      for (const [pointer, printed] of drawn.draft.printed) {
        if (!text.includes(squeeze(printed)))
          missing.push(`${drawn.layout} ${drawn.language} ${pointer} ${printed}`);
      }
    }
    expect(missing).toEqual([]);
  });

  test("nothing is drawn outside of the page", async () => {
    const outside: string[] = [];
    for (let index = 0; index < COUNT; index += 1) {
      const drawn = await drawDocument(kind, index, OPTIONS);
      for (const sheet of drawn.sheets) {
        for (const ink of sheet.inks) {
          if (ink.x < 2 || ink.y < 2 || ink.x > sheet.width - 2 || ink.y > sheet.height - 2)
            outside.push(`${index} ${drawn.layout} ${ink.text}`);
        }
      }
    }
    expect(outside).toEqual([]);
  });
});
