import { Parser } from "htmlparser2";
import type { FormField, Warning } from "../../model/parsed.ts";
import type { FlowBlock } from "../flow/flow.ts";
import type { ParseLimits } from "../parser.ts";
import { BlockWriter, type Role } from "./block-writer.ts";
import { FormReader } from "./html-forms.ts";
import {
  BLOCKS,
  EXTERNAL,
  isHidden,
  isOfficeMarker,
  LISTS,
  markerOf,
  officeLevel,
  UNSEEN,
} from "./html-tags.ts";

/** What a page of the web says. */
export interface HtmlContent {
  readonly blocks: readonly FlowBlock[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly formFields: readonly FormField[];
  /** Addresses of the pictures that it shows, each once; those in its own text are `data:` addresses. */
  readonly pictures: readonly string[];
  /** `content_not_read` means that it shows nothing but pictures. */
  readonly warnings: readonly Warning[];
}

type Attributes = Readonly<Record<string, string>>;

interface Frame {
  readonly name: string;
  /** Whether it ends what is left out. */
  readonly unseen: boolean;
  readonly close: (() => void) | null;
}

interface List {
  readonly type: string | null;
  next: number;
}

/** Text is fed in parts, between which the bounds are looked at. */
const PART = 32_768;
/** The parser's own stack takes time by its depth; browsers stop nesting at 512. */
const MAX_DEPTH = 5_000;
/** Tables inside tables beyond it are read as text. */
const MAX_TABLES = 40;
/** Different pictures that are kept: more than may be members. */
const MAX_SOURCES = 10_000;
const METADATA: Readonly<Record<string, string>> = {
  author: "author",
  description: "description",
  keywords: "keywords",
  date: "date",
  generator: "generator",
};

/**
 * Reads HTML as a browser without scripts shows it: headings, paragraphs, lists, tables with their spans, pairs,
 * preformatted text, the values of forms. Nothing is ever fetched. What is hidden is left out, and a warning says so.
 * Never throws, whatever the tags; what is too deep or too much is cut, and a warning says so too.
 */
export function readHtml(html: string, limits: Pick<ParseLimits, "maxNodes">): HtmlContent {
  const reader = new HtmlReader(limits.maxNodes);
  return reader.read(html);
}

/** The blocks of an HTML text alone: a mail's body, a chapter. */
export function htmlToBlocks(html: string, limits: Pick<ParseLimits, "maxNodes">): FlowBlock[] {
  return [...readHtml(html, limits).blocks];
}

class HtmlReader {
  readonly #writer = new BlockWriter();
  readonly #frames: Frame[] = [];
  readonly #lists: List[] = [];
  readonly #forms = new FormReader(this.#writer);
  readonly #metadata: Record<string, string> = {};
  readonly #maxNodes: number;
  #nodes = 0;
  #pieces: string[] = [];
  #unseen = 0;
  /** Depth of what is hidden, and whether there was text in it. */
  #hidden = 0;
  #hiddenText = false;
  #scripts = false;
  #external = 0;
  #pictures = 0;
  readonly #sources = new Set<string>();
  #cut = false;
  #title: string | null = null;
  #term = "";
  /** The item of a list that is a paragraph by its tag. */
  #item: Role | null = null;

  constructor(maxNodes: number) {
    this.#maxNodes = maxNodes;
  }

