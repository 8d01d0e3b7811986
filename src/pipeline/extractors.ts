import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import { BuiltInType } from "../extract/registry.ts";
import {
  type CustomExtractor,
  extractorId,
  type ExtractorReference,
  readReference,
} from "../model/custom-extractor.ts";
import type { TenantId } from "../model/ids.ts";
import type { Ports } from "../ports.ts";

/** A new extractor as it is sent. */
export type ExtractorDraft = Pick<CustomExtractor, "name" | "title" | "schema">;

/**
 * Keeps a user's extractor as its next version. `check` makes sure that it can be served.
 * @throws AppError invalid_schema, conflict for a built-in type's name or beyond the limits
 */
export async function addExtractor(
  ports: Pick<Ports, "clock" | "customExtractors" | "log"> & {
    config: Config;
    check: (extractor: ExtractorDraft) => void;
  },
  tenant: TenantId,
  draft: ExtractorDraft,
): Promise<{ extractor: CustomExtractor; added: boolean }> {
  if (BuiltInType.safeParse(draft.name).success) {
    throw new AppError("conflict", `${draft.name} is a built-in document type. Choose another name.`);
  }
  ports.check(draft);
  const { MAX_EXTRACTORS: maxNames, MAX_EXTRACTOR_VERSIONS: maxVersions } = ports.config;
  const kept = await ports.customExtractors.add(tenant, draft, {
    atMs: ports.clock(),
    maxNames,
    maxVersions,
  });
  if (kept.verdict === "too_many") {
    throw new AppError(
      "conflict",
      `There may be ${maxNames} extractors, with ${maxVersions} versions each. Use another name, or one that is there.`,
    );
  }
  const { extractor } = kept;
  ports.log.info("extractor_kept", { tenant, extractor: extractorId(extractor) });
  return { extractor, added: kept.verdict === "added" };
}

/** An extractor by its reference. @throws AppError not_found */
export async function findExtractor(
  { customExtractors }: Pick<Ports, "customExtractors">,
  tenant: TenantId,
  reference: ExtractorReference,
): Promise<CustomExtractor> {
  const { name, version } = readReference(reference);
  const found = await customExtractors.find(tenant, name, version);
  if (!found) {
    throw new AppError("not_found", `There is no extractor ${reference}. GET /v1/extractors lists them.`);
  }
  return found;
}
