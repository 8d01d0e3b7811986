declare module "tesseract.js-core/tesseract-core-simd-lstm.js" {
  /** The parts of the Emscripten module that the recogniser uses. */
  export interface TesseractApi {
    Init(path: string | null, language: string, engineMode: number): number;
    SetVariable(name: string, value: string): boolean;
    SetPageSegMode(mode: number): void;
    SetImageFile(exif: number, angle: number): number;
    Recognize(monitor: null): number;
    GetTSVText(page: number): string;
    Clear(): void;
    End(): void;
  }
  export interface TesseractModule {
    readonly TessBaseAPI: new () => TesseractApi;
    readonly FS: {
      writeFile(path: string, data: Uint8Array): void;
      unlink(path: string): void;
    };
    destroy(api: TesseractApi): void;
    _malloc(bytes: number): number;
    /** Decodes a picture with leptonica; the address of its Pix, or 0. */
    _pixReadMem(address: number, bytes: number): number;
  }
  export default function startCore(options: {
    instantiateWasm: (
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ) => void;
    print: (line: string) => void;
    printErr: (line: string) => void;
    TesseractProgress: (percent: number) => void;
  }): Promise<TesseractModule>;
}

declare module "tesseract.js-core/tesseract-core-simd-lstm.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

declare module "@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz" {
  const bytes: ArrayBuffer;
  export default bytes;
}

declare module "@tesseract.js-data/deu/4.0.0_best_int/deu.traineddata.gz" {
  const bytes: ArrayBuffer;
  export default bytes;
}

declare module "@tesseract.js-data/fra/4.0.0_best_int/fra.traineddata.gz" {
  const bytes: ArrayBuffer;
  export default bytes;
}
