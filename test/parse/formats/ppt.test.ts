import { describe, expect, it } from "vitest";
import { byteSource } from "../../../src/model/byte-source.ts";
import { formats } from "../../../src/parse/registry.ts";
import { compound } from "../../fixtures/compound.ts";
import { NO_PORTS, readAll } from "../../fixtures/flow.ts";
import { LIMITS } from "../../fixtures/limits.ts";
import { legacyCipher } from "../../fixtures/office-lock.ts";
import {
  container,
  outlineText,
  powerPoint,
  record,
  textAtoms,
  textShape,
} from "../../fixtures/powerpoint.ts";

const open = async (bytes: Uint8Array, password?: string) => {
  const parser = await formats.ppt.load();
  const options = { limits: LIMITS, ...(password === undefined ? {} : { password }) };
  return parser.open(byteSource(bytes, "slides.ppt", "ppt"), NO_PORTS, options);
};

const SLIDES = [
  {
    outline: [...textAtoms(0, "Results"), ...textAtoms(1, "First point\rSecond point")],
    shapes: [
      textShape([900, 100, 500, 1_000], ...textAtoms(4, "Below")),
      textShape([100, 100, 500, 200], outlineText(0)),
      textShape([300, 100, 500, 400], outlineText(1)),
    ],
    notes: "Say this\raloud",
    comment: "Check the figure",
  },
  { outline: [...textAtoms(0, "Überblick – Ω")], shapes: [], hidden: true },
];

describe("a presentation of PowerPoint 97 to 2003", () => {
  it("gives its slides in order, titles as headings, texts by their place, notes and comments behind", async () => {
    const opened = await open(powerPoint(SLIDES));
    const { pages, warnings } = await readAll(opened);
    expect(pages.map(({ label }) => label)).toEqual(["Results", "Überblick – Ω"]);
    expect(pages[0]?.text.split("\n")).toEqual([
      "Results",
      "• First point",
      "• Second point",
      "Below",
      "Say this",
      "aloud",
      "Check the figure",
    ]);
    expect(pages[0]?.blocks.map(({ role }) => role)).toEqual([
      "heading",
      "list_item",
      "list_item",
      "paragraph",
      "note",
      "note",
      "note",
    ]);
    expect(warnings).toMatchObject([{ code: "hidden_content" }]);
    expect(opened.inventory).toEqual([{ kind: "slide", found: 2, read: 2 }]);
  });

  it("says of macros and of embedded objects", async () => {
    const { warnings } = await open(powerPoint(SLIDES.slice(0, 1), { macros: true, objects: 2 }));
    expect(warnings.map(({ code }) => code).toSorted()).toEqual(["attachments_not_read", "macros_present"]);
  });

  it("is read with its password", async () => {
    const locked = powerPoint(SLIDES, { lock: legacyCipher("cryptoapi", "sésame") });
    const { pages } = await readAll(await open(locked, "sésame"));
    expect(pages[0]?.text).toContain("Second point");
    await expect(open(locked)).rejects.toMatchObject({ code: "password_required" });
    await expect(open(locked, "guess")).rejects.toMatchObject({ code: "password_incorrect" });
  });

  it("reads the slides that it finds where the directory is lost, and says so", async () => {
    const { pages, warnings } = await readAll(await open(powerPoint(SLIDES.slice(0, 1), { loose: true })));
    expect(pages[0]?.text).toContain("Below");
    expect(warnings.map(({ code }) => code)).toContain("file_damaged");
  });

  it("names a slide that is not where the list says", async () => {
    const broken = powerPoint(SLIDES);
    const stream = findBytes(broken, record(0x03ef, new Uint8Array(24), { version: 2 }).subarray(0, 8));
    new DataView(broken.buffer).setUint16(stream - 6, 0x0999, true);
    const opened = await open(broken);
    expect(opened.inventory).toEqual([{ kind: "slide", found: 2, read: 1 }]);
    expect(opened.warnings.map(({ code }) => code)).toContain("content_not_read");
  });

  it("refuses what is no presentation, and what PowerPoint 95 made", async () => {
    await expect(open(compound({ "PowerPoint Document": new Uint8Array(99) }))).rejects.toMatchObject({
      code: "file_damaged",
    });
    await expect(open(compound({ PP40: new Uint8Array(99) }))).rejects.toMatchObject({
      code: "unsupported_format",
    });
  });

  it("ends for records nested without end, and for one that is changed anywhere", async () => {
    let nested = container(0xf003);
    for (let depth = 0; depth < 400; depth += 1) nested = container(0xf003, nested);
    await expect(open(powerPoint([{ shapes: [nested] }])).then(readAll)).resolves.toMatchObject({
      pages: [{}],
    });
    const whole = powerPoint(SLIDES);
    for (let at = 512; at < whole.length; at += 23) {
      const changed = whole.slice();
      changed[at] = 0xff;
      await open(changed).then(readAll, (error: { code?: string }) =>
        expect(error.code).toEqual(expect.any(String)),
      );
    }
  });
});

function findBytes(bytes: Uint8Array, wanted: Uint8Array): number {
  for (let at = 0; at < bytes.length; at += 1) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  throw new Error("not found");
}
