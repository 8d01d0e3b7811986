import type { ObjectIndex, StreamPlace } from "./index-objects.ts";
import { type Dictionary, isArray, Name, Reference, textOf, type Value } from "./syntax.ts";

/** A file inside a PDF, as its file specification describes it (PDF 32000-1, 7.11.3). */
export interface EmbeddedFile {
  readonly name: string;
  readonly mediaType: string | null;
  /** AFRelationship (ISO 32000-2, 7.11.3). */
  readonly relationship: string | null;
  /** Bytes that the file says it has, unpacked. */
  readonly sizeBytes: number | null;
  readonly place: StreamPlace | null;
}

const MAX_FILES = 20_000;
const MAX_DEPTH = 20;

/**
 * Files inside the document: those of the catalog's name tree, and those that it lacks although the catalog (/AF)
 * or a page (`others`: file specifications) holds them. Each once.
 */
export function readEmbeddedFiles(
  index: ObjectIndex,
  others: readonly Value[],
): { named: EmbeddedFile[]; unnamed: EmbeddedFile[] } {
  const { catalog } = index;
  const named: EmbeddedFile[] = [];
  const streams = new Set<number>();
  const add = (specification: Value | undefined, key: string, files: EmbeddedFile[]): void => {
    const dictionary = index.dictionary(specification);
    const embedded = dictionary && index.dictionary(dictionary.get("EF"));
    const stream = embedded && (embedded.get("UF") ?? embedded.get("F"));
    if (!stream || files.length >= MAX_FILES) return;
    if (files !== named && stream instanceof Reference && streams.has(stream.number)) return;
    if (stream instanceof Reference) streams.add(stream.number);
    files.push(describe(index, dictionary, stream, key));
  };
  const names = index.dictionary(catalog?.get("Names"));
  walkNames(index, names?.get("EmbeddedFiles"), 0, new Set(), (key, value) => add(value, key, named));
  const unnamed: EmbeddedFile[] = [];
  const rest = [...index.array(catalog?.get("AF")), ...others];
  for (const specification of rest) add(specification, "", unnamed);
  return { named, unnamed };
}

function describe(index: ObjectIndex, specification: Dictionary, stream: Value, key: string): EmbeddedFile {
  const content = index.dictionary(stream);
  const subtype = index.resolve(content?.get("Subtype"));
  const relationship = index.resolve(specification.get("AFRelationship"));
  const size = index.resolve(index.dictionary(content?.get("Params"))?.get("Size"));
  const name = (entry: string) => textOf(index.resolve(specification.get(entry))).trim();
  return {
    name: name("UF") || name("F") || key.trim(),
    mediaType: subtype instanceof Name && subtype.text !== "" ? subtype.text : null,
    relationship: relationship instanceof Name ? relationship.text : null,
    sizeBytes: typeof size === "number" && size >= 0 ? Math.floor(size) : null,
    place: index.streamPlace(stream),
  };
}

/** Goes through a name tree (PDF 32000-1, 7.9.6) in its order. */
function walkNames(
  index: ObjectIndex,
  node: Value | undefined,
  depth: number,
  seen: Set<number>,
  visit: (key: string, value: Value) => void,
): void {
  if (node instanceof Reference) {
    if (seen.has(node.number)) return;
    seen.add(node.number);
  }
  const dictionary = index.dictionary(node);
  if (!dictionary || depth > MAX_DEPTH) return;
  const pairs = index.array(dictionary.get("Names"));
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    visit(textOf(index.resolve(pairs[at])), pairs[at + 1] ?? null);
  }
  const kids = index.resolve(dictionary.get("Kids"));
  if (isArray(kids)) for (const kid of kids) walkNames(index, kid, depth + 1, seen, visit);
}
