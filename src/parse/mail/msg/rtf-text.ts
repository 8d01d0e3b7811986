import { decodeText } from "../charset.ts";
import { bytesOf, latin1 } from "../read-lines.ts";
import { codePageOf } from "./properties.ts";

/** What an RTF body holds: the HTML that it was made from ([MS-OXRTFEX]), or text. */
export interface RtfBody {
  readonly kind: "html" | "text";
  readonly text: string;
}

/** Groups whose text is not the document's. */
const SILENT =
  /^(?:fonttbl|colortbl|stylesheet|info|pict|object|themedata|colorschememapping|datastore|latentstyles|listtable|listoverridetable|rsidtbl|generator|header[lrf]?|footer[lrf]?|xmlnstbl|fldinst|bkmkstart|bkmkend|mmathPr|pntext|pntxta|pntxtb)$/;
const SPECIAL: Readonly<Record<string, string>> = {
  par: "\n",
  line: "\n",
  row: "\n",
  cell: "\t",
  tab: "\t",
  sect: "\n",
  page: "\n",
  emdash: "\u2014",
  endash: "\u2013",
  lquote: "\u2018",
  rquote: "\u2019",
  ldblquote: "\u201c",
  rdblquote: "\u201d",
  bullet: "\u2022",
};
/** Code pages of fonts by their charset numbers. */
const FONT_PAGES: Readonly<Record<number, number>> = {
  128: 932,
  129: 949,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
};

const TOKEN = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/gi;

interface Group {
  silent: boolean;
  /** Inside `\*\htmltag`: what stands there is HTML. */
  tag: boolean;
  /** Between `\htmlrtf` and `\htmlrtf0`: what RTF alone needs. */
  rtfOnly: boolean;
  skip: number;
  font: number;
}

/** Reads an RTF body; of one made from HTML the HTML, so that nothing of its structure is lost. */
export function rtfText(bytes: Uint8Array): RtfBody {
  return new RtfReader(latin1(bytes)).read();
}

class RtfReader {
  readonly #rtf: string;
  readonly #fromHtml: boolean;
  readonly #stack: Group[] = [];
  #group: Group = { silent: false, tag: false, rtfOnly: false, skip: 1, font: -1 };
  /** Bytes that wait for what follows them: a letter may be two. */
  #bytes = "";
  #out: string[] = [];
  #page: number;
  /** Code pages of fonts, and the font that the table is at. */
  readonly #fonts = new Map<number, number>();
  #tableFont = -1;
  #inFontTable = false;
  #ignorable = false;
  /** Characters still to be left out: they stand for the Unicode one before them. */
  #toSkip = 0;

  constructor(rtf: string) {
    this.#rtf = rtf;
    this.#fromHtml = /\\fromhtml1/.test(rtf.slice(0, 2_000));
    this.#page = Number(/\\ansicpg(\d{3,5})/.exec(rtf.slice(0, 2_000))?.[1] ?? 1252);
  }

  read(): RtfBody {
    for (const match of this.#rtf.matchAll(TOKEN)) {
      const [, word, number, hex, symbol, brace, text] = match;
      if (brace !== undefined) this.#brace(brace);
      else if (word !== undefined)
        this.#word(word.toLowerCase(), number === undefined ? null : Number(number));
      else if (hex !== undefined) this.#byte(String.fromCharCode(parseInt(hex, 16)));
      else if (symbol !== undefined) this.#symbol(symbol);
      else if (text !== undefined) this.#text(text);
    }
    this.#flush();
    return { kind: this.#fromHtml ? "html" : "text", text: this.#out.join("") };
  }

  #brace(brace: string): void {
    this.#flush();
    this.#toSkip = 0;
    this.#ignorable = false;
    if (brace === "{") {
      this.#stack.push(this.#group);
      this.#group = { ...this.#group };
    } else {
      this.#group = this.#stack.pop() ?? this.#group;
      if (this.#stack.length < 2) this.#inFontTable = false;
    }
  }

  #word(word: string, number: number | null): void {
    if (word !== "u") this.#flush();
    const ignorable = this.#ignorable;
    this.#ignorable = false;
    if (word === "htmltag" && this.#fromHtml) this.#group.tag = true;
    else if (word === "htmlrtf") this.#group.rtfOnly = number !== 0;
    else if (word === "mhtmltag" || SILENT.test(word)) this.#silence(word);
    else if (word === "uc") this.#group.skip = number ?? 1;
    else if (word === "f") this.#font(number ?? 0);
    else if (word === "fcharset" && this.#inFontTable)
      this.#fonts.set(this.#tableFont, FONT_PAGES[number ?? 0] ?? 0);
    else if (word === "u") this.#unicode(number ?? 0);
    else if (SPECIAL[word] !== undefined) this.#put(SPECIAL[word]);
    else if (ignorable) this.#group.silent = true;
  }

  #silence(word: string): void {
    this.#group.silent = true;
    if (word === "fonttbl") this.#inFontTable = true;
  }

  #font(number: number): void {
    if (this.#inFontTable) this.#tableFont = number;
    else this.#group.font = number;
  }

  #unicode(code: number): void {
    this.#flush();
    this.#put(String.fromCharCode(code < 0 ? code + 65_536 : code));
    this.#toSkip = this.#group.skip;
  }

  #symbol(symbol: string): void {
    if (symbol === "*") {
      this.#ignorable = true;
      return;
    }
    if (symbol === "~") this.#put("\u00a0");
    else if (symbol === "_") this.#put("-");
    else if ("{}\\".includes(symbol)) this.#text(symbol);
    else if (symbol === "\n" || symbol === "\r") this.#put("\n");
  }

  #byte(byte: string): void {
    if (this.#toSkip > 0) this.#toSkip -= 1;
    else this.#bytes += byte;
  }

  #text(text: string): void {
    const skipped = Math.min(this.#toSkip, text.length);
    this.#toSkip -= skipped;
    this.#bytes += text.slice(skipped);
  }

  /** Decodes the bytes that waited, in the encoding of the font that they stand in. */
  #flush(): void {
    if (this.#bytes === "") return;
    const page = codePageOf(this.#fonts.get(this.#group.font) || this.#page);
    const bytes = this.#bytes;
    this.#bytes = "";
    this.#put(decodeText(bytesOf(bytes), page ?? "windows-1252").text);
  }

  #put(text: string): void {
    const { silent, tag, rtfOnly } = this.#group;
    if (!silent && (tag || !rtfOnly)) this.#out.push(text);
  }
}
