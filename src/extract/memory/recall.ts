import type { DocumentType } from "../../model/extraction.ts";
import type { Lesson, Spot } from "../../model/lesson.ts";
import type { Cited, DraftValue } from "../engine/draft.ts";
import type { Reading } from "../engine/reading.ts";
import { cite } from "../engine/evidence.ts";
import { wholePiece } from "../engine/view.ts";
import { candidatesFor } from "./candidates.ts";
import { fingerprint, issuerShared, lookOf, similarLooks } from "./fingerprint.ts";
import { placesPrinted } from "./printed.ts";
import { type AnchorIndex, indexAnchors, scoreSpot } from "./score-spot.ts";
import { placedOf } from "./spot.ts";

/** Least likeness of two pages' looks by how surely the issuer is the same, and how sure that makes a lesson. */
const LEAST_LIKENESS = { named: 0.08, printed: 0.2, unknown: 0.42 } as const;
const SURE = { named: 0.85, printed: 0.8, unknown: 0.7 } as const;
/** Less than that is no candidate. */
const LEAST_SCORE = 0.45;
/** A choice that stands where a wrong one stood by so much is not made again. */
const AVOIDED = 0.5;

/** A value that memory proposes. */
export interface Recalled {
  readonly draft: DraftValue;
  /** 0..1. */
  readonly score: number;
}

/** What memory says of a document: values that it proposes, and choices that were wrong before. */
export interface Remembered {
  readonly values: readonly Recalled[];
  readonly isAvoided: (draft: DraftValue) => boolean;
}

/** What a document is read as: its type, and the user's extractor where it is read with one. */
export interface Subject {
  readonly type: DocumentType;
  readonly extractor: string | null;
}

/** Applies the lessons of like documents that were read as the same. Nothing of it is a rule: each has its score. Pure. */
export function recall(reading: Reading, of: Subject, lessons: readonly Lesson[]): Remembered {
  const same = lessons.filter(({ type, extractor }) => type === of.type && extractor === of.extractor);
  const fitting = same.length === 0 ? [] : lessonsFor(reading, same);
  if (fitting.length === 0) return { values: [], isAvoided: () => false };
  const index = indexAnchors(reading);
  const best = new Map<string, Recalled>();
  for (const { lesson, likeness } of fitting) {
    const found = recallOne(reading, index, lesson, likeness);
    const known = best.get(lesson.pointer);
    if (found && found.score > (known?.score ?? LEAST_SCORE)) best.set(lesson.pointer, found);
  }
  return {
    values: [...best.values()],
    isAvoided: (draft) =>
      fitting.some(({ lesson }) => lesson.pointer === draft.pointer && avoids(reading, index, lesson, draft)),
  };
}

interface Fitting {
  readonly lesson: Lesson;
  /** How sure it is that the lesson is of this issuer and layout, 0..1. */
  readonly likeness: number;
}

function lessonsFor(reading: Reading, lessons: readonly Lesson[]): Fitting[] {
  const { parsed } = reading.view;
  const keys = new Set(fingerprint(parsed));
  const look = lookOf(parsed);
  return lessons.flatMap((lesson) => {
    const alike = similarLooks(look, lesson.layout);
    const issuer = issuerShared(lesson.keys, keys);
    if (alike < LEAST_LIKENESS[issuer]) return [];
    return [{ lesson, likeness: Math.min(1, SURE[issuer] + 0.4 * alike) }];
  });
}

function recallOne(reading: Reading, index: AnchorIndex, lesson: Lesson, likeness: number): Recalled | null {
  if (lesson.value !== null) {
    const fixed = recallFixed(reading, index, lesson, lesson.value, likeness);
    if (fixed) return fixed;
  }
  const scored = lesson.right.flatMap((spot) =>
    candidatesFor(reading, index, lesson, spot).map((candidate) => ({
      candidate,
      score: candidate.looks * likeness * scoreSpot(reading, index, spot, candidate.placed),
    })),
  );
  const [first, ...others] = scored.toSorted((a, b) => b.score - a.score);
  if (!first || first.score < LEAST_SCORE) return null;
  const rival = others.find(({ candidate }) => candidate.value !== first.candidate.value);
  // Two places that are nearly as good leave it open which is meant.
  const clear = rival && rival.score > 0.93 * first.score ? 0.85 : 1;
  const score = first.score * clear;
  return {
    score,
    draft: {
      pointer: lesson.pointer,
      value: first.candidate.value,
      cited: first.candidate.cited,
      confidence: Math.min(0.95, score * (0.5 + 0.5 * first.candidate.read)),
      source: "memory",
    },
  };
}

/** A value that is the issuer's own: wherever it is printed again, or by what names the issuer, where it never is. */
function recallFixed(
  reading: Reading,
  index: AnchorIndex,
  lesson: Lesson,
  value: string,
  likeness: number,
): Recalled | null {
  const places = placesPrinted(reading, value);
  const scoreOf = (place: readonly Cited[], spot: Spot): number => {
    const placed = placedOf(reading, place);
    return placed ? scoreSpot(reading, index, spot, placed) : 0;
  };
  const [best] = places
    .map((place) => ({ place, score: Math.max(0, ...lesson.right.map((spot) => scoreOf(place, spot))) }))
    .toSorted((a, b) => b.score - a.score);
  const cited = best?.place ?? (lesson.right.length === 0 ? impliedBy(reading, lesson) : null);
  if (!cited) return null;
  const score = likeness * (best ? 0.95 : 0.8);
  return {
    score,
    draft: {
      pointer: lesson.pointer,
      value,
      cited,
      confidence: score,
      source: "memory",
      ...(best ? {} : { derived: true }),
    },
  };
}

/** Words that a value follows from which is not printed: an amount for the currency, what names the issuer for the rest. */
function impliedBy(reading: Reading, { keys, pointer }: Lesson): Cited[] | null {
  if (pointer === "/currency") {
    const amounts = [...reading.money.values()].flat().filter(({ decimals }) => decimals === 2);
    const amount = amounts.find(({ currency }) => currency !== null) ?? amounts[0];
    return amount ? [cite(amount.piece)] : null;
  }
  const { parsed } = reading.view;
  const wanted = new Set(keys.filter((key) => !key.startsWith("look:")));
  for (const segment of reading.view.segments) {
    const page = { ...segment.page, words: segment.words.flatMap((word) => segment.page.words[word] ?? []) };
    const found = fingerprint({ ...parsed, pages: [{ ...page, lines: [] }] });
    if (found.some((key) => wanted.has(key))) return [cite(wholePiece(segment))];
  }
  return null;
}

function avoids(reading: Reading, index: AnchorIndex, lesson: Lesson, draft: DraftValue): boolean {
  if (!lesson.wrong) return false;
  const placed = placedOf(reading, draft.cited);
  return placed !== null && scoreSpot(reading, index, lesson.wrong, placed) >= AVOIDED;
}
