import type { BiffBody } from "./biff-records.ts";
import { type BiffVersion, textAt } from "./biff-text.ts";
import {
  booleanContent,
  type CellContent,
  errorContent,
  errorName,
  type FormatNumber,
  numberContent,
  textContent,
} from "./number-format.ts";
import { rkNumber } from "./rk-number.ts";

/** What cells need of their workbook. */
export interface BiffBook extends BiffVersion {
  readonly strings: readonly string[];
  readonly date1904: boolean;
  readonly format: FormatNumber;
  /** The format code of a style by its number. */
  readonly code: (style: number) => string;
}

/** A cell of a record; a formula whose text stands in the next record has no content yet. */
export interface BiffCell {
  readonly row: number;
  readonly column: number;
  readonly content: CellContent | null;
}

/** Records that hold cells, of BIFF2 to BIFF8, and the one that holds a formula's text. */
export const CELL = {
  integer2: 0x02,
  number2: 0x03,
  label2: 0x04,
  boolErr2: 0x05,
  formula: 0x06,
  formula3: 0x206,
  formula4: 0x406,
  number: 0x203,
  label: 0x204,
  boolErr: 0x205,
  rk: 0x27e,
  mulRk: 0xbd,
  richLabel: 0xd6,
  labelSst: 0xfd,
} as const;

/** Whether a formula's result is a text, which the next record holds. */
const TEXT_RESULT = 0;

/** The cells of a record; empty for a record that holds none. */
export function cellsOf(type: number, body: BiffBody, book: BiffBook): BiffCell[] {
  const row = body.uint16(0);
  const column = body.uint16(2);
  // BIFF2 has three bytes of attributes where later versions name a style in two.
  const old = book.version === 2;
  const value = old ? 7 : 6;
  const style = old ? body.uint8(5) & 0x3f : body.uint16(4);
  const number = (of: number, own = style): CellContent =>
    numberContent(of, book.code(own), book.date1904, book.format);
  const one = (content: CellContent | null): BiffCell[] => [{ row, column, content }];
  switch (type) {
    case CELL.integer2:
      return one(number(body.uint16(7)));
    case CELL.number2:
      return one(number(body.double(7)));
    case CELL.number:
      return one(number(body.double(6)));
    case CELL.rk:
      return one(number(rkNumber(body.uint32(6))));
    case CELL.mulRk:
      return Array.from({ length: Math.max(0, Math.floor((body.size - 6) / 6)) }, (_, index) => ({
        row,
        column: column + index,
        content: number(rkNumber(body.uint32(6 + index * 6)), body.uint16(4 + index * 6)),
      }));
    case CELL.label2:
      return one(textContent(textAt(body, 7, 1, book)));
    case CELL.label:
    case CELL.richLabel:
      return one(textContent(textAt(body, 6, 2, book)));
    case CELL.labelSst:
      return one(textContent(book.strings[body.uint32(6)] ?? ""));
    case CELL.boolErr2:
    case CELL.boolErr:
      return one(truthOrError(body.uint8(value), body.uint8(value + 1)));
    case CELL.formula:
    case CELL.formula3:
    case CELL.formula4:
      return one(formulaResult(body, value, number));
    default:
      return [];
  }
}

function truthOrError(value: number, isError: number): CellContent {
  return isError === 0 ? booleanContent(value !== 0) : errorContent(errorName(value));
}

/** A number, or by the first of its bytes a text, truth value or error ([MS-XLS] 2.5.133). */
function formulaResult(body: BiffBody, at: number, number: (of: number) => CellContent): CellContent | null {
  if (body.uint16(at + 6) !== 0xffff) return number(body.double(at));
  const kind = body.uint8(at);
  if (kind === 1) return booleanContent(body.uint8(at + 2) !== 0);
  if (kind === 2) return errorContent(errorName(body.uint8(at + 2)));
  return kind === TEXT_RESULT ? null : textContent("");
}
