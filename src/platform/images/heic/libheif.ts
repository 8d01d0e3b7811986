import type { MainModule } from "libheif-js/libheif-wasm/libheif.js";
import { AppError } from "../../../errors.ts";
import { damaged } from "../picture.ts";
import { prepareGlobals } from "../../tesseract/core.ts";

/** A running libheif with one file open in it, in an instance of its own that is thrown away with it. */
export interface HeifFile {
  readonly lib: MainModule;
  readonly memory: WebAssembly.Memory;
  readonly context: number;
  /** The picture that the file calls its main one. */
  readonly handle: number;
  readonly item: number;
  /** Room for what functions give back by pointer; 64 bytes, good until the next call. */
  readonly scratch: number;
  /** Calls a function that writes an error to the address that it is given. @throws AppError file_damaged */
  readonly attempt: (call: (error: number) => void) => void;
  readonly u32: (address: number) => number;
}

const SCRATCH_BYTES = 128;
const WASM_PAGE_BYTES = 65_536;
/** What a picture may take, whatever its header promised: beyond it libheif runs out of memory and gives up. */
const MAX_MEMORY_BYTES = 96 * 1024 * 1024;

/** Opens a HEIC. @throws AppError file_damaged */
export async function openHeif(wasm: WebAssembly.Module, bytes: Uint8Array): Promise<HeifFile> {
  const { lib, memory } = await start(wasm);
  const scratch = lib._malloc(SCRATCH_BYTES);
  const u32 = (address: number): number => new DataView(memory.buffer).getUint32(address, true);
  const attempt = (call: (error: number) => void): void => {
    try {
      call(scratch);
    } catch (error) {
      throw damaged("The HEIC cannot be decoded: it is damaged, or takes more memory than there is.", error);
    }
    if (u32(scratch) !== 0)
      throw damaged(
        "The HEIC cannot be decoded: it is cut off or damaged.",
        textAt(memory, u32(scratch + 8)),
      );
  };
  const file = lib._malloc(bytes.length);
  new Uint8Array(memory.buffer).set(bytes, file);
  const context = lib._heif_context_alloc();
  const out = scratch + 16;
  // No copy: the bytes stay where they are for as long as the instance lives.
  attempt((error) => lib._heif_context_read_from_memory(error, context, file, bytes.length, 0));
  attempt((error) => lib._heif_context_get_primary_image_handle(error, context, out));
  const handle = u32(out);
  return {
    lib,
    memory,
    context,
    handle,
    item: lib._heif_image_handle_get_item_id(handle),
    scratch,
    attempt,
    u32,
  };
}

async function start(wasm: WebAssembly.Module): Promise<{ lib: MainModule; memory: WebAssembly.Memory }> {
  prepareGlobals();
  const { default: factory } = await import("libheif-js/libheif-wasm/libheif.js");
  const found: WebAssembly.Memory[] = [];
  const lib = factory({
    instantiateWasm: (
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ): WebAssembly.Exports => {
      const instance = new WebAssembly.Instance(wasm, imports);
      for (const value of Object.values(instance.exports))
        if (value instanceof WebAssembly.Memory) found.push(bounded(value));
      done(instance, wasm);
      return instance.exports;
    },
    print: () => undefined,
    printErr: () => undefined,
  });
  const [memory] = found;
  if (!memory) throw new AppError("internal", "The HEIC decoder shows no memory.");
  return { lib, memory };
}

/** A memory that refuses to grow beyond the bound: the allocation that asked for it then fails. */
function bounded(memory: WebAssembly.Memory): WebAssembly.Memory {
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * WASM_PAGE_BYTES > MAX_MEMORY_BYTES)
      throw new RangeError("the picture takes more memory than there is");
    return grow(pages);
  };
  return memory;
}

function textAt(memory: WebAssembly.Memory, address: number): string {
  const bytes = new Uint8Array(memory.buffer, address);
  return new TextDecoder().decode(bytes.subarray(0, Math.min(200, Math.max(0, bytes.indexOf(0)))));
}
