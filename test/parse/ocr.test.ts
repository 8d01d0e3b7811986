import { describe, expect, it } from "vitest";
import { flattenBackground, stretchLocally } from "../../src/parse/ocr/background.ts";
import { invert, isMostlyDark, stretchContrast, turn } from "../../src/parse/ocr/gray.ts";
import { judgeLanguage } from "../../src/parse/ocr/language.ts";
import { mergeReadings } from "../../src/parse/ocr/merge-readings.ts";
import { findAxis } from "../../src/parse/ocr/orientation.ts";
import { findComponents } from "../../src/parse/ocr/components.ts";
import { cropLine, type LineCrop } from "../../src/parse/ocr/crop-line.ts";
import { findSegments, type Segment } from "../../src/parse/ocr/find-segments.ts";
import { fitLine } from "../../src/parse/ocr/fit-line.ts";
import { readAgain, widthFor } from "../../src/parse/ocr/second-reading.ts";
import { voteOnLine } from "../../src/parse/ocr/vote.ts";
import { createLineReader } from "../../src/platform/line-reader/line-reader.ts";
import { workerAssets as lineReaderAssets } from "../../src/platform/line-reader/worker-assets.ts";
import { plausibility } from "../../src/parse/ocr/plausibility.ts";
import { createPageReader } from "../../src/parse/ocr/read-page.ts";
import { readInSlices } from "../../src/parse/ocr/read-slices.ts";
import { eraseRulings } from "../../src/parse/ocr/rulings.ts";
import { scaleGray } from "../../src/parse/ocr/scale.ts";
import { findSkew, straighten } from "../../src/parse/ocr/skew.ts";
import { createTesseract } from "../../src/platform/tesseract/recognizer.ts";
import { workerAssets } from "../../src/platform/tesseract/worker-assets.ts";
import type {
  GrayImage,
  LineReader,
  LineReading,
  Ocr,
  OcrResult,
  RecognizedWord,
  Recognizer,
} from "../../src/ports.ts";
import { drawText } from "../fixtures/image.ts";

const RECEIPT = [
  "Green Valley Bakery",
  "Mill Street 12, Springfield",
  "Date: 17/03/2026",
  "Wholemeal bread\t12.40",
  "Apple cake\t8.60",
  "Total amount\t21.00",
];

const textOf = (read: OcrResult): string =>
  [...Map.groupBy(read.words, (word) => word.line).values()]
    .map((line) => line.map((word) => word.text).join(" "))
    .join("\n");

const word = (text: string, x0: number, confidence: number, line = 0, y0 = 0): RecognizedWord => ({
  text,
  x0,
  y0,
  x1: x0 + text.length * 10,
  y1: y0 + 12,
  confidence,
  line,
});

describe("the angle of a page", () => {
  it("is found to a quarter of a degree, where it is worth turning back", async () => {
    const page = await drawText([...RECEIPT, ...RECEIPT, ...RECEIPT]);
    for (const degrees of [-6, -2.5, 2, 5])
      expect(Math.abs(findSkew(straighten(page, -degrees).image) - degrees)).toBeLessThan(0.25);
    for (const degrees of [-1, 0, 1]) expect(findSkew(straighten(page, -degrees).image)).toBe(0);
    expect(straighten(page, 0).image).toBe(page);
  });

  it("is none where there is no print, or print without lines", () => {
    const side = 300;
    let seed = 5;
    const noise = Uint8Array.from({ length: side * side }, () => {
      seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
      return (seed >> 16) & 15 ? 255 : 0;
    });
    expect(findSkew({ width: side, height: side, data: noise })).toBe(0);
    expect(findSkew({ width: side, height: side, data: new Uint8Array(side * side).fill(255) })).toBe(0);
  });
});

