import { AppError } from "../../errors.ts";
import type { GrayImage, OcrLanguage, RecognizedWord, Recognizer } from "../../ports.ts";
import type { TesseractApi, TesseractModule } from "tesseract.js-core/tesseract-core-simd-lstm.js";
import { startCore } from "./core.ts";
import { parseTsv } from "./tsv.ts";

/** What the recogniser is made of: the compiled wasm module and the gzipped models, each loaded when first used. */
export interface TesseractAssets {
  readonly wasm: () => Promise<WebAssembly.Module>;
  readonly model: (language: OcrLanguage) => Promise<ArrayBuffer | Uint8Array>;
}

/** Tesseract's page segmentation modes for the layouts that we ask for. */
const SEGMENTATION = { block: 6, sparse: 11 } as const;

type ReadOptions = Parameters<Recognizer["recognize"]>[1];

const LSTM_ONLY = 1;

/** An instance that has grown beyond it is thrown away: wasm memory never shrinks. */
const MAX_IDLE_BYTES = 64 * 1024 * 1024;

interface Loaded {
  readonly core: TesseractModule;
  readonly memory: WebAssembly.Memory;
  api: TesseractApi;
  language: OcrLanguage | null;
}

/**
 * A recogniser over one Tesseract instance, with one language loaded at a time. It is one caller's at a
 * time: callers that share an isolate take turns before they ask.
 */
export interface TesseractRecognizer extends Recognizer {
  /** Bytes of linear memory that the last reading ended with, also when its instance is gone; 0 before the first. */
  readonly memoryBytes: () => number;
  /** Lets go of the instance, so that others have its memory. The next reading starts a new one. */
  readonly release: () => void;
}

/** Makes a recogniser. Nothing is loaded before the first reading. */
export function createTesseract(assets: TesseractAssets): TesseractRecognizer {
  let loaded: Loaded | null = null;
  let memoryBytes = 0;

  async function recognizeAlone(image: GrayImage, options: ReadOptions): Promise<RecognizedWord[]> {
    try {
      loaded ??= await load(assets);
      if (loaded.language !== options.language) await loadLanguage(loaded, options.language, assets);
      const words = runPage(loaded, image, options);
      memoryBytes = loaded.memory.buffer.byteLength;
      if (memoryBytes > MAX_IDLE_BYTES) loaded = null;
      return words;
    } catch (error) {
      loaded = null;
      if (error instanceof AppError) throw error;
      throw new AppError("internal", "The text recogniser stopped on this image.", { cause: error });
    }
  }

  return {
    recognize: recognizeAlone,
    memoryBytes: () => memoryBytes,
    release: () => {
      loaded = null;
    },
  };
}

async function load(assets: TesseractAssets): Promise<Loaded> {
  const { core, memory } = await startCore(await assets.wasm());
  return { core, memory, api: new core.TessBaseAPI(), language: null };
}

async function loadLanguage(loaded: Loaded, language: OcrLanguage, assets: TesseractAssets): Promise<void> {
  const file = `${language}.traineddata`;
  const packed = new Blob([await assets.model(language)]).stream();
  const model = await new Response(packed.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  if (loaded.language) loaded.api.End();
  loaded.language = null;
  loaded.core.FS.writeFile(file, new Uint8Array(model));
  const status = loaded.api.Init(null, language, LSTM_ONLY);
  loaded.core.FS.unlink(file);
  if (status !== 0) throw new AppError("internal", `The model of ${language} could not be loaded.`);
  loaded.language = language;
}

function runPage(loaded: Loaded, image: GrayImage, options: ReadOptions): RecognizedWord[] {
  const { core, api } = loaded;
  core.FS.writeFile("/input", toPgm(image));
  try {
    api.SetVariable("user_defined_dpi", "300");
    api.SetVariable("tessedit_do_invert", options.lightOnDark ? "1" : "0");
    api.SetPageSegMode(SEGMENTATION[options.layout]);
    if (api.SetImageFile(1, 0) === 1) throw new AppError("internal", "The recogniser refused the image.");
    if (api.Recognize(null) !== 0) return [];
    return parseTsv(api.GetTSVText(0));
  } finally {
    core.FS.unlink("/input");
    api.Clear();
  }
}

/** A binary portable graymap (P5): a header of a few bytes before the raw pixels. */
function toPgm(image: GrayImage): Uint8Array {
  const header = new TextEncoder().encode(`P5\n${image.width} ${image.height}\n255\n`);
  const pgm = new Uint8Array(header.length + image.width * image.height);
  pgm.set(header);
  pgm.set(image.data.subarray(0, image.width * image.height), header.length);
  return pgm;
}
