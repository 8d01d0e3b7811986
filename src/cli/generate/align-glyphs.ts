const LONG = 4;

/**
 * Pads each glyph of a TrueType font to four bytes. Subsets are written with short offsets, which
 * can only point to even places: fonts whose glyphs are packed without padding lose their letters.
 */
export function alignGlyphs(font: Uint8Array): Uint8Array {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const tables = readTables(view);
  const [glyf, loca, head, maxp] = ["glyf", "loca", "head", "maxp"].map((tag) => tables.get(tag));
  if (!glyf || !loca || !head || !maxp) return font;
  const short = view.getInt16(head.offset + 50) === 0;
  const count = view.getUint16(maxp.offset + 4);
  const at = (index: number): number =>
    short ? view.getUint16(loca.offset + index * 2) * 2 : view.getUint32(loca.offset + index * LONG);
  const offsets = new Uint8Array((count + 1) * LONG);
  const places = new DataView(offsets.buffer);
  const glyphs: Uint8Array[] = [];
  let place = 0;
  for (let index = 0; index < count; index += 1) {
    places.setUint32(index * LONG, place);
    const glyph = new Uint8Array(Math.ceil((at(index + 1) - at(index)) / LONG) * LONG);
    glyph.set(font.subarray(glyf.offset + at(index), glyf.offset + at(index + 1)));
    glyphs.push(glyph);
    place += glyph.length;
  }
  places.setUint32(count * LONG, place);
  const headTable = font.slice(head.offset, head.offset + head.length);
  new DataView(headTable.buffer).setInt16(50, 1);
  const changed = new Map([
    ["glyf", concat(glyphs, place)],
    ["loca", offsets],
    ["head", headTable],
  ]);
  return writeTables(font, tables, changed);
}

interface TablePlace {
  readonly checksum: number;
  readonly offset: number;
  readonly length: number;
}

function readTables(view: DataView): Map<string, TablePlace> {
  const tables = new Map<string, TablePlace>();
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const at = 12 + index * 16;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(at + byte)));
    const [checksum, offset, length] = [4, 8, 12].map((byte) => view.getUint32(at + byte));
    tables.set(tag, { checksum: checksum ?? 0, offset: offset ?? 0, length: length ?? 0 });
  }
  return tables;
}

function writeTables(
  font: Uint8Array,
  tables: ReadonlyMap<string, TablePlace>,
  changed: ReadonlyMap<string, Uint8Array>,
): Uint8Array {
  const bodies = [...tables].map(
    ([tag, { offset, length }]) => changed.get(tag) ?? font.subarray(offset, offset + length),
  );
  const start = 12 + tables.size * 16;
  const size = bodies.reduce((sum, { length }) => sum + Math.ceil(length / LONG) * LONG, start);
  const written = new Uint8Array(size);
  written.set(font.subarray(0, start));
  const view = new DataView(written.buffer);
  let place = start;
  bodies.forEach((body, index) => {
    view.setUint32(12 + index * 16 + 8, place);
    view.setUint32(12 + index * 16 + 12, body.length);
    written.set(body, place);
    place += Math.ceil(body.length / LONG) * LONG;
  });
  return written;
}

function concat(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