describe("long pictures", () => {
  /** Bars of ink, each 8 high, at these rows: as an OCR that reads a word for each sees them. */
  const bars = Array.from({ length: 60 }, (_, index) => 20 + index * 26);
  const tall: GrayImage = (() => {
    const [width, height] = [120, 1_600];
    const data = new Uint8Array(width * height).fill(255);
    for (const top of bars)
      for (let y = top; y < top + 8; y += 1)
        for (let x = 10; x < 110; x += 1) data[y * width + x] = x % 4 < 2 ? 0 : 255;
    return { width, height, data };
  })();
  const seen: GrayImage[] = [];
  const barReader = {
    read: async (image: GrayImage): Promise<OcrResult> => {
      seen.push(image);
      const inked = (y: number) => image.data.subarray(y * image.width, (y + 1) * image.width).includes(0);
      const tops = Array.from({ length: image.height }, (_, y) => y).filter(
        (y) => inked(y) && (y === 0 || !inked(y - 1)),
      );
      const words = tops.map((top, line) => ({
        text: "bar",
        bbox: [0.1, top / image.height, 0.9, (top + 8) / image.height] as [number, number, number, number],
        confidence: 0.9,
        line,
      }));
      return { words, rotation: 0, language: "en", confidence: 0.9 };
    },
  };

  it("are read in slices, each word once and in its place", async () => {
    seen.length = 0;
    const read = await readInSlices(barReader, tall);
    expect(seen.length).toBeGreaterThan(5);
    expect(Math.max(...seen.map(({ height }) => height))).toBeLessThan(300);
    expect(read.words.map(({ bbox }) => Math.round(bbox[1] * tall.height))).toEqual(bars);
    expect(new Set(read.words.map(({ line }) => line)).size).toBe(bars.length);
    expect([read.rotation, read.language]).toEqual([0, "en"]);
  });

  it("that lie upside down are turned first", async () => {
    const upsideDown: Ocr = {
      read: async (image) => {
        const turned = image.data.length < tall.data.length && seen.length === 0;
        return { ...(await barReader.read(image)), rotation: turned ? 180 : 0 };
      },
    };
    seen.length = 0;
    const read = await readInSlices(upsideDown, turn(tall, 180));
    expect(read.rotation).toBe(180);
    expect(read.words.map(({ bbox }) => Math.round(bbox[1] * tall.height))).toEqual(bars);
  });
});

