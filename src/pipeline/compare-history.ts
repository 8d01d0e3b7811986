import type { StoredResult } from "../model/extraction.ts";
import { type Sketch, sketchOf } from "../model/sketch.ts";
import type { DocumentRecord, Ports } from "../ports.ts";
import type { Stages } from "./process.ts";

/** What comparing needs: the store of the others, and the stages that judge. */
export type ComparePorts = Pick<Ports, "history"> & {
  readonly stages: Pick<Stages, "compareHistory" | "comparesHistory" | "summarize">;
};

/** A result with what the tenant's other documents say of it, and what later ones are compared with. */
export interface Compared {
  readonly result: StoredResult;
  readonly sketch: Sketch | null;
}

/**
 * Asks the tenant's other documents once, and adds what they say to the result's checks and review. A document that
 * is read to measure (`page_only`) or by a user's own extractor is no business of theirs.
 */
export async function compareWithOthers(
  { history, stages }: ComparePorts,
  { tenant, id, origin, options }: Pick<DocumentRecord, "tenant" | "id" | "origin" | "options">,
  result: StoredResult,
  text: string,
): Promise<Compared> {
  const own = options.extractor !== undefined;
  if (own || options.page_only === true || !stages.comparesHistory(result.type))
    return { result, sketch: null };
  const sketch = sketchOf(text);
  const facts = await history.compare({
    tenant,
    document: id,
    root: origin?.root ?? id,
    summary: stages.summarize(result, result.usage.pages),
    sketch,
  });
  const verdicts = stages.compareHistory(result, result.type, facts);
  return { result: { ...result, ...verdicts }, sketch };
}
