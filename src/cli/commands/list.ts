import { connectExisting, CONNECTION_OPTIONS } from "../client/connection.ts";
import { EXIT, usageError } from "../command.ts";
import type { Command, OptionSpec } from "../command.ts";
import { oneLine, note, print, table } from "../terminal.ts";

/** Options that are filters of `GET /v1/documents` under the same name. */
const FILTERS: readonly OptionSpec[] = [
  { name: "status", value: "STATUS", about: "queued, processing, completed, partial, failed ..." },
  { name: "type", value: "TYPE", about: "invoice, receipt ..." },
  { name: "vendor", value: "NAME", about: "the vendor's name, whatever its case and punctuation" },
  { name: "invoice-number", value: "NUMBER", about: "the number as printed" },
  { name: "sales-order-header-id", value: "ID", about: "the sales order's identifier as printed" },
  { name: "tag", value: "TAG", about: "documents that carry the tag" },
  { name: "total-min", value: "AMOUNT", about: "total of at least AMOUNT" },
  { name: "total-max", value: "AMOUNT", about: "total of at most AMOUNT" },
  { name: "currency", value: "CODE", about: "totals in this currency" },
  { name: "date-from", value: "DATE", about: "documents dated DATE or later (2026-01-31)" },
  { name: "date-to", value: "DATE", about: "documents dated DATE or earlier" },
  { name: "created-from", value: "TIME", about: "sent at TIME or later (2026-01-31T00:00:00Z)" },
  { name: "created-to", value: "TIME", about: "sent at TIME or earlier" },
  { name: "sort", value: "FIELD", about: "created_at, document_date or total" },
  { name: "order", value: "ORDER", about: "asc or desc" },
  { name: "limit", value: "N", about: "documents on a page" },
  { name: "cursor", value: "CURSOR", about: "go on behind an earlier page" },
];

export const list: Command = {
  name: "list",
  summary: "Lists documents of a running platform, newest first.",
  usage: "[--status S] [--type T] [--vendor V] [--tag T] [--json] ...",
  options: [...FILTERS, { name: "json", about: "print one JSON line a document" }, ...CONNECTION_OPTIONS],
  run: async (input) => {
    if (input.positionals.length > 0) throw usageError("list takes no FILE");
    const connection = await connectExisting(input);
    if (connection === null) throw usageError("no platform runs here: npm start, or give --url and --key");
    const query = new URLSearchParams();
    for (const { name } of FILTERS) {
      const value = input.text(name);
      if (value !== undefined) query.set(name.replaceAll("-", "_"), value);
    }
    const { documents, next } = await connection.client.list(query);
    if (input.flag("json")) {
      for (const document of documents) await print(JSON.stringify(document));
    } else {
      const rows = documents.map((document) => [
        document.id,
        document.status,
        document.type ?? "",
        oneLine(document.filename, 30),
        oneLine(document.vendor ?? "", 30),
        document.document_date ?? "",
        document.total ?? "",
        document.currency ?? "",
      ]);
      await print(table(["id", "status", "type", "file", "vendor", "date", "total", ""], rows));
    }
    if (next !== null) note(`more: docket list --cursor ${next}`);
    return EXIT.ok;
  },
};
