import { readFile } from "node:fs/promises";
import type { BBox } from "../../../model/geometry.ts";
import { mistakes, type Mistake } from "../mistakes.ts";
import type { Reading } from "../readings.ts";
import type { Report } from "../report.ts";
import type { DocumentScore } from "../score.ts";
import { findTruth, type Place } from "./find-truth.ts";
import { cropPage, wordsIn, type DrawnWord, type GreyPage } from "./picture.ts";
import { viewsOf, type View } from "./views.ts";

/** Draws a page of a document; null where it cannot be drawn. */
export type DrawPage = (reading: Reading, page: number) => Promise<GreyPage | null>;

/** A document with its score, to be shown. */
export interface Scored {
  readonly reading: Reading;
  readonly score: DocumentScore;
}

interface Shown extends View {
  /** Width by height of the region, as the page has them. */
  readonly aspect: number;
  /** Its picture's place among the pictures, or what was read there. */
  readonly picture: number | null;
  readonly words: readonly DrawnWord[];
}

interface Entry extends Omit<Mistake, "pointer"> {
  /** As printed, and where it was taken from. */
  readonly content: string | null;
  readonly source: string | null;
  readonly reasons: readonly string[];
  readonly views: readonly Shown[];
}

/** Mistakes in the rows of one document that are shown; they are much alike. */
const MAX_ROW_MISTAKES = 12;
/** Pictures of a report; a page of so many is still opened at once. Words are shown for the rest. */
const MAX_PICTURES = 1_500;
const MAX_TEXT = 600;

/** A report as one HTML page that needs nothing else: tables, charts, and every mistake with its part of the page. */
export async function composeReport(
  title: string,
  report: Report,
  documents: readonly Scored[],
  draw: DrawPage,
  onStep: (file: string) => void,
): Promise<string> {
  const pictures: string[] = [];
  const entries: Entry[] = [];
  let leftOut = 0;
  for (const { reading, score } of documents) {
    const pages = new PageStore(reading, draw, pictures);
    let rows = 0;
    for (const mistake of mistakes([score])) {
      if (mistake.field.includes("[]") && ++rows > MAX_ROW_MISTAKES) {
        leftOut += 1;
        continue;
      }
      entries.push(await entryOf(mistake, reading, pages));
    }
    onStep(score.file);
  }
  const [style, tools, main] = await Promise.all([asset("report.css"), asset("draw.js"), asset("report.js")]);
  const script = [tools, main].map(withoutModules).join("\n");
  const data = { title, report, entries, pictures, left_out: leftOut };
  return [
    "<!doctype html>",
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">`,
    `<title>${escapeHtml(title)}</title><style>${style}</style></head><body>`,
    // Whatever a document says stands in JSON: nothing of it can end the element that holds it.
    `<script type="application/json" id="data">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>`,
    `<main id="report"></main><script>${script}</script></body></html>`,
  ].join("\n");
}

/** Two modules stand in one script of a page that loads nothing: they need no more to import each other. */
function withoutModules(script: string): string {
  return script.replaceAll(/^export (?=function|const)/gmu, "").replaceAll(/^import [^;]*;$/gmu, "");
}

async function asset(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), "utf8");
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

async function entryOf(mistake: Mistake, reading: Reading, pages: PageStore): Promise<Entry> {
  const { pointer, ...shown } = mistake;
  const evidence = pointer === null ? undefined : reading.line.evidence[pointer];
  const given = (evidence?.citations ?? []).flatMap(({ page, bbox }) =>
    page !== undefined && bbox ? [{ page, bbox }] : [],
  );
  const { truth, compare } = mistake;
  const found: Place[] = reading.layout && truth !== null ? findTruth(reading.layout, compare, truth) : [];
  const views: Shown[] = [];
  for (const view of viewsOf(given, found)) views.push(await pages.show(view));
  return {
    ...shown,
    truth: cut(truth),
    given: cut(mistake.given),
    content: cut(evidence?.content ?? null),
    source: evidence?.source ?? null,
    reasons: reading.line.error ? [reading.line.error.message] : (reading.line.review?.reasons ?? []),
    views,
  };
}

function cut(text: string | null): string | null {
  return text !== null && text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

/** One document's pages as they are needed, each drawn once, and each part of them kept once. */
class PageStore {
  readonly #reading: Reading;
  readonly #draw: DrawPage;
  readonly #pictures: string[];
  readonly #pages = new Map<number, GreyPage | null>();
  readonly #crops = new Map<string, number>();

  constructor(reading: Reading, draw: DrawPage, pictures: string[]) {
    this.#reading = reading;
    this.#draw = draw;
    this.#pictures = pictures;
  }

  async show(view: View): Promise<Shown> {
    const parsed = this.#reading.layout?.pages.find(({ number }) => number === view.page);
    const picture = await this.#pictureOf(view.page, view.region);
    const drawn = this.#pages.get(view.page) ?? null;
    const size = drawn ?? parsed ?? { width: 3, height: 4 };
    const width = (view.region[2] - view.region[0]) * size.width;
    const aspect = width / ((view.region[3] - view.region[1]) * size.height);
    const words = picture === null && parsed ? wordsIn(parsed, view.region) : [];
    return { ...view, aspect, picture, words };
  }

  async #pictureOf(number: number, region: BBox): Promise<number | null> {
    const key = `${number}:${region.map((edge) => edge.toFixed(3)).join()}`;
    const had = this.#crops.get(key);
    if (had !== undefined) return had;
    if (this.#pictures.length >= MAX_PICTURES) return null;
    if (!this.#pages.has(number)) this.#pages.set(number, await this.#draw(this.#reading, number));
    const page = this.#pages.get(number);
    if (!page) return null;
    this.#crops.set(key, this.#pictures.length);
    return this.#pictures.push(cropPage(page, region)) - 1;
  }
}
