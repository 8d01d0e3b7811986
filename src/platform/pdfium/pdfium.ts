import { AppError } from "../../errors.ts";
import type { PdfReader } from "../../ports.ts";
import { PdfiumDocument } from "./document.ts";
import { type PdfiumInstance, startPdfium } from "./instance.ts";

/** An instance that grew beyond this is thrown away once nobody reads from it: wasm memory never shrinks. */
const KEEP_MEMORY_BYTES = 40 * 1024 * 1024;

/** A running pdfium and how many documents it has open. */
interface Shared {
  readonly pdfium: PdfiumInstance;
  open: number;
}

/** Lends the running instance of pdfium to documents. */
export interface PdfiumPool {
  readonly acquire: () => Promise<PdfiumInstance>;
  /** Gives an instance back; one that broke or grew large is left to the garbage collector. */
  readonly release: (pdfium: PdfiumInstance) => void;
}

/**
 * PDFs by pdfium. `loadModule` gives the compiled wasm: the Worker imports it, a Node program compiles the file;
 * `loadWriter` gives the few bytes of wasm through which it writes. Nothing is loaded before the first document.
 */
export function createPdfium(
  loadModule: () => Promise<WebAssembly.Module>,
  loadWriter = async (): Promise<WebAssembly.Module> => (await import("./load-writer.ts")).default,
): PdfReader {
  const pool = createPool(loadModule);
  return {
    open: async (source, options) => {
      const document = new PdfiumDocument(source, options.password, pool, loadWriter);
      await document.start();
      return document;
    },
  };
}

function createPool(loadModule: () => Promise<WebAssembly.Module>): PdfiumPool {
  let current: Shared | null = null;

  const start = async (): Promise<Shared> => {
    try {
      current = { pdfium: await startPdfium(await loadModule()), open: 0 };
      return current;
    } catch (cause) {
      throw new AppError("internal", "The PDF reader could not be started. Try again.", { cause });
    }
  };

  return {
    acquire: async () => {
      if (current?.pdfium.broken) current = null;
      // No other caller's start is waited for: a request that is cancelled never settles its own.
      const shared = current ?? (await start());
      shared.open++;
      return shared.pdfium;
    },
    release: (pdfium) => {
      if (current?.pdfium !== pdfium) return;
      current.open--;
      const large = pdfium.exports.memory.buffer.byteLength > KEEP_MEMORY_BYTES;
      if (pdfium.broken || (large && current.open <= 0)) current = null;
    },
  };
}
