import { AppError } from "../../errors.ts";
import type { Format } from "../../model/format.ts";
import type { DocumentSource } from "../../ports.ts";
import { unlockOffice } from "../office-crypto/unlock.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";
import { pending } from "./pending.ts";

/** Who reads an office file once it is in the clear. */
const READERS: Partial<Record<Format, () => Promise<Parser>>> = {
  docx: async () => (await import("./docx.ts")).docx,
  doc: pending.load,
  odt: async () => (await import("./odt.ts")).odt,
  xlsx: async () => (await import("./xlsx.ts")).xlsx,
  xls: async () => (await import("./xls.ts")).xls,
  ods: async () => (await import("./ods.ts")).ods,
  pptx: async () => (await import("./pptx.ts")).pptx,
  ppt: async () => (await import("./ppt.ts")).ppt,
  odp: async () => (await import("./odp.ts")).odp,
};

/**
 * The door to all office formats: decrypts what is encrypted, sees what the file really is (an encrypted one does
 * not say so, and its name may be wrong), and hands it to who reads that.
 */
export const office: Parser = {
  async open(source: DocumentSource, ports: ParsePorts, options: ParseOptions): Promise<OpenedDocument> {
    const plain = await unlockOffice(source, options);
    const load = READERS[plain.format];
    if (!load) {
      throw new AppError(
        "unsupported_format",
        "The file is of an office format that is not read. Save it as PDF.",
      );
    }
    return (await load()).open(plain, ports, options);
  },
};
