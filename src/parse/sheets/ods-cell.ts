import type { CellValue } from "../../model/parsed.ts";
import { type CellContent, decimalOf, errorContent, textContent } from "./number-format.ts";

/** A cell's attributes and the text that it shows, as its content (ODF 1.3 part 3, 19.385 to 19.389). */
export function odsContent(attributes: Readonly<Record<string, string>>, shown: string): CellContent | null {
  const text = shown.trim() === "" ? "" : shown;
  const value = valueOf(attributes);
  if (attributes["calcext:value-type"] === "error") return errorContent(text || "#ERROR!");
  if (value) return { text: text || value.value, value };
  const stored = attributes["office:string-value"];
  if (text !== "" || stored === undefined) return text === "" ? null : textContent(text);
  return textContent(stored);
}

function valueOf(attributes: Readonly<Record<string, string>>): CellValue | null {
  const number = Number(attributes["office:value"] ?? Number.NaN);
  switch (attributes["office:value-type"]) {
    case "float":
    case "percentage":
    case "currency":
      return Number.isFinite(number) ? { type: "number", value: decimalOf(number) } : null;
    case "date":
      return dateOf(attributes["office:date-value"] ?? "");
    case "time":
      return timeOf(attributes["office:time-value"] ?? "");
    case "boolean":
      return { type: "boolean", value: String(attributes["office:boolean-value"] === "true") };
    default:
      return null;
  }
}

function dateOf(written: string): CellValue | null {
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:[.,]\d+)?)?/.exec(written);
  if (!match) return null;
  const [, date = "", time] = match;
  return time === undefined ? { type: "date", value: date } : { type: "datetime", value: `${date}T${time}` };
}

/** A duration; one of less than a day is a time of day. */
function timeOf(written: string): CellValue | null {
  const match = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?$/.exec(written);
  if (!match) return null;
  const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  if (hours === undefined || hours > 23) return { type: "text", value: written };
  const two = (part: number | undefined): string => String(part ?? 0).padStart(2, "0");
  return { type: "time", value: `${two(hours)}:${two(minutes)}:${two(seconds)}` };
}
