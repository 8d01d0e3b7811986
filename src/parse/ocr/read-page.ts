import type { GrayImage, Ocr, OcrResult, Recognizer } from "../../ports.ts";
import { stretchContrast } from "./gray.ts";
import { scaleGray } from "./scale.ts";

const WANTED_SIDE = 2_048;

/** Makes the page reader over a recogniser: grey values stretched, small images enlarged. */
export function createPageReader(recognizer: Recognizer): Ocr {
  return {
    read: async (image: GrayImage): Promise<OcrResult> => {
      const factor = Math.min(1.5, Math.max(1, WANTED_SIDE / Math.max(image.width, image.height)));
      const scaled = scaleGray(stretchContrast(image), factor);
      const words = await recognizer.recognize(scaled, { language: "eng", layout: "block" });
      const total = words.reduce((sum, word) => sum + word.confidence, 0);
      return {
        words: words.map(({ text, x0, y0, x1, y1, confidence, line }) => ({
          text,
          bbox: [x0 / scaled.width, y0 / scaled.height, x1 / scaled.width, y1 / scaled.height],
          confidence,
          line,
        })),
        rotation: 0,
        language: "en",
        confidence: words.length > 0 ? total / words.length : 0,
      };
    },
  };
}
