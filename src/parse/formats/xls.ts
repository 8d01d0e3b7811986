import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import type { DocumentSource } from "../../ports.ts";
import { passwordRequired } from "../office-crypto/primitives.ts";
import { findFilePass, workbookName } from "../office-crypto/unlock-xls.ts";
import { type Compound, isCompound, openCompound } from "../package/open-compound.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";
import { loadFormat } from "../sheets/load-format.ts";
import { openBook } from "../sheets/open-book.ts";
import { readBiff } from "../sheets/read-biff.ts";

/** Reads Excel 97-2003 workbooks and those before them, also as a bare stream of records. */
export const xls: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    const bytes = await source.bytes();
    const file = isCompound(bytes) ? openCompound(bytes) : null;
    const stream = file ? workbookOf(file) : bytes;
    if (findFilePass(stream)) throw passwordRequired();
    const { macroSheets, ...book } = readBiff(stream, await loadFormat(), limits);
    const warnings: Warning[] = [...book.warnings];
    if (macroSheets > 0 || file?.names.some((name) => /^_VBA_PROJECT_CUR\//i.test(name)) === true) {
      warnings.push({ code: "macros_present", message: "The workbook carries macros. They were not run." });
    }
    return openBook({ ...book, warnings }, limits);
  },
};

function workbookOf(file: Compound): Uint8Array {
  const name = workbookName(file);
  const stream = name === null ? null : file.bytes(name);
  if (!stream) {
    throw new AppError("file_damaged", "The file is damaged: it holds no workbook. Send the original.");
  }
  return stream;
}
