import type { Mailbox, MessageHeaders } from "./message.ts";
import type { ParsedPage } from "./parsed.ts";

/** A header as it is printed above a message's body. */
export interface PrintedHeader {
  readonly header: "From" | "To" | "Cc" | "Bcc" | "Reply-To" | "Subject" | "Date";
  /** One text for each mailbox of a list; one alone for what is none. */
  readonly values: readonly string[];
}

/** Receivers that are printed; the message's headers hold all of them. */
const MOST_PRINTED = 20;

/** What is printed above a message's body, in this order, and how: the one place that says so. */
export function printedHeaders(message: MessageHeaders): PrintedHeader[] {
  const one = (text: string | null): string[] => (text === null ? [] : [text]);
  const all: PrintedHeader[] = [
    { header: "From", values: printed(message.from) },
    { header: "To", values: printed(message.to) },
    { header: "Cc", values: printed(message.cc) },
    { header: "Bcc", values: printed(message.bcc) },
    { header: "Reply-To", values: printed(message.reply_to) },
    { header: "Subject", values: one(message.subject) },
    { header: "Date", values: one(message.date === null ? null : printedDate(message.date)) },
  ];
  return all.filter(({ values }) => values.some((value) => value !== ""));
}

function printed(boxes: readonly Mailbox[]): string[] {
  return boxes.slice(0, MOST_PRINTED).map(({ name, address }) => {
    if (name === null) return address;
    return address === "" ? name : `${name} <${address}>`;
  });
}

function printedDate(iso: string): string {
  return iso.replace("T", " ").replace(/(?=[+-]\d{2}:\d{2}$)/, " ");
}

/** Where a header's values stand: words by their position in a page. */
export interface PlacedHeaders {
  /** One entry for each value of each printed header. */
  readonly values: readonly {
    readonly header: PrintedHeader["header"];
    readonly index: number;
    readonly page: number;
    readonly words: readonly number[];
    readonly text: string;
  }[];
  /** The page that the body begins on, and its first word there. */
  readonly body: { readonly page: number; readonly word: number };
}

/**
 * Finds the headers again on the pages: their words are the first ones, in the order in which they were printed.
 * Null when the pages do not begin with them.
 */
export function placeHeaders(pages: readonly ParsedPage[], message: MessageHeaders): PlacedHeaders | null {
  let page = 0;
  let word = 0;
  const skip = (): void => {
    while (page < pages.length && word >= (pages[page]?.words.length ?? 0)) {
      page += 1;
      word = 0;
    }
  };
  const values: PlacedHeaders["values"][number][] = [];
  for (const { header, values: texts } of printedHeaders(message)) {
    for (const [index, text] of [`${header}:`, ...listed(texts)].entries()) {
      const words: number[] = [];
      skip();
      const on = page;
      for (const expected of text.match(/\S+/g) ?? []) {
        skip();
        if (pages[page]?.words[word]?.text !== expected) return null;
        if (page === on) words.push(word);
        word += 1;
      }
      const number = pages[on]?.number;
      if (index > 0 && number !== undefined) {
        values.push({ header, index: index - 1, page: number, words, text: texts[index - 1] ?? "" });
      }
    }
  }
  skip();
  return { values, body: { page: pages[page]?.number ?? 0, word } };
}

/** A list's texts as they stand on the page: commas between them. */
export function listed(texts: readonly string[]): string[] {
  return texts.map((text, index) => (index < texts.length - 1 ? `${text},` : text));
}
