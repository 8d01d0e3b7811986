import type { BBox } from "../../model/geometry.ts";
import type { Anchor, Spot } from "../../model/lesson.ts";
import { editDistanceWithin } from "../engine/edit-distance.ts";
import type { Reading } from "../engine/reading.ts";
import { boxOf, type Segment } from "../engine/view.ts";
import { anchorText, leadOf, type Placed, relationOf } from "./spot.ts";

/** How much each kind of neighbour says. */
const WEIGHT: Readonly<Record<Anchor["relation"], number>> = {
  before: 0.9,
  left: 0.85,
  above: 0.75,
  right: 0.35,
  below: 0.3,
};
/** A caption right under its value announces it as one above does. */
const CAPTION = { reach: 0.025, weight: 0.7 };
/** What the same words in the same place, and the words that are read before a value, say. */
const SAYS = 0.8;
const LEADS = [0, 0, 0.75, 0.88, 0.92] as const;
/** A value whose own label stands elsewhere on the page is another one's. */
const ELSEWHERE = 0.6;
/** Without a neighbour that announces it, a value is told by its place alone: hardly. */
const BY_PLACE = 0.55;

function weightOf({ relation, dy }: Anchor): number {
  return relation === "below" && Math.abs(dy) <= CAPTION.reach ? CAPTION.weight : WEIGHT[relation];
}

/** A text of the page that an anchor may be, with the box of just its words. */
interface Hit {
  readonly segment: Segment;
  readonly bbox: BBox;
  /** How well it fits the anchor's words, 0..1. */
  readonly quality: number;
}

/** The texts of a document as anchors compare them, made once. */
export interface AnchorIndex {
  readonly find: (text: string) => readonly Hit[];
  /** Segments that hold a word before which the last two words of a lead are read. */
  readonly led: (lead: readonly string[]) => readonly Segment[];
}

export function indexAnchors(reading: Reading): AnchorIndex {
  const entries = reading.view.segments.map((segment) => ({ segment, text: anchorText(segment.text) }));
  const known = new Map<string, Hit[]>();
  const pairs = new Map<string, Segment[]>();
  const learnPairs = (): void => {
    for (const { segment } of entries) {
      for (const word of segment.words) {
        const key = leadOf(segment.page, word).slice(-2).join(" ");
        pairs.set(key, [...(pairs.get(key) ?? []), segment]);
      }
    }
  };
  return {
    led: (lead) => {
      if (lead.length < 2) return [];
      if (pairs.size === 0) learnPairs();
      return pairs.get(lead.slice(-2).join(" ")) ?? [];
    },
    find: (wanted) => {
      const before = known.get(wanted);
      if (before) return before;
      const hits = entries.flatMap(({ segment, text }) => hitOf(segment, text, wanted));
      known.set(wanted, hits);
      return hits;
    },
  };
}

function hitOf(segment: Segment, text: string, wanted: string): Hit[] {
  if (text === "") return [];
  if (text === wanted) return [{ segment, bbox: partOf(segment, text, wanted), quality: 1 }];
  if (` ${text} `.includes(` ${wanted} `)) {
    return [{ segment, bbox: partOf(segment, text, wanted), quality: 0.9 }];
  }
  // One letter in seven may be misread.
  const allowed = Math.floor(wanted.length / 7);
  if (allowed === 0 || Math.abs(text.length - wanted.length) > allowed) return [];
  return editDistanceWithin(text, wanted, allowed) ? [{ segment, bbox: segment.bbox, quality: 0.8 }] : [];
}

/** The box of the words that an anchor's text is made of, as far as they can be told apart. */
function partOf(segment: Segment, text: string, wanted: string): BBox {
  const skipped = ` ${text} `.indexOf(` ${wanted} `);
  let [length, start, end] = [0, -1, segment.text.length];
  for (const [position, from] of segment.starts.entries()) {
    const word = segment.page.words[segment.words[position] ?? -1]?.text ?? "";
    const own = anchorText(word);
    if (own === "") continue;
    if (start < 0 && length >= skipped) start = from;
    length += own.length + 1;
    if (start >= 0 && length > skipped + wanted.length) {
      end = from + word.length;
      break;
    }
  }
  return boxOf({ segment, start: Math.max(0, start), end });
}

