import { connectExisting, CONNECTION_OPTIONS } from "../client/connection.ts";
import { EXIT, usageError } from "../command.ts";
import type { Command } from "../command.ts";
import { note, print } from "../terminal.ts";
import { AppError } from "../../errors.ts";

export const cancelCommand: Command = {
  name: "cancel",
  summary: "Stops reading documents that have not ended, and what came out of them.",
  usage: "ID... [--json] [--url URL --key KEY]",
  options: [{ name: "json", about: "print one JSON line a document" }, ...CONNECTION_OPTIONS],
  run: async (input) => {
    if (input.positionals.length === 0) throw usageError("name the documents to cancel by their ids");
    const connection = await connectExisting(input);
    if (connection === null) throw usageError("no platform runs here: npm start, or give --url and --key");
    let failed = 0;
    for (const id of input.positionals) {
      try {
        const { status } = await connection.client.cancel(id);
        await print(input.flag("json") ? JSON.stringify({ id, status }) : `${id}  ${status}`);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        failed += 1;
        if (input.flag("json"))
          await print(JSON.stringify({ id, error: error.code, message: error.message }));
        else note(`${id}: ${error.message}`);
      }
    }
    return failed === 0 ? EXIT.ok : EXIT.failed;
  },
};
