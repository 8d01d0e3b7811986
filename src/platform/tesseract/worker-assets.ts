import type { OcrLanguage } from "../../ports.ts";
import type { TesseractAssets } from "./recognizer.ts";

const MODELS: Record<OcrLanguage, () => Promise<{ default: ArrayBuffer }>> = {
  eng: () => import("@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz"),
  deu: () => import("@tesseract.js-data/deu/4.0.0_best_int/deu.traineddata.gz"),
  fra: () => import("@tesseract.js-data/fra/4.0.0_best_int/fra.traineddata.gz"),
};

/** The recogniser's parts as the Worker's bundle carries them. */
export const workerAssets: TesseractAssets = {
  wasm: async () => (await import("tesseract.js-core/tesseract-core-simd-lstm.wasm")).default,
  model: async (language) => (await MODELS[language]()).default,
};
