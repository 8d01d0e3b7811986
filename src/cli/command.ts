import { parseArgs } from "node:util";
import { AppError } from "../errors.ts";

/** An option of a command. `value` names what it takes; an option without one is a switch. */
export interface OptionSpec {
  readonly name: string;
  readonly value?: string;
  readonly multiple?: boolean;
  readonly about: string;
}

/** One verb of the command line. `run` gives the process's exit code. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What follows the name in the usage line. */
  readonly usage: string;
  readonly options: readonly OptionSpec[];
  readonly run: (input: Arguments) => Promise<number>;
}

/** Exit codes: 0 all well, 1 something failed, 2 the command was used wrongly. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

/** A wrong use of the command line; ends the process with code 2. */
export function usageError(message: string): AppError {
  return new AppError("invalid_request", message, { detail: { usage: true } });
}

export function isUsageError(error: unknown): error is AppError {
  return error instanceof AppError && error.detail?.["usage"] === true;
}

/** The arguments of one call, read against the command's options. */
export class Arguments {
  readonly positionals: readonly string[];
  readonly #values: Readonly<Record<string, unknown>>;

  /** @throws AppError for an unknown option or a missing value */
  constructor(command: Command, argv: readonly string[]) {
    const options = Object.fromEntries(
      [...command.options, HELP].map(({ name, value, multiple }) => [
        name,
        {
          type: value === undefined ? ("boolean" as const) : ("string" as const),
          multiple: multiple ?? false,
        },
      ]),
    );
    try {
      const parsed = parseArgs({ args: [...argv], options, strict: true, allowPositionals: true });
      this.positionals = parsed.positionals;
      this.#values = parsed.values;
    } catch (error) {
      throw usageError(error instanceof Error ? error.message : String(error));
    }
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === "string" ? value : undefined;
  }

  list(name: string): string[] {
    const value = this.#values[name];
    return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
  }

  /** @throws AppError when the value is no whole number between `min` and `max` */
  integer(name: string, range: { min: number; max: number }): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (!Number.isInteger(number) || number < range.min || number > range.max) {
      throw usageError(`--${name} takes a whole number from ${range.min} to ${range.max}, not ${value}`);
    }
    return number;
  }
}

const HELP: OptionSpec = { name: "help", about: "show this help" };

/** The help text of a command. */
export function helpOf(command: Command): string {
  const rows = [...command.options, HELP].map(({ name, value, about }) => ({
    left: `  --${name}${value === undefined ? "" : ` ${value}`}`,
    about,
  }));
  const width = Math.max(...rows.map(({ left }) => left.length));
  const options = rows.map(({ left, about }) => `${left.padEnd(width)}  ${about}`).join("\n");
  return `usage: docket ${command.name} ${command.usage}\n\n${command.summary}\n\n${options}\n`;
}