describe("reading a page", () => {
  const reader = createPageReader(createTesseract(workerAssets));

  it.each([0, 90, 180, 270] as const)("reads print turned clockwise by %i degrees", async (degrees) => {
    const read = await reader.read(turn(await drawText(RECEIPT), degrees));
    expect(read.rotation).toBe((360 - degrees) % 360);
    expect(textOf(read)).toBe(RECEIPT.join("\n").replaceAll("\t", " "));
    const total = read.words.find((found) => found.text === "21.00");
    expect(total?.bbox[0]).toBeGreaterThan(0.6);
    expect(total?.bbox[1]).toBeGreaterThan(0.6);
    expect(read.confidence).toBeGreaterThan(0.8);
    expect(read.language).toBe("en");
  });

  it("reads a page that lies slightly turned, and puts the boxes where the print is", async () => {
    const lines = [...RECEIPT, ...RECEIPT.map((line) => line.replace(/\d/gu, "7"))];
    const straight = await drawText(lines);
    const upright = await reader.read(straight);
    for (const degrees of [4, -3]) {
      // Straightening by the opposite angle turns a straight page.
      const turned = straighten(straight, -degrees);
      const read = await reader.read(turned.image);
      expect(textOf(read)).toBe(lines.join("\n").replaceAll("\t", " "));
      for (const [index, { bbox }] of read.words.entries()) {
        const [x, y] = turned.back(
          ((bbox[0] + bbox[2]) / 2) * turned.image.width,
          ((bbox[1] + bbox[3]) / 2) * turned.image.height,
        );
        const [left, top, right, bottom] = upright.words[index]?.bbox ?? [0, 0, 0, 0];
        expect(Math.abs(x / straight.width - (left + right) / 2)).toBeLessThan(0.012);
        expect(Math.abs(y / straight.height - (top + bottom) / 2)).toBeLessThan(0.012);
      }
    }
  });

  it("reads light print on a dark page, and leaves paper on a dark table as it is", async () => {
    const page = await drawText([...RECEIPT, ...RECEIPT]);
    expect([isMostlyDark(page), isMostlyDark(invert(page))]).toEqual([false, true]);
    const read = await reader.read(invert(page));
    expect(textOf(read)).toBe([...RECEIPT, ...RECEIPT].join("\n").replaceAll("\t", " "));

    const [width, height] = [page.width * 2, page.height * 2];
    const table = new Uint8Array(width * height).fill(30);
    for (let y = 0; y < page.height; y += 1)
      table.set(
        page.data.subarray(y * page.width, (y + 1) * page.width),
        (y + page.height / 2) * width + page.width / 2,
      );
    const photo = { width, height, data: table };
    expect(isMostlyDark(photo)).toBe(true);
    expect(textOf(await reader.read(photo))).toContain("Mill Street 12, Springfield");
  });

  it("reads German and French by their own models", async () => {
    const german = [
      "Rechnung für die Lieferung",
      "Straße der Größe 5, Übersee",
      "Summe netto\t12,50",
      "Vielen Dank",
    ];
    const french = [
      "Facture du 3 février",
      "Règlement à la réception",
      "Quantité et prix\t12,50",
      "Merci de votre visite",
    ];
    const [de, fr] = [await reader.read(await drawText(german)), await reader.read(await drawText(french))];
    expect([de.language, fr.language]).toEqual(["de", "fr"]);
    expect(textOf(de)).toBe(german.join("\n").replaceAll("\t", " "));
    expect(textOf(fr)).toBe(french.join("\n").replaceAll("\t", " "));
  });

  it("reads faint print beside something black, and print in a shadow", async () => {
    const drawn = await drawText(RECEIPT);
    const faint = { ...drawn, data: drawn.data.map((value) => 200 + (value * 55) / 255) };
    faint.data.fill(0, 0, drawn.width * 12);
    expect(textOf(await reader.read(faint))).toContain("Total amount 21.00");
    const shadow = {
      ...drawn,
      data: drawn.data.map((value, at) => value * (1 - (0.6 * (at % drawn.width)) / drawn.width)),
    };
    expect(textOf(await reader.read(shadow))).toContain("Wholemeal bread 12.40");
  });

  it("finds no words on a blank page", async () => {
    const blank = { width: 300, height: 400, data: new Uint8Array(120_000).fill(250) };
    const { words, confidence, language } = await reader.read(blank);
    expect({ words, confidence, language }).toEqual({ words: [], confidence: 0, language: null });
  });

  it("reads the same twice", async () => {
    const noisy = await drawText(RECEIPT);
    for (let at = 0; at < noisy.data.length; at += 7) noisy.data[at] = (at * 31) % 256;
    expect(await reader.read(noisy)).toEqual(await reader.read(noisy));
  });
});

describe("how often a page is read", () => {
  /** A recogniser that answers with these words and keeps how it was asked. */
  function answering(words: readonly RecognizedWord[]): Recognizer & { asked: string[] } {
    const asked: string[] = [];
    return {
      asked,
      recognize: async (_image, { language, layout }) => {
        asked.push(`${language} ${layout}`);
        return [...words];
      },
    };
  }
  const line = (confidence: number, count: number) =>
    Array.from({ length: count }, (_, at) => word("Amount", at * 100, confidence));

  it("reads a sure page once, a doubtful one again, a long doubtful one no third time", async () => {
    const image = await drawText(RECEIPT);
    const sure = answering(line(0.95, 20));
    await createPageReader(sure).read(image);
    expect(sure.asked).toEqual(["eng block"]);
    const doubtful = answering(line(0.7, 20));
    await createPageReader(doubtful).read(image);
    expect(doubtful.asked).toEqual(["eng block", "eng sparse", "eng block"]);
    const longer = answering(line(0.7, 170));
    await createPageReader(longer).read(image);
    expect(longer.asked).toEqual(["eng block", "eng sparse"]);
    const tooLong = answering(line(0.3, 500));
    await createPageReader(tooLong).read(image);
    expect(tooLong.asked.filter((asked) => asked === "eng sparse")).toEqual([]);
  });

  it("reads a page at once that does not show which way it lies, and tries others where it reads badly", async () => {
    const [width, height] = [640, 800];
    const dots: GrayImage = {
      width,
      height,
      data: Uint8Array.from({ length: width * height }, (_, at) =>
        at % 20 < 8 && Math.floor(at / width) % 20 < 8 ? 0 : 255,
      ),
    };
    expect(findAxis(dots)).toBe("unclear");
    const sure = answering(line(0.95, 20));
    await createPageReader(sure, { read: async () => [] }).read(dots);
    expect(sure.asked).toHaveLength(1);
    const unread = answering(line(0.3, 600));
    await createPageReader(unread).read(dots);
    // The whole page, then a part of it in each of the three other directions.
    expect(unread.asked).toHaveLength(4);
  });
});

