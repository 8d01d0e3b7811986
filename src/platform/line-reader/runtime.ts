import type { InferenceSession, Tensor } from "onnxruntime-web/wasm";

/** A model that runs, and what makes its inputs. */
export interface Runtime {
  readonly session: InferenceSession;
  readonly makeTensor: (values: Float32Array, dimensions: readonly number[]) => Tensor;
}

/** Starts the runtime over its compiled module, in this thread, and gives it a model. */
export async function startRuntime(wasm: WebAssembly.Module, model: Uint8Array): Promise<Runtime> {
  const ort = await import("onnxruntime-web/wasm");
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.proxy = false;
  ort.env.logLevel = "error";
  // Any bytes keep it from fetching: the module that a Worker's bundle carries is compiled already.
  ort.env.wasm.wasmBinary = new ArrayBuffer(8);
  const session = await withModule(wasm, () =>
    ort.InferenceSession.create(model, {
      executionProviders: ["wasm"],
      enableMemPattern: false,
      enableCpuMemArena: false,
      // Packed weights would stand in memory a second time.
      extra: { session: { disable_prepacking: "1" } },
    }),
  );
  return {
    session,
    makeTensor: (values, dimensions) => new ort.Tensor("float32", values, dimensions),
  };
}

/** Lets whoever instantiates WebAssembly from bytes have this module instead: a Worker may not compile. */
async function withModule<T>(wasm: WebAssembly.Module, work: () => Promise<T>): Promise<T> {
  const instantiate = WebAssembly.instantiate;
  const swapped = async (_: unknown, imports?: WebAssembly.Imports) => {
    const instance = await instantiate(wasm, imports);
    return { module: wasm, instance };
  };
  Object.assign(WebAssembly, { instantiate: swapped });
  try {
    return await work();
  } finally {
    Object.assign(WebAssembly, { instantiate });
  }
}
