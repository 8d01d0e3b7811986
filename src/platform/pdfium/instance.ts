/** What this adapter calls of pdfium's C interface (public/fpdf*.h). */
const FUNCTIONS = [
  "malloc",
  "free",
  "FORM_OnAfterLoadPage",
  "FORM_OnBeforeClosePage",
  "FPDFAnnot_GetFlags",
  "FPDFAnnot_GetFormFieldAlternateName",
  "FPDFAnnot_GetFormFieldExportValue",
  "FPDFAnnot_GetFormFieldFlags",
  "FPDFAnnot_GetFormFieldName",
  "FPDFAnnot_GetFormFieldType",
  "FPDFAnnot_GetFormFieldValue",
  "FPDFAnnot_GetOptionCount",
  "FPDFAnnot_GetOptionLabel",
  "FPDFAnnot_GetRect",
  "FPDFAnnot_GetSubtype",
  "FPDFAnnot_IsChecked",
  "FPDFAnnot_IsOptionSelected",
  "FPDFAttachment_GetFile",
  "FPDFAttachment_GetName",
  "FPDFAttachment_GetSubtype",
  "FPDFBitmap_CreateEx",
  "FPDFBitmap_Destroy",
  "FPDFBitmap_FillRect",
  "FPDFDOC_ExitFormFillEnvironment",
  "FPDFDOC_InitFormFillEnvironment",
  "FPDFDoc_GetAttachment",
  "FPDFDoc_GetAttachmentCount",
  "FPDFDoc_GetJavaScriptActionCount",
  "FPDFFont_GetAscent",
  "FPDFFont_GetDescent",
  "FPDFFormObj_CountObjects",
  "FPDFFormObj_GetObject",
  "FPDFPageObjMark_GetName",
  "FPDFPageObjMark_GetParamStringValue",
  "FPDFPageObj_CountMarks",
  "FPDFPageObj_GetFillColor",
  "FPDFPageObj_GetMark",
  "FPDFPageObj_GetMatrix",
  "FPDFPageObj_GetStrokeColor",
  "FPDFPageObj_GetType",
  "FPDFPage_CloseAnnot",
  "FPDFPage_CountObjects",
  "FPDFPage_Flatten",
  "FPDFPage_GetAnnot",
  "FPDFPage_GetAnnotCount",
  "FPDFPage_GetObject",
  "FPDFPage_GetRotation",
  "FPDFPathSegment_GetClose",
  "FPDFPathSegment_GetPoint",
  "FPDFPathSegment_GetType",
  "FPDFPath_CountSegments",
  "FPDFPath_GetDrawMode",
  "FPDFPath_GetPathSegment",
  "FPDFTextObj_GetFont",
  "FPDFTextObj_GetTextRenderMode",
  "FPDFText_ClosePage",
  "FPDFText_CountChars",
  "FPDFText_GetBoundedText",
  "FPDFText_GetCharOrigin",
  "FPDFText_GetFontSize",
  "FPDFText_GetLooseCharBox",
  "FPDFText_GetMatrix",
  "FPDFText_GetTextObject",
  "FPDFText_GetUnicode",
  "FPDFText_LoadPage",
  "FPDF_CloseDocument",
  "FPDF_ClosePage",
  "FPDF_CreateNewDocument",
  "FPDF_DocumentHasValidCrossReferenceTable",
  "FPDF_GetFormType",
  "FPDF_GetLastError",
  "FPDF_GetMetaText",
  "FPDF_GetPageBoundingBox",
  "FPDF_GetPageCount",
  "FPDF_GetPageLabel",
  "FPDF_GetSecurityHandlerRevision",
  "FPDF_GetXFAPacketContent",
  "FPDF_GetXFAPacketCount",
  "FPDF_GetXFAPacketName",
  "FPDF_ImportPagesByIndex",
  "FPDF_LoadMemDocument",
  "FPDF_LoadPage",
  "FPDF_RenderPageBitmap",
  "FPDF_SaveAsCopy",
] as const;

/** pdfium's functions: pointers, handles and flags are numbers. */
export type PdfiumExports = {
  readonly [name in (typeof FUNCTIONS)[number]]: (...args: number[]) => number;
} & { readonly memory: WebAssembly.Memory; readonly __indirect_function_table: WebAssembly.Table };

/** A running copy of pdfium with a small block for results that it hands back by pointer. */
export interface PdfiumInstance {
  readonly exports: PdfiumExports;
  /** Address of `SCRATCH_BYTES` bytes that any single call may use. */
  readonly scratch: number;
  /** A view of the memory as it stands now: growth detaches older views. */
  readonly view: () => DataView<ArrayBuffer>;
  readonly bytes: () => Uint8Array<ArrayBuffer>;
  /** Set by the first trap: the memory cannot be trusted any more. */
  broken: boolean;
}

export const SCRATCH_BYTES = 512;

/** Above it `malloc` fails and pdfium gives up the document, long before the isolate's 128 MB are gone. */
const MAX_MEMORY_BYTES = 104 * 1024 * 1024;
const WASM_PAGE_BYTES = 65_536;

const ERRNO_NO_ENTRY = -44;
const ERRNO_NOT_SUPPORTED = -52;
const ERRNO_BAD_FILE = 8;

