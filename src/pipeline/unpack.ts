import type { Config } from "../config.ts";
import { AppError, isRetryable } from "../errors.ts";
import type { DocumentId } from "../model/ids.ts";
import type { Priority } from "../model/job.ts";
import type { Member } from "../model/parsed.ts";
import type { OpenedDocument, OpenedMember } from "../parse/parser.ts";
import type { DocumentRecord, Documents } from "../ports.ts";

export interface UnpackPorts {
  readonly documents: Documents;
  readonly config: Config;
  /** Makes a member a document of its own, once for each `index`. @throws AppError what its content is refused for */
  readonly adopt: (input: {
    parent: DocumentRecord;
    index: number;
    path: string;
    admit: () => void;
    open: () => Promise<ReadableStream<Uint8Array>>;
    maxBytes: number;
    priority: Priority;
    inheritsType: boolean;
    password: string | undefined;
    filename?: string;
    isPart?: boolean;
  }) => Promise<{ id: DocumentId; size: number; created: boolean }>;
}

/** A container of more members than this does not hold up what people send one by one: its members go a lane lower. */
const CROWD = 20;
const LANE_BELOW = { urgent: "standard", standard: "bulk", bulk: "bulk" } as const satisfies Record<
  Priority,
  Priority
>;

/** What became of one member, and how many bytes went by. */
export interface Unpacked {
  readonly member: Member;
  readonly bytes: number;
}

/** Who may still join a family, and in which lane. */
export interface Admission {
  readonly priority: Priority;
  /** Most bytes that the next one may have. */
  readonly maxBytes: () => number;
  /** @throws AppError nesting_too_deep, too_many_members, archive_too_large, payload_too_large */
  readonly admit: (sizeBytes: number) => void;
  /** Counts one that has joined. */
  readonly count: (sizeBytes: number) => void;
}

/** Opens the admission of `crowd` members to the family of a document: bounded in depth, number and bytes over all its levels. */
export async function openAdmission(
  ports: Pick<UnpackPorts, "documents" | "config">,
  parent: DocumentRecord,
  crowd: number,
): Promise<Admission> {
  const { MAX_NESTING, MAX_FAMILY, MAX_FAMILY_BYTES, MAX_UPLOAD_BYTES } = ports.config;
  const family = await ports.documents.family(parent.tenant, parent.origin?.root ?? parent.id);
  const depth = (parent.origin?.depth ?? 0) + 1;
  const { priority } = parent.options;
  const admit = (sizeBytes: number): void => {
    if (depth > MAX_NESTING) {
      throw new AppError(
        "nesting_too_deep",
        `Files are packed more than ${MAX_NESTING} levels deep here. Unpack it and send its files.`,
      );
    }
    if (family.documents >= MAX_FAMILY) {
      throw new AppError("too_many_members", `One upload becomes at most ${MAX_FAMILY} documents. Split it.`);
    }
    if (family.bytes + sizeBytes > MAX_FAMILY_BYTES) {
      throw new AppError(
        "archive_too_large",
        `One upload unpacks to at most ${MAX_FAMILY_BYTES} bytes. Split it.`,
      );
    }
    if (sizeBytes > MAX_UPLOAD_BYTES) {
      throw new AppError(
        "payload_too_large",
        `It has more than the ${MAX_UPLOAD_BYTES} bytes that are accepted.`,
      );
    }
  };
  return {
    priority: crowd > CROWD ? LANE_BELOW[priority] : priority,
    maxBytes: () => Math.min(MAX_UPLOAD_BYTES, MAX_FAMILY_BYTES - family.bytes),
    admit,
    count: (sizeBytes) => {
      family.documents += 1;
      family.bytes += sizeBytes;
    },
  };
}

/**
 * Opens the unpacking of a document's members: each, by its index, becomes a document of its own or is listed with
 * the reason why not. One that is refused does not keep the others from being read; families are bounded in depth,
 * number and bytes over all levels, so that an archive of archives ends.
 */
export async function openUnpacking(
  ports: UnpackPorts,
  parent: DocumentRecord,
  opened: OpenedDocument,
  password: string | undefined,
): Promise<(index: number) => Promise<Unpacked>> {
  const admission = await openAdmission(ports, parent, opened.members?.length ?? 0);
  const inheritsType = (opened.container ?? false) || opened.message !== undefined;
  const { priority } = admission;
  return async (index) => {
    const member = opened.members?.[index];
    if (!member) throw new AppError("internal", `There is no member ${index}.`);
    if (member.fate) return { member: listed(member, member.fate.outcome, member.fate), bytes: 0 };
    try {
      const maxBytes = admission.maxBytes();
      const { path, open } = member;
      const input = { parent, index, path, open, maxBytes, priority, inheritsType, password };
      const made = await ports.adopt({ ...input, admit: () => admission.admit(member.sizeBytes ?? 0) });
      if (made.created) admission.count(made.size);
      return {
        member: { ...listed(member, "document", null), size_bytes: made.size, document_id: made.id },
        bytes: made.size,
      };
    } catch (error) {
      if (!(error instanceof AppError) || isRetryable(error)) throw error;
      return { member: listed(member, "refused", error), bytes: member.sizeBytes ?? 0 };
    }
  };
}

function listed(
  member: OpenedMember,
  outcome: Member["outcome"],
  reason: { readonly code: string; readonly message: string } | null,
): Member {
  return {
    path: member.path,
    media_type: member.mediaType,
    size_bytes: member.sizeBytes,
    ...(member.toldBy ? { told_by: member.toldBy } : {}),
    outcome,
    document_id: null,
    reason: reason && { code: reason.code, message: reason.message },
  };
}
