import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { docket, makeFolder } from "./command.ts";

const README = resolve(import.meta.dirname, "../../README.md");

let folder: Awaited<ReturnType<typeof makeFolder>>;
let readme: string;

beforeAll(async () => {
  folder = await makeFolder();
  readme = await readFile(README, "utf8");
  await docket(join(folder.path, "home"), "sample", "--out", folder.path);
});

afterAll(() => folder.remove());

/** The block of output that follows a command in the tour. */
function shown(command: string): string {
  const after = readme.slice(readme.indexOf(command) + command.length);
  return /```text\n([\s\S]*?)```/u.exec(after)?.[1] ?? "";
}

/** Paths and ids differ from run to run; everything else has to be as the README shows it. */
function settle(output: string): string[] {
  return output
    .replaceAll(`${folder.path}/`, "")
    .replaceAll("samples/", "")
    .replace(/doc_[0-9a-f]{2}_[0-9a-f]{32}/gu, "doc_…")
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");
}

test("the tour's table is what the program prints", async () => {
  const { stdout, code } = await docket(
    join(folder.path, "home"),
    "extract",
    join(folder.path, "invoice.pdf"),
  );
  expect(code).toBe(0);
  const lines = settle(stdout);
  const told = settle(shown("docket -- extract samples/invoice.pdf\n"));
  expect(told.length).toBeGreaterThan(12);
  expect(lines).toEqual(expect.arrayContaining(told.filter((line) => line !== "…")));
});

test("the tour's evidence is what the program prints", async () => {
  const { stdout } = await docket(
    join(folder.path, "home"),
    "extract",
    join(folder.path, "invoice.pdf"),
    "--json",
  );
  const { data, evidence } = JSON.parse(stdout) as {
    data: { total: string };
    evidence: Record<string, unknown>;
  };
  const told: unknown = JSON.parse(shown("evidence: d.evidence"));
  expect(told).toEqual({ total: data.total, evidence: evidence["/total"] });
});

test("the tour's broken file fails as it says", async () => {
  const { stdout, code } = await docket(
    join(folder.path, "home"),
    "extract",
    join(folder.path, "broken.pdf"),
  );
  expect(settle(shown('broken.pdf; echo "exit code $?"'))).toEqual([...settle(stdout), `exit code ${code}`]);
});
