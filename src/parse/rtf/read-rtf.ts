import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import type { Flow, FlowBlock } from "../flow/flow.ts";
import { decodeBytes } from "../text/decode-bytes.ts";
import type { ParseLimits } from "../parser.ts";
import { listPictures } from "../pictures/list-pictures.ts";
import { rtfPictures } from "./rtf-pictures.ts";
import { type Purpose, RtfWriter } from "./rtf-writer.ts";
import type { CellDefinition } from "./table.ts";
import { RtfScanner, type RtfToken } from "./tokens.ts";
import { CHARACTERS, CHARSETS, labelOf, READ_IF_KNOWN, SKIPPED } from "./words.ts";

/** What a group inherits and changes for itself. */
interface Group {
  purpose: Purpose;
  /** The property of the document that is being read. */
  property: string;
  font: number;
  /** Characters behind a `\u` that stand for it in old readers. */
  skips: number;
  hidden: boolean;
  deleted: boolean;
  /** Whether it describes a table inside a cell: what it says of cells is not about the row that is open. */
  nested: boolean;
}

const MAX_DEPTH = 10_000;
const INFO: Readonly<Record<string, string>> = {
  title: "title",
  subject: "subject",
  author: "author",
  company: "company",
  keywords: "keywords",
};
const NESTED_ROW: ReadonlySet<string> = new Set(["trowd", "trhdr", "clvmrg", "clmrg", "cellx"]);
const MARGINS = /^(header|footer)[lrf]?$/;

/**
 * Reads RTF (1.9.1): text in the code pages of its fonts, headings, lists, tables, notes, headers first and footers
 * last. Pictures are members; what is hidden or deleted is left out. A file that is cut off is read as far as it goes.
 * @throws AppError file_damaged when it is none, nesting_too_deep
 */
export function readRtf(bytes: Uint8Array, limits: Pick<ParseLimits, "maxMembers">): Flow {
  const start = String.fromCharCode(...bytes.subarray(0, 16)).replace(/^[\u00EF\u00BB\u00BF\s]+/, "");
  if (!start.startsWith("{\\rtf")) {
    throw new AppError("file_damaged", "The file does not begin as RTF does. Send the original file.");
  }
  return new RtfReader(bytes, limits.maxMembers).read();
}

