import { connectExisting, CONNECTION_OPTIONS } from "../client/connection.ts";
import { followEvents } from "../client/events.ts";
import { lineOf } from "../client/read-document.ts";
import { EXIT, usageError } from "../command.ts";
import type { Command } from "../command.ts";
import { describe } from "../document-table.ts";
import { oneLine, paint, print } from "../terminal.ts";

export const watch: Command = {
  name: "watch",
  summary: "Follows a document live until it has ended, then prints its data.",
  usage: "ID [--json] [--url URL --key KEY]",
  options: [
    { name: "json", about: "print each event as one JSON line, and the result last" },
    ...CONNECTION_OPTIONS,
  ],
  run: async (input) => {
    const [id, ...more] = input.positionals;
    if (id === undefined || more.length > 0) throw usageError("name one document ID");
    const connection = await connectExisting(input);
    if (connection === null) throw usageError("no platform runs here: npm start, or give --url and --key");
    const { client } = connection;
    const json = input.flag("json");
    for await (const event of followEvents(client, id)) {
      const seq = paint("dim", String(event.seq).padStart(4));
      const text = `${seq}  ${event.at.slice(11, 23)}  ${event.kind.padEnd(10)}  ${oneLine(factsOf(event.data), 90)}`;
      await print(json ? JSON.stringify(event) : text.trimEnd());
    }
    const { file } = await client.result(id);
    const line = await lineOf(client, file, id, { text: false });
    await print(json ? JSON.stringify(line) : `\n${describe(line)}`);
    return line.status === "completed" || line.status === "partial" ? EXIT.ok : EXIT.failed;
  },
};

function factsOf(data: Readonly<Record<string, unknown>>): string {
  return Object.entries(data)
    .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" ");
}