describe("reading lines a second time", () => {
  /** A line of print as a reader of it sees it: a patch of ink for each letter, 20 pixels apart. */
  function lineOf(text: string, confidence: number): { reading: LineReading; crop: LineCrop } {
    const [width, height] = [text.length * 20, 48];
    const data = new Uint8Array(width * height).fill(255);
    const letters = Array.from(text);
    for (const [at, letter] of letters.entries())
      for (let y = 10; y < (letter === " " ? 10 : 38); y += 1)
        data.fill(0, y * width + at * 20 + 3, y * width + at * 20 + 17);
    const characters = letters
      .map((letter, index) => ({ text: letter, at: (index + 0.5) / letters.length, confidence }))
      .filter(({ text: letter }) => letter !== " ");
    const reading = { text: characters.map((character) => character.text).join(""), confidence, characters };
    return { reading, crop: { width, height, data, x: 0, scale: 1, squeeze: 1 } };
  }
  /** Words on the same line, 20 pixels a letter. */
  function segmentOf(text: string, confidence: number): Segment {
    let x = 0;
    const words = text.split(" ").flatMap((part) => {
      const at = x;
      x += (part.length + 1) * 20;
      return part === "" ? [] : [{ ...word(part, at, confidence), x1: at + part.length * 20, y1: 48 }];
    });
    return { x0: 0, y0: 0, x1: x, y1: 48, slope: 0, words };
  }
  function vote(first: [string, number], second: [string, number]) {
    const { reading, crop } = lineOf(...second);
    return voteOnLine(segmentOf(...first), reading, crop).map(({ text, confidence }) => ({
      text,
      confidence,
    }));
  }
  const texts = (first: [string, number], second: [string, number]) =>
    vote(first, second).map(({ text }) => text);

  it("makes words surer on which both agree, and less sure where one is believed", () => {
    const [agreed] = vote(["12.40", 0.7], ["12.40", 0.95]);
    expect(agreed?.text).toBe("12.40");
    expect(agreed?.confidence).toBeGreaterThan(0.94);
    const [believed] = vote(["$6.00", 0.85], ["$6.90", 0.99]);
    expect(believed?.text).toBe("$6.90");
    expect(believed?.confidence).toBeLessThan(0.81);
  });

  it("believes the surer reader, each on its own scale", () => {
    expect(texts(["Again", 0.96], ["Aqaln", 0.85])).toEqual(["Again"]);
    expect(texts(["Agaln", 0.5], ["Again", 0.95])).toEqual(["Again"]);
    expect(texts(["Johor", 0.7], ["or", 0.99])).toEqual(["Johor"]);
    expect(texts(["JALAN", 0.9], ["JAAN", 0.95])).toEqual(["JALAN"]);
    expect(texts(["JAAN", 0.9], ["JALAN", 0.95])).toEqual(["JALAN"]);
  });

  it("takes letters among letters and figures among figures where the two look alike", () => {
    expect(texts(["INVOICE", 0.4], ["INV0ICE", 0.98])).toEqual(["INVOICE"]);
    expect(texts(["475OO", 0.9], ["47500", 0.8])).toEqual(["47500"]);
    expect(texts(["", 0], ["INV0ICE", 0.98])).toEqual(["INVOICE"]);
    expect(texts(["", 0], ["P0S022881", 0.98])).toEqual(["P0S022881"]);
  });

  it("takes a letter that the line reader held possible where it makes a known word, and no other", () => {
    const others = [{ text: "M", confidence: 0.2 }];
    const readAs = (first: string, text: string, ...also: string[]) => {
      const { reading, crop } = lineOf(text, 0.9);
      const characters = reading.characters.map((each) => (each.text === "N" ? { ...each, others } : each));
      const voted = voteOnLine(segmentOf(first, 0.4), { ...reading, characters }, crop, new Set(also));
      return voted.map((each) => each.text);
    };
    expect(readAs("TANAH", "TANAN")).toEqual(["TAMAN"]);
    expect(readAs("RONEA", "RONERA", "romera")).toEqual(["ROMERA"]);
    expect(readAs("RONEA", "RONERA")).toEqual(["RONERA"]);
  });

  it("puts in a letter that it nearly read", () => {
    const { reading, crop } = lineOf("SEANGOR", 0.9);
    const missed = [{ text: "L", at: 0.3, confidence: 0.2 }];
    const voted = voteOnLine(segmentOf("SEANCOR", 0.4), { ...reading, missed }, crop);
    expect(voted.map(({ text }) => text)).toEqual(["SELANGOR"]);
    expect(voted[0]?.confidence).toBeLessThan(0.81);
  });

  it("squeezes a line in its width alone", () => {
    const page = { width: 400, height: 100, data: new Uint8Array(40_000).fill(255) };
    page.data.fill(0, 400 * 40 + 20, 400 * 40 + 380);
    const box = { x0: 20, y0: 30, x1: 380, y1: 60, slope: 0 };
    const [whole, squeezed] = [cropLine(page, box), cropLine(page, box, 0.8)];
    expect(squeezed?.height).toBe(whole?.height);
    expect(squeezed?.width).toBe(Math.round((whole?.width ?? 0) * 0.8));
    expect((squeezed?.scale ?? 0) * 0.8).toBeCloseTo(whole?.scale ?? 0, 5);
  });

  it("parts words where the first reading or the ink has a gap, and keeps signs that it does not know", () => {
    expect(texts(["TAX INVOICE", 0.6], ["TAX INVOICE", 0.99])).toEqual(["TAX", "INVOICE"]);
    expect(texts(["", 0], ["Payment Mode", 0.99])).toEqual(["Payment", "Mode"]);
    expect(texts(["12,50€", 0.8], ["12,50E", 0.97])).toEqual(["12,50€"]);
  });

  it("drops what only an unsure reader saw, takes in what a sure one saw", () => {
    expect(texts(["~x", 0.2], ["", 0])).toEqual([]);
    expect(texts(["", 0], ["8.60", 0.99])).toEqual(["8.60"]);
    expect(texts(["", 0], ["qj,", 0.6])).toEqual([]);
  });

  it("finds print that nobody read beside and between lines, and fits crops to a slope", async () => {
    const page = await drawText(RECEIPT);
    const ink = findComponents(page);
    const known = { ...word("Total", 60, 0.9), y0: 320, x1: 122, y1: 346 };
    const segments = findSegments([known], ink);
    expect(segments.length).toBeGreaterThanOrEqual(RECEIPT.length);
    const falling = Array.from({ length: 12 }, (_, at) => ({
      x0: at * 20,
      y0: at,
      x1: at * 20 + 12,
      y1: at + 20,
    }));
    const fit = fitLine({ x0: 0, y0: 0, x1: 232, y1: 31 }, falling);
    expect(fit?.slope).toBeCloseTo(0.05, 2);
    expect((fit?.y1 ?? 0) - (fit?.y0 ?? 0)).toBeLessThan(22);
    expect(fitLine({ x0: 0, y0: 0, x1: 9, y1: 9 }, [])).toBeNull();
  });

  it("reads figures first when there is no time for all, and leaves the rest as it was", async () => {
    const page = await drawText(RECEIPT);
    const asked: GrayImage[] = [];
    const silent: LineReader = {
      read: async (lines) => {
        asked.push(...lines);
        return lines.map(() => ({ text: "", confidence: 0, characters: [] }));
      },
    };
    const words = await createTesseract(workerAssets).recognize(page, {
      language: "eng",
      layout: "block",
      lightOnDark: false,
    });
    const read = await readAgain(silent, page, page, words, 300);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.reduce((sum, { width }) => sum + width, 0)).toBeLessThanOrEqual(300);
    expect(read?.map(({ text }) => text)).toContain("Green");
    const gone: LineReader = { read: async () => [] };
    expect(await readAgain(gone, page, page, words, 300)).toBeNull();
  });

  it("reads less again of a page that took long: of many words, or of those that were read twice", () => {
    const widths = [20, 150, 240, 300, 900].map(widthFor);
    expect(widths).toEqual(widths.toSorted((a, b) => b - a));
    expect(widthFor(2 * 150)).toBeLessThan(widthFor(150));
    expect(widthFor(900)).toBeGreaterThan(0);
  });

  it("asks for figures and for what was read unsurely, not for sure text without them", async () => {
    const page = await drawText(["thank you for shopping", "total 12.40", "open every day"]);
    const placed = (text: string, at: number, confidence: number) => ({
      ...word(text, 40, confidence, at, 40 + at * 50),
      x1: 400,
    });
    const words = [placed("shopping", 0, 0.96), placed("12.40", 1, 0.96), placed("every", 2, 0.6)];
    let asked = 0;
    const counting: LineReader = {
      read: async (lines) => {
        asked = lines.length;
        return [];
      },
    };
    await readAgain(counting, page, { ...page, data: page.data.map(() => 255) }, words, 2_000);
    expect(asked).toBe(2);
  });

  it("reads a page by both, and by one where the other does not answer", async () => {
    const page = await drawText(RECEIPT);
    const tesseract = createTesseract(workerAssets);
    const both = await createPageReader(tesseract, createLineReader(lineReaderAssets)).read(page);
    expect(textOf(both)).toBe(RECEIPT.join("\n").replaceAll("\t", " "));
    expect(Math.min(...both.words.map(({ confidence }) => confidence))).toBeGreaterThan(0.8);
    const one = await createPageReader(tesseract, { read: async () => [] }).read(page);
    expect(textOf(one)).toBe(textOf(both));
  }, 240_000);
});

