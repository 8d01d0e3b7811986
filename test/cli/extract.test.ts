import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawInvoice } from "../../src/cli/sample/invoice.ts";
import { writePdf } from "../../src/cli/sample/pdf-writer.ts";
import { docket, launcher, makeFolder } from "./command.ts";
import type { Finished } from "./command.ts";

let folder: Awaited<ReturnType<typeof makeFolder>>;
let home: string;
const path = (name: string): string => join(folder.path, name);

beforeAll(async () => {
  folder = await makeFolder();
  home = path("home");
  const invoice = writePdf(drawInvoice({ number: "FLP-1", rows: 4 }));
  await writeFile(path("invoice.pdf"), invoice);
  await writeFile(path("broken.pdf"), invoice.subarray(0, 300));
  await writeFile(path("empty.pdf"), "");
  await writeFile(path("note.txt"), "Invoice number: FLP-2\nInvoice date: 2026-03-12\nTotal: GBP 12.00\n");
  await mkdir(path("inner"));
});

afterAll(() => folder.remove());

const linesOf = ({ stdout }: Finished) =>
  stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown> & { error: { code: string } | null });

describe("docket extract --json", () => {
  test("prints one line for each FILE in order, whatever becomes of it", async () => {
    const out = path("out");
    const files = ["broken.pdf", "invoice.pdf", "missing.pdf", "inner", "empty.pdf", "note.txt"].map(path);
    const args = ["--json", "--text", "--out", out, "--tag", "trial"];
    const done = await docket(home, "extract", ...files, ...args);
    expect(done.stderr).not.toContain("Error");
    const lines = linesOf(done);
    expect(lines.map(({ file }) => file)).toEqual(files);
    expect(lines.map(({ status }) => status)).toEqual([
      "failed",
      "completed",
      "failed",
      "failed",
      "failed",
      "completed",
    ]);
    expect(lines.map(({ error }) => error?.code ?? null)).toEqual([
      "file_damaged",
      null,
      "not_found",
      "invalid_request",
      "empty_file",
      null,
    ]);
    for (const line of lines) {
      expect(Object.keys(line)).toEqual(
        expect.arrayContaining(["id", "type", "review", "data", "evidence", "checks", "warnings", "usage"]),
      );
    }
    expect(lines[1]?.["text"]).toContain("Foxglove Lane Press");
    expect(lines[1]?.["children"]).toEqual([]);
    expect(done.code).toBe(1);
    expect((await readdir(out)).sort()).toEqual(
      ["broken.pdf", "empty.pdf", "inner", "invoice.pdf", "missing.pdf", "note.txt"].map(
        (name) => `${name}.json`,
      ),
    );
    expect(JSON.parse(await readFile(join(out, "invoice.pdf.json"), "utf8"))).toEqual(lines[1]);
  });

  test("every file still gets its line when the server goes away", async () => {
    const server = createServer((request) => request.socket.destroy());
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    try {
      const connection = ["--url", `http://127.0.0.1:${port}`, "--key", "dk_live_none"];
      const files = [path("invoice.pdf"), path("note.txt")];
      const done = await docket(home, "extract", ...files, "--json", ...connection);
      expect(linesOf(done).map(({ file, error }) => [file, error?.code])).toEqual(
        files.map((file) => [file, "upstream_unavailable"]),
      );
      expect(done.code).toBe(1);
    } finally {
      server.close();
    }
  });

  test("a server that is briefly busy is asked again", async () => {
    let asked = 0;
    const server = createServer((request, response) => {
      asked += 1;
      request.resume();
      response.writeHead(asked < 3 ? 503 : 401, { "content-type": "application/problem+json" });
      response.end(JSON.stringify({ code: "unauthorized", detail: "The key is wrong." }));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    try {
      const connection = ["--url", `http://127.0.0.1:${port}`, "--key", "dk_live_none"];
      const done = await docket(home, "extract", path("note.txt"), "--json", ...connection);
      expect(asked).toBe(3);
      expect(linesOf(done)[0]?.error).toEqual({ code: "unauthorized", message: "The key is wrong." });
    } finally {
      server.close();
    }
  });
});

describe("docket", () => {
  test("extract without --json prints a table for people, through the launcher on any Node", async () => {
    const done = await launcher(home, "extract", path("invoice.pdf"));
    expect(done.stdout).toMatch(/invoice\.pdf {2}completed {2}\w+ {2}doc_/u);
    expect(done.code).toBe(0);
  });

  test.each([
    [["extract"], "name at least one FILE"],
    [["extract", "a.pdf", "--type", "poem"], "--type takes one of"],
    [["extract", "a.pdf", "--colour"], "--colour"],
    [["extract", "a.pdf", "--concurrency", "0"], "--concurrency takes"],
    [["extract", "a.pdf", "--url", "nowhere", "--key", "k"], "--url takes an address"],
    [["extract", "a.pdf", "--url", "https://docket.example"], "--url needs --key"],
    [["eval"], "name one TRUTH.jsonl"],
    [["eval", "/nowhere/truth.jsonl"], "cannot be read"],
    [["admin", "drop-tenant"], "create-tenant"],
    [["serve", "--port", "http"], "--port takes"],
    [["dance"], "there is no command dance"],
  ])("%j is a wrong use: code 2 and what would be right", async (args, message) => {
    const done = await docket(home, ...args);
    expect(done.stderr).toContain(message);
    expect(done.stdout).toBe("");
    expect(done.code).toBe(2);
  });

  test.each(["serve", "extract", "layout", "watch", "list", "eval", "sample", "admin", "bench"])(
    "%s explains itself",
    async (name) => {
      const done = await docket(home, name, "--help");
      expect(done.stdout).toContain(`usage: docket ${name}`);
      expect(done.code).toBe(0);
    },
  );

  test("sample writes three documents that are what they say", async () => {
    const out = path("samples");
    const done = await docket(home, "sample", "--out", out);
    expect(done.stdout.trim().split("\n")).toEqual(
      ["invoice.pdf", "receipt.png", "broken.pdf"].map((name) => join(out, name)),
    );
    const bytes = async (name: string) => readFile(join(out, name));
    expect((await bytes("invoice.pdf")).subarray(0, 5).toString()).toBe("%PDF-");
    expect((await bytes("receipt.png")).subarray(1, 4).toString()).toBe("PNG");
    expect((await bytes("broken.pdf")).includes("%%EOF")).toBe(false);
  });
});

describe("docket eval", () => {
  test("reads through the platform, scores, and scores kept results without reading again", async () => {
    const truth = path("truth.jsonl");
    const rows = [
      { file: "note.txt", type: "document", fields: { invoice_number: "FLP-2", colour: "red" } },
      { file: "missing.pdf", type: "invoice", fields: {} },
      { file: "words.csv", type: "receipt", fields: {}, has_file: false },
    ];
    await writeFile(truth, rows.map((row) => JSON.stringify(row)).join("\n"));
    const read = await docket(home, "eval", truth, "--json", "--ignore-embedded");
    expect(read.code).toBe(0);
    expect(JSON.parse(read.stdout)).toMatchObject({
      documents: 1,
      ignore_embedded: true,
      missing: ["missing.pdf"],
      unmapped: { colour: 1 },
      overall: { statuses: { completed: 1 }, micro: { truth: 1 } },
    });
    const result = {
      file: path("note.txt"),
      status: "completed",
      type: "invoice",
      data: { invoice_number: "flp 2" },
      evidence: {},
      review: null,
      usage: null,
    };
    const layouts = path("layouts");
    const parsed = await docket(home, "layout", path("note.txt"), "--root", folder.path, "--out", layouts);
    expect([parsed.code, parsed.stdout]).toEqual([0, ""]);
    const html = path("report.html");
    const kept = await docket(home, "eval", truth, "--layouts", layouts, "--json", "--html", html);
    expect(JSON.parse(kept.stdout)).toMatchObject({
      documents: 1,
      missing: ["missing.pdf"],
      overall: { statuses: { completed: 1 }, micro: { truth: 1 } },
    });
    expect(await readFile(html, "utf8")).toContain('id="data"');
    await writeFile(path("kept.jsonl"), `${JSON.stringify(result)}\n`);
    const again = await docket(home, "eval", truth, "--from", path("kept.jsonl"), "--json");
    expect(JSON.parse(again.stdout)).toMatchObject({ overall: { micro: { right: 1, exact: 0, f1: 1 } } });
  });
});
