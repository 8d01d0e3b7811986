import { connectExisting, CONNECTION_OPTIONS } from "../client/connection.ts";
import { lineOf } from "../client/read-document.ts";
import { EXIT, usageError } from "../command.ts";
import type { Command } from "../command.ts";
import { describe } from "../document-table.ts";
import { print } from "../terminal.ts";

export const correct: Command = {
  name: "correct",
  summary: "Sets values of a document right; the next one of its vendor is read with what was learned.",
  usage: "ID /POINTER=VALUE... [--reason TEXT] [--version VERSION] [--json] [--url URL --key KEY]",
  options: [
    { name: "reason", value: "TEXT", about: "why, for the document's history" },
    { name: "version", value: "VERSION", about: "the version that was looked at: refused if it has changed" },
    { name: "json", about: "print the corrected result as one JSON line" },
    ...CONNECTION_OPTIONS,
  ],
  run: async (input) => {
    const [id, ...given] = input.positionals;
    if (id === undefined || given.length === 0) {
      throw usageError("name one document ID and at least one /POINTER=VALUE (/POINTER= takes a value away)");
    }
    const corrections = given.map(correctionOf);
    const connection = await connectExisting(input);
    if (connection === null) throw usageError("no platform runs here: npm start, or give --url and --key");
    const { client } = connection;
    const reason = input.text("reason");
    const version = input.text("version");
    const request = {
      corrections,
      ...(reason === undefined ? {} : { reason }),
      ...(version === undefined ? {} : { version }),
    };
    const { file } = await client.correct(id, request);
    const line = await lineOf(client, file, id, { text: false });
    await print(input.flag("json") ? JSON.stringify(line) : describe(line));
    return EXIT.ok;
  },
};

/** `/total=119.00`: a value is text as the schema has it; nothing behind `=` takes it away. */
function correctionOf(text: string): { pointer: string; value: string | null } {
  const at = text.indexOf("=");
  if (at < 1 || !text.startsWith("/")) throw usageError(`${text} is no /POINTER=VALUE, as in /total=119.00`);
  const value = text.slice(at + 1);
  return { pointer: text.slice(0, at), value: value === "" ? null : value };
}
