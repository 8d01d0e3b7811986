/**
 * Signs that print nothing and yet part a word or turn what is read: controls, soft hyphens, zero-width spaces, marks
 * and overrides of direction. The joiners U+200C and U+200D stay: Persian and Indic words are spelt with them.
 */
export const UNSEEN = /[\p{Cc}\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

/** A word as it is seen. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, "");
}