/** How well a place's lying to an anchor is that of the lesson, 0..1. */
function fit(anchor: Anchor, hit: Hit, value: Placed): number {
  if (hit.segment.page.number !== value.page) return 0;
  const at = hit.bbox;
  const dy = (value.bbox[1] + value.bbox[3] - at[1] - at[3]) / 2;
  const dx0 = Math.abs(value.bbox[0] - at[0] - anchor.dx0);
  const dx1 = Math.abs(value.bbox[2] - at[2] - anchor.dx1);
  const dx = Math.min(dx0, dx1);
  if (anchor.relation === "before" || anchor.relation === "left") {
    if (Math.abs(dy - anchor.dy) > 0.012 || value.bbox[0] < at[2] - 0.02) return 0;
    return 0.55 + 0.45 * Math.exp(-dx / 0.06);
  }
  if (anchor.relation === "right") {
    return Math.abs(dy - anchor.dy) > 0.012 || relationOf(at, value.bbox) !== "right"
      ? 0
      : Math.exp(-dx / 0.06);
  }
  if (Math.sign(dy) !== Math.sign(anchor.dy)) return 0;
  return Math.exp(-Math.abs(dy - anchor.dy) / 0.012) * Math.exp(-dx / 0.04);
}

/** How near two boxes' corners are, 0..1: the nearer of the left or the right edges. */
function placeFit(spot: Spot, value: Placed): number {
  const dx = Math.min(Math.abs(spot.bbox[0] - value.bbox[0]), Math.abs(spot.bbox[2] - value.bbox[2]));
  const dy = Math.abs(spot.bbox[1] + spot.bbox[3] - value.bbox[1] - value.bbox[3]) / 2;
  return Math.exp(-dx / 0.08) * Math.exp(-dy / 0.1);
}

/**
 * How well a place is the one that a lesson tells of, 0..1: by the neighbours that announce it, where they stand, and
 * the place on the page. 0 where none of the neighbours that announced it is there.
 */
export function scoreSpot(reading: Reading, index: AnchorIndex, spot: Spot, value: Placed): number {
  const { pages } = reading.view.parsed;
  const wanted = spot.page < 0 ? pages.length - 1 : spot.page;
  const onPage = pages[wanted]?.number === value.page ? 1 : 0.85;
  const place = placeFit(spot, value) * (onPage === 1 ? 1 : 0.5);
  let missed = (1 - leadFit(reading, spot, value)) * (1 - saysFit(spot, value, place));
  const [label] = (["before", "left", "above"] as const).flatMap(
    (relation) => spot.anchors.find((anchor) => anchor.relation === relation) ?? [],
  );
  let elsewhere = 1;
  for (const anchor of spot.anchors) {
    const hits = index.find(anchor.text);
    const best = hits.reduce((most, hit) => Math.max(most, fit(anchor, hit, value) * hit.quality), 0);
    const same = hits.filter(({ quality }) => quality === 1).length;
    // What is printed in every row of a table tells none of them.
    missed *= 1 - (weightOf(anchor) * best) / Math.max(1, (1 + same) / 2);
    if (anchor === label && best === 0 && same === 1) elsewhere = ELSEWHERE;
  }
  if (spot.anchors.length === 0 && missed === 1) return BY_PLACE * place;
  return (1 - missed) * (0.75 + 0.25 * place) * onPage * elsewhere;
}

/** How far the words that are read before a value are those that were read before the taught one. */
function leadFit(reading: Reading, { lead }: Spot, value: Placed): number {
  const page = reading.view.parsed.pages.find(({ number }) => number === value.page);
  if (!page || lead.length < 2) return 0;
  const own = leadOf(page, value.word);
  let same = 0;
  while (same < lead.length && own.at(-1 - same) === lead.at(-1 - same)) same += 1;
  return LEADS[same] ?? 0;
}

function saysFit({ says }: Spot, { text }: Placed, place: number): number {
  return says.length >= 3 && place > 0.5 && anchorText(text) === says ? SAYS * place : 0;
}
