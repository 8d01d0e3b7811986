import { ParsedDocument } from "../model/parsed.ts";

/** What a layout is stored as: gzip of its JSON. */
export const LAYOUT_TYPE = "application/gzip";

/**
 * What was parsed as gzipped JSON. It is written page by page, so that a long document's JSON never stands in
 * memory as a whole. Holds what `ParsedDocument` holds: no password, and of members no bytes.
 */
export async function packLayout(parsed: ParsedDocument): Promise<Uint8Array> {
  const pieces = jsonOf(parsed);
  const json = new ReadableStream<string>({
    pull: (controller) => {
      const piece = pieces.next();
      if (piece.done === true) controller.close();
      else controller.enqueue(piece.value);
    },
  });
  const packed = json.pipeThrough(new TextEncoderStream()).pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

function* jsonOf({ pages, ...rest }: ParsedDocument): Generator<string> {
  yield `${JSON.stringify(rest).slice(0, -1)},"pages":[`;
  for (const [index, page] of pages.entries()) {
    yield index === 0 ? JSON.stringify(page) : `,${JSON.stringify(page)}`;
  }
  yield "]}";
}

/** A stored layout's JSON, inflated as it is read. */
export function inflateLayout(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  // The platform's type of a stream's bytes is wider than that of the transform that takes them.
  return (body as ReadableStream<Uint8Array<ArrayBuffer>>).pipeThrough(new DecompressionStream("gzip"));
}

/** A stored layout as the document that it was made of. */
export async function unpackLayout(body: ReadableStream<Uint8Array>): Promise<ParsedDocument> {
  return ParsedDocument.parse(await new Response(inflateLayout(body)).json());
}
