import type { DocumentSource, PdfHandle, PdfPageText, PdfReader } from "../../ports.ts";
import type { TextReader } from "./text-reader.ts";

/** A second reader holds a second copy of the file and its objects: larger files do without. */
const MAX_BYTES = 12 * 1024 * 1024;

type OpenTextReader = (source: DocumentSource, password: string | undefined) => Promise<TextReader>;

const openWithUnpdf: OpenTextReader = async (source, password) =>
  (await import("./text-reader.ts")).openTextReader(source, password);

/**
 * Gives a PDF reader a second try at pages whose characters it could not decode. The second reader is loaded
 * when it is first needed. Files that the first cannot open stay closed: on those the second one, which bounds
 * neither its memory nor its time, finds next to nothing.
 */
export function withSecondReader(first: PdfReader, openSecond: OpenTextReader = openWithUnpdf): PdfReader {
  return {
    open: async (source, options) => {
      const handle = await first.open(source, options);
      if (source.size > MAX_BYTES) return handle;
      return readTwice(
        handle,
        lazily(() => openSecond(source, options.password)),
      );
    },
  };
}

/** Opens the second reader once, at first use; null when it cannot open the file either. */
function lazily(open: () => Promise<TextReader>): {
  get: () => Promise<TextReader | null>;
  close: () => void;
} {
  let opening: Promise<TextReader | null> | null = null;
  return {
    get: () => (opening ??= open().catch(() => null)),
    close: () => void opening?.then((reader) => reader?.close()),
  };
}

function readTwice(handle: PdfHandle, second: ReturnType<typeof lazily>): PdfHandle {
  return {
    pageCount: handle.pageCount,
    repaired: handle.repaired,
    metadata: handle.metadata,
    formFields: handle.formFields,
    attachments: handle.attachments,
    readAttachment: handle.readAttachment,
    copyPages: handle.copyPages,
    pageLabels: handle.pageLabels,
    remarks: handle.remarks,
    ...(handle.formData === undefined ? {} : { formData: handle.formData }),
    render: handle.render,
    readText: async (page) => {
      const text = await handle.readText(page);
      if (text.words.length > 0 || text.undecoded === 0) return text;
      return improve(text, await second.get(), page);
    },
    close: () => {
      handle.close();
      second.close();
    },
  };
}

async function improve(text: PdfPageText, reader: TextReader | null, page: number): Promise<PdfPageText> {
  const words = await reader?.readWords(page).catch(() => null);
  return words && words.words.length > 0 ? { ...text, words: words.words, undecoded: 0 } : text;
}
