import { styleText } from "node:util";

type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** Colours text for a stream that shows colours; honours NO_COLOR and FORCE_COLOR. */
export function paint(style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return styleText(style, text, { stream, validateStream: true });
}

/** Writes a line to standard output, and waits when the reader is slow. */
export async function print(text: string): Promise<void> {
  await write(process.stdout, `${text}\n`);
}

/** Writes a line to standard error: progress, hints, warnings. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.write(text, () => resolve());
  });
}

/** A table with padded columns; numbers stand to the right. `head` is underlined by its style alone. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(row[column] ?? ""))),
  );
  const numeric = head.map((_, column) =>
    rows.every((row) => /^[-\d.,%]*$/u.test((row[column] ?? "").trim())),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const padding = " ".repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
        return numeric[column] === true ? padding + cell : cell + padding;
      })
      .join("  ")
      .trimEnd();
  return [paint("bold", line(head)), ...rows.map(line)].join("\n");
}

/** Columns that a string takes: wide East Asian characters count twice, combining marks not at all. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{Mark}/u.test(character)) continue;
    width += /[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦]/u.test(character) ? 2 : 1;
  }
  return width;
}

/** Text that is safe on a terminal and on one line: control characters go, long text is cut. */
export function oneLine(text: string, max = 60): string {
  const clean = text
    .replaceAll(/\s+/gu, " ")
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, "")
    .trim();
  const characters = Array.from(clean);
  return characters.length <= max ? clean : `${characters.slice(0, max - 1).join("")}…`;
}

/** A progress line on standard error, rewritten in place on a terminal and written seldom elsewhere. */
export class Progress {
  readonly #label: string;
  readonly #total: number;
  readonly #startedMs = Date.now();
  #done = 0;
  #shownMs = Date.now();

  constructor(label: string, total: number) {
    this.#label = label;
    this.#total = total;
  }

  /** Counts one more; shows it when a second has passed since it was last shown. */
  step(name: string): void {
    this.#done += 1;
    const now = Date.now();
    const everyMs = process.stderr.isTTY ? 100 : 5_000;
    if (now - this.#startedMs < 1_000 || now - this.#shownMs < everyMs) return;
    this.#shownMs = now;
    const text = `${this.#label} ${this.#done}/${this.#total} ${oneLine(name, 50)}`;
    process.stderr.write(process.stderr.isTTY ? `\r\u{1B}[K${text}` : `${text}\n`);
  }

  /** Takes the line off a terminal, so that something else can be written. */
  clear(): void {
    if (process.stderr.isTTY && Date.now() - this.#startedMs >= 1_000) process.stderr.write("\r\u{1B}[K");
  }
}