type Callable = (...args: number[]) => number | undefined;

/**
 * Starts pdfium. The imports are its Emscripten runtime cut to what a document can reach:
 * no files, no environment, time from the host, and memory up to a bound.
 * @throws TypeError when the module is another build
 */
export async function startPdfium(module: WebAssembly.Module): Promise<PdfiumInstance> {
  const host: { exports?: WebAssembly.Exports } = {};
  const instance = await WebAssembly.instantiate(
    module,
    imports(() => host.exports ?? {}),
  );
  host.exports = instance.exports;
  call(instance.exports, "emscripten_stack_init");
  call(instance.exports, "__wasm_call_ctors");
  call(instance.exports, "FPDF_InitLibrary");
  for (const name of FUNCTIONS) functionOf(instance.exports, name);
  // WebAssembly cannot type a module's exports; that they are there has been seen.
  const exports = instance.exports as unknown as PdfiumExports;
  const scratch = exports.malloc(SCRATCH_BYTES);
  return {
    exports,
    scratch,
    view: () => new DataView(exports.memory.buffer),
    bytes: () => new Uint8Array(exports.memory.buffer),
    broken: false,
  };
}

function call(exports: WebAssembly.Exports, name: string, ...args: number[]): number | undefined {
  return functionOf(exports, name)(...args);
}

function functionOf(exports: WebAssembly.Exports, name: string): Callable {
  const callee = exports[name];
  if (typeof callee !== "function") throw new TypeError(`this build of pdfium has no ${name}`);
  return callee as Callable;
}

function imports(exports: () => WebAssembly.Exports): WebAssembly.Imports {
  const memory = () => exports()["memory"] as WebAssembly.Memory;
  const view = () => new DataView(memory().buffer);
  const missing = () => ERRNO_NO_ENTRY;
  const refused = () => ERRNO_NOT_SUPPORTED;
  const badFile = () => ERRNO_BAD_FILE;
  const invoke = invoker(exports);
  return {
    env: {
      invoke_ii: invoke,
      invoke_iii: invoke,
      invoke_iiii: invoke,
      invoke_iiiii: invoke,
      invoke_viii: invoke,
      _emscripten_throw_longjmp: () => {
        throw LONG_JUMP;
      },
      _abort_js: () => {
        throw new WebAssembly.RuntimeError("pdfium aborted");
      },
      emscripten_date_now: () => Date.now(),
      emscripten_resize_heap: (requested: number) => grow(memory(), requested >>> 0),
      _tzset_js: () => undefined,
      _localtime_js: (time: bigint, target: number) => writeTime(view(), time, target),
      _gmtime_js: (time: bigint, target: number) => writeTime(view(), time, target),
      __syscall_openat: missing,
      __syscall_stat64: missing,
      __syscall_newfstatat: missing,
      __syscall_lstat64: missing,
      __syscall_fcntl64: refused,
      __syscall_ioctl: refused,
      __syscall_fstat64: refused,
      __syscall_ftruncate64: refused,
      __syscall_getdents64: refused,
      __syscall_unlinkat: refused,
      __syscall_rmdir: refused,
    },
    wasi_snapshot_preview1: {
      fd_close: badFile,
      fd_read: badFile,
      fd_seek: badFile,
      fd_sync: badFile,
      fd_write: badFile,
      environ_get: () => 0,
      environ_sizes_get: (count: number, size: number) => {
        view().setUint32(count, 0, true);
        view().setUint32(size, 0, true);
        return 0;
      },
    },
  };
}

/** Emscripten's longjmp is a thrown number. */
const LONG_JUMP = Number.POSITIVE_INFINITY;

/** Calls through the table as C's setjmp needs it: a long jump comes back as a flag, all else goes on. */
function invoker(exports: () => WebAssembly.Exports) {
  return (index: number, ...args: number[]): number | undefined => {
    const stack = call(exports(), "emscripten_stack_get_current") ?? 0;
    const table = exports()["__indirect_function_table"] as WebAssembly.Table;
    try {
      return (table.get(index) as Callable)(...args);
    } catch (thrown) {
      call(exports(), "_emscripten_stack_restore", stack);
      if (thrown !== LONG_JUMP) throw thrown;
      call(exports(), "setThrew", 1, 0);
    }
  };
}

function grow(memory: WebAssembly.Memory, requested: number): number {
  const now = memory.buffer.byteLength;
  if (requested > MAX_MEMORY_BYTES) return 0;
  const wanted = Math.min(MAX_MEMORY_BYTES, Math.max(requested, now + now / 8));
  try {
    memory.grow(Math.ceil((wanted - now) / WASM_PAGE_BYTES));
    return 1;
  } catch {
    return 0;
  }
}

/** Fills a C `struct tm` in UTC. */
function writeTime(view: DataView, seconds: bigint, target: number): void {
  const date = new Date(Number(seconds) * 1000);
  const fields = [
    date.getUTCSeconds(),
    date.getUTCMinutes(),
    date.getUTCHours(),
    date.getUTCDate(),
    date.getUTCMonth(),
    date.getUTCFullYear() - 1900,
    date.getUTCDay(),
    Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000),
    0,
  ];
  for (const [index, field] of fields.entries()) view.setInt32(target + index * 4, field, true);
}
