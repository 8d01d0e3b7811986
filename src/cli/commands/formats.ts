import { Config } from "../../config.ts";
import { FORMAT_NAMES, Format } from "../../model/format.ts";
import type { FormatEntry } from "../../parse/parser.ts";
import { formats as registry } from "../../parse/registry.ts";
import { limitsOf } from "../../pipeline/parse-step.ts";
import { EXIT, usageError } from "../command.ts";
import type { Command } from "../command.ts";
import { print, table } from "../terminal.ts";

/** A format as people choose by it: what it is called, what reads it, and what it is held to. */
export interface FormatRow {
  readonly format: Format;
  readonly title: string;
  readonly endings: readonly string[];
  /** The parser's file in src/parse. */
  readonly parser: string;
  readonly libraries: readonly string[];
  readonly limits: readonly string[];
}

export const formats: Command = {
  name: "formats",
  summary: "Lists the formats that are read, with their parsers, libraries and limits.",
  usage: "[--json | --markdown]",
  options: [
    { name: "json", about: "print one JSON line for each format" },
    { name: "markdown", about: "print the table as it stands in ARCHITECTURE.md" },
  ],
  run: async (input) => {
    if (input.positionals.length > 0) throw usageError("formats takes no FILE");
    const rows = listFormats();
    if (input.flag("json")) for (const row of rows) await print(JSON.stringify(row));
    else if (input.flag("markdown")) await print(markdownTable(rows));
    else {
      await print(
        table(
          ["format", "called", "endings", "libraries", "limits"],
          rows.map((row) => [
            row.format,
            row.title,
            row.endings.join(" "),
            row.libraries.join(", "),
            row.limits.join(", "),
          ]),
        ),
      );
    }
    return EXIT.ok;
  },
};

/** Every format of the registry, in its order. */
export function listFormats(): FormatRow[] {
  const limits = limitsOf(Config.parse({}));
  return Format.options.map((format) => {
    const entry: FormatEntry = registry[format];
    const { title, endings } = FORMAT_NAMES[format];
    return {
      format,
      title,
      endings,
      parser: parserOf(entry),
      libraries: entry.libraries,
      limits: entry.limits.map((name) => `${name} ${limits[name].toLocaleString("en")}`),
    };
  });
}

/** The file that an entry loads, as its own code names it. */
function parserOf({ load }: FormatEntry): string {
  return /import\("\.\/([^"]+)"\)/u.exec(load.toString())?.[1] ?? "";
}

/** The table of ARCHITECTURE.md. */
export function markdownTable(rows: readonly FormatRow[]): string {
  const cells = rows.map((row) => [
    `${row.title} (${row.endings.map((ending) => `.${ending}`).join(" ")})`,
    `\`${row.parser}\``,
    row.libraries.join(", ") || "own",
    row.limits.join(", "),
  ]);
  const head = ["format", "parser", "library", "limits"];
  const widths = head.map((name, column) =>
    Math.max(name.length, ...cells.map((cell) => cell[column]?.length ?? 0)),
  );
  const line = (cell: readonly string[]): string =>
    `| ${cell.map((text, column) => text.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...cells.map(line)].join(
    "\n",
  );
}
