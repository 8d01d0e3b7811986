import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawInvoice } from "../../src/cli/sample/invoice.ts";
import { writePdf } from "../../src/cli/sample/pdf-writer.ts";
import { docket, makeFolder, serve } from "./command.ts";

let folder: Awaited<ReturnType<typeof makeFolder>>;
const path = (name: string): string => join(folder.path, name);

beforeAll(async () => {
  folder = await makeFolder();
  await writeFile(path("invoice.pdf"), writePdf(drawInvoice({ number: "FLP-1", rows: 4 })));
});

afterAll(() => folder.remove());

test("an extractor that was added reads a PDF into the schema's own names and types, with the place of each value", async () => {
  const schema = {
    type: "object",
    required: ["invoiceNo", "grandTotal"],
    properties: {
      invoiceNo: { type: "string" },
      issuedOn: { type: "string", format: "date" },
      grandTotal: { type: "number" },
      shoeSize: { type: "integer" },
      positions: {
        type: "array",
        items: { type: "object", properties: { text: { type: "string" }, lineTotal: { type: "number" } } },
      },
    },
  };
  await writeFile(path("payable.json"), JSON.stringify(schema));
  const home = path("home");
  const server = await serve(home, "--port", "0");
  const at = ["--url", server.url, "--key", server.key];
  const added = await docket(home, "extractors", "add", path("payable.json"), ...at);
  const done = await docket(home, "extract", path("invoice.pdf"), "--json", "--extractor", "payable", ...at);
  await server.end("SIGTERM");
  expect(added.stdout).toContain("payable@1 is kept");
  const line = JSON.parse(done.stdout) as {
    status: string;
    data: Record<string, unknown> & { positions: unknown[] };
    evidence: Record<string, { grounded: boolean; citations: unknown[] }>;
  };
  expect(line.status).toBe("completed");
  const { data, evidence } = line;
  expect(data["invoiceNo"]).toBe("FLP-1");
  expect(data["issuedOn"]).toMatch(/^\d{4}-\d{2}-\d{2}$/u);
  expect(data["grandTotal"]).toEqual(expect.any(Number));
  expect(data.positions).toHaveLength(4);
  expect(data.positions[0]).toEqual({ text: expect.any(String), lineTotal: expect.any(Number) });
  expect(data).not.toHaveProperty("shoeSize");
  for (const pointer of ["/invoiceNo", "/grandTotal", "/positions/3/lineTotal"])
    expect(evidence[pointer]).toMatchObject({
      grounded: true,
      citations: [expect.objectContaining({ page: 1 })],
    });
}, 120_000);
