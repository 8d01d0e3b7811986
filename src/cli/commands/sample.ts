import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EXIT, usageError } from "../command.ts";
import type { Command } from "../command.ts";
import { drawInvoice } from "../sample/invoice.ts";
import { writePdf } from "../sample/pdf-writer.ts";
import { photographReceipt } from "../sample/receipt.ts";
import { print } from "../terminal.ts";

export const sample: Command = {
  name: "sample",
  summary: "Writes three documents to try: an invoice, a photographed receipt, and a broken file.",
  usage: "[--out DIR]",
  options: [{ name: "out", value: "DIR", about: "where to write them (samples unless told)" }],
  run: async (input) => {
    if (input.positionals.length > 0) throw usageError("sample takes no FILE; --out DIR says where to write");
    const folder = input.text("out") ?? "samples";
    await mkdir(folder, { recursive: true });
    const invoice = writePdf(drawInvoice({ number: "FLP-2026-0312", rows: 8 }));
    const files = {
      "invoice.pdf": invoice,
      "receipt.png": await photographReceipt("004417"),
      // Cut off in the middle: its cross-reference table and half of its objects are gone.
      "broken.pdf": invoice.subarray(0, 420),
    };
    for (const [name, bytes] of Object.entries(files)) {
      const path = join(folder, name);
      await writeFile(path, bytes);
      await print(path);
    }
    return EXIT.ok;
  },
};