class RtfReader {
  readonly #source: Uint8Array;
  readonly #maxMembers: number;
  readonly #scanner: RtfScanner;
  readonly #groups: Group[] = [];
  #group: Group = {
    purpose: "text",
    property: "",
    font: -1,
    skips: 1,
    hidden: false,
    deleted: false,
    nested: false,
  };
  readonly #writer = new RtfWriter();
  readonly #charsets = new Map<number, number>();
  readonly #headings = new Map<number, number>();
  readonly #metadata: Record<string, string> = {};
  #definitions: CellDefinition[] = [];
  #merge = { up: false, left: false };
  #isHeaderRow = false;
  #codePage = 1252;
  #bytes: number[] = [];
  #skip = 0;
  #starred = false;
  #style = { number: 0, outline: null as number | null, name: "" };
  #seen = { hidden: false, deleted: false, cut: true };

  constructor(bytes: Uint8Array, maxMembers: number) {
    this.#source = bytes;
    this.#maxMembers = maxMembers;
    this.#scanner = new RtfScanner(bytes);
  }

  read(): Flow {
    for (let token = this.#scanner.next(); token; token = this.#scanner.next()) {
      if (token.kind !== "byte") this.#flushBytes();
      this.#take(token);
      if (this.#groups.length === 0 && token.kind === "close") {
        this.#seen.cut = false;
        break;
      }
    }
    this.#flushBytes();
    const blocks = this.#writer.finish();
    const pictures = listPictures(rtfPictures(this.#source, this.#scanner.pictures), this.#maxMembers);
    return {
      source: "text_layer",
      sections: [{ label: null, blocks }],
      metadata: this.#metadata,
      members: pictures.members,
      warnings: [...this.#warnings(blocks, pictures.documents), ...pictures.warnings],
    };
  }

  #take(token: RtfToken): void {
    switch (token.kind) {
      case "open":
        if (this.#groups.length >= MAX_DEPTH) {
          throw new AppError(
            "nesting_too_deep",
            `The RTF nests groups deeper than ${MAX_DEPTH}. Save it anew and send that.`,
          );
        }
        this.#groups.push(this.#group);
        this.#group = { ...this.#group };
        this.#skip = 0;
        return;
      case "close":
        return this.#closeGroup();
      case "byte":
        if (this.#skip > 0) this.#skip -= 1;
        else this.#bytes.push(token.byte);
        return;
      case "symbol":
        return this.#symbol(token.symbol);
      case "word":
        return this.#word(token.word, token.number);
    }
  }

  #closeGroup(): void {
    if (this.#group.purpose === "styles") this.#endStyle();
    this.#writer.endGroup(this.#groups.length);
    this.#group = this.#groups.pop() ?? this.#group;
    this.#starred = false;
    this.#skip = 0;
  }

  #symbol(symbol: string): void {
    if (symbol === "*") {
      this.#starred = true;
      return;
    }
    if (this.#skip > 0) {
      this.#skip -= 1;
      return;
    }
    if (symbol === "~") this.#write("\u00A0");
    else if (symbol === "_") this.#write("-");
    else if (symbol === "\n" || symbol === "\r") this.#writer.endParagraph();
    else if (symbol === "{" || symbol === "}" || symbol === "\\") this.#write(symbol);
  }

  #word(word: string, number: number | null): void {
    const starred = this.#starred;
    this.#starred = false;
    if (word === "pict") {
      this.#scanner.skipPicture();
      return this.#closeGroup();
    }
    if (word === "nonshppict") return this.#skipGroup(false);
    if (SKIPPED.has(word) || (starred && !READ_IF_KNOWN.has(word))) return this.#skipGroup();
    if (this.#skip > 0 && word !== "u") this.#skip = 0;
    const character = CHARACTERS[word];
    if (character !== undefined) return this.#write(character);
    if (this.#destination(word) || this.#characterWord(word, number) || this.#tableWord(word, number)) return;
    this.#paragraphWord(word, number);
  }

  #skipGroup(notesPictures = true): void {
    this.#scanner.skipGroup(notesPictures);
    this.#closeGroup();
  }

  /** Words that say what their group is for. */
  #destination(word: string): boolean {
    const margin = MARGINS.exec(word)?.[1];
    if (margin === "header" || margin === "footer") this.#beginTarget(margin);
    else if (word === "footnote") this.#beginTarget("note");
    else if (word === "shptxt") this.#beginTarget("box");
    else if (word === "annotation") this.#beginTarget("comment");
    else if (word === "atnauthor") this.#beginTarget("author");
    else if (word === "listtext" || word === "pntext") this.#beginTarget("marker");
    else if (word === "fonttbl") this.#group.purpose = "fonts";
    else if (word === "stylesheet") this.#group.purpose = "styles";
    else if (word === "info") this.#group.purpose = "info";
    else if (this.#group.purpose === "info" && INFO[word] !== undefined) this.#group.property = INFO[word];
    else return false;
    return true;
  }

  #characterWord(word: string, number: number | null): boolean {
    switch (word) {
      case "ansicpg":
        this.#codePage = number === null || number === 0 ? 1252 : number;
        return true;
      case "mac":
        this.#codePage = 10000;
        return true;
      case "pc":
      case "pca":
        this.#codePage = 850;
        return true;
      case "u":
        this.#skip = this.#group.skips;
        this.#write(String.fromCharCode(((number ?? 0x3f) + 0x10000) & 0xffff));
        return true;
      case "uc":
        this.#group.skips = Math.min(10, Math.max(0, number ?? 1));
        return true;
      case "f":
        this.#group.font = number ?? -1;
        return true;
      case "fcharset":
        if (this.#group.purpose === "fonts") this.#charsets.set(this.#group.font, number ?? 0);
        return true;
      case "v":
        this.#group.hidden = number !== 0;
        return true;
      case "deleted":
        this.#group.deleted = number !== 0;
        return true;
      case "plain":
        this.#group.hidden = false;
        return true;
      default:
        return false;
    }
  }

  #tableWord(word: string, number: number | null): boolean {
    if (this.#group.nested && NESTED_ROW.has(word)) return true;
    switch (word) {
      case "nesttableprops":
        this.#group.nested = true;
        return true;
      case "trowd":
        this.#definitions = [];
        this.#isHeaderRow = false;
        return true;
      case "trhdr":
        this.#isHeaderRow = true;
        return true;
      case "clvmrg":
        this.#merge.up = true;
        return true;
      case "clmrg":
        this.#merge.left = true;
        return true;
      case "cellx":
        this.#definitions.push({
          right: number ?? 0,
          mergesUp: this.#merge.up,
          mergesLeft: this.#merge.left,
        });
        this.#merge = { up: false, left: false };
        return true;
      case "intbl":
        this.#writer.paragraph.inTable = true;
        return true;
      case "cell":
        this.#writer.endCell();
        return true;
      case "nestcell":
        this.#write("\t");
        return true;
      case "nestrow":
        this.#write("\n");
        return true;
      case "row":
        this.#writer.endRow(this.#definitions, this.#isHeaderRow);
        return true;
      default:
        return false;
    }
  }

  #paragraphWord(word: string, number: number | null): void {
    switch (word) {
      case "par":
        return this.#writer.endParagraph();
      case "pard":
        this.#writer.paragraph = {
          inTable: false,
          heading: null,
          level: 1,
          marker: this.#writer.paragraph.marker,
        };
        return;
      case "sect":
      case "page":
        return this.#writer.breakPage();
      case "s":
        if (this.#group.purpose === "styles") this.#style.number = number ?? 0;
        else this.#writer.paragraph.heading ??= this.#headings.get(number ?? 0) ?? null;
        return;
      case "outlinelevel":
        if (number === null || number < 0 || number > 8) return;
        if (this.#group.purpose === "styles") this.#style.outline = number + 1;
        else this.#writer.paragraph.heading = number + 1;
        return;
      case "ilvl":
        this.#writer.paragraph.level = Math.min(9, Math.max(0, number ?? 0)) + 1;
        return;
      default:
    }
  }

  /** Bytes that follow one another are decoded together: some code pages take two for a character. */
  #flushBytes(): void {
    if (this.#bytes.length === 0) return;
    const bytes = Uint8Array.from(this.#bytes);
    this.#bytes = [];
    const charset = this.#charsets.get(this.#group.font) ?? 0;
    if (charset === 2) {
      this.#write(Array.from(bytes, (byte) => (byte === 0xb7 ? "•" : String.fromCharCode(byte))).join(""));
      return;
    }
    this.#write(decodeBytes(bytes, labelOf(CHARSETS[charset] ?? this.#codePage)) ?? "");
  }

  #write(text: string): void {
    const { purpose, property, hidden, deleted } = this.#group;
    if (purpose === "fonts") return;
    if (purpose === "styles") {
      if (this.#style.name.length < 200) this.#style.name += text;
    } else if (purpose === "info") {
      if (property !== "")
        this.#metadata[property] = `${this.#metadata[property] ?? ""}${text}`.slice(0, 1_000);
    } else if (hidden || deleted) {
      if (text.trim() !== "") this.#seen[deleted ? "deleted" : "hidden"] = true;
    } else this.#writer.write(text);
  }

  #endStyle(): void {
    const { number, outline, name } = this.#style;
    const level = /^heading (\d)\b/i.exec(name.trim())?.[1];
    const heading =
      outline ?? (level === undefined ? (/^title\b/i.test(name.trim()) ? 1 : null) : Number(level));
    if (heading !== null && name !== "") this.#headings.set(number, heading);
    this.#style = { number: 0, outline: null, name: "" };
  }

  #beginTarget(purpose: Purpose): void {
    if (this.#group.purpose === "fonts" || this.#group.purpose === "styles") return;
    this.#group.purpose = purpose;
    this.#writer.begin(purpose, this.#groups.length);
  }

  #warnings(blocks: readonly FlowBlock[], pictureDocuments: number): Warning[] {
    const warnings: Warning[] = [];
    const warn = (code: Warning["code"], message: string): void => void warnings.push({ code, message });
    const pictures = this.#scanner.pictures.length;
    const { hidden, deleted, cut } = this.#seen;
    if (cut) warn("file_damaged", "The RTF ends within a group: it is cut off, and its end is missing.");
    if (hidden)
      warn("hidden_content", "The document holds text that is formatted as hidden; it was left out.");
    if (deleted) warn("hidden_content", "The document has tracked changes: deleted text was left out.");
    if (pictures > 0 && pictureDocuments === 0 && !blocks.some((block) => block.kind !== "page_break")) {
      warn(
        "content_not_read",
        `The document consists of ${pictures} pictures, whose text was not read. Send them as pictures or as a PDF.`,
      );
    }
    return warnings;
  }
}
