import { foldText } from "./fold.ts";

/** Hashes in a sketch, and how many of them make a band: alike documents share at least one band. */
const HASHES = 32;
const ROWS = 4;
/** Fewer features than that say nothing of a document. */
const LEAST_FEATURES = 8;
/** With so many numbers, a document is told by them alone: the words of one issuer's papers are all alike. */
const ENOUGH_NUMBERS = 12;
const MAX_FEATURES = 5_000;

/** What a document's content looks like, in a form that can be searched and compared. */
export interface Sketch {
  /** 32 values of 16 bits, in hex: the share that two have in common estimates the share of their features. */
  readonly hashes: string;
  /** Keys of 32 bits to search by. */
  readonly bands: readonly number[];
}

/** FNV-1a, then mixed so that every bit counts (MurmurHash3's finaliser). */
function hashOf(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return mix(hash);
}

function mix(hash: number): number {
  let mixed = hash;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Numbers with the count of their coming, or three words in a row where numbers are few. */
function featuresOf(text: string): Set<string> {
  const words = foldText(text.slice(0, 200_000))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  const seen = new Map<string, number>();
  const numbers = new Set<string>();
  for (const word of words) {
    if (word.length < 2 || !/\d/.test(word) || numbers.size >= MAX_FEATURES) continue;
    const times = (seen.get(word) ?? 0) + 1;
    seen.set(word, times);
    numbers.add(`${word}#${times}`);
  }
  if (numbers.size >= ENOUGH_NUMBERS) return numbers;
  const shingles = new Set<string>();
  for (let at = 2; at < words.length && shingles.size < MAX_FEATURES; at += 1)
    shingles.add(words.slice(at - 2, at + 1).join(" "));
  return shingles;
}

/** A document's sketch (MinHash, Broder 1997) from its text; null where it says too little. */
export function sketchOf(text: string): Sketch | null {
  const features = featuresOf(text);
  if (features.size < LEAST_FEATURES) return null;
  const least = Array.from({ length: HASHES }, () => 0xffffffff);
  for (const feature of features) {
    const base = hashOf(feature, 0);
    for (let at = 0; at < HASHES; at += 1) {
      const hash = mix(base ^ Math.imul(at + 1, 0x9e3779b1));
      if (hash < (least[at] ?? 0)) least[at] = hash;
    }
  }
  const hashes = least.map((hash) => (hash >>> 16).toString(16).padStart(4, "0"));
  const bands: number[] = [];
  for (let at = 0; at < HASHES; at += ROWS) bands.push(hashOf(hashes.slice(at, at + ROWS).join(""), at + 1));
  return { hashes: hashes.join(""), bands };
}

/** The share of their features that two sketches have in common, 0..1, estimated. */
export function similarityOf(a: string, b: string): number {
  let same = 0;
  for (let at = 0; at < HASHES * 4; at += 4) {
    if (a.slice(at, at + 4) === b.slice(at, at + 4)) same += 1;
  }
  return same / HASHES;
}
