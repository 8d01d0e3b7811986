import type { ParseLimits } from "../parser.ts";
import { scanXml } from "../xml/scan-xml.ts";
import { formatCode } from "./number-format.ts";

/** The number format of each cell style, by the style's number. @throws AppError as scanXml */
export function readStyleCodes(
  pieces: Iterable<Uint8Array>,
  limits: Pick<ParseLimits, "maxDepth" | "maxNodes">,
): string[] {
  const custom = new Map<number, string>();
  const ids: number[] = [];
  let inCells = false;
  scanXml(
    pieces,
    {
      open(name, attributes) {
        if (name === "cellXfs") inCells = true;
        else if (name === "numFmt") custom.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
        else if (name === "xf" && inCells && ids.length < limits.maxNodes) {
          ids.push(Number(attributes.numFmtId ?? 0));
        }
      },
      close(name) {
        if (name === "cellXfs") inCells = false;
      },
    },
    limits,
  );
  return ids.map((id) => formatCode(id, custom));
}
