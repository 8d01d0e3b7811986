import { DeadLetterId } from "../../model/dead-letter.ts";
import type { Client } from "../client/client.ts";
import { connectExisting, CONNECTION_OPTIONS } from "../client/connection.ts";
import { EXIT, usageError } from "../command.ts";
import type { Arguments, Command } from "../command.ts";
import { note, oneLine, print, table } from "../terminal.ts";

export const deadLettersCommand: Command = {
  name: "dead-letters",
  summary: "Lists what the pipeline gave up, with the cause; sends it through again.",
  usage: "[--replay-all | --replay ID...] [--json] [--url URL --key KEY]",
  options: [
    { name: "replay", about: "send the named ones through again" },
    { name: "replay-all", about: "send all that wait through again" },
    { name: "json", about: "print one JSON line each" },
    ...CONNECTION_OPTIONS,
  ],
  run: async (input) => {
    const named = input.flag("replay");
    const all = input.flag("replay-all");
    if (named === (input.positionals.length === 0) || (named && all)) {
      throw usageError("give --replay with the ids of dead letters, --replay-all, or neither to list them");
    }
    const connection = await connectExisting(input);
    if (connection === null) throw usageError("no platform runs here: npm start, or give --url and --key");
    const { client } = connection;
    if (!named && !all) return list(client, input);
    return replay(client, input, named ? input.positionals.map(readId) : await waiting(client));
  },
};

/** As many as one request replays. */
const AT_ONCE = 100;

function readId(text: string): DeadLetterId {
  const id = DeadLetterId.safeParse(text);
  if (!id.success) throw usageError(`${text} is no dead letter's id: they begin with dead_`);
  return id.data;
}

/** Every one that waits and has a document. */
async function waiting(client: Client): Promise<DeadLetterId[]> {
  const ids: DeadLetterId[] = [];
  for await (const letter of client.deadLetters()) if (letter.document_id !== null) ids.push(letter.id);
  return ids;
}

async function list(client: Client, input: Arguments): Promise<number> {
  const rows: string[][] = [];
  for await (const letter of client.deadLetters()) {
    if (input.flag("json")) await print(JSON.stringify(letter));
    else rows.push([letter.id, letter.created_at.slice(0, 19), letter.reason, oneLine(letter.detail, 60)]);
  }
  if (!input.flag("json")) {
    await print(
      rows.length === 0 ? "nothing was given up" : table(["id", "since", "reason", "detail"], rows),
    );
  }
  return EXIT.ok;
}

async function replay(client: Client, input: Arguments, ids: readonly DeadLetterId[]): Promise<number> {
  let failed = 0;
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const { replayed, refused } = await client.replay(ids.slice(at, at + AT_ONCE));
    failed += refused.length;
    for (const one of [...replayed, ...refused]) {
      if (input.flag("json")) await print(JSON.stringify(one));
      else if ("code" in one) note(`${one.id}: ${one.message}`);
      else await print(`${one.document_id} is queued again`);
    }
  }
  if (ids.length === 0 && !input.flag("json")) await print("nothing waits to be replayed");
  return failed === 0 ? EXIT.ok : EXIT.failed;
}
