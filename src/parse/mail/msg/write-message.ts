import type { CompoundStorage } from "./compound-file.ts";

const PROPERTY_STREAM = "__properties_version1.0";
const NAMES = "__nameid_version1.0";

/**
 * Writes a message that is embedded in another one as a file of its own ([MS-OXMSG], 2.1 and 2.4.1.1): its property
 * stream gets the longer head of a file, and the names of properties come from the outer message.
 */
export async function writeMessage(
  outer: CompoundStorage,
  embedded: CompoundStorage,
): Promise<Uint8Array<ArrayBuffer>> {
  const { default: CFB } = await import("cfb");
  const file = CFB.utils.cfb_new();
  CFB.utils.cfb_del(file, "/\u0001Sh33tJ5");
  const add = (storage: CompoundStorage, path: string): void => {
    for (const stream of storage.streams) {
      const bytes = stream.read();
      const content = path === "/" && stream.name === PROPERTY_STREAM ? withFileHead(bytes) : bytes;
      CFB.utils.cfb_add(file, `${path}${stream.name}`, content, { unsafe: true });
    }
    for (const inner of storage.storages) add(inner, `${path}${inner.name}/`);
  };
  add(embedded, "/");
  const names = outer.storages.find(({ name }) => name === NAMES);
  if (names && !embedded.storages.some(({ name }) => name === NAMES)) add(names, `/${NAMES}/`);
  return Uint8Array.from(CFB.write(file, { type: "array" }));
}

/** A file's head has 8 reserved bytes more, behind the counts of receivers and attachments. */
function withFileHead(bytes: Uint8Array): Uint8Array {
  const longer = new Uint8Array(bytes.length + 8);
  longer.set(bytes.subarray(0, 24));
  longer.set(bytes.subarray(24), 32);
  return longer;
}
