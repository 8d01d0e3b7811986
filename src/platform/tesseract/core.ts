import type { TesseractModule } from "tesseract.js-core/tesseract-core-simd-lstm.js";
import { AppError } from "../../errors.ts";

/** A running instance of the wasm module that holds Tesseract and leptonica. */
export interface TesseractCore {
  readonly core: TesseractModule;
  readonly memory: WebAssembly.Memory;
}

/** Starts an instance of its own, with its own memory. */
export async function startCore(wasm: WebAssembly.Module): Promise<TesseractCore> {
  prepareGlobals();
  const { default: start } = await import("tesseract.js-core/tesseract-core-simd-lstm.js");
  const found: WebAssembly.Memory[] = [];
  const core = await start({
    instantiateWasm: (imports, done) => {
      const instance = new WebAssembly.Instance(wasm, imports);
      for (const value of Object.values(instance.exports)) {
        if (value instanceof WebAssembly.Memory) found.push(value);
      }
      done(instance, wasm);
    },
    print: () => undefined,
    printErr: () => undefined,
    TesseractProgress: () => undefined,
  });
  const [memory] = found;
  if (!memory) throw new AppError("internal", "The text recogniser shows no memory.");
  return { core, memory };
}

/** The Emscripten glue takes itself for Node or a browser and looks for these two before anything else. */
export function prepareGlobals(): void {
  const known = { __dirname: "/", location: { href: "file:///" } };
  for (const [name, value] of Object.entries(known)) {
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true });
  }
}