describe("joining readings", () => {
  it("takes the surer word of each place and keeps the first reading's lines", () => {
    const first = [word("Tota1", 0, 0.5), word("12.40", 100, 0.9), word("Date", 0, 0.9, 1, 30)];
    const second = [word("Total", 1, 0.9), word("12.48", 101, 0.6), word("Date", 0, 0.8, 1, 30)];
    expect(mergeReadings([first, second]).map(({ text, line }) => [text, line])).toEqual([
      ["Total", 0],
      ["12.40", 0],
      ["Date", 1],
    ]);
  });

  it("lets two readings that agree outvote a third", () => {
    const read = (text: string, confidence: number) => [word(text, 0, confidence)];
    expect(mergeReadings([read("MENTAL", 0.9), read("MENTAI", 0.6), read("MENTAI", 0.5)])[0]?.text).toBe(
      "MENTAI",
    );
  });

  it("takes in what only the second saw when it is sure, on the line that it stands on", () => {
    const first = [word("Bread", 0, 0.9, 0), word("Cake", 0, 0.9, 1, 30)];
    const second = [word("8.60", 200, 0.9, 5, 31), word("~~", 200, 0.3, 6, 0)];
    expect(mergeReadings([first, second]).map(({ text, line }) => [text, line])).toEqual([
      ["Bread", 0],
      ["Cake", 1],
      ["8.60", 1],
    ]);
  });

  it("never doubles a word whose boxes differ", () => {
    const tall = { ...word("TOTAL", 0, 0.9), y0: -8, y1: 30 };
    expect(mergeReadings([[word("TOTAL", 0, 0.8)], [tall]])).toHaveLength(1);
  });
});

