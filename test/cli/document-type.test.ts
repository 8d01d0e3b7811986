import { appendFile, cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PdfText, writePdf } from "../../src/cli/sample/pdf-writer.ts";
import { type Finished, makeFolder, PROJECT, run } from "./command.ts";

/** What a project is made of, beside what is installed. */
const PARTS = ["src", "migrations", "package.json", "tsconfig.json", "wrangler.toml", "wrangler.reader.toml"];
const LIST = "src/extract/document-types.ts";

let folder: Awaited<ReturnType<typeof makeFolder>>;
let copy: string;

beforeAll(async () => {
  folder = await makeFolder();
  copy = join(folder.path, "project");
  await mkdir(copy);
  for (const part of PARTS) await cp(join(PROJECT, part), join(copy, part), { recursive: true });
  await symlink(join(PROJECT, "node_modules"), join(copy, "node_modules"));
  const { path, text, line } = await shown();
  await writeFile(join(copy, path), text, { flag: "wx" });
  await appendFile(join(copy, LIST), line);
});

afterAll(() => folder.remove());

/** The file and the line that CONTRIBUTING.md shows, and where it says that the file goes. */
async function shown(): Promise<{ path: string; text: string; line: string }> {
  const contributing = await readFile(join(PROJECT, "CONTRIBUTING.md"), "utf8");
  const [, section = ""] = /\n## Adding a document type\n([\s\S]*?)\n## /u.exec(contributing) ?? [];
  const [text = "", line = ""] = [...section.matchAll(/```ts\n([\s\S]*?)```/gu)].map(
    ([, block = ""]) => block,
  );
  const [, path = ""] = /`(src\/extract\/kinds\/[\w-]+\.ts)`/u.exec(section) ?? [];
  return { path, text, line };
}

const docket = (...args: string[]): Promise<Finished> =>
  run(join(folder.path, "home"), join(copy, "src/cli/docket.ts"), ...args);

const compile = (): Promise<Finished> =>
  run(folder.path, join(copy, "node_modules/typescript/bin/tsc"), "-p", join(copy, "tsconfig.json"));

/** A certificate as a maker of kettles draws it: labels before their values, a table of what is covered. */
const ENGLISH: PdfText[] = [
  { text: "Hollin & Brook Appliances", x: 72, y: 70, size: 11 },
  { text: "Certificate of Warranty", x: 72, y: 110, size: 20, bold: true },
  { text: "Certificate no.: HB-20931", x: 72, y: 150 },
  { text: "Product: Kettle Brae 1.7", x: 72, y: 170 },
  { text: "Serial number: K17-884213", x: 72, y: 190 },
  { text: "Date of issue: 14 March 2025", x: 72, y: 210 },
  { text: "Valid until: 13 March 2028", x: 72, y: 230 },
  { text: "Owner: Maud Ellery", x: 72, y: 250 },
  { text: "What is covered", x: 72, y: 290, bold: true },
  { text: "Component", x: 72, y: 312, bold: true },
  { text: "Months", x: 300, y: 312, bold: true },
  { text: "Heating plate", x: 72, y: 332 },
  { text: "36", x: 300, y: 332 },
  { text: "Lid and handle", x: 72, y: 352 },
  { text: "12", x: 300, y: 352 },
  { text: "Within the warranty period we mend defects in material and workmanship.", x: 72, y: 400 },
];
const VALUES = {
  certificate_number: "HB-20931",
  product: "Kettle Brae 1.7",
  serial_number: "K17-884213",
  issue_date: "2025-03-14",
  expiry_date: "2028-03-13",
  owner: { name: "Maud Ellery" },
  coverage: [
    { part: "Heating plate", months: "36" },
    { part: "Lid and handle", months: "12" },
  ],
};

/** The same kind of paper in another language, with labels above their values. */
const GERMAN: readonly (readonly [string, number, number])[] = [
  ["Garantieschein", 72, 80],
  ["Seriennummer", 72, 140],
  ["Produkt", 320, 140],
  ["77-4410-B", 72, 156],
  ["Bohrhammer D 12", 320, 156],
  ["Ausgestellt am", 72, 200],
  ["Garantie bis", 320, 200],
  ["02.05.2025", 72, 216],
  ["01.05.2027", 320, 216],
  ["Innerhalb der Garantiezeit beheben wir Materialfehler gegen Vorlage des Kaufbelegs.", 72, 280],
];

test("a document type that is added as CONTRIBUTING shows is told, read and checked by the platform", async () => {
  const file = join(folder.path, "certificate.pdf");
  await writeFile(file, writePdf({ title: "Certificate", pages: [{ texts: ENGLISH }] }));
  const [compiled, { code, stdout, stderr }] = await Promise.all([
    compile(),
    docket("extract", file, "--json"),
  ]);
  expect(compiled).toEqual({ code: 0, stdout: "", stderr: "" });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const [line = ""] = stdout.trim().split("\n");
  const result: unknown = JSON.parse(line);
  expect(result).toMatchObject({
    type: "warranty_certificate",
    data: VALUES,
    review: { required: false },
    checks: expect.arrayContaining([expect.objectContaining({ code: "dates_in_order", verdict: "pass" })]),
    evidence: { "/expiry_date": { grounded: true, citations: [{ page: 1 }] } },
  });
});

test("it is measured as the other types are", async () => {
  const words = GERMAN.map(([text, x, y]) => {
    const right = x + text.length * 5;
    return [x, y, right, y, right, y + 10, x, y + 10, text].join(",");
  });
  await writeFile(join(folder.path, "schein.csv"), words.join("\n"));
  const truth = {
    file: "schein.png",
    type: "warranty_certificate",
    words: "schein.csv",
    data: {
      product: "Bohrhammer D 12",
      serial_number: "77-4410-B",
      issue_date: "2025-05-02",
      expiry_date: "2027-05-01",
    },
  };
  await writeFile(join(folder.path, "truth.jsonl"), JSON.stringify(truth));
  const { code, stdout, stderr } = await docket(
    "eval",
    join(folder.path, "truth.jsonl"),
    "--words",
    "--json",
  );
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const measured: unknown = JSON.parse(stdout);
  expect(measured).toMatchObject({
    kinds: [{ kind: "warranty_certificate words", type_accuracy: 1, omni_accuracy: 1, micro: { right: 4 } }],
  });
});
