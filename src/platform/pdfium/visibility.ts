import type { Raster } from "../../ports.ts";
import type { PageObjects } from "./objects.ts";
import { type PageSize, type RunWord, toPage } from "./words.ts";

/** A page that images cover to this share is a scan: words without ink over it are what OCR read of it. */
const SCAN_COVERAGE = 0.5;
/** Grey values apart by less than this are one tone to a reader. */
const MIN_CONTRAST = 24;

/** Words of a page by whether they can be seen; `doubtful` ones only a drawing of the page can tell. */
export interface Seen {
  readonly visible: readonly RunWord[];
  readonly hidden: readonly RunWord[];
  readonly doubtful: readonly RunWord[];
}

/**
 * Sorts words: those of a layer that is off are hidden; doubtful are words without ink on a page that is no scan,
 * white ones with nothing under them, and those that something is drawn over.
 */
export function sortBySight(words: readonly RunWord[], objects: PageObjects, page: PageSize): Seen {
  const seen = { visible: [] as RunWord[], hidden: [] as RunWord[], doubtful: [] as RunWord[] };
  for (const word of words) seen[judge(word, objects, page)].push(word);
  return seen;
}

function judge(word: RunWord, objects: PageObjects, page: PageSize): keyof Seen {
  const { paint } = word;
  const place = paint && objects.texts.get(paint.object);
  if (!paint || !place) return "visible";
  if (place.layer === "hidden") return "hidden";
  if (place.layer === "unsure") return "doubtful";
  if (paint.inkless) return objects.imageCoverage >= SCAN_COVERAGE ? "visible" : "doubtful";
  if (!paint.white && objects.grounds.length === 0) return "visible";
  const [x, y] = toPage((word.start + word.end) / 2, (word.top + word.bottom) / 2, word.turns, page);
  let under = false;
  for (const { box, order } of objects.grounds) {
    if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) continue;
    if (order > place.order) return "doubtful";
    under = true;
  }
  return paint.white && !under ? "doubtful" : "visible";
}

/** Whether anything stands out from its ground where a word lies on the drawn page. */
export function standsOut(word: RunWord, drawn: Raster, page: PageSize): boolean {
  const [xa, ya] = toPage(word.start, word.top, word.turns, page);
  const [xb, yb] = toPage(word.end, word.bottom, word.turns, page);
  const scale = (value: number, points: number, pixels: number) =>
    Math.min(pixels, Math.max(0, Math.round((value / points) * pixels)));
  const x0 = scale(Math.min(xa, xb), page.width, drawn.width);
  const x1 = scale(Math.max(xa, xb), page.width, drawn.width);
  const y0 = scale(Math.min(ya, yb), page.height, drawn.height);
  const y1 = scale(Math.max(ya, yb), page.height, drawn.height);
  let least = 255;
  let most = 0;
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const gray = drawn.data[y * drawn.width + x] ?? 255;
      if (gray < least) least = gray;
      if (gray > most) most = gray;
    }
  }
  return most - least >= MIN_CONTRAST;
}
