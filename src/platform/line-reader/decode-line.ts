import type { LineReading, ReadAlternative, ReadCharacter } from "../../ports.ts";

/** A class that is less likely than that is no reading of a place. */
const POSSIBLE = 0.03;
/** A letter where nothing was likeliest is told from so much on. */
const MISSED = 0.05;
const MOST_ALTERNATIVES = 3;

/**
 * Reads the model's output greedily (connectionist temporal classification): at each step the likeliest class;
 * repeats and the class of nothing drop out. What else a place can be is told beside it, and the letters that
 * nothing was hardly likelier than.
 * `scores` holds a row of probabilities a step; `stretch` says how much wider than the line the input was.
 */
export function decodeLine(scores: Float32Array, alphabet: readonly string[], stretch: number): LineReading {
  const steps = Math.floor(scores.length / alphabet.length);
  const runs = runsOf(scores, alphabet.length, steps);
  const place = (step: number): number => Math.min(1, ((step + 0.5) / steps) * stretch);
  const characters: ReadCharacter[] = [];
  const missed: ReadCharacter[] = [];
  for (const [index, run] of runs.entries()) {
    const others = likeliestOthers(scores, alphabet.length, run);
    const told = (each: Other): ReadAlternative => ({
      text: alphabet[each.at] ?? "",
      confidence: each.score,
    });
    if (run.best !== 0) {
      const alternatives = others.map((each) => told(each));
      characters.push({
        text: alphabet[run.best] ?? "",
        at: place(run.from),
        confidence: run.score,
        ...(alternatives.length > 0 ? { others: alternatives } : {}),
      });
      continue;
    }
    const beside = new Set([runs[index - 1]?.best, runs[index + 1]?.best]);
    const letter = others.find(({ at, score }) => score >= MISSED && !beside.has(at));
    if (letter) missed.push({ ...told(letter), at: place(letter.step) });
  }
  const sum = characters.reduce((total, { confidence }) => total + confidence, 0);
  return {
    text: characters.map(({ text }) => text).join(""),
    confidence: characters.length === 0 ? 0 : sum / characters.length,
    characters,
    ...(missed.length > 0 ? { missed } : {}),
  };
}

/** Steps that follow each other with one likeliest class; `score` is the first one's. */
interface Run {
  readonly best: number;
  readonly from: number;
  readonly to: number;
  readonly score: number;
}

function runsOf(scores: Float32Array, classes: number, steps: number): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (let step = 1; step <= steps; step += 1) {
    const { best, score } = likeliest(scores, from * classes, classes);
    if (step < steps && likeliest(scores, step * classes, classes).best === best) continue;
    runs.push({ best, from, to: step, score });
    from = step;
  }
  return runs;
}

interface Other {
  readonly at: number;
  readonly score: number;
  readonly step: number;
}

/** The classes that a run can be too, the likeliest first: letters at their best step, nothing at its worst. */
function likeliestOthers(scores: Float32Array, classes: number, { best, from, to }: Run): Other[] {
  const found: Other[] = [];
  for (let at = 0; at < classes; at += 1) {
    if (at === best) continue;
    let [most, least, where] = [0, 1, from];
    for (let step = from; step < to; step += 1) {
      const value = scores[step * classes + at] ?? 0;
      if (value > most) [most, where] = [value, step];
      least = Math.min(least, value);
    }
    const score = at === 0 ? least : most;
    if (score >= POSSIBLE) found.push({ at, score, step: where });
  }
  return found.sort((a, b) => b.score - a.score).slice(0, MOST_ALTERNATIVES);
}

function likeliest(scores: Float32Array, from: number, classes: number): { best: number; score: number } {
  let [best, score] = [0, scores[from] ?? 0];
  for (let index = 1; index < classes; index += 1) {
    const value = scores[from + index] ?? 0;
    if (value > score) [best, score] = [index, value];
  }
  return { best, score };
}
