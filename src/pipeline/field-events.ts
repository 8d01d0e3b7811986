import type { EventDraft } from "../model/event.ts";
import type { Extraction } from "../model/extraction.ts";
import { valueAt } from "../model/json-pointer.ts";

/** Most events that one run writes for its values: a 5,000-line price list need not be told line by line. */
const MAX_FIELD_EVENTS = 400;

/** One event for each value, one for each line of a list; in the order of the result. */
export function fieldEvents({ data, evidence }: Extraction): EventDraft[] {
  const events: EventDraft[] = [];
  const rows = new Map<string, number[]>();
  for (const [path, { confidence, citations }] of Object.entries(evidence)) {
    const row = /^\/[^/]+\/\d+(?=\/|$)/.exec(path)?.[0];
    if (row !== undefined) {
      const confidences = rows.get(row);
      if (confidences) confidences.push(confidence);
      else rows.set(row, [confidence]);
      continue;
    }
    events.push(fieldEvent(path, valueAt(data, path), confidence, citations[0]?.page));
  }
  for (const [path, confidences] of rows) {
    events.push(fieldEvent(path, valueAt(data, path), Math.min(...confidences), undefined));
  }
  return events.slice(0, MAX_FIELD_EVENTS);
}

function fieldEvent(path: string, value: unknown, confidence: number, page: number | undefined): EventDraft {
  return { kind: "field", data: { path, value, confidence, ...(page === undefined ? {} : { page }) } };
}
