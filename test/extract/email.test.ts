import { describe, expect, it } from "vitest";
import { createEmbeddedEngine } from "../../src/extract/engine/embedded.ts";
import { email } from "../../src/extract/kinds/email.ts";
import { Citation } from "../../src/model/extraction.ts";
import { documentText, type ParsedDocument } from "../../src/model/parsed.ts";
import { attachment, latin, message, multipart, part, pngOf } from "../fixtures/mail.ts";
import { parsedMail } from "../fixtures/parsed-mail.ts";

const engine = createEmbeddedEngine();
const plain = (text: string) => part(["Content-Type: text/plain; charset=utf-8"], text);

async function read(parsed: ParsedDocument) {
  const extraction = await engine.extract(parsed, "email");
  expect(email.schema.safeParse(extraction.data).success).toBe(true);
  const text = documentText(parsed.pages);
  const printed = (pointer: string): string[] =>
    (extraction.evidence[pointer]?.citations ?? []).flatMap(({ span }) =>
      span ? [text.slice(span[0], span[0] + span[1])] : [],
    );
  return { ...extraction, printed };
}

describe("the e-mail extractor", () => {
  it("gives headers, body and attachments, each with the header and the words that say so", async () => {
    const { data, evidence, printed } = await read(
      await parsedMail(
        message(
          multipart("mixed", [
            plain("Hello Bob,\r\n\r\nhere it is.\r\n> the old question"),
            attachment("bill.pdf", "application/pdf", latin("%PDF-1.7")),
            attachment(
              "logo.png",
              "image/png",
              pngOf(90, 60),
              'Content-Disposition: inline; filename="logo.png"',
            ),
          ]),
          "Cc: Carl Doe <carl@example.com>, d@example.com",
          "References: <a@x> <b@x>",
        ),
      ),
    );
    expect(data).toMatchObject({
      from: [{ name: "Ann Lee", address: "ann@example.org" }],
      cc: [
        { name: "Carl Doe", address: "carl@example.com" },
        { name: null, address: "d@example.com" },
      ],
      bcc: [],
      subject: "Papers",
      date: "2025-04-08T10:00:00+02:00",
      message_id: "1@example.org",
      references: ["a@x", "b@x"],
      attachments: [
        { name: "bill.pdf", media_type: "application/pdf", size_bytes: 8 },
        { name: "logo.png", media_type: "image/png", size_bytes: 200 },
      ],
    });
    expect(data["body"]).toBe("Hello Bob,\n\nhere it is.\n> the old question");
    expect(evidence["/subject"]).toMatchObject({ source: "header", confidence: 0.99, content: "Papers" });
    expect(evidence["/subject"]?.citations[0]).toMatchObject({ header: "Subject", page: 1 });
    expect(printed("/subject")).toEqual(["Papers"]);
    expect(printed("/from/0/address")).toEqual(["ann@example.org"]);
    expect(printed("/cc/0/name")).toEqual(["Carl Doe"]);
    expect(printed("/cc/1/address")).toEqual(["d@example.com"]);
    expect(printed("/date")).toEqual(["2025-04-08 10:00:00 +02:00"]);
    expect(evidence["/message_id"]?.citations).toEqual([{ header: "Message-ID" }]);
    expect(evidence["/attachments/0/name"]?.citations).toEqual([
      { header: "Content-Disposition", attachment: "bill.pdf" },
    ]);
    expect(printed("/body").join("\n")).toMatch(/^Hello Bob,[\s\S]*the old question$/);
  });

  it("cites a header for an attachment only where its part has it, and none for its size", async () => {
    const parsed = await parsedMail(
      message(
        multipart("mixed", [
          plain("Hello"),
          attachment("bill.pdf", "application/pdf", latin("%PDF-1.7")),
          part(['Content-Type: application/pdf; name="typed.pdf"'], "%PDF-1.7"),
          part(["Content-Type: application/pdf", "Content-Disposition: attachment"], "%PDF-1.7"),
        ]),
      ),
    );
    const { evidence } = await read(parsed);
    const headers = [0, 1, 2].map((at) => evidence[`/attachments/${at}/name`]?.citations[0]?.header);
    expect(headers).toEqual(["Content-Disposition", "Content-Type", undefined]);
    expect(evidence["/attachments/0/media_type"]?.citations[0]?.header).toBe("Content-Type");
    expect(evidence["/attachments/0/size_bytes"]).toMatchObject({
      source: "derived",
      citations: [{ attachment: "bill.pdf" }],
    });
    expect(evidence["/attachments/0/size_bytes"]?.citations[0]).not.toHaveProperty("header");
  });

  it("cites the attachment itself where the message is none of headers", async () => {
    const parsed = await parsedMail(message(plain("Hello")));
    const packed = {
      path: "bill.pdf",
      media_type: "application/pdf",
      size_bytes: 8,
      outcome: "document",
      document_id: null,
      reason: null,
    } as const;
    const { evidence } = await read({ ...parsed, format: "msg", members: [packed] });
    for (const key of ["name", "media_type", "size_bytes"]) {
      const { citations = [], source } = evidence[`/attachments/0/${key}`] ?? {};
      expect(citations).toEqual([{ attachment: "bill.pdf" }]);
      expect(source).toBe("derived");
      expect(Citation.safeParse(citations[0]).success).toBe(true);
    }
    expect(Citation.safeParse({}).success).toBe(false);
  });

  it("gives what there is of a message that says little", async () => {
    const { data } = await read(await parsedMail(latin("Date: never\r\nX-Mailer: y\r\n\r\nJust text.")));
    expect(data).toEqual({
      from: [],
      to: [],
      cc: [],
      bcc: [],
      reply_to: [],
      references: [],
      attachments: [],
      body: "Just text.",
    });
    const { data: silent } = await read(await parsedMail(message(plain(""))));
    expect(silent).not.toHaveProperty("body");
  });

  it("prints a part of a long list of receivers, and gives all of it", async () => {
    const many = Array.from({ length: 60 }, (_, index) => `P${index} <p${index}@example.com>`).join(",\r\n ");
    const { data, evidence, printed } = await read(
      await parsedMail(message(plain("Body text"), `Cc: ${many}`)),
    );
    expect(data["cc"]).toHaveLength(60);
    expect(printed("/cc/3/address")).toEqual(["p3@example.com"]);
    expect(evidence["/cc/59/address"]?.citations).toEqual([{ header: "Cc" }]);
    expect(data["body"]).toBe("Body text");
  });

  it("cites the body over all its pages", async () => {
    const long = Array.from({ length: 200 }, (_, index) => `Line ${index}.`).join("\r\n\r\n");
    const { data, evidence } = await read(await parsedMail(message(plain(long))));
    expect(data["body"]).toContain("Line 199.");
    const pages = (evidence["/body"]?.citations ?? []).map(({ page }) => page);
    expect(new Set(pages).size).toBeGreaterThan(1);
  });
});