  read(html: string): HtmlContent {
    const parser = new Parser(
      {
        onopentag: (name, attributes) => {
          this.#endText();
          this.#open(name, attributes);
        },
        onclosetag: (name) => {
          this.#endText();
          this.#close(name);
        },
        ontext: (text) => void this.#pieces.push(text),
      },
      { decodeEntities: true, recognizeCDATA: true, recognizeSelfClosing: isXhtml(html) },
    );
    for (let at = 0; at < html.length && !this.#cut; at += PART) {
      parser.write(html.slice(at, at + PART));
      this.#endText();
      this.#cut ||= this.#nodes > this.#maxNodes || this.#frames.length > MAX_DEPTH;
    }
    parser.end();
    this.#endText();
    this.#endTerm();
    this.#writer.flush();
    if (this.#title !== null && this.#title.trim() !== "") this.#metadata["title"] = fold(this.#title);
    return {
      blocks: this.#writer.blocks,
      metadata: this.#metadata,
      formFields: this.#forms.fields(),
      pictures: [...this.#sources],
      warnings: this.#warnings(),
    };
  }

  #open(name: string, attributes: Attributes): void {
    this.#nodes += 1;
    const isHead = name === "title" && !this.#frames.some((frame) => frame.name === "svg");
    if (isHead && this.#title === null) {
      this.#title = "";
      this.#frames.push({ name, unseen: false, close: null });
      return;
    }
    if (name === "meta") this.#readMeta(attributes);
    if (name === "script") this.#scripts = true;
    const hidden = isHidden(attributes);
    const unseen = hidden || UNSEEN.has(name) || this.#cut;
    if (unseen) {
      this.#writer.write(" ");
      this.#unseen += 1;
      if (hidden) this.#hidden += 1;
      const close = hidden ? (): void => void (this.#hidden -= 1) : null;
      this.#frames.push({ name, unseen: true, close });
      return;
    }
    const close = this.#unseen > 0 ? null : this.#begin(name, attributes);
    this.#frames.push({ name, unseen: false, close });
  }

  #close(name: string): void {
    const frame = this.#frames.at(-1);
    if (frame?.name.toLowerCase() !== name.toLowerCase()) return;
    this.#frames.pop();
    frame.close?.();
    if (frame.unseen) this.#unseen -= 1;
    else if (this.#unseen === 0 && BLOCKS.has(name)) this.#writer.flush();
  }

  /** Text comes in pieces of a character where it holds many references or brackets: they are written together. */
  #endText(): void {
    if (this.#pieces.length === 0) return;
    const text = this.#pieces.join("");
    this.#pieces = [];
    this.#text(text);
  }

  #text(text: string): void {
    if (this.#frames.at(-1)?.name === "title" && this.#title !== null) {
      if (this.#title.length < 1_000) this.#title += text;
    } else if (this.#unseen > 0) {
      if (this.#hidden > 0 && /[\p{L}\d]/u.test(text)) this.#hiddenText = true;
    } else {
      this.#writer.write(text);
    }
  }

  /** Begins a seen element; gives what has to be done at its end. */
  #begin(name: string, attributes: Attributes): (() => void) | null {
    const writer = this.#writer;
    if (BLOCKS.has(name)) writer.flush();
    if (EXTERNAL.has(name)) this.#external += 1;
    if (LISTS.has(name)) return this.#beginList(name, attributes);
    switch (name) {
      case "h1":
      case "h2":
      case "h3":
      case "h4":
      case "h5":
      case "h6":
        return this.#role({ kind: "heading", level: Number(name.slice(1)), marker: "" });
      case "li":
        return this.#beginItem(attributes);
      case "pre":
      case "listing":
      case "xmp":
        return this.#beginCode();
      case "figcaption":
        return this.#role({ kind: "caption", level: 1, marker: "" });
      case "br":
        writer.breakLine();
        return null;
      case "img":
      case "area":
        return this.#picture(attributes);
      case "image":
        this.#pictures += 1;
        this.#addSource(attributes["href"] ?? attributes["xlink:href"]);
        return null;
      case "table":
      case "caption":
      case "thead":
      case "tbody":
      case "tfoot":
      case "tr":
      case "td":
      case "th":
        return this.#beginTablePart(name, attributes);
      case "p":
        return this.#beginOfficeItem(attributes);
      case "span":
        return isOfficeMarker(attributes) ? this.#beginMarker() : null;
      case "dl":
        return () => this.#endTerm();
      case "dt":
      case "dd":
        return this.#beginPair(name);
      case "input":
      case "select":
      case "textarea":
      case "option":
      case "label":
        return this.#forms.begin(name, attributes);
      default:
        return null;
    }
  }

  #role(role: Role): () => void {
    this.#writer.beginRole(role);
    return () => this.#writer.endRole();
  }

  #beginCode(): () => void {
    this.#writer.beginRole({ kind: "code", level: 1, marker: "" });
    this.#writer.keepSpaces();
    return () => {
      this.#writer.foldSpaces();
      this.#writer.endRole();
    };
  }

  #beginList(name: string, attributes: Attributes): () => void {
    const start = Number.parseInt(attributes["start"] ?? "1", 10);
    const type = name === "ol" ? (attributes["type"] ?? "1") : null;
    this.#lists.push({ type, next: Number.isSafeInteger(start) ? start : 1 });
    return () => void this.#lists.pop();
  }

