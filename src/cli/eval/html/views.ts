import { type BBox, unionBoxes } from "../../../model/geometry.ts";
import type { Place } from "./find-truth.ts";

/** A part of a page that is shown, with the boxes in it: what was given, and where the truth stands. */
export interface View {
  readonly page: number;
  readonly region: BBox;
  readonly boxes: readonly { readonly kind: "given" | "truth"; readonly bbox: BBox }[];
}

/** Boxes farther apart than this part of a page's height are shown by themselves. */
const TOGETHER = 0.3;
const MIN_WIDTH = 0.55;
const MIN_HEIGHT = 0.12;
const MARGIN = 0.025;
/** More would not be looked at. */
const MAX_VIEWS = 2;

/** What to show of a mistake: around the citation and around the truth, in one view where they are near. */
export function viewsOf(given: readonly Place[], truth: readonly Place[]): View[] {
  const nearest = nearestTo(truth, given);
  const marks = [
    ...given.slice(0, 3).map(({ page, bbox }) => ({ page, bbox, kind: "given" as const })),
    ...nearest.map(({ page, bbox }) => ({ page, bbox, kind: "truth" as const })),
  ];
  if (marks.length === 0) return [{ page: 1, region: [0, 0, 1, 1], boxes: [] }];
  const views: { page: number; extent: BBox; boxes: { kind: "given" | "truth"; bbox: BBox }[] }[] = [];
  for (const { page, bbox, kind } of marks) {
    const near = views.find((view) => view.page === page && heightOf(view.extent, bbox) <= TOGETHER);
    if (near) {
      near.extent = unionBoxes([near.extent, bbox]) ?? near.extent;
      near.boxes.push({ kind, bbox });
    } else views.push({ page, extent: bbox, boxes: [{ kind, bbox }] });
  }
  return views
    .slice(0, MAX_VIEWS)
    .map(({ page, extent, boxes }) => ({ page, region: regionAround(extent), boxes }));
}

/** Of several places of the truth the ones on the page of the citation, the nearest first; one suffices. */
function nearestTo(truth: readonly Place[], given: readonly Place[]): Place[] {
  const [first] = given;
  if (!first) return truth.slice(0, 1);
  const distance = (place: Place): number =>
    Math.abs(place.page - first.page) + Math.abs(place.bbox[1] - first.bbox[1]);
  return [...truth].sort((a, b) => distance(a) - distance(b)).slice(0, 1);
}

function heightOf(a: BBox, b: BBox): number {
  return Math.max(a[3], b[3]) - Math.min(a[1], b[1]);
}

function regionAround([x0, y0, x1, y1]: BBox): BBox {
  const [left, right] = stretch(x0 - MARGIN, x1 + MARGIN, MIN_WIDTH);
  const [top, bottom] = stretch(y0 - MARGIN, y1 + MARGIN, MIN_HEIGHT);
  return [left, top, right, bottom];
}

/** From..to widened to `least` about its middle, kept within the page. */
function stretch(from: number, to: number, least: number): [number, number] {
  const length = Math.min(1, Math.max(least, to - from));
  const start = Math.min(1 - length, Math.max(0, (from + to - length) / 2));
  return [start, start + length];
}
