/** So much of repeated spaces is kept: more is there to make a text long. */
const MAX_SPACES = 64;

/** Puts together the paragraphs of OpenDocument text as its elements go by. */
export class TextCollector {
  readonly #paragraphs: string[] = [];
  #current: string | null = null;
  #depth = 0;

  /** Takes an element's start by its local name; what is no text is left alone. */
  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case "p":
      case "h":
        if (this.#depth++ === 0) this.#current = "";
        return;
      case "s":
        this.#add(" ".repeat(Math.min(MAX_SPACES, Number(attributes["text:c"] ?? 1) || 1)));
        return;
      case "tab":
        this.#add("\t");
        return;
      case "line-break":
        this.#add("\n");
        return;
      default:
        return;
    }
  }

  /** White space in the file is one space (ODF 1.3 part 3, 6.1.2). */
  text(data: string): void {
    if (this.#current === null) return;
    const folded = data.replace(/[ \t\r\n]+/g, " ");
    this.#add(/[\s]$/.test(this.#current) ? folded.replace(/^ /, "") : folded);
  }

  close(name: string): void {
    if ((name !== "p" && name !== "h") || this.#depth === 0) return;
    this.#depth -= 1;
    if (this.#depth > 0 || this.#current === null) return;
    this.#paragraphs.push(this.#current.trimEnd());
    this.#current = null;
  }

  /** The paragraphs so far, and begins anew. */
  take(): string[] {
    this.#current = null;
    this.#depth = 0;
    return this.#paragraphs.splice(0);
  }

  #add(text: string): void {
    if (this.#current !== null) this.#current += text;
  }
}
