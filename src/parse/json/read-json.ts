import { AppError } from "../../errors.ts";
import type { ParseLimits } from "../parser.ts";

/** A JSON value that keeps what JSON.parse loses: a number's digits, and a key that stands twice. */
export type JsonNode =
  | { readonly kind: "object"; readonly entries: readonly (readonly [string, JsonNode])[] }
  | { readonly kind: "array"; readonly items: readonly JsonNode[] }
  /** `text` is as written for numbers, `true`, `false` and `null`; strings are decoded. */
  | { readonly kind: "string" | "number" | "literal"; readonly text: string };

type JsonLimits = Pick<ParseLimits, "maxDepth" | "maxNodes">;

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;

/**
 * Reads JSON (RFC 8259). Several values on lines of their own (JSON Lines) become an array.
 * @throws AppError file_damaged where it is cut off or something follows it; archive_too_large where there are more
 *   or deeper values than are read
 */
export function readJson(text: string, limits: JsonLimits): JsonNode {
  const reader = new Reader(text, limits);
  const first = reader.value(1);
  const items = [first];
  while (!reader.atEnd()) {
    if (!reader.brokeLine) throw damaged(reader.at, "something follows its value");
    items.push(reader.value(1));
  }
  return items.length === 1 ? first : { kind: "array", items };
}

class Reader {
  at = 0;
  /** Whether a line ended before what comes next. */
  brokeLine = false;
  readonly #text: string;
  readonly #limits: JsonLimits;
  #nodes = 0;

  constructor(text: string, limits: JsonLimits) {
    this.#text = text;
    this.#limits = limits;
  }

  value(depth: number): JsonNode {
    if (++this.#nodes > this.#limits.maxNodes) throw tooLarge(`more than ${this.#limits.maxNodes} values`);
    if (depth > this.#limits.maxDepth) throw tooLarge(`values nested deeper than ${this.#limits.maxDepth}`);
    this.#skip();
    switch (this.#text[this.at]) {
      case "{":
        return this.#object(depth);
      case "[":
        return this.#array(depth);
      case '"':
        return { kind: "string", text: this.#string() };
      default:
        return this.#scalar();
    }
  }

  atEnd(): boolean {
    const from = this.at;
    this.#skip();
    this.brokeLine = this.#text.slice(from, this.at).includes("\n");
    return this.at >= this.#text.length;
  }

  #object(depth: number): JsonNode {
    const entries: (readonly [string, JsonNode])[] = [];
    this.at += 1;
    if (this.#takes("}")) return { kind: "object", entries };
    for (;;) {
      this.#skip();
      const key = this.#string();
      if (!this.#takes(":")) throw damaged(this.at, "a colon is missing");
      entries.push([key, this.value(depth + 1)]);
      if (this.#takes("}")) return { kind: "object", entries };
      if (!this.#takes(",")) throw damaged(this.at, "a comma or } is missing");
    }
  }

  #array(depth: number): JsonNode {
    const items: JsonNode[] = [];
    this.at += 1;
    if (this.#takes("]")) return { kind: "array", items };
    for (;;) {
      items.push(this.value(depth + 1));
      if (this.#takes("]")) return { kind: "array", items };
      if (!this.#takes(",")) throw damaged(this.at, "a comma or ] is missing");
    }
  }

  /** Looks for the quote that ends it: one behind an even number of backslashes. */
  #string(): string {
    if (this.#text[this.at] !== '"') throw damaged(this.at, "a string is missing");
    let end = this.at;
    for (let escapes = 1; escapes % 2 === 1;) {
      end = this.#text.indexOf('"', end + 1);
      if (end < 0) throw damaged(this.at, "a string is not closed");
      escapes = 0;
      while (this.#text[end - 1 - escapes] === "\\" && end - 1 - escapes > this.at) escapes += 1;
    }
    const written = this.#text.slice(this.at, end + 1);
    const from = this.at;
    this.at = end + 1;
    try {
      return String(JSON.parse(written));
    } catch {
      throw damaged(from, "a string holds what none may");
    }
  }

  #scalar(): JsonNode {
    const literal = this.#match(LITERAL);
    if (literal !== null) return { kind: "literal", text: literal };
    const number = this.#match(NUMBER);
    if (number === null) throw damaged(this.at, "a value is missing");
    return { kind: "number", text: number };
  }

  #takes(character: string): boolean {
    this.#skip();
    if (this.#text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.#text);
    if (!match) return null;
    this.at = pattern.lastIndex;
    return match[0];
  }

  #skip(): void {
    this.#match(SPACE);
  }
}

function damaged(at: number, what: string): AppError {
  return new AppError(
    "file_damaged",
    `The JSON is cut off or not well-formed: at character ${at + 1} ${what}. Send the original file.`,
  );
}

function tooLarge(what: string): AppError {
  return new AppError("archive_too_large", `The JSON has ${what}. Split it and send its parts.`);
}
