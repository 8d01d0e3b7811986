import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DocumentLine } from "../../src/cli/client/read-document.ts";
import { drawInvoice } from "../../src/cli/sample/invoice.ts";
import { writePdf } from "../../src/cli/sample/pdf-writer.ts";
import { makeDocx, p } from "../fixtures/docx.ts";
import { ublInvoice } from "../fixtures/einvoice.ts";
import { attachment, latin, message, multipart, part } from "../fixtures/mail.ts";
import { protectedPdf } from "../fixtures/pdf.ts";
import { makeZip } from "../fixtures/zip.ts";
import { docket, makeFolder, type Finished } from "./command.ts";

const EICAR = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("");

let folder: Awaited<ReturnType<typeof makeFolder>>;
let home: string;
const path = (name: string): string => join(folder.path, name);
const pdf = writePdf(drawInvoice({ number: "FLP-7", rows: 3 }));

beforeAll(async () => {
  folder = await makeFolder();
  home = path("home");
});

afterAll(() => folder.remove());

const read = async (name: string, content: Uint8Array, ...options: string[]): Promise<DocumentLine> => {
  await writeFile(path(name), content);
  const done: Finished = await docket(home, "extract", path(name), "--json", "--members", ...options);
  return JSON.parse(done.stdout) as DocumentLine;
};

const mail = (parts: readonly string[]): Uint8Array => message(multipart("mixed", parts));

describe("a file with files inside", () => {
  test("becomes a family: an archive with a mail, an invoice, an e-invoice and what is to be refused", async () => {
    const inner = mail([
      part(["Content-Type: text/plain"], "See the invoice."),
      attachment("invoice.pdf", "application/pdf", pdf),
    ]);
    const zip = makeZip([
      { name: "march/invoice.pdf", content: pdf },
      { name: "march/e-invoice.xml", content: ublInvoice() },
      { name: "mail.eml", content: inner },
      { name: "../../etc/note.docx", content: makeDocx(p("Just a note.")) },
      { name: "eicar.com", content: EICAR },
      { name: "__MACOSX/._x", content: "x" },
      { name: "bomb.txt", content: new Uint8Array(8_000_000) },
    ]);
    const line = await read("bundle.zip", zip);
    expect([line.status, line.type]).toEqual(["partial", "archive"]);
    const outcomes = Object.fromEntries(
      line.members.map(({ path, outcome, reason }) => [path, reason?.code ?? outcome]),
    );
    expect(outcomes).toMatchObject({
      "march/invoice.pdf": "document",
      "march/e-invoice.xml": "document",
      "mail.eml": "document",
      "etc/note.docx": "document",
      "eicar.com": "document",
      "__MACOSX/._x": "system_file",
      "bomb.txt": "archive_too_large",
    });
    const states = Object.fromEntries(
      line.children.map(({ file, status, type, error }) => [file, error?.code ?? `${status} ${type}`]),
    );
    expect(states).toEqual({
      "march/invoice.pdf": "completed invoice",
      "march/e-invoice.xml": "completed invoice",
      "mail.eml": "completed email",
      "etc/note.docx": "completed generic",
      "eicar.com": "malware_found",
    });
    const attached = line.documents?.find(({ file }) => file.endsWith("mail.eml"))?.documents?.[0];
    expect(attached).toMatchObject({
      status: "completed",
      type: "invoice",
      data: { invoice_number: "FLP-7" },
    });
    const structured = line.documents?.find(({ file }) => file.endsWith("e-invoice.xml"));
    expect(structured?.evidence["/invoice_number"]).toMatchObject({ source: "xml", grounded: true });
  });

  test("a message without attachments is itself the document", async () => {
    const line = await read("plain.eml", mail([part(["Content-Type: text/plain"], "Lunch at noon?")]));
    expect(line).toMatchObject({
      status: "completed",
      type: "email",
      children: [],
      data: { subject: "Papers", from: [{ name: "Ann Lee", address: "ann@example.org" }] },
      message: { subject: "Papers" },
    });
    expect(line.evidence["/subject"]?.citations[0]).toMatchObject({ header: "Subject", page: 1 });
  });

  test("a PDF's attached e-invoice is evidence, and its other attachments are documents", async () => {
    const content = new TextEncoder().encode(ublInvoice());
    const line = await read(
      "hybrid.pdf",
      writePdf({
        ...drawInvoice({ number: "FLP-8", rows: 2 }),
        attachments: [
          { name: "xrechnung.xml", content },
          { name: "note.txt", content: latin("Delivery on Monday.") },
        ],
      }),
    );
    expect(line.members.map(({ path, outcome }) => [path, outcome])).toEqual([
      ["xrechnung.xml", "evidence"],
      ["note.txt", "document"],
    ]);
    expect(line.evidence["/total"]?.citations[0]).toMatchObject({ attachment: "xrechnung.xml" });
    expect(line.checks.find(({ code }) => code === "page_agrees_with_xml")?.verdict).toBe("fail");
    expect(line.review?.required).toBe(true);
  });
});

describe("a protected file", () => {
  test("asks for its password, is read with the right one, and says when it is wrong", async () => {
    const locked = await protectedPdf("open sesame");
    expect(await read("locked.pdf", locked)).toMatchObject({ error: { code: "password_required" } });
    expect(await read("locked.pdf", locked, "--password", "wrong")).toMatchObject({
      error: { code: "password_incorrect" },
    });
    expect(await read("locked.pdf", locked, "--password", "open sesame")).toMatchObject({
      status: "completed",
      error: null,
    });
    // Without the password nobody is answered from what it opened.
    expect(await read("locked.pdf", locked)).toMatchObject({ error: { code: "password_required" } });
  });

  test("in an archive is read with the archive's password", async () => {
    const zip = makeZip([{ name: "note.txt", content: "The secret is out.", password: "abc" }]);
    expect(await read("locked.zip", zip)).toMatchObject({ error: { code: "password_required" } });
    const line = await read("locked.zip", zip, "--password", "abc");
    expect(line.children).toMatchObject([{ file: "note.txt", status: "completed" }]);
  });
});
