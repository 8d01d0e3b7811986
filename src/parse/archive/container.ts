import { AppError, ErrorCode } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import { isUnsafeName } from "../../model/safe-path.ts";
import type { MemberFate, OpenedDocument, OpenedMember } from "../parser.ts";

/** An opened archive: nothing but its members. */
export function container(
  members: readonly OpenedMember[],
  warnings: readonly Warning[],
  close: () => void = () => undefined,
): OpenedDocument {
  return {
    pageCount: 0,
    members,
    container: true,
    metadata: {},
    warnings,
    readPage: async (number) => {
      throw new AppError("page_not_found", `An archive has no page ${number}: it has members.`);
    },
    close,
  };
}

/** What has to be said of names that lead out of the archive or hide what they are; nothing where there are none. */
export function nameWarnings(names: readonly string[], guessed: string | null = null): Warning[] {
  const unsafe = names.filter(isUnsafeName).length;
  const warnings: Warning[] = [];
  if (unsafe > 0) {
    warnings.push({
      code: "structure_invalid",
      message: `${unsafe} of the archive's names lead out of it or hold marks that deceive: they were cleaned, and the files read.`,
    });
  }
  if (guessed !== null) {
    warnings.push({
      code: "encoding_guessed",
      message: `The archive does not say how its names are written: they were read as ${guessed}.`,
    });
  }
  return warnings;
}

/** The error of content that is asked for although it was refused. */
export function notOpened(fate: MemberFate): AppError {
  const code = ErrorCode.safeParse(fate.code);
  return new AppError(code.success ? code.data : "unsupported_format", fate.message);
}