describe("preparing an image", () => {
  it("stretches grey values and turns", () => {
    const image = { width: 2, height: 2, data: Uint8Array.from([100, 120, 140, 160]) };
    expect([...turn(image, 90).data]).toEqual([140, 100, 160, 120]);
    expect([...turn(image, 180).data]).toEqual([160, 140, 120, 100]);
    expect([...turn(image, 270).data]).toEqual([120, 160, 100, 140]);
    expect([...stretchContrast(image).data]).toEqual([0, 85, 170, 255]);
    const flat = { width: 2, height: 1, data: Uint8Array.from([9, 9]) };
    expect(stretchContrast(flat)).toEqual(flat);
  });

  it("evens out a slope of light", () => {
    const [width, height] = [400, 400];
    const slope: GrayImage = {
      width,
      height,
      data: Uint8Array.from({ length: width * height }, (_, at) => 100 + (at % width) / 4),
    };
    const columnMean = ({ data }: GrayImage, x: number) => {
      let sum = 0;
      for (let y = 0; y < height; y += 1) sum += data[y * width + x] ?? 0;
      return sum / height;
    };
    for (const even of [flattenBackground(slope), stretchLocally(slope)]) {
      expect(columnMean(even, 40)).toBeGreaterThan(190);
      expect(Math.abs(columnMean(even, 340) - columnMean(even, 60))).toBeLessThan(20);
    }
  });

  it("scales up and down without a shift of brightness", () => {
    const image = { width: 10, height: 6, data: Uint8Array.from({ length: 60 }, (_, at) => at * 4) };
    const mean = ({ data }: GrayImage) => data.reduce((sum, value) => sum + value, 0) / data.length;
    const [small, large] = [scaleGray(image, 0.5), scaleGray(image, 2)];
    expect([small.width, small.height, large.width, large.height]).toEqual([5, 3, 20, 12]);
    expect(Math.abs(mean(small) - mean(image))).toBeLessThan(3);
    expect(Math.abs(mean(large) - mean(image))).toBeLessThan(3);
  });

  it("wipes thin long lines, keeps letters and thick bars", () => {
    const [width, height] = [300, 200];
    const data = new Uint8Array(width * height).fill(255);
    data.fill(0, 50 * width, 52 * width);
    for (let y = 0; y < height; y += 1) data[y * width + 80] = 0;
    for (let y = 100; y < 130; y += 1) data.fill(0, y * width + 100, y * width + 250);
    for (let y = 10; y < 30; y += 1) data.fill(0, y * width + 20, y * width + 24);
    const clean = eraseRulings({ width, height, data });
    const at = (x: number, y: number) => clean.data[y * width + x];
    expect([at(200, 50), at(200, 51), at(80, 5), at(80, 180)]).toEqual([255, 255, 255, 255]);
    expect([at(150, 115), at(22, 20)]).toEqual([0, 0]);
  });

  it("tells lines across from lines down", async () => {
    const image = await drawText(RECEIPT);
    expect([0, 90, 180, 270].map((degrees) => findAxis(turn(image, degrees as 0)))).toEqual([
      "upright",
      "sideways",
      "upright",
      "sideways",
    ]);
  });
});

describe("judging what was read", () => {
  it("takes English unless another language shows itself three times", () => {
    const say = (text: string, confidence = 0.9) =>
      text.split(" ").map((part, at) => word(part, at * 50, confidence));
    expect(judgeLanguage(say("Total amount due please"))).toBe("eng");
    expect(judgeLanguage(say("Rechnung Summe und Vielen Dank"))).toBe("deu");
    expect(judgeLanguage(say("Facture Montant la Merci"))).toBe("fra");
    expect(judgeLanguage(say("Rechnung die the and of to for with"))).toBe("eng");
    expect(judgeLanguage([])).toBe("eng");
    expect(judgeLanguage(say("Rechnung Summe und Vielen Dank", 0.2))).toBe("eng");
  });

  it("finds print more plausible than noise", () => {
    const print = ["12.40", "1,299.99", "17/03/2026", "14:05", "Total", "TOTAL:", "7"].map(plausibility);
    const noise = ["~~", "[|", "»}", "=—"].map(plausibility);
    expect(Math.min(...print)).toBeGreaterThan(Math.max(...noise) + 0.3);
  });
});
