import { describe, expect, it } from "vitest";
import { byteSource } from "../../../src/model/byte-source.ts";
import type { Format } from "../../../src/model/format.ts";
import type { OpenedDocument } from "../../../src/parse/parser.ts";
import { blipPictures } from "../../../src/parse/pictures/blips.ts";
import { formats } from "../../../src/parse/registry.ts";
import { compound } from "../../fixtures/compound.ts";
import { makeDoc } from "../../fixtures/doc.ts";
import { NO_PORTS } from "../../fixtures/flow.ts";
import { bmp } from "../../fixtures/image.ts";
import { LIMITS } from "../../fixtures/limits.ts";
import { DRAWING, fatesOf, LOGO, memberBytes, SCAN } from "../../fixtures/pictures.ts";
import { powerPoint, record, textAtoms, textShape } from "../../fixtures/powerpoint.ts";
import { concat } from "../../fixtures/zip.ts";

const open = async (bytes: Uint8Array, format: Format): Promise<OpenedDocument> =>
  (await formats[format].load()).open(byteSource(bytes, `a.${format}`, format), NO_PORTS, { limits: LIMITS });
const codes = ({ warnings }: OpenedDocument): string[] => warnings.map(({ code }) => code);
const digest = (number: number): Uint8Array => new Uint8Array(16).fill(number);
const PNG = 0xf01e;
const blip = (content: Uint8Array, number: number, type = PNG, instance = 0x6e0): Uint8Array =>
  record(type, concat([digest(number), new Uint8Array(1), content]), { instance });
const BLIPS = concat([
  new Uint8Array(68).fill(0xf0),
  blip(SCAN, 1),
  blip(LOGO, 2),
  blip(DRAWING, 3, 0xf01a, 0x3d4),
  new Uint8Array(40),
  blip(SCAN, 1),
]);
const FATES = {
  "picture-1.png": "document",
  "picture-2.png": "set_aside: inline_picture",
  "picture-3.emf": "set_aside: inline_picture",
};

describe("the pictures of a Word 97 document", () => {
  it("are documents where they are large, each once, and set aside where they are not", async () => {
    const document = await open(makeDoc([{ text: "Dear Sirs" }], { streams: { Data: BLIPS } }), "doc");
    expect(fatesOf(document)).toEqual(FATES);
    expect(document.members).toHaveLength(3);
    expect(await memberBytes(document, "picture-1.png")).toEqual(SCAN);
    expect(codes(document)).toEqual([]);
  });

  it("are no longer called unread where they become documents", async () => {
    const alone = (streams: Record<string, Uint8Array>): Uint8Array =>
      makeDoc([{ text: "\u0001" }], { streams });
    expect(codes(await open(alone({}), "doc"))).toEqual(["content_not_read"]);
    expect(codes(await open(alone({ Data: BLIPS }), "doc"))).toEqual([]);
  });
});

describe("the pictures of an Excel 97 workbook", () => {
  const biff = (type: number, body: Uint8Array): Uint8Array => {
    const head = new Uint8Array(4);
    new DataView(head.buffer).setUint16(0, type, true);
    new DataView(head.buffer).setUint16(2, body.length, true);
    return concat([head, body]);
  };
  const words = (...values: number[]): Uint8Array =>
    Uint8Array.from(values.flatMap((value) => [value & 255, value >> 8]));

  it("are documents though records of 8,224 bytes cut them", async () => {
    const group: Uint8Array[] = [];
    for (let at = 0; at < BLIPS.length; at += 8_224) {
      group.push(biff(at === 0 ? 0xeb : 0x3c, BLIPS.slice(at, at + 8_224)));
    }
    const drawings = concat(group);
    const name = Uint8Array.from([1, 0, 0x41]);
    const globals = (at: number): Uint8Array =>
      concat([
        biff(0x809, words(0x600, 5, 0, 0, 0, 0, 0, 0)),
        biff(0x85, concat([words(at & 0xffff, at >>> 16, 0), name])),
        drawings,
        biff(0x0a, new Uint8Array()),
      ]);
    const sheet = concat([biff(0x809, words(0x600, 0x10, 0, 0, 0, 0, 0, 0)), biff(0x0a, new Uint8Array())]);
    const book = concat([globals(globals(0).length), sheet]);
    const document = await open(compound({ Workbook: book }), "xls");
    expect(fatesOf(document)).toEqual(FATES);
    expect(await memberBytes(document, "picture-1.png")).toEqual(SCAN);
  });
});

describe("the pictures of a PowerPoint 97 presentation", () => {
  const slide = { shapes: [textShape([0, 0, 10, 10], ...textAtoms(0, "Our plan"))] };

  it("are documents where they are large", async () => {
    const document = await open(powerPoint([slide], { pictures: BLIPS }), "ppt");
    expect(fatesOf(document)).toEqual(FATES);
    expect(await memberBytes(document, "picture-1.png")).toEqual(SCAN);
    expect(codes(document)).toEqual([]);
  });

  it("are said not to be read where their stream is in no order, as an encrypted one is", async () => {
    const document = await open(powerPoint([slide], { pictures: SCAN }), "ppt");
    expect(document.members).toEqual([]);
    expect(codes(document)).toEqual(["content_not_read"]);
    expect(codes(await open(powerPoint([slide], { pictures: LOGO }), "ppt"))).toEqual([]);
  });
});

describe("blips", () => {
  it("have two digests where their number says so", async () => {
    const stream = record(0xf01d, concat([digest(1), digest(2), new Uint8Array(1), SCAN]), {
      instance: 0x46b,
    });
    const [picture] = blipPictures([[stream.slice(0, 100), stream.slice(100)]]);
    expect(picture?.name).toBe("picture-1.jpg");
    expect(concat([...(picture?.pieces() ?? [])])).toEqual(SCAN);
  });

  it("become the BMP that their pixels are without its header", () => {
    const file = bmp({ width: 7, height: 5, data: Uint8Array.from({ length: 35 }, (_, at) => at) });
    const [picture] = blipPictures([[blip(file.slice(14), 1, 0xf01f, 0x7a8)]]);
    expect(picture?.size()).toBe(file.length);
    expect(concat([...(picture?.pieces() ?? [])])).toEqual(file);
  });

  it("are none where a length leads out of the stream or a number is unknown", () => {
    const cut = blip(SCAN, 1).slice(0, 1_000);
    expect(blipPictures([[cut], [blip(SCAN, 1, PNG, 0x111)], []])).toEqual([]);
  });
});
