import type { ReadAlternative, ReadCharacter } from "../../ports.ts";

/** A word as the line reader read it, sign by sign, and what may stand between its signs. */
export interface ReadToken {
  readonly characters: readonly ReadCharacter[];
  readonly missed: readonly ReadCharacter[];
}

/** A token read otherwise: `odds` says how likely that is beside what was likeliest. */
export interface Respelling {
  readonly text: string;
  readonly odds: number;
}

/** One sign read otherwise, left out or put in. */
interface Edit {
  /** The sign that is replaced, or in front of which one is put in. */
  readonly at: number;
  readonly inserts: boolean;
  readonly text: string;
  readonly odds: number;
}

/** Words of fewer letters are met by chance. */
const LEAST_LETTERS = 3;
/** From so many letters on, two of them may have been mistaken. */
const LONG = 6;
const MOST_EDITS = 16;
/** Signs that are drawn alike in many fonts, and how likely one of them is the other. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  i: "l",
  l: "i",
  I: "l1",
  "1": "lI",
  "0": "O",
  O: "0",
  "5": "S",
  "8": "B",
};
const LOOKALIKE_ODDS = 0.1;

/**
 * The likeliest other reading of a token that is wanted, by what the reader itself held possible: each run of letters
 * that is not wanted as it stands becomes one that is. Null where nothing changes.
 */
export function respell(token: ReadToken, isWanted: (word: string) => boolean): Respelling | null {
  let [text, odds, changed] = ["", 1, false];
  for (const run of runsOf(token)) {
    const plain = textOf(run.characters);
    const other =
      plain.length >= LEAST_LETTERS && /\p{L}/u.test(plain) && !isWanted(plain)
        ? likeliest(run, isWanted)
        : null;
    text += other?.text ?? plain;
    odds *= other?.odds ?? 1;
    changed ||= other !== null;
  }
  return changed ? { text, odds } : null;
}

/** How likely the reader holds a text in place of what it read: 0 where it does not. */
export function oddsOf(token: ReadToken, text: string): number {
  const wanted = plainOf(text);
  const characters = token.characters.filter((character) => plainOf(character.text) !== "");
  const own = plainOf(textOf(characters));
  if (own === wanted) return 1;
  if (Math.abs(own.length - wanted.length) > 2) return 0;
  return likeliest({ ...token, characters }, (word) => plainOf(word) === wanted)?.odds ?? 0;
}

function plainOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\d]+/gu, "");
}

function textOf(characters: readonly ReadCharacter[]): string {
  return characters.map((character) => character.text).join("");
}

/** A token's runs of letters and figures, and the signs between them. */
function runsOf({ characters, missed }: ReadToken): ReadToken[] {
  const runs: ReadCharacter[][] = [];
  let inWord: boolean | null = null;
  for (const character of characters) {
    const letter = /[\p{L}\d]/u.test(character.text);
    if (letter !== inWord) runs.push([]);
    runs.at(-1)?.push(character);
    inWord = letter;
  }
  return runs.map((run) => ({ characters: run, missed }));
}

function likeliest(run: ReadToken, isWanted: (word: string) => boolean): Respelling | null {
  const edits = editsOf(run);
  let best: Respelling | null = null;
  const consider = (...chosen: readonly Edit[]): void => {
    const odds = chosen.reduce((product, edit) => product * edit.odds, 1);
    if (odds <= (best?.odds ?? 0)) return;
    const text = apply(run.characters, chosen);
    if (isWanted(text)) best = { text, odds };
  };
  for (const edit of edits) consider(edit);
  if (best || run.characters.length < LONG) return best;
  for (const [index, one] of edits.entries())
    for (const other of edits.slice(index + 1)) if (one.at !== other.at) consider(one, other);
  return best;
}

function editsOf({ characters, missed }: ReadToken): Edit[] {
  const edits: Edit[] = [];
  for (const [at, { others = [], confidence }] of characters.entries()) {
    for (const other of others) edits.push(editOf(at, false, other, confidence));
    for (const text of LOOKALIKES[characters[at]?.text ?? ""] ?? "")
      edits.push({ at, inserts: false, text, odds: LOOKALIKE_ODDS });
  }
  const [first, last] = [characters[0]?.at ?? 0, characters.at(-1)?.at ?? 0];
  for (const letter of missed) {
    if (letter.at <= first || letter.at >= last || !/[\p{L}\d]/u.test(letter.text)) continue;
    const at = characters.findIndex((character) => character.at > letter.at);
    for (const each of [letter, ...(letter.others ?? [])])
      edits.push(editOf(at, true, each, 1 - each.confidence));
  }
  return edits.sort((a, b) => b.odds - a.odds).slice(0, MOST_EDITS);
}

function editOf(at: number, inserts: boolean, { text, confidence }: ReadAlternative, beside: number): Edit {
  return { at, inserts, text, odds: Math.min(1, confidence / Math.max(0.01, beside)) };
}

function apply(characters: readonly ReadCharacter[], edits: readonly Edit[]): string {
  return characters
    .map(({ text }, at) => {
      const edit = edits.find((each) => each.at === at);
      if (!edit) return text;
      return edit.inserts ? edit.text + text : edit.text;
    })
    .join("");
}
