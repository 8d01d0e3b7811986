/** What was found while a workbook's records were made harmless. */
export interface BoundRecords {
  /** Sheets, by their place among the workbook's substreams, of which cells were left out. */
  readonly cut: ReadonlySet<string>;
  readonly macroSheets: number;
  /** Whether there were more notes and merged ranges than are read. */
  readonly notesCut: boolean;
}

/** Record numbers of [MS-XLS] 2.3 and of the versions before it. */
const BOF = new Set([0x809, 0x409, 0x209, 0x09]);
const EOF = 0x0a;
const CONTINUE = 0x3c;
const BOUND_SHEET = 0x85;
const MUL_RK = 0xbd;
/** Numbers, texts, truth values and formulas, of BIFF2 to BIFF8. */
const CELLS = new Set([
  0x02,
  0x03,
  0x04,
  0x05,
  0x06,
  0x203,
  0x204,
  0x205,
  0x206,
  0x406,
  0xd6,
  0xfd,
  0x27e,
  MUL_RK,
]);
/**
 * Records that are read: cells, texts, formats, styles, merged ranges, notes, and what says which sheets there are.
 * All others are blanked, among them links and arrays, which name ranges that a reader fills.
 */
const KEPT = new Set([
  ...CELLS,
  ...BOF,
  EOF,
  CONTINUE,
  BOUND_SHEET,
  0x07,
  0x207,
  0x00,
  0x200,
  0x22,
  0x42,
  0xfc,
  0x1e,
  0x1f,
  0x41e,
  0x43,
  0x243,
  0x443,
  0xe0,
  0xe5,
  0x1c,
  0x5d,
  0x1b6,
]);
/** A record that says nothing (`Template`): what is blanked becomes one, so that the others keep their places. */
const BLANK = 0x60;
const MACRO_SHEET = 1;
/** What a sheet may have of notes and merged ranges: a reader joins them one by one. */
const MAX_SLOW_RECORDS = 5_000;
const SLOW = new Set([0xe5, 0x1c, 0x5d, 0x1b6]);

/**
 * Blanks, in place, the records of a workbook's stream that are not read, and cells beyond `maxCells`.
 */
export function boundRecords(stream: Uint8Array, maxCells: number): BoundRecords {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const cut = new Set<string>();
  let macroSheets = 0;
  let cells = 0;
  let slow = 0;
  let depth = 0;
  // The first substream is the workbook's own: its sheets follow.
  let sheet = -2;
  let blanking = false;
  for (let at = 0; at + 4 <= stream.length;) {
    const type = view.getUint16(at, true);
    const length = view.getUint16(at + 2, true);
    if (BOF.has(type)) {
      depth += 1;
      if (depth === 1) sheet += 1;
    } else if (type === EOF) depth = Math.max(0, depth - 1);
    else if (type === BOUND_SHEET && length > 5 && stream[at + 9] === MACRO_SHEET) macroSheets += 1;
    let keep: boolean = type === CONTINUE ? !blanking : KEPT.has(type);
    if (CELLS.has(type)) {
      cells += type === MUL_RK ? Math.max(1, Math.floor((length - 6) / 6)) : 1;
      if (cells > maxCells) {
        keep = false;
        cut.add(String(sheet));
      }
    } else if (SLOW.has(type)) {
      slow += 1;
      if (slow > MAX_SLOW_RECORDS) keep = false;
    }
    if (!keep) view.setUint16(at, BLANK, true);
    if (type !== CONTINUE) blanking = !keep;
    at += 4 + length;
  }
  return { cut, macroSheets, notesCut: slow > MAX_SLOW_RECORDS };
}
