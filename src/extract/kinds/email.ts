import { z } from "zod";
import { Mailbox, type MessageHeaders } from "../../model/message.ts";
import type { ParsedDocument, ParsedPage } from "../../model/parsed.ts";
import { placeHeaders, type PlacedHeaders } from "../../model/printed-headers.ts";
import { defineExtractor, type Draft } from "../define.ts";
import type { Cited, DraftValue } from "../engine/draft.ts";
import type { Reading } from "../engine/reading.ts";

const EmailData = z
  .object({
    from: z.array(Mailbox),
    to: z.array(Mailbox),
    cc: z.array(Mailbox),
    bcc: z.array(Mailbox),
    reply_to: z.array(Mailbox),
    subject: z.string(),
    date: z.string().meta({ description: "ISO 8601 with the offset of the Date header" }),
    message_id: z.string(),
    in_reply_to: z.string(),
    references: z.array(z.string()),
    body: z.string().meta({ description: "The body as text, quoted replies included" }),
    attachments: z
      .array(
        z.object({ name: z.string(), media_type: z.string().nullable(), size_bytes: z.number().nullable() }),
      )
      .meta({ description: "All that is attached, what was set aside or refused included" }),
  })
  .partial();
type EmailData = z.infer<typeof EmailData>;

export const email = defineExtractor({
  kind: "email",
  version: 1,
  title: "E-mail",
  schema: EmailData,
  required: [],
  draft: draftEmail,
});

/** What a header says is exact; what is left open is whether its sender wrote the truth. */
const SURE = 0.99;
/** Characters of the body that its evidence repeats: the spans lead to all of it. */
const MAX_CONTENT = 1_000;

const LISTS = { from: "From", to: "To", cc: "Cc", bcc: "Bcc", reply_to: "Reply-To" } as const;
const SINGLES = {
  subject: "Subject",
  date: "Date",
  message_id: "Message-ID",
  in_reply_to: "In-Reply-To",
} as const;

/** An e-mail's headers, its body and the list of what is attached, each with the header or the lines it comes from. */
function draftEmail(_reading: Reading, parsed: ParsedDocument): Draft {
  const { message } = parsed;
  if (!message) return { data: {}, values: [] };
  const placed = placeHeaders(parsed.pages, message);
  const values = [...headerDrafts(message, placed), ...attachmentDrafts(parsed)];
  const body = draftBody(parsed, placed);
  if (body) values.push(body);
  const data: EmailData = {
    from: message.from,
    to: message.to,
    cc: message.cc,
    bcc: message.bcc,
    reply_to: message.reply_to,
    references: message.references,
    attachments: parsed.members.map(({ path, media_type, size_bytes }) => ({
      name: path,
      media_type,
      size_bytes,
    })),
    ...(body ? { body: String(body.value) } : {}),
  };
  for (const key of Object.keys(SINGLES) as (keyof typeof SINGLES)[]) {
    const value = message[key];
    if (value !== null) data[key] = value;
  }
  return { data, values };
}

function headerDrafts(message: MessageHeaders, placed: PlacedHeaders | null): DraftValue[] {
  const values: DraftValue[] = [];
  const add = (pointer: string, value: string, header: string, index: number, printed: string): void => {
    const cited = citeHeader(placed, header, index, printed);
    values.push({
      pointer,
      value,
      cited,
      confidence: SURE,
      place: { header },
      content: value,
      source: "header",
    });
  };
  for (const key of Object.keys(LISTS) as (keyof typeof LISTS)[]) {
    for (const [index, { name, address }] of message[key].entries()) {
      if (name !== null) add(`/${key}/${index}/name`, name, LISTS[key], index, name);
      add(`/${key}/${index}/address`, address, LISTS[key], index, address);
    }
  }
  for (const key of Object.keys(SINGLES) as (keyof typeof SINGLES)[]) {
    const value = message[key];
    if (value !== null) add(`/${key}`, value, SINGLES[key], 0, key === "date" ? "" : value);
  }
  for (const [index, id] of message.references.entries()) {
    add(`/references/${index}`, id, "References", 0, id);
  }
  return values;
}

/** The words of a header's value on the page, or of the part of it that is meant; none where it is not printed. */
function citeHeader(placed: PlacedHeaders | null, header: string, index: number, part: string): Cited[] {
  const value = placed?.values.find((found) => found.header === header && found.index === index);
  return value && value.words.length > 0
    ? [{ page: value.page, words: value.words, content: part === "" ? value.text : part }]
    : [];
}

/** What is attached: said by a part's header where there is one, else by the message's list of attachments. */
function attachmentDrafts(parsed: ParsedDocument): DraftValue[] {
  return parsed.members.flatMap(({ path, media_type, size_bytes, told_by }, index) => {
    const draft = (key: string, value: string | number | null, header: string | undefined): DraftValue[] =>
      value === null
        ? []
        : [
            {
              pointer: `/attachments/${index}/${key}`,
              value,
              cited: [],
              confidence: SURE,
              place: { ...(header === undefined ? {} : { header }), attachment: path },
              content: String(value),
              source: header === undefined ? "derived" : "header",
            },
          ];
    return [
      ...draft("name", path, told_by?.path),
      ...draft("media_type", media_type, told_by?.media_type),
      ...draft("size_bytes", size_bytes, undefined),
    ];
  });
}

/** The text behind the headers, cited page by page. */
function draftBody(parsed: ParsedDocument, placed: PlacedHeaders | null): DraftValue | null {
  const first = placed?.body ?? { page: parsed.pages[0]?.number ?? 0, word: 0 };
  const texts: string[] = [];
  const cited: Cited[] = [];
  for (const page of parsed.pages.slice(
    Math.max(
      0,
      parsed.pages.findIndex(({ number }) => number === first.page),
    ),
  )) {
    const from = page.number === first.page ? first.word : 0;
    const start = page.words[from];
    if (!start || first.page === 0) continue;
    texts.push(paragraphs(page, from));
    const words = Array.from({ length: page.words.length - from }, (_, index) => from + index);
    cited.push({
      page: page.number,
      words,
      content: words.map((at) => page.words[at]?.text ?? "").join(" "),
    });
  }
  const value = texts.join("\n").trim();
  if (value === "") return null;
  return { pointer: "/body", value, cited, confidence: SURE, content: value.slice(0, MAX_CONTENT) };
}

/** The lines from a word on, with an empty line between paragraphs. */
function paragraphs(page: ParsedPage, fromWord: number): string {
  const starts = new Map(page.blocks.map((block) => [block.lines[0], block.role]));
  let text = "";
  let role: string | undefined;
  for (const [index, line] of page.lines.entries()) {
    if (line.words[1] <= fromWord) continue;
    const begins = starts.has(index);
    const together = role === "list_item" && starts.get(index) === "list_item";
    if (text !== "") text += begins && !together ? "\n\n" : "\n";
    if (begins) role = starts.get(index);
    const from = page.words[Math.max(fromWord, line.words[0])]?.span[0] ?? line.span[0];
    text += page.text.slice(from, line.span[0] + line.span[1]);
  }
  return text;
}
