import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import type { DocumentSource } from "../../ports.ts";
import { openFlow } from "../flow/open-flow.ts";
import { jsonBlocks } from "../json/json-flow.ts";
import { readJson } from "../json/read-json.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";

/** Reads JSON and JSON Lines as labels with values, each with its JSON Pointer. */
export const json: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    if (source.size > limits.maxPartBytes) {
      throw new AppError(
        "text_too_long",
        `The JSON has ${source.size} bytes, more than the ${limits.maxPartBytes} that are read. Send the part that matters.`,
      );
    }
    const { text, warnings } = decode(await source.bytes());
    if (text.trim() === "") throw new AppError("empty_file", "The JSON is empty. Send a file with content.");
    const blocks = jsonBlocks(readJson(text, limits));
    return openFlow({ source: "xml", sections: [{ label: null, blocks }], warnings }, limits);
  },
};

/** UTF-8 (RFC 8259), or UTF-16 by its mark or the zero beside the first character, which is always ASCII. */
function decode(bytes: Uint8Array): { text: string; warnings: Warning[] } {
  const [first, second] = bytes;
  const little = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const big = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  if (little || big) {
    return { text: new TextDecoder(little ? "utf-16le" : "utf-16be").decode(bytes), warnings: [] };
  }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes), warnings: [] };
  } catch {
    const message = "The JSON is not in UTF-8, as it should be: it was read as windows-1252.";
    return {
      text: new TextDecoder("windows-1252").decode(bytes),
      warnings: [{ code: "encoding_guessed", message }],
    };
  }
}
