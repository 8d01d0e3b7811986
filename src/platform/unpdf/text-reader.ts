import { getDocumentProxy } from "unpdf";
import type { BBox } from "../../model/geometry.ts";
import type { DocumentSource, ReadWord } from "../../ports.ts";

/** A reader that knows text alone. */
export interface TextReader {
  readonly pageCount: number;
  /** Words of a page, counted from 1, on the page turned as the file says; its size in points. */
  readonly readWords: (page: number) => Promise<{ words: ReadWord[]; width: number; height: number }>;
  readonly close: () => void;
}

/** How far a run reaches above its baseline, by its height: pdf.js gives no more than that height. */
const ASCENT = 0.8;

type Matrix = readonly number[];

/** A run of text as pdf.js gives it. */
interface Run {
  readonly str: string;
  readonly width: number;
  readonly height: number;
  readonly transform: Matrix;
}

/** Opens a PDF by pdf.js. Throws whatever pdf.js throws. */
export async function openTextReader(
  source: DocumentSource,
  password: string | undefined,
): Promise<TextReader> {
  const document = await getDocumentProxy(await source.bytes(), {
    verbosity: 0,
    ...(password === undefined ? {} : { password }),
  });
  return {
    pageCount: document.numPages,
    readWords: async (number) => {
      const page = await document.getPage(number);
      const { width, height, transform } = page.getViewport({ scale: 1 });
      const { items } = await page.getTextContent();
      const runs = items.filter((item): item is typeof item & Run => "str" in item && item.str.trim() !== "");
      const words = runs.flatMap((run, line) => wordsOf(run, line, transform as Matrix, width, height));
      page.cleanup();
      return { words, width, height };
    },
    close: () => void document.cleanup(),
  };
}

/** Splits a run at its spaces; where a word lies in it is estimated by its share of the letters. */
function wordsOf(run: Run, line: number, view: Matrix, width: number, height: number): ReadWord[] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = multiply(run.transform, view);
  const along = Math.hypot(a, b) || 1;
  const across = Math.hypot(c, d) || 1;
  const perLetter = run.width / run.str.length;
  const tall = run.height || across;
  return Array.from(run.str.matchAll(/\S+/g), ({ 0: text, index }) => {
    const corner = (step: number, rise: number): [number, number] => [
      e + (a / along) * step * perLetter + (c / across) * rise * tall,
      f + (b / along) * step * perLetter + (d / across) * rise * tall,
    ];
    const corners = [corner(index, ASCENT), corner(index + text.length, ASCENT - 1)];
    const xs = corners.map(([x]) => clip(x / width));
    const ys = corners.map(([, y]) => clip(y / height));
    const bbox: BBox = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    return { text, bbox, confidence: 1, line };
  });
}

function multiply(inner: Matrix, outer: Matrix): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = inner;
  const [oa = 1, ob = 0, oc = 0, od = 1, oe = 0, of = 0] = outer;
  return [
    a * oa + b * oc,
    a * ob + b * od,
    c * oa + d * oc,
    c * ob + d * od,
    e * oa + f * oc + oe,
    e * ob + f * od + of,
  ];
}

const clip = (share: number) => Math.min(1, Math.max(0, share));
