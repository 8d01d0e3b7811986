import type { CompoundStorage, CompoundStream } from "./compound-file.ts";

const PROPERTY_STREAM = "__properties_version1.0";
const NAMES = "__nameid_version1.0";
/** Reserved bytes that only a file's property stream has, behind the counts of receivers and attachments. */
const RESERVED = 8;
const COUNTS = 24;

/**
 * A message that is embedded in another one, as the root of a file of its own ([MS-OXMSG], 2.1 and 2.4.1.1): its
 * property stream gets a file's longer head, and the names of properties come from the outer message.
 */
export function asFile(outer: CompoundStorage, embedded: CompoundStorage): CompoundStorage {
  const named = embedded.storages.some(({ name }) => name === NAMES);
  const names = named ? [] : outer.storages.filter(({ name }) => name === NAMES);
  return {
    name: "Root Entry",
    streams: embedded.streams.map((stream) =>
      stream.name === PROPERTY_STREAM ? withFileHead(stream) : stream,
    ),
    storages: [...embedded.storages, ...names],
  };
}

function withFileHead({ name, size, read }: CompoundStream): CompoundStream {
  return {
    name,
    size: size + RESERVED,
    read: () => {
      const bytes = read();
      const longer = new Uint8Array(bytes.length + RESERVED);
      longer.set(bytes.subarray(0, COUNTS));
      longer.set(bytes.subarray(COUNTS), COUNTS + RESERVED);
      return longer;
    },
  };
}
