import type { LineReaderAssets } from "./line-reader.ts";

/** The reader's parts as a Worker's bundle carries them. */
export const workerAssets: LineReaderAssets = {
  wasm: async () => (await import("onnxruntime-web/ort-wasm-simd-threaded.wasm")).default,
  model: async () => (await import("./model/line-reader.onnx")).default,
  characters: async () => (await import("./model/characters.txt")).default,
};
