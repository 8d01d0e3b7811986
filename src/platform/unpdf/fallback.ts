import { AppError } from "../../errors.ts";
import type { DocumentSource, PdfHandle, PdfPageText, PdfReader } from "../../ports.ts";
import type { TextReader } from "./text-reader.ts";

/** A second reader holds a second copy of the file and its objects: larger files do without. */
const MAX_BYTES = 12 * 1024 * 1024;

type OpenTextReader = (source: DocumentSource, password: string | undefined) => Promise<TextReader>;

const openWithUnpdf: OpenTextReader = async (source, password) =>
  (await import("./text-reader.ts")).openTextReader(source, password);

/**
 * Gives a PDF reader a second try at text: for pages whose characters the first one could not decode,
 * and for files that it could not open. The second reader is loaded when it is first needed.
 */
export function withSecondReader(first: PdfReader, openSecond: OpenTextReader = openWithUnpdf): PdfReader {
  return {
    open: async (source, options) => {
      const second = lazily(() => openSecond(source, options.password));
      try {
        return readTwice(await first.open(source, options), second, source.size <= MAX_BYTES);
      } catch (error) {
        const damaged = error instanceof AppError && error.code === "file_damaged";
        const reader = damaged && source.size <= MAX_BYTES ? await second.get() : null;
        if (!reader) throw error;
        return textOnly(reader);
      }
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

function readTwice(handle: PdfHandle, second: ReturnType<typeof lazily>, allowed: boolean): PdfHandle {
  return {
    pageCount: handle.pageCount,
    repaired: handle.repaired,
    metadata: handle.metadata,
    formFields: handle.formFields,
    attachments: handle.attachments,
    render: handle.render,
    readText: async (page) => {
      const text = await handle.readText(page);
      if (!allowed || text.words.length > 0 || text.undecoded === 0) return text;
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

/** A file that only the second reader opens: its text can be read, its pages cannot be drawn. */
function textOnly(reader: TextReader): PdfHandle {
  const undrawable = (page: number) =>
    new AppError("file_damaged", `Page ${page} of the PDF is damaged and cannot be drawn.`);
  return {
    pageCount: reader.pageCount,
    repaired: true,
    metadata: {},
    formFields: [],
    attachments: [],
    readText: async (page) => {
      const { words, width, height } = await reader.readWords(page).catch(() => {
        throw new AppError("file_damaged", `Page ${page} of the PDF is damaged.`);
      });
      const drawn = { rulings: [], imageCoverage: 0, outlines: 0, drawings: 1, undecoded: 0 };
      return { width, height, rotation: 0, words, ...drawn };
    },
    render: async (page) => {
      throw undrawable(page);
    },
    close: reader.close,
  };
}
