import type { LineReading, ReadCharacter } from "../../ports.ts";

/**
 * Reads the model's output greedily (connectionist temporal classification): at each step the likeliest class;
 * repeats and the class of nothing drop out.
 * `scores` holds a row of probabilities a step; `stretch` says how much wider than the line the input was.
 */
export function decodeLine(scores: Float32Array, alphabet: readonly string[], stretch: number): LineReading {
  const steps = Math.floor(scores.length / alphabet.length);
  const characters: ReadCharacter[] = [];
  let before = 0;
  for (let step = 0; step < steps; step += 1) {
    const { best, score } = likeliest(scores, step * alphabet.length, alphabet.length);
    if (best !== 0 && best !== before)
      characters.push({
        text: alphabet[best] ?? "",
        at: Math.min(1, ((step + 0.5) / steps) * stretch),
        confidence: score,
      });
    before = best;
  }
  const sum = characters.reduce((total, { confidence }) => total + confidence, 0);
  return {
    text: characters.map(({ text }) => text).join(""),
    confidence: characters.length === 0 ? 0 : sum / characters.length,
    characters,
  };
}

function likeliest(scores: Float32Array, from: number, classes: number): { best: number; score: number } {
  let [best, score] = [0, scores[from] ?? 0];
  for (let index = 1; index < classes; index += 1) {
    const value = scores[from + index] ?? 0;
    if (value > score) [best, score] = [index, value];
  }
  return { best, score };
}
