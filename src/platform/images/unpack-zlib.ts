import { Unzlib } from "fflate";

/**
 * What is put in at once: Deflate unpacks a byte to 1,032 at most, so 1 MB comes out of it. The platform's own
 * DecompressionStream unpacks whatever it is given at once and holds it until it is read, 2 GB if it has to.
 */
const BITE = 1_024;

/** Unpacks zlib data (RFC 1950) as far as it is asked for, at most 1 MB ahead. @throws Error of fflate where it is damaged */
export function* unpackZlib(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  let out: Uint8Array[] = [];
  const stream = new Unzlib((part) => {
    if (part.length > 0) out.push(part);
  });
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += BITE) {
      stream.push(piece.subarray(at, at + BITE));
      yield* out;
      out = [];
    }
  }
}
