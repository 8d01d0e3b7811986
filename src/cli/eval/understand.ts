import { classify } from "../../classify/classify.ts";
import { compileHints } from "../../classify/compile-hints.ts";
import { createEmbeddedEngine } from "../../extract/engine/embedded.ts";
import { extractors, hints } from "../../extract/registry.ts";
import type { DocumentType } from "../../model/extraction.ts";
import { documentText, isLoss, type ParsedDocument } from "../../model/parsed.ts";
import { validate } from "../../validate/validate.ts";
import type { Engine } from "../../ports.ts";
import type { DocumentLine } from "../client/read-document.ts";

const embedded = createEmbeddedEngine();
const known = compileHints(hints);

/** The stages behind parsing, run right here: classify, extract, validate. They are the ones that a Worker runs. */
export async function understand(
  file: string,
  parsed: ParsedDocument,
  asked?: DocumentType,
  engine: Engine = embedded,
): Promise<DocumentLine> {
  const startedMs = performance.now();
  const classification = classify(parsed, known);
  const type = asked ?? classification.type;
  const classifiedMs = performance.now();
  const extraction = await engine.extract(parsed, type);
  const extractedMs = performance.now();
  const { checks, review } = validate(extraction, extractors[type], parsed);
  const endedMs = performance.now();
  const warnings = [...parsed.warnings, ...extraction.warnings];
  return {
    file,
    id: null,
    status: warnings.some(isLoss) ? "partial" : "completed",
    type,
    review,
    estimate: extraction.estimate ?? null,
    data: extraction.data,
    evidence: extraction.evidence,
    checks,
    warnings,
    usage: {
      engine: engine.id,
      model: null,
      input_tokens: 0,
      output_tokens: 0,
      cost_micros: 0,
      duration_ms: endedMs - startedMs,
      stages_ms: {
        classify: classifiedMs - startedMs,
        extract: extractedMs - classifiedMs,
        validate: endedMs - extractedMs,
      },
      pages: parsed.page_count,
      ocr_pages: parsed.pages.filter(({ source }) => source === "ocr").length,
    },
    children: [],
    members: parsed.members,
    inventory: parsed.inventory,
    message: parsed.message,
    error: null,
    text: documentText(parsed.pages),
  };
}
