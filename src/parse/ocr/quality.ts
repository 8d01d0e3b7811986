import type { RecognizedWord } from "../../ports.ts";
import { plausibility } from "./plausibility.ts";

/** How well a reading went. */
export interface Quality {
  /** Characters in words that were read surely and look like print. */
  readonly good: number;
  /** Their share of all characters, 0..1. */
  readonly share: number;
  /** Mean word confidence, 0..1. */
  readonly confidence: number;
}

const SURE = 0.6;
/** Noise makes short words that look right. */
const MIN_LENGTH = 3;
const PLAUSIBLE = 0.9;

/** Judges a reading by its own confidence and by whether its words look like words. */
export function judge(words: readonly RecognizedWord[]): Quality {
  let [good, all, sum] = [0, 0, 0];
  for (const { text, confidence } of words) {
    all += text.length;
    sum += confidence;
    if (text.length >= MIN_LENGTH && confidence >= SURE && plausibility(text) >= PLAUSIBLE)
      good += text.length;
  }
  return { good, share: all === 0 ? 0 : good / all, confidence: words.length === 0 ? 0 : sum / words.length };
}
