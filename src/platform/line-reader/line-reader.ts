import type { InferenceSession, Tensor } from "onnxruntime-web/wasm";
import { AppError } from "../../errors.ts";
import type { GrayImage, LineReader, LineReading } from "../../ports.ts";
import { decodeLine } from "./decode-line.ts";
import { startRuntime } from "./runtime.ts";

/** What the reader is made of, each loaded when first used. */
export interface LineReaderAssets {
  readonly wasm: () => Promise<WebAssembly.Module>;
  /** The recognition model in ONNX form. */
  readonly model: () => Promise<ArrayBuffer | Uint8Array>;
  /** The model's characters, one a line, in the order of its classes. */
  readonly characters: () => Promise<string>;
}

/** The height that the model was trained on. */
const HEIGHT = 48;
/** The model halves a line three times along its width. */
const STEP = 8;
/** Beyond it a line is no line of print, and its memory no small matter. */
const MAX_WIDTH = 2_400;
const UNREAD: LineReading = { text: "", confidence: 0, characters: [] };

const INPUT = "x";

/**
 * Reads lines of print with the recognition model of PP-OCRv4, cut down to its Latin characters.
 * Nothing is loaded before the first line.
 */
export function createLineReader(assets: LineReaderAssets): LineReader {
  let starting: Promise<Loaded> | null = null;
  return {
    read: async (lines) => {
      starting ??= load(assets);
      const loaded = await starting.catch((cause: unknown) => {
        starting = null;
        throw new AppError("internal", "The line reader did not start.", { cause });
      });
      const read: LineReading[] = [];
      for (const line of lines) read.push(isLine(line) ? await readLine(loaded, line) : UNREAD);
      return read;
    },
  };
}

interface Loaded {
  readonly session: InferenceSession;
  readonly makeTensor: (values: Float32Array, width: number) => Tensor;
  /** The character of each class; the first stands for none. */
  readonly alphabet: readonly string[];
}

async function load(assets: LineReaderAssets): Promise<Loaded> {
  const [wasm, model, characters] = await Promise.all([assets.wasm(), assets.model(), assets.characters()]);
  const { session, makeTensor } = await startRuntime(wasm, new Uint8Array(model));
  return {
    session,
    makeTensor: (values, width) => makeTensor(values, [1, 3, HEIGHT, width]),
    alphabet: ["", ...characters.split("\n").filter((character) => character !== ""), " "],
  };
}

/** Whether a crop is what it says it is: the height that is read, some width, and all of its pixels. */
function isLine({ width, height, data }: GrayImage): boolean {
  return height === HEIGHT && width > 0 && width <= MAX_WIDTH && data.length >= width * height;
}

async function readLine({ session, makeTensor, alphabet }: Loaded, line: GrayImage): Promise<LineReading> {
  const width = Math.ceil(line.width / STEP) * STEP;
  const input = makeTensor(toInput(line, width), width);
  const [name = ""] = session.outputNames;
  try {
    const results = await session.run({ [INPUT]: input });
    const output = results[name];
    if (!output || !(output.data instanceof Float32Array)) return UNREAD;
    const read = decodeLine(output.data, alphabet, width / line.width);
    output.dispose();
    return read;
  } catch (cause) {
    throw new AppError("internal", "The line reader stopped on a line.", { cause });
  } finally {
    input.dispose();
  }
}

/** Grey values from -1 to 1 in three equal planes, white to the right of the line. */
function toInput({ width: wide, data }: GrayImage, width: number): Float32Array {
  const plane = width * HEIGHT;
  const values = new Float32Array(plane * 3).fill(1);
  for (let y = 0; y < HEIGHT; y += 1)
    for (let x = 0; x < wide; x += 1) values[y * width + x] = (data[y * wide + x] ?? 255) / 127.5 - 1;
  values.copyWithin(plane, 0, plane);
  values.copyWithin(2 * plane, 0, plane);
  return values;
}