  #beginItem(attributes: Attributes): () => void {
    const list = this.#lists.at(-1) ?? { type: null, next: 1 };
    const value = Number.parseInt(attributes["value"] ?? "", 10);
    const number = Number.isSafeInteger(value) ? value : list.next;
    list.next = number + 1;
    return this.#role({
      kind: "list_item",
      level: Math.max(1, this.#lists.length),
      marker: markerOf(list.type, number),
    });
  }

  #beginOfficeItem(attributes: Attributes): (() => void) | null {
    const level = officeLevel(attributes);
    if (level === null) return null;
    const role: Role = { kind: "list_item", level, marker: "" };
    this.#item = role;
    const end = this.#role(role);
    return () => {
      this.#item = null;
      end();
    };
  }

  /** The number that a word processor writes in front of an item is its marker; letters of symbol fonts are bullets. */
  #beginMarker(): (() => void) | null {
    const item = this.#item;
    if (!item) return null;
    const before = this.#writer.pending.length;
    return () => {
      const text = this.#writer.pending.slice(before);
      const marker = text.replaceAll("\u00A0", " ").trim();
      if (marker === "" || item.marker !== "") return;
      this.#writer.unwrite(text.length);
      item.marker = /[\p{L}\d]./u.test(marker) ? marker : "•";
    };
  }

  #picture(attributes: Attributes): null {
    this.#pictures += 1;
    this.#addSource(attributes["src"]);
    const text = attributes["alt"]?.trim();
    if (text) this.#writer.write(` ${text} `);
    return null;
  }

  #addSource(source: string | undefined): void {
    if (source === undefined || source === "" || this.#sources.has(source)) return;
    if (/^\s*(?:https?:)?\/\//i.test(source)) this.#external += 1;
    if (this.#sources.size < MAX_SOURCES) this.#sources.add(source);
  }

  #beginTablePart(name: string, attributes: Attributes): (() => void) | null {
    const writer = this.#writer;
    if (name === "table") {
      if (writer.tableDepth >= MAX_TABLES) return null;
      writer.beginTable();
      return () => writer.endTable();
    }
    if (writer.tableDepth === 0) return null;
    switch (name) {
      case "caption":
        writer.beginRole({ kind: "caption", level: 1, marker: "" });
        return () => writer.endRole();
      case "thead":
        writer.beginHead(true);
        return () => writer.beginHead(false);
      case "tr":
        writer.beginRow();
        return null;
      case "td":
      case "th": {
        const span = (value: string | undefined): number =>
          Math.min(1_000, Number.parseInt(value ?? "1", 10) || 1);
        const [columnSpan, rowSpan] = [span(attributes["colspan"]), span(attributes["rowspan"])];
        writer.beginContainer();
        return () => writer.addCell({ blocks: writer.endContainer(), columnSpan, rowSpan }, name === "th");
      }
      default:
        return null;
    }
  }

  /** A term of a list and what is said of it are a pair. */
  #beginPair(name: "dt" | "dd"): () => void {
    const writer = this.#writer;
    writer.beginContainer();
    return () => {
      const blocks = writer.endContainer();
      const isText = blocks.every((block) => block.kind === "paragraph");
      const text = blocks.map((block) => ("text" in block ? block.text : "")).join("\n");
      if (name === "dt" && isText) {
        this.#endTerm();
        this.#term = text;
      } else if (name === "dd" && isText && this.#term !== "" && this.#term.length <= 120) {
        writer.push({ kind: "key_value", key: this.#term.replaceAll("\n", " "), value: text });
        this.#term = "";
      } else {
        this.#endTerm();
        for (const block of blocks) writer.push(block);
      }
    };
  }

  /** A term of which nothing is said is text. */
  #endTerm(): void {
    const text = this.#term;
    this.#term = "";
    if (text !== "") this.#writer.push({ kind: "paragraph", text });
  }

  #readMeta(attributes: Attributes): void {
    const name = METADATA[(attributes["name"] ?? "").toLowerCase()];
    const content = attributes["content"]?.trim();
    if (name !== undefined && content) this.#metadata[name] ??= content.slice(0, 1_000);
  }

  #warnings(): Warning[] {
    const warnings: Warning[] = [];
    const warn = (code: Warning["code"], message: string): void => void warnings.push({ code, message });
    if (this.#cut)
      warn(
        "text_truncated",
        "The page has more elements, or deeper ones, than are read; its end was left out.",
      );
    if (this.#hiddenText)
      warn("hidden_content", "The page holds text that it does not show; it was left out.");
    if (this.#scripts)
      warn(
        "scripts_present",
        "The page holds scripts. They were not run: what they would show was not read.",
      );
    if (this.#external > 0) {
      warn(
        "external_reference",
        `The page shows ${this.#external} parts from elsewhere. They were not fetched.`,
      );
    }
    if (this.#pictures > 0 && this.#writer.blocks.length === 0) {
      warn("content_not_read", `The page consists of ${this.#pictures} pictures, which were not read.`);
    }
    return warnings;
  }
}

/** In XHTML `<script/>` ends where it begins; in HTML it would swallow what comes behind it. */
function isXhtml(text: string): boolean {
  return /^\uFEFF?\s*<\?xml|<html[^<>]{0,500}\sxmlns=/i.test(text.slice(0, 2_000));
}

function fold(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
